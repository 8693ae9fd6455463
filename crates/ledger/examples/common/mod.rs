//! What the examples share.

#[path = "../../tests/it/office.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
pub(crate) mod office;

use std::{path::Path, sync::Arc};

use ledger::{Ledger, LedgerFault, OpenOptions};
use rules::record::Moment;

/// Opens the ledger in `dir`, or makes it, with the machine's clock.
#[expect(clippy::disallowed_methods, reason = "a program of its own, so it has a clock")]
pub(crate) fn open(dir: &Path) -> Result<Ledger, LedgerFault> {
    let clock = || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Moment(i64::try_from(since.as_millis()).unwrap())
    };
    let options = OpenOptions::new(Arc::new(clock));
    if dir.join("ledger.db").exists() {
        Ledger::open(dir, options)
    } else {
        Ledger::create(dir, options)
    }
}
