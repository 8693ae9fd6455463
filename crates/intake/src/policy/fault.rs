//! What can be wrong with a policy file, and where.

use super::{MOST_BYTES, MOST_DAYS, MOST_MONTHS};
use std::fmt;

/// Why a file is not a policy: everything that is wrong in it, in the order of the lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPolicy {
    /// At least one.
    pub problems: Vec<PolicyProblem>,
}

impl fmt::Display for NotAPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} problems, the first: {}", self.problems.len(), self.code())
    }
}

impl std::error::Error for NotAPolicy {}

impl NotAPolicy {
    /// The message of the first problem.
    pub fn code(&self) -> &'static str {
        self.problems.first().map_or("policy-not-toml", PolicyProblem::code)
    }

    /// What fills the message of the first problem.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        self.problems.first().map(PolicyProblem::args).unwrap_or_default()
    }
}

/// One thing that is wrong in a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyProblem {
    /// Name of the table; empty when the file as a whole is meant.
    pub table: String,
    /// Name of the key; empty when the table as a whole is meant.
    pub key: String,
    /// Line from 1; 0 when the thing is missing or the file as a whole is meant.
    pub line: usize,
    /// What stands there, as written, shortened to 60 characters.
    pub found: String,
    pub fault: Fault,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is longer than [`MOST_BYTES`].
    TooBig,
    /// The file is not UTF-8.
    NotUtf8,
    /// The line breaks the grammar of TOML, or names a table or key twice.
    NotToml,
    MissingTable,
    UnknownTable,
    NotATable,
    MissingKey,
    UnknownKey,
    /// A text is needed.
    NotText,
    Blank,
    /// No length such as `5wd`, `30d` or `3m`.
    NotALength,
    LengthOutOfRange,
    NotARoll,
    NotAStart,
    /// A start event, but not the one by which the rules start this clock.
    OtherStart {
        needed: &'static str,
    },
    NotAPause,
    TwicePause,
    NotADay,
    NotANumber,
    NumberOutOfRange {
        most: u16,
    },
    /// `red_after` must lie beyond `slip_after`.
    RedBeforeSlip,
    /// `look_back_second` must be in the unit of `look_back_first` and longer.
    LookBackOrder,
}

impl PolicyProblem {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self.fault {
            Fault::TooBig => "policy-too-big",
            Fault::NotUtf8 => "policy-not-utf8",
            Fault::NotToml => "policy-not-toml",
            Fault::MissingTable => "policy-missing-table",
            Fault::UnknownTable => "policy-unknown-table",
            Fault::NotATable => "policy-not-a-table",
            Fault::MissingKey => "policy-missing-key",
            Fault::UnknownKey => "policy-unknown-key",
            Fault::NotText => "policy-not-text",
            Fault::Blank => "policy-blank",
            Fault::NotALength => "policy-not-a-length",
            Fault::LengthOutOfRange => "policy-length-out-of-range",
            Fault::NotARoll => "policy-not-a-roll",
            Fault::NotAStart => "policy-not-a-start",
            Fault::OtherStart { .. } => "policy-other-start",
            Fault::NotAPause => "policy-not-a-pause",
            Fault::TwicePause => "policy-twice-pause",
            Fault::NotADay => "policy-not-a-day",
            Fault::NotANumber => "policy-not-a-number",
            Fault::NumberOutOfRange { .. } => "policy-number-out-of-range",
            Fault::RedBeforeSlip => "policy-red-before-slip",
            Fault::LookBackOrder => "policy-look-back-order",
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![
            ("table", self.table.clone()),
            ("key", self.key.clone()),
            ("line", self.line.to_string()),
            ("found", self.found.clone()),
        ];
        match self.fault {
            Fault::OtherStart { needed } => args.push(("needed", needed.to_owned())),
            Fault::NumberOutOfRange { most } => args.push(("most", most.to_string())),
            Fault::TooBig => args.push(("most", (MOST_BYTES / 1024).to_string())),
            Fault::LengthOutOfRange => {
                args.push(("days", MOST_DAYS.to_string()));
                args.push(("months", MOST_MONTHS.to_string()));
            }
            Fault::NotUtf8
            | Fault::NotToml
            | Fault::MissingTable
            | Fault::UnknownTable
            | Fault::NotATable
            | Fault::MissingKey
            | Fault::UnknownKey
            | Fault::NotText
            | Fault::Blank
            | Fault::NotALength
            | Fault::NotARoll
            | Fault::NotAStart
            | Fault::NotAPause
            | Fault::TwicePause
            | Fault::NotADay
            | Fault::NotANumber
            | Fault::RedBeforeSlip
            | Fault::LookBackOrder => {}
        }
        args
    }
}
