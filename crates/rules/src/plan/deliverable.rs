//! The papers a task must leave: 「形成问题清单」, 「报送自查报告」, 「制定工作方案」.

use alloc::vec::Vec;

use super::page::Page;
use super::scan;
use super::shape::Span;
use super::unit::Named;

const VERBS: [&str; 16] = [
    "研究制定",
    "逐一建立",
    "制定",
    "制订",
    "形成",
    "编制",
    "建立",
    "出台",
    "报送",
    "印发",
    "公布",
    "做好",
    "起草",
    "总结",
    "提交",
    "完成",
];

/// Verbs that in a policy's long paragraphs name a paper and not merely a state of things.
const STRICT_VERBS: [&str; 8] =
    ["研究制定", "制定", "制订", "编制", "出台", "报送", "提交", "印发"];

const PAPERS: [&str; 16] = [
    "方案",
    "清单",
    "台账",
    "台帐",
    "报告",
    "计划",
    "预案",
    "名单",
    "指导意见",
    "实施细则",
    "名录",
    "目录",
    "手册",
    "规划",
    "时间表",
    "路线图",
];

/// Nouns that make the paper before them a mere attribute.
const OTHER_HEADS: [&str; 9] =
    ["年度", "任务", "目标", "申报", "管理", "编制", "体系", "制度", "项目"];

/// How strictly a paper must be announced.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Care {
    Sentence,
    /// A whole paragraph of a policy.
    Leaf,
}

/// The papers named in the words, in order.
pub(super) fn deliverables(page: &Page, span: Span, care: Care) -> Vec<Named> {
    let verbs: &[&str] = match care {
        Care::Sentence => &VERBS,
        Care::Leaf => &STRICT_VERBS,
    };
    let x = page.part(span);
    let mut out: Vec<Named> = Vec::new();
    let mut i = 0;
    while i < x.len() {
        let found = paper_after(x, i, verbs).or_else(|| summary_sent(x, i));
        let Some((start, end)) = found else {
            i += 1;
            continue;
        };
        let place = Span::new(span.start + start, span.start + end);
        let named = Named { text: page.say(place), span: place };
        if !out.iter().any(|other| other.text == named.text) {
            out.push(named);
        }
        i = end;
    }
    out
}

/// 「总结报督查组」: the summary itself is the paper.
fn summary_sent(x: &[char], i: usize) -> Option<(usize, usize)> {
    let word = scan::word_at(x, i, &["总结", "情况报告", "小结"])?;
    let end = i + scan::len(word);
    let sent = scan::word_at(x, end, &["报", "上报", "报送"]).is_some();
    let clause_start = i == 0 || "，。；、".contains(x[i - 1]);
    (sent && clause_start && x.get(end + 1) != Some(&'告')).then_some((i, end))
}

fn paper_after(x: &[char], i: usize, verbs: &[&str]) -> Option<(usize, usize)> {
    let verb = scan::word_at(x, i, verbs)?;
    let mut start = i + scan::len(verb);
    while let Some(word) = scan::word_at(x, start, &["完善", "出台", "和", "并", "了"]) {
        start += scan::len(word);
    }
    let limit = x.len().min(start + 36);
    if let Some(title) = titled_paper(x, start) {
        return Some(title);
    }
    let stop = (start..limit).find(|&k| "，。；;（(《".contains(x[k])).unwrap_or(limit);
    let of = (start..stop.min(start + 19)).find(|&k| x[k] == '的');
    let end = of.and_then(|of| paper(x, of + 1, stop)).or_else(|| paper(x, start, stop))?;
    let start = without_preface(x, start, end);
    // A bare noun is a paper only where it is one by itself: 「做好台账」.
    let bare = end - start <= 2 && !matches!(&x[start..end], ['台', _]);
    (!bare).then_some((start, end))
}

/// 「制定《……实施细则》」: the title without its marks.
fn titled_paper(x: &[char], start: usize) -> Option<(usize, usize)> {
    const MORE: [&str; 6] = ["办法", "细则", "措施", "指引", "指南", "标准"];
    if x.get(start) != Some(&'《') {
        return None;
    }
    let end = (start + 1..x.len().min(start + 60)).find(|&k| x[k] == '》')?;
    let title = &x[start + 1..end];
    let paper = scan::ending(title, &PAPERS).or_else(|| scan::ending(title, &MORE));
    paper.map(|_| (start + 1, end))
}

/// The end of the first noun for a paper within 24 characters and one enumeration step.
fn paper(x: &[char], from: usize, stop: usize) -> Option<usize> {
    let mut k = from;
    while k < stop.min(from + 25) && x[k] != '、' {
        if let Some(noun) = scan::word_at(x, k, &PAPERS) {
            let end = k + scan::len(noun);
            // 「储备计划年度目标」 is no 储备计划.
            let goes_on = scan::word_at(x, end, &OTHER_HEADS).is_some();
            return Some(end).filter(|&end| end <= stop && !goes_on);
        }
        k += 1;
    }
    None
}

/// 「科学合理、切实有效的业务学习计划」 is a 业务学习计划.
fn without_preface(x: &[char], start: usize, end: usize) -> usize {
    let mut from = start;
    if let Some(comma) = (start..end).find(|&k| x[k] == '、')
        && let Some(of) = (comma..end).find(|&k| x[k] == '的')
    {
        from = of + 1;
    }
    while let Some(word) =
        scan::word_at(x, from, &["相应的", "相应", "切实可行的", "详细的", "各自的"])
    {
        from += scan::len(word);
    }
    while matches!(x.get(from), Some('“' | '”' | '"')) {
        from += 1;
    }
    if from >= end { start } else { from }
}
