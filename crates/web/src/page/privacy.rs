//! 个人信息: requests to erase and to restrict, their decisions, and the certificates of what was
//! erased (个人信息保护法 第47条). No text of a restricted or erased subject is shown here.

use super::done::Done;
use crate::fields::{BadField, Fields, Posted};
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ledger::Certificate;
use maud::{Markup, html};
use rules::access::Action;
use rules::erasure::{Act, Command as Deal, Erasure, Ground, Stage, Subject};
use rules::ids::ErasureId;
use rules::record::{Command, Stream};
use rules::text::Words;
use std::sync::Arc;

/// Shown at once; older ones stay in the log.
const MOST: usize = 200;
/// Whoever has to do with requests.
pub(crate) const MAY: &[Action] = &[Action::AskErasure, Action::Erase];
/// The kinds of a subject, as its address begins.
const KINDS: [(&str, &str); 3] =
    [("matter", "subject-matter"), ("person", "subject-person"), ("file", "subject-file")];
/// The commands on a request that ask for a reason, in the order of their buttons.
const WITH_REASON: [&str; 3] =
    ["command-restrict", "command-lift-restriction", "command-refuse-erasure"];

pub(crate) fn add(routes: Routes) -> Routes {
    let need = Need::Any(MAY);
    routes.get("/privacy", need, page).post("/privacy", need, ask).post(
        "/privacy/{no}/do/{command}",
        Need::Any(&[Action::Erase]),
        decide,
    )
}

impl Reader {
    /// A request that the reader may know of.
    pub(crate) fn erasure(&self, id: ErasureId) -> Option<&Erasure> {
        let actor = self.actor().ok()?;
        self.register.erasure(id).filter(|one| one.is_known_to(&actor, &self.register))
    }
}

async fn page(reader: Reader, Query(done): Query<Done>) -> Response {
    let done = done.code(&reader);
    show(&reader, None, done.as_deref())
}

/// The page, with a form that could not be taken and why.
fn show(reader: &Reader, unsaid: Option<(&Fields, &str)>, done: Option<&str>) -> Response {
    let (kept, said) = unsaid.unzip();
    let known = reader.register.erasures().rev().filter(|(id, _)| reader.erasure(*id).is_some());
    let all: Vec<(ErasureId, &Erasure)> = known.take(MOST).collect();
    let body = html! {
        (reader.flash(done))
        div.ph {
            div { h1 { (reader.t("menu-privacy")) } div.sub { (reader.t("privacy-hint")) } }
        }
        @if let Some(said) = said { div.errbox role="alert" { (said) } }
        @if reader.may_ever(Action::AskErasure) { (form(reader, kept)) }
        section.card {
            div.hd { h2 { (reader.t("privacy-all")) } span.mut { (all.len()) } }
            div.bd {
                @if all.is_empty() { p.mut { (reader.t("privacy-none")) } }
                ol.voices { @for (id, one) in all { (request(reader, id, one)) } }
            }
        }
    };
    let status = if said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = reader.t("menu-privacy");
    reader.page_with(status, &Page { here: "menu-privacy", title, body })
}

fn form(reader: &Reader, kept: Option<&Fields>) -> Markup {
    let was = |name: &str| kept.and_then(|fields| fields.get(name)).unwrap_or_default();
    html! {
        section.card {
            div.hd { h2 { (reader.t("command-ask-erasure")) } }
            div.bd {
                form method="post" action="/privacy" {
                    (reader.hidden(None))
                    div.f {
                        label for="kind" { (reader.t("privacy-kind")) }
                        select.inp #kind name="kind" {
                            @for (kind, code) in KINDS {
                                option value=(kind) selected[was("kind") == kind] {
                                    (reader.t(code))
                                }
                            }
                        }
                    }
                    div.f {
                        label for="name" { (reader.t("privacy-number")) }
                        input.inp #name type="text" name="name" required maxlength="64"
                            autocomplete="off" value=(was("name"));
                        p.hintline { (reader.t("privacy-number-hint")) }
                    }
                    div.f {
                        label for="ground" { (reader.t("privacy-ground")) }
                        select.inp #ground name="ground" {
                            @for ground in Ground::ALL {
                                option value=(ground.code())
                                    selected[was("ground") == ground.code()] {
                                    (reader.t(ground.code()))
                                }
                            }
                        }
                    }
                    (reason(reader, "reason", was("reason")))
                    p.acts {
                        button.btn.p type="submit" {
                            (icon("send")) (reader.t("command-ask-erasure"))
                        }
                    }
                }
            }
        }
    }
}

fn reason(reader: &Reader, id: &str, was: &str) -> Markup {
    html! {
        div.f {
            label for=(id) { (reader.t("field-reason")) }
            textarea.inp id=(id) name="reason" rows="2" required maxlength="2000" { (was) }
            p.hintline { (reader.t("privacy-reason-hint")) }
        }
    }
}

fn request(reader: &Reader, id: ErasureId, one: &Erasure) -> Markup {
    let tag = match one.stage {
        Stage::Asked => "tag a",
        Stage::Restricted { .. } => "tag b",
        Stage::Approved { .. } | Stage::Refused { .. } => "tag opt",
    };
    html! {
        li id=(format!("r{id}")) {
            p {
                b { (reader.say("privacy-request", &[("no", id.to_string())])) } " "
                (subject(reader, one)) " " span class=(tag) { (reader.t(one.code())) }
            }
            p { (reader.t(one.ground.code())) }
            p { (reader.text(&one.reason)) }
            (by(reader, "privacy-asked-by", &one.asked))
            @match &one.stage {
                Stage::Asked => {}
                Stage::Restricted { by: who, reason } => {
                    div.answer {
                        p { (reader.text(reason)) } (by(reader, "privacy-restricted-by", who))
                    }
                }
                Stage::Refused { by: who, reason } => {
                    div.answer {
                        p { (reader.text(reason)) } (by(reader, "privacy-refused-by", who))
                    }
                }
                Stage::Approved { by: who, .. } => {
                    div.answer { (by(reader, "privacy-approved-by", who)) (proof(reader, id)) }
                }
            }
            @if reader.may_ever(Action::Erase) { (moves(reader, id, one)) }
        }
    }
}

/// What it is about, without a text of it. Whoever may see the matter has a link.
fn subject(reader: &Reader, one: &Erasure) -> Markup {
    let name = reader.t(one.subject.code());
    match one.subject {
        Subject::Matter(id) => html! {
            @if reader.matter(id).is_ok() {
                a href=(format!("/matters/{id}")) { (name) " " (reader.number(id)) }
            } @else { (name) " " (id) }
        },
        Subject::Person(id) => html! { (name) " " (id) },
        Subject::File(id) => html! { (name) " " span.mono.hash { (id) } },
    }
}

fn by(reader: &Reader, code: &str, act: &Act) -> Markup {
    html! {
        p.mut { (reader.t(code)) " " (reader.post_in_unit(act.post)) " · " (reader.day(act.on)) }
    }
}

/// 删除证明, to be printed with the page.
fn proof(reader: &Reader, id: ErasureId) -> Markup {
    let certificate = reader.app.ledger.erasure_certificate(id).ok().flatten();
    let Some(Certificate { seq, hash, proof, destroyed }) = certificate else {
        return html! { p { (reader.t("privacy-not-carried-out")) } };
    };
    html! {
        details.data {
            summary { (reader.t("privacy-certificate")) }
            dl.kv {
                div { dt { (reader.t("privacy-values")) } dd { (destroyed.values) } }
                div { dt { (reader.t("privacy-files")) } dd { (destroyed.files) } }
                div {
                    dt { (reader.t("log-entry")) }
                    dd { a href=(format!("/log/{seq}")) { "#" (seq) } }
                }
                div { dt { (reader.t("about-log-size")) } dd { (proof.size) } }
                div.wide { dt { (reader.t("log-hash")) } dd.mono.hash { (hash.hex()) } }
                div.wide {
                    dt { (reader.t("about-tree-head")) } dd.mono.hash { (proof.root.hex()) }
                }
            }
        }
    }
}

/// What the keeper of the keys can do with a request that he did not make himself.
fn moves(reader: &Reader, id: ErasureId, one: &Erasure) -> Markup {
    let codes: &[&str] = match one.stage {
        Stage::Asked => &["command-approve-erasure", WITH_REASON[0], WITH_REASON[2]],
        Stage::Restricted { .. } => &["command-approve-erasure", WITH_REASON[1]],
        Stage::Approved { .. } | Stage::Refused { .. } => &[],
    };
    if one.asked.person == reader.by.account {
        return html! {
            @if !codes.is_empty() { p.mut { (reader.t("refusal-asker-decides")) } }
        };
    }
    html! {
        @for code in codes {
            details.move {
                summary { (reader.t(code)) }
                form method="post" action=(format!("/privacy/{id}/do/{code}")) {
                    (reader.hidden(Some(Stream::Erasure(id))))
                    @if WITH_REASON.contains(code) {
                        (reason(reader, &format!("{code}-{id}"), ""))
                    } @else {
                        p { (reader.t("privacy-approve-hint")) }
                    }
                    p.acts { button.btn.p type="submit" { (reader.t(code)) } }
                }
            }
        }
    }
}

async fn ask(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    match read(&fields) {
        Ok(command) => submit(reader, &fields, None, command).await,
        Err(BadField { field, code }) => {
            let said = reader.say(code, &[("@field", field.to_owned())]);
            Ok(show(&reader, Some((&fields, &said)), None))
        }
    }
}

fn read(fields: &Fields) -> Result<Deal, BadField> {
    let get = |name: &str| fields.get(name).unwrap_or_default();
    let subject = Subject::parse(&format!("{}/{}", get("kind"), get("name")));
    let subject = subject.ok_or(BadField { field: "privacy-number", code: "web-field-unknown" })?;
    let ground = Ground::ALL.into_iter().find(|ground| ground.code() == get("ground"));
    let ground = ground.ok_or(BadField { field: "privacy-ground", code: "web-field-unknown" })?;
    Ok(Deal::Ask { subject, ground, reason: fields.words("reason") })
}

async fn decide(Path((no, code)): Path<(u32, String)>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let reason: Words = fields.words("reason");
    let command = match code.as_str() {
        "command-approve-erasure" => Deal::Approve,
        "command-restrict" => Deal::Restrict { reason },
        "command-lift-restriction" => Deal::Lift { reason },
        "command-refuse-erasure" => Deal::Refuse { reason },
        _ => return Err(reader.bad("web-no-such-command", &[])),
    };
    submit(reader, &fields, Some(ErasureId(no)), command).await
}

async fn submit(
    reader: Reader,
    fields: &Fields,
    id: Option<ErasureId>,
    command: Deal,
) -> Result<Response, Stop> {
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    let (code, approves) = (command.code(), command == Deal::Approve);
    if let Err(not_done) = reader.submit(request, Command::Erasure(id, command), None).await {
        let said = reader.say(not_done.code(), &not_done.args());
        let reader = Reader { register: reader.app.ledger.now(), ..reader };
        // A reason for a decision is short; only the form above is kept.
        let empty = Fields::default();
        let kept = if id.is_none() { fields } else { &empty };
        return Ok(show(&reader, Some((kept, &said)), None));
    }
    if approves {
        let app = Arc::clone(&reader.app);
        let done = tokio::task::spawn_blocking(move || app.carry_out_erasures()).await;
        if let Ok(Err(fault)) = done {
            return Err(reader.fault(&fault));
        }
    }
    Ok(Redirect::to(&format!("/privacy?done={code}")).into_response())
}
