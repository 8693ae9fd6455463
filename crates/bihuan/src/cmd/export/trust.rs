//! What proves the log to others: checkpoints, tiles, receipts, requests to witnesses.

use super::super::signers;
use crate::shell::{Shell, Trouble};
use crate::store::now;
use ledger::note::{Note, Signer};
use ledger::proof::Proof;
use ledger::witness::Request;
use ledger::{Chance, Checkpoints, Ledger, LedgerFault, checkpoint, tiles};
use std::path::Path;

/// A log with those who sign it.
pub(super) struct Log<'l> {
    shell: &'l Shell,
    ledger: &'l Ledger,
    signers: Vec<Signer>,
    checkpoints: Checkpoints,
}

impl<'l> Log<'l> {
    pub(super) fn open(shell: &'l Shell, ledger: &'l Ledger) -> Result<Log<'l>, Trouble> {
        let signers = signers::of_log(shell, ledger.dir(), ledger.origin(), Chance::System)?;
        let checkpoints = Checkpoints::open(ledger.dir()).map_err(|one| fault(shell, &one))?;
        Ok(Log { shell, ledger, signers, checkpoints })
    }

    fn fault(&self) -> impl Fn(LedgerFault) -> Trouble {
        |one| fault(self.shell, &one)
    }

    /// The log as it stands, signed now.
    fn sign(&self) -> Result<Note, Trouble> {
        let signed = self.checkpoints.sign(self.ledger, &self.signers, seconds());
        let signed = signed.map_err(self.fault())?;
        for failed in &signed.failed {
            self.shell.line(&self.shell.say(failed.code(), &failed.args()));
        }
        Ok(signed.note)
    }

    pub(super) fn checkpoint(&self) -> Result<String, Trouble> {
        self.sign().map(|note| note.to_string())
    }

    pub(super) fn keys(&self) -> String {
        let keys: Vec<String> =
            self.signers.iter().map(|signer| signer.verifier().to_string()).collect();
        keys.join("\n") + "\n"
    }

    pub(super) fn tiles(&self, dir: &Path) -> Result<(), Trouble> {
        let written = tiles::export(self.ledger, &self.sign()?, dir).map_err(self.fault())?;
        let said = [
            ("dir", dir.display().to_string()),
            ("files", written.files.to_string()),
            ("bytes", written.bytes.to_string()),
        ];
        self.shell.line(&self.shell.say("trust-tiles", &said));
        Ok(())
    }

    /// Under the checkpoint beyond the entry that most have signed; what is newer than all of
    /// them, under one signed now.
    pub(super) fn receipt(&self, seq: u64) -> Result<String, Trouble> {
        let proof = match self.ledger.receipt(seq).map_err(self.fault())? {
            Some(proof) => Ok(proof),
            None => Proof::of(self.ledger, seq, self.sign()?),
        };
        proof.map(|proof| proof.to_string()).map_err(|one| self.beyond(&one))
    }

    /// What a witness that knows the log at `old` entries is asked.
    pub(super) fn request(&self, old: u64) -> Result<String, Trouble> {
        let note = self.sign()?;
        let size = checkpoint::parse(&note.text).map_or(0, |one| one.size);
        let proof = match old {
            0 => Vec::new(),
            old => self.ledger.consistency(old, size).map_err(|one| self.beyond(&one))?,
        };
        Ok(Request { old, proof, note }.text())
    }

    /// A number beyond the log is the caller's mistake, anything else a fault.
    fn beyond(&self, one: &LedgerFault) -> Trouble {
        let said = self.shell.say(one.code(), &one.args());
        let is_input = matches!(one, LedgerFault::NoSuchEntry { .. });
        if is_input { Trouble::Input(said) } else { Trouble::Fault(said) }
    }
}

fn fault(shell: &Shell, fault: &LedgerFault) -> Trouble {
    Trouble::Fault(shell.say(fault.code(), &fault.args()))
}

fn seconds() -> u64 {
    u64::try_from(now().0 / 1000).unwrap_or_default()
}
