//! Pictures of the program's pages, for people who look at them: `cargo xtask shots [--out DIR]`.
//!
//! Every picture shows a whole page, in both languages, on the office computer and the telephone.

use journeys::{Browser, Demo, Outcome, Screen, World, build_folder, travel};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is pictured: the file's name, the post that looks (none: not signed in), and the path.
const SHOTS: &[(&str, Option<u32>, &str)] = &[
    ("sign-in", None, "/"),
    ("desk-leader", Some(1), "/"),
    ("desk-office", Some(8), "/"),
    ("desk-owner", Some(25), "/"),
    ("desk-administrator", Some(16), "/"),
    ("ledger", Some(8), "/matters"),
    ("ledger-overdue", Some(8), "/matters?standing=standing-overdue"),
    ("ledger-empty", Some(8), "/matters?q=zzzz"),
    ("matter", Some(8), "/matters/1"),
    ("matter-owner", Some(25), "/matters/2"),
    ("matter-to-sign", Some(25), "/matters/279"),
    ("matter-in-work", Some(25), "/matters/145"),
    ("matter-to-check", Some(11), "/matters/129"),
    ("matter-to-hand-out", Some(8), "/matters/273"),
    ("why", Some(25), "/matters/145/why/limit-rectify"),
    ("new-matter", Some(8), "/matters/new"),
    ("bulk", Some(8), "/matters/bulk?ids=1&ids=2&ids=3"),
    ("import", Some(8), "/import"),
    ("slips", Some(8), "/slips"),
    ("slip", Some(8), "/slips/1"),
    ("plans", Some(8), "/plans"),
    ("plan", Some(8), "/plans/1"),
    ("posts", Some(8), "/posts"),
    ("post", Some(8), "/posts/8"),
    ("policy", Some(8), "/policy"),
    ("log", Some(8), "/log"),
    ("log-entry", Some(8), "/log/300"),
    ("search", Some(8), "/search?q=窗口"),
    ("me", Some(8), "/me"),
];

const LANGUAGES: &[&str] = &["zh", "en"];
const SCREENS: &[(&str, Screen)] = &[("desk", Screen::DESK), ("phone", Screen::PHONE)];

fn main() -> ExitCode {
    match out_folder().and_then(|folder| take_all(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Without standard error nobody is there to read it.
            let _ = writeln!(std::io::stderr(), "{why}");
            ExitCode::FAILURE
        }
    }
}

fn out_folder() -> Outcome<PathBuf> {
    let line: Vec<String> = std::env::args().skip(1).collect();
    match line.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Ok(build_folder()?.join("shots")),
        ["--out", folder] => Ok(PathBuf::from(folder)),
        other => Err(format!("shots knows --out DIR, not {}", other.join(" "))),
    }
}

/// Takes every picture, and then says which pages did something wrong.
fn take_all(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let (browser, demo) = (Browser::start()?, Demo::start()?);
    let mut wrong = Vec::new();
    for (name, post, path) in SHOTS {
        for (language, screen, tag) in variants() {
            let file = folder.join(format!("{name}.{tag}.png"));
            let shot = |world: &World<'_>| {
                let page = world.page(screen)?;
                page.set_cookie("lang", language)?;
                if let Some(post) = post {
                    page.sign_in(*post)?;
                }
                page.open(path)?;
                page.screenshot(&file, true)
            };
            let done = travel(&browser, demo.url(), &format!("shot-{name}-{tag}"), shot);
            let verdict = if done.is_ok() { "" } else { " with faults" };
            // A closed pipe (`| head`) takes no picture away.
            let _ = writeln!(std::io::stdout(), "{}{verdict}", file.display());
            wrong.extend(done.err().map(|why| format!("{name}.{tag}: {why}")));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// Both languages on both screens, with the ending of the file's name.
fn variants() -> impl Iterator<Item = (&'static str, Screen, String)> {
    LANGUAGES.iter().flat_map(|language| {
        SCREENS.iter().map(move |(name, screen)| (*language, *screen, format!("{language}.{name}")))
    })
}
