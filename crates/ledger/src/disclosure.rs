//! Selective disclosure: one stream of the log for an auditor, who needs no data directory.
//!
//! It holds leaves with their proofs, and the openings that whoever exports it chose to give
//! (RFC 9901). The auditor recomputes each commitment and each proof, and sees how many values
//! are withheld. What a leaf commits to cannot be swapped; what is not opened stays unknown.

use std::collections::BTreeSet;

use rules::{erasure::Subject, record::Stream};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    commit,
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    ledger::Ledger,
    read,
    tree::{InclusionProof, inclusion_holds},
};

/// The form's name and version.
const FORMAT: &str = "bihuan-disclosure/1";

/// A file for an auditor.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    format: String,
    /// The log's name in its checkpoints.
    pub origin: String,
    /// The log that all proofs lead to: entries and root, to be held against a checkpoint.
    pub size: u64,
    pub root: String,
    pub stream: String,
    entries: Vec<Shown>,
}

/// One entry: its leaf as it is hashed, the way to the root, and the openings given.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    seq: u64,
    leaf: String,
    path: Vec<String>,
    disclosures: Vec<String>,
}

/// What a file shows, once it has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub seq: u64,
    /// The type of the event.
    pub kind: String,
    /// Name and value of each opening, the value as JSON text.
    pub shown: Vec<(String, String)>,
    /// Values that the leaf commits to and the file does not open.
    pub withheld: usize,
}

impl Ledger {
    /// One stream for an auditor, with the openings whose names `show` accepts. What is erased has
    /// none, and of what is restricted none is given. Sealed streams are not given out at all.
    pub fn disclose(
        &self,
        stream: Stream,
        show: impl Fn(&str) -> bool,
    ) -> Result<Disclosure, LedgerFault> {
        let register = self.now();
        let withheld = match stream {
            Stream::Matter(id) => register.is_withheld(Subject::Matter(id)),
            Stream::Office
            | Stream::Basis
            | Stream::Campaign(_)
            | Stream::Slip(_)
            | Stream::Feedback(_)
            | Stream::Erasure(_) => false,
        };
        let (size, root) = self.tree_head();
        let mut entries = Vec::new();
        for entry in self.history(stream)? {
            if entry.sealed || entry.seq >= size {
                continue;
            }
            let InclusionProof { path, .. } = self.prove_at(entry.seq, size)?;
            let one = self.read(|store| {
                store.one(entry.seq, |raw| {
                    let mut disclosures = Vec::new();
                    for row in raw.disclosures {
                        let chosen = !withheld && show(&row.name);
                        let opened = chosen.then(|| read::open_row(row, &self.keys)).transpose()?;
                        let text = opened.flatten().map(|text| text.to_vec());
                        disclosures.extend(text.and_then(|text| String::from_utf8(text).ok()));
                    }
                    let leaf = String::from_utf8_lossy(raw.leaf).into_owned();
                    Ok((leaf, disclosures))
                })
            })?;
            if let Some((leaf, disclosures)) = one {
                let path = path.iter().map(Hash::hex).collect();
                entries.push(Shown { seq: entry.seq, leaf, path, disclosures });
            }
        }
        Ok(Disclosure {
            format: FORMAT.to_owned(),
            origin: self.origin().to_owned(),
            size,
            root: root.hex(),
            stream: stream.to_string(),
            entries,
        })
    }
}

impl Disclosure {
    /// Reads a file.
    pub fn read(text: &str) -> Result<Disclosure, Fault> {
        let unreadable =
            |detail| Fault::at(Place::Database("disclosure"), What::Unreadable(detail));
        let read: Disclosure =
            serde_json::from_str(text).map_err(|error| unreadable(error.to_string()))?;
        if read.format == FORMAT { Ok(read) } else { Err(unreadable(read.format)) }
    }

    /// Recomputes every commitment and every proof: the first thing wrong ends it. That the root
    /// is the log's own, a checkpoint from elsewhere says.
    pub fn check(&self) -> Result<Vec<Checked>, Fault> {
        let place = Place::Database("disclosure");
        let root = Hash::parse(&self.root).ok_or(Fault::at(place, What::HashWrong))?;
        let mut numbers = BTreeSet::new();
        let mut checked = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            let fault = |what| Fault::at(Place::Entry(entry.seq), what);
            if !numbers.insert(entry.seq) {
                return Err(fault(What::Extra));
            }
            checked.push(self.check_entry(entry, root, &fault)?);
        }
        Ok(checked)
    }

    fn check_entry(
        &self,
        entry: &Shown,
        root: Hash,
        fault: &impl Fn(What) -> Fault,
    ) -> Result<Checked, Fault> {
        let path = entry.path.iter().map(|hex| Hash::parse(hex)).collect::<Option<Vec<_>>>();
        let path = path.ok_or_else(|| fault(What::HashWrong))?;
        let proof = InclusionProof { seq: entry.seq, size: self.size, root, path };
        if !inclusion_holds(&Hash::leaf(entry.leaf.as_bytes()), &proof) {
            return Err(fault(What::HashWrong));
        }
        let leaf: Value = serde_json::from_str(&entry.leaf)
            .map_err(|error| fault(What::Unreadable(error.to_string())))?;
        if leaf["stream"] != self.stream.as_str() {
            return Err(fault(What::MemberWrong("stream")));
        }
        let committed: BTreeSet<&str> =
            leaf["_sd"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut used = BTreeSet::new();
        let mut shown = Vec::with_capacity(entry.disclosures.len());
        for disclosure in &entry.disclosures {
            let digest = commit::digest(disclosure);
            if !committed.contains(digest.as_str()) || !used.insert(digest) {
                return Err(fault(What::Foreign));
            }
            let opened = commit::open(disclosure.as_bytes());
            shown.push(opened.ok_or_else(|| fault(What::Foreign))?);
        }
        let kind = leaf["type"].as_str().unwrap_or_default().to_owned();
        let withheld = committed.len() - used.len();
        Ok(Checked { seq: entry.seq, kind, shown, withheld })
    }
}
