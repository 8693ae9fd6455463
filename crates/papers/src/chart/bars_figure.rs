use super::bars::{Bar, widths};
use super::burn_up_figure::{LETTERS_PX, pixels};
use super::legend::Legend;
use super::length::Length;
use super::markup::{Attributes, Markup};
use super::measure::{fit, width};
use super::scale::Count;
use super::standalone::Figure;

const ROW_PX: u32 = 26;
const BAR_PX: u32 = 15;
const LEGEND_ROW_PX: u32 = 22;
const SWATCH_PX: u32 = 10;
const BESIDE: Length = Length(800);
const BETWEEN: Length = Length(1_600);

/// The bars with a legend above, all as SVG, for a report: as wide as asked for, as high as the
/// rows need. `caption` is its title and not drawn.
pub fn stacked_bars_figure(rows: &[Bar], legend: &Legend, caption: &str, width_px: u32) -> Figure {
    let whole = Length::whole(width_px);
    let mut inside = Markup::default();
    let head_px = entries(&mut inside, legend, whole);
    let labels = rows.iter().map(|row| pixels(width(&row.label))).max();
    let labels = labels.unwrap_or(Length::ZERO).min(whole.share(2, 5));
    let most = rows.iter().map(Bar::total).max().unwrap_or(0);
    let totals = pixels(width(&Count(most).to_string())).plus(BESIDE);
    let left = labels.plus(BESIDE);
    let units = whole.minus(left).minus(totals).0 / 100;
    let units = u32::try_from(units).unwrap_or(0);
    let mut top = head_px;
    for row in rows {
        draw(&mut inside, row, (labels, left, top), &widths(&row.parts, most, units));
        top = top.saturating_add(ROW_PX);
    }
    let view = format!("0 0 {width_px} {top}");
    let mut out = Markup::default();
    let head: Attributes<'_> = &[
        ("class", &"fig"),
        ("role", &"img"),
        ("viewBox", &view),
        ("width", &width_px),
        ("height", &top),
    ];
    out.element("svg", head, |out| {
        out.leaf("title", &[], &caption);
        out.markup(&inside.finish());
    });
    Figure { markup: out.finish(), width_px, height_px: top }
}

/// The entries of the legend, on as many lines as they need; how high that is, in pixels.
fn entries(out: &mut Markup, legend: &Legend, whole: Length) -> u32 {
    let swatch = Length::whole(SWATCH_PX).plus(Length(500));
    let (mut x, mut y) = (Length::ZERO, 0_u32);
    for (tone, name) in legend {
        let room = swatch.plus(pixels(width(name)));
        if x > Length::ZERO && x.plus(room) > whole {
            (x, y) = (Length::ZERO, y.saturating_add(LEGEND_ROW_PX));
        }
        let (class, top) = (tone.mark(), y.saturating_add(4));
        let place: Attributes<'_> = &[
            ("class", &class),
            ("x", &x),
            ("y", &top),
            ("width", &SWATCH_PX),
            ("height", &SWATCH_PX),
        ];
        out.shape("rect", place);
        let (beside, base) = (x.plus(swatch), y.saturating_add(14));
        out.leaf("text", &[("x", &beside), ("y", &base)], name);
        x = x.plus(room).plus(BETWEEN);
    }
    if legend.is_empty() { 0 } else { y.saturating_add(LEGEND_ROW_PX + 6) }
}

/// One row. `place` is the width of the labels, the left edge of the bars and the top of the row.
fn draw(out: &mut Markup, row: &Bar, place: (Length, Length, u32), widths: &[u64]) {
    let (labels, left, top) = place;
    let base = top.saturating_add(BAR_PX - 3);
    let room = Length(labels.0.div_ceil(LETTERS_PX));
    out.element("text", &[("class", &"n"), ("x", &0), ("y", &base)], |out| {
        out.text(&fit(&row.label, room));
        out.leaf("title", &[], &row.label);
    });
    let mut x = left;
    for ((tone, _), units) in row.parts.iter().zip(widths).filter(|(_, units)| **units > 0) {
        let (class, wide) = (tone.mark(), Length(units.saturating_mul(100)));
        let place: Attributes<'_> =
            &[("class", &class), ("x", &x), ("y", &top), ("width", &wide), ("height", &BAR_PX)];
        out.shape("rect", place);
        x = x.plus(wide);
    }
    let beside = x.plus(BESIDE);
    let total = Count(row.total());
    out.leaf("text", &[("class", &"v"), ("x", &beside), ("y", &base)], &total);
}
