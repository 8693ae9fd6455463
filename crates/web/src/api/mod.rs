//! The JSON API: the same door as the pages, for programs. A token or a session says who asks;
//! errors are problem+json (RFC 9457); a write is answered when it is on the disk.

mod evidence;
pub(crate) mod key;
mod log;
mod matters;
mod openapi;
mod sent;
mod tile;

use crate::app::App;
use crate::parts::fresh_id;
use crate::reader::{Reader, cookie};
use crate::route::Routes;
use crate::stop::{Stop, lang_of};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::accounts::Session;
use serde_json::{Map, Value};
use std::sync::Arc;
use words::Lang;

pub(crate) fn add(routes: Routes) -> Routes {
    openapi::add(tile::add(log::add(evidence::add(matters::add(routes)))))
}

/// A program that asks, by bearer token or by the session of a page.
pub(crate) struct Caller(pub(crate) Reader);

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Caller, Stop> {
        caller(app, &parts.headers, &parts.uri).map(Caller).map_err(Stop::for_program)
    }
}

/// The language that the caller would rather read; without a wish, that of the page's cookie.
fn lang(headers: &HeaderMap) -> Lang {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let Some(asked) = asked else { return lang_of(cookie(headers, "lang").as_deref()) };
    let mut best = (Lang::Zh, 0.0);
    for wish in asked.split(',') {
        let (tag, weight) = wish.split_once(";q=").unwrap_or((wish, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let known = match tag.trim().get(..2) {
            Some("en") => Lang::En,
            Some("zh") => Lang::Zh,
            Some(_) | None => continue,
        };
        if weight > best.1 {
            best = (known, weight);
        }
    }
    best.0
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

/// The name of a request that changes something: its `Idempotency-Key`, or a new one.
fn request_id(reader: &Reader, headers: &HeaderMap) -> Result<String, Stop> {
    if !is_meant(headers) {
        return Err(Stop::new(StatusCode::FORBIDDEN, reader.lang, "web-no-key", &[]).for_program());
    }
    let Some(key) = headers.get("idempotency-key") else { return Ok(fresh_id()) };
    let bad = |_| reader.not_done(&ledger::NotDone::BadId).for_program();
    key.to_str().map(str::to_owned).map_err(bad)
}

/// Problem+json (RFC 9457) with members of its own.
fn problem(status: StatusCode, code: &str, title: &str, more: Map<String, Value>) -> Response {
    let mut body = more;
    body.insert("type".to_owned(), format!("urn:bihuan:{code}").into());
    body.insert("title".to_owned(), title.into());
    body.insert("status".to_owned(), status.as_u16().into());
    body.insert("code".to_owned(), code.into());
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, Value::Object(body).to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_most_wished_for() {
        let lang = |asked: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, asked.parse().unwrap());
            super::lang(&headers)
        };
        assert_eq!(lang("en-GB,en;q=0.9"), Lang::En);
        assert_eq!(lang("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(lang("fr, en;q=0.3, zh;q=0.2"), Lang::En);
        assert_eq!(lang("en;q=0.1, zh"), Lang::Zh);
        assert_eq!(lang("*"), Lang::Zh);
    }
}
