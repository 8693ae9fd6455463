//! What lists ask of a matter, small enough to look at all of them.

use super::cursor::Key;
use super::{Sort, Standing};
use crate::access::{Marking, Thing};
use crate::basis::Basis;
use crate::calendar::Day;
use crate::ids::{CampaignId, MatterId, PostId, UnitId};
use crate::light::{Light, Outlook, outlook};
use crate::matter::{Matter, Remedy, Source, Stage};
use crate::signal::ProblemCode;

/// One matter in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(super) unit: UnitId,
    pub(super) owner: Option<PostId>,
    pub(super) campaign: Option<CampaignId>,
    pub(super) due: Option<Day>,
    /// The day of the last event.
    pub(crate) changed: Day,
    pub(super) outlook: Outlook,
    pub(super) problem: ProblemCode,
    pub(super) source: Source,
    pub(super) remedy: Option<Remedy>,
    pub(super) place: Place,
    pub(super) class: Class,
}

/// How widely a matter may be known, apart from who owns it, where it belongs, and who must keep
/// out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Plain,
    /// 工作秘密
    Secret,
    /// 检举控告
    Sealed,
    SealedSecret,
}

impl Class {
    pub(crate) const ALL: [Class; 4] =
        [Self::Plain, Self::Secret, Self::Sealed, Self::SealedSecret];

    pub(crate) fn of(matter: &Matter) -> Self {
        match (matter.sealed, matter.marking == Marking::WorkSecret) {
            (false, false) => Self::Plain,
            (false, true) => Self::Secret,
            (true, false) => Self::Sealed,
            (true, true) => Self::SealedSecret,
        }
    }

    /// A matter of this class that is nobody's and of nowhere: whoever sees it sees them all,
    /// unless he must keep out of one.
    pub(crate) fn thing(self) -> Thing {
        let secret = matches!(self, Self::Secret | Self::SealedSecret);
        let marking = if secret { Marking::WorkSecret } else { Marking::Internal };
        Thing { marking, sealed: self.is_sealed(), ..Thing::office() }
    }

    pub(super) fn is_sealed(self) -> bool {
        matches!(self, Self::Sealed | Self::SealedSecret)
    }
}

/// A stage, as its place in [`Stage::CODES`], with what it alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) stage: u8,
    pub(super) settled: Option<Standing>,
}

impl Row {
    pub(super) fn of(matter: &Matter, changed: Day, basis: &Basis) -> Self {
        let remedy = matter.remedy();
        let stage = place_of(matter.stage.code()).unwrap_or(0);
        Self {
            unit: matter.unit,
            owner: matter.owner(),
            campaign: matter.campaign,
            due: matter.duty().map(|duty| duty.term.due()),
            changed,
            outlook: outlook_of(&matter.stage, basis),
            problem: matter.problem,
            source: matter.source,
            remedy,
            place: Place { stage, settled: Standing::settled(&matter.stage) },
            class: Class::of(matter),
        }
    }

    pub(super) fn light(&self, today: Day) -> Option<Light> {
        self.outlook.on(today)
    }

    pub(super) fn standing(&self, today: Day) -> Standing {
        self.place.standing(&self.outlook, today)
    }

    /// Its place in an order.
    pub(super) fn key(&self, id: MatterId, sort: Sort, descending: bool, today: Day) -> Key {
        let day = |day: Day| i64::from(day.number());
        let [mut a, mut b, mut c] = match sort {
            Sort::Urgency => urgency(self.standing(today), self.due, &self.coarse()),
            Sort::Number => [0, 0, 0],
            Sort::Problem => [place_in(ProblemCode::all(), self.problem), 0, 0],
            Sort::Unit => [i64::from(self.unit.0), 0, 0],
            Sort::Stage => by_stage(self.place),
            Sort::Due => by_due(self.due),
            Sort::Changed => [day(self.changed), 0, 0],
        };
        let mut d = i64::from(id.0);
        if descending {
            (b, c, d) = (-b, -c, -d);
            if sort != Sort::Due {
                a = -a;
            }
        }
        [a, b, c, d]
    }

    /// As much of its outlook as its standing depends on.
    pub(super) fn coarse(&self) -> Outlook {
        match (self.place.settled, self.outlook) {
            (Some(_), _) => Outlook::Dark,
            (None, Outlook::Turns(turns)) => {
                let blue = [turns.blue, turns.yellow].into_iter().flatten().min();
                Outlook::Turns(crate::light::Turns { blue, yellow: None, red: turns.red })
            }
            (None, outlook @ (Outlook::Dark | Outlook::Grey)) => outlook,
        }
    }
}

impl Place {
    pub(super) fn standing(self, outlook: &Outlook, today: Day) -> Standing {
        self.settled.unwrap_or_else(|| Standing::by_light(outlook.on(today)))
    }
}

pub(super) fn outlook_of(stage: &Stage, basis: &Basis) -> Outlook {
    match basis.policy.as_deref() {
        Some(policy) => outlook(stage, &basis.calendar, policy),
        None => Outlook::Dark,
    }
}

/// The place of a code in [`Stage::CODES`].
pub(super) fn place_of(code: &str) -> Option<u8> {
    let place = Stage::CODES.iter().position(|known| *known == code)?;
    u8::try_from(place).ok()
}

fn place_in(mut all: impl Iterator<Item = ProblemCode>, one: ProblemCode) -> i64 {
    let place = all.position(|known| known == one);
    place.and_then(|place| i64::try_from(place).ok()).unwrap_or(0)
}

/// The order of [`Sort::Due`].
pub(super) fn by_due(due: Option<Day>) -> [i64; 3] {
    [i64::from(due.is_none()), due.map_or(0, |day| i64::from(day.number())), 0]
}

/// The order of [`Sort::Stage`].
pub(super) fn by_stage(place: Place) -> [i64; 3] {
    [i64::from(place.stage), 0, 0]
}

/// The order of [`Sort::Urgency`]; `coarse` is that of [`Row::coarse`].
pub(super) fn urgency(standing: Standing, due: Option<Day>, coarse: &Outlook) -> [i64; 3] {
    let number = |day: Option<Day>| day.map_or(i64::from(i32::MAX), |day| i64::from(day.number()));
    let near = match coarse {
        Outlook::Turns(turns) => number(turns.blue),
        Outlook::Dark | Outlook::Grey => 0,
    };
    [i64::from(standing.urgency()), number(due), near]
}
