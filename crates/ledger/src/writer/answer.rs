//! How a client that waits gets its answer.
//!
//! A channel would spin and yield before it sleeps. A client sleeps for as long as a flush takes,
//! and where there are more clients than cores that time is taken from the writer.

use std::{
    sync::{Arc, OnceLock},
    thread::Thread,
};

use crate::{error::NotDone, writer::Receipt};

type Slot = Arc<OnceLock<Result<Receipt, NotDone>>>;

/// The writer's end. Dropped without an answer, it says that the writer has stopped.
pub(crate) struct Owed {
    slot: Slot,
    waits: Thread,
}

/// The client's end.
pub(crate) struct Awaited(Slot);

/// An answer that this thread will wait for.
pub(crate) fn owed() -> (Owed, Awaited) {
    let slot = Slot::default();
    (Owed { slot: Arc::clone(&slot), waits: std::thread::current() }, Awaited(slot))
}

impl Owed {
    pub(crate) fn give(self, answer: Result<Receipt, NotDone>) {
        // Nobody else has this end, so there is no answer yet; dropping it wakes the client.
        let _only_answer = self.slot.set(answer);
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        self.slot.get_or_init(|| Err(NotDone::Stopped));
        self.waits.unpark();
    }
}

impl Awaited {
    /// Waits on the thread that asked.
    pub(crate) fn wait(self) -> Result<Receipt, NotDone> {
        loop {
            if let Some(answer) = self.0.get() {
                return answer.clone();
            }
            std::thread::park();
        }
    }
}
