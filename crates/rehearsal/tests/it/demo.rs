//! The demonstration: the same city each time, in fit proportion, on any day.

use crate::Dir;
use ledger::{Chance, Ledger, OpenOptions, VerifyOptions};
use rehearsal::SetClock;
use rehearsal::demo::{self, Demo};
use rules::calendar::Day;
use rules::checkup::{Severity, checkup};
use rules::light::Light;
use rules::matter::Stage;
use rules::record::Moment;
use rules::slip;
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn filled(dir: &Dir, seed: u64, today: &str) -> (Ledger, Demo) {
    let clock = SetClock::default();
    let options = OpenOptions { chance: Chance::Seed(seed), ..OpenOptions::new(clock.clock()) };
    let ledger = Ledger::create(&dir.0, options).expect("a new ledger");
    let set = |moment: Moment| {
        clock.set(moment);
    };
    let demo = match demo::fill(&ledger, &set, seed, day(today)) {
        Ok(demo) => demo,
        Err(why) => panic!("{why:?}"),
    };
    (ledger, demo)
}

/// How many matters are at a stage, among other things worth counting.
fn counts(ledger: &Ledger, today: Day) -> Vec<(&'static str, usize)> {
    let register = ledger.now();
    let matters = || register.matters().map(|(_, matter)| matter);
    let mut counts: Vec<(&'static str, usize)> = Stage::CODES
        .iter()
        .map(|code| (*code, matters().filter(|matter| matter.stage.code() == *code).count()))
        .collect();
    let ids = || register.matters().map(|(id, _)| id);
    for light in Light::ALL {
        let shining = ids().filter(|id| register.light(*id, today) == Some(light));
        counts.push((light.code(), shining.count()));
    }
    for code in ["slip-drafted", "slip-dropped", "slip-signed", "slip-objected", "slip-decided"] {
        let slips = register.slips().filter(|(_, slip)| slip.stage.code() == code);
        counts.push((code, slips.count()));
    }
    let red = register.slips().filter(|(_, slip)| slip.grade == slip::Grade::Red).count();
    let handovers = register.office().posts().filter(|(_, post)| post.awaits_handover()).count();
    counts.extend([
        ("red slips", red),
        ("handovers", handovers),
        ("sealed", matters().filter(|matter| matter.sealed).count()),
        ("relapsed", matters().filter(|matter| matter.relapses > 0).count()),
        ("returned", matters().filter(|matter| matter.returns > 0).count()),
        ("sent back", matters().filter(|matter| matter.sent_back > 0).count()),
        ("extended", matters().filter(|matter| matter.extensions > 0).count()),
        ("moved", matters().filter(|matter| !matter.former_owners.is_empty()).count()),
        ("looked at", looked_at(ledger)),
    ]);
    counts
}

fn looked_at(ledger: &Ledger) -> usize {
    let entries = ledger.entries_from(0, usize::MAX).expect("entries");
    let told = entries.into_iter().filter_map(|entry| entry.told);
    told.filter(|told| told.kind == "looked_back").count()
}

fn of(counts: &[(&'static str, usize)], code: &str) -> usize {
    counts.iter().find(|(known, _)| *known == code).expect("a count").1
}

#[test]
fn the_city_shows_every_stage_in_fit_proportion() {
    for (seed, today) in [
        (1, "2026-11-25"),
        (2, "2026-11-22"),
        (3, "2027-01-20"),
        (1, "2026-10-12"),
        (2, "2026-05-06"),
    ] {
        let dir = Dir::new();
        let started = std::time::Instant::now();
        let (ledger, demo) = filled(&dir, seed, today);
        let counts = counts(&ledger, day(today));
        eprintln!("{seed} {today} {:?} {demo:?}\n{counts:?}", started.elapsed());
    }
}
