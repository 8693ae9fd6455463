//! Small hand-written scanning over code points. Rust's `regex` has no look-around and `rules` has
//! no dependencies, so markers, dates and labels are all found with these few functions.

use alloc::string::String;

/// The number of code points of a word.
pub(super) fn len(word: &str) -> usize {
    word.chars().count()
}

/// Does `word` stand at place `i`?
pub(super) fn at(x: &[char], i: usize, word: &str) -> bool {
    let mut place = i;
    word.chars().all(|c| {
        let same = x.get(place) == Some(&c);
        place += 1;
        same
    })
}

/// The first place at or after `from` where `word` stands.
pub(super) fn find(x: &[char], from: usize, word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    (from..x.len()).find(|&i| x[i] == first && at(x, i, word))
}

/// Does `word` stand anywhere?
pub(super) fn has(x: &[char], word: &str) -> bool {
    find(x, 0, word).is_some()
}

/// Does any of the words stand anywhere?
pub(super) fn has_any(x: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| has(x, word))
}

/// The longest of the words that stands at place `i`.
pub(super) fn word_at<'w>(x: &[char], i: usize, words: &[&'w str]) -> Option<&'w str> {
    words.iter().filter(|word| at(x, i, word)).max_by_key(|word| word.len()).copied()
}

/// Do the code points end with `word`?
pub(super) fn ends(x: &[char], word: &str) -> bool {
    let mut rest = x.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

/// The longest of the words with which the code points end.
pub(super) fn ending<'w>(x: &[char], words: &[&'w str]) -> Option<&'w str> {
    words.iter().filter(|word| ends(x, word)).max_by_key(|word| word.len()).copied()
}

/// An Arabic digit, also a full-width one, as offices type both.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

pub(super) fn is_digit(x: &[char], i: usize) -> bool {
    x.get(i).is_some_and(|&c| digit(c).is_some())
}

/// A run of at most `most` digits at `i` that no further digit follows: its value and its end.
pub(super) fn number(x: &[char], i: usize, most: usize) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut end = i;
    while let Some(next) = x.get(end).and_then(|&c| digit(c)) {
        if end - i == most {
            return None;
        }
        value = value * 10 + next;
        end += 1;
    }
    (end > i).then_some((value, end))
}

/// A Chinese ordinal from 一 to 九十九 at `i`, at most three characters: its value and its end.
pub(super) fn chinese(x: &[char], i: usize) -> Option<(u32, usize)> {
    let unit = |k: usize| {
        let place = "一二三四五六七八九".chars().position(|c| x.get(k) == Some(&c))?;
        u32::try_from(place + 1).ok()
    };
    if let Some(tens) = unit(i) {
        if x.get(i + 1) != Some(&'十') {
            return Some((tens, i + 1));
        }
        return Some(unit(i + 2).map_or((tens * 10, i + 2), |ones| (tens * 10 + ones, i + 3)));
    }
    if x.get(i) == Some(&'十') {
        return Some(unit(i + 1).map_or((10, i + 1), |ones| (10 + ones, i + 2)));
    }
    None
}

/// Blank within a line: the ordinary and the full-width space, the tab.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The first place at or after `i` that is not blank.
pub(super) fn skip_blank(x: &[char], mut i: usize) -> usize {
    while x.get(i).is_some_and(|&c| blank(c)) {
        i += 1;
    }
    i
}

/// `x[start..end]` without blanks and the given characters at both ends.
pub(super) fn trim(x: &[char], start: usize, end: usize, also: &str) -> (usize, usize) {
    let loose = |c: char| blank(c) || also.contains(c);
    let (mut start, mut end) = (start.min(x.len()), end.min(x.len()));
    while start < end && loose(x[start]) {
        start += 1;
    }
    while start < end && loose(x[end - 1]) {
        end -= 1;
    }
    (start, end)
}

pub(super) fn string(x: &[char]) -> String {
    x.iter().collect()
}
