//! Limits and working days against the office's vectors and against a count by hand.

mod by_hand;

use by_hand::Almanac;
use rules::calendar::{Calendar, Counted, Day, Length, Notice, NoticeDay, Reason, Roll, Unit};
use words::Lang;

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

/// Numbers without chance: the same ten thousand limits on every machine (Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }
}

#[test]
fn ten_thousand_limits_equal_a_count_by_hand() {
    let (calendar, almanac, mut numbers) = (Calendar::published(), Almanac::new(), Numbers(42));
    let (first, last) = (almanac.place("2019-01-01"), almanac.place("2030-12-31"));
    // How often each case was met: unit, roll, provisional, and limits that a roll moved.
    let mut met = [[[0; 2]; 3]; 3];
    let mut moved = [0; 3];
    for _ in 0..10_000 {
        let start = first + numbers.below(last - first + 1);
        let (unit_at, roll_at) = (numbers.below(3), numbers.below(3));
        let (unit, roll) = (Unit::ALL[unit_at], Roll::ALL[roll_at]);
        let longest = [[10, 10, 10], [300, 700, 24]][numbers.below(2)][unit_at];
        let n = u16::try_from(1 + numbers.below(longest)).unwrap();
        let length = Length { n, unit };
        let from = day(almanac.text(start));

        let due = calendar.due(from, length, roll);
        let (expected, open) = almanac.due(start, n, unit, roll);
        assert_eq!(
            (due.day.to_string(), due.provisional),
            (expected, open),
            "{from} {length} {roll:?}"
        );

        let explanation = calendar.explain(from, length, roll);
        assert_eq!(explanation.due, due, "{from} {length} {roll:?}");
        assert_eq!(explanation.steps.last().map(|step| step.day), Some(due.day));
        assert_eq!(explanation.steps.iter().filter_map(|step| step.n).max(), Some(u32::from(n)));

        met[unit_at][roll_at][usize::from(open)] += 1;
        let without_roll = calendar.due(from, length, Roll::None).day;
        moved[roll_at] += u32::from(due.day != without_roll);
    }
    for (unit_at, rolls) in met.iter().enumerate() {
        for (roll_at, cases) in rolls.iter().enumerate() {
            let no_calendar_asked = roll_at == 0 && unit_at != 0;
            assert!(cases[0] > 200 && (cases[1] > 200) != no_calendar_asked, "{met:?}");
        }
    }
    assert!(moved[0] == 0 && moved[1] > 50 && moved[2] > 500, "{moved:?}");
}

#[test]
fn counts_equal_a_count_by_hand() {
    let (calendar, almanac, mut numbers) = (Calendar::published(), Almanac::new(), Numbers(7));
    for _ in 0..2_000 {
        let from = almanac.place("2019-01-01") + numbers.below(3_000);
        let to = from + numbers.below(1_500);
        let (early, late) = (day(almanac.text(from)), day(almanac.text(to)));
        for unit in Unit::ALL {
            let expected = almanac.count(from, to, unit);
            assert_eq!(calendar.count(early, late, unit), expected, "{early} {late} {unit:?}");
            assert_eq!(calendar.count(late, early, unit), -expected, "{late} {early} {unit:?}");
        }
    }
}

/// The search for a working day is arithmetic between marked days; walk every day there is.
#[test]
fn every_day_has_its_next_working_day() {
    let calendar = Calendar::published();
    let (mut at, mut next) = (Day::LAST, Day::LAST);
    while at > Day::FIRST {
        if calendar.is_working(at) {
            next = at;
        }
        at = at.plus(-1);
        let found = calendar.due(at, Length::working_days(1), Roll::None).day;
        assert_eq!(found, next, "after {at}");
        let counted = calendar.count(at, at.plus(1), Unit::WorkingDay);
        assert_eq!(counted, i32::from(calendar.is_working(at.plus(1))), "{at}");
    }
}

#[test]
fn the_edges_hold() {
    let calendar = Calendar::published();
    for unit in Unit::ALL {
        for roll in Roll::ALL {
            let length = Length { n: u16::MAX, unit };
            for start in [Day::FIRST, day("2026-11-23"), Day::LAST.plus(-1), Day::LAST] {
                let due = calendar.due(start, length, roll);
                assert!(due.day >= start);
                assert_eq!(calendar.explain(start, length, roll).due, due, "{start} {length}");
            }
            let end = calendar.due(Day::LAST.plus(-1), Length { n: 900, unit }, roll);
            assert_eq!(end, Counted { day: Day::LAST, provisional: true });
            let none = Length { n: 0, unit };
            let holiday = day("2026-10-01");
            assert_eq!(
                calendar.explain(holiday, none, roll).due,
                calendar.due(holiday, none, roll)
            );
        }
    }
}

#[test]
fn days_without_a_notice_are_provisional() {
    let calendar = Calendar::published();
    assert_eq!(calendar.version(), 1);
    assert_eq!(calendar.first_published(), day("2020-01-01"));
    assert_eq!(calendar.last_published(), day("2026-12-31"));
    let due = |start: &str, text: &str, roll| {
        let due = calendar.due(day(start), length(text), roll);
        (due.day.to_string(), due.provisional)
    };
    assert_eq!(due("2026-12-28", "3wd", Roll::None), ("2026-12-31".to_owned(), false));
    assert_eq!(due("2026-12-28", "4wd", Roll::None), ("2027-01-04".to_owned(), true));
    // Two working days later than with weekends alone: the projected Spring Festival.
    assert_eq!(due("2027-02-04", "1wd", Roll::None), ("2027-02-09".to_owned(), true));
    assert_eq!(due("2026-12-28", "4d", Roll::Statutory), ("2027-01-04".to_owned(), true));
    assert_eq!(due("2026-12-28", "8d", Roll::Statutory), ("2027-01-05".to_owned(), true));
    assert_eq!(due("2026-12-28", "4d", Roll::None), ("2027-01-01".to_owned(), false));
    assert_eq!(due("2019-12-30", "1wd", Roll::None), ("2019-12-31".to_owned(), true));

    let kind = calendar.kind(day("2027-06-09"));
    assert!(!kind.working && kind.is_statutory_off() && kind.provisional);
    assert_eq!(kind.name, Some("端午节"));
    let kind = calendar.kind(day("2026-09-20"));
    assert!(kind.working && !kind.is_statutory_off() && !kind.provisional);
    let kind = calendar.kind(day("2026-11-28"));
    assert!(!kind.working && !kind.is_statutory_off() && kind.name.is_none());
}

fn notice(days: &[(&str, bool, &str)]) -> Vec<NoticeDay> {
    let of = |(at, working, name): &(&str, bool, &str)| NoticeDay {
        day: day(at),
        working: *working,
        name: (*name).to_owned(),
    };
    days.iter().map(of).collect()
}

/// The notice of 2020-01-27 made the Spring Festival longer while limits were running.
#[test]
fn a_notice_may_change_in_the_middle_of_a_year() {
    let first = notice(&[("2020-01-31", true, "春节"), ("2020-02-01", true, "春节")]);
    let before = Calendar::published().revise(&first, 2);
    let amended = notice(&[
        ("2020-01-31", false, "春节"),
        ("2020-02-01", false, "春节"),
        ("2020-02-02", false, "春节"),
    ]);
    let after = before.revise(&amended, 3);
    let due = |calendar: &Calendar| {
        let due = calendar.due(day("2020-01-23"), length("5wd"), Roll::None);
        (due.day.to_string(), due.provisional)
    };
    assert_eq!(due(&before), ("2020-02-05".to_owned(), false));
    assert_eq!(due(&after), ("2020-02-07".to_owned(), false));
    assert_eq!((before.version(), after.version()), (2, 3));
    assert_eq!(due(&before), ("2020-02-05".to_owned(), false), "the older one stays as it was");
    assert_eq!(after.last_published(), day("2026-12-31"));
}

/// A notice of one year may name 31 December of the year before; a few days are no year's notice.
#[test]
fn a_year_is_published_when_its_notice_came() {
    let some = notice(&[("2026-12-31", false, "元旦"), ("2027-02-13", true, "春节")]);
    let partly = Calendar::published().revise(&some, 2);
    assert_eq!(partly.last_published(), day("2026-12-31"));
    assert!(!partly.is_working(day("2026-12-31")) && partly.is_working(day("2027-02-13")));
    assert!(partly.kind(day("2027-02-13")).provisional);
    assert!(partly.kind(day("2027-05-01")).is_statutory_off(), "what is projected stays");

    let table = "date,kind,name\n2027-10-01,off,国庆节\n2027-10-09,work,国庆节\n";
    let whole = Notice::read("示例".to_owned(), day("2026-11-30"), table).unwrap();
    let whole = partly.revise(&whole.days, 3);
    assert_eq!(whole.last_published(), day("2027-12-31"));
    assert!(!whole.kind(day("2027-05-03")).provisional);
    assert!(whole.is_working(day("2027-02-05")), "its notice has the last word on a year");
    assert!(!whole.is_working(day("2026-12-31")), "earlier notices stay");
    let due = whole.due(day("2026-12-30"), length("2wd"), Roll::None);
    assert_eq!(due, Counted { day: day("2027-01-04"), provisional: false });

    // The year after the next one, its forerunner missing: what crosses the gap is provisional.
    let far = notice(&[("2028-10-01", false, "国庆节")]);
    let gap = Calendar::published().revise(&far, 2);
    assert_eq!(gap.last_published(), day("2028-12-31"));
    let provisional = |start: &str, text| gap.due(day(start), length(text), Roll::None).provisional;
    assert!(provisional("2026-12-01", "300wd") && provisional("2027-03-01", "5wd"));
    assert!(!provisional("2028-03-01", "5wd") && !provisional("2026-03-01", "5wd"));
}

#[test]
fn a_notice_survives_its_event() {
    let table = "date,kind,name\n2027-01-01,off,元旦\n";
    let notice =
        Notice::read("国办发明电〔2026〕示例号".to_owned(), day("2026-11-30"), table).unwrap();
    let text = serde_json::to_string(&notice).unwrap();
    let days = r#""days":[{"day":"2027-01-01","working":false,"name":"元旦"}]"#;
    assert!(text.contains(days), "{text}");
    assert_eq!(serde_json::from_str::<Notice>(&text).unwrap(), notice);
}

#[test]
fn an_explanation_says_why() {
    let calendar = Calendar::published();
    let lines = |start: &str, text: &str, roll| -> Vec<String> {
        let explanation = calendar.explain(day(start), length(text), roll);
        let line = |step: &rules::calendar::Step| {
            let n = step.n.map_or("-".to_owned(), |n| n.to_string());
            let words = words::say(Lang::Zh, step.reason.code(), &step.reason.args());
            format!("{} {n} {words}", step.day)
        };
        explanation.steps.iter().map(line).collect()
    };
    assert_eq!(
        lines("2026-09-18", "5wd", Roll::None),
        [
            "2026-09-18 - 开始当日，不计入（民法典第二百零一条）",
            "2026-09-19 - 周末，不计",
            "2026-09-20 1 调休上班（国庆节）",
            "2026-09-21 2 工作日",
            "2026-09-22 3 工作日",
            "2026-09-23 4 工作日",
            "2026-09-24 5 工作日",
        ]
    );
    assert_eq!(
        lines("2026-06-16", "3d", Roll::Statutory),
        [
            "2026-06-16 - 开始当日，不计入（民法典第二百零一条）",
            "2026-06-17 1 计入",
            "2026-06-18 2 计入",
            "2026-06-19 3 最后一日放假（端午节），顺延",
            "2026-06-20 - 放假（端午节），不计",
            "2026-06-21 - 放假（端午节），不计",
            "2026-06-22 - 休假结束后的第一天，期限到此届满",
        ]
    );
    assert_eq!(
        lines("2026-10-31", "1m", Roll::None)[1..],
        ["2026-11-30 1 满月（当月没有对应日，以月末日为准）",]
    );
}

/// Every code that leaves this package has words in both languages.
#[test]
fn every_code_has_words() {
    let name = || "国庆节".to_owned();
    let reasons = [
        Reason::StartDay,
        Reason::WorkingDay,
        Reason::SwappedWorkingDay { name: name() },
        Reason::Weekend,
        Reason::StatutoryOff { name: "抗战胜利纪念日".to_owned() },
        Reason::NaturalDay,
        Reason::MonthPassed,
        Reason::MonthEnd,
        Reason::LastDayOff { name: name() },
        Reason::LastDayWeekend,
        Reason::MovedTo,
    ];
    let tables = [
        "",
        "date,kind,name",
        "date,kind,name\n,",
        "date,kind,name\n1,off,元旦",
        "date,kind,name\n2027-01-01,x,元旦",
        "date,kind,name\n2027-01-01,off,",
        "date,kind,name\n2027-01-01,off,元旦\n2027-01-01,off,元旦",
    ];
    let faults =
        tables.map(|table| Notice::read(String::new(), day("2026-11-30"), table).expect_err(table));
    let mut said: Vec<_> = reasons.iter().map(|reason| (reason.code(), reason.args())).collect();
    said.extend(faults.iter().map(|fault| (fault.code(), fault.args())));
    for lang in Lang::ALL {
        for (code, args) in &said {
            let text = words::say(lang, code, args);
            assert!(!text.contains(['⟦', '{', '$']), "{code}: {text}");
        }
        for code in ["not-a-day", "not-a-length", "not-a-roll"] {
            assert!(words::knows(lang, code), "{code}");
        }
    }
    let codes: std::collections::BTreeSet<_> = said.iter().map(|(code, _)| code).collect();
    assert_eq!(codes.len(), 18, "each has its own words");
}
