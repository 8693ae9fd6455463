//! Measures the ledger. `cargo run --release -p bihuan-ledger --example bench -- [--json]
//! [--dir DIR] [--matters N] [--rounds N] [--only durable|fold]`
//!
//! Durable commands a second stand beside raw 4 KiB appends with fdatasync on the same file
//! system in the same minute: the disk decides, so only the ratio says anything of the ledger.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]
#![expect(clippy::cast_precision_loss, reason = "figures for reading")]

mod common;

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
        mpsc::sync_channel,
    },
    time::{Duration, Instant},
};

use ledger::{Ledger, VerifyOptions, verify};

/// How long one measurement of one round lasts.
const SPAN: Duration = Duration::from_millis(1500);
/// The events in one matter's life here.
const EVENTS_PER_MATTER: u32 = 6;
const CLIENTS: [u32; 3] = [1, 8, 64];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1).cloned()
    };
    let json = words.iter().any(|word| word == "--json");
    let parent = value("--dir").map_or_else(std::env::temp_dir, PathBuf::from);
    let root = parent.join(format!("bihuan-bench-{}", std::process::id()));
    std::fs::create_dir_all(&root).unwrap();
    let report = Report { json };
    let only = value("--only").unwrap_or_default();
    if only != "fold" {
        let rounds = value("--rounds").map_or(5, |text| text.parse().unwrap());
        durable(&root, rounds, &report);
    }
    if only != "durable" {
        let matters = value("--matters").map_or(20_000, |text| text.parse().unwrap());
        fold(&root, matters, &report);
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
    p99_ms: f64,
    cpu_us: f64,
    commands: u64,
}

fn durable(root: &Path, rounds: usize, report: &Report) {
    let ledger = common::open(&root.join("durable")).unwrap();
    let matter = AtomicU32::new(2);
    let mut raw = Vec::new();
    let mut by_clients: Vec<Vec<Round>> = CLIENTS.map(|_| Vec::new()).into();
    for _ in 0..rounds {
        raw.push(raw_appends(root));
        for (place, clients) in CLIENTS.into_iter().enumerate() {
            by_clients[place].push(run(&ledger, clients, &matter));
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

fn run(ledger: &Ledger, clients: u32, matter: &AtomicU32) -> Round {
    let cpu = cpu_ns();
    let begun = Instant::now();
    let mut waits: Vec<Duration> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..clients).map(|_| scope.spawn(|| one_client(ledger, matter, begun))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let cpu_us = (cpu_ns() - cpu) as f64 / 1000.0;
    waits.sort_unstable();
    let commands = waits.len();
    Round {
        per_second: commands as f64 / seconds,
        p99_ms: waits[commands * 99 / 100].as_secs_f64() * 1000.0,
        cpu_us: cpu_us / commands as f64,
        commands: commands as u64,
    }
}

fn one_client(ledger: &Ledger, matter: &AtomicU32, begun: Instant) -> Vec<Duration> {
    let mut waits = Vec::new();
    while begun.elapsed() < SPAN {
        let own = matter.fetch_add(1, Ordering::Relaxed);
        for turn in 0..EVENTS_PER_MATTER {
            let asked = Instant::now();
            let request = common::request(format!("{own}-{turn}"), common::command(own, turn));
            ledger.submit(request).unwrap();
            waits.push(asked.elapsed());
            if begun.elapsed() > SPAN {
                break;
            }
        }
    }
    waits
}

fn fold(root: &Path, matters: u32, report: &Report) {
    let dir = root.join("fold");
    let ledger = common::open(&dir).unwrap();
    let cpu = cpu_ns();
    let begun = Instant::now();
    load(&ledger, matters);
    let events = ledger.tree_head().0;
    let per = |ns: u64| ns as f64 / 1000.0 / events as f64;
    let say = |name, value, unit, limit| {
        report.say(&Figure { name, value, unit, n: events, limit, peer: None });
    };
    say("load_rate", events as f64 / begun.elapsed().as_secs_f64(), "per_s", None);
    say("load_cpu_per_command", per(cpu_ns() - cpu), "us", Some(50.0));
    drop(ledger);
    let options = |texts| {
        let clock = Arc::new(|| rules::record::Moment(0));
        ledger::OpenOptions { texts, read_only: true, ..ledger::OpenOptions::new(clock) }
    };
    for (name, texts, limit) in
        [("fold_rate_without_texts", false, Some(150_000.0)), ("fold_rate", true, None)]
    {
        let (memory, cpu) = (resident(), cpu_ns());
        let opened = Ledger::open(&dir, options(texts)).unwrap();
        let seconds = (cpu_ns() - cpu) as f64 / 1e9;
        say(name, events as f64 / seconds, "per_cpu_s", limit);
        if texts {
            let grown = resident().saturating_sub(memory) as f64 / f64::from(matters);
            say("memory_per_matter", grown, "bytes", Some(2048.0));
        }
        drop(opened);
    }
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
    let (permit, back) = sync_channel(UNDER_WAY);
    let back = Arc::new(Mutex::new(back));
    for turn in 0..EVENTS_PER_MATTER {
        for matter in 2..2 + matters {
            permit.send(()).unwrap();
            let request =
                common::request(format!("{matter}-{turn}"), common::command(matter, turn));
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

/// Memory in use, in bytes.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = text.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}
