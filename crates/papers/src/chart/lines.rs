use super::burn_up::{BurnUp, BurnUpDay};
use super::length::Length;
use super::markup::{Attributes, Markup};
use super::scale::Scale;
use std::fmt::Write;

/// Where on the drawing the data stand.
pub(super) struct Plot {
    pub(super) left: Length,
    pub(super) top: Length,
    pub(super) width: Length,
    pub(super) height: Length,
    pub(super) scale: Scale,
    /// Number of days.
    pub(super) days: usize,
}

impl Plot {
    pub(super) fn right(&self) -> Length {
        self.left.plus(self.width)
    }

    pub(super) fn bottom(&self) -> Length {
        self.top.plus(self.height)
    }

    /// A single day stands at the right edge, where its label is.
    pub(super) fn x(&self, day: usize) -> Length {
        match self.days.saturating_sub(1) {
            0 => self.right(),
            last => self.left.plus(self.width.share(day as u64, last as u64)),
        }
    }

    pub(super) fn y(&self, value: u64) -> Length {
        self.top.plus(self.height.minus(self.height.share(value, self.scale.top)))
    }
}

/// Grid, areas and lines, the newest day marked by a dot: all that is not text.
pub(super) fn draw(out: &mut Markup, chart: &BurnUp, plot: &Plot) {
    for mark in plot.scale.marks() {
        let y = plot.y(mark);
        let class = if mark == 0 { "grid base" } else { "grid" };
        let (x1, x2) = (plot.left, plot.right());
        let place: Attributes<'_> =
            &[("class", &class), ("x1", &x1), ("x2", &x2), ("y1", &y), ("y2", &y)];
        out.shape("line", place);
    }
    let upper = points(chart, plot, |day| day.handed_out);
    let lower = points(chart, plot, |day| day.closed);
    if let (true, Some(last)) = (chart.days.len() > 1, chart.days.last()) {
        let back = lower.iter().rev();
        let gap: Vec<Point> = upper.iter().chain(back).copied().collect();
        out.shape("polygon", &[("class", &"gap"), ("points", &joined(&gap))]);
        let corners = [(plot.left, plot.bottom())].into_iter();
        let floor = [(plot.right(), plot.bottom())];
        let area: Vec<Point> = corners.chain(lower.iter().copied()).chain(floor).collect();
        out.shape("polygon", &[("class", &"area"), ("points", &joined(&area))]);
        out.shape("polyline", &[("class", &"l1"), ("points", &joined(&upper))]);
        out.shape("polyline", &[("class", &"l2"), ("points", &joined(&lower))]);
        dots(out, plot, last);
    } else if let Some(only) = chart.days.last() {
        dots(out, plot, only);
    }
}

/// A stroke without length and with round ends: it stays a circle however the plot is stretched.
fn dots(out: &mut Markup, plot: &Plot, day: &BurnUpDay) {
    for (class, value) in [("d1", day.handed_out), ("d2", day.closed)] {
        let path = format!("M{},{}h0", plot.right(), plot.y(u64::from(value)));
        out.shape("path", &[("class", &class), ("d", &path)]);
    }
}

type Point = (Length, Length);

fn points(chart: &BurnUp, plot: &Plot, value: fn(&BurnUpDay) -> u32) -> Vec<Point> {
    let days = chart.days.iter().enumerate();
    days.map(|(at, day)| (plot.x(at), plot.y(u64::from(value(day))))).collect()
}

fn joined(points: &[Point]) -> String {
    points.iter().fold(String::new(), |mut out, (x, y)| {
        let blank = if out.is_empty() { "" } else { " " };
        // Writing to a String cannot fail.
        let _ = write!(out, "{blank}{x},{y}");
        out
    })
}
