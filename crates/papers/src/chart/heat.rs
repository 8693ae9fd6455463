use super::link::is_local;
use super::markup::{Attributes, Markup};
use super::scale::Count;

/// Counts by row and column; the more, the darker.
pub struct Heat {
    /// Heads of the columns, weeks say.
    pub columns: Vec<String>,
    pub rows: Vec<HeatRow>,
    /// What is counted: the caption of the table.
    pub caption: String,
}

/// One row of a [`Heat`].
pub struct HeatRow {
    pub label: String,
    /// Where the head of the row leads; an address of this site, or it is no link.
    pub href: Option<String>,
    /// One count for each column; those beyond the last column are shown without a head.
    pub counts: Vec<u32>,
}

/// The darkest class.
const LEVELS: u32 = 5;
/// How many times the median count is as dark as it gets.
const MEDIANS: u32 = 4;

/// An HTML table with classes `h0` to `h5`, in a frame that scrolls sideways on its own.
pub fn heat_table(heat: &Heat) -> String {
    let darkest = darkest(heat);
    let columns = heat.rows.iter().map(|row| row.counts.len()).fold(heat.columns.len(), usize::max);
    let mut out = Markup::default();
    let frame: Attributes<'_> = &[
        ("class", &"heat-wrap"),
        ("tabindex", &0),
        ("role", &"region"),
        ("aria-label", &heat.caption),
    ];
    out.element("div", frame, |out| {
        out.element("table", &[("class", &"heat")], |out| {
            out.leaf("caption", &[("class", &"vh")], &heat.caption);
            out.element("thead", &[], |out| {
                out.element("tr", &[], |out| {
                    out.leaf("td", &[], &"");
                    for column in &heat.columns {
                        out.leaf("th", &[("scope", &"col")], column);
                    }
                    pad(out, columns - heat.columns.len());
                });
            });
            out.element("tbody", &[], |out| {
                for row in &heat.rows {
                    out.element("tr", &[], |out| cells(out, row, columns, darkest));
                }
            });
        });
    });
    out.finish()
}

fn cells(out: &mut Markup, row: &HeatRow, columns: usize, darkest: u32) {
    out.element("th", &[("scope", &"row")], |out| {
        match row.href.as_deref().filter(|href| is_local(href)) {
            Some(href) => out.leaf("a", &[("href", &href)], &row.label),
            None => out.text(&row.label),
        }
    });
    for count in &row.counts {
        let class = format!("h{}", level(*count, darkest));
        out.leaf("td", &[("class", &class)], &Count(u64::from(*count)));
    }
    pad(out, columns - row.counts.len());
}

/// Cells that say nothing: not nought, but not counted.
fn pad(out: &mut Markup, cells: usize) {
    for _ in 0..cells {
        out.leaf("td", &[], &"");
    }
}

/// Which count is as dark as it gets. The largest; but one runaway must not make all others
/// pale, so at most some medians of what is not nought. And a handful is never dark.
pub(super) fn darkest(heat: &Heat) -> u32 {
    let counts = heat.rows.iter().flat_map(|row| &row.counts).copied();
    let mut counts: Vec<u32> = counts.filter(|count| *count > 0).collect();
    counts.sort_unstable();
    let median = counts.get(counts.len() / 2).copied().unwrap_or(0);
    let largest = counts.last().copied().unwrap_or(0);
    largest.min(median.saturating_mul(MEDIANS)).max(LEVELS)
}

/// Nought is 0, everything else 1 to 5 in equal steps.
pub(super) fn level(count: u32, darkest: u32) -> u64 {
    let steps = u64::from(count) * u64::from(LEVELS);
    steps.div_ceil(u64::from(darkest.max(1))).min(u64::from(LEVELS))
}
