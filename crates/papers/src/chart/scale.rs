//! Round numbers for an axis, and which days stand under it.

use super::length::Length;
use super::measure::width;
use std::fmt::{self, Display};

/// More lines than these make a grid, not a scale.
const STEPS_MAX: u64 = 6;

/// From nought to `top`, a mark at every `step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) step: u64,
    pub(super) top: u64,
}

impl Scale {
    /// The smallest step of 1, 2 or 5 times a power of ten that reaches `highest` soon enough.
    pub(super) fn up_to(highest: u32) -> Scale {
        let highest = u64::from(highest).max(1);
        let mut power = 1;
        loop {
            for step in [power, 2 * power, 5 * power] {
                let steps = highest.div_ceil(step);
                if steps <= STEPS_MAX {
                    return Scale { step, top: steps * step };
                }
            }
            power *= 10;
        }
    }

    pub(super) fn marks(self) -> impl Iterator<Item = u64> {
        (0..=self.top / self.step).map(move |mark| mark * self.step)
    }
}

/// A whole number with a comma at every thousand, as GB/T 15835 permits and spreadsheets show.
pub(super) struct Count(pub(super) u64);

impl Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 1000 {
            return write!(f, "{}", self.0);
        }
        write!(f, "{},{:03}", Count(self.0 / 1000), self.0 % 1000)
    }
}

/// A day that is named under the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) at: usize,
    /// May be left out where the place is narrow, a phone say.
    pub(super) spare: bool,
}

/// Between two labels under the axis, in ems.
const BETWEEN: Length = Length(80);

/// About five days, evenly spread, the first and the last always among them: as many as stand
/// side by side in `wide`; those that do not in `narrow` are spare. Both in ems.
pub(super) fn ticks<'a>(
    labels: impl ExactSizeIterator<Item = &'a str>,
    wide: Length,
    narrow: Length,
) -> Vec<Tick> {
    let days = labels.len();
    let Some(last) = days.checked_sub(1) else { return Vec::new() };
    let label = labels.map(width).max().unwrap_or(Length::ZERO).plus(BETWEEN);
    let fits = |count: usize, room: Length| label.0.saturating_mul(count as u64) <= room.0;
    let count = [5, 3].into_iter().find(|count| fits(*count.min(&days), wide));
    let spaces = last.min(count.unwrap_or(2) - 1);
    let is_spare = |space: usize| match space {
        _ if fits(spaces + 1, narrow) => false,
        _ if spaces == 4 && fits(3, narrow) => space % 2 == 1,
        _ => space > 0 && space < spaces,
    };
    (0..=spaces)
        .map(|space| Tick {
            at: (last * space + spaces / 2).checked_div(spaces).unwrap_or(0),
            spare: is_spare(space),
        })
        .collect()
}
