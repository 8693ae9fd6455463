//! Keys of notes: their kinds, their text forms, and what each kind signs.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer as _;
use sm2::dsa::signature::Verifier as _;
use zeroize::Zeroizing;

use super::{NoteFault, Signature, is_key_name};
use crate::hash::Hash;

/// What follows the byte 0xff of a kind that the specification has no number for.
const SM2_NAME: &[u8] = b"bihuan.example/sm2-sm3/v1";
/// The signer's identity that goes into every SM2 signature; this is the standard's default
/// (GM/T 0009-2012 section 10).
const SM2_ID: &str = "1234567812345678";
/// Bytes of the time before a cosignature.
const TIME_LEN: usize = 8;

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Ed25519 over the text (C2SP signed-note, 0x01): logs.
    Log,
    /// Ed25519 over the text and a time (C2SP tlog-cosignature, 0x04): witnesses.
    Cosigner,
    /// SM2 with SM3 over the text (GB/T 32918.2), in DER (GM/T 0009-2012); 0xff and a name.
    Sm2,
}

impl KeyKind {
    const ALL: [KeyKind; 3] = [KeyKind::Log, KeyKind::Cosigner, KeyKind::Sm2];

    /// The bytes that stand for the kind before a key.
    fn mark(self) -> Vec<u8> {
        match self {
            KeyKind::Log => vec![1],
            KeyKind::Cosigner => vec![4],
            KeyKind::Sm2 => [&[0xff], SM2_NAME].concat(),
        }
    }

    /// What is signed to sign `text` at this time.
    pub(super) fn message(self, text: &str, seconds: u64) -> String {
        match self {
            KeyKind::Log | KeyKind::Sm2 => text.to_owned(),
            KeyKind::Cosigner => format!("cosignature/v1\ntime {seconds}\n{text}"),
        }
    }

    /// What stands in the line: a cosignature says its time.
    pub(super) fn line(self, raw: &[u8], seconds: u64) -> Vec<u8> {
        match self {
            KeyKind::Log | KeyKind::Sm2 => raw.to_vec(),
            KeyKind::Cosigner => [&seconds.to_be_bytes(), raw].concat(),
        }
    }
}

#[derive(Clone, Debug)]
enum Public {
    Ed25519(ed25519_dalek::VerifyingKey),
    Sm2(sm2::dsa::VerifyingKey),
}

/// A key with which notes are verified.
#[derive(Clone, Debug)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    public: Public,
}

impl VerifierKey {
    /// Reads the text form: `name+id+base64(kind || key)`.
    pub fn parse(text: &str) -> Result<VerifierKey, NoteFault> {
        let (name, id, bytes) = split(text)?;
        let (kind, bytes) = kind_of(&bytes)?;
        let public = match kind {
            KeyKind::Log | KeyKind::Cosigner => Public::Ed25519(ed25519(bytes)?),
            KeyKind::Sm2 => {
                let read = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_ID, bytes);
                Public::Sm2(read.map_err(|_| NoteFault::BadKey)?)
            }
        };
        let key = VerifierKey { name: name.to_owned(), kind, public };
        // Of the forms a point can be written in, only one gives the id.
        if key.id() == id && key.bytes() == bytes { Ok(key) } else { Err(NoteFault::BadKey) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The key's bytes without its kind: 32 of Ed25519, 65 of an uncompressed point of SM2.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.public {
            Public::Ed25519(key) => key.to_bytes().to_vec(),
            Public::Sm2(key) => {
                use sm2::elliptic_curve::sec1::ToSec1Point;
                key.as_affine().to_sec1_point(false).as_bytes().to_vec()
            }
        }
    }

    /// The four bytes that name the key in a line: SHA-256 of name, newline, kind and key.
    pub fn id(&self) -> u32 {
        let all = [self.name.as_bytes(), b"\n", &self.kind.mark(), &self.bytes()].concat();
        let Hash([a, b, c, d, ..]) = Hash::of(&all);
        u32::from_be_bytes([a, b, c, d])
    }

    /// Whether `bytes` is this key's signature of `text`. Gives the time that a witness signed.
    pub(super) fn verify(&self, text: &str, bytes: &[u8]) -> Result<Option<u64>, NoteFault> {
        let wrong = || NoteFault::SignatureWrong { name: self.name.clone() };
        let (seconds, raw) = match self.kind {
            KeyKind::Log | KeyKind::Sm2 => (None, bytes),
            KeyKind::Cosigner => {
                let (time, raw) = bytes.split_first_chunk::<TIME_LEN>().ok_or_else(wrong)?;
                let seconds = u64::from_be_bytes(*time);
                // The specification's bound: a signed number of seconds.
                i64::try_from(seconds).map_err(|_| wrong())?;
                (Some(seconds), raw)
            }
        };
        let message = self.kind.message(text, seconds.unwrap_or_default());
        let holds = match &self.public {
            Public::Ed25519(key) => ed25519_dalek::Signature::from_slice(raw)
                .is_ok_and(|signature| key.verify_strict(message.as_bytes(), &signature).is_ok()),
            Public::Sm2(key) => sm2::dsa::Signature::from_der(raw)
                .is_ok_and(|signature| key.verify(message.as_bytes(), &signature).is_ok()),
        };
        if holds { Ok(seconds) } else { Err(wrong()) }
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &VerifierKey) -> bool {
        (&self.name, self.kind, self.bytes()) == (&other.name, other.kind, other.bytes())
    }
}

impl Eq for VerifierKey {}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.kind.mark(), self.bytes()].concat();
        write!(f, "{}+{:08x}+{}", self.name, self.id(), STANDARD.encode(bytes))
    }
}

#[derive(Clone)]
enum Secret {
    Ed25519(ed25519_dalek::SigningKey),
    Sm2(sm2::dsa::SigningKey),
}

/// A key with which notes are signed. It is never printed but by [`SigningKey::secret_text`].
#[derive(Clone)]
pub struct SigningKey {
    secret: Secret,
    verifier: VerifierKey,
}

impl SigningKey {
    /// The key of 32 secret bytes.
    pub fn new(name: &str, kind: KeyKind, secret: &[u8; 32]) -> Result<SigningKey, NoteFault> {
        if !is_key_name(name) {
            return Err(NoteFault::BadKey);
        }
        let (secret, public) = match kind {
            KeyKind::Log | KeyKind::Cosigner => {
                let secret = ed25519_dalek::SigningKey::from_bytes(secret);
                let public = Public::Ed25519(secret.verifying_key());
                (Secret::Ed25519(secret), public)
            }
            KeyKind::Sm2 => {
                let secret = sm2::dsa::SigningKey::from_slice(SM2_ID, secret);
                let secret = secret.map_err(|_| NoteFault::BadKey)?;
                let public = Public::Sm2(secret.verifying_key().clone());
                (Secret::Sm2(secret), public)
            }
        };
        let verifier = VerifierKey { name: name.to_owned(), kind, public };
        Ok(SigningKey { secret, verifier })
    }

    /// Reads the text form: `PRIVATE+KEY+name+id+base64(kind || secret)`.
    pub fn parse(text: &str) -> Result<SigningKey, NoteFault> {
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(NoteFault::BadKey)?;
        let (name, id, bytes) = split(rest)?;
        let (kind, secret) = kind_of(&bytes)?;
        let secret = secret.try_into().map_err(|_| NoteFault::BadKey)?;
        let key = SigningKey::new(name, kind, secret)?;
        if key.verifier.id() == id { Ok(key) } else { Err(NoteFault::BadKey) }
    }

    /// The text form, for a file that only its owner reads.
    pub fn secret_text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(self.verifier.kind.mark());
        match &self.secret {
            Secret::Ed25519(secret) => bytes.extend(secret.to_bytes()),
            Secret::Sm2(secret) => bytes.extend(secret.to_bytes()),
        }
        let text = Zeroizing::new(STANDARD.encode(&bytes));
        let (name, id) = (self.verifier.name(), self.verifier.id());
        Zeroizing::new(format!("PRIVATE+KEY+{name}+{id:08x}+{}", *text))
    }

    /// The key that verifies what this one signs.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signs a note's text. `seconds` since 1970 is what a cosignature says of its time.
    pub fn sign(&self, text: &str, seconds: u64) -> Result<Signature, NoteFault> {
        let VerifierKey { name, kind, .. } = &self.verifier;
        let message = kind.message(text, seconds);
        let failed = |detail: sm2::dsa::signature::Error| NoteFault::SignerFailed {
            program: name.clone(),
            detail: detail.to_string(),
        };
        let raw = match &self.secret {
            Secret::Ed25519(secret) => secret.sign(message.as_bytes()).to_bytes().to_vec(),
            Secret::Sm2(secret) => {
                use sm2::dsa::signature::Signer as _;
                let signed: sm2::dsa::Signature =
                    secret.try_sign(message.as_bytes()).map_err(failed)?;
                signed.to_der().as_bytes().to_vec()
            }
        };
        let bytes = kind.line(&raw, seconds);
        Ok(Signature { name: name.clone(), id: self.verifier.id(), bytes })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier)
    }
}

/// `name+id+base64` with everything but the base64's meaning checked.
fn split(text: &str) -> Result<(&str, u32, Zeroizing<Vec<u8>>), NoteFault> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(NoteFault::BadKey);
    };
    let is_hex = id.len() == 8 && id.bytes().all(|digit| digit.is_ascii_hexdigit());
    let id = u32::from_str_radix(id, 16).ok().filter(|_| is_hex && is_key_name(name));
    let bytes = STANDARD.decode(key).map_err(|_| NoteFault::BadKey)?;
    Ok((name, id.ok_or(NoteFault::BadKey)?, Zeroizing::new(bytes)))
}

fn kind_of(bytes: &[u8]) -> Result<(KeyKind, &[u8]), NoteFault> {
    let found = KeyKind::ALL.into_iter().find_map(|kind| {
        let mark = kind.mark();
        bytes.strip_prefix(mark.as_slice()).map(|rest| (kind, rest))
    });
    found.ok_or(NoteFault::BadKey)
}

fn ed25519(bytes: &[u8]) -> Result<ed25519_dalek::VerifyingKey, NoteFault> {
    let bytes = bytes.try_into().map_err(|_| NoteFault::BadKey)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| NoteFault::BadKey)?;
    // Under a weak key a signature can be made that fits nearly every text.
    if key.is_weak() { Err(NoteFault::BadKey) } else { Ok(key) }
}
