//! Accounts, sessions, one-time links and API tokens: accounts.db beside the ledger.
//!
//! Nothing here is evidence, so nothing of it is in the log: what happens to an account and
//! belongs into the audit is the caller's to record, and so is the question who may do it. Of
//! personal data only login names stand here.
//!
//! A cookie, a link or a token is 32 random bytes and kept as SHA-256; a password is kept as
//! Argon2id. Sessions and tokens are held in memory and written through, since every request asks
//! for one. Another process may write to the file too, such as a command line that locks an
//! account: it is looked for at most once a second, and whenever a cookie or token is unknown.

mod common;
mod door;
mod error;
mod failures;
mod limits;
mod password;
mod people;
mod secret;
mod sessions;
mod statements;
mod store;
mod tokens;

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rules::record::Moment;

pub use error::NotSignedIn;
pub use limits::{Cost, Limits};
pub use sessions::{OpenSession, Session};
pub use tokens::{Bearer, Issued};

use crate::{
    accounts::{
        door::Door,
        password::Hasher,
        store::{Db, Memory},
    },
    chance::Chance,
    error::LedgerFault,
};

/// The name of the database's file.
pub const FILE: &str = "accounts.db";

/// The accounts of one office. All of it may be called from any thread.
pub struct Accounts {
    limits: Limits,
    hasher: Hasher,
    door: Door,
    /// Whoever needs both takes this one first.
    db: Mutex<Db>,
    memory: Mutex<Memory>,
}

/// Milliseconds from one moment to another; negative when a clock was set back.
fn since(earlier: Moment, now: Moment) -> i64 {
    now.0.saturating_sub(earlier.0)
}

/// So many milliseconds later.
fn after(now: Moment, ms: i64) -> Moment {
    Moment(now.0.saturating_add(ms))
}

impl Accounts {
    /// Opens accounts.db in `dir`, or makes it there, with the figures of [`Limits::default`].
    pub fn open(dir: &Path, chance: Chance) -> Result<Accounts, LedgerFault> {
        Accounts::open_with(dir, chance, Limits::default())
    }

    /// The same with figures of one's own.
    pub fn open_with(dir: &Path, chance: Chance, limits: Limits) -> Result<Accounts, LedgerFault> {
        let mut db = Db::open(dir, chance)?;
        let memory = db.news()?.unwrap_or_default();
        let hasher = Hasher::new(&limits, &mut db.dice)?;
        let door = Door::new(&limits);
        Ok(Accounts { limits, hasher, door, db: Mutex::new(db), memory: Mutex::new(memory) })
    }

    /// Whether anybody has ever set a password here. The first run prints a link instead.
    pub fn has_accounts(&self) -> bool {
        self.memory().any
    }

    /// The figures in force.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A panic elsewhere leaves nothing half done: every change is one statement or one
    /// transaction.
    fn db(&self) -> MutexGuard<'_, Db> {
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is time to look for what another process has written.
    fn is_look_due(&self, memory: &mut Memory, now: Moment) -> bool {
        let due = since(memory.looked, now).abs() >= self.limits.look_every_ms;
        if due {
            memory.looked = now;
        }
        due
    }

    /// Takes in what another process has written.
    fn look(&self) -> Result<(), LedgerFault> {
        let mut db = self.db();
        let Some(mut fresh) = db.news()? else { return Ok(()) };
        let mut memory = self.memory();
        // The file's last moments are up to a minute old.
        for (id, live) in &mut fresh.sessions {
            if let Some(old) = memory.sessions.get(id) {
                live.seen = live.seen.max(old.seen);
            }
        }
        for (id, known) in &mut fresh.tokens {
            if let Some(old) = memory.tokens.get(id) {
                known.used = known.used.max(old.used);
            }
        }
        fresh.looked = memory.looked;
        *memory = fresh;
        Ok(())
    }
}
