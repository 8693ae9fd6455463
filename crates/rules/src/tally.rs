//! What is counted as it happens, so that charts need not look at every matter. Sealed matters are
//! not among it.

use crate::calendar::Day;
use crate::matter::{Event, Matter};
use crate::signal::ProblemCode;
use rpds::RedBlackTreeMapSync;

/// Counts of all that happened. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// How many matters were listed and closed on a day; a relapse takes a closing back.
    flow: RedBlackTreeMapSync<Day, (i32, i32)>,
    /// How many problems of a kind were found on a day.
    found: RedBlackTreeMapSync<(ProblemCode, Day), usize>,
    /// How many matters came back after closing, however often.
    relapsed: usize,
}

impl Tally {
    /// Takes what happened to a matter on a day.
    #[expect(clippy::wildcard_enum_match_arm, reason = "most events move no matter in or out")]
    pub(crate) fn note(&mut self, event: &Event, on: Day, after: &Matter) {
        if after.sealed {
            return;
        }
        let (listed, closed) = match event {
            Event::Listed { .. } => (1, 0),
            Event::Closed { .. } => (0, 1),
            Event::Relapsed { .. } => (0, -1),
            _ => return,
        };
        let (was_listed, was_closed) = self.flow.get(&on).copied().unwrap_or_default();
        self.flow.insert_mut(on, (was_listed + listed, was_closed + closed));
        if listed > 0 {
            let kind = (after.problem, after.listed_on);
            let found = self.found.get(&kind).copied().unwrap_or_default();
            self.found.insert_mut(kind, found + 1);
        }
        self.relapsed += usize::from(closed < 0 && after.relapses == 1);
    }

    pub(crate) fn flow(&self) -> impl Iterator<Item = (Day, i32, i32)> {
        self.flow.iter().map(|(day, (listed, closed))| (*day, *listed, *closed))
    }

    pub(crate) fn found(
        &self,
        problem: ProblemCode,
        since: Day,
    ) -> impl Iterator<Item = (Day, usize)> {
        let days = (problem, since)..=(problem, Day::LAST);
        self.found.range(days).map(|((_, day), count)| (*day, *count))
    }

    pub(crate) fn relapsed(&self) -> usize {
        self.relapsed
    }
}
