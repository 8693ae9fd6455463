//! Whatever single byte of a store is changed, `verify` finds it and names it.

use crate::{
    meddle::Meddler,
    world::{Dir, filled},
};

const CHANGES: usize = 300;

/// A small store here, so that the test is quick; `examples/tamper.rs` makes 10,000 changes to
/// one of 2,000 entries.
#[test]
fn every_changed_byte_is_found_and_named() {
    let dir = Dir::new();
    drop(filled(dir.path(), 100));
    let mut meddler = Meddler::new(dir.path(), 20_260_918);
    assert_eq!(meddler.verify(), Ok(()), "the untouched store");
    let mut escaped = Vec::new();
    for _ in 0..CHANGES {
        escaped.extend(meddler.change_one().err());
    }
    assert!(
        escaped.is_empty(),
        "{} of {CHANGES}: {:#?}",
        escaped.len(),
        &escaped[..escaped.len().min(9)]
    );
    assert_eq!(meddler.verify(), Ok(()), "the store put right again");
}
