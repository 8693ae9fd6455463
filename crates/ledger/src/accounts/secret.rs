//! Secrets that are handed out once and kept as their hash: cookies, links, tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{chance::Dice, error::LedgerFault, hash::Hash};

/// 32 bytes in Base64.
const LETTERS: usize = 43;

/// What goes to the owner, and what is kept.
pub(super) struct Secret {
    pub(super) text: String,
    pub(super) hash: Hash,
}

/// A new one of 256 random bits, `prefix` before it.
pub(super) fn draw(dice: &mut Dice, prefix: &str) -> Result<Secret, LedgerFault> {
    let bytes: Zeroizing<[u8; 32]> = Zeroizing::new(dice.draw()?);
    let text = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(*bytes));
    let hash = Hash::of(text.as_bytes());
    Ok(Secret { text, hash })
}

/// The name under which a secret is kept; `None` when it cannot be one. A fast hash is enough
/// for what nobody can guess, and finding it in a map tells nothing about the secret itself.
pub(super) fn hash_of(text: &str, prefix: &str) -> Option<Hash> {
    let letters = text.strip_prefix(prefix)?;
    (letters.len() == LETTERS).then(|| Hash::of(text.as_bytes()))
}

/// The token that a form of this session carries. Made of the cookie, so that it is another one
/// for every session and stands nowhere.
pub(super) fn csrf_of(cookie: &str) -> String {
    // HMAC itself fills a shorter key with zeros up to its block.
    let mut block = Zeroizing::new([0; 64]);
    for (to, from) in block.iter_mut().zip(cookie.bytes()) {
        *to = from;
    }
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(b"bihuan csrf");
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// 32 bits of a hash: enough to count by, too little to learn what was typed.
pub(super) fn short_of(text: &str) -> u32 {
    let [a, b, c, d, ..] = Hash::of(text.as_bytes()).0;
    u32::from_be_bytes([a, b, c, d])
}
