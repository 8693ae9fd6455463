//! `cargo xtask test`: everything that must hold, in the order that fails soonest.

use crate::{shell, tidy};
use std::process::{Command, Stdio};
use std::time::Instant;

/// One step: its headline, whether `--fast` has it, and what it does.
struct Step {
    name: &'static str,
    fast: bool,
    run: fn() -> Result<(), String>,
}

const STEPS: &[Step] = &[
    Step { name: "what the tests need", fast: true, run: prepare },
    Step { name: "format", fast: true, run: || cargo(&["fmt", "--all", "--check"]) },
    Step { name: "lints", fast: false, run: lints },
    Step { name: "tidy", fast: true, run: tidy::run },
    Step { name: "rules", fast: true, run: || cargo(&["test", "--quiet", "-p", "bihuan-rules"]) },
    Step { name: "every other test", fast: false, run: others },
    Step { name: "plans read as annotated", fast: false, run: score },
    Step { name: "kill -9 under load, 20 times", fast: false, run: kill },
];

/// Runs the steps one after the other and stops at the first that fails.
///
/// # Errors
/// A last line that names the step that failed.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    let fast = match rest {
        [] => false,
        [one] if one == "--fast" => true,
        _ => return Err(format!("test knows --fast, not {}", rest.join(" "))),
    };
    let start = Instant::now();
    for step in STEPS.iter().filter(|step| step.fast || !fast) {
        shell::line(&format!("== {}", step.name));
        let began = Instant::now();
        let done = (step.run)();
        let took = began.elapsed().as_secs_f32();
        if let Err(why) = done {
            shell::line(&format!("== {}: failed after {took:.1} s", step.name));
            return Err(format!("FAILED at \"{}\": {why}", step.name));
        }
        shell::line(&format!("== {}: {took:.1} s", step.name));
    }
    shell::line(&format!("ALL PASSED in {:.1} s", start.elapsed().as_secs_f32()));
    Ok(())
}

fn cargo(args: &[&str]) -> Result<(), String> {
    shell::run(shell::cargo(args))
}

fn lints() -> Result<(), String> {
    cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

fn others() -> Result<(), String> {
    cargo(&["test", "--quiet", "--workspace", "--exclude", "bihuan-rules"])
}

/// Scores the reader of the development build, which the tests have just made.
fn score() -> Result<(), String> {
    cargo(&["build", "--quiet", "-p", "bihuan"])?;
    // The bars for plans that the reader was not made on.
    let words = ["--program", "target/debug/bihuan", "--bars", "0.98,0.92,0.93"];
    crate::score::run(&words.map(str::to_owned))
}

fn kill() -> Result<(), String> {
    crate::load::fault_kill(&["--times".to_owned(), "20".to_owned()])
}

/// A program that the tests call, the Debian package that has it, and what calls it.
const PROGRAMS: &[(&str, &str, &str)] = &[("cc", "build-essential", "builds SQLite")];

/// Installs what is missing where that is possible, and says what it did.
fn prepare() -> Result<(), String> {
    let missing: Vec<_> =
        PROGRAMS.iter().filter(|(program, ..)| !starts(program, "--version")).collect();
    if !missing.is_empty() {
        install(&missing.iter().map(|(_, package, _)| *package).collect::<Vec<_>>());
    }
    for (program, package, why) in PROGRAMS {
        match (starts(program, "--version"), *program) {
            (true, _) => shell::line(&format!("{program} is here")),
            // Without a C compiler nothing builds.
            (false, "cc") => return Err(format!("no C compiler ({why}): install {package}")),
            (false, _) => shell::line(&format!("{program} is missing ({why}); going on without")),
        }
    }
    for component in ["rustfmt", "clippy"] {
        let verb = if component == "rustfmt" { "fmt" } else { component };
        let there = || quiet(shell::cargo(&[verb, "--version"]));
        if there() {
            continue;
        }
        if !quiet(rustup(component)) || !there() {
            return Err(format!("cargo {verb} is missing: rustup component add {component}"));
        }
    }
    Ok(())
}

fn install(packages: &[&str]) {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let wanted = packages.join(" ");
    if !is_root || !starts("apt-get", "--version") {
        shell::line(&format!("missing: {wanted}; not root on Debian, so nothing is installed"));
        return;
    }
    shell::line(&format!("installing {wanted}"));
    let mut update = Command::new("apt-get");
    update.args(["update", "-qq"]);
    let mut get = Command::new("apt-get");
    get.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    get.env("DEBIAN_FRONTEND", "noninteractive");
    for command in [update, get] {
        if let Err(why) = shell::run(command) {
            shell::line(&why);
        }
    }
}

fn rustup(component: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["component", "add", component]);
    command
}

fn starts(program: &str, arg: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(arg);
    quiet(command)
}

fn quiet(mut command: Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_there_does_not_start() {
        assert!(!starts("no-such-program-anywhere", "--version"));
        assert!(quiet(shell::cargo(&["--version"])));
    }

    #[test]
    fn the_short_run_is_a_part_of_the_long_one() {
        let fast = STEPS.iter().filter(|step| step.fast).count();
        assert!(0 < fast && fast < STEPS.len());
        assert!(run(&["--slow".to_owned()]).is_err());
    }
}
