//! The one writer: takes commands from a bounded queue, judges each, commits them together.
//!
//! Nothing is answered before COMMIT has returned, not even a refusal: it may rest on a command
//! of the same batch that a failing disk would undo.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
};

use rules::{
    calendar::Day,
    record::{By, Command, Deed, Entry, Event, Moment, Now, Register, Stream, decide},
};
use serde_json::Value;

use crate::{
    chain::{Head, Heads},
    chance::Dice,
    error::{LedgerFault, NotDone},
    fold::request_name,
    hash::Hash,
    keys::{Keys, Subject},
    leaf::{self, Basis, BuildFault, Built, CommandRef, Header},
    log::{
        BatchRows, DisclosureRow, LeafRow, ReceiptRow,
        sqlite::{Store, is_full},
    },
    read::{self, bound},
    seal::{ALG, Key},
    tree::Tree,
};

/// No more commands than this share one commit.
const BATCH_MAX: usize = 256;
/// No request id is longer, in bytes.
const ID_MAX: usize = 64;

/// A clock, since the ledger has none of its own.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// What somebody wants done.
#[derive(Clone, Debug)]
pub struct Request {
    /// The client's own name for this request, at most 64 of `A-Z a-z 0-9 . _ : -`. The same
    /// account with the same id gets the first receipt again.
    pub id: String,
    pub by: By,
    pub today: Day,
    /// When it happened, where that is not now.
    pub at: Option<Moment>,
    pub command: Command,
    /// Do it only while the stream is at this version.
    pub if_version: Option<(Stream, u64)>,
}

/// What came of a request, once it is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The first of its entries; with no entries, the number the next one will have.
    pub seq: u64,
    /// How many entries.
    pub count: u64,
    /// The first entry's stream. `None` without entries, or when a sealed one has been erased.
    pub stream: Option<Stream>,
    /// The first entry's number in its stream.
    pub n: u64,
    /// The first entry's leaf hash.
    pub hash: Option<Hash>,
    /// The request had been done before; nothing was done now.
    pub repeated: bool,
}

/// Takes the answer, on the writer's thread: it should be quick.
pub(crate) type Reply = Box<dyn FnOnce(Result<Receipt, NotDone>) + Send>;

pub(crate) struct Job {
    pub(crate) request: Request,
    pub(crate) reply: Reply,
}

/// What readers see. Replaced as a whole after each commit.
#[derive(Clone)]
pub(crate) struct View {
    pub(crate) register: Arc<Register>,
    pub(crate) tree: Arc<Tree>,
}

/// What writer and readers share.
pub(crate) struct Shared {
    pub(crate) view: RwLock<View>,
    pub(crate) heads: RwLock<Heads>,
    pub(crate) read_only: AtomicBool,
    pub(crate) stopped: AtomicBool,
}

impl Shared {
    /// The newest view. A panic in another thread cannot leave a view half made.
    pub(crate) fn view(&self) -> View {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(crate) struct Writer {
    pub(crate) store: Store,
    pub(crate) keys: Arc<Keys>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) clock: Clock,
    pub(crate) dice: Dice,
    pub(crate) receipt_key: Key,
    pub(crate) register: Register,
    pub(crate) tree: Tree,
    pub(crate) log_time: Option<Moment>,
}

/// A batch being judged: rows to write, and the state they lead to.
struct Batch {
    register: Register,
    rows: BatchRows,
    /// Streams that the batch has moved: version and leaf hash.
    heads: HashMap<Stream, (u64, Hash)>,
    /// The stream of each entry, in order.
    streams: Vec<(Stream, u64)>,
    done: HashMap<Hash, Receipt>,
    log_time: Moment,
    next: u64,
}

/// Where a batch stood before a command, to go back to when the command fails.
struct Mark {
    register: Register,
    leaves: usize,
    disclosures: usize,
    moved: Vec<(Stream, Option<(u64, Hash)>)>,
}

impl Writer {
    /// Serves until every sender is gone.
    pub(crate) fn serve(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut batch = vec![first];
            while batch.len() < BATCH_MAX {
                match jobs.try_recv() {
                    Ok(job) => batch.push(job),
                    Err(_) => break,
                }
            }
            self.run(batch);
        }
    }

    fn run(&mut self, jobs: Vec<Job>) {
        let (replies, outcomes) = match self.closed() {
            Some(not_done) => {
                let outcomes = vec![Err(not_done); jobs.len()];
                (jobs.into_iter().map(|job| job.reply).collect::<Vec<_>>(), outcomes)
            }
            None => self.judge_all(jobs),
        };
        for (reply, outcome) in replies.into_iter().zip(outcomes) {
            reply(outcome);
        }
        if !self.shared.stopped.load(Ordering::Acquire)
            && let Err(fault) = self.keys.make_ahead()
        {
            // Everybody has been answered; the next command will hear of it.
            let _not_done = self.fail(&fault);
        }
    }

    fn closed(&self) -> Option<NotDone> {
        if self.shared.stopped.load(Ordering::Acquire) {
            return Some(NotDone::Stopped);
        }
        self.shared.read_only.load(Ordering::Acquire).then_some(NotDone::ReadOnly)
    }

    fn judge_all(&mut self, jobs: Vec<Job>) -> (Vec<Reply>, Vec<Result<Receipt, NotDone>>) {
        let mut batch = self.new_batch();
        let count = jobs.len();
        let mut replies = Vec::with_capacity(count);
        let mut outcomes = Vec::with_capacity(count);
        let begun = self.store.begin();
        let mut failed =
            begun.err().map(|source| self.fail(&LedgerFault::Database { doing: "begin", source }));
        for job in jobs {
            replies.push(job.reply);
            if failed.is_some() {
                continue;
            }
            match self.judge(&mut batch, &job.request) {
                Ok(receipt) => outcomes.push(Ok(receipt)),
                Err(BuildFault::NotDone(not_done)) => outcomes.push(Err(not_done)),
                Err(BuildFault::Ledger(fault)) => failed = Some(self.fail(&fault)),
            }
        }
        let failed = failed.or_else(|| self.commit(batch).err());
        // Where nothing was to be written, the transaction still is to be ended.
        self.store.roll_back();
        let outcomes = match failed {
            Some(not_done) => vec![Err(not_done); count],
            None => outcomes,
        };
        (replies, outcomes)
    }

    fn new_batch(&self) -> Batch {
        let now = (self.clock)();
        Batch {
            register: self.register.clone(),
            rows: BatchRows::default(),
            heads: HashMap::new(),
            streams: Vec::new(),
            done: HashMap::new(),
            log_time: self.log_time.map_or(now, |last| last.max(now)),
            next: self.tree.size(),
        }
    }

    /// Notes a failure of the store: a full disk can be helped, anything else ends the writing.
    fn fail(&self, fault: &LedgerFault) -> NotDone {
        tracing::error!(code = fault.code(), detail = ?fault.args(), "the ledger failed to write");
        if let LedgerFault::Database { source, .. } = fault
            && is_full(source)
        {
            self.shared.read_only.store(true, Ordering::Release);
            return NotDone::ReadOnly;
        }
        self.shared.stopped.store(true, Ordering::Release);
        NotDone::Stopped
    }

    /// Commits and publishes. On any error the batch is dropped and nothing has changed.
    fn commit(&mut self, mut batch: Batch) -> Result<(), NotDone> {
        if batch.rows.leaves.is_empty() {
            return Ok(());
        }
        let mut tree = self.tree.clone();
        let tiles = &mut batch.rows.tiles;
        for row in &batch.rows.leaves {
            tree.push(row.hash, |tile| tiles.push(tile));
        }
        batch.rows.tree = tree;
        if let Err(source) = self.store.commit(&batch.rows) {
            return Err(self.fail(&LedgerFault::Database { doing: "commit", source }));
        }
        self.publish(batch);
        Ok(())
    }

    fn publish(&mut self, batch: Batch) {
        self.register = batch.register;
        self.tree = batch.rows.tree;
        self.log_time = Some(batch.log_time);
        let mut heads = self.shared.heads.write().unwrap_or_else(PoisonError::into_inner);
        for (stream, seq) in batch.streams {
            let head = heads.entry(stream).or_insert_with(Head::empty);
            head.seqs.push(seq);
        }
        for (stream, (n, hash)) in batch.heads {
            if let Some(head) = heads.get_mut(&stream) {
                head.n = n;
                head.hash = hash;
            }
        }
        drop(heads);
        let view =
            View { register: Arc::new(self.register.clone()), tree: Arc::new(self.tree.clone()) };
        *self.shared.view.write().unwrap_or_else(PoisonError::into_inner) = view;
    }

    fn judge(&mut self, batch: &mut Batch, request: &Request) -> Result<Receipt, BuildFault> {
        if !good_id(&request.id) {
            return Err(NotDone::BadId.into());
        }
        let name = request_name(&self.receipt_key, request.by.account.0, &request.id);
        if let Some(receipt) = batch.done.get(&name) {
            return Ok(Receipt { repeated: true, ..receipt.clone() });
        }
        if let Some((seq, count)) = self.store.receipt(&name)? {
            return Ok(self.receipt_again(seq, count)?);
        }
        if let Some((stream, version)) = request.if_version {
            let newest = self.head(batch, stream).map_or(0, |(n, _)| n);
            if newest != version {
                return Err(NotDone::Conflict { newest }.into());
            }
        }
        let at = request.at.unwrap_or(batch.log_time);
        let now = Now { by: request.by, today: request.today, at };
        let deeds = decide(&batch.register, &request.command, &now)
            .map_err(|refusal| BuildFault::NotDone(NotDone::Refused(refusal)))?;
        let receipt = self.record(batch, request, at, deeds)?;
        let Receipt { seq, count: n, .. } = receipt;
        if n > 0 {
            batch.rows.receipts.push(ReceiptRow { request: name, seq, n });
            batch.done.insert(name, receipt.clone());
        }
        Ok(receipt)
    }

    /// Adds all that a command leaves to the batch, or nothing.
    fn record(
        &mut self,
        batch: &mut Batch,
        request: &Request,
        at: Moment,
        deeds: Vec<Deed>,
    ) -> Result<Receipt, BuildFault> {
        let mut mark = Mark {
            register: batch.register.clone(),
            leaves: batch.rows.leaves.len(),
            disclosures: batch.rows.disclosures.len(),
            moved: Vec::new(),
        };
        let first = batch.next;
        let count = deeds.len() as u64;
        let (policy, calendar) = batch.register.basis();
        let basis = Basis { policy, calendar };
        let mut receipt =
            Receipt { seq: first, count, stream: None, n: 0, hash: None, repeated: false };
        for (deed, k) in deeds.into_iter().zip(1..) {
            let (n, prev) = match self.head(batch, deed.stream) {
                Some((n, hash)) => (n + 1, Some(hash)),
                None => (1, None),
            };
            let cmd = CommandRef { id: &request.id, k, n: count };
            let header = Header {
                seq: batch.next,
                log_time: batch.log_time,
                t: at,
                cmd,
                by: request.by,
                stream: deed.stream,
                n,
                prev,
                basis,
            };
            match self.add(batch, &mut mark, &header, &deed) {
                Ok(hash) if receipt.hash.is_none() => {
                    receipt = Receipt { stream: Some(deed.stream), n, hash: Some(hash), ..receipt };
                }
                Ok(_) => {}
                Err(fault) => {
                    batch.go_back(mark);
                    return Err(fault);
                }
            }
        }
        Ok(receipt)
    }

    /// Adds one event to the batch: its rows, and what it changes.
    fn add(
        &mut self,
        batch: &mut Batch,
        mark: &mut Mark,
        header: &Header<'_>,
        deed: &Deed,
    ) -> Result<Hash, BuildFault> {
        let (json, event) = read_back(deed.stream, &deed.event)?;
        let built = leaf::build(header, json, deed.sealed, &mut self.dice)?;
        let Built { leaf, hash, openings } = built;
        for opening in openings {
            let ciphertext = self.encrypt(header.seq, &opening)?;
            batch.rows.disclosures.push(DisclosureRow {
                seq: header.seq,
                name: opening.name,
                subject: opening.subject,
                alg: i64::from(ALG),
                ciphertext,
            });
        }
        let Header { seq, t, by, stream, n, .. } = *header;
        let entry = Entry { seq, at: t, by, stream, n, event };
        batch.register.apply(&entry).map_err(NotDone::Broken)?;
        batch.rows.leaves.push(LeafRow { seq, leaf, hash });
        mark.moved.push((stream, batch.heads.insert(stream, (n, hash))));
        batch.streams.push((stream, seq));
        batch.next += 1;
        Ok(hash)
    }

    fn encrypt(&mut self, seq: u64, opening: &leaf::Opening) -> Result<Vec<u8>, BuildFault> {
        let subject = Subject::parse(&opening.subject);
        let key = subject.and_then(|subject| self.keys.ensure(&subject));
        let key = key.map_err(|fault| {
            if let LedgerFault::Erased { subject } | LedgerFault::BadSubject { subject } = fault {
                // Somebody whose data were erased is written about again, or a subject is
                // misspelt: the rules' affair, not a failing disk.
                BuildFault::NotDone(NotDone::BadEvent { detail: subject })
            } else {
                BuildFault::Ledger(fault)
            }
        })?;
        let place = bound(seq, &opening.name, &opening.subject);
        Ok(key.seal(&mut self.dice, &place, opening.disclosure.as_bytes())?)
    }

    fn head(&self, batch: &Batch, stream: Stream) -> Option<(u64, Hash)> {
        batch.heads.get(&stream).copied().or_else(|| {
            let heads = self.shared.heads.read().unwrap_or_else(PoisonError::into_inner);
            heads.get(&stream).map(|head| (head.n, head.hash))
        })
    }

    /// The receipt of a command that is in the log.
    fn receipt_again(&self, seq: u64, count: u64) -> Result<Receipt, LedgerFault> {
        let found = self.store.one(seq, |raw| {
            let hash = Hash::from_slice(raw.hash);
            let told = read::entry(&raw, &self.keys)?.told;
            Ok((hash, told.map(|told| (told.entry.stream, told.entry.n))))
        })?;
        let (hash, told) = found.unwrap_or((None, None));
        let n = told.map_or(0, |(_, n)| n);
        let stream = told.map(|(stream, _)| stream);
        Ok(Receipt { seq, count, stream, n, hash, repeated: true })
    }
}

impl Batch {
    fn go_back(&mut self, mark: Mark) {
        self.register = mark.register;
        self.next -= (self.rows.leaves.len() - mark.leaves) as u64;
        self.rows.leaves.truncate(mark.leaves);
        self.streams.truncate(mark.leaves);
        self.rows.disclosures.truncate(mark.disclosures);
        for (stream, before) in mark.moved.into_iter().rev() {
            match before {
                Some(head) => self.heads.insert(stream, head),
                None => self.heads.remove(&stream),
            };
        }
    }
}

fn good_id(id: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-');
    !id.is_empty() && id.len() <= ID_MAX && id.bytes().all(good)
}

/// The event as JSON, and as it will be read one day. An event that does not come back the same
/// must never enter a log that cannot be changed.
fn read_back(stream: Stream, event: &Event) -> Result<(Value, Event), NotDone> {
    let bad = |error: serde_json::Error| NotDone::BadEvent { detail: error.to_string() };
    let mut json = serde_json::to_value(event).map_err(bad)?;
    drop_nulls(&mut json);
    let again = Event::read(stream, &json).map_err(bad)?;
    if again == *event {
        Ok((json, again))
    } else {
        Err(NotDone::BadEvent { detail: json["type"].to_string() })
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests;
