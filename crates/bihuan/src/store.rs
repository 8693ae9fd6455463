//! The ledger of a data directory, opened for a verb; and the only clock of the house.

use crate::shell::{Shell, Trouble};
use ledger::{Ledger, LedgerFault, NotDone, OpenOptions, Receipt, Request};
use rules::basis;
use rules::calendar::Day;
use rules::record::{By, Command, Moment};
use rules::register::Register;
use rules::role::Role;
use std::path::Path;
use std::sync::Arc;

/// The figures that a new ledger begins with; a bureau adopts its own later.
const DEFAULT_PROFILE: &[u8] = include_bytes!("../../../profiles/default.toml");

/// What time it is: the one place that asks.
pub(crate) fn now() -> Moment {
    Moment(jiff_now())
}

#[expect(clippy::disallowed_methods, reason = "this is the house's only clock")]
fn jiff_now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// A ledger with the day on which it is used.
pub(crate) struct Desk {
    pub(crate) ledger: Ledger,
    pub(crate) today: Day,
}

impl Desk {
    /// Opens the ledger in `dir`, or founds one: with the default figures as its first entry.
    pub(crate) fn open_or_found(shell: &Shell, dir: &Path) -> Result<Self, Trouble> {
        let options = OpenOptions::new(Arc::new(now));
        let fault = |fault: LedgerFault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
        let ledger = if dir.join("ledger.db").exists() {
            Ledger::open(dir, options).map_err(fault)?
        } else {
            Ledger::create(dir, options).map_err(fault)?
        };
        let desk = Self { ledger, today: now().office_day() };
        found_figures(shell, &desk)?;
        Ok(desk)
    }

    /// Opens an existing ledger to look at it: nothing is written.
    pub(crate) fn look(shell: &Shell, dir: &Path) -> Result<Ledger, Trouble> {
        let mut options = OpenOptions::new(Arc::new(now));
        options.read_only = true;
        Ledger::open(dir, options).map_err(|fault| {
            let said = shell.say(fault.code(), &fault.args());
            // A directory without a ledger is bad usage; a ledger that contradicts itself a fault.
            if dir.join("ledger.db").exists() { Trouble::Fault(said) } else { Trouble::Input(said) }
        })
    }

    pub(crate) fn register(&self) -> Arc<Register> {
        self.ledger.now()
    }

    /// Who acts: the post named by `as_post` through its holder; without it the first post that
    /// has `role` and a holder; on an empty log the system itself.
    pub(crate) fn actor(
        &self,
        shell: &Shell,
        as_post: Option<&str>,
        role: Role,
    ) -> Result<By, Trouble> {
        let register = self.register();
        if let Some(name) = as_post {
            return rules::diary::actor(name, self.today, &register)
                .map_err(|misread| Trouble::Input(shell.say(misread.code(), &misread.args())));
        }
        if register.office().is_empty() {
            return Ok(By::SYSTEM);
        }
        let first = register.office().first_with(role, self.today);
        first.map(|(post, person)| By::person_at(person, post)).ok_or_else(|| {
            let args = [("@role", role.code().to_owned())];
            Trouble::Input(shell.say("cli-nobody-may", &args))
        })
    }

    /// Hands a command in under a request id of its own.
    pub(crate) fn submit(
        &self,
        shell: &Shell,
        by: By,
        command: Command,
    ) -> Result<Receipt, Trouble> {
        let id = format!("cli-{}-{}", std::process::id(), now().0);
        let today = self.today;
        let request = Request { id, by, today, at: None, command, if_version: None };
        self.ledger.submit(request).map_err(|refused| {
            let said = shell.say(refused.code(), &refused.args());
            match refused {
                NotDone::Refused(_) | NotDone::TooLarge { .. } | NotDone::BadId => {
                    Trouble::Input(said)
                }
                NotDone::Busy
                | NotDone::Conflict { .. }
                | NotDone::ReadOnly
                | NotDone::Rewound { .. }
                | NotDone::Stopped
                | NotDone::BadEvent { .. }
                | NotDone::Broken(_) => Trouble::Fault(said),
            }
        })
    }
}

/// Adopts the default figures where there are none yet.
pub(crate) fn found_figures(shell: &Shell, desk: &Desk) -> Result<(), Trouble> {
    if desk.ledger.now().policy().is_some() {
        return Ok(());
    }
    let policy = intake::policy::policy(DEFAULT_PROFILE)
        .map_err(|fault| Trouble::Fault(shell.say(fault.code(), &fault.args())))?;
    let policy = Box::new(policy);
    let adopt = Command::Basis(basis::Command::AdoptPolicy { policy });
    desk.submit(shell, By::SYSTEM, adopt).map(|_| ())
}

/// Reads a whole file that the command line names.
pub(crate) fn file(shell: &Shell, path: &Path) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| {
        let args = [("file", path.display().to_string()), ("why", error.to_string())];
        Trouble::Input(shell.say("rehearsal-no-file", &args))
    })
}

/// Reads a document and its plan.
pub(crate) fn plan(
    shell: &Shell,
    bytes: &[u8],
    year: Option<i32>,
) -> Result<(intake::Document, rules::plan::Plan), Trouble> {
    let document = intake::document(bytes)
        .map_err(|fault| Trouble::Input(shell.say(fault.code(), &fault.args())))?;
    let plan = rules::plan::read(&document.text, year);
    Ok((document, plan))
}
