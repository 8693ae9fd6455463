//! Who asks: the session behind a request, and a snapshot of the register to answer from.

use crate::app::{App, Submission};
use crate::stop::{Stop, lang_of};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use ledger::accounts::Session;
use ledger::{LedgerFault, NotDone, Receipt};
use rules::Refusal;
use rules::access::{self, Action, Thing};
use rules::calendar::Day;
use rules::ids::{MatterId, PersonId, PostId, UnitId};
use rules::matter::Matter;
use rules::posts::Actor;
use rules::record::{By, Command, Moment, Now, Register, Stream};
use std::sync::Arc;
use words::Lang;

/// The cookie that holds the session.
pub(crate) const SESSION: &str = "bihuan";

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// Where a browser says it has come to; behind TLS the proxy says so.
fn origin(headers: &HeaderMap) -> String {
    let word = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if word("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    word("host").map(|host| format!("{scheme}://{host}")).unwrap_or_default()
}

/// Whoever asks, with everything an answer is made from. One snapshot for the whole request.
#[derive(Clone)]
pub(crate) struct Reader {
    pub(crate) app: Arc<App>,
    pub(crate) lang: Lang,
    pub(crate) register: Arc<Register>,
    pub(crate) at: Moment,
    pub(crate) today: Day,
    pub(crate) session: Session,
    pub(crate) by: By,
    /// 大字版
    pub(crate) big: bool,
    pub(crate) dense: bool,
    /// A part of a page was asked for, by a script of the page.
    pub(crate) partial: bool,
    pub(crate) path: String,
    /// The address under which the reader came, without a slash at the end.
    pub(crate) origin: String,
}

impl Reader {
    /// Finds the session of a request; without one, sign in first.
    pub(crate) fn of(app: &Arc<App>, headers: &HeaderMap, uri: &Uri) -> Result<Reader, Stop> {
        let lang = lang_of(cookie(headers, "lang").as_deref());
        let next = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let at = app.now();
        let found = match cookie(headers, SESSION) {
            Some(cookie) => app.accounts.session(&cookie, at),
            None => Ok(None),
        };
        let session = found.map_err(|fault| Stop::fault(lang, &fault))?;
        let session = session.ok_or(Stop::SignIn { next })?;
        Ok(Reader::with(app, session, lang, headers, uri))
    }

    /// The reader of a session that was found otherwise, such as by a token.
    pub(crate) fn with(
        app: &Arc<App>,
        session: Session,
        lang: Lang,
        headers: &HeaderMap,
        uri: &Uri,
    ) -> Reader {
        let at = app.now();
        let by = By { account: session.person, post: session.post, acting_for: session.acting_for };
        let on = |name: &str| cookie(headers, name).as_deref() == Some("1");
        Reader {
            app: Arc::clone(app),
            lang,
            register: app.ledger.now(),
            at,
            today: at.office_day(),
            session,
            by,
            big: on("big"),
            dense: on("dense"),
            partial: headers.contains_key("hx-request"),
            path: uri.path().to_owned(),
            origin: origin(headers),
        }
    }

    pub(crate) fn now(&self) -> Now {
        Now { by: self.by, today: self.today, at: self.at }
    }

    pub(crate) fn actor(&self) -> Result<Actor<'_>, Refusal> {
        self.register.office().actor(self.by, self.today)
    }

    /// Whether the reader may do this to that.
    pub(crate) fn may(&self, action: Action, thing: &Thing) -> bool {
        self.actor().is_ok_and(|actor| access::may(&actor, action, thing).is_ok())
    }

    /// Whether the reader may do this to anything at all.
    pub(crate) fn may_ever(&self, action: Action) -> bool {
        self.actor().is_ok_and(|actor| actor.may_ever(action))
    }

    /// A matter that the reader may see. One that he may not know of is not there.
    pub(crate) fn matter(&self, id: MatterId) -> Result<&Matter, Stop> {
        let found = self.register.matter(id);
        let seen = found.filter(|matter| self.may(Action::See, &matter.thing()));
        seen.ok_or_else(|| self.refused(&Refusal::NoSuchMatter(id)))
    }

    pub(crate) fn t(&self, code: &str) -> String {
        words::say(self.lang, code, &[])
    }

    pub(crate) fn say(&self, code: &str, args: &words::Args<'_>) -> String {
        if code.starts_with("refusal-") {
            return words::say(self.lang, code, &self.named(args));
        }
        words::say(self.lang, code, args)
    }

    /// The arguments of a refusal with names in place of the numbers that the rules know.
    fn named<'a>(&self, args: &[(&'a str, String)]) -> Vec<(&'a str, String)> {
        let office = self.register.office();
        let name = |key: &str, value: &String| {
            let number = value.parse().ok()?;
            match key {
                "post" => office.post(PostId(number)).map(|_| self.post_in_unit(PostId(number))),
                "unit" => office.unit(UnitId(number)).map(|_| self.unit(UnitId(number))),
                "person" => {
                    let person = PersonId(number);
                    office.person_name(person).map(|_| self.person(person))
                }
                _ => None,
            }
        };
        args.iter().map(|(key, value)| (*key, name(key, value).unwrap_or(value.clone()))).collect()
    }

    pub(crate) fn refused(&self, refusal: &Refusal) -> Stop {
        Stop::refused(self.lang, refusal, self.say(refusal.code(), &refusal.args()))
    }

    pub(crate) fn not_done(&self, not_done: &NotDone) -> Stop {
        Stop::not_done(self.lang, not_done, self.say(not_done.code(), &not_done.args()))
    }

    pub(crate) fn fault(&self, fault: &LedgerFault) -> Stop {
        Stop::fault(self.lang, fault)
    }

    /// Something sent cannot be used.
    pub(crate) fn bad(&self, code: &str, args: &words::Args<'_>) -> Stop {
        Stop::new(StatusCode::UNPROCESSABLE_ENTITY, self.lang, code, args)
    }

    /// Hands a command in as this reader.
    pub(crate) async fn submit(
        &self,
        id: String,
        command: Command,
        if_version: Option<(Stream, u64)>,
    ) -> Result<Receipt, NotDone> {
        self.app.submit(Submission { id, by: self.by, command, if_version }).await
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Stop> {
        // The guard of the route has put it there; a route without guard has no reader.
        let reader = parts.extensions.get::<Reader>().cloned();
        reader.ok_or_else(|| Stop::SignIn { next: "/".to_owned() })
    }
}
