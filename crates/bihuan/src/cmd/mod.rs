//! One file per verb of the command line.

pub(crate) mod adopt;
pub(crate) mod checkup;
pub(crate) mod clock;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod plan;
#[cfg(feature = "rehearsal")]
pub(crate) mod rehearse;
pub(crate) mod verify;

use crate::shell::Shell;
use std::path::PathBuf;

/// Where the ledger lies.
#[derive(clap::Args)]
pub(crate) struct Data {
    /// The data directory; by default `data`
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Data {
    pub(crate) fn dir(&self, shell: &Shell) -> PathBuf {
        let configured = || shell.config.data.clone();
        self.data.clone().or_else(configured).unwrap_or_else(|| PathBuf::from("data"))
    }
}
