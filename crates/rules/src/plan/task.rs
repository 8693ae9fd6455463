//! Does a sentence order an action?

use super::page::Page;
use super::scan;
use super::shape::Span;
use super::subject;

/// Verbs (and the adverbs and prepositions before them) with which orders begin.
const ORDERS: &[&str] = &[
    "开展",
    "加强",
    "建立",
    "健全",
    "完善",
    "推进",
    "推动",
    "落实",
    "组织",
    "强化",
    "制定",
    "深入",
    "实施",
    "提升",
    "加大",
    "优化",
    "清理",
    "整治",
    "检查",
    "排查",
    "督促",
    "指导",
    "支持",
    "鼓励",
    "引导",
    "严格",
    "规范",
    "公开",
    "公布",
    "形成",
    "编制",
    "运用",
    "通过",
    "总结",
    "做好",
    "做到",
    "确保",
    "全面",
    "坚持",
    "认真",
    "加快",
    "构建",
    "打造",
    "搭建",
    "统筹",
    "培育",
    "严肃",
    "提高",
    "充分",
    "按照",
    "结合",
    "依托",
    "对照",
    "对",
    "将",
    "把",
    "要",
    "印发",
    "召开",
    "聚焦",
    "围绕",
    "实行",
    "定期",
    "积极",
    "明确",
    "压实",
    "开通",
    "清查",
    "聘请",
    "广泛",
    "系统",
    "超前",
    "重点",
    "设立",
    "成立",
    "举办",
    "发放",
    "完成",
    "启动",
    "汇总",
    "报送",
    "上报",
    "梳理",
    "整合",
    "拓展",
    "发挥",
    "深化",
    "扩大",
    "增强",
    "探索",
    "推行",
    "推广",
    "切实",
    "大力",
    "进一步",
    "针对",
    "以",
    "逐项",
    "逐一",
    "持续",
    "抓好",
    "抓紧",
    "狠抓",
    "着力",
    "注重",
    "动态",
    "常态化",
    "先行",
    "依法",
    "集中",
    "分类",
    "畅通",
    "巩固",
    "组建",
    "配齐",
    "畅通",
    "运用",
    "采取",
    "利用",
    "选派",
    "选树",
    "评选",
    "遴选",
    "举行",
    "参照",
    "追究",
    "查处",
    "通报",
    "约谈",
    "督查",
    "督导",
    "考核",
    "评估",
    "全程",
    "主动",
    "及时",
    "为",
    "面向",
    "在",
    "编印",
    "征集",
    "受理",
    "用好",
    "建设",
    "布局",
];

/// Words before an order that are no part of it.
const OPENERS: &[&str] =
    &["同时，", "此外，", "并且", "并", "其次，", "一要", "二要", "三要", "务必"];

/// Words that make an order of what follows.
const MUST: [&str; 5] = ["要", "应当", "应", "须", "必须"];

const SHORTEST: usize = 8;

pub(super) fn is_task(page: &Page, sentence: Span) -> bool {
    let span = page.trim(sentence, "“”，、");
    let x = page.part(span);
    if x.len() < SHORTEST || is_description(x) || is_definition(x) {
        return false;
    }
    if subject::subject(page, span).is_some() || subject::listed(page, span).is_some() {
        return true;
    }
    let start = after_openers(x);
    scan::word_at(x, start, ORDERS).is_some()
        || scan::word_at(x, start, &MUST).is_some()
        || orders_within(x)
        || led_by_someone(x)
}

/// Past 「同时，」 and past a date (「2008年6月底前，」).
fn after_openers(x: &[char]) -> usize {
    let mut start = 0;
    while let Some(word) = scan::word_at(x, start, OPENERS) {
        start += scan::len(word);
    }
    if scan::is_digit(x, start)
        && let Some(comma) = x.iter().take(24).position(|&c| c == '，')
        && scan::ending(&x[..comma], &["前", "起", "底", "旬", "日", "期间", "初"]).is_some()
    {
        return comma + 1;
    }
    start
}

fn orders_within(x: &[char]) -> bool {
    (1..x.len()).any(|i| {
        scan::word_at(x, i, &MUST)
            .is_some_and(|word| scan::word_at(x, i + scan::len(word), ORDERS).is_some())
    })
}

/// 「由……牵头」
fn led_by_someone(x: &[char]) -> bool {
    let Some(lead) = scan::find(x, 0, "牵头") else { return false };
    x[..lead].contains(&'由')
}

/// 「是……的重要举措」 praises and orders nothing.
fn is_description(x: &[char]) -> bool {
    const PRAISE: [&str; 9] =
        ["需要", "举措", "要求", "体现", "途径", "保障", "基础", "任务", "工作"];
    let clauses = || x.split(|&c| c == '，' || c == '；');
    let praises = |clause: &[char]| {
        let of = clause.iter().rposition(|&c| c == '的').unwrap_or(0);
        let from = clause.iter().position(|&c| c == '是').unwrap_or(clause.len());
        from < of && of > from + 4 && scan::ending(&clause[of..], &PRAISE).is_some()
    };
    clauses().any(praises) && !orders_within(x)
}

/// 「本办法所称……是指」 defines.
fn is_definition(x: &[char]) -> bool {
    scan::word_at(x, 0, &["是指", "本方案", "本意见", "本办法", "本措施", "主要任务是"]).is_some()
        || scan::has_any(x, &["是指", "所称", "所指"])
}

/// Stronger evidence than the form of the sentence: who, by when, how often, what paper.
pub(super) fn is_bound(page: &Page, sentence: Span, dated: bool) -> bool {
    dated || subject::subject(page, sentence).is_some() || subject::agent(page, sentence).is_some()
}
