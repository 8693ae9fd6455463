//! Dated phases: 「（一）动员部署阶段（3月1日—3月20日）」.

use super::date;
use super::draft::{self, Draft, One};
use super::outline::Place;
use super::page::Page;
use super::scan;
use super::shape::{Kind, Span};

/// A heading is read this far for its date.
const REACH: usize = 60;

/// The phase that the heading of a place opens.
pub(super) fn stage(page: &Page, index: usize, place: &Place, year: Option<i32>) -> Option<Draft> {
    let heading = place.heading;
    let near = Span::new(heading.start, heading.end.min(heading.start + REACH));
    let bracket = date_bracket(page, near);
    let says_stage = scan::has(page.part(near), "阶段");
    let (span, date) = if let Some(bracket) = bracket.filter(|b| says_stage || b.end >= near.end) {
        (Span::new(near.start, bracket.end), bracket)
    } else if says_stage && says_date(page.part(near)) {
        (near, near)
    } else if says_stage && heading.len() <= 30 {
        let date = date_after(page, place, year)?;
        (Span::new(near.start, date.end), date)
    } else {
        return None;
    };
    let mut stage = Draft::new(Kind::Stage, Some(index), span);
    let named = draft::named(page, name(page, span, date));
    // A broken heading may hold a date and no words at all.
    if !named.text.is_empty() {
        stage.one(One::Name, named, "stage-heading");
    }
    let x = page.part(date);
    if let Some(period) = date::period(x, year) {
        stage.period(date.start, period);
    }
    Some(stage)
}

fn says_date(x: &[char]) -> bool {
    (1..x.len()).any(|i| {
        (x[i] == '月' && scan::is_digit(x, i - 1))
            || (x[i] == '年' && i >= 4 && scan::number(x, i - 4, 4).is_some())
    })
}

/// The first bracket in the heading that holds a date.
fn date_bracket(page: &Page, near: Span) -> Option<Span> {
    (near.start..near.end).filter(|&i| page.is_bracket(i)).find_map(|i| {
        let close = page.closing(i, near.end)?;
        says_date(page.part(Span::new(i + 1, close))).then(|| Span::new(i, close + 1))
    })
}

/// 「动员部署阶段。3月1日至3月20日，……」: the date opens the text below the heading.
fn date_after(page: &Page, place: &Place, year: Option<i32>) -> Option<Span> {
    let para = place.paras.first()?;
    let from = if place.heading.end < para.end {
        place.heading.end + 1
    } else {
        place.paras.get(1)?.start
    };
    let reach = (from + 40).min(page.chars.len());
    let x = page.chars.get(from..reach)?;
    let period = date::period(x, year).filter(|period| period.start <= 8)?;
    let early = !x[..period.start].iter().any(|c| "。；\n".contains(*c));
    early.then(|| Span::new(from, from + period.end))
}

/// 「动员部署」 out of 「第一阶段：动员部署阶段（3月）」.
fn name(page: &Page, span: Span, date: Span) -> Span {
    let whole = if date == span {
        let x = page.part(span);
        let colon = x.iter().position(|&c| "：:，,".contains(c)).unwrap_or(x.len());
        let (before, after) = (&x[..colon], x.get(colon + 1..).unwrap_or(&[]));
        let at = span.start + colon;
        if says_date(before) && !after.is_empty() && !says_date(after) {
            Span::new(at + 1, span.end)
        } else {
            Span::new(span.start, at)
        }
    } else {
        Span::new(span.start, date.start.min(span.end))
    };
    let mut inner = page.trim(whole, "，,：:。、");
    let x = page.part(inner);
    if x.first() == Some(&'第')
        && let Some((_, end)) = scan::chinese(x, 1)
        && scan::at(x, end, "阶段")
    {
        let rest = page.trim(Span::new(inner.start + end + 2, inner.end), "，,：:。、");
        if rest.is_empty() {
            return inner;
        }
        inner = rest;
    }
    if scan::ends(page.part(inner), "阶段") && inner.len() > 2 {
        inner.end -= 2;
    }
    inner
}
