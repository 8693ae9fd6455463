//! What a program sends: a JSON object whose every member is known, read before anything is done.

use super::problem;
use crate::fields::Fields;
use crate::reader::Reader;
use crate::stop::Stop;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};

/// The most of a JSON body.
const BODY_MAX: usize = 1024 * 1024;

/// The body of a request, as it came and as it reads.
pub(super) struct Sent {
    pub(super) bytes: Bytes,
    pub(super) object: Map<String, Value>,
}

/// A member that cannot be used: its name, and the code of what is wrong with it.
#[derive(Debug)]
pub(super) struct BadMember {
    pub(super) name: String,
    pub(super) code: &'static str,
    /// The names that would be understood, when this one is not.
    pub(super) known: Vec<&'static str>,
}

impl BadMember {
    pub(super) fn new(name: &str, code: &'static str) -> BadMember {
        BadMember { name: name.to_owned(), code, known: Vec::new() }
    }

    /// Problem+json that names the member and, if it is unknown, those that would be accepted.
    pub(super) fn answer(&self, reader: &Reader) -> Response {
        let title = reader.say(self.code, &[("name", self.name.clone())]);
        let mut more = Map::new();
        more.insert("member".to_owned(), json!(self.name));
        if !self.known.is_empty() {
            more.insert("accepted".to_owned(), json!(self.known));
        }
        problem(StatusCode::UNPROCESSABLE_ENTITY, self.code, &title, more)
    }
}

/// Whether a header says that the body is of this kind.
pub(super) fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok());
    let said = said.and_then(|said| said.split(';').next()).unwrap_or_default();
    said.trim().eq_ignore_ascii_case(kind)
}

/// Reads a JSON object.
pub(super) async fn read(reader: &Reader, request: Request) -> Result<Sent, Stop> {
    let stop = |status, code| Err(Stop::new(status, reader.lang, code, &[]).for_program());
    if !is_kind(request.headers(), "application/json") {
        return stop(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-not-json");
    }
    let Ok(bytes) = axum::body::to_bytes(request.into_body(), BODY_MAX).await else {
        return stop(StatusCode::PAYLOAD_TOO_LARGE, "web-bad-json");
    };
    match serde_json::from_slice(&bytes) {
        Ok(object) => Ok(Sent { bytes, object }),
        Err(_) => stop(StatusCode::BAD_REQUEST, "web-bad-json"),
    }
}

/// An object as the fields of a form: the same names, the same reading. What stands in `apart` is
/// read elsewhere; a name that is in neither list is refused, for a slip of the pen must not pass
/// for something left out.
pub(super) fn form(
    object: &Map<String, Value>,
    known: &[&'static str],
    apart: &[&'static str],
) -> Result<Fields, BadMember> {
    let mut pairs = Vec::new();
    for (name, value) in object {
        if apart.contains(&name.as_str()) {
            continue;
        }
        if !known.contains(&name.as_str()) {
            let known = known.iter().chain(apart).copied().collect();
            return Err(BadMember { known, ..BadMember::new(name, "api-member-unknown") });
        }
        let wrong = || BadMember::new(name, "api-member-kind");
        match value {
            Value::Null => {}
            Value::Bool(on) => pairs.extend(tick(name, *on)),
            Value::String(_) | Value::Number(_) => {
                pairs.push((name.clone(), plain(value).ok_or_else(wrong)?));
            }
            Value::Array(items) => {
                for item in items {
                    pairs.push((name.clone(), plain(item).ok_or_else(wrong)?));
                }
            }
            Value::Object(_) => return Err(wrong()),
        }
    }
    Ok(Fields { pairs, files: Vec::new() })
}

/// A box that is not ticked is not sent; only the result of a check is said either way.
fn tick(name: &str, on: bool) -> Option<(String, String)> {
    (on || name == "holds").then(|| (name.to_owned(), on.to_string()))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
