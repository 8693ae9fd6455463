//! At start the register is folded from the log.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded};
use rules::record::{Moment, Register};

use crate::{
    chain::{Chain, Finished, Heads},
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    kept::mac,
    keys::Keys,
    leaf,
    log::{DisclosureRow, RawEntry, sqlite::Store},
    read::{self, Told},
    seal::Key,
    tree::Tree,
    writer::{Tip, View},
};

/// What the whole log leads to.
pub(crate) struct Folded {
    pub(crate) tip: Tip,
    pub(crate) heads: Heads,
}

/// Entries that go from one thread to the next together.
const PORTION: usize = 256;
/// Portions that wait for a thread: enough that none stands idle, and little memory.
const WAITING: usize = 4;

/// Folds the whole log. Refuses a log that contradicts itself; `verify` is more thorough.
/// Without `texts` no disclosure of an open entry is decrypted, and every text reads as erased.
///
/// Opening what is encrypted takes most of the time and looks at one entry alone, so several
/// threads do that; this one reads the rows, and one folds what was opened, in its order.
pub(crate) fn fold(
    store: &Store,
    keys: &Keys,
    receipt_key: &Key,
    texts: bool,
) -> Result<Folded, LedgerFault> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (scanned, folded) = std::thread::scope(|scope| {
        let (mut to_openers, mut opened) = (Vec::new(), Vec::new());
        for _ in 0..cores {
            let (send, portions) = bounded::<Vec<OwnEntry>>(WAITING);
            let (done, receive) = bounded(WAITING);
            to_openers.push(send);
            opened.push(receive);
            // It ends when nothing more comes, or when nobody takes what it has opened.
            scope.spawn(move || {
                let open = |one: OwnEntry| open(&one.raw(), keys, texts);
                let mut portions = portions
                    .into_iter()
                    .map(|portion| portion.into_iter().map(open).collect::<Vec<_>>());
                portions.try_for_each(|portion| done.send(portion))
            });
        }
        let folding = scope.spawn(move || take_in(&opened));
        let scanned = hand_out(store, &to_openers);
        drop(to_openers);
        // Whoever panics in a thread panics here.
        (scanned, folding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let Taken { mut register, chain, tree, newest } = folded?;
    scanned?;
    chain.end()?;
    register.end_folding();
    check_frontier(store, &tree)?;
    check_newest(store, receipt_key, newest.as_ref())?;
    let view = View { register: Arc::new(register), tree: Arc::new(tree) };
    let tip = Tip { view, log_time: chain.log_time };
    Ok(Folded { tip, heads: chain.heads })
}

/// An entry's rows, taken out of the database.
struct OwnEntry {
    seq: u64,
    leaf: Vec<u8>,
    hash: Vec<u8>,
    disclosures: Vec<DisclosureRow>,
}

impl OwnEntry {
    fn of(raw: &RawEntry<'_>) -> OwnEntry {
        let RawEntry { seq, leaf, hash, disclosures } = *raw;
        let (leaf, hash) = (leaf.to_vec(), hash.to_vec());
        OwnEntry { seq, leaf, hash, disclosures: disclosures.to_vec() }
    }

    fn raw(&self) -> RawEntry<'_> {
        let OwnEntry { seq, leaf, hash, disclosures } = self;
        RawEntry { seq: *seq, leaf, hash, disclosures }
    }
}

/// Reads all rows and gives them to the openers in turn. What comes before a row that cannot be
/// read is handed out too: it may hold an earlier fault.
fn hand_out(store: &Store, to: &[Sender<Vec<OwnEntry>>]) -> Result<(), LedgerFault> {
    let mut turns = to.iter().cycle();
    let mut portion = Vec::with_capacity(PORTION);
    // Nobody takes it when an earlier entry was at fault.
    let mut send = |portion| turns.next().is_some_and(|to| to.send(portion).is_ok());
    let scanned = store.scan(0, |raw| {
        portion.push(OwnEntry::of(&raw));
        Ok(portion.len() < PORTION || send(std::mem::take(&mut portion)))
    });
    send(portion);
    scanned
}

/// What can be found out about an entry alone.
struct OpenEntry {
    seq: u64,
    hash: Hash,
    log_time: Moment,
    /// `None` when the entry is sealed and its body has been erased.
    told: Option<Told>,
}

fn open(raw: &RawEntry<'_>, keys: &Keys, texts: bool) -> Result<OpenEntry, LedgerFault> {
    let (seq, hash) = (raw.seq, leaf_hash(raw)?);
    let (log_time, told) = if texts {
        let read = read::entry(raw, keys)?;
        (read.shown.log_time, read.told)
    } else {
        let shown = leaf::read(seq, raw.leaf)?;
        let told = match shown.header {
            Some(_) => read::plain(raw, &shown)?,
            None => read::entry(raw, keys)?.told,
        };
        (shown.log_time, told)
    };
    Ok(OpenEntry { seq, hash, log_time, told })
}

type Opened = Vec<Result<OpenEntry, LedgerFault>>;

/// What was folded so far.
struct Taken {
    register: Register,
    chain: Chain,
    tree: Tree,
    newest: Option<Finished>,
}

/// Takes what the openers opened, in turn, and folds it.
fn take_in(opened: &[Receiver<Opened>]) -> Result<Taken, LedgerFault> {
    let (chain, tree, newest) = (Chain::default(), Tree::default(), None);
    let mut taken = Taken { register: Register::folding(), chain, tree, newest };
    for from in opened.iter().cycle() {
        // The first turn without a portion comes after the last one.
        let Ok(portion) = from.recv() else { break };
        for entry in portion {
            take(&mut taken, entry?)?;
        }
    }
    Ok(taken)
}

fn take(taken: &mut Taken, entry: OpenEntry) -> Result<(), LedgerFault> {
    let Taken { register, chain, tree, newest } = taken;
    let OpenEntry { seq, hash, log_time, told } = entry;
    chain.step(seq, log_time)?;
    let finished = match &told {
        Some(told) => {
            let finished = chain.link(told, hash)?;
            apply(register, chain, told)?;
            finished
        }
        None => chain.pass(),
    };
    *newest = finished.or(newest.take());
    tree.push(hash, |_| {});
    Ok(())
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
