//! Rule: the ledger's statements stay in the SQL that SQLite and PostgreSQL read alike.

use super::source::Kind;
use super::{Finding, Tree};

const STATEMENTS: [&str; 4] = [
    "crates/ledger/src/log/statements.rs",
    "crates/ledger/src/accounts/statements.rs",
    "crates/ledger/src/checkpoints.rs",
    "crates/ledger/src/witness.rs",
];

/// Words on which the two differ in silence, or that only one of them knows.
const REFUSED: &[(&str, &str)] = &[
    ("LIKE", "SQLite ignores the case of ASCII letters"),
    ("AVG", "its text differs"),
    ("STRING_AGG", "PostgreSQL only"),
    ("GROUP_CONCAT", "SQLite only"),
    ("->>", "differs on TEXT"),
    ("= ANY", "PostgreSQL only"),
    ("ALTER COLUMN", "PostgreSQL only"),
    ("BLOB", "SQLite only; BYTEA is read by both"),
    ("STRICT", "SQLite only"),
    ("IDENTITY", "PostgreSQL only"),
    ("AUTOINCREMENT", "SQLite only"),
    ("SERIAL", "PostgreSQL only"),
    ("WITHOUT ROWID", "SQLite only"),
    ("INSERT OR", "SQLite only"),
    ("PRAGMA", "SQLite only"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in STATEMENTS.into_iter().filter_map(|path| tree.file(path)) {
        let pieces = file.rust.iter().flat_map(|rust| &rust.pieces);
        for piece in pieces.filter(|piece| piece.kind != Kind::Comment) {
            for (offset, line) in piece.text.lines().enumerate() {
                for (word, why) in REFUSED.iter().filter(|(word, _)| has(line, word)) {
                    found.push(file.finding(piece.line + offset, format!("{word}: {why}")));
                }
            }
        }
    }
    found
}

fn has(line: &str, word: &str) -> bool {
    let line = line.to_uppercase();
    let joins = |one: char| one.is_alphanumeric() || one == '_';
    line.match_indices(word).any(|(at, _)| {
        let after = &line[at + word.len()..];
        !word.starts_with(joins) || (!line[..at].ends_with(joins) && !after.starts_with(joins))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_one_database_is_found() {
        let text = "//! LIKE is refused.\npub const A: &str = \"SELECT x\n FROM t WHERE a LIKE $1\";\nconst B: &str = \"select blob, doc->>'a'\";\n";
        let found: Vec<usize> =
            check(&Tree::of(&[(STATEMENTS[1], text)])).iter().map(|finding| finding.line).collect();
        assert_eq!(found, [3, 4, 4]);
    }

    #[test]
    fn the_common_subset_is_let_through() {
        let text = "const A: &str = \"CREATE TABLE likes (blob_name TEXT, body BYTEA, n BIGINT)\";";
        assert!(check(&Tree::of(&[(STATEMENTS[0], text)])).is_empty());
    }
}
