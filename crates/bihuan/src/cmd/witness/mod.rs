//! `bihuan witness`: the same program in another house, which sees to it that a log only grows.

mod http;

use super::export::put_text;
use super::signers;
use crate::shell::{Shell, Trouble};
use crate::store::now;
use clap::Subcommand;
use ledger::note::{KeyKind, Note, Signature, Signer, read_key, read_or_make_key};
use ledger::witness::{Unwitnessed, Witness};
use ledger::{Chance, Checkpoints, LedgerFault};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// How far back a cosignature may lie that is taken in.
const BACK: usize = 1000;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print the key with which cosignatures are verified; with --name, make it first
    Key {
        /// What the witness is called, such as witness.example/sheng
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Look at a log from now on
    Trust {
        /// The log's key: name+id+base64
        #[arg(value_name = "KEY")]
        key: String,
        #[command(flatten)]
        place: Place,
    },
    /// Cosign over HTTP (C2SP tlog-witness)
    Serve {
        /// Where to listen; only this machine unless told otherwise
        #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8701")]
        listen: SocketAddr,
        #[command(flatten)]
        place: Place,
    },
    /// Cosign a request that came in a file
    Sign {
        /// What bihuan export request wrote
        #[arg(value_name = "FILE")]
        request: PathBuf,
        /// Where the cosignature goes
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Write it as a QR code too, in a file that ends in .svg
        #[arg(long)]
        qr: bool,
        #[command(flatten)]
        place: Place,
    },
    /// At the log: take in the cosignature that a witness gave
    Take {
        #[arg(value_name = "FILE")]
        cosignature: PathBuf,
        /// The policy that names the witnesses (C2SP tlog-policy)
        #[arg(long, value_name = "FILE")]
        policy: PathBuf,
        #[command(flatten)]
        data: super::Data,
    },
}

/// Where the witness keeps its key and what it has cosigned.
#[derive(clap::Args)]
struct Place {
    #[arg(long, value_name = "DIR", default_value = "witness")]
    dir: PathBuf,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    match &args.act {
        Act::Key { name, place } => {
            let signer = signer(shell, &place.dir, name.as_deref())?;
            shell.line(&signer.verifier().to_string());
            Ok(())
        }
        Act::Trust { key, place } => {
            let log = signers::key(shell, key)?;
            let witness = open(shell, &place.dir)?;
            witness.trust(&log).map_err(fault(shell))?;
            shell.line(&shell.say("trust-log-known", &[("origin", log.name().to_owned())]));
            Ok(())
        }
        Act::Serve { listen, place } => http::serve(shell, open(shell, &place.dir)?, *listen),
        Act::Sign { request, out, qr, place } => {
            let bytes = crate::store::file(shell, request)?;
            let witness = open(shell, &place.dir)?;
            let line = witness.answer(&bytes, seconds()).map_err(|one| unwitnessed(shell, &one))?;
            put_text(shell, out, &line, *qr)
        }
        Act::Take { cosignature, policy, data } => {
            take(shell, cosignature, policy, &data.dir(shell))
        }
    }
}

fn fault(shell: &Shell) -> impl Fn(LedgerFault) -> Trouble {
    |fault| Trouble::Fault(shell.say(fault.code(), &fault.args()))
}

/// A log that shows two histories is a fault; a request that came too late is not.
fn unwitnessed(shell: &Shell, refused: &Unwitnessed) -> Trouble {
    let said = shell.say(refused.code(), &refused.args());
    match refused {
        Unwitnessed::Bad | Unwitnessed::UnknownLog | Unwitnessed::Conflict { .. } => {
            Trouble::Input(said)
        }
        Unwitnessed::Unsigned
        | Unwitnessed::Forked
        | Unwitnessed::Unproven
        | Unwitnessed::Failed(_) => Trouble::Fault(said),
    }
}

fn open(shell: &Shell, dir: &Path) -> Result<Witness, Trouble> {
    Witness::open(dir, signer(shell, dir, None)?).map_err(fault(shell))
}

/// The program that the configuration names, or the key in the directory; a new one needs a name.
fn signer(shell: &Shell, dir: &Path, name: Option<&str>) -> Result<Signer, Trouble> {
    if let Some(signer) = signers::of_witness(shell)? {
        std::fs::create_dir_all(dir).map_err(|error| cannot(shell, dir, &error))?;
        return Ok(signer);
    }
    let path = dir.join("witness.key");
    let key = match name {
        Some(name) => {
            std::fs::create_dir_all(dir).map_err(|error| cannot(shell, dir, &error))?;
            read_or_make_key(&path, name, KeyKind::Cosigner, Chance::System)
        }
        None if path.exists() => read_key(&path),
        None => {
            let said = [("dir", dir.display().to_string())];
            return Err(Trouble::Input(shell.say("trust-no-witness-key", &said)));
        }
    };
    key.map(Signer::Builtin).map_err(|one| Trouble::Input(shell.say(one.code(), &one.args())))
}

fn cannot(shell: &Shell, dir: &Path, error: &std::io::Error) -> Trouble {
    let said = [("file", dir.display().to_string()), ("why", error.to_string())];
    Trouble::Input(shell.say("cli-cannot-write", &said))
}

fn seconds() -> u64 {
    u64::try_from(now().0 / 1000).unwrap_or_default()
}

/// A cosignature does not say of which checkpoint it is; the newest that it fits has it.
fn take(shell: &Shell, file: &Path, policy: &Path, dir: &Path) -> Result<(), Trouble> {
    let bytes = crate::store::file(shell, file)?;
    let lines = Signature::parse_lines(&String::from_utf8_lossy(&bytes));
    let lines = lines.map_err(|one| signers::input(shell, &one))?;
    let policy = signers::policy(shell, policy)?;
    let checkpoints = Checkpoints::look(dir).map_err(fault(shell))?;
    let all = checkpoints.map_or(Ok(Vec::new()), |one| one.all()).map_err(fault(shell))?;
    for (known, note) in all.into_iter().rev().take(BACK) {
        let offered = Note { text: note.text, signatures: lines.clone() };
        if offered.verify(policy.witnesses()).is_err() {
            continue;
        }
        let checkpoints = Checkpoints::open(dir).map_err(fault(shell))?;
        let kept = checkpoints.cosigned(known.size, &lines, policy.witnesses());
        let kept = kept.map_err(fault(shell))?;
        let said = [("size", known.size.to_string())];
        shell.line(&shell.say("trust-taken", &said));
        if policy.check(&kept).is_ok() {
            shell.line(&shell.say("trust-witnessed", &said));
        }
        return Ok(());
    }
    Err(Trouble::Fault(shell.say("trust-fits-none", &[])))
}
