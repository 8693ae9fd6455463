//! 体检: what must hold, said again by separate code. Shares nothing with decide and evolve but
//! days: whatever builds a state, something written apart says what must be true of it.

use crate::calendar::Day;
use crate::record::Stream;
use crate::refusal::Args;
use crate::register::Register;
use alloc::vec;
use alloc::vec::Vec;

/// How grave a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Advice,
    Serious,
}

/// Something that does not hold, or that somebody should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub severity: Severity,
    pub thing: Stream,
}

impl Note {
    pub fn code(&self) -> &'static str {
        "checkup"
    }
    pub fn args(&self) -> Args {
        vec![]
    }
}

/// Placeholder until the real one is merged.
pub fn checkup(_register: &Register, _today: Day) -> Vec<Note> {
    vec![]
}
