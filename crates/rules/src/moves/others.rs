//! What may be begun, and what may be done with slips and campaigns.

use super::sample;
use crate::access::Marking;
use crate::calendar::Day;
use crate::campaign::{self, Authority, Draft};
use crate::ids::{CampaignId, EvidenceId, SlipId};
use crate::matter::{self, Proof, Source};
use crate::record::{self, Command, Now};
use crate::register::Register;
use crate::signal::ProblemCode;
use crate::slip;
use alloc::vec;
use alloc::vec::Vec;

fn accepts(register: &Register, command: &Command, now: &Now) -> bool {
    record::decide(register, command, now).is_ok()
}

/// Whether the actor may list a matter at all (查摆).
pub fn opening(register: &Register, now: &Now) -> bool {
    Source::ALL.into_iter().any(|source| opening_from(register, source, now))
}

/// Whether the actor may list a matter of his own unit that was found in this way; an accusation
/// only whoever receives them.
pub fn opening_from(register: &Register, source: Source, now: &Now) -> bool {
    let Ok(actor) = register.office().actor(now.by, now.today) else { return false };
    ProblemCode::all().next().is_some_and(|problem| {
        let list = matter::Command::List {
            campaign: None,
            problem,
            unit: actor.unit,
            source,
            marking: Marking::Internal,
            title: sample(),
            detail: sample(),
        };
        accepts(register, &Command::Matter(None, list), now)
    })
}

/// The codes of what the actor may do with a slip: sign, drop, object, decide.
pub fn slip_moves(register: &Register, id: SlipId, now: &Now) -> Vec<&'static str> {
    use slip::Command::{Decide, Drop, Object, Sign};
    let commands = [
        Sign { reason: sample() },
        Drop { reason: sample() },
        Object { reason: sample() },
        Decide { upheld: true, reason: sample() },
    ];
    let codes = commands.into_iter().filter_map(|command| {
        let code = command.code();
        accepts(register, &Command::Slip(Some(id), command), now).then_some(code)
    });
    codes.collect()
}

/// Whether the actor may adopt a plan.
pub fn adopting(register: &Register, now: &Now) -> bool {
    let draft = Draft {
        title: sample(),
        authority: Authority::Internal,
        plan: Proof::Kept { id: EvidenceId([0; 32]), plain: sample() },
        from: now.today,
        until: None,
        objects: vec![],
        problems: vec![],
        tasks: vec![],
        stages: vec![],
        seats: vec![],
        overlap_reason: Some(sample()),
    };
    let adopt = campaign::Command::Adopt { draft };
    accepts(register, &Command::Campaign(None, adopt), now)
}

/// The codes of what the actor may do with a campaign.
pub fn campaign_moves(register: &Register, id: CampaignId, now: &Now) -> Vec<&'static str> {
    use campaign::Command::{
        ChangeScope, Close, CloseSelfCheck, OpenSelfCheck, Report, ReportNone,
    };
    let mut commands = vec![
        OpenSelfCheck { due: Day::LAST },
        CloseSelfCheck,
        ChangeScope { objects: vec![], reason: sample() },
        Close { note: sample() },
    ];
    // A unit's answer: of whichever unit the actor may answer for and that has not answered.
    for (unit, _) in register.office().units() {
        commands.push(Report { unit, problems: ProblemCode::all().collect(), note: sample() });
        commands.push(ReportNone { unit, reason: sample() });
    }
    let mut codes = vec![];
    for command in commands {
        let code = command.code();
        if !codes.contains(&code) && accepts(register, &Command::Campaign(Some(id), command), now) {
            codes.push(code);
        }
    }
    codes
}
