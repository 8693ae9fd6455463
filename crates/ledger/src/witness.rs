//! A witness (C2SP tlog-witness): it remembers the largest checkpoint of a log that it has
//! cosigned, and cosigns only what has grown out of it. It runs in another house than the log.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    checkpoint::{self, Checkpoint},
    error::LedgerFault,
    hash::Hash,
    log::sqlite::{Mode, connect, migrate},
    note::{KeyKind, Note, Signer, VerifierKey},
    tree::{Growth, consistency_holds},
};

const MIGRATIONS: &[(&str, &str)] = &[(include_str!("../migrations/witness_001.sql"), "")];
/// More hashes no proof can have; the specification forbids sending them.
const PROOF_MAX: usize = 63;

const ADD_KEY: &str =
    "INSERT INTO log_key (vkey, origin) VALUES ($1, $2) ON CONFLICT (vkey) DO NOTHING";
const KEYS: &str = "SELECT vkey FROM log_key WHERE origin = $1 ORDER BY vkey";
const SEEN: &str = "SELECT note FROM cosigned WHERE origin = $1";
const COSIGN: &str = "INSERT INTO cosigned (origin, size, note) VALUES ($1, $2, $3) \
    ON CONFLICT (origin) DO UPDATE SET size = $2, note = $3";

fn database(source: rusqlite::Error) -> LedgerFault {
    LedgerFault::Database { doing: "witness", source }
}

/// What a log asks of a witness: to believe a checkpoint, since it has grown out of one that the
/// witness knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub old: u64,
    pub proof: Vec<Hash>,
    pub note: Note,
}

impl Request {
    /// The text of the request, for HTTP, a file or a QR code.
    pub fn text(&self) -> String {
        let proof = self.proof.iter().map(|hash| format!("{}\n", checkpoint::base64(hash)));
        format!("old {}\n{}\n{}", self.old, proof.collect::<String>(), self.note)
    }

    /// Reads a whole request and nothing else.
    pub fn parse(bytes: &[u8]) -> Option<Request> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (own, note) = text.split_once("\n\n")?;
        let mut lines = own.split('\n');
        let old = checkpoint::number(lines.next()?.strip_prefix("old ")?)?;
        let proof = lines.map(checkpoint::hash).collect::<Option<Vec<_>>>()?;
        let note = Note::parse(note.as_bytes()).ok()?;
        (proof.len() <= PROOF_MAX).then_some(Request { old, proof, note })
    }
}

/// Why a witness does not cosign, with the status that HTTP has for it.
#[derive(Debug)]
pub enum Unwitnessed {
    /// 400: not a request, or a checkpoint smaller than what it claims to have grown from.
    Bad,
    /// 404: no log of this origin is known here.
    UnknownLog,
    /// 403: no known key of the log has signed, or one of them has signed something else.
    Unsigned,
    /// 409: the newest checkpoint cosigned has this size, not the one the request begins from.
    Conflict { size: u64 },
    /// 409: of the same size, and another tree. Two histories were shown.
    Forked,
    /// 422: the proof does not show that the log has only grown.
    Unproven,
    /// 500: nothing was promised; asking again is safe.
    Failed(LedgerFault),
}

impl Unwitnessed {
    /// The status of HTTP.
    pub fn status(&self) -> u16 {
        match self {
            Unwitnessed::Bad => 400,
            Unwitnessed::UnknownLog => 404,
            Unwitnessed::Unsigned => 403,
            Unwitnessed::Conflict { .. } | Unwitnessed::Forked => 409,
            Unwitnessed::Unproven => 422,
            Unwitnessed::Failed(_) => 500,
        }
    }

    /// The message's name in `trust.ftl`.
    pub fn code(&self) -> &'static str {
        match self {
            Unwitnessed::Bad => "trust-witness-bad",
            Unwitnessed::UnknownLog => "trust-witness-unknown-log",
            Unwitnessed::Unsigned => "trust-witness-unsigned",
            Unwitnessed::Conflict { .. } => "trust-witness-conflict",
            Unwitnessed::Forked => "trust-witness-forked",
            Unwitnessed::Unproven => "trust-witness-unproven",
            Unwitnessed::Failed(fault) => fault.code(),
        }
    }

    /// What fills the message.
    pub fn args(&self) -> crate::error::Args {
        match self {
            Unwitnessed::Conflict { size } => vec![("size", size.to_string())],
            Unwitnessed::Failed(fault) => fault.args(),
            Unwitnessed::Bad
            | Unwitnessed::UnknownLog
            | Unwitnessed::Unsigned
            | Unwitnessed::Forked
            | Unwitnessed::Unproven => Vec::new(),
        }
    }
}

impl From<rusqlite::Error> for Unwitnessed {
    fn from(source: rusqlite::Error) -> Unwitnessed {
        Unwitnessed::Failed(database(source))
    }
}

/// A witness with its memory, which is a file.
pub struct Witness {
    conn: Mutex<Connection>,
    signer: Signer,
}

impl Witness {
    /// Opens the memory in `dir`, or begins one. The signer's key is that of a cosigner.
    pub fn open(dir: &Path, signer: Signer) -> Result<Witness, LedgerFault> {
        if signer.verifier().kind() != KeyKind::Cosigner {
            return Err(crate::note::NoteFault::BadKey.into());
        }
        let mut conn = connect(&dir.join("witness.db"), Mode::Write)?;
        migrate(&mut conn, MIGRATIONS).map_err(database)?;
        Ok(Witness { conn: Mutex::new(conn), signer })
    }

    /// The key with which its cosignatures are verified.
    pub fn verifier(&self) -> &VerifierKey {
        self.signer.verifier()
    }

    /// Looks at another log from now on. The key's name is the log's origin.
    pub fn trust(&self, log: &VerifierKey) -> Result<(), LedgerFault> {
        if log.kind() == KeyKind::Cosigner {
            return Err(crate::note::NoteFault::BadKey.into());
        }
        let conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        let added = conn.execute(ADD_KEY, params![log.to_string(), log.name()]);
        added.map(drop).map_err(database)
    }

    /// The newest checkpoint of a log that it has cosigned.
    pub fn newest(&self, origin: &str) -> Result<Option<Note>, LedgerFault> {
        let conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        let text: Option<String> =
            conn.query_row(SEEN, [origin], |row| row.get(0)).optional().map_err(database)?;
        text.map(|text| Note::parse(text.as_bytes()).map_err(LedgerFault::from)).transpose()
    }

    /// Judges a request and gives the line of the cosignature. What it promises is on the disk
    /// before it is given. `seconds` since 1970 is now.
    pub fn answer(&self, request: &[u8], seconds: u64) -> Result<String, Unwitnessed> {
        let request = Request::parse(request).ok_or(Unwitnessed::Bad)?;
        let asked = checkpoint::parse(&request.note.text).ok_or(Unwitnessed::Bad)?;
        // Held until the line is signed: of two requests the later size is signed later.
        let mut conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        let behaviour = rusqlite::TransactionBehavior::Immediate;
        // From here on no other process writes either: what is compared is what is replaced.
        let tx = conn.transaction_with_behavior(behaviour)?;
        signed_by_log(&tx, &request.note, &asked.origin)?;
        let seen: Option<String> =
            tx.query_row(SEEN, [&asked.origin], |row| row.get(0)).optional()?;
        let known = match seen {
            None => None,
            Some(text) => Some(remembered(&text).map_err(Unwitnessed::Failed)?),
        };
        judge(&request, &asked, known.as_ref())?;
        let size = i64::try_from(asked.size).map_err(|_| Unwitnessed::Bad)?;
        tx.execute(COSIGN, params![asked.origin, size, request.note.to_string()])?;
        tx.commit()?;
        let line = self.signer.sign(&request.note.text, seconds);
        line.map(|line| line.to_string()).map_err(|fault| Unwitnessed::Failed(fault.into()))
    }
}

fn signed_by_log(tx: &Connection, note: &Note, origin: &str) -> Result<(), Unwitnessed> {
    let mut statement = tx.prepare(KEYS)?;
    let texts = statement.query_map([origin], |row| row.get::<_, String>(0))?;
    let mut keys = Vec::new();
    for text in texts {
        let key = VerifierKey::parse(&text?);
        keys.push(key.map_err(|fault| Unwitnessed::Failed(fault.into()))?);
    }
    if keys.is_empty() {
        return Err(Unwitnessed::UnknownLog);
    }
    note.verify(&keys).map(drop).map_err(|_| Unwitnessed::Unsigned)
}

fn remembered(text: &str) -> Result<Checkpoint, LedgerFault> {
    let note = Note::parse(text.as_bytes())?;
    Ok(checkpoint::parse(&note.text).ok_or(crate::note::NoteFault::Malformed)?)
}

/// The checks in the specification's order.
fn judge(
    request: &Request,
    asked: &Checkpoint,
    known: Option<&Checkpoint>,
) -> Result<(), Unwitnessed> {
    if request.old > asked.size {
        return Err(Unwitnessed::Bad);
    }
    let known_size = known.map_or(0, |known| known.size);
    if request.old != known_size {
        return Err(Unwitnessed::Conflict { size: known_size });
    }
    if asked.size == 0 && asked.root != Hash::of(b"") {
        return Err(Unwitnessed::Unproven);
    }
    if known.is_some_and(|known| known.size == asked.size && known.root != asked.root) {
        return Err(Unwitnessed::Forked);
    }
    // What grows out of nothing needs no proof, and has none.
    let grown = match known.filter(|known| known.size > 0) {
        None => request.proof.is_empty(),
        Some(known) => {
            let (old, old_root) = (known.size, known.root);
            let growth = Growth { old, old_root, new: asked.size, new_root: asked.root };
            consistency_holds(&growth, &request.proof)
        }
    };
    if grown { Ok(()) } else { Err(Unwitnessed::Unproven) }
}
