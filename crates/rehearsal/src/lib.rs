//! 演练: runs a diary (days, posts and commands in the office's own words) against a real ledger.
//!
//! Nothing is simulated of the product itself: every line is judged by `rules::decide` as some
//! post on some day, and written to the log like any other. Between two lines each civil day
//! begins, so that limits pass and slips are drafted as they would be in service.
//!
//! Start reading at [`Rehearsal::run`].

mod city;
pub mod demo;
mod dice;
mod outcome;
mod people;
mod run;
mod stage;

pub use city::{City, Lived};
pub use run::{Rehearsal, Summary, Told};
pub use stage::{Files, Stumble, Why};

use rules::record::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock of a rehearsal: it stands where the diary puts it.
#[derive(Clone, Debug, Default)]
pub struct SetClock(Arc<AtomicI64>);

impl SetClock {
    /// What a ledger is opened with.
    pub fn clock(&self) -> ledger::Clock {
        let hand = Arc::clone(&self.0);
        Arc::new(move || Moment(hand.load(Ordering::Acquire)))
    }

    /// Moves the clock on; it never goes back.
    pub fn set(&self, moment: Moment) -> Moment {
        let before = self.0.fetch_max(moment.0, Ordering::AcqRel);
        Moment(before.max(moment.0))
    }
}
