//! Salted commitments in the form of RFC 9901 (SD-JWT) disclosures.
//!
//! A value that may one day have to be destroyed stands in the leaf only as a digest. The
//! disclosure that opens the digest lies encrypted beside the leaf; without its salt nobody can
//! guess the value from the digest, and when the key is gone nothing is left of it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{canon::write_string, hash::Hash, scan::three};

/// Bytes of salt: 128 bits, as RFC 9901 section 9.3 recommends.
pub const SALT_LEN: usize = 16;

/// The disclosure string: base64url of `[salt, name, value]`, the value as JSON in RFC 8785 form.
pub fn disclosure(salt: [u8; SALT_LEN], name: &str, value: &[u8]) -> String {
    let mut json = Vec::with_capacity(value.len() + name.len() + 32);
    json.push(b'[');
    write_string(&URL_SAFE_NO_PAD.encode(salt), &mut json);
    json.push(b',');
    write_string(name, &mut json);
    json.push(b',');
    json.extend_from_slice(value);
    json.push(b']');
    encode(&json)
}

/// The disclosure string of a JSON text that is already written.
pub fn encode(json: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(json)
}

/// The digest that stands in `_sd`: base64url of SHA-256 of the disclosure's ASCII.
pub fn digest(disclosure: &str) -> String {
    URL_SAFE_NO_PAD.encode(Hash::of(disclosure.as_bytes()).0)
}

/// Name and value of a disclosure string, the value still as JSON text that nobody has read yet.
/// `None` when it is not a disclosure.
pub fn open(disclosure: &[u8]) -> Option<(String, String)> {
    let json = URL_SAFE_NO_PAD.decode(disclosure).ok()?;
    let json = std::str::from_utf8(&json).ok()?;
    let [salt, name, value] = three(json.as_bytes())?;
    let salt: &str = serde_json::from_str(&json[salt]).ok()?;
    let name = serde_json::from_str(&json[name]).ok()?;
    let long_enough = URL_SAFE_NO_PAD.decode(salt).ok()?.len() >= SALT_LEN;
    long_enough.then(|| (name, json[value].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = r#"{"$words":"窗口"}"#;

    /// RFC 9901 section 4.2.1 and 4.2.3, the example with its spaces.
    #[test]
    fn the_vector_of_rfc_9901() {
        let text = "[\"_26bc4LT-ac6q2KI6cBW5es\", \"family_name\", \"M\u{f6}bius\"]";
        let disclosure = encode(text.as_bytes());
        assert_eq!(digest(&disclosure), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
        let (name, value) = open(disclosure.as_bytes()).unwrap();
        assert_eq!((name.as_str(), value.as_str()), ("family_name", "\"M\u{f6}bius\""));
    }

    #[test]
    fn what_is_disclosed_opens_again() {
        let one = disclosure([7; SALT_LEN], "/reason", WORDS.as_bytes());
        let other = disclosure([8; SALT_LEN], "/reason", WORDS.as_bytes());
        assert_ne!(digest(&one), digest(&other), "the salt must matter");
        let opened = open(one.as_bytes()).unwrap();
        assert_eq!(opened, ("/reason".to_owned(), WORDS.to_owned()));
        assert_eq!(open(b"e30"), None);
    }
}
