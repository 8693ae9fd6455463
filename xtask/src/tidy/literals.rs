//! Rule: no sentence of the office stands outside `words`; its single words only where they are
//! keywords of a document, a table or a diary that the code has to recognise.

use super::source::Kind;
use super::{Finding, Tree};

/// Where Chinese words (never sentences) may stand as literals, and why.
const WORD_FILES: &[(&str, &str)] = &[
    ("crates/rules/src/plan/", "the reader recognises a plan's own markers and unit suffixes"),
    ("crates/rules/src/role.rs", "roles and ranks as they stand in staff lists"),
    ("crates/rules/src/signal.rs", "the words by which the sixteen problems are recognised"),
    ("crates/rules/src/calendar/", "names of holidays as the notices write them"),
    ("crates/rules/src/diary", "the keywords of the diary language"),
    (
        "crates/rules/src/matter/stage.rs",
        "sources and kinds of rectification as ledgers write them",
    ),
    ("crates/rules/src/erasure.rs", "legal grounds as diaries write them"),
    ("crates/rules/src/policy.rs", "reasons for suspending as ledgers write them"),
    ("crates/rules/src/campaign/decide.rs", "the name that only a designated supervision may bear"),
    ("crates/rules/src/campaign/draft.rs", "the sign between the items of a list"),
    ("crates/intake/src/", "column heads and their synonyms as offices write them"),
    ("crates/rehearsal/src/", "names of an invented city's units, people and diary keywords"),
    ("xtask/src/tidy/documents.rs", "the column head of GLOSSARY.md"),
    ("xtask/src/tidy/literals.rs", "the full stop that ends a sentence"),
];

/// More Han characters than any keyword has.
const WORD_LENGTH_MAX: usize = 20;
/// With a full stop behind it, this many Han characters are a sentence and no set of punctuation.
const SENTENCE_LENGTH_MIN: usize = 6;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, rust) in tree.rust() {
        if file.is_test() || file.path.starts_with("crates/words/") {
            continue;
        }
        let words_allowed = WORD_FILES.iter().any(|(start, _)| file.path.starts_with(start));
        for piece in &rust.pieces {
            if piece.kind == Kind::Comment || rust.is_test(piece.line) {
                continue;
            }
            let text = &piece.text;
            if is_sentence(text) {
                let what = format!("a sentence outside words: {text:?}");
                found.push(file.finding(piece.line, what));
            } else if !words_allowed && text.chars().any(is_chinese) {
                let what = format!("a Chinese literal outside words: {text:?}");
                found.push(file.finding(piece.line, what));
            }
        }
    }
    found
}

fn is_sentence(text: &str) -> bool {
    let length = text.chars().filter(|one| is_han(*one)).count();
    length > WORD_LENGTH_MAX || (length >= SENTENCE_LENGTH_MIN && text.contains('。'))
}

fn is_han(one: char) -> bool {
    matches!(one, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Han characters, CJK punctuation and full-width forms.
fn is_chinese(one: char) -> bool {
    is_han(one) || matches!(one, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&Tree::of(&[(path, text)])).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_word_is_found_unless_its_file_may_have_words() {
        let text = "fn f() {\n    say(\"督办单\");\n}\n";
        let expected = ["crates/papers/src/lib.rs:2: a Chinese literal outside words: \"督办单\""];
        assert_eq!(found("crates/papers/src/lib.rs", text), expected);
        assert!(found("crates/rules/src/plan/marks.rs", text).is_empty());
        assert!(found("crates/words/src/lib.rs", text).is_empty());
        assert_eq!(found("crates/papers/src/lib.rs", "const STOP: char = '。';").len(), 1);
    }

    #[test]
    fn a_sentence_is_found_wherever_it_stands() {
        let stop = "const S: &str = \"事项已经销号。\";";
        let long = format!("const S: &str = \"{}\";", "字".repeat(21));
        for text in [stop, &long] {
            assert_eq!(found("crates/rules/src/plan/marks.rs", text).len(), 1, "{text}");
        }
        assert!(found("crates/rules/src/plan/marks.rs", "const S: &str = \"。；！\";").is_empty());
    }

    #[test]
    fn comments_and_tests_may_speak_chinese() {
        let text =
            "// 事项已经销号。\n#[cfg(test)]\nmod tests {\n    const S: &str = \"督办单\";\n}\n";
        assert!(found("crates/ledger/src/lib.rs", text).is_empty());
        assert!(found("crates/ledger/tests/it/main.rs", "const S: &str = \"督办单\";").is_empty());
    }
}
