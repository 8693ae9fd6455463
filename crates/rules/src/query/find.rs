//! Answers a query.

use super::cursor::Key;
use super::row::{Row, place_of};
use super::{Cursor, Found, Query};
use crate::access::{self, Action, Thing};
use crate::calendar::Day;
use crate::ids::{MatterId, UnitId};
use crate::posts::Actor;
use crate::register::Register;
use alloc::collections::BinaryHeap;
use alloc::string::ToString;
use alloc::vec::Vec;

/// The matters that fit `query` on `today`, as far as `actor` may see them.
pub fn find(register: &Register, query: &Query, actor: &Actor<'_>, today: Day) -> Found {
    let mut page = Page::new(query);
    // What nothing sets apart is seen by role, or not at all.
    if access::may(actor, Action::See, &Thing::office()).is_err() {
        return page.done();
    }
    let sieve = Sieve::new(register, query, actor, today);
    for (id, row) in register.index().rows() {
        if sieve.fits(id, row) {
            page.take(id, row, today);
        }
    }
    page.done()
}

/// Everything a query filters by except the standing, and the actor's sight.
struct Sieve<'a> {
    register: &'a Register,
    query: &'a Query,
    actor: &'a Actor<'a>,
    today: Day,
    text: &'a str,
    units: Option<Vec<UnitId>>,
    /// The outer one: whether a stage is asked for.
    stage: Option<Option<u8>>,
}

impl<'a> Sieve<'a> {
    fn new(register: &'a Register, query: &'a Query, actor: &'a Actor<'a>, today: Day) -> Self {
        let office = register.office();
        let below = |outer: UnitId| {
            let units = office.units().map(|(id, _)| id);
            units.filter(|id| *id == outer || office.is_below(*id, outer)).collect()
        };
        Self {
            register,
            query,
            actor,
            today,
            text: query.text.trim(),
            units: query.unit.map(below),
            stage: query.stage.map(place_of),
        }
    }

    fn fits(&self, id: MatterId, row: &Row) -> bool {
        let query = self.query;
        query.post.is_none_or(|post| row.owner == Some(post))
            && query.problem.is_none_or(|problem| row.problem == problem)
            && self.stage.is_none_or(|stage| stage == Some(row.place.stage))
            && query.remedy.is_none_or(|remedy| row.remedy == Some(remedy))
            && query.source.is_none_or(|source| row.source == source)
            && query.campaign.is_none_or(|campaign| row.campaign == Some(campaign))
            && query.due_before.is_none_or(|day| row.due.is_some_and(|due| due < day))
            && query.light.is_none_or(|light| row.light(self.today) == Some(light))
            && self.units.as_ref().is_none_or(|units| units.binary_search(&row.unit).is_ok())
            && (!row.apart || self.sees(id))
            && (self.text.is_empty() || self.has_text(id))
    }

    fn sees(&self, id: MatterId) -> bool {
        let matter = self.register.matter(id);
        matter.is_some_and(|m| access::may(self.actor, Action::See, &m.thing()).is_ok())
    }

    fn has_text(&self, id: MatterId) -> bool {
        let title = self.register.matter(id).and_then(|matter| matter.title.text());
        title.is_some_and(|title| title.contains(self.text)) || id.to_string().contains(self.text)
    }
}

/// The page being filled: the first `limit` rows after the cursor, of whatever is taken.
struct Page<'a> {
    query: &'a Query,
    after: Option<Key>,
    total: usize,
    standings: [usize; 7],
    /// One more than the page holds, so that it is known whether there is a next one.
    first: BinaryHeap<Key>,
}

impl<'a> Page<'a> {
    fn new(query: &'a Query) -> Self {
        let after = query.after.filter(|cursor| cursor.is_of(query.sort, query.descending));
        let after = after.map(|cursor| cursor.key);
        Self { query, after, total: 0, standings: [0; 7], first: BinaryHeap::new() }
    }

    fn take(&mut self, id: MatterId, row: &Row, today: Day) {
        let standing = row.standing(today);
        self.standings[standing.place()] += 1;
        if self.query.standing.is_none_or(|asked| asked == standing) {
            self.total += 1;
            self.offer(row.key(id, self.query.sort, self.query.descending, today));
        }
    }

    fn offer(&mut self, key: Key) {
        if self.after.is_some_and(|after| key <= after) {
            return;
        }
        if self.first.len() <= self.query.limit {
            self.first.push(key);
        } else if let Some(mut last) = self.first.peek_mut()
            && key < *last
        {
            *last = key;
        }
    }

    fn done(self) -> Found {
        let Query { sort, descending, limit, .. } = *self.query;
        let keys = self.first.into_sorted_vec();
        let page = &keys[..keys.len().min(limit)];
        let cursors: Vec<Cursor> =
            page.iter().map(|key| Cursor::new(sort, descending, *key)).collect();
        let next = cursors.last().copied().filter(|_| keys.len() > limit);
        let rows = cursors.iter().map(Cursor::matter).collect();
        Found { rows, total: self.total, standings: self.standings, next }
    }
}
