//! What a measurement gave, and how it is told.

use crate::shell;
use serde_json::json;
use std::time::Duration;

/// What clients met with in one span.
#[derive(Clone, Debug, Default)]
pub(crate) struct Span {
    /// How long each request took.
    pub(crate) waits: Vec<Duration>,
    pub(crate) seconds: f64,
    /// CPU time of the server.
    pub(crate) cpu_ms: f64,
}

/// The same measured several times: medians of the rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    pub(crate) requests: usize,
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// CPU time of the server.
    pub(crate) cpu_ms: f64,
}

impl Figures {
    /// `None` without a single request in some round.
    pub(crate) fn of(rounds: &[Span]) -> Option<Figures> {
        let each = |figure: &dyn Fn(&Span, f64) -> Option<f64>| {
            let values = rounds.iter().map(|span| figure(span, span.waits.len().to_f64()));
            values.collect::<Option<Vec<f64>>>().and_then(median)
        };
        Some(Figures {
            requests: rounds.iter().map(|span| span.waits.len()).sum(),
            per_second: each(&|span, count| Some(count / span.seconds))?,
            p50_ms: each(&|span, _| percentile(&span.waits, 50))?,
            p99_ms: each(&|span, _| percentile(&span.waits, 99))?,
            cpu_ms: each(&|span, count| Some(span.cpu_ms / count))?,
        })
    }
}

/// Counts as figures for reading.
pub(crate) trait ToF64 {
    fn to_f64(self) -> f64;
}

impl ToF64 for usize {
    #[expect(clippy::cast_precision_loss, reason = "a figure for reading")]
    fn to_f64(self) -> f64 {
        self as f64
    }
}

/// The middle one; of two in the middle the greater.
pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The least wait, in milliseconds, within which so many of a hundred requests were answered.
pub(crate) fn percentile(waits: &[Duration], percent: usize) -> Option<f64> {
    let mut sorted = waits.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).map(|wait| wait.as_secs_f64() * 1000.0)
}

/// What a figure should come to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aim {
    AtLeast(f64),
    AtMost(f64),
}

impl Aim {
    fn is_met(self, value: f64) -> bool {
        match self {
            Aim::AtLeast(least) => value >= least,
            Aim::AtMost(most) => value <= most,
        }
    }
}

/// Tells figures one by one, as lines of a table or of JSON.
pub(crate) struct Report {
    pub(crate) json: bool,
    /// How many matters the store holds.
    pub(crate) matters: u32,
}

impl Report {
    pub(crate) fn say(&self, name: &str, value: f64, unit: &str, aim: Option<Aim>) {
        let met = aim.map(|aim| aim.is_met(value));
        if self.json {
            let value = (value * 1000.0).round() / 1000.0;
            let mut line =
                json!({"name": name, "matters": self.matters, "value": value, "unit": unit});
            match aim {
                Some(Aim::AtLeast(least)) => line["at_least"] = least.into(),
                Some(Aim::AtMost(most)) => line["at_most"] = most.into(),
                None => {}
            }
            if let Some(met) = met {
                line["met"] = met.into();
            }
            shell::line(&line.to_string());
            return;
        }
        let (aim, met) = match (aim, met) {
            (Some(Aim::AtLeast(least)), Some(met)) => (format!("  aim ≥ {least:.0}"), met),
            (Some(Aim::AtMost(most)), Some(met)) => (format!("  aim ≤ {most}"), met),
            (_, _) => (String::new(), true),
        };
        let missed = if met { "" } else { "  MISSED" };
        shell::line(&format!("{:>9} {name:<34}{value:>12.3} {unit}{aim}{missed}", self.matters));
    }

    /// All figures of one kind of request; the aims are those of the rate and of the median wait.
    pub(crate) fn all(&self, name: &str, figures: &Figures, rate: Option<Aim>, p50: Option<Aim>) {
        self.say(&format!("{name}.rate"), figures.per_second, "/s", rate);
        self.say(&format!("{name}.p50"), figures.p50_ms, "ms", p50);
        self.say(&format!("{name}.p99"), figures.p99_ms, "ms", None);
        self.say(&format!("{name}.requests"), figures.requests.to_f64(), "", None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(ms: &[u64]) -> Vec<Duration> {
        ms.iter().copied().map(Duration::from_millis).collect()
    }

    #[test]
    fn percentiles_are_waits_that_happened() {
        let hundred: Vec<u64> = (1..=100).rev().collect();
        assert_eq!(percentile(&waits(&hundred), 50), Some(50.0));
        assert_eq!(percentile(&waits(&hundred), 99), Some(99.0));
        assert_eq!(percentile(&waits(&[3, 1, 2]), 50), Some(2.0));
        assert_eq!(percentile(&waits(&[3, 1, 2]), 99), Some(3.0), "the slowest of a few");
        assert_eq!(percentile(&waits(&[7]), 1), Some(7.0));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn rounds_are_told_by_their_middle() {
        let span = |ms: &[u64], seconds, cpu_ms| Span { waits: waits(ms), seconds, cpu_ms };
        let rounds =
            [span(&[1, 1], 1.0, 4.0), span(&[9, 9, 9], 1.0, 3.0), span(&[5, 5, 5, 5], 2.0, 12.0)];
        let wanted =
            Figures { requests: 9, per_second: 2.0, p50_ms: 5.0, p99_ms: 5.0, cpu_ms: 2.0 };
        assert_eq!(Figures::of(&rounds), Some(wanted));
        assert_eq!(Figures::of(&[span(&[], 1.0, 0.0)]), None, "nobody was answered");
    }

    #[test]
    fn an_aim_is_met_at_its_figure() {
        assert!(Aim::AtLeast(2.0).is_met(2.0) && !Aim::AtLeast(2.0).is_met(1.9));
        assert!(Aim::AtMost(2.0).is_met(2.0) && !Aim::AtMost(2.0).is_met(2.1));
    }
}
