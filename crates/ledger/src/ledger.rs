//! The ledger as the rest of the house sees it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use rules::record::{Register, Stream};

use crate::{
    chance::{Chance, Dice},
    checkpoint, checkpoints, erasure,
    error::{Fault, LedgerFault, NotDone, Place, What},
    files::{Parts, RECEIPT, create_kek, file_fault, lock, open_parts},
    fold::{Folded, fold},
    hash::Hash,
    kept::{self, Cabinet, Kept},
    keys::{self, Keys, Subject, connect_keys},
    leaf::VERSION,
    log::sqlite::{Mode, Store},
    receipts::Receipts,
    seal::Key,
    tree::{InclusionProof, Prover, Tree},
    writer::{Clock, Desk, Judge, Receipt, Request, Scribe, Shared},
};

/// How a ledger is opened.
#[derive(Clone)]
pub struct OpenOptions {
    /// Gives the time that is written into each entry.
    pub clock: Clock,
    /// Where salts, nonces and keys come from.
    pub chance: Chance,
    /// The key of keys; without one, the file `kek` in the directory.
    pub kek: Option<Key>,
    /// Looks only: takes no lock, writes nothing, refuses every command.
    pub read_only: bool,
    /// Whether the register is folded with the texts of entries. Without them it starts sooner
    /// and shows every text as erased.
    pub texts: bool,
    /// The most pages of 4 KiB that ledger.db may have; reaching it is like a full disk.
    pub max_pages: Option<u32>,
    /// The log's name in its checkpoints, for `create`; without one, a name by chance.
    pub origin: Option<String>,
}

impl OpenOptions {
    /// A ledger for service with this clock.
    pub fn new(clock: Clock) -> OpenOptions {
        OpenOptions {
            clock,
            chance: Chance::System,
            kek: None,
            read_only: false,
            texts: true,
            max_pages: None,
            origin: None,
        }
    }
}

/// The append-only log, open. Dropping it ends the writer after the commands it has taken.
pub struct Ledger {
    dir: PathBuf,
    origin: String,
    pub(crate) shared: Arc<Shared>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) cabinet: Cabinet,
    readers: Mutex<Vec<Store>>,
    /// `None` when it is open for reading only.
    pub(crate) desk: Option<Desk>,
    /// The size of a signed checkpoint that this log no longer contains.
    lost: Option<u64>,
    /// Holds the lock on the directory.
    _lock: Option<fs::File>,
}

impl Ledger {
    /// Makes a new ledger in `dir` and opens it. The directory may hold other things, but no
    /// ledger and no keys of one.
    pub fn create(dir: &Path, options: OpenOptions) -> Result<Ledger, LedgerFault> {
        fs::create_dir_all(dir).map_err(file_fault(dir))?;
        let lock = lock(dir)?;
        for name in ["ledger.db", "keys.db"] {
            let path = dir.join(name);
            if path.exists() {
                return Err(LedgerFault::AlreadyThere { path });
            }
        }
        let mut dice = Dice::new(options.chance, "create".to_owned());
        let kek = match &options.kek {
            Some(kek) => kek.clone(),
            None => create_kek(&dir.join("kek"), &mut dice)?,
        };
        let origin = match &options.origin {
            Some(origin) => origin.clone(),
            None => format!("bihuan.local/{}", &Hash(dice.draw()?).hex()[..16]),
        };
        let mut conn = connect_keys(&dir.join("keys.db"), Mode::Write)?;
        keys::prepare(&mut conn, &kek, &mut dice, &origin)?;
        let keys = Keys::over(conn, kek, dice)?;
        keys.ensure(&Subject::parse(RECEIPT)?)?;
        let path = dir.join("ledger.db");
        let store = Store::open(&path, Mode::Write)?;
        store.meta_insert("origin", &origin)?;
        store.meta_insert("format", &VERSION.to_string())?;
        let empty = store.begin().and_then(|()| store.commit(&crate::log::BatchRows::default()));
        empty.map_err(|source| LedgerFault::Database { doing: "create", source })?;
        drop(store);
        drop(keys);
        let kept = dir.join("kept");
        fs::create_dir_all(&kept).map_err(file_fault(&kept))?;
        // The names of all that was made must survive a power cut too.
        fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(file_fault(dir))?;
        Ledger::open_locked(dir, options, Some(lock))
    }

    /// Opens the ledger in `dir`: folds the log, and refuses when it contradicts itself.
    pub fn open(dir: &Path, options: OpenOptions) -> Result<Ledger, LedgerFault> {
        let path = dir.join("ledger.db");
        if !path.exists() {
            return Err(LedgerFault::NotThere { path });
        }
        let lock = if options.read_only { None } else { Some(lock(dir)?) };
        Ledger::open_locked(dir, options, lock)
    }

    fn open_locked(
        dir: &Path,
        options: OpenOptions,
        lock: Option<fs::File>,
    ) -> Result<Ledger, LedgerFault> {
        let mode = if options.read_only { Mode::Read } else { Mode::Write };
        let parts = open_parts(dir, options.kek.clone(), options.chance, mode)?;
        let Parts { store, keys, origin } = parts;
        if let Some(pages) = options.max_pages {
            store.allow_pages(pages)?;
        }
        let receipt_key = keys.must(RECEIPT)?;
        let mut folded = fold(&store, &keys, &receipt_key, options.texts)?;
        if mode == Mode::Write && erasure::mend(&folded.tip.view.register, &keys)? {
            folded = fold(&store, &keys, &receipt_key, options.texts)?;
        }
        let Folded { tip, heads } = folded;
        let size = tip.view.tree.size();
        let shared = Arc::new(Shared {
            view: RwLock::new(tip.view.clone()),
            heads: RwLock::new(heads),
            read_only: AtomicBool::new(options.read_only),
            stopped: AtomicBool::new(false),
        });
        let keys = Arc::new(keys);
        let cabinet = Cabinet::open(
            dir.join("kept"),
            connect_keys(&dir.join("keys.db"), mode)?,
            options.chance,
        )?;
        let desk = if options.read_only {
            None
        } else {
            let receipts = Receipts::load(&store)?;
            let store = Mutex::new(store);
            let scribe = Scribe { store, keys: Arc::clone(&keys), shared: Arc::clone(&shared) };
            let judge = Judge {
                store: Store::open(&dir.join("ledger.db"), Mode::Read)?,
                keys: Arc::clone(&keys),
                shared: Arc::clone(&shared),
                scribe: Arc::new(scribe),
                clock: options.clock,
                dice: Dice::new(options.chance, format!("writer {size}")),
                receipt_key,
                receipts,
                durable: tip,
                flying: None,
                texts: options.texts,
            };
            Some(Desk::open(judge).map_err(file_fault(dir))?)
        };
        let mut ledger = Ledger {
            dir: dir.to_owned(),
            origin,
            shared,
            keys,
            cabinet,
            readers: Mutex::new(Vec::new()),
            desk,
            lost: None,
            _lock: lock,
        };
        ledger.lost = checkpoints::lost(dir, size, |size| ledger.root_at(size))?;
        Ok(ledger)
    }

    /// Hands a command in and waits until it is on the disk, or not done.
    pub fn submit(&self, request: Request) -> Result<Receipt, NotDone> {
        self.open_desk()?.submit(request)
    }

    /// Where commands are taken, if they are at all.
    fn open_desk(&self) -> Result<&Desk, NotDone> {
        let desk = self.desk.as_ref().ok_or(NotDone::ReadOnly)?;
        self.lost.map_or(Ok(desk), |known| Err(NotDone::Rewound { known }))
    }

    /// Hands a command in and returns at once; `reply` is called on the writer's thread, or here
    /// when the queue is full.
    pub fn submit_with(
        &self,
        request: Request,
        reply: impl FnOnce(Result<Receipt, NotDone>) + Send + 'static,
    ) {
        match self.open_desk() {
            Ok(desk) => desk.submit_with(request, Box::new(reply)),
            Err(not_done) => reply(Err(not_done)),
        }
    }

    /// The register as of the last commit. It never changes; ask again for a newer one.
    pub fn now(&self) -> Arc<Register> {
        self.shared.view().register
    }

    /// Size and root of the tree as of the last commit.
    pub fn tree_head(&self) -> (u64, Hash) {
        let tree = self.shared.view().tree;
        (tree.size(), tree.root())
    }

    /// The log's name in its checkpoints.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The directory it lies in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The unsigned body of the checkpoint (C2SP tlog-checkpoint) of this moment.
    pub fn checkpoint(&self) -> String {
        let (size, root) = self.tree_head();
        checkpoint::body(&self.origin, size, &root)
    }

    /// Shows that entry `seq` is in the tree of this moment.
    pub fn prove(&self, seq: u64) -> Result<InclusionProof, LedgerFault> {
        let tree = self.shared.view().tree;
        let size = tree.size();
        self.prove_in(&tree, seq, size)
    }

    /// Shows that entry `seq` is in the tree of the first `size` entries.
    pub fn prove_at(&self, seq: u64, size: u64) -> Result<InclusionProof, LedgerFault> {
        let tree = self.shared.view().tree;
        self.prove_in(&tree, seq, size)
    }

    fn prove_in(&self, tree: &Tree, seq: u64, size: u64) -> Result<InclusionProof, LedgerFault> {
        if seq >= size || size > tree.size() {
            return Err(LedgerFault::NoSuchEntry { seq: seq.max(size) });
        }
        self.read(|store| {
            Prover { tree, tiles: |level, index| tile(store, level, index) }.inclusion(seq, size)
        })
    }

    /// Shows that the tree of `old` entries is the beginning of the tree of `new` entries.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, LedgerFault> {
        let tree = self.shared.view().tree;
        if old == 0 || old > new || new > tree.size() {
            return Err(LedgerFault::NoSuchEntry { seq: old.max(new) });
        }
        self.read(|store| {
            Prover { tree: &tree, tiles: |level, index| tile(store, level, index) }
                .consistency(old, new)
        })
    }

    /// The root that the tree had at `size` entries.
    pub fn root_at(&self, size: u64) -> Result<Hash, LedgerFault> {
        let tree = self.shared.view().tree;
        if size > tree.size() {
            return Err(LedgerFault::NoSuchEntry { seq: size });
        }
        self.read(|store| {
            Prover { tree: &tree, tiles: |level, index| tile(store, level, index) }.root(size)
        })
    }

    /// The first `width` hashes (1 to 256) of a tile (C2SP tlog-tiles): from these anyone builds the
    /// tree and its proofs without asking again.
    pub fn tile(&self, level: u32, index: u64, width: usize) -> Result<Vec<Hash>, LedgerFault> {
        let tree = self.shared.view().tree;
        let found = self.read(|store| {
            Prover { tree: &tree, tiles: |level, index| tile(store, level, index) }
                .tile(level, index, width)
        })?;
        found.ok_or(LedgerFault::NoSuchEntry { seq: tree.size() })
    }

    /// Keeps a file. When it returns, the file is on the disk, encrypted.
    pub fn keep(&self, bytes: &[u8]) -> Result<Kept, LedgerFault> {
        if self.shared.read_only.load(Ordering::Acquire) || self.lost.is_some() {
            let source = std::io::ErrorKind::ReadOnlyFilesystem.into();
            return Err(LedgerFault::File { path: self.cabinet.dir().to_owned(), source });
        }
        self.cabinet.keep(bytes, &self.keys)
    }

    /// The newest version of a stream; 0 when it has no entry.
    pub fn version(&self, stream: Stream) -> u64 {
        let heads = self.shared.heads.read().unwrap_or_else(PoisonError::into_inner);
        heads.get(&stream).map_or(0, |head| head.n)
    }

    /// Whether commands are refused: the disk was full, the store failed, or the log was put back.
    pub fn is_read_only(&self) -> bool {
        let Shared { read_only, stopped, .. } = &*self.shared;
        read_only.load(Ordering::Acquire) || stopped.load(Ordering::Acquire) || self.lost.is_some()
    }

    /// The size of the newest signed checkpoint, when the log does not contain it.
    pub fn lost_checkpoint(&self) -> Option<u64> {
        self.lost
    }

    /// An operator has made room on the disk: commands are taken again.
    pub fn clear_read_only(&self) {
        if self.desk.is_some() {
            self.shared.read_only.store(false, Ordering::Release);
        }
    }

    /// Destroys the key of a subject (`matter/12`, `person/7`, `sealed/90`, `file/3`) for good:
    /// everything encrypted under it is erased, in the backups too. This is for trying what a store
    /// does without a key: it asks for no event, and `verify` names every key that went so. What
    /// was lawfully asked for and approved goes by [`Ledger::settle_erasures`].
    pub fn destroy_key(&self, subject: &str) -> Result<(), LedgerFault> {
        if [RECEIPT, kept::TWIN].contains(&subject) {
            // The ledger's own: no person's data lie under them, and it cannot do without.
            return Err(LedgerFault::BadSubject { subject: subject.to_owned() });
        }
        self.keys.destroy(&[Subject::parse(subject)?])
    }

    /// Lends a connection for reading; a new one is opened when all are in use.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, LedgerFault>,
    ) -> Result<T, LedgerFault> {
        let waiting = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = match waiting {
            Some(store) => store,
            None => Store::open(&self.dir.join("ledger.db"), Mode::Read)?,
        };
        let done = work(&store);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        done
    }
}

fn tile(store: &Store, level: u32, index: u64) -> Result<Vec<Hash>, LedgerFault> {
    let missing = || Fault::at(Place::Tile(u64::from(level), index), What::Missing);
    Ok(store.tile(level, index)?.ok_or_else(missing)?)
}
