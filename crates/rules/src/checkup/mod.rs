//! 体检: what must hold, said again by separate code. Shares no function with `decide` and
//! `evolve` but those of days: whatever builds a state, something written apart says what must be
//! true of it.
//!
//! *Serious* means that no history of these rules leads here: the rules are wrong, or the log is.
//! *Advice* is lawful, and somebody should look at it.

mod erasures;
mod matters;
mod office;
mod slips;

use crate::calendar::Day;
use crate::ids::{CampaignId, MatterId, PersonId, PostId, UnitId};
use crate::matter::Which;
use crate::record::Stream;
use crate::refusal::Args;
use crate::register::Register;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

/// How grave a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Advice,
    Serious,
}

/// Something that does not hold, or that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub severity: Severity,
    pub thing: Stream,
    pub finding: Finding,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A matter names a post, unit or campaign that is not there.
    PostMissing {
        post: PostId,
    },
    UnitMissing {
        unit: UnitId,
    },
    CampaignMissing {
        campaign: CampaignId,
    },
    MatterMissing {
        matter: MatterId,
    },
    /// The index of what a post owns differs from the matters themselves.
    OwnedListWrong {
        post: PostId,
    },
    /// The count of a campaign's open matters differs from the matters themselves.
    OpenCountWrong {
        campaign: CampaignId,
    },
    /// A limit passed, and the day pass will not see it.
    AgendaMisses {
        limit: Which,
    },
    /// The checking post and the owner's are of one unit, or of one above the other.
    CheckingNearOwner {
        post: PostId,
    },
    NoCheckers,
    CheckerWorked {
        person: PersonId,
    },
    CheckedTwice {
        person: PersonId,
    },
    EndsBeforeStart {
        limit: Which,
    },
    NobodyWorked,
    PercentBeyond,
    MilestonesUnordered,
    ReminderWithoutReturn,
    SuspensionNotAhead,
    SuspendedWrongly,
    LookBacksUnordered,
    MechanismMissing,
    AccusationOpen,
    OpenInClosedCampaign {
        campaign: CampaignId,
    },
    AdminDoesBusiness {
        post: PostId,
    },
    AdminNotApart {
        person: PersonId,
    },
    TwoHolders {
        post: PostId,
    },
    UnitLoop {
        unit: UnitId,
    },
    NothingOnSlip,
    /// One person asked for an erasure and approved it, or approved what concerns himself.
    ErasedByOne {
        person: PersonId,
    },
    ErasedWhilePending,
    /// From here on: lawful, but somebody should look at it.
    ReturnsNotFlagged {
        count: u16,
    },
    SuspensionLapsed {
        day: Day,
    },
    LookBackDue {
        day: Day,
    },
    MovedFar {
        days: i32,
    },
    Vacant {
        post: PostId,
        count: usize,
    },
    HandoverLate {
        post: PostId,
        day: Day,
    },
    DayPassBehind {
        count: usize,
    },
    Provisional {
        count: usize,
    },
    SlipWaits {
        day: Day,
    },
    NoPolicy,
    ErasureWaits {
        day: Day,
    },
}

impl Finding {
    /// Whether no history of these rules leads here.
    fn severity(self) -> Severity {
        match self {
            Self::PostMissing { .. }
            | Self::UnitMissing { .. }
            | Self::CampaignMissing { .. }
            | Self::MatterMissing { .. }
            | Self::OwnedListWrong { .. }
            | Self::OpenCountWrong { .. }
            | Self::AgendaMisses { .. }
            | Self::NoCheckers
            | Self::CheckerWorked { .. }
            | Self::CheckedTwice { .. }
            | Self::EndsBeforeStart { .. }
            | Self::NobodyWorked
            | Self::PercentBeyond
            | Self::MilestonesUnordered
            | Self::ReminderWithoutReturn
            | Self::SuspensionNotAhead
            | Self::SuspendedWrongly
            | Self::LookBacksUnordered
            | Self::MechanismMissing
            | Self::AccusationOpen
            | Self::OpenInClosedCampaign { .. }
            | Self::AdminDoesBusiness { .. }
            | Self::AdminNotApart { .. }
            | Self::TwoHolders { .. }
            | Self::UnitLoop { .. }
            | Self::NothingOnSlip
            | Self::ErasedByOne { .. }
            | Self::ErasedWhilePending => Severity::Serious,
            // A reorganisation may bring the two units together after the matter was handed out.
            Self::CheckingNearOwner { .. }
            | Self::ReturnsNotFlagged { .. }
            | Self::SuspensionLapsed { .. }
            | Self::LookBackDue { .. }
            | Self::MovedFar { .. }
            | Self::Vacant { .. }
            | Self::HandoverLate { .. }
            | Self::DayPassBehind { .. }
            | Self::Provisional { .. }
            | Self::SlipWaits { .. }
            | Self::NoPolicy
            | Self::ErasureWaits { .. } => Severity::Advice,
        }
    }
}

impl Note {
    fn new(thing: Stream, finding: Finding) -> Self {
        Self { severity: finding.severity(), thing, finding }
    }

    /// The message of this note.
    pub fn code(&self) -> &'static str {
        match self.finding {
            Finding::PostMissing { .. } => "checkup-post-missing",
            Finding::UnitMissing { .. } => "checkup-unit-missing",
            Finding::CampaignMissing { .. } => "checkup-campaign-missing",
            Finding::MatterMissing { .. } => "checkup-matter-missing",
            Finding::OwnedListWrong { .. } => "checkup-owned-list-wrong",
            Finding::OpenCountWrong { .. } => "checkup-open-count-wrong",
            Finding::AgendaMisses { .. } => "checkup-agenda-misses",
            Finding::CheckingNearOwner { .. } => "checkup-checking-near-owner",
            Finding::NoCheckers => "checkup-no-checkers",
            Finding::CheckerWorked { .. } => "checkup-checker-worked",
            Finding::CheckedTwice { .. } => "checkup-checked-twice",
            Finding::EndsBeforeStart { .. } => "checkup-ends-before-start",
            Finding::NobodyWorked => "checkup-nobody-worked",
            Finding::PercentBeyond => "checkup-percent-beyond",
            Finding::MilestonesUnordered => "checkup-milestones-unordered",
            Finding::ReminderWithoutReturn => "checkup-reminder-without-return",
            Finding::SuspensionNotAhead => "checkup-suspension-not-ahead",
            Finding::SuspendedWrongly => "checkup-suspended-wrongly",
            Finding::LookBacksUnordered => "checkup-look-backs-unordered",
            Finding::MechanismMissing => "checkup-mechanism-missing",
            Finding::AccusationOpen => "checkup-accusation-open",
            Finding::OpenInClosedCampaign { .. } => "checkup-open-in-closed-campaign",
            Finding::AdminDoesBusiness { .. } => "checkup-admin-does-business",
            Finding::AdminNotApart { .. } => "checkup-admin-not-apart",
            Finding::TwoHolders { .. } => "checkup-two-holders",
            Finding::UnitLoop { .. } => "checkup-unit-loop",
            Finding::NothingOnSlip => "checkup-nothing-on-slip",
            Finding::ReturnsNotFlagged { .. } => "checkup-returns-not-flagged",
            Finding::SuspensionLapsed { .. } => "checkup-suspension-lapsed",
            Finding::LookBackDue { .. } => "checkup-look-back-due",
            Finding::MovedFar { .. } => "checkup-moved-far",
            Finding::Vacant { .. } => "checkup-vacant",
            Finding::HandoverLate { .. } => "checkup-handover-late",
            Finding::DayPassBehind { .. } => "checkup-day-pass-behind",
            Finding::Provisional { .. } => "checkup-provisional",
            Finding::SlipWaits { .. } => "checkup-slip-waits",
            Finding::NoPolicy => "checkup-no-policy",
            Finding::ErasedByOne { .. } => "checkup-erased-by-one",
            Finding::ErasedWhilePending => "checkup-erased-while-pending",
            Finding::ErasureWaits { .. } => "checkup-erasure-waits",
        }
    }

    /// What fills the sentence; `thing` is the stream that it is about.
    pub fn args(&self) -> Args {
        let mut args = vec![("thing", self.thing.to_string())];
        match self.finding {
            Finding::PostMissing { post }
            | Finding::OwnedListWrong { post }
            | Finding::CheckingNearOwner { post }
            | Finding::AdminDoesBusiness { post }
            | Finding::TwoHolders { post } => args.push(("post", post.to_string())),
            Finding::UnitMissing { unit } | Finding::UnitLoop { unit } => {
                args.push(("unit", unit.to_string()));
            }
            Finding::CampaignMissing { campaign }
            | Finding::OpenCountWrong { campaign }
            | Finding::OpenInClosedCampaign { campaign } => {
                args.push(("campaign", campaign.to_string()));
            }
            Finding::MatterMissing { matter } => args.push(("matter", matter.to_string())),
            Finding::AgendaMisses { limit } | Finding::EndsBeforeStart { limit } => {
                args.push(("@limit", limit.code().into()));
            }
            Finding::CheckerWorked { person }
            | Finding::CheckedTwice { person }
            | Finding::AdminNotApart { person }
            | Finding::ErasedByOne { person } => args.push(("person", person.to_string())),
            Finding::ReturnsNotFlagged { count } => args.push(("count", count.to_string())),
            Finding::SuspensionLapsed { day }
            | Finding::LookBackDue { day }
            | Finding::SlipWaits { day }
            | Finding::ErasureWaits { day } => args.push(("day", day.to_string())),
            Finding::MovedFar { days } => args.push(("days", days.to_string())),
            Finding::Vacant { post, count } => {
                args.extend([("post", post.to_string()), ("count", count.to_string())]);
            }
            Finding::HandoverLate { post, day } => {
                args.extend([("post", post.to_string()), ("day", day.to_string())]);
            }
            Finding::DayPassBehind { count } | Finding::Provisional { count } => {
                args.push(("count", count.to_string()));
            }
            Finding::NoCheckers
            | Finding::NobodyWorked
            | Finding::PercentBeyond
            | Finding::MilestonesUnordered
            | Finding::ReminderWithoutReturn
            | Finding::SuspensionNotAhead
            | Finding::SuspendedWrongly
            | Finding::LookBacksUnordered
            | Finding::MechanismMissing
            | Finding::AccusationOpen
            | Finding::NothingOnSlip
            | Finding::ErasedWhilePending
            | Finding::NoPolicy => {}
        }
        args
    }
}

/// Looks at everything. The serious notes come first.
pub fn checkup(register: &Register, today: Day) -> Vec<Note> {
    let mut notes = vec![];
    office::check(register, today, &mut notes);
    matters::check(register, today, &mut notes);
    slips::check(register, today, &mut notes);
    erasures::check(register, today, &mut notes);
    notes.sort_by_key(|note| (core::cmp::Reverse(note.severity), note.thing));
    notes
}
