//! A limit, day by day: why each day counted or did not.

use super::{Calendar, Counted, Day, Length, Roll, Unit};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// How a limit comes to its last day. It is found by walking, not by the arithmetic of
/// [`Calendar::due`]; the two agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// First the start day, last the due day. A limit in months shows the end of each month, not
    /// each day.
    pub steps: Vec<Step>,
    /// The same as [`Calendar::due`] says.
    pub due: Counted,
}

/// One day on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day itself.
    pub day: Day,
    /// Its running number when it counted: the third working day has 3.
    pub n: Option<u32>,
    /// Why it counted or not.
    pub reason: Reason,
    /// This step asked what kind of day it is, and no notice covers its year.
    pub provisional: bool,
}

/// Why a day counted or did not. Names are those of the notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The day the limit begins on does not count (民法典 201).
    StartDay,
    /// A Monday to Friday that nothing makes a day off.
    WorkingDay,
    /// A Saturday or Sunday that a notice calls in.
    SwappedWorkingDay {
        /// The feast it is swapped for.
        name: String,
    },
    /// A Saturday or Sunday that no notice names.
    Weekend,
    /// A day that a notice (or, provisionally, the law) names as off.
    StatutoryOff {
        /// The feast.
        name: String,
    },
    /// Every day counts in a limit of natural days.
    NaturalDay,
    /// A month ends on the same day of the month.
    MonthPassed,
    /// A month ends on its last day, having no such day (民法典 202).
    MonthEnd,
    /// The limit would end here, on a statutory day off, and moves on (民法典 203).
    LastDayOff {
        /// The feast.
        name: String,
    },
    /// The limit would end here, on a weekend, and moves on.
    LastDayWeekend,
    /// The first day after the days off: here the limit ends.
    MovedTo,
}

impl Calendar {
    /// Walks a limit; takes as long as the limit has days.
    pub fn explain(&self, start: Day, length: Length, roll: Roll) -> Explanation {
        let mut steps =
            vec![Step { day: start, n: None, reason: Reason::StartDay, provisional: false }];
        match length.unit {
            Unit::WorkingDay => self.walk_working_days(&mut steps, start, length.n),
            Unit::NaturalDay => {
                let days = (1..=i32::from(length.n)).map(|n| (start.plus(n), Reason::NaturalDay));
                push_numbered(&mut steps, days);
                self.walk_roll(&mut steps, roll);
            }
            Unit::Month => {
                let wanted = start.ymd().2;
                let ends = (1..=i32::from(length.n)).map(|n| {
                    let end = start.plus_months(n);
                    let reason =
                        if end.ymd().2 == wanted { Reason::MonthPassed } else { Reason::MonthEnd };
                    (end, reason)
                });
                push_numbered(&mut steps, ends);
                self.walk_roll(&mut steps, roll);
            }
        }
        let day = steps.last().map_or(start, |step| step.day);
        // A limit that reaches the last supported day may have been cut off there.
        let provisional = day == Day::LAST || steps.iter().any(|step| step.provisional);
        let due = Counted { day, provisional };
        Explanation { steps, due }
    }

    fn walk_working_days(&self, steps: &mut Vec<Step>, start: Day, wanted: u16) {
        let (mut n, mut day) = (0, start);
        while n < u32::from(wanted) && day < Day::LAST {
            day = day.plus(1);
            let kind = self.kind(day);
            n += u32::from(kind.working);
            let reason = match (kind.working, kind.name) {
                (true, Some(name)) if day.is_weekend() => {
                    Reason::SwappedWorkingDay { name: name.to_string() }
                }
                (true, _) => Reason::WorkingDay,
                (false, None) => Reason::Weekend,
                (false, Some(name)) => Reason::StatutoryOff { name: name.to_string() },
            };
            let number = kind.working.then_some(n);
            steps.push(Step { day, n: number, reason, provisional: kind.provisional });
        }
    }

    /// From the last counted day on: it may be a day off, and the limit then ends later.
    fn walk_roll(&self, steps: &mut Vec<Step>, roll: Roll) {
        let Some(last) = steps.last_mut() else { return };
        let kind = self.kind(last.day);
        last.provisional = match roll {
            Roll::None => false,
            Roll::Statutory | Roll::AnyDayOff => kind.provisional,
        };
        if !kind.moves(roll) {
            return;
        }
        last.reason = match kind.name {
            Some(name) => Reason::LastDayOff { name: name.to_string() },
            None => Reason::LastDayWeekend,
        };
        let mut day = last.day;
        while day < Day::LAST {
            day = day.plus(1);
            let kind = self.kind(day);
            let reason = match kind.name {
                _ if kind.working => Reason::MovedTo,
                Some(name) => Reason::StatutoryOff { name: name.to_string() },
                None => Reason::Weekend,
            };
            steps.push(Step { day, n: None, reason, provisional: kind.provisional });
            if kind.working {
                return;
            }
        }
    }
}

fn push_numbered(steps: &mut Vec<Step>, days: impl Iterator<Item = (Day, Reason)>) {
    for ((day, reason), n) in days.zip(1..) {
        steps.push(Step { day, n: Some(n), reason, provisional: false });
        if day == Day::LAST {
            return;
        }
    }
}

impl Reason {
    /// The words for it.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::StartDay => "clock-start-day",
            Reason::WorkingDay => "clock-working-day",
            Reason::SwappedWorkingDay { .. } => "clock-swapped-working-day",
            Reason::Weekend => "clock-weekend",
            Reason::StatutoryOff { .. } => "clock-statutory-off",
            Reason::NaturalDay => "clock-natural-day",
            Reason::MonthPassed => "clock-month-passed",
            Reason::MonthEnd => "clock-month-end",
            Reason::LastDayOff { .. } => "clock-last-day-off",
            Reason::LastDayWeekend => "clock-last-day-weekend",
            Reason::MovedTo => "clock-moved-to",
        }
    }

    /// The feast, as a code where the notice uses one of the usual names.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        self.name().map_or_else(Vec::new, |name| match feast_code(name) {
            Some(code) => vec![("@name", code.to_string())],
            None => vec![("name", name.to_string())],
        })
    }

    /// The feast for which the day is off or called in.
    pub fn name(&self) -> Option<&str> {
        match self {
            Reason::SwappedWorkingDay { name }
            | Reason::StatutoryOff { name }
            | Reason::LastDayOff { name } => Some(name),
            Reason::StartDay
            | Reason::WorkingDay
            | Reason::Weekend
            | Reason::NaturalDay
            | Reason::MonthPassed
            | Reason::MonthEnd
            | Reason::LastDayWeekend
            | Reason::MovedTo => None,
        }
    }
}

fn feast_code(name: &str) -> Option<&'static str> {
    match name {
        "元旦" => Some("feast-new-year"),
        "春节" => Some("feast-spring-festival"),
        "清明节" => Some("feast-qingming"),
        "劳动节" => Some("feast-labour-day"),
        "端午节" => Some("feast-dragon-boat"),
        "中秋节" => Some("feast-mid-autumn"),
        "国庆节" => Some("feast-national-day"),
        "国庆节、中秋节" | "中秋节、国庆节" => {
            Some("feast-national-day-and-mid-autumn")
        }
        _ => None,
    }
}
