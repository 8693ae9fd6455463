//! Fills a new ledger with the demonstration and says how long it took:
//! `cargo run --release -p bihuan-rehearsal --example fill -- DIRECTORY SEED DAY`.

#![expect(clippy::print_stdout, reason = "an example talks to a terminal")]

use ledger::{Chance, Ledger, OpenOptions};
use rehearsal::{SetClock, demo};
use rules::calendar::Day;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [directory, seed, today] = args.as_slice() else {
        return Err("DIRECTORY SEED DAY".into());
    };
    let seed: u64 = seed.parse()?;
    let today = Day::parse(today).map_err(|_| "DAY is like 2026-11-25")?;
    let clock = SetClock::default();
    let options = OpenOptions { chance: Chance::Seed(seed), ..OpenOptions::new(clock.clock()) };
    let ledger = Ledger::create(Path::new(directory), options)?;
    let started = Instant::now();
    let set = |moment| {
        clock.set(moment);
    };
    let demo = demo::fill(&ledger, &set, seed, today).map_err(|why| format!("{why:?}"))?;
    let (size, root) = ledger.tree_head();
    println!("{demo:?}\n{size} entries, {} in {:?}", root.hex(), started.elapsed());
    Ok(())
}
