//! The document as a whole: title, number, who issued it, when, on what basis.

use super::date;
use super::page::Page;
use super::scan;
use super::shape::{Doc, Span};
use crate::calendar::Day;

const GENRES: [&str; 15] = [
    "实施方案",
    "工作方案",
    "方案",
    "实施意见",
    "意见",
    "通知",
    "计划",
    "办法",
    "措施",
    "细则",
    "要点",
    "规定",
    "清单",
    "分解表",
    "举措",
];

/// Reads the head of the document from the paragraphs before the first heading, and the date and
/// issuer also from the end.
pub(super) fn doc(page: &Page, opening: &[Span], all: &[Span], year: Option<i32>) -> Doc {
    let title = opening
        .iter()
        .rposition(|para| is_title(page, *para))
        .map(|i| whole_title(page, opening, i));
    let no = opening.iter().find(|para| is_number(page.part(**para)));
    let signature = signature(page, all);
    let date = signature.map(|(_, date)| date);
    let issuer = signature
        .and_then(|(i, _)| all.get(i.checked_sub(1)?))
        .filter(|para| para.len() <= 40 && !ends_a_sentence(page, **para));
    let title_year = title.and_then(|title| year_in(page.part(title)));
    let year = year
        .or(title_year)
        .or_else(|| date.map(|date| date.ymd().0))
        .or_else(|| no.and_then(|no| year_in(page.part(*no))))
        .or_else(|| year_in(&page.chars));
    Doc {
        title: title.map(|title| page.say(title).replace('\n', "")),
        no: no.map(|no| page.say(page.trim(*no, "（）()"))),
        issuer: issuer.map(|issuer| page.say(*issuer)),
        date,
        year,
        basis: basis(page, opening),
    }
}

fn ends_a_sentence(page: &Page, para: Span) -> bool {
    para.end > para.start && "。；：:".contains(page.chars[para.end - 1])
}

fn is_title(page: &Page, para: Span) -> bool {
    let mut x = page.part(para);
    // 「……行动方案（2026—2028年）」, 「……实施方案（试行）」
    if let Some(open) = para.end.checked_sub(1).and_then(|last| page.opening(last, para.start)) {
        x = &page.chars[para.start..open];
    }
    x.len() >= 4
        && x.len() <= 60
        && scan::ending(x, &GENRES).is_some()
        && !x.iter().any(|c| "。：:".contains(*c))
}

/// A title printed on two lines begins with 关于 on the first.
fn whole_title(page: &Page, opening: &[Span], i: usize) -> Span {
    let title = opening[i];
    let above = i.checked_sub(1).map(|above| opening[above]).filter(|above| {
        let x = page.part(*above);
        scan::at(x, 0, "关于") && x.len() <= 40 && !ends_a_sentence(page, *above)
    });
    match above {
        Some(above) if !scan::at(page.part(title), 0, "关于") && !is_title(page, above) => {
            Span::new(above.start, title.end)
        }
        _ => title,
    }
}

/// 「X人社发〔2024〕18号」
fn is_number(x: &[char]) -> bool {
    let year = (1..x.len()).any(|i| {
        "〔[【（(［".contains(x[i - 1])
            && scan::number(x, i, 4).is_some_and(|(_, end)| end == i + 4)
    });
    x.len() <= 30 && year && x.contains(&'号')
}

/// The last paragraph that is nothing but a date.
fn signature(page: &Page, all: &[Span]) -> Option<(usize, Day)> {
    all.iter()
        .enumerate()
        .rev()
        .filter(|(_, para)| para.len() <= 16)
        .find_map(|(i, para)| date::signed(page.part(*para)).map(|date| (i, date)))
}

/// The first year from 2000 to 2099 that is printed as one: 2024年, 〔2024〕.
fn year_in(x: &[char]) -> Option<i32> {
    (0..x.len()).find_map(|i| {
        let fresh = i == 0 || (!scan::is_digit(x, i - 1) && !"—－–-~～至到".contains(x[i - 1]));
        let (year, end) = scan::number(x, i, 4).filter(|_| fresh)?;
        let marked = x.get(end).is_some_and(|&c| "年〕]】）)".contains(c)) && end == i + 4;
        (marked && (2000..2100).contains(&year)).then(|| i32::try_from(year).ok())?
    })
}

/// 「根据《……》」
fn basis(page: &Page, opening: &[Span]) -> Option<alloc::string::String> {
    opening.iter().find_map(|para| {
        let x = page.part(*para);
        let by = scan::find(x, 0, "根据").or_else(|| scan::find(x, 0, "按照"))?;
        let open = scan::find(x, by, "《").filter(|&open| open - by < 40)?;
        let close = page.closing(para.start + open, para.end)?;
        Some(page.say(Span::new(para.start + open + 1, close)))
    })
}
