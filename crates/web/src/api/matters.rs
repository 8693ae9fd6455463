//! Matters over the API: list, read, move.

use super::key::Keyed;
use super::sent::{self, BadMember};
use super::{Caller, evidence, json, problem, request_id};
use crate::command::{self, Input, Kind};
use crate::fields::BadField;
use crate::page::ledger::Asked;
use crate::page::workbook::book;
use crate::page::{matter::history, new_matter};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::stop::{Stop, status_of};
use axum::extract::{Path, RawQuery, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::{NotDone, Receipt};
use rules::Refusal;
use rules::ids::MatterId;
use rules::matter::{Command as Deal, Matter};
use rules::moves::moves;
use rules::query::find;
use rules::record::{Command, Stream};
use serde_json::{Map, Value, json};

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

/// What listing a matter asks for.
pub(super) const NEW: [&str; 6] = ["title", "detail", "problem", "unit", "source", "marking"];

/// What every command takes beside its own members.
const APART: [&str; 4] = ["command", "if_version", "evidence", "mechanism"];

fn receipt(reader: &Reader, receipt: &Receipt) -> Response {
    let matter = match receipt.stream {
        Some(Stream::Matter(id)) => {
            let register = reader.app.ledger.now();
            let now = Reader { register, ..reader.clone() };
            now.matter(id).ok().map(|matter| brief(&now, id, matter))
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

async fn create(Caller(reader): Caller, request: Request) -> Result<Response, Stop> {
    let key = request_id(&reader, request.headers())?;
    let sent = sent::read(&reader, request).await?;
    let keyed = Keyed::new(key, &[b"create", &sent.bytes]);
    keyed.before(&reader)?;
    let form = match sent::form(&sent.object, &NEW, &[]) {
        Ok(form) => form,
        Err(bad) => return Ok(bad.answer(&reader)),
    };
    let command = new_matter::command(&reader, &form).map_err(|field| {
        reader.bad("web-field-blank", &[("@field", field.to_owned())]).for_program()
    })?;
    let done = reader.submit(keyed.key.clone(), Command::Matter(None, command), None).await;
    let done = done.map_err(|not_done| reader.not_done(&not_done).for_program())?;
    keyed.done(&reader, None);
    Ok(receipt(&reader, &done))
}

async fn act(
    Caller(reader): Caller,
    Path(no): Path<u32>,
    request: Request,
) -> Result<Response, Stop> {
    let id = MatterId(no);
    seen(&reader, id)?;
    let key = request_id(&reader, request.headers())?;
    let sent = sent::read(&reader, request).await?;
    let keyed = Keyed::new(key, &[&no.to_be_bytes(), &sent.bytes]);
    keyed.before(&reader)?;
    let code = sent.object.get("command").and_then(Value::as_str).unwrap_or_default();
    let code =
        if code.starts_with("command-") { code.to_owned() } else { format!("command-{code}") };
    let (command, if_version) = match understood(&reader, &code, &sent.object).await {
        Ok(understood) => understood,
        Err(NotUnderstood::Member(bad)) => return Ok(bad.answer(&reader)),
        Err(NotUnderstood::Field(bad)) => {
            let args = [("@field", bad.field.to_owned())];
            return Err(reader.bad(bad.code, &args).for_program());
        }
    };
    let if_version = if_version.map(|version| (Stream::Matter(id), version));
    let command = Command::Matter(Some(id), command);
    match reader.submit(keyed.key.clone(), command, if_version).await {
        Ok(done) => {
            keyed.done(&reader, None);
            Ok(receipt(&reader, &done))
        }
        Err(NotDone::Conflict { newest }) => Ok(conflict(&reader, id, newest)),
        Err(NotDone::Refused(refusal)) => Ok(refused(&reader, id, &refusal)),
        Err(not_done) => Err(reader.not_done(&not_done).for_program()),
    }
}

/// Why an object is no command.
enum NotUnderstood {
    Member(BadMember),
    Field(BadField),
}

/// The command that an object means, and the version that it is about.
async fn understood(
    reader: &Reader,
    code: &str,
    object: &Map<String, Value>,
) -> Result<(Deal, Option<u64>), NotUnderstood> {
    let member = NotUnderstood::Member;
    let asked = command::inputs(code).ok_or(NotUnderstood::Field(command::NO_SUCH))?;
    let has = |kind: Kind| asked.iter().any(|input| input.kind == kind);
    let is_apart = |name: &&str| match *name {
        "evidence" => has(Kind::Proofs),
        "mechanism" => has(Kind::Mechanism),
        _ => true,
    };
    let mut apart: Vec<&'static str> = APART.into_iter().filter(is_apart).collect();
    let own = asked.iter().filter(|input| !matches!(input.kind, Kind::Proofs | Kind::Mechanism));
    let (milestones, plain): (Vec<&Input>, Vec<&Input>) =
        own.partition(|input| input.kind == Kind::Milestones);
    apart.extend(milestones.iter().map(|input| input.name));
    let known: Vec<&'static str> = plain.iter().map(|input| input.name).collect();
    let mut form = sent::form(object, &known, &apart).map_err(member)?;
    for input in milestones {
        form.pairs.extend(days_of(input.name, object).map_err(member)?);
    }
    let if_version = match object.get("if_version") {
        None | Some(Value::Null) => None,
        Some(version) => {
            let bad = || member(BadMember::new("if_version", "api-member-kind"));
            Some(version.as_u64().ok_or_else(bad)?)
        }
    };
    let kept = evidence::named(reader, object, &apart).await.map_err(member)?;
    let command = command::read(code, &form, kept).map_err(NotUnderstood::Field)?;
    Ok((command, if_version))
}

/// `[{"day": "2026-12-01", "percent": 50}]` as a form sends it.
fn days_of(name: &str, object: &Map<String, Value>) -> Result<Vec<(String, String)>, BadMember> {
    let bad = || BadMember::new(name, "api-member-kind");
    let items = match object.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(items) => items.as_array().ok_or_else(bad)?,
    };
    let mut pairs = Vec::new();
    for item in items {
        let day = item.get("day").and_then(Value::as_str).ok_or_else(bad)?;
        let percent = item.get("percent").and_then(Value::as_u64).ok_or_else(bad)?;
        pairs.push(("milestone_day".to_owned(), day.to_owned()));
        pairs.push(("milestone_percent".to_owned(), percent.to_string()));
    }
    Ok(pairs)
}

/// Refused by the rules: with what they would accept from this caller instead.
fn refused(reader: &Reader, id: MatterId, refusal: &Refusal) -> Response {
    let now = Reader { register: reader.app.ledger.now(), ..reader.clone() };
    let accepted: Vec<&str> =
        moves(&now.register, id, &now.now()).iter().map(|one| one.code).collect();
    let mut more = Map::new();
    more.insert("accepted".to_owned(), json!(accepted));
    let title = reader.say(refusal.code(), &refusal.args());
    problem(status_of(refusal), refusal.code(), &title, more)
}

/// Somebody was faster: the newest state comes with the answer.
fn conflict(reader: &Reader, id: MatterId, newest: u64) -> Response {
    let now = Reader { register: reader.app.ledger.now(), ..reader.clone() };
    let matter = now.matter(id).ok().map(|matter| brief(&now, id, matter));
    let mut more = Map::new();
    more.insert("matter".to_owned(), matter.unwrap_or_default());
    let title = reader.say("ledger-conflict", &[("newest", newest.to_string())]);
    problem(StatusCode::CONFLICT, "ledger-conflict", &title, more)
}

async fn workbook(Caller(reader): Caller) -> Result<Response, Stop> {
    let lang = reader.lang;
    let made = tokio::task::spawn_blocking(move || book(&reader)).await;
    let failed =
        |_| Stop::new(StatusCode::INTERNAL_SERVER_ERROR, lang, "web-failed", &[]).for_program();
    let bytes = made.map_err(failed)?.map_err(Stop::for_program)?;
    Ok(([(header::CONTENT_TYPE, crate::page::XLSX)], bytes).into_response())
}
