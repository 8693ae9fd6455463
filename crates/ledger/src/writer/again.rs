//! Folding the log again, between two batches: after an erasure nothing of what is gone may stay
//! in memory.

use std::sync::{Arc, PoisonError};

use crossbeam_channel::Sender;

use super::{Judge, View};
use crate::{
    error::LedgerFault,
    fold::{Folded, fold},
};

/// Whether somebody waits for the log to be folded again.
pub(crate) struct Again {
    /// Whether the register is folded with texts.
    texts: bool,
    pub(super) waiting: Vec<Sender<Result<(), LedgerFault>>>,
}

impl Again {
    pub(crate) fn with(texts: bool) -> Again {
        Again { texts, waiting: Vec::new() }
    }
}

impl Judge {
    /// Folds the log as it is on the disk and puts the outcome in the place of everything that is
    /// built on the old one. No batch may be open or flying.
    pub(super) fn fold_again(&mut self) {
        for waiting in std::mem::take(&mut self.again.waiting) {
            let done = self.replace_all();
            // Whoever does not wait any more need not be told.
            let _gone = waiting.send(done);
        }
    }

    fn replace_all(&mut self) -> Result<(), LedgerFault> {
        let folded = fold(&self.store, &self.keys, &self.receipt_key, self.again.texts)?;
        let Folded { tip, heads } = folded;
        *self.shared.heads.write().unwrap_or_else(PoisonError::into_inner) = heads;
        let view =
            View { register: Arc::new(tip.register.clone()), tree: Arc::new(tip.tree.clone()) };
        *self.shared.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        self.durable = tip;
        Ok(())
    }
}
