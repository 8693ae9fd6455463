//! Applies what happened to a slip. Judges nothing.

use super::{Event, Slip, Stage};
use crate::refusal::BrokenHistory;

/// Applies one event (`None`: the slip is not drafted yet).
pub fn evolve(before: Option<Slip>, event: &Event) -> Result<Slip, BrokenHistory> {
    let Some(mut slip) = before else {
        let Event::SlipDrafted { on, grade, to, lines } = event else {
            return Err(BrokenHistory::at("stage-none", tag(event)));
        };
        let (lines, stage) = (lines.clone(), Stage::Drafted);
        return Ok(Slip { grade: *grade, to: *to, drafted_on: *on, lines, stage });
    };
    slip.stage = match (event, &slip.stage) {
        (Event::SlipSigned { on, person, objection_due, .. }, Stage::Drafted) => {
            Stage::Signed { by: *person, on: *on, objection_due: *objection_due }
        }
        (Event::SlipDropped { .. }, Stage::Drafted) => Stage::Dropped,
        (Event::SlipObjected { .. }, Stage::Signed { by, .. }) => Stage::Objected { signer: *by },
        (Event::ObjectionDecided { upheld, .. }, Stage::Objected { .. }) => {
            Stage::Decided { upheld: *upheld }
        }
        (_, stage) => return Err(BrokenHistory::at(stage.code(), tag(event))),
    };
    Ok(slip)
}

fn tag(event: &Event) -> &'static str {
    match event {
        Event::SlipDrafted { .. } => "slip_drafted",
        Event::SlipSigned { .. } => "slip_signed",
        Event::SlipDropped { .. } => "slip_dropped",
        Event::SlipObjected { .. } => "slip_objected",
        Event::ObjectionDecided { .. } => "objection_decided",
    }
}
