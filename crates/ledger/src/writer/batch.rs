//! A batch: commands that are written together, and the state they lead to.

use std::{collections::HashMap, sync::Arc};

use rules::record::{Moment, Register, Stream};

use crate::{
    error::NotDone,
    hash::Hash,
    log::BatchRows,
    tree::Tree,
    writer::{Fair, Receipt, Reply, View},
};

/// Where the log stands, as far as a batch builds on it.
pub(crate) struct Tip {
    pub(crate) view: View,
    pub(crate) log_time: Option<Moment>,
}

/// What a batch adds to what is known of streams and requests.
#[derive(Default)]
pub(crate) struct Added {
    /// Streams that the batch has moved: version and leaf hash.
    pub(crate) heads: HashMap<Stream, (u64, Hash)>,
    /// Commands that left entries, by the names of their requests.
    pub(crate) done: HashMap<Hash, Receipt>,
}

/// Commands judged so far, with the answers they will get.
pub(crate) struct Batch {
    pub(crate) register: Register,
    pub(crate) log_time: Moment,
    /// The number of the next entry.
    pub(crate) next: u64,
    pub(crate) rows: BatchRows,
    /// The stream of each entry, in order.
    pub(crate) streams: Vec<(Stream, u64)>,
    pub(crate) added: Added,
    pub(crate) answers: Vec<(Reply, Result<Receipt, NotDone>)>,
}

/// Where a batch stood before a command, to go back to when the command fails.
pub(crate) struct Mark {
    /// `None` where the command leaves at most one entry: one that the register does not take in
    /// changes nothing. As long as there is a copy, whatever changes must be copied first.
    register: Option<Register>,
    leaves: usize,
    disclosures: usize,
    pub(crate) moved: Vec<(Stream, Option<(u64, Hash)>)>,
}

impl Batch {
    /// An empty batch on top of `tip`.
    pub(crate) fn on(tip: &Tip, now: Moment) -> Batch {
        Batch {
            register: Register::clone(&tip.view.register),
            log_time: tip.log_time.map_or(now, |last| last.max(now)),
            next: tip.view.tree.size(),
            rows: BatchRows::default(),
            streams: Vec::new(),
            added: Added::default(),
            answers: Vec::new(),
        }
    }

    /// Where it stands before a command of `count` entries.
    pub(crate) fn mark(&self, count: u64) -> Mark {
        Mark {
            register: (count > 1).then(|| self.register.clone()),
            leaves: self.rows.leaves.len(),
            disclosures: self.rows.disclosures.len(),
            moved: Vec::new(),
        }
    }

    pub(crate) fn go_back(&mut self, mark: Mark) {
        if let Some(register) = mark.register {
            self.register = register;
        }
        self.next -= (self.rows.leaves.len() - mark.leaves) as u64;
        self.rows.leaves.truncate(mark.leaves);
        self.streams.truncate(mark.leaves);
        self.rows.disclosures.truncate(mark.disclosures);
        for (stream, before) in mark.moved.into_iter().rev() {
            match before {
                Some(head) => self.added.heads.insert(stream, head),
                None => self.added.heads.remove(&stream),
            };
        }
    }

    /// The batch as it is to be written, and where the log stands then. `durable` is what it
    /// builds on.
    pub(crate) fn fair_copy(mut self, durable: &Tip) -> (Fair, Tip) {
        let mut tree = Tree::clone(&durable.view.tree);
        let tiles = &mut self.rows.tiles;
        for row in &self.rows.leaves {
            tree.push(row.hash, |tile| tiles.push(tile));
        }
        let log_time =
            if self.rows.leaves.is_empty() { durable.log_time } else { Some(self.log_time) };
        let Batch { register, mut rows, streams, added, answers, .. } = self;
        let view = View { register: Arc::new(register), tree: Arc::new(tree) };
        rows.tree = Arc::clone(&view.tree);
        let tip = Tip { view: view.clone(), log_time };
        (Fair { rows, view, streams, added: Arc::new(added), answers }, tip)
    }

    /// Tells everybody that nothing of the batch was done.
    pub(crate) fn refuse(self, not_done: &NotDone) {
        for (reply, _) in self.answers {
            reply(Err(not_done.clone()));
        }
    }
}
