//! Rechecks a whole store: every leaf, hash, commitment, receipt, tile, key and kept file, and
//! folds every event again. It trusts no derived row: each is rebuilt from the leaves and compared.
//!
//! `decide` is never asked again: rules may change, history does not.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use rules::record::Register;
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    canon::is_canonical,
    chain::{Chain, Finished},
    chance::{Chance, Dice},
    erasure,
    error::{Fault, LedgerFault, Place, What},
    files::{RECEIPT, check_meta, open_parts},
    fold::{apply, check_frontier, leaf_hash, request_name},
    hash::Hash,
    kept::{self, EvidenceId, Inside},
    keys::Keys,
    leaf::{Basis, LEAF_MAX},
    log::{
        RawEntry,
        sqlite::{Mode, Store},
    },
    marks::Marks,
    note::VerifierKey,
    read::{self, Read},
    seal::Key,
    tree::{Tile, Tree},
    trust_policy::TrustPolicy,
};

/// What a verification may be told besides where the store is.
#[derive(Default)]
pub struct VerifyOptions<'a> {
    /// The key of keys; without one, the file `kek` in the directory.
    pub kek: Option<Key>,
    /// A checkpoint from outside, signed or not, which the log must contain.
    pub checkpoint: Option<&'a [u8]>,
    /// Keys of the log that are known from outside: one of them must have signed that checkpoint,
    /// or without one the newest that is stored.
    pub keys: &'a [VerifierKey],
    /// Whom that checkpoint, or without one the newest that is stored and meets it, must have
    /// convinced.
    pub policy: Option<&'a TrustPolicy>,
    /// Told now and then how many entries have been checked.
    pub progress: Option<&'a mut dyn FnMut(u64)>,
}

/// A store in which nothing wrong was found.
#[derive(Clone, Debug)]
pub struct Verified {
    pub events: u64,
    pub root: Hash,
    /// Disclosures that were opened and compared.
    pub disclosures: u64,
    /// Disclosures whose keys have lawfully been destroyed.
    pub erased: u64,
    /// Keys that approved erasures have taken away.
    pub keys_destroyed: u64,
    /// Kept files that were opened and compared.
    pub files: u64,
    /// Checkpoints that the log was found to contain.
    pub checkpoints: u64,
    /// The size of the checkpoint that met the policy, when one was asked for.
    pub witnessed: Option<u64>,
    /// The register that the log folds to, for `checkup`.
    pub register: Register,
}

/// Rechecks the store in `dir`; the first thing wrong ends it.
pub fn verify(dir: &Path, options: VerifyOptions<'_>) -> Result<Verified, Fault> {
    let opened = open_parts(dir, options.kek.clone(), Chance::System, Mode::Read);
    let parts = opened.map_err(|fault| fault.into_fault(Place::Database("ledger.db")))?;
    let kept = dir.join("kept");
    let exhibit = Exhibit { store: parts.store, keys: parts.keys, kept, dir: Some(dir.to_owned()) };
    exhibit.verify(options, true)
}

/// A store whose databases somebody else has opened: a copy, or one being tampered with.
pub struct Exhibit {
    store: Store,
    keys: Keys,
    kept: PathBuf,
    /// Where signed checkpoints lie, when it is a store in its place.
    dir: Option<PathBuf>,
}

impl Exhibit {
    /// Takes connections to a ledger.db and a keys.db, and the directory of kept files.
    pub fn new(
        ledger: Connection,
        keys: Connection,
        kept: PathBuf,
        kek: Key,
    ) -> Result<Exhibit, LedgerFault> {
        let dice = Dice::new(Chance::System, String::new());
        let keys = Keys::over(keys, kek, dice)?;
        Ok(Exhibit { store: Store::over(ledger), keys, kept, dir: None })
    }

    /// Puts the ledger's schema into an empty database, to copy a store into.
    pub fn prepare(ledger: &mut Connection) -> Result<(), LedgerFault> {
        Store::prepare(ledger)
    }

    /// The ledger's connection.
    pub fn ledger(&self) -> &Connection {
        self.store.conn()
    }

    /// Lends the connection to the keys.
    pub fn with_keys<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        self.keys.with_conn(work)
    }

    /// Rechecks everything. `pages` also asks the database engine about its own structures.
    pub fn verify(&self, options: VerifyOptions<'_>, pages: bool) -> Result<Verified, Fault> {
        self.keys.forget();
        let ledger = || Place::Database("ledger.db");
        let origin =
            check_meta(&self.store, &self.keys).map_err(|fault| fault.into_fault(ledger()))?;
        let receipt_key = self.keys.must(RECEIPT).map_err(|fault| fault.into_fault(ledger()))?;
        let marks = Marks::gather(self.dir.as_deref(), &options, &origin)?;
        let mut walk = Walk {
            exhibit: self,
            receipt_key,
            marks,
            progress: options.progress,
            chain: Chain::default(),
            tree: Tree::default(),
            register: Register::default(),
            basis: Basis { policy: 0, calendar: 0 },
            tiles: 0,
            receipts: HashMap::new(),
            untold: HashSet::new(),
            evidence: HashMap::new(),
            disclosures: 0,
            erased: 0,
        };
        walk.marks.reached(&walk.tree)?;
        let scanned = self.store.scan(0, |raw| walk.entry(&raw).map(|()| true));
        scanned.map_err(|fault| fault.into_fault(ledger()))?;
        walk.end(pages)
    }
}

/// The walk along the log, and what it gathers for the end.
struct Walk<'e, 'o> {
    exhibit: &'e Exhibit,
    receipt_key: Key,
    marks: Marks,
    progress: Option<&'o mut dyn FnMut(u64)>,
    chain: Chain,
    tree: Tree,
    register: Register,
    /// What the command being read was decided on.
    basis: Basis,
    tiles: u64,
    /// Receipts the log calls for: request to first entry and count.
    receipts: HashMap<Hash, (u64, u64)>,
    /// Entries that say nothing any more; a receipt may still lead to them.
    untold: HashSet<u64>,
    /// Files that events name, with the committed hash of the plaintext.
    evidence: HashMap<EvidenceId, String>,
    disclosures: u64,
    erased: u64,
}

impl Walk<'_, '_> {
    fn entry(&mut self, raw: &RawEntry<'_>) -> Result<(), LedgerFault> {
        let hash = leaf_hash(raw)?;
        check_canonical(raw)?;
        let read = read::entry(raw, &self.exhibit.keys)?;
        self.chain.step(raw.seq, read.shown.log_time)?;
        if !read.shown.digests.is_sorted() {
            return Err(Fault::at(Place::Entry(raw.seq), What::MemberWrong("_sd")).into());
        }
        self.disclosures += read.opened.len() as u64;
        self.erased += read.erased as u64;
        let finished = self.told(raw.seq, &read, hash)?;
        if let Some(Finished { account, id, seq, n }) = finished {
            let name = request_name(&self.receipt_key, account, &id);
            if self.receipts.insert(name, (seq, n)).is_some() {
                return Err(Fault::at(Place::Entry(seq), What::MemberWrong("cmd")).into());
            }
        }
        for one in &read.opened {
            if one.name.is_empty() {
                find_evidence(&read::parse(&one.value), &mut self.evidence);
            } else if let Some(parent) = one.name.strip_suffix("/plain") {
                let leaf: Value = serde_json::from_slice(raw.leaf).unwrap_or(Value::Null);
                let holder = leaf.pointer(parent).and_then(|holder| holder.get("id"));
                note_evidence(holder, Some(&read::parse(&one.value)), &mut self.evidence);
            }
        }
        self.grow(hash)
    }

    fn told(
        &mut self,
        seq: u64,
        read: &Read<'_>,
        hash: Hash,
    ) -> Result<Option<Finished>, LedgerFault> {
        if self.chain.between_commands() {
            let (policy, calendar) = self.register.basis();
            self.basis = Basis { policy, calendar };
        }
        let Some(told) = &read.told else {
            self.untold.insert(seq);
            return Ok(self.chain.pass());
        };
        if told.basis != self.basis {
            return Err(Fault::at(Place::Entry(seq), What::MemberWrong("basis")).into());
        }
        let finished = self.chain.link(told, hash)?;
        apply(&mut self.register, &self.chain, told)?;
        Ok(finished)
    }

    /// Adds the leaf to the rebuilt tree and compares a tile that it fills.
    fn grow(&mut self, hash: Hash) -> Result<(), LedgerFault> {
        let mut filled: Vec<Tile> = Vec::new();
        self.tree.push(hash, |tile| filled.push(tile));
        for tile in filled {
            let place = Place::Tile(u64::from(tile.level), tile.index);
            match self.exhibit.store.tile(tile.level, tile.index)? {
                Some(hashes) if hashes == tile.hashes => self.tiles += 1,
                Some(_) => return Err(Fault::at(place, What::Differs).into()),
                None => return Err(Fault::at(place, What::Missing).into()),
            }
        }
        self.marks.reached(&self.tree)?;
        if self.tree.size().is_multiple_of(1000)
            && let Some(progress) = self.progress.as_mut()
        {
            progress(self.tree.size());
        }
        Ok(())
    }

    fn end(mut self, pages: bool) -> Result<Verified, Fault> {
        self.chain.end()?;
        let at = |place: Place| move |fault: LedgerFault| fault.into_fault(place);
        let store = &self.exhibit.store;
        let (checkpoints, witnessed) = std::mem::take(&mut self.marks).end(&self.tree)?;
        check_frontier(store, &self.tree).map_err(at(Place::Frontier))?;
        self.check_tiles().map_err(at(Place::Database("tile")))?;
        let (tree, register) = (self.tree.clone(), self.register.clone());
        let (disclosures, erased) = (self.disclosures, self.erased);
        let exhibit = self.exhibit;
        let evidence = self.check_receipts()?;
        let files = exhibit.check_files(&evidence).map_err(at(Place::Database("kept")))?;
        exhibit.keys.check(pages)?;
        let keys_destroyed =
            erasure::check(&register, &exhibit.keys).map_err(at(Place::Database("keys.db")))?;
        if pages {
            let place = || Place::Database("ledger.db");
            let said = store.integrity().map_err(at(place()))?;
            if let Some(said) = said {
                return Err(Fault::at(place(), What::Unreadable(said)));
            }
        }
        let events = tree.size();
        let root = tree.root();
        Ok(Verified {
            events,
            root,
            disclosures,
            erased,
            keys_destroyed,
            files,
            checkpoints,
            witnessed,
            register,
        })
    }

    /// Every tile that the log fills has been compared; no other may be there.
    fn check_tiles(&self) -> Result<(), LedgerFault> {
        if self.exhibit.store.tile_count()? == self.tiles {
            return Ok(());
        }
        for (level, index) in self.exhibit.store.tile_names()? {
            let level_known = u32::try_from(level).ok();
            let full = level_known.map_or(0, |level| self.tree.full_tiles(level));
            if u64::try_from(index).is_ok_and(|index| index < full) {
                continue;
            }
            let coordinate = |value: i64| u64::try_from(value).unwrap_or(u64::MAX);
            let place = Place::Tile(coordinate(level), coordinate(index));
            return Err(Fault::at(place, What::Extra).into());
        }
        Ok(())
    }

    /// The receipts must be those of the log's commands, neither more nor fewer. Gives back what
    /// is needed afterwards.
    fn check_receipts(self) -> Result<HashMap<EvidenceId, String>, Fault> {
        let Walk { mut receipts, untold, exhibit, evidence, .. } = self;
        let compared = exhibit.store.receipts(|row| match receipts.remove(&row.request) {
            Some((seq, n)) if (seq, n) == (row.seq, row.n) => Ok(()),
            Some((seq, _)) => Err(Fault::at(Place::Receipt(seq), What::Differs).into()),
            None if untold.contains(&row.seq) => Ok(()),
            None => Err(Fault::at(Place::Receipt(row.seq), What::Extra).into()),
        });
        compared.map_err(|fault| fault.into_fault(Place::Database("receipt")))?;
        match receipts.values().min() {
            None => Ok(evidence),
            Some((seq, _)) => Err(Fault::at(Place::Receipt(*seq), What::Missing)),
        }
    }
}

impl Exhibit {
    /// Opens every kept file that an event or a row names and compares its plaintext.
    fn check_files(&self, evidence: &HashMap<EvidenceId, String>) -> Result<u64, LedgerFault> {
        let mut files = 0;
        let mut wanted: Vec<(EvidenceId, Option<&String>)> =
            evidence.iter().map(|(id, plain)| (*id, Some(plain))).collect();
        for (row, id, mac) in self.keys.kept_rows()? {
            let Some(id) = Hash::from_slice(&id) else {
                return Err(Fault::at(Place::Database("kept"), What::Differs).into());
            };
            let (number, inside) = kept::open_numbered(&self.kept, &id, &self.keys)?;
            let same_file = match inside {
                Inside::Plain(plain) => {
                    let twin = self.keys.must(kept::TWIN)?;
                    kept::mac(&twin, &[&plain]).0[..] == mac[..]
                }
                Inside::Erased => true,
            };
            if u64::try_from(row) != Ok(number) || !same_file {
                return Err(Fault::at(Place::File(id.hex()), What::Differs).into());
            }
            if !evidence.contains_key(&id) {
                wanted.push((id, None));
            }
        }
        wanted.sort_unstable();
        for (id, committed) in wanted {
            if let Inside::Plain(plain) = kept::open(&self.kept, &id, &self.keys)? {
                if committed.is_some_and(|hex| *hex != Hash::of(&plain).hex()) {
                    return Err(Fault::at(Place::File(id.hex()), What::PlainDiffers).into());
                }
                files += 1;
            }
        }
        Ok(files)
    }
}

fn check_canonical(raw: &RawEntry<'_>) -> Result<(), Fault> {
    let fault = |what| Fault::at(Place::Entry(raw.seq), what);
    if raw.leaf.len() > LEAF_MAX {
        return Err(fault(What::LeafTooLarge));
    }
    if is_canonical(raw.leaf) { Ok(()) } else { Err(fault(What::LeafNotCanonical)) }
}

/// Evidence in a sealed body: any object with `id` (64 hex digits) and `plain`.
fn find_evidence(value: &Value, found: &mut HashMap<EvidenceId, String>) {
    match value {
        Value::Object(members) => {
            note_evidence(members.get("id"), members.get("plain"), found);
            members.values().for_each(|member| find_evidence(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| find_evidence(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn note_evidence(
    id: Option<&Value>,
    plain: Option<&Value>,
    found: &mut HashMap<EvidenceId, String>,
) {
    let id = id.and_then(Value::as_str).and_then(Hash::parse);
    let plain = plain.and_then(|plain| plain.get("$words")).and_then(Value::as_str);
    if let (Some(id), Some(plain)) = (id, plain) {
        found.insert(id, plain.to_owned());
    }
}
