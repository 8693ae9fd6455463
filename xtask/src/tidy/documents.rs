//! Rule: every document has one title, every package says what it is, every term is said once.

use super::{File, Finding, Tree};
use std::collections::BTreeMap;
use std::path::Path;

/// What the README of a package answers.
const PACKAGE_HEADINGS: &[&str] = &["## Owns", "## Never", "## Start reading at"];
const GLOSSARY_HEAD: &[&str] = &["English", "中文", "meaning"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| file.ends_in("md")) {
        titles(file, &mut found);
        links(tree, file, &mut found);
    }
    packages(tree, &mut found);
    if let Some(file) = tree.file("GLOSSARY.md") {
        glossary(file, &mut found);
    }
    found
}

fn titles(file: &File, found: &mut Vec<Finding>) {
    let mut in_code = false;
    let mut titles = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if !in_code && line.starts_with("# ") {
            titles.push(at + 1);
        }
    }
    match titles.as_slice() {
        [_] => {}
        [] => found.push(file.finding(1, "no title: a line that begins with one #")),
        [_, second, ..] => found.push(file.finding(*second, "a second title")),
    }
}

/// A link to a file of ours leads somewhere.
fn links(tree: &Tree, file: &File, found: &mut Vec<Finding>) {
    let folder = Path::new(&file.path).parent().unwrap_or_else(|| Path::new(""));
    for (at, line) in file.text.lines().enumerate() {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains(':') && !target.starts_with('#')) {
            let path = target.split('#').next().unwrap_or(target);
            if !tree.root.join(folder).join(path).exists() {
                found.push(file.finding(at + 1, format!("the link to {target} leads nowhere")));
            }
        }
    }
}

fn packages(tree: &Tree, found: &mut Vec<Finding>) {
    for manifest in tree.files.iter().filter(|file| file.path.ends_with("/Cargo.toml")) {
        let Some(folder) = manifest.path.strip_suffix("/Cargo.toml") else { continue };
        if !folder.starts_with("crates/") {
            continue;
        }
        let Some(readme) = tree.file(&format!("{folder}/README.md")) else {
            found.push(manifest.finding(1, format!("{folder} has no README.md")));
            continue;
        };
        for heading in PACKAGE_HEADINGS {
            if !readme.text.lines().any(|line| line == *heading) {
                found.push(readme.finding(1, format!("no heading {heading:?}")));
            }
        }
    }
}

fn glossary(file: &File, found: &mut Vec<Finding>) {
    let mut seen = BTreeMap::new();
    let mut heads = 0;
    let rows = file.text.lines().enumerate().filter(|(_, line)| line.starts_with('|'));
    for (at, line) in rows {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if cells.iter().all(|cell| cell.starts_with("---") || cell.starts_with(":--")) {
            continue;
        }
        if cells == GLOSSARY_HEAD {
            heads += 1;
            continue;
        }
        let [english, chinese, meaning] = cells.as_slice() else {
            found.push(file.finding(at + 1, "a row of the glossary has three columns"));
            continue;
        };
        if english.is_empty() || chinese.is_empty() || meaning.is_empty() {
            found.push(file.finding(at + 1, "an empty cell"));
        }
        for term in [english.to_lowercase(), (*chinese).to_owned()] {
            if let Some(first) = seen.insert(term.clone(), at + 1) {
                found.push(file.finding(at + 1, format!("{term} stands already in line {first}")));
            }
        }
    }
    if heads != 1 {
        found.push(file.finding(1, "one table with the columns English, 中文, meaning"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_document_without_or_with_two_titles_is_found() {
        assert_eq!(
            found(&[("a.md", "text\n")]),
            ["a.md:1: no title: a line that begins with one #"]
        );
        assert_eq!(found(&[("a.md", "# A\n\n# B\n")]), ["a.md:3: a second title"]);
        assert!(found(&[("a.md", "# A\n```\n# a comment\n```\n## B\n")]).is_empty());
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let text = "# A\n[a](Cargo.toml) [b](https://example.org/x)\n[c](no-such-file.md#part)\n";
        assert_eq!(
            found(&[("a.md", text)]),
            ["a.md:3: the link to no-such-file.md#part leads nowhere"]
        );
    }

    #[test]
    fn a_package_says_what_it_owns() {
        let manifest = ("crates/a/Cargo.toml", "");
        assert_eq!(found(&[manifest]), ["crates/a/Cargo.toml:1: crates/a has no README.md"]);
        let readme = "# a\n\n## Owns\n\n## Start reading at\n";
        let expected = ["crates/a/README.md:1: no heading \"## Never\""];
        assert_eq!(found(&[manifest, ("crates/a/README.md", readme)]), expected);
    }

    #[test]
    fn a_term_said_twice_is_found() {
        let head = "# G\n\n| English | 中文 | meaning |\n|---|---|---|\n| plan | 方案 | x |\n";
        assert!(found(&[("GLOSSARY.md", head)]).is_empty());
        for row in
            ["| Plan | 计划 | y |\n", "| scheme | 方案 | y |\n", "| a | b |\n", "| a | b | |\n"]
        {
            assert_eq!(found(&[("GLOSSARY.md", &format!("{head}{row}"))]).len(), 1, "{row}");
        }
        assert_eq!(found(&[("GLOSSARY.md", "# G\n")]).len(), 1);
    }
}
