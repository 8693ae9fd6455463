//! Charts as markup: SVG and tables that pages show now and reports take in later.
//!
//! Start reading at [`burn_up`] and [`stacked_bars`]: each has a form for a page, as wide as its
//! place, and a [`Figure`] of a fixed size for a report, which [`standalone`] makes a document
//! of its own.
//!
//! Nothing here writes a `style` attribute or a script: positions are SVG attributes and colours
//! are classes of [`CSS`], so the markup lives under a content security policy without `unsafe-*`
//! (<https://www.w3.org/TR/CSP3/>). Every word comes from the caller and is escaped.

mod bars;
mod bars_figure;
mod burn_up;
mod burn_up_figure;
mod ends;
mod heat;
mod legend;
mod length;
mod lines;
mod link;
mod markup;
mod measure;
mod scale;
mod spark;
mod standalone;

#[cfg(test)]
mod tests;

pub use bars::{Bar, stacked_bars};
pub use bars_figure::stacked_bars_figure;
pub use burn_up::{BurnUp, BurnUpDay, BurnUpNames, burn_up};
pub use burn_up_figure::burn_up_figure;
pub use heat::{Heat, HeatRow, heat_table};
pub use legend::{Legend, Tone, legend};
pub use spark::sparkline;
pub use standalone::{Figure, standalone};

/// The rules of the marks alone: fills, strokes and weights, the same in a page and in a report.
const MARKS: &str = include_str!("chart/marks.css");

/// What the stylesheet of a page has to have for these charts. Colours are the design tokens with
/// their values as fallbacks; it uses nothing that Chromium 86 does not know.
pub const CSS: &str = concat!(include_str!("chart/marks.css"), include_str!("chart/chart.css"));
