//! Tables in, as Excel workbook or CSV: a header found by its words, rows that became values, rows that
//! did not.
//!
//! One bad row never loses the others and never enters silently. Title rows before the header, blank
//! rows and repeated headers are passed over; the order of columns is free; columns we do not know are
//! ignored. `source` turns bytes into the cells of one sheet; `lines` are for tables whose columns are
//! ours, `table` and `mapping` for ledgers that come as they are.

mod book;
pub(crate) mod cells;
mod grid;
mod lines;
pub mod mapping;
pub mod matters;
pub mod notice;
pub mod posts;
pub mod problem;
mod refused;
mod source;
pub mod table;
pub(crate) mod value;

pub use grid::{Cell, CellKind};
pub use problem::{Remark, RemarkKind, RowFault, RowProblem};
pub use refused::NotATable;

use crate::caps;

/// What a table gave: rows that became values, and every place where a row did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet<T> {
    /// The good rows, in the order of the file.
    pub rows: Vec<Placed<T>>,
    /// Every bad cell, in the order of the file.
    pub problems: Vec<RowProblem>,
    /// What a reader should know of good cells, in the order of the file: how one was understood.
    pub remarks: Vec<Remark>,
    /// How many more problems and remarks there are beyond [`caps::PROBLEMS`] of each. Their rows are
    /// judged all the same.
    pub unlisted: usize,
}

impl<T> Sheet<T> {
    /// Adds what was found of a row, as far as there is room.
    pub(crate) fn note(&mut self, problems: Vec<RowProblem>, remarks: Vec<Remark>) {
        let all = problems.len() + remarks.len();
        let before = self.problems.len() + self.remarks.len();
        let room = |listed: usize| caps::PROBLEMS.saturating_sub(listed);
        self.problems.extend(problems.into_iter().take(room(self.problems.len())));
        self.remarks.extend(remarks.into_iter().take(room(self.remarks.len())));
        self.unlisted += before + all - self.problems.len() - self.remarks.len();
    }
}

impl<T> Default for Sheet<T> {
    fn default() -> Self {
        Sheet { rows: Vec::new(), problems: Vec::new(), remarks: Vec::new(), unlisted: 0 }
    }
}

/// A value and the row it stands in, counted from 1 as spreadsheet programs count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The row, from 1.
    pub row: u32,
    /// What it says.
    pub value: T,
}
