//! 挂起、恢复、延期、并案、移送、撤销、回避: what happens beside the loop.

use super::{Case, Judged, fits, written};
use crate::access::Action;
use crate::calendar::Day;
use crate::ids::{MatterId, PersonId};
use crate::matter::event::Prolonged;
use crate::matter::term::Limit;
use crate::matter::{Event, Remedy, Stage, Which};
use crate::policy::{Clock, PauseReason, Policy};
use crate::refusal::Refusal;
use crate::text::Words;
use alloc::vec;

fn clock_of(policy: &Policy, which: Which, remedy: Option<Remedy>) -> &Clock {
    match (which, remedy) {
        (Which::Sign, _) => &policy.sign,
        (Which::Plan, _) => &policy.plan,
        (Which::Check, _) => &policy.check,
        (Which::LookBack, _) => &policy.look_back_first,
        (Which::Rectify, Some(Remedy::AtOnce)) => &policy.at_once,
        (Which::Rectify, Some(Remedy::Standing)) => &policy.standing,
        (Which::Rectify, Some(Remedy::Within) | None) => &policy.within,
    }
}

pub(super) fn suspend(case: &Case<'_>, reason: PauseReason, check_on: Day, note: &Words) -> Judged {
    case.reliever(Action::Relieve)?;
    let policy = case.now.policy()?;
    let running = case.stage().running();
    if running.is_empty() || !case.matter.is_open() {
        return Err(case.wrong_stage());
    }
    let remedy = case.matter.duty().map(|duty| duty.remedy);
    // Signing for a matter waits for nobody; only clocks that allow this reason may stand still.
    let pauses =
        running.iter().any(|(which, _)| clock_of(policy, *which, remedy).pauses.contains(&reason));
    if !pauses {
        return Err(Refusal::MayNotPause);
    }
    if check_on <= case.now.today {
        return Err(Refusal::DayNotAhead { day: check_on });
    }
    let note = written(note, "field-note")?;
    Ok(vec![Event::Suspended { on: case.now.today, reason, check_on, note }])
}

pub(super) fn resume(case: &Case<'_>) -> Judged {
    case.actor_who_may(Action::Relieve)?;
    let Stage::Suspended { was, since, .. } = case.stage() else {
        return Err(case.wrong_stage());
    };
    let calendar = case.now.calendar;
    let prolong = |(which, term): (Which, crate::matter::Term)| {
        let stood = term.units_between(calendar, *since, case.now.today);
        let paused = term.paused.saturating_add(stood);
        // A fixed day moves by this pause alone; a counted limit is recounted with all of them.
        let by = if term.limit.length.is_some() { paused } else { stood };
        Prolonged { which, paused, due: term.limit.after_pause(calendar, by).due }
    };
    let limits = was.running().into_iter().map(prolong).collect();
    Ok(vec![Event::Resumed { on: case.now.today, limits }])
}

pub(super) fn extend(case: &Case<'_>, until: Day, reason: &Words) -> Judged {
    let policy = case.now.policy()?;
    let action = if case.matter.extensions == 0 { Action::Relieve } else { Action::RelieveAgain };
    case.reliever(action)?;
    let (Stage::Accepted { duty, .. } | Stage::Planned { duty } | Stage::Rectifying { duty }) =
        case.stage()
    else {
        return Err(case.wrong_stage());
    };
    let most = policy.extensions.value;
    if case.matter.extensions >= most {
        return Err(Refusal::NoMoreExtensions { most });
    }
    let first = duty.term.limit.due.first;
    if until <= duty.term.due() || until <= case.now.today {
        return Err(Refusal::DayNotAhead { day: until });
    }
    let clock = clock_of(policy, Which::Rectify, Some(duty.remedy));
    let Some(reach) = clock.extension else { return Err(Refusal::NoMoreExtensions { most: 0 }) };
    // Time that the matter stood still does not use up what an extension may give.
    let latest = case.now.calendar.due(duty.term.first_moved(), reach, clock.roll).day;
    if latest < until {
        return Err(Refusal::ExtensionTooFar { latest });
    }
    let limit = Limit::fixed(case.now.today, until, Some(first));
    let reason = written(reason, "field-reason")?;
    Ok(vec![Event::Extended { on: case.now.today, limit, reason }])
}

pub(super) fn merge(case: &Case<'_>, into: MatterId, reason: &Words) -> Judged {
    case.reliever(Action::Steer)?;
    if !case.matter.is_open() {
        return Err(case.wrong_stage());
    }
    let reason = written(reason, "field-reason")?;
    Ok(vec![Event::MergedInto { into, reason }])
}

pub(super) fn refer(case: &Case<'_>, body: &Words, reason: &Words) -> Judged {
    // Those who received an accusation pass it on themselves (信访工作条例 第30条).
    if case.matter.sealed {
        case.actor_who_may(Action::Steer)?;
    } else {
        case.reliever(Action::Relieve)?;
    }
    if !case.matter.is_open() {
        return Err(case.wrong_stage());
    }
    let (body, reason) = (written(body, "field-body")?, written(reason, "field-reason")?);
    Ok(vec![Event::Referred { body, reason }])
}

pub(super) fn cancel(case: &Case<'_>, reason: &Words) -> Judged {
    case.reliever(Action::Relieve)?;
    if !case.matter.is_open() {
        return Err(case.wrong_stage());
    }
    Ok(vec![Event::Cancelled { reason: written(reason, "field-reason")? }])
}

pub(super) fn recuse(case: &Case<'_>, person: PersonId, reason: &Words) -> Judged {
    let actor = case.now.actor()?;
    // Anybody may withdraw himself; withdrawing somebody else is the office's decision.
    let action = if actor.person == person { Action::See } else { Action::Steer };
    case.actor_who_may(action)?;
    if !case.now.office.knows(person) {
        return Err(Refusal::NoSuchPerson(person));
    }
    if case.matter.recused.contains(&person) {
        return Err(Refusal::NothingNew);
    }
    Ok(vec![Event::Recused { person, reason: fits(reason, "field-reason")? }])
}
