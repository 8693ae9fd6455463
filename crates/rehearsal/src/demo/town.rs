//! The city of the demonstration at work: who does what in this half-day, each after his fate.

use super::cases::Cases;
use super::fate::{Fate, step};
use super::files::Files;
use super::hours::Act;
use super::text::{Found, Texts, UnitLine};
use crate::dice::Dice;
use crate::people::{handlers_of, holder, named};
use rules::access::Marking;
use rules::calendar::Day;
use rules::ids::{CampaignId, MatterId, PostId, UnitId};
use rules::matter::{self, Matter, Source};
use rules::record::{By, Command};
use rules::register::Register;
use rules::signal::ProblemCode;
use std::collections::BTreeMap;

pub(super) const HEAD: &str = "督查科科长";
pub(super) const LEADER: &str = "局党组书记、局长";
pub(super) const CONFIRMS: [&str; 2] = ["督办岗一", "督办岗二"];
const RECEIVES: [&str; 2] = ["来信来访受理岗", "举报投诉受理岗"];
pub(super) const VISITS: [&str; 3] = ["核查岗", "政务公开岗", "党务岗"];
const SCREENS: [&str; 2] = ["督办岗二", "基金监督岗二"];
/// This post has the case of the red slip. Other slips would use up what it may get in a week.
const TOLD: &str = "支队长";

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

/// What somebody sees when he acts: the register as it was when the half-day began.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub register: &'a Register,
    pub half: Half,
}

impl Scene<'_> {
    pub(super) fn holder(self, post: PostId) -> Option<By> {
        holder(self.register, post, self.half.day)
    }

    /// Posts of a unit that handle its business, but for the one that is told of.
    pub(super) fn handlers_of(self, unit: UnitId) -> Vec<PostId> {
        let told = self.register.office().post_called(TOLD, None);
        let mut handlers = handlers_of(self.register, unit);
        handlers.retain(|post| Some(*post) != told);
        handlers
    }

    pub(super) fn named(self, post: &str) -> Option<By> {
        named(self.register, post, self.half.day)
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

/// Who does what.
pub(super) type Deed = (By, matter::Command);

impl Town {
    /// Problems that are found in this half-day.
    pub(super) fn listings(&mut self, scene: Scene<'_>) -> Vec<Act<Tag>> {
        let mut acts = Vec::new();
        while let Some(fate) = self.fates.pop_if(|fate| fate.listed <= scene.half.n) {
            acts.extend(self.listing(scene, fate));
        }
        acts
    }

    fn listing(&mut self, scene: Scene<'_>, fate: Fate) -> Option<Act<Tag>> {
        let Found { problem, unit, source, title, detail } = self.texts.found(&mut self.dice)?;
        let unit = scene.register.office().unit_called(unit)?;
        let handlers = scene.handlers_of(unit);
        let most = handlers.first().filter(|_| self.dice.percent(40)).copied();
        let owner = most.or_else(|| self.dice.pick(&handlers).copied());
        // A unit without handlers answers through the office.
        let owner = owner.or_else(|| scene.register.office().post_called(VISITS[1], None))?;
        let finders: &[&str] = match source {
            Source::SelfCheck => &[],
            Source::Citizens | Source::Hotline | Source::Accusation => &RECEIVES,
            Source::Inspection | Source::Audit => &CONFIRMS,
            Source::UnannouncedVisit => &VISITS,
            Source::Screening => &SCREENS,
        };
        let finder = self.dice.pick(finders).and_then(|post| scene.named(post));
        let by = finder.or_else(|| scene.holder(owner))?;
        // Few checkers may see a work secret, so those of this city are not at that step yet.
        let secret = fate.stop < 7 && self.dice.percent(6);
        let command = matter::Command::List {
            campaign: Some(self.campaign),
            problem,
            unit,
            source,
            marking: if secret { Marking::WorkSecret } else { Marking::Internal },
            title,
            detail,
        };
        let ready = scene.half.n + fate.pause(0, scene.half.n, &mut self.dice);
        let tag = Some(Tag::Life(Life { fate, problem, owner, ready }));
        Some(Act { by, command: Command::Matter(None, command), tag })
    }

    /// What somebody does about a matter in this half-day.
    pub(super) fn act(
        &mut self,
        scene: Scene<'_>,
        (id, matter): (MatterId, &Matter),
    ) -> Option<Act<Tag>> {
        let mut life = *self.lives.get(&id)?;
        if scene.half.n < life.ready {
            return None;
        }
        let done = step(matter);
        let on_the_way = done.is_some_and(|done| done < life.fate.stop) && matter.relapses == 0;
        let deed = if on_the_way {
            self.next(scene, (id, matter), life)
        } else {
            self.hold(scene, matter, life)
        };
        let (by, command) = deed?;
        life.ready = scene.half.n
            + match done {
                Some(done) if on_the_way => life.fate.pause(done + 1, scene.half.n, &mut self.dice),
                Some(_) | None => self.dice.between(4, 10),
            };
        self.lives.insert(id, life);
        Some(Act::new(by, Command::Matter(Some(id), command)))
    }

    /// The deputy leader in charge of the unit that a matter is about.
    pub(super) fn deputy(&self, scene: Scene<'_>, matter: &Matter) -> Option<By> {
        let unit = scene.register.office().unit(matter.unit)?.name.text()?;
        let line = self.units.iter().find(|line| line.unit == unit)?;
        scene.named(line.deputy)
    }
}

/// The first working day from `day` on.
pub(super) fn working_from(register: &Register, day: Day) -> Day {
    let working = |n: &i32| register.calendar().is_working(day.plus(*n));
    day.plus((0..30).find(working).unwrap_or(0))
}
