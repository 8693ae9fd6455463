//! The clock of a server.

use crate::store::now;
use ledger::Clock;
use rules::calendar::Day;
use rules::record::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The machine's clock, shifted for a demonstration of another day; while a city is being filled
/// it stands where the filling puts it.
#[derive(Clone, Default)]
pub(super) struct Hands(Arc<Hand>);

#[derive(Default)]
struct Hand {
    /// Milliseconds to add to the machine's clock.
    shift: AtomicI64,
    /// The moment at which the clock stands; 0 when it runs.
    stands: AtomicI64,
}

impl Hands {
    pub(super) fn clock(&self) -> Clock {
        let hand = Arc::clone(&self.0);
        Arc::new(move || match hand.stands.load(Ordering::Acquire) {
            0 => Moment(now().0 + hand.shift.load(Ordering::Acquire)),
            moment => Moment(moment),
        })
    }

    #[cfg(feature = "rehearsal")]
    pub(super) fn stand(&self, moment: Moment) {
        self.0.stands.store(moment.0, Ordering::Release);
    }

    /// Lets the clock run, so that today is `day`.
    pub(super) fn run_on(&self, day: Day) {
        let days = i64::from(day.since(now().office_day()));
        self.0.shift.store(days * 86_400_000, Ordering::Release);
        self.0.stands.store(0, Ordering::Release);
    }
}
