//! Rule: generated files are what their generator prints today.

use super::{Finding, Tree};
use std::process::Command;

/// A committed file and the command, run in the root folder, that prints it.
struct Generated {
    path: &'static str,
    command: &'static [&'static str],
}

/// The stage diagram in ARCHITECTURE.md is not here: a test of `rules` keeps it.
const GENERATED: &[Generated] = &[];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    GENERATED.iter().filter_map(|one| compare(tree, one)).collect()
}

fn compare(tree: &Tree, one: &Generated) -> Option<Finding> {
    let finding = |line, what| Some(Finding { path: one.path.to_owned(), line, what });
    let spoken = one.command.join(" ");
    let (program, args) = one.command.split_first()?;
    let root = if tree.root.as_os_str().is_empty() { ".".as_ref() } else { tree.root.as_path() };
    let fresh = match Command::new(program).args(args).current_dir(root).output() {
        Ok(output) if output.status.success() => output.stdout,
        Ok(output) => return finding(1, format!("`{spoken}` failed ({})", output.status)),
        Err(error) => return finding(1, format!("`{spoken}` cannot be started: {error}")),
    };
    let Some(file) = tree.file(one.path) else {
        return finding(1, format!("missing; make it with `{spoken}`"));
    };
    let fresh = String::from_utf8_lossy(&fresh);
    if fresh == file.text {
        return None;
    }
    let same = fresh.lines().zip(file.text.lines()).take_while(|(a, b)| a == b).count();
    finding(same + 1, format!("out of date; make it again with `{spoken}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: Generated = Generated { path: "made.txt", command: &["printf", "a\\nb\\n"] };

    #[test]
    fn a_file_out_of_date_is_found_at_its_first_old_line() {
        assert_eq!(compare(&Tree::of(&[("made.txt", "a\nb\n")]), &MADE), None);
        let old = compare(&Tree::of(&[("made.txt", "a\nc\n")]), &MADE).unwrap();
        assert_eq!(old.line, 2);
        assert!(compare(&Tree::of(&[]), &MADE).unwrap().what.starts_with("missing"));
    }

    #[test]
    fn a_generator_that_fails_is_found() {
        let broken = Generated { path: "made.txt", command: &["false"] };
        assert!(compare(&Tree::of(&[]), &broken).unwrap().what.contains("failed"));
    }
}
