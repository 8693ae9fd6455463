//! The ground that everything stands on: the policy and the calendar in force, adopted by events.

use crate::access::{self, Action, Thing};
use crate::calendar::{Calendar, Day, NoticeDay};
use crate::circumstances::Circumstances;
use crate::policy::Policy;
use crate::refusal::{BrokenHistory, Refusal};
use crate::text::Words;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Policy and calendar with their numbers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Basis {
    pub policy: Option<Arc<Policy>>,
    /// 0 before the first adoption.
    pub policy_number: u32,
    pub calendar: Calendar,
}

impl Default for Basis {
    fn default() -> Self {
        Self { policy: None, policy_number: 0, calendar: Calendar::published() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    AdoptPolicy { policy: Box<Policy> },
    AdoptCalendar { days: Vec<NoticeDay>, title: Words },
}

/// One day of a notice, without the name of its holiday: that stands in the event's `names`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayKind {
    pub day: Day,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub works: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    PolicyAdopted {
        number: u32,
        policy: Box<Policy>,
    },
    CalendarAdopted {
        version: u32,
        days: Vec<DayKind>,
        /// The holidays' names, one a day, separated by commas.
        #[serde(default)]
        names: Words,
        #[serde(default)]
        title: Words,
    },
}

impl Event {
    fn tag(&self) -> &'static str {
        match self {
            Self::PolicyAdopted { .. } => "policy_adopted",
            Self::CalendarAdopted { .. } => "calendar_adopted",
        }
    }
}

/// A notice covers a year; three hundred days leave room for an amendment of several.
const MOST_DAYS: usize = 300;

/// Judges the adoption of a policy or a calendar.
pub fn decide(
    basis: &Basis,
    command: &Command,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let founding = now.is_system() && basis.policy.is_none();
    if !founding {
        access::may(&now.actor()?, Action::SetBasis, &Thing::office())?;
    }
    match command {
        Command::AdoptPolicy { policy } => {
            if basis.policy.as_deref() == Some(&**policy) {
                return Err(Refusal::NothingNew);
            }
            // Whatever else a bureau decides, somebody checks: nothing closes on the owner's word.
            if policy.checkers.value == 0 {
                return Err(Refusal::TooFewCheckers { need: 1 });
            }
            let number = basis.policy_number + 1;
            Ok(vec![Event::PolicyAdopted { number, policy: policy.clone() }])
        }
        Command::AdoptCalendar { days, title } => {
            if days.is_empty() {
                return Err(Refusal::NothingToDo);
            }
            if days.len() > MOST_DAYS {
                return Err(Refusal::TooMany { field: "field-days", most: 300 });
            }
            let known = days.iter().all(|day| {
                let kind = basis.calendar.kind(day.day);
                !kind.provisional && kind.working == day.working
            });
            if known {
                return Err(Refusal::NothingNew);
            }
            let names: Vec<&str> = days.iter().map(|day| day.name.as_str()).collect();
            Ok(vec![Event::CalendarAdopted {
                version: basis.calendar.version() + 1,
                days: days.iter().map(|d| DayKind { day: d.day, works: d.working }).collect(),
                names: Words::new(names.join(",")),
                title: title.clone(),
            }])
        }
    }
}

/// Applies one adoption.
pub fn evolve(before: &Basis, event: &Event) -> Result<Basis, BrokenHistory> {
    let mut basis = before.clone();
    match event {
        Event::PolicyAdopted { number, policy } => {
            if *number != basis.policy_number + 1 {
                return Err(BrokenHistory::at("stream-basis", event.tag()));
            }
            basis.policy_number = *number;
            basis.policy = Some(Arc::from(policy.clone()));
        }
        Event::CalendarAdopted { version, days, names, .. } => {
            if *version != basis.calendar.version() + 1 {
                return Err(BrokenHistory::at("stream-basis", event.tag()));
            }
            // An erased list of names costs the explanation its words, and no day its kind.
            let mut names = names.text().unwrap_or_default().split(',').map(str::to_string);
            let notice: Vec<NoticeDay> = days
                .iter()
                .map(|kind| NoticeDay {
                    day: kind.day,
                    working: kind.works,
                    name: names.next().unwrap_or_else(String::new),
                })
                .collect();
            basis.calendar = basis.calendar.revise(&notice, *version);
        }
    }
    Ok(basis)
}
