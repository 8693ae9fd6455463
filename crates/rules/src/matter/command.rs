//! What someone, or the calendar, wants to happen to a matter.

use super::event::Proof;
use super::stage::{Milestone, Remedy, Source, Step};
use crate::access::Marking;
use crate::calendar::Day;
use crate::ids::{CampaignId, MatterId, PersonId, PostId, UnitId};
use crate::policy::PauseReason;
use crate::signal::ProblemCode;
use crate::text::Words;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The five haves (五有) without which nothing is handed out: 制度、程序、标准、检查、落实.
/// Each is a reference to something that exists, not a box to tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Haves {
    /// 制度: the document it rests on
    #[serde(default)]
    pub rule: Words,
    /// 程序: the steps to take
    #[serde(default)]
    pub procedure: Words,
    /// 标准: what it is measured by
    #[serde(default)]
    pub standard: Words,
    /// 检查: the post that is to check
    pub checking: PostId,
    /// 落实: the kind of evidence that will show it
    #[serde(default)]
    pub evidence: Words,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// 查摆列入
    List {
        campaign: Option<CampaignId>,
        problem: ProblemCode,
        unit: UnitId,
        source: Source,
        marking: Marking,
        title: Words,
        detail: Words,
    },
    /// 核实
    Confirm { note: Words },
    /// 查否
    Refute { reason: Words },
    /// 交办. `until` names a day for 限期整改; without it the policy's limit runs.
    Assign { to: PostId, remedy: Remedy, until: Option<Day>, haves: Haves, designate: bool },
    /// 签收
    Accept,
    /// 异议退回: names the post that should own it and the rule that says so.
    Decline { proposed: PostId, rule: Words },
    /// 定措施: no measure without cause, measure and a testable standard.
    SetMeasure { cause: Words, measure: Words, standard: Words, milestones: Vec<Milestone> },
    /// 进展
    Progress { percent: u8, note: Words },
    /// 阶段检查点 of a standing duty
    KeepCheckpoint { proof: Proof },
    /// 申请验收
    ReportDone { proof: Proof, more: Vec<Proof>, mechanism: Option<Proof>, note: Words },
    /// 派核查
    NameCheckers { checkers: Vec<PostId> },
    /// 核查. When it does not hold: where to send it back, and whether it may come straight.
    Check { holds: bool, findings: Words, back_to: Step, straight: bool },
    /// 退回 to an earlier step, by the office
    SendBack { to: Step, straight: bool, reason: Words },
    /// 直送: straight resubmission after a return that allowed it
    Resubmit { proof: Proof, note: Words },
    /// 销号
    Close { note: Words },
    /// 回头看
    LookBack { holds: bool, note: Words },
    /// 反弹重开 on new facts, at any time after closing
    Reopen { reason: Words },
    /// 挂起
    Suspend { reason: PauseReason, check_on: Day, note: Words },
    /// 恢复
    Resume,
    /// 延期
    Extend { until: Day, reason: Words },
    /// 转办
    Transfer { to: PostId, reason: Words },
    /// 交回原承办岗位
    HandBack { to: PostId, reason: Words },
    /// 并案
    Merge { into: MatterId, reason: Words },
    /// 移送 to a body outside
    Refer { body: Words, reason: Words },
    /// 撤销
    Cancel { reason: Words },
    /// 回避: keeps a person out of this matter
    Recuse { person: PersonId, reason: Words },
    /// A day began: looks for limits that passed. Sent by the day pass, never by a person.
    DayBegan,
    /// The calendar changed: recounts limits already fixed. Sent by the day pass.
    Recount,
}

impl Command {
    /// The message that names this command.
    pub fn code(&self) -> &'static str {
        match self {
            Self::List { .. } => "command-list",
            Self::Confirm { .. } => "command-confirm",
            Self::Refute { .. } => "command-refute",
            Self::Assign { .. } => "command-assign",
            Self::Accept => "command-accept",
            Self::Decline { .. } => "command-decline",
            Self::SetMeasure { .. } => "command-set-measure",
            Self::Progress { .. } => "command-progress",
            Self::KeepCheckpoint { .. } => "command-keep-checkpoint",
            Self::ReportDone { .. } => "command-report-done",
            Self::NameCheckers { .. } => "command-name-checkers",
            Self::Check { .. } => "command-check",
            Self::SendBack { .. } => "command-send-back",
            Self::Resubmit { .. } => "command-resubmit",
            Self::Close { .. } => "command-close",
            Self::LookBack { .. } => "command-look-back",
            Self::Reopen { .. } => "command-reopen",
            Self::Suspend { .. } => "command-suspend",
            Self::Resume => "command-resume",
            Self::Extend { .. } => "command-extend",
            Self::Transfer { .. } => "command-transfer",
            Self::HandBack { .. } => "command-hand-back",
            Self::Merge { .. } => "command-merge",
            Self::Refer { .. } => "command-refer",
            Self::Cancel { .. } => "command-cancel",
            Self::Recuse { .. } => "command-recuse",
            Self::DayBegan => "command-day-began",
            Self::Recount => "command-recount",
        }
    }

    /// Whether this opens a matter whose every event is sealed (检举控告).
    pub fn opens_sealed(&self) -> bool {
        matches!(self, Self::List { source: Source::Accusation, .. })
    }
}
