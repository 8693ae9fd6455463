use std::fmt::{self, Display};

/// A length or place in hundredths of its unit (a pixel, an em, or a hundredth of the plot's
/// width): whole numbers, so that parts add up to the whole and the same data give the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length(pub(super) u64);

impl Length {
    pub(super) const ZERO: Length = Length(0);

    pub(super) fn whole(units: u32) -> Length {
        Length(u64::from(units) * 100)
    }

    pub(super) fn plus(self, other: Length) -> Length {
        Length(self.0.saturating_add(other.0))
    }

    /// Never below zero.
    pub(super) fn minus(self, other: Length) -> Length {
        Length(self.0.saturating_sub(other.0))
    }

    /// `value` / `of` of this length, rounded to a hundredth; nothing of nothing is nothing.
    pub(super) fn share(self, value: u64, of: u64) -> Length {
        let of = u128::from(of);
        let shared = (u128::from(self.0) * u128::from(value) + of / 2).checked_div(of);
        Length(shared.map_or(0, |shared| u64::try_from(shared).unwrap_or(u64::MAX)))
    }
}

impl Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest / 10, rest % 10) {
            (0, 0) => write!(f, "{whole}"),
            (tenths, 0) => write!(f, "{whole}.{tenths}"),
            (tenths, hundredths) => write!(f, "{whole}.{tenths}{hundredths}"),
        }
    }
}

/// A length with the sign of its unit behind it.
pub(super) struct In(pub(super) Length, pub(super) &'static str);

impl Display for In {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}
