//! What every chore shares: the root folder, output, and running other programs.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    // Set by cargo whenever it runs this program or its tests.
    let own = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| "xtask".to_owned());
    Path::new(&own).parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// Prints one line. A closed pipe (`| head`) ends the program quietly.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// The cargo that started this program, to be run in the project's root.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Runs a command to its end with our own input and output.
///
/// # Errors
/// A sentence when it cannot be started or does not end with status 0.
pub(crate) fn run(mut command: Command) -> Result<(), String> {
    let name = spoken(&command);
    let status = command.status().map_err(|error| format!("cannot start {name}: {error}"))?;
    ended_well(&name, status)
}

fn ended_well(name: &str, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})")) }
}

/// What the command would look like if it were typed.
pub(crate) fn spoken(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}

/// What `cargo metadata --no-deps` says of the workspace at `root`.
///
/// # Errors
/// A sentence when cargo cannot be run or answers with something else than JSON.
pub(crate) fn metadata(root: &Path) -> Result<Value, String> {
    let mut command = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let output = command.current_dir(root).output();
    let output = output.map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    serde_json::from_slice(&output.stdout).map_err(|error| {
        format!("cargo metadata: {error}; {}", String::from_utf8_lossy(&output.stderr).trim())
    })
}

/// Prints the last line of a chore that failed.
pub(crate) fn trouble(why: &str) {
    // Nothing is left to be done when standard error itself is closed.
    let _ = writeln!(std::io::stderr(), "{why}");
}
