//! The narrow seam to the database: rows in, rows out, one batch at a time.

pub(crate) mod sqlite;
pub(crate) mod statements;

use std::sync::Arc;

use crate::{
    hash::Hash,
    tree::{Tile, Tree},
};

/// A leaf as it is written.
#[derive(Clone, Debug)]
pub(crate) struct LeafRow {
    pub(crate) seq: u64,
    pub(crate) leaf: Vec<u8>,
    pub(crate) hash: Hash,
}

/// The encrypted opening of one commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DisclosureRow {
    pub(crate) seq: u64,
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) alg: i64,
    pub(crate) ciphertext: Vec<u8>,
}

/// Which entries a request led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReceiptRow {
    pub(crate) request: Hash,
    pub(crate) seq: u64,
    pub(crate) n: u64,
}

/// What one transaction writes.
#[derive(Debug, Default)]
pub(crate) struct BatchRows {
    pub(crate) leaves: Vec<LeafRow>,
    pub(crate) disclosures: Vec<DisclosureRow>,
    pub(crate) receipts: Vec<ReceiptRow>,
    pub(crate) tiles: Vec<Tile>,
    pub(crate) tree: Arc<Tree>,
}

/// One leaf as it is read, with its disclosures in order of name.
pub(crate) struct RawEntry<'r> {
    pub(crate) seq: u64,
    pub(crate) leaf: &'r [u8],
    pub(crate) hash: &'r [u8],
    pub(crate) disclosures: &'r [DisclosureRow],
}
