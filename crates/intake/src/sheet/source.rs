//! Bytes → the cells of one sheet, whatever kind of table they are.

use super::grid::Grid;
use super::{NotATable, book, cells};
use crate::caps;
use crate::decode::decode;
use crate::document::secrecy_mark;
use crate::sniff::{Magic, magic};

/// The cells of one sheet, and what else the file holds.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) grid: Grid,
    /// The names of all worksheets; a `.csv` has none.
    pub(crate) sheets: Vec<String>,
    /// The place of the sheet that was read.
    pub(crate) sheet: Option<usize>,
    /// The file counts days from 1904 instead of 1900.
    pub(crate) from_1904: bool,
}

/// Which worksheet is asked for; a `.csv` has but one.
pub(crate) enum Wanted<'a> {
    /// The one whose first rows are worth most.
    Best(&'a dyn Fn(&Grid) -> usize),
    /// The one of this name.
    Named(&'a str),
}

pub(crate) fn read(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Source, NotATable> {
    if bytes.is_empty() {
        return Err(NotATable::Empty);
    }
    let source = match magic(bytes) {
        Magic::Foreign(kind) => return Err(NotATable::Foreign(kind)),
        Magic::Zip if bytes.len() > caps::BOOK_BYTES => {
            return Err(NotATable::TooLarge { limit: caps::BOOK_BYTES });
        }
        Magic::Zip => book::read(bytes, wanted)?,
        Magic::None if bytes.len() > caps::FILE_BYTES => {
            return Err(NotATable::TooLarge { limit: caps::FILE_BYTES });
        }
        Magic::None => {
            let (text, _) = decode(bytes).map_err(NotATable::Text)?;
            let grid = cells::rows(&text)?;
            Source { grid, sheets: Vec::new(), sheet: None, from_1904: false }
        }
    };
    if source.grid.len() == 0 {
        return Err(NotATable::Empty);
    }
    let head = (0..caps::HEADER_ROWS).flat_map(|at| source.grid.cells(at));
    if let Some(mark) = head.into_iter().find_map(|(_, cell)| secrecy_mark(cell.text)) {
        return Err(NotATable::StateSecret { mark });
    }
    Ok(source)
}
