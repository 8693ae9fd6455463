//! The ledger's contract, in one test program.

mod contract;
mod failure;
mod proofs;
mod tamper;
mod world;
