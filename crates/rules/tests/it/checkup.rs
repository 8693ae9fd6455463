//! The checkup finds what is planted, and has nothing to say of a clean office.
//!
//! Events are written into the log without asking `decide`; `evolve` judges nothing, so faulty
//! rules would lead to just such states.

use crate::world::{World, day};
use rules::checkup::checkup;
use rules::record::{By, Event, Stream};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use words::Lang;

fn words() -> Value {
    json!({ "$words": "写明" })
}

fn limit(start: &str, due: &str) -> Value {
    json!({ "start": start, "length": "10wd", "due": { "day": due, "first": due } })
}

/// An office with one matter, taken so far along its way.
fn office(steps: usize) -> World {
    let mut world = World::founded();
    let proof = json!({ "kind": "record", "system": words(), "reference": words() });
    let haves = json!({
        "rule": words(), "procedure": words(), "standard": words(), "checking": 9,
        "evidence": words(),
    });
    let way = [
        json!({ "type": "listed", "on": "2026-09-14", "problem": "P32", "unit": 6,
            "source": "citizens", "marking": "internal" }),
        json!({ "type": "confirmed", "on": "2026-09-14" }),
        json!({ "type": "assigned", "to": 7, "remedy": "at_once", "rank": "section_head",
            "haves": haves, "sign": limit("2026-09-14", "2026-09-15"),
            "limit": limit("2026-09-14", "2026-09-28") }),
        json!({ "type": "accepted", "on": "2026-09-14", "doer": 7,
            "plan": limit("2026-09-14", "2026-09-21") }),
        json!({ "type": "measure_set", "on": "2026-09-14", "doer": 7 }),
        json!({ "type": "reported_done", "on": "2026-09-14", "doer": 7, "proof": proof,
            "check": limit("2026-09-14", "2026-09-21") }),
        json!({ "type": "checkers_named", "checkers": [9, 10] }),
        json!({ "type": "checked", "on": "2026-09-14", "person": 9, "post": 9, "holds": true }),
        json!({ "type": "check_passed", "on": "2026-09-14" }),
        json!({ "type": "closed", "on": "2026-09-14", "person": 3, "post": 3,
            "look": limit("2026-09-14", "2026-10-14") }),
    ];
    for event in way.into_iter().take(steps) {
        plant(&mut world, "matter/1", event);
    }
    world
}

fn plant(world: &mut World, stream: &str, event: Value) {
    let stream = Stream::parse(stream).expect("a stream");
    let event = Event::read(stream, event).expect("an event");
    world.record(By::SYSTEM, day("2026-09-14"), stream, event);
}

fn found(world: &World, today: &str) -> BTreeSet<&'static str> {
    let notes = checkup(&world.register, day(today));
    for note in &notes {
        for lang in Lang::ALL {
            let said = words::say(lang, note.code(), &note.args());
            assert!(!said.contains('⟦') && !said.contains("{$"), "{said}");
        }
    }
    notes.iter().map(rules::checkup::Note::code).collect()
}

#[test]
fn a_clean_office_has_no_notes() {
    for steps in 0..=10 {
        assert!(found(&office(steps), "2026-09-15").is_empty(), "after {steps} steps");
    }
}

/// What the checkup says, after how many steps, on which day, of what stream and event.
type Planted = (&'static str, usize, &'static str, &'static str, Value);

const NOW: &str = "2026-09-15";

fn planted() -> Vec<Planted> {
    [named_wrongly(), along_the_way(), in_time(), in_the_office(), on_slips()].concat()
}

fn assigned(to: u32, checking: u32, due: &str) -> Value {
    let haves = json!({ "rule": words(), "procedure": words(), "standard": words(),
        "checking": checking, "evidence": words() });
    json!({ "type": "assigned", "to": to, "remedy": "standing", "rank": "section_head",
        "haves": haves, "sign": limit("2026-09-14", "2026-09-15"),
        "limit": limit("2026-09-14", due) })
}

fn named_wrongly() -> Vec<Planted> {
    let listed = |name: &str, value: Value| {
        let mut event = json!({ "type": "listed", "on": "2026-09-14", "problem": "P32", "unit": 6,
            "source": "citizens", "marking": "internal" });
        event[name] = value;
        event
    };
    let merged = |into: u32| json!({ "type": "merged_into", "into": into });
    let m = "matter/1";
    vec![
        ("post-missing", 2, NOW, m, assigned(77, 9, "2026-09-28")),
        ("post-missing", 2, NOW, m, assigned(7, 99, "2026-09-28")),
        ("unit-missing", 0, NOW, m, listed("unit", json!(66))),
        ("campaign-missing", 0, NOW, m, listed("campaign", json!(5))),
        ("accusation-open", 0, NOW, m, listed("source", json!("accusation"))),
        ("matter-missing", 2, NOW, m, merged(1)),
        ("matter-missing", 2, NOW, m, merged(8)),
        ("checking-near-owner", 2, NOW, m, assigned(5, 6, "2026-09-28")),
        ("checking-near-owner", 2, NOW, m, assigned(7, 8, "2026-09-28")),
        ("ends-before-start", 2, NOW, m, assigned(7, 9, "2026-09-01")),
    ]
}

fn along_the_way() -> Vec<Planted> {
    let checked = |person: u32| json!({ "type": "checked", "on": NOW, "person": person, "post": 10, "holds": true });
    let progressed = json!({ "type": "progressed", "on": NOW, "doer": 7, "percent": 120 });
    let milestones = json!([{ "day": "2026-09-25", "percent": 80 },
        { "day": "2026-09-21", "percent": 90 }]);
    let measure = json!({ "type": "measure_set", "on": NOW, "doer": 7, "milestones": milestones });
    let nobody = json!({ "type": "checkers_named", "checkers": [] });
    let m = "matter/1";
    vec![
        ("no-checkers", 6, NOW, m, nobody),
        ("checker-worked", 7, NOW, m, checked(7)),
        ("checked-twice", 8, NOW, m, checked(9)),
        ("percent-beyond", 5, NOW, m, progressed),
        ("milestones-unordered", 5, NOW, m, measure),
    ]
}

fn in_time() -> Vec<Planted> {
    let suspended = json!({ "type": "suspended", "on": "2026-09-14",
        "reason": "force_majeure", "check_on": "2026-09-14" });
    let closed = json!({ "type": "closed", "on": "2026-09-14", "person": 3, "post": 3,
        "look": limit("2026-09-14", "2026-12-14"), "then": limit("2026-09-14", "2026-10-14") });
    let moved = json!({ "type": "extended", "on": "2026-09-14", "limit":
        { "start": "2026-09-14", "due": { "day": "2027-03-01", "first": "2026-09-28" } } });
    let provisional = json!({ "type": "due_recomputed", "which": "rectify",
        "due": { "day": "2027-01-11", "provisional": true, "first": "2026-09-28" } });
    // Something else happens, and the day goes on.
    let other = json!({ "type": "recused", "person": 1 });
    let m = "matter/1";
    vec![
        ("suspension-not-ahead", 5, NOW, m, suspended),
        ("look-backs-unordered", 9, NOW, m, closed),
        ("look-back-due", 10, "2026-10-22", m, other.clone()),
        ("moved-far", 5, NOW, m, moved),
        ("provisional", 5, NOW, m, provisional),
        ("day-pass-behind", 5, "2026-09-29", m, other),
    ]
}

fn in_the_office() -> Vec<Planted> {
    let left = json!({ "type": "left", "post": 7, "person": 7, "on": "2026-09-10" });
    let handover = json!({ "type": "handover_opened", "post": 7, "outgoing": 7, "incoming": 8,
        "due": "2026-09-14" });
    let grant = |roles: Value| json!({ "type": "granted", "post": 14, "roles": roles });
    let appointed = |post: u32, person: u32| json!({ "type": "appointed", "post": post, "person": person, "from": "2026-09-10" });
    let circle = json!({ "type": "unit_set", "unit": 1, "parent": 6, "name": words() });
    let o = "office";
    vec![
        ("vacant", 5, NOW, o, left),
        ("handover-late", 0, NOW, o, handover),
        ("admin-does-business", 0, NOW, o, grant(json!(["system_admin", "handler"]))),
        ("admin-does-business", 0, NOW, o, grant(json!(["system_admin", "audit_admin"]))),
        ("admin-not-apart", 0, NOW, o, appointed(14, 7)),
        ("two-holders", 0, NOW, o, appointed(7, 8)),
        ("unit-loop", 0, NOW, o, circle),
    ]
}

fn on_slips() -> Vec<Planted> {
    let drafted = |to: u32, lines: Value| {
        json!({ "type": "slip_drafted", "on": "2026-09-14", "grade": "urge", "to": to,
            "lines": lines })
    };
    let one = json!([{ "matter": 1, "due": "2026-09-28" }]);
    let s = "slip/1";
    vec![
        ("nothing-on-slip", 3, NOW, s, drafted(7, json!([]))),
        ("matter-missing", 0, NOW, s, drafted(7, one.clone())),
        ("post-missing", 3, NOW, s, drafted(77, one.clone())),
        ("slip-waits", 3, "2026-09-22", s, drafted(7, one)),
    ]
}

#[test]
fn what_is_planted_is_found() {
    for (code, steps, today, stream, event) in planted() {
        let mut world = office(steps);
        let before = found(&world, "2026-09-15");
        let code = format!("checkup-{code}");
        assert!(!before.contains(code.as_str()), "{code} before it was planted");
        plant(&mut world, stream, event.clone());
        let after = found(&world, today);
        assert!(after.contains(code.as_str()), "{code} after {event}: {after:?}");
    }
}

#[test]
fn what_takes_two_events_is_found() {
    let mut world = office(3);
    for _ in 0..2 {
        plant(
            &mut world,
            "matter/1",
            json!({ "type": "declined", "on": "2026-09-14",
            "proposed": 5 }),
        );
        let again = json!({ "type": "assigned", "to": 7, "remedy": "standing",
            "rank": "section_head", "haves": { "checking": 9 },
            "sign": limit("2026-09-14", "2026-09-15"), "limit": limit("2026-09-14", "2026-09-28") });
        plant(&mut world, "matter/1", again);
    }
    plant(&mut world, "matter/1", json!({ "type": "declined", "on": "2026-09-14", "proposed": 5 }));
    assert!(found(&world, "2026-09-15").contains("checkup-returns-not-flagged"));

    let mut world = office(5);
    plant(
        &mut world,
        "matter/1",
        json!({ "type": "suspended", "on": "2026-09-14",
        "reason": "force_majeure", "check_on": "2026-09-16" }),
    );
    plant(&mut world, "matter/1", json!({ "type": "suspension_lapsed", "check_on": "2026-09-16" }));
    assert!(found(&world, "2026-09-17").contains("checkup-suspension-lapsed"));

    // A standing duty closed without a mechanism.
    let mut world = office(2);
    let proof = json!({ "kind": "record", "system": words(), "reference": words() });
    let way = [
        json!({ "type": "assigned", "to": 7, "remedy": "standing", "rank": "section_head",
            "haves": { "checking": 9 }, "sign": limit("2026-09-14", "2026-09-15"),
            "limit": limit("2026-09-14", "2026-09-28") }),
        json!({ "type": "accepted", "on": "2026-09-14", "doer": 7,
            "plan": limit("2026-09-14", "2026-09-21") }),
        json!({ "type": "measure_set", "on": "2026-09-14", "doer": 7 }),
        json!({ "type": "reported_done", "on": "2026-09-14", "doer": 7, "proof": proof,
            "check": limit("2026-09-14", "2026-09-21") }),
        json!({ "type": "checkers_named", "checkers": [9, 10] }),
        json!({ "type": "check_passed", "on": "2026-09-14" }),
        json!({ "type": "closed", "on": "2026-09-14", "person": 3, "post": 3,
            "look": limit("2026-09-14", "2026-10-14") }),
    ];
    for event in way {
        plant(&mut world, "matter/1", event);
    }
    assert!(found(&world, "2026-09-15").contains("checkup-mechanism-missing"));
}

#[test]
fn what_is_wrong_with_an_erasure_is_found() {
    let asked = json!({ "type": "erasure_asked", "on": "2026-09-14", "person": 3, "post": 3,
        "subject": { "matter": 1 }, "ground": "unlawful", "reason": words() });
    let approved =
        json!({ "type": "erasure_approved", "on": "2026-09-14", "person": 3, "post": 3 });
    let mut world = office(3);
    plant(&mut world, "erasure/1", asked);
    assert!(found(&world, "2026-09-15").is_empty());
    assert!(found(&world, "2026-11-15").contains("checkup-erasure-waits"));
    plant(&mut world, "erasure/1", approved);
    let found = found(&world, "2026-09-15");
    assert!(found.contains("checkup-erased-by-one"), "{found:?}");
    assert!(found.contains("checkup-erased-while-pending"), "{found:?}");
}

#[test]
fn an_open_matter_of_a_closed_campaign_is_found_but_not_a_relapse() {
    let adopted = json!({ "type": "campaign_adopted", "on": "2026-09-01",
        "authority": { "ground": "internal" }, "from": "2026-09-01",
        "plan": { "kind": "record", "system": words(), "reference": words() } });
    let listed = json!({ "type": "listed", "on": "2026-09-14", "campaign": 1, "problem": "P32",
        "unit": 6, "source": "citizens", "marking": "internal" });
    let mut world = World::founded();
    plant(&mut world, "campaign/1", adopted);
    plant(&mut world, "matter/1", listed);
    assert!(found(&world, "2026-09-15").is_empty());
    plant(&mut world, "campaign/1", json!({ "type": "campaign_closed", "on": "2026-09-14" }));
    assert!(found(&world, "2026-09-15").contains("checkup-open-in-closed-campaign"));
}

/// What an event cannot plant is what the register derives; it is held up by the diaries and the
/// random histories, which ask the checkup after each step.
#[test]
fn every_other_finding_can_be_planted() {
    let source = include_str!("../../src/checkup/mod.rs");
    let known: BTreeSet<&str> =
        source.split('"').filter(|code| code.starts_with("checkup-")).collect();
    let mut covered: BTreeSet<String> =
        planted().into_iter().map(|(code, ..)| format!("checkup-{code}")).collect();
    for code in [
        // Planted above, by several events.
        "returns-not-flagged",
        "suspension-lapsed",
        "mechanism-missing",
        "open-in-closed-campaign",
        "erased-by-one",
        "erased-while-pending",
        "erasure-waits",
        // Derived by the register, or refused by `evolve`.
        "owned-list-wrong",
        "open-count-wrong",
        "agenda-misses",
        "suspended-wrongly",
        "reminder-without-return",
        "nobody-worked",
        "no-policy",
    ] {
        covered.insert(format!("checkup-{code}"));
    }
    let known: BTreeSet<String> = known.into_iter().map(str::to_owned).collect();
    assert_eq!(known, covered);
}
