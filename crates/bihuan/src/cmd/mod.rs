//! One file per verb of the command line.

pub(crate) mod adopt;
mod auditor;
pub(crate) mod checkup;
pub(crate) mod clock;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod import;
mod import_matters;
pub(crate) mod plan;
#[cfg(feature = "rehearsal")]
pub(crate) mod rehearse;
pub(crate) mod serve;
mod signers;
mod thrown_away;
pub(crate) mod token;
pub(crate) mod verify;
pub(crate) mod witness;

use crate::shell::{Shell, Trouble};
use crate::store::now;
use rules::calendar::Day;
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
        self.named(shell).unwrap_or_else(|| PathBuf::from("data"))
    }

    /// The directory that the command line or the configuration names.
    pub(crate) fn named(&self, shell: &Shell) -> Option<PathBuf> {
        self.data.clone().or_else(|| shell.config.data.clone())
    }
}

/// The day that a verb is told, or today.
pub(crate) fn today(shell: &Shell, told: Option<&str>) -> Result<Day, Trouble> {
    let Some(text) = told else { return Ok(now().office_day()) };
    let said = |code| Trouble::Input(shell.say(code, &[("text", text.to_owned())]));
    Day::parse(text).map_err(|fault| said(fault.code()))
}
