//! What a Rust file is made of: code, comments and literals, each with the line it begins on.

use std::ops::RangeInclusive;

/// What a piece of a Rust file is, other than code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A string literal: plain, raw, byte or C.
    Text,
    /// A character literal.
    Char,
    /// A comment of either form, doc comments included.
    Comment,
}

/// A comment or literal without its quotes or slashes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) kind: Kind,
    /// Counted from 1.
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A Rust file taken apart. Lines are counted from 1.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The file with every comment and literal blanked; line breaks stand where they stood.
    pub(crate) code: String,
    pub(crate) pieces: Vec<Piece>,
    /// Lines that are compiled for tests only.
    tests: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Takes a Rust file apart. Never fails: what is not a literal or comment is code.
    pub(crate) fn read(text: &str) -> Source {
        let mut lexer =
            Lexer { chars: text.chars().collect(), at: 0, line: 1, source: Source::default() };
        while lexer.at < lexer.chars.len() {
            lexer.step();
        }
        let mut source = lexer.source;
        source.tests = test_lines(&source.code);
        source
    }

    /// Whether the line is compiled for tests only.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|lines| lines.contains(&line))
    }
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    source: Source,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    /// Moves over one character; code is kept, anything else is blanked.
    fn take(&mut self, is_code: bool) -> char {
        let one = self.peek(0);
        self.at += 1;
        if one == '\n' {
            self.line += 1;
        }
        self.source.code.push(if is_code || one == '\n' { one } else { ' ' });
        one
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.piece(Kind::Comment, 2, |lexer| lexer.peek(0) == '\n', 0),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.piece(Kind::Text, 1, |lexer| lexer.peek(0) == '"', 1),
            ('r', '"' | '#') if self.raw_hashes().is_some() && !self.inside_word() => self.raw(),
            ('\'', '\\') => self.piece(Kind::Char, 1, |lexer| lexer.peek(0) == '\'', 1),
            // 'a' is a character, 'a without a second quote is a lifetime.
            ('\'', _) if self.peek(2) == '\'' => {
                self.piece(Kind::Char, 1, |lexer| lexer.peek(0) == '\'', 1);
            }
            _ => {
                self.take(true);
            }
        }
    }

    /// One piece: `opening` characters of quotes, what stands before `ends`, `closing` characters.
    fn piece(&mut self, kind: Kind, opening: usize, ends: impl Fn(&Self) -> bool, closing: usize) {
        let line = self.line;
        let mut text = String::new();
        for _ in 0..opening {
            self.take(false);
        }
        while self.at < self.chars.len() && !ends(self) {
            let one = self.take(false);
            text.push(one);
            if one == '\\' && kind != Kind::Comment && self.at < self.chars.len() {
                text.push(self.take(false));
            }
        }
        for _ in 0..closing.min(self.chars.len() - self.at) {
            self.take(false);
        }
        self.source.pieces.push(Piece { kind, line, text });
    }

    fn block_comment(&mut self) {
        let line = self.line;
        let mut text = String::new();
        let mut depth = 0_usize;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    text.push(self.take(false));
                    continue;
                }
            }
            self.take(false);
            self.take(false);
            if depth == 0 {
                break;
            }
        }
        self.source.pieces.push(Piece { kind: Kind::Comment, line, text });
    }

    /// How many `#` stand between an `r` here and its quote, if this is a raw string at all.
    fn raw_hashes(&self) -> Option<usize> {
        let rest = self.chars.get(self.at + 1..).unwrap_or_default();
        let hashes = rest.iter().take_while(|one| **one == '#').count();
        (self.peek(hashes + 1) == '"').then_some(hashes)
    }

    /// Whether the `r` here is the end of a longer word; `br` and `cr` begin raw strings too.
    fn inside_word(&self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).and_then(|at| self.chars.get(at));
        let is_word = |one: Option<&char>| one.is_some_and(|c| c.is_alphanumeric() || *c == '_');
        match before(1) {
            Some('b' | 'c') => is_word(before(2)),
            other => is_word(other),
        }
    }

    fn raw(&mut self) {
        let hashes = self.raw_hashes().unwrap_or(0);
        let line = self.line;
        let mut text = String::new();
        for _ in 0..hashes + 2 {
            self.take(false);
        }
        let ends = |lexer: &Self| {
            lexer.peek(0) == '"' && (1..=hashes).all(|ahead| lexer.peek(ahead) == '#')
        };
        while self.at < self.chars.len() && !ends(self) {
            text.push(self.take(false));
        }
        for _ in 0..(hashes + 1).min(self.chars.len() - self.at) {
            self.take(false);
        }
        self.source.pieces.push(Piece { kind: Kind::Text, line, text });
    }
}

/// The lines of every item under `#[cfg(test)]`. Relies on rustfmt: an item that opens a brace at
/// the end of a line closes it on a line of its own, as deep as the attribute.
fn test_lines(code: &str) -> Vec<RangeInclusive<usize>> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let attribute = lines[at];
        let first = at;
        at += 1;
        if !attribute.trim_start().starts_with("#[cfg(test)]") {
            continue;
        }
        while at < lines.len() && lines[at].trim_start().starts_with("#[") {
            at += 1;
        }
        let indent = attribute.len() - attribute.trim_start().len();
        while at < lines.len() {
            let line = lines[at];
            let closes = line.len() > indent
                && line.trim_end().len() == indent + 1
                && line.trim_start().starts_with('}');
            let ends_at_once =
                line.trim_end().ends_with(';') && line.len() - line.trim_start().len() == indent;
            if closes || ends_at_once {
                break;
            }
            at += 1;
        }
        found.push(first + 1..=at + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(Kind, usize, String)> {
        Source::read(text).pieces.into_iter().map(|p| (p.kind, p.line, p.text)).collect()
    }

    #[test]
    fn literals_and_comments_are_told_from_code() {
        let text = "let a = \"x \\\" y\"; // why\n/* a /* b */ c */ let b = 'q'; let c: &'a str = r#\"raw \" here\"#;";
        assert_eq!(
            pieces(text),
            [
                (Kind::Text, 1, "x \\\" y".to_owned()),
                (Kind::Comment, 1, " why".to_owned()),
                (Kind::Comment, 2, " a  b  c ".to_owned()),
                (Kind::Char, 2, "q".to_owned()),
                (Kind::Text, 2, "raw \" here".to_owned()),
            ]
        );
        let code = Source::read(text).code;
        assert!(code.contains("&'a str"), "a lifetime is code: {code}");
        assert!(!code.contains("why") && !code.contains("raw"));
        assert_eq!(code.chars().count(), text.chars().count());
    }

    #[test]
    fn odd_ends_do_not_stop_the_reader() {
        for text in ["\"", "'", "/*", "r#\"", "'\\", "//", "br##\"x\"#", "\"\\"] {
            assert!(Source::read(text).pieces.len() <= 1, "{text}");
        }
        assert_eq!(
            pieces("br#\"x\"# for\"y\\\"z\"").len(),
            2,
            "the r of `for` begins no raw string"
        );
    }

    #[test]
    fn items_for_tests_are_known_by_their_lines() {
        let text = "fn a() {}\n#[cfg(test)]\nextern crate std;\nfn b() {}\n#[cfg(test)]\nmod tests {\n    fn c() {\n    }\n}\nfn d() {}\n";
        let source = Source::read(text);
        let lines: Vec<usize> = (1..=10).filter(|line| source.is_test(*line)).collect();
        assert_eq!(lines, [2, 3, 5, 6, 7, 8, 9]);
    }
}
