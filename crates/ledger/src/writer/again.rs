//! Folding the log again, while no command is under way: after an erasure nothing of what is gone
//! may stay in memory.

use std::sync::PoisonError;

use super::Judge;
use crate::{
    error::LedgerFault,
    fold::{Folded, fold},
};

impl Judge {
    /// Folds the log as it is on the disk and puts the outcome in the place of everything that is
    /// built on the old one. No batch may be open or flying.
    pub(super) fn fold_again(&mut self) -> Result<(), LedgerFault> {
        let Folded { tip, heads } = fold(&self.store, &self.keys, &self.receipt_key, self.texts)?;
        *self.shared.heads.write().unwrap_or_else(PoisonError::into_inner) = heads;
        *self.shared.view.write().unwrap_or_else(PoisonError::into_inner) = tip.view.clone();
        self.durable = tip;
        Ok(())
    }
}
