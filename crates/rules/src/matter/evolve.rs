//! Applies what happened to a matter. Judges nothing: an error means that the log itself is wrong.

use super::event::Prolonged;
use super::stage::{Answers, Duty, Stage, Step};
use super::term::{Limit, Term};
use super::{Event, Matter, Reminder};
use crate::ids::PersonId;
use crate::refusal::BrokenHistory;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// Applies one event (`None`: the matter is not listed yet).
pub fn evolve(before: Option<Matter>, event: &Event) -> Result<Matter, BrokenHistory> {
    let Some(mut matter) = before else {
        return opened(event).ok_or(BrokenHistory::at("stage-none", event.tag()));
    };
    let broken = BrokenHistory::at(matter.stage.code(), event.tag());
    // The stage is taken out so that its parts can move into the next one.
    let stage = core::mem::replace(&mut matter.stage, Stage::Listed);
    matter.stage = match next_stage(&mut matter, stage, event) {
        Some(stage) => stage,
        None => return Err(broken),
    };
    Ok(matter)
}

fn opened(event: &Event) -> Option<Matter> {
    let Event::Listed {
        on,
        campaign,
        problem,
        unit,
        source,
        marking,
        accusation,
        title,
        detail: _,
    } = event
    else {
        return None;
    };
    Some(Matter {
        title: title.clone(),
        campaign: *campaign,
        problem: *problem,
        unit: *unit,
        source: *source,
        marking: *marking,
        sealed: *accusation,
        listed_on: *on,
        stage: Stage::Listed,
        returns: 0,
        relapses: 0,
        extensions: 0,
        sent_back: 0,
        reminder: None,
        former_owners: vec![],
        doers: vec![],
        recused: vec![],
    })
}

fn next_stage(matter: &mut Matter, stage: Stage, event: &Event) -> Option<Stage> {
    match event {
        Event::Listed { .. } => None,
        Event::Confirmed { .. } => matches!(stage, Stage::Listed).then_some(Stage::Confirmed),
        Event::Refuted { .. } => matches!(stage, Stage::Listed).then_some(Stage::NotUpheld),
        Event::Assigned { .. }
        | Event::Accepted { .. }
        | Event::Declined { .. }
        | Event::ReturnsFlagged { .. }
        | Event::Transferred { .. }
        | Event::HandedBack { .. } => handed_out(matter, stage, event),
        Event::MeasureSet { .. }
        | Event::Progressed { .. }
        | Event::CheckpointKept { .. }
        | Event::ReportedDone { .. }
        | Event::Resubmitted { .. } => worked_on(matter, stage, event),
        Event::CheckersNamed { .. }
        | Event::Checked { .. }
        | Event::CheckPassed { .. }
        | Event::SentBack { .. } => checked(matter, stage, event),
        Event::Closed { .. } | Event::LookedBack { .. } | Event::Relapsed { .. } => {
            closed(matter, stage, event)
        }
        Event::Suspended { .. }
        | Event::SuspensionLapsed { .. }
        | Event::Resumed { .. }
        | Event::Extended { .. }
        | Event::MergedInto { .. }
        | Event::Referred { .. }
        | Event::Cancelled { .. }
        | Event::Recused { .. }
        | Event::DueRecomputed { .. }
        | Event::DeadlineMissed { .. } => beside(matter, stage, event),
    }
}

fn handed_out(matter: &mut Matter, stage: Stage, event: &Event) -> Option<Stage> {
    match (event, stage) {
        (
            Event::Assigned { to, remedy, rank, haves, sign, limit, designated },
            Stage::Confirmed | Stage::Returned { .. },
        ) => {
            let duty = Duty {
                owner: *to,
                remedy: *remedy,
                term: Term::new(*limit),
                assigner_rank: *rank,
                checking: haves.checking,
                designated: *designated,
                percent: 0,
                milestones: vec![],
                mechanism: false,
            };
            Some(Stage::Assigned { duty, sign: Term::new(*sign) })
        }
        (Event::Accepted { doer, plan, .. }, Stage::Assigned { duty, .. }) => {
            worked(matter, *doer);
            Some(Stage::Accepted { duty, plan: Term::new(*plan) })
        }
        (Event::Declined { proposed, .. }, Stage::Assigned { duty, .. }) => {
            matter.returns += 1;
            owned_before(matter, &duty);
            Some(Stage::Returned { by: duty.owner, proposed: *proposed, duty, flagged: false })
        }
        (Event::ReturnsFlagged { .. }, Stage::Returned { by, proposed, duty, .. }) => {
            Some(Stage::Returned { by, proposed, duty, flagged: true })
        }
        (
            Event::Transferred { to, sign, .. } | Event::HandedBack { to, sign, .. },
            Stage::Assigned { mut duty, .. }
            | Stage::Accepted { mut duty, .. }
            | Stage::Planned { mut duty }
            | Stage::Rectifying { mut duty },
        ) => {
            owned_before(matter, &duty);
            duty.owner = *to;
            // A matter that comes back to a former owner has been looked at; it stays there.
            duty.designated |= matches!(event, Event::HandedBack { .. });
            Some(Stage::Assigned { duty, sign: Term::new(*sign) })
        }
        _ => None,
    }
}

fn worked_on(matter: &mut Matter, stage: Stage, event: &Event) -> Option<Stage> {
    match (event, stage) {
        (
            Event::MeasureSet { doer, milestones, .. },
            Stage::Accepted { mut duty, .. } | Stage::Planned { mut duty },
        ) => {
            worked(matter, *doer);
            duty.milestones.clone_from(milestones);
            Some(Stage::Planned { duty })
        }
        (Event::MeasureSet { doer, milestones, .. }, Stage::Rectifying { mut duty }) => {
            worked(matter, *doer);
            duty.milestones.clone_from(milestones);
            Some(Stage::Rectifying { duty })
        }
        (
            Event::Progressed { doer, percent, .. },
            Stage::Planned { mut duty } | Stage::Rectifying { mut duty },
        ) => {
            worked(matter, *doer);
            duty.percent = *percent;
            Some(Stage::Rectifying { duty })
        }
        (
            Event::CheckpointKept { doer, next, .. },
            Stage::Planned { mut duty } | Stage::Rectifying { mut duty },
        ) => {
            worked(matter, *doer);
            duty.term = Term::new(keeping_first(*next, &duty));
            Some(Stage::Rectifying { duty })
        }
        (
            Event::ReportedDone { doer, proof, mechanism, check, .. },
            Stage::Planned { mut duty } | Stage::Rectifying { mut duty },
        ) => {
            worked(matter, *doer);
            duty.percent = 100;
            duty.mechanism |= mechanism.is_some();
            Some(Stage::Reported { duty, proof: proof.clone(), check: Term::new(*check) })
        }
        (
            Event::Resubmitted { doer, proof, check, .. },
            Stage::Accepted { mut duty, .. }
            | Stage::Planned { mut duty }
            | Stage::Rectifying { mut duty },
        ) => {
            worked(matter, *doer);
            duty.percent = 100;
            let (proof, check) = (proof.clone(), Term::new(*check));
            let checkers = matter.reminder.as_ref()?.straight_to.clone()?;
            if checkers.is_empty() {
                return Some(Stage::Reported { duty, proof, check });
            }
            Some(Stage::UnderCheck { duty, proof, check, checkers, passed: vec![] })
        }
        _ => None,
    }
}

fn checked(matter: &mut Matter, stage: Stage, event: &Event) -> Option<Stage> {
    match (event, stage) {
        (
            Event::CheckersNamed { checkers },
            Stage::Reported { duty, proof, check } | Stage::UnderCheck { duty, proof, check, .. },
        ) => {
            let checkers = checkers.clone();
            Some(Stage::UnderCheck { duty, proof, check, checkers, passed: vec![] })
        }
        (
            Event::Checked { person, holds, .. },
            Stage::UnderCheck { duty, proof, check, checkers, mut passed },
        ) => {
            if *holds {
                passed.push(*person);
            }
            Some(Stage::UnderCheck { duty, proof, check, checkers, passed })
        }
        (Event::CheckPassed { .. }, Stage::UnderCheck { duty, .. }) => {
            matter.reminder = None;
            Some(Stage::Passed { duty })
        }
        (Event::SentBack { .. }, stage) => sent_back(matter, stage, event),
        _ => None,
    }
}

fn sent_back(matter: &mut Matter, stage: Stage, event: &Event) -> Option<Stage> {
    let Event::SentBack { on, to, straight, limit, step, reason } = event else { return None };
    let (mut duty, checkers) = match stage {
        Stage::Accepted { duty, .. }
        | Stage::Planned { duty }
        | Stage::Rectifying { duty }
        | Stage::Reported { duty, .. }
        | Stage::Passed { duty } => (duty, vec![]),
        Stage::UnderCheck { duty, checkers, .. } => (duty, checkers),
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
        | Stage::Cancelled => return None,
    };
    matter.sent_back += 1;
    let straight_to = straight.then_some(checkers);
    matter.reminder = Some(Box::new(Reminder { reason: reason.clone(), straight_to, on: *on }));
    // What was already missed stays missed unless a new day was given.
    let same = duty.term.limit == *limit;
    duty.term = if same { duty.term } else { Term::new(*limit) };
    duty.percent = duty.percent.min(90);
    match to {
        Step::Sign => Some(Stage::Assigned { duty, sign: Term::new((*step)?) }),
        Step::Plan => Some(Stage::Accepted { duty, plan: Term::new((*step)?) }),
        Step::Rectify => Some(Stage::Rectifying { duty }),
    }
}

fn closed(matter: &mut Matter, stage: Stage, event: &Event) -> Option<Stage> {
    match (event, stage) {
        (Event::Closed { look, then, .. }, Stage::Passed { duty }) => {
            let (look, then) = (Term::new(*look), then.map(Term::new));
            Some(Stage::Closed { answers: duty.answers(), look, then })
        }
        (Event::LookedBack { next, .. }, Stage::Closed { answers, then, .. }) => {
            match then.or(next.map(Term::new)) {
                Some(look) => Some(Stage::Closed { answers, look, then: None }),
                None => Some(Stage::Consolidated { answers }),
            }
        }
        (
            Event::Relapsed { limit, .. },
            Stage::Closed { answers, .. } | Stage::Consolidated { answers },
        ) => Some(relapsed(matter, answers, *limit)),
        _ => None,
    }
}

fn relapsed(matter: &mut Matter, answers: Answers, limit: Limit) -> Stage {
    matter.relapses += 1;
    matter.extensions = 0;
    matter.reminder = None;
    Stage::Rectifying { duty: answers.duty(Term::new(limit)) }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "next_stage hands over only these")]
fn beside(matter: &mut Matter, mut stage: Stage, event: &Event) -> Option<Stage> {
    match event {
        Event::Suspended { on, reason, check_on, .. } => {
            if stage.running().is_empty() {
                return None;
            }
            let was = Box::new(stage);
            let (reason, since, check_on) = (*reason, *on, *check_on);
            return Some(Stage::Suspended { was, reason, since, check_on, lapsed: false });
        }
        Event::SuspensionLapsed { .. } => {
            let Stage::Suspended { lapsed, .. } = &mut stage else { return None };
            *lapsed = true;
        }
        Event::Resumed { limits, .. } => {
            let Stage::Suspended { was, .. } = stage else { return None };
            return resumed(*was, limits);
        }
        Event::Extended { limit, .. } => {
            matter.extensions += 1;
            let duty = stage.duty_mut()?;
            duty.term = duty.term.extended(*limit);
        }
        Event::MergedInto { into, .. } => return Some(Stage::Merged { into: *into }),
        Event::Referred { .. } => return Some(Stage::Referred),
        Event::Cancelled { .. } => return Some(Stage::Cancelled),
        Event::Recused { person, .. } => matter.recused.push(*person),
        Event::DueRecomputed { which, due } => stage.term_mut(*which)?.limit.due = *due,
        Event::DeadlineMissed { which, .. } => stage.term_mut(*which)?.missed = true,
        _ => return None,
    }
    Some(stage)
}

fn resumed(mut stage: Stage, limits: &[Prolonged]) -> Option<Stage> {
    for prolonged in limits {
        let term = stage.term_mut(prolonged.which)?;
        term.paused = prolonged.paused;
        term.limit.due = prolonged.due;
    }
    Some(stage)
}

fn keeping_first(mut limit: Limit, duty: &Duty) -> Limit {
    limit.due.first = duty.term.limit.due.first;
    limit
}

fn worked(matter: &mut Matter, doer: PersonId) {
    if !matter.doers.contains(&doer) {
        matter.doers.push(doer);
    }
}

fn owned_before(matter: &mut Matter, duty: &Duty) {
    let known: &mut Vec<_> = &mut matter.former_owners;
    if !known.contains(&duty.owner) {
        known.push(duty.owner);
    }
}
