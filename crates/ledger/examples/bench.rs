//! Measures the ledger. `cargo run --release -p bihuan-ledger --example bench -- [--json]
//! [--large] [--dir DIR] [--matters N] [--rounds N] [--only durable|log|register]`
//!
//! It writes into the folder `target` of where it is started, unless told otherwise. Durable
//! commands a second stand beside raw 4 KiB appends with fdatasync on the same file system in the
//! same minute: the disk decides, so only the ratio says anything of the ledger.
//!
//! What is measured of the log: `open` is all that happens when a ledger is opened (reading,
//! hashing, decrypting, checking, folding); `fold` is `Register::apply` alone, over entries that
//! were read from the log before. What is measured of the register: `Register::apply` over
//! entries that `decide` made and no log has seen, and the memory that the register then takes.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]
#![expect(clippy::cast_precision_loss, reason = "figures for reading")]

mod common;
#[path = "bench/register.rs"]
mod register;

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
        mpsc::sync_channel,
    },
    time::{Duration, Instant},
};

use common::office::{self, TURNS, life, number, request};
use ledger::{Ledger, OpenOptions, VerifyOptions, verify};
use rules::record::{Moment, Register};

/// How long one measurement of one round lasts.
const SPAN: Duration = Duration::from_millis(1500);
const CLIENTS: [u32; 3] = [1, 8, 64];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1).cloned()
    };
    let json = words.iter().any(|word| word == "--json");
    let parent = PathBuf::from(value("--dir").unwrap_or_else(|| "target".to_owned()));
    let root = parent.join(format!("bihuan-bench-{}", std::process::id()));
    std::fs::create_dir_all(&root).unwrap();
    let report = Report { json };
    let only = value("--only").unwrap_or_default();
    let all = only.is_empty();
    let matters = value("--matters").map_or(20_000, |text| text.parse().unwrap());
    if all || only == "durable" {
        let rounds = value("--rounds").map_or(5, |text| text.parse().unwrap());
        durable(&root, rounds, &report);
    }
    if all || only == "log" {
        log(&root, matters, &report);
    }
    if only == "register" {
        let large = words.iter().any(|word| word == "--large");
        register::measure(matters, &report);
        if large {
            register::measure(1_000_000, &report);
        }
    } else if all {
        // In a process of its own: what the log gave back to the allocator would be taken for
        // the register and not show.
        let again = std::env::current_exe().unwrap();
        let done = Command::new(again).args(["--only", "register"]).args(&words).status();
        assert!(done.unwrap().success());
    }
    std::fs::remove_dir_all(&root).unwrap();
}

struct Report {
    json: bool,
}

/// One figure.
struct Figure<'a> {
    name: &'a str,
    value: f64,
    unit: &'a str,
    n: u64,
    limit: Option<f64>,
    peer: Option<f64>,
}

impl Report {
    fn say(&self, figure: &Figure<'_>) {
        let Figure { name, value, unit, n, limit, peer } = figure;
        if self.json {
            let value = (value * 1000.0).round() / 1000.0;
            let mut line = serde_json::json!({"name": name, "value": value, "unit": unit, "n": n});
            if let Some(limit) = limit {
                line["limit"] = (*limit).into();
            }
            if let Some(peer) = peer {
                line["peer"] = (*peer).into();
            }
            println!("{line}");
        } else {
            let limit = limit.map_or(String::new(), |limit| format!("  limit {limit}"));
            let peer = peer.map_or(String::new(), |peer| format!("  raw {peer:.0}"));
            println!("{name:<28} {value:>12.2} {unit:<10} n {n}{limit}{peer}");
        }
    }
}

/// What one round of clients gave.
struct Round {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    cpu_us: f64,
    commands: u64,
}

fn durable(root: &Path, rounds: usize, report: &Report) {
    let ledger = common::open(&root.join("durable")).unwrap();
    office::found(&ledger).unwrap();
    let turn = AtomicU64::new(0);
    let mut raw = Vec::new();
    let mut by_clients: Vec<Vec<Round>> = CLIENTS.map(|_| Vec::new()).into();
    for _ in 0..rounds {
        raw.push(raw_appends(root));
        for (place, clients) in CLIENTS.into_iter().enumerate() {
            by_clients[place].push(run(&ledger, clients, &turn));
        }
    }
    let raw_median = median(raw);
    let figure = Figure {
        name: "raw_fdatasync_4k",
        value: raw_median,
        unit: "per_s",
        n: rounds as u64,
        limit: None,
        peer: None,
    };
    report.say(&figure);
    for (rounds, clients) in by_clients.into_iter().zip(CLIENTS) {
        let n = rounds.iter().map(|round| round.commands).sum();
        let rate = median(rounds.iter().map(|round| round.per_second).collect());
        let p50 = median(rounds.iter().map(|round| round.p50_ms).collect());
        let p99 = median(rounds.iter().map(|round| round.p99_ms).collect());
        let cpu = median(rounds.iter().map(|round| round.cpu_us).collect());
        let (ratio_limit, p99_limit) = match clients {
            1 => (Some(0.7), None),
            64 => (Some(10.0), Some(100.0)),
            _ => (None, None),
        };
        let say = |name: &str, value, unit, limit, peer| {
            let name = format!("{name}_{clients}");
            report.say(&Figure { name: &name, value, unit, n, limit, peer });
        };
        let rate_limit = (clients == 64).then_some(2000.0);
        say("commands_clients", rate, "per_s", rate_limit, Some(raw_median));
        say("ratio_to_raw_clients", rate / raw_median, "x", ratio_limit, None);
        say("p50_clients", p50, "ms", None, None);
        say("p99_clients", p99, "ms", p99_limit, None);
        say("cpu_per_command_clients", cpu, "us", None, None);
    }
}

/// Appends of 4 KiB, each with fdatasync, as often as a span allows; per second.
fn raw_appends(root: &Path) -> f64 {
    let mut file = File::create(root.join("raw")).unwrap();
    let block = [7_u8; 4096];
    let begun = Instant::now();
    let mut count = 0_u32;
    while begun.elapsed() < SPAN {
        file.write_all(&block).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

fn run(ledger: &Ledger, clients: u32, turn: &AtomicU64) -> Round {
    let cpu = cpu_ns();
    let begun = Instant::now();
    let mut waits: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..clients).map(|_| scope.spawn(|| one_client(ledger, turn, begun))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let cpu_us = (cpu_ns() - cpu) as f64 / 1000.0;
    waits.sort_unstable();
    let commands = waits.len();
    Round {
        per_second: commands as f64 / seconds,
        p50_ms: waits[commands / 2].as_secs_f64() * 1000.0,
        p99_ms: waits[commands * 99 / 100].as_secs_f64() * 1000.0,
        cpu_us: cpu_us / commands as f64,
        commands: commands as u64,
    }
}

/// Takes matters through their lives, one after the other, until the span is over.
fn one_client(ledger: &Ledger, count: &AtomicU64, begun: Instant) -> Vec<Duration> {
    let mut waits = Vec::new();
    loop {
        let mut matter = 0;
        for turn in 0..TURNS {
            if begun.elapsed() > SPAN {
                return waits;
            }
            let id = count.fetch_add(1, Ordering::Relaxed).to_string();
            let asked = Instant::now();
            let receipt = ledger.submit(request(&id, life(matter, turn))).unwrap();
            waits.push(asked.elapsed());
            matter = number(receipt.stream);
        }
    }
}

fn log(root: &Path, matters: u32, report: &Report) {
    let dir = root.join("log");
    let ledger = common::open(&dir).unwrap();
    office::found(&ledger).unwrap();
    let before = ledger.tree_head().0;
    let (cpu, begun) = (cpu_ns(), Instant::now());
    load(&ledger, matters);
    let events = ledger.tree_head().0 - before;
    let per = |ns: u64| ns as f64 / 1000.0 / events as f64;
    let say = |name, value, unit, limit| {
        report.say(&Figure { name, value, unit, n: events, limit, peer: None });
    };
    say("load_rate", events as f64 / begun.elapsed().as_secs_f64(), "per_s", None);
    say("load_cpu_per_command", per(cpu_ns() - cpu), "us", Some(50.0));
    drop(ledger);
    let options = |texts| {
        let clock = Arc::new(|| Moment(0));
        OpenOptions { texts, read_only: true, ..OpenOptions::new(clock) }
    };
    for (name, texts) in [("open_rate_without_texts", false), ("open_rate", true)] {
        let cpu = cpu_ns();
        let opened = Ledger::open(&dir, options(texts)).unwrap();
        let seconds = (cpu_ns() - cpu) as f64 / 1e9;
        say(name, events as f64 / seconds, "per_cpu_s", None);
        drop(opened);
    }
    let opened = Ledger::open(&dir, options(false)).unwrap();
    let read = opened.entries_from(0, usize::MAX).unwrap();
    let entries: Vec<_> = read.into_iter().map(|one| one.told.unwrap().entry).collect();
    let cpu = own_cpu_ns();
    let mut register = Register::default();
    for entry in &entries {
        register.apply(entry).unwrap();
    }
    let seconds = (own_cpu_ns() - cpu) as f64 / 1e9;
    say("fold_rate", entries.len() as f64 / seconds, "per_cpu_s", Some(150_000.0));
    drop((register, entries, opened));
    let (cpu, begun) = (cpu_ns(), Instant::now());
    verify(&dir, VerifyOptions::default()).unwrap();
    let share = 100_000.0 / events as f64;
    say("verify_100000", begun.elapsed().as_secs_f64() * share, "s", Some(3.0));
    say("verify_100000_cpu", (cpu_ns() - cpu) as f64 / 1e9 * share, "s", Some(3.0));
}

/// Commands under way while loading: enough for full batches, fewer than the queue holds.
const UNDER_WAY: usize = 512;

/// Takes matters through their lives.
fn load(ledger: &Ledger, matters: u32) {
    let first = ledger.now().next_matter().0;
    let (permit, back) = sync_channel(UNDER_WAY);
    let back = Arc::new(Mutex::new(back));
    for turn in 0..TURNS {
        for matter in first..first + matters {
            permit.send(()).unwrap();
            let request = request(&format!("{matter}-{turn}"), life(matter, turn));
            let back = Arc::clone(&back);
            ledger.submit_with(request, move |answer| {
                assert!(answer.is_ok(), "{answer:?}");
                back.lock().unwrap().recv().unwrap();
            });
        }
        // The next turn asks for what this one made.
        for _ in 0..UNDER_WAY {
            permit.send(()).unwrap();
        }
        for _ in 0..UNDER_WAY {
            back.lock().unwrap().recv().unwrap();
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}

/// CPU time of the process so far, ended threads included, in nanoseconds (to 10 ms).
fn cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = text.rsplit_once(')').unwrap().1.split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    ticks * 10_000_000
}

/// Time that this thread alone has been on a core, in nanoseconds.
fn own_cpu_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

/// Memory in use, in bytes.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = text.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}
