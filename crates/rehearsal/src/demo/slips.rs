//! Slips of the demonstration: signed or dropped by people, objected to by some.

use super::hours::Act;
use super::town::{HEAD, LEADER, Scene, Tag, Town};
use rules::ids::SlipId;
use rules::record::Command;
use rules::slip::{self, Grade, Slip};

/// Half-days before today in which drafts stay on the table.
const UNSIGNED: usize = 5;
/// The first objection is decided; the second waits.
const OBJECTIONS: usize = 2;

impl Town {
    /// What is done about a slip in this half-day.
    pub(super) fn slip(
        &mut self,
        scene: Scene<'_>,
        (id, slip): (SlipId, &Slip),
    ) -> Option<Act<Tag>> {
        let half = scene.half;
        let left = half.days * 2 - half.n;
        let d = &mut self.dice;
        let (by, command) = match &slip.stage {
            slip::Stage::Drafted => {
                let grave = matches!(slip.grade, Grade::Red | Grade::Talk);
                // A talk is the leader's to think over.
                let waits = slip.grade == Grade::Talk || (left <= UNSIGNED && !grave);
                if waits || !(grave || d.percent(60)) {
                    return None;
                }
                let by = scene.named(if grave { LEADER } else { HEAD })?;
                let command = if !grave && d.percent(7) {
                    slip::Command::Drop { reason: self.texts.any("drop", d) }
                } else {
                    let kind = if grave { "red" } else { "sign" };
                    slip::Command::Sign { reason: self.texts.any(kind, d) }
                };
                (by, command)
            }
            slip::Stage::Signed { objection_due, .. } => {
                // One in the middle of the campaign, and one that nobody has decided yet.
                let when = if self.objections == 0 { left <= half.days } else { left <= 6 };
                let may = half.day <= *objection_due && self.objections < OBJECTIONS;
                if !when || !may || ![Grade::Urge, Grade::Yellow].contains(&slip.grade) {
                    return None;
                }
                self.objections += 1;
                let by = scene.holder(slip.to)?;
                (by, slip::Command::Object { reason: self.texts.any("object", d) })
            }
            slip::Stage::Objected { .. } if left > 6 => {
                let deputy = self.units.iter().map(|line| line.deputy).find(|name| *name != LEADER);
                let by = scene.named(deputy?)?;
                let reason = self.texts.any("upheld", d);
                (by, slip::Command::Decide { upheld: true, reason })
            }
            slip::Stage::Objected { .. } | slip::Stage::Dropped | slip::Stage::Decided { .. } => {
                return None;
            }
        };
        Some(Act::new(by, Command::Slip(Some(id), command)))
    }
}
