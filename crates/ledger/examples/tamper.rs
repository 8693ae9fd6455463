//! Changes single bytes of a store in memory and counts how many `verify` misses (none).
//! `cargo run --release -p bihuan-ledger --example tamper [CHANGES] [ENTRIES] [SEED]`
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]

#[path = "../tests/it/meddle.rs"]
mod meddle;
#[path = "../tests/it/office.rs"]
#[expect(dead_code, reason = "the other examples use the rest")]
mod office;
#[path = "../tests/it/world.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod world;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u64>().unwrap());
    let changes = arguments.next().unwrap_or(10_000);
    let entries = arguments.next().unwrap_or(2_000);
    let seed = arguments.next().unwrap_or(1);
    let dir = world::Dir::new();
    drop(world::filled(dir.path(), entries));
    let mut meddler = meddle::Meddler::new(dir.path(), seed);
    let begun = std::time::Instant::now();
    meddler.verify().unwrap();
    println!("one verification: {:?}", begun.elapsed());
    let mut escaped = 0_u64;
    for _ in 0..changes {
        if let Err(what) = meddler.change_one() {
            println!("{what}");
            escaped += 1;
        }
    }
    meddler.verify().unwrap();
    println!("{changes} changes, {escaped} escaped, {:?}", begun.elapsed());
    std::process::exit(i32::from(escaped > 0));
}
