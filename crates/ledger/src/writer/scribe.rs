//! The scribe writes one batch after the other, and answers once a batch is on the disk.

use std::sync::{Arc, Mutex, PoisonError, atomic::Ordering};

use crossbeam_channel::{Receiver, Sender};
use rules::record::Stream;

use crate::{
    chain::Head,
    error::{LedgerFault, NotDone},
    keys::Keys,
    log::{BatchRows, sqlite::Store},
    writer::{Receipt, Reply, Shared, View, batch::Added},
};

/// A batch that has been judged and is to be written.
pub(crate) struct Fair {
    pub(crate) rows: BatchRows,
    pub(crate) view: View,
    pub(crate) streams: Vec<(Stream, u64)>,
    pub(crate) added: Arc<Added>,
    pub(crate) answers: Vec<(Reply, Result<Receipt, NotDone>)>,
}

pub(crate) struct Scribe {
    pub(crate) store: Mutex<Store>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) shared: Arc<Shared>,
}

impl Scribe {
    /// Writes until the judge is gone, and tells it after each batch how that went.
    pub(crate) fn serve(&self, fair: &Receiver<Fair>, written: &Sender<Result<(), NotDone>>) {
        for batch in fair {
            let outcome = self.write(batch);
            if written.send(outcome).is_err() {
                return;
            }
            self.make_keys_ahead();
        }
    }

    /// Writes a batch and answers everybody who has a command in it.
    pub(crate) fn write(&self, batch: Fair) -> Result<(), NotDone> {
        let Fair { rows, view, streams, added, answers } = batch;
        let outcome = self.commit(&rows);
        if outcome.is_ok() && !rows.leaves.is_empty() {
            self.publish(view, streams, &added);
        }
        for (reply, answer) in answers {
            reply(outcome.clone().and(answer));
        }
        outcome
    }

    /// Makes the keys of matters to come, once everybody has been answered.
    pub(crate) fn make_keys_ahead(&self) {
        if !self.shared.stopped.load(Ordering::Acquire)
            && let Err(fault) = self.keys.make_ahead()
        {
            // The next command will hear of it.
            let _not_done = self.shared.fail(&fault);
        }
    }

    /// When it returns `Ok` the batch is on the disk; otherwise nothing of it is.
    fn commit(&self, rows: &BatchRows) -> Result<(), NotDone> {
        if rows.leaves.is_empty() {
            return Ok(());
        }
        // A commit that panicked has been rolled back, or is on reopening.
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let done = store.begin().and_then(|()| store.commit(rows));
        done.map_err(|source| self.shared.fail(&LedgerFault::Database { doing: "commit", source }))
    }

    fn publish(&self, view: View, streams: Vec<(Stream, u64)>, added: &Added) {
        let mut heads = self.shared.heads.write().unwrap_or_else(PoisonError::into_inner);
        for (stream, seq) in streams {
            heads.entry(stream).or_insert_with(Head::empty).seqs.push(seq);
        }
        for (stream, (n, hash)) in &added.heads {
            if let Some(head) = heads.get_mut(stream) {
                head.n = *n;
                head.hash = *hash;
            }
        }
        drop(heads);
        *self.shared.view.write().unwrap_or_else(PoisonError::into_inner) = view;
    }
}
