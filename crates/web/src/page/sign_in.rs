//! Coming and going: sign-in, the one-time link of a new account, sign-out, language.

use crate::app::App;
use crate::fields::{self, Fields, Posted};
use crate::parts::{encode, icon};
use crate::reader::{SESSION, cookie};
use crate::route::{Need, Routes};
use crate::shell;
use crate::stop::{Stop, lang_of};
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use ledger::accounts::NotSignedIn;
use maud::{Markup, html};
use rules::calendar::Day;
use rules::ids::{PersonId, PostId, SYSTEM};
use rules::record::Register;
use std::net::SocketAddr;
use std::sync::Arc;
use words::{Lang, say};

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/sign-in", Need::Open, form)
        .post("/sign-in", Need::Open, sign_in)
        .get("/welcome/{link}", Need::Open, welcome)
        .post("/welcome/{link}", Need::Open, redeem)
        .post("/sign-out", Need::SignedIn, sign_out)
        .post("/lang", Need::Open, language)
}

/// The posts that a person holds or stands in for today; the own ones first. The second of each
/// pair is the post acted for.
pub(crate) fn posts_of(
    register: &Register,
    person: PersonId,
    today: Day,
) -> Vec<(PostId, Option<PostId>)> {
    let office = register.office();
    let own: Vec<PostId> = office
        .posts()
        .filter(|(_, post)| post.holder(today) == Some(person))
        .map(|(id, _)| id)
        .collect();
    let mut posts: Vec<_> = own.iter().map(|id| (*id, None)).collect();
    if let Some(from) = own.first() {
        let stands_in = |id: &PostId, post: &rules::posts::Post| {
            !own.contains(id)
                && post
                    .deputies
                    .iter()
                    .any(|one| one.person == person && one.from <= today && today <= one.until)
        };
        let for_others = office.posts().filter(|(id, post)| stands_in(id, post));
        posts.extend(for_others.map(|(id, _)| (*from, Some(id))));
    }
    posts
}

/// Sends the browser on with its session. On plain HTTP, as within an office's own network, a
/// `Secure` cookie would not come back; behind TLS the proxy says so.
pub(crate) fn enter(headers: &HeaderMap, session: &str, to: &str) -> Response {
    let tls = headers.get("x-forwarded-proto").is_some_and(|value| value == "https");
    let secure = if tls { "; Secure" } else { "" };
    let cookie = format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Lax{secure}");
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(to)).into_response()
}

/// Only a path of our own: whoever made the link must not choose where it ends.
pub(crate) fn local(next: Option<&str>) -> String {
    let safe = |path: &&str| {
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n'])
    };
    next.filter(safe).unwrap_or("/").to_owned()
}

fn lang(headers: &HeaderMap) -> Lang {
    lang_of(cookie(headers, "lang").as_deref())
}

async fn form(State(app): State<Arc<App>>, request: Request) -> Response {
    let lang = lang(request.headers());
    let asked = fields::pairs(request.uri().query().unwrap_or_default().as_bytes());
    let next = asked.iter().find(|(key, _)| key == "next").map(|(_, next)| next.clone());
    Html(page(&app, lang, next.as_deref(), None).into_string()).into_response()
}

fn page(app: &App, lang: Lang, next: Option<&str>, said: Option<&str>) -> Markup {
    let t = |code: &str| say(lang, code, &[]);
    let body = html! {
        div.enter {
            @if app.demo { (super::demo::faces(app, lang)) }
            section.card {
                div.bd {
                    // In a demonstration the faces are the way in, and their title the page's.
                    @if app.demo { h2 { (t("sign-in-title")) } } @else { h1 { (t("sign-in-title")) } }
                    @if let Some(said) = said { div.errbox role="alert" { (said) } }
                    form method="post" action="/sign-in" {
                        input type="hidden" name="next" value=(local(next));
                        div.f {
                            label for="login" { (t("sign-in-login")) }
                            input.inp #login name="login" autocomplete="username" required
                                maxlength="64";
                        }
                        div.f {
                            label for="password" { (t("sign-in-password")) }
                            input.inp #password type="password" name="password" required
                                autocomplete="current-password" maxlength="128";
                        }
                        p.acts { button.btn.p type="submit" { (icon("login")) (t("sign-in")) } }
                    }
                    p.hintline { (t("sign-in-hint")) }
                }
            }
        }
    };
    shell::bare(lang, &t("sign-in-title"), &body)
}

async fn sign_in(State(app): State<Arc<App>>, headers: HeaderMap, request: Request) -> Response {
    let lang = lang(&headers);
    // Failures count by where they come from, so that nobody can lock somebody else out.
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = from.map(|ConnectInfo(from)| from.ip().to_string()).unwrap_or_default();
    let sent = match fields::read(request, &()).await {
        Ok(sent) => sent,
        Err(code) => return Stop::new(StatusCode::BAD_REQUEST, lang, code, &[]).into_response(),
    };
    let word = |name: &str| sent.get(name).unwrap_or_default().to_owned();
    let (login, password) = (word("login"), raw(&sent, "password"));
    let done =
        blocking(&app, move |app| app.accounts.sign_in_from(&login, &password, &from, app.now()))
            .await;
    let next = local(sent.get("next"));
    match done {
        Ok(session) => {
            let session = with_first_post(&app, session);
            enter(&headers, &session, &next)
        }
        Err(not) => {
            let said = say(lang, not.code(), &not.args());
            let page = page(&app, lang, Some(&next), Some(&said));
            (StatusCode::UNAUTHORIZED, Html(page.into_string())).into_response()
        }
    }
}

/// A password as typed: spaces at its ends are part of it.
pub(crate) fn raw(sent: &Fields, name: &str) -> String {
    let found = sent.pairs.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Hashing a password takes long on purpose; no other request waits for it.
pub(crate) async fn blocking<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&App) -> Result<T, NotSignedIn> + Send + 'static,
) -> Result<T, NotSignedIn> {
    let app = Arc::clone(app);
    let done = tokio::task::spawn_blocking(move || work(&app)).await;
    done.unwrap_or(Err(NotSignedIn::TooMany))
}

/// Acts from the first post that the person holds, until another is chosen.
fn with_first_post(app: &App, session: String) -> String {
    let now = app.now();
    let Ok(Some(found)) = app.accounts.session(&session, now) else { return session };
    let posts = posts_of(&app.ledger.now(), found.person, now.office_day());
    let Some((post, acting_for)) = posts.first() else { return session };
    // Without a post the person still comes in, and can choose one on the own page.
    app.accounts.choose_post(&session, *post, *acting_for, now).unwrap_or(session)
}

async fn welcome(
    State(app): State<Arc<App>>,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
    let lang = lang(&headers);
    match app.accounts.invited(&link, app.now()) {
        Ok(Some(person)) if person != SYSTEM => {
            Html(first_page(&app, lang, &link, person, None).into_string()).into_response()
        }
        Ok(_) => Stop::new(StatusCode::NOT_FOUND, lang, "welcome-gone", &[]).into_response(),
        Err(fault) => Stop::fault(lang, &fault).into_response(),
    }
}

fn first_page(app: &App, lang: Lang, link: &str, person: PersonId, said: Option<&str>) -> Markup {
    let t = |code: &str| say(lang, code, &[]);
    let register = app.ledger.now();
    let name = register.office().person_name(person).and_then(|name| name.value());
    let name = name.map_or_else(|| t("web-system"), str::to_owned);
    let body = html! {
        div.enter {
            section.card {
                div.bd {
                    h1 { (say(lang, "welcome-title", &[("person", name)])) }
                    p { (t("welcome-hint")) }
                    @if let Some(said) = said { div.errbox role="alert" { (said) } }
                    form method="post" action={"/welcome/" (encode(link))} {
                        div.f {
                            label for="login" { (t("sign-in-login")) }
                            input.inp #login name="login" autocomplete="username" required
                                maxlength="64";
                        }
                        div.f {
                            label for="password" { (t("sign-in-password")) }
                            input.inp #password type="password" name="password" required
                                autocomplete="new-password" maxlength="128";
                        }
                        p.acts { button.btn.p type="submit" { (t("welcome-go")) } }
                    }
                }
            }
        }
    };
    shell::bare(lang, &t("welcome-hint"), &body)
}

async fn redeem(
    State(app): State<Arc<App>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let lang = lang(&headers);
    let sent = match fields::read(request, &()).await {
        Ok(sent) => sent,
        Err(code) => return Stop::new(StatusCode::BAD_REQUEST, lang, code, &[]).into_response(),
    };
    let (login, password) =
        (sent.get("login").unwrap_or_default().to_owned(), raw(&sent, "password"));
    let token = link.clone();
    // The system's own link founds an office; nobody signs in as the system.
    if app.accounts.invited(&link, app.now()).is_ok_and(|person| person == Some(SYSTEM)) {
        return Stop::new(StatusCode::NOT_FOUND, lang, "welcome-gone", &[]).into_response();
    }
    let done = blocking(&app, move |app| {
        app.accounts.redeem(&token, &login, &password, app.now())?;
        app.accounts.sign_in(&login, &password, app.now())
    })
    .await;
    match done {
        Ok(session) => enter(&headers, &with_first_post(&app, session), "/"),
        Err(not) => {
            let said = say(lang, not.code(), &not.args());
            let Ok(Some(person)) = app.accounts.invited(&link, app.now()) else {
                return Stop::new(StatusCode::NOT_FOUND, lang, "welcome-gone", &[]).into_response();
            };
            let page = first_page(&app, lang, &link, person, Some(&said));
            (StatusCode::UNPROCESSABLE_ENTITY, Html(page.into_string())).into_response()
        }
    }
}

async fn sign_out(headers: HeaderMap, posted: Posted) -> Result<Response, Stop> {
    if let Some(session) = cookie(&headers, SESSION) {
        let out = posted.reader.app.accounts.sign_out(&session);
        out.map_err(|fault| posted.reader.fault(&fault))?;
    }
    let gone = format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    Ok((AppendHeaders([(header::SET_COOKIE, gone)]), Redirect::to("/sign-in")).into_response())
}

/// Sets the language and goes back to where the reader was.
async fn language(headers: HeaderMap, request: Request) -> Response {
    let sent = fields::read(request, &()).await.unwrap_or_default();
    let lang = if sent.get("lang") == Some("en") { "en" } else { "zh" };
    let back = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    // Of the page it came from only the path is used, never the host.
    let path = back
        .and_then(|back| back.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let cookie = format!("lang={lang}; Path=/; Max-Age=31536000; SameSite=Lax");
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(&local(path))).into_response()
}
