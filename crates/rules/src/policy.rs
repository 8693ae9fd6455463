//! The bureau's own numbers (办法参数). No default hides in code: a policy is adopted by an event,
//! and every figure says where it comes from and who confirmed it.

use crate::calendar::{Day, Length, Roll};
use crate::text::Words;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Where a figure comes from: a law with its article, a notice, or the bureau's own decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    #[serde(default)]
    pub source: Words,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Day>,
    /// Who in the office confirmed it. Missing: a proposal of the product, not yet confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<Words>,
}

/// Why a clock may stand still: the closed list of 挂起 reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// 等上级答复
    AwaitingSuperior,
    /// 司法、复议程序中
    LegalProcedure,
    /// 需立法或编制经费
    NeedsLawOrBudget,
    /// 不可抗力
    ForceMajeure,
}

impl PauseReason {
    pub const ALL: [PauseReason; 4] =
        [Self::AwaitingSuperior, Self::LegalProcedure, Self::NeedsLawOrBudget, Self::ForceMajeure];

    /// The message that names this reason.
    pub fn code(self) -> &'static str {
        match self {
            Self::AwaitingSuperior => "pause-awaiting-superior",
            Self::LegalProcedure => "pause-legal-procedure",
            Self::NeedsLawOrBudget => "pause-needs-law-or-budget",
            Self::ForceMajeure => "pause-force-majeure",
        }
    }

    /// The office's own word, as it stands in diaries and lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::AwaitingSuperior => "等上级答复",
            Self::LegalProcedure => "司法复议程序",
            Self::NeedsLawOrBudget => "需立法或编制经费",
            Self::ForceMajeure => "不可抗力",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// What sets a clock going. The day of the event itself never counts (民法典 第201条).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartEvent {
    Assigned,
    Accepted,
    Reported,
    SentBack,
    Closed,
    Relapsed,
    Appointed,
    SlipSigned,
    SlipDrafted,
}

/// A limit as data: what starts it, how long it runs, what may stop it, how its end rolls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub length: Length,
    pub roll: Roll,
    pub start: StartEvent,
    /// Reasons for which this clock may stand still; empty means it runs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<PauseReason>,
    /// How far an extension may reach beyond the first limit; none means it may not be extended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Length>,
    pub basis: Basis,
}

/// A number as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub value: u16,
    pub basis: Basis,
}

/// All figures of one bureau. `intake` reads it from TOML; each field is one table there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// 签收
    pub sign: Clock,
    /// 异议退回
    pub decline: Clock,
    /// 定措施
    pub plan: Clock,
    /// 立行立改
    pub at_once: Clock,
    /// 限期整改 where no day is named
    pub within: Clock,
    /// 长期坚持: a checkpoint each
    pub standing: Clock,
    /// 核查
    pub check: Clock,
    /// 退回整改 and 反弹: the new limit
    pub redo: Clock,
    /// 回头看, first
    pub look_back_first: Clock,
    /// 回头看, second
    pub look_back_second: Clock,
    /// 交接确认
    pub handover: Clock,
    /// 对督办单提出异议
    pub objection: Clock,
    /// How many people check a rectification.
    pub checkers: Count,
    /// The return at which the office must decide.
    pub returns_before_decision: Count,
    /// How often a limit may be extended.
    pub extensions: Count,
    /// Same object and topic within so many days is a repeated supervision (督查条例 第15条).
    pub overlap_days: Count,
    /// A light turns blue at so many working days left …
    pub blue_days: Count,
    /// … or at so many per cent of the span left, whichever is more.
    pub blue_percent: Count,
    /// A light turns yellow when time used exceeds work done by so many points.
    pub yellow_points: Count,
    /// Working days before the limit at which the owner is reminded.
    pub note_before: Count,
    /// Working days after the limit at which a coloured slip is drafted.
    pub slip_after: Count,
    /// Working days after the limit at which a red slip is drafted.
    pub red_after: Count,
    /// Reminders to one post in one week, bundled.
    pub weekly_cap: Count,
    /// Red slips in a quarter before a talk (约谈) is proposed.
    pub reds_before_talk: Count,
    /// How long what has ended is kept. Policies before this was known say nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
}

/// 保存期限, in years from the last event or the last day in office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Matters and their evidence (档案定期十年).
    pub matters: Count,
    /// Matters that were not upheld.
    pub not_upheld: Count,
    /// Names of people without a post.
    pub people: Count,
}

impl Retention {
    /// The periods by the name of their table.
    pub fn periods(&self) -> [(&'static str, &Count); 3] {
        [
            ("keep_matters_years", &self.matters),
            ("keep_not_upheld_years", &self.not_upheld),
            ("keep_people_years", &self.people),
        ]
    }
}

impl Policy {
    /// The counts by the name of their table.
    pub fn counts(&self) -> Vec<(&'static str, &Count)> {
        let mut counts = vec![
            ("checkers", &self.checkers),
            ("returns_before_decision", &self.returns_before_decision),
            ("extensions", &self.extensions),
            ("overlap_days", &self.overlap_days),
            ("blue_days", &self.blue_days),
            ("blue_percent", &self.blue_percent),
            ("yellow_points", &self.yellow_points),
            ("note_before", &self.note_before),
            ("slip_after", &self.slip_after),
            ("red_after", &self.red_after),
            ("weekly_cap", &self.weekly_cap),
            ("reds_before_talk", &self.reds_before_talk),
        ];
        counts.extend(self.retention.iter().flat_map(Retention::periods));
        counts
    }

    /// The clocks by the name of their table.
    pub fn clocks(&self) -> [(&'static str, &Clock); 12] {
        [
            ("sign", &self.sign),
            ("decline", &self.decline),
            ("plan", &self.plan),
            ("at_once", &self.at_once),
            ("within", &self.within),
            ("standing", &self.standing),
            ("check", &self.check),
            ("redo", &self.redo),
            ("look_back_first", &self.look_back_first),
            ("look_back_second", &self.look_back_second),
            ("handover", &self.handover),
            ("objection", &self.objection),
        ]
    }
}
