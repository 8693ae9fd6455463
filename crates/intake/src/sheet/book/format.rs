//! Number formats: which cells are days, and how numbers are written.

use crate::package::Unread;
use crate::sheet::grid::CellKind;
use crate::xml::{Token, Xml};
use rules::calendar::Day;
use std::collections::BTreeMap;

/// Which of the workbook's cell formats show a day.
#[derive(Default)]
pub(super) struct Formats {
    days: Vec<bool>,
}

impl Formats {
    pub(super) fn is_day(&self, style: usize) -> bool {
        self.days.get(style).copied().unwrap_or(false)
    }
}

pub(super) fn read(xml: &mut Xml<'_>) -> Result<Formats, Unread> {
    let mut codes: BTreeMap<u32, bool> = BTreeMap::new();
    let mut numbers = Vec::new();
    let (mut depth, mut cells_at) = (0_usize, None);
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(open) => {
                depth += 1;
                let number = || open.attr("numFmtId").and_then(|id| id.parse::<u32>().ok());
                match open.name() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (number(), open.attr("formatCode")) {
                            codes.insert(id, shows_a_day(&code));
                        }
                    }
                    "cellXfs" => cells_at = Some(depth),
                    "xf" if cells_at.is_some_and(|at| depth == at + 1) => {
                        numbers.push(number().unwrap_or(0));
                    }
                    _ => {}
                }
            }
            Token::Close => {
                depth = depth.saturating_sub(1);
                cells_at = cells_at.filter(|at| depth >= *at);
            }
            Token::Text(_) | Token::Nothing => {}
        }
    }
    let is_day = |id: u32| codes.get(&id).copied().unwrap_or_else(|| is_known_day(id));
    Ok(Formats { days: numbers.into_iter().map(is_day).collect() })
}

/// Formats that are not written out in a file (ISO/IEC 29500-1 18.8.30); 27 to 36 and 50 to 58 are
/// those of Chinese programs. Times without a day (18 to 21, 32 to 35, 45 to 47, 55 and 56) are left.
fn is_known_day(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format writes a year, a month or a day: letters outside quotes, brackets and escapes.
fn shows_a_day(code: &str) -> bool {
    let (mut year_or_day, mut month, mut time) = (false, false, false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => drop(rest.by_ref().find(|c| *c == '"')),
            '[' => drop(rest.by_ref().find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(rest.next()),
            ';' => break,
            'y' | 'Y' | 'd' | 'D' | '年' | '月' | '日' => year_or_day = true,
            'm' | 'M' => month = true,
            'h' | 'H' | 's' | 'S' => time = true,
            _ => {}
        }
    }
    year_or_day || (month && !time)
}

/// A number as people write it: 3 and not 3.0, 0.3 and not 0.30000000000000004.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    // Spreadsheet programs keep 15 digits.
    let rounded: f64 = format!("{number:.14e}").parse().ok()?;
    // Numbers of any size are written out, and some are 300 digits long; those stay as they are.
    if rounded != 0.0 && !(1e-9..1e21).contains(&rounded.abs()) {
        return Some(text.to_owned());
    }
    Some(if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() })
}

/// A number under a format: a day or a number.
pub(super) fn shown(text: &str, is_day: bool, from_1904: bool) -> (CellKind, String) {
    let number = text.trim().parse::<f64>().ok();
    if let Some(day) = number.filter(|_| is_day).and_then(|n| serial(n, from_1904)) {
        return (CellKind::Day, day.to_string());
    }
    match plain(text) {
        Some(number) => (CellKind::Number, number),
        None => (CellKind::Text, text.trim().to_owned()),
    }
}

/// A spreadsheet's serial number as a day; the time of the day is left out. In the count from 1900,
/// day 60 is the 29th of February 1900, which never was (ISO/IEC 29500-1 18.17.4.1).
pub(crate) fn serial(number: f64, from_1904: bool) -> Option<Day> {
    if !(0.0..200_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 200,000")]
    let whole = number.floor() as i32;
    let day = match whole {
        _ if from_1904 => Day::new(1904, 1, 1).ok()?.plus(whole),
        0 | 60 => return None,
        ..60 => Day::FIRST.plus(whole - 1),
        _ => Day::FIRST.plus(whole - 2),
    };
    // Numbers past the last day we know are held at it.
    Some(day).filter(|day| *day < Day::LAST)
}

#[cfg(test)]
mod tests {
    use super::{plain, serial, shown, shows_a_day};
    use crate::sheet::grid::CellKind;

    #[test]
    fn serial_numbers_are_days() {
        let day = |n: f64, from_1904| serial(n, from_1904).map(|day| day.to_string());
        // What Excel shows for these numbers.
        for (number, expected) in [
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (25_569.0, "1970-01-01"),
            (46_374.0, "2026-12-18"),
            (46_374.75, "2026-12-18"),
        ] {
            assert_eq!(day(number, false).as_deref(), Some(expected), "{number}");
        }
        assert_eq!(day(44_912.0, true).as_deref(), Some("2026-12-18"));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01"));
        for none in [0.0, 0.5, 60.0, -1.0, 1e300, f64::NAN, f64::INFINITY] {
            assert_eq!(day(none, false), None, "{none}");
        }
    }

    #[test]
    fn formats_that_show_a_day() {
        for code in ["yyyy-mm-dd", "m/d", "yyyy\"年\"m\"月\"", "[$-804]yyyy年m月d日;@", "mmm"]
        {
            assert!(shows_a_day(code), "{code}");
        }
        for code in ["General", "0.00", "h:mm", "mm:ss", "\"day\"0", "[Red]0", "0\\d", "@"] {
            assert!(!shows_a_day(code), "{code}");
        }
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (raw, expected) in [
            ("3", "3"),
            ("3.0", "3"),
            ("0.30000000000000004", "0.3"),
            ("12.18", "12.18"),
            ("1.1000000000000001E-2", "0.011"),
            ("1.23456789012345E+17", "123456789012345000"),
            ("-0", "-0"),
            ("1e300", "1e300"),
        ] {
            assert_eq!(plain(raw).as_deref(), Some(expected), "{raw}");
        }
        assert_eq!(plain("inf"), None);
        assert_eq!(shown("abc", true, false), (CellKind::Text, "abc".to_owned()));
    }
}
