//! Random bytes for salts, nonces and keys.

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::error::LedgerFault;

/// Where random bytes come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chance {
    /// The operating system.
    #[default]
    System,
    /// A seed, for tests and demonstrations that must come out the same each time. Never for a
    /// real office: who knows the seed knows every key.
    Seed(u64),
}

/// Draws from a [`Chance`]; a block at a time, since each draw is a few dozen bytes.
pub(crate) struct Dice {
    chance: Chance,
    /// Keeps two streams of one seed apart.
    label: String,
    counter: u64,
    block: Vec<u8>,
    used: usize,
}

const BLOCK: usize = 1024;

impl Dice {
    /// `label` names the use, and with a seed must differ for every use and every start, or the
    /// same nonce would come twice.
    pub(crate) fn new(chance: Chance, label: String) -> Dice {
        Dice { chance, label, counter: 0, block: vec![0; BLOCK], used: BLOCK }
    }

    /// `N` fresh bytes, `N` at most 1,024.
    pub(crate) fn draw<const N: usize>(&mut self) -> Result<[u8; N], LedgerFault> {
        const { assert!(N <= BLOCK) };
        if self.used + N > BLOCK {
            self.refill()?;
        }
        let mut bytes = [0; N];
        let drawn = &mut self.block[self.used..self.used + N];
        bytes.copy_from_slice(drawn);
        // What was drawn may become a key; no second copy stays here.
        drawn.zeroize();
        self.used += N;
        Ok(bytes)
    }

    fn refill(&mut self) -> Result<(), LedgerFault> {
        match self.chance {
            Chance::System => getrandom::fill(&mut self.block)
                .map_err(|error| LedgerFault::NoChance { detail: error.to_string() })?,
            Chance::Seed(seed) => {
                for part in self.block.chunks_mut(32) {
                    let hash = Sha256::new()
                        .chain_update(seed.to_be_bytes())
                        .chain_update(self.counter.to_be_bytes())
                        .chain_update(self.label.as_bytes())
                        .finalize();
                    part.copy_from_slice(&hash);
                    self.counter += 1;
                }
            }
        }
        self.used = 0;
        Ok(())
    }
}
