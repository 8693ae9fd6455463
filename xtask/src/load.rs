//! Chores that put the ledger under load. The work itself is done by examples of the ledger, so
//! that it is compiled with optimisation and without this program.

use crate::shell;

/// `cargo xtask bench ledger`: durable commands per second, fold rate and memory.
///
/// # Errors
/// A last line when the measurement fails.
pub(crate) fn bench_ledger(rest: &[String]) -> Result<(), String> {
    example("bench", rest)
}

/// `cargo xtask fault kill --times N`: `kill -9` under load, then look for what was lost.
///
/// # Errors
/// A last line when an acknowledged command was lost or applied twice, or verify found a fault.
pub(crate) fn fault_kill(rest: &[String]) -> Result<(), String> {
    example("kill", rest)
}

fn example(name: &str, rest: &[String]) -> Result<(), String> {
    let mut command = shell::cargo(&[
        "run",
        "--quiet",
        "--release",
        "-p",
        "bihuan-ledger",
        "--example",
        name,
        "--",
    ]);
    command.args(rest);
    shell::run(command)
}
