//! What stands in a cell, and how a text is cut into cells without losing any of it.

use rules::calendar::Day;
use rules::light::Light;

/// What stands in a cell. There is no variant for a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    Number(u32),
    Day { day: Day, provisional: bool },
    Light(Light),
}

impl Cell {
    pub(crate) fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.to_owned()))
    }

    pub(crate) fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Blank, |day| Self::Day { day, provisional: false })
    }
}

/// Characters of one cell, in UTF-16 units (ECMA-376 Part 1, 18.18.97 as Excel limits it: 32,767).
/// Some are kept for the reference to the sheet on which the text goes on.
const MOST_UNITS: usize = 32_000;

/// The text in parts that each fit a cell; one part for nearly every text.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    // A character is at most two units and at least one byte.
    if text.len() <= MOST_UNITS {
        return vec![text];
    }
    let (mut parts, mut from, mut units) = (Vec::new(), 0, 0);
    for (at, one) in text.char_indices() {
        if units + one.len_utf16() > MOST_UNITS {
            parts.push(&text[from..at]);
            (from, units) = (at, 0);
        }
        units += one.len_utf16();
    }
    parts.push(&text[from..]);
    parts
}

/// Days from the format's own zero day: 1900-01-01 is 1, and 1900 is held to be a leap year, so
/// that days before March 1900 count one less (ECMA-376 Part 1, 18.17.4.1).
pub(crate) fn serial(day: Day) -> f64 {
    const OF_1970: i32 = 25_569;
    const MARCH_1900: i32 = 61;
    let serial = day.number() + OF_1970;
    f64::from(if serial < MARCH_1900 { serial - 1 } else { serial })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_that_are_known() {
        let serial = |text| serial(Day::parse(text).expect(text));
        let known = [
            ("1900-01-01", 1.0),
            ("1900-02-28", 59.0),
            ("1900-03-01", 61.0),
            ("1970-01-01", 25_569.0),
            ("2026-11-23", 46_349.0),
        ];
        for (day, number) in known {
            assert!((serial(day) - number).abs() < 0.1, "{day}: {}", serial(day));
        }
    }

    #[test]
    fn parts_lose_nothing_and_fit() {
        for text in ["", "短", &"闭环".repeat(40_000), &"𠀀😀".repeat(20_001), &"a".repeat(32_001)]
        {
            let parts = parts(text);
            assert_eq!(parts.concat(), text);
            for part in &parts {
                assert!(part.encode_utf16().count() <= MOST_UNITS);
            }
            let units = text.encode_utf16().count();
            assert_eq!(parts.len(), units.div_ceil(MOST_UNITS).max(1));
        }
    }
}
