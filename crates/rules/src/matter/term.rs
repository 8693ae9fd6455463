//! Limits as they run: start, length, pauses, the present day and the first one.

use crate::calendar::{Calendar, Counted, Day, Length, Roll, Unit};
use crate::policy::Clock;
use serde::{Deserialize, Serialize};

/// The day a limit ends. The first limit is always kept beside the present one (DOMAIN 9.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub day: Day,
    /// The day lies beyond the published calendar (暂定) and will be recounted.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub provisional: bool,
    pub first: Day,
}

/// A limit as an event records it: results, and what is needed to recount them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The day of the event that set the clock going; it does not count itself.
    pub start: Day,
    /// How long; none when a day was named outright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    #[serde(default = "no_roll", skip_serializing_if = "is_no_roll")]
    pub roll: Roll,
    pub due: Due,
}

fn no_roll() -> Roll {
    Roll::None
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_no_roll(roll: &Roll) -> bool {
    *roll == Roll::None
}

/// A limit at work: with the days it stood still, and whether it was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub limit: Limit,
    /// Days the clock stood still, in its own unit (working days, else civil days).
    pub paused: u16,
    pub missed: bool,
}

impl Limit {
    /// `clock` counted from `start`; `first` keeps an earlier first limit.
    pub fn counted(calendar: &Calendar, clock: &Clock, start: Day, first: Option<Day>) -> Self {
        let Counted { day, provisional } = calendar.due(start, clock.length, clock.roll);
        let due = Due { day, provisional, first: first.unwrap_or(day) };
        Self { start, length: Some(clock.length), roll: clock.roll, due }
    }

    /// A limit that ends on a day named outright.
    pub fn fixed(start: Day, day: Day, first: Option<Day>) -> Self {
        let due = Due { day, provisional: false, first: first.unwrap_or(day) };
        Self { start, length: None, roll: Roll::None, due }
    }

    /// Whether the limit is counted in working days.
    fn in_working_days(&self) -> bool {
        self.length.is_some_and(|length| length.unit == Unit::WorkingDay)
    }

    /// The same limit after the clock stood still for `paused` of its own units.
    #[must_use]
    pub fn after_pause(&self, calendar: &Calendar, paused: u16) -> Self {
        let Counted { day, provisional } = self.recount(calendar, paused);
        Self { due: Due { day, provisional, first: self.due.first }, ..*self }
    }

    fn recount(&self, calendar: &Calendar, paused: u16) -> Counted {
        match self.length {
            Some(length) if length.unit == Unit::Month => {
                let base = calendar.due(self.start, length, Roll::None);
                let pause = Length { n: paused, unit: Unit::NaturalDay };
                calendar.due(base.day, pause, self.roll)
            }
            Some(length) => {
                let longer = Length { n: length.n.saturating_add(paused), unit: length.unit };
                calendar.due(self.start, longer, self.roll)
            }
            None => Counted { day: self.due.day.plus(i32::from(paused)), provisional: false },
        }
    }
}

impl Term {
    pub fn new(limit: Limit) -> Self {
        Self { limit, paused: 0, missed: false }
    }

    pub fn due(&self) -> Day {
        self.limit.due.day
    }

    /// The due day under `calendar`, pauses included: what a recount after a changed notice gives.
    /// A fixed day does not move, and neither does one that was already missed.
    pub fn recounted(&self, calendar: &Calendar) -> Option<Due> {
        if self.missed || self.limit.length.is_none() {
            return None;
        }
        let Counted { day, provisional } = self.limit.recount(calendar, self.paused);
        let due = Due { day, provisional, first: self.limit.due.first };
        (due != self.limit.due).then_some(due)
    }

    /// The first limit as pauses have moved it: what an extension is measured from.
    pub(super) fn first_moved(&self) -> Day {
        if self.paused > 0 && self.limit.length.is_some() {
            return self.due();
        }
        self.limit.due.first.plus(i32::from(self.paused))
    }

    /// The same duty under a fixed new limit. Its pauses are part of the new day, and are kept, in
    /// civil days, for the next extension.
    #[must_use]
    pub(super) fn extended(&self, limit: Limit) -> Self {
        let moved = self.first_moved().since(self.limit.due.first);
        Self { limit, paused: u16::try_from(moved).unwrap_or(0), missed: false }
    }

    /// How many units of this clock lie in (`from`, `to`].
    pub fn units_between(&self, calendar: &Calendar, from: Day, to: Day) -> u16 {
        let days = if self.limit.in_working_days() {
            calendar.count(from, to, Unit::WorkingDay)
        } else {
            to.since(from)
        };
        u16::try_from(days.max(0)).unwrap_or(u16::MAX)
    }
}
