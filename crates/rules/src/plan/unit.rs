//! Lists of units: 「市教育局、市财政局，各县（市、区）人民政府」 to its members.

use alloc::string::String;
use alloc::vec::Vec;

use super::page::Page;
use super::scan;
use super::shape::Span;

/// A name with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) text: String,
    pub(super) span: Span,
}

/// How names of units and bodies end.
pub(super) const SUFFIXES: &[&str] = &[
    "局",
    "委",
    "办",
    "部",
    "厅",
    "院",
    "会",
    "科",
    "股",
    "处",
    "室",
    "岗",
    "岗位",
    "中心",
    "大队",
    "支队",
    "公司",
    "银行",
    "政府",
    "单位",
    "部门",
    "机关",
    "街道",
    "乡镇",
    "镇",
    "乡",
    "企业",
    "工会",
    "专班",
    "领导小组",
    "系统",
    "层面",
    "组",
    "区",
    "站",
    "所",
    "市",
    "物业",
    "集团",
    "行",
    "团委",
    "法院",
    "学校",
    "社区",
    "园",
];

/// A longer name than this is a sentence that lost its stop.
const LONGEST_NAME: usize = 30;

/// A longer list names no units; it also bounds the work on a hostile text.
const MOST_NAMES: usize = 200;

/// The units named in a span, in order, each once.
pub(super) fn units(page: &Page, span: Span) -> Vec<Named> {
    let mut parts = page.split(span, "、，,；;");
    share_a_noun(page, &mut parts);
    let mut out: Vec<Named> = Vec::new();
    for part in parts {
        if out.len() >= MOST_NAMES {
            break;
        }
        for piece in at_joints(page, strip_tail(page, page.trim(part, "。：:*＊★"))) {
            let piece = strip_tail(page, page.trim(piece, ""));
            if piece.is_empty() || piece.len() > LONGEST_NAME {
                continue;
            }
            let named = Named { text: page.say(piece), span: piece };
            if !out.iter().any(|other| other.text == named.text) {
                out.push(named);
            }
        }
    }
    out
}

/// 「各区、县（市）政府」 is one body spread over two words: while the words are bare levels and the
/// last of them carries the noun, they belong together.
fn share_a_noun(page: &Page, parts: &mut Vec<Span>) {
    let bare = |part: &Span| {
        let x = page.part(*part);
        let level = if x.first() == Some(&'各') { &x[1..] } else { x };
        matches!(level, ['市' | '县' | '区' | '镇' | '乡'])
            || scan::string(level) == "街道"
            || scan::string(level) == "地"
    };
    let begins = |part: &Span| page.chars[part.start] == '各';
    let mut i = 0;
    while i < parts.len() {
        if begins(&parts[i]) && bare(&parts[i]) {
            let last = (i + 1..parts.len()).find(|&k| !bare(&parts[k]));
            let nouns = ["政府", "管委会", "办事处", "党委"];
            if let Some(last) = last
                && "市县区镇乡街".contains(page.chars[parts[last].start])
                && scan::ending(page.part(parts[last]), &nouns).is_some()
            {
                parts[i].end = parts[last].end;
                parts.drain(i + 1..=last);
            }
        }
        i += 1;
    }
}

/// Words after a unit that say what it does, not who it is.
const TAILS: &[&str] = &[
    "分别负责",
    "负责",
    "牵头",
    "配合",
    "（牵头）",
    "(牵头)",
    "共同",
    "具体",
    "落实",
    "等",
    "为配合单位",
    "为责任单位",
    "为协办单位",
    "为牵头单位",
    "为",
];

fn strip_tail(page: &Page, mut span: Span) -> Span {
    loop {
        let x = page.part(span);
        let cut = if let Some(tail) = scan::ending(x, TAILS) {
            Some(x.len() - scan::len(tail))
        } else {
            others(x).or_else(|| by_duties(x))
        };
        let Some(cut) = cut else { return span };
        span = page.trim(Span::new(span.start, span.start + cut), "、，,");
    }
}

/// 「等有关部门」, 「等市级主管部门（单位）」: where the open end of a list begins.
fn others(x: &[char]) -> Option<usize> {
    let from = x.len().saturating_sub(13);
    let place = (from..x.len()).rev().find(|&i| x[i] == '等')?;
    let rest = &x[place + 1..];
    let nouns = ["部门", "单位", "科室", "股室", "处室", "机构", "（单位）", "(单位)"];
    scan::ending(rest, &nouns).map(|_| place)
}

/// 「按职责分工负责」, 「按各自职责」
fn by_duties(x: &[char]) -> Option<usize> {
    let place = (0..x.len()).find(|&i| x[i] == '按' || scan::at(x, i, "根据"))?;
    let near = &x[place..x.len().min(place + 12)];
    scan::has(near, "职责").then_some(place)
}

/// 「……及各地区」, 「……和各省」 join a unit to a group.
fn at_joints(page: &Page, span: Span) -> Vec<Span> {
    let x = page.part(span);
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..x.len() {
        let joint = matches!(x[i], '及' | '和' | '与');
        if joint && scan::word_at(x, i + 1, &["各地区", "各部门", "各省", "各市", "各县"]).is_some()
        {
            out.push(Span::new(span.start + start, span.start + i));
            start = i + 1;
        }
    }
    out.push(Span::new(span.start + start, span.end));
    out
}

/// Does a name look like a unit?
pub(super) fn is_unit(x: &[char]) -> bool {
    let bare = match x.iter().position(|&c| matches!(c, '（' | '(' | '〔')) {
        Some(open) if matches!(x.last(), Some('）' | ')' | '〕')) => &x[..open],
        _ => x,
    };
    // 「县（市、区）」 is a whole level; without its bracket a single character is no name.
    let long_enough = bare.len() >= 2 || bare.len() < x.len();
    let ends =
        scan::ending(bare, SUFFIXES).is_some() || scan::ending(bare, &["县", "州"]).is_some();
    (long_enough && ends) || (bare.first() == Some(&'各') && bare.len() > 1)
}
