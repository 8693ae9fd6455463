//! The cells of one sheet, kept close together: a text, and for each cell its place in it.
//!
//! A hundred thousand rows of separate strings would cost more memory than a hostile file may; and a
//! file that shows one long text in every cell holds it once. Nothing is allocated by coordinates:
//! only cells that stand in the file, and are not blank, are kept.

use super::NotATable;
use crate::caps;

/// What a cell is, as far as its file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Characters. Everything in a `.csv` is.
    Text,
    /// A number, written without a trailing `.0`.
    Number,
    /// A day, written `YYYY-MM-DD`: a spreadsheet's serial number under a format for dates.
    Day,
    /// `TRUE` or `FALSE`.
    Flag,
    /// An error that a formula gave, `#N/A` and the like.
    Fault,
}

/// A cell of a table. A blank one is an empty text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What the cell is.
    pub kind: CellKind,
    /// Its characters, blanks around them left out; lines separated by '\n'.
    pub text: &'a str,
}

impl Cell<'_> {
    pub(crate) const BLANK: Cell<'static> = Cell { kind: CellKind::Text, text: "" };
}

/// A stretch of the grid's text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Span {
    from: u32,
    to: u32,
}

/// A cell that is not blank.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) column: u16,
    pub(crate) kind: CellKind,
    pub(crate) span: Span,
}

#[derive(Clone, Copy, Debug)]
struct RowAt {
    number: u32,
    from: usize,
}

/// The cells of one sheet, row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    text: String,
    slots: Vec<Slot>,
    /// The rows that are not blank, in ascending order; each ends where the next begins.
    rows: Vec<RowAt>,
    /// Bytes that all cells show together, a text counted as often as it is shown.
    shown: usize,
    /// Slots behind this belong to the row being read.
    ended: usize,
}

impl Grid {
    /// Adds characters that no cell shows yet.
    pub(crate) fn say(&mut self, text: &str) -> Result<Span, NotATable> {
        if self.text.len() + text.len() > caps::TABLE_TEXT_BYTES {
            return Err(NotATable::TooMuchText);
        }
        let from = small(self.text.len());
        self.text.push_str(text);
        Ok(Span { from, to: small(self.text.len()) })
    }

    /// Length of what has been said so far, to forget what comes after.
    pub(crate) fn said(&self) -> usize {
        self.text.len()
    }

    /// Forgets all cells, and all characters but the first `said` bytes.
    pub(crate) fn forget(&mut self, said: usize) {
        self.slots.clear();
        self.rows.clear();
        self.text.truncate(said);
        (self.shown, self.ended) = (0, 0);
    }

    /// A cell of the row that is being read; blank ones are not kept.
    pub(crate) fn put(
        &mut self,
        row: u32,
        column: usize,
        kind: CellKind,
        span: Span,
    ) -> Result<(), NotATable> {
        let text = self.at(span);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(());
        }
        if column >= caps::COLUMNS {
            return Err(NotATable::TooManyColumns { row });
        }
        // Fewer bytes than characters there cannot be.
        if trimmed.len() > caps::CELL_CHARS && trimmed.chars().nth(caps::CELL_CHARS).is_some() {
            return Err(NotATable::CellTooLong { row });
        }
        let from = span.from + small(text.len() - text.trim_start().len());
        let span = Span { from, to: from + small(trimmed.len()) };
        self.count(span)?;
        self.slots.push(Slot { column: u16::try_from(column).unwrap_or(u16::MAX), kind, span });
        if self.slots.len() > caps::CELLS {
            return Err(NotATable::TooManyCells);
        }
        Ok(())
    }

    fn count(&mut self, span: Span) -> Result<(), NotATable> {
        self.shown += self.at(span).len();
        if self.shown > caps::TABLE_TEXT_BYTES { Err(NotATable::TooMuchText) } else { Ok(()) }
    }

    /// The row that was read is whole. Blank rows are not kept.
    pub(crate) fn end_row(&mut self, number: u32) -> Result<(), NotATable> {
        if self.slots.len() > self.ended {
            self.rows.push(RowAt { number, from: self.ended });
            self.ended = self.slots.len();
        }
        if self.rows.len() > caps::ROWS { Err(NotATable::TooManyRows) } else { Ok(()) }
    }

    /// Adds cells to rows that are there already: by place of the row, in any order.
    pub(crate) fn fill(&mut self, mut more: Vec<(usize, Slot)>) -> Result<(), NotATable> {
        more.sort_by_key(|(row, slot)| (*row, slot.column));
        more.dedup_by_key(|(row, slot)| (*row, slot.column));
        if self.slots.len() + more.len() > caps::CELLS {
            return Err(NotATable::TooManyCells);
        }
        for (_, slot) in &more {
            self.count(slot.span)?;
        }
        let mut slots = Vec::with_capacity(self.slots.len() + more.len());
        let mut more = more.into_iter().peekable();
        for at in 0..self.rows.len() {
            let from = slots.len();
            slots.extend_from_slice(self.slots_of(at));
            while let Some((_, slot)) = more.next_if(|(row, _)| *row == at) {
                slots.push(slot);
            }
            if let Some(row) = slots.get_mut(from..) {
                row.sort_by_key(|slot| slot.column);
            }
            // Where this row ended is where the next one begins, which is not touched yet.
            if let Some(row) = self.rows.get_mut(at) {
                row.from = from;
            }
        }
        self.ended = slots.len();
        self.slots = slots;
        Ok(())
    }

    /// Rows that are not blank.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The number of a row, counted from 1 as spreadsheet programs count.
    pub(crate) fn number(&self, at: usize) -> u32 {
        self.rows.get(at).map_or(0, |row| row.number)
    }

    /// The place of the first row with this number or a higher one.
    pub(crate) fn place(&self, number: u32) -> usize {
        self.rows.partition_point(|row| row.number < number)
    }

    pub(crate) fn slots_of(&self, at: usize) -> &[Slot] {
        let from = self.rows.get(at).map_or(self.slots.len(), |row| row.from);
        let to = self.rows.get(at + 1).map_or(self.slots.len(), |row| row.from);
        self.slots.get(from..to).unwrap_or_default()
    }

    /// The cell of a row, by the row's place.
    pub(crate) fn cell(&self, at: usize, column: usize) -> Cell<'_> {
        let slots = self.slots_of(at);
        slots
            .binary_search_by_key(&column, |slot| usize::from(slot.column))
            .ok()
            .and_then(|place| slots.get(place))
            .map_or(Cell::BLANK, |slot| self.shown(slot))
    }

    /// Column and cell of each cell of a row that is not blank.
    pub(crate) fn cells(&self, at: usize) -> impl Iterator<Item = (usize, Cell<'_>)> {
        self.slots_of(at).iter().map(|slot| (usize::from(slot.column), self.shown(slot)))
    }

    /// Whether two rows show the same.
    pub(crate) fn same(&self, one: usize, other: usize) -> bool {
        self.cells(one).eq(self.cells(other))
    }

    fn shown(&self, slot: &Slot) -> Cell<'_> {
        Cell { kind: slot.kind, text: self.at(slot.span) }
    }

    fn at(&self, span: Span) -> &str {
        let range = span.from as usize..span.to as usize;
        self.text.get(range).unwrap_or_default()
    }
}

/// The text is far below 4 GiB ([`caps::TABLE_TEXT_BYTES`]).
fn small(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
