//! Who may do what (权限): one function for commands, pages and lists.

use crate::ids::{PersonId, PostId, UnitId};
use crate::posts::Actor;
use crate::refusal::Refusal;
use crate::role::{Rank, Role};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// How widely a thing may be known (标识). State secrets do not enter this system at all
/// (保守国家秘密法): intake refuses 秘密、机密、绝密.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marking {
    /// 公开
    Public,
    /// 内部
    #[default]
    Internal,
    /// 工作秘密
    WorkSecret,
}

impl Marking {
    pub const ALL: [Marking; 3] = [Self::Public, Self::Internal, Self::WorkSecret];

    /// The message that names this marking.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "marking-public",
            Self::Internal => "marking-internal",
            Self::WorkSecret => "marking-work-secret",
        }
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// See a thing at all; lists are filtered by this.
    See,
    /// 查摆: list a problem.
    List,
    /// 核实、交办、转办、并案、派核查、退回、重开: the campaign office's steering.
    Steer,
    /// What only the owning post does: 签收、定措施、进展、报结、异议.
    Own,
    /// 核查、回头看
    Check,
    /// 销号
    Close,
    /// 挂起、撤销、移送、首次延期
    Relieve,
    /// 第二次延期
    RelieveAgain,
    /// 督办单: 签发 (blue, yellow)
    SignSlip,
    /// 督办单: 签发 (red and above)
    SignRedSlip,
    /// Adopt a plan, open and close a self-check round.
    RunCampaign,
    /// Units, posts, people.
    KeepStaff,
    /// What a post may do.
    Grant,
    /// Adopt a policy or a calendar.
    SetBasis,
    /// Read the log's own history and proofs.
    Audit,
    /// Answer what users say about this system.
    AnswerFeedback,
    /// 申请删除或者限制处理
    AskErasure,
    /// 批准删除、限制处理: the keeper of the keys' alone.
    Erase,
}

impl Action {
    pub const ALL: [Action; 18] = [
        Action::See,
        Action::List,
        Action::Steer,
        Action::Own,
        Action::Check,
        Action::Close,
        Action::Relieve,
        Action::RelieveAgain,
        Action::SignSlip,
        Action::SignRedSlip,
        Action::RunCampaign,
        Action::KeepStaff,
        Action::Grant,
        Action::SetBasis,
        Action::Audit,
        Action::AnswerFeedback,
        Action::AskErasure,
        Action::Erase,
    ];

    /// The message that names this action.
    pub fn code(self) -> &'static str {
        match self {
            Action::See => "action-see",
            Action::List => "action-list",
            Action::Steer => "action-steer",
            Action::Own => "action-own",
            Action::Check => "action-check",
            Action::Close => "action-close",
            Action::Relieve => "action-relieve",
            Action::RelieveAgain => "action-relieve-again",
            Action::SignSlip => "action-sign-slip",
            Action::SignRedSlip => "action-sign-red-slip",
            Action::RunCampaign => "action-run-campaign",
            Action::KeepStaff => "action-keep-staff",
            Action::Grant => "action-grant",
            Action::SetBasis => "action-set-basis",
            Action::Audit => "action-audit",
            Action::AnswerFeedback => "action-answer-feedback",
            Action::AskErasure => "action-ask-erasure",
            Action::Erase => "action-erase",
        }
    }

    /// The roles whose posts may do it, before the thing itself is looked at.
    fn roles(self) -> &'static [Role] {
        use Role::{
            AuditAdmin, CampaignOffice, Checker, DeputyInCharge, Discipline, GroupHead, Handler,
            Reader, Receiver, SecurityAdmin, SystemAdmin, Window,
        };
        match self {
            Action::See => &[
                GroupHead,
                DeputyInCharge,
                CampaignOffice,
                Handler,
                Checker,
                Discipline,
                Receiver,
                Window,
                Reader,
            ],
            Action::List => &[
                GroupHead,
                DeputyInCharge,
                CampaignOffice,
                Handler,
                Checker,
                Discipline,
                Receiver,
                Window,
            ],
            Action::Steer | Action::SignSlip | Action::Close | Action::RunCampaign => {
                &[GroupHead, DeputyInCharge, CampaignOffice]
            }
            Action::Own => &[GroupHead, DeputyInCharge, CampaignOffice, Handler, Window],
            Action::Check => &[Checker, CampaignOffice, Discipline],
            Action::Relieve | Action::SignRedSlip => &[GroupHead, DeputyInCharge],
            Action::RelieveAgain => &[GroupHead],
            Action::KeepStaff => &[SystemAdmin],
            Action::Grant | Action::Erase => &[SecurityAdmin],
            Action::AskErasure => &[CampaignOffice, Receiver, Discipline, SecurityAdmin],
            Action::SetBasis => &[GroupHead, CampaignOffice],
            Action::Audit => &[AuditAdmin, Discipline],
            Action::AnswerFeedback => &[SystemAdmin, CampaignOffice],
        }
    }
}

/// The thing that an action is about, as far as access depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Thing {
    pub owner: Option<PostId>,
    pub unit: Option<UnitId>,
    pub marking: Marking,
    /// 检举控告: known only to those who receive it (信访工作条例 第30条、第46条).
    pub sealed: bool,
    /// People who must keep out of it (回避).
    pub recused: Vec<PersonId>,
}

impl Thing {
    /// The office itself: no owner, nothing sealed.
    pub fn office() -> Self {
        Self::default()
    }
}

/// Whether `actor` may know that `thing` exists. Whoever may not learns nothing, least of all
/// the person whom an accusation is about and who was kept out of it for that.
pub fn may_know(actor: &Actor<'_>, thing: &Thing) -> Result<(), Refusal> {
    let receives = actor.has(Role::Receiver) || actor.has(Role::Discipline);
    if thing.sealed && (!receives || thing.recused.contains(&actor.person)) {
        return Err(Refusal::NotForYou);
    }
    Ok(())
}

impl Actor<'_> {
    /// Whether there is anything at all to which this actor may do `action`: what a menu asks.
    pub fn may_ever(&self, action: Action) -> bool {
        match action {
            // Whoever a thing belongs to owns it, whatever else the post is for; administrators do
            // no business.
            Action::Own => !self.roles.iter().any(|role| role.is_admin()),
            Action::See
            | Action::List
            | Action::Steer
            | Action::Check
            | Action::Close
            | Action::Relieve
            | Action::RelieveAgain
            | Action::SignSlip
            | Action::SignRedSlip
            | Action::RunCampaign
            | Action::KeepStaff
            | Action::Grant
            | Action::SetBasis
            | Action::Audit
            | Action::AnswerFeedback
            | Action::AskErasure
            | Action::Erase => action.roles().iter().any(|role| self.has(*role)),
        }
    }
}

/// Judges whether `actor` may do `action` to `thing`.
pub fn may(actor: &Actor<'_>, action: Action, thing: &Thing) -> Result<(), Refusal> {
    may_know(actor, thing)?;
    if thing.recused.contains(&actor.person) {
        return Err(Refusal::Recused { person: actor.person });
    }
    // A sealed matter is steered by those who received it: nobody else may know of it.
    let received = thing.sealed && matches!(action, Action::Steer | Action::Close | Action::Check);
    let role_fits = received || actor.may_ever(action);
    if !role_fits {
        return Err(Refusal::NotYourRole { action });
    }
    if action == Action::Own && thing.owner != Some(actor.acts_as()) {
        return Err(match thing.owner {
            Some(owner) => Refusal::NotYours { owner },
            None => Refusal::NotYourRole { action },
        });
    }
    if action == Action::See && thing.marking == Marking::WorkSecret {
        let near = thing.owner == Some(actor.acts_as())
            || thing.unit == Some(actor.unit)
            || Rank::DeputyLeader <= actor.rank
            || actor.has(Role::CampaignOffice)
            || actor.has(Role::Discipline);
        if !near {
            return Err(Refusal::NotForYou);
        }
    }
    Ok(())
}
