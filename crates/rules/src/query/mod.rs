//! The ledger of matters as a list (整改台账): filtered, counted, sorted, page by page.
//!
//! [`find`] answers what a scan of all matters would answer, exactly. What the actor may not see
//! is neither listed nor counted.

mod by_post;
mod cells;
mod cursor;
mod find;
mod index;
mod row;
mod titles;

pub use by_post::by_post;
pub(crate) use cells::Ids;
pub use cursor::Cursor;
pub use find::find;
pub(crate) use index::Index;
pub(crate) use row::Class;

use crate::calendar::Day;
use crate::ids::{CampaignId, MatterId, PostId, UnitId};
use crate::light::Light;
use crate::matter::{Remedy, Source, Stage};
use crate::signal::ProblemCode;
use alloc::string::String;
use alloc::vec::Vec;

/// How a matter stands (办理状态): the boxes into which an office sorts its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// 超期: a red light
    Overdue,
    /// 临期: near the limit or behind plan, a blue or a yellow light
    Near,
    /// 正常: a green light, or suspended
    OnPlan,
    /// 待核查: with the checkers, or passed and not yet closed
    WithCheckers,
    /// 已销号
    Closed,
    /// 待交办: listed, confirmed or returned, nobody's yet
    Pending,
    /// 已终结: not upheld, merged, referred, cancelled
    Ended,
}

impl Standing {
    pub const ALL: [Standing; 7] = [
        Self::Overdue,
        Self::Near,
        Self::OnPlan,
        Self::WithCheckers,
        Self::Closed,
        Self::Pending,
        Self::Ended,
    ];

    /// The message that names it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "standing-overdue",
            Self::Near => "standing-near",
            Self::OnPlan => "standing-on-plan",
            Self::WithCheckers => "standing-with-checkers",
            Self::Closed => "standing-closed",
            Self::Pending => "standing-pending",
            Self::Ended => "standing-ended",
        }
    }

    /// Its place in [`Self::ALL`].
    pub fn place(self) -> usize {
        usize::from(self as u8)
    }

    /// How a matter at `stage` stands under its light.
    pub fn of(stage: &Stage, light: Option<Light>) -> Self {
        Self::settled(stage).unwrap_or_else(|| Self::by_light(light))
    }

    /// Where the stage alone says it.
    fn settled(stage: &Stage) -> Option<Self> {
        match stage {
            Stage::Listed | Stage::Confirmed | Stage::Returned { .. } => Some(Self::Pending),
            Stage::Assigned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. }
            | Stage::Suspended { .. } => None,
            Stage::Reported { .. } | Stage::UnderCheck { .. } | Stage::Passed { .. } => {
                Some(Self::WithCheckers)
            }
            Stage::Closed { .. } | Stage::Consolidated { .. } => Some(Self::Closed),
            Stage::NotUpheld | Stage::Merged { .. } | Stage::Referred | Stage::Cancelled => {
                Some(Self::Ended)
            }
        }
    }

    fn by_light(light: Option<Light>) -> Self {
        match light {
            Some(Light::Red) => Self::Overdue,
            Some(Light::Yellow | Light::Blue) => Self::Near,
            Some(Light::Green | Light::Grey) | None => Self::OnPlan,
        }
    }

    /// What needs somebody comes before what does not.
    fn urgency(self) -> i32 {
        match self {
            Self::Overdue => 0,
            Self::Near => 1,
            Self::OnPlan => 2,
            Self::WithCheckers => 3,
            Self::Pending => 4,
            Self::Closed => 5,
            Self::Ended => 6,
        }
    }
}

/// The order of a list. Whatever is equal in it goes by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sort {
    /// Overdue, near, on plan, with checkers, pending, closed, ended; within these by the day
    /// the limit ends, and of one day those first that have been near it for longer.
    #[default]
    Urgency,
    Number,
    Problem,
    Unit,
    Stage,
    /// By the day the limit ends; those without one come last, whichever way.
    Due,
    /// By the day of the last event.
    Changed,
}

impl Sort {
    pub const ALL: [Sort; 7] = [
        Self::Urgency,
        Self::Number,
        Self::Problem,
        Self::Unit,
        Self::Stage,
        Self::Due,
        Self::Changed,
    ];

    /// The message that names it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Urgency => "sort-urgency",
            Self::Number => "sort-number",
            Self::Problem => "sort-problem",
            Self::Unit => "sort-unit",
            Self::Stage => "sort-stage",
            Self::Due => "sort-due",
            Self::Changed => "sort-changed",
        }
    }
}

/// Which matters, in which order, from where on, and how many. The default filters nothing and
/// asks for no rows, only for counts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    /// Part of the title, or of the number; blank filters nothing.
    pub text: String,
    pub standing: Option<Standing>,
    pub light: Option<Light>,
    /// The unit that the matter is about, or one below it.
    pub unit: Option<UnitId>,
    /// The post that owns it, or answers for it once closed.
    pub post: Option<PostId>,
    pub problem: Option<ProblemCode>,
    pub remedy: Option<Remedy>,
    pub source: Option<Source>,
    /// One of [`Stage::CODES`]; another code finds nothing.
    pub stage: Option<&'static str>,
    pub campaign: Option<CampaignId>,
    /// The limit of its duty ends before this day.
    pub due_before: Option<Day>,
    pub sort: Sort,
    pub descending: bool,
    /// Rows after this one; a cursor of another order is passed over.
    pub after: Option<Cursor>,
    /// Rows of one page at most.
    pub limit: usize,
}

/// One page, and what it is a page of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub rows: Vec<MatterId>,
    /// Matters that fit, on all pages.
    pub total: usize,
    /// By place in [`Standing::ALL`]: matters that fit everything but `standing`.
    pub standings: [usize; 7],
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
}
