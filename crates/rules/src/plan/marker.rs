//! The numbering of official documents (GB/T 9704: 一、（一）1.（1）) and what is added in practice.

use super::scan;

/// The styles of numbering, outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一章, 第一部分
    Chapter,
    /// 附件1 on a line of its own
    Annex,
    /// 一、
    Top,
    /// （一）
    Round,
    /// 1.
    Digit,
    /// （1）
    RoundDigit,
    /// 1）
    HalfRound,
    /// ①
    Circled,
    /// 一是, 一要
    Spoken,
}

impl Style {
    pub(super) const COUNT: usize = 9;

    pub(super) fn rank(self) -> usize {
        self as usize
    }
}

/// A marker as printed at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    pub(super) ordinal: u32,
    /// Where the words after the marker begin.
    pub(super) end: usize,
}

/// The marker that stands at `i`, whether or not it makes sense there.
pub(super) fn printed(x: &[char], i: usize) -> Option<Marker> {
    let (style, ordinal, end) = match *x.get(i)? {
        '第' => chapter(x, i)?,
        '附' => annex(x, i)?,
        '（' | '(' => round(x, i)?,
        c @ '①'..='⑳' => (Style::Circled, u32::from(c) - u32::from('①') + 1, i + 1),
        c if scan::digit(c).is_some() => digit(x, i)?,
        _ => top(x, i)?,
    };
    Some(Marker { style, ordinal, end: scan::skip_blank(x, end) })
}

fn chapter(x: &[char], i: usize) -> Option<(Style, u32, usize)> {
    let (ordinal, end) = scan::chinese(x, i + 1)?;
    let word = scan::word_at(x, end, &["章", "部分", "篇"])?;
    Some((Style::Chapter, ordinal, end + scan::len(word)))
}

/// 附件 or 附表, with or without a number, but not 「附件：」, which opens a list of annexes.
fn annex(x: &[char], i: usize) -> Option<(Style, u32, usize)> {
    let end = i + scan::len(scan::word_at(x, i, &["附件", "附表"])?);
    let start = scan::skip_blank(x, end);
    let (ordinal, end) =
        scan::number(x, start, 2).or_else(|| scan::chinese(x, start)).unwrap_or((1, end));
    Some((Style::Annex, ordinal, end))
}

fn round(x: &[char], i: usize) -> Option<(Style, u32, usize)> {
    let closed = |end: usize| x.get(end).is_some_and(|&c| c == '）' || c == ')');
    if let Some((ordinal, end)) = scan::chinese(x, i + 1).filter(|&(_, end)| closed(end)) {
        return Some((Style::Round, ordinal, end + 1));
    }
    let (ordinal, end) = scan::number(x, i + 1, 3).filter(|&(_, end)| closed(end))?;
    Some((Style::RoundDigit, ordinal, end + 1))
}

fn digit(x: &[char], i: usize) -> Option<(Style, u32, usize)> {
    // A digit in the middle of a number begins nothing.
    if i > 0 && (scan::is_digit(x, i - 1) || (x[i - 1] == '.' && scan::is_digit(x, i))) {
        return None;
    }
    let (ordinal, end) = scan::number(x, i, 3)?;
    match x.get(end)? {
        '）' | ')' => Some((Style::HalfRound, ordinal, end + 1)),
        // 1.8 is a number and 1、2号楼 a list, but 「3．2020年底前」 is a marker and a year.
        '.' | '．' | '、' if !scan::is_digit(x, end + 1) || year_follows(x, end + 1) => {
            Some((Style::Digit, ordinal, end + 1))
        }
        _ => None,
    }
}

fn year_follows(x: &[char], i: usize) -> bool {
    scan::number(x, i, 4).is_some_and(|(_, end)| end == i + 4 && x.get(end) == Some(&'年'))
}

fn top(x: &[char], i: usize) -> Option<(Style, u32, usize)> {
    let (ordinal, end) = scan::chinese(x, i)?;
    match x.get(end)? {
        '、' | '．' | '.' => Some((Style::Top, ordinal, end + 1)),
        // 一是否 and 一要么 are words, not markers.
        '是' if x.get(end + 1) != Some(&'否') => Some((Style::Spoken, ordinal, end + 1)),
        '要' if x.get(end + 1) != Some(&'么') => Some((Style::Spoken, ordinal, end + 1)),
        _ => None,
    }
    .filter(|&(style, ordinal, _)| style != Style::Spoken || ordinal <= 10)
}
