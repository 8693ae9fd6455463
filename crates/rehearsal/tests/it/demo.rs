//! The demonstration: the same city each time, in fit proportion, on any day.

use crate::Dir;
use ledger::{Chance, Ledger, OpenOptions, VerifyOptions};
use rehearsal::SetClock;
use rehearsal::demo::{self, Demo};
use rules::calendar::Day;
use rules::checkup::{Severity, checkup};
use rules::ids::PersonId;
use rules::light::Light;
use rules::matter::{self, Proof, Stage};
use rules::record::{By, Event, Moment, Register};
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

/// Leaves go to witnesses and may be published: not one character of what people wrote stands in
/// them, no name, and no number that could be a telephone's or an identity card's.
#[test]
fn no_leaf_names_anybody() {
    let dir = Dir::new();
    let (ledger, _) = filled(&dir, 3, "2026-11-23");
    let register = ledger.now();
    let names: Vec<String> = (1..200)
        .filter_map(|id| register.office().person_name(PersonId(id))?.value().map(str::to_owned))
        .collect();
    assert!(names.len() > 40, "{}", names.len());
    let leaves = ledger.leaves_from(0, usize::MAX).expect("leaves");
    assert!(leaves.len() > 1000, "{}", leaves.len());
    for leaf in leaves {
        let leaf = String::from_utf8(leaf).expect("UTF-8");
        assert!(leaf.is_ascii(), "{leaf}");
        assert!(names.iter().all(|name| !leaf.contains(name)), "{leaf}");
        // Hashes are as random as they are long; what is left is what somebody could have written.
        let words = leaf.split('"').filter(|word| word.len() != 64 && word.len() != 43);
        let digits = |word: &str| {
            word.split(|one: char| !one.is_ascii_digit()).any(|digits| digits.len() >= 11)
        };
        assert!(!words.into_iter().any(digits), "{leaf}");
    }
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

/// Any day may be today: a working day, a Sunday, one after the long holiday, one whose calendar
/// is not published yet, one before most people of the staff list were in office.
const TODAYS: [(u64, &str); 5] =
    [(1, "2026-11-25"), (2, "2026-11-22"), (3, "2026-10-12"), (1, "2027-01-20"), (2, "2026-05-06")];

#[test]
fn the_city_lives_on_any_day() {
    for (seed, today) in TODAYS {
        let dir = Dir::new();
        let (ledger, demo) = filled(&dir, seed, today);
        let today = day(today);
        let register = ledger.now();
        let campaign = register.campaign(demo.campaign).expect("a campaign");
        assert_eq!((today.since(campaign.from), campaign.problems.len()), (47, 16));
        assert_eq!(campaign.until, Some(campaign.from.plus(119)));
        let reports = campaign.self_check.as_ref().map(|round| round.reports.size());
        assert!(reports > Some(16), "{reports:?}");
        let serious: Vec<_> = checkup(&register, today)
            .into_iter()
            .filter(|note| note.severity == Severity::Serious)
            .collect();
        assert!(serious.is_empty(), "{today}: {serious:?}");
        assert!(register.day_pass(today).is_empty(), "{today}: the day has begun");
        in_proportion(&counts(&ledger, today), &demo);
        the_cases_are_told(&register, &demo, today);
        at_office_hours(&ledger);
        let head = ledger.tree_head();
        drop(ledger);
        let verified = ledger::verify(&dir.0, VerifyOptions::default()).expect("a clean log");
        assert_eq!((verified.events, verified.root), head);
        assert_eq!(head.0, demo.entries);
    }
}

fn in_proportion(counts: &[(&'static str, usize)], demo: &Demo) {
    let fits = [
        ("stage-listed", 8, 18),
        ("stage-not-upheld", 8, 18),
        ("stage-confirmed", 5, 15),
        ("stage-assigned", 6, 18),
        ("stage-returned", 1, 6),
        ("stage-accepted", 6, 18),
        ("stage-planned", 6, 18),
        ("stage-rectifying", 25, 50),
        ("stage-reported", 4, 12),
        ("stage-under-check", 6, 14),
        ("stage-passed", 2, 8),
        ("stage-closed", 138, 160),
        ("stage-suspended", 2, 7),
        ("stage-merged", 3, 8),
        ("stage-referred", 3, 8),
        ("stage-cancelled", 2, 5),
        ("light-yellow", 3, 25),
        ("light-blue", 1, 15),
        ("light-red", 9, 14),
        ("slip-drafted", 2, 12),
        ("slip-signed", 10, 60),
        ("slip-objected", 1, 1),
        ("slip-decided", 1, 1),
        ("red slips", 1, 12),
        ("handovers", 1, 1),
        ("sealed", 3, 3),
        ("relapsed", 4, 6),
        ("returned", 10, 35),
        ("sent back", 8, 25),
        ("extended", 2, 8),
        ("looked at", 5, 60),
    ];
    let odd: Vec<_> = fits
        .into_iter()
        .map(|(code, least, most)| (code, least..=most, of(counts, code)))
        .filter(|(_, fit, count)| !fit.contains(count))
        .collect();
    assert!(odd.is_empty(), "{odd:?} of {counts:?}");
    assert!((280..=320).contains(&demo.matters), "{demo:?}");
    assert!(demo.refused <= 8, "{demo:?}");
}

fn the_cases_are_told(register: &Register, demo: &Demo, today: Day) {
    assert_eq!(demo.cases, demo::cases(register));
    assert_eq!(demo.cases.len(), 6);
    for (code, _) in &demo.cases {
        for part in ["title", "what"] {
            assert!(words::knows(words::Lang::Zh, &format!("{code}-{part}")));
        }
    }
    let [one, two, three, four, five, six] =
        [0, 1, 2, 3, 4, 5].map(|n| register.matter(demo.cases[n].1).expect("a case"));
    assert_eq!(one.returns, 2);
    assert!(matches!(&one.stage, Stage::UnderCheck { passed, .. } if passed.len() == 1), "{today}");
    assert_eq!(register.light(demo.cases[1].1, today), Some(Light::Red));
    assert!(matches!(two.stage, Stage::Rectifying { .. }));
    let red = register.slips().any(|(_, slip)| {
        slip.grade == slip::Grade::Red
            && matches!(slip.stage, slip::Stage::Signed { .. })
            && slip.lines.iter().any(|line| line.matter == demo.cases[1].1)
    });
    assert!(red, "{today}: a red slip is signed");
    assert_eq!(three.relapses, 1, "{today}");
    assert_eq!(four.extensions, 1);
    let owner = five.owner().and_then(|post| register.office().post(post));
    assert!(owner.is_some_and(rules::posts::Post::awaits_handover));
    assert!(matches!(six.stage, Stage::Passed { .. }));
    assert_eq!(six.sent_back, 1);
}

/// People act on working days between half past eight and twenty to six, and what they say of
/// the hour is never later than the log's.
fn at_office_hours(ledger: &Ledger) {
    let register = ledger.now();
    let mut last = Moment(0);
    for entry in ledger.entries_from(0, usize::MAX).expect("entries") {
        let told = entry.told.expect("nothing was erased").entry;
        assert!(told.at <= entry.log_time, "{told:?}");
        assert!(entry.log_time.0 - told.at.0 < 3_600_000);
        assert!(last <= told.at, "{last} {told:?}");
        last = told.at;
        let day = told.at.office_day();
        let minute = (told.at.0 - Moment::at_hour(day, 0).0) / 60_000;
        if told.by == By::SYSTEM {
            continue;
        }
        assert!((510..1_060).contains(&minute), "{minute}");
        assert!(register.calendar().is_working(day), "{day}");
    }
}

#[test]
fn no_list_looks_copied() {
    let dir = Dir::new();
    let (ledger, _) = filled(&dir, 5, "2026-11-25");
    let register = ledger.now();
    let titles: Vec<&str> =
        register.matters().filter_map(|(_, matter)| matter.title.text()).collect();
    for page in titles.windows(25) {
        assert_eq!(page.iter().collect::<BTreeSet<_>>().len(), 25, "{page:?}");
    }
    let all: BTreeSet<_> = titles.iter().collect();
    assert!(all.len() * 10 > titles.len() * 9, "{} of {}", all.len(), titles.len());
    let unfilled = |title: &&str| title.contains(['{', '}', '|']);
    assert!(!titles.iter().any(unfilled));
    let kept = ledger.entries_from(0, usize::MAX).expect("entries").into_iter();
    let kept = kept.filter(|entry| {
        let event = entry.told.as_ref().map(|told| &told.entry.event);
        matches!(
            event,
            Some(Event::Matter(matter::Event::ReportedDone { proof: Proof::File { .. }, .. }))
        )
    });
    assert!(kept.count() > 20, "some evidence is files");
}

#[test]
fn the_same_seed_and_day_are_the_same_city() {
    let root = |seed, today| {
        let dir = Dir::new();
        filled(&dir, seed, today).0.tree_head()
    };
    assert_eq!(root(3, "2026-11-24"), root(3, "2026-11-24"));
    assert_ne!(root(4, "2026-11-24"), root(3, "2026-11-24"));
}

#[test]
fn a_ledger_in_use_is_not_filled() {
    let dir = Dir::new();
    let (ledger, demo) = filled(&dir, 1, "2026-11-25");
    let again = demo::fill(&ledger, &|_| {}, 1, day("2026-11-25")).expect_err("it has entries");
    assert_eq!(again.code, "demo-not-empty");
    assert!(words::knows(words::Lang::Zh, again.code));
    assert_eq!(ledger.tree_head().0, demo.entries);
}
