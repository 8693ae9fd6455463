//! `bihuan export`: the ledger of matters as a workbook, the log and what proves it, an erasure's
//! certificate, one matter for an auditor.

mod trust;

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
use std::path::{Path, PathBuf};

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// 问题整改台账 and 任务分解表 (.xlsx)
    Ledger,
    /// Size and root of the log, signed, to be kept elsewhere
    Checkpoint,
    /// 删除证明 of one erasure (.json)
    ErasureCertificate,
    /// One matter for an auditor, who needs nothing else to check it (.json)
    Disclosure,
    /// The log as static files that anyone can check; --out is a directory
    Tiles,
    /// The proof that an entry (--seq) is in the log
    Receipt,
    /// What a witness is asked to cosign; --old is the size that it knows
    Request,
    /// The keys with which the log's signatures are verified
    Key,
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
    /// The entry, counted from 0
    #[arg(long, value_name = "N", required_if_eq("kind", "receipt"))]
    seq: Option<u64>,
    /// The size of the log that the witness has cosigned; 0 for the first time
    #[arg(long, value_name = "N", required_if_eq("kind", "request"))]
    old: Option<u64>,
    /// Write the text as a QR code too, in a file that ends in .svg
    #[arg(long)]
    qr: bool,
    #[command(flatten)]
    data: super::Data,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let ledger = Desk::look(shell, &args.data.dir(shell))?;
    let log = || trust::Log::open(shell, &ledger);
    let text = match args.kind {
        Kind::Ledger => return put(shell, &args.out, &workbook(shell, &ledger)?),
        Kind::Tiles => return log()?.tiles(&args.out),
        Kind::Checkpoint => log()?.checkpoint()?,
        Kind::Receipt => log()?.receipt(args.seq.unwrap_or_default())?,
        Kind::Request => log()?.request(args.old.unwrap_or_default())?,
        Kind::Key => log()?.keys(),
        Kind::ErasureCertificate => auditor::certificate(shell, &ledger, args.erasure)?,
        Kind::Disclosure => auditor::disclosure(shell, &ledger, args.matter, args.show.as_deref())?,
    };
    put_text(shell, &args.out, &text, args.qr)
}

/// Writes a file and says so.
pub(super) fn put(shell: &Shell, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    std::fs::write(path, bytes).map_err(|error| {
        let said = [("file", path.display().to_string()), ("why", error.to_string())];
        Trouble::Input(shell.say("cli-cannot-write", &said))
    })?;
    let said = [("file", path.display().to_string()), ("bytes", bytes.len().to_string())];
    shell.line(&shell.say("cli-exported", &said));
    Ok(())
}

/// Writes a text, and beside it a picture that a camera carries over where no cable leads.
pub(super) fn put_text(shell: &Shell, path: &Path, text: &str, qr: bool) -> Result<(), Trouble> {
    put(shell, path, text.as_bytes())?;
    if !qr {
        return Ok(());
    }
    let picture = papers::qr_svg(text).ok_or_else(|| {
        let said = [("bytes", text.len().to_string()), ("most", papers::QR_MAX.to_string())];
        Trouble::Input(shell.say("trust-qr-too-long", &said))
    })?;
    let mut name = path.as_os_str().to_owned();
    name.push(".svg");
    put(shell, &PathBuf::from(name), picture.as_bytes())
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
