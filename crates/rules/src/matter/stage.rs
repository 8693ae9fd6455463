//! Where a matter is. Each stage holds exactly what is true of it, and nothing else.

use super::event::{Proof, Which};
use super::term::Term;
use crate::calendar::Day;
use crate::ids::{MatterId, PersonId, PostId};
use crate::policy::PauseReason;
use crate::role::Rank;
use alloc::boxed::Box;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Where a problem was found (问题来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 自查
    SelfCheck,
    /// 群众反映
    Citizens,
    /// 12345
    Hotline,
    /// 巡察
    Inspection,
    /// 审计
    Audit,
    /// 暗访
    UnannouncedVisit,
    /// 数据筛查
    Screening,
    /// 检举控告: sealed from the first event
    Accusation,
}

impl Source {
    pub const ALL: [Source; 8] = [
        Self::SelfCheck,
        Self::Citizens,
        Self::Hotline,
        Self::Inspection,
        Self::Audit,
        Self::UnannouncedVisit,
        Self::Screening,
        Self::Accusation,
    ];

    /// The office's own word, as it stands in ledgers and diaries.
    pub fn word(self) -> &'static str {
        match self {
            Self::SelfCheck => "自查",
            Self::Citizens => "群众反映",
            Self::Hotline => "12345",
            Self::Inspection => "巡察",
            Self::Audit => "审计",
            Self::UnannouncedVisit => "暗访",
            Self::Screening => "数据筛查",
            Self::Accusation => "检举控告",
        }
    }

    /// The message that names this source.
    pub fn code(self) -> &'static str {
        match self {
            Self::SelfCheck => "source-self-check",
            Self::Citizens => "source-citizens",
            Self::Hotline => "source-hotline",
            Self::Inspection => "source-inspection",
            Self::Audit => "source-audit",
            Self::UnannouncedVisit => "source-unannounced-visit",
            Self::Screening => "source-screening",
            Self::Accusation => "source-accusation",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// How the plan says a problem is to be put right (整改类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// 立行立改
    AtOnce,
    /// 限期整改
    Within,
    /// 长期坚持: leaves a mechanism and a checkpoint each quarter; never "done", only looked at.
    Standing,
}

impl Remedy {
    pub const ALL: [Remedy; 3] = [Self::AtOnce, Self::Within, Self::Standing];

    /// The message that names this remedy.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "remedy-at-once",
            Self::Within => "remedy-within",
            Self::Standing => "remedy-standing",
        }
    }

    /// The office's own word, as it stands in ledgers and diaries.
    pub fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "立行立改",
            Self::Within => "限期整改",
            Self::Standing => "长期坚持",
        }
    }
}

/// A step to which a matter may be sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 重新签收
    Sign,
    /// 重定措施
    Plan,
    /// 退回整改
    Rectify,
}

impl Step {
    pub const ALL: [Step; 3] = [Self::Sign, Self::Plan, Self::Rectify];

    /// The message that names this step.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sign => "step-sign",
            Self::Plan => "step-plan",
            Self::Rectify => "step-rectify",
        }
    }
}

/// A day by which so much is to be done (阶段节点).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub day: Day,
    pub percent: u8,
}

/// Who owes what by when. Exists from assignment until closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub owner: PostId,
    pub remedy: Remedy,
    pub term: Term,
    pub assigner_rank: Rank,
    /// The post that is to check (五有: 检查).
    pub checking: PostId,
    /// Assigned by decision after returns: it may not be returned again.
    pub designated: bool,
    /// Share of the work done, as last recorded, in per cent.
    pub percent: u8,
    pub milestones: Vec<Milestone>,
    /// Whether a mechanism (制度机制) was left; 长期坚持 does not close without one.
    pub mechanism: bool,
}

/// Who answers for a closed matter, and what a relapse brings back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    pub owner: PostId,
    pub remedy: Remedy,
    pub assigner_rank: Rank,
    pub checking: PostId,
    pub mechanism: bool,
}

impl Duty {
    /// What remains of the duty after closing.
    pub fn answers(&self) -> Answers {
        Answers {
            owner: self.owner,
            remedy: self.remedy,
            assigner_rank: self.assigner_rank,
            checking: self.checking,
            mechanism: self.mechanism,
        }
    }
}

impl Answers {
    /// The duty that a relapse brings back, with a new limit.
    pub(super) fn duty(&self, term: Term) -> Duty {
        Duty {
            owner: self.owner,
            remedy: self.remedy,
            term,
            assigner_rank: self.assigner_rank,
            checking: self.checking,
            designated: true,
            percent: 0,
            milestones: Vec::new(),
            mechanism: self.mechanism,
        }
    }
}

/// Where a matter is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 查摆（待核实）
    Listed,
    /// 查否（不成立）
    NotUpheld,
    /// 已核实
    Confirmed,
    /// 已交办，待签收
    Assigned { duty: Duty, sign: Term },
    /// 异议退回，待研究
    Returned { by: PostId, proposed: PostId, duty: Duty, flagged: bool },
    /// 已签收，待定措施
    Accepted { duty: Duty, plan: Term },
    /// 措施已定
    Planned { duty: Duty },
    /// 整改中
    Rectifying { duty: Duty },
    /// 申请验收
    Reported { duty: Duty, proof: Proof, check: Term },
    /// 核查中
    UnderCheck {
        duty: Duty,
        proof: Proof,
        check: Term,
        checkers: Vec<PostId>,
        passed: Vec<PersonId>,
    },
    /// 验收通过
    Passed { duty: Duty },
    /// 已销号，待回头看
    Closed { answers: Answers, look: Term, then: Option<Term> },
    /// 巩固关闭
    Consolidated { answers: Answers },
    /// 挂起
    Suspended { was: Box<Stage>, reason: PauseReason, since: Day, check_on: Day, lapsed: bool },
    /// 并案
    Merged { into: MatterId },
    /// 移送
    Referred,
    /// 撤销
    Cancelled,
}

impl Stage {
    /// One code for each stage, in the order of the loop; drives menus, counts and the diagram.
    pub const CODES: [&'static str; 17] = [
        "stage-listed",
        "stage-not-upheld",
        "stage-confirmed",
        "stage-assigned",
        "stage-returned",
        "stage-accepted",
        "stage-planned",
        "stage-rectifying",
        "stage-reported",
        "stage-under-check",
        "stage-passed",
        "stage-closed",
        "stage-consolidated",
        "stage-suspended",
        "stage-merged",
        "stage-referred",
        "stage-cancelled",
    ];

    /// The message that names this stage.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Listed => "stage-listed",
            Self::NotUpheld => "stage-not-upheld",
            Self::Confirmed => "stage-confirmed",
            Self::Assigned { .. } => "stage-assigned",
            Self::Returned { .. } => "stage-returned",
            Self::Accepted { .. } => "stage-accepted",
            Self::Planned { .. } => "stage-planned",
            Self::Rectifying { .. } => "stage-rectifying",
            Self::Reported { .. } => "stage-reported",
            Self::UnderCheck { .. } => "stage-under-check",
            Self::Passed { .. } => "stage-passed",
            Self::Closed { .. } => "stage-closed",
            Self::Consolidated { .. } => "stage-consolidated",
            Self::Suspended { .. } => "stage-suspended",
            Self::Merged { .. } => "stage-merged",
            Self::Referred => "stage-referred",
            Self::Cancelled => "stage-cancelled",
        }
    }

    pub fn duty(&self) -> Option<&Duty> {
        match self {
            Self::Assigned { duty, .. }
            | Self::Returned { duty, .. }
            | Self::Accepted { duty, .. }
            | Self::Planned { duty }
            | Self::Rectifying { duty }
            | Self::Reported { duty, .. }
            | Self::UnderCheck { duty, .. }
            | Self::Passed { duty } => Some(duty),
            Self::Suspended { was, .. } => was.duty(),
            Self::Listed
            | Self::NotUpheld
            | Self::Confirmed
            | Self::Closed { .. }
            | Self::Consolidated { .. }
            | Self::Merged { .. }
            | Self::Referred
            | Self::Cancelled => None,
        }
    }

    pub(super) fn duty_mut(&mut self) -> Option<&mut Duty> {
        match self {
            Self::Assigned { duty, .. }
            | Self::Returned { duty, .. }
            | Self::Accepted { duty, .. }
            | Self::Planned { duty }
            | Self::Rectifying { duty }
            | Self::Reported { duty, .. }
            | Self::UnderCheck { duty, .. }
            | Self::Passed { duty } => Some(duty),
            Self::Suspended { was, .. } => was.duty_mut(),
            Self::Listed
            | Self::NotUpheld
            | Self::Confirmed
            | Self::Closed { .. }
            | Self::Consolidated { .. }
            | Self::Merged { .. }
            | Self::Referred
            | Self::Cancelled => None,
        }
    }

    /// The evidence that the stage holds.
    pub(super) fn proof_mut(&mut self) -> Option<&mut Proof> {
        match self {
            Self::Reported { proof, .. } | Self::UnderCheck { proof, .. } => Some(proof),
            Self::Suspended { was, .. } => was.proof_mut(),
            Self::Listed
            | Self::NotUpheld
            | Self::Confirmed
            | Self::Assigned { .. }
            | Self::Returned { .. }
            | Self::Accepted { .. }
            | Self::Planned { .. }
            | Self::Rectifying { .. }
            | Self::Passed { .. }
            | Self::Closed { .. }
            | Self::Consolidated { .. }
            | Self::Merged { .. }
            | Self::Referred
            | Self::Cancelled => None,
        }
    }

    /// The terms whose clocks run in this stage. Rectification's own limit rests while the
    /// matter is with its checkers, and every clock rests while it is suspended.
    pub fn running(&self) -> Vec<(Which, Term)> {
        let mut terms = Vec::new();
        self.each_running(|which, term| terms.push((which, *term)));
        terms
    }

    fn each_running(&self, mut see: impl FnMut(Which, &Term)) {
        match self {
            Self::Assigned { duty, sign } => {
                see(Which::Sign, sign);
                see(Which::Rectify, &duty.term);
            }
            Self::Accepted { duty, plan } => {
                see(Which::Plan, plan);
                see(Which::Rectify, &duty.term);
            }
            Self::Returned { duty, .. } | Self::Planned { duty } | Self::Rectifying { duty } => {
                see(Which::Rectify, &duty.term);
            }
            Self::Reported { check, .. } | Self::UnderCheck { check, .. } => {
                see(Which::Check, check);
            }
            Self::Closed { look, .. } => see(Which::LookBack, look),
            Self::Listed
            | Self::NotUpheld
            | Self::Confirmed
            | Self::Passed { .. }
            | Self::Consolidated { .. }
            | Self::Suspended { .. }
            | Self::Merged { .. }
            | Self::Referred
            | Self::Cancelled => {}
        }
    }

    /// One running term, to be changed by an event.
    pub(super) fn term_mut(&mut self, which: Which) -> Option<&mut Term> {
        match (which, self) {
            (Which::Sign, Self::Assigned { sign, .. }) => Some(sign),
            (Which::Plan, Self::Accepted { plan, .. }) => Some(plan),
            (Which::Check, Self::Reported { check, .. } | Self::UnderCheck { check, .. }) => {
                Some(check)
            }
            (Which::LookBack, Self::Closed { look, .. }) => Some(look),
            (Which::Rectify, stage) => stage.duty_mut().map(|duty| &mut duty.term),
            (Which::Sign | Which::Plan | Which::Check | Which::LookBack, _) => None,
        }
    }

    pub(super) fn next_day(&self) -> Option<Day> {
        if let Self::Suspended { check_on, lapsed, .. } = self {
            return (!lapsed).then(|| check_on.plus(1));
        }
        let mut next: Option<Day> = None;
        self.each_running(|which, term| {
            // A look-back opens on its day; it is a list to work through, not a limit to miss.
            if !term.missed && which != Which::LookBack {
                let day = term.due().plus(1);
                next = Some(next.map_or(day, |known| known.min(day)));
            }
        });
        next
    }
}
