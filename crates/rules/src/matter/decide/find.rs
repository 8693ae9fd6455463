//! 查摆、核实、查否: a problem is found, and proves to be one or not.

use super::{Case, Judged, fits, written};
use crate::access::{self, Action, Thing};
use crate::circumstances::Circumstances;
use crate::matter::{Command, Event, Source, Stage};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::text::Words;
use alloc::vec;

pub(super) fn list(command: &Command, now: Circumstances<'_>) -> Judged {
    let Command::List { campaign, problem, unit, source, marking, title, detail } = command else {
        return Err(Refusal::WrongStage { command: command.code(), stage: "stage-none" });
    };
    let actor = now.actor()?;
    let accusation = *source == Source::Accusation;
    // Accusations are for those who receive them; that much everybody may know.
    access::may(&actor, Action::List, &Thing { sealed: accusation, ..Thing::office() })
        .map_err(|_| Refusal::NotYourRole { action: Action::List })?;
    now.office.unit(*unit).ok_or(Refusal::NoSuchUnit(*unit))?;
    // A section lists its own problems; listing those of others is the campaign office's, the
    // checkers', the receivers' and the discipline post's work.
    let only_handler = [
        Role::GroupHead,
        Role::DeputyInCharge,
        Role::CampaignOffice,
        Role::Checker,
        Role::Discipline,
        Role::Receiver,
        Role::Window,
    ]
    .iter()
    .all(|role| !actor.has(*role));
    if only_handler && !now.office.are_kin(actor.unit, *unit) {
        return Err(Refusal::NotYourRole { action: Action::List });
    }
    Ok(vec![Event::Listed {
        on: now.today,
        campaign: *campaign,
        problem: *problem,
        unit: *unit,
        source: *source,
        marking: *marking,
        accusation,
        title: written(title, "field-title")?,
        detail: fits(detail, "field-detail")?,
    }])
}

pub(super) fn confirm(case: &Case<'_>, note: &Words) -> Judged {
    case.actor_who_may(Action::Steer)?;
    let Stage::Listed = case.stage() else { return Err(case.wrong_stage()) };
    Ok(vec![Event::Confirmed { on: case.now.today, note: fits(note, "field-note")? }])
}

pub(super) fn refute(case: &Case<'_>, reason: &Words) -> Judged {
    case.actor_who_may(Action::Steer)?;
    let Stage::Listed = case.stage() else { return Err(case.wrong_stage()) };
    Ok(vec![Event::Refuted { on: case.now.today, reason: written(reason, "field-reason")? }])
}
