//! `bihuan serve`: the whole product in the browser, with the day pass beside it.

mod checkpoints;
mod days;
mod hands;
mod house;

use self::checkpoints::Signing;
use self::hands::Hands;
use self::house::House;
use super::thrown_away::ThrownAway;
use crate::shell::{Shell, Trouble};
use crate::store::{Desk, found_figures, now};
use ledger::accounts::Accounts;
use ledger::{Chance, Ledger, LedgerFault, OpenOptions};
use rules::calendar::Day;
use rules::ids::SYSTEM;
use rules::role::Role;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use web::{AfterDemo, App, Options};

/// How long requests that run when the server is stopped may still take.
const PATIENCE: Duration = Duration::from_secs(2);

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

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| cannot_listen(shell, args, &error))?;
    let trouble = |error: std::io::Error| cannot_listen(shell, args, &error);
    // Bound first: who opens the page while a city is being filled waits, and the links that are
    // shown name the place.
    let listener = std::net::TcpListener::bind(args.listen).map_err(trouble)?;
    listener.set_nonblocking(true).map_err(trouble)?;
    let url = format!("http://{}", listener.local_addr().map_err(trouble)?);
    let house = House::new(runtime.handle().clone(), url.clone());
    if args.demo {
        open_demo(shell, args, &house)?;
    } else {
        open_own(shell, &args.data.dir(shell), &house)?;
    }
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(trouble)?;
        shell.line(&shell.say("serve-ready", &[("url", url)]));
        let service = house.service().into_make_service_with_connect_info::<SocketAddr>();
        let (tell, told) = tokio::sync::oneshot::channel::<()>();
        let stopping = async move { drop(told.await) };
        let serving = axum::serve(listener, service).with_graceful_shutdown(stopping);
        let served = async { serving.await.map_err(trouble) };
        let stop = async {
            asked_to_stop().await;
            drop(tell);
            // Requests that run are answered; a stream that a tab holds open is not waited for.
            tokio::time::sleep(PATIENCE).await;
            Ok(())
        };
        tokio::select! { done = served => done, done = stop => done }
    })?;
    house.close();
    runtime.shutdown_timeout(PATIENCE);
    shell.line(&shell.say("serve-stopped", &[]));
    Ok(())
}

/// Takes the ledger of `dir` into service, or an empty one there. Gives the path where whoever
/// has seen to its opening goes on.
fn open_own(shell: &Shell, dir: &Path, house: &House) -> Result<String, Trouble> {
    let hands = Hands::default();
    let options = OpenOptions::new(hands.clock());
    let ledger = if dir.join("ledger.db").exists() {
        Ledger::open(dir, options).map_err(fault(shell))?
    } else {
        Ledger::create(dir, options).map_err(fault(shell))?
    };
    let desk = Desk { ledger, today: now().office_day() };
    if let Some(known) = desk.ledger.lost_checkpoint() {
        shell.line(&shell.say("trust-rewound", &[("known", known.to_string())]));
    } else {
        found_figures(shell, &desk)?;
    }
    let signing = Signing::of(shell, &desk.ledger, Chance::System)?;
    let accounts = Accounts::open(dir, Chance::System).map_err(fault(shell))?;
    let way = first_link(shell, &desk.ledger, &accounts, house.url())?;
    let clock = hands.clock();
    let options = Options { clock, demo: false, cases: Vec::new(), after_demo: None };
    house.open(App::new(desk.ledger, accounts, options), hands.clock(), signing);
    Ok(way)
}

/// Takes a demonstration into service. One that is thrown away can give way to the office's own
/// data while the server runs.
fn open_demo(shell: &Shell, args: &Args, house: &Arc<House>) -> Result<(), Trouble> {
    let hands = Hands::default();
    let today = super::today(shell, args.today.as_deref())?;
    hands.run_on(today);
    let named = args.data.named(shell);
    let kept = named.is_some();
    let folder = ThrownAway::unless(named);
    let (ledger, cases) = demo(shell, folder.path(), args.seed, today, &hands)?;
    let accounts = Accounts::open(folder.path(), Chance::System).map_err(fault(shell))?;
    let signing = Signing::of(shell, &ledger, Chance::Seed(args.seed))?;
    let folder = Mutex::new(Some(folder));
    let (shell, dir, later) = (shell.clone(), args.data.dir(shell), Arc::downgrade(house));
    let begin = move || {
        let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
        // Who comes second finds it done.
        let (Some(house), true) = (later.upgrade(), folder.is_some()) else {
            return Ok("/".to_owned());
        };
        let way = open_own(&shell, &dir, &house).map_err(Trouble::said)?;
        folder.take();
        Ok(way)
    };
    let begin: AfterDemo = Box::new(begin);
    let (clock, after_demo) = (hands.clock(), (!kept).then_some(begin));
    let options = Options { clock, demo: true, cases, after_demo };
    house.open(App::new(ledger, accounts, options), hands.clock(), signing);
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
pub(super) async fn asked_to_stop() {
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
    hands.stand(rules::record::Moment::at_hour(today.plus(-120), 8));
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

/// No password is there to be guessed: an empty ledger gets a link with which the office is
/// founded, an office without accounts one for its first administrator. The terminal shows them;
/// only the link of an empty ledger, which gives nothing away, is handed on to a browser.
fn first_link(
    shell: &Shell,
    ledger: &Ledger,
    accounts: &Accounts,
    url: &str,
) -> Result<String, Trouble> {
    let sign_in = "/sign-in".to_owned();
    let register = ledger.now();
    let office = register.office();
    if office.is_empty() {
        let link = accounts.invite(SYSTEM, now()).map_err(fault(shell))?;
        let path = format!("/found/{link}");
        shell.line(&shell.say("serve-found-link", &[("link", format!("{url}{path}"))]));
        return Ok(path);
    }
    if accounts.has_accounts() {
        return Ok(sign_in);
    }
    let first = office.first_with(Role::SystemAdmin, now().office_day());
    let Some((_, person)) = first else {
        return Err(Trouble::Input(shell.say("serve-no-administrator", &[])));
    };
    let link = accounts.invite(person, now()).map_err(fault(shell))?;
    let name = office.person_name(person).and_then(|name| name.value());
    let said = [
        ("person", name.unwrap_or_default().to_owned()),
        ("link", format!("{url}/welcome/{link}")),
    ];
    shell.line(&shell.say("serve-first-link", &said));
    Ok(sign_in)
}
