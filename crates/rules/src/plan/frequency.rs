//! How often: 「每月25日前」, 「每两周」, 「每季度通报一次」. 「每年最高不超过10万元」 is money.

use alloc::vec::Vec;

use super::date::Placed;
use super::scan;
use super::shape::Frequency;

const PLAIN: &[(&str, Frequency)] = &[
    ("每两周", Frequency::Biweekly),
    ("每2周", Frequency::Biweekly),
    ("每二周", Frequency::Biweekly),
    ("每半月", Frequency::Biweekly),
    ("每半个月", Frequency::Biweekly),
    ("每周", Frequency::Weekly),
    ("每星期", Frequency::Weekly),
    ("按周", Frequency::Weekly),
    ("周调度", Frequency::Weekly),
    ("周通报", Frequency::Weekly),
    ("每日", Frequency::Daily),
    ("每天", Frequency::Daily),
    ("日调度", Frequency::Daily),
    ("每季", Frequency::Quarterly),
    ("按季", Frequency::Quarterly),
    ("季通报", Frequency::Quarterly),
    ("季调度", Frequency::Quarterly),
    ("每半年", Frequency::HalfYearly),
    ("每月", Frequency::Monthly),
    ("按月", Frequency::Monthly),
    ("月调度", Frequency::Monthly),
    ("月通报", Frequency::Monthly),
    ("每年", Frequency::Yearly),
    ("定期", Frequency::Regular),
    ("不定期", Frequency::Regular),
    ("常态化", Frequency::Regular),
];

/// Words that make a rate of money out of 每月 and 每年.
const MONEY: [&str; 10] =
    ["元", "补贴", "补助", "奖励", "资助", "额度", "资金", "经费", "总额", "最高"];

/// All frequencies in the words, each once; 定期 only where nothing sharper is said.
pub(super) fn frequencies(x: &[char]) -> Vec<Placed<Frequency>> {
    let mut out: Vec<Placed<Frequency>> = Vec::new();
    let mut i = 0;
    while i < x.len() {
        let Some((word, value)) = plain(x, i) else {
            i += 1;
            continue;
        };
        let (value, end) = sharpen(x, value, i + scan::len(word));
        if !is_other(x, i, end, value) && !out.iter().any(|other| other.value == value) {
            out.push(Placed { value, start: i, end });
        }
        i = end;
    }
    if out.iter().any(|found| found.value != Frequency::Regular) {
        out.retain(|found| found.value != Frequency::Regular);
    }
    out
}

fn plain(x: &[char], i: usize) -> Option<(&'static str, Frequency)> {
    PLAIN
        .iter()
        .filter(|(word, _)| scan::at(x, i, word))
        .max_by_key(|(word, _)| word.len())
        .copied()
}

/// 「每月25日」 names its day.
fn sharpen(x: &[char], value: Frequency, end: usize) -> (Frequency, usize) {
    if value != Frequency::Monthly {
        return (value, end);
    }
    let day = scan::number(x, end, 2)
        .filter(|&(day, stop)| (1..=31).contains(&day) && x.get(stop) == Some(&'日'));
    match day.and_then(|(day, stop)| Some((u8::try_from(day).ok()?, stop + 1))) {
        Some((day, stop)) => {
            (Frequency::MonthlyOn(day), stop + usize::from(x.get(stop) == Some(&'前')))
        }
        None => (value, end),
    }
}

/// Does the word mean something else here: a rate of money, an epidemic, a quality of days?
fn is_other(x: &[char], start: usize, end: usize, value: Frequency) -> bool {
    match value {
        Frequency::Regular => scan::word_at(x, end, &["疫情", "存款"]).is_some(),
        Frequency::Monthly | Frequency::Yearly => {
            let stop = |c: char| matches!(c, '，' | '。' | '；' | ',' | ';');
            let from = x[..start].iter().rposition(|&c| stop(c)).map_or(0, |i| i + 1);
            let to = x[end..].iter().position(|&c| stop(c)).map_or(x.len(), |i| end + i);
            scan::has_any(&x[from.max(start.saturating_sub(12))..to.min(end + 40)], &MONEY)
                || scan::is_digit(x, end)
        }
        Frequency::Daily
        | Frequency::Weekly
        | Frequency::Biweekly
        | Frequency::MonthlyOn(_)
        | Frequency::Quarterly
        | Frequency::HalfYearly => false,
    }
}
