//! One file per verb of the command line.

pub(crate) mod clock;
pub(crate) mod plan;
