//! API tokens: a program acts for a person in a post, until a day.

use rules::{
    ids::{PersonId, PostId},
    record::Moment,
};
use rusqlite::params;

use crate::{
    accounts::{
        Accounts, after,
        secret::{draw, hash_of},
        sessions::forgive_full_disk,
        since, statements as sql,
        store::Known,
    },
    error::LedgerFault,
    hash::Hash,
};

/// By which a token is known as one, to whoever looks for lost secrets.
const PREFIX: &str = "bihuan_";
const DAY_MS: i64 = 86_400_000;
/// The longest name, in characters.
const NAME_LONGEST: usize = 64;

/// Whoever shows a token. Whether the person still holds the post is the register's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    pub person: PersonId,
    pub post: PostId,
    /// The token's number.
    pub id: u32,
}

/// A token as its owner sees it in a list; the secret itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    pub id: u32,
    pub post: PostId,
    pub name: String,
    pub issued: Moment,
    /// From then on it is refused.
    pub ends: Moment,
    /// The last use, to the minute.
    pub used: Option<Moment>,
}

impl Accounts {
    /// A new token, shown this once. `name` tells its owner what it is for: control characters
    /// are left out, and what is beyond 64 characters. It lives `days`, at least one and at most
    /// [`Limits::token_days`](super::Limits::token_days).
    #[expect(clippy::too_many_arguments, reason = "what a token says, and nothing besides")]
    pub fn issue_token(
        &self,
        person: PersonId,
        post: PostId,
        name: &str,
        now: Moment,
        days: u32,
    ) -> Result<String, LedgerFault> {
        let name = name.trim().chars().filter(|one| !one.is_control()).take(NAME_LONGEST).collect();
        let days = days.clamp(1, self.limits.token_days.max(1));
        let ends = after(now, i64::from(days) * DAY_MS);
        let mut db = self.db();
        let secret = draw(&mut db.dice, PREFIX)?;
        let mut known =
            Known { number: 0, person, post, name, issued: now, ends, used: None, saved: None };
        db.together(|db| {
            let next: u32 = db.first(sql::TOKEN_NEXT, [], |row| row.get(0))?.unwrap_or(1);
            let hash = &secret.hash.0[..];
            let values = params![next, hash, person.0, post.0, known.name, now.0, ends.0];
            known.number = next;
            db.run(sql::TOKEN_INSERT, values).map(|_| ())
        })?;
        self.memory().tokens.insert(secret.hash, known);
        Ok(secret.text)
    }

    /// Who shows this token, when it is good. As fast as [`Accounts::session`], and with the same
    /// errors.
    pub fn token(&self, text: &str, now: Moment) -> Result<Option<Bearer>, LedgerFault> {
        let Some(hash) = hash_of(text, PREFIX) else { return Ok(None) };
        let due = {
            let mut memory = self.memory();
            self.is_look_due(&mut memory, now) || !memory.tokens.contains_key(&hash)
        };
        if due {
            self.look()?;
        }
        let Some((bearer, write)) = self.used(&hash, now) else { return Ok(None) };
        if write {
            forgive_full_disk(self.db().run(sql::TOKEN_USED, params![now.0, bearer.id]))?;
        }
        Ok(Some(bearer))
    }

    fn used(&self, hash: &Hash, now: Moment) -> Option<(Bearer, bool)> {
        let mut memory = self.memory();
        let known = memory.tokens.get(hash)?;
        if known.ends <= now || memory.locked.contains(&known.person) {
            return None;
        }
        let known = memory.tokens.get_mut(hash)?;
        known.used = known.used.max(Some(now));
        let write = known.saved.is_none_or(|saved| since(saved, now) >= self.limits.seen_every_ms);
        if write {
            known.saved = known.used;
        }
        Some((Bearer { person: known.person, post: known.post, id: known.number }, write))
    }

    /// The tokens of a person that are not revoked, oldest first, those that are over included.
    pub fn tokens(&self, person: PersonId) -> Result<Vec<Issued>, LedgerFault> {
        self.look()?;
        let memory = self.memory();
        let own = memory.tokens.values().filter(|known| known.person == person);
        let mut list: Vec<Issued> = own.map(issued).collect();
        list.sort_unstable_by_key(|one| one.id);
        Ok(list)
    }

    /// Ends a token of this person at once. Whether there was such a one.
    pub fn revoke_token(&self, id: u32, person: PersonId) -> Result<bool, LedgerFault> {
        let db = self.db();
        let found = db.run(sql::TOKEN_REVOKE, params![id, person.0])? > 0;
        if found {
            self.memory().tokens.retain(|_, known| known.number != id);
        }
        Ok(found)
    }
}

fn issued(known: &Known) -> Issued {
    let Known { number, post, name, issued, ends, used, .. } = known.clone();
    Issued { id: number, post, name, issued, ends, used }
}
