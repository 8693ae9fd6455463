//! 规: the office's rules, pure. No clock, no chance, no files: the compiler refuses them.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod calendar;
pub mod plan;
pub mod record;
pub mod role;
pub mod signal;
