//! Rule: nothing unfinished, no clock below the program, no path of somebody's machine.

use super::source::{Kind, Source};
use super::{File, Finding, Tree};

/// Macros that mark work in progress.
const UNFINISHED: &[&str] = &["todo!", "dbg!", "unimplemented!"];
/// Notes that mark work in progress; they are looked for in comments.
const NOTES: &[&str] = &["TODO", "FIXME"];
const CLOCKS: &[&str] = &["SystemTime::now", "Instant::now"];
/// They time what others do, and no rule of ours depends on it.
const NEVER_SHIPPED: &[&str] = &["crates/journeys/", "xtask/"];
/// Folders at the top of a developer's machine.
const FOLDERS: &[&str] = &["home", "root", "work", "tmp"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &tree.files {
        if let Some(rust) = &file.rust {
            code(file, rust, &mut found);
            notes(file, rust, &mut found);
        }
        if !file.is_test() {
            paths(file, &mut found);
        }
    }
    found
}

fn code(file: &File, rust: &Source, found: &mut Vec<Finding>) {
    let may_have_a_clock = file.is_test()
        || file.path.starts_with("crates/bihuan/")
        || NEVER_SHIPPED.iter().any(|folder| file.path.starts_with(folder));
    for (at, line) in rust.code.lines().enumerate() {
        for word in UNFINISHED.iter().filter(|word| has_word(line, word)) {
            found.push(file.finding(at + 1, format!("{word} is unfinished work")));
        }
        if may_have_a_clock || rust.is_test(at + 1) {
            continue;
        }
        for clock in CLOCKS.iter().filter(|clock| line.contains(**clock)) {
            found.push(file.finding(at + 1, format!("{clock}: only the program has a clock")));
        }
    }
}

fn notes(file: &File, rust: &Source, found: &mut Vec<Finding>) {
    for piece in rust.pieces.iter().filter(|piece| piece.kind == Kind::Comment) {
        for note in NOTES.iter().filter(|note| has_word(&piece.text, note)) {
            found.push(file.finding(piece.line, format!("a {note} belongs into an issue")));
        }
    }
}

fn paths(file: &File, found: &mut Vec<Finding>) {
    for (at, line) in file.text.lines().enumerate() {
        if file.rust.as_ref().is_some_and(|rust| rust.is_test(at + 1)) {
            continue;
        }
        for folder in FOLDERS {
            let path = format!("/{folder}/");
            let starts = |at: usize| {
                !line[..at].ends_with(|c: char| c.is_alphanumeric() || "_.-*}".contains(c))
            };
            if line.match_indices(&path).any(|(at, _)| starts(at)) {
                found.push(file.finding(at + 1, format!("{path} is a path of somebody's machine")));
            }
        }
    }
}

/// Whether `word` stands in `line` and is not the end of a longer word.
fn has_word(line: &str, word: &str) -> bool {
    let starts = |at: usize| !line[..at].ends_with(|one: char| one.is_alphanumeric() || one == '_');
    line.match_indices(word).any(|(at, _)| starts(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn unfinished_work_is_found_in_code_and_comments() {
        let text =
            "fn f() {\n    todo!()\n}\n// FIXME later\nlet a = dbg!(b);\nlet c = \"todo!\";\n";
        let lines: Vec<usize> = check(&Tree::of(&[("crates/rules/tests/it/main.rs", text)]))
            .iter()
            .map(|finding| finding.line)
            .collect();
        assert_eq!(lines, [2, 5, 4]);
    }

    #[test]
    fn a_clock_is_found_below_the_program() {
        let text = "let a = std::time::Instant::now();\n";
        assert_eq!(found("crates/ledger/src/lib.rs", text).len(), 1);
        for free in [
            "crates/bihuan/src/main.rs",
            "crates/ledger/examples/bench.rs",
            "crates/journeys/src/page.rs",
            "xtask/src/a.rs",
        ] {
            assert!(found(free, text).is_empty(), "{free}");
        }
    }

    #[test]
    fn a_machine_path_is_found_in_sources_and_documents() {
        assert_eq!(found("crates/ledger/src/lib.rs", "let a = \"/home/me/x\";\n").len(), 1);
        assert_eq!(found("README.md", "See `/root/x`.\n").len(), 1);
        assert!(found("README.md", "See example.org/home/x and net/work/x.\n").is_empty());
        assert!(found("crates/ledger/tests/it/main.rs", "let a = \"/tmp/x\";\n").is_empty());
    }
}
