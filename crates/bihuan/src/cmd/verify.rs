//! `bihuan verify`: rechecks the whole log and everything derived from it.

use super::signers;
use crate::shell::{Shell, Trouble};
use crate::store::now;
use ledger::{Verified, VerifyOptions};
use std::io::IsTerminal;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: super::Data,
    /// A checkpoint from outside, signed or not, which the log must contain
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// A disclosure from outside (bihuan export disclosure); needs no data directory
    #[arg(long, value_name = "FILE")]
    disclosure: Option<PathBuf>,
    /// A key of the log that is known from outside: the checkpoint must be signed with one of them
    #[arg(long = "key", value_name = "KEY")]
    keys: Vec<String>,
    /// Who must have signed and cosigned the checkpoint (C2SP tlog-policy)
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
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
    let checkpoint = args.checkpoint.as_deref().map(|path| crate::store::file(shell, path));
    let checkpoint = checkpoint.transpose()?;
    let keys: Vec<_> = args.keys.iter().map(|text| signers::key(shell, text)).collect();
    let keys = keys.into_iter().collect::<Result<Vec<_>, _>>()?;
    let policy = args.policy.as_deref().map(|path| signers::policy(shell, path)).transpose()?;
    let bar = std::io::stderr().is_terminal().then(indicatif::ProgressBar::new_spinner);
    let mut progress = |checked: u64| {
        if let Some(bar) = &bar {
            bar.set_position(checked);
            bar.tick();
        }
    };
    let options = VerifyOptions {
        checkpoint: checkpoint.as_deref(),
        keys: &keys,
        policy: policy.as_ref(),
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
            "files": verified.files, "checkpoints": verified.checkpoints,
            "witnessed": verified.witnessed,
        });
        shell.line(&report.to_string());
        return Ok(());
    }
    say_verified(shell, &verified);
    let checkpoints = verified.checkpoints;
    if checkpoints > 0 {
        shell.line(&shell.say("trust-checkpoints", &[("count", checkpoints.to_string())]));
    }
    if let Some(size) = verified.witnessed {
        shell.line(&shell.say("trust-witnessed", &[("size", size.to_string())]));
    }
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
