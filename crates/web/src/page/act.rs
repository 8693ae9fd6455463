//! A command about a matter, sent by a form of its page.

use super::form::Attempt;
use super::matter;
use crate::command::{self, Kept};
use crate::evidence::judge;
use crate::fields::{BadField, Fields, Posted};
use crate::parts::fresh_id;
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::BUSINESS;
use crate::stop::Stop;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use ledger::NotDone;
use rules::ids::{EvidenceId, MatterId};
use rules::matter::Proof;
use rules::record::{Command, Stream, decide};
use rules::text::Words;
use std::sync::Arc;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.post("/matters/{no}/do/{command}", Need::Any(BUSINESS), act)
}

async fn act(Path((no, code)): Path<(u32, String)>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let id = MatterId(no);
    reader.matter(id)?;
    match attempt(&reader, id, &code, &fields).await {
        Ok(()) => Ok(Redirect::to(&format!("/matters/{id}?done={code}")).into_response()),
        Err(said) => {
            let attempt = Attempt { code, fields, said };
            // Somebody else may have moved it meanwhile: show how it stands now.
            let reader = Reader { register: reader.app.ledger.now(), ..reader };
            matter::show(&reader, id, Some(&attempt), None)
        }
    }
}

/// Does it, or says in words why not.
async fn attempt(reader: &Reader, id: MatterId, code: &str, fields: &Fields) -> Result<(), String> {
    let stream = Stream::Matter(id);
    let seen: Option<u64> = fields.get("version").and_then(|version| version.parse().ok());
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    // Files are kept only for a command that would be done, so that none lies about for nothing.
    let planned =
        command::read(code, fields, pretended(fields)).map_err(|bad| bad_field(reader, &bad))?;
    let newest = reader.app.ledger.version(stream);
    if seen.is_none_or(|seen| seen == newest) {
        decide(&reader.register, &Command::Matter(Some(id), planned), &reader.now())
            .map_err(|refusal| reader.say(refusal.code(), &refusal.args()))?;
    }
    for file in &fields.files {
        judge(file).map_err(|not| reader.say(not.code, &not.args()))?;
    }
    let kept = keep(reader, fields).await?;
    let command = command::read(code, fields, kept).map_err(|bad| bad_field(reader, &bad))?;
    let if_version = seen.map(|seen| (stream, seen));
    let done = reader.submit(request, Command::Matter(Some(id), command), if_version).await;
    done.map(|_| ()).map_err(|not_done| said(reader, &not_done))
}

fn said(reader: &Reader, not_done: &NotDone) -> String {
    reader.say(not_done.code(), &not_done.args())
}

/// What is wrong with a field, in words.
pub(crate) fn bad_field(reader: &Reader, bad: &BadField) -> String {
    reader.say(bad.code, &[("@field", bad.field.to_owned())])
}

/// A record in a business system that was named in the form.
fn record(fields: &Fields) -> Option<Proof> {
    let named = fields.has("system") || fields.has("reference");
    named.then(|| Proof::Record {
        system: fields.words("system"),
        reference: fields.words("reference"),
    })
}

/// The evidence as it will be once the files are kept.
fn pretended(fields: &Fields) -> Kept {
    let file = |name: &str| Proof::File {
        id: EvidenceId([0; 32]),
        plain: Words::new("0"),
        name: Words::new(name),
    };
    let of = |field: &'static str| fields.files.iter().filter(move |one| one.field == field);
    Kept {
        proofs: of("proof").map(|one| file(&one.name)).chain(record(fields)).collect(),
        mechanism: of("mechanism").next().map(|one| file(&one.name)),
    }
}

/// Keeps the files of a form. `Err` says in words what went wrong.
async fn keep(reader: &Reader, fields: &Fields) -> Result<Kept, String> {
    let mut kept = Kept::default();
    for upload in &fields.files {
        let app = Arc::clone(&reader.app);
        let bytes = upload.bytes.clone();
        let done = tokio::task::spawn_blocking(move || app.ledger.keep(&bytes)).await;
        let done = done.map_err(|_| reader.t("ledger-stopped"))?;
        let file = done.map_err(|fault| reader.say(fault.code(), &fault.args()))?;
        let name = Words::new(&upload.name);
        let proof = Proof::File { id: EvidenceId(file.id.0), plain: file.plain, name };
        if upload.field == "mechanism" {
            kept.mechanism = Some(proof);
        } else {
            kept.proofs.push(proof);
        }
    }
    kept.proofs.extend(record(fields));
    Ok(kept)
}
