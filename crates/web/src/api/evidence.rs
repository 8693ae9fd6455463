//! Evidence over the API: a file is sent first and named in a command afterwards.

use super::sent::{BadMember, is_kind};
use super::{Caller, json, key::Keyed, request_id};
use crate::command::{self, Kept, Kind};
use crate::evidence::judge;
use crate::fields::{self, Upload, base_name};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::stop::Stop;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;
use rules::ids::{EvidenceId, MatterId};
use rules::matter::Proof;
use rules::moves::moves;
use rules::text::Words;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(super) fn add(routes: Routes) -> Routes {
    routes.post("/api/v1/matters/{no}/evidence", Need::Open, send)
}

/// Keeps one file, after the same checks as a page's upload, for whoever could name it in a
/// command now. Its id, name and hash are what `evidence` of a command wants.
async fn send(
    Caller(reader): Caller,
    Path(no): Path<u32>,
    request: Request,
) -> Result<Response, Stop> {
    let id = MatterId(no);
    reader.matter(id).map_err(Stop::for_program)?;
    let key = request_id(&reader, request.headers())?;
    let stop = |status, code| Stop::new(status, reader.lang, code, &[]).for_program();
    if !is_kind(request.headers(), "multipart/form-data") {
        return Err(stop(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-not-multipart"));
    }
    let sent = fields::read(request, &()).await;
    let sent = sent.map_err(|code| stop(StatusCode::BAD_REQUEST, code))?;
    let [file] = &sent.files[..] else { return Err(reader.bad("api-one-file", &[]).for_program()) };
    let keyed = Keyed::new(key, &[&no.to_be_bytes(), file.name.as_bytes(), &file.bytes]);
    if let Some(answer) = keyed.before(&reader)? {
        return Ok(json(StatusCode::OK, &answer));
    }
    if !asks_for_files(&reader, id) {
        return Err(reader.bad("api-no-evidence-now", &[]).for_program());
    }
    judge(file).map_err(|not| reader.bad(not.code, &not.args()).for_program())?;
    let (app, bytes) = (Arc::clone(&reader.app), file.bytes.clone());
    let kept = tokio::task::spawn_blocking(move || app.ledger.keep(&bytes)).await;
    let kept = kept.map_err(|_| stop(StatusCode::INTERNAL_SERVER_ERROR, "web-failed"))?;
    let kept = kept.map_err(|fault| reader.fault(&fault).for_program())?;
    let answer = json!({
        "id": kept.id.hex(),
        "plain": kept.plain.text(),
        "name": file.name,
        "size": kept.size,
    });
    keyed.done(&reader, Some(answer.clone()));
    Ok(json(StatusCode::CREATED, &answer))
}

/// Whether any command that the caller could give now asks for files.
fn asks_for_files(reader: &Reader, id: MatterId) -> bool {
    moves(&reader.register, id, &reader.now()).iter().any(|one| {
        let asked = command::inputs(one.code).unwrap_or_default();
        asked.iter().any(|input| matches!(input.kind, Kind::Proofs | Kind::Mechanism))
    })
}

/// Evidence of a command: records in business systems, and files that are kept already. Only the
/// members in `asked` are evidence here; handing out has a text of the same name.
pub(super) async fn named(
    reader: &Reader,
    object: &Map<String, Value>,
    asked: &[&'static str],
) -> Result<Kept, BadMember> {
    let mut kept = Kept::default();
    let get = |name: &str| object.get(name).filter(|_| asked.contains(&name));
    match get("evidence") {
        None | Some(Value::Null) => {}
        Some(Value::Array(items)) => {
            for item in items {
                kept.proofs.push(proof(reader, "evidence", item).await?);
            }
        }
        Some(_) => return Err(BadMember::new("evidence", "api-member-kind")),
    }
    if let Some(item) = get("mechanism").filter(|item| !item.is_null()) {
        kept.mechanism = Some(proof(reader, "mechanism", item).await?);
    }
    Ok(kept)
}

async fn proof(reader: &Reader, member: &str, item: &Value) -> Result<Proof, BadMember> {
    let bad = || BadMember::new(member, "api-evidence");
    let members = item.as_object().ok_or_else(bad)?;
    let text = |name: &str| members.get(name).map(|value| value.as_str().ok_or_else(bad));
    let words = |name: &str| Ok(Words::new(text(name).transpose()?.unwrap_or_default()));
    let only = |known: &[&str]| {
        let all = members.keys().all(|name| known.contains(&name.as_str()));
        if all { Ok(()) } else { Err(bad()) }
    };
    let Some(id) = text("id").transpose()? else {
        only(&["system", "reference"])?;
        return Ok(Proof::Record { system: words("system")?, reference: words("reference")? });
    };
    only(&["id", "plain", "name", "size"])?;
    let id = EvidenceId::parse(id).ok_or_else(bad)?;
    let plain = text("plain").transpose()?.unwrap_or_default().to_owned();
    let name = base_name(text("name").transpose()?.unwrap_or_default());
    match known(reader, id, plain.clone(), name.clone()).await {
        Ok(()) => Ok(Proof::File { id, plain: Words::new(&plain), name: Words::new(&name) }),
        Err(code) => Err(BadMember::new(member, code)),
    }
}

/// Whether that file is kept, the caller knows its content, by its hash, and calls it what it is.
/// The id alone stands in the public log: with it nobody may draw a file of another matter into
/// one of his own. `Err` is the code of what is wrong.
async fn known(
    reader: &Reader,
    id: EvidenceId,
    plain: String,
    name: String,
) -> Result<(), &'static str> {
    let app = Arc::clone(&reader.app);
    let read = move || {
        let bytes = app.ledger.kept(&ledger::Hash(id.0)).map_err(|_| "api-evidence-unknown")?;
        if ledger::Hash::of(&bytes).hex() != plain {
            return Err("api-evidence-unknown");
        }
        let field = String::new();
        judge(&Upload { field, name, bytes }).map_err(|_| "api-evidence-name")
    };
    let known = tokio::task::spawn_blocking(read).await;
    known.unwrap_or(Err("web-failed"))
}
