//! Days as people write them in ledgers: with and without a year, to the month, as a serial number.

use crate::sheet::book::serial;
use crate::sheet::grid::{Cell, CellKind};
use crate::sheet::problem::RowFault;
use crate::sheet::value::half_width;
use rules::calendar::Day;

/// Where a day without its year lies: a limit is still to come, a finding has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Ahead,
    Back,
}

/// What a cell for a day says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// The day as it stands there.
    Day(Day),
    /// The day as it was understood.
    Understood(Day),
    /// No day, and what probably was meant.
    Fault(RowFault, Option<String>),
}

pub(super) fn read(cell: Cell<'_>, from_1904: bool, today: Day, lean: Lean) -> Said {
    let near = Near { today, lean };
    match cell.kind {
        CellKind::Day => match Day::parse(cell.text) {
            Ok(day) => Said::Day(day),
            Err(_) => Said::Fault(RowFault::NotADay, None),
        },
        CellKind::Number => near.number(cell.text, from_1904),
        CellKind::Text => near.text(cell.text),
        CellKind::Flag | CellKind::Fault => Said::Fault(RowFault::NotADay, None),
    }
}

#[derive(Clone, Copy)]
struct Near {
    today: Day,
    lean: Lean,
}

impl Near {
    /// 46374 is a serial number that lost its format; 20261218 a day without its marks; 12.18 a month
    /// and a day. Of 12.1 a spreadsheet has lost whether it was 12.10.
    fn number(self, text: &str, from_1904: bool) -> Said {
        let unclear = || {
            let (month, tenth) = text.split_once('.')?;
            let month = month.parse().ok()?;
            let tenth: u8 = tenth.parse().ok().filter(|tenth| (1..=3).contains(tenth))?;
            let (one, other) = (self.of(month, tenth).ok()?, self.of(month, tenth * 10).ok()?);
            Some(Said::Fault(RowFault::UnclearDay { one, other }, Some(one.to_string())))
        };
        if let Some(said) = unclear() {
            return said;
        }
        // 20,000 is in 1954, 80,000 in 2119: other whole numbers are no days of a ledger.
        let number = text.parse::<f64>().ok().filter(|n| (20_000.0..80_000.0).contains(n));
        match number.and_then(|number| serial(number, from_1904)) {
            Some(day) => Said::Understood(day),
            None => self.text(text),
        }
    }

    fn text(self, text: &str) -> Said {
        let plain: String = text.trim().chars().map(half_width).collect();
        let (plain, end) = without_end(without_time(&plain));
        let day = match parts(plain) {
            Some(Parts::Day(year, month, day)) => return whole(year, month, day, text),
            Some(Parts::DayOfYear(month, day)) => {
                return match self.of(month, day) {
                    Ok(found) => Said::Understood(found),
                    Err(fault) => Said::Fault(fault, None),
                };
            }
            Some(Parts::Month(year, month)) if end || self.lean == Lean::Ahead => {
                last_of(year, month)
            }
            Some(Parts::MonthOnly(month)) if end => self.near(|year| last_of(year, month)),
            Some(Parts::Month(..) | Parts::MonthOnly(_)) | None => None,
        };
        day.map_or(Said::Fault(RowFault::NotADay, None), Said::Understood)
    }

    /// The day of this month and day that is nearest on the side it must lie.
    fn of(self, month: u8, day: u8) -> Result<Day, RowFault> {
        let found = self.near(|year| Day::new(year, month, day).ok());
        found.ok_or(match last_of(self.today.ymd().0, month) {
            Some(_) if (29..=31).contains(&day) => RowFault::NoSuchDay { month, day },
            _ => RowFault::NotADay,
        })
    }

    /// The nearest year's day on the side it must lie. The 29th of February may be years away.
    fn near(self, of_year: impl Fn(i32) -> Option<Day>) -> Option<Day> {
        let (year, ..) = self.today.ymd();
        (0..=8).find_map(|more| match self.lean {
            Lean::Ahead => of_year(year + more).filter(|day| *day >= self.today),
            Lean::Back => of_year(year - more).filter(|day| *day <= self.today),
        })
    }
}

/// Whether a day needs a word on how it was understood: 2026-12-18 and its like do not.
fn whole(year: i32, month: u8, day: u8, text: &str) -> Said {
    match Day::new(year, month, day) {
        Ok(day) if crate::sheet::value::day(text) == Some(day) => Said::Day(day),
        Ok(day) => Said::Understood(day),
        Err(_) => {
            let last = last_of(year, month).filter(|_| day > 28);
            let fault = last.map_or(RowFault::NotADay, |_| RowFault::NoSuchDay { month, day });
            Said::Fault(fault, last.map(|last| last.to_string()))
        }
    }
}

/// A midnight that a spreadsheet program put behind a day.
fn without_time(text: &str) -> &str {
    let date = text.strip_suffix("00:00:00").or(text.strip_suffix("0:00")).unwrap_or(text);
    date.trim_end()
}

/// 12月底 and 12月底前 are the month's last day; 12月18日前 is that day.
fn without_end(text: &str) -> (&str, bool) {
    let text =
        ["之前", "以前", "前", "止"].iter().find_map(|w| text.strip_suffix(w)).unwrap_or(text);
    match text.strip_suffix('底').or_else(|| text.strip_suffix("末")) {
        Some(month) => (month, true),
        None => (text, false),
    }
}

enum Parts {
    Day(i32, u8, u8),
    Month(i32, u8),
    MonthOnly(u8),
    /// A month and a day without a year.
    DayOfYear(u8, u8),
}

fn parts(text: &str) -> Option<Parts> {
    let numbers: Vec<&str> =
        text.split(['年', '月', '日', '号', '-', '/', '.', '—']).map(str::trim).collect();
    let numbers = match numbers.split_last() {
        Some((&"", rest)) if text.ends_with(['年', '月', '日', '号']) => rest,
        _ => numbers.as_slice(),
    };
    let is_number = |part: &&str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !numbers.iter().all(is_number) {
        return None;
    }
    let small = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let year = |part: &str| part.parse::<i32>().ok().filter(|_| part.len() == 4);
    match *numbers {
        [whole] if whole.len() == 8 => {
            let (year, rest) = whole.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            Some(Parts::Day(year.parse().ok()?, small(month)?, small(day)?))
        }
        [month] if text.ends_with('月') => Some(Parts::MonthOnly(small(month)?)),
        [first, month] if year(first).is_some() => Some(Parts::Month(year(first)?, small(month)?)),
        [month, day] => Some(Parts::DayOfYear(small(month)?, small(day)?)),
        [first, month, day] => Some(Parts::Day(year(first)?, small(month)?, small(day)?)),
        _ => None,
    }
}

fn last_of(year: i32, month: u8) -> Option<Day> {
    Day::new(year, month, 1).ok().map(|first| first.plus_months(1).plus(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: CellKind, text: &str, lean: Lean) -> String {
        let today = Day::parse("2026-11-23").unwrap();
        match read(Cell { kind, text }, false, today, lean) {
            Said::Day(day) => format!("{day}"),
            Said::Understood(day) => format!("~{day}"),
            Said::Fault(fault, near) => format!("{fault:?} {}", near.unwrap_or_default()),
        }
    }

    #[track_caller]
    fn ahead(text: &str, expected: &str) {
        assert_eq!(said(CellKind::Text, text, Lean::Ahead).trim(), expected, "{text}");
    }

    #[test]
    fn days_of_ledgers() {
        for text in
            ["2026-12-18", "2026/12/18", "2026.12.18", "2026年12月18日", "２０２６．１２．１８"]
        {
            ahead(text, "2026-12-18");
        }
        for text in [
            "12.18",
            "12-18",
            "12/18",
            "12月18日",
            "12月18号",
            "12月18日前",
            "20261218",
            "2026年12月18日之前",
            "2026. 12. 18",
        ] {
            ahead(text, "~2026-12-18");
        }
        ahead("1.15", "~2027-01-15");
        ahead("11.23", "~2026-11-23");
        ahead("2026年12月底", "~2026-12-31");
        ahead("2026年12月", "~2026-12-31");
        ahead("2月底前", "~2027-02-28");
        // The month that runs has not ended yet.
        ahead("11月底", "~2026-11-30");
        assert_eq!(said(CellKind::Text, "11月底", Lean::Back), "~2025-11-30");
        ahead("2.29", "~2028-02-29");
        assert_eq!(said(CellKind::Text, "12.18", Lean::Back), "~2025-12-18");
        assert_eq!(said(CellKind::Text, "2026年10月", Lean::Back).trim(), "NotADay");
    }

    #[test]
    fn numbers_that_were_days() {
        let number = |text: &str| said(CellKind::Number, text, Lean::Ahead);
        assert_eq!(number("46374"), "~2026-12-18");
        assert_eq!(number("12.18"), "~2026-12-18");
        assert_eq!(number("20261218"), "~2026-12-18");
        assert!(number("12.1").starts_with("UnclearDay"), "{}", number("12.1"));
        assert_eq!(number("7").trim(), "NotADay");
    }

    #[test]
    fn days_that_are_none_say_what_was_meant() {
        ahead("2026-2-30", "NoSuchDay { month: 2, day: 30 } 2026-02-28");
        ahead("2026年11月31日", "NoSuchDay { month: 11, day: 31 } 2026-11-30");
        ahead("2.30", "NoSuchDay { month: 2, day: 30 }");
        for none in
            ["2026-13-01", "2026-12-32x", "", "尽快", "月", "年月日", "2026", "13.1", "-", "12月"]
        {
            ahead(none, "NotADay");
        }
    }
}
