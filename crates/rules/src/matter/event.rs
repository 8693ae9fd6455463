//! What happens to a matter. Once written, never changed; new meaning needs a new variant.

use super::command::Haves;
use super::stage::{Milestone, Remedy, Source, Step};
use super::term::{Due, Limit};
use crate::access::Marking;
use crate::calendar::Day;
use crate::ids::{CampaignId, EvidenceId, MatterId, PersonId, PostId, UnitId};
use crate::policy::PauseReason;
use crate::role::Rank;
use crate::signal::ProblemCode;
use crate::text::Words;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Evidence (佐证) that something was done. Taken from a business system first; an upload is
/// optional (整治形式主义为基层减负若干规定: no traces for the sake of traces).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proof {
    /// A kept file: hash of its ciphertext, and the sealed hash of its plaintext.
    Kept {
        id: EvidenceId,
        #[serde(default)]
        plain: Words,
    },
    /// A kept file that came with a name, as most do.
    File {
        id: EvidenceId,
        #[serde(default)]
        plain: Words,
        #[serde(default)]
        name: Words,
    },
    /// A record in a business system: which, and where in it.
    Record {
        #[serde(default)]
        system: Words,
        #[serde(default)]
        reference: Words,
    },
}

impl Proof {
    /// The kept file, where it is one.
    pub fn file(&self) -> Option<EvidenceId> {
        match self {
            Self::Kept { id, .. } | Self::File { id, .. } => Some(*id),
            Self::Record { .. } => None,
        }
    }

    pub(super) fn restrict(&mut self, restricted: bool) {
        match self {
            Self::Kept { .. } => {}
            Self::File { name, .. } => name.restrict(restricted),
            Self::Record { system, reference } => {
                system.restrict(restricted);
                reference.restrict(restricted);
            }
        }
    }
}

/// Which of a matter's limits an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Sign,
    Plan,
    Rectify,
    Check,
    LookBack,
}

impl Which {
    pub const ALL: [Which; 5] =
        [Self::Sign, Self::Plan, Self::Rectify, Self::Check, Self::LookBack];

    /// The message that names this limit.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sign => "limit-sign",
            Self::Plan => "limit-plan",
            Self::Rectify => "limit-rectify",
            Self::Check => "limit-check",
            Self::LookBack => "limit-look-back",
        }
    }
}

/// A limit that went on after a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prolonged {
    pub which: Which,
    /// All units of its own that the clock has stood still so far.
    pub paused: u16,
    pub due: Due,
}

/// What happened to a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    Listed {
        on: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        campaign: Option<CampaignId>,
        problem: ProblemCode,
        unit: UnitId,
        source: Source,
        marking: Marking,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        accusation: bool,
        #[serde(default)]
        title: Words,
        #[serde(default)]
        detail: Words,
    },
    Confirmed {
        on: Day,
        #[serde(default)]
        note: Words,
    },
    Refuted {
        on: Day,
        #[serde(default)]
        reason: Words,
    },
    Assigned {
        to: PostId,
        remedy: Remedy,
        rank: Rank,
        haves: Haves,
        sign: Limit,
        limit: Limit,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        designated: bool,
    },
    Accepted {
        on: Day,
        doer: PersonId,
        plan: Limit,
    },
    Declined {
        on: Day,
        proposed: PostId,
        #[serde(default)]
        rule: Words,
    },
    ReturnsFlagged {
        returns: u16,
    },
    MeasureSet {
        on: Day,
        doer: PersonId,
        #[serde(default)]
        cause: Words,
        #[serde(default)]
        measure: Words,
        #[serde(default)]
        standard: Words,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        milestones: Vec<Milestone>,
    },
    Progressed {
        on: Day,
        doer: PersonId,
        percent: u8,
        #[serde(default)]
        note: Words,
    },
    CheckpointKept {
        on: Day,
        doer: PersonId,
        proof: Proof,
        next: Limit,
    },
    ReportedDone {
        on: Day,
        doer: PersonId,
        proof: Proof,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more: Vec<Proof>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mechanism: Option<Proof>,
        #[serde(default)]
        note: Words,
        check: Limit,
    },
    CheckersNamed {
        checkers: Vec<PostId>,
    },
    Checked {
        on: Day,
        person: PersonId,
        post: PostId,
        holds: bool,
        #[serde(default)]
        findings: Words,
    },
    CheckPassed {
        on: Day,
    },
    SentBack {
        on: Day,
        to: Step,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        straight: bool,
        limit: Limit,
        /// The limit of the step itself, where it is not rectification.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<Limit>,
        #[serde(default)]
        reason: Words,
    },
    Resubmitted {
        on: Day,
        doer: PersonId,
        proof: Proof,
        #[serde(default)]
        note: Words,
        check: Limit,
    },
    Closed {
        on: Day,
        person: PersonId,
        post: PostId,
        look: Limit,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        then: Option<Limit>,
        #[serde(default)]
        note: Words,
    },
    LookedBack {
        on: Day,
        person: PersonId,
        post: PostId,
        /// The next look-back of a standing duty; none otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Limit>,
        #[serde(default)]
        note: Words,
    },
    Relapsed {
        on: Day,
        person: PersonId,
        post: PostId,
        limit: Limit,
        #[serde(default)]
        reason: Words,
    },
    Suspended {
        on: Day,
        reason: PauseReason,
        check_on: Day,
        #[serde(default)]
        note: Words,
    },
    SuspensionLapsed {
        check_on: Day,
    },
    Resumed {
        on: Day,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        limits: Vec<Prolonged>,
    },
    Extended {
        on: Day,
        limit: Limit,
        #[serde(default)]
        reason: Words,
    },
    Transferred {
        on: Day,
        to: PostId,
        sign: Limit,
        #[serde(default)]
        reason: Words,
    },
    HandedBack {
        on: Day,
        to: PostId,
        sign: Limit,
        #[serde(default)]
        reason: Words,
    },
    MergedInto {
        into: MatterId,
        #[serde(default)]
        reason: Words,
    },
    Referred {
        #[serde(default)]
        body: Words,
        #[serde(default)]
        reason: Words,
    },
    Cancelled {
        #[serde(default)]
        reason: Words,
    },
    Recused {
        person: PersonId,
        #[serde(default)]
        reason: Words,
    },
    DueRecomputed {
        which: Which,
        due: Due,
    },
    DeadlineMissed {
        which: Which,
        due: Day,
    },
}

impl Event {
    /// The tags of all variants ever written: a test reads a sample line of each.
    pub const TAGS: [&'static str; 31] = [
        "listed",
        "confirmed",
        "refuted",
        "assigned",
        "accepted",
        "declined",
        "returns_flagged",
        "measure_set",
        "progressed",
        "checkpoint_kept",
        "reported_done",
        "checkers_named",
        "checked",
        "check_passed",
        "sent_back",
        "resubmitted",
        "closed",
        "looked_back",
        "relapsed",
        "suspended",
        "suspension_lapsed",
        "resumed",
        "extended",
        "transferred",
        "handed_back",
        "merged_into",
        "referred",
        "cancelled",
        "recused",
        "due_recomputed",
        "deadline_missed",
    ];

    /// The evidence that this event names.
    pub fn proofs(&self) -> impl Iterator<Item = &Proof> {
        let (first, more, last): (_, &[Proof], _) = match self {
            Self::CheckpointKept { proof, .. } | Self::Resubmitted { proof, .. } => {
                (Some(proof), &[], None)
            }
            Self::ReportedDone { proof, more, mechanism, .. } => {
                (Some(proof), more, mechanism.as_ref())
            }
            Self::Listed { .. }
            | Self::Confirmed { .. }
            | Self::Refuted { .. }
            | Self::Assigned { .. }
            | Self::Accepted { .. }
            | Self::Declined { .. }
            | Self::ReturnsFlagged { .. }
            | Self::MeasureSet { .. }
            | Self::Progressed { .. }
            | Self::CheckersNamed { .. }
            | Self::Checked { .. }
            | Self::CheckPassed { .. }
            | Self::SentBack { .. }
            | Self::Closed { .. }
            | Self::LookedBack { .. }
            | Self::Relapsed { .. }
            | Self::Suspended { .. }
            | Self::SuspensionLapsed { .. }
            | Self::Resumed { .. }
            | Self::Extended { .. }
            | Self::Transferred { .. }
            | Self::HandedBack { .. }
            | Self::MergedInto { .. }
            | Self::Referred { .. }
            | Self::Cancelled { .. }
            | Self::Recused { .. }
            | Self::DueRecomputed { .. }
            | Self::DeadlineMissed { .. } => (None, &[], None),
        };
        first.into_iter().chain(more).chain(last)
    }

    pub fn tag(&self) -> &'static str {
        match self {
            Self::Listed { .. } => "listed",
            Self::Confirmed { .. } => "confirmed",
            Self::Refuted { .. } => "refuted",
            Self::Assigned { .. } => "assigned",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::ReturnsFlagged { .. } => "returns_flagged",
            Self::MeasureSet { .. } => "measure_set",
            Self::Progressed { .. } => "progressed",
            Self::CheckpointKept { .. } => "checkpoint_kept",
            Self::ReportedDone { .. } => "reported_done",
            Self::CheckersNamed { .. } => "checkers_named",
            Self::Checked { .. } => "checked",
            Self::CheckPassed { .. } => "check_passed",
            Self::SentBack { .. } => "sent_back",
            Self::Resubmitted { .. } => "resubmitted",
            Self::Closed { .. } => "closed",
            Self::LookedBack { .. } => "looked_back",
            Self::Relapsed { .. } => "relapsed",
            Self::Suspended { .. } => "suspended",
            Self::SuspensionLapsed { .. } => "suspension_lapsed",
            Self::Resumed { .. } => "resumed",
            Self::Extended { .. } => "extended",
            Self::Transferred { .. } => "transferred",
            Self::HandedBack { .. } => "handed_back",
            Self::MergedInto { .. } => "merged_into",
            Self::Referred { .. } => "referred",
            Self::Cancelled { .. } => "cancelled",
            Self::Recused { .. } => "recused",
            Self::DueRecomputed { .. } => "due_recomputed",
            Self::DeadlineMissed { .. } => "deadline_missed",
        }
    }
}
