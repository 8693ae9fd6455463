//! What ties entries together: numbers, times, streams, commands. Both opening and verifying walk
//! the log with it.

use std::collections::{HashMap, HashSet};

use rules::record::{Moment, Stream};

use crate::{
    error::{Fault, Place, What},
    hash::Hash,
    read::Told,
};

/// The newest state of a stream, and where its entries are.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// Its version: the number of its newest entry.
    pub(crate) n: u64,
    /// The leaf hash of its newest entry.
    pub(crate) hash: Hash,
    /// All its entries.
    pub(crate) seqs: Vec<u64>,
}

impl Head {
    /// A stream without entries yet.
    pub(crate) fn empty() -> Head {
        Head { n: 0, hash: Hash([0; 32]), seqs: Vec::new() }
    }
}

pub(crate) type Heads = HashMap<Stream, Head>;

/// A command whose entries are all there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finished {
    pub(crate) account: u32,
    pub(crate) id: String,
    pub(crate) seq: u64,
    pub(crate) n: u64,
}

/// A command of which more entries must come.
#[derive(Clone, Debug)]
struct Begun {
    command: Finished,
    /// Entries seen so far.
    seen: u64,
}

/// Walks along the log, one entry after the other.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    pub(crate) heads: Heads,
    pub(crate) log_time: Option<Moment>,
    pub(crate) next: u64,
    /// Sealed streams of which erased entries are missing.
    torn: HashSet<Stream>,
    begun: Option<Begun>,
    /// Entries passed so far whose sealed bodies were erased.
    passed: u64,
    /// How many of them come directly before the next entry and belong to no command begun.
    blind: u64,
}

impl Chain {
    /// Checks number and time of the next entry.
    pub(crate) fn step(&mut self, seq: u64, log_time: Moment) -> Result<(), Fault> {
        if seq != self.next {
            return Err(Fault::at(Place::Entry(seq), What::Gap(self.next)));
        }
        if self.log_time.is_some_and(|before| log_time < before) {
            return Err(Fault::at(Place::Entry(seq), What::MemberWrong("log_time")));
        }
        self.log_time = Some(log_time);
        self.next += 1;
        Ok(())
    }

    /// Whether the next entry begins a command.
    pub(crate) fn between_commands(&self) -> bool {
        self.begun.is_none()
    }

    /// Checks the entry's place in its stream and its command. Returns the command when this
    /// entry is its last.
    pub(crate) fn link(&mut self, told: &Told, hash: Hash) -> Result<Option<Finished>, Fault> {
        let seq = told.entry.seq;
        let wrong = |member| Fault::at(Place::Entry(seq), What::MemberWrong(member));
        let head = self.heads.entry(told.entry.stream).or_insert_with(Head::empty);
        // What an erased body said of its stream nobody knows: a sealed stream may have holes.
        let hole = told.sealed && self.passed > 0 && told.entry.n > head.n + 1;
        if told.entry.n != head.n + 1 && !hole {
            return Err(wrong("n"));
        }
        if told.prev != (head.n > 0).then_some(head.hash) && !hole {
            return Err(wrong("prev"));
        }
        if hole {
            self.torn.insert(told.entry.stream);
        }
        head.n = told.entry.n;
        head.hash = hash;
        head.seqs.push(seq);
        self.link_command(told)
    }

    fn link_command(&mut self, told: &Told) -> Result<Option<Finished>, Fault> {
        let seq = told.entry.seq;
        let wrong = Fault::at(Place::Entry(seq), What::MemberWrong("cmd"));
        let mut begun = match self.begun.take() {
            // The first entries of the command may be among those whose bodies were erased.
            None if (1..=self.blind + 1).contains(&told.k) => {
                let seen = told.k - 1;
                let id = told.cmd_id.clone();
                let account = told.entry.by.account.0;
                let first = Finished { account, id, seq: seq - seen, n: told.of };
                Begun { command: first, seen }
            }
            None => return Err(wrong),
            Some(begun) => {
                let same = begun.command.id == told.cmd_id
                    && begun.command.account == told.entry.by.account.0
                    && begun.command.n == told.of;
                if !same {
                    return Err(Fault::at(Place::Entry(seq), What::CommandCut));
                }
                begun
            }
        };
        begun.seen += 1;
        self.blind = 0;
        if told.k != begun.seen || told.k > told.of {
            return Err(wrong);
        }
        if begun.seen == begun.command.n {
            return Ok(Some(begun.command));
        }
        self.begun = Some(begun);
        Ok(None)
    }

    /// Whether entries of this stream, up to the newest one linked, are known to be missing.
    pub(crate) fn is_torn(&self, stream: Stream) -> bool {
        self.torn.contains(&stream)
    }

    /// How many sealed bodies were found erased so far.
    pub(crate) fn passed(&self) -> u64 {
        self.passed
    }

    /// Passes an entry whose sealed body has been erased: what it said is not known any more.
    pub(crate) fn pass(&mut self) -> Option<Finished> {
        self.passed += 1;
        let Some(mut begun) = self.begun.take() else {
            self.blind += 1;
            return None;
        };
        begun.seen += 1;
        if begun.seen == begun.command.n {
            return Some(begun.command);
        }
        self.begun = Some(begun);
        None
    }

    /// The log may not end inside a command.
    pub(crate) fn end(&self) -> Result<(), Fault> {
        match &self.begun {
            None => Ok(()),
            Some(_) => Err(Fault::at(Place::Entry(self.next.saturating_sub(1)), What::CommandCut)),
        }
    }
}
