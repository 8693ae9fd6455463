//! Where a page ends, as a text for an address.

use super::Sort;
use crate::ids::MatterId;
use alloc::string::String;
use core::fmt::Write;

/// What rows are compared by: always ascending, so a descending order is one of negated parts.
pub(super) type Key = [i64; 4];

/// The last row of a page: its place in the order and its number. It stays right when rows come,
/// go or change, since it names a place and counts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    sort: Sort,
    descending: bool,
    pub(super) key: Key,
}

impl Cursor {
    pub(super) fn new(sort: Sort, descending: bool, key: Key) -> Self {
        Self { sort, descending, key }
    }

    /// Whether it is a place in this order.
    pub(super) fn is_of(&self, sort: Sort, descending: bool) -> bool {
        self.sort == sort && self.descending == descending
    }

    /// The row that it names.
    pub fn matter(&self) -> MatterId {
        MatterId(u32::try_from(self.key[3].unsigned_abs()).unwrap_or(0))
    }

    /// Letters, digits, dots and hyphens, which an address takes as they are.
    pub fn to_text(&self) -> String {
        let place = Sort::ALL.iter().position(|sort| *sort == self.sort).unwrap_or(0);
        let mut text = String::new();
        let [a, b, c, d] = self.key;
        let way = if self.descending { "d" } else { "a" };
        // Writing into a text cannot fail.
        let _ = write!(text, "{way}{place}.{a}.{b}.{c}.{d}");
        text
    }

    /// Reads what [`Self::to_text`] writes and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let head = parts.next()?;
        let (descending, place) = match head.strip_prefix('d') {
            Some(place) => (true, place),
            None => (false, head.strip_prefix('a')?),
        };
        let sort = *Sort::ALL.get(place.parse::<usize>().ok()?)?;
        let mut key = [0; 4];
        for part in &mut key {
            *part = parts.next()?.parse().ok()?;
        }
        let read = Self { sort, descending, key };
        (parts.next().is_none() && read.to_text() == text).then_some(read)
    }
}
