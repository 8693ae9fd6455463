//! A campaign (专项行动): a plan that was adopted, on a named authority, with its problems, tasks,
//! stages, leading group, and a round in which each unit lists its own problems (自查).

mod decide;
mod draft;
mod evolve;

pub use decide::decide;
pub use draft::{draft, post_answering_for};
pub use evolve::evolve;

use crate::calendar::Day;
use crate::ids::{CampaignId, PostId, UnitId};
use crate::matter::Proof;
use crate::signal::ProblemCode;
use crate::text::Words;
use alloc::vec::Vec;
use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Serialize};

/// On what ground a campaign supervises (督办依据). A department may not carry out 政府督查 unless
/// its government designates it (政府督查工作条例 第7条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case")]
pub enum Authority {
    /// 内部督办: the bureau over its own sections and subordinate units
    Internal,
    /// 行业监督 (社会保险经办条例 第47、48条)
    Trade,
    /// 基金行政监督 (人社部令第48号)
    Fund,
    /// 受指定政府督查: needs the designating document, its scope and its period
    Designated {
        #[serde(default)]
        document: Words,
        #[serde(default)]
        scope: Words,
        from: Day,
        until: Day,
    },
}

impl Authority {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Internal => "authority-internal",
            Self::Trade => "authority-trade",
            Self::Fund => "authority-fund",
            Self::Designated { .. } => "authority-designated",
        }
    }
}

/// A problem that the plan names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedProblem {
    /// One of the sixteen; none when the plan names something else.
    pub problem: Option<ProblemCode>,
    pub words: Words,
    /// Where in the plan's text: code points from and to.
    pub span: Span,
}

/// Code points `from..to` of the plan's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: u32,
    pub to: u32,
}

/// A task that the plan sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub words: Words,
    /// Who leads, in the plan's words.
    pub lead: Words,
    /// The post that the plan's words were found to mean.
    pub owner: Option<PostId>,
    pub due: Option<Day>,
    pub deliverable: Words,
    pub span: Span,
}

/// A dated stage of the plan (阶段).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStage {
    pub name: Words,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub span: Span,
}

/// Who does what in the campaign's own organisation (领导小组及其办公室).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSeat {
    /// 组长、副组长、成员、办公室 … in the plan's words
    pub role: Words,
    pub who: Words,
    pub post: Option<PostId>,
}

/// A plan as its reader and a person have made it, to be adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub title: Words,
    pub authority: Authority,
    /// The kept plan file.
    pub plan: Proof,
    pub from: Day,
    pub until: Option<Day>,
    /// The units it is about; empty means all.
    pub objects: Vec<UnitId>,
    pub problems: Vec<NamedProblem>,
    pub tasks: Vec<Task>,
    pub stages: Vec<PlanStage>,
    pub seats: Vec<GroupSeat>,
    /// Why it is not a repeated supervision, when it overlaps with another campaign.
    pub overlap_reason: Option<Words>,
}

/// A unit's answer in the self-check round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    Problems(Vec<ProblemCode>),
    /// No problem, for the reason given: silence is not an answer.
    None,
}

/// The self-check round (自查).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfCheck {
    pub due: Day,
    pub reports: RedBlackTreeMapSync<UnitId, Report>,
    pub closed: bool,
}

/// A campaign as the events so far have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    pub title: Words,
    pub authority: Authority,
    pub from: Day,
    pub until: Option<Day>,
    pub objects: Vec<UnitId>,
    pub problems: Vec<NamedProblem>,
    pub tasks: Vec<Task>,
    pub stages: Vec<PlanStage>,
    pub seats: Vec<GroupSeat>,
    pub self_check: Option<SelfCheck>,
    pub closed_on: Option<Day>,
}

#[expect(clippy::large_enum_variant, reason = "a plan is adopted once a year, never in bulk")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Adopt {
        draft: Draft,
    },
    /// Opens the round in which each unit lists its own problems.
    OpenSelfCheck {
        due: Day,
    },
    Report {
        unit: UnitId,
        problems: Vec<ProblemCode>,
        note: Words,
    },
    ReportNone {
        unit: UnitId,
        reason: Words,
    },
    CloseSelfCheck,
    /// Widening what is supervised needs a decision of its own (督查条例 第15条).
    ChangeScope {
        objects: Vec<UnitId>,
        reason: Words,
    },
    /// Ends the campaign; none of its matters may be open.
    Close {
        note: Words,
    },
}

impl Command {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Adopt { .. } => "command-adopt",
            Self::OpenSelfCheck { .. } => "command-open-self-check",
            Self::Report { .. } => "command-report",
            Self::ReportNone { .. } => "command-report-none",
            Self::CloseSelfCheck => "command-close-self-check",
            Self::ChangeScope { .. } => "command-change-scope",
            Self::Close { .. } => "command-close-campaign",
        }
    }
}

/// What happened to a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    CampaignAdopted {
        on: Day,
        authority: Authority,
        plan: Proof,
        from: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Day>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        objects: Vec<UnitId>,
        #[serde(default)]
        title: Words,
    },
    /// It overlaps with another campaign, and goes on for the reason given.
    OverlapAccepted {
        with: CampaignId,
        #[serde(default)]
        reason: Words,
    },
    ProblemNamed {
        no: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        problem: Option<ProblemCode>,
        span: Span,
        #[serde(default)]
        words: Words,
    },
    TaskSet {
        no: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<PostId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
        span: Span,
        #[serde(default)]
        words: Words,
        #[serde(default)]
        lead: Words,
        #[serde(default)]
        deliverable: Words,
    },
    StageSet {
        no: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Day>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Day>,
        span: Span,
        #[serde(default)]
        name: Words,
    },
    SeatSet {
        no: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<PostId>,
        #[serde(default)]
        role: Words,
        #[serde(default)]
        who: Words,
    },
    SelfCheckOpened {
        on: Day,
        due: Day,
    },
    UnitReported {
        on: Day,
        unit: UnitId,
        problems: Vec<ProblemCode>,
        #[serde(default)]
        note: Words,
    },
    UnitReportedNone {
        on: Day,
        unit: UnitId,
        #[serde(default)]
        reason: Words,
    },
    SelfCheckClosed {
        on: Day,
        /// Units that gave no answer.
        silent: Vec<UnitId>,
    },
    ScopeChanged {
        on: Day,
        objects: Vec<UnitId>,
        #[serde(default)]
        reason: Words,
    },
    CampaignClosed {
        on: Day,
        #[serde(default)]
        note: Words,
    },
}

impl Campaign {
    /// Whether `unit` is among those the campaign is about.
    pub fn is_about(&self, unit: UnitId) -> bool {
        self.objects.is_empty() || self.objects.contains(&unit)
    }
}
