use super::*;
use proptest::prelude::*;

const DEFAULT: &str = include_str!("../../../../profiles/default.toml");

fn faults(text: &str) -> Vec<(String, String, Fault)> {
    let problems = policy(text.as_bytes()).expect_err("a fault was planted").problems;
    problems.into_iter().map(|p| (p.table, p.key, p.fault)).collect()
}

/// The default profile with one line of one table replaced (or left out, or added).
fn with(table: &str, key: &str, line: &str) -> String {
    let (mut here, mut done, mut out) = (false, false, String::new());
    for old in DEFAULT.lines() {
        if old.starts_with('[') {
            here = old == format!("[{table}]");
        }
        if here && old.starts_with(&format!("{key} =")) {
            done = true;
            out.push_str(line);
        } else {
            out.push_str(old);
        }
        out.push('\n');
        if here && !done && old.starts_with('[') && !DEFAULT.contains(&format!("{key} =")) {
            done = true;
            out.push_str(line);
            out.push('\n');
        }
    }
    assert!(done, "no {key} in [{table}]");
    out
}

#[test]
fn the_default_profile_reads() {
    let policy = policy(DEFAULT.as_bytes()).expect("the default profile");
    assert_eq!(policy.sign.length, Length::working_days(1));
    assert_eq!(policy.standing.roll, Roll::AnyDayOff);
    assert_eq!(policy.within.pauses, PauseReason::ALL);
    assert_eq!(policy.within.extension, Some(Length::working_days(60)));
    assert_eq!(policy.look_back_second.length, Length::days(90));
    let counts = [&policy.checkers, &policy.note_before, &policy.slip_after, &policy.red_after];
    assert_eq!(counts.map(|count| count.value), [2, 3, 3, 10]);
    let last = [&policy.yellow_points, &policy.weekly_cap, &policy.reds_before_talk];
    assert_eq!(last.map(|count| count.value), [25, 3, 2]);
    assert_eq!(policy.check.basis.confirmed_by, None);
    assert_eq!(policy.clocks().map(|(name, _)| name), CLOCKS.map(|(name, _)| name));
    for ((name, clock), (_, start)) in policy.clocks().into_iter().zip(CLOCKS) {
        assert_eq!(clock.start, start, "{name}");
        assert!(clock.basis.source.text().is_some_and(|text| text.contains('：')), "{name}");
    }
}

/// Each table lands in its own field: moving one figure moves that figure only.
#[test]
fn every_figure_lands_in_its_field() {
    let before = serde_json_like(&policy(DEFAULT.as_bytes()).expect("default"));
    for (name, _) in COUNTS {
        // 7 fits every range, and differs from every default.
        let line = if name == "red_after" { "value = 77" } else { "value = 7" };
        let after = serde_json_like(&policy(with(name, "value", line).as_bytes()).expect(name));
        let moved: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
        assert_eq!(moved.len(), 1, "{name}");
        assert_eq!(moved[0].0.0, name);
    }
}

fn serde_json_like(policy: &Policy) -> Vec<(&'static str, u16)> {
    vec![
        ("checkers", policy.checkers.value),
        ("returns_before_decision", policy.returns_before_decision.value),
        ("extensions", policy.extensions.value),
        ("overlap_days", policy.overlap_days.value),
        ("blue_days", policy.blue_days.value),
        ("blue_percent", policy.blue_percent.value),
        ("yellow_points", policy.yellow_points.value),
        ("note_before", policy.note_before.value),
        ("slip_after", policy.slip_after.value),
        ("red_after", policy.red_after.value),
        ("weekly_cap", policy.weekly_cap.value),
        ("reds_before_talk", policy.reds_before_talk.value),
    ]
}

/// Retention is all there or not at all, so that figures from before it stay good.
#[test]
fn retention_is_whole_or_absent() {
    let whole = policy(DEFAULT.as_bytes()).expect("the default profile").retention;
    let years = whole.expect("retention");
    assert_eq!(years.periods().map(|(_, count)| count.value), [10, 2, 3]);
    assert_eq!(years.periods().map(|(name, _)| name), KEEP.map(|(name, _)| name));
    let (before, _) = DEFAULT.split_once("[keep_matters_years]").expect("its table");
    assert_eq!(policy(before.as_bytes()).expect("older figures").retention, None);
    let half = DEFAULT.split_once("[keep_people_years]").expect("its table").0;
    let missing = policy(half.as_bytes()).expect_err("half a retention").problems;
    assert!(matches!(&missing[..], [one] if one.fault == Fault::MissingTable), "{missing:?}");
}

#[test]
fn a_blank_confirmation_is_none() {
    let lines = "confirmed_by = \"\"\nlength = \"2wd\"";
    let policy = policy(with("sign", "length", lines).as_bytes()).expect("not confirmed");
    assert_eq!(policy.sign.basis.confirmed_by, None);
}

#[test]
fn a_confirmed_figure_says_by_whom_and_when() {
    let lines = "dated = 2026-03-02\nconfirmed_by = \"局党组\"\nlength = \"2wd\"";
    let policy = policy(with("sign", "length", lines).as_bytes()).expect("confirmed");
    assert_eq!(policy.sign.basis.dated, Day::parse("2026-03-02").ok());
    assert_eq!(policy.sign.basis.confirmed_by, Some(Words::new("局党组")));
    assert_eq!(policy.sign.length, Length::working_days(2));
    let marked = format!("\u{feff}{DEFAULT}").replace('\n', "\r\n");
    assert!(super::policy(marked.as_bytes()).is_ok(), "as an editor on Windows saves it");
}

#[test]
fn each_fault_is_named_with_table_and_key() {
    let most = |most| Fault::NumberOutOfRange { most };
    let cases = [
        ("sign", "length", "", Fault::MissingKey),
        ("sign", "length", "length = 5", Fault::NotText),
        ("sign", "length", "length = \"\"", Fault::Blank),
        ("sign", "length", "length = \"0wd\"", Fault::NotALength),
        ("sign", "length", "length = \"一个工作日\"", Fault::NotALength),
        ("sign", "length", "length = \"1001wd\"", Fault::LengthOutOfRange),
        ("standing", "extension", "extension = \"121m\"", Fault::LengthOutOfRange),
        ("within", "extension", "extension = \"soon\"", Fault::NotALength),
        ("plan", "roll", "roll = \"any-day-off\"", Fault::NotARoll),
        ("plan", "roll", "", Fault::MissingKey),
        ("check", "start", "start = \"Reported\"", Fault::NotAStart),
        ("check", "start", "start = \"closed\"", Fault::OtherStart { needed: "reported" }),
        ("check", "pauses", "pauses = \"force_majeure\"", Fault::NotAPause),
        ("check", "pauses", "pauses = [\"holiday\"]", Fault::NotAPause),
        ("check", "pauses", "pauses = [1]", Fault::NotAPause),
        ("check", "pauses", "pauses = [\"force_majeure\", \"force_majeure\"]", Fault::TwicePause),
        ("redo", "source", "source = \" 　\"", Fault::Blank),
        ("redo", "source", "", Fault::MissingKey),
        ("redo", "confirmed_by", "confirmed_by = 7", Fault::NotText),
        ("redo", "dated", "dated = 2026-03-02T08:00:00", Fault::NotADay),
        ("redo", "dated", "dated = \"去年\"", Fault::NotADay),
        ("redo", "dated", "dated = 1", Fault::NotADay),
        ("redo", "colour", "colour = 1", Fault::UnknownKey),
        ("checkers", "value", "value = 9", most(8)),
        ("checkers", "value", "value = 0", most(8)),
        ("checkers", "value", "value = 2.0", Fault::NotANumber),
        ("checkers", "value", "value = \"2\"", Fault::NotANumber),
        ("checkers", "value", "", Fault::MissingKey),
        ("blue_percent", "value", "value = 101", most(100)),
        ("weekly_cap", "value", "value = -3", most(1000)),
        ("weekly_cap", "value", "value = 99999999999999999999", most(1000)),
        ("red_after", "value", "value = 3", Fault::RedBeforeSlip),
        ("look_back_second", "length", "length = \"30d\"", Fault::LookBackOrder),
        ("look_back_second", "length", "length = \"3m\"", Fault::LookBackOrder),
    ];
    for (table, key, line, fault) in cases {
        let text = with(table, key, line);
        assert_eq!(faults(&text), [(table.to_owned(), key.to_owned(), fault)], "{table} {line}");
    }
}

#[test]
fn tables_are_neither_missing_nor_unknown_nor_something_else() {
    let without = |name: &str| {
        let (before, after) = DEFAULT.split_once(&format!("[{name}]\n")).expect(name);
        format!(
            "{before}{}",
            after.split_once("\n[").map_or("", |(_, rest)| &after[after.len() - rest.len() - 1..])
        )
    };
    for name in CLOCKS.iter().map(|c| c.0).chain(COUNTS.iter().map(|c| c.0)) {
        assert_eq!(
            faults(&without(name)),
            [(name.to_owned(), String::new(), Fault::MissingTable)],
            "{name}"
        );
    }
    let more = format!("{DEFAULT}\n[punish]\nvalue = 1\n");
    assert_eq!(faults(&more), [("punish".to_owned(), String::new(), Fault::UnknownTable)]);
    let flat = format!("sign = \"1wd\"\n{}", without("sign"));
    assert_eq!(faults(&flat), [("sign".to_owned(), String::new(), Fault::NotATable)]);
    assert_eq!(faults("").len(), 24);
}

#[test]
fn all_faults_are_listed_in_the_order_of_the_lines() {
    let text = DEFAULT.replace("\"1wd\"", "\"1wx\"").replace("value = 20\n", "value = 200\n");
    let text = text.replace("[weekly_cap]", "[weekly_cup]");
    let problems = policy(text.as_bytes()).expect_err("three faults").problems;
    let places: Vec<_> = problems.iter().map(|p| (&*p.table, &*p.key, &*p.found)).collect();
    assert_eq!(
        places,
        [
            ("sign", "length", "\"1wx\""),
            ("blue_percent", "value", "200"),
            ("weekly_cup", "", "weekly_cup"),
            ("weekly_cap", "", ""),
        ]
    );
    assert_eq!(problems[0].line, 5);
    assert_eq!(problems[3].line, 0);
}

#[test]
fn what_is_no_such_file_is_refused_whole() {
    assert_eq!(faults("[sign]\nlength 5\n[plan\n")[0].2, Fault::NotToml);
    let twice = policy(format!("{DEFAULT}[sign]\n").as_bytes()).expect_err("twice").problems;
    assert_eq!(twice[0].fault, Fault::NotToml);
    assert!(twice[0].line > 100, "the second of the two: {twice:?}");
    let gbk = [DEFAULT.as_bytes(), &[0xb0, 0xec]].concat();
    let problem = &policy(&gbk).expect_err("GBK").problems[0];
    assert_eq!((problem.fault, &*problem.found), (Fault::NotUtf8, &*DEFAULT.len().to_string()));
    let big = format!("{DEFAULT}{}", "#\n".repeat(MOST_BYTES));
    assert_eq!(faults(&big)[0].2, Fault::TooBig);
    let deep = format!("x = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(faults(&deep).iter().all(|fault| fault.2 == Fault::NotToml));
}

#[test]
fn a_long_value_is_shortened_in_its_message() {
    let text = with("sign", "length", &format!("length = \"{}\"", "天".repeat(500)));
    let problem = policy(text.as_bytes()).expect_err("long").problems.remove(0);
    assert_eq!(problem.found.chars().count(), MOST_FOUND + 1);
    assert!(problem.found.ends_with('…'));
    assert!(problem.args().contains(&("line", "5".to_owned())));
}

proptest! {
    /// Whatever a slip of the hand does to the file: a policy or a list of problems, no panic.
    #[test]
    fn mutated_text_never_panics(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..20_usize, ".{0,12}"), 1..6),
    ) {
        let mut text = DEFAULT.to_owned();
        for (at, many, put) in cuts {
            let chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len() + 1);
            let rest = chars.iter().skip(at + many);
            text = chars[..at].iter().copied().chain(put.chars()).chain(rest.copied()).collect();
        }
        if let Err(NotAPolicy { problems }) = policy(text.as_bytes()) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(!problem.args().is_empty());
            }
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(policy(&bytes).is_err());
    }
}
