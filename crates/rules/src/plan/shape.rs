//! What reading a plan gives: the form that pages, adoption and the scorer share.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use serde::{Serialize, Serializer};

use crate::calendar::Day;

/// A stretch of the plan's text, counted in Unicode code points; `end` is not part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Do the two share a code point?
    pub fn meets(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A plan as read: nothing in it is decided, a person confirms it before it becomes a campaign.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// How far the plan can be supervised at all; the first thing its reader should see.
    pub supervisability: Supervisability,
    pub doc: Doc,
    pub nodes: Vec<Node>,
    pub items: Vec<Item>,
    /// What the document says about how it is to be read.
    pub conventions: Vec<Convention>,
    pub not_understood: Vec<Unread>,
    /// The text into which all offsets point.
    pub text: String,
}

/// The document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Doc {
    pub title: Option<String>,
    /// 文号
    pub no: Option<String>,
    pub issuer: Option<String>,
    pub date: Option<Day>,
    /// The year in which a date without a year falls.
    pub year: Option<i32>,
    /// The superior document that the plan carries out (根据《……》).
    pub basis: Option<String>,
}

/// One numbered place of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    pub id: String,
    pub parent: Option<String>,
    /// Depth: 1 is the top numbered level of this document.
    pub level: usize,
    /// As printed: 一、 （一） 1. ① 一是
    pub marker: String,
    pub heading: String,
    /// The place of the marker.
    pub start: usize,
    /// The end of the node's own paragraphs; its children follow.
    pub end: usize,
    pub section: Section,
}

/// What kind of statements stand under a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 指导思想, 总体要求: framing, no work in it.
    Background,
    Target,
    Problem,
    Task,
    Stage,
    /// 组织领导, 工作要求: roles, rules and tasks.
    Organisation,
    Table,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Problem,
    Task,
    Target,
    Stage,
    Role,
    Rule,
}

/// One statement of the plan that means something to the register.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The deepest node that holds it; none in a document without numbering.
    pub node: Option<String>,
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub fields: Fields,
    /// Where each value stands and which rule found it.
    pub found: Vec<Found>,
    /// For a problem: which of `signal::PROBLEMS` it is, if it is one of them.
    pub problem_code: Option<&'static str>,
    /// Units that the document makes responsible for every task from some place on.
    pub default_units: Vec<String>,
    /// Days by which an outcome is promised inside the task (到2028年底，建成……).
    pub horizon: Vec<Moment>,
}

/// The values read for one item. Empty ones are not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fields {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coop: Vec<String>,
    /// Units where the text does not part leading from co-operating ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resp: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leader: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<Moment>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub freq: Vec<Frequency>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mode: Vec<Mode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deliverable: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// One value, the place it was read from and the rule that read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    pub field: &'static str,
    pub value: String,
    pub start: usize,
    pub end: usize,
    pub rule: &'static str,
}

/// A day, with the time of day where the plan gives one. Written `2014-06-20T18:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub day: Day,
    /// Hour and minute.
    pub time: Option<(u8, u8)>,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        self.time.map_or(Ok(()), |(hour, minute)| write!(f, "T{hour:02}:{minute:02}"))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How often a task recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    Daily,
    Weekly,
    Biweekly,
    Monthly,
    /// On or before this day of each month.
    MonthlyOn(u8),
    Quarterly,
    HalfYearly,
    Yearly,
    /// 定期, 常态化: said to recur, but nobody can tell when it is late.
    Regular,
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Frequency::Daily => f.write_str("daily"),
            Frequency::Weekly => f.write_str("weekly"),
            Frequency::Biweekly => f.write_str("biweekly"),
            Frequency::Monthly => f.write_str("monthly"),
            Frequency::MonthlyOn(day) => write!(f, "monthly@{day}"),
            Frequency::Quarterly => f.write_str("quarterly"),
            Frequency::HalfYearly => f.write_str("halfyearly"),
            Frequency::Yearly => f.write_str("yearly"),
            Frequency::Regular => f.write_str("regular"),
        }
    }
}

impl Serialize for Frequency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How a problem is to be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Mode {
    /// At once.
    #[serde(rename = "立行立改")]
    AtOnce,
    /// Within a limit.
    #[serde(rename = "限期整改")]
    WithinLimit,
    /// A recurring duty that leaves a mechanism.
    #[serde(rename = "长期坚持")]
    Lasting,
}

impl Mode {
    /// The office's own word.
    pub fn word(self) -> &'static str {
        match self {
            Mode::AtOnce => "立行立改",
            Mode::WithinLimit => "限期整改",
            Mode::Lasting => "长期坚持",
        }
    }
}

/// What the document itself says about how its responsibility notes are to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Convention {
    pub kind: Habit,
    /// For `DefaultUnits`: who is responsible for every later task.
    pub units: Vec<String>,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// The kinds of conventions met in real plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Habit {
    /// Units before the first comma lead, the others co-operate.
    FirstCommaLeads,
    /// The unit listed first leads.
    FirstListedLeads,
    /// A unit marked with a star leads.
    StarLeads,
    /// Every later task also concerns these units, without naming them again.
    DefaultUnits,
}

/// A stretch from which nothing was made. It is shown, never dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub why: Why,
}

/// Why a stretch gave no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Title, number, addressees, preamble: before the first heading.
    Opening,
    /// Names no action, outcome, problem, post or rule that the reader knows.
    NoAction,
    /// A table row without a heading row that says what its columns mean.
    NoColumns,
}

/// How far a plan can be supervised: tasks counted by what they say of themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Supervisability {
    pub tasks: usize,
    /// Tasks that name a responsible unit.
    pub with_owner: usize,
    /// Tasks with a day, or with a frequency that can be missed (定期 cannot).
    pub with_date: usize,
    /// Tasks that name a paper to be shown or a standard to be met.
    pub with_deliverable: usize,
    /// Tasks with all three.
    pub with_all: usize,
}

impl Supervisability {
    /// The share of `part` in the tasks, in whole per cent rounded down; none without tasks.
    pub fn percent(&self, part: usize) -> Option<usize> {
        (part * 100).checked_div(self.tasks)
    }
}
