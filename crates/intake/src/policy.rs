//! 办法参数: a bureau's figures, from TOML. One table for each figure, each with its source; nothing is
//! filled in by default, and nothing that is not understood is passed over.

use crate::caps;
use crate::decode::{Undecodable, decode};
use rules::policy::{Basis, Clock, Count, Policy};
use rules::text::Words;
use serde::de::DeserializeOwned;
use std::fmt;

/// Why a policy file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAPolicy {
    /// Above [`caps::POLICY_BYTES`].
    TooLarge,
    /// Not text in an encoding we read.
    Text(Undecodable),
    /// Not TOML from this line on.
    Syntax { line: usize },
    /// A figure is not given.
    MissingTable { table: &'static str },
    /// A table that is no figure of ours: a misspelt name, for the most part.
    UnknownTable { table: String },
    /// Something of a figure is not given.
    MissingKey { table: &'static str, key: &'static str },
    /// Something of a figure that we do not know.
    UnknownKey { table: &'static str, key: String },
    /// A value that cannot be what its key asks for.
    BadValue { table: &'static str, key: &'static str, value: String },
}

impl NotAPolicy {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            NotAPolicy::TooLarge => "policy-too-large",
            NotAPolicy::Text(fault) => fault.code(),
            NotAPolicy::Syntax { .. } => "policy-syntax",
            NotAPolicy::MissingTable { .. } => "policy-missing-table",
            NotAPolicy::UnknownTable { .. } => "policy-unknown-table",
            NotAPolicy::MissingKey { .. } => "policy-missing-key",
            NotAPolicy::UnknownKey { .. } => "policy-unknown-key",
            NotAPolicy::BadValue { .. } => "policy-bad-value",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            NotAPolicy::TooLarge => vec![("limit", (caps::POLICY_BYTES / 1024).to_string())],
            NotAPolicy::Text(fault) => fault.args(),
            NotAPolicy::Syntax { line } => vec![("line", line.to_string())],
            NotAPolicy::MissingTable { table } => vec![("table", (*table).to_owned())],
            NotAPolicy::UnknownTable { table } => vec![("table", table.clone())],
            NotAPolicy::MissingKey { table, key } => {
                vec![("table", (*table).to_owned()), ("key", (*key).to_owned())]
            }
            NotAPolicy::UnknownKey { table, key } => {
                vec![("table", (*table).to_owned()), ("key", key.clone())]
            }
            NotAPolicy::BadValue { table, key, value } => vec![
                ("table", (*table).to_owned()),
                ("key", (*key).to_owned()),
                ("value", value.clone()),
            ],
        }
    }
}

impl fmt::Display for NotAPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())?;
        self.args().iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for NotAPolicy {}

/// Reads a policy: every figure of [`Policy`] is one table, with `source` and, where they are known,
/// `dated` and `confirmed_by`. The first fault is told.
pub fn policy(bytes: &[u8]) -> Result<Policy, NotAPolicy> {
    if bytes.len() > caps::POLICY_BYTES {
        return Err(NotAPolicy::TooLarge);
    }
    let (text, _) = decode(bytes).map_err(NotAPolicy::Text)?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or(&text);
        NotAPolicy::Syntax { line: before.matches('\n').count() + 1 }
    })?;
    let mut file = File { table };
    let policy = Policy {
        sign: file.clock("sign")?,
        decline: file.clock("decline")?,
        plan: file.clock("plan")?,
        at_once: file.clock("at_once")?,
        within: file.clock("within")?,
        standing: file.clock("standing")?,
        check: file.clock("check")?,
        redo: file.clock("redo")?,
        look_back_first: file.clock("look_back_first")?,
        look_back_second: file.clock("look_back_second")?,
        handover: file.clock("handover")?,
        objection: file.clock("objection")?,
        checkers: file.count("checkers")?,
        returns_before_decision: file.count("returns_before_decision")?,
        extensions: file.count("extensions")?,
        overlap_days: file.count("overlap_days")?,
        blue_days: file.count("blue_days")?,
        blue_percent: file.count("blue_percent")?,
        yellow_points: file.count("yellow_points")?,
        note_before: file.count("note_before")?,
        slip_after: file.count("slip_after")?,
        red_after: file.count("red_after")?,
        weekly_cap: file.count("weekly_cap")?,
        reds_before_talk: file.count("reds_before_talk")?,
    };
    match file.table.into_iter().next() {
        None => Ok(policy),
        Some((table, _)) => Err(NotAPolicy::UnknownTable { table }),
    }
}

/// The tables that are not yet taken.
struct File {
    table: toml::Table,
}

impl File {
    fn figure(&mut self, name: &'static str) -> Result<Figure, NotAPolicy> {
        match self.table.remove(name) {
            Some(toml::Value::Table(table)) => Ok(Figure { name, table }),
            Some(_) | None => Err(NotAPolicy::MissingTable { table: name }),
        }
    }

    fn clock(&mut self, name: &'static str) -> Result<Clock, NotAPolicy> {
        let mut figure = self.figure(name)?;
        let clock = Clock {
            length: figure.need("length")?,
            roll: figure.need("roll")?,
            start: figure.need("start")?,
            pauses: figure.may("pauses")?.unwrap_or_default(),
            extension: figure.may("extension")?,
            basis: figure.basis()?,
        };
        figure.finish(clock)
    }

    fn count(&mut self, name: &'static str) -> Result<Count, NotAPolicy> {
        let mut figure = self.figure(name)?;
        let count = Count { value: figure.need("value")?, basis: figure.basis()? };
        figure.finish(count)
    }
}

/// One table, with the keys that are not yet taken.
struct Figure {
    name: &'static str,
    table: toml::Table,
}

impl Figure {
    fn may<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<Option<T>, NotAPolicy> {
        let Some(value) = self.table.remove(key) else { return Ok(None) };
        // A day may be written as a day of TOML's own or as a text.
        let value = match value.as_datetime() {
            Some(day) => toml::Value::String(day.to_string()),
            None => value,
        };
        let shown = value.to_string();
        value.try_into().map(Some).map_err(|_| self.bad(key, &shown))
    }

    fn need<T: DeserializeOwned>(&mut self, key: &'static str) -> Result<T, NotAPolicy> {
        self.may(key)?.ok_or(NotAPolicy::MissingKey { table: self.name, key })
    }

    fn basis(&mut self) -> Result<Basis, NotAPolicy> {
        let source: String = self.need("source")?;
        if source.trim().is_empty() {
            return Err(NotAPolicy::MissingKey { table: self.name, key: "source" });
        }
        let dated = self.may("dated")?;
        let confirmed_by: Option<String> = self.may("confirmed_by")?;
        // A blank is what the form has before somebody signs.
        let confirmed_by = confirmed_by.filter(|name| !name.trim().is_empty());
        Ok(Basis { source: Words::new(source), dated, confirmed_by: confirmed_by.map(Words::new) })
    }

    fn bad(&self, key: &'static str, value: &str) -> NotAPolicy {
        let value = value.chars().take(60).collect();
        NotAPolicy::BadValue { table: self.name, key, value }
    }

    fn finish<T>(self, figure: T) -> Result<T, NotAPolicy> {
        match self.table.into_iter().next() {
            None => Ok(figure),
            Some((key, _)) => Err(NotAPolicy::UnknownKey { table: self.name, key }),
        }
    }
}
