//! The life of one matter (事项): 查摆 → 核实 → 交办 → 签收 → 措施已定 → 整改 → 核查 → 销号 → 回头看,
//! and back under the same number when it relapses (反弹).

mod command;
mod decide;
mod event;
mod evolve;
mod stage;
mod term;

pub use command::{Command, Haves};
pub use decide::decide;
pub use event::{Event, Prolonged, Proof, Which};
pub use evolve::evolve;
pub use stage::{Answers, Duty, Milestone, Remedy, Source, Stage, Step};
pub use term::{Due, Limit, Term};

use crate::access::{Marking, Thing};
use crate::calendar::Day;
use crate::ids::{CampaignId, PersonId, PostId, UnitId};
use crate::role::Rank;
use crate::signal::ProblemCode;
use crate::text::Words;
use alloc::boxed::Box;
use alloc::vec::Vec;

/// A matter as the events so far have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    pub title: Words,
    pub campaign: Option<CampaignId>,
    pub problem: ProblemCode,
    /// 涉及单位
    pub unit: UnitId,
    pub source: Source,
    pub marking: Marking,
    pub sealed: bool,
    pub listed_on: Day,
    pub stage: Stage,
    /// How often it was returned as not ours (异议退回).
    pub returns: u16,
    /// How often it came back after closing (反弹).
    pub relapses: u16,
    /// How often its limit was extended (延期) in this round.
    pub extensions: u16,
    /// How often it was sent back from check (退回整改).
    pub sent_back: u16,
    /// What the last return asked for. Survives until the check is passed.
    pub reminder: Option<Box<Reminder>>,
    /// Posts that owned it before.
    pub former_owners: Vec<PostId>,
    /// People who worked on it as owner, in any round: none of them may check it.
    pub doers: Vec<PersonId>,
    pub recused: Vec<PersonId>,
}

/// What a return asked for (退回意见), and where a straight resubmission goes (直送).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub reason: Words,
    /// The checkers to whom the owner may resubmit directly; none when every step is to be redone.
    pub straight_to: Option<Vec<PostId>>,
    /// Rank of whoever assigned, kept for the closing.
    pub on: Day,
}

impl Matter {
    pub fn duty(&self) -> Option<&Duty> {
        self.stage.duty()
    }

    /// How it is, or was, to be put right; none before it is handed out.
    pub fn remedy(&self) -> Option<Remedy> {
        match &self.stage {
            Stage::Closed { answers, .. } | Stage::Consolidated { answers } => Some(answers.remedy),
            Stage::Listed
            | Stage::NotUpheld
            | Stage::Confirmed
            | Stage::Assigned { .. }
            | Stage::Returned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. }
            | Stage::Reported { .. }
            | Stage::UnderCheck { .. }
            | Stage::Passed { .. }
            | Stage::Suspended { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => self.duty().map(|duty| duty.remedy),
        }
    }

    /// The post that must act, or that answers for it once closed.
    pub fn owner(&self) -> Option<PostId> {
        match &self.stage {
            Stage::Closed { answers, .. } | Stage::Consolidated { answers } => Some(answers.owner),
            // Returned by its owner and not yet given to another: nobody's, suspended or not.
            Stage::Suspended { was, .. } if matches!(**was, Stage::Returned { .. }) => None,
            Stage::Suspended { was, .. } => was.duty().map(|duty| duty.owner),
            Stage::Listed
            | Stage::NotUpheld
            | Stage::Confirmed
            | Stage::Returned { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => None,
            Stage::Assigned { duty, .. }
            | Stage::Accepted { duty, .. }
            | Stage::Planned { duty }
            | Stage::Rectifying { duty }
            | Stage::Reported { duty, .. }
            | Stage::UnderCheck { duty, .. }
            | Stage::Passed { duty } => Some(duty.owner),
        }
    }

    /// Whether anybody still has something to do about it.
    pub fn is_open(&self) -> bool {
        match &self.stage {
            Stage::NotUpheld
            | Stage::Closed { .. }
            | Stage::Consolidated { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => false,
            Stage::Listed
            | Stage::Confirmed
            | Stage::Assigned { .. }
            | Stage::Returned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. }
            | Stage::Reported { .. }
            | Stage::UnderCheck { .. }
            | Stage::Passed { .. }
            | Stage::Suspended { .. } => true,
        }
    }

    /// The rank a closing must reach: that of the post which assigned.
    pub fn assigner_rank(&self) -> Option<Rank> {
        self.duty().map(|duty| duty.assigner_rank)
    }

    /// The next day on which the day pass has something to say about this matter.
    pub fn next_day(&self) -> Option<Day> {
        self.stage.next_day()
    }

    /// Whether something is still to be done about it, a look-back included.
    pub fn is_pending(&self) -> bool {
        self.is_open() || matches!(self.stage, Stage::Closed { .. })
    }

    /// Its texts are not shown from here on, or are again (限制处理).
    pub(crate) fn restrict(&mut self, restricted: bool) {
        self.title.restrict(restricted);
        if let Some(reminder) = &mut self.reminder {
            reminder.reason.restrict(restricted);
        }
        if let Some(proof) = self.stage.proof_mut() {
            proof.restrict(restricted);
        }
    }

    /// What access depends on.
    pub fn thing(&self) -> Thing {
        Thing {
            owner: self.owner(),
            unit: Some(self.unit),
            marking: self.marking,
            sealed: self.sealed,
            recused: self.recused.clone(),
        }
    }
}
