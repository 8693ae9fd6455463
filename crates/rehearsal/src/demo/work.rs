//! What owners do about a matter, and what is done about one that has come to its fate.

use super::fate::{ENOUGH, Target};
use super::town::{Deed, Life, Scene, Town, working_from};
use crate::dice::Dice;
use crate::people::checkers_apart_from;
use rules::calendar::Day;
use rules::ids::PostId;
use rules::matter::{self, Duty, Matter, Milestone, Proof, Remedy, Stage};
use rules::policy::PauseReason;
use rules::signal::ProblemCode;

impl Town {
    /// The owner sets a measure, works, and applies for checking.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the caller chose the stages")]
    pub(super) fn work(
        &mut self,
        matter: &Matter,
        duty: &Duty,
        life: Life,
        today: Day,
    ) -> matter::Command {
        let (d, problem) = (&mut self.dice, life.problem);
        match &matter.stage {
            Stage::Accepted { .. } => matter::Command::SetMeasure {
                cause: self.texts.work(problem, "cause", d),
                measure: self.texts.work(problem, "measure", d),
                standard: self.texts.work(problem, "standard", d),
                milestones: milestones(duty, today, d),
            },
            Stage::Rectifying { .. } if duty.percent >= ENOUGH => {
                let straight = matter.reminder.as_ref().and_then(|it| it.straight_to.as_ref());
                if straight.is_some() {
                    let note = self.texts.any("again", d);
                    return matter::Command::Resubmit { proof: self.proof(problem, false), note };
                }
                let note = self.texts.any("done", d);
                let more = if d.percent(35) { vec![self.proof(problem, true)] } else { vec![] };
                let standing = duty.remedy == Remedy::Standing;
                matter::Command::ReportDone {
                    proof: self.proof(problem, false),
                    more,
                    mechanism: standing.then(|| self.record("mechanism")),
                    note,
                }
            }
            // Planned or at work; the caller chose the stages.
            _ => {
                let at_work = matches!(matter.stage, Stage::Rectifying { .. });
                let percent = if at_work { d.between(60, 100) } else { d.between(20, 55) };
                let note = self.texts.work(problem, "progress", d);
                matter::Command::Progress { percent: share(percent), note }
            }
        }
    }

    /// A kept file where there is one left, else a record of a business system.
    fn proof(&mut self, problem: ProblemCode, file: bool) -> Proof {
        if (file || self.dice.percent(35))
            && let Some(proof) = self.files.take(problem)
        {
            return proof;
        }
        self.record("reference")
    }

    fn record(&mut self, kind: &'static str) -> Proof {
        let system = self.texts.any("system", &mut self.dice);
        Proof::Record { system, reference: self.texts.any(kind, &mut self.dice) }
    }

    /// The checking post named when it was handed out, and one of a third unit.
    pub(super) fn checkers(
        &mut self,
        scene: Scene<'_>,
        matter: &Matter,
        duty: &Duty,
    ) -> Option<Vec<PostId>> {
        let unit = |post: PostId| scene.register.office().post(post).map(|post| post.unit);
        let mut others = checkers_apart_from(scene.register, duty.owner);
        let fresh = |post: &PostId| {
            let by = scene.holder(*post);
            by.is_some_and(|by| !matter.doers.contains(&by.account))
        };
        others.retain(|post| unit(*post) != unit(duty.checking) && fresh(post));
        let second = *self.dice.pick(&others)?;
        Some(vec![duty.checking, second])
    }

    /// What is done about a matter that has come to its fate.
    pub(super) fn hold(&mut self, scene: Scene<'_>, matter: &Matter, life: Life) -> Option<Deed> {
        match &matter.stage {
            Stage::Closed { answers, look, .. } if look.due() <= scene.half.day => {
                let checkers = checkers_apart_from(scene.register, answers.owner);
                let by = scene.holder(*self.dice.pick(&checkers)?)?;
                if matter.doers.contains(&by.account) || matter.relapses > 0 {
                    return None;
                }
                let holds = !life.fate.relapses;
                let d = &mut self.dice;
                let note = if holds {
                    self.texts.work(life.problem, "looked", d)
                } else {
                    self.texts.any("relapse", d)
                };
                Some((by, matter::Command::LookBack { holds, note }))
            }
            Stage::Suspended { check_on, .. } if *check_on <= scene.half.day => {
                Some((self.deputy(scene, matter)?, matter::Command::Resume))
            }
            Stage::Rectifying { duty } => self.keep_working(scene, matter, duty, life),
            Stage::Listed
            | Stage::NotUpheld
            | Stage::Confirmed
            | Stage::Assigned { .. }
            | Stage::Returned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Reported { .. }
            | Stage::UnderCheck { .. }
            | Stage::Passed { .. }
            | Stage::Closed { .. }
            | Stage::Consolidated { .. }
            | Stage::Suspended { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => None,
        }
    }

    fn keep_working(
        &mut self,
        scene: Scene<'_>,
        matter: &Matter,
        duty: &Duty,
        life: Life,
    ) -> Option<Deed> {
        let due = duty.term.due();
        let by_deputy = self.deputy(scene, matter);
        let d = &mut self.dice;
        if life.fate.target == Target::Suspended && scene.half.n < life.fate.arrive + 8 {
            let reason = *d.pick(&PauseReason::ALL)?;
            let days = i32::try_from(d.between(5, 60)).unwrap_or(0);
            let (check_on, note) = (scene.half.day.plus(days), self.texts.any("suspend", d));
            return Some((by_deputy?, matter::Command::Suspend { reason, check_on, note }));
        }
        if life.fate.extends && matter.extensions == 0 && due.since(self.today) < 30 {
            let until = working_from(scene.register, due.max(self.today).plus(14));
            let reason = self.texts.any("extend", d);
            return Some((by_deputy?, matter::Command::Extend { until, reason }));
        }
        let by = scene.holder(duty.owner)?;
        if life.fate.target == Target::Overdue {
            let note = self.texts.any("slow", d);
            return Some((by, matter::Command::Progress { percent: duty.percent, note }));
        }
        if duty.remedy == Remedy::Standing && duty.percent >= ENOUGH {
            let proof = self.record("reference");
            return Some((by, matter::Command::KeepCheckpoint { proof }));
        }
        // Most keep pace with their limit; some fall behind and will shine yellow.
        let span = due.since(duty.term.limit.start).max(1);
        let used = scene.half.day.since(duty.term.limit.start) * 100 / span;
        let used = usize::try_from(used).unwrap_or(0);
        let ahead = if due.since(self.today) < 6 { 16 } else { 0 };
        let percent = (used + ahead + d.below(28)).saturating_sub(8);
        let percent = percent.clamp(duty.percent.into(), 95.max(duty.percent.into()));
        let note = self.texts.work(life.problem, "progress", d);
        Some((by, matter::Command::Progress { percent: share(percent), note }))
    }
}

fn share(percent: usize) -> u8 {
    u8::try_from(percent.min(100)).unwrap_or(100)
}

/// Some measures say how far they will be half-way.
fn milestones(duty: &Duty, today: Day, dice: &mut Dice) -> Vec<Milestone> {
    let due = duty.term.due();
    let span = due.since(today);
    if span < 8 || !dice.percent(45) {
        return Vec::new();
    }
    let half = Milestone { day: today.plus(span / 2), percent: share(dice.between(3, 6) * 10) };
    vec![half, Milestone { day: due, percent: 100 }]
}
