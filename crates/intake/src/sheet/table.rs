//! A ledger as it comes: its header found, its cells by row and column, cells that a person corrects.

use super::grid::{Cell, CellKind, Grid};
use super::lines::header_word;
use super::mapping::{Field, Mapping};
use super::source::{Source, Wanted, read};
use super::{NotATable, value};
use crate::caps;
use std::collections::BTreeMap;
use std::fmt;

/// A table with a header: a worksheet of an `.xlsx`, or a `.csv`.
#[derive(Clone, Debug)]
pub struct Table {
    grid: Grid,
    /// The words of the header, by column; blank for a column without.
    names: Vec<String>,
    header: u32,
    /// The places of the rows with data.
    body: Vec<usize>,
    passed_over: Vec<u32>,
    sheets: Vec<String>,
    sheet: Option<usize>,
    from_1904: bool,
    /// Cells that a person corrected, by row and column.
    edits: BTreeMap<(u32, usize), String>,
}

/// There is no cell of this row and column, or the text is longer than a cell may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchCell;

impl NoSuchCell {
    /// The message that says it.
    pub fn code(self) -> &'static str {
        "table-no-such-cell"
    }
}

impl fmt::Display for NoSuchCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for NoSuchCell {}

/// Reads a table: `.xlsx`, or `.csv` in UTF-8, GB18030 or UTF-16 with a byte order mark; the kind is
/// told by the bytes. Of several worksheets the one is taken whose header has most of the columns of a
/// ledger of problems ([`Field`]). Rows above the header are titles and are left out.
pub fn table(bytes: &[u8]) -> Result<Table, NotATable> {
    let fit = |grid: &Grid| heads(grid).map(|at| known(grid, at)).max().unwrap_or(0);
    Table::of(read(bytes, &Wanted::Best(&fit))?)
}

/// Reads the worksheet of this name, as [`table`] does. A `.csv` has but one.
pub fn table_of_sheet(bytes: &[u8], sheet: &str) -> Result<Table, NotATable> {
    Table::of(read(bytes, &Wanted::Named(sheet))?)
}

impl Table {
    fn of(source: Source) -> Result<Table, NotATable> {
        let Source { grid, sheets, sheet, from_1904 } = source;
        let header = header(&grid)?;
        let width = grid.cells(header).last().map_or(0, |(column, _)| column + 1);
        let mut names = vec![String::new(); width];
        for (column, cell) in grid.cells(header) {
            if let Some(name) = names.get_mut(column) {
                *name = one_line(cell.text);
            }
        }
        let mut body = Vec::new();
        let mut passed_over = Vec::new();
        let title = Field::Title.find(&names, &[]);
        for at in header + 1..grid.len() {
            // Printed tables repeat their header on every page.
            if grid.same(at, header) || is_heading(&grid, at, width, title) {
                passed_over.push(grid.number(at));
            } else {
                body.push(at);
            }
        }
        let header = grid.number(header);
        let edits = BTreeMap::new();
        Ok(Table { grid, names, header, body, passed_over, sheets, sheet, from_1904, edits })
    }

    /// The names of all worksheets, in their order; none for a `.csv`.
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// The name of the worksheet that was read; `None` for a `.csv`.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.and_then(|at| self.sheets.get(at)).map(String::as_str)
    }

    /// What the header calls each column, in their order; blank for a column without a name.
    pub fn columns(&self) -> &[String] {
        &self.names
    }

    /// The row of the header, from 1.
    pub fn header_row(&self) -> u32 {
        self.header
    }

    /// The rows with data, from 1, in the order of the file.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = u32> {
        self.body.iter().map(|at| self.grid.number(*at))
    }

    /// Rows below the header that are no data: repeated headers, headings of sections, and rows that
    /// bear nothing but their running number.
    pub fn passed_over(&self) -> &[u32] {
        &self.passed_over
    }

    /// A cell by its row (from 1) and column (from 0), as corrected; blank where nothing stands.
    pub fn cell(&self, row: u32, column: usize) -> Cell<'_> {
        if let Some(text) = self.edits.get(&(row, column)) {
            return Cell { kind: CellKind::Text, text };
        }
        self.place(row).map_or(Cell::BLANK, |at| self.grid.cell(at, column))
    }

    /// Corrects a cell. The row must have data and the column a place in the header; the text is held
    /// to [`caps::CELL_CHARS`].
    pub fn set(&mut self, row: u32, column: usize, text: &str) -> Result<(), NoSuchCell> {
        let is_there = self.place(row).is_some() && column < self.names.len();
        if !is_there || text.chars().nth(caps::CELL_CHARS).is_some() {
            return Err(NoSuchCell);
        }
        self.edits.insert((row, column), text.trim().to_owned());
        Ok(())
    }

    /// The first `count` different values of a column, shortened to 30 characters, to show beside its
    /// name.
    pub fn samples(&self, column: usize, count: usize) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for row in self.rows() {
            if samples.len() >= count {
                break;
            }
            let text: String = one_line(self.cell(row, column).text).chars().take(30).collect();
            if !text.is_empty() && !samples.contains(&text) {
                samples.push(text);
            }
        }
        samples
    }

    /// Which column is which field, by the words of the header.
    pub fn guess(&self) -> Mapping {
        Mapping::guess(&self.names)
    }

    /// Whether the workbook counts days from 1904.
    pub(crate) fn is_from_1904(&self) -> bool {
        self.from_1904
    }

    fn place(&self, row: u32) -> Option<usize> {
        let at = self.grid.place(row);
        self.body.binary_search(&at).ok().filter(|_| self.grid.number(at) == row).map(|_| at)
    }
}

/// The places at which a header may stand.
fn heads(grid: &Grid) -> std::ops::Range<usize> {
    0..grid.len().min(caps::HEADER_ROWS)
}

/// How many fields the cells of a row are names of.
fn known(grid: &Grid, at: usize) -> usize {
    let words: Vec<String> = grid.cells(at).map(|(_, cell)| header_word(cell.text)).collect();
    Field::ALL.iter().filter(|field| words.iter().any(|word| field.is_called(word))).count()
}

/// The place of the header: the row with most names of fields. Of equals it is the first, but for a
/// row that continues it: where names are merged over two rows, the lower one has all of them.
/// A table whose words we do not know still has a header: its first row of several words.
fn header(grid: &Grid) -> Result<usize, NotATable> {
    let mut found: Option<(usize, usize)> = None;
    for at in heads(grid) {
        let fit = known(grid, at);
        let is_better = found.is_none_or(|(best, most)| {
            fit > most || fit == most && at == best + 1 && continues(grid, best, at)
        });
        if is_better {
            found = Some((at, fit));
        }
    }
    if let Some((at, _)) = found.filter(|(_, fit)| *fit >= 2) {
        return Ok(at);
    }
    let first = heads(grid).find(|at| different(grid, *at) >= 2);
    first.ok_or_else(|| NotATable::NoHeader { missing: Field::required_names() })
}

/// Whether a row repeats a name of the row above and is not the same row again.
fn continues(grid: &Grid, above: usize, at: usize) -> bool {
    let shared = |(column, cell): &(usize, Cell<'_>)| grid.cell(above, *column) == *cell;
    !grid.same(above, at) && grid.cells(at).any(|cell| shared(&cell))
}

fn different(grid: &Grid, at: usize) -> usize {
    let mut texts: Vec<&str> = grid.cells(at).map(|(_, cell)| cell.text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// Columns from which a row with a single word is a heading rather than a row with blanks.
const WIDE: usize = 4;

/// A heading within the table (一、形式主义方面), merged over its columns or alone in the first one; or a
/// row that was only numbered in advance.
fn is_heading(grid: &Grid, at: usize, width: usize, title: Option<usize>) -> bool {
    if width < WIDE || different(grid, at) > 1 {
        return false;
    }
    let cells = grid.cells(at).count();
    let first = grid.cells(at).next().map(|(column, _)| column);
    cells > 2 || (cells == 1 && first == Some(0) && title != Some(0))
}

/// A cell on one line, without characters that do not show.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|c| !value::is_hidden(*c)).collect()
}
