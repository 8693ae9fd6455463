//! 交办、签收、异议退回、转办、交回: a matter finds the post that owns it.

use super::{Case, Judged, written};
use crate::access::Action;
use crate::calendar::Day;
use crate::ids::PostId;
use crate::matter::term::Limit;
use crate::matter::{Command, Duty, Event, Haves, Remedy, Stage};
use crate::refusal::Refusal;
use crate::text::Words;
use alloc::vec;

pub(super) fn assign(case: &Case<'_>) -> Judged {
    let Command::Assign { to, remedy, until, haves, designate } = case.command else {
        return Err(case.wrong_stage());
    };
    let actor = case.actor_who_may(Action::Steer)?;
    let policy = case.now.policy()?;
    let (first, must_designate) = match case.stage() {
        Stage::Confirmed => (None, false),
        Stage::Returned { duty, flagged, .. } => (Some(duty.term.limit.due.first), *flagged),
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Assigned { .. }
        | Stage::Accepted { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Reported { .. }
        | Stage::UnderCheck { .. }
        | Stage::Passed { .. }
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => return Err(case.wrong_stage()),
    };
    if must_designate && !designate {
        return Err(Refusal::DecidedDesignation);
    }
    case.now.office.post(*to).ok_or(Refusal::NoSuchPost(*to))?;
    let haves = all_five(haves)?;
    case.may_share(haves.checking, *to)?;
    let limit = rectification_limit(case, *remedy, *until, first)?;
    Ok(vec![Event::Assigned {
        to: *to,
        remedy: *remedy,
        rank: actor.rank,
        haves,
        sign: case.limit(&policy.sign),
        limit,
        designated: *designate,
    }])
}

/// Each of the five haves names something that exists (五有: 制度、程序、标准、检查、落实).
fn all_five(haves: &Haves) -> Result<Haves, Refusal> {
    let named = [
        (&haves.rule, "have-rule"),
        (&haves.procedure, "have-procedure"),
        (&haves.standard, "have-standard"),
        (&haves.evidence, "have-evidence"),
    ];
    for (text, have) in named {
        written(text, have).map_err(|_| Refusal::HaveMissing { have })?;
    }
    Ok(haves.clone())
}

fn rectification_limit(
    case: &Case<'_>,
    remedy: Remedy,
    until: Option<Day>,
    first: Option<Day>,
) -> Result<Limit, Refusal> {
    let policy = case.now.policy()?;
    let (calendar, today) = (case.now.calendar, case.now.today);
    let clock = match (remedy, until) {
        (Remedy::Within, Some(day)) if day <= today => return Err(Refusal::DayNotAhead { day }),
        (Remedy::Within, Some(day)) => return Ok(Limit::fixed(today, day, first)),
        (Remedy::AtOnce, _) => &policy.at_once,
        (Remedy::Within, None) => &policy.within,
        (Remedy::Standing, _) => &policy.standing,
    };
    Ok(Limit::counted(calendar, clock, today, first))
}

pub(super) fn accept(case: &Case<'_>) -> Judged {
    let actor = case.actor_who_may(Action::Own)?;
    let Stage::Assigned { .. } = case.stage() else { return Err(case.wrong_stage()) };
    let plan = case.limit(&case.now.policy()?.plan);
    Ok(vec![Event::Accepted { on: case.now.today, doer: actor.person, plan }])
}

pub(super) fn decline(case: &Case<'_>, proposed: PostId, rule: &Words) -> Judged {
    case.actor_who_may(Action::Own)?;
    let policy = case.now.policy()?;
    let Stage::Assigned { duty, sign } = case.stage() else { return Err(case.wrong_stage()) };
    if duty.designated {
        return Err(Refusal::DesignatedNoReturn);
    }
    case.now.office.post(proposed).ok_or(Refusal::NoSuchPost(proposed))?;
    if proposed == duty.owner {
        return Err(Refusal::OwnPostProposed { post: proposed });
    }
    let window = Limit::counted(case.now.calendar, &policy.decline, sign.limit.start, None);
    if window.due.day < case.now.today {
        return Err(Refusal::DeclineTooLate { due: window.due.day });
    }
    let rule = written(rule, "field-rule")?;
    let mut events = vec![Event::Declined { on: case.now.today, proposed, rule }];
    let returns = case.matter.returns + 1;
    // No third return: from here the office decides who owns it (首接负责).
    if policy.returns_before_decision.value <= returns {
        events.push(Event::ReturnsFlagged { returns });
    }
    Ok(events)
}

pub(super) fn transfer(case: &Case<'_>, to: PostId, reason: &Words) -> Judged {
    let duty = movable(case, to)?;
    case.may_share(duty.checking, to)?;
    let sign = case.limit(&case.now.policy()?.sign);
    let reason = written(reason, "field-reason")?;
    Ok(vec![Event::Transferred { on: case.now.today, to, sign, reason }])
}

pub(super) fn hand_back(case: &Case<'_>, to: PostId, reason: &Words) -> Judged {
    let duty = movable(case, to)?;
    if !case.matter.former_owners.contains(&to) {
        return Err(Refusal::NotAFormerOwner { post: to });
    }
    case.may_share(duty.checking, to)?;
    let sign = case.limit(&case.now.policy()?.sign);
    let reason = written(reason, "field-reason")?;
    Ok(vec![Event::HandedBack { on: case.now.today, to, sign, reason }])
}

/// The duty of a matter that may change its owner now; the limit goes with it.
fn movable<'a>(case: &Case<'a>, to: PostId) -> Result<&'a Duty, Refusal> {
    case.actor_who_may(Action::Steer)?;
    let duty = match case.stage() {
        Stage::Assigned { duty, .. }
        | Stage::Accepted { duty, .. }
        | Stage::Planned { duty }
        | Stage::Rectifying { duty } => duty,
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Returned { .. }
        | Stage::Reported { .. }
        | Stage::UnderCheck { .. }
        | Stage::Passed { .. }
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => return Err(case.wrong_stage()),
    };
    case.now.office.post(to).ok_or(Refusal::NoSuchPost(to))?;
    if duty.owner == to {
        return Err(Refusal::SameOwner { post: to });
    }
    Ok(duty)
}
