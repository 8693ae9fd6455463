//! The city of the demonstration at work: who does what in this half-day, each after his fate.

use super::cases::Cases;
use super::fate::{ENOUGH, Fate, Target, Until, step};
use super::files::Files;
use super::hours::Act;
use super::text::{Found, Texts, UnitLine};
use crate::dice::Dice;
use crate::people::{checkers_apart_from, handlers_of, holder, named};
use rules::access::Marking;
use rules::calendar::Day;
use rules::ids::{CampaignId, MatterId, PostId};
use rules::matter::{self, Duty, Haves, Matter, Milestone, Proof, Remedy, Source, Stage, Step};
use rules::policy::PauseReason;
use rules::record::{By, Command};
use rules::register::Register;
use rules::signal::ProblemCode;
use std::collections::BTreeMap;

pub(super) const HEAD: &str = "督查科科长";
pub(super) const LEADER: &str = "局党组书记、局长";
const CONFIRMS: [&str; 2] = ["督办岗一", "督办岗二"];
const RECEIVES: [&str; 2] = ["来信来访受理岗", "举报投诉受理岗"];
const VISITS: [&str; 3] = ["核查岗", "政务公开岗", "党务岗"];
const SCREENS: [&str; 2] = ["督办岗二", "基金监督岗二"];

/// A half-day of the campaign.
#[derive(Clone, Copy)]
pub(super) struct Half {
    /// Its number; two a working day.
    pub n: usize,
    pub day: Day,
    /// Working days of the campaign before today.
    pub days: usize,
}

impl Half {
    pub(super) fn afternoon(self) -> bool {
        self.n % 2 == 1
    }
}

/// What an act is to be remembered for.
pub(super) enum Tag {
    /// A told case was listed.
    Case(&'static str),
    /// A matter was listed whose life goes on so.
    Life(Life),
}

/// A matter of the city: its fate, and what is known since it was listed.
#[derive(Clone, Copy)]
pub(super) struct Life {
    pub fate: Fate,
    pub problem: ProblemCode,
    pub owner: PostId,
    /// Nobody acts before this half-day.
    pub ready: usize,
}

/// The city.
pub(super) struct Town {
    pub dice: Dice,
    pub texts: Texts,
    pub files: Files,
    pub cases: Cases,
    pub units: Vec<UnitLine>,
    /// Those still to be listed, the next one last.
    pub fates: Vec<Fate>,
    pub lives: BTreeMap<MatterId, Life>,
    /// The working days of the campaign before today.
    pub days: Vec<Day>,
    pub today: Day,
    pub campaign: CampaignId,
    /// Slips to which somebody objected so far.
    pub objections: usize,
}

type Deed = (By, matter::Command);

impl Town {
    /// Problems that are found in this half-day.
    pub(super) fn listings(&mut self, register: &Register, half: Half) -> Vec<Act<Tag>> {
        let mut acts = Vec::new();
        while let Some(fate) = self.fates.pop_if(|fate| fate.listed <= half.n) {
            acts.extend(self.listing(register, fate, half));
        }
        acts
    }

    fn listing(&mut self, register: &Register, fate: Fate, half: Half) -> Option<Act<Tag>> {
        let Found { problem, unit, source, title, detail } = self.texts.found(&mut self.dice)?;
        let unit = register.office().unit_called(unit)?;
        let handlers = handlers_of(register, unit);
        let most = handlers.first().filter(|_| self.dice.percent(40)).copied();
        let owner = most.or_else(|| self.dice.pick(&handlers).copied());
        // A unit without handlers answers through the office.
        let owner = owner.or_else(|| register.office().post_called(VISITS[1], None))?;
        let finders: &[&str] = match source {
            Source::SelfCheck => &[],
            Source::Citizens | Source::Hotline | Source::Accusation => &RECEIVES,
            Source::Inspection | Source::Audit => &CONFIRMS,
            Source::UnannouncedVisit => &VISITS,
            Source::Screening => &SCREENS,
        };
        let finder = self.dice.pick(finders).and_then(|post| named(register, post, half.day));
        let by = finder.or_else(|| holder(register, owner, half.day))?;
        let command = matter::Command::List {
            campaign: Some(self.campaign),
            problem,
            unit,
            source,
            marking: if self.dice.percent(3) { Marking::WorkSecret } else { Marking::Internal },
            title,
            detail,
        };
        let ready = half.n + fate.pause(0, half.n, &mut self.dice);
        let tag = Some(Tag::Life(Life { fate, problem, owner, ready }));
        Some(Act { by, command: Command::Matter(None, command), tag })
    }

    /// What somebody does about a matter in this half-day.
    pub(super) fn act(
        &mut self,
        register: &Register,
        (id, matter): (MatterId, &Matter),
        half: Half,
    ) -> Option<Act<Tag>> {
        let mut life = *self.lives.get(&id)?;
        if half.n < life.ready {
            return None;
        }
        let done = step(matter);
        let on_the_way = done.is_some_and(|done| done < life.fate.stop) && matter.relapses == 0;
        let deed = if on_the_way {
            self.next(register, (id, matter), life, half)
        } else {
            self.hold(register, matter, life, half)
        };
        let (by, command) = deed?;
        life.ready = half.n
            + match done {
                Some(done) if on_the_way => life.fate.pause(done + 1, half.n, &mut self.dice),
                Some(_) | None => self.dice.between(6, 14),
            };
        self.lives.insert(id, life);
        Some(Act::new(by, Command::Matter(Some(id), command)))
    }

    /// The next step towards the matter's fate.
    fn next(
        &mut self,
        register: &Register,
        (id, matter): (MatterId, &Matter),
        life: Life,
        half: Half,
    ) -> Option<Deed> {
        let d = &mut self.dice;
        let office = |post: &str| named(register, post, half.day);
        match &matter.stage {
            Stage::Listed => {
                let by = office(d.pick(&CONFIRMS)?)?;
                let command = match life.fate.target {
                    Target::Refuted => {
                        matter::Command::Refute { reason: self.texts.any("refute", d) }
                    }
                    _ => matter::Command::Confirm { note: self.texts.any("confirm", d) },
                };
                Some((by, command))
            }
            Stage::Confirmed => self.after_confirming(register, (id, matter), life, half),
            Stage::Returned { proposed, flagged, .. } => {
                let to = if *flagged { life.owner } else { *proposed };
                self.hand_out(register, to, *flagged, life, half)
            }
            Stage::Assigned { duty, .. } => self.at_hand(register, matter, duty, life, half),
            Stage::Accepted { duty, .. } | Stage::Planned { duty } | Stage::Rectifying { duty } => {
                let by = holder(register, duty.owner, half.day)?;
                Some((by, self.work(matter, duty, life, half)))
            }
            Stage::Reported { duty, .. } => {
                let by = office(CONFIRMS[1])?;
                let checkers = self.checkers(register, matter, duty, half.day)?;
                Some((by, matter::Command::NameCheckers { checkers }))
            }
            Stage::UnderCheck { checkers, passed, .. } => {
                let mut by = checkers.iter().filter_map(|post| holder(register, *post, half.day));
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
        register: &Register,
        (id, matter): (MatterId, &Matter),
        life: Life,
        half: Half,
    ) -> Option<Deed> {
        let d = &mut self.dice;
        if life.fate.target == Target::Referred {
            let (body, reason) = (self.texts.any("body", d), self.texts.any("refer", d));
            let by = self.deputy(register, matter, half.day)?;
            return Some((by, matter::Command::Refer { body, reason }));
        }
        let alike = |other: &Matter| {
            other.is_open()
                && !other.sealed
                && other.problem == matter.problem
                && step(other).is_some_and(|step| (2..6).contains(&step))
        };
        let into = register.matters().find(|(other, known)| *other != id && alike(known));
        if let (Target::Merged, Some((into, _))) = (life.fate.target, into) {
            let reason = self.texts.any("merge", d);
            let by = named(register, HEAD, half.day)?;
            return Some((by, matter::Command::Merge { into, reason }));
        }
        self.hand_out(register, life.owner, false, life, half)
    }

    fn hand_out(
        &mut self,
        register: &Register,
        to: PostId,
        designate: bool,
        life: Life,
        half: Half,
    ) -> Option<Deed> {
        let by = named(register, HEAD, half.day)?;
        let checking = *self.dice.pick(&checkers_apart_from(register, to))?;
        let until = match life.fate.until {
            Until::Policy => None,
            Until::Ahead(days) => Some(self.today.plus(days)),
            Until::Half(n) => {
                let beyond = i32::try_from(n.saturating_sub(self.days.len() * 2)).unwrap_or(0);
                Some(self.days.get(n / 2).copied().unwrap_or(self.today.plus(2 + beyond)))
            }
        };
        let until = until.map(|day| working_from(register, day.max(half.day.plus(3))));
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
        register: &Register,
        matter: &Matter,
        duty: &Duty,
        life: Life,
        half: Half,
    ) -> Option<Deed> {
        if life.fate.target == Target::Cancelled {
            let reason = self.texts.any("cancel", &mut self.dice);
            let by = self.deputy(register, matter, half.day)?;
            return Some((by, matter::Command::Cancel { reason }));
        }
        let mates = handlers_of(register, register.office().post(duty.owner)?.unit);
        let mate = mates.into_iter().find(|post| *post != duty.owner);
        if let (true, true, Some(to)) = (life.fate.moves, matter.former_owners.is_empty(), mate) {
            let reason = self.texts.any("transfer", &mut self.dice);
            let by = named(register, HEAD, half.day)?;
            return Some((by, matter::Command::Transfer { to, reason }));
        }
        let by = holder(register, duty.owner, half.day)?;
        if matter.returns >= life.fate.declines || duty.designated {
            return Some((by, matter::Command::Accept));
        }
        let unit = register.office().post(duty.owner)?.unit;
        let others: Vec<PostId> = self
            .units
            .iter()
            .filter_map(|line| register.office().unit_called(line.unit))
            .filter(|other| !register.office().are_kin(*other, unit))
            .filter_map(|other| handlers_of(register, other).first().copied())
            .filter(|post| *post != duty.checking)
            .collect();
        let proposed = *self.dice.pick(&others)?;
        let rule = self.texts.any("decline", &mut self.dice);
        Some((by, matter::Command::Decline { proposed, rule }))
    }

    /// The owner sets a measure, works, and applies for checking.
    fn work(&mut self, matter: &Matter, duty: &Duty, life: Life, half: Half) -> matter::Command {
        let (d, problem) = (&mut self.dice, life.problem);
        match &matter.stage {
            Stage::Accepted { .. } => matter::Command::SetMeasure {
                cause: self.texts.work(problem, "cause", d),
                measure: self.texts.work(problem, "measure", d),
                standard: self.texts.work(problem, "standard", d),
                milestones: milestones(duty, half.day, d),
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
    fn checkers(
        &mut self,
        register: &Register,
        matter: &Matter,
        duty: &Duty,
        day: Day,
    ) -> Option<Vec<PostId>> {
        let unit = |post: PostId| register.office().post(post).map(|post| post.unit);
        let mut others = checkers_apart_from(register, duty.owner);
        let fresh = |post: &PostId| {
            let by = holder(register, *post, day);
            by.is_some_and(|by| !matter.doers.contains(&by.account))
        };
        others.retain(|post| unit(*post) != unit(duty.checking) && fresh(post));
        let second = *self.dice.pick(&others)?;
        Some(vec![duty.checking, second])
    }

    /// What is done about a matter that has come to its fate.
    fn hold(
        &mut self,
        register: &Register,
        matter: &Matter,
        life: Life,
        half: Half,
    ) -> Option<Deed> {
        match &matter.stage {
            Stage::Closed { answers, look, .. } if look.due() <= half.day => {
                let checkers = checkers_apart_from(register, answers.owner);
                let by = holder(register, *self.dice.pick(&checkers)?, half.day)?;
                if matter.doers.contains(&by.account) || matter.relapses > 0 {
                    return None;
                }
                let holds = !life.fate.relapses;
                let d = &mut self.dice;
                let note = match holds {
                    true => self.texts.work(life.problem, "looked", d),
                    false => self.texts.any("relapse", d),
                };
                Some((by, matter::Command::LookBack { holds, note }))
            }
            Stage::Suspended { check_on, .. } if *check_on <= half.day => {
                Some((self.deputy(register, matter, half.day)?, matter::Command::Resume))
            }
            Stage::Rectifying { duty } => self.keep_working(register, matter, duty, life, half),
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
        register: &Register,
        matter: &Matter,
        duty: &Duty,
        life: Life,
        half: Half,
    ) -> Option<Deed> {
        let due = duty.term.due();
        let by_deputy = self.deputy(register, matter, half.day);
        let d = &mut self.dice;
        if life.fate.target == Target::Suspended && half.n < life.fate.arrive + 8 {
            let reason = *d.pick(&PauseReason::ALL)?;
            let days = i32::try_from(d.between(5, 60)).unwrap_or(0);
            let (check_on, note) = (half.day.plus(days), self.texts.any("suspend", d));
            return Some((by_deputy?, matter::Command::Suspend { reason, check_on, note }));
        }
        if life.fate.extends && matter.extensions == 0 && due.since(self.today) < 20 {
            let until = working_from(register, due.max(self.today).plus(14));
            let reason = self.texts.any("extend", d);
            return Some((by_deputy?, matter::Command::Extend { until, reason }));
        }
        let by = holder(register, duty.owner, half.day)?;
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
        let used = half.day.since(duty.term.limit.start) * 100 / span;
        let used = usize::try_from(used).unwrap_or(0);
        let percent = (used + d.below(30)).saturating_sub(8).clamp(duty.percent.into(), 95);
        let note = self.texts.work(life.problem, "progress", d);
        Some((by, matter::Command::Progress { percent: share(percent), note }))
    }

    /// The deputy leader in charge of the unit that a matter is about.
    pub(super) fn deputy(&self, register: &Register, matter: &Matter, day: Day) -> Option<By> {
        let unit = register.office().unit(matter.unit)?.name.text()?;
        let line = self.units.iter().find(|line| line.unit == unit)?;
        named(register, line.deputy, day)
    }
}

/// The first working day from `day` on.
fn working_from(register: &Register, day: Day) -> Day {
    let working = |n: &i32| register.calendar().is_working(day.plus(*n));
    day.plus((0..30).find(working).unwrap_or(0))
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
