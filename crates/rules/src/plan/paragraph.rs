//! Paragraphs, with the breaks restored that copying from web pages and messengers loses.

use alloc::vec::Vec;

use super::marker::{self, Marker, Style};
use super::page::Page;
use super::scan;
use super::shape::Span;

/// A paragraph longer than this has probably lost its line breaks. No honest one in the plans we
/// read was longer.
const COLLAPSED: usize = 800;

/// A paragraph, and whether its start is a line start of the text (its marker is beyond doubt).
#[derive(Clone, Copy, Debug)]
pub(super) struct Para {
    pub(super) span: Span,
    pub(super) own_line: bool,
}

/// All paragraphs of the text that are not blank, in order.
pub(super) fn paragraphs(page: &Page) -> Vec<Para> {
    let mut out = Vec::new();
    let mut start = 0;
    for end in (0..=page.chars.len()).filter(|&i| page.chars.get(i).is_none_or(|&c| c == '\n')) {
        let line = Span::new(start, end);
        start = end + 1;
        if page.trim(line, "").is_empty() {
            continue;
        }
        let mut cuts = inner_cuts(page, line);
        cuts.push(line.end);
        let mut from = line.start;
        for cut in cuts {
            let span = strip(page, Span::new(from, cut));
            if !span.is_empty() {
                out.push(Para { span, own_line: from == line.start });
            }
            from = cut;
        }
    }
    out
}

/// Blanks go, but a leading tab is an empty first cell and stays.
fn strip(page: &Page, span: Span) -> Span {
    let mut start = span.start;
    while start < span.end && page.chars[start] != '\t' && scan::blank(page.chars[start]) {
        start += 1;
    }
    let mut end = span.end;
    while start < end && page.chars[end - 1] != '\t' && scan::blank(page.chars[end - 1]) {
        end -= 1;
    }
    Span::new(start, end)
}

/// The places at which one line is really several paragraphs, ascending.
fn inner_cuts(page: &Page, line: Span) -> Vec<usize> {
    if page.part(line).contains(&'\t') {
        return Vec::new();
    }
    let mut cuts = if line.len() > COLLAPSED || has_headings(page.part(line)) {
        let mut cuts = lost_breaks(page, line);
        let starts = [line.start].into_iter().chain(cuts.clone());
        let ends = cuts.clone().into_iter().chain([line.end]);
        for (start, end) in starts.zip(ends) {
            cuts.extend(said_in_order(page, Span::new(start, end)));
        }
        cuts
    } else {
        said_in_order(page, line)
    };
    cuts.extend(after_notes(page, line));
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// Markers inside a line that has lost its breaks. A numeral counts where it goes on with its own
/// sequence; after a stop, or after a heading that ran into it.
fn lost_breaks(page: &Page, line: Span) -> Vec<usize> {
    let x = page.part(line);
    let mut last: [Option<u32>; Style::COUNT] = [None; Style::COUNT];
    let mut cuts = Vec::new();
    let mut i = 0;
    while i < x.len() {
        if let Some(close) = quoted(page, line, i) {
            i = close + 1;
            continue;
        }
        let Some(found) = marker::printed(x, i) else {
            i += 1;
            continue;
        };
        let last = &mut last[found.style.rank()];
        let goes_on = found.ordinal == 1 || *last == found.ordinal.checked_sub(1);
        if i == 0 || breaks_before(x, i, found, goes_on) {
            *last = Some(found.ordinal);
            cuts.push(line.start + i);
        }
        i = found.end.max(i + 1);
    }
    cuts.retain(|&cut| cut > line.start);
    cuts
}

/// The end of a title or quotation that begins here; nothing inside it is numbering.
fn quoted(page: &Page, line: Span, i: usize) -> Option<usize> {
    let place = line.start + i;
    let close = page.closing(place, line.end).filter(|_| !page.is_bracket(place))?;
    Some(close - line.start)
}

fn breaks_before(x: &[char], i: usize, found: Marker, goes_on: bool) -> bool {
    let Some(before) = i.checked_sub(1).map(|k| x[k]) else { return true };
    let after_stop = "。；;！：:）)〕]".contains(before) || scan::blank(before);
    // 「一、二、三产业」, 「第三、」 and 「十一、」 are no headings run together.
    let torn = "、，第一二三四五六七八九十".contains(before) || scan::digit(before).is_some();
    let run_in = goes_on && !torn && (!before.is_ascii() || before.is_ascii_alphabetic());
    match found.style {
        // 「统一、」 ends many an enumeration; a first heading follows a stop.
        Style::Top => after_stop || (run_in && found.ordinal > 1),
        Style::Digit => after_stop || run_in,
        // A heading without a stop may run into 「（一）」, an enumeration of articles may not.
        Style::Round => after_stop || !"，、第".contains(before),
        Style::RoundDigit | Style::Circled => false,
        Style::Chapter | Style::Annex | Style::HalfRound | Style::Spoken => false,
    }
}

/// Does a line hold several top headings (……。一、……。二、……), whatever its length?
fn has_headings(x: &[char]) -> bool {
    let tops = (0..x.len())
        .filter(|&i| i == 0 || (x[i - 1] == '。' || scan::blank(x[i - 1])))
        .filter_map(|i| marker::printed(x, i))
        .filter(|found| found.style == Style::Top);
    let mut next = 1;
    tops.for_each(|found| next += u32::from(found.ordinal == next));
    next > 2
}

/// 「……。一是……。二是……」 makes places of the outline; after 「：」 it is an enumeration.
fn said_in_order(page: &Page, line: Span) -> Vec<usize> {
    let x = page.part(line);
    let starts: Vec<(usize, u32)> = (0..x.len())
        .filter(|&i| i == 0 || (x[i - 1] == '。' || scan::blank(x[i - 1])))
        .filter_map(|i| {
            let found = marker::printed(x, i).filter(|found| found.style == Style::Spoken)?;
            Some((i, found.ordinal))
        })
        .collect();
    if starts.len() < 2 || starts[0].1 != 1 {
        return Vec::new();
    }
    starts.iter().filter(|(i, _)| *i > 0).map(|(i, _)| line.start + i).collect()
}

/// What follows a responsibility bracket, or 「具体措施：」, is a paragraph of its own.
fn after_notes(page: &Page, line: Span) -> Vec<usize> {
    let mut cuts = Vec::new();
    let last = page.trim(line, "。").end;
    let mut i = line.start;
    while i < line.end {
        if page.is_bracket(i)
            && let Some(close) = page.closing(i, line.end)
        {
            let inside = page.part(Span::new(i + 1, close));
            if inside.len() > 4 && is_note(inside) && close + 1 < last {
                let stop = page.chars[close + 1] == '。';
                cuts.push(close + 1 + usize::from(stop));
            }
            i = close + 1;
            continue;
        }
        if scan::at(&page.chars, i, "具体措施：") && i + 5 < last {
            cuts.push(i + 5);
        }
        i += 1;
    }
    cuts
}

const NOTE_STARTS: [&str; 5] = ["牵头", "责任", "配合", "主办", "承办"];
const NOTE_NOUNS: [&str; 6] = ["单位", "部门", "科室", "股室", "处室", "领导"];
const NOTE_ENDS: [&str; 4] = ["负责", "牵头", "配合", "落实"];

/// Is the inside of a bracket a note of who is responsible?
fn is_note(inside: &[char]) -> bool {
    if let Some(word) = scan::word_at(inside, 0, &NOTE_STARTS) {
        let i = scan::len(word);
        let noun = scan::word_at(inside, i, &NOTE_NOUNS).map_or(0, scan::len);
        if noun > 0 && inside.get(i + noun).is_some_and(|&c| c == '：' || c == ':') {
            return true;
        }
    }
    scan::ending(inside, &NOTE_ENDS).is_some()
}
