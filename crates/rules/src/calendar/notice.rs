//! The yearly notice of the State Council's office on days off (国务院办公厅关于…节假日安排的通知).

use super::Day;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The notices of 2020 to 2026 as one table, the amendment of 2020-01-27 included.
const PUBLISHED: &str = include_str!("../../data/cn_calendar_2020_2026.csv");

const HEADER: &str = "date,kind,name";

/// No notice names a day in more characters; a longer name is a slipped column.
const LONGEST_NAME: usize = 40;

/// One notice, as it is adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Title and document number.
    pub source: String,
    /// The day the notice bears.
    pub published: Day,
    /// Every day it names, in its own order.
    pub days: Vec<NoticeDay>,
}

/// One day that a notice names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDay {
    /// The day named.
    pub day: Day,
    /// Called in (调休上班) when true, off when false.
    pub working: bool,
    /// The feast as the notice calls it: 春节, 国庆节、中秋节.
    pub name: String,
}

/// A line that is not a notice's day; the first one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeFault {
    /// From 1, the header included.
    pub line: usize,
    /// What is wrong with it.
    pub problem: NoticeProblem,
    /// What stood there.
    pub text: String,
}

/// What is wrong with a line of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeProblem {
    /// The first line is not `date,kind,name`.
    Header,
    /// Not three columns.
    Columns,
    /// The first column is no day.
    Day,
    /// Neither `off` nor `work`.
    Kind,
    /// Empty or longer than a name can be.
    Name,
    /// The day stands on an earlier line.
    Twice,
    /// There is no day at all.
    Empty,
}

/// Reads the table `date,kind,name`, kind being `off` or `work`, strictly: one bad line and no
/// day is taken, for half a notice counts days wrongly without anyone seeing it.
pub(crate) fn read(text: &str) -> Result<Vec<NoticeDay>, NoticeFault> {
    let mut lines = text.lines().zip(1..);
    let fault = |line, problem, text: &str| NoticeFault { line, problem, text: text.to_string() };
    match lines.next() {
        Some((HEADER, _)) => {}
        other => return Err(fault(1, NoticeProblem::Header, other.map_or("", |(text, _)| text))),
    }
    let (mut days, mut seen) = (Vec::new(), BTreeSet::new());
    for (text, line) in lines {
        let day = read_line(text).map_err(|problem| fault(line, problem, text))?;
        if !seen.insert(day.day) {
            return Err(fault(line, NoticeProblem::Twice, text));
        }
        days.push(day);
    }
    if days.is_empty() {
        return Err(fault(1, NoticeProblem::Empty, ""));
    }
    Ok(days)
}

fn read_line(text: &str) -> Result<NoticeDay, NoticeProblem> {
    let mut columns = text.split(',');
    let (Some(day), Some(kind), Some(name), None) =
        (columns.next(), columns.next(), columns.next(), columns.next())
    else {
        return Err(NoticeProblem::Columns);
    };
    let day = Day::parse(day).map_err(|_| NoticeProblem::Day)?;
    let working = match kind {
        "off" => false,
        "work" => true,
        _ => return Err(NoticeProblem::Kind),
    };
    if name.trim().is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(NoticeProblem::Name);
    }
    Ok(NoticeDay { day, working, name: name.to_string() })
}

/// The days that the program brings with it.
pub(super) fn published() -> Vec<NoticeDay> {
    // A test reads the table; if it could not be read, every day would be provisional.
    read(PUBLISHED).unwrap_or_default()
}

impl Notice {
    /// Reads the days of a notice from the table `date,kind,name` (kind `off` or `work`).
    pub fn read(source: String, published: Day, table: &str) -> Result<Notice, NoticeFault> {
        read(table).map(|days| Notice { source, published, days })
    }
}

impl NoticeFault {
    /// The words for it.
    pub fn code(&self) -> &'static str {
        match self.problem {
            NoticeProblem::Header => "notice-header",
            NoticeProblem::Columns => "notice-columns",
            NoticeProblem::Day => "notice-day",
            NoticeProblem::Kind => "notice-kind",
            NoticeProblem::Name => "notice-name",
            NoticeProblem::Twice => "notice-twice",
            NoticeProblem::Empty => "notice-empty",
        }
    }

    /// What fills the words: the line and what stood there.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![("line", self.line.to_string()), ("text", self.text.clone())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_program_reads() {
        let days = read(PUBLISHED).expect("the embedded table");
        assert_eq!(days.len(), 255);
        assert!(days.windows(2).all(|pair| pair[0].day < pair[1].day));
    }

    #[test]
    fn the_first_bad_line_is_named() {
        let fault = |table: &str| {
            let fault = read(table).unwrap_err();
            (fault.line, fault.problem)
        };
        let with = |line: &str| fault(&[HEADER, "2027-01-01,off,元旦", line].join("\n"));
        assert_eq!(fault(""), (1, NoticeProblem::Header));
        assert_eq!(fault("2027-01-01,off,元旦"), (1, NoticeProblem::Header));
        assert_eq!(fault(HEADER), (1, NoticeProblem::Empty));
        assert_eq!(with("\n"), (3, NoticeProblem::Columns));
        assert_eq!(with("2027-01-02,off"), (3, NoticeProblem::Columns));
        assert_eq!(with("2027-01-02,off,元旦,"), (3, NoticeProblem::Columns));
        assert_eq!(with("2027-1-2,off,元旦"), (3, NoticeProblem::Day));
        assert_eq!(with("2027-01-02,休,元旦"), (3, NoticeProblem::Kind));
        assert_eq!(with("2027-01-02,off, "), (3, NoticeProblem::Name));
        assert_eq!(with(&["2027-01-02,off,", &"长".repeat(41)].concat()).1, NoticeProblem::Name);
        assert_eq!(with("2027-01-01,work,元旦"), (3, NoticeProblem::Twice));
    }
}
