//! 规: the office's rules, pure. No clock, no chance, no files: the compiler refuses them.
//!
//! Start reading at [`record`]: one door for commands. Then [`matter`], the heart of it.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod access;
pub mod basis;
pub mod calendar;
pub mod campaign;
pub mod checkup;
pub mod circumstances;
pub mod desk;
pub mod diary;
pub mod erasure;
pub mod feedback;
pub mod ids;
pub mod light;
pub mod matter;
pub mod moves;
pub mod plan;
pub mod policy;
pub mod posts;
pub mod query;
pub mod record;
pub mod refusal;
pub mod register;
pub mod role;
pub mod signal;
pub mod slip;
mod tally;
pub mod text;
pub mod torn;

pub use refusal::{BrokenHistory, Refusal};
