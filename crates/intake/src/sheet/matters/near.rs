//! Names that are nearly right.

use crate::sheet::value::{half_width, is_hidden};

/// A name as it is compared: half-width, in lower case, without blanks and characters that do not show.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_hidden(*c))
        .map(half_width)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// A title as it is compared: marks left out too, since two people set them differently.
pub(super) fn fold_title(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Characters of a name that are compared.
const COMPARED: usize = 40;

/// The name that is nearest to what was typed: one that is a part of the other with gaps (养老科 of
/// 养老待遇科), else one that differs in fewer than half of its characters. Of equals the first.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let typed: Vec<char> = fold(typed).chars().take(COMPARED).collect();
    // A single character is near to anything.
    if typed.len() < 2 {
        return None;
    }
    let mut best: Option<((bool, usize), &str)> = None;
    for name in names {
        let folded: Vec<char> = fold(name).chars().take(COMPARED).collect();
        let is_part = is_within(&typed, &folded) || folded.len() > 1 && is_within(&folded, &typed);
        let distance = distance(&typed, &folded);
        if !is_part && distance * 2 >= typed.len().max(folded.len()) {
            continue;
        }
        let worth = (!is_part, distance);
        if best.is_none_or(|(least, _)| worth < least) {
            best = Some((worth, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

/// Whether all of `part` stand in `whole` in their order.
fn is_within(part: &[char], whole: &[char]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|c| rest.any(|other| other == c))
}

/// Characters to insert, delete or replace (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, c) in (1..).zip(one) {
        let mut corner = line - 1;
        let mut left = line;
        if let Some(first) = row.first_mut() {
            *first = line;
        }
        for (cell, d) in row.iter_mut().skip(1).zip(other) {
            let replaced = corner + usize::from(c != d);
            corner = *cell;
            left = replaced.min(*cell + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: [&str; 5] = ["养护科", "养老待遇科", "工伤失业科", "劳动监察支队", "基金监督科"];

    #[test]
    fn the_nearest_name() {
        let near = |typed: &str| nearest(typed, UNITS.into_iter());
        assert_eq!(near("养老科").as_deref(), Some("养老待遇科"));
        assert_eq!(near("工伤科").as_deref(), Some("工伤失业科"));
        assert_eq!(near("云州市劳动监察支队").as_deref(), Some("劳动监察支队"));
        assert_eq!(near("基金监管科").as_deref(), Some("基金监督科"));
        assert_eq!(near("人才服务中心"), None);
        assert_eq!(near("科"), None);
    }

    #[test]
    fn distances() {
        let distance = |a: &str, b: &str| {
            distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
