//! Matters over the API: list, read, move.

use super::{Caller, is_meant, json};
use crate::command::{self, Kept};
use crate::fields::Fields;
use crate::page::ledger::Asked;
use crate::page::workbook::book;
use crate::page::{matter::history, new_matter};
use crate::parts::fresh_id;
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::stop::Stop;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::{NotDone, Receipt};
use rules::ids::{EvidenceId, MatterId};
use rules::matter::{Matter, Proof};
use rules::moves::moves;
use rules::query::find;
use rules::record::{Command, Stream};
use rules::text::Words;
use serde_json::{Map, Value, json};

/// The most of a JSON body.
const BODY_MAX: usize = 1024 * 1024;

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/api/v1/matters", Need::Open, list)
        .post("/api/v1/matters", Need::Open, create)
        .get("/api/v1/matters/{no}", Need::Open, one)
        .get("/api/v1/matters/{no}/events", Need::Open, events)
        .get("/api/v1/matters/{no}/moves", Need::Open, offered)
        .post("/api/v1/matters/{no}/commands", Need::Open, act)
        .get("/api/v1/search", Need::Open, list)
        .get("/api/v1/ledger.xlsx", Need::Open, workbook)
}

fn seen(reader: &Reader, id: MatterId) -> Result<&Matter, Stop> {
    reader.matter(id).map_err(Stop::for_program)
}

/// What a list shows of a matter.
fn brief(reader: &Reader, id: MatterId, matter: &Matter) -> Value {
    let duty = matter.duty();
    json!({
        "no": id.0,
        "number": reader.number(id),
        "title": matter.title.text(),
        "stage": matter.stage.code(),
        "standing": reader.standing(id, matter).code(),
        "light": reader.register.light(id, reader.today).map(rules::light::Light::code),
        "problem": matter.problem.to_string(),
        "unit": matter.unit.0,
        "post": matter.owner().map(|post| post.0),
        "source": matter.source.code(),
        "remedy": duty.map(|duty| duty.remedy.code()),
        "due": duty.map(|duty| duty.term.due().to_string()),
        "first_due": duty.map(|duty| duty.term.limit.due.first.to_string()),
        "provisional": duty.is_some_and(|duty| duty.term.limit.due.provisional),
        "listed_on": matter.listed_on.to_string(),
        "changed_on": reader.register.changed_on(id).map(|day| day.to_string()),
        "version": reader.app.ledger.version(Stream::Matter(id)),
    })
}

async fn list(Caller(reader): Caller, RawQuery(raw): RawQuery) -> Result<Response, Stop> {
    let asked = Asked::read(raw.as_deref());
    let actor = reader.actor().map_err(|refusal| reader.refused(&refusal).for_program())?;
    let found = find(&reader.register, &asked.query, &actor, reader.today);
    let matters: Vec<Value> = found
        .rows
        .iter()
        .filter_map(|id| Some(brief(&reader, *id, reader.register.matter(*id)?)))
        .collect();
    let standings: Map<String, Value> = rules::query::Standing::ALL
        .into_iter()
        .map(|one| (one.code().to_owned(), found.standings[one.place()].into()))
        .collect();
    let next = found.next.as_ref().map(rules::query::Cursor::to_text);
    let body =
        json!({"matters": matters, "total": found.total, "standings": standings, "next": next});
    Ok(json(StatusCode::OK, &body))
}

async fn one(Caller(reader): Caller, Path(no): Path<u32>) -> Result<Response, Stop> {
    let id = MatterId(no);
    let matter = seen(&reader, id)?;
    let mut body = brief(&reader, id, matter);
    let limits = matter.stage.running().into_iter().map(|(which, term)| {
        let due = term.limit.due;
        let (day, first) = (due.day.to_string(), due.first.to_string());
        json!({"limit": which.code(), "due": day, "first": first,
            "provisional": due.provisional, "missed": term.missed, "paused": term.paused})
    });
    body["limits"] = limits.collect();
    body["returns"] = matter.returns.into();
    body["relapses"] = matter.relapses.into();
    body["extensions"] = matter.extensions.into();
    body["sent_back"] = matter.sent_back.into();
    Ok(json(StatusCode::OK, &body))
}

async fn events(Caller(reader): Caller, Path(no): Path<u32>) -> Result<Response, Stop> {
    let id = MatterId(no);
    seen(&reader, id)?;
    let entries = history(&reader, id).map_err(Stop::for_program)?;
    let entries: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let mut line = json!({
                "seq": entry.seq,
                "log_time": entry.log_time.to_string(),
                "hash": entry.hash.hex(),
            });
            if let Some(told) = &entry.told {
                line["n"] = told.entry.n.into();
                line["at"] = told.entry.at.to_string().into();
                line["by"] = json!({
                    "account": told.entry.by.account.0,
                    "post": told.entry.by.post.map(|post| post.0),
                    "for": told.entry.by.acting_for.map(|post| post.0),
                });
                line["event"] = plain(serde_json::to_value(&told.entry.event).unwrap_or_default());
            }
            line
        })
        .collect();
    Ok(json(StatusCode::OK, &json!({"matter": no, "events": entries})))
}

/// The markers by which the ledger knows texts are its own affair: `{"$words": "x"}` is "x".
fn plain(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            if let (1, Some(words)) = (members.len(), members.get("$words")) {
                return words.clone();
            }
            Value::Object(members.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

async fn offered(Caller(reader): Caller, Path(no): Path<u32>) -> Result<Response, Stop> {
    let id = MatterId(no);
    seen(&reader, id)?;
    let moves = moves(&reader.register, id, &reader.now()).into_iter().map(|one| {
        let asks = command::inputs(one.code).unwrap_or_default().iter().map(|input| {
            json!({"name": input.name, "label": reader.t(input.label), "required": input.required})
        });
        json!({"command": one.code, "name": reader.t(one.code), "asks": asks.collect::<Vec<_>>()})
    });
    let body = json!({
        "version": reader.app.ledger.version(Stream::Matter(id)),
        "moves": moves.collect::<Vec<_>>(),
    });
    Ok(json(StatusCode::OK, &body))
}

/// A JSON object as the fields of a form: the same names, the same reading.
fn fields(reader: &Reader, body: &Bytes) -> Result<(Fields, Map<String, Value>), Stop> {
    let bad = || reader.bad("web-bad-json", &[]).for_program();
    if body.len() > BODY_MAX {
        return Err(bad());
    }
    let object: Map<String, Value> = serde_json::from_slice(body).map_err(|_| bad())?;
    let mut pairs = Vec::new();
    for (name, value) in &object {
        match value {
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            Value::Number(number) => pairs.push((name.clone(), number.to_string())),
            Value::Bool(true) => pairs.push((name.clone(), "true".to_owned())),
            Value::Bool(false) if name == "holds" => pairs.push((name.clone(), "no".to_owned())),
            Value::Array(items) => pairs
                .extend(items.iter().map(|item| (name.clone(), item.to_string().replace('"', "")))),
            Value::Bool(false) | Value::Null | Value::Object(_) => {}
        }
    }
    Ok((Fields { pairs, files: Vec::new() }, object))
}

/// Evidence of a command: records in business systems, and files that are kept already.
fn evidence(object: &Map<String, Value>) -> Kept {
    let listed = object.get("evidence").and_then(Value::as_array);
    let text = |item: &Value, name: &str| {
        Words::new(item.get(name).and_then(Value::as_str).unwrap_or_default())
    };
    let proof = |item: &Value| match item.get("id").and_then(Value::as_str) {
        Some(id) => EvidenceId::parse(id).map(|id| Proof::File {
            id,
            plain: text(item, "plain"),
            name: text(item, "name"),
        }),
        None => {
            Some(Proof::Record { system: text(item, "system"), reference: text(item, "reference") })
        }
    };
    let proofs = listed.into_iter().flatten().filter_map(proof).collect();
    Kept { proofs, mechanism: object.get("mechanism").and_then(proof) }
}

fn request_id(reader: &Reader, headers: &HeaderMap) -> Result<String, Stop> {
    if !is_meant(headers) {
        return Err(Stop::new(StatusCode::FORBIDDEN, reader.lang, "web-no-key", &[]).for_program());
    }
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    Ok(key.map_or_else(fresh_id, str::to_owned))
}

fn receipt(reader: &Reader, receipt: &Receipt) -> Response {
    let matter = match receipt.stream {
        Some(Stream::Matter(id)) => {
            let register = reader.app.ledger.now();
            let now = Reader { register, ..reader.clone() };
            now.register.matter(id).map(|matter| brief(&now, id, matter))
        }
        Some(_) | None => None,
    };
    let status = if receipt.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let body = json!({
        "seq": receipt.seq,
        "count": receipt.count,
        "hash": receipt.hash.map(|hash| hash.hex()),
        "repeated": receipt.repeated,
        "matter": matter,
    });
    json(status, &body)
}

async fn create(Caller(reader): Caller, headers: HeaderMap, body: Bytes) -> Result<Response, Stop> {
    let id = request_id(&reader, &headers)?;
    let (form, _) = fields(&reader, &body)?;
    let command = new_matter::command(&reader, &form).map_err(|field| {
        reader.bad("web-field-blank", &[("@field", field.to_owned())]).for_program()
    })?;
    let done = reader.submit(id, Command::Matter(None, command), None).await;
    let done = done.map_err(|not_done| reader.not_done(&not_done).for_program())?;
    Ok(receipt(&reader, &done))
}

async fn act(
    Caller(reader): Caller,
    Path(no): Path<u32>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Stop> {
    let id = MatterId(no);
    seen(&reader, id)?;
    let request = request_id(&reader, &headers)?;
    let (form, object) = fields(&reader, &body)?;
    let code = form.get("command").unwrap_or_default();
    let code =
        if code.starts_with("command-") { code.to_owned() } else { format!("command-{code}") };
    let command = command::read(&code, &form, evidence(&object))
        .map_err(|bad| reader.bad(bad.code, &[("@field", bad.field.to_owned())]).for_program())?;
    let stream = Stream::Matter(id);
    let if_version =
        object.get("if_version").and_then(Value::as_u64).map(|version| (stream, version));
    match reader.submit(request, Command::Matter(Some(id), command), if_version).await {
        Ok(done) => Ok(receipt(&reader, &done)),
        Err(NotDone::Conflict { newest }) => Ok(conflict(&reader, id, newest)),
        Err(not_done) => Err(reader.not_done(&not_done).for_program()),
    }
}

/// Somebody was faster: the newest state comes with the answer.
fn conflict(reader: &Reader, id: MatterId, newest: u64) -> Response {
    let now = Reader { register: reader.app.ledger.now(), ..reader.clone() };
    let matter = now.register.matter(id).map(|matter| brief(&now, id, matter));
    let body = json!({
        "type": "urn:bihuan:ledger-conflict",
        "title": reader.say("ledger-conflict", &[("newest", newest.to_string())]),
        "status": 409,
        "code": "ledger-conflict",
        "matter": matter,
    });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (StatusCode::CONFLICT, kind, body.to_string()).into_response()
}

async fn workbook(Caller(reader): Caller) -> Result<Response, Stop> {
    let lang = reader.lang;
    let made = tokio::task::spawn_blocking(move || book(&reader)).await;
    let failed =
        |_| Stop::new(StatusCode::INTERNAL_SERVER_ERROR, lang, "web-failed", &[]).for_program();
    let bytes = made.map_err(failed)?.map_err(Stop::for_program)?;
    Ok(([(header::CONTENT_TYPE, crate::page::XLSX)], bytes).into_response())
}
