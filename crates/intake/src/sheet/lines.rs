//! A table of columns that are known beforehand: its header found by its words, its rows as lines.

use super::grid::Grid;
use super::problem::{RowFault, RowProblem};
use super::source::{Source, Wanted, read};
use super::{NotATable, value};
use crate::caps;

/// A column that a table may have.
pub(crate) struct Column {
    /// Our name for it, which problems use.
    pub(crate) name: &'static str,
    /// Other words a header may use; ASCII in lower case.
    pub(crate) also: &'static [&'static str],
    pub(crate) required: bool,
}

/// A table whose header was found.
pub(crate) struct Lines {
    grid: Grid,
    /// The place of the header's row.
    header: usize,
    /// The column in the file of each column asked for.
    places: Vec<Option<usize>>,
}

/// A problem on its way out; in a box, so that a good value need not carry its size.
pub(crate) type Bad = Box<RowProblem>;

/// One row below the header.
pub(crate) struct Line<'a> {
    pub(crate) row: u32,
    grid: &'a Grid,
    at: usize,
    places: &'a [Option<usize>],
}

impl Line<'_> {
    fn place(&self, column: usize) -> Option<usize> {
        self.places.get(column).copied().flatten()
    }

    /// The cell of a column, by its place in the list of columns; blank if the table lacks it.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.place(column).map_or("", |place| self.grid.cell(self.at, place).text)
    }

    #[expect(clippy::unnecessary_box_returns, reason = "it goes into an error, which is small")]
    pub(crate) fn problem(&self, column: &Column, value: &str, fault: RowFault) -> Bad {
        Box::new(RowProblem::new(self.row, column.name, value, fault))
    }
}

impl Lines {
    pub(crate) fn read(bytes: &[u8], columns: &[Column]) -> Result<Lines, NotATable> {
        let fit = |grid: &Grid| {
            let known = |at| names(grid, at).filter(|(_, name)| is_known(columns, name)).count();
            (0..grid.len().min(caps::HEADER_ROWS)).map(known).max().unwrap_or(0)
        };
        let Source { grid, .. } = read(bytes, &Wanted::Best(&fit))?;
        let (header, places) = header(&grid, columns)?;
        Ok(Lines { grid, header, places })
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let Lines { grid, header, places } = self;
        (header + 1..grid.len())
            // Printed tables repeat their header on every page.
            .filter(|at| !grid.same(*at, *header))
            .map(move |at| Line { row: grid.number(at), grid, at, places })
    }
}

fn is_known(columns: &[Column], name: &str) -> bool {
    columns.iter().any(|column| column.is_called(name))
}

fn names(grid: &Grid, at: usize) -> impl Iterator<Item = (usize, String)> {
    grid.cells(at).map(|(column, cell)| (column, header_word(cell.text)))
}

fn header(grid: &Grid, columns: &[Column]) -> Result<(usize, Vec<Option<usize>>), NotATable> {
    let mut nearest: Option<Vec<&'static str>> = None;
    for at in 0..grid.len().min(caps::HEADER_ROWS) {
        let names: Vec<(usize, String)> = names(grid, at).collect();
        let find = |column: &Column| {
            names.iter().find(|(_, name)| column.is_called(name)).map(|(place, _)| *place)
        };
        let missing: Vec<&'static str> = columns
            .iter()
            .filter(|column| column.required && find(column).is_none())
            .map(|column| column.name)
            .collect();
        if missing.is_empty() {
            let twice = |column: &&Column| {
                names.iter().filter(|(_, name)| column.is_called(name)).count() > 1
            };
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
pub(crate) fn header_word(cell: &str) -> String {
    let bare: String = cell
        .chars()
        .filter(|c| !c.is_whitespace() && !value::is_hidden(*c) && !matches!(c, '*' | '＊'))
        .collect();
    let end = bare.find(['（', '(', '：', ':']).filter(|at| *at > 0).unwrap_or(bare.len());
    bare.get(..end).unwrap_or_default().to_ascii_lowercase()
}
