//! `cargo xtask test`: everything that must hold, in the order that fails soonest.

use crate::{shell, tidy};
use std::path::Path;
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
    Step { name: "readers of others", fast: false, run: || provide(READERS) },
    Step { name: "a browser for the journeys", fast: false, run: || provide(BROWSER) },
    Step { name: "format", fast: true, run: || cargo(&["fmt", "--all", "--check"]) },
    Step { name: "lints", fast: false, run: lints },
    Step { name: "tidy", fast: true, run: tidy::run },
    Step { name: "rules", fast: true, run: || cargo(&["test", "--quiet", "-p", "bihuan-rules"]) },
    Step { name: "every other test", fast: false, run: others },
    Step { name: "journeys in a browser", fast: false, run: journeys },
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
    let apart = ["--exclude", "bihuan-rules", "--exclude", "bihuan-journeys"];
    cargo(&[&["test", "--quiet", "--workspace"], &apart[..]].concat())
}

/// The journeys drive the development build, which cargo does not build for them.
fn journeys() -> Result<(), String> {
    cargo(&["build", "--quiet", "-p", "bihuan"])?;
    cargo(&["test", "--quiet", "-p", "bihuan-journeys"])
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

/// Something that the tests call, the Debian package that has it, and what calls it.
struct Need {
    name: &'static str,
    package: &'static str,
    why: &'static str,
    /// Whether nothing at all works without it.
    is_vital: bool,
    is_here: fn() -> bool,
}

const TOOLS: &[Need] = &[Need {
    name: "cc",
    package: "build-essential",
    why: "builds SQLite",
    is_vital: true,
    is_here: || starts("cc", "--version"),
}];

/// Programs of others that check what ours writes. Without them those checks skip themselves,
/// loudly, or fail if `BIHUAN_REQUIRE_FAULTS=1`.
const READERS: &[Need] = &[
    Need {
        name: "go",
        package: "golang-go",
        why: "reads exported logs with the Go team's own packages",
        is_vital: false,
        is_here: || starts("go", "version"),
    },
    Need {
        name: "golang.org/x/mod",
        package: "golang-golang-x-mod-dev",
        why: "has the packages for logs and notes",
        is_vital: false,
        is_here: || Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").is_dir(),
    },
    Need {
        name: "openssl",
        package: "openssl",
        why: "verifies signatures of SM2",
        is_vital: false,
        is_here: || starts("openssl", "version"),
    },
    Need {
        name: "zbarimg",
        package: "zbar-tools",
        why: "reads QR codes",
        is_vital: false,
        is_here: || starts("zbarimg", "--version"),
    },
];

/// Without these the journeys skip themselves, loudly, or fail if `BIHUAN_REQUIRE_BROWSER=1`.
const BROWSER: &[Need] = &[
    Need {
        name: "chromium",
        package: "chromium",
        why: "shows the pages to the journeys",
        is_vital: false,
        is_here: || {
            let told = std::env::var("BIHUAN_CHROME").ok();
            let usual = ["chromium", "chromium-browser", "google-chrome"];
            usual.into_iter().chain(told.as_deref()).any(|name| starts(name, "--version"))
        },
    },
    Need {
        name: "a Chinese font",
        package: "fonts-noto-cjk",
        why: "without it pictures have boxes for characters",
        is_vital: false,
        is_here: || {
            let listed = Command::new("fc-list").arg(":lang=zh").output();
            listed.is_ok_and(|list| !list.stdout.is_empty())
                || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
        },
    },
];

/// Installs what is missing where that is possible, and says what it did.
fn provide(needs: &[Need]) -> Result<(), String> {
    let missing: Vec<_> = needs.iter().filter(|need| !(need.is_here)()).collect();
    if !missing.is_empty() {
        install(&missing.iter().map(|need| need.package).collect::<Vec<_>>());
    }
    report(needs)
}

/// Says what is here and what is not.
///
/// # Errors
/// A sentence when something vital is missing.
fn report(needs: &[Need]) -> Result<(), String> {
    for Need { name, package, why, is_vital, is_here } in needs {
        match (is_here(), is_vital) {
            (true, _) => shell::line(&format!("{name} is here")),
            (false, true) => return Err(format!("no {name} ({why}): install {package}")),
            (false, false) => {
                shell::line(&format!("{name} is missing ({why}); going on without"));
            }
        }
    }
    Ok(())
}

fn prepare() -> Result<(), String> {
    provide(TOOLS)?;
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
    fn what_is_missing_stops_only_when_it_is_vital() {
        let need = |is_vital| Need {
            name: "x",
            package: "no-such-package-anywhere",
            why: "y",
            is_vital,
            is_here: || false,
        };
        assert_eq!(
            report(&[need(true)]).unwrap_err(),
            "no x (y): install no-such-package-anywhere"
        );
        assert_eq!(report(&[need(false)]), Ok(()));
    }

    #[test]
    fn the_short_run_is_a_part_of_the_long_one() {
        let fast = STEPS.iter().filter(|step| step.fast).count();
        assert!(0 < fast && fast < STEPS.len());
        assert!(run(&["--slow".to_owned()]).is_err());
    }
}
