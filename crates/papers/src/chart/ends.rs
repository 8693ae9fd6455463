use super::length::Length;

/// Moves two labels apart that would lie on one another: `least` between them, both within
/// nought and `most`, each as near to its place as the other lets it, and the upper stays above.
pub(super) fn apart(a: Length, b: Length, least: Length, most: Length) -> (Length, Length) {
    if a > b {
        let (upper, lower) = apart(b, a, least, most);
        return (lower, upper);
    }
    let missing = least.minus(b.minus(a));
    if missing == Length::ZERO {
        return (a, b);
    }
    let upper = a.minus(missing.share(1, 2)).min(most.minus(least));
    (upper, upper.plus(least))
}
