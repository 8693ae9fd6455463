//! A proof to be kept and shown without the log (C2SP tlog-proof): the entry's number, its way up
//! the tree, and a signed checkpoint. It is what whoever reported something takes home.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    checkpoint::{self, Checkpoint},
    error::LedgerFault,
    hash::Hash,
    ledger::Ledger,
    note::{Note, NoteFault},
    tree::{InclusionProof, inclusion_holds},
};

const HEAD: &str = "c2sp.org/tlog-proof@v1";
/// A tree of 2^63 leaves has no longer way.
const PATH_MAX: usize = 63;

/// A proof that an entry is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The hash of the leaf, in the line for extra data: a hint, proven by nothing but the path.
    pub leaf: Option<Hash>,
    pub seq: u64,
    pub path: Vec<Hash>,
    pub note: Note,
}

impl Proof {
    /// The proof of entry `seq` under a signed checkpoint of this log that is beyond it.
    pub fn of(ledger: &Ledger, seq: u64, note: Note) -> Result<Proof, LedgerFault> {
        let known = checkpoint::parse(&note.text).ok_or(NoteFault::Malformed)?;
        let leaf = ledger.leaves_from(seq, 1)?.pop();
        let leaf = leaf.ok_or(LedgerFault::NoSuchEntry { seq })?;
        let proof = ledger.prove_at(seq, known.size)?;
        Ok(Proof { leaf: Some(Hash::leaf(&leaf)), seq, path: proof.path, note })
    }

    /// Reads a whole file and nothing else. Whether it proves anything, `holds` and the note say.
    pub fn parse(bytes: &[u8]) -> Option<Proof> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (own, note) = text.split_once("\n\n")?;
        let note = Note::parse(note.as_bytes()).ok()?;
        let mut lines = own.split('\n').peekable();
        (lines.next()? == HEAD).then_some(())?;
        let leaf = match lines.next_if(|line| line.starts_with("extra ")) {
            None => None,
            Some(line) => {
                let extra = STANDARD.decode(line.strip_prefix("extra ")?).ok()?;
                Hash::from_slice(&extra)
            }
        };
        let seq = checkpoint::number(lines.next()?.strip_prefix("index ")?)?;
        let path = lines.map(checkpoint::hash).collect::<Option<Vec<_>>>()?;
        let proof = Proof { leaf, seq, path, note };
        (proof.path.len() <= PATH_MAX && proof.checkpoint().is_some()).then_some(proof)
    }

    /// The checkpoint it leads to.
    pub fn checkpoint(&self) -> Option<Checkpoint> {
        checkpoint::parse(&self.note.text)
    }

    /// Whether a leaf of this hash stands at `seq` under the checkpoint. The note's signatures are
    /// to be verified apart.
    pub fn holds(&self, leaf: &Hash) -> bool {
        self.checkpoint().is_some_and(|Checkpoint { size, root, .. }| {
            let (seq, path) = (self.seq, self.path.clone());
            inclusion_holds(leaf, &InclusionProof { seq, size, root, path })
        })
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        if let Some(leaf) = &self.leaf {
            writeln!(f, "extra {}", checkpoint::base64(leaf))?;
        }
        writeln!(f, "index {}", self.seq)?;
        for hash in &self.path {
            writeln!(f, "{}", checkpoint::base64(hash))?;
        }
        write!(f, "\n{}", self.note)
    }
}
