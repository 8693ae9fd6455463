//! Lights (亮灯): computed from state and day, never issued, never stored.

use crate::calendar::{Calendar, Day, Unit};
use crate::matter::{Duty, Matter, Stage};
use crate::policy::Policy;

/// The colour of a matter that somebody owes. It never depends on uploads or log-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// 灰: suspended for a listed reason
    Grey,
    /// 绿: on plan
    Green,
    /// 蓝: near the limit
    Blue,
    /// 黄: behind plan
    Yellow,
    /// 红: past the limit without an approved extension
    Red,
}

impl Light {
    pub const ALL: [Light; 5] = [Self::Grey, Self::Green, Self::Blue, Self::Yellow, Self::Red];

    pub fn code(self) -> &'static str {
        match self {
            Self::Grey => "light-grey",
            Self::Green => "light-green",
            Self::Blue => "light-blue",
            Self::Yellow => "light-yellow",
            Self::Red => "light-red",
        }
    }
}

/// From which day on a light is at least so grave; none where that day never comes. A light only
/// ever gets graver while the matter, the calendar and the policy stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Turns {
    pub blue: Option<Day>,
    pub yellow: Option<Day>,
    pub red: Option<Day>,
}

/// The lights that a matter will show as days go by, if nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    /// Nobody owes anything (not yet handed out, closed): no light.
    Dark,
    /// The clocks rest.
    Grey,
    Turns(Turns),
}

impl Outlook {
    /// The light of one day.
    pub fn on(&self, today: Day) -> Option<Light> {
        let turns = match self {
            Self::Dark => return None,
            Self::Grey => return Some(Light::Grey),
            Self::Turns(turns) => turns,
        };
        let come = |day: Option<Day>| day.is_some_and(|day| day <= today);
        Some(if come(turns.red) {
            Light::Red
        } else if come(turns.yellow) {
            Light::Yellow
        } else if come(turns.blue) {
            Light::Blue
        } else {
            Light::Green
        })
    }
}

/// The light of `matter` on `today`; none where nobody owes anything (not yet handed out, closed).
pub fn light(matter: &Matter, today: Day, calendar: &Calendar, policy: &Policy) -> Option<Light> {
    outlook(&matter.stage, calendar, policy).on(today)
}

/// When the light of a matter at `stage` turns.
pub fn outlook(stage: &Stage, calendar: &Calendar, policy: &Policy) -> Outlook {
    match stage {
        Stage::Suspended { .. } => Outlook::Grey,
        Stage::Assigned { duty, sign: step } | Stage::Accepted { duty, plan: step } => {
            let yellow = after(step.due(), step.missed);
            Outlook::Turns(Turns { yellow, ..limits(duty, calendar, policy) })
        }
        Stage::Returned { duty, .. } => Outlook::Turns(limits(duty, calendar, policy)),
        Stage::Planned { duty } | Stage::Rectifying { duty } => {
            let yellow = behind(duty, calendar, policy);
            Outlook::Turns(Turns { yellow, ..limits(duty, calendar, policy) })
        }
        // With the checkers the owner's clock rests: red only if it was past when reported.
        Stage::Reported { duty, .. } | Stage::UnderCheck { duty, .. } | Stage::Passed { duty } => {
            let red = duty.term.missed.then_some(Day::FIRST);
            Outlook::Turns(Turns { red, ..Turns::default() })
        }
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => Outlook::Dark,
    }
}

/// The first day after `due`; every day when the limit was missed already.
fn after(due: Day, missed: bool) -> Option<Day> {
    if missed {
        return Some(Day::FIRST);
    }
    (due < Day::LAST).then(|| due.plus(1))
}

/// Near the limit, and past it. Before a measure is set there is no share of work to compare.
fn limits(duty: &Duty, calendar: &Calendar, policy: &Policy) -> Turns {
    let span = span(duty, calendar);
    let near =
        i64::from(policy.blue_days.value).max(span * i64::from(policy.blue_percent.value) / 100);
    let blue = when_used(duty, span - near, calendar);
    Turns { blue, yellow: None, red: after(duty.term.due(), duty.term.missed) }
}

/// Behind plan: a milestone was not reached, or the time used runs ahead of the work done.
fn behind(duty: &Duty, calendar: &Calendar, policy: &Policy) -> Option<Day> {
    let open = duty.milestones.iter().filter(|milestone| duty.percent < milestone.percent);
    let milestone = open.filter_map(|milestone| after(milestone.day, false)).min();
    let span = span(duty, calendar);
    let share = i64::from(duty.percent) + i64::from(policy.yellow_points.value);
    // Of the whole limit at most all is used.
    let used = (share * span + 99) / 100;
    let lag = (used <= span).then(|| when_used(duty, used, calendar)).flatten();
    [milestone, lag].into_iter().flatten().min()
}

/// Working days of the whole limit, at least 1.
fn span(duty: &Duty, calendar: &Calendar) -> i64 {
    calendar.count(duty.term.limit.start, duty.term.due(), Unit::WorkingDay).max(1).into()
}

/// The day on which so many working days of the limit are used.
fn when_used(duty: &Duty, days: i64, calendar: &Calendar) -> Option<Day> {
    if days <= 0 {
        return Some(Day::FIRST);
    }
    let days = i32::try_from(days).ok()?;
    let start = duty.term.limit.start;
    let day = calendar.nth_working_day(start, days);
    // Beyond the last supported day it never comes.
    (days <= calendar.count(start, day, Unit::WorkingDay)).then_some(day)
}
