//! Lights, computed day by day as the office reads them: the long way, beside the days on which
//! `rules` says that they turn.

use crate::random::Play;
use rules::calendar::{Calendar, Day, Unit};
use rules::light::{Light, outlook};
use rules::matter::{Duty, Matter, Stage};
use rules::policy::Policy;

fn light(matter: &Matter, today: Day, calendar: &Calendar, policy: &Policy) -> Option<Light> {
    match &matter.stage {
        Stage::Suspended { .. } => Some(Light::Grey),
        Stage::Assigned { duty, sign: step } | Stage::Accepted { duty, plan: step } => {
            let late = step.missed || step.due() < today;
            Some(of_work(duty, late, today, calendar, policy))
        }
        Stage::Returned { duty, .. } => Some(of_work(duty, false, today, calendar, policy)),
        Stage::Planned { duty } | Stage::Rectifying { duty } => {
            let missed = duty.milestones.iter().any(|m| m.day < today && duty.percent < m.percent);
            let (span, used) = span_and_used(duty, today, calendar);
            let lag = used * 100 / span - i32::from(duty.percent);
            let late = missed || lag >= i32::from(policy.yellow_points.value);
            Some(of_work(duty, late, today, calendar, policy))
        }
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

fn of_work(duty: &Duty, late: bool, today: Day, calendar: &Calendar, policy: &Policy) -> Light {
    if duty.term.missed || duty.term.due() < today {
        return Light::Red;
    }
    if late {
        return Light::Yellow;
    }
    let (span, used) = span_and_used(duty, today, calendar);
    let near =
        i32::from(policy.blue_days.value).max(span * i32::from(policy.blue_percent.value) / 100);
    if span - used <= near { Light::Blue } else { Light::Green }
}

fn span_and_used(duty: &Duty, today: Day, calendar: &Calendar) -> (i32, i32) {
    let (start, due) = (duty.term.limit.start, duty.term.due());
    let span = calendar.count(start, due, Unit::WorkingDay).max(1);
    (span, calendar.count(start, today, Unit::WorkingDay).clamp(0, span))
}

#[test]
fn lights_turn_on_the_days_that_are_foretold() {
    let mut seen = [0; 5];
    for sequence in 0..150 {
        let mut play = Play::founded(sequence);
        play.list_any();
        for step in 0..60 {
            play.step();
            if step % 6 != 0 {
                continue;
            }
            let register = &play.world.register;
            let (calendar, mut policy) =
                (register.calendar(), register.policy().expect("a policy").clone());
            policy.blue_days.value = play.chance.small(6);
            policy.blue_percent.value = play.chance.small(60);
            policy.yellow_points.value = play.chance.small(110);
            for (_, matter) in register.matters() {
                let outlook = outlook(&matter.stage, calendar, &policy);
                for day in -3..60 {
                    let on = play.today.plus(day * 2);
                    let light = light(matter, on, calendar, &policy);
                    assert_eq!(outlook.on(on), light, "{on} {matter:?}");
                    if let Some(light) = light {
                        seen[light as usize] += 1;
                    }
                }
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 500), "{seen:?}");
}
