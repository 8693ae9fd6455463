//! 日检: limits that passed, and limits to be recounted. The system's own commands.

use super::{Case, Judged};
use crate::matter::{Event, Stage, Which};
use alloc::vec;
use alloc::vec::Vec;

/// Records limits that passed, once each. Safe to run never, once, or ten times a day.
pub(super) fn day_began(case: &Case<'_>) -> Judged {
    case.now.must_be_system()?;
    Ok(passed(case))
}

/// What passed before today and is not recorded yet.
pub(super) fn passed(case: &Case<'_>) -> Vec<Event> {
    if let Stage::Suspended { check_on, lapsed: false, .. } = case.stage()
        && *check_on < case.now.today
    {
        return vec![Event::SuspensionLapsed { check_on: *check_on }];
    }
    let missed = case.stage().running().into_iter().filter(|(which, term)| {
        *which != Which::LookBack && !term.missed && term.due() < case.now.today
    });
    missed.map(|(which, term)| Event::DeadlineMissed { which, due: term.due() }).collect()
}

/// Recounts limits after the calendar changed: with an event, never silently.
pub(super) fn recount(case: &Case<'_>) -> Judged {
    case.now.must_be_system()?;
    let mut changed = vec![];
    for (which, term) in case.stage().running() {
        let Some(due) = term.recounted(case.now.calendar) else { continue };
        changed.push(Event::DueRecomputed { which, due });
        // A day that was taken off the calendar may bring the limit forward, even into the past.
        if which != Which::LookBack && due.day < case.now.today {
            changed.push(Event::DeadlineMissed { which, due: due.day });
        }
    }
    Ok(changed)
}
