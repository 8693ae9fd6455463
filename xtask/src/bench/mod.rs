//! `cargo xtask bench loop`: the real program under load, over HTTP, on a store that holds a year
//! of a bureau. Nothing of it judges a figure as a test would: machines and minutes differ.

mod figures;
mod http;
mod server;
mod traffic;

use crate::shell;
use figures::{Aim, Figures, Report, ToF64, median};
use server::Server;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};
use traffic::{READS, Read, Ways};

/// How long one measurement of one round lasts, and how many rounds there are.
const SPAN: Duration = Duration::from_millis(1200);
const ROUNDS: usize = 3;
/// Clients who write, and clients who read.
const WRITERS: [usize; 3] = [1, 8, 64];
const READERS: [usize; 2] = [1, 8];
const SMALL: u32 = 20_000;
const LARGE: u32 = 1_000_000;
/// The most memory at the small size, in MiB.
const MEMORY_MIB: f64 = 150.0;
/// The longest from the start to the first page at the small size, in milliseconds.
const START_MS: f64 = 1000.0;
/// CPU time of the server for a command of 64 clients, in milliseconds.
const COMMAND_CPU_MS: f64 = 0.4;
/// The longest median wait of a single reader, in milliseconds.
const WAIT_MS: f64 = 5.0;

/// `cargo xtask bench loop [--json] [--large] [--dir DIR]`.
///
/// # Errors
/// A last line when the program does not do what it should; never because of a figure.
pub(crate) fn bench_loop(rest: &[String]) -> Result<(), String> {
    let has = |name: &str| rest.iter().any(|word| word == name);
    let told = rest.iter().position(|word| word == "--dir").and_then(|at| rest.get(at + 1));
    let built = built()?;
    let parent = told.map_or_else(|| built.target.clone(), PathBuf::from);
    let folder = parent.join(format!("bihuan-loop-{}", std::process::id()));
    let sizes = if has("--large") { &[SMALL, LARGE][..] } else { &[SMALL] };
    let json = has("--json");
    let done = all_sizes(&built, &folder, sizes, json);
    // What is left of a failed run is of no use either.
    let _gone = std::fs::remove_dir_all(&folder);
    done
}

/// Where the release builds lie.
struct Built {
    target: PathBuf,
    program: PathBuf,
    bureau: PathBuf,
}

fn built() -> Result<Built, String> {
    for words in [&["bihuan"][..], &["bihuan-rehearsal", "--example", "bureau"]] {
        let line = [&["build", "--quiet", "--release", "-p"][..], words].concat();
        shell::run(shell::cargo(&line))?;
    }
    let metadata = shell::metadata(&shell::root())?;
    let target = metadata["target_directory"].as_str().ok_or("cargo names no target folder")?;
    let target = PathBuf::from(target);
    let (program, bureau) = (target.join("release/bihuan"), target.join("release/examples/bureau"));
    Ok(Built { target, program, bureau })
}

fn all_sizes(built: &Built, folder: &Path, sizes: &[u32], json: bool) -> Result<(), String> {
    say_where(json);
    let mut named: BTreeMap<&str, f64> = BTreeMap::new();
    for matters in sizes {
        let report = Report { json, matters: *matters };
        let data = folder.join(matters.to_string());
        std::fs::create_dir_all(&data).map_err(|error| format!("cannot make a folder: {error}"))?;
        let ways = fill(built, &data, *matters)?;
        let server = start(built, &data, &ways, &report)?;
        let waits = reads(&server, &ways, &report)?;
        writes(&server, &ways, folder, &report)?;
        let limit = (*matters == SMALL).then_some(Aim::AtMost(MEMORY_MIB));
        report.say("memory_after_load", server.memory_mib()?, "MiB", limit);
        for (name, wait) in waits {
            if let Some(before) = named.insert(name, wait) {
                let name = format!("{name}.times_{SMALL}");
                report.say(&name, wait / before, "x", Some(Aim::AtMost(2.0)));
            }
        }
        drop(server);
        std::fs::remove_dir_all(&data).map_err(|error| format!("cannot clean up: {error}"))?;
    }
    Ok(())
}

/// The commit and the machine.
fn say_where(json: bool) {
    let mut git = std::process::Command::new("git");
    git.args(["describe", "--always", "--dirty"]).current_dir(shell::root());
    let commit = git.output().map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned());
    let commit = commit.unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    if json {
        let line = serde_json::json!({"commit": commit, "cores": cores, "load": load});
        shell::line(&line.to_string());
    } else {
        shell::line(&format!("commit {commit}, {cores} cores, load before {load}"));
    }
}

/// Fills a store and returns with what clients come in.
fn fill(built: &Built, data: &Path, matters: u32) -> Result<Ways, String> {
    let mut command = std::process::Command::new(&built.bureau);
    command.arg(data).arg(matters.to_string()).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| format!("cannot fill a store: {error}"))?;
    if !output.status.success() {
        return Err("the store could not be filled".to_owned());
    }
    let said = String::from_utf8_lossy(&output.stdout);
    Ways::read(said.lines().last().unwrap_or_default(), matters)
}

/// Starts the program, several times where that is quick, and leaves the last one running.
fn start(built: &Built, data: &Path, ways: &Ways, report: &Report) -> Result<Server, String> {
    let first = ways.page("/");
    let small = report.matters == SMALL;
    let mut times = Vec::new();
    for _ in 1..if small { ROUNDS } else { 1 } {
        times.push(Server::start(&built.program, data, &first)?.first_page);
    }
    let server = Server::start(&built.program, data, &first)?;
    times.push(server.first_page);
    let times = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    let aim = small.then_some(Aim::AtMost(START_MS));
    report.say("first_page_after_start", median(times).unwrap_or_default(), "ms", aim);
    server.come_to_rest()?;
    let aim = small.then_some(Aim::AtMost(MEMORY_MIB));
    report.say("memory_after_start", server.memory_mib()?, "MiB", aim);
    Ok(server)
}

/// Measures all that is read; returns the median waits of the named lists.
fn reads(
    server: &Server,
    ways: &Ways,
    report: &Report,
) -> Result<Vec<(&'static str, f64)>, String> {
    let aims = report.matters == SMALL;
    let mut spans: Vec<Vec<figures::Span>> = Vec::new();
    spans.resize_with(READS.len() * READERS.len(), Vec::new);
    let kinds: Vec<(&Read, usize)> =
        READS.iter().flat_map(|read| READERS.map(|clients| (read, clients))).collect();
    for _ in 0..ROUNDS {
        for ((read, clients), spans) in kinds.iter().zip(&mut spans) {
            spans.push(traffic::read(server, ways, read, *clients, SPAN)?);
        }
    }
    let mut named = Vec::new();
    for ((read, clients), spans) in kinds.iter().zip(&spans) {
        let figures = Figures::of(spans).ok_or("nothing was answered")?;
        let rate = read.aim.filter(|_| aims && *clients == 8).map(Aim::AtLeast);
        let wait = read.aim.filter(|_| aims && *clients == 1).map(|_| Aim::AtMost(WAIT_MS));
        let name = format!("{}.clients_{clients}", read.name);
        report.all(&name, &figures, rate, wait);
        report.say(&format!("{name}.server_cpu"), figures.cpu_ms, "ms", None);
        if read.is_named && *clients == 1 {
            named.push((read.name, figures.p50_ms));
        }
    }
    Ok(named)
}

/// Measures durable commands beside raw appends to the same file system, in turns.
fn writes(server: &Server, ways: &Ways, folder: &Path, report: &Report) -> Result<(), String> {
    let count = AtomicU64::new(0);
    let mut raw = Vec::new();
    let mut spans = WRITERS.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        raw.push(raw_appends(folder)?);
        for (clients, spans) in WRITERS.into_iter().zip(&mut spans) {
            spans.push(traffic::write(server, ways, clients, SPAN, &count)?);
        }
    }
    let raw = median(raw).unwrap_or_default();
    report.say("raw_appends_4k", raw, "/s", None);
    let aims = report.matters == SMALL;
    for (clients, spans) in WRITERS.into_iter().zip(&spans) {
        let figures = Figures::of(spans).ok_or("no command was done")?;
        let name = format!("commands.clients_{clients}");
        let full = aims && clients == 64;
        let rate = full.then_some(Aim::AtLeast((10.0 * raw).min(2000.0)));
        report.all(&name, &figures, rate, None);
        let cpu = full.then_some(Aim::AtMost(COMMAND_CPU_MS));
        report.say(&format!("{name}.server_cpu"), figures.cpu_ms, "ms", cpu);
        report.say(&format!("{name}.times_raw"), figures.per_second / raw, "x", None);
    }
    Ok(())
}

/// Appends of 4 KiB, each with fdatasync, as often as a span allows; per second.
fn raw_appends(folder: &Path) -> Result<f64, String> {
    let trouble = |error: std::io::Error| format!("cannot append: {error}");
    let mut file = File::create(folder.join("raw")).map_err(trouble)?;
    let block = [7_u8; 4096];
    let begun = Instant::now();
    let mut count = 0_usize;
    while begun.elapsed() < SPAN {
        file.write_all(&block).and_then(|()| file.sync_data()).map_err(trouble)?;
        count += 1;
    }
    Ok(count.to_f64() / begun.elapsed().as_secs_f64())
}
