//! Responsibility notes: 「（牵头单位：……；配合单位：……）」, 「（甲局牵头，乙局按职责分工负责）」,
//! 「责任单位：……」 on a line of its own.

use alloc::vec::Vec;

use super::convention::{self, InForce};
use super::page::Page;
use super::scan;
use super::shape::{Convention, Span};
use super::unit::{self, Named};

/// A note as read.
#[derive(Default)]
pub(super) struct Note {
    /// The whole note, with its brackets.
    pub(super) span: Span,
    pub(super) lead: Vec<Named>,
    pub(super) coop: Vec<Named>,
    pub(super) resp: Vec<Named>,
    pub(super) leader: Vec<Named>,
    /// The words after 「完成时限：」.
    pub(super) limit: Option<Span>,
    pub(super) rule: &'static str,
}

/// The note with which a paragraph ends, if it ends with one.
pub(super) fn trailing(page: &Page, para: Span, all: &[Convention]) -> Option<Note> {
    let span = page.trim(para, "。");
    let last = span.end.checked_sub(1).filter(|&last| last >= span.start)?;
    let force = convention::in_force(all, span.end);
    if let Some(open) = page.opening(last, span.start).filter(|&open| page.is_bracket(open))
        && let Some(mut note) = read(page, Span::new(open + 1, last), &force)
    {
        note.span = Span::new(open, last + 1);
        return Some(note);
    }
    unbracketed(page, span, all)
}

/// The last sentences of a paragraph, from the first one that begins with a label.
fn unbracketed(page: &Page, span: Span, all: &[Convention]) -> Option<Note> {
    let sentences = page.sentences(span);
    let first = sentences.iter().position(|s| label(page.part(*s), 0).is_some())?;
    let from = sentences.get(first)?.start;
    let force = convention::in_force(all, span.end);
    let mut note = read(page, Span::new(from, span.end), &force)?;
    note.span = Span::new(from, span.end);
    Some(note)
}

impl Default for Span {
    fn default() -> Span {
        Span { start: 0, end: 0 }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Lead,
    Coop,
    Resp,
    Leader,
    Limit,
}

const NOUNS: [&str; 9] =
    ["单位", "部门", "科室", "股室", "处室", "处（室）", "科（股）室", "领导", "人"];

/// A label with its colon at `i`: what it announces and where its words begin.
fn label(x: &[char], i: usize) -> Option<(Part, usize)> {
    let limits = ["完成时限", "整改时限", "完成时间", "整改期限", "时限", "时间节点", "工作时限"];
    let (mut part, mut end) = if let Some(word) = scan::word_at(x, i, &limits) {
        (Part::Limit, i + scan::len(word))
    } else if let Some(word) = scan::word_at(x, i, &["牵头", "主办"]) {
        (Part::Lead, i + scan::len(word))
    } else if let Some(word) = scan::word_at(x, i, &["配合", "协办", "协同", "参与"]) {
        (Part::Coop, i + scan::len(word))
    } else if let Some(word) = scan::word_at(x, i, &["责任", "落实", "承办"]) {
        (Part::Resp, i + scan::len(word))
    } else if let Some(word) = scan::word_at(x, i, &["分管", "包保"]) {
        (Part::Leader, i + scan::len(word))
    } else {
        return None;
    };
    if part != Part::Limit
        && let Some(noun) = scan::word_at(x, end, &NOUNS)
    {
        end += scan::len(noun);
        if matches!(noun, "领导" | "人") {
            part = Part::Leader;
        }
    }
    x.get(end).filter(|&&c| c == '：' || c == ':').map(|_| (part, end + 1))
}

fn read(page: &Page, inside: Span, force: &InForce) -> Option<Note> {
    let x = page.part(inside);
    if x.len() < 4 {
        return None;
    }
    // Only what concerns this task: a clause about the notes themselves is a convention.
    let about = page
        .split(inside, "；;。，,")
        .into_iter()
        .skip(1)
        .find(|clause| convention::is_about_notes(page.part(*clause)));
    let stop = about.map_or(inside.end, |clause| clause.start);
    let body = page.trim(Span::new(inside.start, stop), "；;。，,");
    let labelled = labelled(page, body);
    if labelled.is_empty() { spoken(page, body, force) } else { Some(sort(page, &labelled, force)) }
}

/// The labelled parts of a note.
fn labelled(page: &Page, body: Span) -> Vec<(Part, Span)> {
    let x = page.part(body);
    let mut out: Vec<(Part, Span)> = Vec::new();
    let mut i = 0;
    while i < x.len() {
        let Some((part, end)) = label(x, i) else {
            i += 1;
            continue;
        };
        if let Some((_, open)) = out.last_mut() {
            open.end = body.start + i;
        }
        out.push((part, Span::new(body.start + end, body.end)));
        i = end;
    }
    for (_, span) in &mut out {
        *span = page.trim(*span, "；;，,。");
    }
    out
}

fn sort(page: &Page, parts: &[(Part, Span)], force: &InForce) -> Note {
    let has_lead = parts.iter().any(|(part, _)| *part == Part::Lead);
    let mut note = Note { rule: "labelled-note", ..Note::default() };
    for &(part, span) in parts {
        let names = unit::units(page, span);
        match part {
            Part::Lead => note.lead.extend(names),
            Part::Coop => note.coop.extend(names),
            // 责任单位 beside a 牵头单位 means those who co-operate; alone it means both.
            Part::Resp if has_lead => note.coop.extend(names),
            Part::Resp => part_leaders(page, span, names, force, &mut note),
            Part::Leader => note.leader.extend(names),
            Part::Limit => note.limit = Some(span),
        }
    }
    note
}

/// Parts leading units from the others where the document or the text itself says how.
fn part_leaders(page: &Page, span: Span, names: Vec<Named>, force: &InForce, note: &mut Note) {
    let starred = |named: &Named| {
        let before = named.span.start.checked_sub(1).map(|i| page.chars[i]);
        named.span.start > span.start && matches!(before, Some('*' | '＊' | '★'))
    };
    let marked = |named: &Named| {
        starred(named)
            || scan::word_at(&page.chars, named.span.end, &["（牵头）", "(牵头)"]).is_some()
    };
    if names.iter().any(marked) {
        let (lead, coop) = names.into_iter().partition(marked);
        note.rule = "marked-lead";
        note.lead.extend::<Vec<_>>(lead);
        note.coop.extend::<Vec<_>>(coop);
    } else if force.first_comma {
        let comma = page.split(span, "，,").first().map_or(span.end, |first| first.end);
        let (lead, coop) = names.into_iter().partition(|named| named.span.start < comma);
        note.rule = "first-comma-leads";
        note.lead.extend::<Vec<_>>(lead);
        note.coop.extend::<Vec<_>>(coop);
    } else if force.first_listed {
        let mut names = names.into_iter();
        note.rule = "first-listed-leads";
        note.lead.extend(names.next());
        note.coop.extend(names);
    } else {
        note.resp.extend(names);
    }
}

/// A note without labels: 「甲局牵头，乙局配合」, 「甲局、乙局按职责分工负责」, or bare units where
/// the document has defined how to read them.
fn spoken(page: &Page, body: Span, force: &InForce) -> Option<Note> {
    let x = page.part(body);
    let mut note = Note { rule: "spoken-note", ..Note::default() };
    if let Some(place) = scan::find(x, 0, "牵头") {
        note.lead = unit::units(page, Span::new(body.start, body.start + place));
        let skip = scan::word_at(x, place + 2, &["单位", "部门"]).map_or(2, |w| 2 + scan::len(w));
        let rest = Span::new(body.start + place + skip, body.end);
        note.coop = unit::units(page, page.trim(rest, "，,、；;"));
    } else if scan::has_any(x, &["负责", "配合", "落实"]) {
        note.resp = unit::units(page, body);
    } else {
        let names = unit::units(page, body);
        let bare = names.iter().all(|named| is_placed_unit(page.part(named.span)));
        if names.is_empty() || !bare {
            return None;
        }
        note.rule = "bare-units";
        part_leaders(page, body, names, force, &mut note);
    }
    let mut named = note.lead.iter().chain(&note.coop).chain(&note.resp);
    named.any(|named| unit::is_unit(page.part(named.span))).then_some(note)
}

/// A bare bracket is a note only if every name in it carries its level (市教育局, 各县区).
fn is_placed_unit(x: &[char]) -> bool {
    let level = x.first().is_some_and(|&c| "省市县区州局各*".contains(c));
    level && x.len() >= 3 && unit::is_unit(x)
}
