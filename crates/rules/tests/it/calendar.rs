//! Limits and working days against the office's vectors and against a count by hand.

use rules::calendar::{Calendar, Day, Length, Roll, Unit};

fn day(text: &str) -> Day {
    Day::parse(text).expect(text)
}

fn length(text: &str) -> Length {
    text.parse().expect(text)
}

fn due(start: &str, text: &str, roll: Roll) -> String {
    Calendar::published().due(day(start), length(text), roll).day.to_string()
}

#[test]
fn working_day_vectors() {
    let vectors = [
        ("2026-09-18", "5wd", "2026-09-24"),
        ("2026-09-18", "10wd", "2026-10-09"),
        ("2026-02-13", "1wd", "2026-02-14"),
        ("2026-02-13", "2wd", "2026-02-24"),
        ("2025-09-26", "1wd", "2025-09-28"),
        ("2025-09-26", "5wd", "2025-10-10"),
        ("2025-12-31", "1wd", "2026-01-04"),
        ("2024-02-08", "1wd", "2024-02-09"),
        ("2026-04-30", "5wd", "2026-05-11"),
        ("2020-01-23", "5wd", "2020-02-07"),
    ];
    for (start, text, expected) in vectors {
        assert_eq!(due(start, text, Roll::None), expected, "{start} + {text}");
    }
}

#[test]
fn natural_day_and_month_vectors() {
    let vectors = [
        ("2026-09-16", "15d", "2026-10-08"),
        ("2026-08-03", "60d", "2026-10-08"),
        ("2026-01-31", "15d", "2026-02-24"),
        ("2025-12-02", "30d", "2026-01-04"),
        ("2026-01-31", "1m", "2026-02-28"),
        ("2025-08-31", "6m", "2026-02-28"),
    ];
    for (start, text, expected) in vectors {
        assert_eq!(due(start, text, Roll::Statutory), expected, "{start} + {text}");
    }
}

/// 2026-11-28 is a plain Saturday; 2026-10-01 is named; 2026-01-02 is a Friday before a named
/// Saturday and a Sunday that works.
#[test]
fn a_weekend_and_a_holiday_under_each_roll() {
    let each = |start: &str, text: &str| Roll::ALL.map(|roll| due(start, text, roll));
    assert_eq!(each("2026-11-23", "5d"), ["2026-11-28", "2026-11-28", "2026-11-30"]);
    assert_eq!(each("2026-10-28", "1m"), ["2026-11-28", "2026-11-28", "2026-11-30"]);
    assert_eq!(each("2026-09-16", "15d"), ["2026-10-01", "2026-10-08", "2026-10-08"]);
    assert_eq!(each("2026-01-01", "1d"), ["2026-01-02", "2026-01-04", "2026-01-04"]);
    assert_eq!(each("2026-02-13", "1d"), ["2026-02-14"; 3], "a Saturday that works");
    assert_eq!(each("2026-11-20", "5wd"), ["2026-11-27"; 3]);
}

#[test]
fn working_days_of_each_year() {
    let calendar = Calendar::published();
    let year = |year: i32| {
        let eve = Day::new(year - 1, 12, 31).unwrap();
        calendar.count(eve, Day::new(year, 12, 31).unwrap(), Unit::WorkingDay)
    };
    assert_eq!(
        [2020, 2021, 2022, 2023, 2024, 2025, 2026].map(year),
        [249, 250, 249, 249, 251, 248, 248]
    );
}
