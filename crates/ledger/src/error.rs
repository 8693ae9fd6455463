//! What can be wrong with a ledger, and why a command was not done.
//!
//! No sentence stands here: `code()` and `args()` lead to the words of `crates/words`.

use std::{fmt, io, path::PathBuf};

use rules::record::{BrokenHistory, Refusal};

use crate::note::NoteFault;

/// Named values that fill a sentence.
pub type Args = Vec<(&'static str, String)>;

/// Where in the store a fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An entry of the log, by its number.
    Entry(u64),
    /// A disclosure row, by entry and name.
    Disclosure(u64, String),
    /// The receipt of the command that begins at this entry.
    Receipt(u64),
    Frontier,
    /// A tile, by level and index.
    Tile(u64, u64),
    /// A key, by its subject.
    Key(String),
    /// A kept file, by its id.
    File(String),
    /// A row of the store's own description.
    Meta(String),
    /// A database file as such, by its name.
    Database(&'static str),
    /// The checkpoint that was handed in for comparison.
    Checkpoint,
    /// A checkpoint that was signed here, by its size.
    StoredCheckpoint(u64),
    /// The checkpoint of a directory of tiles.
    Exported,
}

impl fmt::Display for Place {
    /// A coordinate, the same in every language: `#12`, `#12 /reason`, `tile 0/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Entry(seq) => write!(f, "#{seq}"),
            Place::Disclosure(seq, name) => write!(f, "#{seq} disclosure {name:?}"),
            Place::Receipt(seq) => write!(f, "#{seq} receipt"),
            Place::Frontier => f.write_str("frontier"),
            Place::Tile(level, index) => write!(f, "tile {level}/{index}"),
            Place::Key(subject) => write!(f, "key {subject:?}"),
            Place::File(id) => write!(f, "kept {id}"),
            Place::Meta(name) => write!(f, "meta {name}"),
            Place::Database(name) => f.write_str(name),
            Place::Checkpoint => f.write_str("checkpoint"),
            Place::StoredCheckpoint(size) => write!(f, "checkpoint {size}"),
            Place::Exported => f.write_str("tiles"),
        }
    }
}

/// What is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An entry is not where its number says; the number that was expected.
    Gap(u64),
    LeafTooLarge,
    LeafNotCanonical,
    HashWrong,
    /// A member of the leaf is missing, of the wrong kind or of the wrong value.
    MemberWrong(&'static str),
    /// A format version this release does not know.
    VersionUnknown(String),
    /// An event this release cannot read: its type, and what the reader said.
    EventUnreadable(String, String),
    /// The log ends, or another command begins, before this one is whole.
    CommandCut,
    /// `evolve` finds the history impossible; its code.
    HistoryBroken(&'static str),
    Missing,
    /// A row that nothing in the log calls for.
    Extra,
    /// Its value is not what the log gives.
    Differs,
    /// Its ciphertext does not open: altered, or under another key.
    Unopened,
    /// It opens, but to something that this entry does not commit to.
    Foreign,
    /// The key is gone and no erasure says why.
    KeyMissing,
    /// The plaintext's hash is not the one the event committed to.
    PlainDiffers,
    /// The key was destroyed, and no approved erasure in the log says why.
    ErasedUnasked,
    /// An erasure was approved, and the key is still there.
    NotErased,
    /// The database engine could not read it; what it said.
    Unreadable(String),
    /// Its signatures do not hold, or are too few.
    Untrusted(NoteFault),
}

/// One thing wrong in a store, and where. The first one found ends the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub what: What,
}

impl Fault {
    /// `what` is wrong at `place`.
    pub fn at(place: Place, what: What) -> Fault {
        Fault { place, what }
    }

    /// The entry concerned, when there is one.
    pub fn seq(&self) -> Option<u64> {
        match &self.place {
            Place::Entry(seq) | Place::Disclosure(seq, _) | Place::Receipt(seq) => Some(*seq),
            Place::Frontier
            | Place::Tile(..)
            | Place::Key(_)
            | Place::File(_)
            | Place::Meta(_)
            | Place::Database(_)
            | Place::Checkpoint
            | Place::StoredCheckpoint(_)
            | Place::Exported => None,
        }
    }

    /// The message's name in `ledger.ftl`.
    pub fn code(&self) -> &'static str {
        match &self.what {
            What::Gap(_) => "ledger-gap",
            What::LeafTooLarge => "ledger-leaf-too-large",
            What::LeafNotCanonical => "ledger-leaf-not-canonical",
            What::HashWrong => "ledger-hash-wrong",
            What::MemberWrong(_) => "ledger-member-wrong",
            What::VersionUnknown(_) => "ledger-version-unknown",
            What::EventUnreadable(..) => "ledger-event-unreadable",
            What::CommandCut => "ledger-command-cut",
            What::HistoryBroken(_) => "ledger-history-broken",
            What::Missing => "ledger-missing",
            What::Extra => "ledger-extra",
            What::Differs => "ledger-differs",
            What::Unopened => "ledger-unopened",
            What::Foreign => "ledger-foreign",
            What::KeyMissing => "ledger-key-missing",
            What::PlainDiffers => "ledger-plain-differs",
            What::ErasedUnasked => "ledger-erased-unasked",
            What::NotErased => "ledger-not-erased",
            What::Unreadable(_) => "ledger-unreadable",
            What::Untrusted(NoteFault::SignatureWrong { .. }) => "trust-checkpoint-wrong",
            What::Untrusted(NoteFault::NoQuorum { .. }) => "trust-checkpoint-few",
            What::Untrusted(_) => "trust-checkpoint-unsigned",
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Args {
        let mut args = vec![("place", self.place.to_string())];
        match &self.what {
            What::Gap(expected) => args.push(("expected", expected.to_string())),
            What::MemberWrong(member) => args.push(("member", (*member).to_owned())),
            What::VersionUnknown(version) => args.push(("version", version.clone())),
            What::EventUnreadable(kind, detail) => {
                args.push(("type", kind.clone()));
                args.push(("detail", detail.clone()));
            }
            What::HistoryBroken(code) => args.push(("@reason", (*code).to_owned())),
            What::Unreadable(detail) => args.push(("detail", detail.clone())),
            What::Untrusted(fault) => args.extend(fault.args()),
            What::LeafTooLarge
            | What::LeafNotCanonical
            | What::HashWrong
            | What::CommandCut
            | What::Missing
            | What::Extra
            | What::Differs
            | What::Unopened
            | What::Foreign
            | What::KeyMissing
            | What::PlainDiffers
            | What::ErasedUnasked
            | What::NotErased => {}
        }
        args
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.code(), self.args())
    }
}

impl std::error::Error for Fault {}

/// Why a ledger could not be created, opened or read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerFault {
    #[error("ledger-file {}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("ledger-database {doing}")]
    Database { doing: &'static str, source: rusqlite::Error },
    /// Another process writes to this directory.
    #[error("ledger-locked {}", path.display())]
    Locked { path: PathBuf },
    #[error("ledger-already-there {}", path.display())]
    AlreadyThere { path: PathBuf },
    #[error("ledger-not-there {}", path.display())]
    NotThere { path: PathBuf },
    /// The key of keys is not the one that this store's keys are wrapped with.
    #[error("ledger-wrong-kek")]
    WrongKek,
    /// The key of keys is not 32 bytes in hex or base64.
    #[error("ledger-bad-kek")]
    BadKek,
    /// The system gave no random bytes.
    #[error("ledger-no-chance {detail}")]
    NoChance { detail: String },
    /// A subject that is neither `kind` nor `kind/number`.
    #[error("ledger-bad-subject {subject}")]
    BadSubject { subject: String },
    /// A file larger than the store keeps.
    #[error("ledger-file-too-large {size}")]
    FileTooLarge { size: u64 },
    /// The number lies outside the log.
    #[error("ledger-no-such-entry {seq}")]
    NoSuchEntry { seq: u64 },
    /// The key of what was asked for has been destroyed by a lawful erasure.
    #[error("ledger-erased {subject}")]
    Erased { subject: String },
    /// What was asked for is there, and may not be shown (限制处理).
    #[error("ledger-restricted {subject}")]
    Restricted { subject: String },
    #[error("{0}")]
    Note(#[from] NoteFault),
    #[error("{0}")]
    Fault(#[from] Fault),
}

impl LedgerFault {
    /// The message's name in `ledger.ftl`.
    pub fn code(&self) -> &'static str {
        match self {
            LedgerFault::File { .. } => "ledger-file",
            LedgerFault::Database { .. } => "ledger-database",
            LedgerFault::Locked { .. } => "ledger-locked",
            LedgerFault::AlreadyThere { .. } => "ledger-already-there",
            LedgerFault::NotThere { .. } => "ledger-not-there",
            LedgerFault::WrongKek => "ledger-wrong-kek",
            LedgerFault::BadKek => "ledger-bad-kek",
            LedgerFault::NoChance { .. } => "ledger-no-chance",
            LedgerFault::BadSubject { .. } => "ledger-bad-subject",
            LedgerFault::FileTooLarge { .. } => "ledger-file-too-large",
            LedgerFault::NoSuchEntry { .. } => "ledger-no-such-entry",
            LedgerFault::Erased { .. } => "ledger-erased",
            LedgerFault::Restricted { .. } => "ledger-restricted",
            LedgerFault::Note(fault) => fault.code(),
            LedgerFault::Fault(fault) => fault.code(),
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Args {
        let path_arg = |path: &PathBuf| ("path", path.display().to_string());
        match self {
            LedgerFault::File { path, source } => {
                vec![path_arg(path), ("detail", source.to_string())]
            }
            LedgerFault::Database { doing, source } => {
                vec![("doing", (*doing).to_owned()), ("detail", source.to_string())]
            }
            LedgerFault::Locked { path }
            | LedgerFault::AlreadyThere { path }
            | LedgerFault::NotThere { path } => vec![path_arg(path)],
            LedgerFault::WrongKek | LedgerFault::BadKek => Vec::new(),
            LedgerFault::NoChance { detail } => vec![("detail", detail.clone())],
            LedgerFault::BadSubject { subject }
            | LedgerFault::Erased { subject }
            | LedgerFault::Restricted { subject } => {
                vec![("subject", subject.clone())]
            }
            LedgerFault::FileTooLarge { size } => vec![("size", size.to_string())],
            LedgerFault::NoSuchEntry { seq } => vec![("seq", seq.to_string())],
            LedgerFault::Note(fault) => fault.args(),
            LedgerFault::Fault(fault) => fault.args(),
        }
    }

    /// As a fault at a place, for a verification that stumbles over it.
    pub(crate) fn into_fault(self, place: Place) -> Fault {
        if let LedgerFault::Fault(fault) = self {
            return fault;
        }
        if matches!(self, LedgerFault::Erased { .. }) {
            return Fault::at(place, What::KeyMissing);
        }
        let detail = self.args().into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        Fault::at(place, What::Unreadable(detail.join(": ")))
    }
}

/// Why a command left nothing in the log. None of these has changed anything.
#[derive(Clone, Debug, PartialEq)]
pub enum NotDone {
    /// The rules said no.
    Refused(Refusal),
    /// The queue is full; try again shortly.
    Busy,
    /// The stream has moved on since the caller looked; its newest version.
    Conflict { newest: u64 },
    /// The disk was full; an operator has to make room and clear this.
    ReadOnly,
    /// The log does not contain the newest checkpoint that was signed, of this size: it was put
    /// back from an old copy. To write on would make a fork.
    Rewound { known: u64 },
    /// The store failed and this process no longer writes. Restart it.
    Stopped,
    /// An event would not fit its 16 KiB leaf; its size in bytes.
    TooLarge { size: usize },
    /// The request id is empty, longer than 64, or holds other than `A-Z a-z 0-9 . _ : -`.
    BadId,
    /// An event that no leaf can hold or that could never be read again: a defect of the rules.
    BadEvent { detail: String },
    /// The rules made an event that they cannot take in themselves: a defect of the rules.
    Broken(BrokenHistory),
}

impl NotDone {
    /// The message's name: the refusal's own, or one of `ledger.ftl`.
    pub fn code(&self) -> &'static str {
        match self {
            NotDone::Refused(refusal) => refusal.code(),
            NotDone::Busy => "ledger-busy",
            NotDone::Conflict { .. } => "ledger-conflict",
            NotDone::ReadOnly => "ledger-read-only",
            NotDone::Rewound { .. } => "trust-rewound",
            NotDone::Stopped => "ledger-stopped",
            NotDone::TooLarge { .. } => "ledger-too-large",
            NotDone::BadId => "ledger-bad-id",
            NotDone::BadEvent { .. } => "ledger-bad-event",
            NotDone::Broken(_) => "ledger-broken-rules",
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Args {
        match self {
            NotDone::Refused(refusal) => refusal.args(),
            NotDone::Conflict { newest } => vec![("newest", newest.to_string())],
            NotDone::TooLarge { size } => vec![("size", size.to_string())],
            NotDone::Rewound { known } => vec![("known", known.to_string())],
            NotDone::BadEvent { detail } => vec![("detail", detail.clone())],
            NotDone::Broken(broken) => vec![("@reason", broken.code().to_owned())],
            NotDone::Busy | NotDone::ReadOnly | NotDone::Stopped | NotDone::BadId => Vec::new(),
        }
    }
}

impl fmt::Display for NotDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.code(), self.args())
    }
}

impl std::error::Error for NotDone {}
