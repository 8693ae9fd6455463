//! `bihuan plan`: what a plan says, and first of all how far it can be supervised.

use std::path::PathBuf;

use rules::plan::{self, Plan};

use crate::shell::{Shell, Trouble};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The plan's document
    file: PathBuf,
    /// Print the whole decomposition as JSON
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
        show(shell, &plan);
    }
    Ok(())
}

/// The plan's text. The one place to change when `intake::document` is there.
fn document_text(shell: &Shell, file: &std::path::Path) -> Result<String, Trouble> {
    std::fs::read_to_string(file).map_err(|e| {
        let args = [("file", file.display().to_string()), ("why", e.to_string())];
        Trouble::Input(shell.say("plan-file-unreadable", &args))
    })
}

fn show(_shell: &Shell, _plan: &Plan) {}
