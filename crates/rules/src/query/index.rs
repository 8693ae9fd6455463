//! What the register keeps for lists.

use super::row::{Row, outlook_of};
use crate::basis::Basis;
use crate::calendar::Day;
use crate::ids::MatterId;
use crate::matter::Matter;
use alloc::vec::Vec;
use rpds::VectorSync;

/// Rows that lie together in memory, and are copied together when one of them changes.
const TOGETHER: usize = 64;

/// A row for each matter. Cloning shares all of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    rows: VectorSync<Vec<Row>>,
}

impl Index {
    pub(crate) fn row(&self, id: MatterId) -> Option<&Row> {
        let place = usize::try_from(id.0).ok()?.checked_sub(1)?;
        self.rows.get(place / TOGETHER)?.get(place % TOGETHER)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = (MatterId, &Row)> {
        (1..).map(MatterId).zip(self.rows.iter().flatten())
    }

    /// Takes a matter as it now is. Matters come in the order of their numbers.
    pub(crate) fn note(&mut self, id: MatterId, matter: &Matter, on: Day, basis: &Basis) {
        self.put(id, Row::of(matter, on, basis));
    }

    fn put(&mut self, id: MatterId, row: Row) {
        let Some(place) = usize::try_from(id.0).ok().and_then(|number| number.checked_sub(1))
        else {
            return;
        };
        match self.rows.get_mut(place / TOGETHER) {
            Some(rows) => match rows.get_mut(place % TOGETHER) {
                Some(old) => *old = row,
                None => rows.push(row),
            },
            None => self.rows.push_back_mut(alloc::vec![row]),
        }
    }

    /// Takes a new policy or calendar: lights may turn on other days.
    pub(crate) fn rebase<'a>(&mut self, matters: impl Iterator<Item = &'a Matter>, basis: &Basis) {
        for (id, matter) in (1..).map(MatterId).zip(matters) {
            let outlook = outlook_of(&matter.stage, basis);
            match self.row(id) {
                Some(row) if row.outlook != outlook => {
                    let row = Row { outlook, ..*row };
                    self.put(id, row);
                }
                Some(_) | None => {}
            }
        }
    }
}
