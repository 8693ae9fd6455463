//! The outline: which markers are headings, how deep they stand and which paragraphs they hold.

use alloc::vec::Vec;

use super::marker::{self, Marker, Style};
use super::page::Page;
use super::paragraph::Para;
use super::scan;
use super::section;
use super::shape::{Section, Span};

/// A numbered place of the outline with the paragraphs that belong to it and to no child.
pub(super) struct Place {
    pub(super) parent: Option<usize>,
    pub(super) level: usize,
    pub(super) style: Style,
    /// From the marker to where the heading begins.
    pub(super) marker: Span,
    pub(super) heading: Span,
    pub(super) section: Section,
    pub(super) leaf: bool,
    /// The first one begins with the marker.
    pub(super) paras: Vec<Span>,
}

impl Place {
    pub(super) fn end(&self) -> usize {
        self.paras.last().map_or(self.heading.end, |para| para.end)
    }
}

pub(super) struct Outline {
    pub(super) places: Vec<Place>,
    /// Paragraphs before the first marker.
    pub(super) opening: Vec<Span>,
}

/// A heading longer than this is a sentence; its words say nothing about a section.
const LONGEST_HEADING: usize = 45;

pub(super) fn outline(page: &Page, paras: &[Para]) -> Outline {
    let mut places: Vec<Place> = Vec::new();
    let mut opening = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    let mut counts = Counts::default();
    for (i, para) in paras.iter().enumerate() {
        let Some(found) = counts.accept(page, *para) else {
            match path.last() {
                Some(&place) => places[place].paras.push(para.span),
                None => opening.push(para.span),
            }
            continue;
        };
        while path.last().is_some_and(|&p| places[p].style >= found.style || found.is_annex()) {
            path.pop();
        }
        let parent = path.last().copied();
        if let Some(parent) = parent {
            places[parent].leaf = false;
        }
        let next = paras.get(i + 1).map(|next| next.span);
        let place = place(page, para.span, found, next);
        let own = section_of(page, &place);
        let inherited = parent.map(|parent| places[parent].section);
        let section = own.or(inherited).unwrap_or(Section::Task);
        path.push(places.len());
        places.push(Place { parent, level: path.len(), section, ..place });
    }
    section::settle(page, &mut places);
    Outline { places, opening }
}

fn place(page: &Page, para: Span, found: Marker, next: Option<Span>) -> Place {
    let stop = page.chars[found.end..para.end].iter().position(|&c| c == '。');
    let mut heading = Span::new(found.end, stop.map_or(para.end, |stop| found.end + stop));
    if found.is_annex()
        && heading.is_empty()
        && let Some(next) = next.filter(|next| !page.part(*next).contains(&'\t'))
    {
        heading = next;
    }
    Place {
        parent: None,
        level: 1,
        style: found.style,
        marker: page.trim(Span::new(para.start, found.end), ""),
        heading,
        section: Section::Task,
        leaf: true,
        paras: alloc::vec![para],
    }
}

fn section_of(page: &Page, place: &Place) -> Option<Section> {
    let head = page.part(place.heading);
    let short = head.len() <= LONGEST_HEADING;
    (short || matches!(place.style, Style::Top | Style::Round))
        .then(|| section::by_heading(&head[..head.len().min(LONGEST_HEADING)]))?
}

impl Marker {
    fn is_annex(&self) -> bool {
        self.style == Style::Annex
    }
}

/// The last ordinal met of each style, which tells a heading from a number that merely begins a
/// line.
#[derive(Default)]
struct Counts {
    last: [Option<u32>; Style::COUNT],
    /// Within a list of annexes (附件：1.……): the ordinal that comes next.
    annexes: Option<u32>,
}

impl Counts {
    fn accept(&mut self, page: &Page, para: Para) -> Option<Marker> {
        let x = page.part(para.span);
        if x.contains(&'\t') {
            return None;
        }
        if self.in_annex_list(x) {
            return None;
        }
        let found = marker::printed(&page.chars[..para.span.end], para.span.start)?;
        if found.end > para.span.end || !self.follows(found, para, x) {
            return None;
        }
        self.last[found.style.rank()] = Some(found.ordinal);
        Some(found)
    }

    /// 「附件：1.……」 and the numbered lines after it name papers, not parts of the plan.
    fn in_annex_list(&mut self, x: &[char]) -> bool {
        if scan::word_at(x, 0, &["附件：", "附件:", "附：", "附:"]).is_some() {
            self.annexes = Some(2);
            return true;
        }
        let Some(expected) = self.annexes else { return false };
        let goes_on = marker::printed(x, 0).is_some_and(|found| {
            found.style == Style::Digit && found.ordinal <= expected && !x.contains(&'。')
        });
        self.annexes = goes_on.then_some(expected + 1);
        goes_on
    }

    fn follows(&self, found: Marker, para: Para, x: &[char]) -> bool {
        let last = self.last[found.style.rank()];
        let n = found.ordinal;
        let next = n == 1 || last.is_some_and(|last| n == last + 1);
        match found.style {
            Style::Annex => x.len() < 14 || (x.len() <= 20 && found.end >= para.span.end),
            // At a line start such a numeral is always meant as a heading, even where the one before
            // it was lost.
            Style::Chapter | Style::Top | Style::Round => next || para.own_line,
            Style::Digit | Style::RoundDigit | Style::HalfRound | Style::Circled => {
                let one_lost = last.map_or(n == 2, |last| n == last || n == last + 2);
                next || (para.own_line && one_lost)
            }
            Style::Spoken => next,
        }
    }
}
