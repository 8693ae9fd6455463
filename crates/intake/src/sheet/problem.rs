//! What is wrong with a cell, and how a cell that is not wrong was understood.

use super::value;
use rules::calendar::Day;
use rules::ids::MatterId;
use rules::signal::ProblemCode;
use std::borrow::Cow;

/// Why a row did not become a value: 第37行“起任日期”列：“2026-2-30”不是日期.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// The row, from 1.
    pub row: u32,
    /// The column as the file's header calls it, or by our name for it.
    pub column: Cow<'static, str>,
    /// The place of the column in the file, from 0; `None` where the file lacks it, or where a table
    /// of known columns is read.
    pub at: Option<usize>,
    /// The cell as it stands, shortened to 60 characters, control characters left out.
    pub value: String,
    /// What is wrong with it.
    pub fault: RowFault,
    /// What probably was meant, to be put into the cell as it stands.
    pub suggestion: Option<String>,
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// Blank where something must stand.
    Blank,
    /// No day between 1900 and 2199.
    NotADay,
    /// None of the words that may stand here.
    UnknownWord { allowed: Vec<&'static str> },
    /// A character that does not show: a control, a direction mark, a zero-width character.
    HiddenCharacter { code_point: u32 },
    /// Longer than a name or a text can be.
    TooLong { limit: usize },
    /// The same thing stands in an earlier row.
    Repeated { first_row: u32 },
    /// An earlier row says something else of the same thing.
    Contradicts { first_row: u32, said: String },
    /// A month without such a day: 2月没有30日.
    NoSuchDay { month: u8, day: u8 },
    /// A number that can be two days: 12.1 is typed for the 1st and for the 10th of December.
    UnclearDay { one: Day, other: Day },
    /// A limit that has passed already.
    Past { today: Day },
    /// Found on a day that is still to come.
    Future { today: Day },
    /// No unit of this office.
    UnknownUnit,
    /// No post of this office, nor a person who holds just one.
    UnknownPost,
    /// None of the sixteen problems.
    UnknownProblem,
    /// A matter of this title and unit is in the ledger already.
    AlreadyThere { matter: MatterId },
    /// A formula that failed: `#N/A`, `#REF!`.
    FailedFormula,
}

/// Code with the place in its words, the same without, and the latter where there is a suggestion.
type Codes = (&'static str, &'static str, Option<&'static str>);

impl RowFault {
    fn codes(&self) -> Codes {
        match self {
            RowFault::Blank => ("row-blank", "cell-blank", None),
            RowFault::NotADay => ("row-not-a-day", "cell-not-a-day", None),
            RowFault::UnknownWord { .. } => {
                ("row-unknown-word", "cell-unknown-word", Some("cell-unknown-word-near"))
            }
            RowFault::HiddenCharacter { .. } => {
                ("row-hidden-character", "cell-hidden-character", None)
            }
            RowFault::TooLong { .. } => ("row-too-long", "cell-too-long", None),
            RowFault::Repeated { .. } => ("row-repeated", "cell-repeated", None),
            RowFault::Contradicts { .. } => ("row-contradicts", "cell-contradicts", None),
            RowFault::NoSuchDay { .. } => {
                ("row-no-such-day", "cell-no-such-day", Some("cell-no-such-day-near"))
            }
            RowFault::UnclearDay { .. } => ("row-unclear-day", "cell-unclear-day", None),
            RowFault::Past { .. } => ("row-past", "cell-past", None),
            RowFault::Future { .. } => ("row-future", "cell-future", None),
            RowFault::UnknownUnit => {
                ("row-unknown-unit", "cell-unknown-unit", Some("cell-unknown-unit-near"))
            }
            RowFault::UnknownPost => {
                ("row-unknown-post", "cell-unknown-post", Some("cell-unknown-post-near"))
            }
            RowFault::UnknownProblem => {
                ("row-unknown-problem", "cell-unknown-problem", Some("cell-unknown-problem-near"))
            }
            RowFault::AlreadyThere { .. } => ("row-already-there", "cell-already-there", None),
            RowFault::FailedFormula => ("row-failed-formula", "cell-failed-formula", None),
        }
    }
}

impl RowProblem {
    pub(crate) fn new(
        row: u32,
        column: impl Into<Cow<'static, str>>,
        value: &str,
        fault: RowFault,
    ) -> RowProblem {
        let value = shortened(value);
        RowProblem { row, column: column.into(), at: None, value, fault, suggestion: None }
    }

    /// The message that says it, with row and column.
    pub fn code(&self) -> &'static str {
        self.fault.codes().0
    }

    /// The message that says it beside the cell: without row and column, with the suggestion.
    pub fn cell_code(&self) -> &'static str {
        let (_, plain, near) = self.fault.codes();
        near.filter(|_| self.suggestion.is_some()).unwrap_or(plain)
    }

    /// Whether the row is good but for standing there already: 疑似重复.
    pub fn is_duplicate(&self) -> bool {
        matches!(self.fault, RowFault::Repeated { .. } | RowFault::AlreadyThere { .. })
    }

    /// What fills either message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("row", self.row.to_string()),
            ("column", self.column.clone().into_owned()),
            ("value", self.value.clone()),
        ];
        match &self.fault {
            RowFault::Blank
            | RowFault::NotADay
            | RowFault::UnknownUnit
            | RowFault::UnknownPost
            | RowFault::UnknownProblem
            | RowFault::FailedFormula => {}
            RowFault::UnknownWord { allowed } => args.push(("allowed", allowed.join("、"))),
            RowFault::HiddenCharacter { code_point } => {
                args.push(("character", format!("U+{code_point:04X}")));
            }
            RowFault::TooLong { limit } => args.push(("limit", limit.to_string())),
            RowFault::Repeated { first_row } => args.push(("first", first_row.to_string())),
            RowFault::Contradicts { first_row, said } => {
                args.push(("first", first_row.to_string()));
                args.push(("said", said.clone()));
            }
            RowFault::NoSuchDay { month, day } => {
                args.push(("month", month.to_string()));
                args.push(("day", day.to_string()));
            }
            RowFault::UnclearDay { one, other } => {
                args.push(("one", one.to_string()));
                args.push(("other", other.to_string()));
            }
            RowFault::Past { today } | RowFault::Future { today } => {
                args.push(("today", today.to_string()));
            }
            RowFault::AlreadyThere { matter } => args.push(("matter", matter.to_string())),
        }
        args.extend(self.suggestion.iter().map(|text| ("suggestion", text.clone())));
        args
    }
}

/// How a good cell was understood, where it does not say it itself: 已把“12.18”认作 2026-12-18.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The row, from 1.
    pub row: u32,
    /// The column as the file's header calls it.
    pub column: String,
    /// The place of the column in the file, from 0.
    pub at: Option<usize>,
    /// The cell as it stands, shortened to 60 characters, control characters left out.
    pub value: String,
    /// How it was understood.
    pub kind: RemarkKind,
}

/// How a cell was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// As this day.
    Day(Day),
    /// As a word for having no day: 长期坚持.
    NoDay,
    /// As this one of the sixteen.
    Problem(ProblemCode),
    /// As this unit or post, by its name in the office.
    Name(String),
    /// Of several names only this, the first, was taken.
    OnlyFirst(String),
}

impl Remark {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self.kind {
            RemarkKind::Day(_) | RemarkKind::Problem(_) | RemarkKind::Name(_) => "cell-understood",
            RemarkKind::NoDay => "cell-understood-no-day",
            RemarkKind::OnlyFirst(_) => "cell-only-first",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("row", self.row.to_string()),
            ("column", self.column.clone()),
            ("value", self.value.clone()),
        ];
        match &self.kind {
            RemarkKind::Day(day) => args.push(("understood", day.to_string())),
            RemarkKind::NoDay => {}
            RemarkKind::Problem(code) => {
                let code = code.problem().code.to_ascii_lowercase();
                args.push(("@understood", format!("problem-{code}-short")));
            }
            RemarkKind::Name(name) | RemarkKind::OnlyFirst(name) => {
                args.push(("understood", name.clone()));
            }
        }
        args
    }
}

/// A cell as messages show it.
pub(crate) fn shortened(value: &str) -> String {
    value.chars().filter(|c| !value::is_hidden(*c)).take(60).collect()
}
