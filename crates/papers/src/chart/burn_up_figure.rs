use super::burn_up::{BurnUp, anchor};
use super::ends::apart;
use super::length::Length;
use super::lines::{Plot, draw};
use super::markup::{Attributes, Markup};
use super::measure::{fit, width};
use super::scale::Count;
use super::standalone::Figure;

/// Size of the letters in a figure, in pixels.
pub(super) const LETTERS_PX: u64 = 13;
/// Least distance between the end labels, in pixels.
const LABELS_APART: Length = Length(1_700);
const AXIS_PX: u32 = 26;
const HEAD_PX: u32 = 10;
const BESIDE: Length = Length(800);
/// The end labels are bold and so a little wider than measured.
const SLACK: Length = Length(400);

/// In pixels of a figure.
pub(super) fn pixels(ems: Length) -> Length {
    Length(ems.0.saturating_mul(LETTERS_PX))
}

/// The chart with a fixed size and all texts as SVG, for a report. The caption is its title and
/// not drawn: a report has captions of its own.
pub fn burn_up_figure(chart: &BurnUp, width_px: u32, height_px: u32) -> Figure {
    let ends = chart.ends();
    let widest = ends.iter().flatten().map(|end| pixels(width(&end.label))).max();
    let end_room = widest.unwrap_or(Length::ZERO).min(Length::whole(width_px).share(1, 3));
    let scale = chart.scale();
    let left = pixels(width(&Count(scale.top).to_string())).plus(BESIDE);
    let whole = Length::whole(width_px).minus(left);
    let plot = Plot {
        left,
        top: Length::whole(HEAD_PX),
        width: whole.minus(end_room).minus(BESIDE).minus(SLACK),
        height: Length::whole(height_px).minus(Length::whole(AXIS_PX + HEAD_PX)),
        scale,
        days: chart.days.len(),
    };
    let view = format!("0 0 {width_px} {height_px}");
    let mut out = Markup::default();
    let head: Attributes<'_> = &[
        ("class", &"fig"),
        ("role", &"img"),
        ("viewBox", &view),
        ("width", &width_px),
        ("height", &height_px),
    ];
    out.element("svg", head, |out| {
        out.leaf("title", &[], &chart.caption);
        draw(out, chart, &plot);
        axes(out, chart, &plot);
        let Some([upper, lower]) = ends else { return };
        let places = apart(plot.y(upper.value), plot.y(lower.value), LABELS_APART, plot.bottom());
        let x = plot.right().plus(BESIDE);
        let room = Length(end_room.0.div_ceil(LETTERS_PX));
        for (end, y) in [(upper, places.0), (lower, places.1)] {
            let place: Attributes<'_> =
                &[("class", &end.class), ("x", &x), ("y", &y), ("dy", &"4.5")];
            out.leaf("text", place, &fit(&end.label, room));
        }
    });
    Figure { markup: out.finish(), width_px, height_px }
}

fn axes(out: &mut Markup, chart: &BurnUp, plot: &Plot) {
    let beside = plot.left.minus(BESIDE);
    for mark in plot.scale.marks() {
        let y = plot.y(mark);
        let place: Attributes<'_> =
            &[("x", &beside), ("y", &y), ("dy", &"4.5"), ("text-anchor", &"end")];
        out.leaf("text", place, &Count(mark));
    }
    let below = plot.bottom().plus(Length::whole(19));
    let room = Length(plot.width.0 / LETTERS_PX);
    for tick in chart.ticks(room, room) {
        let Some(day) = chart.days.get(tick.at) else { continue };
        let (x, anchor) = (plot.x(tick.at), anchor(plot, tick.at));
        let place: Attributes<'_> = &[("x", &x), ("y", &below), ("text-anchor", &anchor)];
        out.leaf("text", place, &day.label);
    }
}
