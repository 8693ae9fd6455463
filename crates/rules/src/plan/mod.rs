//! The plan reader (读方案): from the text of a plan to its outline, problems, tasks, stages, posts
//! and rules, each value with the place it was read from and the rule that read it.
//!
//! Suggested reading order: `shape` (what comes out), `page` and `paragraph` (the text), `marker`
//! and `outline` (the numbering), `section`, `items` (which ties the rest together). Nothing is
//! learned and nothing is guessed in secret: what no rule understands is listed in
//! `Plan::not_understood`.

mod convention;
mod date;
mod deliverable;
mod draft;
mod duty;
mod frequency;
mod head;
mod items;
mod marker;
mod note;
mod outline;
mod page;
mod paragraph;
mod problem;
mod rule;
mod scan;
mod section;
mod shape;
mod stage;
mod subject;
mod supervise;
mod table;
mod task;
mod title;
mod unit;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub use shape::{
    Convention, Doc, Fields, Found, Frequency, Habit, Item, Kind, Mode, Moment, Node, Plan,
    Section, Span, Supervisability, Unread, Why,
};
pub use title::short_title;

use convention::Standing;
use draft::Draft;
use outline::{Outline, Place};
use page::Page;

/// Reads a plan. `year` is the year in which days without a year fall; without it the document's
/// own title, date or number decides. Any text is accepted; paragraphs end at `\n`, the cells of a
/// table row are parted by `\t`.
pub fn read(text: &str, year: Option<i32>) -> Plan {
    let page = Page::new(text);
    let paras = paragraph::paragraphs(&page);
    let conventions = convention::conventions(&page);
    let standing = Standing::of(&conventions);
    let outline = outline::outline(&page, &paras);
    let all: Vec<Span> = paras.iter().map(|para| para.span).collect();
    let doc = head::doc(&page, &outline.opening, &all, year);
    let read = items::items(&page, &outline, &standing, doc.year);
    let items: Vec<Item> = read
        .drafts
        .into_iter()
        .enumerate()
        .map(|(i, draft)| finish(&page, &outline, &standing, i, draft))
        .collect();
    let not_understood = read
        .unread
        .into_iter()
        .map(|(span, why)| Unread { start: span.start, end: span.end, text: page.say(span), why })
        .collect();
    Plan {
        supervisability: supervise::supervisability(&items),
        doc,
        nodes: outline.places.iter().enumerate().map(|(i, place)| node(&page, i, place)).collect(),
        items,
        conventions,
        not_understood,
        text: text.to_string(),
    }
}

fn node_id(index: usize) -> String {
    format!("n{}", index + 1)
}

fn node(page: &Page, index: usize, place: &Place) -> Node {
    Node {
        id: node_id(index),
        parent: place.parent.map(node_id),
        level: place.level,
        marker: page.say(place.marker),
        heading: page.say(page.trim(place.heading, "")),
        start: place.marker.start,
        end: place.end(),
        section: place.section,
    }
}

fn finish(page: &Page, outline: &Outline, standing: &Standing, index: usize, draft: Draft) -> Item {
    let heading = draft.place.map_or(&[][..], |place| page.part(outline.places[place].heading));
    let problem_code = match draft.kind {
        Kind::Problem => problem::code(page, draft.span, heading),
        Kind::Task | Kind::Target | Kind::Stage | Kind::Role | Kind::Rule => None,
    };
    let default_units = match draft.kind {
        Kind::Task => standing.defaults(draft.span.start),
        Kind::Problem | Kind::Target | Kind::Stage | Kind::Role | Kind::Rule => Vec::new(),
    };
    Item {
        id: format!("i{}", index + 1),
        kind: draft.kind,
        node: draft.place.map(node_id),
        start: draft.span.start,
        end: draft.span.end,
        text: items::text(page, &draft),
        problem_code,
        default_units,
        horizon: draft.horizon,
        fields: draft.fields,
        found: draft.found,
    }
}
