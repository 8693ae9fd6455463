//! The yearly notice of holidays and swapped working days (国务院办公厅关于部分节假日安排的通知), as
//! .xlsx or .csv.

use super::lines::{Bad, Column, Line, Lines};
use super::value::{day, name};
use super::{NotATable, Placed, RowFault, RowProblem, Sheet};
use rules::calendar::Day;
use std::collections::HashMap;

/// One day of a notice: an off-day, or a weekend day that is worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeDay {
    /// The day.
    pub day: Day,
    /// Whether it is worked.
    pub working: bool,
    /// The holiday it belongs to, as the notice calls it; may be blank.
    pub name: String,
}

const DAY: usize = 0;
const KIND: usize = 1;
const NAME: usize = 2;
const COLUMNS: [Column; 3] = [
    Column { name: "日期", also: &["date", "day"], required: true },
    Column { name: "类型", also: &["类别", "安排", "kind", "type"], required: true },
    Column { name: "名称", also: &["节日", "节日名称", "假日", "name"], required: false },
];

/// The words of the second column, and whether the day is worked.
const KINDS: &[(&str, bool)] = &[
    ("放假", false),
    ("休息", false),
    ("off", false),
    ("上班", true),
    ("调休上班", true),
    ("补班", true),
    ("work", true),
];

/// Reads a calendar notice: columns 日期, 类型 and, if there is one, 名称. A day that stands twice is a
/// problem even if both rows agree: a notice that repeats itself was put together by mistake.
pub fn calendar_notice(bytes: &[u8]) -> Result<Sheet<NoticeDay>, NotATable> {
    let table = Lines::read(bytes, &COLUMNS)?;
    let mut sheet = Sheet::default();
    let mut seen: HashMap<Day, u32> = HashMap::new();
    for line in table.lines() {
        match notice_day(&line, &mut seen) {
            Ok(value) => sheet.rows.push(Placed { row: line.row, value }),
            Err(problems) => sheet.note(problems, Vec::new()),
        }
    }
    Ok(sheet)
}

fn notice_day(line: &Line<'_>, seen: &mut HashMap<Day, u32>) -> Result<NoticeDay, Vec<RowProblem>> {
    let found = one_day(line).and_then(|day| {
        let first_row = *seen.entry(day).or_insert(line.row);
        if first_row == line.row {
            return Ok(day);
        }
        Err(line.problem(&COLUMNS[DAY], line.cell(DAY), RowFault::Repeated { first_row }))
    });
    match (found, kind(line), name(line, &COLUMNS, NAME)) {
        (Ok(day), Ok(working), Ok(name)) => {
            Ok(NoticeDay { day, working, name: name.unwrap_or_default() })
        }
        (day, kind, name) => {
            Err([day.err(), kind.err(), name.err()].into_iter().flatten().map(|bad| *bad).collect())
        }
    }
}

fn one_day(line: &Line<'_>) -> Result<Day, Bad> {
    let text = line.cell(DAY);
    let fault = if text.is_empty() { RowFault::Blank } else { RowFault::NotADay };
    day(text).ok_or_else(|| line.problem(&COLUMNS[DAY], text, fault))
}

fn kind(line: &Line<'_>) -> Result<bool, Bad> {
    let text = line.cell(KIND);
    let word = text.to_ascii_lowercase();
    if let Some((_, working)) = KINDS.iter().find(|(known, _)| *known == word) {
        return Ok(*working);
    }
    let allowed = vec!["放假", "上班", "调休上班"];
    let fault = if text.is_empty() { RowFault::Blank } else { RowFault::UnknownWord { allowed } };
    Err(line.problem(&COLUMNS[KIND], text, fault))
}
