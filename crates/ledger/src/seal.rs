//! XChaCha20-Poly1305 (alg 1): `nonce (24) || ciphertext || tag (16)`.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use crate::{chance::Dice, error::LedgerFault};

/// The only algorithm so far. Another (SM4-GCM in a certified module) takes the next number.
pub(crate) const ALG: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;

/// A 256-bit key, wiped when dropped.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Takes 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(Zeroizing::new(bytes))
    }

    /// Reads 32 bytes in hex (64 digits) or in base64 with or without padding. White space around
    /// is let pass, since the text often comes from a file.
    pub fn parse(text: &str) -> Option<Key> {
        use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
        let text = text.trim();
        if let Some(hash) = crate::hash::Hash::parse(&text.to_ascii_lowercase()) {
            return Some(Key::new(hash.0));
        }
        let bytes = Zeroizing::new(STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()?);
        <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Key::new)
    }

    /// A fresh key.
    pub(crate) fn draw(dice: &mut Dice) -> Result<Key, LedgerFault> {
        dice.draw().map(Key::new)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Encrypts `plain`, bound to `place`: it opens nowhere else.
    pub(crate) fn seal(
        &self,
        dice: &mut Dice,
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, LedgerFault> {
        let nonce: [u8; NONCE] = dice.draw()?;
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        let payload = Payload { msg: plain, aad: place };
        // The only failure is a message beyond 256 GiB, which no caller can hold.
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| LedgerFault::FileTooLarge { size: plain.len() as u64 })?;
        let mut out = Vec::with_capacity(NONCE + sealed.len());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Decrypts what [`Key::seal`] made for the same place. `None` when a bit differs.
    pub(crate) fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if sealed.len() < NONCE + TAG {
            return None;
        }
        let (nonce, ciphertext) = sealed.split_at(NONCE);
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        let payload = Payload { msg: ciphertext, aad: place };
        cipher.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}
