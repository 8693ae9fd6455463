//! Erasure carried out: the log says what was approved, and here the keys go.

use std::collections::BTreeSet;

use rules::{
    erasure::{Erasure, Stage, Subject as Thing},
    ids::ErasureId,
    record::{Register, Stream},
};

use crate::{
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    keys::{FILE, Found, Keys, Subject},
    leaf,
    ledger::Ledger,
    tree::InclusionProof,
};

/// What a carried out erasure took away, for its certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Destroyed {
    /// Texts, personal values and sealed bodies of the log.
    pub values: u64,
    /// Kept files.
    pub files: u64,
}

/// What is to be shown of an erasure that was carried out (删除证明): anyone who holds a
/// checkpoint of this log can check that the approval is in it.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The entry that approved it, and the hash of its leaf.
    pub seq: u64,
    pub hash: Hash,
    /// That the entry is in the log: with its size and root.
    pub proof: InclusionProof,
    pub destroyed: Destroyed,
}

impl Ledger {
    /// The certificate of an erasure; none before its keys are gone.
    pub fn erasure_certificate(&self, id: ErasureId) -> Result<Option<Certificate>, LedgerFault> {
        let Some(destroyed) = self.destroyed(id)? else { return Ok(None) };
        let history = self.history(Stream::Erasure(id))?;
        // Nothing comes after the approval.
        let Some(last) = history.last() else { return Ok(None) };
        let (seq, hash) = (last.seq, last.hash);
        Ok(Some(Certificate { seq, hash, proof: self.prove(seq)?, destroyed }))
    }

    /// Destroys the keys of every approved erasure that still has one, and folds the register
    /// again so that nothing of it is left in memory. Whether there was anything to do. It may run
    /// any number of times; opening does the same.
    pub fn settle_erasures(&self) -> Result<bool, LedgerFault> {
        let Some(desk) = &self.desk else { return Ok(false) };
        let done = settle(&self.now(), &self.keys)?;
        if done {
            desk.fold_again()?;
        }
        Ok(done)
    }

    /// Whether the keys of an approved erasure are gone, and what was under them.
    pub fn destroyed(&self, id: ErasureId) -> Result<Option<Destroyed>, LedgerFault> {
        let register = self.now();
        let Some(erasure) = register.erasure(id).filter(|one| one.is_approved()) else {
            return Ok(None);
        };
        let mut destroyed = Destroyed::default();
        for subject in subjects(erasure, &self.keys)? {
            match self.keys.find(&subject)? {
                Found::Key(_) => return Ok(None),
                Found::Erased if subject.kind == FILE => destroyed.files += 1,
                Found::Erased => {
                    let name = subject.to_string();
                    destroyed.values += self.read(|store| store.disclosures_under(&name))?;
                }
                Found::Missing => {}
            }
        }
        Ok(Some(destroyed))
    }
}

/// The keys that an approved erasure takes away.
fn subjects(erasure: &Erasure, keys: &Keys) -> Result<BTreeSet<Subject>, LedgerFault> {
    let mut subjects = BTreeSet::new();
    let Stage::Approved { files, entries, .. } = &erasure.stage else { return Ok(subjects) };
    let mut files = files.clone();
    match erasure.subject {
        Thing::Matter(_) | Thing::Person(_) => {
            subjects.insert(Subject::parse(&erasure.subject.to_string())?);
        }
        Thing::File(id) => files.push(id),
    }
    for entry in entries {
        subjects.insert(Subject::parse(&leaf::sealed_subject(*entry))?);
    }
    for file in files {
        // A file that this store never kept has no key here.
        if let Some(number) = keys.kept_number(&Hash(file.0))? {
            subjects.insert(Subject::parse(&format!("{FILE}/{number}"))?);
        }
    }
    Ok(subjects)
}

/// Destroys what is approved and still has its key; whether there was any.
pub(crate) fn settle(register: &Register, keys: &Keys) -> Result<bool, LedgerFault> {
    let mut due = Vec::new();
    for (_, erasure) in register.erasures() {
        for subject in subjects(erasure, keys)? {
            if matches!(keys.find(&subject)?, Found::Key(_)) {
                due.push(subject);
            }
        }
    }
    if due.is_empty() {
        return Ok(false);
    }
    keys.destroy(&due)?;
    Ok(true)
}

/// Does at opening what a crash left undone between an approved erasure and the keys, before
/// anything is shown. Whether the log must be folded again.
pub(crate) fn mend(register: &Register, keys: &Keys) -> Result<bool, LedgerFault> {
    let done = settle(register, keys)?;
    if let Err(fault) = keys.sweep() {
        tracing::warn!(code = fault.code(), "keys.db is being read; swept at the next start");
    }
    Ok(done)
}

/// No key may be gone that no approved erasure names, and none may be left that one names. How
/// many are gone.
pub(crate) fn check(register: &Register, keys: &Keys) -> Result<u64, LedgerFault> {
    let mut approved = BTreeSet::new();
    for (_, erasure) in register.erasures() {
        approved.extend(subjects(erasure, keys)?);
    }
    let gone = keys.erased()?;
    for subject in &gone {
        if !approved.contains(subject) {
            let what = What::ErasedUnasked;
            return Err(Fault::at(Place::Key(subject.to_string()), what).into());
        }
    }
    for subject in &approved {
        if matches!(keys.find(subject)?, Found::Key(_)) {
            return Err(Fault::at(Place::Key(subject.to_string()), What::NotErased).into());
        }
    }
    Ok(gone.len() as u64)
}
