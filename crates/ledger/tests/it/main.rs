//! The ledger's contract, in one test program.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod failure;
#[cfg(test)]
mod meddle;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod office;
#[cfg(test)]
mod others;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod tamper;
#[cfg(test)]
mod tiles;
#[cfg(test)]
mod trust;
#[cfg(test)]
mod witness;
#[cfg(test)]
mod world;
