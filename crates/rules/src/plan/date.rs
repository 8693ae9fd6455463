//! Days as plans write them: 「4月30日前」, 「2010年4月16日—10月底」, 「到2028年底」.

use alloc::vec::Vec;

use super::scan;
use super::shape::Moment;
use crate::calendar::Day;

/// A value with its place, counted from the start of the scanned words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The part of a month that a plan names instead of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Start,
    First,
    Middle,
    Last,
    End,
}

const PARTS: [(&str, Part); 7] = [
    ("上旬", Part::First),
    ("中旬", Part::Middle),
    ("下旬", Part::Last),
    ("月底", Part::End),
    ("底", Part::End),
    ("末", Part::End),
    ("初", Part::Start),
];

/// A date as printed, as far as it is printed.
#[derive(Clone, Copy, Debug, Default)]
struct Point {
    year: Option<u32>,
    month: Option<u8>,
    day: Option<u8>,
    part: Option<Part>,
    time: Option<(u8, u8)>,
    end: usize,
}

/// Which end of an unsharp date is meant.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    First,
    Last,
}

impl Point {
    fn day(self, side: Side, year: Option<i32>) -> Option<Day> {
        let year = self.year.and_then(|y| i32::try_from(y).ok()).or(year)?;
        let Some(month) = self.month else {
            return match side {
                Side::First => Day::new(year, 1, 1).ok(),
                Side::Last => Day::new(year, 12, 31).ok(),
            };
        };
        let day = match (self.day, self.part, side) {
            (Some(day), _, _) => day,
            (None, Some(Part::First | Part::Start), Side::Last) => 10,
            (None, Some(Part::Middle), Side::Last) => 20,
            (None, Some(Part::Middle), Side::First) => 11,
            (None, Some(Part::Last), Side::First) => 21,
            (None, Some(Part::Last | Part::End) | None, Side::Last)
            | (None, Some(Part::End), Side::First) => return month_end(year, month),
            (None, Some(Part::First | Part::Start) | None, Side::First) => 1,
        };
        Day::new(year, month, day).ok()
    }
}

fn month_end(year: i32, month: u8) -> Option<Day> {
    (28..=31).rev().find_map(|day| Day::new(year, month, day).ok())
}

fn small(value: u32) -> Option<u8> {
    u8::try_from(value).ok()
}

/// The date printed at `i`.
fn point(x: &[char], i: usize) -> Option<Point> {
    if i > 0 && (scan::is_digit(x, i - 1) || matches!(x[i - 1], '.' | '〔' | '第')) {
        return None;
    }
    let mut point = Point { end: i, ..Point::default() };
    if let Some((year, end)) = scan::number(x, i, 4)
        && end == i + 4
        && x.get(end) == Some(&'年')
    {
        point.year = Some(year);
        // 「2028年年底」 says 年 twice.
        point.end = end + 1 + usize::from(scan::at(x, end + 1, "年底"));
    }
    if let Some((month, end)) = scan::number(x, point.end, 2)
        && (1..=12).contains(&month)
    {
        // A lost 月 is no riddle in 「2008年11底前」.
        let lost = point.year.is_some() && x.get(end) == Some(&'底');
        if x.get(end) == Some(&'月') || lost {
            point.month = small(month);
            point.end = end + usize::from(!lost);
            point.end += usize::from(x.get(point.end) == Some(&'份'));
        }
    }
    point.year.or(point.month.map(u32::from))?;
    if point.month.is_some() {
        day_of_month(x, &mut point);
    }
    if let Some((word, part)) = PARTS.iter().find(|(word, _)| scan::at(x, point.end, word)) {
        point.part = Some(*part);
        point.end += scan::len(word);
    }
    clock(x, &mut point);
    Some(point)
}

fn day_of_month(x: &[char], point: &mut Point) {
    let Some((day, end)) = scan::number(x, point.end, 2) else { return };
    let marked = x.get(end).is_some_and(|&c| c == '日' || c == '号');
    // 日 is often left out before 前 and between two dates, nowhere else.
    let bare = x.get(end).is_none_or(|&c| "前之—－–-~～至）)".contains(c));
    if (1..=31).contains(&day) && (marked || bare) {
        point.day = small(day);
        point.end = end + usize::from(marked);
    }
}

fn clock(x: &[char], point: &mut Point) {
    let start = point.end;
    let Some((hour, colon)) = scan::number(x, start, 2).filter(|&(hour, _)| hour < 24) else {
        return;
    };
    if x.get(colon) == Some(&'时') {
        point.time = small(hour).map(|hour| (hour, 0));
        point.end = colon + 1;
    } else if x.get(colon).is_some_and(|&c| c == '：' || c == ':')
        && let Some((minute, end)) = scan::number(x, colon + 1, 2).filter(|&(m, _)| m < 60)
    {
        point.time = small(hour).zip(small(minute));
        point.end = end;
    }
}

/// All dates at which something must be done: 「……前」, 「于……报送」, 「今年底前」.
pub(super) fn deadlines(x: &[char], year: Option<i32>) -> Vec<Placed<Moment>> {
    let mut out: Vec<Placed<Moment>> = Vec::new();
    let mut i = 0;
    while i < x.len() {
        let found = dated_limit(x, i, year).or_else(|| this_year(x, i, year));
        let Some(found) = found else {
            i += 1;
            continue;
        };
        i = found.end.max(i + 1);
        if !out.iter().any(|other| other.value == found.value) {
            out.push(found);
        }
    }
    out
}

fn dated_limit(x: &[char], i: usize, year: Option<i32>) -> Option<Placed<Moment>> {
    if !scan::is_digit(x, i) {
        return None;
    }
    let point = point(x, i)?;
    let recurs = i >= 2 && scan::word_at(x, i - 2, &["每年", "次年", "翌年"]).is_some();
    if recurs {
        return None;
    }
    let before = usize::from(x.get(point.end).is_some_and(|&c| c == '之' || c == '以'));
    let limit = x.get(point.end + before) == Some(&'前');
    let done = point.month.is_some()
        && i > 0
        && matches!(x[i - 1], '于' | '在')
        && scan::word_at(x, point.end, &["完成", "报送", "上报", "提交", "形成", "报"]).is_some();
    // 「2008年12月初，完成……」
    let opens = point.month.is_some()
        && i == 0
        && x.get(point.end) == Some(&'，')
        && scan::word_at(x, point.end + 1, &["完成", "报送", "上报", "提交", "形成", "建成"])
            .is_some();
    if !limit && !done && !opens {
        return None;
    }
    let day = point.day(Side::Last, year)?;
    let end = if limit { point.end + before + 1 } else { point.end };
    Some(Placed { value: Moment { day, time: point.time }, start: i, end })
}

/// 「今年底前」, 「年底前」: the end of the plan's own year.
fn this_year(x: &[char], i: usize, year: Option<i32>) -> Option<Placed<Moment>> {
    let word = scan::word_at(x, i, &["今年底前", "今年年底前", "年底前", "年底之前"])?;
    let free = i == 0 || (!scan::is_digit(x, i - 1) && !"每明年次".contains(x[i - 1]));
    let day = Day::new(year.filter(|_| free)?, 12, 31).ok()?;
    Some(Placed { value: Moment { day, time: None }, start: i, end: i + scan::len(word) })
}

/// Days by which an outcome is promised: 「到2028年底」, 「到2024年10月底」.
pub(super) fn horizons(x: &[char]) -> Vec<Placed<Moment>> {
    (0..x.len())
        .filter(|&i| x[i] == '到' && scan::is_digit(x, i + 1))
        .filter_map(|i| {
            let point = point(x, i + 1).filter(|point| point.year.is_some())?;
            let day = point.day(Side::Last, None)?;
            Some(Placed { value: Moment { day, time: None }, start: i, end: point.end })
        })
        .collect()
}

/// From when to when a stage lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Option<Day>,
    pub(super) by: Day,
}

/// The first period in the words: two dates, one whole month or year, one day, or a limit.
pub(super) fn period(x: &[char], year: Option<i32>) -> Option<Placed<Period>> {
    let mut i = 0;
    while i < x.len() {
        let first = if scan::is_digit(x, i) { point(x, i) } else { None };
        let Some(first) = first else {
            i += 1;
            continue;
        };
        if let Some((second, end)) = second(x, first) {
            let from = first.day(Side::First, year)?;
            let by = second.day(Side::Last, year)?;
            let from = (!since_now(x, i)).then_some(from);
            return Some(Placed { value: Period { from, by }, start: i, end });
        }
        let limit = scan::word_at(x, first.end, &["前", "之前", "以前"]);
        let until = i > 0 && matches!(x[i - 1], '至' | '到');
        let by = first.day(Side::Last, year)?;
        let from = first.day(Side::First, year).filter(|_| limit.is_none() && !until);
        let end = first.end + limit.map_or(0, scan::len);
        return Some(Placed { value: Period { from, by }, start: i, end });
    }
    None
}

/// 「即日起至……」: the plan does not know the first day.
fn since_now(x: &[char], i: usize) -> bool {
    let from = i.saturating_sub(5);
    scan::has(&x[from..i], "即日")
}

/// The later date of a range, with the year and month it takes over from the earlier one.
fn second(x: &[char], first: Point) -> Option<(Point, usize)> {
    let mut start = scan::skip_blank(x, first.end);
    let dash = start;
    while x.get(start).is_some_and(|&c| "—－–-~～至到―─".contains(c)) {
        start += 1;
    }
    if start == dash {
        return None;
    }
    start = scan::skip_blank(x, start);
    if let Some(mut later) = point(x, start) {
        if later.year.is_none() {
            later.year = first.year;
            // A range that runs over New Year may leave the second year out.
            if let (Some(a), Some(b), Some(year)) = (first.month, later.month, first.year)
                && b < a
            {
                later.year = Some(year + 1);
            }
        }
        return Some((later, later.end));
    }
    let (day, end) = scan::number(x, start, 2)?;
    let marked = usize::from(x.get(end).is_some_and(|&c| c == '日' || c == '号'));
    let later = Point { day: small(day), part: None, end: end + marked, ..first };
    (first.day.is_some() && (1..=31).contains(&day)).then_some((later, end + marked))
}

/// A paragraph that is nothing but a date: 「2010年4月8日」, 「二〇一一年三月二十二日」.
pub(super) fn signed(x: &[char]) -> Option<Day> {
    if let Some(point) = point(x, 0).filter(|point| point.end == x.len()) {
        return point.year.and(point.day).and_then(|_| point.day(Side::Last, None));
    }
    let mut year = 0;
    for i in 0..4 {
        let c = *x.get(i)?;
        let value = scan::digit(c).or_else(|| {
            let place = "〇一二三四五六七八九".chars().position(|d| d == c);
            let round = matches!(c, '○' | 'O' | '零' | 'Ｏ').then_some(0);
            place.and_then(|p| i32::try_from(p).ok()?.try_into().ok()).or(round)
        })?;
        year = year * 10 + value;
    }
    let (month, end) = scan::chinese(x, 5).filter(|_| x.get(4) == Some(&'年'))?;
    let (day, last) = chinese_day(x, end + 1).filter(|_| x.get(end) == Some(&'月'))?;
    if x.get(last) != Some(&'日') || last + 1 != x.len() {
        return None;
    }
    Day::new(i32::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

fn chinese_day(x: &[char], i: usize) -> Option<(u32, usize)> {
    scan::chinese(x, i)
}
