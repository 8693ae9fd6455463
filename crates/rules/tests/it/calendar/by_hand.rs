//! A count by hand, which shares nothing with the calendar under test: its own almanac, one day
//! after the other, its own table of the notices (month and day, as a person would copy them), and
//! loops instead of arithmetic.

use rules::calendar::{Roll, Unit};
use std::collections::BTreeMap;

/// Year, days off (single days and ranges), working weekends.
const NOTICES: [(i32, &str, &str); 7] = [
    (
        2020,
        "0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008",
        "0119 0426 0509 0628 0927 1010",
    ),
    (
        2021,
        "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    (
        2022,
        "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    (
        2023,
        "0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    (
        2024,
        "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    (2025, "0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    (
        2026,
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
];

const KNOWN_AHEAD_2027: &str = "0101 0205-0208 0405 0501-0502 0609 0915 1001-1003";
const KNOWN_AHEAD: &str = "0101 0501-0502 1001-1003";

/// 2018-01-01 was a Monday.
const FIRST_YEAR: i32 = 2018;
const LAST_YEAR: i32 = 2075;

pub(crate) struct Almanac {
    days: Vec<HandDay>,
    place: BTreeMap<String, usize>,
}

struct HandDay {
    text: String,
    ymd: (i32, u32, u32),
    working: bool,
    named_off: bool,
    published: bool,
}

/// What the hand found: the day as text, and whether it is provisional.
pub(crate) type Found = (String, bool);

impl Almanac {
    pub(crate) fn new() -> Almanac {
        let mut almanac = Almanac { days: Vec::new(), place: BTreeMap::new() };
        let mut weekday = 0;
        for year in FIRST_YEAR..=LAST_YEAR {
            let notice = NOTICES.iter().find(|(of, ..)| *of == year);
            let ahead = if year == 2027 { KNOWN_AHEAD_2027 } else { KNOWN_AHEAD };
            let (off, called_in) = notice.map_or((ahead, ""), |(_, off, called)| (off, called));
            for month in 1..=12 {
                for day in 1..=month_length(year, month) {
                    let named_off = names(off, month * 100 + day);
                    let working = names(called_in, month * 100 + day) || weekday < 5 && !named_off;
                    let text = format!("{year}-{month:02}-{day:02}");
                    almanac.place.insert(text.clone(), almanac.days.len());
                    let published = notice.is_some();
                    let ymd = (year, month, day);
                    almanac.days.push(HandDay { text, ymd, working, named_off, published });
                    weekday = (weekday + 1) % 7;
                }
            }
        }
        almanac
    }

    pub(crate) fn text(&self, place: usize) -> &str {
        &self.days[place].text
    }

    pub(crate) fn place(&self, text: &str) -> usize {
        self.place[text]
    }

    pub(crate) fn is_working(&self, place: usize) -> bool {
        self.days[place].working
    }

    /// The due day of a limit and whether a day that was looked at has no notice.
    pub(crate) fn due(&self, start: usize, n: u16, unit: Unit, roll: Roll) -> Found {
        let (mut at, mut open, mut left) = (start, false, n);
        match unit {
            Unit::WorkingDay => {
                while left > 0 {
                    at += 1;
                    open |= !self.days[at].published;
                    left -= u16::from(self.days[at].working);
                }
                return (self.days[at].text.clone(), open);
            }
            Unit::NaturalDay => at += usize::from(n),
            Unit::Month => at = self.months_after(start, n),
        }
        let (plain, named) = (roll == Roll::AnyDayOff, self.days[at].named_off);
        if roll == Roll::None {
            return (self.days[at].text.clone(), false);
        }
        open |= !self.days[at].published;
        if named || plain {
            while !self.days[at].working {
                at += 1;
                open |= !self.days[at].published;
            }
        }
        (self.days[at].text.clone(), open)
    }

    /// How many units lie in `(from, to]`, `from` being the earlier.
    pub(crate) fn count(&self, from: usize, to: usize, unit: Unit) -> i32 {
        let mut count = 0;
        match unit {
            Unit::WorkingDay => {
                (from + 1..=to).for_each(|at| count += i32::from(self.is_working(at)));
            }
            Unit::NaturalDay => (from + 1..=to).for_each(|_| count += 1),
            Unit::Month => {
                let mut months = 1;
                while self.months_after(from, months) <= to {
                    count += 1;
                    months += 1;
                }
            }
        }
        count
    }

    fn months_after(&self, start: usize, n: u16) -> usize {
        let (mut year, mut month, day) = self.days[start].ymd;
        for _ in 0..n {
            month += 1;
            if month == 13 {
                (year, month) = (year + 1, 1);
            }
        }
        let day = day.min(month_length(year, month));
        self.place[&format!("{year}-{month:02}-{day:02}")]
    }
}

fn month_length(year: i32, month: u32) -> u32 {
    // No year between 2018 and 2075 breaks the rule of four.
    let february = if year % 4 == 0 { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]
}

fn names(table: &str, month_and_day: u32) -> bool {
    table.split_whitespace().any(|entry| {
        let (from, to) = entry.split_once('-').unwrap_or((entry, entry));
        let number = |text: &str| text.parse::<u32>().expect(entry);
        (number(from)..=number(to)).contains(&month_and_day)
    })
}
