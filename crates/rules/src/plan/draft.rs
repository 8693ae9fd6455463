//! An item while it is being put together: every value enters with its place and its rule.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::date::{Period, Placed};
use super::page::Page;
use super::shape::{Fields, Found, Frequency, Kind, Mode, Moment, Span};
use super::unit::Named;

pub(super) struct Draft {
    pub(super) kind: Kind,
    /// Index into the outline.
    pub(super) place: Option<usize>,
    pub(super) span: Span,
    pub(super) fields: Fields,
    pub(super) found: Vec<Found>,
    pub(super) horizon: Vec<Moment>,
}

/// Fields that hold names as printed.
#[derive(Clone, Copy)]
pub(super) enum List {
    Lead,
    Coop,
    Resp,
    Leader,
    Deliverable,
}

/// Fields that hold one stretch of words.
#[derive(Clone, Copy)]
pub(super) enum One {
    Standard,
    Role,
    Who,
    Name,
}

impl Draft {
    pub(super) fn new(kind: Kind, place: Option<usize>, span: Span) -> Draft {
        Draft {
            kind,
            place,
            span,
            fields: Fields::default(),
            found: Vec::new(),
            horizon: Vec::new(),
        }
    }

    fn note(&mut self, field: &'static str, value: String, span: Span, rule: &'static str) {
        self.found.push(Found { field, value, start: span.start, end: span.end, rule });
    }

    pub(super) fn names(&mut self, list: List, names: Vec<Named>, rule: &'static str) {
        for named in names {
            let (key, values) = match list {
                List::Lead => ("lead", &mut self.fields.lead),
                List::Coop => ("coop", &mut self.fields.coop),
                List::Resp => ("resp", &mut self.fields.resp),
                List::Leader => ("leader", &mut self.fields.leader),
                List::Deliverable => ("deliverable", &mut self.fields.deliverable),
            };
            if !values.contains(&named.text) {
                values.push(named.text.clone());
                self.note(key, named.text, named.span, rule);
            }
        }
    }

    pub(super) fn one(&mut self, field: One, named: Named, rule: &'static str) {
        let (key, slot) = match field {
            One::Standard => ("standard", &mut self.fields.standard),
            One::Role => ("role", &mut self.fields.role),
            One::Who => ("who", &mut self.fields.who),
            One::Name => ("name", &mut self.fields.name),
        };
        *slot = Some(named.text.clone());
        self.note(key, named.text, named.span, rule);
    }

    /// `start` is where the scanned words begin in the text; so also below.
    pub(super) fn by(&mut self, start: usize, days: &[Placed<Moment>], rule: &'static str) {
        for day in days {
            if !self.fields.by.contains(&day.value) {
                self.fields.by.push(day.value);
                let span = Span::new(start + day.start, start + day.end);
                self.note("by", day.value.to_string(), span, rule);
            }
        }
    }

    pub(super) fn period(&mut self, start: usize, period: Placed<Period>) {
        let span = Span::new(start + period.start, start + period.end);
        if let Some(from) = period.value.from {
            self.fields.from = Some(from);
            self.note("from", from.to_string(), span, "period");
        }
        let by = Moment { day: period.value.by, time: None };
        self.fields.by.push(by);
        self.note("by", by.to_string(), span, "period");
    }

    pub(super) fn freq(&mut self, start: usize, found: &[Placed<Frequency>], rule: &'static str) {
        for freq in found {
            if !self.fields.freq.contains(&freq.value) {
                self.fields.freq.push(freq.value);
                let span = Span::new(start + freq.start, start + freq.end);
                self.note("freq", freq.value.to_string(), span, rule);
            }
        }
    }

    pub(super) fn modes(&mut self, start: usize, found: &[(Mode, usize, usize)]) {
        for &(mode, from, to) in found {
            if !self.fields.mode.contains(&mode) {
                self.fields.mode.push(mode);
                let span = Span::new(start + from, start + to);
                self.note("mode", mode.word().to_string(), span, "mode-words");
            }
        }
    }
}

pub(super) fn named(page: &Page, span: Span) -> Named {
    Named { text: page.say(span), span }
}
