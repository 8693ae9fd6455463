//! The door before the password: so many tries in a minute, so many hashes at a time, and never
//! two of one login at once, so that failures cannot be outrun.

use std::{
    collections::{HashMap, HashSet},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use rules::record::Moment;

use crate::accounts::limits::Limits;

/// A login and the source it is tried from, as 32 bits of a hash each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Caller {
    pub(super) login: u32,
    /// `None` when the caller does not say.
    pub(super) source: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    All,
    Source(u32),
    Caller(Caller),
}

#[derive(Default)]
struct Inside {
    callers: HashSet<Caller>,
    minute: i64,
    tries: HashMap<Counted, u32>,
}

pub(super) struct Door {
    places: usize,
    inside: Mutex<Inside>,
    left: Condvar,
}

/// A place inside, until it is dropped.
pub(super) struct Turn<'d> {
    door: &'d Door,
    caller: Caller,
}

impl Door {
    pub(super) fn new(limits: &Limits) -> Door {
        let places = limits.hashing.max(1);
        Door { places, inside: Mutex::default(), left: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a try; `false` when the minute has had enough of them.
    pub(super) fn knock(&self, caller: Caller, now: Moment, limits: &Limits) -> bool {
        let mut inside = self.lock();
        let minute = now.0.div_euclid(60_000);
        if inside.minute != minute {
            inside.minute = minute;
            inside.tries.clear();
        }
        let source = caller.source.map(|one| (Counted::Source(one), limits.source_per_minute));
        let counted = [
            Some((Counted::All, limits.all_per_minute)),
            source,
            Some((Counted::Caller(caller), limits.login_per_minute)),
        ];
        // The widest first: when it says no, nothing is kept of whoever tries.
        counted.into_iter().flatten().all(|(one, most)| {
            let tries = inside.tries.entry(one).or_default();
            *tries = tries.saturating_add(1);
            *tries <= most
        })
    }

    /// Waits for a place.
    pub(super) fn enter(&self, caller: Caller) -> Turn<'_> {
        let mut inside = self.lock();
        while inside.callers.len() >= self.places || inside.callers.contains(&caller) {
            inside = self.left.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.callers.insert(caller);
        Turn { door: self, caller }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.door.lock().callers.remove(&self.caller);
        self.door.left.notify_all();
    }
}
