//! What the examples share: the only place of theirs that makes commands.

use std::{path::Path, sync::Arc};

use ledger::{Ledger, LedgerFault, OpenOptions, Request};
use rules::{
    calendar::Day,
    record::{By, Command, Moment},
};

/// The `turn`th command (0 to 5) in the life of a matter; 0 brings it into being.
pub(crate) fn command(matter: u32, turn: u32) -> Command {
    let title = || format!("第{matter}号事项：窗口服务让人来回跑");
    match turn {
        0 => Command::List { matter, title: title() },
        1 => Command::Assign { matter, post: 4, steps: vec!["先查原因".to_owned()] },
        _ => Command::Sign { matter, post: 4 },
    }
}

/// A request of the account that runs the measurement.
pub(crate) fn request(id: String, command: Command) -> Request {
    let today = Day::new(2026, 9, 18).unwrap();
    let by = By { account: 1, post: Some(3), acting_for: None };
    Request { id, by, today, at: None, command, if_version: None }
}

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
