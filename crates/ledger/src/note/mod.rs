//! Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature.
//!
//! A note says who signed what; it is worth nothing until a key that the reader already knows has
//! verified. Lines of unknown keys are let pass, so one note serves many readers: the clients of
//! other logs, witnesses, and readers of SM2.

mod fault;
mod key;
mod signer;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

pub use fault::NoteFault;
pub use key::{KeyKind, SigningKey, VerifierKey};
pub use signer::{Signer, read_key, read_or_make_key};

/// The most bytes of a note that are read: a hundred lines with signatures of any kind.
pub const NOTE_MAX: usize = 256 << 10;
/// The most signature lines of a note; the specification asks for at least 16.
pub const SIGNATURES_MAX: usize = 100;

const DASH: &str = "\u{2014} ";

/// One line under a note, not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub name: String,
    /// The first four bytes of a hash of name, kind and key: it finds a key, it proves nothing.
    pub id: u32,
    /// What follows the id.
    pub bytes: Vec<u8>,
}

/// A text with its signature lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// With the newline at its end: the signatures are over these bytes.
    pub text: String,
    pub signatures: Vec<Signature>,
}

/// A key whose signature under a note has been verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified<'k> {
    pub key: &'k VerifierKey,
    /// When a witness cosigned, in seconds since 1970; other kinds say nothing of it.
    pub seconds: Option<u64>,
}

impl Note {
    /// Reads a whole note and nothing else.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteFault> {
        if bytes.len() > NOTE_MAX {
            return Err(NoteFault::TooLarge);
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteFault::Malformed)?;
        if all.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(NoteFault::Malformed);
        }
        let split = all.rfind("\n\n").ok_or(NoteFault::Malformed)?;
        let (text, lines) = (&all[..=split], &all[split + 2..]);
        let signatures = Signature::parse_lines(lines)?;
        // A text that does not end in a line of its own cannot come from anyone's signing.
        if text == "\n" {
            return Err(NoteFault::Malformed);
        }
        Ok(Note { text: text.to_owned(), signatures })
    }

    /// The signatures of `keys`, each verified. A signature that names one of them and does not
    /// verify condemns the note; so does the lack of any. A key's first line decides.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<Verified<'k>>, NoteFault> {
        let mut verified: Vec<Verified<'k>> = Vec::new();
        for line in &self.signatures {
            let known = keys.iter().find(|key| key.name() == line.name && key.id() == line.id);
            let Some(key) = known else { continue };
            if verified.iter().any(|one| one.key == key) {
                continue;
            }
            verified.push(Verified { key, seconds: key.verify(&self.text, &line.bytes)? });
        }
        if verified.is_empty() { Err(NoteFault::Unsigned) } else { Ok(verified) }
    }

    /// Adds a line unless it is there already.
    pub fn add(&mut self, signature: Signature) {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| fmt::Display::fmt(line, f))
    }
}

impl Signature {
    /// Reads one or more whole lines, as a witness answers them.
    pub fn parse_lines(text: &str) -> Result<Vec<Signature>, NoteFault> {
        let lines = text.strip_suffix('\n').ok_or(NoteFault::Malformed)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == SIGNATURES_MAX {
                return Err(NoteFault::TooLarge);
            }
            signatures.push(Signature::parse(line).ok_or(NoteFault::Malformed)?);
        }
        Ok(signatures)
    }

    fn parse(line: &str) -> Option<Signature> {
        let (name, text) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = STANDARD.decode(text).ok()?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        if !is_key_name(name) || bytes.is_empty() {
            return None;
        }
        let id = u32::from_be_bytes(*id);
        Some(Signature { name: name.to_owned(), id, bytes: bytes.to_vec() })
    }
}

impl fmt::Display for Signature {
    /// The line with its newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id.to_be_bytes(), self.bytes.as_slice()].concat();
        writeln!(f, "{DASH}{} {}", self.name, STANDARD.encode(bytes))
    }
}

/// Whether a key may be called so: not empty, no space of any kind, no plus, no control character.
fn is_key_name(name: &str) -> bool {
    let refused = |one: char| one == '+' || one.is_whitespace() || one.is_control();
    !name.is_empty() && !name.contains(refused)
}
