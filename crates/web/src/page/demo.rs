//! The demonstration: eight faces to come in as, a bar to act as any post, the tour.

use super::sign_in::enter;
use crate::app::App;
use crate::fields;
use crate::parts::icon;
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell;
use crate::stop::{Stop, lang_of};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::ids::PostId;
use rules::posts::Post;
use rules::role::Role;
use std::sync::Arc;
use words::{Lang, say};

/// The faces of the sign-in page: the first holder of each of these roles.
const FACES: [(Role, &str); 8] = [
    (Role::GroupHead, "gavel"),
    (Role::DeputyInCharge, "scale"),
    (Role::CampaignOffice, "speakerphone"),
    (Role::Handler, "list-check"),
    (Role::Checker, "clipboard-check"),
    (Role::Discipline, "eye"),
    (Role::SystemAdmin, "settings"),
    (Role::AuditAdmin, "fingerprint"),
];

pub(crate) fn add(routes: Routes) -> Routes {
    routes.post("/demo/login", Need::Demo, login).get("/demo/end", Need::Demo, leave).post(
        "/demo/end",
        Need::Demo,
        end,
    )
}

/// Opens a session as any post. `post` comes as a form field or as JSON.
async fn login(State(app): State<Arc<App>>, headers: HeaderMap, request: Request) -> Response {
    let lang = lang_of(crate::reader::cookie(&headers, "lang").as_deref());
    let json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    let (post, next) = if json {
        let body = axum::body::to_bytes(request.into_body(), 4096).await.unwrap_or_default();
        let value: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        (value.get("post").and_then(serde_json::Value::as_u64), None)
    } else {
        let sent = fields::read(request, &()).await.unwrap_or_default();
        let next = sent.get("next").map(str::to_owned);
        (sent.get("post").and_then(|post| post.parse().ok()), next)
    };
    let post = post.and_then(|post| u32::try_from(post).ok()).map(PostId);
    let register = app.ledger.now();
    let holder = post.and_then(|post| register.office().post(post)?.holder(app.today()));
    let (Some(post), Some(person)) = (post, holder) else {
        return Stop::new(StatusCode::NOT_FOUND, lang, "demo-no-such-post", &[]).into_response();
    };
    match app.accounts.open_session(person, Some(post), app.now()) {
        Ok(session) => enter(&headers, &session, &super::sign_in::local(next.as_deref())),
        Err(fault) => Stop::fault(lang, &fault).into_response(),
    }
}

/// Says what ending the demonstration means, before it is done.
async fn leave(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let lang = lang_of(crate::reader::cookie(&headers, "lang").as_deref());
    let body = html! {
        section.card.narrow {
            div.bd.stack {
                h1 { (say(lang, "demo-end", &[])) }
                @if app.after_demo.is_some() {
                    p { (say(lang, "demo-end-what", &[])) }
                    form.acts method="post" action="/demo/end" {
                        button.btn.p type="submit" { (say(lang, "demo-end-go", &[])) }
                        a.btn href="/" { (say(lang, "demo-end-stay", &[])) }
                    }
                } @else { p { (say(lang, "demo-end-kept", &[])) } }
            }
        }
    };
    let title = say(lang, "demo-end", &[]);
    Html(shell::bare(lang, &title, &body).into_string()).into_response()
}

/// Throws the demonstration away and goes on with the office's own data.
async fn end(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let lang = lang_of(crate::reader::cookie(&headers, "lang").as_deref());
    let begun = tokio::task::spawn_blocking(move || app.after_demo.as_ref().map(|begin| begin()));
    match begun.await {
        Ok(Some(Ok(path))) => Redirect::to(&path).into_response(),
        Ok(Some(Err(said))) => {
            (StatusCode::CONFLICT, Html(shell::notice(lang, &said).into_string())).into_response()
        }
        Ok(None) | Err(_) => {
            Stop::new(StatusCode::CONFLICT, lang, "demo-end-kept", &[]).into_response()
        }
    }
}

/// Eight faces, one click each.
pub(crate) fn faces(app: &App, lang: Lang) -> Markup {
    let register = app.ledger.now();
    let office = register.office();
    html! {
        section.card {
            div.bd {
                h1 { (say(lang, "demo-title", &[])) }
                p { (say(lang, "demo-what", &[])) }
                ul.faces {
                    @for (role, picture) in FACES {
                        @if let Some((post, person)) = office.first_with(role, app.today()) {
                            li {
                                form method="post" action="/demo/login" {
                                    button.face type="submit" name="post" value=(post) {
                                        (icon(picture))
                                        b { (say(lang, role.code(), &[])) }
                                        small {
                                            (name(office.person_name(person).and_then(|one| one.value())))
                                            " · "
                                            (name(office.post(post).and_then(|one| one.name.text())))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn name(text: Option<&str>) -> &str {
    text.unwrap_or_default()
}

/// A bar on every page of a demonstration: act as any post, and what to look at.
pub(crate) fn bar(reader: &Reader) -> Markup {
    let own = reader.by.post.unwrap_or_default().to_string();
    let held = |_: PostId, post: &Post| post.holder(reader.today).is_some();
    html! {
        details.demobar {
            summary { (icon("sparkles")) (reader.t("demo-bar")) }
            div.demobody {
                form method="post" action="/demo/login" {
                    input type="hidden" name="next" value=(reader.path);
                    label for="demopost" { (reader.t("demo-act-as")) }
                    select.sel #demopost name="post" { (reader.post_options(&held, &own)) }
                    button.btn.p.s type="submit" { (reader.t("demo-change")) }
                }
                p { b { (reader.t("demo-tour")) } }
                ol.tour {
                    @for (no, href) in (1..).zip(tour(reader)) {
                        li { a href=(href) { (reader.t(&format!("demo-tour-{no}"))) } }
                    }
                }
                @if !reader.app.cases.is_empty() {
                    p { b { (reader.t("demo-cases")) } }
                    ol.tour {
                        @for (code, id) in &reader.app.cases {
                            li {
                                a href=(format!("/matters/{id}")) title=(reader.t(&format!("{code}-what"))) {
                                    (reader.t(&format!("{code}-title")))
                                }
                            }
                        }
                    }
                }
                @if reader.app.after_demo.is_some() {
                    p { a.btn.s href="/demo/end" { (icon("arrow-right")) (reader.t("demo-end")) } }
                } @else { p.hintline { (reader.t("demo-end-kept")) } }
            }
        }
    }
}

/// Where the five minutes lead.
fn tour(reader: &Reader) -> Vec<String> {
    let case = reader
        .app
        .cases
        .first()
        .map_or_else(|| "/matters".to_owned(), |(_, id)| format!("/matters/{id}"));
    vec!["/".to_owned(), "/matters".to_owned(), case, "/plans".to_owned(), "/log".to_owned()]
}
