//! `bihuan serve`: the whole product in the browser, with the day pass beside it.

use super::thrown_away::ThrownAway;
use crate::shell::{Shell, Trouble};
use crate::store::{Desk, found_figures, now};
use ledger::accounts::Accounts;
use ledger::{Chance, Clock, Ledger, LedgerFault, OpenOptions, Request};
use rules::calendar::Day;
use rules::ids::PersonId;
use rules::record::{By, Moment};
use rules::register::Register;
use rules::role::Role;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use web::{App, Options};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: super::Data,
    /// Where to listen; only this machine unless told otherwise
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8700")]
    listen: SocketAddr,
    /// Fill an empty directory with a living campaign of an invented city; without --data it is
    /// thrown away in the end
    #[arg(long)]
    demo: bool,
    /// With --demo: the same number makes the same city
    #[arg(long, value_name = "N", default_value_t = 1, requires = "demo")]
    seed: u64,
    /// With --demo: the day that it is, YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "demo")]
    today: Option<String>,
}

/// How often the clock is looked at for a new day.
const LOOK: Duration = Duration::from_secs(30);

/// The machine's clock, shifted for a demonstration of another day; while a city is being filled
/// it stands where the filling puts it.
#[derive(Clone, Default)]
struct Hands(Arc<Hand>);

#[derive(Default)]
struct Hand {
    /// Milliseconds to add to the machine's clock.
    shift: AtomicI64,
    /// The moment at which the clock stands; 0 when it runs.
    stands: AtomicI64,
}

impl Hands {
    fn clock(&self) -> Clock {
        let hand = Arc::clone(&self.0);
        Arc::new(move || match hand.stands.load(Ordering::Acquire) {
            0 => Moment(now().0 + hand.shift.load(Ordering::Acquire)),
            moment => Moment(moment),
        })
    }

    #[cfg(feature = "rehearsal")]
    fn stand(&self, moment: Moment) {
        self.0.stands.store(moment.0, Ordering::Release);
    }

    /// Lets the clock run, so that today is `day`.
    fn run_on(&self, day: Day) {
        let days = i64::from(day.since(now().office_day()));
        self.0.shift.store(days * 86_400_000, Ordering::Release);
        self.0.stands.store(0, Ordering::Release);
    }
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let hands = Hands::default();
    let today = super::today(shell, args.today.as_deref())?;
    let named = args.data.named(shell);
    let thrown_away =
        ThrownAway::unless(if args.demo { named } else { Some(args.data.dir(shell)) });
    let dir = thrown_away.path();
    let (ledger, cases) = if args.demo {
        hands.run_on(today);
        demo(shell, dir, args.seed, today, &hands)?
    } else {
        (open(shell, dir, &hands)?, Vec::new())
    };
    let accounts = Accounts::open(dir, Chance::System).map_err(fault(shell))?;
    if !args.demo {
        first_link(shell, &ledger, &accounts, &hands)?;
    }
    let app = App::new(ledger, accounts, Options { clock: hands.clock(), demo: args.demo, cases });
    let (router, _) = web::router(&app);
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| cannot_listen(shell, args, &error))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen).await;
        let listener = listener.map_err(|error| cannot_listen(shell, args, &error))?;
        let at = listener.local_addr().map_err(|error| cannot_listen(shell, args, &error))?;
        shell.line(&shell.say("serve-ready", &[("url", format!("http://{at}"))]));
        let days = tokio::spawn(begin_days(Arc::clone(&app), hands.clock()));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await;
        days.abort();
        served.map_err(|error| cannot_listen(shell, args, &error))
    })?;
    // A stream that a tab holds open ends with its page; nobody waits for it.
    runtime.shutdown_timeout(Duration::from_secs(2));
    shell.line(&shell.say("serve-stopped", &[]));
    Ok(())
}

fn fault(shell: &Shell) -> impl Fn(LedgerFault) -> Trouble {
    |fault| Trouble::Fault(shell.say(fault.code(), &fault.args()))
}

fn cannot_listen(shell: &Shell, args: &Args, error: &std::io::Error) -> Trouble {
    let said = [("at", args.listen.to_string()), ("why", error.to_string())];
    Trouble::Input(shell.say("serve-cannot-listen", &said))
}

/// Ctrl-C, or what a service manager sends.
async fn asked_to_stop() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            // Without the signal only Ctrl-C is left.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}

fn open(shell: &Shell, dir: &Path, hands: &Hands) -> Result<Ledger, Trouble> {
    let options = OpenOptions::new(hands.clock());
    let ledger = if dir.join("ledger.db").exists() {
        Ledger::open(dir, options).map_err(fault(shell))?
    } else {
        Ledger::create(dir, options).map_err(fault(shell))?
    };
    let desk = Desk { ledger, today: now().office_day() };
    found_figures(shell, &desk)?;
    if desk.register().office().is_empty() {
        let said = [("dir", dir.display().to_string())];
        return Err(Trouble::Input(shell.say("serve-no-posts", &said)));
    }
    Ok(desk.ledger)
}

type Cases = Vec<(&'static str, rules::ids::MatterId)>;

/// Opens a demonstration, or fills one.
#[cfg(feature = "rehearsal")]
fn demo(
    shell: &Shell,
    dir: &Path,
    seed: u64,
    today: Day,
    hands: &Hands,
) -> Result<(Ledger, Cases), Trouble> {
    if dir.join("ledger.db").exists() {
        let ledger = Ledger::open(dir, OpenOptions::new(hands.clock())).map_err(fault(shell))?;
        let cases = rehearsal::demo::cases(&ledger.now());
        if cases.is_empty() {
            let said = [("dir", dir.display().to_string())];
            return Err(Trouble::Input(shell.say("serve-not-a-demo", &said)));
        }
        return Ok((ledger, cases));
    }
    shell.line(&shell.say("serve-filling", &[]));
    // It stands before anything was written, and the filling moves it on.
    hands.stand(Moment::at_hour(today.plus(-120), 8));
    let options = OpenOptions { chance: Chance::Seed(seed), ..OpenOptions::new(hands.clock()) };
    let ledger = Ledger::create(dir, options).map_err(fault(shell))?;
    let filled = rehearsal::demo::fill(&ledger, &|moment| hands.stand(moment), seed, today);
    let demo = filled.map_err(|why| Trouble::Fault(shell.say(why.code, &why.args)))?;
    hands.run_on(today);
    let said = [("matters", demo.matters.to_string()), ("entries", demo.entries.to_string())];
    shell.line(&shell.say("serve-filled", &said));
    Ok((ledger, demo.cases))
}

#[cfg(not(feature = "rehearsal"))]
fn demo(shell: &Shell, _: &Path, _: u64, _: Day, _: &Hands) -> Result<(Ledger, Cases), Trouble> {
    Err(Trouble::Input(shell.say("serve-without-demo", &[])))
}

/// No password is there to be guessed: the first administrator gets a link that works once.
fn first_link(
    shell: &Shell,
    ledger: &Ledger,
    accounts: &Accounts,
    hands: &Hands,
) -> Result<(), Trouble> {
    if accounts.has_accounts() {
        return Ok(());
    }
    let at = (hands.clock())();
    let register = ledger.now();
    let Some(person) = first_administrator(&register, at.office_day()) else {
        return Err(Trouble::Input(shell.say("serve-no-administrator", &[])));
    };
    let link = accounts.invite(person, at).map_err(fault(shell))?;
    let name = register.office().person_name(person).and_then(|name| name.value());
    let said =
        [("person", name.unwrap_or_default().to_owned()), ("link", format!("/welcome/{link}"))];
    shell.line(&shell.say("serve-first-link", &said));
    Ok(())
}

fn first_administrator(register: &Register, today: Day) -> Option<PersonId> {
    let mut posts = register.office().posts();
    posts.find_map(|(_, post)| {
        post.roles.contains(&Role::SystemAdmin).then(|| post.holder(today)).flatten()
    })
}

/// Begins each day as it comes. What a day brings is looked up, not remembered: after a week of
/// power cut, or after two starts on one morning, the same entries are there.
async fn begin_days(app: Arc<App>, clock: Clock) {
    let mut begun = None;
    loop {
        let today = clock().office_day();
        if begun != Some(today) {
            let working = Arc::clone(&app);
            let done = tokio::task::spawn_blocking(move || day_pass(&working, today)).await;
            if done.is_ok_and(|done| done) {
                begun = Some(today);
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Submits what the day brings until it brings nothing more. `false` when the ledger takes no
/// commands now; it is asked again.
fn day_pass(app: &App, today: Day) -> bool {
    let ledger = app.ledger();
    // Each run may bring what follows from the one before; it ends because each step is once.
    for _ in 0..100 {
        let (head, _) = ledger.tree_head();
        for (n, command) in (0..).zip(ledger.now().day_pass(today)) {
            let id = format!("day-{today}-{head}-{n}");
            let by = By::SYSTEM;
            let request = Request { id, by, today, at: None, command, if_version: None };
            match ledger.submit(request) {
                // Somebody was faster: the next look sees how it stands now.
                Ok(_) | Err(ledger::NotDone::Refused(_) | ledger::NotDone::Conflict { .. }) => {}
                Err(not_done) => {
                    tracing::error!(code = not_done.code(), "the day pass was not done");
                    return false;
                }
            }
        }
        if ledger.tree_head().0 == head {
            break;
        }
    }
    app.tell_news();
    true
}
