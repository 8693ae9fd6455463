//! Who may come where: each address is entered once, with what it needs; the same entry makes the
//! router, guards the handler and is walked by the access test.

use crate::app::App;
use crate::reader::{Reader, cookie};
use crate::stop::Stop;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use rules::access::Action;
use rules::posts::Actor;
use std::sync::Arc;
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// What an address asks of whoever comes. What a single matter asks is judged by its handler,
/// with the same `may`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing: sign-in, assets, health.
    Open,
    /// Demonstrations alone.
    Demo,
    /// An account, from whatever post.
    SignedIn,
    /// A post that may do one of these to something.
    Any(&'static [Action]),
}

impl Need {
    /// Whether the actor may come, judged by the one rule of access.
    pub fn admits(self, actor: &Actor<'_>) -> bool {
        match self {
            Need::Open | Need::Demo | Need::SignedIn => true,
            Need::Any(actions) => actions.iter().any(|action| actor.may_ever(*action)),
        }
    }
}

/// One address.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    /// As the router knows it: `/matters/{no}`.
    pub path: &'static str,
    pub need: Need,
}

/// Addresses being gathered.
pub(crate) struct Routes {
    app: Arc<App>,
    router: Router<Arc<App>>,
    list: Vec<Route>,
}

/// The most that a form may send; uploads say so themselves.
const BODY_MAX: usize = 40 * 1024 * 1024;
/// No request takes longer; the one that streams ends and is opened again.
const LONGEST: Duration = Duration::from_mins(2);

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

impl Routes {
    pub(crate) fn new(app: &Arc<App>) -> Routes {
        Routes { app: Arc::clone(app), router: Router::new(), list: Vec::new() }
    }

    pub(crate) fn get<H, T>(self, path: &'static str, need: Need, handler: H) -> Routes
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::GET, path, need, handler)
    }

    pub(crate) fn post<H, T>(self, path: &'static str, need: Need, handler: H) -> Routes
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        self.add(Method::POST, path, need, handler)
    }

    fn add<H, T>(mut self, method: Method, path: &'static str, need: Need, handler: H) -> Routes
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        if need == Need::Demo && !self.app.demo {
            return self;
        }
        let filter = if method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let guarded =
            on(filter, handler).layer(from_fn_with_state((Arc::clone(&self.app), need), guard));
        self.router = self.router.route(path, guarded);
        self.list.push(Route { method, path, need });
        self
    }

    pub(crate) fn done(self) -> (Router, Vec<Route>) {
        let router = self
            .router
            .fallback(nowhere)
            .with_state(self.app)
            // Each reader of a body has a limit of its own, and this one is above them all.
            .layer(DefaultBodyLimit::disable())
            .layer(RequestBodyLimitLayer::new(BODY_MAX))
            .layer(from_fn(harden))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
            .layer(CompressionLayer::new());
        (router, self.list)
    }
}

async fn nowhere(headers: HeaderMap) -> Response {
    Stop::not_found(cookie(&headers, "lang").as_deref()).into_response()
}

/// Lets in who may come, and hands the handler its [`Reader`].
async fn guard(
    State((app, need)): State<(Arc<App>, Need)>,
    mut request: Request,
    next: Next,
) -> Response {
    if matches!(need, Need::Open | Need::Demo) {
        return next.run(request).await;
    }
    let reader = match Reader::of(&app, request.headers(), request.uri()) {
        Ok(reader) => reader,
        Err(stop) => return stop.into_response(),
    };
    let admitted = match need {
        Need::Open | Need::Demo | Need::SignedIn => Ok(()),
        Need::Any(_) => match reader.actor() {
            Ok(actor) if need.admits(&actor) => Ok(()),
            Ok(_) => Err(reader.refused(&rules::Refusal::NotForYou)),
            Err(refusal) => Err(reader.refused(&refusal)),
        },
    };
    if let Err(stop) = admitted {
        return stop.into_response();
    }
    request.extensions_mut().insert(reader);
    next.run(request).await
}

/// Refuses requests that another site made the browser send, and sets what protects a page.
async fn harden(request: Request, next: Next) -> Response {
    let safe = request.method().is_safe();
    if !safe && crosses_sites(request.headers()) {
        return Stop::cross_site(cookie(request.headers(), "lang").as_deref()).into_response();
    }
    let lang = cookie(request.headers(), "lang");
    let is_program = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    // The limit itself answers without a page and without a word of the reader's language.
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE && !has_words(&response) {
        let stop = Stop::too_large(lang.as_deref());
        response = if is_program { stop.for_program() } else { stop }.into_response();
    }
    let headers = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    response
}

/// Whether an answer is one of our own.
fn has_words(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.ends_with("json"))
}

/// As Go's `CrossOriginProtection`: the browser says where a request comes from. Scripts and old
/// browsers say nothing; they are stopped by the token in the form, or carry a bearer token.
fn crosses_sites(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => false,
        Some(_) => true,
        None => match (text("origin"), text("host")) {
            (Some(origin), Some(host)) => {
                origin.split_once("://").map(|(_, rest)| rest) != Some(host)
            }
            (Some(_) | None, _) => false,
        },
    }
}
