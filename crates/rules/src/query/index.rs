//! What the register keeps for lists.

use super::cells::{Cells, Facet};
use super::row::{Class, Row, outlook_of};
use super::titles::Titles;
use crate::basis::Basis;
use crate::calendar::Day;
use crate::ids::{MatterId, PersonId};
use crate::matter::Matter;
use alloc::vec::Vec;
use rpds::{RedBlackTreeSetSync, VectorSync};

/// Rows that lie together in memory, and are copied together when one of them changes. As many
/// as a word has bits.
const TOGETHER: usize = 64;

/// The rows and titles of 64 matters, with the number of the first.
pub(super) type Portion<'a> = (u32, &'a [Row], &'a Titles);

/// A row for each matter, and what is counted without looking at rows. Cloning shares all of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    rows: VectorSync<Vec<Row>>,
    titles: VectorSync<Titles>,
    /// By class, in the order of [`Class::ALL`].
    cells: [Cells; 4],
    /// Who must keep out of which matter (回避).
    kept_out: RedBlackTreeSetSync<(PersonId, MatterId)>,
}

impl Index {
    pub(crate) fn row(&self, id: MatterId) -> Option<&Row> {
        let place = usize::try_from(id.0).ok()?.checked_sub(1)?;
        self.rows.get(place / TOGETHER)?.get(place % TOGETHER)
    }

    pub(super) fn portions(&self) -> impl DoubleEndedIterator<Item = Portion<'_>> {
        let portions = self.rows.iter().zip(self.titles.iter()).enumerate();
        portions.map(|(n, (rows, titles))| {
            (u32::try_from(n * TOGETHER + 1).unwrap_or(u32::MAX), rows.as_slice(), titles)
        })
    }

    pub(super) fn cells(&self, class: Class) -> &Cells {
        &self.cells[class as usize]
    }

    /// The matters that a person must keep out of, by number.
    pub(crate) fn kept_from(&self, person: PersonId) -> Vec<MatterId> {
        let all = (person, MatterId(0))..=(person, MatterId(u32::MAX));
        self.kept_out.range(all).map(|(_, id)| *id).collect()
    }

    /// Sealed matters.
    pub(crate) fn sealed(&self) -> impl Iterator<Item = MatterId> {
        let classes = Class::ALL.into_iter().filter(|class| class.is_sealed());
        let cells = classes.flat_map(|class| self.cells(class).of(Facet::All, None));
        cells.flat_map(|cell| cell.ids.from(MatterId(0)))
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
        if self.rows.len() <= place / TOGETHER {
            self.rows.push_back_mut(Vec::new());
            self.titles.push_back_mut(Titles::default());
        }
        let Some(rows) = self.rows.get_mut(place / TOGETHER) else { return };
        let old = rows.get_mut(place % TOGETHER).map(|old| core::mem::replace(old, row));
        if old.is_none() {
            rows.push(row);
        }
        if old.is_none()
            && let Some(titles) = self.titles.get_mut(place / TOGETHER)
        {
            titles.push(matter.title.text());
        }
        // A matter keeps its class.
        self.cells[row.class as usize].change(id, old.as_ref(), &row);
        for person in &matter.recused {
            if !self.kept_out.contains(&(*person, id)) {
                self.kept_out.insert_mut((*person, id));
            }
        }
    }

    /// Takes another title of a matter.
    pub(crate) fn retitle(&mut self, id: MatterId, title: Option<&str>) {
        let place = usize::try_from(id.0).ok().and_then(|number| number.checked_sub(1));
        let Some(place) = place else { return };
        if let Some(titles) = self.titles.get_mut(place / TOGETHER) {
            titles.set(place % TOGETHER, title);
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
