//! Why a request was not done, as a page or as problem+json, in the reader's language.

use crate::shell;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use ledger::{LedgerFault, NotDone};
use rules::Refusal;
use words::{Lang, say};

/// Ends a request.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody is signed in; go there first.
    SignIn { next: String },
    /// Something to be said.
    Said(Said),
}

/// What is said, and how.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: StatusCode,
    pub(crate) lang: Lang,
    /// The code of the sentence, which the API shows too.
    pub(crate) code: String,
    pub(crate) text: String,
    /// For a program: answered as problem+json.
    pub(crate) json: bool,
}

pub(crate) fn lang_of(cookie: Option<&str>) -> Lang {
    if cookie == Some("en") { Lang::En } else { Lang::Zh }
}

impl Stop {
    pub(crate) fn new(status: StatusCode, lang: Lang, code: &str, args: &words::Args<'_>) -> Stop {
        Stop::with(status, lang, code, say(lang, code, args))
    }

    fn with(status: StatusCode, lang: Lang, code: &str, text: String) -> Stop {
        Stop::Said(Said { status, lang, code: code.to_owned(), text, json: false })
    }

    pub(crate) fn not_found(lang: Option<&str>) -> Stop {
        Stop::new(StatusCode::NOT_FOUND, lang_of(lang), "web-not-found", &[])
    }

    pub(crate) fn cross_site(lang: Option<&str>) -> Stop {
        Stop::new(StatusCode::FORBIDDEN, lang_of(lang), "web-cross-site", &[])
    }

    pub(crate) fn too_large(lang: Option<&str>) -> Stop {
        Stop::new(StatusCode::PAYLOAD_TOO_LARGE, lang_of(lang), "api-body-too-large", &[])
    }

    /// A refusal, with its sentence.
    pub(crate) fn refused(lang: Lang, refusal: &Refusal, text: String) -> Stop {
        Stop::with(status_of(refusal), lang, refusal.code(), text)
    }

    /// What the ledger did not do, with its sentence.
    pub(crate) fn not_done(lang: Lang, not_done: &NotDone, text: String) -> Stop {
        let status = match not_done {
            NotDone::Refused(refusal) => status_of(refusal),
            NotDone::Conflict { .. } => StatusCode::CONFLICT,
            NotDone::Busy | NotDone::ReadOnly | NotDone::Rewound { .. } | NotDone::Stopped => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            NotDone::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            NotDone::BadId => StatusCode::BAD_REQUEST,
            NotDone::BadEvent { .. } | NotDone::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Stop::with(status, lang, not_done.code(), text)
    }

    pub(crate) fn fault(lang: Lang, fault: &LedgerFault) -> Stop {
        tracing::error!(code = fault.code(), detail = ?fault.args(), "a request failed");
        Stop::new(StatusCode::INTERNAL_SERVER_ERROR, lang, fault.code(), &fault.args())
    }

    /// The same, for a program.
    #[must_use]
    pub(crate) fn for_program(self) -> Stop {
        match self {
            Stop::Said(said) => Stop::Said(Said { json: true, ..said }),
            Stop::SignIn { .. } => {
                let Stop::Said(said) =
                    Stop::new(StatusCode::UNAUTHORIZED, Lang::Zh, "web-no-token", &[])
                else {
                    return self;
                };
                Stop::Said(Said { json: true, ..said })
            }
        }
    }
}

/// Whoever may not is told so (403); what is not there, or may not be known, is not found (404);
/// everything else can be put right by sending something else (422).
pub(crate) fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal.code() {
        "refusal-not-for-you"
        | "refusal-not-your-role"
        | "refusal-not-yours"
        | "refusal-recused"
        | "refusal-no-post"
        | "refusal-not-the-holder"
        | "refusal-not-a-deputy"
        | "refusal-system-only" => StatusCode::FORBIDDEN,
        code if code.starts_with("refusal-no-such-") => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Stop::SignIn { next } => {
                let to = format!("/sign-in?next={}", crate::parts::encode(&next));
                Redirect::to(&to).into_response()
            }
            Stop::Said(said) if said.json => said.problem(),
            Stop::Said(said) => {
                let page = shell::notice(said.lang, &said.text);
                (said.status, axum::response::Html(page.into_string())).into_response()
            }
        }
    }
}

impl Said {
    /// RFC 9457.
    fn problem(self) -> Response {
        let body = serde_json::json!({
            "type": format!("urn:bihuan:{}", self.code),
            "title": self.text,
            "status": self.status.as_u16(),
            "code": self.code,
        });
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut answer = (self.status, kind, body.to_string()).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            // RFC 9110, 11.6.1: how one would be let in.
            let scheme = header::HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        answer
    }
}
