//! Values of cells: days, names, words out of a list.

use super::RowFault;
use super::lines::{Bad, Column, Line};
use rules::calendar::Day;

/// Characters of a unit's, a post's or a person's name.
const NAME_CHARS: usize = 80;

/// A day as offices write it: 2026-09-18, 2026/9/18, 2026.9.18, 2026年9月18日, in digits of either
/// width, with or without a midnight that a spreadsheet program put behind it.
pub(crate) fn day(text: &str) -> Option<Day> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let date = plain.strip_suffix("00:00:00").or(plain.strip_suffix("0:00")).unwrap_or(&plain);
    let date = date.trim_end();
    let parts: Vec<&str> = if let Some(bare) = date.strip_suffix('日') {
        let (year, rest) = bare.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        vec![year, month, day]
    } else {
        let mark = date.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        date.split(mark).collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let is_number = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if year.len() != 4 || !is_number(year, 4) || !is_number(month, 2) || !is_number(day, 2) {
        return None;
    }
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Full-width digits and marks as their half-width fellows.
pub(crate) fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Characters that do not show: controls, direction marks and overrides (U+061C, U+200E–F, U+202A–E,
/// U+2066–9), and zero-width ones. A name that holds one is not the name it seems to be.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// A name kept as it was typed, blanks around it apart; `None` for a blank cell.
pub(crate) fn name(line: &Line<'_>, columns: &[Column], at: usize) -> Result<Option<String>, Bad> {
    let text = line.cell(at);
    let fault = if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        RowFault::HiddenCharacter { code_point: u32::from(hidden) }
    } else if text.chars().count() > NAME_CHARS {
        RowFault::TooLong { limit: NAME_CHARS }
    } else {
        return Ok(Some(text.to_owned()).filter(|text| !text.is_empty()));
    };
    Err(line.problem(&columns[at], text, fault))
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_as_offices_write_them() {
        for text in [
            "2026-09-18",
            "2026/9/18",
            "2026.9.18",
            "2026年9月18日",
            "２０２６年９月１８日",
            " 2026-09-18 00:00:00",
            "2026/9/18 0:00",
        ] {
            assert_eq!(
                day(text).map(|day| day.to_string()).as_deref(),
                Some("2026-09-18"),
                "{text}"
            );
        }
        for text in [
            "",
            "2026-2-30",
            "26-9-18",
            "2026-9",
            "2026-9-18-1",
            "2026年9月",
            "9月18日",
            "明天",
            "2026-９x-1",
            "2026-+9-18",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
