//! `bihuan checkup` (体检): what must hold, checked by code written apart.

use crate::shell::{Shell, Trouble};
use crate::store::Desk;
use rules::calendar::Day;
use rules::checkup::{Note, Severity, checkup};
use rules::register::Register;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: super::Data,
    /// The day as of which it is checked, YYYY-MM-DD; by default today
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let today = super::today(shell, args.today.as_deref())?;
    let ledger = Desk::look(shell, &args.data.dir(shell))?;
    let notes = checkup(&ledger.now(), today);
    for note in &notes {
        let severity = match note.severity {
            Severity::Serious => "severity-serious",
            Severity::Advice => "severity-advice",
        };
        let what = shell.say(note.code(), &note.args());
        if args.json {
            let report = serde_json::json!({
                "severity": severity, "thing": note.thing.to_string(), "code": note.code(),
                "text": what,
            });
            shell.line(&report.to_string());
        } else {
            let said = [("@severity", severity.to_owned()), ("what", what)];
            shell.line(&shell.say("cli-note", &said));
        }
    }
    let serious = only_serious(&notes).count();
    if !args.json {
        let said = [("serious", serious.to_string()), ("all", notes.len().to_string())];
        shell.line(&shell.say("cli-checkup", &said));
    }
    if serious == 0 { Ok(()) } else { Err(Trouble::Told(1)) }
}

/// What must hold and does not. `verify` asks this too: a log whose hashes fit may still tell an
/// impossible story.
pub(crate) fn serious(register: &Register, today: Day) -> Vec<Note> {
    only_serious(&checkup(register, today)).cloned().collect()
}

pub(crate) fn only_serious(notes: &[Note]) -> impl Iterator<Item = &Note> {
    notes.iter().filter(|note| note.severity == Severity::Serious)
}
