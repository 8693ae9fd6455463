//! 督办单: drafts of the day pass to be signed or dropped, and the owner's objection.

use super::done::Done;
use super::form::Attempt;
use crate::fields::Posted;
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::{Page, SLIPS};
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::ids::SlipId;
use rules::moves::slip_moves;
use rules::record::{Command, Stream};
use rules::slip::{Command as Deal, Event as Happened, Grade, Slip, Stage};

/// Slips of one page.
const MOST: usize = 100;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/slips", Need::Any(SLIPS), list).get("/slips/{no}", Need::Any(SLIPS), page).post(
        "/slips/{no}/do/{command}",
        Need::Any(SLIPS),
        act,
    )
}

/// Whether the reader has to do with a slip: signs such slips, or is addressed.
fn concerns(reader: &Reader, slip: &Slip) -> bool {
    let signs = reader.may_ever(rules::access::Action::SignSlip);
    signs || Some(slip.to) == reader.by.acting_for.or(reader.by.post)
}

async fn list(reader: Reader) -> Response {
    let waiting: Vec<SlipId> = reader
        .actor()
        .map(|actor| rules::desk::slips(&reader.register, &actor, reader.today))
        .unwrap_or_default();
    let mut others: Vec<(SlipId, &Slip)> = reader
        .register
        .slips()
        .filter(|(id, slip)| concerns(&reader, slip) && !waiting.contains(id))
        .collect();
    others.reverse();
    others.truncate(MOST);
    let body = html! {
        div.ph {
            div { h1 { (reader.t("menu-slips")) } div.sub { (reader.t("slips-hint")) } }
        }
        section.card {
            div.hd { h2 { (reader.t("slips-waiting")) } span.tag { (waiting.len()) } }
            div.bd {
                @if waiting.is_empty() { p.mut { (reader.t("slips-none")) } }
                ul.list {
                    @for id in &waiting {
                        @if let Some(slip) = reader.register.slip(*id) { (line(&reader, *id, slip)) }
                    }
                }
            }
        }
        section.card {
            div.hd { h2 { (reader.t("slips-others")) } }
            div.bd { ul.list { @for (id, slip) in others { (line(&reader, id, slip)) } } }
        }
    };
    reader.page(&Page { here: "menu-slips", title: reader.t("menu-slips"), body })
}

fn colour(grade: Grade) -> &'static str {
    match grade {
        Grade::Note => "b",
        Grade::Urge | Grade::Yellow => "a",
        Grade::Red | Grade::Talk => "r",
    }
}

fn line(reader: &Reader, id: SlipId, slip: &Slip) -> Markup {
    let args = [("count", slip.lines.len().to_string())];
    html! {
        li {
            span.tag.(colour(slip.grade)) { (reader.t(slip.grade.code())) }
            a.x href=(format!("/slips/{id}")) {
                (reader.post_in_unit(slip.to)) " · " (reader.say("slips-matters", &args))
            }
            span.tag { (reader.t(slip.stage.code())) }
            small { (reader.day(slip.drafted_on)) }
        }
    }
}

async fn page(
    reader: Reader,
    Path(no): Path<u32>,
    Query(done): Query<Done>,
) -> Result<Response, Stop> {
    let done = done.code(&reader);
    show(&reader, SlipId(no), None, done.as_deref())
}

fn show(
    reader: &Reader,
    id: SlipId,
    sent: Option<&Attempt>,
    done: Option<&str>,
) -> Result<Response, Stop> {
    let missing = || reader.refused(&rules::Refusal::NoSuchSlip(id));
    let slip = reader.register.slip(id).filter(|slip| concerns(reader, slip));
    let slip = slip.ok_or_else(missing)?;
    let history = reader.app.ledger.history(Stream::Slip(id));
    let history = history.map_err(|fault| reader.fault(&fault))?;
    let body = html! {
        (reader.flash(done))
        p.crumb { a href="/slips" { (reader.t("menu-slips")) } }
        section.card {
            div.mh {
                div.row {
                    span.tag.(colour(slip.grade)) { (reader.t(slip.grade.code())) }
                    span.tag { (reader.t(slip.stage.code())) }
                }
                h1 { (reader.say("slips-to", &[("post", reader.post_in_unit(slip.to))])) }
                @if let Stage::Signed { objection_due, .. } = &slip.stage {
                    p { (reader.say("slips-object-until", &[("day", objection_due.to_string())])) }
                }
            }
        }
        div.two-col {
            div.stack { (moves(reader, id, sent)) (matters(reader, slip)) }
            section.card {
                div.hd { h2 { (reader.t("web-course")) } }
                div.bd { (course(reader, &history)) }
            }
        }
    };
    let status = if sent.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(reader.page_with(status, &Page { here: "menu-slips", title: reader.t("menu-slips"), body }))
}

fn moves(reader: &Reader, id: SlipId, sent: Option<&Attempt>) -> Markup {
    let offered = slip_moves(&reader.register, id, &reader.now());
    // What was written for a step that somebody else has taken meanwhile is left to be copied.
    let lost = sent.filter(|sent| !offered.contains(&sent.code.as_str()));
    let lost = lost.and_then(|sent| sent.fields.get("reason"));
    html! {
        @if !offered.is_empty() || sent.is_some() {
            section.card.next {
                div.bd {
                    @if !offered.is_empty() {
                        h2 { (icon("arrow-right")) (reader.t("web-your-turn")) }
                    }
                    @if let Some(sent) = sent { div.errbox role="alert" { (sent.said) } }
                    @if let Some(reason) = lost {
                        p { b { (reader.t("unmoved-title")) } }
                        p.pre { b { (reader.t("field-reason")) } " " (reason) }
                    }
                    div.moves { @for code in &offered { (form(reader, id, code, sent)) } }
                }
            }
        }
    }
}

fn form(reader: &Reader, id: SlipId, code: &str, sent: Option<&Attempt>) -> Markup {
    let field = format!("{code}-reason");
    let sent = sent.filter(|sent| sent.code == code).map(|sent| &sent.fields);
    let value = |name: &str| sent.and_then(|sent| sent.get(name)).unwrap_or_default();
    html! {
        details.move open {
            summary { (reader.t(code)) }
            form method="post" action=(format!("/slips/{id}/do/{code}")) {
                (reader.hidden(Some(Stream::Slip(id))))
                @if code == "command-decide-objection" {
                    fieldset.f {
                        legend { (reader.t("slips-decision")) }
                        div.seg {
                            @for (upheld, said) in [("yes", "slips-upheld"), ("no", "slips-not-upheld")] {
                                label {
                                    input type="radio" name="upheld" value=(upheld)
                                        checked[(value("upheld") == "no") == (upheld == "no")];
                                    span { (reader.t(said)) }
                                }
                            }
                        }
                    }
                }
                div.f {
                    label for=(field) { (reader.t("field-reason")) }
                    textarea.inp #(field) name="reason" rows="2" maxlength="20000" { (value("reason")) }
                }
                p.acts { button.btn.p type="submit" { (reader.t(code)) } }
            }
        }
    }
}

fn matters(reader: &Reader, slip: &Slip) -> Markup {
    html! {
        section.card {
            div.hd {
                h2 { (reader.t("field-matters")) }
                span.mut { (slip.lines.len()) }
            }
            div.bd {
                ul.list {
                    @for line in &slip.lines {
                        @if let Ok(matter) = reader.matter(line.matter) {
                            li {
                                (reader.light(line.matter, matter))
                                a.x href=(format!("/matters/{}", line.matter)) {
                                    (reader.title(matter))
                                }
                                small { (reader.say("slips-due", &[("day", line.due.to_string())])) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn course(reader: &Reader, history: &[ledger::Recorded]) -> Markup {
    html! {
        ol.tl {
            @for entry in history.iter().rev() {
                @if let Some(told) = &entry.told {
                    @if let rules::record::Event::Slip(event) = &told.entry.event {
                        @let (code, reason) = told_of(event);
                        li {
                            span.n.b { (icon("send")) }
                            (reader.headline(code, entry, told))
                            @if let Some(reason) = reason { p { (reader.text(reason)) } }
                        }
                    }
                }
            }
        }
    }
}

fn told_of(event: &Happened) -> (&'static str, Option<&rules::text::Words>) {
    match event {
        Happened::SlipDrafted { .. } => ("event-slip-drafted", None),
        Happened::SlipSigned { reason, .. } => ("event-slip-signed", Some(reason)),
        Happened::SlipDropped { reason, .. } => ("event-slip-dropped", Some(reason)),
        Happened::SlipObjected { reason, .. } => ("event-slip-objected", Some(reason)),
        Happened::ObjectionDecided { reason, upheld: true, .. } => {
            ("event-objection-upheld", Some(reason))
        }
        Happened::ObjectionDecided { reason, .. } => ("event-objection-refused", Some(reason)),
    }
}

async fn act(Path((no, code)): Path<(u32, String)>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let id = SlipId(no);
    let reason = fields.words("reason");
    let command = match code.as_str() {
        "command-sign-slip" => Deal::Sign { reason },
        "command-drop-slip" => Deal::Drop { reason },
        "command-object" => Deal::Object { reason },
        "command-decide-objection" => {
            Deal::Decide { upheld: fields.get("upheld") == Some("yes"), reason }
        }
        _ => return Err(reader.bad("web-no-such-command", &[])),
    };
    let version = fields.get("version").and_then(|version| version.parse().ok());
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    let if_version = version.map(|version| (Stream::Slip(id), version));
    match reader.submit(request, Command::Slip(Some(id), command), if_version).await {
        Ok(_) => Ok(Redirect::to(&format!("/slips/{id}?done={code}")).into_response()),
        Err(not_done) => {
            let said = reader.say(not_done.code(), &not_done.args());
            let reader = Reader { register: reader.app.ledger.now(), ..reader };
            let attempt = Attempt { code, fields, said };
            show(&reader, id, Some(&attempt), None)
        }
    }
}
