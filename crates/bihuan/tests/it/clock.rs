//! `bihuan clock`: what a script reads, and what a person is told.

use std::process::Command;

/// Status, standard output, standard error.
fn clock(args: &str) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bihuan"))
        .arg("clock")
        .args(args.split_whitespace())
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn said(args: &str) -> String {
    let (status, out, error) = clock(args);
    assert_eq!((status, error.as_str()), (0, ""), "{args}");
    out
}

#[test]
fn the_due_day_stands_alone() {
    assert_eq!(said("2026-09-18 5wd"), "2026-09-24\n");
    assert_eq!(said("2026-09-16 15d"), "2026-10-08\n");
    assert_eq!(said("2026-09-16 15nd"), "2026-10-08\n");
    assert_eq!(said("2026-01-31 1m"), "2026-02-28\n");
}

#[test]
fn each_roll_has_its_own_day() {
    assert_eq!(said("2026-11-23 5d"), "2026-11-28\n");
    assert_eq!(said("2026-11-23 5d --roll none"), "2026-11-28\n");
    assert_eq!(said("2026-11-23 5d --roll any-day-off"), "2026-11-30\n");
    assert_eq!(said("2026-09-16 15d --roll none"), "2026-10-01\n");
    assert_eq!(said("2026-11-20 5wd --roll statutory"), "2026-11-27\n");
}

#[test]
fn a_provisional_day_says_so() {
    let text = said("2026-12-28 5wd");
    assert!(text.starts_with("2027-01-05 暂定\n"), "{text}");
    assert!(text.contains("2020年至2026年"), "{text}");
    assert!(said("2026-12-28 5wd --lang en").starts_with("2027-01-05 provisional\n"));
}

#[test]
fn an_explanation_lists_every_day() {
    let text = said("2026-09-18 5wd --explain");
    assert_eq!(text.lines().next(), Some("2026-09-24"));
    assert_eq!(text.lines().nth(4), Some("2026-09-20 周日  1  调休上班（国庆节）"));
    assert_eq!(text.lines().count(), 2 + 7);
    let text = said("2026-09-18 5wd --explain --lang en");
    assert_eq!(text.lines().nth(4), Some("2026-09-20 Sun  1  called in to work (National Day)"));
}

#[test]
fn json_is_one_object() {
    let read = |args| serde_json::from_str::<serde_json::Value>(&said(args)).expect("JSON");
    let plain = read("2026-12-28 5wd --json");
    assert_eq!(plain["due"], "2027-01-05");
    assert_eq!(plain["provisional"], true);
    assert_eq!(plain["published_until"], "2026-12-31");
    assert!(plain.get("steps").is_none());
    let explained = read("2026-09-18 5wd --json --explain");
    let steps = explained["steps"].as_array().expect("a list");
    assert_eq!(steps.len(), 7);
    assert_eq!(steps[2]["reason"], "clock-swapped-working-day");
    assert_eq!((&steps[2]["n"], &steps[2]["name"]), (&1.into(), &"国庆节".into()));
}

#[test]
fn what_cannot_be_read_is_named_with_what_can() {
    let refused = |args: &str, parts: &[&str]| {
        let (status, out, error) = clock(args);
        assert_eq!((status, out.as_str()), (2, ""), "{args}");
        for part in parts {
            assert!(error.contains(part), "{args}: {error}");
        }
    };
    refused("2026-2-30 5wd", &["2026-2-30", "2026-09-18"]);
    refused("2026-02-20 5x", &["5x", "5wd", "15d", "1m"]);
    refused("2026-02-20 0d", &["0d"]);
    refused("2026-02-20 5d --roll up", &["up", "none", "statutory", "any-day-off"]);
    refused("2026-02-20 65535m", &["65535个月", "2199-12-31"]);
    refused("2026-02-20 65535m --lang en", &["65535 months", "2199-12-31"]);
    refused("2026-02-20", &["LENGTH"]);
}
