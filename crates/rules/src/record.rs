//! Stand-in for the record of the rules, with a toy matter, until the real one is merged.
#![allow(clippy::all, clippy::pedantic, clippy::allow_attributes, missing_docs, reason = "a stand-in")]

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use core::fmt;

use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::calendar::Day;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(86_400_000);
        let rest = self.0.rem_euclid(86_400_000);
        let epoch = Day::new(1970, 1, 1).map_err(|_| fmt::Error)?;
        let day = epoch.plus(days as i32);
        let (h, m, s, ms) =
            (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
        write!(f, "{day}T{h:02}:{m:02}:{s:02}.{ms:03}Z")
    }
}

impl Moment {
    pub fn parse(text: &str) -> Option<Moment> {
        let day = Day::parse(text.get(0..10)?).ok()?;
        let n = |a: usize, b: usize| text.get(a..b)?.parse::<i64>().ok();
        let ms = i64::from(day.number()) * 86_400_000
            + n(11, 13)? * 3_600_000
            + n(14, 16)? * 60_000
            + n(17, 19)? * 1000
            + n(20, 23)?;
        (Moment(ms).to_string() == text).then_some(Moment(ms))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct V;
        impl serde::de::Visitor<'_> for V {
            type Value = Moment;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a moment")
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Moment, E> {
                Moment::parse(v).ok_or_else(|| E::custom("not a moment"))
            }
        }
        d.deserialize_str(V)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub account: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<u32>,
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    Office,
    Basis,
    Campaign(u32),
    Matter(u32),
    Slip(u32),
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stream::Office => f.write_str("office"),
            Stream::Basis => f.write_str("basis"),
            Stream::Campaign(n) => write!(f, "campaign/{n}"),
            Stream::Matter(n) => write!(f, "matter/{n}"),
            Stream::Slip(n) => write!(f, "slip/{n}"),
        }
    }
}

impl Stream {
    pub fn parse(text: &str) -> Option<Stream> {
        let (kind, n) = text.split_once('/').unwrap_or((text, ""));
        let number = || n.parse::<u32>().ok();
        let stream = match kind {
            "office" => Stream::Office,
            "basis" => Stream::Basis,
            "campaign" => Stream::Campaign(number()?),
            "matter" => Stream::Matter(number()?),
            "slip" => Stream::Slip(number()?),
            _ => return None,
        };
        (stream.to_string() == text).then_some(stream)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Words(Option<String>);

impl Words {
    pub fn new(text: &str) -> Words {
        Words(Some(text.to_owned()))
    }
    pub fn erased() -> Words {
        Words(None)
    }
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

#[derive(Serialize, Deserialize)]
struct WordsForm {
    #[serde(rename = "$words", default, skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        WordsForm { words: self.0.clone() }.serialize(s)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        WordsForm::deserialize(d).map(|form| Words(form.words))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Personal(pub Option<(String, String)>);

#[derive(Serialize, Deserialize)]
struct PersonalInner {
    subject: String,
    value: String,
}

#[derive(Serialize, Deserialize)]
struct PersonalForm {
    #[serde(rename = "$personal", default, skip_serializing_if = "Option::is_none")]
    personal: Option<PersonalInner>,
}

impl Serialize for Personal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let personal =
            self.0.clone().map(|(subject, value)| PersonalInner { subject, value });
        PersonalForm { personal }.serialize(s)
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        PersonalForm::deserialize(d)
            .map(|form| Personal(form.personal.map(|p| (p.subject, p.value))))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    #[serde(default)]
    pub text: Words,
    pub day: Day,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub id: String,
    #[serde(default)]
    pub plain: Words,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MatterEvent {
    Listed {
        #[serde(default)]
        title: Words,
        problem: String,
    },
    Assigned {
        post: u32,
        due: Day,
        steps: Vec<Step>,
    },
    Signed {
        post: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extension: Option<Day>,
    },
    Named {
        #[serde(default)]
        who: Personal,
        #[serde(default)]
        remarks: Vec<Words>,
    },
    Proved {
        evidence: Proof,
    },
    Codes {
        codes: Vec<String>,
    },
    Impossible {},
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OfficeEvent {
    PostOpened { post: u32 },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Event {
    Matter(MatterEvent),
    Office(OfficeEvent),
}

impl Event {
    pub fn read<'de, D: Deserializer<'de>>(stream: Stream, d: D) -> Result<Event, D::Error> {
        match stream {
            Stream::Matter(_) | Stream::Slip(_) => MatterEvent::deserialize(d).map(Event::Matter),
            Stream::Office => OfficeEvent::deserialize(d).map(Event::Office),
            Stream::Basis | Stream::Campaign(_) => Err(D::Error::custom("no such events")),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Deed {
    pub stream: Stream,
    pub event: Event,
    pub sealed: bool,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub seq: u64,
    pub at: Moment,
    pub by: By,
    pub stream: Stream,
    pub n: u64,
    pub event: Event,
}

#[derive(Clone, Debug)]
pub struct Toy {
    pub title: Words,
    pub events: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Register {
    pub matters: RedBlackTreeMapSync<Stream, Toy>,
    pub posts: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenHistory(pub &'static str);

impl BrokenHistory {
    pub fn code(&self) -> &'static str {
        self.0
    }
    pub fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

impl Register {
    pub fn apply(&mut self, entry: &Entry) -> Result<(), BrokenHistory> {
        match &entry.event {
            Event::Office(OfficeEvent::PostOpened { post }) => {
                self.posts = *post;
                Ok(())
            }
            Event::Matter(MatterEvent::Impossible {}) => Err(BrokenHistory("impossible")),
            Event::Matter(MatterEvent::Listed { title, .. }) => {
                let toy = Toy { title: title.clone(), events: 1 };
                self.matters.insert_mut(entry.stream, toy);
                Ok(())
            }
            Event::Matter(_) => {
                let toy = self.matters.get_mut(&entry.stream);
                let toy = toy.ok_or(BrokenHistory("no-such-matter"))?;
                toy.events += 1;
                Ok(())
            }
        }
    }

    pub fn basis(&self) -> (u32, u32) {
        (0, 0)
    }
}

pub struct Now {
    pub by: By,
    pub today: Day,
    pub at: Moment,
}

#[derive(Clone, Debug)]
pub enum Command {
    OpenPost(u32),
    List { matter: u32, title: String },
    Assign { matter: u32, post: u32, steps: Vec<String> },
    Sign { matter: u32, post: u32 },
    Name { matter: u32, person: u32, name: String },
    Prove { matter: u32, evidence: Proof },
    Report { slip: u32, text: String },
    Codes { matter: u32, codes: Vec<String> },
    Twice { matter: u32, second: u32 },
    ListThenCodes { matter: u32, codes: Vec<String> },
    Nothing,
    Impossible,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub &'static str);

impl Refusal {
    pub fn code(&self) -> &'static str {
        self.0
    }
    pub fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

pub fn decide(register: &Register, command: &Command, now: &Now) -> Result<Vec<Deed>, Refusal> {
    let known = |matter: u32| {
        let stream = Stream::Matter(matter);
        if register.matters.contains_key(&stream) { Ok(stream) } else { Err(Refusal("no-such-matter")) }
    };
    let one = |stream, event| vec![Deed { stream, event: Event::Matter(event), sealed: false }];
    let listed = |title: &str| MatterEvent::Listed { title: Words::new(title), problem: "P32".into() };
    Ok(match command {
        Command::OpenPost(post) => vec![Deed {
            stream: Stream::Office,
            event: Event::Office(OfficeEvent::PostOpened { post: *post }),
            sealed: false,
        }],
        Command::List { matter, title } => {
            if known(*matter).is_ok() {
                return Err(Refusal("already-listed"));
            }
            one(Stream::Matter(*matter), listed(title))
        }
        Command::Twice { matter, second } => {
            let mut deeds = one(Stream::Matter(*matter), listed("one"));
            deeds.extend(one(Stream::Matter(*second), listed("two")));
            deeds
        }
        Command::Assign { matter, post, steps } => {
            let steps = steps.iter().map(|s| Step { text: Words::new(s), day: now.today }).collect();
            one(known(*matter)?, MatterEvent::Assigned { post: *post, due: now.today.plus(7), steps })
        }
        Command::Sign { matter, post } => {
            one(known(*matter)?, MatterEvent::Signed { post: *post, extension: None })
        }
        Command::Name { matter, person, name } => one(
            known(*matter)?,
            MatterEvent::Named {
                who: Personal(Some((format!("person/{person}"), name.clone()))),
                remarks: vec![Words::new("first remark"), Words::new("second remark")],
            },
        ),
        Command::Prove { matter, evidence } => {
            one(known(*matter)?, MatterEvent::Proved { evidence: evidence.clone() })
        }
        Command::Codes { matter, codes } => {
            one(known(*matter)?, MatterEvent::Codes { codes: codes.clone() })
        }
        Command::Report { slip, text } => vec![Deed {
            stream: Stream::Slip(*slip),
            event: Event::Matter(listed(text)),
            sealed: true,
        }],
        Command::ListThenCodes { matter, codes } => {
            let stream = Stream::Matter(*matter);
            let mut deeds = one(stream, listed("then"));
            deeds.extend(one(stream, MatterEvent::Codes { codes: codes.clone() }));
            deeds
        }
        Command::Nothing => Vec::new(),
        Command::Impossible => one(Stream::Matter(1), MatterEvent::Impossible {}),
    })
}
