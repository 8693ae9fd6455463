//! Why bytes are not a table.

use crate::caps;
use crate::decode::Undecodable;
use crate::package::BadPackage;
use crate::sniff::Foreign;
use crate::xml::BadXml;
use std::fmt;

/// Why the bytes are not the table that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotATable {
    /// No bytes, or only blank rows.
    Empty,
    /// Above [`caps::BOOK_BYTES`] or, as text, [`caps::FILE_BYTES`].
    TooLarge { limit: usize },
    /// A kind of file we know and do not read as a table.
    Foreign(Foreign),
    /// Not text in an encoding we read.
    Text(Undecodable),
    /// The workbook's package is damaged, or asks too much.
    Package(BadPackage),
    /// A part of the workbook is damaged, or asks too much.
    Xml { part: String, fault: BadXml },
    /// The workbook has no worksheet.
    NoSheet,
    /// The workbook has no worksheet of this name.
    NoSuchSheet { name: String },
    /// No row of the first [`caps::HEADER_ROWS`] names these columns together.
    NoHeader { missing: Vec<&'static str> },
    /// The header names a column twice.
    ColumnTwice { column: &'static str },
    /// Above [`caps::COLUMNS`].
    TooManyColumns { row: u32 },
    /// Above [`caps::ROWS`].
    TooManyRows,
    /// Above [`caps::CELLS`].
    TooManyCells,
    /// Above [`caps::TABLE_TEXT_BYTES`].
    TooMuchText,
    /// Above [`caps::CELL_CHARS`].
    CellTooLong { row: u32 },
    /// A quotation mark opens in this row and never closes.
    OpenQuote { row: u32 },
    /// Its head bears a mark of state secrecy: it may not enter this system at all.
    StateSecret { mark: &'static str },
}

impl NotATable {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            NotATable::Empty => "table-empty",
            NotATable::TooLarge { .. } => "table-too-large",
            NotATable::Foreign(Foreign::Encrypted) => "table-encrypted",
            NotATable::Foreign(Foreign::OldExcel) => "table-old-excel",
            NotATable::Foreign(_) => "table-foreign",
            NotATable::Text(fault) => fault.code(),
            NotATable::Package(fault) => package_code(fault),
            NotATable::Xml { fault, .. } => xml_code(*fault),
            NotATable::NoSheet => "table-no-sheet",
            NotATable::NoSuchSheet { .. } => "table-no-such-sheet",
            NotATable::NoHeader { .. } => "table-no-header",
            NotATable::ColumnTwice { .. } => "table-column-twice",
            NotATable::TooManyColumns { .. } => "table-too-many-columns",
            NotATable::TooManyRows => "table-too-many-rows",
            NotATable::TooManyCells => "table-too-many-cells",
            NotATable::TooMuchText => "table-too-much-text",
            NotATable::CellTooLong { .. } => "table-cell-too-long",
            NotATable::OpenQuote { .. } => "table-open-quote",
            NotATable::StateSecret { .. } => "document-state-secret",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let row_and_limit =
            |row: u32, limit: usize| vec![("row", row.to_string()), ("limit", limit.to_string())];
        match self {
            NotATable::Empty | NotATable::NoSheet => Vec::new(),
            NotATable::TooLarge { limit } => vec![("limit", mib(*limit))],
            NotATable::Foreign(kind) => vec![("@kind", kind.code().to_owned())],
            NotATable::Text(fault) => fault.args(),
            NotATable::Package(fault) => fault.args(),
            NotATable::Xml { part, fault } => {
                let mut args = fault.args();
                args.push(("part", part.clone()));
                args
            }
            NotATable::NoSuchSheet { name } => vec![("name", name.clone())],
            NotATable::NoHeader { missing } => vec![("missing", missing.join("、"))],
            NotATable::ColumnTwice { column } => vec![("column", (*column).to_owned())],
            NotATable::TooManyColumns { row } => row_and_limit(*row, caps::COLUMNS),
            NotATable::TooManyRows => vec![("limit", caps::ROWS.to_string())],
            NotATable::TooManyCells => vec![("limit", caps::CELLS.to_string())],
            NotATable::TooMuchText => vec![("limit", mib(caps::TABLE_TEXT_BYTES))],
            NotATable::CellTooLong { row } => row_and_limit(*row, caps::CELL_CHARS),
            NotATable::OpenQuote { row } => vec![("row", row.to_string())],
            NotATable::StateSecret { mark } => vec![("mark", (*mark).to_owned())],
        }
    }
}

fn mib(bytes: usize) -> String {
    (bytes / 1024 / 1024).to_string()
}

/// The same faults as of a document, in words that speak of a workbook.
fn package_code(fault: &BadPackage) -> &'static str {
    match fault {
        BadPackage::Damaged => "book-damaged",
        BadPackage::TooManyEntries { .. } => "book-too-many-entries",
        BadPackage::TooMuchInflated => "book-too-much-inflated",
        BadPackage::Bomb { .. } => "book-bomb",
        BadPackage::Encrypted { .. } => "book-entry-encrypted",
        BadPackage::BadName { .. } => "book-bad-name",
        BadPackage::LyingSize { .. } => "book-lying-size",
        BadPackage::Method { .. } => "book-method",
        BadPackage::NoMainPart => "book-no-main-part",
    }
}

fn xml_code(fault: BadXml) -> &'static str {
    match fault {
        BadXml::Malformed => "book-malformed",
        BadXml::Dtd => "book-dtd",
        BadXml::Entity => "book-entity",
        BadXml::TooDeep => "book-too-deep",
        BadXml::TokenTooLong => "book-token-too-long",
        BadXml::TooManyElements { .. } => "book-too-many-elements",
    }
}

impl fmt::Display for NotATable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())?;
        self.args().iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for NotATable {}
