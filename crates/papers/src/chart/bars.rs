use super::legend::{Legend, Tone, name};
use super::length::{In, Length};
use super::link::is_local;
use super::markup::{Attributes, Markup};
use super::measure::width;
use super::scale::Count;

/// One row: a unit and what it has, by state.
pub struct Bar {
    /// The unit.
    pub label: String,
    /// Where the row leads; an address of this site, or the row is no link.
    pub href: Option<String>,
    /// Number of matters of each tone, from left to right.
    pub parts: Vec<(Tone, u32)>,
}

impl Bar {
    /// All parts together.
    pub fn total(&self) -> u64 {
        self.parts.iter().map(|(_, count)| u64::from(*count)).sum()
    }
}

/// The longest bar, in the units in which bars are cut.
const UNITS: u32 = 1_000;
/// A part that is there at all is seen: 2 px of a bar on a phone.
const PART_MIN: u64 = 10;
/// A label up to this width stands on one line, in ems.
const ONE_LINE: Length = Length(1_000);

/// Bars for a page, one row for each unit, each with its total and, where it has one, its link.
/// The parts are said in words for those who do not see them, by the names of the legend.
pub fn stacked_bars(rows: &[Bar], legend: &Legend) -> String {
    let most = rows.iter().map(Bar::total).max().unwrap_or(0);
    let mut out = Markup::default();
    // On a phone long labels stand above their bars.
    let has_long = rows.iter().any(|row| width(&row.label) > ONE_LINE);
    let class = if has_long { "sbs above" } else { "sbs" };
    out.element("div", &[("class", &class)], |out| {
        for row in rows {
            let href = row.href.as_deref().filter(|href| is_local(href));
            match href {
                Some(href) => {
                    let link: Attributes<'_> = &[("class", &"sb"), ("href", &href)];
                    out.element("a", link, |out| inside(out, row, most, legend));
                }
                None => {
                    out.element("div", &[("class", &"sb")], |out| inside(out, row, most, legend));
                }
            }
        }
    });
    out.finish()
}

fn inside(out: &mut Markup, row: &Bar, most: u64, legend: &Legend) {
    let class = if width(&row.label) > ONE_LINE { "n long" } else { "n" };
    out.leaf("span", &[("class", &class)], &row.label);
    out.element("span", &[("class", &"b")], |out| {
        let widths = widths(&row.parts, most, UNITS);
        let all: u64 = widths.iter().sum();
        if all > 0 {
            let room = In(Length::whole(100).share(all, u64::from(UNITS)), "%");
            let view = format!("0 0 {all} 1");
            let place: Attributes<'_> = &[
                ("width", &room),
                ("viewBox", &view),
                ("preserveAspectRatio", &"none"),
                ("aria-hidden", &"true"),
            ];
            out.element("svg", place, |out| parts(out, row, &widths, legend));
        }
    });
    out.element("span", &[("class", &"v")], |out| {
        out.leaf("b", &[], &Count(row.total()));
        out.element("span", &[("class", &"vh")], |out| {
            for (tone, count) in row.parts.iter().filter(|(_, count)| *count > 0) {
                out.text(&format!("; {} {}", name(legend, *tone), Count(u64::from(*count))));
            }
        });
    });
}

fn parts(out: &mut Markup, row: &Bar, widths: &[u64], legend: &Legend) {
    let mut x = 0;
    let mut cuts = Vec::new();
    for ((tone, count), width) in row.parts.iter().zip(widths).filter(|(_, width)| **width > 0) {
        let class = tone.mark();
        let place: Attributes<'_> =
            &[("class", &class), ("x", &x), ("width", width), ("height", &1)];
        out.element("rect", place, |out| {
            let title = format!("{} {}", name(legend, *tone), Count(u64::from(*count)));
            out.leaf("title", &[], &title);
        });
        cuts.push(x);
        x += width;
    }
    for cut in cuts.iter().skip(1) {
        out.shape("path", &[("class", &"cut"), ("d", &format!("M{cut},0v1"))]);
    }
}

/// How wide each part is when a row of `most` is `units` wide. What is not nought gets
/// [`PART_MIN`] at least; the rest of the row is shared out by count, to the last unit.
pub(super) fn widths(parts: &[(Tone, u32)], most: u64, units: u32) -> Vec<u64> {
    let total: u64 = parts.iter().map(|(_, count)| u64::from(*count)).sum();
    let present = parts.iter().filter(|(_, count)| *count > 0).count() as u64;
    let floor = PART_MIN.min(u64::from(units).checked_div(present).unwrap_or(0));
    let row = Length(u64::from(units)).share(total, most).0.max(present * floor);
    let free = Length(row - present * floor);
    let mut before = 0;
    let mut cut = 0;
    let mut widths = Vec::with_capacity(parts.len());
    for count in parts.iter().map(|(_, count)| u64::from(*count)) {
        before += count;
        let end = free.share(before, total).0;
        widths.push(end - cut + if count > 0 { floor } else { 0 });
        cut = end;
    }
    widths
}
