//! Sessions: asked for with every request, and therefore out of memory.

use std::fmt;

use rules::{
    ids::{PersonId, PostId},
    record::Moment,
};
use rusqlite::params;

use crate::{
    accounts::{
        Accounts, NotSignedIn, after,
        limits::Limits,
        secret::{csrf_of, draw, hash_of},
        since, statements as sql,
        store::{Db, Live, Memory},
    },
    error::LedgerFault,
    hash::Hash,
    log::sqlite::is_full,
};

/// A cookie is nothing but the secret.
const NO_PREFIX: &str = "";

/// Who is signed in. Whether the person still holds the post, or may still act for the other
/// one, is the register's to say, with every request.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    /// `None` until a post is chosen.
    pub post: Option<PostId>,
    /// The post in whose place this one acts.
    pub acting_for: Option<PostId>,
    /// What every form of this session carries.
    pub csrf: String,
}

impl Session {
    /// Whether a form's token is this session's. Takes as long whatever is wrong with it.
    pub fn is_csrf(&self, given: &str) -> bool {
        // Hashes of what nobody can guess may be compared in any way.
        Hash::of(given.as_bytes()) == Hash::of(self.csrf.as_bytes())
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Session");
        shown.field("person", &self.person).field("post", &self.post);
        shown.field("acting_for", &self.acting_for).finish_non_exhaustive()
    }
}

/// A session as its owner sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// By which it can be ended; opens nothing.
    pub id: Hash,
    pub post: Option<PostId>,
    pub opened: Moment,
    /// Its last request.
    pub seen: Moment,
    /// The one that asks.
    pub own: bool,
}

impl Live {
    fn is_over(&self, now: Moment, limits: &Limits) -> bool {
        since(self.seen, now) >= limits.idle_ms || since(self.opened, now) >= limits.session_ms
    }
}

impl Accounts {
    /// The session of a cookie, when it is open. Counts as its last request. Some microseconds;
    /// once a minute for each session it also writes.
    ///
    /// With a full disk it goes on from memory; any other failure of the database is an error.
    pub fn session(&self, cookie: &str, now: Moment) -> Result<Option<Session>, LedgerFault> {
        let Some(id) = hash_of(cookie, NO_PREFIX) else { return Ok(None) };
        let due = {
            let mut memory = self.memory();
            self.is_look_due(&mut memory, now) || !memory.sessions.contains_key(&id)
        };
        if due {
            self.look()?;
        }
        let Some((live, write)) = self.seen(&id, now) else { return Ok(None) };
        if write {
            let written = self.db().run(sql::SESSION_SEEN, params![live.seen.0, &id.0[..]]);
            forgive_full_disk(written)?;
        }
        let Live { person, post, acting_for, .. } = live;
        Ok(Some(Session { person, post, acting_for, csrf: csrf_of(cookie) }))
    }

    /// The session in memory, and whether its last request is to be written down.
    fn seen(&self, id: &Hash, now: Moment) -> Option<(Live, bool)> {
        let mut memory = self.memory();
        let live = *memory.sessions.get(id)?;
        if live.is_over(now, &self.limits) || memory.locked.contains(&live.person) {
            memory.sessions.remove(id);
            return None;
        }
        let live = memory.sessions.get_mut(id)?;
        live.seen = live.seen.max(now);
        let write = since(live.saved, live.seen) >= self.limits.seen_every_ms;
        if write {
            live.saved = live.seen;
        }
        Some((*live, write))
    }

    /// Opens a session without a password: for demonstrations and tests, after a changed password
    /// and after a redeemed link. Returns the cookie's value.
    pub fn open_session(
        &self,
        person: PersonId,
        post: Option<PostId>,
        now: Moment,
    ) -> Result<String, LedgerFault> {
        self.open_in(&mut self.db(), person, post, now)
    }

    pub(super) fn open_in(
        &self,
        db: &mut Db,
        person: PersonId,
        post: Option<PostId>,
        now: Moment,
    ) -> Result<String, LedgerFault> {
        let limits = &self.limits;
        let secret = draw(&mut db.dice, NO_PREFIX)?;
        let live = Live { person, post, acting_for: None, opened: now, seen: now, saved: now };
        let surplus = surplus(&self.memory(), person, limits);
        // The file's last requests may be a minute behind those in memory.
        let idle = after(now, -limits.idle_ms.saturating_add(limits.seen_every_ms));
        let opened = after(now, -limits.session_ms);
        db.together(|db| {
            db.run(sql::SESSION_DELETE_OVER, params![opened.0, idle.0])?;
            for id in &surplus {
                db.run(sql::SESSION_DELETE, [&id.0[..]])?;
            }
            db.session_insert(&secret.hash, &live)
        })?;
        let mut memory = self.memory();
        memory.sessions.retain(|id, live| !live.is_over(now, limits) && !surplus.contains(id));
        memory.sessions.insert(secret.hash, live);
        Ok(secret.text)
    }

    /// Goes on as another post. The cookie and the forms' token become new ones, since what may
    /// be done changes (ASVS 5.0 V7.2.4); the session ends when it would have ended. Forms made
    /// before are refused afterwards. Returns the new cookie's value.
    pub fn choose_post(
        &self,
        cookie: &str,
        post: PostId,
        acting_for: Option<PostId>,
        now: Moment,
    ) -> Result<String, NotSignedIn> {
        let old = hash_of(cookie, NO_PREFIX).ok_or(NotSignedIn::SessionOver)?;
        self.session(cookie, now)?.ok_or(NotSignedIn::SessionOver)?;
        let mut db = self.db();
        let (live, _) = self.seen(&old, now).ok_or(NotSignedIn::SessionOver)?;
        let secret = draw(&mut db.dice, NO_PREFIX)?;
        let live = Live { post: Some(post), acting_for, saved: live.seen, ..live };
        db.together(|db| {
            if db.run(sql::SESSION_DELETE, [&old.0[..]])? == 0 {
                return Err(NotSignedIn::SessionOver);
            }
            Ok(db.session_insert(&secret.hash, &live)?)
        })?;
        let mut memory = self.memory();
        memory.sessions.remove(&old);
        memory.sessions.insert(secret.hash, live);
        Ok(secret.text)
    }

    /// Ends a session. One that is none is no error.
    pub fn sign_out(&self, cookie: &str) -> Result<(), LedgerFault> {
        let Some(id) = hash_of(cookie, NO_PREFIX) else { return Ok(()) };
        let db = self.db();
        db.run(sql::SESSION_DELETE, [&id.0[..]])?;
        self.memory().sessions.remove(&id);
        Ok(())
    }

    /// The open sessions of whoever shows this cookie, last used first; none without a session.
    pub fn sessions(&self, cookie: &str, now: Moment) -> Result<Vec<OpenSession>, LedgerFault> {
        self.look()?;
        let memory = self.memory();
        let Some(own) = hash_of(cookie, NO_PREFIX) else { return Ok(Vec::new()) };
        let Some(person) = memory.sessions.get(&own).map(|live| live.person) else {
            return Ok(Vec::new());
        };
        let open = memory
            .sessions
            .iter()
            .filter(|(_, live)| live.person == person && !live.is_over(now, &self.limits));
        let mut list: Vec<OpenSession> = open
            .map(|(id, live)| {
                let Live { post, opened, seen, .. } = *live;
                OpenSession { id: *id, post, opened, seen, own: *id == own }
            })
            .collect();
        list.sort_unstable_by_key(|one| (std::cmp::Reverse(one.seen), one.id));
        Ok(list)
    }

    /// Ends one session of this person at once. Whether there was such a one.
    pub fn end_session(&self, id: Hash, person: PersonId) -> Result<bool, LedgerFault> {
        let db = self.db();
        let found = db.run(sql::SESSION_END, params![&id.0[..], person.0])? > 0;
        if found {
            self.memory().sessions.remove(&id);
        }
        Ok(found)
    }

    /// Ends every session of a person.
    pub fn sign_out_everywhere(&self, person: PersonId) -> Result<(), LedgerFault> {
        self.end_all(&self.db(), person)
    }

    pub(super) fn end_all(&self, db: &Db, person: PersonId) -> Result<(), LedgerFault> {
        db.run(sql::SESSION_DELETE_OF, [person.0])?;
        self.memory().sessions.retain(|_, live| live.person != person);
        Ok(())
    }
}

/// The sessions of a person, longest unused first, that have to go before one more comes.
fn surplus(memory: &Memory, person: PersonId, limits: &Limits) -> Vec<Hash> {
    let of_person = memory.sessions.iter().filter(|(_, live)| live.person == person);
    let mut own: Vec<(Moment, Hash)> = of_person.map(|(id, live)| (live.seen, *id)).collect();
    own.sort_unstable();
    let kept = limits.sessions_per_person.saturating_sub(1);
    let go = own.len().saturating_sub(kept);
    own.into_iter().take(go).map(|(_, id)| id).collect()
}

/// What is only a note of the last use may be lost, as long as there is no room for it.
pub(super) fn forgive_full_disk(written: Result<usize, LedgerFault>) -> Result<(), LedgerFault> {
    match written {
        Err(LedgerFault::Database { source, .. }) if is_full(&source) => {
            tracing::warn!("no room to note the last use of a session");
            Ok(())
        }
        Err(fault) => Err(fault),
        Ok(_) => Ok(()),
    }
}
