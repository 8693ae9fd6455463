//! From the outline to items: what each place says, by the kind of its section.

use alloc::vec::Vec;

use super::convention::Standing;
use super::date;
use super::deliverable::{self, Care};
use super::draft::{self, Draft, List, One};
use super::duty;
use super::frequency;
use super::marker::Style;
use super::note::{self, Note};
use super::outline::{Outline, Place};
use super::page::Page;
use super::rule;
use super::scan;
use super::section;
use super::shape::{Kind, Section, Span, Why};
use super::stage;
use super::subject;
use super::table::Table;
use super::task;

/// Everything that was made of the text, and what was not.
pub(super) struct Items {
    pub(super) drafts: Vec<Draft>,
    pub(super) unread: Vec<(Span, Why)>,
}

struct Reader<'a> {
    page: &'a Page,
    outline: &'a Outline,
    standing: &'a Standing,
    year: Option<i32>,
    out: Items,
}

/// A heading longer than this is a sentence of the text that follows it.
const HEADING_IS_SENTENCE: usize = 34;
/// A heading without text below it and longer than this says something by itself.
const HEADING_SPEAKS: usize = 13;
/// With a stop at its end the heading is an entry of a list, and a shorter one says something.
const HEADING_STOPPED: usize = 8;

pub(super) fn items(
    page: &Page,
    outline: &Outline,
    standing: &Standing,
    year: Option<i32>,
) -> Items {
    let out = Items { drafts: Vec::new(), unread: Vec::new() };
    let mut reader = Reader { page, outline, standing, year, out };
    reader.opening();
    for (index, place) in outline.places.iter().enumerate() {
        reader.place(index, place);
    }
    let mut out = reader.out;
    out.drafts.sort_by_key(|draft| (draft.span.start, draft.span.end));
    out.unread.sort_by_key(|(span, _)| span.start);
    out
}

impl Reader<'_> {
    fn opening(&mut self) {
        let (rows, prose) = self.rows(None, &self.outline.opening);
        if self.outline.places.is_empty() && !rows {
            // A document without any numbering: its sentences are all there is.
            for para in prose {
                let before = self.made();
                self.sentences(None, Section::Task, true, para);
                if self.made() == before {
                    self.out.unread.push((para, Why::Opening));
                }
            }
        } else {
            self.out.unread.extend(prose.into_iter().map(|para| (para, Why::Opening)));
        }
    }

    /// How many stretches have been accounted for so far.
    fn made(&self) -> usize {
        self.out.drafts.len() + self.out.unread.len()
    }

    fn place(&mut self, index: usize, place: &Place) {
        let stage = stage::stage(self.page, index, place, self.year);
        let from = stage.as_ref().map_or(0, |stage| stage.span.end);
        self.out.drafts.extend(stage);
        let (_, prose) = self.rows(Some(index), &place.paras);
        if place.style == Style::Annex {
            let rest = prose.into_iter().filter(|para| para.start >= place.heading.end);
            self.out.unread.extend(rest.map(|para| (para, Why::NoAction)));
            return;
        }
        let rest = if place.section == Section::Problem {
            prose.clone()
        } else {
            self.noted(index, place, &prose)
        };
        let bodies = self.bodies(place, &prose, &rest);
        for body in bodies {
            let body = Span::new(body.start.max(from), body.end);
            self.sentences(Some(index), place.section, place.leaf, body);
        }
    }

    /// Reads the table rows among the paragraphs; returns whether there were any, and the others.
    fn rows(&mut self, place: Option<usize>, paras: &[Span]) -> (bool, Vec<Span>) {
        let mut table = Table::new(self.page, place, self.year);
        let (rows, prose): (Vec<Span>, Vec<Span>) =
            paras.iter().partition(|para| self.page.part(**para).contains(&'\t'));
        for row in &rows {
            match table.row(*row) {
                // Outside the outline nothing else would hold a heading row.
                Some(items) if items.is_empty() && place.is_none() => {
                    self.out.unread.push((*row, Why::Opening));
                }
                Some(items) => self.out.drafts.extend(items),
                None => self.out.unread.push((*row, Why::NoColumns)),
            }
        }
        (!rows.is_empty(), prose)
    }

    /// Makes one task of each stretch that a responsibility note closes; returns the paragraphs
    /// that no note covers.
    fn noted(&mut self, index: usize, place: &Place, prose: &[Span]) -> Vec<Span> {
        let mut rest = Vec::new();
        let mut waiting: Vec<Span> = Vec::new();
        let mut last_noted: Option<usize> = None;
        for (i, para) in prose.iter().enumerate() {
            let Some(note) = note::trailing(self.page, *para, self.standing) else {
                waiting.push(*para);
                continue;
            };
            let own_line = note.span.start == para.start;
            if own_line && waiting.is_empty() && last_noted.is_some_and(|last| last + 1 == i) {
                // 「完成时限：……」 on the line below 「责任单位：……」 belongs to the same task.
                if let Some(task) = self.out.drafts.last_mut() {
                    task.span.end = para.end;
                    fill(self.page, task, note, self.year);
                }
                last_noted = Some(i);
                continue;
            }
            last_noted = Some(i);
            let joins = place.leaf || own_line;
            let first = if joins { waiting.first().copied() } else { None };
            if !joins {
                rest.append(&mut waiting);
            }
            waiting.clear();
            let start = first.map_or(para.start, |first| first.start);
            let whole = i == 0 || first == prose.first().copied();
            let start = if whole { place.heading.start.max(start) } else { start };
            let task = self.noted_task(index, Span::new(start, para.end), note);
            self.out.drafts.push(task);
        }
        rest.append(&mut waiting);
        rest
    }

    fn noted_task(&self, index: usize, span: Span, note: Note) -> Draft {
        let page = self.page;
        let mut task = Draft::new(Kind::Task, Some(index), span);
        let words = Span::new(span.start, note.span.start.max(span.start));
        self.times(&mut task, words);
        let papers = deliverable::deliverables(page, words, Care::Leaf);
        task.names(List::Deliverable, papers, "announced-paper");
        fill(page, &mut task, note, self.year);
        task
    }

    fn times(&self, task: &mut Draft, words: Span) {
        let x = self.page.part(words);
        task.by(words.start, &date::deadlines(x, self.year), "deadline");
        task.freq(words.start, &frequency::frequencies(x), "frequency");
        task.horizon = date::horizons(x).iter().map(|found| found.value).collect();
    }

    /// The stretches whose sentences are read: the text below the heading, and the heading itself
    /// where it is a sentence.
    fn bodies(&self, place: &Place, prose: &[Span], rest: &[Span]) -> Vec<Span> {
        let mut out = Vec::new();
        let Some(first) = prose.first().copied() else { return out };
        let free = rest.contains(&first);
        let heading = place.heading;
        let below = Span::new((heading.end + 1).min(first.end), first.end);
        let framed =
            matches!(place.section, Section::Problem | Section::Background | Section::Target);
        if free && !self.page.trim(below, "。").is_empty() {
            let sentence =
                heading.len() > HEADING_IS_SENTENCE || task::heading_orders(self.page, heading);
            let whole = sentence && !framed;
            out.push(if whole { Span::new(heading.start, first.end) } else { below });
        }
        let more = rest.iter().filter(|para| **para != first);
        let closing = more.clone().all(|para| self.is_closing(*para));
        let stopped = matches!(self.page.chars[first.end - 1], '。' | '；' | ';');
        let length = if stopped { HEADING_STOPPED } else { HEADING_SPEAKS };
        let speaks = heading.len() >= length || place.section == Section::Target;
        if free && out.is_empty() && closing && prose.len() == rest.len() && place.leaf && speaks {
            out.push(Span::new(heading.start, first.end));
        }
        out.extend(more);
        out
    }

    /// What stands below the last order of a document: signature, date, 特此通知, annexes.
    fn is_closing(&self, para: Span) -> bool {
        let x = self.page.part(para);
        let words = ["特此", "附件", "此件", "联系人", "联系电话", "（此件", "(此件"];
        scan::word_at(x, 0, &words).is_some()
            || date::signed(x).is_some()
            || (x.len() <= 30 && !x.iter().any(|c| "。；，".contains(*c)))
    }

    fn sentences(&mut self, place: Option<usize>, section: Section, leaf: bool, body: Span) {
        match section {
            Section::Background => self.background(place, body),
            Section::Problem => self.problems(place, body),
            Section::Target => self.targets(place, body),
            Section::Task | Section::Stage | Section::Organisation | Section::Table => {
                for sentence in self.page.sentences(body) {
                    self.order(place, section, leaf, sentence);
                }
            }
        }
    }

    fn background(&mut self, place: Option<usize>, body: Span) {
        for sentence in self.page.sentences(body) {
            let x = self.page.part(sentence);
            if counts(x) && !date::horizons(x).is_empty() {
                let _ = self.target(place, sentence);
            }
        }
    }

    fn problems(&mut self, place: Option<usize>, body: Span) {
        const FIRST: [&str; 14] = [
            "重点整治",
            "重点整改",
            "重点解决",
            "重点查摆",
            "重点治理",
            "重点纠治",
            "着力解决",
            "集中整治",
            "整治",
            "整改",
            "解决",
            "查摆",
            "治理",
            "纠治",
        ];
        for piece in self.page.split(body, "。！；;\n") {
            let x = self.page.part(piece);
            let word = scan::word_at(x, 0, &FIRST);
            let start = piece.start + word.map_or(0, scan::len);
            let start =
                start + usize::from(word.is_some() && self.page.chars.get(start) == Some(&'了'));
            let named = section::is_fault(x) || x.last() == Some(&'的') || word.is_some();
            if named && start < piece.end {
                self.out.drafts.push(Draft::new(Kind::Problem, place, Span::new(start, piece.end)));
            } else {
                self.out.unread.push((piece, Why::NoAction));
            }
        }
    }

    fn targets(&mut self, place: Option<usize>, body: Span) {
        for sentence in self.page.sentences(body) {
            // 「到2026年底：①……；②……」 promises all of them for one day.
            let x = self.page.part(sentence);
            let shared = date::horizons(x)
                .first()
                .copied()
                .filter(|day| matches!(x.get(day.end), Some('：' | ':')));
            for piece in self.page.split(sentence, "；;") {
                let words = self.page.part(piece);
                if counts(words) || !date::horizons(words).is_empty() {
                    let target = self.target(place, piece);
                    if let Some(day) = shared.filter(|_| target.fields.by.is_empty()) {
                        target.by(sentence.start, &[day], "shared-horizon");
                    }
                } else {
                    self.out.unread.push((piece, Why::NoAction));
                }
            }
        }
    }

    fn target(&mut self, place: Option<usize>, span: Span) -> &mut Draft {
        let x = self.page.part(span);
        let mut target = Draft::new(Kind::Target, place, span);
        let horizons = date::horizons(x);
        if let Some(first) = horizons.first() {
            target.by(span.start, &[*first], "horizon");
        } else {
            target.by(span.start, &date::deadlines(x, self.year), "deadline");
        }
        if target.fields.by.is_empty()
            && scan::is_digit(x, 0)
            && x.get(4) == Some(&'年')
            && let Some(period) = date::period(x, None)
        {
            let value = super::shape::Moment { day: period.value.by, time: None };
            target.by(span.start, &[date::Placed { value, start: 0, end: 5 }], "year-of-outcome");
        }
        let last = self.out.drafts.len();
        self.out.drafts.push(target);
        &mut self.out.drafts[last]
    }

    /// One sentence of a section in which things are ordered.
    fn order(&mut self, place: Option<usize>, section: Section, leaf: bool, sentence: Span) {
        let page = self.page;
        let sentence = page.trim(sentence, "，、；;");
        let x = page.part(sentence);
        if x.len() < 6 || date::signed(x).is_some() {
            return;
        }
        let duties = duty::duties(page, sentence);
        if !duties.is_empty() {
            for duty in duties {
                let mut role = Draft::new(Kind::Role, place, duty.span);
                role.one(One::Role, duty.role, duty.rule);
                role.one(One::Who, duty.who, duty.rule);
                self.out.drafts.push(role);
            }
            return;
        }
        if rule::has_rule(x) {
            for part in page.split(sentence, "；;") {
                self.rule_or_task(place, part);
            }
            return;
        }
        if rule::is_at_once(x) {
            self.rule(place, sentence);
            return;
        }
        let framing = !leaf && place.is_some();
        let dated = !date::deadlines(x, Some(2000)).is_empty();
        let ordered =
            task::is_task(page, sentence) && (!framing || task::is_bound(page, sentence, dated));
        if !ordered {
            let outcome = counts(x) && (section == Section::Stage || starts_with_horizon(x));
            if outcome {
                let _ = self.target(place, sentence);
            } else {
                self.out.unread.push((sentence, Why::NoAction));
            }
            return;
        }
        for part in self.parts(sentence) {
            self.task(place, part);
        }
    }

    /// A sentence is two tasks where both sides of a ； are; 「对……的，要……；对……的，要……」 is one.
    fn parts(&self, sentence: Span) -> Vec<Span> {
        let page = self.page;
        let parts = page.split(sentence, "；;");
        let each = parts.iter().all(|part| part.len() >= 14 && task::is_task(page, *part));
        let cases = parts.iter().all(|part| {
            let x = page.part(*part);
            x.first() == Some(&'对') && scan::has(x, "的，")
        });
        if parts.len() > 1 && each && !cases { parts } else { alloc::vec![sentence] }
    }

    fn rule_or_task(&mut self, place: Option<usize>, part: Span) {
        if rule::is_rule(self.page.part(part)) {
            self.rule(place, part);
        } else if task::is_task(self.page, part) {
            self.task(place, part);
        } else {
            self.out.unread.push((part, Why::NoAction));
        }
    }

    fn rule(&mut self, place: Option<usize>, part: Span) {
        let mut rule = Draft::new(Kind::Rule, place, part);
        rule.modes(part.start, &rule::modes(self.page.part(part)));
        if let Some(keeper) = rule::keeper(self.page, part) {
            rule.names(List::Resp, alloc::vec![keeper], "keeper-of-rule");
        }
        self.out.drafts.push(rule);
    }

    fn task(&mut self, place: Option<usize>, part: Span) {
        let page = self.page;
        let mut task = Draft::new(Kind::Task, place, part);
        self.times(&mut task, part);
        let papers = deliverable::deliverables(page, part, Care::Sentence);
        task.names(List::Deliverable, papers, "announced-paper");
        if let Some((lead, coop)) = subject::led_by(page, part) {
            task.names(List::Lead, lead, "led-by");
            task.names(List::Coop, coop, "led-by");
        } else if let Some(units) = subject::listed(page, part) {
            task.names(List::Resp, units, "listed-subject");
        } else if let Some(span) = subject::subject(page, part) {
            task.names(List::Resp, subject::members(page, span), "subject");
        } else if let Some(people) = subject::everyone(page, part) {
            task.names(List::Resp, alloc::vec![people], "everyone");
        } else if let Some(agents) = subject::agent(page, part) {
            task.names(List::Resp, agents, "agent");
        }
        self.out.drafts.push(task);
    }
}

/// Enters what a note says into its task.
fn fill(page: &Page, task: &mut Draft, note: Note, year: Option<i32>) {
    task.names(List::Lead, note.lead, note.rule);
    task.names(List::Coop, note.coop, note.rule);
    task.names(List::Resp, note.resp, note.rule);
    task.names(List::Leader, note.leader, note.rule);
    if let Some(limit) = note.limit {
        let x = page.part(limit);
        let mut days = date::deadlines(x, year);
        if days.is_empty()
            && let Some(period) = date::period(x, year)
        {
            let value = super::shape::Moment { day: period.value.by, time: None };
            days.push(date::Placed { value, start: period.start, end: period.end });
        }
        task.by(limit.start, &days, "note-limit");
        task.modes(limit.start, &rule::modes(x));
        task.freq(limit.start, &frequency::frequencies(x), "note-limit");
    }
}

/// 「到2028年底，……」, 「力争到2028年，……」
fn starts_with_horizon(x: &[char]) -> bool {
    let start = scan::word_at(x, 0, &["力争", "争取", "目标", "预计"]).map_or(0, scan::len);
    x.get(start) == Some(&'到') && scan::is_digit(x, start + 1)
}

/// Does the text count something: 100家, 99.5%, 50万?
fn counts(x: &[char]) -> bool {
    const UNITS: [&str; 24] = [
        "个", "家", "％", "%", "万", "名", "人", "以上", "以下", "次", "项", "户", "件", "亿",
        "套", "场", "所", "条", "支", "余", "批", "千", "百", "倍",
    ];
    (1..x.len()).any(|i| scan::is_digit(x, i - 1) && scan::word_at(x, i, &UNITS).is_some())
}

/// What the words of a draft say, for the printed form.
pub(super) fn text(page: &Page, draft: &Draft) -> alloc::string::String {
    draft::named(page, draft.span).text
}
