//! Rows of an import → the log, many at a time; what an import has left there; and its undoing.
//! Pages and the command line take this one way.

use ledger::{Ledger, LedgerFault, NotDone, Receipt, Request};
use rules::calendar::Day;
use rules::ids::{MatterId, PersonId};
use rules::matter::{Command as Deal, Stage};
use rules::record::{By, Command, Moment, Register, Stream};
use rules::text::Words;
use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;

/// Requests that are under way together: one commit of the ledger's takes as many.
const TOGETHER: usize = 256;
/// The ledger's queue may be full of other people's commands: so often is it tried again, after so
/// long.
const TRIES: usize = 200;
const PAUSE: Duration = Duration::from_millis(20);
/// How long a whole import can be undone.
const UNDO_MS: i64 = 24 * 3_600_000;
/// Entries that are read at once when the log is looked through backwards, and how many in all: more
/// do not come in a day.
const LOOK: u64 = 1_000;
const LOOKS: u64 = 200;

/// One import: who, when, under which name.
#[derive(Clone, Debug)]
pub struct Importer {
    pub by: By,
    pub today: Day,
    /// Names the import in the log; rows come in once for each key, however often they are sent.
    pub key: String,
}

/// A row with the commands that enter it, the first of which lists a matter.
#[derive(Clone, Debug)]
pub struct Coming {
    pub row: u32,
    pub commands: Vec<Deal>,
}

/// What became of a row.
#[derive(Clone, Debug)]
pub struct Entered {
    pub row: u32,
    /// Its matter, if it is in.
    pub matter: Option<MatterId>,
    /// The first of its commands that was not done, and why. Those before it were.
    pub why_not: Option<NotDone>,
}

/// A name that no import has had yet.
pub fn fresh_key() -> String {
    crate::parts::fresh_id()
}

/// Enters rows in their order. Blocks until all are on the disk or refused.
pub fn enter(ledger: &Ledger, importer: &Importer, rows: &[Coming]) -> Vec<Entered> {
    let mut done = Vec::with_capacity(rows.len());
    for rows in rows.chunks(TOGETHER) {
        let mut now: Vec<Entered> =
            rows.iter().map(|one| Entered { row: one.row, matter: None, why_not: None }).collect();
        let most = rows.iter().map(|one| one.commands.len()).max().unwrap_or(0);
        for step in 0..most {
            let mut requests = Vec::new();
            for (place, (one, state)) in rows.iter().zip(&now).enumerate() {
                let Some(command) = one.commands.get(step) else { continue };
                // What follows the listing is about the matter that it gave.
                if state.why_not.is_some() || (step > 0) != state.matter.is_some() {
                    continue;
                }
                let id = format!("imp-{}-{}-{step}", importer.key, one.row);
                let command = Command::Matter(state.matter, command.clone());
                requests.push((place, importer.request(id, command, None)));
            }
            for (place, answer) in together(ledger, requests) {
                let Some(state) = now.get_mut(place) else { continue };
                match answer {
                    Ok(Receipt { stream: Some(Stream::Matter(id)), .. }) => state.matter = Some(id),
                    Ok(_) => {}
                    Err(why) => state.why_not = Some(why),
                }
            }
        }
        done.append(&mut now);
    }
    done
}

impl Importer {
    fn request(&self, id: String, command: Command, if_version: Option<(Stream, u64)>) -> Request {
        Request { id, by: self.by, today: self.today, at: None, command, if_version }
    }
}

/// Hands requests in together and waits for all of them.
fn together<T>(ledger: &Ledger, requests: Vec<(T, Request)>) -> Vec<(T, Result<Receipt, NotDone>)> {
    let answers: Vec<_> = requests
        .into_iter()
        .map(|(what, request)| (what, handed_in(ledger, request.clone()), request))
        .collect();
    let mut done = Vec::with_capacity(answers.len());
    for (what, answer, request) in answers {
        let mut answer = answer.recv().unwrap_or(Err(NotDone::Stopped));
        for _ in 0..TRIES {
            if !matches!(answer, Err(NotDone::Busy)) {
                break;
            }
            std::thread::sleep(PAUSE);
            answer = ledger.submit(request.clone());
        }
        done.push((what, answer));
    }
    done
}

fn handed_in(ledger: &Ledger, request: Request) -> mpsc::Receiver<Result<Receipt, NotDone>> {
    let (sender, receiver) = mpsc::channel();
    // The receiver waits until all are answered.
    ledger.submit_with(request, move |answer| drop(sender.send(answer)));
    receiver
}

/// An import as the log tells it.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) key: String,
    /// When its first row came in.
    pub(crate) at: Moment,
    pub(crate) matters: BTreeMap<MatterId, Trace>,
}

/// What the log has of one imported matter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trace {
    /// How many of its entries came of the import.
    entries: u64,
    /// The import was undone and this with it.
    pub(crate) withdrawn: bool,
}

impl Import {
    /// Until when it can be undone.
    pub(crate) fn until(&self) -> Moment {
        Moment(self.at.0 + UNDO_MS)
    }

    /// Matters that stand where the import left them.
    pub(crate) fn untouched(&self, ledger: &Ledger) -> Vec<MatterId> {
        let stands = |(id, trace): &(&MatterId, &Trace)| {
            !trace.withdrawn && ledger.version(Stream::Matter(**id)) == trace.entries
        };
        self.matters.iter().filter(stands).map(|(id, _)| *id).collect()
    }

    pub(crate) fn withdrawn(&self) -> usize {
        self.matters.values().filter(|trace| trace.withdrawn).count()
    }
}

/// The imports of the last 24 hours, the newest first; those of one account, or of all. The log itself is asked, so
/// they are known after a restart too.
pub(crate) fn recent(
    ledger: &Ledger,
    account: Option<PersonId>,
    now: Moment,
) -> Result<Vec<Import>, LedgerFault> {
    let mut found: BTreeMap<String, Import> = BTreeMap::new();
    let mut end = ledger.tree_head().0;
    for _ in 0..LOOKS {
        let from = end.saturating_sub(LOOK);
        let limit = usize::try_from(end - from).unwrap_or(0);
        let entries = ledger.entries_from(from, limit)?;
        let is_old = entries.first().is_none_or(|entry| entry.log_time.0 < now.0 - UNDO_MS);
        for entry in entries {
            let Some(told) = entry.told else { continue };
            if account.is_some_and(|account| told.entry.by.account != account) {
                continue;
            }
            let mut parts = told.cmd_id.split('-');
            let (kind, key) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let Stream::Matter(id) = told.entry.stream else { continue };
            if !matches!(kind, "imp" | "undo") {
                continue;
            }
            let import = found.entry(key.to_owned()).or_insert_with(|| Import {
                key: key.to_owned(),
                at: entry.log_time,
                matters: BTreeMap::new(),
            });
            import.at = import.at.min(entry.log_time);
            let trace = import.matters.entry(id).or_default();
            if kind == "imp" {
                trace.entries += 1;
            } else {
                trace.withdrawn = true;
            }
        }
        if is_old || from == 0 {
            break;
        }
        end = from;
    }
    let mut found: Vec<Import> = found.into_values().collect();
    found.retain(|import| now < import.until());
    found.sort_by_key(|import| std::cmp::Reverse(import.at));
    Ok(found)
}

/// Whether a matter is only listed, so that undoing its import is to find it not upheld (查否). What
/// was handed out has to be cancelled (撤销), which fewer may.
pub(crate) fn is_only_listed(register: &Register, id: MatterId) -> bool {
    register.matter(id).is_some_and(|matter| matches!(matter.stage, Stage::Listed))
}

/// Withdraws these matters of an import, each while it stands where the import left it. Gives those
/// that stay, with the reason.
pub(crate) fn undo(
    ledger: &Ledger,
    importer: &Importer,
    (import, ids): (&Import, &[MatterId]),
    reason: &Words,
) -> Vec<(MatterId, NotDone)> {
    let register = ledger.now();
    let command = |id: MatterId| {
        let reason = reason.clone();
        let only_listed = is_only_listed(&register, id);
        if only_listed { Deal::Refute { reason } } else { Deal::Cancel { reason } }
    };
    let mut stay = Vec::new();
    for ids in ids.chunks(TOGETHER) {
        let requests = ids.iter().map(|id| {
            let stream = Stream::Matter(*id);
            let version = import.matters.get(id).map_or(0, |trace| trace.entries);
            let command = Command::Matter(Some(*id), command(*id));
            let name = format!("undo-{}-{id}", import.key);
            (*id, importer.request(name, command, Some((stream, version))))
        });
        let answers = together(ledger, requests.collect());
        stay.extend(answers.into_iter().filter_map(|(id, answer)| Some((id, answer.err()?))));
    }
    stay
}
