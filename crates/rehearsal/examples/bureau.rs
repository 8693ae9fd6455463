//! Fills a new ledger with a year of a bureau, for measuring:
//! `cargo run --release -p bihuan-rehearsal --example bureau -- DIRECTORY MATTERS`.
//!
//! Every event is made by `decide` and written as in service, only in bulk: matters are found on
//! each of the 300 days before today. Two in five are not upheld; the others go their way to the
//! closing in three to eight weeks, but for one in forty, which is stuck on its way, and one in two
//! hundred, which is a work secret and stays with its owner. In the end today's day pass has run. The last line says, as JSON, with what a client comes in.
#![expect(clippy::print_stdout, reason = "an example talks to a terminal")]

#[path = "bureau/life.rs"]
mod life;

use ledger::accounts::Accounts;
use ledger::{Chance, Ledger, OpenOptions, Request};
use life::{Cast, DAYS, Step};
use rehearsal::SetClock;
use rules::calendar::Day;
use rules::posts::StaffLine;
use rules::record::{By, Command, Moment};
use rules::{basis, posts};
use std::error::Error;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const POSTS: &[u8] = include_bytes!("../../../examples/posts.csv");
const POLICY: &[u8] = include_bytes!("../../../profiles/default.toml");
/// Commands under way: enough for full batches, fewer than the ledger's queue holds.
const UNDER_WAY: usize = 700;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [directory, matters] = args.as_slice() else { return Err("DIRECTORY MATTERS".into()) };
    let (directory, matters) = (Path::new(directory), matters.parse()?);
    let begun = Instant::now();
    let today = machine_time()?.office_day();
    let clock = SetClock::default();
    let first = today.plus(-DAYS);
    let mut desk = Desk::new(directory, clock, first)?;
    desk.found()?;
    let cast = Cast::of(desk.ledger.now().office(), first).ok_or("the staff list lacks a post")?;
    desk.live(&cast, matters, first)?;
    desk.begin(today)?;
    let (entries, _) = desk.ledger.tree_head();
    eprint_line(&format!("{matters} matters, {entries} entries in {:?}", begun.elapsed()));
    println!("{}", ways_in(directory, &cast)?);
    Ok(())
}

fn eprint_line(text: &str) {
    use std::io::Write;
    // Nothing is lost when nobody listens.
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[expect(clippy::disallowed_methods, reason = "a program of its own, so it has a clock")]
fn machine_time() -> Result<Moment, Box<dyn Error>> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(Moment(i64::try_from(since.as_millis())?))
}

/// Hands commands in without waiting for each.
struct Desk {
    ledger: Ledger,
    clock: SetClock,
    today: Day,
    sent: u64,
    permits: SyncSender<()>,
    back: Arc<Mutex<Receiver<()>>>,
    /// The first thing that went wrong.
    wrong: Arc<Mutex<Option<String>>>,
}

impl Desk {
    fn new(directory: &Path, clock: SetClock, today: Day) -> Result<Desk, Box<dyn Error>> {
        clock.set(Moment::at_hour(today, 9));
        let options = OpenOptions { chance: Chance::Seed(1), ..OpenOptions::new(clock.clock()) };
        let ledger = Ledger::create(directory, options)?;
        let (permits, back) = sync_channel(UNDER_WAY);
        let (back, wrong) = (Arc::new(Mutex::new(back)), Arc::default());
        Ok(Desk { ledger, clock, today, sent: 0, permits, back, wrong })
    }

    fn found(&mut self) -> Result<(), Box<dyn Error>> {
        let policy = intake::policy::policy(POLICY).map_err(|fault| fault.code())?;
        let sheet = intake::posts(POSTS).map_err(|fault| fault.code())?;
        let mut lines: Vec<StaffLine> =
            sheet.rows.into_iter().map(|row| row.value.into()).collect();
        // Everybody has been in office since before the first day.
        for (_, since) in lines.iter_mut().filter_map(|line| line.holder.as_mut()) {
            *since = (*since).min(self.today.plus(-30));
        }
        let adopt = basis::Command::AdoptPolicy { policy: Box::new(policy) };
        self.send(By::SYSTEM, Command::Basis(adopt))?;
        self.send(By::SYSTEM, Command::Office(posts::Command::Enrol { lines }))?;
        self.wait()
    }

    /// Lets all matters live, day by day, up to today.
    fn live(&mut self, cast: &Cast, matters: u32, first: Day) -> Result<(), Box<dyn Error>> {
        let mut days: Vec<Vec<(Step, u32)>> = Vec::new();
        days.resize_with(usize::try_from(DAYS)? + 1, Vec::new);
        for n in 0..matters {
            for (day, step) in life::steps(n, matters) {
                if let Some(due) = days.get_mut(day) {
                    due.push((step, n));
                }
            }
        }
        for (day, mut due) in (0..).zip(days) {
            // A matter's own steps of one day stay in their order.
            due.sort_unstable();
            self.on(first.plus(day))?;
            for (step, n) in due {
                let (by, command) = cast.act(step, n);
                self.send(by, command)?;
            }
            self.wait()?;
        }
        Ok(())
    }

    /// What the day brings by itself, until it brings nothing more.
    fn begin(&mut self, today: Day) -> Result<(), Box<dyn Error>> {
        self.on(today)?;
        loop {
            let (size, _) = self.ledger.tree_head();
            for command in self.ledger.now().day_pass(today) {
                self.send(By::SYSTEM, command)?;
            }
            self.wait()?;
            if self.ledger.tree_head().0 == size {
                return Ok(());
            }
        }
    }

    fn on(&mut self, day: Day) -> Result<(), Box<dyn Error>> {
        self.today = day;
        self.clock.set(Moment::at_hour(day, 9));
        self.failed()
    }

    fn send(&mut self, by: By, command: Command) -> Result<(), Box<dyn Error>> {
        self.permits.send(())?;
        self.sent += 1;
        let (id, today) = (format!("fill-{}", self.sent), self.today);
        let sent = self.sent;
        let request = Request { id, by, today, at: None, command, if_version: None };
        let (back, wrong) = (Arc::clone(&self.back), Arc::clone(&self.wrong));
        self.ledger.submit_with(request, move |answer| {
            if let Err(not_done) = answer
                && let Ok(mut wrong) = wrong.lock()
            {
                wrong.get_or_insert(format!("command {sent}: {not_done:?}"));
            }
            // Whoever sends has put a permit there before.
            let _taken = back.lock().map(|back| back.try_recv());
        });
        Ok(())
    }

    /// Waits until all that was sent is answered.
    fn wait(&self) -> Result<(), Box<dyn Error>> {
        for _ in 0..UNDER_WAY {
            self.permits.send(())?;
        }
        let back = self.back.lock().map_err(|_| "a reply failed")?;
        while back.try_recv().is_ok() {}
        drop(back);
        self.failed()
    }

    fn failed(&self) -> Result<(), Box<dyn Error>> {
        let wrong = self.wrong.lock().map_err(|_| "a reply failed")?;
        wrong.clone().map_or(Ok(()), |why| Err(why.into()))
    }
}

/// With what clients come in: a session and a token of the campaign office's head, and the token
/// of a post that owns matters, with its unit and a post that may check it.
fn ways_in(directory: &Path, cast: &Cast) -> Result<String, Box<dyn Error>> {
    let accounts = Accounts::open(directory, Chance::System)?;
    let now = machine_time()?;
    let token = |by: By| -> Result<String, Box<dyn Error>> {
        Ok(accounts.issue_token(by.account, by.post.unwrap_or_default(), "bench", now, 1)?)
    };
    let owner = cast.owners.first().ok_or("nobody owns anything")?;
    let number = |by: By| by.post.unwrap_or_default().0;
    let ways = serde_json::json!({
        "session": accounts.open_session(cast.office.account, cast.office.post, now)?,
        "office": token(cast.office)?,
        "owner": token(owner.by)?,
        "post": number(owner.by),
        "unit": owner.unit.0,
        "checker": number(owner.checkers[0]),
    });
    Ok(ways.to_string())
}
