//! The columns of each sheet, in the office's order. One list drives heads, widths, closed lists.

/// Words that a column may hold, offered as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    Problem,
    Source,
    Remedy,
    Completion,
    Closing,
    Light,
}

impl List {
    /// In the order of their columns on the sheet of options.
    pub(crate) const ALL: [List; 6] =
        [Self::Problem, Self::Source, Self::Remedy, Self::Completion, Self::Closing, Self::Light];
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// The message that is its head.
    pub(crate) head: &'static str,
    /// In characters of the body font.
    pub(crate) width: u16,
    pub(crate) list: Option<List>,
    pub(crate) hidden: bool,
}

const fn column(head: &'static str, width: u16) -> Column {
    Column { head, width, list: None, hidden: false }
}

const fn listed(head: &'static str, width: u16, list: List) -> Column {
    Column { head, width, list: Some(list), hidden: false }
}

/// The sheet's own name of a row: what a later import finds it again by.
const ID: Column = Column { head: "ledger-id", width: 14, list: None, hidden: true };

/// On which paper a sheet is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    A3,
    A4,
}

/// A kind of sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// The message that names the sheet.
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) paper: Paper,
    /// Columns that stay in view with the head.
    pub(crate) frozen: u16,
}

/// 问题整改台账: thirty columns of the office, the light, and the hidden number.
pub(crate) const LEDGER: Table = Table {
    name: "ledger-sheet",
    columns: &[
        column("ledger-no", 6),
        column("ledger-number", 10),
        listed("ledger-problem-kind", 22, List::Problem),
        column("ledger-title", 30),
        column("ledger-detail", 40),
        listed("ledger-source", 12, List::Source),
        column("ledger-found-on", 13),
        column("ledger-unit", 18),
        column("ledger-cause", 36),
        column("ledger-standard", 30),
        column("ledger-measure", 40),
        listed("ledger-remedy", 12, List::Remedy),
        column("ledger-leader", 14),
        column("ledger-lead-section", 18),
        column("ledger-owner", 20),
        column("ledger-supporting", 18),
        column("ledger-start", 13),
        column("ledger-due", 13),
        column("ledger-extension", 18),
        column("ledger-progress", 36),
        listed("ledger-completion", 12, List::Completion),
        column("ledger-evidence", 26),
        column("ledger-mechanism", 22),
        column("ledger-checkers", 16),
        column("ledger-findings", 36),
        column("ledger-checked-on", 13),
        listed("ledger-closing", 10, List::Closing),
        column("ledger-closed-on", 13),
        column("ledger-look-back", 26),
        column("ledger-remark", 26),
        listed("ledger-light", 14, List::Light),
        ID,
    ],
    paper: Paper::A3,
    frozen: 2,
};

/// 任务分解表, one for each campaign.
pub(crate) const TASKS: Table = Table {
    name: "tasks-sheet",
    columns: &[
        column("tasks-no", 6),
        column("tasks-task", 40),
        column("tasks-step", 30),
        column("tasks-goal", 30),
        column("tasks-leader", 16),
        column("tasks-lead-section", 20),
        column("tasks-supporting", 18),
        column("tasks-owner", 20),
        column("tasks-due", 13),
        column("tasks-stage", 20),
        column("tasks-remark", 24),
        ID,
    ],
    paper: Paper::A4,
    frozen: 1,
};

/// 续文: what did not fit a cell.
pub(crate) const REST: Table = Table {
    name: "rest-sheet",
    columns: &[
        column("rest-sheet-name", 20),
        column("rest-row", 8),
        column("rest-column", 16),
        column("rest-part", 8),
        column("rest-text", 100),
    ],
    paper: Paper::A4,
    frozen: 0,
};
