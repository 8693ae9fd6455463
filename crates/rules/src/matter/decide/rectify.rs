//! 定措施、整改、报结、直送: the owner's work.

use super::{Case, Judged, fits, written};
use crate::access::Action;
use crate::matter::term::Limit;
use crate::matter::{Command, Event, Milestone, Proof, Remedy, Stage};
use crate::refusal::Refusal;
use crate::text::Words;
use alloc::vec;

/// Milestones of one measure; a finer division belongs in the measure's own document.
const MOST_MILESTONES: usize = 12;
/// Pieces of evidence of one report beyond the first.
const MOST_PROOFS: usize = 20;

pub(super) fn set_measure(case: &Case<'_>) -> Judged {
    let Command::SetMeasure { cause, measure, standard, milestones } = case.command else {
        return Err(case.wrong_stage());
    };
    let actor = case.actor_who_may(Action::Own)?;
    let (Stage::Accepted { .. } | Stage::Planned { .. } | Stage::Rectifying { .. }) = case.stage()
    else {
        return Err(case.wrong_stage());
    };
    in_order(milestones)?;
    Ok(vec![Event::MeasureSet {
        on: case.now.today,
        doer: actor.person,
        cause: written(cause, "field-cause")?,
        measure: written(measure, "field-measure")?,
        standard: written(standard, "field-standard")?,
        milestones: milestones.clone(),
    }])
}

/// Milestones rise in day and share, and end at 100 at most.
fn in_order(milestones: &[Milestone]) -> Result<(), Refusal> {
    if milestones.len() > MOST_MILESTONES {
        return Err(Refusal::TooMany { field: "field-milestones", most: 12 });
    }
    let rising = milestones.windows(2).all(|w| w[0].day < w[1].day && w[0].percent <= w[1].percent);
    if !rising || milestones.iter().any(|milestone| milestone.percent > 100) {
        return Err(Refusal::PercentOutOfRange);
    }
    Ok(())
}

pub(super) fn progress(case: &Case<'_>, percent: u8, note: &Words) -> Judged {
    let actor = case.actor_who_may(Action::Own)?;
    let (Stage::Planned { .. } | Stage::Rectifying { .. }) = case.stage() else {
        return Err(case.wrong_stage());
    };
    if percent > 100 {
        return Err(Refusal::PercentOutOfRange);
    }
    let note = written(note, "field-note")?;
    Ok(vec![Event::Progressed { on: case.now.today, doer: actor.person, percent, note }])
}

pub(super) fn keep_checkpoint(case: &Case<'_>, proof: &Proof) -> Judged {
    let actor = case.actor_who_may(Action::Own)?;
    let (Stage::Planned { duty } | Stage::Rectifying { duty }) = case.stage() else {
        return Err(case.wrong_stage());
    };
    if duty.remedy != Remedy::Standing {
        return Err(case.wrong_stage());
    }
    Ok(vec![Event::CheckpointKept {
        on: case.now.today,
        doer: actor.person,
        proof: shown(proof)?,
        next: {
            let (clock, first) = (&case.now.policy()?.standing, duty.term.limit.due.first);
            Limit::counted(case.now.calendar, clock, case.now.today, Some(first))
        },
    }])
}

pub(super) fn report_done(case: &Case<'_>) -> Judged {
    let Command::ReportDone { proof, more, mechanism, note } = case.command else {
        return Err(case.wrong_stage());
    };
    let actor = case.actor_who_may(Action::Own)?;
    let (Stage::Planned { duty } | Stage::Rectifying { duty }) = case.stage() else {
        return Err(case.wrong_stage());
    };
    // What has to be kept up for ever needs rules that outlast the people (健全完善制度).
    if duty.remedy == Remedy::Standing && mechanism.is_none() && !duty.mechanism {
        return Err(Refusal::MechanismMissing);
    }
    if more.len() > MOST_PROOFS {
        return Err(Refusal::TooMany { field: "field-evidence", most: 20 });
    }
    for each in more.iter().chain(mechanism) {
        shown(each)?;
    }
    Ok(vec![Event::ReportedDone {
        on: case.now.today,
        doer: actor.person,
        proof: shown(proof)?,
        more: more.clone(),
        mechanism: mechanism.clone(),
        note: fits(note, "field-note")?,
        check: case.limit(&case.now.policy()?.check),
    }])
}

pub(super) fn resubmit(case: &Case<'_>, proof: &Proof, note: &Words) -> Judged {
    let actor = case.actor_who_may(Action::Own)?;
    let (Stage::Accepted { .. } | Stage::Planned { .. } | Stage::Rectifying { .. }) = case.stage()
    else {
        return Err(case.wrong_stage());
    };
    let straight = case.matter.reminder.as_ref().is_some_and(|r| r.straight_to.is_some());
    if !straight {
        return Err(Refusal::NothingToResubmit);
    }
    Ok(vec![Event::Resubmitted {
        on: case.now.today,
        doer: actor.person,
        proof: shown(proof)?,
        note: fits(note, "field-note")?,
        check: case.limit(&case.now.policy()?.check),
    }])
}

/// Evidence that points at something: a kept file, or a named record of a business system.
fn shown(proof: &Proof) -> Result<Proof, Refusal> {
    match proof {
        Proof::Kept { .. } => {}
        Proof::File { name, .. } => {
            fits(name, "field-evidence")?;
        }
        Proof::Record { system, reference } => {
            written(system, "field-evidence").map_err(|_| Refusal::NoEvidence)?;
            written(reference, "field-evidence").map_err(|_| Refusal::NoEvidence)?;
        }
    }
    Ok(proof.clone())
}
