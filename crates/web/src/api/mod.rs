//! The JSON API: the same door as the pages, for programs. A token or a session says who asks;
//! errors are problem+json (RFC 9457); a write is answered when it is on the disk.

mod log;
mod matters;
mod openapi;

use crate::app::App;
use crate::reader::{Reader, cookie};
use crate::route::Routes;
use crate::stop::{Stop, lang_of};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::accounts::Session;
use serde_json::Value;
use std::sync::Arc;
use words::Lang;

pub(crate) fn add(routes: Routes) -> Routes {
    openapi::add(log::add(matters::add(routes)))
}

/// A program that asks, by bearer token or by the session of a page.
pub(crate) struct Caller(pub(crate) Reader);

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Caller, Stop> {
        caller(app, &parts.headers, &parts.uri).map(Caller).map_err(Stop::for_program)
    }
}

fn lang(headers: &HeaderMap) -> Lang {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    match asked {
        Some(asked) if asked.starts_with("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => lang_of(cookie(headers, "lang").as_deref()),
    }
}

fn caller(app: &Arc<App>, headers: &HeaderMap, uri: &axum::http::Uri) -> Result<Reader, Stop> {
    let lang = lang(headers);
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let refused = || Stop::new(StatusCode::UNAUTHORIZED, lang, "web-no-token", &[]);
    let Some(token) = bearer else {
        let reader = Reader::of(app, headers, uri).map_err(|_| refused())?;
        return Ok(Reader { lang, ..reader });
    };
    let found = app.accounts.token(token, app.now()).map_err(|fault| Stop::fault(lang, &fault))?;
    let bearer = found.ok_or_else(refused)?;
    let session = Session {
        person: bearer.person,
        post: Some(bearer.post),
        acting_for: None,
        csrf: String::new(),
    };
    Ok(Reader::with(app, session, lang, headers, uri))
}

/// Whether the caller proved that the request is meant: a token cannot be sent by another site,
/// and a session's request must carry a key of its own, which no foreign form can add.
fn is_meant(headers: &HeaderMap) -> bool {
    headers.contains_key(header::AUTHORIZATION) || headers.contains_key("idempotency-key")
}

fn json(status: StatusCode, value: &Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, value.to_string()).into_response()
}
