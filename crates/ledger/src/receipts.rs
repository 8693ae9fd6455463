//! Which requests have been done: the names of the receipts, held in memory.
//!
//! Names are as good as random. In memory each takes a few bytes; an index on the disk would
//! dirty a page of its own for every command.

use std::collections::HashMap;

use crate::{
    error::LedgerFault,
    hash::Hash,
    log::{ReceiptRow, sqlite::Store},
};

/// The beginning of each name, with the first entry of its command.
#[derive(Default)]
pub(crate) struct Receipts {
    firsts: HashMap<u64, u64>,
}

impl Receipts {
    /// All receipts of a store.
    pub(crate) fn load(store: &Store) -> Result<Receipts, LedgerFault> {
        let mut receipts = Receipts::default();
        store.receipts(|row| {
            receipts.add(&row.request, row.seq);
            Ok(())
        })?;
        Ok(receipts)
    }

    /// Notes that the request of this name led to entry `seq`, which is on the disk.
    pub(crate) fn add(&mut self, name: &Hash, seq: u64) {
        self.firsts.insert(beginning(name), seq);
    }

    /// The receipt of a request that has been done.
    pub(crate) fn find(
        &self,
        store: &Store,
        name: &Hash,
    ) -> Result<Option<ReceiptRow>, LedgerFault> {
        let Some(seq) = self.firsts.get(&beginning(name)) else { return Ok(None) };
        match store.receipt(*seq)? {
            Some(row) if row.request == *name => Ok(Some(row)),
            // Two names with the same beginning: once in an age, so it may take its time.
            Some(_) | None => store.receipt_named(name),
        }
    }
}

fn beginning(name: &Hash) -> u64 {
    name.0.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::BatchRows;

    #[test]
    fn names_that_begin_alike_are_kept_apart() {
        let mut conn = rusqlite::Connection::open_in_memory().unwrap();
        Store::prepare(&mut conn).unwrap();
        let store = Store::over(conn);
        let name = |end| {
            let mut bytes = [7; 32];
            bytes[31] = end;
            Hash(bytes)
        };
        let row = |end, seq| ReceiptRow { request: name(end), seq, n: 1 };
        let rows = BatchRows { receipts: vec![row(1, 10), row(2, 20)], ..BatchRows::default() };
        store.begin().unwrap();
        store.commit(&rows).unwrap();
        let receipts = Receipts::load(&store).unwrap();
        assert_eq!(receipts.find(&store, &name(1)).unwrap(), Some(row(1, 10)));
        assert_eq!(receipts.find(&store, &name(2)).unwrap(), Some(row(2, 20)));
        assert_eq!(receipts.find(&store, &name(3)).unwrap(), None);
        assert_eq!(receipts.find(&store, &Hash([9; 32])).unwrap(), None);
    }
}
