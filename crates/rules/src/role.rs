//! Roles (角色) and ranks (级别) a post may carry. One list for menus, imports and grants.

use serde::{Deserialize, Serialize};

/// What a post is for in a campaign, or in the running of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    GroupHead,
    DeputyInCharge,
    CampaignOffice,
    Handler,
    Checker,
    Discipline,
    Receiver,
    Window,
    SystemAdmin,
    SecurityAdmin,
    AuditAdmin,
    Reader,
}

impl Role {
    pub const ALL: [Role; 12] = [
        Role::GroupHead,
        Role::DeputyInCharge,
        Role::CampaignOffice,
        Role::Handler,
        Role::Checker,
        Role::Discipline,
        Role::Receiver,
        Role::Window,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
        Role::Reader,
    ];

    /// The message that names this role.
    pub fn code(self) -> &'static str {
        match self {
            Role::GroupHead => "role-group-head",
            Role::DeputyInCharge => "role-deputy-in-charge",
            Role::CampaignOffice => "role-campaign-office",
            Role::Handler => "role-handler",
            Role::Checker => "role-checker",
            Role::Discipline => "role-discipline",
            Role::Receiver => "role-receiver",
            Role::Window => "role-window",
            Role::SystemAdmin => "role-system-admin",
            Role::SecurityAdmin => "role-security-admin",
            Role::AuditAdmin => "role-audit-admin",
            Role::Reader => "role-reader",
        }
    }

    /// The office's own word, as it stands in staff lists and diaries.
    pub fn word(self) -> &'static str {
        match self {
            Role::GroupHead => "组长",
            Role::DeputyInCharge => "分管领导",
            Role::CampaignOffice => "领导小组办公室",
            Role::Handler => "承办人",
            Role::Checker => "核查人",
            Role::Discipline => "纪检",
            Role::Receiver => "受理人",
            Role::Window => "窗口",
            Role::SystemAdmin => "系统管理员",
            Role::SecurityAdmin => "安全管理员",
            Role::AuditAdmin => "审计管理员",
            Role::Reader => "只读",
        }
    }

    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The three administrators (三员). None of them may do business, and no person may be two.
    pub fn is_admin(self) -> bool {
        matches!(self, Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin)
    }
}

/// How high a post stands; the approver of a closing stands at or above the assigner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    Staff,
    SectionHead,
    DeputyLeader,
    Leader,
}

impl Rank {
    pub const ALL: [Rank; 4] = [Rank::Staff, Rank::SectionHead, Rank::DeputyLeader, Rank::Leader];

    /// The message that names this rank.
    pub fn code(self) -> &'static str {
        match self {
            Rank::Staff => "rank-staff",
            Rank::SectionHead => "rank-section-head",
            Rank::DeputyLeader => "rank-deputy-leader",
            Rank::Leader => "rank-leader",
        }
    }

    /// The office's own word, as it stands in staff lists.
    pub fn word(self) -> &'static str {
        match self {
            Rank::Staff => "工作人员",
            Rank::SectionHead => "科室负责人",
            Rank::DeputyLeader => "分管负责人",
            Rank::Leader => "主要负责人",
        }
    }

    pub fn from_word(word: &str) -> Option<Rank> {
        Rank::ALL.into_iter().find(|rank| rank.word() == word)
    }
}
