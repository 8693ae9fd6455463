//! What a document says about how its own responsibility notes are to be read. It wins over every
//! general rule, from the place where it is said.

use alloc::vec::Vec;

use super::page::Page;
use super::scan;
use super::shape::{Convention, Habit, Span};
use super::unit;

/// All conventions said in the text, in order.
pub(super) fn conventions(page: &Page) -> Vec<Convention> {
    let mut out: Vec<Convention> = Vec::new();
    let mut start = 0;
    // Conventions often stand inside a bracket, so this cut does not heed brackets.
    for end in (0..=page.chars.len())
        .filter(|&i| page.chars.get(i).is_none_or(|&c| "。；;\n）)〕]】".contains(c)))
    {
        let clause = Span::new(start, end);
        start = end + 1;
        if let Some(kind) = kind(page.part(clause)) {
            out.push(convention(page, clause, kind));
        }
    }
    if !out.iter().any(|c| c.kind == Habit::StarLeads)
        && let Some(span) = unsaid_star(page)
    {
        let text = page.say(span);
        let kind = Habit::StarLeads;
        out.push(Convention { kind, units: Vec::new(), start: span.start, end: span.end, text });
        out.sort_by_key(|c| c.start);
    }
    out
}

/// A star before a unit in a note marks the lead even where the document does not say so.
fn unsaid_star(page: &Page) -> Option<Span> {
    let x = &page.chars;
    let star = (1..x.len()).find(|&i| {
        matches!(x[i], '*' | '＊' | '★')
            && scan::ending(&x[..i], &["单位：", "单位:", "部门："]).is_some()
    })?;
    let end = (star..x.len()).find(|&i| "、，,；;）)\n".contains(x[i])).unwrap_or(x.len());
    Some(Span::new(star, end))
}

fn kind(x: &[char]) -> Option<Habit> {
    const LISTED: [&str; 7] =
        ["第一位", "首位", "列第一", "排第一", "排名第一", "第一个单位", "排在最前"];
    if scan::has(x, "不再") && scan::has_any(x, &["列出", "列明", "一列", "项列", "重复列"])
    {
        return Some(Habit::DefaultUnits);
    }
    let leads = scan::has_any(x, &["牵头", "主办"]);
    if leads && scan::has(x, "第一个逗号") {
        Some(Habit::FirstCommaLeads)
    } else if leads && scan::has_any(x, &LISTED) {
        Some(Habit::FirstListedLeads)
    } else if leads
        && scan::has_any(x, &["*", "＊", "★", "星号"])
        && scan::has_any(x, &["为", "表示"])
    {
        Some(Habit::StarLeads)
    } else {
        None
    }
}

fn convention(page: &Page, clause: Span, kind: Habit) -> Convention {
    // The clause may have begun inside a bracket of a unit's name (「各县（市、区）政府」).
    let begin = widen(page, clause.start);
    let mut span = page.trim(Span::new(begin, clause.end), "");
    // 「……，以下均涉及……」: what stands before names units of one task only.
    if let Some(below) = scan::find(page.part(span), 0, "以下") {
        span.start += below;
    }
    let units = match kind {
        Habit::DefaultUnits => default_units(page, span),
        Habit::FirstCommaLeads | Habit::FirstListedLeads | Habit::StarLeads => Vec::new(),
    };
    Convention { kind, units, start: span.start, end: span.end, text: page.say(span) }
}

/// Back to the last full stop, since a bracket within a name also ended a clause.
fn widen(page: &Page, place: usize) -> usize {
    let mut start = place;
    let floor = place.saturating_sub(60);
    while start > floor {
        let before = page.chars[start - 1];
        if matches!(before, '。' | '；' | ';' | '\n' | '：' | ':') {
            break;
        }
        if matches!(before, '）' | ')' | '〕') && page.opening(start - 1, floor).is_none() {
            break;
        }
        start -= 1;
    }
    start
}

fn default_units(page: &Page, span: Span) -> Vec<alloc::string::String> {
    let x = page.part(span);
    let Some((from, word)) = (0..x.len()).find_map(|i| {
        scan::word_at(x, i, &["均需要", "均需", "均由", "均须", "均涉及", "都需", "都由"])
            .map(|word| (i, word))
    }) else {
        return Vec::new();
    };
    let from = from + scan::len(word);
    let stop = (from..x.len()).find(|&i| {
        scan::word_at(x, i, &["落实", "负责", "配合", "参与", "按", "，", ","]).is_some()
    });
    let list = Span::new(span.start + from, span.start + stop.unwrap_or(x.len()));
    unit::units(page, list).into_iter().map(|named| named.text).collect()
}

/// Is a clause of a note about the notes themselves, and so names no unit of this one?
pub(super) fn is_about_notes(x: &[char]) -> bool {
    scan::has_any(x, &["下同", "不再列", "不再重复", "不再逐", "不再一一", "第一个逗号"])
        || (scan::word_at(x, 0, &["以下", "下列"]).is_some() && scan::has_any(x, &["均", "都"]))
        || (scan::has(x, "为牵头") && scan::has_any(x, &["第一", "首位", "*", "＊", "★"]))
}

/// The conventions said before `place`.
pub(super) struct InForce {
    pub(super) first_comma: bool,
    pub(super) first_listed: bool,
}

pub(super) fn in_force(all: &[Convention], place: usize) -> InForce {
    let said = |kind: Habit| all.iter().any(|c| c.kind == kind && c.start < place);
    InForce {
        first_comma: said(Habit::FirstCommaLeads),
        first_listed: said(Habit::FirstListedLeads),
    }
}
