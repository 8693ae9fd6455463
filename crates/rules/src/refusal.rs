//! Why a command was refused, as a code and what fills its sentence. The sentences are in `words`.

use crate::access::Action;
use crate::calendar::Day;
use crate::ids::{
    CampaignId, ErasureId, EvidenceId, FeedbackId, MatterId, PersonId, PostId, SlipId, UnitId,
};
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

/// A command that the rules do not accept, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    WrongStage {
        command: &'static str,
        stage: &'static str,
    },
    NotYours {
        owner: PostId,
    },
    NotYourRole {
        action: Action,
    },
    NotForYou,
    Recused {
        person: PersonId,
    },
    NoPost,
    NotTheHolder {
        post: PostId,
    },
    NotADeputy {
        post: PostId,
    },
    SystemOnly,
    NoPolicy,
    NoSuchPost(PostId),
    NoSuchUnit(UnitId),
    NoSuchPerson(PersonId),
    NoSuchMatter(MatterId),
    NoSuchCampaign(CampaignId),
    NoSuchSlip(SlipId),
    NoSuchFeedback(FeedbackId),
    NoSuchErasure(ErasureId),
    NoSuchFile(EvidenceId),
    NoSuchProblem,
    Vacant {
        post: PostId,
    },
    BadPeriod {
        from: Day,
        until: Day,
    },
    AppointedAlready {
        post: PostId,
        since: Day,
    },
    NothingToHandOver {
        post: PostId,
    },
    AdminsStayApart {
        person: PersonId,
    },
    Contradiction,
    /// A field that must be written is blank; `field` is the code of its name.
    Blank {
        field: &'static str,
    },
    /// A list is longer than a leaf of the log may hold.
    TooMany {
        field: &'static str,
        most: u16,
    },
    /// One of the five haves (五有) is missing.
    HaveMissing {
        have: &'static str,
    },
    CheckerIsDoer {
        post: PostId,
    },
    CheckerOfOwnersUnit {
        post: PostId,
    },
    /// A sealed matter goes only to posts that receive accusations.
    MayNotReceive {
        post: PostId,
    },
    NotNamedAsChecker {
        post: PostId,
    },
    CheckedAlready {
        person: PersonId,
    },
    TooFewCheckers {
        need: u16,
    },
    ApproverBelowAssigner,
    ApproverIsDoer {
        post: PostId,
    },
    DecidedDesignation,
    DesignatedNoReturn,
    DeclineTooLate {
        due: Day,
    },
    OwnPostProposed {
        post: PostId,
    },
    MechanismMissing,
    NoEvidence,
    TooEarly {
        from: Day,
    },
    DayNotAhead {
        day: Day,
    },
    NoMoreExtensions {
        most: u16,
    },
    ExtensionTooFar {
        latest: Day,
    },
    MayNotPause,
    NotAFormerOwner {
        post: PostId,
    },
    SameOwner {
        post: PostId,
    },
    SameMatter,
    SealedDoesNotMix,
    NothingToResubmit,
    LaterStep,
    PercentOutOfRange,
    DesignationMissing,
    GovernmentSupervisionWord,
    Overlap {
        campaign: CampaignId,
    },
    UnitOutOfScope {
        unit: UnitId,
    },
    ReportedAlready {
        unit: UnitId,
    },
    OpenMatters {
        count: u32,
    },
    NothingNew,
    NotLater {
        number: u32,
    },
    SignerDecides,
    ObjectionTooLate {
        due: Day,
    },
    OverCap {
        most: u16,
    },
    /// The same subject has a request that is pending, or was erased.
    ErasureAsked {
        erasure: ErasureId,
    },
    /// Something is still to be done about the subject: restrict it, or wait.
    LegalHold,
    /// The policy keeps the subject until a day.
    RetentionRuns {
        day: Day,
    },
    /// The policy says nothing of how long such things are kept.
    NoRetention,
    /// Two persons are needed.
    AskerDecides,
    /// Its texts are gone, so nothing more is written about it.
    MatterErased(MatterId),
    /// What a person may not write because it would not fit the log.
    NothingToDo,
}

/// One sentence to come: `code` and what fills it (see `words::say`).
pub type Args = Vec<(&'static str, String)>;

impl Refusal {
    /// The message of this refusal.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of refusal")]
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongStage { .. } => "refusal-wrong-stage",
            Self::NotYours { .. } => "refusal-not-yours",
            Self::NotYourRole { .. } => "refusal-not-your-role",
            Self::NotForYou => "refusal-not-for-you",
            Self::Recused { .. } => "refusal-recused",
            Self::NoPost => "refusal-no-post",
            Self::NotTheHolder { .. } => "refusal-not-the-holder",
            Self::NotADeputy { .. } => "refusal-not-a-deputy",
            Self::SystemOnly => "refusal-system-only",
            Self::NoPolicy => "refusal-no-policy",
            Self::NoSuchPost(_) => "refusal-no-such-post",
            Self::NoSuchUnit(_) => "refusal-no-such-unit",
            Self::NoSuchPerson(_) => "refusal-no-such-person",
            Self::NoSuchMatter(_) => "refusal-no-such-matter",
            Self::NoSuchCampaign(_) => "refusal-no-such-campaign",
            Self::NoSuchSlip(_) => "refusal-no-such-slip",
            Self::NoSuchFeedback(_) => "refusal-no-such-feedback",
            Self::NoSuchErasure(_) => "refusal-no-such-erasure",
            Self::NoSuchFile(_) => "refusal-no-such-file",
            Self::NoSuchProblem => "refusal-no-such-problem",
            Self::Vacant { .. } => "refusal-vacant",
            Self::BadPeriod { .. } => "refusal-bad-period",
            Self::AppointedAlready { .. } => "refusal-appointed-already",
            Self::NothingToHandOver { .. } => "refusal-nothing-to-hand-over",
            Self::AdminsStayApart { .. } => "refusal-admins-stay-apart",
            Self::Contradiction => "refusal-contradiction",
            Self::Blank { .. } => "refusal-blank",
            Self::TooMany { .. } => "refusal-too-many",
            Self::HaveMissing { .. } => "refusal-have-missing",
            Self::CheckerIsDoer { .. } => "refusal-checker-is-doer",
            Self::CheckerOfOwnersUnit { .. } => "refusal-checker-of-owners-unit",
            Self::MayNotReceive { .. } => "refusal-may-not-receive",
            Self::NotNamedAsChecker { .. } => "refusal-not-named-as-checker",
            Self::CheckedAlready { .. } => "refusal-checked-already",
            Self::TooFewCheckers { .. } => "refusal-too-few-checkers",
            Self::ApproverBelowAssigner => "refusal-approver-below-assigner",
            Self::ApproverIsDoer { .. } => "refusal-approver-is-doer",
            Self::DecidedDesignation => "refusal-decided-designation",
            Self::DesignatedNoReturn => "refusal-designated-no-return",
            Self::DeclineTooLate { .. } => "refusal-decline-too-late",
            Self::OwnPostProposed { .. } => "refusal-own-post-proposed",
            Self::MechanismMissing => "refusal-mechanism-missing",
            Self::NoEvidence => "refusal-no-evidence",
            Self::TooEarly { .. } => "refusal-too-early",
            Self::DayNotAhead { .. } => "refusal-day-not-ahead",
            Self::NoMoreExtensions { .. } => "refusal-no-more-extensions",
            Self::ExtensionTooFar { .. } => "refusal-extension-too-far",
            Self::MayNotPause => "refusal-may-not-pause",
            Self::NotAFormerOwner { .. } => "refusal-not-a-former-owner",
            Self::SameOwner { .. } => "refusal-same-owner",
            Self::SameMatter => "refusal-same-matter",
            Self::SealedDoesNotMix => "refusal-sealed-does-not-mix",
            Self::NothingToResubmit => "refusal-nothing-to-resubmit",
            Self::LaterStep => "refusal-later-step",
            Self::PercentOutOfRange => "refusal-percent-out-of-range",
            Self::DesignationMissing => "refusal-designation-missing",
            Self::GovernmentSupervisionWord => "refusal-government-supervision-word",
            Self::Overlap { .. } => "refusal-overlap",
            Self::UnitOutOfScope { .. } => "refusal-unit-out-of-scope",
            Self::ReportedAlready { .. } => "refusal-reported-already",
            Self::OpenMatters { .. } => "refusal-open-matters",
            Self::NothingNew => "refusal-nothing-new",
            Self::NotLater { .. } => "refusal-not-later",
            Self::SignerDecides => "refusal-signer-decides",
            Self::ObjectionTooLate { .. } => "refusal-objection-too-late",
            Self::OverCap { .. } => "refusal-over-cap",
            Self::ErasureAsked { .. } => "refusal-erasure-asked",
            Self::LegalHold => "refusal-legal-hold",
            Self::RetentionRuns { .. } => "refusal-retention-runs",
            Self::NoRetention => "refusal-no-retention",
            Self::AskerDecides => "refusal-asker-decides",
            Self::MatterErased(_) => "refusal-matter-erased",
            Self::NothingToDo => "refusal-nothing-to-do",
        }
    }

    /// What fills the sentence.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of refusal")]
    pub fn args(&self) -> Args {
        match self {
            Self::WrongStage { command, stage } => {
                vec![("@command", (*command).into()), ("@stage", (*stage).into())]
            }
            Self::NotYours { owner: post }
            | Self::NotTheHolder { post }
            | Self::NotADeputy { post }
            | Self::NoSuchPost(post)
            | Self::Vacant { post }
            | Self::NothingToHandOver { post }
            | Self::CheckerIsDoer { post }
            | Self::CheckerOfOwnersUnit { post }
            | Self::MayNotReceive { post }
            | Self::NotNamedAsChecker { post }
            | Self::ApproverIsDoer { post }
            | Self::OwnPostProposed { post }
            | Self::NotAFormerOwner { post }
            | Self::SameOwner { post } => vec![("post", post.to_string())],
            Self::NotYourRole { action } => vec![("@action", action.code().into())],
            Self::Recused { person }
            | Self::NoSuchPerson(person)
            | Self::AdminsStayApart { person }
            | Self::CheckedAlready { person } => vec![("person", person.to_string())],
            Self::NoSuchUnit(unit)
            | Self::UnitOutOfScope { unit }
            | Self::ReportedAlready { unit } => vec![("unit", unit.to_string())],
            Self::NoSuchMatter(id) | Self::MatterErased(id) => vec![("matter", id.to_string())],
            Self::NoSuchCampaign(id) | Self::Overlap { campaign: id } => {
                vec![("campaign", id.to_string())]
            }
            Self::NoSuchSlip(id) => vec![("slip", id.to_string())],
            Self::NoSuchFeedback(id) => vec![("feedback", id.to_string())],
            Self::NoSuchErasure(id) | Self::ErasureAsked { erasure: id } => {
                vec![("erasure", id.to_string())]
            }
            Self::NoSuchFile(id) => vec![("file", id.to_string())],
            Self::BadPeriod { from, until } => {
                vec![("from", from.to_string()), ("until", until.to_string())]
            }
            Self::AppointedAlready { post, since } => {
                vec![("post", post.to_string()), ("since", since.to_string())]
            }
            Self::Blank { field } => vec![("@field", (*field).into())],
            Self::TooMany { field, most } => {
                vec![("@field", (*field).into()), ("most", most.to_string())]
            }
            Self::HaveMissing { have } => vec![("@have", (*have).into())],
            Self::TooFewCheckers { need: most }
            | Self::NoMoreExtensions { most }
            | Self::OverCap { most } => vec![("most", most.to_string())],
            Self::DeclineTooLate { due: day }
            | Self::TooEarly { from: day }
            | Self::DayNotAhead { day }
            | Self::ExtensionTooFar { latest: day }
            | Self::RetentionRuns { day }
            | Self::ObjectionTooLate { due: day } => vec![("day", day.to_string())],
            Self::OpenMatters { count } => vec![("count", count.to_string())],
            Self::NotLater { number } => vec![("number", number.to_string())],
            Self::NotForYou
            | Self::NoPost
            | Self::SystemOnly
            | Self::NoPolicy
            | Self::NoSuchProblem
            | Self::Contradiction
            | Self::ApproverBelowAssigner
            | Self::DecidedDesignation
            | Self::DesignatedNoReturn
            | Self::MechanismMissing
            | Self::NoEvidence
            | Self::MayNotPause
            | Self::SameMatter
            | Self::SealedDoesNotMix
            | Self::NothingToResubmit
            | Self::LaterStep
            | Self::PercentOutOfRange
            | Self::DesignationMissing
            | Self::GovernmentSupervisionWord
            | Self::NothingNew
            | Self::SignerDecides
            | Self::LegalHold
            | Self::NoRetention
            | Self::AskerDecides
            | Self::NothingToDo => vec![],
        }
    }
}

/// A stored history that no version of these rules could have written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenHistory {
    /// Code of the stage (or machine) that the event met.
    pub stage: &'static str,
    /// Tag of the event.
    pub event: &'static str,
}

impl BrokenHistory {
    pub fn at(stage: &'static str, event: &'static str) -> Self {
        Self { stage, event }
    }

    pub fn code(&self) -> &'static str {
        "broken-history"
    }

    pub fn args(&self) -> Args {
        vec![("@stage", self.stage.into()), ("event", self.event.into())]
    }
}
