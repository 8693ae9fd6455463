//! The one writer: takes commands from a bounded queue, judges each, commits them together.
//!
//! It is two threads, so that nobody waits for the disk in order to think: the judge decides and
//! builds the entries of one batch while the scribe writes the batch before. A command that comes
//! alone is judged and written by the client itself. Nothing is answered before COMMIT has
//! returned, not even a refusal: it may rest on a command that a failing disk would undo.

mod again;
mod answer;
mod batch;
mod desk;
mod scribe;

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use crossbeam_channel::{Receiver, Sender, select};
use rules::{
    calendar::Day,
    record::{By, Command, Deed, Entry, Event, Moment, Now, Register, Stream, decide},
};
use serde_json::Value;

use self::batch::{Batch, Mark};
pub(crate) use self::{
    batch::{Added, Tip},
    desk::Desk,
    scribe::{Fair, Scribe},
};
use crate::{
    chain::Heads,
    chance::Dice,
    error::{LedgerFault, NotDone},
    fold::request_name,
    hash::Hash,
    keys::{Keys, Subject},
    leaf::{self, Basis, BuildFault, Built, CommandRef, Header},
    log::{
        DisclosureRow, LeafRow, ReceiptRow,
        sqlite::{self, Store},
    },
    read::{self, bound},
    receipts::Receipts,
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

    /// Why no command is taken, if none is.
    fn closed(&self) -> Result<(), NotDone> {
        if self.stopped.load(Ordering::Acquire) {
            return Err(NotDone::Stopped);
        }
        if self.read_only.load(Ordering::Acquire) { Err(NotDone::ReadOnly) } else { Ok(()) }
    }

    /// Notes a failure of the store: a full disk can be helped, anything else ends the writing.
    fn fail(&self, fault: &LedgerFault) -> NotDone {
        tracing::error!(code = fault.code(), detail = ?fault.args(), "the ledger failed to write");
        if let LedgerFault::Database { source, .. } = fault
            && sqlite::is_full(source)
        {
            self.read_only.store(true, Ordering::Release);
            return NotDone::ReadOnly;
        }
        self.stopped.store(true, Ordering::Release);
        NotDone::Stopped
    }
}

/// Judges commands, one after the other, and hands them to the scribe in batches.
pub(crate) struct Judge {
    /// For reading the receipts of commands that come again.
    pub(crate) store: Store,
    pub(crate) keys: Arc<Keys>,
    pub(crate) shared: Arc<Shared>,
    pub(crate) scribe: Arc<Scribe>,
    pub(crate) clock: Clock,
    pub(crate) dice: Dice,
    pub(crate) receipt_key: Key,
    pub(crate) receipts: Receipts,
    /// Where the log stands on the disk.
    pub(crate) durable: Tip,
    /// The batch that the scribe is writing: where the log will stand, and what it adds.
    pub(crate) flying: Option<(Tip, Arc<Added>)>,
    /// Whether the register is folded with texts.
    pub(crate) texts: bool,
}

impl Judge {
    /// Serves until nothing is in the queue or under way; `false` when nothing more will come.
    /// While the scribe writes one batch, the next is judged on top of it; an answer waits for
    /// its own batch, and a batch for the one before.
    fn serve(
        &mut self,
        jobs: &Receiver<Job>,
        fair: &Sender<Fair>,
        written: &Receiver<Result<(), NotDone>>,
    ) -> bool {
        let mut open = None;
        let mut ended = false;
        loop {
            while !is_full(open.as_ref()) {
                match jobs.try_recv() {
                    Ok(job) => self.take(&mut open, job),
                    Err(error) => {
                        ended = error.is_disconnected();
                        break;
                    }
                }
            }
            if self.flying.is_none() {
                let Some(batch) = open.take() else { return !ended };
                if batch.answers.len() == 1 {
                    // Waking another thread for it would take longer than judging.
                    // The failure has been answered, and nothing builds on it yet.
                    let _not_done = self.write(batch);
                    self.scribe.make_keys_ahead();
                    continue;
                }
                let copy = self.fly(batch);
                if fair.send(copy).is_err() {
                    return false;
                }
            }
            let no_job = crossbeam_channel::never();
            let takes_job = !ended && !is_full(open.as_ref());
            select! {
                recv(if takes_job { jobs } else { &no_job }) -> job => match job {
                    Ok(job) => self.take(&mut open, job),
                    Err(_) => ended = true,
                },
                recv(written) -> outcome => {
                    // Without a scribe nothing more will be written.
                    let Ok(outcome) = outcome else { return false };
                    if let Err(not_done) = self.land(outcome) {
                        open.take().into_iter().for_each(|batch| batch.refuse(&not_done));
                    }
                }
            }
        }
    }

    /// Judges and writes one command, on the client's own thread, while all is at rest.
    fn alone(&mut self, request: &Request) -> Result<Receipt, NotDone> {
        let mut batch = self.new_batch();
        let answer = self.answer(&mut batch, request);
        self.write(batch).and(answer)
    }

    /// Whether everything that may wait for leisure has been done.
    fn has_no_keys_to_make(&self) -> bool {
        !self.keys.wants_more()
    }

    /// Writes a batch on this thread, while no other is under way.
    fn write(&mut self, batch: Batch) -> Result<(), NotDone> {
        let copy = self.fly(batch);
        let outcome = self.scribe.write(copy);
        self.land(outcome)
    }

    /// Closes a batch: it is under way from now on.
    fn fly(&mut self, batch: Batch) -> Fair {
        let (copy, tip) = batch.fair_copy(&self.durable);
        self.flying = Some((tip, Arc::clone(&copy.added)));
        copy
    }

    /// Notes what became of the batch that flew. On an error, what was judged on top of it falls.
    fn land(&mut self, outcome: Result<(), NotDone>) -> Result<(), NotDone> {
        let flown = self.flying.take();
        outcome?;
        if let Some((tip, added)) = flown {
            self.durable = tip;
            for (name, receipt) in &added.done {
                self.receipts.add(name, receipt.seq);
            }
        }
        Ok(())
    }

    fn new_batch(&self) -> Batch {
        let tip = self.flying.as_ref().map_or(&self.durable, |(tip, _)| tip);
        Batch::on(tip, (self.clock)())
    }

    /// Judges a command on top of the open batch, which begins with it if there is none.
    fn take(&mut self, open: &mut Option<Batch>, job: Job) {
        let batch = open.get_or_insert_with(|| self.new_batch());
        let answer = self.answer(batch, &job.request);
        batch.answers.push((job.reply, answer));
    }

    /// The answer to a command, if its batch gets onto the disk.
    fn answer(&mut self, batch: &mut Batch, request: &Request) -> Result<Receipt, NotDone> {
        self.shared.closed()?;
        self.judge(batch, request).map_err(|fault| match fault {
            BuildFault::NotDone(not_done) => not_done,
            BuildFault::Ledger(fault) => self.shared.fail(&fault),
        })
    }

    fn judge(&mut self, batch: &mut Batch, request: &Request) -> Result<Receipt, BuildFault> {
        if !good_id(&request.id) {
            return Err(NotDone::BadId.into());
        }
        let name = request_name(&self.receipt_key, request.by.account.0, &request.id);
        let flying = self.flying.as_ref().and_then(|(_, added)| added.done.get(&name));
        if let Some(receipt) = batch.added.done.get(&name).or(flying) {
            return Ok(Receipt { repeated: true, ..receipt.clone() });
        }
        if let Some(row) = self.receipts.find(&self.store, &name)? {
            return Ok(self.receipt_again(row.seq, row.n)?);
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
            batch.added.done.insert(name, receipt.clone());
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
        let first = batch.next;
        let count = deeds.len() as u64;
        let mut mark = batch.mark(count);
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
        mark.moved.push((stream, batch.added.heads.insert(stream, (n, hash))));
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
        let flying = self.flying.as_ref().and_then(|(_, added)| added.heads.get(&stream));
        batch.added.heads.get(&stream).or(flying).copied().or_else(|| {
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

fn is_full(open: Option<&Batch>) -> bool {
    open.is_some_and(|batch| batch.answers.len() >= BATCH_MAX)
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
