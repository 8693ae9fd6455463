//! A bureau's figures: all of them, each with its source, and nothing else.

use intake::policy::policy;

const DEFAULT: &str = include_str!("../../../../profiles/default.toml");

/// The default profile with one piece of text replaced, and what is said of it.
#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    assert!(DEFAULT.contains(from), "nothing to replace");
    let error = policy(DEFAULT.replacen(from, to, 1).as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

#[test]
fn the_default_profile_is_read_whole() {
    let read = policy(DEFAULT.as_bytes()).unwrap();
    assert_eq!(read.clocks().len(), 12);
    assert_eq!(read.sign.basis.confirmed_by, None);
    let source = read.sign.basis.source.text().unwrap_or_default();
    assert!(source.starts_with("签收"), "{source}");
}

#[test]
fn a_day_is_written_either_way_and_a_blank_signature_is_none() {
    let text = |day: &str| format!("[sign]\ndated = {day}\nconfirmed_by = \" \"");
    for day in ["2026-03-09", "\"2026-03-09\""] {
        let read = policy(DEFAULT.replacen("[sign]", &text(day), 1).as_bytes()).unwrap();
        assert_eq!(read.sign.basis.dated.map(|day| day.to_string()).as_deref(), Some("2026-03-09"));
        assert_eq!(read.sign.basis.confirmed_by, None);
    }
}

#[test]
fn every_fault_is_told_with_its_place() {
    check("[sign]", "[sing]", "policy-missing-table table=sign");
    check("[sign]", "[extra]\n[sign]", "policy-unknown-table table=extra");
    check("[sign]", "[sign]\nlenght = \"1wd\"", "policy-unknown-key table=sign key=lenght");
    check("length = \"1wd\"", "", "policy-missing-key table=sign key=length");
    check(
        "length = \"1wd\"",
        "length = \"1 day\"",
        "policy-bad-value table=sign key=length value=\"1 day\"",
    );
    check("start = \"assigned\"", "start = 3", "policy-bad-value table=sign key=start value=3");
    check("[sign]", "[sign]\nsource = \" \"\n[old]", "policy-missing-key table=sign key=length");
    check("[sign]", "[sign", "policy-syntax line=4");
    check("[sign]", "[sign]\ndated = 2026-02-30", "policy-syntax line=5");
}

#[test]
fn a_policy_has_an_end() {
    let long = "#".repeat(intake::caps::POLICY_BYTES + 1);
    assert_eq!(policy(long.as_bytes()).unwrap_err().code(), "policy-too-large");
    assert_eq!(policy(b"\x00\xff\x01").unwrap_err().code(), "text-binary");
    let deep = "a = ".to_owned() + &"[".repeat(100_000);
    assert_eq!(policy(deep.as_bytes()).unwrap_err().code(), "policy-syntax");
}
