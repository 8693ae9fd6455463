//! Tables in, as CSV: a header found by its words, rows that became values, rows that did not.
//!
//! One bad row never loses the others and never enters silently. Title rows before the header, blank
//! rows and repeated headers are passed over; the order of columns is free; columns we do not know are
//! ignored.

pub(crate) mod cells;
pub mod notice;
pub mod posts;
pub(crate) mod value;

use crate::caps;
use crate::decode::{Undecodable, decode};
use crate::sniff::{Foreign, Magic, magic};
use cells::Row;
use std::fmt;

/// What a table gave: rows that became values, and every place where a row did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<T> {
    /// The good rows, in the order of the file.
    pub rows: Vec<Placed<T>>,
    /// Every bad cell, in the order of the file.
    pub problems: Vec<RowProblem>,
}

/// A value and the row it stands in, counted from 1 as spreadsheet programs count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The row, from 1.
    pub row: u32,
    /// What it says.
    pub value: T,
}

/// Why a row did not become a value: 第37行“起任日期”列：“2026-2-30”不是日期.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The row, from 1.
    pub row: u32,
    /// The column by our name for it.
    pub column: &'static str,
    /// The cell as it stands, shortened to 60 characters, control characters left out.
    pub value: String,
    /// What is wrong with it.
    pub fault: RowFault,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// Blank where something must stand.
    Blank,
    /// No day between 1900 and 2199.
    NotADay,
    /// None of the words that may stand here.
    UnknownWord { allowed: Vec<&'static str> },
    /// A character that does not show: a control, a direction mark, a zero-width character.
    HiddenCharacter { code_point: u32 },
    /// Longer than a name can be.
    TooLong { limit: usize },
    /// The same thing stands in an earlier row.
    Repeated { first_row: u32 },
    /// An earlier row says something else of the same thing.
    Contradicts { first_row: u32, said: String },
}

impl RowProblem {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self.fault {
            RowFault::Blank => "row-blank",
            RowFault::NotADay => "row-not-a-day",
            RowFault::UnknownWord { .. } => "row-unknown-word",
            RowFault::HiddenCharacter { .. } => "row-hidden-character",
            RowFault::TooLong { .. } => "row-too-long",
            RowFault::Repeated { .. } => "row-repeated",
            RowFault::Contradicts { .. } => "row-contradicts",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("row", self.row.to_string()),
            ("column", self.column.to_owned()),
            ("value", self.value.clone()),
        ];
        match &self.fault {
            RowFault::Blank | RowFault::NotADay => {}
            RowFault::UnknownWord { allowed } => args.push(("allowed", allowed.join("、"))),
            RowFault::HiddenCharacter { code_point } => {
                args.push(("character", format!("U+{code_point:04X}")));
            }
            RowFault::TooLong { limit } => args.push(("limit", limit.to_string())),
            RowFault::Repeated { first_row } => args.push(("first", first_row.to_string())),
            RowFault::Contradicts { first_row, said } => {
                args.push(("first", first_row.to_string()));
                args.push(("said", said.clone()));
            }
        }
        args
    }
}

/// Why the bytes are not the table that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotATable {
    /// No bytes, or only blank rows.
    Empty,
    /// Above [`caps::FILE_BYTES`].
    TooLarge,
    /// A kind of file we know and do not read as a table.
    Foreign(Foreign),
    /// Not text in an encoding we read.
    Text(Undecodable),
    /// No row of the first [`caps::HEADER_ROWS`] names these columns together.
    NoHeader { missing: Vec<&'static str> },
    /// The header names a column twice.
    ColumnTwice { column: &'static str },
    /// Above [`caps::COLUMNS`].
    TooManyColumns { row: u32 },
    /// Above [`caps::CELLS`].
    TooManyCells,
    /// Above [`caps::CELL_CHARS`].
    CellTooLong { row: u32 },
    /// A quotation mark opens in this row and never closes.
    OpenQuote { row: u32 },
}

impl NotATable {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            NotATable::Empty => "table-empty",
            NotATable::TooLarge => "table-too-large",
            NotATable::Foreign(_) => "table-foreign",
            NotATable::Text(fault) => fault.code(),
            NotATable::NoHeader { .. } => "table-no-header",
            NotATable::ColumnTwice { .. } => "table-column-twice",
            NotATable::TooManyColumns { .. } => "table-too-many-columns",
            NotATable::TooManyCells => "table-too-many-cells",
            NotATable::CellTooLong { .. } => "table-cell-too-long",
            NotATable::OpenQuote { .. } => "table-open-quote",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let row_and_limit =
            |row: u32, limit: usize| vec![("row", row.to_string()), ("limit", limit.to_string())];
        match self {
            NotATable::Empty => Vec::new(),
            NotATable::TooLarge => {
                vec![("limit", (caps::FILE_BYTES / 1024 / 1024).to_string())]
            }
            NotATable::Foreign(kind) => vec![("@kind", kind.code().to_owned())],
            NotATable::Text(fault) => fault.args(),
            NotATable::NoHeader { missing } => vec![("missing", missing.join("、"))],
            NotATable::ColumnTwice { column } => vec![("column", (*column).to_owned())],
            NotATable::TooManyColumns { row } => row_and_limit(*row, caps::COLUMNS),
            NotATable::TooManyCells => vec![("limit", caps::CELLS.to_string())],
            NotATable::CellTooLong { row } => row_and_limit(*row, caps::CELL_CHARS),
            NotATable::OpenQuote { row } => vec![("row", row.to_string())],
        }
    }
}

impl fmt::Display for NotATable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())?;
        self.args().iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for NotATable {}

/// A column that a table may have.
pub(crate) struct Column {
    /// Our name for it, which problems use.
    pub(crate) name: &'static str,
    /// Other words a header may use; ASCII in lower case.
    pub(crate) also: &'static [&'static str],
    pub(crate) required: bool,
}

/// A table whose header was found.
pub(crate) struct Table {
    rows: Vec<Row>,
    /// The column in the file of each column asked for.
    places: Vec<Option<usize>>,
}

/// One row below the header.
pub(crate) struct Line<'a> {
    pub(crate) row: u32,
    cells: &'a [String],
    places: &'a [Option<usize>],
}

impl Line<'_> {
    /// The cell of a column, by its place in the list of columns; blank if the table lacks it.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        place.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    pub(crate) fn problem(&self, column: &Column, value: &str, fault: RowFault) -> RowProblem {
        let value = value.chars().filter(|c| !value::is_hidden(*c)).take(60).collect();
        RowProblem { row: self.row, column: column.name, value, fault }
    }
}

impl Table {
    pub(crate) fn read(bytes: &[u8], columns: &[Column]) -> Result<Table, NotATable> {
        if bytes.is_empty() {
            return Err(NotATable::Empty);
        }
        if bytes.len() > caps::FILE_BYTES {
            return Err(NotATable::TooLarge);
        }
        match magic(bytes) {
            Magic::Foreign(kind) => return Err(NotATable::Foreign(kind)),
            Magic::Zip => {
                let name = b"xl/workbook";
                let is_workbook = bytes.windows(name.len()).any(|window| window == name);
                let kind = if is_workbook { Foreign::Xlsx } else { Foreign::PlainZip };
                return Err(NotATable::Foreign(kind));
            }
            Magic::None => {}
        }
        let (text, _) = decode(bytes).map_err(NotATable::Text)?;
        let mut rows = cells::rows(&text)?;
        if rows.is_empty() {
            return Err(NotATable::Empty);
        }
        let (at, places) = header(&rows, columns)?;
        let header = rows.remove(at);
        rows.drain(..at);
        // Printed tables repeat their header on every page.
        rows.retain(|row| row.cells != header.cells);
        Ok(Table { rows, places })
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let places = &self.places;
        self.rows.iter().map(move |row| Line { row: row.number, cells: &row.cells, places })
    }
}

fn header(rows: &[Row], columns: &[Column]) -> Result<(usize, Vec<Option<usize>>), NotATable> {
    let mut nearest: Option<Vec<&'static str>> = None;
    for (at, row) in rows.iter().take(caps::HEADER_ROWS).enumerate() {
        let names: Vec<String> = row.cells.iter().map(|cell| header_word(cell)).collect();
        let find = |column: &Column| names.iter().position(|name| column.is_called(name));
        let missing: Vec<&'static str> = columns
            .iter()
            .filter(|column| column.required && find(column).is_none())
            .map(|column| column.name)
            .collect();
        if missing.is_empty() {
            let twice =
                |column: &&Column| names.iter().filter(|name| column.is_called(name)).count() > 1;
            if let Some(column) = columns.iter().find(twice) {
                return Err(NotATable::ColumnTwice { column: column.name });
            }
            return Ok((at, columns.iter().map(find).collect()));
        }
        if nearest.as_ref().is_none_or(|nearest| missing.len() < nearest.len()) {
            nearest = Some(missing);
        }
    }
    Err(NotATable::NoHeader { missing: nearest.unwrap_or_default() })
}

impl Column {
    fn is_called(&self, word: &str) -> bool {
        self.name == word || self.also.contains(&word)
    }
}

/// A header's word without blanks, marks for required columns, and what stands in brackets after it:
/// “* 起任日期（年-月-日）” is 起任日期.
fn header_word(cell: &str) -> String {
    let bare: String = cell
        .chars()
        .filter(|c| !c.is_whitespace() && !value::is_hidden(*c) && !matches!(c, '*' | '＊'))
        .collect();
    let end = bare.find(['（', '(', '：', ':']).filter(|at| *at > 0).unwrap_or(bare.len());
    bare[..end].to_ascii_lowercase()
}
