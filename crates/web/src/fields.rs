//! Forms as sent: names and texts, files beside them, and the checks that every form passes.

use crate::reader::Reader;
use crate::stop::Stop;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use rules::calendar::Day;
use rules::text::Words;

/// The most of a form without files.
const FORM_MAX: usize = 1024 * 1024;
/// The most of one file.
pub(crate) const FILE_MAX: usize = 32 * 1024 * 1024;
/// The most files in one form.
const FILES_MAX: usize = 20;

/// A file as sent.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Names and texts of a form, in order; a name may come more than once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) pairs: Vec<(String, String)>,
    pub(crate) files: Vec<Upload>,
}

/// A field that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadField {
    /// The code of its name.
    pub(crate) field: &'static str,
    /// The code of the sentence that says what is wrong with it.
    pub(crate) code: &'static str,
}

impl Fields {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.pairs.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Free text; what is missing is blank, and the rules say whether it may be.
    pub(crate) fn words(&self, name: &str) -> Words {
        Words::new(self.get(name).unwrap_or_default())
    }

    pub(crate) fn number<N: std::str::FromStr>(
        &self,
        name: &str,
        field: &'static str,
    ) -> Result<N, BadField> {
        let text = self.get(name).ok_or(BadField { field, code: "web-field-blank" })?;
        text.parse().map_err(|_| BadField { field, code: "web-field-number" })
    }

    pub(crate) fn day(&self, name: &str, field: &'static str) -> Result<Option<Day>, BadField> {
        self.get(name)
            .map(|text| Day::parse(text).map_err(|_| BadField { field, code: "web-field-day" }))
            .transpose()
    }

    pub(crate) fn need_day(&self, name: &str, field: &'static str) -> Result<Day, BadField> {
        self.day(name, field)?.ok_or(BadField { field, code: "web-field-blank" })
    }
}

/// A form sent by a signed-in reader from one of our own pages.
pub(crate) struct Posted {
    pub(crate) reader: Reader,
    pub(crate) fields: Fields,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Stop;

    async fn from_request(request: Request, state: &S) -> Result<Posted, Stop> {
        let reader = request.extensions().get::<Reader>().cloned();
        let reader = reader.ok_or_else(|| Stop::SignIn { next: "/".to_owned() })?;
        let fields = read(request, state)
            .await
            .map_err(|code| Stop::new(StatusCode::BAD_REQUEST, reader.lang, code, &[]))?;
        if !reader.session.is_csrf(fields.get("csrf").unwrap_or_default()) {
            return Err(Stop::new(StatusCode::FORBIDDEN, reader.lang, "web-stale-form", &[]));
        }
        Ok(Posted { reader, fields })
    }
}

/// Reads a form, with or without files. `Err` is the code of a sentence.
pub(crate) async fn read<S: Send + Sync>(
    request: Request,
    state: &S,
) -> Result<Fields, &'static str> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let parts = Multipart::from_request(request, state).await;
        return multipart(parts.map_err(|_| "web-bad-form")?).await;
    }
    let body = axum::body::to_bytes(request.into_body(), FORM_MAX).await;
    let body = body.map_err(|_| "web-form-too-large")?;
    Ok(Fields { pairs: pairs(&body), files: Vec::new() })
}

async fn multipart(mut parts: Multipart) -> Result<Fields, &'static str> {
    let mut fields = Fields::default();
    let mut text = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| "web-bad-form")? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| "web-file-too-large")?;
        match name {
            // A file field left empty is sent all the same.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => {
                if bytes.len() > FILE_MAX || fields.files.len() >= FILES_MAX {
                    return Err("web-file-too-large");
                }
                fields.files.push(Upload { field, name: base_name(&name), bytes: bytes.into() });
            }
            None => {
                text += bytes.len();
                if text > FORM_MAX {
                    return Err("web-form-too-large");
                }
                let value = String::from_utf8(bytes.into()).map_err(|_| "web-bad-form")?;
                fields.pairs.push((field, value));
            }
        }
    }
    Ok(fields)
}

/// The name of a file without the folders that some browsers send, and without characters that
/// reorder or hide text.
pub(crate) fn base_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = |one: &char| {
        !one.is_control()
            && !matches!(*one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    base.chars().filter(shown).take(120).collect()
}

/// `a=b&c=d` as names and texts.
pub(crate) fn pairs(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}
