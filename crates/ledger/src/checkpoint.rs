//! The text of a checkpoint (C2SP tlog-checkpoint): origin, size and root, a line each.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{hash::Hash, note::Note};

/// The three lines, unsigned.
pub fn body(origin: &str, size: u64, root: &Hash) -> String {
    format!("{origin}\n{size}\n{}\n", base64(root))
}

/// A hash as checkpoints, requests and proofs write it.
pub(crate) fn base64(hash: &Hash) -> String {
    STANDARD.encode(hash.0)
}

/// A hash in base64 with its padding, and no other spelling of it.
pub(crate) fn hash(text: &str) -> Option<Hash> {
    Hash::from_slice(&STANDARD.decode(text).ok()?)
}

/// A number in decimal without leading zeroes.
pub(crate) fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

/// A checkpoint as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// Reads the text that is signed. Lines after the third are extensions and let pass. `None` when
/// it is not a checkpoint.
pub fn parse(text: &str) -> Option<Checkpoint> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let origin = lines.next()?.to_owned();
    let size = number(lines.next()?)?;
    let root = hash(lines.next()?)?;
    let whole = !origin.is_empty() && lines.all(|line| !line.is_empty());
    whole.then_some(Checkpoint { origin, size, root })
}

/// Reads a file: a signed note, or the text alone as older exports have it.
pub fn read(bytes: &[u8]) -> Option<(Checkpoint, Option<Note>)> {
    if let Ok(note) = Note::parse(bytes) {
        return Some((parse(&note.text)?, Some(note)));
    }
    Some((parse(std::str::from_utf8(bytes).ok()?)?, None))
}
