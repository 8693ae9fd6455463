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

/// The light of `matter` on `today`; none where nobody owes anything (not yet handed out, closed).
pub fn light(matter: &Matter, today: Day, calendar: &Calendar, policy: &Policy) -> Option<Light> {
    match &matter.stage {
        Stage::Suspended { .. } => Some(Light::Grey),
        Stage::Assigned { duty, sign: step } | Stage::Accepted { duty, plan: step } => {
            let late = step.missed || step.due() < today;
            Some(before_work(duty, late, today, calendar, policy))
        }
        Stage::Returned { duty, .. } => Some(before_work(duty, false, today, calendar, policy)),
        Stage::Planned { duty } | Stage::Rectifying { duty } => {
            Some(at_work(duty, today, calendar, policy))
        }
        // With the checkers the owner's clock rests: red only if it was past when reported.
        Stage::Reported { duty, .. } | Stage::UnderCheck { duty, .. } | Stage::Passed { duty } => {
            Some(if duty.term.missed { Light::Red } else { Light::Green })
        }
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => None,
    }
}

/// Before a measure is set there is no share of work to compare: the step's own limit counts.
fn before_work(
    duty: &Duty,
    step_late: bool,
    today: Day,
    calendar: &Calendar,
    policy: &Policy,
) -> Light {
    if is_past(duty, today) {
        return Light::Red;
    }
    if step_late {
        return Light::Yellow;
    }
    near_or_green(duty, today, calendar, policy)
}

fn at_work(duty: &Duty, today: Day, calendar: &Calendar, policy: &Policy) -> Light {
    if is_past(duty, today) {
        return Light::Red;
    }
    let milestone_missed =
        duty.milestones.iter().any(|m| m.day < today && duty.percent < m.percent);
    let (span, used) = span_and_used(duty, today, calendar);
    let lag = used * 100 / span - i32::from(duty.percent);
    if milestone_missed || lag >= i32::from(policy.yellow_points.value) {
        return Light::Yellow;
    }
    near_or_green(duty, today, calendar, policy)
}

fn is_past(duty: &Duty, today: Day) -> bool {
    duty.term.missed || duty.term.due() < today
}

/// Working days of the whole limit (at least 1), and of the part that has passed.
fn span_and_used(duty: &Duty, today: Day, calendar: &Calendar) -> (i32, i32) {
    let (start, due) = (duty.term.limit.start, duty.term.due());
    let span = calendar.count(start, due, Unit::WorkingDay).max(1);
    (span, calendar.count(start, today, Unit::WorkingDay).clamp(0, span))
}

fn near_or_green(duty: &Duty, today: Day, calendar: &Calendar, policy: &Policy) -> Light {
    let (span, used) = span_and_used(duty, today, calendar);
    let near =
        i32::from(policy.blue_days.value).max(span * i32::from(policy.blue_percent.value) / 100);
    if span - used <= near { Light::Blue } else { Light::Green }
}
