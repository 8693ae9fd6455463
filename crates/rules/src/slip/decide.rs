//! Judges commands about a slip.

use super::{Command, Event, Grade, MOST_LINES, Slip, Stage};
use crate::access::{self, Action, Thing};
use crate::circumstances::Circumstances;
use crate::ids::PostId;
use crate::posts::Actor;
use crate::refusal::Refusal;
use alloc::vec;
use alloc::vec::Vec;

/// Judges a command about a slip (`None`: one that is not drafted yet).
pub fn decide(
    slip: Option<&Slip>,
    command: &Command,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(slip) = slip else { return draft(command, now) };
    let on = now.today;
    let wrong = Refusal::WrongStage { command: command.code(), stage: slip.stage.code() };
    let actor = now.actor()?;
    let person = actor.person;
    match (command, &slip.stage) {
        (Command::Sign { reason }, Stage::Drafted) => {
            access::may(&actor, slip.grade.action(), &Thing::office())?;
            let reason = match slip.grade {
                Grade::Red | Grade::Talk => reason.written("field-reason")?,
                Grade::Note | Grade::Urge | Grade::Yellow => reason.clone(),
            };
            let clock = &now.policy()?.objection;
            let objection_due = now.calendar.due(on, clock.length, clock.roll).day;
            Ok(vec![Event::SlipSigned { on, person, objection_due, reason }])
        }
        (Command::Drop { reason }, Stage::Drafted) => {
            access::may(&actor, slip.grade.action(), &Thing::office())?;
            not_own_case(&actor, slip.to, now)?;
            Ok(vec![Event::SlipDropped { on, person, reason: reason.written("field-reason")? }])
        }
        (Command::Object { reason }, Stage::Signed { objection_due, .. }) => {
            let thing = Thing { owner: Some(slip.to), ..Thing::office() };
            access::may(&actor, Action::Own, &thing)?;
            if *objection_due < on {
                return Err(Refusal::ObjectionTooLate { due: *objection_due });
            }
            Ok(vec![Event::SlipObjected { on, person, reason: reason.written("field-reason")? }])
        }
        (Command::Decide { upheld, reason }, Stage::Objected { signer }) => {
            access::may(&actor, slip.grade.action(), &Thing::office())?;
            if *signer == person {
                return Err(Refusal::SignerDecides);
            }
            not_own_case(&actor, slip.to, now)?;
            let (upheld, reason) = (*upheld, reason.written("field-reason")?);
            Ok(vec![Event::ObjectionDecided { on, person, upheld, reason }])
        }
        (
            Command::Draft { .. }
            | Command::Sign { .. }
            | Command::Drop { .. }
            | Command::Object { .. }
            | Command::Decide { .. },
            Stage::Drafted
            | Stage::Dropped
            | Stage::Signed { .. }
            | Stage::Objected { .. }
            | Stage::Decided { .. },
        ) => Err(wrong),
    }
}

/// Nobody drops a slip to his own post, or decides on its objection: not from it, not from
/// another post that he holds.
fn not_own_case(actor: &Actor<'_>, to: PostId, now: Circumstances<'_>) -> Result<(), Refusal> {
    let holder = now.office.post(to).and_then(|post| post.holder(now.today));
    if actor.acts_as() == to || actor.post == to || holder == Some(actor.person) {
        return Err(Refusal::ApproverIsDoer { post: to });
    }
    Ok(())
}

fn draft(command: &Command, now: Circumstances<'_>) -> Result<Vec<Event>, Refusal> {
    let Command::Draft { grade, to, lines } = command else {
        return Err(Refusal::WrongStage { command: command.code(), stage: "stage-none" });
    };
    now.must_be_system()?;
    now.office.post(*to).ok_or(Refusal::NoSuchPost(*to))?;
    if lines.is_empty() {
        return Err(Refusal::NothingToDo);
    }
    if lines.len() > MOST_LINES {
        return Err(Refusal::TooMany { field: "field-matters", most: 200 });
    }
    let (on, grade, to, lines) = (now.today, *grade, *to, lines.clone());
    Ok(vec![Event::SlipDrafted { on, grade, to, lines }])
}
