//! The statutory days that are known before their year's notice: what a calendar works with, and
//! marks provisional, until the notice comes.

use super::Day;

/// 全国年节及纪念日放假办法, as revised on 2024-11-10, days that stand on the same date each year.
const EACH_YEAR: [(u8, u8, &str); 6] = [
    (1, 1, "元旦"),
    (5, 1, "劳动节"),
    (5, 2, "劳动节"),
    (10, 1, "国庆节"),
    (10, 2, "国庆节"),
    (10, 3, "国庆节"),
];

/// Days that follow the moon or the sun, for the years in which they have been looked up. A year
/// that is missing here counts too few days off until its notice comes.
const OF_A_YEAR: [(i32, u8, u8, &str); 7] = [
    (2027, 2, 5, "春节"),
    (2027, 2, 6, "春节"),
    (2027, 2, 7, "春节"),
    (2027, 2, 8, "春节"),
    (2027, 4, 5, "清明节"),
    (2027, 6, 9, "端午节"),
    (2027, 9, 15, "中秋节"),
];

/// The statutory days off of a year, without any swapped day.
pub(super) fn of_year(year: i32) -> impl Iterator<Item = (Day, &'static str)> {
    let fixed = EACH_YEAR.into_iter();
    let moving = OF_A_YEAR.into_iter().filter(move |(of, ..)| *of == year);
    fixed
        .chain(moving.map(|(_, month, day, name)| (month, day, name)))
        .filter_map(move |(month, day, name)| Some((Day::new(year, month, day).ok()?, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirteen days a year by law.
    #[test]
    fn a_year_that_was_looked_up_is_whole() {
        assert_eq!(of_year(2027).count(), 13);
        assert_eq!(of_year(2028).count(), 6);
    }
}
