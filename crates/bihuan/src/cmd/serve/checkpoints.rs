//! The signing of checkpoints beside the server.

use super::super::signers;
use crate::shell::{Shell, Trouble};
use ledger::note::Signer;
use ledger::{Chance, Checkpoints, Clock, Ledger};
use std::sync::Arc;
use std::time::Duration;
use web::App;

/// How often it is looked whether the log has grown: a change is signed within a minute, with
/// time to spare for a signer that is slow.
const LOOK: Duration = Duration::from_secs(20);

/// Those who sign, and where it is kept.
pub(super) struct Signing {
    signers: Vec<Signer>,
    checkpoints: Checkpoints,
}

impl Signing {
    pub(super) fn of(shell: &Shell, ledger: &Ledger, chance: Chance) -> Result<Signing, Trouble> {
        let signers = signers::of_log(shell, ledger.dir(), ledger.origin(), chance)?;
        let checkpoints = Checkpoints::open(ledger.dir()).map_err(super::fault(shell))?;
        Ok(Signing { signers, checkpoints })
    }

    /// Nothing is signed twice: without a change this only looks.
    fn sign(&self, ledger: &Ledger, clock: &Clock) {
        let seconds = u64::try_from(clock().0 / 1000).unwrap_or_default();
        match self.checkpoints.sign(ledger, &self.signers, seconds) {
            Ok(signed) => {
                for failed in signed.failed {
                    let detail = failed.to_string();
                    tracing::error!(code = failed.code(), detail, "a signer did not sign");
                }
            }
            Err(fault) => {
                let detail = fault.args();
                tracing::error!(code = fault.code(), ?detail, "no checkpoint was signed");
            }
        }
    }
}

/// Signs the log whenever it has grown.
pub(super) async fn sign_checkpoints(app: Arc<App>, clock: Clock, signing: Signing) {
    let signing = Arc::new(signing);
    loop {
        let (app, clock, signing) = (Arc::clone(&app), Arc::clone(&clock), Arc::clone(&signing));
        let signed = tokio::task::spawn_blocking(move || signing.sign(app.ledger(), &clock)).await;
        // A panic has been printed; the next look tries again.
        drop(signed);
        tokio::time::sleep(LOOK).await;
    }
}
