//! Whom a checkpoint must have convinced (C2SP tlog-policy): logs, witnesses, and how many of
//! them. Two of three means that no one of them, nor the log with one of them, can show two
//! histories.

use std::collections::{HashMap, HashSet};

use crate::{
    checkpoint,
    error::Args,
    note::{KeyKind, Note, NoteFault, VerifierKey},
};

/// The most lines of a policy: the specification asks for 32 logs, witnesses and groups at least.
const LINES_MAX: usize = 1000;
const NONE: &str = "none";

/// Why a policy cannot be read: the line, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPolicy {
    pub line: usize,
}

impl BadPolicy {
    /// The message's name in `trust.ftl`.
    pub fn code(&self) -> &'static str {
        "trust-bad-policy"
    }

    /// What fills the message.
    pub fn args(&self) -> Args {
        vec![("line", self.line.to_string())]
    }
}

/// What is asked of a checkpoint.
#[derive(Clone, Debug)]
pub struct TrustPolicy {
    logs: Vec<VerifierKey>,
    witnesses: Vec<VerifierKey>,
    quorum: Quorum,
}

#[derive(Clone, Debug)]
enum Quorum {
    /// No witness is asked for.
    Nobody,
    /// A witness, by its place in the list.
    Witness(usize),
    Group {
        least: usize,
        members: Vec<Quorum>,
    },
}

/// A checkpoint that met its policy: the witnesses that cosigned, with their times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Met {
    pub witnesses: Vec<(String, u64)>,
}

impl TrustPolicy {
    /// Reads the file's text.
    pub fn parse(text: &str) -> Result<TrustPolicy, BadPolicy> {
        let mut reader = Reader::default();
        let mut last = 0;
        for (at, line) in text.split('\n').enumerate() {
            last = at + 1;
            let bad = BadPolicy { line: last };
            let controls = line.bytes().any(|byte| (byte < b' ' && byte != b'\t') || byte == 0x7f);
            if controls || last > LINES_MAX {
                return Err(bad);
            }
            // Space and tab only: other spaces may stand in names.
            let words: Vec<&str> =
                line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            if !words.first().is_none_or(|word| word.starts_with('#')) {
                reader.line(&words).ok_or(bad)?;
            }
        }
        let quorum = reader.quorum.ok_or(BadPolicy { line: last })?;
        Ok(TrustPolicy { logs: reader.logs, witnesses: reader.witnesses, quorum })
    }

    /// The keys of the witnesses it names.
    pub fn witnesses(&self) -> &[VerifierKey] {
        &self.witnesses
    }

    /// Whether the checkpoint is signed by a log that the policy names and cosigned by as many
    /// witnesses as it asks for. A policy without logs leaves the log to the caller.
    pub fn check(&self, note: &Note) -> Result<Met, NoteFault> {
        let known = checkpoint::parse(&note.text).ok_or(NoteFault::Malformed)?;
        // The origin is the log's name: a log may not sign for another.
        let logs = self.logs.iter().filter(|key| key.name() == known.origin);
        let keys: Vec<VerifierKey> = logs.chain(&self.witnesses).cloned().collect();
        let verified = match note.verify(&keys) {
            Err(NoteFault::Unsigned) => Vec::new(),
            other => other?,
        };
        let by_log = verified.iter().any(|one| one.key.kind() != KeyKind::Cosigner);
        if !by_log && !self.logs.is_empty() {
            return Err(NoteFault::Unsigned);
        }
        let cosigned: HashSet<usize> = (0..self.witnesses.len())
            .filter(|at| verified.iter().any(|one| *one.key == self.witnesses[*at]))
            .collect();
        if !self.quorum.is_met(&cosigned) {
            return Err(NoteFault::NoQuorum { witnesses: cosigned.len() });
        }
        let time = |one: &crate::note::Verified<'_>| {
            one.seconds.map(|seconds| (one.key.name().to_owned(), seconds))
        };
        Ok(Met { witnesses: verified.iter().filter_map(time).collect() })
    }
}

impl Quorum {
    fn is_met(&self, cosigned: &HashSet<usize>) -> bool {
        match self {
            Quorum::Nobody => true,
            Quorum::Witness(at) => cosigned.contains(at),
            Quorum::Group { least, members } => {
                members.iter().filter(|member| member.is_met(cosigned)).count() >= *least
            }
        }
    }
}

#[derive(Default)]
struct Reader {
    logs: Vec<VerifierKey>,
    witnesses: Vec<VerifierKey>,
    defined: HashMap<String, Quorum>,
    /// Names that are members of a group: each once, so each witness counts in one way only.
    members: HashSet<String>,
    quorum: Option<Quorum>,
}

impl Reader {
    fn line(&mut self, words: &[&str]) -> Option<()> {
        match *words {
            ["log", key] | ["log", key, _] => {
                let key = VerifierKey::parse(key).ok()?;
                // A cosigner's key says nothing of what a log promises.
                let fits = key.kind() != KeyKind::Cosigner && is_new(&self.logs, &key);
                fits.then(|| self.logs.push(key))
            }
            ["witness", name, key] | ["witness", name, key, _] => {
                let key = VerifierKey::parse(key).ok()?;
                let fits = key.kind() == KeyKind::Cosigner && is_new(&self.witnesses, &key);
                fits.then_some(())?;
                self.define(name, Quorum::Witness(self.witnesses.len()))?;
                self.witnesses.push(key);
                Some(())
            }
            ["group", name, least, ref members @ ..] if !members.is_empty() => {
                let least = match least {
                    "any" => 1,
                    "all" => members.len(),
                    digits => usize::try_from(checkpoint::number(digits)?).ok()?,
                };
                (1..=members.len()).contains(&least).then_some(())?;
                let mut named = Vec::new();
                for member in members {
                    named.push(self.defined.get(*member)?.clone());
                    self.members.insert((*member).to_owned()).then_some(())?;
                }
                self.define(name, Quorum::Group { least, members: named })
            }
            ["quorum", name] if self.quorum.is_none() => {
                let defined = self.defined.get(name).cloned();
                self.quorum = if name == NONE { Some(Quorum::Nobody) } else { defined };
                self.quorum.as_ref().map(|_| ())
            }
            _ => None,
        }
    }

    fn define(&mut self, name: &str, quorum: Quorum) -> Option<()> {
        let is_new = name != NONE && !self.defined.contains_key(name);
        is_new.then(|| drop(self.defined.insert(name.to_owned(), quorum)))
    }
}

/// Two lines for one key, under whatever names, would count it twice.
fn is_new(keys: &[VerifierKey], key: &VerifierKey) -> bool {
    keys.iter().all(|known| known.bytes() != key.bytes())
}
