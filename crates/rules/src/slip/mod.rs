//! Slips (督办单) and their forerunners: the day pass drafts, a person signs or drops, the owner may
//! object within the policy's limit, and somebody else than the signer decides. Never deleted.

mod decide;
mod evolve;

pub use decide::decide;
pub use evolve::evolve;

use crate::access::Action;
use crate::calendar::Day;
use crate::ids::{MatterId, PersonId, PostId};
use crate::text::Words;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Matters bundled on one slip; more would not be read.
pub const MOST_LINES: usize = 200;

/// How grave a slip is. Each grade is drafted only after the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 提示: some days before the limit
    Note,
    /// 催办: the limit is past
    Urge,
    /// 蓝单/黄单
    Yellow,
    /// 红单
    Red,
    /// 约谈, proposed after repeated red slips in a quarter
    Talk,
}

impl Grade {
    pub const ALL: [Grade; 5] = [Self::Note, Self::Urge, Self::Yellow, Self::Red, Self::Talk];

    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "grade-note",
            Self::Urge => "grade-urge",
            Self::Yellow => "grade-yellow",
            Self::Red => "grade-red",
            Self::Talk => "grade-talk",
        }
    }

    /// What signing it takes.
    pub(crate) fn action(self) -> Action {
        match self {
            Self::Note | Self::Urge | Self::Yellow => Action::SignSlip,
            Self::Red | Self::Talk => Action::SignRedSlip,
        }
    }
}

/// One matter on a slip, with the limit it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    pub matter: MatterId,
    pub due: Day,
}

/// Where a slip is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 待签发
    Drafted,
    /// 不发
    Dropped,
    /// 已签发; the owner may object until `objection_due`
    Signed { by: PersonId, on: Day, objection_due: Day },
    /// 有异议
    Objected { signer: PersonId },
    /// 异议已裁定
    Decided { upheld: bool },
}

impl Stage {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Drafted => "slip-drafted",
            Self::Dropped => "slip-dropped",
            Self::Signed { .. } => "slip-signed",
            Self::Objected { .. } => "slip-objected",
            Self::Decided { .. } => "slip-decided",
        }
    }
}

/// A slip as the events so far have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub grade: Grade,
    /// The post it is addressed to.
    pub to: PostId,
    pub drafted_on: Day,
    /// Bundled: all matters of this post that have come to this grade.
    pub lines: Vec<Line>,
    pub stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Sent by the day pass, never by a person.
    Draft { grade: Grade, to: PostId, lines: Vec<Line> },
    /// 签发. A red slip says in writing why.
    Sign { reason: Words },
    /// 不发, with the reason
    Drop { reason: Words },
    /// 异议, by the post it is addressed to
    Object { reason: Words },
    /// 裁定, by somebody else than the signer
    Decide { upheld: bool, reason: Words },
}

impl Command {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Draft { .. } => "command-draft-slip",
            Self::Sign { .. } => "command-sign-slip",
            Self::Drop { .. } => "command-drop-slip",
            Self::Object { .. } => "command-object",
            Self::Decide { .. } => "command-decide-objection",
        }
    }
}

/// What happened to a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    SlipDrafted {
        on: Day,
        grade: Grade,
        to: PostId,
        lines: Vec<Line>,
    },
    SlipSigned {
        on: Day,
        person: PersonId,
        objection_due: Day,
        #[serde(default)]
        reason: Words,
    },
    SlipDropped {
        on: Day,
        person: PersonId,
        #[serde(default)]
        reason: Words,
    },
    SlipObjected {
        on: Day,
        person: PersonId,
        #[serde(default)]
        reason: Words,
    },
    ObjectionDecided {
        on: Day,
        person: PersonId,
        upheld: bool,
        #[serde(default)]
        reason: Words,
    },
}
