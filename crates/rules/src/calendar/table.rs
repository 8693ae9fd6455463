//! Which days work, and how many up to a day.

use super::notice::{self, NoticeDay};
use super::{Day, Length, Roll, Unit, projected};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// The working days as they are known at one moment. Cheap to clone; never changed: a notice
/// makes a new one ([`Calendar::revise`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar(Arc<Table>);

/// What one day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayKind<'a> {
    /// People work, be it by the weekday or because a notice calls them in.
    pub working: bool,
    /// The feast for which a notice (or, in a provisional year, the law) names this day, be it as
    /// a day off or as one called in.
    pub name: Option<&'a str>,
    /// No notice covers the year of this day.
    pub provisional: bool,
}

/// The day a limit falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The last day of the limit.
    pub day: Day,
    /// The day would have to be counted again if a notice came: some day whose kind was asked for
    /// lies in a year that no notice covers, or the limit runs past the last supported day.
    pub provisional: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Table {
    version: u32,
    /// Every day that any notice names, the latest notice's word on it.
    named: BTreeMap<Day, NoticeDay>,
    /// The years whose notice has come, ascending.
    covered: Vec<i32>,
    /// Every day that is not simply what its weekday says, ascending.
    marks: Vec<Mark>,
}

#[derive(Debug, PartialEq, Eq)]
struct Mark {
    day: Day,
    working: bool,
    name: Cow<'static, str>,
    /// Working days up to and with this day, less the Mondays to Fridays up to it. Together with
    /// arithmetic on weekdays it gives the running number of any working day in one search.
    shift: i32,
}

impl Calendar {
    /// Version 1: the notices of 2020 to 2026.
    pub fn published() -> Calendar {
        let days = notice::published();
        Calendar::build(days.into_iter().map(|named| (named.day, named)).collect(), 1)
    }

    /// The number under which this calendar was adopted; a due day names it as its basis.
    pub fn version(&self) -> u32 {
        self.0.version
    }

    /// The calendar after one more notice. A notice may change days in the middle of a year: on
    /// each day that it names, it goes before what was known.
    #[must_use]
    pub fn revise(&self, notice: &[NoticeDay], version: u32) -> Calendar {
        let mut named = self.0.named.clone();
        named.extend(notice.iter().map(|one| (one.day, one.clone())));
        Calendar::build(named, version)
    }

    /// 1 January of the first year whose notice is known.
    pub fn first_published(&self) -> Day {
        let first = self.0.covered.first().and_then(|year| Day::new(*year, 1, 1).ok());
        first.unwrap_or(Day::LAST)
    }

    /// 31 December of the last year whose notice has come. A year counts as come when its
    /// 1 October is named: every yearly notice does, while an amendment, or the notice of the
    /// year after that reaches back to 31 December, names a few days only.
    pub fn last_published(&self) -> Day {
        let last = self.0.covered.last().and_then(|year| Day::new(*year, 12, 31).ok());
        last.unwrap_or(Day::FIRST)
    }

    /// What `day` is, and by which notice.
    pub fn kind(&self, day: Day) -> DayKind<'_> {
        let provisional = !self.0.covers(day, day);
        match self.0.marks.binary_search_by_key(&day, |mark| mark.day) {
            Ok(at) => {
                let mark = &self.0.marks[at];
                DayKind { working: mark.working, name: Some(&mark.name), provisional }
            }
            Err(_) => DayKind { working: !day.is_weekend(), name: None, provisional },
        }
    }

    /// Whether `day` is a working day.
    pub fn is_working(&self, day: Day) -> bool {
        self.kind(day).working
    }

    /// The day on which a limit falls due that began on `start`; `start` itself does not count
    /// (民法典 201). `roll` does not touch a limit in working days.
    pub fn due(&self, start: Day, length: Length, roll: Roll) -> Counted {
        let n = i32::from(length.n);
        match length.unit {
            Unit::WorkingDay => {
                let day = self.0.working_day_after(start, n);
                Counted { day, provisional: !self.0.covers(start.plus(1), day) }
            }
            Unit::NaturalDay => self.rolled(start.plus(n), roll),
            Unit::Month => self.rolled(start.plus_months(n), roll),
        }
    }

    /// The `n`-th working day after `start`, held within the supported years; `n` is positive.
    pub fn nth_working_day(&self, start: Day, n: i32) -> Day {
        self.0.working_day_after(start, n)
    }

    /// How many units lie in `(from, to]`; negative when `to` is the earlier day. Months are
    /// counted when they are full.
    pub fn count(&self, from: Day, to: Day, unit: Unit) -> i32 {
        match unit {
            Unit::WorkingDay => self.0.worked_until(to) - self.0.worked_until(from),
            Unit::NaturalDay => to.since(from),
            Unit::Month if to < from => -full_months(to, from),
            Unit::Month => full_months(from, to),
        }
    }

    /// Where a last day goes, and whether a notice could send it elsewhere.
    fn rolled(&self, last: Day, roll: Roll) -> Counted {
        let kind = self.kind(last);
        let moves = kind.moves(roll);
        let day = if moves { self.0.working_day_after(last, 1) } else { last };
        let asked = match roll {
            Roll::None => last == Day::LAST,
            Roll::Statutory | Roll::AnyDayOff => !self.0.covers(last, day),
        };
        Counted { day, provisional: asked }
    }

    fn build(named: BTreeMap<Day, NoticeDay>, version: u32) -> Calendar {
        let is_first_of_october = |day: Day| matches!(day.ymd(), (_, 10, 1));
        let covered: Vec<i32> = named
            .values()
            .filter(|one| !one.working && is_first_of_october(one.day))
            .map(|one| one.day.ymd().0)
            .collect();
        let mut days: BTreeMap<Day, (bool, Cow<'static, str>)> = (Day::FIRST.ymd().0
            ..=Day::LAST.ymd().0)
            .filter(|year| covered.binary_search(year).is_err())
            .flat_map(projected::of_year)
            .map(|(day, name)| (day, (false, Cow::Borrowed(name))))
            .collect();
        let of_notices =
            named.values().map(|one| (one.day, (one.working, one.name.clone().into())));
        days.extend(of_notices);
        let mut shift = 0;
        let mark = |(day, (working, name)): (Day, (bool, Cow<'static, str>))| {
            shift += i32::from(working) - i32::from(!day.is_weekend());
            Mark { day, working, name, shift }
        };
        let marks = days.into_iter().map(mark).collect();
        Calendar(Arc::new(Table { version, named, covered, marks }))
    }
}

impl DayKind<'_> {
    /// Off because a notice (or the law) names it; a plain weekend is not.
    pub fn is_statutory_off(&self) -> bool {
        !self.working && self.name.is_some()
    }

    /// Whether a limit that ends on such a day ends later.
    pub(super) fn moves(&self, roll: Roll) -> bool {
        match roll {
            Roll::None => false,
            Roll::Statutory => self.is_statutory_off(),
            Roll::AnyDayOff => !self.working,
        }
    }
}

impl Table {
    /// Whether notices cover every year from one day to the other; nothing is missing when there
    /// is no day between them.
    fn covers(&self, from: Day, to: Day) -> bool {
        let (first, last) = (from.ymd().0, to.ymd().0);
        let at = |year| self.covered.binary_search(&year).ok();
        let all = |from: usize, to: usize| usize::try_from(last - first) == Ok(to - from);
        from > to || matches!((at(first), at(last)), (Some(from), Some(to)) if all(from, to))
    }

    /// The running number of working days up to and with `day`. Only differences mean something.
    fn worked_until(&self, day: Day) -> i32 {
        let before = self.marks.partition_point(|mark| mark.day <= day);
        weekdays_until(day) + before.checked_sub(1).map_or(0, |at| self.marks[at].shift)
    }

    /// The `n`-th working day after `start`; `start` itself when `n` is 0.
    fn working_day_after(&self, start: Day, n: i32) -> Day {
        if n == 0 {
            return start;
        }
        let target = self.worked_until(start) + n;
        let worked = |mark: &Mark| weekdays_until(mark.day) + mark.shift;
        let next = self.marks.partition_point(|mark| worked(mark) < target);
        // From the last marked day that is too early on, only weekdays matter, up to the next
        // marked day: if the target is not reached before it, it is reached there.
        let shift = next.checked_sub(1).map_or(0, |at| self.marks[at].shift);
        let plain = weekday_numbered(target - shift);
        self.marks.get(next).map_or(plain, |mark| plain.min(mark.day))
    }
}

/// Mondays to Fridays up to and with `day`, from Monday 1969-12-29.
fn weekdays_until(day: Day) -> i32 {
    let days = day.number() + 3;
    days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
}

/// The day on which [`weekdays_until`] reaches `n`, held within the supported years.
fn weekday_numbered(n: i32) -> Day {
    let (weeks, rest) = ((n - 1).div_euclid(5), (n - 1).rem_euclid(5));
    let number = weeks * 7 + rest - 3;
    Day::FIRST.plus(number.saturating_sub(Day::FIRST.number()))
}

/// The most months after which a limit from `from` has ended by `to`; `from` is not the later.
fn full_months(from: Day, to: Day) -> i32 {
    let ((first_year, first_month, _), (year, month, _)) = (from.ymd(), to.ymd());
    let months = (year - first_year) * 12 + i32::from(month) - i32::from(first_month);
    months - i32::from(from.plus_months(months) > to)
}
