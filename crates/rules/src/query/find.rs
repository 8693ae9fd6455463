//! Answers a query.

use super::cells::{Cell, Facet, Ids};
use super::cursor::Key;
use super::index::Portion;
use super::row::{Class, Row, by_due, by_stage, place_of, urgency};
use super::{Cursor, Found, Query, Sort, Standing};
use crate::access::{self, Action, Thing};
use crate::calendar::Day;
use crate::ids::{MatterId, UnitId};
use crate::posts::Actor;
use crate::register::Register;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap};
use alloc::vec;
use alloc::vec::Vec;
use memchr::memmem::Finder;

/// The matters that fit `query` on `today`, as far as `actor` may see them.
pub fn find(register: &Register, query: &Query, actor: &Actor<'_>, today: Day) -> Found {
    let mut page = Page::new(query);
    // What nothing sets apart is seen by role, or not at all.
    if access::may(actor, Action::See, &Thing::office()).is_err() {
        return page.done();
    }
    let sieve = Sieve::new(register, query, actor, today);
    match sieve.facets() {
        Some(facets) => sieve.add_up(&facets, &mut page),
        None => sieve.scan(&mut page),
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
    stage: Option<u8>,
    /// By class: whether the actor sees all of it …
    whole: [bool; 4],
    /// … but these.
    kept_out: Vec<MatterId>,
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
            // A stage that there is not is none that a matter has.
            stage: query.stage.map(|code| place_of(code).unwrap_or(u8::MAX)),
            whole: Class::ALL.map(|c| access::may(actor, Action::See, &c.thing()).is_ok()),
            kept_out: register.index().kept_from(actor.person),
        }
    }

    fn fits(&self, id: MatterId, row: &Row) -> bool {
        self.asks_for(row) && self.sees(id, row)
    }

    fn asks_for(&self, row: &Row) -> bool {
        let query = self.query;
        query.post.is_none_or(|post| row.owner == Some(post))
            && query.problem.is_none_or(|problem| row.problem == problem)
            && self.stage.is_none_or(|stage| stage == row.place.stage)
            && query.remedy.is_none_or(|remedy| row.remedy == Some(remedy))
            && query.source.is_none_or(|source| row.source == source)
            && query.campaign.is_none_or(|campaign| row.campaign == Some(campaign))
            && self.in_time(row.due)
            && query.light.is_none_or(|light| row.light(self.today) == Some(light))
            && self.units.as_ref().is_none_or(|units| units.binary_search(&row.unit).is_ok())
    }

    fn in_time(&self, due: Option<Day>) -> bool {
        self.query.due_before.is_none_or(|day| due.is_some_and(|due| due < day))
    }

    fn sees(&self, id: MatterId, row: &Row) -> bool {
        if self.kept_out.binary_search(&id).is_ok() {
            return false;
        }
        self.whole[row.class as usize]
            || self
                .register
                .matter(id)
                .is_some_and(|matter| access::may(self.actor, Action::See, &matter.thing()).is_ok())
    }

    /// Looks at every matter. What is asked for last is looked at first, since most orders follow
    /// the numbers more or less, and a page that is full turns the rest away.
    fn scan(&self, page: &mut Page<'_>) {
        let part = Finder::new(self.text);
        let portions = self.register.index().portions();
        if self.query.descending {
            portions.rev().for_each(|portion| self.look(portion, &part, page));
        } else {
            portions.for_each(|portion| self.look(portion, &part, page));
        }
    }

    fn look(&self, (first, rows, titles): Portion<'_>, part: &Finder<'_>, page: &mut Page<'_>) {
        let mut held = if self.text.is_empty() { u64::MAX } else { titles.holding(part) };
        if !self.text.is_empty() && self.text.bytes().all(|byte| byte.is_ascii_digit()) {
            for place in 0..rows.len() {
                held |= u64::from(shows(numbered(first, place), self.text)) << place;
            }
        }
        if held == 0 {
            return;
        }
        for at in 0..rows.len() {
            let place = if self.query.descending { rows.len() - 1 - at } else { at };
            let id = numbered(first, place);
            if held >> place & 1 == 1 && self.fits(id, &rows[place]) {
                page.take(id, &rows[place], self.today);
            }
        }
    }

    /// The facets whose cells, together, are all that is asked for; none when only rows can tell.
    fn facets(&self) -> Option<Vec<Facet>> {
        let query = self.query;
        let finer = query.light.is_some()
            || query.remedy.is_some()
            || query.source.is_some()
            || query.campaign.is_some();
        let of_cells = matches!(query.sort, Sort::Urgency | Sort::Due | Sort::Stage);
        let ordered = of_cells && !query.descending;
        if finer || !ordered || !self.text.is_empty() {
            return None;
        }
        match (query.post, &self.units, query.problem) {
            (None, None, None) => Some(vec![Facet::All]),
            (Some(post), None, None) => Some(vec![Facet::Post(post)]),
            (None, None, Some(problem)) => Some(vec![Facet::Problem(problem)]),
            (None, Some(units), None) if units.len() == self.register.office().units().count() => {
                Some(vec![Facet::All])
            }
            (None, Some(units), None) => Some(units.iter().copied().map(Facet::Unit).collect()),
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => None,
        }
    }

    /// Adds up cells, and reads only the rows of the page.
    fn add_up(&self, facets: &[Facet], page: &mut Page<'_>) {
        let index = self.register.index();
        let mut first = FirstCells::of(self.query.limit, self.kept_out.len());
        for (class, whole) in Class::ALL.into_iter().zip(self.whole) {
            if !whole {
                self.take_own(class, page);
                continue;
            }
            for facet in facets {
                let of_facet = index.cells(class).of(*facet, self.stage);
                for cell in of_facet.filter(|cell| self.in_time(cell.due)) {
                    let standing = cell.place.standing(cell.outlook, self.today);
                    if page.count(standing, cell.ids.count()) {
                        let place = self.place(cell, standing);
                        if page.reaches(place) {
                            first.offer(place, cell.ids, page.begins_in(place));
                        }
                    }
                }
            }
        }
        self.take_back(page);
        page.fill(&first, &self.kept_out);
    }

    /// The place of a cell in the order asked for, which is one that cells know.
    fn place(&self, cell: Cell<'_>, standing: Standing) -> [i64; 3] {
        match self.query.sort {
            Sort::Due => by_due(cell.due),
            Sort::Stage => by_stage(cell.place),
            Sort::Urgency | Sort::Number | Sort::Problem | Sort::Unit | Sort::Changed => {
                urgency(standing, cell.due, cell.outlook)
            }
        }
    }

    /// Of a class that is not for everybody, an actor may see what he owns and what is of his
    /// unit: these few are judged one by one.
    fn take_own(&self, class: Class, page: &mut Page<'_>) {
        let index = self.register.index();
        let own = [Facet::Post(self.actor.acts_as()), Facet::Unit(self.actor.unit)];
        let cells = own.into_iter().flat_map(|facet| index.cells(class).of(facet, self.stage));
        let ids: BTreeSet<_> = cells.flat_map(|cell| cell.ids.from(MatterId(0))).collect();
        for id in ids {
            if let Some(row) = index.row(id).filter(|row| self.fits(id, row)) {
                page.take(id, row, self.today);
            }
        }
    }

    /// What the actor must keep out of was added up with the rest of its class.
    fn take_back(&self, page: &mut Page<'_>) {
        for id in &self.kept_out {
            let counted = |row: &&Row| self.whole[row.class as usize] && self.asks_for(row);
            if let Some(row) = self.register.index().row(*id).filter(counted) {
                page.uncount(row.standing(self.today));
            }
        }
    }
}

fn numbered(first: u32, place: usize) -> MatterId {
    MatterId(first + u32::try_from(place).unwrap_or(0))
}

/// Whether a number, as it is shown, holds these digits.
fn shows(id: MatterId, digits: &str) -> bool {
    let mut shown = [0; 10];
    let (mut rest, mut at) = (id.0, shown.len());
    while rest > 0 && at > 0 {
        at -= 1;
        shown[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    shown[at..].windows(digits.len()).any(|part| part == digits.as_bytes())
}

/// The cells from which a page is filled. Those behind are let go as soon as the ones before them
/// hold enough: of many cells few are ever looked into.
struct FirstCells<'a> {
    enough: usize,
    held: usize,
    by_place: BTreeMap<[i64; 3], Same<'a>>,
}

/// Cells with one place in the order.
#[derive(Default)]
struct Same<'a> {
    cells: Vec<&'a Ids>,
    /// Matters of the page, or behind it, that they hold at least.
    held: usize,
}

impl<'a> FirstCells<'a> {
    /// For so many rows, and one more that tells of a next page; so many may not count.
    fn of(limit: usize, but: usize) -> Self {
        let enough = limit.saturating_add(1).saturating_add(but);
        Self { enough, held: 0, by_place: BTreeMap::new() }
    }

    fn offer(&mut self, place: [i64; 3], ids: &'a Ids, is_cut: bool) {
        let last = self.by_place.last_key_value();
        if self.enough <= self.held && last.is_some_and(|(last, _)| *last < place) {
            return;
        }
        // How many of them stand before the cursor is not known.
        let held = if is_cut { 0 } else { ids.count() };
        let same = self.by_place.entry(place).or_default();
        same.cells.push(ids);
        same.held += held;
        self.held += held;
        while let Some(last) = self.by_place.last_entry()
            && self.enough <= self.held - last.get().held
        {
            self.held -= last.remove().held;
        }
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
        if self.count(row.standing(today), 1) {
            self.offer(row.key(id, self.query.sort, self.query.descending, today));
        }
    }

    /// Counts matters that fit all else; whether they stand as asked for, too.
    fn count(&mut self, standing: Standing, matters: usize) -> bool {
        self.standings[standing.place()] += matters;
        let asked = self.query.standing.is_none_or(|asked| asked == standing);
        self.total += if asked { matters } else { 0 };
        asked
    }

    /// Takes back one that was counted.
    fn uncount(&mut self, standing: Standing) {
        self.standings[standing.place()] -= 1;
        self.total -= usize::from(self.query.standing.is_none_or(|asked| asked == standing));
    }

    /// Whether matters with this place in the order can come after the cursor.
    fn reaches(&self, [a, b, c]: [i64; 3]) -> bool {
        self.after.is_none_or(|after| after <= [a, b, c, i64::MAX])
    }

    /// Whether the cursor stands among matters with this place in the order.
    fn begins_in(&self, place: [i64; 3]) -> bool {
        self.after.is_some_and(|after| after[..3] == place)
    }

    /// Takes the first rows from cells, each with its place in the order.
    fn fill(&mut self, cells: &FirstCells<'_>, but: &[MatterId]) {
        for (place, same) in &cells.by_place {
            let [a, b, c] = *place;
            let full = self.query.limit < self.first.len();
            if full && self.first.peek().is_some_and(|last| *last < [a, b, c, 0]) {
                return;
            }
            let after = self.after.filter(|_| self.begins_in(*place));
            let from = after.map_or(0, |after| after[3].saturating_add(1).max(0));
            let from = MatterId(u32::try_from(from).unwrap_or(u32::MAX));
            for ids in &same.cells {
                let ids = ids.from(from).filter(|id| but.binary_search(id).is_err());
                for id in ids.take(self.query.limit.saturating_add(1)) {
                    self.offer([a, b, c, i64::from(id.0)]);
                }
            }
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
