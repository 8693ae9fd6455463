use super::length::Length;
use super::markup::{Attributes, Markup};

const WIDTH: u32 = 100;
const HEIGHT: u32 = 24;
/// Room for half a stroke above and below.
const EDGE: u32 = 3;

/// A line as small as a word: the course of `values` from nought to their highest, with a dot at
/// the newest. `caption` says it in a sentence. Its size is the place's.
pub fn sparkline(values: &[u32], caption: &str) -> String {
    let highest = u64::from(values.iter().copied().max().unwrap_or(0).max(1));
    let last = values.len().saturating_sub(1);
    let height = Length::whole(HEIGHT - 2 * EDGE);
    let place = |(at, value): (usize, &u32)| {
        let x = if last == 0 { Length::whole(WIDTH) } else { along(at, last) };
        let y = height.minus(height.share(u64::from(*value), highest));
        format!("{x},{}", y.plus(Length::whole(EDGE)))
    };
    let points: Vec<String> = values.iter().enumerate().map(place).collect();
    let view = format!("0 0 {WIDTH} {HEIGHT}");
    let mut out = Markup::default();
    let head: Attributes<'_> = &[
        ("class", &"spark"),
        ("viewBox", &view),
        ("preserveAspectRatio", &"none"),
        ("role", &"img"),
        ("aria-label", &caption),
    ];
    out.element("svg", head, |out| {
        if points.len() > 1 {
            out.shape("polyline", &[("class", &"l2"), ("points", &points.join(" "))]);
        }
        if let Some(newest) = points.last() {
            out.shape("path", &[("class", &"d2"), ("d", &format!("M{newest}h0"))]);
        }
    });
    out.finish()
}

fn along(at: usize, last: usize) -> Length {
    Length::whole(WIDTH).share(at as u64, last as u64)
}
