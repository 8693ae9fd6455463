//! Reading entries and kept files back, as far as they may be shown.

use std::sync::PoisonError;

use rules::{
    erasure::Subject,
    record::{Entry, Event, Moment, Register, Stream},
    text::{PERSONAL_MEMBER, RESTRICTED_MEMBER, WORDS_MEMBER},
};
use serde_json::{Value, json};

use crate::{
    error::LedgerFault,
    fold::leaf_hash,
    hash::Hash,
    kept::{self, EvidenceId, Inside},
    keys::Keys,
    leaf::Basis,
    ledger::Ledger,
    log::RawEntry,
    read,
};

/// An entry of the log, read back with its texts.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub seq: u64,
    pub log_time: Moment,
    pub hash: Hash,
    /// The leaf hides everything but its number and time from witnesses.
    pub sealed: bool,
    /// `None` when the body of a sealed entry has been erased.
    pub told: Option<Told>,
}

/// What an entry says.
#[derive(Clone, Debug)]
pub struct Told {
    pub entry: Entry,
    /// The request it came from.
    pub cmd_id: String,
    /// The event's type, as it stands in the leaf.
    pub kind: String,
    pub basis: Basis,
}

impl Ledger {
    /// The bytes of a kept file, after checking that they are the ones that were kept.
    pub fn kept(&self, id: &EvidenceId) -> Result<Vec<u8>, LedgerFault> {
        let subject = Subject::File(rules::ids::EvidenceId(id.0));
        let register = self.now();
        // From the approval on it is gone, even where its key is not destroyed yet.
        if register.is_erased(subject) {
            return Err(LedgerFault::Erased { subject: id.hex() });
        }
        if register.is_withheld(subject) {
            return Err(LedgerFault::Restricted { subject: id.hex() });
        }
        match kept::open(self.cabinet.dir(), id, &self.keys)? {
            Inside::Plain(plain) => Ok(plain.to_vec()),
            Inside::Erased => Err(LedgerFault::Erased { subject: id.hex() }),
        }
    }

    /// All entries of a stream, oldest first, with their texts.
    pub fn history(&self, stream: Stream) -> Result<Vec<Recorded>, LedgerFault> {
        let seqs = {
            let heads = self.shared.heads.read().unwrap_or_else(PoisonError::into_inner);
            heads.get(&stream).map(|head| head.seqs.clone()).unwrap_or_default()
        };
        let register = self.now();
        self.read(|store| {
            let mut entries = Vec::with_capacity(seqs.len());
            for seq in seqs {
                entries.extend(store.one(seq, |raw| recorded(&raw, &self.keys, &register))?);
            }
            Ok(entries)
        })
    }

    /// At most `limit` entries of the whole log from `seq` on, with their texts.
    pub fn entries_from(&self, seq: u64, limit: usize) -> Result<Vec<Recorded>, LedgerFault> {
        let mut entries = Vec::new();
        if limit == 0 {
            return Ok(entries);
        }
        let register = self.now();
        self.read(|store| {
            store.scan(seq, |raw| {
                entries.push(recorded(&raw, &self.keys, &register)?);
                Ok(entries.len() < limit)
            })
        })?;
        Ok(entries)
    }

    /// At most `limit` leaves from `seq` on, as the bytes that are hashed into the tree.
    pub fn leaves_from(&self, seq: u64, limit: usize) -> Result<Vec<Vec<u8>>, LedgerFault> {
        let mut leaves = Vec::new();
        if limit == 0 {
            return Ok(leaves);
        }
        self.read(|store| {
            store.scan(seq, |raw| {
                leaves.push(raw.leaf.to_vec());
                Ok(leaves.len() < limit)
            })
        })?;
        Ok(leaves)
    }
}

fn recorded(raw: &RawEntry<'_>, keys: &Keys, register: &Register) -> Result<Recorded, LedgerFault> {
    let hash = leaf_hash(raw)?;
    let read = read::entry(raw, keys)?;
    let told = read.told.and_then(|told| {
        let (cmd_id, kind, basis) = (told.cmd_id, told.kind, told.basis);
        Some(Told { entry: shown(told.entry, register)?, cmd_id, kind, basis })
    });
    let sealed = read.shown.header.is_none();
    Ok(Recorded { seq: raw.seq, log_time: read.shown.log_time, hash, sealed, told })
}

/// The entry without the texts that may not be shown (限制处理).
fn shown(entry: Entry, register: &Register) -> Option<Entry> {
    let whole = match entry.stream {
        Stream::Matter(id) => register.is_withheld(Subject::Matter(id)),
        Stream::Office => false,
        Stream::Basis
        | Stream::Campaign(_)
        | Stream::Slip(_)
        | Stream::Feedback(_)
        | Stream::Erasure(_) => return Some(entry),
    };
    if entry.stream != Stream::Office && !whole {
        return Some(entry);
    }
    // What has no JSON and cannot be read again was never written.
    let Ok(mut json) = serde_json::to_value(&entry.event) else { return None };
    if !withhold(&mut json, whole, register) {
        return Some(entry);
    }
    Event::read(entry.stream, json).ok().map(|event| Entry { event, ..entry })
}

/// Takes out every text, or only those of people who are restricted; whether anything was.
fn withhold(json: &mut Value, whole: bool, register: &Register) -> bool {
    match json {
        Value::Object(members) => {
            if whole && members.get(WORDS_MEMBER).is_some_and(Value::is_string) {
                *json = json!({ RESTRICTED_MEMBER: true });
                return true;
            }
            let subject = members.get(PERSONAL_MEMBER).and_then(|inner| inner["subject"].as_str());
            if let Some(subject) = subject.and_then(Subject::parse) {
                let withheld = register.is_withheld(subject);
                if withheld {
                    *json = json!({ PERSONAL_MEMBER: null });
                }
                return withheld;
            }
            let mut any = false;
            for one in members.values_mut() {
                any |= withhold(one, whole, register);
            }
            any
        }
        Value::Array(items) => {
            let mut any = false;
            for one in items {
                any |= withhold(one, whole, register);
            }
            any
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
