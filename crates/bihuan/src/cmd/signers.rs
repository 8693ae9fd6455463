//! Who signs checkpoints here, and whom a reader believes.

use crate::shell::{Shell, Trouble};
use ledger::note::{KeyKind, NoteFault, Signer, VerifierKey};
use ledger::trust_policy::TrustPolicy;
use ledger::{Chance, LedgerFault, log_key, sm2_key};
use std::path::Path;

/// The signers of a log: its own key, and what the configuration adds.
pub(super) fn of_log(
    shell: &Shell,
    dir: &Path,
    origin: &str,
    chance: Chance,
) -> Result<Vec<Signer>, Trouble> {
    let fault = |fault: LedgerFault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
    let mut signers = vec![log_key(dir, origin, chance).map_err(fault)?];
    if shell.config.sm2 {
        signers.push(sm2_key(dir, origin, chance).map_err(fault)?);
    }
    signers.extend(outside(shell)?.into_iter().filter(|one| !is_cosigner(one)));
    Ok(signers)
}

/// The program that cosigns for a witness, where the configuration names one.
pub(super) fn of_witness(shell: &Shell) -> Result<Option<Signer>, Trouble> {
    Ok(outside(shell)?.into_iter().find(is_cosigner))
}

fn is_cosigner(signer: &Signer) -> bool {
    signer.verifier().kind() == KeyKind::Cosigner
}

fn outside(shell: &Shell) -> Result<Vec<Signer>, Trouble> {
    let signers = shell.config.signers.iter().map(|one| {
        let (program, args) = (one.path.clone(), one.args.clone());
        Ok(Signer::Exec { key: key(shell, &one.key)?, program, args })
    });
    signers.collect()
}

/// A key that the command line or the configuration names.
pub(super) fn key(shell: &Shell, text: &str) -> Result<VerifierKey, Trouble> {
    VerifierKey::parse(text.trim()).map_err(|fault| input(shell, &fault))
}

/// A fault of a note as bad input.
pub(super) fn input(shell: &Shell, fault: &NoteFault) -> Trouble {
    Trouble::Input(shell.say(fault.code(), &fault.args()))
}

/// A policy in a file.
pub(super) fn policy(shell: &Shell, path: &Path) -> Result<TrustPolicy, Trouble> {
    let bytes = crate::store::file(shell, path)?;
    TrustPolicy::parse(&String::from_utf8_lossy(&bytes))
        .map_err(|bad| Trouble::Input(shell.say(bad.code(), &bad.args())))
}
