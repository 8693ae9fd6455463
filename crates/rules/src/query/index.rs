//! What the register keeps for lists.

use super::cells::Cells;
use super::row::{Row, outlook_of};
use super::titles::Titles;
use crate::basis::Basis;
use crate::calendar::Day;
use crate::ids::MatterId;
use crate::matter::Matter;
use alloc::vec::Vec;
use rpds::{RedBlackTreeSetSync, VectorSync};

/// Rows that lie together in memory, and are copied together when one of them changes. As many
/// as a word has bits.
pub(super) const TOGETHER: usize = 64;

/// A row for each matter, and what is counted without looking at rows. Cloning shares all of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    rows: VectorSync<Vec<Row>>,
    titles: VectorSync<Titles>,
    /// Everything but `apart`.
    cells: Cells,
    /// Matters that each actor has to be judged for.
    apart: RedBlackTreeSetSync<MatterId>,
}

impl Index {
    pub(crate) fn row(&self, id: MatterId) -> Option<&Row> {
        let place = usize::try_from(id.0).ok()?.checked_sub(1)?;
        self.rows.get(place / TOGETHER)?.get(place % TOGETHER)
    }

    /// Rows and titles of 64 matters each, with the number of the first.
    pub(super) fn portions(&self) -> impl Iterator<Item = (u32, &[Row], &Titles)> {
        let portions = self.rows.iter().zip(self.titles.iter());
        (0..).zip(portions).map(|(n, (rows, titles))| (n * 64 + 1, rows.as_slice(), titles))
    }

    pub(super) fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Matters that each actor has to be judged for: sealed, a work secret, or with somebody who
    /// must keep out.
    pub(crate) fn apart(&self) -> impl DoubleEndedIterator<Item = MatterId> {
        self.apart.iter().copied()
    }

    /// Takes a matter as it now is. Matters come in the order of their numbers.
    pub(crate) fn note(&mut self, id: MatterId, matter: &Matter, on: Day, basis: &Basis) {
        self.put(id, Row::of(matter, on, basis), matter);
    }

    fn put(&mut self, id: MatterId, row: Row, matter: &Matter) {
        let Some(place) = usize::try_from(id.0).ok().and_then(|number| number.checked_sub(1))
        else {
            return;
        };
        let slot = self.rows.get_mut(place / TOGETHER);
        let old = match slot {
            Some(rows) => match rows.get_mut(place % TOGETHER) {
                Some(old) => Some(core::mem::replace(old, row)),
                None => {
                    rows.push(row);
                    None
                }
            },
            None => {
                self.rows.push_back_mut(alloc::vec![row]);
                self.titles.push_back_mut(Titles::default());
                None
            }
        };
        if old.is_none()
            && let Some(titles) = self.titles.get_mut(place / TOGETHER)
        {
            titles.push(matter.title.text());
        }
        let counted = |row: &Row| !row.apart;
        self.cells.change(
            id,
            old.as_ref().filter(|row| counted(row)),
            Some(&row).filter(|r| counted(r)),
        );
        // Nothing that is apart ever ceases to be.
        if row.apart {
            self.apart.insert_mut(id);
        }
    }

    /// Takes a new policy or calendar: lights may turn on other days.
    pub(crate) fn rebase<'a>(&mut self, matters: impl Iterator<Item = &'a Matter>, basis: &Basis) {
        for (id, matter) in (1..).map(MatterId).zip(matters) {
            let outlook = outlook_of(&matter.stage, basis);
            match self.row(id) {
                Some(row) if row.outlook != outlook => {
                    let row = Row { outlook, ..*row };
                    self.put(id, row, matter);
                }
                Some(_) | None => {}
            }
        }
    }
}
