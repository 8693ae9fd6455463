//! 给这个系统提意见: what users say about the system itself, and its answers, open to the whole
//! office.

use super::done::Done;
use crate::fields::Posted;
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::feedback::{Command as Deal, Feedback};
use rules::ids::FeedbackId;
use rules::record::{Command, Stream};

/// Shown at once; older ones stay in the log.
const MOST: usize = 200;

pub(crate) fn add(routes: Routes) -> Routes {
    let answer = Need::Any(&[Action::AnswerFeedback]);
    routes.get("/feedback", Need::SignedIn, page).post("/feedback", Need::SignedIn, give).post(
        "/feedback/{no}/answer",
        answer,
        respond,
    )
}

async fn page(reader: Reader, Query(done): Query<Done>) -> Response {
    let done = done.code(&reader);
    show(&reader, None, done.as_deref())
}

/// The page, with words that could not be taken and why.
fn show(reader: &Reader, unsaid: Option<(&str, &str)>, done: Option<&str>) -> Response {
    let (kept, said) = unsaid.unzip();
    let all: Vec<(FeedbackId, &Feedback)> =
        reader.register.all_feedback().rev().take(MOST).collect();
    let answers = reader.may_ever(Action::AnswerFeedback);
    let body = html! {
        (reader.flash(done))
        div.ph { div { h1 { (reader.t("menu-feedback")) } div.sub { (reader.t("feedback-hint")) } } }
        @if let Some(said) = said { div.errbox role="alert" { (said) } }
        section.card {
            div.bd {
                form method="post" action="/feedback" {
                    (reader.hidden(None))
                    div.f {
                        label for="words" { (reader.t("feedback-words")) }
                        textarea.inp #words name="words" rows="3" required maxlength="2000" {
                            (kept.unwrap_or_default())
                        }
                    }
                    p.acts {
                        button.btn.p type="submit" {
                            (icon("send")) (reader.t("command-give-feedback"))
                        }
                    }
                }
            }
        }
        section.card {
            div.hd { h2 { (reader.t("feedback-all")) } span.mut { (all.len()) } }
            div.bd {
                @if all.is_empty() { p.mut { (reader.t("feedback-none")) } }
                ol.voices {
                    @for (id, one) in all { (voice(reader, id, one, answers)) }
                }
            }
        }
    };
    let status = if said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = reader.t("menu-feedback");
    reader.page_with(status, &Page { here: "menu-feedback", title, body })
}

fn voice(reader: &Reader, id: FeedbackId, one: &Feedback, answers: bool) -> Markup {
    html! {
        li id=(format!("f{id}")) {
            p { (reader.text(&one.words)) }
            p.mut { (reader.post_in_unit(one.post)) " · " (reader.day(one.on)) }
            @match &one.answer {
                Some(answer) => {
                    div.answer {
                        p { b { (reader.t("feedback-answer")) } " " (reader.text(&answer.words)) }
                        p.mut { (reader.post_in_unit(answer.post)) " · " (reader.day(answer.on)) }
                    }
                }
                None if answers => {
                    details.move {
                        summary { (reader.t("command-answer-feedback")) }
                        form method="post" action=(format!("/feedback/{id}/answer")) {
                            (reader.hidden(Some(Stream::Feedback(id))))
                            div.f {
                                label for=(format!("answer-{id}")) { (reader.t("feedback-answer")) }
                                textarea.inp id=(format!("answer-{id}")) name="words" rows="3"
                                    required maxlength="2000" {}
                            }
                            p.acts {
                                button.btn.p type="submit" {
                                    (reader.t("command-answer-feedback"))
                                }
                            }
                        }
                    }
                }
                None => { span.tag.a { (reader.t("feedback-given")) } }
            }
        }
    }
}

async fn give(posted: Posted) -> Result<Response, Stop> {
    let command = Deal::Give { words: posted.fields.words("words") };
    submit(posted, None, command).await
}

async fn respond(Path(no): Path<u32>, posted: Posted) -> Result<Response, Stop> {
    let command = Deal::Answer { words: posted.fields.words("words") };
    submit(posted, Some(FeedbackId(no)), command).await
}

async fn submit(posted: Posted, id: Option<FeedbackId>, command: Deal) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    let code = command.code();
    match reader.submit(request, Command::Feedback(id, command), None).await {
        Ok(_) => Ok(Redirect::to(&format!("/feedback?done={code}")).into_response()),
        Err(not_done) => {
            let said = reader.say(not_done.code(), &not_done.args());
            let reader = Reader { register: reader.app.ledger.now(), ..reader };
            Ok(show(&reader, Some((fields.get("words").unwrap_or_default(), &said)), None))
        }
    }
}
