//! The house rules that a machine can check. Each rule is a function from the tree to findings;
//! `cargo xtask tidy` prints them all and a test holds the tree to them.

mod arrows;
mod catalogues;
mod documents;
mod generated;
mod literals;
mod measures;
mod sizes;
mod source;
mod sql;
mod traces;

use crate::shell;
use source::Source;
use std::fmt;
use std::path::{Path, PathBuf};

/// Something in the tree that breaks a house rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// One text file of the tree; `path` is relative to the root and uses `/`.
struct File {
    path: String,
    text: String,
    /// Present when the file is Rust.
    rust: Option<Source>,
}

impl File {
    fn new(path: String, text: String) -> File {
        let mut file = File { path, text, rust: None };
        file.rust = file.ends_in("rs").then(|| Source::read(&file.text));
        file
    }

    fn ends_in(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == ending)
    }

    /// Whether the whole file is there for tests, examples or benchmarks.
    fn is_test(&self) -> bool {
        let folder =
            ["/tests/", "/benches/", "/examples/"].iter().any(|part| self.path.contains(part));
        folder || self.path.ends_with("/tests.rs") || self.path.ends_with("_tests.rs")
    }

    fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }
}

/// Every text file of the project.
struct Tree {
    root: PathBuf,
    files: Vec<File>,
}

impl Tree {
    /// Reads every text file below `root`, but what is built, hidden or kept as data.
    fn read(root: &Path) -> std::io::Result<Tree> {
        let mut files = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                let path = entry.path();
                let name = entry.file_name().to_string_lossy().into_owned();
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    let at_root = folder == root;
                    let hidden = name.starts_with('.') && name != ".ci";
                    if !hidden && name != "target" && !(at_root && name == "data") {
                        folders.push(path);
                    }
                } else if kind.is_file() && is_text(&name, &folder) {
                    let relative = path.strip_prefix(root).unwrap_or(&path);
                    let relative = relative.to_string_lossy().replace('\\', "/");
                    let bytes = std::fs::read(&path)?;
                    // A test's file may be in another encoding on purpose.
                    files.push(File::new(relative, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Tree { root: root.to_owned(), files })
    }

    fn rust(&self) -> impl Iterator<Item = (&File, &Source)> {
        self.files.iter().filter_map(|file| file.rust.as_ref().map(|rust| (file, rust)))
    }

    fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File::new((*path).to_owned(), (*text).to_owned());
        Tree { root: PathBuf::new(), files: files.iter().map(file).collect() }
    }
}

fn is_text(name: &str, folder: &Path) -> bool {
    // Texts that were made to be wrong (encodings, damage) live under tests as .txt, .csv or bytes.
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("rs" | "md" | "toml" | "ftl" | "sql"))
        || folder.file_name().is_some_and(|folder| folder == ".ci")
}

/// Every finding in the tree at `root`, sorted by place.
///
/// # Errors
/// A sentence when the tree or `cargo metadata` cannot be read.
fn findings(root: &Path) -> Result<(Tree, arrows::Arrows, Vec<Finding>), String> {
    let tree = Tree::read(root).map_err(|error| format!("cannot read the tree: {error}"))?;
    let arrows = arrows::Arrows::of(&shell::metadata(root)?);
    let mut found = arrows::check(&arrows);
    for rule in [
        sizes::check,
        literals::check,
        traces::check,
        documents::check,
        catalogues::check,
        generated::check,
        sql::check,
    ] {
        found.extend(rule(&tree));
    }
    found.sort();
    Ok((tree, arrows, found))
}

/// `cargo xtask tidy`: prints every finding and the measures.
///
/// # Errors
/// A last line when there is any finding, or when the tree cannot be read.
pub(crate) fn run() -> Result<(), String> {
    let (tree, arrows, found) = findings(&shell::root())?;
    for finding in &found {
        shell::line(&finding.to_string());
    }
    for line in measures::lines(&tree, &arrows) {
        shell::line(&line);
    }
    match found.len() {
        0 => {
            shell::line("tidy: nothing found");
            Ok(())
        }
        n => Err(format!("tidy: {n} findings")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let (_, _, found) = findings(&shell::root()).unwrap();
        let list: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert!(list.is_empty(), "{} findings:\n{}", list.len(), list.join("\n"));
    }

    #[test]
    fn the_tree_that_is_read_is_the_whole_project() {
        let tree = Tree::read(&shell::root()).unwrap();
        for path in ["Cargo.toml", "README.md", ".ci/run", "xtask/src/tidy/mod.rs"] {
            assert!(tree.file(path).is_some(), "{path} was not read");
        }
        assert!(tree.files.iter().all(|file| !file.path.starts_with("target/")));
    }
}
