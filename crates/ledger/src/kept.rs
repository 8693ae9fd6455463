//! Kept files: encrypted, each under its own key, named by the hash of what lies on the disk.
//!
//! `DIR/kept/ab/abcdef..`: `"BHK" || alg (1) || number (8, big endian) || sealed`. The id is the
//! SHA-256 of all of it, so anyone can check a file without a key, and a file says which key it
//! needs without a look into any table.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use hmac::{Hmac, KeyInit, Mac};
use rules::text::Words;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::Sha256;

use crate::{
    chance::{Chance, Dice},
    error::{Fault, LedgerFault, Place, What},
    files::file_fault,
    hash::Hash,
    keys::{FILE, Found, Keys, Subject},
    seal::ALG,
};

/// The id of a kept file: SHA-256 of its ciphertext.
pub type EvidenceId = Hash;

/// No kept file is larger, in bytes (bulk tables included).
pub const FILE_MAX: u64 = 512 << 20;
const MAGIC: &[u8; 3] = b"BHK";
const HEAD: usize = 12;
/// The subject whose key finds equal files.
pub(crate) const TWIN: &str = "twin";

/// A file that has been kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Where it is found.
    pub id: EvidenceId,
    /// Hex SHA-256 of the plaintext, to stand in the event beside the id as committed words:
    /// `{"id": .., "plain": ..}`.
    pub plain: Words,
    /// Bytes of plaintext.
    pub size: u64,
    /// The same bytes were kept before, under this id. Both are kept: erasing one must not take
    /// the other's evidence away.
    pub duplicate_of: Option<EvidenceId>,
}

/// The directory of kept files and the rows that go with it.
pub(crate) struct Cabinet {
    dir: PathBuf,
    shelf: Mutex<Shelf>,
}

struct Shelf {
    conn: Connection,
    dice: Dice,
    next: u64,
}

fn database(source: rusqlite::Error) -> LedgerFault {
    LedgerFault::Database { doing: "kept", source }
}

fn subject(number: u64) -> Result<Subject, LedgerFault> {
    Subject::parse(&format!("{FILE}/{number}"))
}

fn bound(number: u64) -> Vec<u8> {
    format!("file|{number}").into_bytes()
}

pub(crate) fn path_of(dir: &Path, id: &EvidenceId) -> PathBuf {
    let hex = id.hex();
    dir.join(&hex[..2]).join(hex)
}

/// HMAC-SHA-256 of `parts` one after the other.
pub(crate) fn mac(key: &crate::seal::Key, parts: &[&[u8]]) -> Hash {
    // A key shorter than SHA-256's block is padded with zeros (RFC 2104), here as in the crate.
    let mut block = zeroize::Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key.bytes());
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    Hash(mac.finalize().into_bytes().into())
}

impl Cabinet {
    /// `dir` is made when it is not there. `conn` is a connection of its own to keys.db.
    pub(crate) fn open(
        dir: PathBuf,
        conn: Connection,
        chance: Chance,
    ) -> Result<Cabinet, LedgerFault> {
        let next: i64 = conn
            .query_row("SELECT COALESCE(MAX(number), -1) + 1 FROM kept", [], |row| row.get(0))
            .map_err(database)?;
        let next = u64::try_from(next).unwrap_or(0);
        let dice = Dice::new(chance, format!("kept {next}"));
        Ok(Cabinet { dir, shelf: Mutex::new(Shelf { conn, dice, next }) })
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Keeps `plain`. When it returns, file, name and row are on the disk.
    pub(crate) fn keep(&self, plain: &[u8], keys: &Keys) -> Result<Kept, LedgerFault> {
        let size = plain.len() as u64;
        if size > FILE_MAX {
            return Err(LedgerFault::FileTooLarge { size });
        }
        let twin = mac(&keys.ensure(&Subject::parse(TWIN)?)?, &[plain]);
        let mut held = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let number = held.next;
        let key = keys.ensure(&subject(number)?)?;
        let mut bytes = Vec::with_capacity(plain.len() + 64);
        bytes.extend_from_slice(MAGIC);
        bytes.push(ALG);
        bytes.extend_from_slice(&number.to_be_bytes());
        bytes.extend(key.seal(&mut held.dice, &bound(number), plain)?);
        let id = Hash::of(&bytes);
        write_durably(&self.dir, &id, &bytes)?;
        let read = "SELECT id FROM kept WHERE mac = $1 ORDER BY number";
        let before: Option<Vec<u8>> = held
            .conn
            .query_row(read, [&twin.0[..]], |row| row.get(0))
            .optional()
            .map_err(database)?;
        let insert = "INSERT INTO kept (number, id, mac) VALUES ($1, $2, $3)";
        let row = params![i64::try_from(number).unwrap_or(i64::MAX), &id.0[..], &twin.0[..]];
        held.conn.execute(insert, row).map_err(database)?;
        held.next = number + 1;
        Ok(Kept {
            id,
            plain: words_of(&Hash::of(plain).hex())?,
            size,
            duplicate_of: before.and_then(|id| Hash::from_slice(&id)),
        })
    }
}

/// The committed form of a text, by way of its JSON, which is all the ledger knows of it.
fn words_of(text: &str) -> Result<Words, LedgerFault> {
    let json = serde_json::json!({ "$words": text });
    serde_json::from_value(json).map_err(|error| {
        let what = What::EventUnreadable("$words".to_owned(), error.to_string());
        Fault::at(Place::Database("kept"), what).into()
    })
}

/// Writes under another name first, so that the right name never holds half a file, and flushes
/// the directories too, so that the name survives a power cut.
fn write_durably(dir: &Path, id: &EvidenceId, bytes: &[u8]) -> Result<(), LedgerFault> {
    let path = path_of(dir, id);
    let folder = path.parent().unwrap_or(dir);
    let done = (|| {
        let new_folder = !folder.is_dir();
        fs::create_dir_all(folder)?;
        let partial = folder.join(format!("{id}.part"));
        let mut file = fs::File::create(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&partial, &path)?;
        fs::File::open(folder)?.sync_all()?;
        if new_folder {
            fs::File::open(dir)?.sync_all()?;
        }
        Ok(())
    })();
    done.map_err(file_fault(&path))
}

/// What a check of a kept file found inside.
pub(crate) enum Inside {
    Plain(zeroize::Zeroizing<Vec<u8>>),
    Erased,
}

/// Reads a kept file, checks its hash and decrypts it.
pub(crate) fn open(dir: &Path, id: &EvidenceId, keys: &Keys) -> Result<Inside, LedgerFault> {
    open_numbered(dir, id, keys).map(|(_, inside)| inside)
}

/// The same, with the number of the key that the file names.
pub(crate) fn open_numbered(
    dir: &Path,
    id: &EvidenceId,
    keys: &Keys,
) -> Result<(u64, Inside), LedgerFault> {
    let fault = |what| Fault::at(Place::File(id.hex()), what);
    let path = path_of(dir, id);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(fault(What::Missing).into());
        }
        Err(error) => return Err(file_fault(&path)(error)),
    };
    if Hash::of(&bytes) != *id {
        return Err(fault(What::HashWrong).into());
    }
    let head = bytes
        .split_at_checked(HEAD)
        .filter(|(head, _)| head.starts_with(MAGIC) && head.get(3) == Some(&ALG));
    let Some((head, sealed)) = head else { return Err(fault(What::Unopened).into()) };
    let number = head[4..].try_into().map_or(u64::MAX, u64::from_be_bytes);
    let subject = subject(number).map_err(|_| fault(What::Unopened))?;
    match keys.find(&subject)? {
        Found::Erased => Ok((number, Inside::Erased)),
        Found::Missing => Err(fault(What::KeyMissing).into()),
        Found::Key(key) => {
            let plain = key.open(&bound(number), sealed);
            let plain = plain.ok_or_else(|| fault(What::Unopened))?;
            Ok((number, Inside::Plain(plain)))
        }
    }
}
