//! Who a sentence tells to act: 「各科室要……」, 「整治办每两周……」, 「5月9日前各股室报送……」.

use alloc::vec::Vec;

use super::page::Page;
use super::scan;
use super::shape::Span;
use super::task;
use super::unit::{self, Named};

/// Words that follow a subject.
const CONNECTORS: &[&str] = &[
    "要", "应", "须", "将", "负责", "组织", "对照", "按照", "按", "于", "在", "结合", "开展",
    "报送", "通过", "对", "根据", "采取", "发挥", "必须", "牵头",
];

/// Words with which a sentence without a subject begins.
const NOT_A_SUBJECT: &[&str] = &[
    "通过",
    "加强",
    "按照",
    "对",
    "以",
    "在",
    "把",
    "结合",
    "为",
    "针对",
    "围绕",
    "坚持",
    "进一步",
    "全面",
    "认真",
    "严格",
    "深入",
    "推进",
    "推动",
    "开展",
    "建立",
    "完善",
    "健全",
    "强化",
    "充分",
    "积极",
    "定期",
    "组织",
    "引导",
    "聚焦",
    "加大",
    "提升",
    "切实",
    "大力",
    "支持",
    "鼓励",
    "依托",
    "并",
    "同时",
    "力争",
    "凡",
    "从",
    "到",
    "由",
    "将",
    "落实",
    "实施",
    "统筹",
    "加快",
    "打造",
    "构建",
    "做好",
    "整合",
    "发挥",
    "优化",
    "制定",
    "成立",
    "设立",
    "重点",
    "根据",
    "每",
    "不",
];

/// Units whose names begin like an order.
const LOOKS_LIKE_ORDER: &[&str] = &[
    "组织部",
    "组织人事",
    "督查室",
    "督导组",
    "检查组",
    "考核办",
    "考核组",
    "指导组",
    "建设单位",
    "建设部门",
    "建设局",
    "整治办",
    "推进办",
    "排查组",
    "宣传部",
    "宣传、",
    "监督检查",
    "审核组",
    "发展改革",
    "公开办",
    "公安",
    "发改",
    "教育局",
    "教育部",
    "教育系",
    "教育体",
    "学习强",
    "协会",
];

/// The responsible units that the sentence begins with.
pub(super) fn subject(page: &Page, sentence: Span) -> Option<Span> {
    let x = page.part(sentence);
    let orders = scan::word_at(x, 0, NOT_A_SUBJECT).is_some() || task::order_at(x, 0);
    if orders && scan::word_at(x, 0, LOOKS_LIKE_ORDER).is_none() {
        return None;
    }
    let end = led_by_each(x).or_else(|| led_by_unit(x))?;
    let start = x[..end].iter().rposition(|&c| c == '由' || c == '：').map_or(0, |i| i + 1);
    (end > start + 1).then(|| Span::new(sentence.start + start, sentence.start + end))
}

/// Is someone told to act with 要, 应 or 须?
pub(super) fn must(page: &Page, sentence: Span) -> bool {
    let musts = ["要", "应", "须", "必须"];
    subject(page, sentence)
        .is_some_and(|span| scan::word_at(&page.chars, span.end, &musts).is_some())
}

/// 「各……要」: whatever stands between is the subject.
fn led_by_each(x: &[char]) -> Option<usize> {
    if x.first() != Some(&'各') {
        return None;
    }
    (2..=31.min(x.len())).take_while(|&end| !"，。；要应须将于".contains(x[end - 1])).find(|&end| {
        let whole = !"和及与、可也主重".contains(x[end - 1]);
        let level = end <= 20 && "县市区镇乡街地门位室股科处局委".contains(x[end - 1]);
        whole && (connected(x, end) || (level && task::order_at(x, end)))
    })
}

/// 「市教育局要」: up to forty characters that end as a unit's name does.
fn led_by_unit(x: &[char]) -> Option<usize> {
    (2..=41.min(x.len())).take_while(|&end| !"，。；要应须将".contains(x[end - 1])).find(|&end| {
        let name = &x[..end];
        let ends = scan::ending(name, unit::SUFFIXES).is_some();
        let body = ends && names_a_body(name);
        ends && (connected(x, end) || (body && acts(x, end))) && is_list_of_units(name)
    })
}

/// A name that can be nothing but a body's, so that any verb may follow.
fn names_a_body(name: &[char]) -> bool {
    const BODIES: [&str; 20] = [
        "局",
        "厅",
        "委",
        "委员会",
        "办公室",
        "领导小组",
        "专班",
        "政府",
        "部门",
        "管委会",
        "党组",
        "党委",
        "支部",
        "科室",
        "股室",
        "服务中心",
        "单位",
        "联席会议",
        "工作组",
        "财政",
    ];
    name.len() >= 3 && name.len() <= 25 && scan::ending(name, &BODIES).is_some()
}

/// A verb right after the name, with or without a frequency before it.
fn acts(x: &[char], end: usize) -> bool {
    const FIRST: [&str; 6] = ["每年", "每月", "每季度", "每周", "具体", "牵头"];
    let word = scan::word_at(x, end, &FIRST).map_or(0, scan::len);
    task::order_at(x, end + word) || word > 0
}

/// With 、 in it, a subject is a list of units, or ends with 等系统, 等部门, 等单位.
fn is_list_of_units(name: &[char]) -> bool {
    const OPEN: [&str; 7] =
        ["等系统", "等部门", "等单位", "等有关部门", "等相关部门", "等有关单位", "等相关单位"];
    if scan::has_any(name, &["直接", "参加", "注册", "登录", "所在地"]) {
        return false;
    }
    let mut depth = 0_i32;
    let mut parts = name.split(|&c| {
        depth +=
            i32::from(matches!(c, '（' | '(' | '〔')) - i32::from(matches!(c, '）' | ')' | '〕'));
        c == '、' && depth <= 0
    });
    !name.contains(&'、') || scan::ending(name, &OPEN).is_some() || parts.all(unit::is_unit)
}

fn connected(x: &[char], end: usize) -> bool {
    const OFTEN: [&str; 9] =
        ["每月", "每周", "每季", "每半", "每年", "每日", "每天", "每两", "每个"];
    let word = scan::word_at(x, end, CONNECTORS);
    if let Some(word) = word {
        let after = end + scan::len(word);
        let person = word == "负责" && matches!(x.get(after), Some('人' | '同'));
        // 主要, 所在 and 下属 are words of their own.
        let torn =
            (word == "在" && x[end - 1] == '所') || (word == "要" && "主重需".contains(x[end - 1]));
        // 「各级组织要」: the organisations are told, not the levels.
        let noun = word == "组织" && matches!(x.get(after), Some('要' | '应' | '须' | '部'));
        return !person && !torn && !noun;
    }
    // 「整治办每两周采取……」
    scan::word_at(x, end, &OFTEN).is_some()
}

/// The units of a subject. A list whose members are not units by themselves stays whole
/// (「民政、医保、税务等系统」), and so does 「各科室、下属单位」, where 各 goes with both.
pub(super) fn members(page: &Page, span: Span) -> Vec<Named> {
    let whole = |span: Span| alloc::vec![Named { text: page.say(span), span }];
    let parts = page.split(span, "、，,");
    if parts.len() < 2 {
        return whole(span);
    }
    let relative = ["直属", "局属", "下属", "所属", "市属", "县属", "区属"];
    let leans = page.chars[span.start] == '各'
        && parts.iter().skip(1).any(|part| {
            scan::word_at(page.part(*part), 0, &relative).is_some()
                && !page.part(*part).contains(&'各')
        });
    if leans || !parts.iter().all(|part| unit::is_unit(page.part(*part))) {
        return whole(span);
    }
    unit::units(page, span)
}

/// 「市教育局、市财政局等部门，结合职能……」
pub(super) fn listed(page: &Page, sentence: Span) -> Option<Vec<Named>> {
    let x = page.part(sentence);
    let comma = x.iter().take(200).position(|&c| c == '，')?;
    let list = Span::new(sentence.start, sentence.start + comma);
    let open =
        ["等部门", "等单位", "等有关部门", "等相关部门", "等有关单位", "等相关单位", "等科室"];
    scan::ending(page.part(list), &open)?;
    let parts = page.split(list, "、");
    let units = parts.len() > 1 && parts.iter().all(|part| unit::is_unit(page.part(*part)));
    units.then(|| unit::units(page, list))
}

/// 「组织全体窗口人员轮训」: those who are to do it.
pub(super) fn everyone(page: &Page, sentence: Span) -> Option<Named> {
    let x = page.part(sentence);
    if !scan::at(x, 0, "组织全体") {
        return None;
    }
    let people = ["职工", "干部", "党员", "人员", "同志"];
    let end = (4..=14.min(x.len()))
        .filter(|&end| scan::ending(&x[..end], &people).is_some())
        .take_while(|&end| !x[..end].contains(&'，'))
        .last()?;
    let span = Span::new(sentence.start + 2, sentence.start + end);
    Some(Named { text: page.say(span), span })
}

/// Who acts inside a sentence without a subject of its own: 「由办公室上报」, 「5月底前各股室报送」.
pub(super) fn agent(page: &Page, sentence: Span) -> Option<Vec<Named>> {
    const BY: [&str; 7] = ["上报", "汇总", "通报", "组织", "负责", "报送", "报"];
    const AFTER: [&str; 6] = ["报送", "形成", "上报", "完成", "提交", "制定"];
    let x = page.part(sentence);
    (0..x.len()).find_map(|i| {
        let verbs: &[&str] = match x[i] {
            '由' => &BY,
            '前' => &AFTER,
            _ => return None,
        };
        let end = (i + 3..=(i + 21).min(x.len()))
            .take_while(|&end| !"，。；".contains(x[end - 1]) && !scan::is_digit(x, end - 1))
            .find(|&end| {
                scan::ending(&x[i + 1..end], unit::SUFFIXES).is_some()
                    && scan::word_at(x, end, verbs).is_some()
            })?;
        Some(members(page, Span::new(sentence.start + i + 1, sentence.start + end)))
    })
}

/// Leading and co-operating units said in running words: 「由……牵头……，……配合」.
pub(super) fn led_by(page: &Page, sentence: Span) -> Option<(Vec<Named>, Vec<Named>)> {
    let x = page.part(sentence);
    // 「由局长牵头的专班」 describes a body, it orders nothing.
    let lead_end = scan::find(x, 0, "牵头").filter(|&i| x.get(i + 2) != Some(&'的'))?;
    let from = (0..lead_end)
        .rev()
        .take(220)
        .take_while(|&i| !"，。；".contains(x[i]))
        .find(|&i| x[i] == '由')?;
    let mut start = from + 1;
    if let Some(word) = scan::word_at(x, start, &["所涉及的", "涉及的"]) {
        start += scan::len(word);
    }
    let lead = unit::units(page, Span::new(sentence.start + start, sentence.start + lead_end));
    let rest = Span::new(sentence.start + lead_end + 2, sentence.end);
    let coop = page.split(rest, "，。；").into_iter().find_map(|clause| {
        let words = page.part(clause);
        (words.len() <= 42 && scan::ends(words, "配合")).then(|| unit::units(page, clause))
    });
    (!lead.is_empty()).then(|| (lead, coop.unwrap_or_default()))
}
