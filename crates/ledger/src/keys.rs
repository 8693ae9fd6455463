//! keys.db: one key per subject, wrapped by the key of keys. To destroy a key is to erase.
//!
//! Keys are made ahead in durable blocks, so that a command finds the key of its new matter on the
//! disk already and waits for one flush only, its own.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::{
    chance::Dice,
    error::{Fault, LedgerFault, Place, What},
    kept::EvidenceId,
    log::sqlite::{Mode, connect, integrity},
    seal::{ALG, Key},
};

/// Keys made at a time for a numbered kind. A kind without numbers has one key.
pub(crate) const BLOCK: u64 = 1024;
/// Blocks of opened keys kept in memory, about 50 KiB each.
const CACHE_BLOCKS: usize = 64;

const SCHEMA: &str = include_str!("../migrations/keys_001.sql");
const CHECK: &str = "check";
/// The kind of the keys of kept files.
pub(crate) const FILE: &str = "file";

/// Whose key it is: `office`, or `matter/12`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Subject {
    pub(crate) kind: String,
    pub(crate) number: u64,
    numbered: bool,
}

impl Subject {
    /// Reads `kind` or `kind/number`; a kind is small ASCII letters, digits, `_` or `-`.
    pub(crate) fn parse(text: &str) -> Result<Subject, LedgerFault> {
        let (kind, number) = match text.split_once('/') {
            Some((kind, number)) => (kind, Some(number)),
            None => (text, None),
        };
        let letter = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-'
        };
        let good_kind = !kind.is_empty() && kind.len() <= 32 && kind.bytes().all(letter);
        let value = number.map_or(Some(0), |number| number.parse::<u32>().ok().map(u64::from));
        let subject = value.map(|value| Subject {
            kind: kind.to_owned(),
            number: value,
            numbered: number.is_some(),
        });
        // Written back it must be the same text: `matter/012` would be a second name for a key.
        subject
            .filter(|subject| good_kind && subject.to_string() == text)
            .ok_or_else(|| LedgerFault::BadSubject { subject: text.to_owned() })
    }

    /// The number's block: first number and count.
    fn block(&self) -> (u64, u64) {
        if self.numbered { (self.number / BLOCK * BLOCK, BLOCK) } else { (0, 1) }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.numbered {
            write!(f, "{}/{}", self.kind, self.number)
        } else {
            f.write_str(&self.kind)
        }
    }
}

/// What keys.db says of a subject.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Key(Key),
    /// Destroyed on lawful grounds.
    Erased,
    /// Neither key nor erasure: a fault when anything is encrypted under it.
    Missing,
}

/// Number, id and HMAC of a kept file.
pub(crate) type KeptRow = (i64, Vec<u8>, Vec<u8>);

/// The keys of one store.
pub(crate) struct Keys {
    kek: Key,
    inner: Mutex<Inner>,
}

/// A key of a block in memory. Most of a block is never asked for, so it is opened when it is.
#[derive(Clone)]
enum Slot {
    Wrapped(Vec<u8>),
    Opened(Key),
    Erased,
    Missing,
}

struct Inner {
    conn: Connection,
    dice: Dice,
    /// Kind and first number of every block on the disk.
    made: HashSet<(String, u64)>,
    cache: HashMap<(String, u64), Vec<Slot>>,
    /// Blocks to be made when the writer is at leisure.
    wanted: Vec<Subject>,
}

fn database(source: rusqlite::Error) -> LedgerFault {
    LedgerFault::Database { doing: "keys", source }
}

fn place_of(kind: &str, number: u64) -> Vec<u8> {
    format!("key|{kind}|{number}").into_bytes()
}

/// Opens keys.db with its own settings: what is deleted is overwritten.
pub(crate) fn connect_keys(path: &Path, mode: Mode) -> Result<Connection, LedgerFault> {
    let conn = connect(path, mode)?;
    if mode == Mode::Write {
        conn.pragma_update(None, "secure_delete", "ON").map_err(database)?;
    }
    Ok(conn)
}

/// Puts the schema into an empty database and ties it to the key of keys and the origin.
pub(crate) fn prepare(
    conn: &mut Connection,
    kek: &Key,
    dice: &mut Dice,
    origin: &str,
) -> Result<(), LedgerFault> {
    let check = kek.seal(dice, b"check", origin.as_bytes())?;
    let tx = conn.transaction().map_err(database)?;
    tx.execute_batch(SCHEMA).map_err(database)?;
    let insert = "INSERT INTO meta (name, value) VALUES ($1, $2)";
    tx.execute(insert, params![CHECK, check]).map_err(database)?;
    tx.commit().map_err(database)
}

impl Keys {
    /// Takes a connection to a prepared keys.db and checks that `kek` is the one.
    pub(crate) fn over(conn: Connection, kek: Key, dice: Dice) -> Result<Keys, LedgerFault> {
        let made = {
            let mut statement = conn.prepare("SELECT kind, first FROM made").map_err(database)?;
            let rows = statement
                .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
                .map_err(database)?;
            let rows: Vec<(String, i64)> = rows.collect::<Result<_, _>>().map_err(database)?;
            rows.into_iter()
                .filter_map(|(kind, first)| Some((kind, u64::try_from(first).ok()?)))
                .collect()
        };
        let cache = HashMap::new();
        let inner = Inner { conn, dice, made, cache, wanted: Vec::new() };
        let keys = Keys { kek, inner: Mutex::new(inner) };
        keys.origin()?.ok_or(LedgerFault::WrongKek)?;
        Ok(keys)
    }

    /// The origin these keys belong to; `None` when the key of keys does not open it.
    pub(crate) fn origin(&self) -> Result<Option<String>, LedgerFault> {
        let inner = self.lock();
        let read = "SELECT value FROM meta WHERE name = $1";
        let sealed: Option<Vec<u8>> =
            inner.conn.query_row(read, [CHECK], |row| row.get(0)).optional().map_err(database)?;
        let plain = sealed.and_then(|sealed| self.kek.open(b"check", &sealed));
        Ok(plain.and_then(|plain| String::from_utf8(plain.to_vec()).ok()))
    }

    /// A panic elsewhere leaves nothing half done here: every change is one statement or one
    /// transaction.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The subject's key, when it has one.
    pub(crate) fn find(&self, subject: &Subject) -> Result<Found, LedgerFault> {
        let mut inner = self.lock();
        inner.find(&self.kek, subject)
    }

    /// The subject's key, made if its block is not there yet. Marks the next block as wanted when
    /// this one is half used.
    pub(crate) fn ensure(&self, subject: &Subject) -> Result<Key, LedgerFault> {
        let mut inner = self.lock();
        let (first, count) = subject.block();
        if !inner.made.contains(&(subject.kind.clone(), first)) {
            inner.make(&self.kek, subject)?;
        }
        if count > 1 && subject.number >= first + count / 2 {
            let next = Subject { number: first + count, ..subject.clone() };
            let made = inner.made.contains(&(next.kind.clone(), next.number));
            if !made && !inner.wanted.contains(&next) {
                inner.wanted.push(next);
            }
        }
        match inner.find(&self.kek, subject)? {
            Found::Key(key) => Ok(key),
            Found::Erased => Err(LedgerFault::Erased { subject: subject.to_string() }),
            Found::Missing => {
                Err(Fault::at(Place::Key(subject.to_string()), What::KeyMissing).into())
            }
        }
    }

    /// Whether a key was ever made for the subject.
    pub(crate) fn was_made(&self, subject: &Subject) -> bool {
        self.lock().made.contains(&(subject.kind.clone(), subject.block().0))
    }

    /// The key of one of the ledger's own subjects, which cannot be without.
    pub(crate) fn must(&self, subject: &str) -> Result<Key, LedgerFault> {
        match self.find(&Subject::parse(subject)?)? {
            Found::Key(key) => Ok(key),
            Found::Erased | Found::Missing => {
                Err(Fault::at(Place::Key(subject.to_owned()), What::KeyMissing).into())
            }
        }
    }

    /// Forgets what is in memory: a verification believes only the disk.
    pub(crate) fn forget(&self) {
        self.lock().cache.clear();
    }

    /// Lends the connection.
    pub(crate) fn with_conn<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        work(&self.lock().conn)
    }

    /// Number, id and HMAC of every kept file.
    pub(crate) fn kept_rows(&self) -> Result<Vec<KeptRow>, LedgerFault> {
        self.with_conn(|conn| {
            let read = "SELECT number, id, mac FROM kept ORDER BY number";
            let mut statement = conn.prepare_cached(read).map_err(database)?;
            let rows = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .map_err(database)?;
            rows.collect::<Result<_, _>>().map_err(database)
        })
    }

    /// Whether there are blocks that will soon be needed.
    pub(crate) fn wants_more(&self) -> bool {
        !self.lock().wanted.is_empty()
    }

    /// The number of the key of a kept file.
    pub(crate) fn kept_number(&self, id: &EvidenceId) -> Result<Option<i64>, LedgerFault> {
        self.with_conn(|conn| {
            let read = "SELECT number FROM kept WHERE id = $1";
            let mut statement = conn.prepare_cached(read).map_err(database)?;
            statement.query_row([&id.0[..]], |row| row.get(0)).optional().map_err(database)
        })
    }

    /// Every subject whose key was destroyed.
    pub(crate) fn erased(&self) -> Result<Vec<Subject>, LedgerFault> {
        let rows = self.with_conn(|conn| {
            let read = "SELECT kind, number FROM erased ORDER BY kind, number";
            let mut statement = conn.prepare_cached(read).map_err(database)?;
            let rows = statement
                .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
                .map_err(database)?;
            rows.collect::<Result<Vec<_>, _>>().map_err(database)
        })?;
        rows.into_iter().map(|(kind, number)| Subject::parse(&format!("{kind}/{number}"))).collect()
    }

    /// Makes the blocks that will soon be needed. Called when no command waits.
    pub(crate) fn make_ahead(&self) -> Result<(), LedgerFault> {
        let mut inner = self.lock();
        while let Some(subject) = inner.wanted.pop() {
            // A command that jumped ahead may have made the block itself meanwhile.
            if !inner.made.contains(&(subject.kind.clone(), subject.number)) {
                inner.make(&self.kek, &subject)?;
            }
        }
        Ok(())
    }

    /// Destroys the subjects' keys for good, all or none. What is encrypted under them is then
    /// erased, in every copy and backup of the ledger. The event that says on what grounds is the
    /// caller's.
    pub(crate) fn destroy(&self, subjects: &[Subject]) -> Result<(), LedgerFault> {
        let mut inner = self.lock();
        let begun = inner.conn.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = begun.map_err(database)?;
        let delete = "DELETE FROM subject_key WHERE kind = $1 AND number = $2";
        let insert = "INSERT INTO erased (kind, number) VALUES ($1, $2) \
            ON CONFLICT (kind, number) DO NOTHING";
        // The HMAC would still tell that two files are the same.
        let update = "UPDATE kept SET mac = $1 WHERE number = $2";
        for subject in subjects {
            let (kind, number) = (&subject.kind, signed(subject.number));
            tx.execute(delete, params![kind, number]).map_err(database)?;
            tx.execute(insert, params![kind, number]).map_err(database)?;
            if kind == FILE {
                tx.execute(update, params![[0_u8; 32], number]).map_err(database)?;
            }
        }
        tx.commit().map_err(database)?;
        for subject in subjects {
            inner.cache.remove(&(subject.kind.clone(), subject.block().0));
        }
        drop(inner);
        self.sweep()?;
        self.lock().conn.execute_batch("VACUUM").map_err(database)
    }

    /// Copies the WAL back and cuts it: until then a key that was destroyed still stands in it.
    /// Fails while somebody else reads; opening does it again.
    pub(crate) fn sweep(&self) -> Result<(), LedgerFault> {
        let sweep = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 =
            self.lock().conn.query_row(sweep, [], |row| row.get(0)).map_err(database)?;
        if busy == 0 {
            return Ok(());
        }
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        Err(database(rusqlite::Error::SqliteFailure(code, None)))
    }

    /// Opens every key and counts every block: the keys that will be needed tomorrow too.
    pub(crate) fn check(&self, pages: bool) -> Result<(), Fault> {
        let database_place = || Place::Database("keys.db");
        let inner = self.lock();
        if pages {
            let said = integrity(&inner.conn).map_err(|e| e.into_fault(database_place()))?;
            if let Some(said) = said {
                return Err(Fault::at(database_place(), What::Unreadable(said)));
            }
        }
        inner.check(&self.kek).map_err(|error| error.into_fault(database_place()))
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Inner {
    fn find(&mut self, kek: &Key, subject: &Subject) -> Result<Found, LedgerFault> {
        let (first, count) = subject.block();
        let id = (subject.kind.clone(), first);
        if !self.cache.contains_key(&id) {
            let block = self.load(&subject.kind, first, count)?;
            if self.cache.len() >= CACHE_BLOCKS {
                self.cache.clear();
            }
            self.cache.insert(id.clone(), block);
        }
        let offset = usize::try_from(subject.number - first).unwrap_or(usize::MAX);
        let slot = self.cache.get_mut(&id).and_then(|block| block.get_mut(offset));
        Ok(match slot {
            None | Some(Slot::Missing) => Found::Missing,
            Some(Slot::Erased) => Found::Erased,
            Some(Slot::Opened(key)) => Found::Key(key.clone()),
            Some(slot) => {
                let Slot::Wrapped(wrapped) = &*slot else { return Ok(Found::Missing) };
                let key = unwrap(kek, &subject.kind, subject.number, wrapped)?;
                *slot = Slot::Opened(key.clone());
                Found::Key(key)
            }
        })
    }

    fn load(&self, kind: &str, first: u64, count: u64) -> Result<Vec<Slot>, LedgerFault> {
        let mut block = vec![Slot::Missing; usize::try_from(count).unwrap_or(0)];
        let range = params![kind, signed(first), signed(first + count)];
        let read = "SELECT number, wrapped FROM subject_key \
            WHERE kind = $1 AND number >= $2 AND number < $3 \
            UNION ALL SELECT number, NULL FROM erased \
            WHERE kind = $1 AND number >= $2 AND number < $3";
        let mut statement = self.conn.prepare_cached(read).map_err(database)?;
        let mut rows = statement.query(range).map_err(database)?;
        while let Some(row) = rows.next().map_err(database)? {
            let number: i64 = row.get(0).map_err(database)?;
            let wrapped: Option<Vec<u8>> = row.get(1).map_err(database)?;
            let place = u64::try_from(number).ok().and_then(|number| number.checked_sub(first));
            let place = place.and_then(|place| usize::try_from(place).ok());
            if let Some(slot) = place.and_then(|place| block.get_mut(place)) {
                *slot = wrapped.map_or(Slot::Erased, Slot::Wrapped);
            }
        }
        Ok(block)
    }

    fn make(&mut self, kek: &Key, subject: &Subject) -> Result<(), LedgerFault> {
        let (first, count) = subject.block();
        let begun = self.conn.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = begun.map_err(database)?;
        let insert = "INSERT INTO made (kind, first, count) VALUES ($1, $2, $3)";
        tx.execute(insert, params![subject.kind, signed(first), signed(count)])
            .map_err(database)?;
        let insert = "INSERT INTO subject_key (kind, number, wrapped) VALUES ($1, $2, $3)";
        {
            let mut statement = tx.prepare_cached(insert).map_err(database)?;
            for number in first..first + count {
                let key = Key::draw(&mut self.dice)?;
                let mut wrapped = vec![ALG];
                let place = place_of(&subject.kind, number);
                wrapped.extend(kek.seal(&mut self.dice, &place, key.bytes())?);
                statement
                    .execute(params![subject.kind, signed(number), wrapped])
                    .map_err(database)?;
            }
        }
        tx.commit().map_err(database)?;
        self.cache.remove(&(subject.kind.clone(), first));
        self.made.insert((subject.kind.clone(), first));
        Ok(())
    }

    fn check(&self, kek: &Key) -> Result<(), LedgerFault> {
        let mut expected: HashSet<(String, i64)> = HashSet::new();
        let mut blocks =
            self.conn.prepare_cached("SELECT kind, first, count FROM made").map_err(database)?;
        let mut rows = blocks.query([]).map_err(database)?;
        while let Some(row) = rows.next().map_err(database)? {
            let kind: String = row.get(0).map_err(database)?;
            let first: i64 = row.get(1).map_err(database)?;
            let count: i64 = row.get(2).map_err(database)?;
            if !matches!(count, 1 | 1024) || first < 0 || first % count != 0 {
                return Err(Fault::at(Place::Key(kind), What::Differs).into());
            }
            expected.extend((first..first + count).map(|number| (kind.clone(), number)));
        }
        let read = "SELECT kind, number, wrapped FROM subject_key ORDER BY kind, number";
        let mut statement = self.conn.prepare_cached(read).map_err(database)?;
        let mut rows = statement.query([]).map_err(database)?;
        while let Some(row) = rows.next().map_err(database)? {
            let id: (String, i64) = (row.get(0).map_err(database)?, row.get(1).map_err(database)?);
            let wrapped: Vec<u8> = row.get(2).map_err(database)?;
            unwrap(kek, &id.0, u64::try_from(id.1).unwrap_or(u64::MAX), &wrapped)?;
            if !expected.remove(&id) {
                return Err(Fault::at(Place::Key(format!("{}/{}", id.0, id.1)), What::Extra).into());
            }
        }
        let mut gone =
            self.conn.prepare_cached("SELECT kind, number FROM erased").map_err(database)?;
        let mut rows = gone.query([]).map_err(database)?;
        while let Some(row) = rows.next().map_err(database)? {
            let id: (String, i64) = (row.get(0).map_err(database)?, row.get(1).map_err(database)?);
            if !expected.remove(&id) {
                return Err(Fault::at(Place::Key(format!("{}/{}", id.0, id.1)), What::Extra).into());
            }
        }
        match expected.into_iter().min() {
            None => Ok(()),
            Some((kind, number)) => {
                Err(Fault::at(Place::Key(format!("{kind}/{number}")), What::KeyMissing).into())
            }
        }
    }
}

fn unwrap(kek: &Key, kind: &str, number: u64, wrapped: &[u8]) -> Result<Key, LedgerFault> {
    let plain = match wrapped.split_first() {
        Some((&ALG, sealed)) => kek.open(&place_of(kind, number), sealed),
        _ => None,
    };
    let key = plain.and_then(|plain| <[u8; 32]>::try_from(plain.as_slice()).ok());
    key.map(Key::new)
        .ok_or_else(|| Fault::at(Place::Key(format!("{kind}/{number}")), What::Unopened).into())
}
