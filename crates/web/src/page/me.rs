//! 我的: the post from which one acts, the password, tokens for programs.

use super::sign_in::{blocking, enter, posts_of, raw};
use crate::fields::Posted;
use crate::parts::icon;
use crate::reader::{Reader, SESSION, cookie};
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use ledger::Hash;
use ledger::accounts::{Issued, OpenSession};
use maud::{Markup, html};
use rules::ids::PostId;

/// Days that a token of an API client lives.
const TOKEN_DAYS: u32 = 90;

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/me", Need::SignedIn, page)
        .post("/me/post", Need::SignedIn, choose)
        .post("/me/password", Need::SignedIn, password)
        .post("/me/tokens", Need::SignedIn, token)
        .post("/me/tokens/revoke", Need::SignedIn, revoke)
        .post("/me/sessions/end", Need::SignedIn, end)
}

async fn page(headers: HeaderMap, reader: Reader) -> Result<Response, Stop> {
    show(&reader, &headers, None, None)
}

/// The page, with what could not be done or a token that is shown this once.
fn show(
    reader: &Reader,
    headers: &HeaderMap,
    said: Option<&str>,
    token: Option<&str>,
) -> Result<Response, Stop> {
    let tokens = reader.app.accounts.tokens(reader.by.account);
    let tokens = tokens.map_err(|fault| reader.fault(&fault))?;
    let cookie = cookie(headers, SESSION).unwrap_or_default();
    let sessions = reader.app.accounts.sessions(&cookie, reader.at);
    let sessions = sessions.map_err(|fault| reader.fault(&fault))?;
    let body = html! {
        div.ph {
            div {
                h1 { (reader.person(reader.by.account)) } div.sub { (reader.acts_as()) }
            }
            div.acts {
                form.inline method="post" action="/sign-out" {
                    (reader.hidden(None))
                    button.btn type="submit" { (icon("logout")) (reader.t("me-sign-out")) }
                }
            }
        }
        @if let Some(said) = said { div.errbox role="alert" { (said) } }
        (posts(reader))
        (password_form(reader))
        p.to-feedback { a.btn href="/feedback" { (icon("message-2")) (reader.t("menu-feedback")) } }
        (sessions_card(reader, &sessions))
        (tokens_card(reader, &tokens, token))
    };
    let status = if said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(reader.page_with(status, &Page { here: "menu-me", title: reader.t("menu-me"), body }))
}

/// Tokens that let a program act for the reader.
fn tokens_card(reader: &Reader, tokens: &[Issued], token: Option<&str>) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("me-tokens")) } }
            div.bd.stack {
                p.hintline { (reader.t("me-tokens-hint")) }
                @if let Some(token) = token {
                    div.flash role="status" {
                        p { (reader.t("me-token-once")) } code.mono.hash { (token) }
                    }
                }
                ul.list {
                    @for one in tokens {
                        li {
                            (icon("key")) span.x { (one.name) " · " (reader.post_in_unit(one.post)) }
                            small {
                                (reader.say("me-token-ends",
                                    &[("day", one.ends.office_day().to_string())]))
                            }
                            form.inline method="post" action="/me/tokens/revoke" {
                                (reader.hidden(None))
                                button.btn.s.d type="submit" name="token" value=(one.id) {
                                    (reader.t("me-token-revoke"))
                                }
                            }
                        }
                    }
                }
                form.pair method="post" action="/me/tokens" {
                    (reader.hidden(None))
                    label for="token-name" { (reader.t("me-token-name")) }
                    input.inp #token-name name="name" required maxlength="60";
                    button.btn type="submit" { (reader.t("me-token-make")) }
                }
            }
        }
    }
}

/// Where else the reader is signed in.
fn sessions_card(reader: &Reader, sessions: &[OpenSession]) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("me-sessions")) } }
            div.bd {
                ul.list {
                    @for one in sessions {
                        li {
                            (icon("login"))
                            span.x {
                                @if let Some(post) = one.post { (reader.post_in_unit(post)) }
                                @else { (reader.t("me-session-no-post")) }
                            }
                            small {
                                (reader.say("me-session-times", &[
                                    ("opened", reader.moment(one.opened)), ("seen", reader.moment(one.seen)),
                                ]))
                            }
                            @if one.own { span.tag.g { (reader.t("me-session-own")) } } @else {
                                form.inline method="post" action="/me/sessions/end" {
                                    (reader.hidden(None))
                                    button.btn.s.d type="submit" name="session" value=(one.id) {
                                        (reader.t("me-session-end"))
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

fn posts(reader: &Reader) -> Markup {
    let posts = posts_of(&reader.register, reader.by.account, reader.today);
    html! {
        section.card {
            div.hd { h2 { (reader.t("me-posts")) } }
            div.bd {
                @if posts.is_empty() { p { (reader.t("web-no-post-hint")) } }
                ul.list {
                    @for (post, acting_for) in posts {
                        @let here = reader.by.post == Some(post) && reader.by.acting_for == acting_for;
                        li {
                            span.x {
                                @match acting_for {
                                    Some(other) => {
                                        (reader.say("web-for-post",
                                            &[("post", reader.post_in_unit(other))]))
                                    }
                                    None => { (reader.post_in_unit(post)) }
                                }
                            }
                            @if here { span.tag.g { (reader.t("me-acting")) } } @else {
                                form.inline method="post" action="/me/post" {
                                    (reader.hidden(None))
                                    input type="hidden" name="post" value=(post);
                                    @if let Some(other) = acting_for {
                                        input type="hidden" name="for" value=(other);
                                    }
                                    button.btn.s type="submit" { (reader.t("me-act")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn password_form(reader: &Reader) -> Markup {
    html! {
        @if !reader.app.demo {
            section.card {
                div.hd { h2 { (reader.t("me-password")) } }
                div.bd {
                    form method="post" action="/me/password" {
                        (reader.hidden(None))
                        @for (name, code, complete) in [
                            ("old", "me-password-old", "current-password"),
                            ("new", "me-password-new", "new-password"),
                        ] {
                            div.f {
                                label for=(name) { (reader.t(code)) }
                                input.inp #(name) type="password" name=(name) required
                                    autocomplete=(complete) maxlength="128";
                            }
                        }
                        p.acts { button.btn type="submit" { (reader.t("me-password")) } }
                    }
                }
            }
        }
    }
}

async fn choose(headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let number = |name: &str| fields.get(name).and_then(|text| text.parse().ok()).map(PostId);
    let (post, acting_for) = (number("post"), number("for"));
    let mine = posts_of(&reader.register, reader.by.account, reader.today);
    let Some(post) = post.filter(|post| mine.contains(&(*post, acting_for))) else {
        return Err(reader.refused(&rules::Refusal::NoPost));
    };
    let Some(session) = cookie(&headers, SESSION) else {
        return Err(Stop::SignIn { next: "/me".to_owned() });
    };
    let chosen = reader.app.accounts.choose_post(&session, post, acting_for, reader.at);
    let session = chosen.map_err(|not| reader.bad(not.code(), &not.args()))?;
    Ok(enter(&headers, &session, "/"))
}

async fn password(headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let (old, new) = (raw(&fields, "old"), raw(&fields, "new"));
    let (person, at) = (reader.by.account, reader.at);
    let changed =
        blocking(&reader.app, move |app| app.accounts.change_password(person, &old, &new, at));
    match changed.await {
        Ok(()) => Ok(Redirect::to("/sign-in").into_response()),
        Err(not) => show(&reader, &headers, Some(&reader.say(not.code(), &not.args())), None),
    }
}

async fn token(headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let Some(post) = reader.by.post else { return Err(reader.refused(&rules::Refusal::NoPost)) };
    let name = fields.get("name").unwrap_or_default().chars().take(60).collect::<String>();
    let made =
        reader.app.accounts.issue_token(reader.by.account, post, &name, reader.at, TOKEN_DAYS);
    let token = made.map_err(|fault| reader.fault(&fault))?;
    show(&reader, &headers, None, Some(&token))
}

async fn revoke(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let id = fields.get("token").and_then(|text| text.parse().ok());
    if let Some(id) = id {
        let done = reader.app.accounts.revoke_token(id, reader.by.account);
        done.map_err(|fault| reader.fault(&fault))?;
    }
    Ok(Redirect::to("/me").into_response())
}

async fn end(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    if let Some(id) = fields.get("session").and_then(Hash::parse) {
        let done = reader.app.accounts.end_session(id, reader.by.account);
        done.map_err(|fault| reader.fault(&fault))?;
    }
    Ok(Redirect::to("/me").into_response())
}
