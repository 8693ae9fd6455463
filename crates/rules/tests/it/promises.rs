//! What must hold after every step, said again from the raw events by separate code.

use crate::world::World;
use rules::calendar::{Calendar, Day};
use rules::ids::{MatterId, PersonId, PostId};
use rules::matter::{Event, Limit, Milestone, Step, Which};
use rules::policy::Policy;
use rules::record::{self, Entry, Stream};
use rules::register::Register;
use std::collections::BTreeMap;

/// Where the raw events leave a matter, as far as its light needs it.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Quiet,
    BeforeWork,
    Returned,
    Work,
    WithCheckers,
}

#[expect(clippy::struct_excessive_bools, reason = "a recount is plain on purpose")]
/// One matter, recounted from nothing but its events.
#[derive(Clone)]
pub(crate) struct Recount {
    phase: Phase,
    suspended: bool,
    owner: Option<PostId>,
    limit: Option<Limit>,
    first: Option<Day>,
    missed: bool,
    step: Option<(Day, bool)>,
    percent: u8,
    milestones: Vec<Milestone>,
    doers: Vec<PersonId>,
    measured: bool,
    evidence: bool,
    passes: Vec<PersonId>,
    checks_passed: bool,
    since: Option<Day>,
}

impl Recount {
    pub(crate) fn new() -> Self {
        Self {
            phase: Phase::Quiet,
            suspended: false,
            owner: None,
            limit: None,
            first: None,
            missed: false,
            step: None,
            percent: 0,
            milestones: vec![],
            doers: vec![],
            measured: false,
            evidence: false,
            passes: vec![],
            checks_passed: false,
            since: None,
        }
    }

    fn did(&mut self, person: PersonId) {
        self.doers.push(person);
    }

    fn renew(&mut self, limit: Limit) {
        self.limit = Some(limit);
        self.missed = false;
    }

    /// Takes the next event and holds it against the promises. `before` is the office as it was.
    #[expect(clippy::too_many_lines, reason = "one arm for each event: the list is the point")]
    pub(crate) fn take(&mut self, event: &Event, policy: &Policy, on: Day, before: &Register) {
        match event {
            Event::Assigned { to, limit, sign, .. } => {
                let first = *self.first.get_or_insert(limit.due.day);
                assert_eq!(limit.due.first, first, "the first limit of the round is kept");
                self.renew(*limit);
                (self.owner, self.phase) = (Some(*to), Phase::BeforeWork);
                self.step = Some((sign.due.day, false));
                self.percent = 0;
                self.milestones.clear();
            }
            Event::Accepted { doer, plan, .. } => {
                self.did(*doer);
                (self.phase, self.step) = (Phase::BeforeWork, Some((plan.due.day, false)));
            }
            Event::Declined { .. } => (self.owner, self.phase) = (None, Phase::Returned),
            Event::MeasureSet { doer, milestones, .. } => {
                self.did(*doer);
                self.milestones.clone_from(milestones);
                (self.phase, self.measured) = (Phase::Work, true);
            }
            Event::Progressed { doer, percent, .. } => {
                self.did(*doer);
                (self.percent, self.phase) = (*percent, Phase::Work);
            }
            Event::CheckpointKept { doer, next, .. } => {
                self.did(*doer);
                assert_eq!(Some(next.due.first), self.first, "the first limit is kept");
                self.renew(*next);
                self.phase = Phase::Work;
            }
            Event::ReportedDone { doer, .. } | Event::Resubmitted { doer, .. } => {
                assert!(self.measured, "reported done without a measure");
                self.did(*doer);
                (self.phase, self.percent, self.evidence) = (Phase::WithCheckers, 100, true);
                self.passes.clear();
            }
            Event::CheckersNamed { checkers } => {
                let need = usize::from(policy.checkers.value);
                assert!(checkers.len() >= need, "too few checkers are named");
                self.passes.clear();
            }
            Event::Checked { person, post, holds, .. } => {
                self.apart(*person, *post, on, before);
                assert!(!self.passes.contains(person), "one person checked twice");
                if *holds {
                    self.passes.push(*person);
                }
            }
            Event::CheckPassed { .. } => {
                let need = usize::from(policy.checkers.value).max(1);
                assert!(self.passes.len() >= need, "passed with {} checks", self.passes.len());
                self.checks_passed = true;
            }
            Event::SentBack { to, limit, step, .. } => {
                if self.limit != Some(*limit) {
                    self.renew(*limit);
                }
                self.percent = self.percent.min(90);
                (self.evidence, self.checks_passed) = (false, false);
                self.step = step.map(|step| (step.due.day, false));
                self.phase = match to {
                    Step::Sign | Step::Plan => Phase::BeforeWork,
                    Step::Rectify => Phase::Work,
                };
            }
            Event::Closed { person, .. } => {
                assert!(self.evidence, "closed without evidence");
                assert!(self.checks_passed, "closed without a passed check");
                assert!(!self.doers.contains(person), "closed by a doer");
                self.phase = Phase::Quiet;
            }
            Event::LookedBack { person, post, .. } => self.apart(*person, *post, on, before),
            Event::Relapsed { limit, .. } => {
                (self.evidence, self.checks_passed) = (false, false);
                self.first = Some(limit.due.day);
                self.renew(*limit);
                (self.percent, self.phase) = (0, Phase::Work);
                self.milestones.clear();
            }
            Event::Suspended { on, check_on, .. } => {
                assert!(on < check_on, "suspended without a day ahead");
                (self.suspended, self.since) = (true, Some(*on));
            }
            Event::Resumed { limits, .. } => {
                self.suspended = false;
                for prolonged in limits {
                    let nothing = weekend(self.since, on, before);
                    assert!(prolonged.paused > 0 || nothing, "a pause is lost");
                    self.moved(prolonged.which, prolonged.due.day, prolonged.due);
                }
            }
            Event::Extended { limit, .. } => {
                assert_eq!(Some(limit.due.first), self.first, "the first limit is kept");
                self.renew(*limit);
            }
            Event::Transferred { to, sign, .. } | Event::HandedBack { to, sign, .. } => {
                (self.owner, self.phase) = (Some(*to), Phase::BeforeWork);
                self.step = Some((sign.due.day, false));
            }
            Event::MergedInto { .. } | Event::Referred { .. } | Event::Cancelled { .. } => {
                (self.owner, self.phase, self.suspended) = (None, Phase::Quiet, false);
            }
            Event::DueRecomputed { which, due } => self.moved(*which, due.day, *due),
            Event::DeadlineMissed { which, due } => {
                assert!(*due < on, "missed before it passed");
                match which {
                    Which::Rectify => self.missed = true,
                    Which::Sign | Which::Plan | Which::Check | Which::LookBack => {
                        if let Some(step) = &mut self.step {
                            step.1 = true;
                        }
                    }
                }
            }
            Event::Listed { .. }
            | Event::Confirmed { .. }
            | Event::Refuted { .. }
            | Event::ReturnsFlagged { .. }
            | Event::SuspensionLapsed { .. }
            | Event::Recused { .. } => {}
        }
    }

    fn moved(&mut self, which: Which, day: Day, due: rules::matter::Due) {
        match which {
            Which::Rectify => {
                assert_eq!(Some(due.first), self.limit.map(|l| l.due.first), "first is kept");
                if let Some(limit) = &mut self.limit {
                    limit.due = due;
                }
            }
            Which::Sign | Which::Plan | Which::Check | Which::LookBack => {
                if let Some(step) = &mut self.step {
                    step.0 = day;
                }
            }
        }
    }

    /// Whoever judged is no doer, does not hold the owning post, and is of another unit.
    fn apart(&self, person: PersonId, post: PostId, on: Day, before: &Register) {
        assert!(!self.doers.contains(&person), "person {person} checks own work");
        let owner = self.owner.expect("a checked matter has an owner");
        let owning = before.office().post(owner).expect("the owner");
        let checking = before.office().post(post).expect("the checker");
        assert_ne!(owning.unit, checking.unit, "a checker of the owner's unit");
        for known in [owning, checking] {
            let holds = |a: &rules::posts::Appointment| {
                a.from <= on && a.until.is_none_or(|until| on <= until)
            };
            let holder = known.appointments.iter().find(|a| holds(a)).map(|a| a.person);
            if known.unit == owning.unit {
                assert_ne!(holder, Some(person), "the owner checks");
            } else {
                let doer = holder.is_some_and(|holder| self.doers.contains(&holder));
                assert!(!doer, "checked for post {post}, whose holder worked on it");
            }
        }
    }

    /// The light, recounted day by day.
    fn light(&self, today: Day, calendar: &Calendar, policy: &Policy) -> Option<&'static str> {
        if self.suspended {
            return Some("light-grey");
        }
        let limit = self.limit.filter(|_| self.phase != Phase::Quiet)?;
        if self.phase == Phase::WithCheckers {
            return Some(if self.missed { "light-red" } else { "light-green" });
        }
        if self.missed || limit.due.day < today {
            return Some("light-red");
        }
        let working = |from: Day, to: Day| {
            let mut count = 0_i32;
            let mut day = from;
            while day < to {
                day = day.plus(1);
                count += i32::from(calendar.is_working(day));
            }
            count
        };
        let span = working(limit.start, limit.due.day).max(1);
        let used = working(limit.start, today).min(span);
        let behind = match self.phase {
            Phase::BeforeWork => self.step.is_some_and(|(due, missed)| missed || due < today),
            Phase::Work => {
                let lag = used * 100 / span - i32::from(self.percent);
                lag >= i32::from(policy.yellow_points.value)
                    || self.milestones.iter().any(|m| m.day < today && self.percent < m.percent)
            }
            Phase::Quiet | Phase::Returned | Phase::WithCheckers => false,
        };
        if behind {
            return Some("light-yellow");
        }
        let near = i32::from(policy.blue_days.value)
            .max(span * i32::from(policy.blue_percent.value) / 100);
        Some(if span - used <= near { "light-blue" } else { "light-green" })
    }

    /// The register says of this matter what its events say.
    pub(crate) fn agrees(&self, register: &Register, id: MatterId, today: Day) {
        let matter = register.matter(id).expect("the matter");
        let policy = register.policy().expect("a policy");
        assert_eq!(matter.owner(), self.owner, "the owner");
        let light = register.light(id, today).map(rules::light::Light::code);
        assert_eq!(light, self.light(today, register.calendar(), policy), "the light on {today}");
        if let Some(duty) = matter.duty() {
            assert_eq!(Some(duty.term.limit.due.first), self.first, "the first limit");
            assert_eq!(Some(duty.term.limit.due.day), self.limit.map(|l| l.due.day), "the limit");
        }
    }
}

/// Whether no working day lies between the two: then a pause of working days is worth nothing.
fn weekend(since: Option<Day>, on: Day, before: &Register) -> bool {
    let Some(mut day) = since else { return false };
    while day < on {
        day = day.plus(1);
        if before.calendar().is_working(day) {
            return false;
        }
    }
    true
}

/// Every matter recounted from the log of a world.
#[derive(Clone, Default)]
pub(crate) struct Recounts(BTreeMap<MatterId, Recount>);

impl Recounts {
    pub(crate) fn take(&mut self, entries: &[Entry], today: Day, before: &Register) {
        for entry in entries {
            if let (Stream::Matter(id), record::Event::Matter(event)) = (entry.stream, &entry.event)
            {
                let policy = before.policy().expect("a policy");
                self.0.entry(id).or_insert_with(Recount::new).take(event, policy, today, before);
            }
        }
    }

    pub(crate) fn agree(&self, world: &World, today: Day) {
        for (id, recount) in &self.0 {
            recount.agrees(&world.register, *id, today);
        }
    }
}

/// Owner, pauses and first limit of a matter.
type Kept = (Option<PostId>, Option<(u16, Day)>);

/// What a change of people, policy or calendar must leave alone, of every matter.
pub(crate) fn kept(register: &Register) -> Vec<Kept> {
    register
        .matters()
        .map(|(_, matter)| {
            let term = matter.duty().map(|duty| duty.term);
            (matter.owner(), term.map(|term| (term.paused, term.limit.due.first)))
        })
        .collect()
}

/// Destroys every text and every personal value of the log, and folds what is left.
pub(crate) fn erased(log: &[Entry]) -> Register {
    let mut register = Register::default();
    for entry in log {
        let mut leaf = serde_json::to_value(&entry.event).expect("an event");
        strip(&mut leaf);
        let event = record::Event::read(entry.stream, leaf).expect("an erased event");
        register.apply(&Entry { event, ..entry.clone() }).expect("an erased history");
    }
    register
}

fn strip(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            members.remove(rules::text::WORDS_MEMBER);
            members.remove(rules::text::PERSONAL_MEMBER);
            members.values_mut().for_each(strip);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

/// Everything a register holds but texts: stages, days, owners, people, counts, lights.
pub(crate) fn bones(register: &Register, today: Day) -> String {
    let matters: Vec<_> = register
        .matters()
        .map(|(id, matter)| (matter, register.light(id, today), matter.next_day()))
        .collect();
    let slips: Vec<_> = register.slips().collect();
    let posts: Vec<_> = register.office().posts().collect();
    let all = format!("{matters:?}{slips:?}{posts:?}{:?}", register.campaigns());
    all.replace("Words(…)", "Words(erased)").replace("Personal(…)", "Personal(erased)")
}
