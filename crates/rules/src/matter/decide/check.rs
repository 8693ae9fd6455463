//! 派核查、核查、退回、销号、回头看、反弹: other people look at what was done.

use super::{Case, Judged, written};
use crate::access::Action;
use crate::ids::PostId;
use crate::matter::term::Limit;
use crate::matter::{Command, Duty, Event, Remedy, Stage, Step};
use crate::refusal::Refusal;
use crate::text::Words;
use alloc::vec;
use alloc::vec::Vec;

/// Checkers of one matter; more is a meeting.
const MOST_CHECKERS: usize = 8;

pub(super) fn name_checkers(case: &Case<'_>, checkers: &[PostId]) -> Judged {
    case.actor_who_may(Action::Steer)?;
    let (Stage::Reported { duty, .. } | Stage::UnderCheck { duty, .. }) = case.stage() else {
        return Err(case.wrong_stage());
    };
    let mut named: Vec<PostId> = vec![];
    for post in checkers {
        case.may_share(*post, duty.owner)?;
        if !named.contains(post) {
            named.push(*post);
        }
    }
    let need = case.now.policy()?.checkers.value;
    if named.len() < usize::from(need) {
        return Err(Refusal::TooFewCheckers { need });
    }
    if named.len() > MOST_CHECKERS {
        return Err(Refusal::TooMany { field: "field-checkers", most: 8 });
    }
    Ok(vec![Event::CheckersNamed { checkers: named }])
}

pub(super) fn check(case: &Case<'_>) -> Judged {
    let Command::Check { holds, findings, back_to, straight } = case.command else {
        return Err(case.wrong_stage());
    };
    let actor = case.now.actor()?;
    let Stage::UnderCheck { duty, checkers, passed, .. } = case.stage() else {
        return Err(case.wrong_stage());
    };
    case.is_apart_from_doers(&actor, duty.owner)?;
    let post = actor.acts_as();
    if !checkers.contains(&post) {
        return Err(Refusal::NotNamedAsChecker { post });
    }
    // Being named is the right to check; what remains is whether the matter may be known.
    crate::access::may(&actor, Action::See, &case.matter.thing())?;
    if passed.contains(&actor.person) {
        return Err(Refusal::CheckedAlready { person: actor.person });
    }
    let findings = written(findings, "field-findings")?;
    let on = case.now.today;
    let reason = findings.clone();
    let seen = Event::Checked { on, person: actor.person, post, holds: *holds, findings };
    if !holds {
        return Ok(vec![seen, sent_back(case, duty, *back_to, *straight, reason)?]);
    }
    let mut events = vec![seen];
    if passed.len() + 1 >= usize::from(case.now.policy()?.checkers.value) {
        events.push(Event::CheckPassed { on });
    }
    Ok(events)
}

pub(super) fn send_back(case: &Case<'_>, to: Step, straight: bool, reason: &Words) -> Judged {
    case.actor_who_may(Action::Steer)?;
    let (duty, at) = match case.stage() {
        Stage::Accepted { duty, .. } => (duty, Step::Plan),
        Stage::Planned { duty } | Stage::Rectifying { duty } => (duty, Step::Rectify),
        Stage::Reported { duty, .. } | Stage::UnderCheck { duty, .. } | Stage::Passed { duty } => {
            (duty, Step::Rectify)
        }
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Assigned { .. }
        | Stage::Returned { .. }
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => return Err(case.wrong_stage()),
    };
    let still_working = matches!(
        case.stage(),
        Stage::Accepted { .. } | Stage::Planned { .. } | Stage::Rectifying { .. }
    );
    if at < to || (still_working && at == to) {
        return Err(Refusal::LaterStep);
    }
    // Straight means: back to those who looked at it. Nobody has, before something was reported;
    // the way would lead round the measure.
    if straight && still_working {
        return Err(Refusal::NothingToResubmit);
    }
    let reason = written(reason, "field-reason")?;
    Ok(vec![sent_back(case, duty, to, straight, reason)?])
}

/// A return gives the policy's limit for doing it again, but never less than what was left.
fn sent_back(
    case: &Case<'_>,
    duty: &Duty,
    to: Step,
    straight: bool,
    reason: Words,
) -> Result<Event, Refusal> {
    let policy = case.now.policy()?;
    let kept = duty.term.limit;
    let again =
        Limit::counted(case.now.calendar, &policy.redo, case.now.today, Some(kept.due.first));
    let limit = if again.due.day < kept.due.day { kept } else { again };
    let step = match to {
        Step::Sign => Some(case.limit(&policy.sign)),
        Step::Plan => Some(case.limit(&policy.plan)),
        Step::Rectify => None,
    };
    Ok(Event::SentBack { on: case.now.today, to, straight, limit, step, reason })
}

pub(super) fn close(case: &Case<'_>, note: &Words) -> Judged {
    let actor = case.actor_who_may(Action::Close)?;
    let Stage::Passed { duty } = case.stage() else { return Err(case.wrong_stage()) };
    if actor.rank < duty.assigner_rank {
        return Err(Refusal::ApproverBelowAssigner);
    }
    let owner = duty.owner;
    if case.is_own_case(&actor, owner) {
        return Err(Refusal::ApproverIsDoer { post: owner });
    }
    let policy = case.now.policy()?;
    let (look, then) = match duty.remedy {
        Remedy::AtOnce | Remedy::Within => {
            (case.limit(&policy.look_back_first), Some(case.limit(&policy.look_back_second)))
        }
        // A standing duty is closed for the stage only (阶段性销号) and looked at every quarter.
        Remedy::Standing => (case.limit(&policy.standing), None),
    };
    Ok(vec![Event::Closed {
        on: case.now.today,
        person: actor.person,
        post: actor.acts_as(),
        look,
        then,
        note: super::fits(note, "field-note")?,
    }])
}

pub(super) fn look_back(case: &Case<'_>, holds: bool, note: &Words) -> Judged {
    let actor = case.actor_who_may(Action::Check)?;
    let Stage::Closed { answers, look, .. } = case.stage() else { return Err(case.wrong_stage()) };
    case.is_apart_from_doers(&actor, answers.owner)?;
    if case.now.today < look.due() {
        return Err(Refusal::TooEarly { from: look.due() });
    }
    let policy = case.now.policy()?;
    let (on, person, post) = (case.now.today, actor.person, actor.acts_as());
    let note = written(note, "field-note")?;
    if !holds {
        let limit = case.limit(&policy.redo);
        return Ok(vec![Event::Relapsed { on, person, post, limit, reason: note }]);
    }
    let next = match answers.remedy {
        Remedy::Standing => Some(case.limit(&policy.standing)),
        Remedy::AtOnce | Remedy::Within => None,
    };
    Ok(vec![Event::LookedBack { on, person, post, next, note }])
}

pub(super) fn reopen(case: &Case<'_>, reason: &Words) -> Judged {
    let actor = case.actor_who_may(Action::Steer)?;
    let (Stage::Closed { .. } | Stage::Consolidated { .. }) = case.stage() else {
        return Err(case.wrong_stage());
    };
    Ok(vec![Event::Relapsed {
        on: case.now.today,
        person: actor.person,
        post: actor.acts_as(),
        limit: case.limit(&case.now.policy()?.redo),
        reason: written(reason, "field-reason")?,
    }])
}
