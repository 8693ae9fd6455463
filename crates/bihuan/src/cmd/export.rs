//! `bihuan export`: the ledger as a workbook, or the log's checkpoint.

use crate::shell::{Shell, Trouble};
use crate::store::Desk;
use clap::ValueEnum;
use std::path::PathBuf;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Size and root of the log, to be kept elsewhere
    Checkpoint,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_enum)]
    kind: Kind,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    data: super::Data,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let ledger = Desk::look(shell, &args.data.dir(shell))?;
    let bytes = match args.kind {
        Kind::Checkpoint => ledger.checkpoint().into_bytes(),
    };
    std::fs::write(&args.out, &bytes).map_err(|error| {
        let said = [("file", args.out.display().to_string()), ("why", error.to_string())];
        Trouble::Input(shell.say("cli-cannot-write", &said))
    })?;
    let said = [("file", args.out.display().to_string()), ("bytes", bytes.len().to_string())];
    shell.line(&shell.say("cli-exported", &said));
    Ok(())
}
