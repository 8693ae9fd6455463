//! `bihuan export`: the ledger of matters as a workbook, the log's checkpoint, an erasure's
//! certificate, one matter for an auditor.

use super::auditor;
use crate::shell::{Shell, Trouble};
use crate::store::{Desk, now};
use clap::ValueEnum;
use ledger::{Ledger, LedgerFault};
use papers::{AsOf, MatterTexts};
use rules::ids::MatterId;
use rules::matter;
use rules::record::{Event, Stream};
use std::cell::RefCell;
use std::path::PathBuf;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// 问题整改台账 and 任务分解表 (.xlsx)
    Ledger,
    /// Size and root of the log, to be kept elsewhere
    Checkpoint,
    /// 删除证明 of one erasure (.json)
    ErasureCertificate,
    /// One matter for an auditor, who needs nothing else to check it (.json)
    Disclosure,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_enum)]
    kind: Kind,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The request, for an erasure certificate
    #[arg(long, value_name = "N")]
    erasure: Option<u32>,
    /// The matter, for a disclosure
    #[arg(long, value_name = "N")]
    matter: Option<u32>,
    /// Only the values of these names (/title), for a disclosure; by default all
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    show: Option<Vec<String>>,
    #[command(flatten)]
    data: super::Data,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let ledger = Desk::look(shell, &args.data.dir(shell))?;
    let bytes = match args.kind {
        Kind::Ledger => workbook(shell, &ledger)?,
        Kind::Checkpoint => ledger.checkpoint().into_bytes(),
        Kind::ErasureCertificate => auditor::certificate(shell, &ledger, args.erasure)?,
        Kind::Disclosure => auditor::disclosure(shell, &ledger, args.matter, args.show.as_deref())?,
    };
    std::fs::write(&args.out, &bytes).map_err(|error| {
        let said = [("file", args.out.display().to_string()), ("why", error.to_string())];
        Trouble::Input(shell.say("cli-cannot-write", &said))
    })?;
    let said = [("file", args.out.display().to_string()), ("bytes", bytes.len().to_string())];
    shell.line(&shell.say("cli-exported", &said));
    Ok(())
}

/// Whoever can read the data directory sees what is not sealed; accusations stay out of every
/// list that leaves the house (信访工作条例 第30条).
fn workbook(shell: &Shell, ledger: &Ledger) -> Result<Vec<u8>, Trouble> {
    let register = ledger.now();
    let moment = now();
    let (log_size, root) = ledger.tree_head();
    let facts = AsOf {
        today: moment.office_day(),
        moment: moment.to_string(),
        log_size,
        tree_head: root.hex(),
        origin: ledger.origin().to_owned(),
    };
    // The first text that cannot be read is kept here: half a ledger must not go out as a whole.
    let unread: RefCell<Option<LedgerFault>> = RefCell::new(None);
    let texts = |id: MatterId| match story(ledger, id) {
        Ok(events) => MatterTexts::of(&events, register.office()),
        Err(fault) => {
            unread.borrow_mut().get_or_insert(fault);
            MatterTexts::default()
        }
    };
    let may_see = |id: MatterId| register.matter(id).is_some_and(|matter| !matter.sealed);
    let book = papers::ledger_xlsx(&register, &facts, &may_see, &texts, shell.lang)
        .map_err(|fault| Trouble::Fault(shell.say(fault.code(), &fault.args())))?;
    match unread.into_inner() {
        Some(fault) => Err(Trouble::Fault(shell.say(fault.code(), &fault.args()))),
        None => Ok(book),
    }
}

/// The events of one matter with what the log discloses.
fn story(ledger: &Ledger, id: MatterId) -> Result<Vec<matter::Event>, LedgerFault> {
    let entries = ledger.history(Stream::Matter(id))?;
    let events = entries.into_iter().filter_map(|entry| match entry.told?.entry.event {
        Event::Matter(event) => Some(event),
        Event::Office(_)
        | Event::Basis(_)
        | Event::Campaign(_)
        | Event::Slip(_)
        | Event::Feedback(_)
        | Event::Erasure(_) => None,
    });
    Ok(events.collect())
}
