//! `bihuan rehearse`: runs a diary on a ledger of its own, then verifies what it left.

use super::thrown_away::ThrownAway;
use crate::shell::{Shell, Trouble};
use crate::store::file;
use ledger::{Ledger, OpenOptions, VerifyOptions};
use rehearsal::{Rehearsal, SetClock, Told};
use rules::checkup::checkup;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The diary: days, posts and commands
    file: PathBuf,
    /// Where its ledger is to be made and kept; by default it is thrown away
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let bytes = file(shell, &args.file)?;
    let script =
        String::from_utf8(bytes).map_err(|_| Trouble::Input(shell.say("cli-not-utf8", &[])))?;
    let thrown_away = ThrownAway::unless(args.data.clone());
    let dir = thrown_away.path();
    if dir.join("ledger.db").exists() {
        let said = [("dir", dir.display().to_string())];
        return Err(Trouble::Input(shell.say("cli-ledger-there", &said)));
    }
    let fault = |fault: ledger::LedgerFault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
    let clock = SetClock::default();
    let ledger = Ledger::create(dir, OpenOptions::new(clock.clock())).map_err(fault)?;
    let base = args.file.parent().unwrap_or(Path::new(".")).to_owned();
    let files = |name: &str| std::fs::read(base.join(name));
    let run = Rehearsal { ledger: &ledger, clock, files: &files, lang: shell.lang };
    shell.line(&shell.say("rehearsal-reading", &[("file", args.file.display().to_string())]));
    let summary = run.run(&script, &mut |told| tell(shell, &told)).map_err(|stumble| {
        let why = shell.say(stumble.why.code, &stumble.why.args);
        let said = [("line", stumble.line.to_string()), ("why", why)];
        Trouble::Input(shell.say("rehearsal-stumble", &said))
    })?;
    let said = [
        ("lines", summary.lines.to_string()),
        ("refused", summary.refused.to_string()),
        ("unexpected", summary.unexpected.to_string()),
        ("entries", summary.entries.to_string()),
        ("unsigned", summary.unsigned.to_string()),
    ];
    shell.line(&shell.say("rehearsal-summary", &said));
    drop(ledger);
    prove(shell, dir, summary.last_day)?;
    if args.data.is_some() {
        shell.line(&shell.say("rehearsal-data", &[("dir", dir.display().to_string())]));
    }
    if summary.unexpected == 0 { Ok(()) } else { Err(Trouble::Told(1)) }
}

fn tell(shell: &Shell, told: &Told<'_>) {
    match told {
        Told::Remark(remark) => shell.line(&format!("# {remark}")),
        Told::Line { act, outcome, expected } => {
            shell.line(&format!("{act}\n    → {outcome}"));
            if let Some(expected) = expected {
                let said = [("expected", (*expected).to_owned())];
                shell.line(&format!("    ! {}", shell.say("rehearsal-expected", &said)));
            }
        }
        Told::Day { day, outcome } => {
            let day = shell.say("rehearsal-day", &[("day", day.to_string())]);
            shell.line(&format!("{day}\n    → {outcome}"));
        }
    }
}

/// The log that the rehearsal left is verified and its register checked, like any other.
fn prove(shell: &Shell, dir: &Path, last_day: Option<rules::calendar::Day>) -> Result<(), Trouble> {
    let verified = ledger::verify(dir, VerifyOptions::default())
        .map_err(|fault| Trouble::Fault(shell.say(fault.code(), &fault.args())))?;
    super::verify::say_verified(shell, &verified);
    let Some(day) = last_day else { return Ok(()) };
    let notes = checkup(&verified.register, day);
    let serious: Vec<_> = super::checkup::only_serious(&notes).collect();
    for note in &serious {
        shell.line(&shell.say(note.code(), &note.args()));
    }
    let said = [("serious", serious.len().to_string()), ("all", notes.len().to_string())];
    shell.line(&shell.say("cli-checkup", &said));
    if serious.is_empty() { Ok(()) } else { Err(Trouble::Told(1)) }
}
