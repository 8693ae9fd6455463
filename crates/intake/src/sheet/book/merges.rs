//! Merged cells: what stands in the first one is said of all of them.

use super::sheet::reference;
use crate::caps;
use crate::sheet::NotATable;
use crate::sheet::grid::{Grid, Slot};

/// A merged range, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    rows: (u32, u32),
    columns: (usize, usize),
}

impl Merged {
    /// Reads `A1:C3`.
    pub(super) fn parse(range: &str) -> Option<Merged> {
        let (first, last) = range.split_once(':')?;
        let ((top, left), (bottom, right)) = (reference(first)?, reference(last)?);
        (top <= bottom && left <= right)
            .then_some(Merged { rows: (top, bottom), columns: (left, right) })
    }
}

/// Fills the blank cells of merged ranges, in rows that are there. The work is bounded by the cells a
/// sheet may have, and so is what it makes.
pub(super) fn fill(grid: &mut Grid, merged: &[Merged]) -> Result<(), NotATable> {
    let mut more: Vec<(usize, Slot)> = Vec::new();
    let mut looked_at = 0_usize;
    for range in merged {
        let first = grid.place(range.rows.0);
        if grid.number(first) != range.rows.0 {
            continue;
        }
        let (left, right) = (range.columns.0, range.columns.1.min(caps::COLUMNS - 1));
        let Some(slot) =
            grid.slots_of(first).iter().find(|slot| usize::from(slot.column) == left).copied()
        else {
            continue;
        };
        let last = grid.place(range.rows.1.saturating_add(1));
        looked_at = looked_at.saturating_add((last - first).saturating_mul(right + 1 - left));
        if looked_at > caps::CELLS {
            return Err(NotATable::TooManyCells);
        }
        for row in first..last {
            let taken = grid.slots_of(row);
            let is_free = |column: &usize| {
                taken.binary_search_by_key(column, |slot| usize::from(slot.column)).is_err()
            };
            let free = (left..=right).filter(is_free);
            more.extend(free.map(|column| {
                let column = u16::try_from(column).unwrap_or(u16::MAX);
                (row, Slot { column, ..slot })
            }));
        }
    }
    grid.fill(more)
}
