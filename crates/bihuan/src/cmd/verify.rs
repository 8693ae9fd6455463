//! `bihuan verify`: rechecks the whole log and everything derived from it.

use crate::shell::{Shell, Trouble};
use crate::store::now;
use ledger::{Verified, VerifyOptions};
use std::io::IsTerminal;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: super::Data,
    /// A checkpoint from outside, which the log must contain
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// A disclosure from outside (bihuan export disclosure); needs no data directory
    #[arg(long, value_name = "FILE")]
    disclosure: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    if let Some(path) = &args.disclosure {
        return super::auditor::verify(shell, path);
    }
    let dir = args.data.dir(shell);
    if !dir.join("ledger.db").exists() {
        let args = [("dir", dir.display().to_string())];
        return Err(Trouble::Input(shell.say("cli-no-ledger", &args)));
    }
    let checkpoint = match &args.checkpoint {
        Some(path) => {
            let bytes = crate::store::file(shell, path)?;
            let text = String::from_utf8(bytes);
            Some(text.map_err(|_| Trouble::Input(shell.say("cli-not-a-checkpoint", &[])))?)
        }
        None => None,
    };
    let bar = std::io::stderr().is_terminal().then(indicatif::ProgressBar::new_spinner);
    let mut progress = |checked: u64| {
        if let Some(bar) = &bar {
            bar.set_position(checked);
            bar.tick();
        }
    };
    let options = VerifyOptions {
        checkpoint: checkpoint.as_deref(),
        progress: Some(&mut progress),
        ..VerifyOptions::default()
    };
    let verified = ledger::verify(&dir, options);
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    let verified = verified.map_err(|fault| {
        if args.json {
            let report = serde_json::json!({"ok": false, "fault": fault.code(),
                "place": fault.place.to_string()});
            shell.line(&report.to_string());
        }
        Trouble::Fault(shell.say(fault.code(), &fault.args()))
    })?;
    let broken = super::checkup::serious(&verified.register, now().office_day());
    for note in &broken {
        shell.line(&shell.say(note.code(), &note.args()));
    }
    if !broken.is_empty() {
        return Err(Trouble::Told(1));
    }
    if args.json {
        let report = serde_json::json!({
            "ok": true, "events": verified.events, "root": verified.root.hex(),
            "disclosures": verified.disclosures, "erased": verified.erased,
            "files": verified.files, "keys_destroyed": verified.keys_destroyed,
        });
        shell.line(&report.to_string());
        return Ok(());
    }
    say_verified(shell, &verified);
    Ok(())
}

/// One sentence on a log in which nothing wrong was found.
pub(crate) fn say_verified(shell: &Shell, verified: &Verified) {
    let said = [
        ("events", verified.events.to_string()),
        ("root", verified.root.hex()),
        ("disclosures", verified.disclosures.to_string()),
        ("erased", verified.erased.to_string()),
        ("files", verified.files.to_string()),
    ];
    shell.line(&shell.say("cli-verified", &said));
    if verified.keys_destroyed > 0 {
        let said = [("count", verified.keys_destroyed.to_string())];
        shell.line(&shell.say("cli-erase-destroyed", &said));
    }
}
