//! The text as code points, with every pair of brackets and quotes found once, so that no later
//! scan has to count depth again.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::shape::Span;

/// The text that all offsets count code points into.
pub(super) struct Page {
    pub(super) chars: Vec<char>,
    /// For an opening mark its closing place, for a closing mark its opening place.
    partner: Vec<Option<u32>>,
}

/// Typists mix the shapes of round and square brackets, so all of them are one class.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Bracket,
    Title,
    Quote,
}

fn opens(c: char) -> Option<Class> {
    match c {
        '（' | '(' | '〔' | '[' | '【' | '［' => Some(Class::Bracket),
        '《' | '〈' => Some(Class::Title),
        '“' | '「' => Some(Class::Quote),
        _ => None,
    }
}

fn closes(c: char) -> Option<Class> {
    match c {
        '）' | ')' | '〕' | ']' | '】' | '］' => Some(Class::Bracket),
        '》' | '〉' => Some(Class::Title),
        '”' | '」' => Some(Class::Quote),
        _ => None,
    }
}

/// A bracket left open is forgotten after so many open marks; it bounds the work per character.
const DEEPEST: usize = 64;

impl Page {
    pub(super) fn new(text: &str) -> Page {
        let chars: Vec<char> = text.chars().collect();
        let mut partner = vec![None; chars.len()];
        let mut open: Vec<(Class, usize)> = Vec::new();
        for (i, &c) in chars.iter().enumerate() {
            if c == '\n' {
                // A mark never spans paragraphs: a typist's lost bracket spoils one paragraph only.
                open.clear();
            } else if let Some(class) = opens(c) {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push((class, i));
            } else if let Some(class) = closes(c)
                && let Some(depth) = open.iter().rposition(|&(other, _)| other == class)
            {
                let start = open[depth].1;
                partner[start] = u32::try_from(i).ok();
                partner[i] = u32::try_from(start).ok();
                open.truncate(depth);
            }
        }
        Page { chars, partner }
    }

    /// Where the mark opened at `i` closes, if that is before `end`.
    pub(super) fn closing(&self, i: usize, end: usize) -> Option<usize> {
        self.mate(i).filter(|&close| close > i && close < end)
    }

    /// Where the mark closed at `i` was opened, if that is not before `start`.
    pub(super) fn opening(&self, i: usize, start: usize) -> Option<usize> {
        self.mate(i).filter(|&open| open < i && open >= start)
    }

    /// Is a round or square bracket opened at `i`?
    pub(super) fn is_bracket(&self, i: usize) -> bool {
        opens(self.chars[i]) == Some(Class::Bracket)
    }

    fn mate(&self, i: usize) -> Option<usize> {
        self.partner.get(i).copied().flatten().and_then(|mate| usize::try_from(mate).ok())
    }

    pub(super) fn part(&self, span: Span) -> &[char] {
        self.chars.get(span.start..span.end).unwrap_or(&[])
    }

    pub(super) fn say(&self, span: Span) -> String {
        self.part(span).iter().collect()
    }

    /// Cuts `span` after the given marks where they stand outside brackets, titles and quotes.
    /// The mark itself belongs to no piece; blank pieces are left out.
    pub(super) fn split(&self, span: Span, marks: &str) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut start = span.start;
        let mut i = span.start;
        while i < span.end {
            if let Some(close) = self.closing(i, span.end) {
                i = close + 1;
                continue;
            }
            if marks.contains(self.chars[i]) {
                pieces.push(Span { start, end: i });
                start = i + 1;
            }
            i += 1;
        }
        pieces.push(Span { start, end: span.end });
        pieces.iter().map(|piece| self.trim(*piece, "")).filter(|piece| !piece.is_empty()).collect()
    }

    /// The sentences of a span: cut at 。 and ！, and at line ends.
    pub(super) fn sentences(&self, span: Span) -> Vec<Span> {
        self.split(span, "。！!\n")
    }

    pub(super) fn trim(&self, span: Span, also: &str) -> Span {
        let (start, end) = super::scan::trim(&self.chars, span.start, span.end, also);
        Span { start, end }
    }
}
