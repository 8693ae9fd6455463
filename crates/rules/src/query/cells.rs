//! Matters that stand alike, together: counted by cell and not one by one.
//!
//! A cell is all matters of one facet, at one stage, with one last day, whose lights turn on the
//! same days. How a cell stands on a day follows from that alone, so a list adds up cells. Their
//! number grows with the days of a year and not with the matters.

use super::Standing;
use super::row::{Place, Row};
use crate::calendar::Day;
use crate::ids::{MatterId, PostId, UnitId};
use crate::light::Outlook;
use crate::signal::ProblemCode;
use alloc::vec;
use alloc::vec::Vec;
use rpds::RedBlackTreeMapSync;

/// What a list is mostly asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Facet {
    All,
    Unit(UnitId),
    Problem(ProblemCode),
    Post(PostId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    facet: Facet,
    place: Place,
    due: Option<Day>,
}

/// A cell as a list meets it.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) place: Place,
    pub(super) due: Option<Day>,
    /// That of [`Row::coarse`].
    pub(super) outlook: &'a Outlook,
    pub(super) ids: &'a Ids,
}

/// All cells. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(RedBlackTreeMapSync<Key, Vec<(Outlook, Ids)>>);

impl Cells {
    /// Moves a matter from the cells of its old row, if any, to those of the new one.
    pub(super) fn change(&mut self, id: MatterId, old: Option<&Row>, new: &Row) {
        let at = |row: &Row| (row.place, row.due, row.coarse());
        let (was, is) = (old.map(at), at(new));
        let mut before = old.map_or([None; 4], facets);
        let mut after = facets(new);
        // What stays where it was is not touched.
        for (was_of, is_of) in before.iter_mut().zip(&mut after) {
            if was == Some(is) && was_of == is_of {
                (*was_of, *is_of) = (None, None);
            }
        }
        if let Some((place, due, outlook)) = was {
            for facet in before.into_iter().flatten() {
                self.remove(Key { facet, place, due }, &outlook, id);
            }
        }
        let (place, due, outlook) = is;
        for facet in after.into_iter().flatten() {
            self.insert(Key { facet, place, due }, outlook, id);
        }
    }

    fn insert(&mut self, key: Key, outlook: Outlook, id: MatterId) {
        let Some(cells) = self.0.get_mut(&key) else {
            self.0.insert_mut(key, vec![(outlook, Ids::of(id))]);
            return;
        };
        match cells.iter_mut().find(|(known, _)| *known == outlook) {
            Some((_, ids)) => ids.insert(id),
            None => cells.push((outlook, Ids::of(id))),
        }
    }

    fn remove(&mut self, key: Key, outlook: &Outlook, id: MatterId) {
        let Some(cells) = self.0.get_mut(&key) else { return };
        let Some(at) = cells.iter().position(|(known, _)| known == outlook) else { return };
        let ids = &mut cells[at].1;
        ids.remove(id);
        if ids.count == 0 {
            cells.swap_remove(at);
        }
        if cells.is_empty() {
            self.0.remove_mut(&key);
        }
    }

    /// The cells of a facet, of one stage (by place) or of all.
    pub(super) fn of(&self, facet: Facet, stage: Option<u8>) -> impl Iterator<Item = Cell<'_>> {
        let place = |stage, settled| Place { stage, settled };
        let first = place(stage.unwrap_or(0), None);
        let last = place(stage.unwrap_or(u8::MAX), Some(Standing::Ended));
        let from = Key { facet, place: first, due: None };
        let to = Key { facet, place: last, due: Some(Day::LAST) };
        self.0.range(from..=to).flat_map(|(key, cells)| {
            let cell = |(outlook, ids)| Cell { place: key.place, due: key.due, outlook, ids };
            cells.iter().map(|(outlook, ids)| (outlook, ids)).map(cell)
        })
    }
}

fn facets(row: &Row) -> [Option<Facet>; 4] {
    [
        Some(Facet::All),
        Some(Facet::Unit(row.unit)),
        Some(Facet::Problem(row.problem)),
        row.owner.map(Facet::Post),
    ]
}

/// Numbers of matters, each a bit, many bits in one block. Cloning shares the blocks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    count: usize,
    blocks: RedBlackTreeMapSync<u32, [u64; 4]>,
}

impl Ids {
    pub(crate) fn of(id: MatterId) -> Self {
        let mut ids = Self::default();
        ids.insert(id);
        ids
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn has(&self, id: MatterId) -> bool {
        let (block, word, bit) = place(id);
        self.blocks.get(&block).is_some_and(|words| words[word] & bit != 0)
    }

    pub(crate) fn insert(&mut self, id: MatterId) {
        let (block, word, bit) = place(id);
        if let Some(words) = self.blocks.get_mut(&block) {
            self.count += usize::from(words[word] & bit == 0);
            words[word] |= bit;
        } else {
            let mut words = [0; 4];
            words[word] = bit;
            self.blocks.insert_mut(block, words);
            self.count += 1;
        }
    }

    pub(crate) fn remove(&mut self, id: MatterId) {
        let (block, word, bit) = place(id);
        let Some(words) = self.blocks.get_mut(&block) else { return };
        self.count -= usize::from(words[word] & bit != 0);
        words[word] &= !bit;
        if *words == [0; 4] {
            self.blocks.remove_mut(&block);
        }
    }

    /// Ascending, from a number on.
    pub(crate) fn from(&self, first: MatterId) -> impl Iterator<Item = MatterId> {
        let (block, ..) = place(first);
        let ids = self.blocks.range(block..).flat_map(|(block, words)| {
            words.iter().zip(0_u32..).flat_map(move |(word, place)| {
                let base = block * 256 + place * 64;
                Bits(*word).map(move |bit| MatterId(base + bit))
            })
        });
        ids.skip_while(move |id| *id < first)
    }
}

/// Block, word in it, bit in that.
fn place(id: MatterId) -> (u32, usize, u64) {
    let word = usize::try_from(id.0 / 64 % 4).unwrap_or(0);
    (id.0 / 256, word, 1 << (id.0 % 64))
}

/// The places of the bits of a word, from the lowest.
struct Bits(u64);

impl Iterator for Bits {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let place = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (place < 64).then_some(place)
    }
}
