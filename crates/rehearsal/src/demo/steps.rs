//! The next step of a matter on its way: the office hands out, owners sign, checkers look.

use super::fate::{Target, Until, step};
use super::town::{CONFIRMS, Deed, HEAD, Life, Scene, Town, working_from};
use crate::people::checkers_apart_from;
use rules::ids::{MatterId, PostId};
use rules::matter::{self, Duty, Haves, Matter, Stage, Step};

impl Town {
    /// The next step towards the matter's fate.
    pub(super) fn next(
        &mut self,
        scene: Scene<'_>,
        (id, matter): (MatterId, &Matter),
        life: Life,
    ) -> Option<Deed> {
        let d = &mut self.dice;
        let office = |post: &str| scene.named(post);
        match &matter.stage {
            Stage::Listed => {
                let by = office(d.pick(&CONFIRMS)?)?;
                let command = if life.fate.target == Target::Refuted {
                    matter::Command::Refute { reason: self.texts.any("refute", d) }
                } else {
                    matter::Command::Confirm { note: self.texts.any("confirm", d) }
                };
                Some((by, command))
            }
            Stage::Confirmed => self.after_confirming(scene, (id, matter), life),
            Stage::Returned { .. } if life.fate.target == Target::Returned => None,
            Stage::Returned { proposed, flagged, .. } => {
                let to = if *flagged { life.owner } else { *proposed };
                self.hand_out(scene, to, *flagged, life)
            }
            Stage::Assigned { duty, .. } => self.at_hand(scene, matter, duty, life),
            Stage::Accepted { duty, .. } | Stage::Planned { duty } | Stage::Rectifying { duty } => {
                let by = scene.holder(duty.owner)?;
                Some((by, self.work(matter, duty, life, scene.half.day)))
            }
            Stage::Reported { duty, .. } => {
                let by = office(CONFIRMS[1])?;
                let checkers = self.checkers(scene, matter, duty)?;
                Some((by, matter::Command::NameCheckers { checkers }))
            }
            Stage::UnderCheck { checkers, passed, .. } => {
                let mut by = checkers.iter().filter_map(|post| scene.holder(*post));
                let by = by.find(|by| !passed.contains(&by.account))?;
                let holds = !(life.fate.fails && matter.sent_back == 0);
                let kind = if holds { "passed" } else { "failed" };
                let findings = self.texts.work(life.problem, kind, d);
                let (back_to, straight) = (Step::Rectify, d.percent(60));
                Some((by, matter::Command::Check { holds, findings, back_to, straight }))
            }
            Stage::Passed { .. } => {
                let note = self.texts.any("close", d);
                Some((office(HEAD)?, matter::Command::Close { note }))
            }
            Stage::Closed { .. }
            | Stage::NotUpheld
            | Stage::Consolidated { .. }
            | Stage::Suspended { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => None,
        }
    }

    /// A confirmed matter is handed out, or goes another way.
    fn after_confirming(
        &mut self,
        scene: Scene<'_>,
        (id, matter): (MatterId, &Matter),
        life: Life,
    ) -> Option<Deed> {
        let d = &mut self.dice;
        if life.fate.target == Target::Referred {
            let (body, reason) = (self.texts.any("body", d), self.texts.any("refer", d));
            let by = self.deputy(scene, matter)?;
            return Some((by, matter::Command::Refer { body, reason }));
        }
        let alike = |other: &Matter| {
            other.is_open()
                && !other.sealed
                && other.problem == matter.problem
                && step(other).is_some_and(|step| (2..6).contains(&step))
        };
        let into = scene.register.matters().find(|(other, known)| *other != id && alike(known));
        if let (Target::Merged, Some((into, _))) = (life.fate.target, into) {
            let reason = self.texts.any("merge", d);
            let by = scene.named(HEAD)?;
            return Some((by, matter::Command::Merge { into, reason }));
        }
        self.hand_out(scene, life.owner, false, life)
    }

    fn hand_out(
        &mut self,
        scene: Scene<'_>,
        to: PostId,
        designate: bool,
        life: Life,
    ) -> Option<Deed> {
        let by = scene.named(HEAD)?;
        let checking = *self.dice.pick(&checkers_apart_from(scene.register, to))?;
        let until = match life.fate.until {
            Until::Policy => None,
            Until::Ahead(days) => Some(self.today.plus(days)),
            Until::Half(n) => {
                let beyond = i32::try_from(n.saturating_sub(self.days.len() * 2)).unwrap_or(0);
                Some(self.days.get(n / 2).copied().unwrap_or(self.today.plus(2 + beyond)))
            }
        };
        let until = until.map(|day| working_from(scene.register, day.max(scene.half.day.plus(3))));
        let (d, problem) = (&mut self.dice, life.problem);
        let haves = Haves {
            rule: self.texts.work(problem, "rule", d),
            procedure: self.texts.any("procedure", d),
            standard: self.texts.work(problem, "standard", d),
            checking,
            evidence: self.texts.any("evidence", d),
        };
        let remedy = life.fate.remedy;
        Some((by, matter::Command::Assign { to, remedy, until, haves, designate }))
    }

    /// The owner signs for it, or says that it is not his.
    fn at_hand(
        &mut self,
        scene: Scene<'_>,
        matter: &Matter,
        duty: &Duty,
        life: Life,
    ) -> Option<Deed> {
        if life.fate.target == Target::Cancelled {
            let reason = self.texts.any("cancel", &mut self.dice);
            let by = self.deputy(scene, matter)?;
            return Some((by, matter::Command::Cancel { reason }));
        }
        let mates = scene.handlers_of(scene.register.office().post(duty.owner)?.unit);
        let mate = mates.into_iter().find(|post| *post != duty.owner);
        if let (true, true, Some(to)) = (life.fate.moves, matter.former_owners.is_empty(), mate) {
            let reason = self.texts.any("transfer", &mut self.dice);
            let by = scene.named(HEAD)?;
            return Some((by, matter::Command::Transfer { to, reason }));
        }
        let by = scene.holder(duty.owner)?;
        if matter.returns >= life.fate.declines || duty.designated {
            return Some((by, matter::Command::Accept));
        }
        let unit = scene.register.office().post(duty.owner)?.unit;
        let others: Vec<PostId> = self
            .units
            .iter()
            .filter_map(|line| scene.register.office().unit_called(line.unit))
            .filter(|other| !scene.register.office().are_kin(*other, unit))
            .filter_map(|other| scene.handlers_of(other).first().copied())
            .filter(|post| *post != duty.checking)
            .collect();
        let proposed = *self.dice.pick(&others)?;
        let rule = self.texts.any("decline", &mut self.dice);
        Some((by, matter::Command::Decline { proposed, rule }))
    }
}
