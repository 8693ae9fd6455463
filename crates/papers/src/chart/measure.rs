//! How wide a text will be, without its font: good enough to keep room for it.

use super::length::Length;
use std::borrow::Cow;

/// Width of a Latin letter or a figure in hundredths of an em, on the wide side for the fonts of
/// the token `--font`.
const NARROW: u64 = 55;
const WIDE: u64 = 100;
const DOTS: char = '…';

/// In ems.
pub(super) fn width(text: &str) -> Length {
    Length(text.chars().map(advance).sum())
}

/// The text, or as much of it as fits with dots at its end. Whoever shortens a label says the
/// whole of it elsewhere: in a title or in the table.
pub(super) fn fit(text: &str, room: Length) -> Cow<'_, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    let mut used = advance(DOTS);
    let kept = text.chars().take_while(|one| {
        used += advance(*one);
        used <= room.0
    });
    Cow::Owned(kept.chain([DOTS]).collect())
}

fn advance(one: char) -> u64 {
    if is_wide(one) { WIDE } else { NARROW }
}

/// Signs that a Chinese font draws one em wide. The dashes, quotes and dots of the General
/// Punctuation block are among them: such a font draws these, too, full width.
fn is_wide(one: char) -> bool {
    matches!(one,
        '\u{1100}'..='\u{115f}'
        | '\u{2014}'..='\u{2026}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3ffff}')
}
