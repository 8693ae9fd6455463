//! A plan as it arrives → its text.

use crate::caps;
use crate::decode::{Encoding, Undecodable, decode};
use crate::docx;
use crate::package::{BadPackage, Unread};
use crate::sniff::{Foreign, Magic, magic};
use crate::xml::BadXml;
use std::fmt;

/// The text of a document: lines separated by '\n', no '\r', no byte order mark, no newline at the end.
/// A table row is one line with '\t' between its cells. The same plan with automatic numbering, with
/// typed numbering, and as a text file has the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The text, as described above.
    pub text: String,
    /// What the bytes were.
    pub kind: DocumentKind,
    /// How its characters were written; a `.docx` is always UTF-8.
    pub encoding: Encoding,
    /// What a person should know about the reading: nothing is left out in silence.
    pub notes: Vec<Note>,
}

/// What the bytes were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// A Word document, by Word or by another program.
    Docx,
    /// Plain text.
    Text,
}

/// Something in the document that its text does not show as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Footnotes and endnotes are not part of the text.
    Footnotes { count: usize },
    /// Comments are not part of the text.
    Comments { count: usize },
    /// The document carries unsettled revisions; insertions were taken, deletions left out.
    TrackedChanges { inserted: usize, deleted: usize },
    /// Pictures were not read; text in them is missing.
    Pictures { count: usize },
    /// Runs formatted as hidden were left out.
    HiddenText { count: usize },
    /// Another file embedded in place was not read.
    Embedded { count: usize },
    /// Symbols of a symbol font without a character of their own; '□' stands for each.
    Symbols { count: usize },
    /// A numbering format we do not know; its numbers are written as 1, 2, 3.
    NumberFormat { format: String },
    /// Paragraphs name a numbering that the document does not define; they have no number.
    MissingNumbering { count: usize },
}

impl Note {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            Note::Footnotes { .. } => "note-footnotes",
            Note::Comments { .. } => "note-comments",
            Note::TrackedChanges { .. } => "note-tracked-changes",
            Note::Pictures { .. } => "note-pictures",
            Note::HiddenText { .. } => "note-hidden-text",
            Note::Embedded { .. } => "note-embedded",
            Note::Symbols { .. } => "note-symbols",
            Note::NumberFormat { .. } => "note-number-format",
            Note::MissingNumbering { .. } => "note-missing-numbering",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Note::Footnotes { count }
            | Note::Comments { count }
            | Note::Pictures { count }
            | Note::HiddenText { count }
            | Note::Embedded { count }
            | Note::Symbols { count }
            | Note::MissingNumbering { count } => vec![("count", count.to_string())],
            Note::TrackedChanges { inserted, deleted } => {
                vec![("inserted", inserted.to_string()), ("deleted", deleted.to_string())]
            }
            Note::NumberFormat { format } => vec![("format", format.clone())],
        }
    }
}

/// Why the bytes are not a document that we read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotADocument {
    /// No bytes, or no visible character.
    Empty,
    /// Above [`caps::FILE_BYTES`].
    TooLarge,
    /// A kind of file we know and do not read.
    Foreign(Foreign),
    /// Not text in an encoding we read.
    Text(Undecodable),
    /// The zip package is damaged, or asks too much.
    Package(BadPackage),
    /// An XML part is damaged, or asks too much.
    Xml { part: String, fault: BadXml },
    /// Above [`caps::TEXT_CHARS`].
    TooMuchText,
    /// Its head bears a mark of state secrecy: it may not enter this system at all.
    StateSecret { mark: &'static str },
}

impl NotADocument {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            NotADocument::Empty => "document-empty",
            NotADocument::TooLarge => "document-too-large",
            NotADocument::Foreign(_) => "document-foreign",
            NotADocument::Text(fault) => fault.code(),
            NotADocument::Package(fault) => fault.code(),
            NotADocument::Xml { fault, .. } => fault.code(),
            NotADocument::TooMuchText => "document-too-much-text",
            NotADocument::StateSecret { .. } => "document-state-secret",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            NotADocument::Empty => Vec::new(),
            NotADocument::TooLarge => {
                vec![("limit", (caps::FILE_BYTES / 1024 / 1024).to_string())]
            }
            NotADocument::Foreign(kind) => vec![("@kind", kind.code().to_owned())],
            NotADocument::Text(fault) => fault.args(),
            NotADocument::Package(fault) => fault.args(),
            NotADocument::Xml { part, fault } => {
                let mut args = fault.args();
                args.push(("part", part.clone()));
                args
            }
            NotADocument::TooMuchText => vec![("limit", caps::TEXT_CHARS.to_string())],
            NotADocument::StateSecret { mark } => vec![("mark", (*mark).to_owned())],
        }
    }
}

impl From<Unread> for NotADocument {
    fn from(fault: Unread) -> NotADocument {
        match fault {
            Unread::Package(fault) => NotADocument::Package(fault),
            Unread::Xml { part, fault } => NotADocument::Xml { part, fault },
        }
    }
}

impl fmt::Display for NotADocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())?;
        self.args().iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for NotADocument {}

/// Reads a plan: `.docx` in the form of ISO/IEC 29500, or plain text in UTF-8, GB18030, or UTF-16 with
/// a byte order mark. The kind is told by the bytes, not by a name. Everything else is refused.
pub fn document(bytes: &[u8]) -> Result<Document, NotADocument> {
    if bytes.is_empty() {
        return Err(NotADocument::Empty);
    }
    if bytes.len() > caps::FILE_BYTES {
        return Err(NotADocument::TooLarge);
    }
    let read = match magic(bytes) {
        Magic::Foreign(kind) => return Err(NotADocument::Foreign(kind)),
        Magic::Zip => {
            let (text, notes) = docx::read(bytes)?;
            Document { text, kind: DocumentKind::Docx, encoding: Encoding::Utf8, notes }
        }
        Magic::None => {
            let (text, encoding) = decode(bytes).map_err(NotADocument::Text)?;
            Document { text, kind: DocumentKind::Text, encoding, notes: Vec::new() }
        }
    };
    if read.text.chars().nth(caps::TEXT_CHARS).is_some() {
        return Err(NotADocument::TooMuchText);
    }
    let kept = read.text.trim_end_matches('\n');
    if kept.trim().is_empty() {
        return Err(NotADocument::Empty);
    }
    if let Some(mark) = secrecy_mark(kept) {
        return Err(NotADocument::StateSecret { mark });
    }
    Ok(Document { text: kept.to_owned(), ..read })
}

/// Lines in which a document's head may bear its mark (GB/T 9704: 份号 on the first line, 密级 on
/// the second, 紧急程度 below); blank lines and a title page leave room.
const HEAD_LINES: usize = 12;

/// The mark of state secrecy in the head of a document: 机密 or 机密★1年 standing alone. No state
/// secret may lie on this system (保守国家秘密法 第64条).
pub(crate) fn secrecy_mark(text: &str) -> Option<&'static str> {
    text.lines().take(HEAD_LINES).find_map(|line| {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        ["绝密", "机密", "秘密"].into_iter().find(|mark| {
            line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with('★'))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_secret_is_refused_and_talk_of_secrets_is_not() {
        for head in ["000012\n机密★1年\n特急\n", "秘密\n", "绝 密\n"] {
            let text = format!("{head}关于开展作风整治的实施方案\n");
            let refused = document(text.as_bytes());
            assert!(matches!(refused, Err(NotADocument::StateSecret { .. })), "{head:?}");
        }
        for fine in ["秘密投票按规定组织。\n", "一、严守秘密\n", "机密文件管理办法\n"]
        {
            assert!(document(fine.as_bytes()).is_ok(), "{fine:?}");
        }
    }
}
