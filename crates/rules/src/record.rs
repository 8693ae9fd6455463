//! What the log records: who, when, in which stream, what happened; and the one door for commands.

use crate::calendar::Day;
use crate::ids::{CampaignId, ErasureId, FeedbackId, MatterId, PersonId, PostId, SlipId};
pub use crate::refusal::{BrokenHistory, Refusal};
pub use crate::register::Register;
use crate::{basis, campaign, erasure, feedback, matter, posts, slip};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment: milliseconds since 1970-01-01 UTC, written as RFC 3339 with three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub i64);

const MS_PER_DAY: i64 = 86_400_000;

impl Moment {
    /// The civil day in Beijing time (UTC+8, no summer time), which is the office's day.
    pub fn office_day(self) -> Day {
        let days = (self.0 + 8 * 3_600_000).div_euclid(MS_PER_DAY);
        Day::EPOCH.plus(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// `hour` o'clock on `day`, Beijing time.
    pub fn at_hour(day: Day, hour: u8) -> Self {
        Self(i64::from(day.number()) * MS_PER_DAY + (i64::from(hour) - 8) * 3_600_000)
    }

    /// Reads the form that [`fmt::Display`] writes and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, clock) = text.split_once('T')?;
        let day = Day::parse(day).ok()?;
        let clock = clock.strip_suffix('Z')?.as_bytes();
        if clock.len() != 12 || clock[2] != b':' || clock[5] != b':' || clock[8] != b'.' {
            return None;
        }
        let number = |range: core::ops::Range<usize>| {
            clock[range].iter().try_fold(0_i64, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
            })
        };
        let (h, m, s, ms) = (number(0..2)?, number(3..5)?, number(6..8)?, number(9..12)?);
        (h < 24 && m < 60 && s < 60).then(|| {
            Self(i64::from(day.number()) * MS_PER_DAY + ((h * 60 + m) * 60 + s) * 1000 + ms)
        })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = i32::try_from(self.0.div_euclid(MS_PER_DAY)).unwrap_or(i32::MAX);
        let ms = self.0.rem_euclid(MS_PER_DAY);
        let (s, ms) = (ms / 1000, ms % 1000);
        let (h, m, s) = (s / 3600, s / 60 % 60, s % 60);
        write!(f, "{}T{h:02}:{m:02}:{s:02}.{ms:03}Z", Day::EPOCH.plus(days))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 moment"))
    }
}

/// Who acts: the account (a person), the post from which, and the post for which (“X 代 Y”).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct By {
    pub account: PersonId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<PostId>,
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<PostId>,
}

impl By {
    /// The system itself: the day pass, and the founding of an empty log.
    pub const SYSTEM: By = By { account: crate::ids::SYSTEM, post: None, acting_for: None };

    pub fn person_at(account: PersonId, post: PostId) -> Self {
        Self { account, post: Some(post), acting_for: None }
    }
}

/// A stream: one thing whose events follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// Units, posts, people.
    Office,
    /// The policy and the calendar in force.
    Basis,
    Campaign(CampaignId),
    Matter(MatterId),
    Slip(SlipId),
    Feedback(FeedbackId),
    Erasure(ErasureId),
}

impl Stream {
    /// Reads the form that [`fmt::Display`] writes: `office`, `matter/12`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "office" => return Some(Self::Office),
            "basis" => return Some(Self::Basis),
            _ => {}
        }
        let (kind, number) = text.split_once('/')?;
        let n: u32 = number.parse().ok().filter(|n: &u32| n.to_string() == number)?;
        match kind {
            "campaign" => Some(Self::Campaign(CampaignId(n))),
            "matter" => Some(Self::Matter(MatterId(n))),
            "slip" => Some(Self::Slip(SlipId(n))),
            "feedback" => Some(Self::Feedback(FeedbackId(n))),
            "erasure" => Some(Self::Erasure(ErasureId(n))),
            _ => None,
        }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office => f.write_str("office"),
            Self::Basis => f.write_str("basis"),
            Self::Campaign(id) => write!(f, "campaign/{id}"),
            Self::Matter(id) => write!(f, "matter/{id}"),
            Self::Slip(id) => write!(f, "slip/{id}"),
            Self::Feedback(id) => write!(f, "feedback/{id}"),
            Self::Erasure(id) => write!(f, "erasure/{id}"),
        }
    }
}

/// What happened, in one of the machines. The stream tells which, so the tag need not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Event {
    Office(posts::Event),
    Basis(basis::Event),
    Campaign(campaign::Event),
    Matter(matter::Event),
    Slip(slip::Event),
    Feedback(feedback::Event),
    Erasure(erasure::Event),
}

impl Event {
    /// Reads the event of a leaf. Members that belong to the leaf's header are passed over.
    pub fn read<'de, D: Deserializer<'de>>(stream: Stream, leaf: D) -> Result<Self, D::Error> {
        Ok(match stream {
            Stream::Office => Self::Office(posts::Event::deserialize(leaf)?),
            Stream::Basis => Self::Basis(basis::Event::deserialize(leaf)?),
            Stream::Campaign(_) => Self::Campaign(campaign::Event::deserialize(leaf)?),
            Stream::Matter(_) => Self::Matter(matter::Event::deserialize(leaf)?),
            Stream::Slip(_) => Self::Slip(slip::Event::deserialize(leaf)?),
            Stream::Feedback(_) => Self::Feedback(feedback::Event::deserialize(leaf)?),
            Stream::Erasure(_) => Self::Erasure(erasure::Event::deserialize(leaf)?),
        })
    }
}

/// What someone, or the calendar, wants to happen. `None` for the number opens a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Office(posts::Command),
    Basis(basis::Command),
    Campaign(Option<CampaignId>, campaign::Command),
    Matter(Option<MatterId>, matter::Command),
    Slip(Option<SlipId>, slip::Command),
    Feedback(Option<FeedbackId>, feedback::Command),
    Erasure(Option<ErasureId>, erasure::Command),
}

/// One event that a command leaves, with its stream. A sealed deed shows nothing in its leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub stream: Stream,
    pub event: Event,
    pub sealed: bool,
}

/// One event of the log, as the register takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place in the log, from 1.
    pub seq: u64,
    /// The time the actor claims (`t` of the leaf).
    pub at: Moment,
    pub by: By,
    pub stream: Stream,
    /// The stream's version after this event, from 1.
    pub n: u64,
    pub event: Event,
}

/// When, and by whom. Time and identity are arguments; nothing below the binary asks for them.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    pub by: By,
    pub today: Day,
    pub at: Moment,
}

/// Judges a command over the whole register. Reads everything, changes nothing: the one door for
/// pages, imports, interfaces and the day pass, administrators included.
pub fn decide(register: &Register, command: &Command, now: &Now) -> Result<Vec<Deed>, Refusal> {
    match command {
        Command::Office(command) => {
            let events = posts::decide(register.office(), command, register.circumstances(now))?;
            Ok(plain(Stream::Office, events, Event::Office))
        }
        Command::Basis(command) => {
            let events =
                basis::decide(register.basis_state(), command, register.circumstances(now))?;
            Ok(plain(Stream::Basis, events, Event::Basis))
        }
        Command::Campaign(id, command) => {
            let (number, before) = match id {
                Some(id) => {
                    (*id, Some(register.campaign(*id).ok_or(Refusal::NoSuchCampaign(*id))?))
                }
                None => (register.next_campaign(), None),
            };
            let others = register.campaigns();
            let open = register.open_in(number);
            let events =
                campaign::decide(before, command, others, open, register.circumstances(now))?;
            Ok(plain(Stream::Campaign(number), events, Event::Campaign))
        }
        Command::Matter(id, command) => decide_matter(register, *id, command, now),
        Command::Slip(id, command) => {
            let (number, before) = match id {
                Some(id) => (*id, Some(register.slip(*id).ok_or(Refusal::NoSuchSlip(*id))?)),
                None => (register.next_slip(), None),
            };
            let events = slip::decide(before, command, register.circumstances(now))?;
            Ok(plain(Stream::Slip(number), events, Event::Slip))
        }
        Command::Feedback(id, command) => {
            let missing = |id| Refusal::NoSuchFeedback(id);
            let (number, before) = match id {
                Some(id) => (*id, Some(register.feedback(*id).ok_or(missing(*id))?)),
                None => (register.next_feedback(), None),
            };
            let events = feedback::decide(before, command, register.circumstances(now))?;
            Ok(plain(Stream::Feedback(number), events, Event::Feedback))
        }
        Command::Erasure(id, command) => decide_erasure(register, *id, command, now),
    }
}

fn decide_matter(
    register: &Register,
    id: Option<MatterId>,
    command: &matter::Command,
    now: &Now,
) -> Result<Vec<Deed>, Refusal> {
    let (number, before) = match id {
        Some(id) => (id, Some(register.matter(id).ok_or(Refusal::NoSuchMatter(id))?)),
        None => (register.next_matter(), None),
    };
    let circumstances = register.circumstances(now);
    if let Some(matter) = before {
        // Whoever may not know of a sealed matter must not learn from any answer that it exists.
        circumstances.may_know(&matter.thing()).map_err(|_| Refusal::NoSuchMatter(number))?;
    }
    if register.is_erased(erasure::Subject::Matter(number)) {
        return Err(Refusal::MatterErased(number));
    }
    let events = matter::decide(before, command, circumstances)?;
    register.references_exist(number, command, circumstances)?;
    let sealed = before.map_or(command.opens_sealed(), |matter| matter.sealed);
    let stream = Stream::Matter(number);
    Ok(events.into_iter().map(|e| Deed { stream, event: Event::Matter(e), sealed }).collect())
}

fn decide_erasure(
    register: &Register,
    id: Option<ErasureId>,
    command: &erasure::Command,
    now: &Now,
) -> Result<Vec<Deed>, Refusal> {
    let (number, before) = match id {
        Some(id) => (id, Some(register.erasure(id).ok_or(Refusal::NoSuchErasure(id))?)),
        None => (register.next_erasure(), None),
    };
    let circumstances = register.circumstances(now);
    if let Some(before) = before {
        let known = circumstances.actor().is_ok_and(|actor| before.is_known_to(&actor, register));
        if !known {
            return Err(Refusal::NoSuchErasure(number));
        }
    }
    let subject = erasure::Command::subject(command).or(before.map(|before| before.subject));
    let subject = subject.ok_or(Refusal::NoSuchErasure(number))?;
    let about = register.about(subject, now.today).ok_or(subject.missing())?;
    let events = erasure::decide(before, command, &about, circumstances)?;
    let sealed = before.map_or(about.thing.sealed, |before| before.sealed);
    let stream = Stream::Erasure(number);
    Ok(events.into_iter().map(|e| Deed { stream, event: Event::Erasure(e), sealed }).collect())
}

fn plain<E>(stream: Stream, events: Vec<E>, wrap: fn(E) -> Event) -> Vec<Deed> {
    events.into_iter().map(|e| Deed { stream, event: wrap(e), sealed: false }).collect()
}
