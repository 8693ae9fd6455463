//! The body of a checkpoint (C2SP tlog-checkpoint): origin, size and root, a line each.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::hash::Hash;

/// The three lines, unsigned.
pub fn body(origin: &str, size: u64, root: &Hash) -> String {
    format!("{origin}\n{size}\n{}\n", STANDARD.encode(root.0))
}

/// A checkpoint as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub origin: String,
    pub size: u64,
    pub root: Hash,
}

/// Reads the body; extension lines and signatures after it are let pass unread. `None` when it is
/// not a checkpoint.
pub fn parse(text: &str) -> Option<Checkpoint> {
    let mut lines = text.lines();
    let origin = lines.next().filter(|line| !line.is_empty())?.to_owned();
    let digits = lines.next()?;
    let size: u64 = digits.parse().ok()?;
    let root = Hash::from_slice(&STANDARD.decode(lines.next()?).ok()?)?;
    (size.to_string() == digits).then_some(Checkpoint { origin, size, root })
}
