//! Diaries (演练脚本): days, posts and commands in the office's own words.
//!
//! ```text
//! 2026-09-18 督查科长 查摆 P32 窗口服务科 暗访 “材料补了三次”
//! 2026-09-18 督查科长 交办 1 窗口服务科长 立行立改 检查=稽核科长 制度=“…” 程序=“…” 标准=“…” 落实=“…”
//! 2026-09-21 窗口服务科长 签收 1          => 已签收，待定措施
//! ```
//!
//! The same language serves tests, the demonstration, the manual and `bihuan rehearse`. A line is
//! `day post [代 post] command arguments [=> what is expected]`; `#` begins a comment.

mod matter;
mod other;
mod words;

use crate::calendar::Day;
use crate::ids::{PersonId, PostId, UnitId};
use crate::record::{By, Command};
use crate::register::Register;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use words::{Tokens, tokens};

/// One line of a diary, read against the register of the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub day: Day,
    pub by: By,
    pub command: Command,
}

/// A line cut in two before its names are resolved: what is done, and what should come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut<'a> {
    pub act: &'a str,
    pub expected: Option<&'a str>,
}

/// Cuts comment and expectation off; none for a line that says nothing.
pub fn cut(line: &str) -> Option<Cut<'_>> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    Some(match line.split_once("=>") {
        Some((act, expected)) => Cut { act: act.trim(), expected: Some(expected.trim()) },
        None => Cut { act: line, expected: None },
    })
}

/// A line that cannot be read, and what would be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// The line does not begin with a day and a post.
    NoDay,
    Unclosed,
    NoSuchName(String),
    NoSuchCommand(String),
    /// An argument is missing: the office's word for it.
    Missing(&'static str),
    /// An argument is none of what would be accepted.
    Strange {
        what: &'static str,
        found: String,
    },
    TooMuch(String),
    /// Nobody holds this post on that day.
    Vacant(String),
}

impl Misread {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDay => "diary-no-day",
            Self::Unclosed => "diary-unclosed",
            Self::NoSuchName(_) => "diary-no-such-name",
            Self::NoSuchCommand(_) => "diary-no-such-command",
            Self::Missing(_) => "diary-missing",
            Self::Strange { .. } => "diary-strange",
            Self::TooMuch(_) => "diary-too-much",
            Self::Vacant(_) => "diary-vacant",
        }
    }

    pub fn args(&self) -> crate::refusal::Args {
        match self {
            Self::NoDay | Self::Unclosed => vec![],
            Self::NoSuchName(found)
            | Self::NoSuchCommand(found)
            | Self::TooMuch(found)
            | Self::Vacant(found) => vec![("found", found.clone())],
            Self::Missing(what) => vec![("what", (*what).into())],
            Self::Strange { what, found } => {
                vec![("what", (*what).into()), ("found", found.clone())]
            }
        }
    }
}

/// Reads one act against the register: names become numbers.
pub fn read(act: &str, register: &Register) -> Result<Line, Misread> {
    let mut tokens = tokens(act)?;
    let day = tokens.next("日期")?;
    let day = Day::parse(day).map_err(|_| Misread::NoDay)?;
    let names = Names { register, day };
    let who = tokens.next("岗位")?.to_string();
    let by = if tokens.take("代") {
        let other = tokens.next("岗位")?;
        By { acting_for: Some(names.post(other)?), ..names.actor(&who)? }
    } else {
        names.actor(&who)?
    };
    let word = tokens.next("命令")?.to_string();
    let command = match matter::read(&word, &mut tokens, names)? {
        Some(command) => command,
        None => other::read(&word, &mut tokens, names)?.ok_or(Misread::NoSuchCommand(word))?,
    };
    tokens.finish()?;
    Ok(Line { day, by, command })
}

/// Who acts when a diary names `who` on `day`: a post through its holder, or a person.
pub fn actor(who: &str, day: Day, register: &Register) -> Result<By, Misread> {
    Names { register, day }.actor(who)
}

/// Resolves names of posts, units and people as they are on a day.
#[derive(Clone, Copy)]
struct Names<'a> {
    register: &'a Register,
    day: Day,
}

impl Names<'_> {
    /// `岗位` where the name is unique, else `单位/岗位`; or the post's number.
    fn post(&self, name: &str) -> Result<PostId, Misread> {
        let office = self.register.office();
        let found = match name.split_once('/') {
            Some((unit, post)) => office.post_called(post, Some(unit)),
            None => office.post_called(name, None),
        };
        found
            .or_else(|| name.parse().ok().map(PostId).filter(|id| office.post(*id).is_some()))
            .ok_or_else(|| Misread::NoSuchName(name.to_string()))
    }

    fn unit(&self, name: &str) -> Result<UnitId, Misread> {
        let found = self.register.office().unit_called(name);
        found.ok_or_else(|| Misread::NoSuchName(name.to_string()))
    }

    fn person(&self, name: &str) -> Result<PersonId, Misread> {
        let found = self.register.office().person_called(name);
        found.ok_or_else(|| Misread::NoSuchName(name.to_string()))
    }

    /// A post acts through whoever holds it that day; a person without a post acts as himself.
    fn actor(&self, name: &str) -> Result<By, Misread> {
        if let Ok(person) = self.person(name) {
            return Ok(By { account: person, post: None, acting_for: None });
        }
        let post = self.post(name)?;
        let holder = self.register.office().post(post).and_then(|post| post.holder(self.day));
        let person = holder.ok_or_else(|| Misread::Vacant(name.to_string()))?;
        Ok(By::person_at(person, post))
    }
}

/// Numbers and days as arguments.
fn number<T: core::str::FromStr>(
    tokens: &mut Tokens<'_>,
    what: &'static str,
) -> Result<T, Misread> {
    let found = tokens.next(what)?;
    found.parse().map_err(|_| Misread::Strange { what, found: found.to_string() })
}

fn day(tokens: &mut Tokens<'_>, what: &'static str) -> Result<Day, Misread> {
    let found = tokens.next(what)?;
    Day::parse(found).map_err(|_| Misread::Strange { what, found: found.to_string() })
}

/// One of a closed list of words.
fn one_of<T>(
    tokens: &mut Tokens<'_>,
    what: &'static str,
    known: impl Fn(&str) -> Option<T>,
) -> Result<T, Misread> {
    let found = tokens.next(what)?;
    known(found).ok_or_else(|| Misread::Strange { what, found: found.to_string() })
}

/// Days, posts and so on that a list of words names, to the end of the line.
fn rest<T>(
    tokens: &mut Tokens<'_>,
    mut read: impl FnMut(&str) -> Result<T, Misread>,
) -> Result<Vec<T>, Misread> {
    let mut all = vec![];
    while let Some(word) = tokens.try_next() {
        all.push(read(word)?);
    }
    Ok(all)
}
