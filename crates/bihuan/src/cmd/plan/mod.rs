//! `bihuan plan`: what a plan says, and first of all how far it can be supervised.

mod show;

use rules::plan;
use std::path::{Path, PathBuf};

use crate::shell::{Shell, Trouble};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The plan's document: .docx, or plain text in UTF-8 or GB18030
    file: PathBuf,
    /// Print the whole decomposition as one JSON object
    #[arg(long)]
    json: bool,
    /// The year of days printed without one; without it the document decides
    #[arg(long, value_name = "YYYY")]
    year: Option<i32>,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let text = document_text(shell, &args.file)?;
    let plan = plan::read(&text, args.year);
    if args.json {
        let json = serde_json::to_string(&plan).map_err(|e| Trouble::Fault(e.to_string()))?;
        shell.line(&json);
    } else {
        show::show(shell, &plan);
    }
    Ok(())
}

/// The text of a document, with its automatic numbering rendered.
fn document_text(shell: &Shell, file: &Path) -> Result<String, Trouble> {
    let bytes = std::fs::read(file).map_err(|e| {
        let args = [("file", file.display().to_string()), ("why", e.to_string())];
        Trouble::Input(shell.say("plan-file-unreadable", &args))
    })?;
    let document = intake::document(&bytes)
        .map_err(|fault| Trouble::Input(shell.say(fault.code(), &fault.args())))?;
    Ok(document.text)
}
