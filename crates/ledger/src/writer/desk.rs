//! The desk, where commands are handed in.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

use crossbeam_channel::{Receiver, Select, Sender, TrySendError, bounded};

use super::{Fair, Job, Judge, Receipt, Reply, Request, answer::owed};
use crate::error::{LedgerFault, NotDone};

/// Commands that may wait; one more is answered `Busy`.
const QUEUE: usize = 1024;

/// The queue to the one writer. Whoever holds the judge is the writer: the two threads as long as
/// there is something in the queue or under way, or a client whose command comes while all is at
/// rest. Commands are taken out of the queue only by the holder, so each is judged in its turn.
pub(crate) struct Desk {
    judge: Arc<Mutex<Judge>>,
    /// `None` once it is closing.
    queue: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl Desk {
    /// Starts the two threads that write.
    pub(crate) fn open(judge: Judge) -> std::io::Result<Desk> {
        let (queue, jobs) = bounded(QUEUE);
        // One batch is judged while one is written, so neither side ever waits to hand over.
        let (fair, batches) = bounded(1);
        let (landed, written) = bounded(1);
        let thread = |name: &str| std::thread::Builder::new().name(name.to_owned());
        let scribe = Arc::clone(&judge.scribe);
        let judge = Arc::new(Mutex::new(judge));
        let own = Arc::clone(&judge);
        let judging = thread("ledger-judge").spawn(move || {
            // Caught not to go on, but to tell all who wait: what a closed queue holds is not
            // dropped until its last sender is.
            let served = catch_unwind(AssertUnwindSafe(|| serve(&own, &jobs, &fair, &written)));
            jobs.iter().for_each(|job| (job.reply)(Err(NotDone::Stopped)));
            drop(served);
        })?;
        let writing = thread("ledger-scribe").spawn(move || scribe.serve(&batches, &landed))?;
        Ok(Desk { judge, queue: Some(queue), threads: vec![judging, writing] })
    }

    /// Hands a command in and waits until it is on the disk, or not done.
    pub(crate) fn submit(&self, request: Request) -> Result<Receipt, NotDone> {
        if let Ok(mut judge) = self.judge.try_lock()
            && self.queue.as_ref().is_some_and(Sender::is_empty)
            && judge.has_no_keys_to_make()
        {
            // Waking the two threads, and being woken, would take longer than all the rest.
            return judge.alone(&request);
        }
        let (owed, awaited) = owed();
        self.submit_with(request, Box::new(move |answer| owed.give(answer)));
        awaited.wait()
    }

    /// Folds the log again between two batches: whoever holds the judge finds nothing under way.
    /// When the writer is gone the register goes with it, since opening folds it anew.
    pub(crate) fn fold_again(&self) -> Result<(), LedgerFault> {
        self.judge.lock().map_or(Ok(()), |mut judge| judge.fold_again())
    }

    /// Hands a command in and returns at once.
    pub(crate) fn submit_with(&self, request: Request, reply: Reply) {
        let job = Job { request, reply };
        let Some(queue) = &self.queue else { return (job.reply)(Err(NotDone::Stopped)) };
        match queue.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(job)) => (job.reply)(Err(NotDone::Busy)),
            Err(TrySendError::Disconnected(job)) => (job.reply)(Err(NotDone::Stopped)),
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // Without a sender the writer finishes what it has taken and ends.
        self.queue = None;
        for thread in self.threads.drain(..) {
            // A panic of a writer has been printed already, and there is nobody to tell.
            drop(thread.join());
        }
    }
}

/// Takes the judge whenever a command waits, until every sender is gone.
fn serve(
    judge: &Mutex<Judge>,
    jobs: &Receiver<Job>,
    fair: &Sender<Fair>,
    written: &Receiver<Result<(), NotDone>>,
) {
    let mut waiting = Select::new();
    waiting.recv(jobs);
    loop {
        waiting.ready();
        // A client that panicked as the writer may have written what the judge does not know of.
        let Ok(mut judge) = judge.lock() else { return };
        if !judge.serve(jobs, fair, written) {
            return;
        }
    }
}
