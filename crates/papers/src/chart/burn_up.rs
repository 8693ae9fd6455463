use super::ends::apart;
use super::length::{In, Length};
use super::lines::{Plot, draw};
use super::markup::{Attributes, Markup};
use super::measure::{fit, width};
use super::scale::{Count, Scale, Tick, ticks};

/// Two lines that only rise, handed out and closed; what lies between them is still open.
pub struct BurnUp {
    /// In order, one for each day.
    pub days: Vec<BurnUpDay>,
    /// What the lines and columns are called.
    pub names: BurnUpNames,
    /// One sentence that says what the chart shows, for those who do not see it.
    pub caption: String,
}

/// The state at the end of one day.
pub struct BurnUpDay {
    /// The day as it is to be read.
    pub label: String,
    /// Number of matters handed out until then.
    pub handed_out: u32,
    /// Number of matters closed until then.
    pub closed: u32,
}

/// Heads of columns and labels of lines.
pub struct BurnUpNames {
    /// Head of the column of days.
    pub day: String,
    /// Label of the upper line.
    pub handed_out: String,
    /// Label of the lower line.
    pub closed: String,
    /// What lies between the lines.
    pub open: String,
}

/// Least distance between the labels at the ends, in hundredths of the plot's height: a line of
/// text on the lowest plot, 10.4 rem on a phone.
const LABELS_APART: Length = Length(1_200);
/// An end label takes at most this much of the width from the plot, in ems.
const END_MAX: Length = Length(1_000);
/// Width of the chart on half a page of 1,440 px and on a phone of 390 px, in ems.
const PAGE: Length = Length(4_000);
const PHONE: Length = Length(2_300);

impl BurnUp {
    /// The same data as an HTML table.
    pub fn table(&self) -> String {
        let names = &self.names;
        let mut out = Markup::default();
        out.element("table", &[("class", &"lc-table")], |out| {
            out.leaf("caption", &[], &self.caption);
            out.element("thead", &[], |out| {
                out.element("tr", &[], |out| {
                    for head in [&names.day, &names.handed_out, &names.closed, &names.open] {
                        out.leaf("th", &[("scope", &"col")], head);
                    }
                });
            });
            out.element("tbody", &[], |out| {
                for day in &self.days {
                    out.element("tr", &[], |out| {
                        out.leaf("th", &[("scope", &"row")], &day.label);
                        for value in [day.handed_out, day.closed, day.open()] {
                            out.leaf("td", &[], &Count(u64::from(value)));
                        }
                    });
                }
            });
        });
        out.finish()
    }

    pub(super) fn scale(&self) -> Scale {
        let values = self.days.iter().map(|day| day.handed_out.max(day.closed));
        Scale::up_to(values.max().unwrap_or(0))
    }

    pub(super) fn ticks(&self, wide: Length, narrow: Length) -> Vec<Tick> {
        ticks(self.days.iter().map(|day| day.label.as_str()), wide, narrow)
    }

    /// What stands at the ends of the two lines, with the class and the figure of each.
    pub(super) fn ends(&self) -> Option<[End; 2]> {
        let last = self.days.last()?;
        let end = |class, name: &str, value: u32| {
            let value = u64::from(value);
            End { class, label: format!("{name} {}", Count(value)), value }
        };
        let upper = end("t1", &self.names.handed_out, last.handed_out);
        Some([upper, end("t2", &self.names.closed, last.closed)])
    }

    fn joined(&self, value: impl Fn(&BurnUpDay) -> String, between: &str) -> String {
        self.days.iter().map(value).collect::<Vec<_>>().join(between)
    }
}

impl BurnUpDay {
    fn open(&self) -> u32 {
        self.handed_out.saturating_sub(self.closed)
    }
}

/// A label at the end of a line.
pub(super) struct End {
    pub(super) class: &'static str,
    pub(super) label: String,
    pub(super) value: u64,
}

/// The chart for a page, as wide as its place and as high as [`super::CSS`] says.
///
/// For a script that follows the pointer: `.plot` is the plot, `.xh` a line across it, `.tip` a
/// place for a text; `data-a` and `data-b` hold the values between commas, `data-days` the days
/// between line feeds, `data-na`, `data-nb` and `data-no` the names (handed out, closed, open).
pub fn burn_up(chart: &BurnUp) -> String {
    let hundred = Length::whole(100);
    let (left, top, scale, days) = (Length::ZERO, Length::ZERO, chart.scale(), chart.days.len());
    let plot = Plot { left, top, width: hundred, height: hundred, scale, days };
    let upper = chart.joined(|day| day.handed_out.to_string(), ",");
    let lower = chart.joined(|day| day.closed.to_string(), ",");
    let labels = chart.joined(|day| day.label.replace('\n', " "), "\n");
    let names = &chart.names;
    let mut out = Markup::default();
    out.element(
        "div",
        &[
            ("class", &"lc"),
            ("role", &"img"),
            ("aria-label", &chart.caption),
            ("data-chart", &"lines"),
            ("data-a", &upper),
            ("data-b", &lower),
            ("data-days", &labels),
            ("data-na", &names.handed_out),
            ("data-nb", &names.closed),
            ("data-no", &names.open),
        ],
        |out| {
            values(out, &plot);
            let place: Attributes<'_> = &[
                ("class", &"plot"),
                ("viewBox", &"0 0 100 100"),
                ("preserveAspectRatio", &"none"),
                ("aria-hidden", &"true"),
            ];
            out.element("svg", place, |out| {
                draw(out, chart, &plot);
                let across: Attributes<'_> =
                    &[("class", &"xh"), ("x1", &0), ("x2", &0), ("y1", &0), ("y2", &100)];
                out.shape("line", across);
            });
            ends(out, chart, &plot);
            dates(out, chart, &plot);
            out.leaf("div", &[("class", &"tip")], &"");
        },
    );
    out.finish()
}

/// The scale at the left, as wide as its longest number.
fn values(out: &mut Markup, plot: &Plot) {
    let room = In(values_room(plot.scale), "em");
    let place: Attributes<'_> = &[("class", &"y"), ("width", &room), ("aria-hidden", &"true")];
    out.element("svg", place, |out| {
        for mark in plot.scale.marks() {
            let y = In(plot.y(mark), "%");
            let right: Attributes<'_> = &[
                ("x", &"100%"),
                ("dx", &"-.6em"),
                ("y", &y),
                ("dy", &".35em"),
                ("text-anchor", &"end"),
            ];
            out.leaf("text", right, &Count(mark));
        }
    });
}

fn ends(out: &mut Markup, chart: &BurnUp, plot: &Plot) {
    let ends = chart.ends();
    let room = In(ends_room(chart), "em");
    let place: Attributes<'_> = &[("class", &"e"), ("width", &room), ("aria-hidden", &"true")];
    out.element("svg", place, |out| {
        let Some([upper, lower]) = ends else { return };
        let (at, below) =
            apart(plot.y(upper.value), plot.y(lower.value), LABELS_APART, plot.height);
        for (end, at) in [(upper, at), (lower, below)] {
            let y = In(at, "%");
            let place: Attributes<'_> =
                &[("class", &end.class), ("x", &".6em"), ("y", &y), ("dy", &".35em")];
            out.element("text", place, |out| {
                out.text(&fit(&end.label, END_MAX));
                out.leaf("title", &[], &end.label);
            });
        }
    });
}

fn values_room(scale: Scale) -> Length {
    width(&Count(scale.top).to_string()).plus(Length(60))
}

fn ends_room(chart: &BurnUp) -> Length {
    let widest = chart.ends().iter().flatten().map(|end| width(&end.label)).max();
    widest.unwrap_or(Length::ZERO).min(END_MAX).plus(Length(70))
}

fn dates(out: &mut Markup, chart: &BurnUp, plot: &Plot) {
    out.element("svg", &[("class", &"x"), ("aria-hidden", &"true")], |out| {
        let beside = values_room(plot.scale).plus(ends_room(chart));
        for tick in chart.ticks(PAGE.minus(beside), PHONE.minus(beside)) {
            let Some(day) = chart.days.get(tick.at) else { continue };
            let x = In(plot.x(tick.at), "%");
            let class = if tick.spare { "spare" } else { "kept" };
            let anchor = anchor(plot, tick.at);
            let place: Attributes<'_> =
                &[("class", &class), ("x", &x), ("y", &"1.35em"), ("text-anchor", &anchor)];
            out.leaf("text", place, &day.label);
        }
    });
}

/// The first and the last label stay within the plot.
pub(super) fn anchor(plot: &Plot, day: usize) -> &'static str {
    if plot.x(day) == plot.right() {
        "end"
    } else if day == 0 {
        "start"
    } else {
        "middle"
    }
}
