//! The checkpoints of a log that were signed, in a file of their own beside it.
//!
//! They are what the log may never fall behind again: a checkpoint that was shown and is then no
//! longer part of the log is a fork, and every witness refuses it for ever.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    chance::Chance,
    checkpoint::{self, Checkpoint},
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    ledger::Ledger,
    log::sqlite::{Mode, connect, migrate},
    note::{KeyKind, Note, NoteFault, Signature, Signer, VerifierKey, read_key, read_or_make_key},
    proof::Proof,
};

const FILE: &str = "checkpoints.db";
const MIGRATIONS: &[(&str, &str)] = &[(
    include_str!("../migrations/checkpoints_001.sql"),
    include_str!("../migrations/checkpoints_001_sqlite.sql"),
)];

const NEWEST: &str = "SELECT size FROM checkpoint ORDER BY size DESC LIMIT 1";
const ALL: &str = "SELECT size FROM checkpoint ORDER BY size";
const ONE: &str = "SELECT text FROM checkpoint WHERE size = $1";
const LINES: &str = "SELECT line FROM signature WHERE size = $1 ORDER BY number";
const COVERING: &str = "SELECT size FROM signature WHERE size > $1 GROUP BY size \
    ORDER BY COUNT(*) DESC, size DESC LIMIT 1";
const ADD: &str = "INSERT INTO checkpoint (size, text) VALUES ($1, $2)";
const ADD_LINE: &str = "INSERT INTO signature (number, size, line) \
    VALUES ((SELECT COALESCE(MAX(number), 0) + 1 FROM signature), $1, $2) \
    ON CONFLICT (size, line) DO NOTHING";

fn database(source: rusqlite::Error) -> LedgerFault {
    LedgerFault::Database { doing: "checkpoints", source }
}

fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// A checkpoint just signed.
#[derive(Clone, Debug)]
pub struct Signed {
    pub note: Note,
    /// What kept signers beyond the log's own key from signing; they are asked again next time.
    pub failed: Vec<NoteFault>,
}

/// The signed checkpoints of a data directory.
pub struct Checkpoints {
    conn: Mutex<Connection>,
}

/// The log's own Ed25519 key in `dir`, made when it is first needed. Its name is the origin.
pub fn log_key(dir: &Path, origin: &str, chance: Chance) -> Result<Signer, LedgerFault> {
    let path = dir.join("log.key");
    read_or_make_key(&path, origin, KeyKind::Log, chance).map(Signer::Builtin)
}

/// The log's own SM2 key in `dir`, for trials: a certified module is a program of its own.
pub fn sm2_key(dir: &Path, origin: &str, chance: Chance) -> Result<Signer, LedgerFault> {
    let path = dir.join("log-sm2.key");
    read_or_make_key(&path, origin, KeyKind::Sm2, chance).map(Signer::Builtin)
}

/// The log's own key for verifying, when there is one yet.
pub(crate) fn known_key(dir: &Path) -> Result<Option<VerifierKey>, LedgerFault> {
    let path = dir.join("log.key");
    let key = path.exists().then(|| read_key(&path)).transpose()?;
    Ok(key.map(|key| key.verifier().clone()))
}

impl Ledger {
    /// The newest signed checkpoint as it is published, or the text alone while none is signed.
    pub fn published(&self) -> Result<String, LedgerFault> {
        let newest = match Checkpoints::look(self.dir())? {
            Some(checkpoints) => checkpoints.newest()?,
            None => None,
        };
        Ok(newest.map_or_else(|| self.checkpoint(), |note| note.to_string()))
    }

    /// The proof of an entry under the signed checkpoint that most have signed; `None` while none
    /// is beyond it.
    pub fn receipt(&self, seq: u64) -> Result<Option<Proof>, LedgerFault> {
        let note = match Checkpoints::look(self.dir())? {
            Some(checkpoints) => checkpoints.covering(seq)?,
            None => None,
        };
        note.map(|note| Proof::of(self, seq, note)).transpose()
    }
}

impl Checkpoints {
    /// Opens them for adding to; an empty store is made where there is none.
    pub fn open(dir: &Path) -> Result<Checkpoints, LedgerFault> {
        let mut conn = connect(&dir.join(FILE), Mode::Write)?;
        migrate(&mut conn, MIGRATIONS).map_err(database)?;
        Ok(Checkpoints { conn: Mutex::new(conn) })
    }

    /// Opens them for reading. `None` when nothing was ever signed here.
    pub fn look(dir: &Path) -> Result<Option<Checkpoints>, LedgerFault> {
        let path = dir.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let conn = Mutex::new(connect(&path, Mode::Read)?);
        Ok(Some(Checkpoints { conn }))
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The largest.
    pub fn newest(&self) -> Result<Option<Note>, LedgerFault> {
        let conn = self.conn();
        let size = conn.query_row(NEWEST, [], |row| row.get(0)).optional().map_err(database)?;
        size.map_or(Ok(None), |size| note(&conn, size))
    }

    /// The one of this size.
    pub fn at(&self, size: u64) -> Result<Option<Note>, LedgerFault> {
        note(&self.conn(), signed(size))
    }

    /// The one beyond entry `seq` that most have signed; of equals, the largest.
    pub fn covering(&self, seq: u64) -> Result<Option<Note>, LedgerFault> {
        let conn = self.conn();
        let found = conn.query_row(COVERING, [signed(seq)], |row| row.get(0)).optional();
        found.map_err(database)?.map_or(Ok(None), |size| note(&conn, size))
    }

    /// All of them by size, each held to be readable.
    pub fn all(&self) -> Result<Vec<(Checkpoint, Note)>, LedgerFault> {
        let conn = self.conn();
        let mut statement = conn.prepare(ALL).map_err(database)?;
        let sizes = statement.query_map([], |row| row.get::<_, i64>(0)).map_err(database)?;
        let mut all = Vec::new();
        for size in sizes {
            let size = size.map_err(database)?;
            let Some(note) = note(&conn, size)? else { continue };
            let known = checkpoint::parse(&note.text).filter(|one| signed(one.size) == size);
            all.push((known.ok_or_else(|| unreadable(size))?, note));
        }
        Ok(all)
    }

    /// Signs the log as it stands, or completes the lines of what is signed already. A log that
    /// does not contain its newest checkpoint is not signed. `seconds` since 1970 is now.
    pub fn sign(
        &self,
        ledger: &Ledger,
        signers: &[Signer],
        seconds: u64,
    ) -> Result<Signed, LedgerFault> {
        if let Some(newest) = self.newest()? {
            holds(ledger, &newest)?;
        }
        let (size, root) = ledger.tree_head();
        let mut note = match self.at(size)? {
            Some(note) => note,
            None => {
                Note { text: checkpoint::body(ledger.origin(), size, &root), signatures: vec![] }
            }
        };
        let mut failed = Vec::new();
        for signer in signers {
            let key = signer.verifier();
            let is_line = |line: &Signature| line.name == key.name() && line.id == key.id();
            if note.signatures.iter().any(is_line) {
                continue;
            }
            match signer.sign(&note.text, seconds) {
                Ok(line) => note.add(line),
                Err(fault) => failed.push(fault),
            }
        }
        if note.signatures.is_empty() {
            return Err(failed.pop().unwrap_or(NoteFault::Unsigned).into());
        }
        self.keep(size, &note)?;
        Ok(Signed { note, failed })
    }

    /// Adds cosignatures to the checkpoint of `size` after verifying them; lines of other keys are
    /// left out. Gives the note as it now is.
    pub fn cosigned(
        &self,
        size: u64,
        lines: &[Signature],
        witnesses: &[VerifierKey],
    ) -> Result<Note, LedgerFault> {
        let mut note = self.at(size)?.ok_or(LedgerFault::NoSuchEntry { seq: size })?;
        let offered = Note { text: note.text.clone(), signatures: lines.to_vec() };
        let verified = offered.verify(witnesses)?;
        for line in lines {
            let known = |key: &VerifierKey| key.name() == line.name && key.id() == line.id;
            if verified.iter().any(|one| known(one.key)) {
                note.add(line.clone());
            }
        }
        self.keep(size, &note)?;
        Ok(note)
    }

    /// Writes the note, all or nothing, before anybody sees it.
    fn keep(&self, size: u64, note: &Note) -> Result<(), LedgerFault> {
        let size = signed(size);
        let mut conn = self.conn();
        let behaviour = rusqlite::TransactionBehavior::Immediate;
        let tx = conn.transaction_with_behavior(behaviour).map_err(database)?;
        let there: Option<String> =
            tx.query_row(ONE, [size], |row| row.get(0)).optional().map_err(database)?;
        match there {
            Some(text) if text == note.text => {}
            // Another process has signed something else of the same size.
            Some(_) => return Err(differs(size).into()),
            None => drop(tx.execute(ADD, params![size, note.text]).map_err(database)?),
        }
        for line in &note.signatures {
            tx.execute(ADD_LINE, params![size, line.to_string()]).map_err(database)?;
        }
        tx.commit().map_err(database)
    }
}

/// The size of the newest checkpoint in `dir` when the log of `size` entries does not contain it.
pub(crate) fn lost(
    dir: &Path,
    size: u64,
    root_at: impl FnOnce(u64) -> Result<Hash, LedgerFault>,
) -> Result<Option<u64>, LedgerFault> {
    let newest = match Checkpoints::look(dir)? {
        Some(checkpoints) => checkpoints.newest()?,
        None => None,
    };
    let Some(newest) = newest else { return Ok(None) };
    let known = checkpoint::parse(&newest.text).ok_or_else(|| unreadable(-1))?;
    let is_there = known.size <= size && root_at(known.size)? == known.root;
    Ok((!is_there).then_some(known.size))
}

fn holds(ledger: &Ledger, newest: &Note) -> Result<(), LedgerFault> {
    let known = checkpoint::parse(&newest.text).ok_or_else(|| unreadable(-1))?;
    let (size, _) = ledger.tree_head();
    if known.size > size {
        let place = Place::StoredCheckpoint(known.size);
        return Err(Fault::at(place, What::Gap(size)).into());
    }
    let same = known.origin == ledger.origin() && ledger.root_at(known.size)? == known.root;
    if same { Ok(()) } else { Err(differs(signed(known.size)).into()) }
}

fn note(conn: &Connection, size: i64) -> Result<Option<Note>, LedgerFault> {
    let text = conn.query_row(ONE, [size], |row| row.get(0)).optional().map_err(database)?;
    let Some(text) = text else { return Ok(None) };
    let mut statement = conn.prepare(LINES).map_err(database)?;
    let lines = statement.query_map([size], |row| row.get::<_, String>(0)).map_err(database)?;
    let lines: String = lines.collect::<Result<_, _>>().map_err(database)?;
    let signatures = Signature::parse_lines(&lines).map_err(|_| unreadable(size))?;
    Ok(Some(Note { text, signatures }))
}

fn place(size: i64) -> Place {
    Place::StoredCheckpoint(u64::try_from(size).unwrap_or_default())
}

fn unreadable(size: i64) -> Fault {
    Fault::at(place(size), What::Unreadable(FILE.to_owned()))
}

fn differs(size: i64) -> Fault {
    Fault::at(place(size), What::Differs)
}
