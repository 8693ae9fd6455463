//! Kills a writing process again and again and looks at what it left.
//! `cargo run --release -p bihuan-ledger --example kill -- --times 200 [--dir DIR]`
//!
//! Each round: no acknowledged command lost, none applied twice, `verify` clean.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for fault tests")]

mod common;

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use common::office::{self, TURNS, life, number, request};
use ledger::{NotDone, VerifyOptions, verify};

const CLIENTS: u32 = 8;
/// The founding's commands, and how many entries each leaves.
const FOUNDING: [(&str, u32); 2] = [("founding-1", 1), ("founding-2", 28)];
/// A store is used for so many rounds, then a new one, so that each look stays short.
const ROUNDS_PER_STORE: u32 = 20;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == "worker") {
        work(Path::new(&words[1]), words[2].parse().unwrap());
        return ExitCode::SUCCESS;
    }
    let value = |name: &str| {
        let place = words.iter().position(|word| word == name)?;
        words.get(place + 1).cloned()
    };
    let times: u32 = value("--times").map_or(20, |text| text.parse().unwrap());
    let parent = PathBuf::from(value("--dir").unwrap_or_else(|| "target".to_owned()));
    let root = parent.join(format!("bihuan-kill-{}", std::process::id()));
    let outcome = rounds(&root, times);
    drop(std::fs::remove_dir_all(&root));
    match outcome {
        Ok(acknowledged) => {
            println!("{times} kills, {acknowledged} acknowledged commands, none lost, none twice");
            ExitCode::SUCCESS
        }
        Err(what) => {
            println!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn rounds(root: &Path, times: u32) -> Result<usize, String> {
    let mut total = 0;
    let mut acknowledged = HashMap::new();
    for round in 0..times {
        let dir = root.join(format!("{}", round / ROUNDS_PER_STORE));
        if round % ROUNDS_PER_STORE == 0 {
            acknowledged.clear();
        }
        let before = acknowledged.len();
        run_and_kill(&dir, round, &mut acknowledged);
        total += acknowledged.len() - before;
        look(&dir, &acknowledged).map_err(|what| format!("round {round}: {what}"))?;
    }
    Ok(total)
}

/// Starts a worker, reads its acknowledgements, kills it at a moment of chance.
fn run_and_kill(dir: &Path, round: u32, acknowledged: &mut HashMap<String, u64>) {
    let program = std::env::current_exe().unwrap();
    let mut child = Command::new(program)
        .args(["worker", dir.to_str().unwrap(), &round.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut chance = [0; 2];
    getrandom::fill(&mut chance).unwrap();
    let wait = Duration::from_millis(u64::from(u16::from_be_bytes(chance)) % 400);
    let mut lines = lines.map_while(Result::ok);
    // Only a worker that has begun to write is worth killing, save every tenth: that one may
    // die while it opens, or makes, the store.
    let mut seen: Vec<String> =
        if round % 10 == 9 { Vec::new() } else { lines.next().into_iter().collect() };
    std::thread::sleep(wait);
    child.kill().unwrap();
    seen.extend(lines);
    child.wait().unwrap();
    for line in seen {
        // The last line may be cut; then its command may be in the log or not.
        if let Some((id, seq)) = line.strip_suffix(" ok").and_then(|line| line.split_once(' ')) {
            acknowledged.insert(id.to_owned(), seq.parse().unwrap());
        }
    }
}

/// Looks at what the killed worker left.
fn look(dir: &Path, acknowledged: &HashMap<String, u64>) -> Result<(), String> {
    let verified = verify(dir, VerifyOptions::default()).map_err(|fault| fault.to_string())?;
    let ledger = common::open(dir).map_err(|fault| fault.to_string())?;
    if ledger.tree_head() != (verified.events, verified.root) {
        return Err("opened to another tree than verified".to_owned());
    }
    let mut found: HashMap<String, u64> = HashMap::new();
    let mut founding = HashMap::new();
    for recorded in ledger.entries_from(0, usize::MAX).map_err(|fault| fault.to_string())? {
        let told = recorded.told.ok_or("an entry tells nothing")?;
        if told.entry.by.account == rules::ids::SYSTEM {
            // The founding: the only command here that leaves several entries.
            *founding.entry(told.cmd_id).or_insert(0) += 1;
            continue;
        }
        if let Some(before) = found.insert(told.cmd_id.clone(), recorded.seq) {
            return Err(format!("{} applied twice: {before} and {}", told.cmd_id, recorded.seq));
        }
    }
    let whole = founding.iter().all(|(id, count)| FOUNDING.contains(&(id.as_str(), *count)));
    if !whole || (founding.len() < 2 && !found.is_empty()) {
        return Err(format!("founded in part or twice: {founding:?}"));
    }
    for (id, seq) in acknowledged {
        if found.get(id) != Some(seq) {
            return Err(format!("{id} was acknowledged as {seq} but is {:?}", found.get(id)));
        }
    }
    // Whoever asks again gets the old receipt, not a second entry.
    for (id, seq) in acknowledged.iter().take(5) {
        let count: u32 = id.rsplit('-').next().unwrap_or("").parse().unwrap_or(0);
        let again = ledger.submit(request(id, life(1, count % TURNS)));
        let receipt = again.map_err(|not_done| not_done.to_string())?;
        if !receipt.repeated || receipt.seq != *seq {
            return Err(format!("{id} was done again"));
        }
    }
    Ok(())
}

/// Eight clients write until they are killed. What is on the disk is told in whole lines.
fn work(dir: &Path, round: u32) {
    let ledger = common::open(dir).unwrap();
    office::found(&ledger).unwrap();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let ledger = &ledger;
            scope.spawn(move || {
                let mut matter = 0;
                for count in 0.. {
                    let id = format!("{round}-{client}-{count}");
                    let receipt = loop {
                        match ledger.submit(request(&id, life(matter, count % TURNS))) {
                            Ok(receipt) => break receipt,
                            Err(NotDone::Busy) => {}
                            Err(not_done) => panic!("{not_done}"),
                        }
                    };
                    // One write to a locked, line-buffered stream: no two lines mix.
                    println!("{id} {} ok", receipt.seq);
                    matter = number(receipt.stream);
                }
            });
        }
    });
}
