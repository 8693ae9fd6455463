//! The chores of the project. `cargo xtask` lists them.

mod bench;
mod load;
mod score;
mod shell;
mod shots;
mod test;
mod tidy;

use std::process::ExitCode;

/// One chore: what is typed, what it does, and how it is run with the rest of the line.
struct Chore {
    words: &'static [&'static str],
    takes: &'static str,
    does: &'static str,
    run: fn(&[String]) -> Result<(), String>,
}

/// The one list from which the help is printed and the chore is chosen.
const CHORES: &[Chore] = &[
    Chore {
        words: &["tidy"],
        takes: "",
        does: "check the house rules; print every finding with file and line, and the measures",
        run: |_| tidy::run(),
    },
    Chore {
        words: &["test"],
        takes: "[--fast]",
        does: "install what is needed and run every test; --fast: format, tidy and rules only",
        run: test::run,
    },
    Chore {
        words: &["shots"],
        takes: "[--out DIR]",
        does: "take pictures of the demonstration's pages, by default into target/shots",
        run: shots::run,
    },
    Chore {
        words: &["score"],
        takes: "[--gold DIR] [--plans DIR] [--program FILE] [--bars N,I,F] [--verbose] [--json]",
        does: "score the plan reader against annotated plans",
        run: score::run,
    },
    Chore {
        words: &["bench", "ledger"],
        takes: "[--json] …",
        does: "measure the ledger (docs/performance.md)",
        run: load::bench_ledger,
    },
    Chore {
        words: &["bench", "loop"],
        takes: "[--json] [--large] [--dir DIR]",
        does: "measure the served program over HTTP (docs/performance.md); --large: a million",
        run: bench::bench_loop,
    },
    Chore {
        words: &["fault", "kill"],
        takes: "[--times N]",
        does: "kill the ledger under load N times and look for lost commands (docs/reliability.md)",
        run: load::fault_kill,
    },
];

fn main() -> ExitCode {
    let line: Vec<String> = std::env::args().skip(1).collect();
    let chosen = CHORES.iter().find(|chore| {
        line.len() >= chore.words.len() && chore.words.iter().zip(&line).all(|(a, b)| a == b)
    });
    let done = chosen.map_or_else(|| help(&line), |chore| (chore.run)(&line[chore.words.len()..]));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            shell::trouble(&why);
            ExitCode::FAILURE
        }
    }
}

fn help(line: &[String]) -> Result<(), String> {
    shell::line("Chores of the project:");
    for chore in CHORES {
        shell::line(&format!("  cargo xtask {} {}", chore.words.join(" "), chore.takes));
        shell::line(&format!("      {}", chore.does));
    }
    if line.is_empty() { Ok(()) } else { Err(format!("no such chore: {}", line.join(" "))) }
}
