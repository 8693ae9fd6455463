//! accounts.db in Rust's types: opening, what is held in memory, and the single writes.

use std::{
    collections::{HashMap, HashSet},
    fs,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use rules::{
    ids::{PersonId, PostId},
    record::Moment,
};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::{
    accounts::{FILE, statements as sql},
    chance::{Chance, Dice},
    error::{Fault, LedgerFault, Place, What},
    files::file_fault,
    hash::Hash,
    log::sqlite::{Mode, connect, migrate},
};

/// Migrations in order: the common text, then what only SQLite understands.
const MIGRATIONS: &[(&str, &str)] = &[(include_str!("../../migrations/accounts_001.sql"), "")];

/// A login, its owner and the hash of the password.
#[derive(PartialEq, Eq)]
pub(super) struct Account {
    pub(super) person: PersonId,
    pub(super) login: String,
    pub(super) password: String,
}

/// A session in memory.
#[derive(Clone, Copy)]
pub(super) struct Live {
    pub(super) person: PersonId,
    pub(super) post: Option<PostId>,
    pub(super) acting_for: Option<PostId>,
    pub(super) opened: Moment,
    pub(super) seen: Moment,
    /// The `seen` that is written down.
    pub(super) saved: Moment,
}

/// A token in memory.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) number: u32,
    pub(super) person: PersonId,
    pub(super) post: PostId,
    pub(super) name: String,
    pub(super) issued: Moment,
    pub(super) ends: Moment,
    pub(super) used: Option<Moment>,
    /// The `used` that is written down.
    pub(super) saved: Option<Moment>,
}

/// What every request asks for. Written through: the file is changed first.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) sessions: HashMap<Hash, Live>,
    pub(super) tokens: HashMap<Hash, Known>,
    pub(super) locked: HashSet<PersonId>,
    /// Whether there is any account.
    pub(super) any: bool,
    /// When the file was last looked at for changes of another process.
    pub(super) looked: Moment,
}

pub(super) struct Db {
    conn: Connection,
    pub(super) dice: Dice,
    /// SQLite's count of changes by other connections.
    version: i64,
}

pub(super) fn database(source: rusqlite::Error) -> LedgerFault {
    LedgerFault::Database { doing: "accounts", source }
}

impl Db {
    pub(super) fn open(dir: &Path, chance: Chance) -> Result<Db, LedgerFault> {
        let path = dir.join(FILE);
        // SQLite gives its side files the rights of the database: nobody else reads them.
        let made = fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
        made.map_err(file_fault(&path))?;
        let mut conn = connect(&path, Mode::Write)?;
        // A power cut may take back the last moments of sessions, never the file.
        conn.pragma_update(None, "synchronous", "NORMAL").map_err(database)?;
        conn.pragma_update(None, "secure_delete", "ON").map_err(database)?;
        migrate(&mut conn, MIGRATIONS).map_err(database)?;
        let schema: i64 =
            conn.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(database)?;
        if usize::try_from(schema) != Ok(MIGRATIONS.len()) {
            let place = Place::Database(FILE);
            return Err(Fault::at(place, What::VersionUnknown(schema.to_string())).into());
        }
        let start: i64 = conn.query_row(sql::START, [], |row| row.get(0)).map_err(database)?;
        let dice = Dice::new(chance, format!("accounts {start}"));
        Ok(Db { conn, dice, version: -1 })
    }

    /// Does one statement and says how many rows it changed.
    pub(super) fn run(&self, sql: &str, values: impl Params) -> Result<usize, LedgerFault> {
        let mut statement = self.conn.prepare_cached(sql).map_err(database)?;
        statement.execute(values).map_err(database)
    }

    /// The first row, if there is one.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, LedgerFault> {
        let mut statement = self.conn.prepare_cached(sql).map_err(database)?;
        statement.query_row(values, read).optional().map_err(database)
    }

    /// All or nothing of what `work` writes.
    pub(super) fn together<T, E: From<LedgerFault>>(
        &mut self,
        work: impl FnOnce(&mut Db) -> Result<T, E>,
    ) -> Result<T, E> {
        self.run("BEGIN IMMEDIATE", [])?;
        let done = work(self).and_then(|value| {
            self.run("COMMIT", [])?;
            Ok(value)
        });
        if done.is_err() && !self.conn.is_autocommit() {
            // When even this fails, SQLite does it on reopening.
            drop(self.conn.execute_batch("ROLLBACK"));
        }
        done
    }

    /// Everything that is held in memory, when another connection has written since this was
    /// last asked.
    pub(super) fn news(&mut self) -> Result<Option<Memory>, LedgerFault> {
        let version = self.first("PRAGMA data_version", [], |row| row.get(0))?.unwrap_or(-1);
        if version == self.version {
            return Ok(None);
        }
        let memory = self.load()?;
        self.version = version;
        Ok(Some(memory))
    }

    pub(super) fn by_login(&self, login: &str) -> Result<Option<Account>, LedgerFault> {
        self.first(sql::ACCOUNT_BY_LOGIN, [login], account)
    }

    pub(super) fn by_person(&self, person: PersonId) -> Result<Option<Account>, LedgerFault> {
        self.first(sql::ACCOUNT_BY_PERSON, [person.0], account)
    }

    pub(super) fn session_insert(&self, id: &Hash, live: &Live) -> Result<(), LedgerFault> {
        let post = live.post.map(|post| post.0);
        let acting_for = live.acting_for.map(|post| post.0);
        let values =
            params![&id.0[..], live.person.0, post, acting_for, live.opened.0, live.seen.0];
        self.run(sql::SESSION_INSERT, values).map(|_| ())
    }

    fn load(&self) -> Result<Memory, LedgerFault> {
        let accounts: i64 =
            self.first(sql::ACCOUNT_COUNT, [], |row| row.get(0))?.unwrap_or_default();
        Ok(Memory {
            sessions: self.all(sql::SESSION_ALL, session)?,
            tokens: self.all(sql::TOKEN_ALL, token)?,
            locked: self.all(sql::LOCKED_ALL, |row| Ok(PersonId(row.get(0)?)))?,
            any: accounts > 0,
            looked: Moment::default(),
        })
    }

    fn all<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<C, LedgerFault> {
        let mut statement = self.conn.prepare_cached(sql).map_err(database)?;
        let rows = statement.query_map([], read).map_err(database)?;
        rows.collect::<Result<C, _>>().map_err(database)
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account { person: PersonId(row.get(0)?), login: row.get(1)?, password: row.get(2)? })
}

fn hash(row: &Row<'_>) -> rusqlite::Result<Hash> {
    row.get(0).map(Hash)
}

fn session(row: &Row<'_>) -> rusqlite::Result<(Hash, Live)> {
    let seen = Moment(row.get(5)?);
    let live = Live {
        person: PersonId(row.get(1)?),
        post: row.get::<_, Option<u32>>(2)?.map(PostId),
        acting_for: row.get::<_, Option<u32>>(3)?.map(PostId),
        opened: Moment(row.get(4)?),
        seen,
        saved: seen,
    };
    Ok((hash(row)?, live))
}

fn token(row: &Row<'_>) -> rusqlite::Result<(Hash, Known)> {
    let used = row.get::<_, Option<i64>>(7)?.map(Moment);
    let known = Known {
        number: row.get(1)?,
        person: PersonId(row.get(2)?),
        post: PostId(row.get(3)?),
        name: row.get(4)?,
        issued: Moment(row.get(5)?),
        ends: Moment(row.get(6)?),
        used,
        saved: used,
    };
    Ok((hash(row)?, known))
}
