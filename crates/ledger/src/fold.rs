//! At start the register is folded from the log.

use rules::record::Register;

use crate::{
    chain::{Chain, Finished, Heads},
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    kept::mac,
    keys::Keys,
    leaf,
    log::{RawEntry, sqlite::Store},
    read::{self, Told},
    seal::Key,
    tree::Tree,
    writer::Tip,
};

/// What the whole log leads to.
pub(crate) struct Folded {
    pub(crate) tip: Tip,
    pub(crate) heads: Heads,
}

/// Folds the whole log. Refuses a log that contradicts itself; `verify` is more thorough.
/// Without `texts` no disclosure of an open entry is decrypted, and every text reads as erased.
pub(crate) fn fold(
    store: &Store,
    keys: &Keys,
    receipt_key: &Key,
    texts: bool,
) -> Result<Folded, LedgerFault> {
    let mut chain = Chain::default();
    let mut tree = Tree::default();
    let mut register = Register::default();
    let mut newest = None;
    store.scan(0, |raw| {
        let hash = leaf_hash(&raw)?;
        let told = if texts {
            let read = read::entry(&raw, keys)?;
            chain.step(raw.seq, &read.shown)?;
            read.told
        } else {
            let shown = leaf::read(raw.seq, raw.leaf)?;
            chain.step(raw.seq, &shown)?;
            match shown.header {
                Some(_) => read::plain(&raw, &shown)?,
                None => read::entry(&raw, keys)?.told,
            }
        };
        let finished = match &told {
            Some(told) => {
                let finished = chain.link(told, hash)?;
                apply(&mut register, &chain, told)?;
                finished
            }
            None => chain.pass(),
        };
        newest = finished.or(newest.take());
        tree.push(hash, |_| {});
        Ok(true)
    })?;
    chain.end()?;
    check_frontier(store, &tree)?;
    check_newest(store, receipt_key, newest.as_ref())?;
    let tip = Tip { register, tree, log_time: chain.log_time };
    Ok(Folded { tip, heads: chain.heads })
}

/// The hash of the leaf as it stands, which must be the stored one.
pub(crate) fn leaf_hash(raw: &RawEntry<'_>) -> Result<Hash, Fault> {
    let hash = Hash::leaf(raw.leaf);
    if raw.hash == hash.0 {
        Ok(hash)
    } else {
        Err(Fault::at(Place::Entry(raw.seq), What::HashWrong))
    }
}

/// Folds one entry, which `chain` has linked, into the register. What erased bodies said is made
/// up for, so that everything else folds as before.
pub(crate) fn apply(register: &mut Register, chain: &Chain, told: &Told) -> Result<(), Fault> {
    let entry = &told.entry;
    let applied = rules::torn::apply(register, entry, chain.is_torn(entry.stream), chain.passed());
    applied.map_err(|broken| Fault::at(Place::Entry(entry.seq), What::HistoryBroken(broken.code())))
}

/// The stored frontier must be the one that the leaves give.
pub(crate) fn check_frontier(store: &Store, tree: &Tree) -> Result<(), LedgerFault> {
    let what = match store.frontier()?.as_slice() {
        [] => What::Missing,
        [(size, hashes)] if *size == tree.size() && *hashes == tree.frontier_bytes() => {
            return Ok(());
        }
        [_] => What::Differs,
        _ => What::Extra,
    };
    Err(Fault::at(Place::Frontier, what).into())
}

/// The name under which a request's receipt lies.
pub(crate) fn request_name(key: &Key, account: u32, id: &str) -> Hash {
    mac(key, &[&account.to_be_bytes(), id.as_bytes()])
}

fn check_newest(store: &Store, key: &Key, newest: Option<&Finished>) -> Result<(), LedgerFault> {
    let Some(newest) = newest else { return Ok(()) };
    let name = request_name(key, newest.account, &newest.id);
    let what = match store.receipt(newest.seq)? {
        Some(row) if (row.request, row.n) == (name, newest.n) => return Ok(()),
        Some(_) => What::Differs,
        None => What::Missing,
    };
    Err(Fault::at(Place::Receipt(newest.seq), what).into())
}
