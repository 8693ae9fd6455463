//! Bytes → text: UTF-8, GB18030 (which includes GBK and GB 2312), or UTF-16 that says so.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{GB18030, GBK, UTF_16BE, UTF_16LE};

/// How a file's characters were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark, in either order.
    Utf16,
    /// GB 18030, and with it GBK and GB 2312.
    Gb18030,
}

impl Encoding {
    /// The name of the standard, as people know it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Gb18030 => "GB18030",
        }
    }
}

/// The bytes are not text that we can read without guessing at characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// Bytes no text contains: a program, a picture, a damaged file.
    Binary,
    /// UTF-8 for the most part, with broken bytes on a line.
    DamagedUtf8 { line: usize },
    /// Another way of writing characters, as far as can be guessed.
    Other { guess: &'static str },
}

impl Undecodable {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            Undecodable::Binary => "text-binary",
            Undecodable::DamagedUtf8 { .. } => "text-damaged-utf8",
            Undecodable::Other { .. } => "text-other-encoding",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Undecodable::Binary => Vec::new(),
            Undecodable::DamagedUtf8 { line } => vec![("line", line.to_string())],
            Undecodable::Other { guess } => vec![("guess", (*guess).to_owned())],
        }
    }
}

/// Bytes looked at to guess an encoding; the decoding itself is strict over the whole file.
const GUESS_BYTES: usize = 1024 * 1024;

/// So many good multi-byte characters before the first bad byte mean broken UTF-8: a GB18030 text
/// does not make them by accident.
const UTF8_BEYOND_CHANCE: usize = 6;

/// Text with '\n' between lines, no '\r', no byte order mark. Strict: no character is ever replaced.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Encoding), Undecodable> {
    let (mut text, encoding) = raw(bytes)?;
    // DOS editors end a file with Ctrl-Z.
    text.truncate(text.trim_end_matches('\u{1a}').len());
    // GB18030 has a byte order mark too.
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.chars().any(|c| c.is_control() && !is_text_control(c)) {
        return Err(Undecodable::Binary);
    }
    Ok((lines(text).ok_or(Undecodable::Binary)?, encoding))
}

/// Vertical tabs and form feeds are the manual line and page breaks of word processors.
fn is_text_control(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

fn raw(bytes: &[u8]) -> Result<(String, Encoding), Undecodable> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
            Err(error) => Err(damaged(rest, error.valid_up_to())),
        };
    }
    for (mark, encoding) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark.as_slice()) {
            return encoding
                .decode_without_bom_handling_and_without_replacement(rest)
                .map(|text| (text.into_owned(), Encoding::Utf16))
                .ok_or(Undecodable::Binary);
        }
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
        Err(error) => {
            let (good, _) = bytes.split_at(error.valid_up_to());
            let multibyte = good.iter().filter(|byte| **byte >= 0xC0).count();
            if multibyte >= UTF8_BEYOND_CHANCE {
                return Err(damaged(bytes, error.valid_up_to()));
            }
            gb18030(bytes)
        }
    }
}

fn damaged(bytes: &[u8], valid_up_to: usize) -> Undecodable {
    let (good, _) = bytes.split_at(valid_up_to);
    Undecodable::DamagedUtf8 { line: good.split(|byte| *byte == b'\n').count() }
}

fn gb18030(bytes: &[u8]) -> Result<(String, Encoding), Undecodable> {
    if bytes.contains(&0) {
        return Err(Undecodable::Binary);
    }
    let head = bytes.get(..GUESS_BYTES).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, head.len() == bytes.len());
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    if guess != GBK && guess != GB18030 {
        return Err(Undecodable::Other { guess: guess.name() });
    }
    if !is_everyday_chinese(head) {
        // The detector was told to expect the mainland; ask it again without that.
        let guess = detector.guess(None, Utf8Detection::Deny).name();
        return Err(Undecodable::Other { guess });
    }
    GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| (text.into_owned(), Encoding::Gb18030))
        .ok_or(Undecodable::Binary)
}

/// Double-byte characters needed before their kind says anything.
const SAMPLE: usize = 10;

/// Big5 and others decode as GB18030 without an error, into rare characters. Nine in ten characters of
/// a Chinese text are punctuation (rows A1–A3) or of the first level of GB 2312 (rows B0–D7); where
/// hardly half are, the bytes meant something else.
fn is_everyday_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut everyday) = (0_usize, 0_usize);
    let mut rest = bytes.iter().copied();
    while let Some(lead) = rest.next() {
        if lead < 0x81 {
            continue;
        }
        let trail = rest.next().unwrap_or(0);
        // A four-byte character: it tells nothing here.
        if trail < 0x40 {
            continue;
        }
        pairs += 1;
        let is_row = matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7);
        everyday += usize::from(is_row && trail >= 0xA1);
    }
    pairs < SAMPLE || everyday * 10 >= pairs * 6
}

/// Works within the text it is given: a large table is then in memory once and not twice. Every mark
/// is at least as long as the '\n' it becomes.
fn lines(text: String) -> Option<String> {
    if !text.contains(['\r', '\u{b}', '\u{c}', '\u{85}']) {
        return Some(text);
    }
    let mut bytes = text.into_bytes();
    let (mut from, mut to) = (0, 0);
    while let Some(byte) = bytes.get(from).copied() {
        let next = bytes.get(from + 1).copied();
        let (one, step) = match (byte, next) {
            (b'\r', Some(b'\n')) | (0xC2, Some(0x85)) => (b'\n', 2),
            (b'\r' | 0xB | 0xC, _) => (b'\n', 1),
            (byte, _) => (byte, 1),
        };
        if let Some(place) = bytes.get_mut(to) {
            *place = one;
        }
        (from, to) = (from + step, to + 1);
    }
    bytes.truncate(to);
    String::from_utf8(bytes).ok()
}
