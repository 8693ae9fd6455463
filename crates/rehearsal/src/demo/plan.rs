//! The plan of `examples/`, its dates moved so that the campaign is in its 48th day today.

use rules::calendar::Day;

pub(super) const PLAN: &str = include_str!("../../../../examples/plan.txt");

/// Days of the campaign after its first; the plan's own run from 14 September to 31 December.
pub(super) const LAST_DAY: i32 = 119;
const YEAR: i32 = 2026;

/// The plan with its dates moved and stretched to begin on `from` and end [`LAST_DAY`] days later.
/// What was dated before the beginning is dated `signed`.
pub(super) fn moved(from: Day, signed: Day) -> String {
    let moved = |month: u8, day: u8| -> Day {
        let (Ok(old), Ok(first), Ok(last)) =
            (Day::new(YEAR, month, day), Day::new(YEAR, 9, 14), Day::new(YEAR, 12, 31))
        else {
            return from;
        };
        let span = last.since(first);
        let at = old.since(first) * LAST_DAY;
        // To the nearest day; what lies before the beginning is the day of signing.
        if at < 0 { signed } else { from.plus((at + span / 2) / span) }
    };
    let chars: Vec<char> = PLAN.chars().collect();
    let (mut text, mut at) = (String::with_capacity(PLAN.len()), 0);
    while at < chars.len() {
        let Some((number, next)) = number(&chars, at) else {
            text.push(chars[at]);
            at += 1;
            continue;
        };
        let dated = i32::try_from(number) == Ok(YEAR);
        let year_said = dated && chars.get(next) == Some(&'年');
        let date = if year_said { date(&chars, next + 1) } else { date(&chars, at) };
        if let Some((month, day, after)) = date {
            text.push_str(&written(moved(month, day.unwrap_or(31)), day, year_said, signed));
            at = after;
        } else {
            let year = signed.ymd().0;
            text.push_str(&if dated { year.to_string() } else { number.to_string() });
            at = next;
        }
    }
    text
}

/// A day as the plan writes it: the year where it was said, or where it is not the plan's own.
fn written(on: Day, day: Option<u8>, year_said: bool, signed: Day) -> String {
    let (year, month, of_month) = on.ymd();
    let needed = year_said || year != signed.ymd().0;
    let year = if needed { format!("{year}年") } else { String::new() };
    match day {
        Some(_) => format!("{year}{month}月{of_month}日"),
        None => format!("{year}{month}月底"),
    }
}

/// The number that begins at `at`, and where it ends.
fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digits = chars.get(at..)?.iter().map_while(|one| one.to_digit(10)).collect::<Vec<u32>>();
    let value = digits.iter().fold(0_u32, |sum, digit| sum.saturating_mul(10) + digit);
    (!digits.is_empty()).then_some((value, at + digits.len()))
}

/// `9月14日` or `12月底` that begins at `at`: month, day, and where it ends.
fn date(chars: &[char], at: usize) -> Option<(u8, Option<u8>, usize)> {
    let (month, next) = number(chars, at)?;
    let month = u8::try_from(month).ok()?;
    if chars.get(next) != Some(&'月') {
        return None;
    }
    if chars.get(next + 1) == Some(&'底') {
        return Some((month, None, next + 2));
    }
    let (day, next) = number(chars, next + 1)?;
    let day = u8::try_from(day).ok()?;
    (chars.get(next) == Some(&'日')).then_some((month, Some(day), next + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_move_with_the_beginning() {
        let from = Day::new(2026, 10, 9).unwrap();
        let text = moved(from, from.plus(-3));
        assert!(text.contains("（2026年10月9日至10月16日）"), "{text}");
        assert!(text.contains("2027年2月5日"), "{text}");
        assert!(text.contains("到2027年2月底"), "{text}");
        assert!(text.contains("云人社发〔2026〕26号"), "{text}");
        assert!(text.ends_with("2026年10月6日\n") || text.ends_with("2026年10月6日"), "{text}");
        assert_eq!(text.lines().count(), PLAN.lines().count());
    }

    #[test]
    fn the_moved_plan_reads_like_the_old_one() {
        for from in [(2026, 10, 9), (2026, 11, 25), (2026, 5, 30), (2027, 2, 14)] {
            let from = Day::new(from.0, from.1, from.2).unwrap();
            let old = rules::plan::read(PLAN, None);
            let new = rules::plan::read(&moved(from, from.plus(-4)), None);
            let dated = |plan: &rules::plan::Plan| -> Vec<usize> {
                plan.items.iter().map(|item| item.fields.by.len()).collect()
            };
            assert_eq!(dated(&old), dated(&new));
            let days = new.items.iter().flat_map(|item| &item.fields.by).map(|by| by.day);
            for day in days {
                assert!((0..=LAST_DAY + 28).contains(&day.since(from)), "{from} {day}");
            }
        }
    }
}
