//! 账: the append-only log and what is kept beside it.
//!
//! Commands go in through [`Ledger::submit`]; `rules::decide` makes events of them; each event
//! becomes a leaf of a Merkle tree (RFC 6962) with its texts beside it, encrypted under keys that
//! can be destroyed. The register that pages read is folded from the log at start. [`verify`]
//! rechecks all of it. The crate names no event and no command: new ones need no change here.
//!
//! Start reading at `leaf` (the form that can never change), then `writer`, then `verify`.

pub mod accounts;
mod canon;
mod chain;
mod chance;
pub mod checkpoint;
mod checkpoints;
pub mod commit;
pub mod disclosure;
mod erasure;
mod error;
mod files;
mod fold;
mod hash;
mod kept;
mod keys;
mod leaf;
mod ledger;
mod log;
mod marks;
pub mod note;
pub mod proof;
mod read;
mod receipts;
mod scan;
mod seal;
mod texts;
pub mod tiles;
mod told;
pub mod tree;
pub mod trust_policy;
mod verify;
pub mod witness;
mod writer;

pub use chance::Chance;
pub use checkpoints::{Checkpoints, Signed, log_key, sm2_key};
pub use erasure::{Certificate, Destroyed};
pub use error::{Args, Fault, LedgerFault, NotDone, Place, What};
pub use hash::Hash;
pub use kept::{EvidenceId, FILE_MAX, Kept};
pub use leaf::{Basis, DISCLOSURE_MAX, LEAF_MAX, SEALED, VERSION};
pub use ledger::{Ledger, OpenOptions};
pub use seal::Key;
pub use told::{Recorded, Told};
pub use tree::InclusionProof;
pub use verify::{Exhibit, Verified, VerifyOptions, verify};
pub use writer::{Clock, Receipt, Request};
