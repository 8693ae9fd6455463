//! A civil day.

use alloc::string::String;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A civil day of the proleptic Gregorian calendar, from 1900-01-01 to 2199-12-31. Kept as days
/// since 1970-01-01, written and serialised as `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// The text or the numbers name no day between 1900 and 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

impl NotADay {
    /// The words for it; the caller adds what was read as `text`.
    pub fn code(self) -> &'static str {
        "not-a-day"
    }
}

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

impl Day {
    /// 1970-01-01.
    pub const EPOCH: Day = Day(0);

    /// 1900-01-01.
    pub const FIRST: Day = Day(-25_567);
    /// 2199-12-31.
    pub const LAST: Day = Day(84_005);

    /// The day with these numbers; month and day of the month count from 1.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Day, NotADay> {
        let in_range = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        if !in_range || day == 0 || day > days_in_month(year, month) {
            return Err(NotADay);
        }
        Ok(Day(days_from_civil(year, month, day)))
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Result<Day, NotADay> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(NotADay);
        }
        let number = |range: core::ops::Range<usize>| {
            bytes[range].iter().try_fold(0_i32, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0')).ok_or(NotADay)
            })
        };
        let small = |range| number(range).and_then(|n| u8::try_from(n).map_err(|_| NotADay));
        Day::new(number(0..4)?, small(5..7)?, small(8..10)?)
    }

    /// Year, month and day of the month.
    pub fn ymd(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `n` civil days later (earlier when negative), held within the supported years.
    #[must_use]
    pub fn plus(self, n: i32) -> Day {
        Day(self.0.saturating_add(n).clamp(Day::FIRST.0, Day::LAST.0))
    }

    /// The day `n` months later: the same day of the month, or the month's last day when it has
    /// none (民法典 202). Held within the supported years.
    #[must_use]
    pub fn plus_months(self, n: i32) -> Day {
        let (year, month, day) = self.ymd();
        let months = (year * 12 + i32::from(month) - 1).saturating_add(n);
        if months < FIRST_YEAR * 12 {
            return Day::FIRST;
        }
        if months > LAST_YEAR * 12 + 11 {
            return Day::LAST;
        }
        // The remainder is below 12, so it fits.
        let month = u8::try_from(months % 12).unwrap_or(0) + 1;
        let year = months / 12;
        Day(days_from_civil(year, month, day.min(days_in_month(year, month))))
    }

    /// Civil days from `earlier` to this day.
    pub fn since(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }

    /// 1 = Monday … 7 = Sunday.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday; the remainder is below 7, so it fits.
        u8::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0) + 1
    }

    /// Saturday or Sunday, worked or not.
    pub fn is_weekend(self) -> bool {
        self.weekday() >= 6
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    // Both are within 1..=31 by construction.
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        struct IsoText;
        impl serde::de::Visitor<'_> for IsoText {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day as YYYY-MM-DD")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Day, E> {
                Day::parse(text)
                    .map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
            fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Day, E> {
                self.visit_str(&text)
            }
        }
        deserializer.deserialize_str(IsoText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    fn day(text: &str) -> Day {
        Day::parse(text).expect(text)
    }

    #[test]
    fn every_day_goes_there_and_back() {
        assert_eq!(Day::FIRST, day("1900-01-01"));
        assert_eq!(Day::LAST, day("2199-12-31"));
        assert_eq!(day("1970-01-01").number(), 0);
        let (mut at, mut before) = (Day::FIRST, (1899, 12, 31));
        loop {
            let (year, month, number) = at.ymd();
            assert!((year, month, number) > before);
            assert_eq!(Day::new(year, month, number), Ok(at));
            assert_eq!(Day::parse(&at.to_string()), Ok(at));
            if at == Day::LAST {
                break;
            }
            assert_eq!(at.plus(1).weekday(), at.weekday() % 7 + 1);
            before = (year, month, number);
            at = at.plus(1);
        }
    }

    #[test]
    fn weekdays_that_are_known() {
        assert_eq!(day("2026-11-23").weekday(), 1);
        assert_eq!(day("2000-02-29").weekday(), 2);
        assert!(day("2026-02-14").is_weekend() && day("2026-02-15").is_weekend());
        assert!(!day("2026-02-13").is_weekend());
    }

    #[test]
    fn only_days_are_days() {
        let not = [
            "",
            "2026-2-30",
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-01-00",
            "1899-12-31",
            "2200-01-01",
            "2026/01/01",
            "20260101",
            "2026-01-011",
            "+026-01-01",
            "２０２６-01",
            " 2026-1-1",
            "2026-01-0a",
        ];
        for text in not {
            assert_eq!(Day::parse(text), Err(NotADay), "{text}");
        }
        assert!(Day::parse("2000-02-29").is_ok() && Day::parse("2024-02-29").is_ok());
    }

    #[test]
    fn steps_stay_within_the_years() {
        assert_eq!(day("2026-01-01").plus(i32::MAX), Day::LAST);
        assert_eq!(day("2026-01-01").plus(i32::MIN), Day::FIRST);
        assert_eq!(day("2026-01-01").plus_months(i32::MAX), Day::LAST);
        assert_eq!(day("2026-01-01").plus_months(i32::MIN), Day::FIRST);
        assert_eq!(day("2199-11-30").plus_months(1), day("2199-12-30"));
        assert_eq!(day("2026-03-31").plus_months(-1), day("2026-02-28"));
        assert_eq!(day("2026-12-31").plus_months(2), day("2027-02-28"));
        assert_eq!(day("2026-11-23").since(day("2026-11-30")), -7);
    }

    #[test]
    fn json_is_the_iso_text() {
        let today = day("2026-11-23");
        assert_eq!(serde_json::to_string(&today).unwrap(), "\"2026-11-23\"");
        assert_eq!(serde_json::from_str::<Day>("\"2026-11-23\"").unwrap(), today);
        assert!(serde_json::from_str::<Day>("\"2026-11-31\"").is_err());
        assert!(serde_json::from_str::<Day>("20261123").is_err());
    }
}
