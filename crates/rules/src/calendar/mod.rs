//! Civil days and working days as the State Council published them.

mod day;

pub use day::{Day, NotADay};
