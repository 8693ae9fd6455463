//! The checkpoints that a verification holds the log against: those signed here and one from
//! outside. Each is compared when the rebuilt tree has its size.

use std::{collections::VecDeque, path::Path};

use crate::{
    checkpoint::{self, Checkpoint},
    checkpoints::{Checkpoints, known_key},
    error::{Fault, LedgerFault, Place, What},
    note::{Note, NoteFault, VerifierKey},
    tree::Tree,
    verify::VerifyOptions,
};

struct Mark {
    place: Place,
    checkpoint: Checkpoint,
}

/// Checkpoints in order of size.
#[derive(Default)]
pub(crate) struct Marks {
    waiting: VecDeque<Mark>,
    passed: u64,
    witnessed: Option<u64>,
}

impl Marks {
    /// Reads all of them and verifies their signatures.
    pub(crate) fn gather(
        dir: Option<&Path>,
        options: &VerifyOptions<'_>,
        origin: &str,
    ) -> Result<Marks, Fault> {
        let at = |fault: LedgerFault| fault.into_fault(Place::Database("checkpoints.db"));
        let stored = match dir.map(Checkpoints::look).transpose().map_err(at)?.flatten() {
            Some(checkpoints) => checkpoints.all().map_err(at)?,
            None => Vec::new(),
        };
        let own = dir.map(known_key).transpose().map_err(at)?.flatten();
        let own: Vec<VerifierKey> = own.into_iter().collect();
        for (one, note) in &stored {
            let place = Place::StoredCheckpoint(one.size);
            if one.origin != origin {
                return Err(Fault::at(place, What::Foreign));
            }
            if !own.is_empty() {
                note.verify(&own).map_err(|fault| untrusted(&place, fault))?;
            }
        }
        let mut witnessed = None;
        let mut marks = Vec::new();
        if let Some(bytes) = options.checkpoint {
            let unreadable = || Fault::at(Place::Checkpoint, What::Unreadable(String::new()));
            let (checkpoint, note) = checkpoint::read(bytes).ok_or_else(unreadable)?;
            if checkpoint.origin != origin {
                return Err(Fault::at(Place::Checkpoint, What::Foreign));
            }
            if trusted(options, note.as_ref())
                .map_err(|fault| untrusted(&Place::Checkpoint, fault))?
            {
                witnessed = Some(checkpoint.size);
            }
            marks.push(Mark { place: Place::Checkpoint, checkpoint });
        } else if options.policy.is_some() || !options.keys.is_empty() {
            witnessed = newest_trusted(options, &stored)?;
        }
        marks.extend(stored.into_iter().map(|(checkpoint, _)| Mark {
            place: Place::StoredCheckpoint(checkpoint.size),
            checkpoint,
        }));
        marks.sort_by_key(|mark| mark.checkpoint.size);
        Ok(Marks { waiting: marks.into(), passed: 0, witnessed })
    }

    /// The rebuilt tree has grown: what has its size must have its root.
    pub(crate) fn reached(&mut self, tree: &Tree) -> Result<(), Fault> {
        let here = |mark: &mut Mark| mark.checkpoint.size == tree.size();
        while let Some(mark) = self.waiting.pop_front_if(here) {
            if mark.checkpoint.root != tree.root() {
                return Err(Fault::at(mark.place, What::Differs));
            }
            self.passed += 1;
        }
        Ok(())
    }

    /// The log is at its end: nothing may be beyond it. Gives how many it contained, and the size
    /// of the one that met the policy.
    pub(crate) fn end(self, tree: &Tree) -> Result<(u64, Option<u64>), Fault> {
        // The furthest tells how much is gone.
        match self.waiting.into_iter().last() {
            Some(mark) => Err(Fault::at(mark.place, What::Gap(tree.size()))),
            None => Ok((self.passed, self.witnessed)),
        }
    }
}

/// Whether a policy was asked for and met.
fn trusted(options: &VerifyOptions<'_>, note: Option<&Note>) -> Result<bool, NoteFault> {
    let asked = options.policy.is_some() || !options.keys.is_empty();
    let Some(note) = note else {
        return if asked { Err(NoteFault::Unsigned) } else { Ok(false) };
    };
    if !options.keys.is_empty() {
        note.verify(options.keys)?;
    }
    options.policy.map_or(Ok(false), |policy| policy.check(note).map(|_| true))
}

/// The newest stored checkpoint that keys and policy are content with; without one, why the
/// newest of all is not.
fn newest_trusted(
    options: &VerifyOptions<'_>,
    stored: &[(Checkpoint, Note)],
) -> Result<Option<u64>, Fault> {
    let mut first = None;
    for (checkpoint, note) in stored.iter().rev() {
        match trusted(options, Some(note)) {
            Ok(met) => return Ok(met.then_some(checkpoint.size)),
            Err(fault) => {
                let place = Place::StoredCheckpoint(checkpoint.size);
                first.get_or_insert_with(|| untrusted(&place, fault));
            }
        }
    }
    Err(first.unwrap_or_else(|| untrusted(&Place::Checkpoint, NoteFault::Unsigned)))
}

fn untrusted(place: &Place, fault: NoteFault) -> Fault {
    Fault::at(place.clone(), What::Untrusted(fault))
}
