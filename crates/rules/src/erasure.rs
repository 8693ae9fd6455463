//! 删除与限制处理: a request to erase what is held about a matter, a person or in a kept file.
//!
//! Personal information is deleted when its purpose is met or its retention has ended; where
//! another law still keeps it, everything but storing and protecting it stops (个人信息保护法
//! 第47条). Somebody asks, and the keeper of the keys, another person, decides. The event comes
//! first; the ledger then destroys the keys, and the log still verifies.

use crate::access::{self, Action, Thing};
use crate::calendar::Day;
use crate::circumstances::Circumstances;
use crate::ids::{ErasureId, EvidenceId, MatterId, PersonId, PostId};
use crate::posts::Actor;
use crate::refusal::{BrokenHistory, Refusal};
use crate::register::Register;
use crate::role::Role;
use crate::text::Words;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Serialize};

/// What is to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// All texts of a matter, with the kept files that only this matter names; of a sealed matter
    /// all that its entries say.
    Matter(MatterId),
    /// The name, and whatever else stands under the person's own key.
    Person(PersonId),
    /// One kept file.
    File(EvidenceId),
}

impl Subject {
    /// Reads the form that [`fmt::Display`] writes: `matter/12`, `person/7`, `file/` and 64 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once('/')?;
        let number = || name.parse().ok();
        let subject = match kind {
            "matter" => Self::Matter(MatterId(number()?)),
            "person" => Self::Person(PersonId(number()?)),
            "file" => Self::File(EvidenceId::parse(name)?),
            _ => return None,
        };
        // Written back it must be the same text.
        (subject.to_string() == text).then_some(subject)
    }

    /// The message that names its kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::Matter(_) => "subject-matter",
            Self::Person(_) => "subject-person",
            Self::File(_) => "subject-file",
        }
    }

    /// The refusal when there is no such thing.
    pub(crate) fn missing(self) -> Refusal {
        match self {
            Self::Matter(id) => Refusal::NoSuchMatter(id),
            Self::Person(id) => Refusal::NoSuchPerson(id),
            Self::File(id) => Refusal::NoSuchFile(id),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Matter(id) => write!(f, "matter/{id}"),
            Self::Person(id) => write!(f, "person/{id}"),
            Self::File(id) => write!(f, "file/{id}"),
        }
    }
}

/// The legal ground: the closed list of 个人信息保护法 第47条第一款, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// （一）处理目的已实现、无法实现或者为实现处理目的不再必要
    PurposeMet,
    /// （二）停止提供产品或者服务，或者保存期限已届满
    RetentionEnded,
    /// （三）个人撤回同意
    ConsentWithdrawn,
    /// （四）违反法律、行政法规或者违反约定处理个人信息
    Unlawful,
    /// （五）法律、行政法规规定的其他情形
    OtherLaw,
}

impl Ground {
    pub const ALL: [Ground; 5] = [
        Self::PurposeMet,
        Self::RetentionEnded,
        Self::ConsentWithdrawn,
        Self::Unlawful,
        Self::OtherLaw,
    ];

    /// The message that names this ground, with its place in the article.
    pub fn code(self) -> &'static str {
        match self {
            Self::PurposeMet => "ground-purpose-met",
            Self::RetentionEnded => "ground-retention-ended",
            Self::ConsentWithdrawn => "ground-consent-withdrawn",
            Self::Unlawful => "ground-unlawful",
            Self::OtherLaw => "ground-other-law",
        }
    }

    /// The office's own word, as it stands in diaries and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::PurposeMet => "目的已实现",
            Self::RetentionEnded => "保存期限届满",
            Self::ConsentWithdrawn => "撤回同意",
            Self::Unlawful => "违法处理",
            Self::OtherLaw => "其他法定情形",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == word)
    }

    /// Whether it only says that the thing is not needed any more: then retention must have ended.
    fn waits_for_retention(self) -> bool {
        matches!(self, Self::PurposeMet | Self::RetentionEnded)
    }
}

/// Who did something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub on: Day,
    pub person: PersonId,
    pub post: PostId,
}

/// A request as the events so far have made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub subject: Subject,
    /// About a sealed matter: known only to those who receive such, and to the keeper of the keys.
    pub sealed: bool,
    pub ground: Ground,
    pub asked: Act,
    pub reason: Words,
    pub stage: Stage,
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    Asked,
    /// Nothing is shown or used, and everything is kept.
    Restricted {
        by: Act,
        reason: Words,
    },
    /// Files and entries of the log that go with the subject.
    Approved {
        by: Act,
        files: Vec<EvidenceId>,
        entries: Vec<u64>,
    },
    Refused {
        by: Act,
        reason: Words,
    },
}

impl Erasure {
    /// The message that names where it stands.
    pub fn code(&self) -> &'static str {
        match self.stage {
            Stage::Asked => "erasure-asked",
            Stage::Restricted { .. } => "erasure-restricted",
            Stage::Approved { .. } => "erasure-approved",
            Stage::Refused { .. } => "erasure-refused",
        }
    }

    pub fn is_restricted(&self) -> bool {
        matches!(self.stage, Stage::Restricted { .. })
    }

    pub fn is_approved(&self) -> bool {
        matches!(self.stage, Stage::Approved { .. })
    }

    /// Whether this actor may learn of the request: whoever keeps the keys, and whoever may ask
    /// about such a subject. The one concerned and kept out of a sealed matter learns nothing.
    pub fn is_known_to(&self, actor: &Actor<'_>, register: &Register) -> bool {
        let thing = match self.subject {
            Subject::Matter(id) => register.matter(id).map(crate::matter::Matter::thing),
            Subject::Person(_) | Subject::File(_) => None,
        };
        let recused = thing.is_some_and(|thing| thing.recused.contains(&actor.person));
        if self.sealed {
            let receives = actor.has(Role::Receiver) || actor.has(Role::Discipline);
            return !recused && (receives || actor.has(Role::SecurityAdmin));
        }
        actor.has(Role::CampaignOffice) || actor.has(Role::SecurityAdmin)
    }
}

/// What stands around the subject of a request.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct About {
    pub thing: Thing,
    /// Something is still to be done about it.
    pub pending: bool,
    /// The day of its last event, or the last day in office.
    pub ended: Option<Day>,
    /// How long the policy keeps it after that.
    pub keep_years: Option<u16>,
    /// An earlier request about it that was not refused.
    pub earlier: Option<ErasureId>,
    pub files: Vec<EvidenceId>,
    pub entries: Vec<u64>,
}

impl About {
    /// Both things together: pending when one is, kept as long as the one that is kept longer.
    pub(crate) fn and(self, other: &About) -> About {
        let mut thing = self.thing;
        thing.sealed |= other.thing.sealed;
        thing.recused.extend(&other.thing.recused);
        About {
            thing,
            pending: self.pending || other.pending,
            ended: self.ended.max(other.ended),
            keep_years: self.keep_years.max(other.keep_years),
            earlier: None,
            files: vec![],
            entries: vec![],
        }
    }

    /// Whether nothing is to be done about it any more and its retention is over.
    pub(crate) fn may_go(&self, today: Day) -> Result<(), Refusal> {
        self.is_not_held()?;
        let years = self.keep_years.ok_or(Refusal::NoRetention)?;
        let Some(ended) = self.ended else { return Ok(()) };
        let day = ended.plus_months(12 * i32::from(years));
        if today <= day { Err(Refusal::RetentionRuns { day }) } else { Ok(()) }
    }

    fn is_not_held(&self) -> Result<(), Refusal> {
        if self.pending { Err(Refusal::LegalHold) } else { Ok(()) }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// 申请删除
    Ask { subject: Subject, ground: Ground, reason: Words },
    /// 限制处理, until lifted or erased
    Restrict { reason: Words },
    /// 解除限制
    Lift { reason: Words },
    /// 批准删除
    Approve,
    /// 不予删除
    Refuse { reason: Words },
}

impl Command {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Ask { .. } => "command-ask-erasure",
            Self::Restrict { .. } => "command-restrict",
            Self::Lift { .. } => "command-lift-restriction",
            Self::Approve => "command-approve-erasure",
            Self::Refuse { .. } => "command-refuse-erasure",
        }
    }

    /// The subject that a new request is about.
    pub(crate) fn subject(&self) -> Option<Subject> {
        match self {
            Self::Ask { subject, .. } => Some(*subject),
            Self::Restrict { .. } | Self::Lift { .. } | Self::Approve | Self::Refuse { .. } => None,
        }
    }
}

/// What happened to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    ErasureAsked {
        on: Day,
        person: PersonId,
        post: PostId,
        subject: Subject,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        sealed: bool,
        ground: Ground,
        #[serde(default)]
        reason: Words,
    },
    ErasureRestricted {
        on: Day,
        person: PersonId,
        post: PostId,
        #[serde(default)]
        reason: Words,
    },
    RestrictionLifted {
        on: Day,
        person: PersonId,
        post: PostId,
        #[serde(default)]
        reason: Words,
    },
    /// From here on the keys are to be destroyed: that of the subject, those of the files and
    /// those of sealed entries.
    ErasureApproved {
        on: Day,
        person: PersonId,
        post: PostId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<EvidenceId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        entries: Vec<u64>,
    },
    ErasureRefused {
        on: Day,
        person: PersonId,
        post: PostId,
        #[serde(default)]
        reason: Words,
    },
}

/// As many files fit a leaf with room to spare.
const MOST_FILES: usize = 150;
/// Entries of one sealed matter.
const MOST_ENTRIES: usize = 800;

/// Judges a command about a request (`None`: it is not made yet).
pub fn decide(
    erasure: Option<&Erasure>,
    command: &Command,
    about: &About,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let actor = now.actor()?;
    let (on, person, post) = (now.today, actor.person, actor.post);
    let written = |reason: &Words| reason.written("field-reason");
    let event = match (command, erasure.map(|one| &one.stage)) {
        (Command::Ask { subject, ground, reason }, None) => {
            may_ask(&actor, *subject, about)?;
            let (reason, sealed) = (written(reason)?, about.thing.sealed);
            let (subject, ground) = (*subject, *ground);
            Event::ErasureAsked { on, person, post, subject, sealed, ground, reason }
        }
        (Command::Restrict { reason }, Some(Stage::Asked)) => {
            second_person(&actor, erasure, about)?;
            Event::ErasureRestricted { on, person, post, reason: written(reason)? }
        }
        (Command::Lift { reason }, Some(Stage::Restricted { .. })) => {
            second_person(&actor, erasure, about)?;
            Event::RestrictionLifted { on, person, post, reason: written(reason)? }
        }
        (Command::Refuse { reason }, Some(Stage::Asked)) => {
            second_person(&actor, erasure, about)?;
            Event::ErasureRefused { on, person, post, reason: written(reason)? }
        }
        (Command::Approve, Some(Stage::Asked | Stage::Restricted { .. })) => {
            second_person(&actor, erasure, about)?;
            let waits = erasure.is_some_and(|one| one.ground.waits_for_retention());
            if waits { about.may_go(now.today) } else { about.is_not_held() }?;
            let (files, entries) = (about.files.clone(), about.entries.clone());
            fits(&files, &entries)?;
            Event::ErasureApproved { on, person, post, files, entries }
        }
        (
            Command::Ask { .. }
            | Command::Restrict { .. }
            | Command::Lift { .. }
            | Command::Approve
            | Command::Refuse { .. },
            _,
        ) => {
            let stage = erasure.map_or("stage-none", Erasure::code);
            return Err(Refusal::WrongStage { command: command.code(), stage });
        }
    };
    Ok(vec![event])
}

fn may_ask(actor: &Actor<'_>, subject: Subject, about: &About) -> Result<(), Refusal> {
    let action = Action::AskErasure;
    if about.thing.sealed {
        // Whoever may not know of a sealed matter must not learn here that it exists.
        access::may_know(actor, &about.thing).map_err(|_| subject.missing())?;
    } else if !actor.has(Role::CampaignOffice) && !actor.has(Role::SecurityAdmin) {
        return Err(Refusal::NotYourRole { action });
    }
    match about.earlier {
        Some(erasure) => Err(Refusal::ErasureAsked { erasure }),
        None => Ok(()),
    }
}

/// The keeper of the keys decides: neither who asked, nor whom it concerns.
fn second_person(
    actor: &Actor<'_>,
    erasure: Option<&Erasure>,
    about: &About,
) -> Result<(), Refusal> {
    access::may(actor, Action::Erase, &Thing::office())?;
    if about.thing.recused.contains(&actor.person) {
        return Err(Refusal::Recused { person: actor.person });
    }
    if erasure.is_some_and(|one| one.asked.person == actor.person) {
        return Err(Refusal::AskerDecides);
    }
    Ok(())
}

fn fits(files: &[EvidenceId], entries: &[u64]) -> Result<(), Refusal> {
    if files.len() > MOST_FILES {
        return Err(Refusal::TooMany { field: "field-evidence", most: 150 });
    }
    if entries.len() > MOST_ENTRIES {
        return Err(Refusal::TooMany { field: "field-entries", most: 800 });
    }
    Ok(())
}

/// Applies one event. Judges nothing.
pub fn evolve(before: Option<Erasure>, event: &Event) -> Result<Erasure, BrokenHistory> {
    let broken = BrokenHistory::at(before.as_ref().map_or("stage-none", Erasure::code), tag(event));
    let act =
        |on: &Day, person: &PersonId, post: &PostId| Act { on: *on, person: *person, post: *post };
    let Some(before) = before else {
        let Event::ErasureAsked { on, person, post, subject, sealed, ground, reason } = event
        else {
            return Err(broken);
        };
        return Ok(Erasure {
            subject: *subject,
            sealed: *sealed,
            ground: *ground,
            asked: act(on, person, post),
            reason: reason.clone(),
            stage: Stage::Asked,
        });
    };
    let stage = match (&before.stage, event) {
        (Stage::Asked, Event::ErasureRestricted { on, person, post, reason }) => {
            Stage::Restricted { by: act(on, person, post), reason: reason.clone() }
        }
        (Stage::Restricted { .. }, Event::RestrictionLifted { .. }) => Stage::Asked,
        (
            Stage::Asked | Stage::Restricted { .. },
            Event::ErasureApproved { on, person, post, files, entries },
        ) => {
            let (files, entries) = (files.clone(), entries.clone());
            Stage::Approved { by: act(on, person, post), files, entries }
        }
        (Stage::Asked, Event::ErasureRefused { on, person, post, reason }) => {
            Stage::Refused { by: act(on, person, post), reason: reason.clone() }
        }
        (
            Stage::Asked
            | Stage::Restricted { .. }
            | Stage::Approved { .. }
            | Stage::Refused { .. },
            Event::ErasureAsked { .. }
            | Event::ErasureRestricted { .. }
            | Event::RestrictionLifted { .. }
            | Event::ErasureApproved { .. }
            | Event::ErasureRefused { .. },
        ) => return Err(broken),
    };
    Ok(Erasure { stage, ..before })
}

fn tag(event: &Event) -> &'static str {
    match event {
        Event::ErasureAsked { .. } => "erasure_asked",
        Event::ErasureRestricted { .. } => "erasure_restricted",
        Event::RestrictionLifted { .. } => "restriction_lifted",
        Event::ErasureApproved { .. } => "erasure_approved",
        Event::ErasureRefused { .. } => "erasure_refused",
    }
}
