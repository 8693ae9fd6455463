//! Does a sentence order an action?

use super::page::Page;
use super::scan;
use super::shape::Span;
use super::subject;

/// Verbs, and the adverbs and prepositions before them, with which orders begin. Kept by first
/// character, since every sentence is tried against the list at many places.
const ORDERS: &[(char, &[&str])] = &[
    ('按', &["按照", "按"]),
    ('安', &["安排"]),
    ('保', &["保障", "保护", "保证"]),
    ('帮', &["帮助"]),
    ('报', &["报送", "报告"]),
    ('把', &["把"]),
    ('避', &["避免"]),
    ('编', &["编制", "编印", "编写"]),
    ('参', &["参照", "参加"]),
    ('采', &["采取", "采用"]),
    ('查', &["查处", "查摆", "查找"]),
    ('常', &["常态化"]),
    ('超', &["超前"]),
    ('成', &["成立"]),
    ('持', &["持续"]),
    ('承', &["承接", "承担"]),
    ('充', &["充分"]),
    ('筹', &["筹备", "筹建"]),
    ('畅', &["畅通"]),
    ('出', &["出台"]),
    ('处', &["处理", "处置"]),
    ('创', &["创新", "创建"]),
    ('从', &["从严", "从快"]),
    ('打', &["打造", "打击", "打破", "打通"]),
    ('大', &["大力"]),
    ('倡', &["倡导"]),
    ('动', &["动态", "动员"]),
    ('督', &["督促", "督查", "督导", "督办"]),
    ('杜', &["杜绝"]),
    ('对', &["对"]),
    ('繁', &["繁荣"]),
    ('发', &["发挥", "发放", "发展", "发布", "发动"]),
    ('反', &["反馈"]),
    ('防', &["防范", "防止"]),
    ('分', &["分类", "分期", "分批", "分层", "分级", "分析"]),
    ('负', &["负责"]),
    ('改', &["改进", "改善", "改造"]),
    ('给', &["给予"]),
    ('根', &["根据"]),
    ('跟', &["跟踪"]),
    ('公', &["公开", "公布", "公示"]),
    ('巩', &["巩固"]),
    ('构', &["构建"]),
    ('鼓', &["鼓励"]),
    ('广', &["广泛"]),
    ('规', &["规范"]),
    ('贯', &["贯彻"]),
    ('合', &["合理"]),
    ('核', &["核查", "核实"]),
    ('弘', &["弘扬"]),
    ('汇', &["汇总"]),
    ('回', &["回应", "回复"]),
    ('会', &["会同"]),
    ('积', &["积极"]),
    ('及', &["及时"]),
    ('集', &["集中", "集聚"]),
    ('加', &["加强", "加大", "加快"]),
    ('坚', &["坚持", "坚决"]),
    ('监', &["监督"]),
    ('检', &["检查"]),
    ('简', &["简化"]),
    ('建', &["建立", "建设", "建成", "建好", "建强"]),
    ('健', &["健全"]),
    ('将', &["将"]),
    ('教', &["教育"]),
    ('解', &["解决"]),
    ('结', &["结合"]),
    ('紧', &["紧扣", "紧密", "紧紧", "紧盯"]),
    ('尽', &["尽快"]),
    ('进', &["进一步", "进行"]),
    ('精', &["精心", "精简", "精准"]),
    ('纠', &["纠正", "纠治"]),
    ('举', &["举办", "举行"]),
    ('聚', &["聚焦"]),
    ('开', &["开展", "开通", "开发", "开放", "开设"]),
    ('考', &["考核"]),
    ('科', &["科学"]),
    ('狠', &["狠抓"]),
    ('扩', &["扩大"]),
    ('立', &["立足"]),
    ('利', &["利用"]),
    ('联', &["联合", "联动"]),
    ('灵', &["灵活"]),
    ('落', &["落实"]),
    ('面', &["面向"]),
    ('明', &["明确"]),
    ('谋', &["谋划"]),
    ('努', &["努力"]),
    ('排', &["排查"]),
    ('培', &["培育", "培养", "培树"]),
    ('配', &["配齐", "配备", "配合"]),
    ('评', &["评选", "评估"]),
    ('聘', &["聘请"]),
    ('剖', &["剖析"]),
    ('启', &["启动"]),
    ('强', &["强化"]),
    ('切', &["切实"]),
    ('清', &["清理", "清查"]),
    ('取', &["取消"]),
    ('全', &["全面", "全程", "全力"]),
    ('确', &["确保", "确定"]),
    ('认', &["认真"]),
    ('筛', &["筛选"]),
    ('上', &["上报", "上线"]),
    ('设', &["设立", "设置"]),
    ('深', &["深入", "深化", "深刻"]),
    ('审', &["审核"]),
    ('实', &["实施", "实行", "实现"]),
    ('适', &["适应", "适时"]),
    ('收', &["收集"]),
    ('受', &["受理"]),
    ('梳', &["梳理"]),
    ('树', &["树立"]),
    ('提', &["提升", "提高", "提供", "提请", "提炼"]),
    ('听', &["听取"]),
    ('通', &["通过", "通报"]),
    ('统', &["统筹", "统一"]),
    ('突', &["突出"]),
    ('推', &["推进", "推动", "推行", "推广", "推出"]),
    ('拓', &["拓展", "拓宽"]),
    ('瓦', &["瓦解"]),
    ('完', &["完善", "完成"]),
    ('挖', &["挖掘"]),
    ('为', &["为"]),
    ('维', &["维护"]),
    ('围', &["围绕"]),
    ('系', &["系统"]),
    ('细', &["细化"]),
    ('先', &["先行"]),
    ('限', &["限期", "限时"]),
    ('协', &["协助", "协调", "协同"]),
    ('形', &["形成"]),
    ('修', &["修订", "修改"]),
    ('宣', &["宣传"]),
    ('选', &["选派", "选树", "选择", "选拔"]),
    ('学', &["学习"]),
    ('压', &["压实", "压缩"]),
    ('严', &["严格", "严肃", "严防", "严厉", "严禁"]),
    ('研', &["研究"]),
    ('要', &["要"]),
    ('依', &["依托", "依法", "依据"]),
    ('以', &["以"]),
    ('引', &["引导", "引进", "引入"]),
    ('印', &["印发"]),
    ('营', &["营造"]),
    ('用', &["用好", "用足"]),
    ('优', &["优化", "优先"]),
    ('约', &["约谈"]),
    ('运', &["运用"]),
    ('在', &["在"]),
    ('增', &["增强", "增进", "增加"]),
    ('召', &["召开"]),
    ('针', &["针对"]),
    ('征', &["征集", "征求"]),
    ('整', &["整治", "整合", "整改"]),
    ('支', &["支持"]),
    ('指', &["指导", "指定"]),
    ('制', &["制定", "制订"]),
    ('重', &["重点", "重视"]),
    ('逐', &["逐项", "逐一", "逐步"]),
    ('主', &["主动"]),
    ('注', &["注重"]),
    ('抓', &["抓好", "抓紧", "抓实"]),
    ('追', &["追究"]),
    ('着', &["着力"]),
    ('总', &["总结"]),
    ('组', &["组织", "组建"]),
    ('做', &["做好", "做到", "做优", "做强", "做实"]),
    ('遴', &["遴选"]),
    ('搭', &["搭建"]),
    ('布', &["布局"]),
    ('探', &["探索"]),
    ('牢', &["牢固"]),
    ('密', &["密切"]),
    ('转', &["转变"]),
    ('走', &["走访"]),
    ('调', &["调研", "调整"]),
    ('签', &["签订"]),
    ('起', &["起草"]),
    ('自', &["自查"]),
    ('表', &["表彰"]),
    ('曝', &["曝光"]),
    ('暗', &["暗访"]),
];

/// Words before an order that are no part of it.
const OPENERS: &[&str] = &[
    "同时，",
    "此外，",
    "另外，",
    "其次，",
    "并且",
    "并",
    "务必",
    "原则上",
    "每周一",
    "每周二",
    "每周三",
    "每周四",
    "每周五",
    "每两周",
    "每半个月",
    "每半月",
    "每两个月",
    "每个月",
    "每天",
    "每月底",
    "每月末",
    "每季度末",
    "每年",
    "每季度",
    "每月",
    "每周",
    "每半年",
    "每日",
    "定期",
    "不定期",
    "同时",
    "第一，",
    "第二，",
    "第三，",
];

/// Words that make an order of what follows.
const MUST: [&str; 5] = ["要", "应当", "应", "须", "必须"];
/// The same characters as parts of other words.
const NOT_MUST: [&str; 10] =
    ["要素", "要求", "要点", "要件", "应用", "应急", "应届", "应有", "应对", "须知"];

const SHORTEST: usize = 8;

/// Does an order begin at `i`?
pub(super) fn order_at(x: &[char], i: usize) -> bool {
    let Some(first) = x.get(i) else { return false };
    ORDERS.iter().filter(|(c, _)| c == first).any(|(_, words)| scan::word_at(x, i, words).is_some())
}

pub(super) fn is_task(page: &Page, sentence: Span) -> bool {
    let span = page.trim(sentence, "“”，、");
    let x = page.part(span);
    if x.len() < SHORTEST
        || is_description(x)
        || is_framing(x)
        || matches!(x.last(), Some('：' | ':'))
    {
        return false;
    }
    if subject::subject(page, span).is_some() || subject::listed(page, span).is_some() {
        return true;
    }
    let start = after_openers(x);
    order_at(x, start)
        || must_at(x, start)
        || orders_within(x)
        || led_by_someone(x)
        || (!grants(x) && a_later_clause_orders(x, start))
}

fn must_at(x: &[char], i: usize) -> bool {
    scan::word_at(x, i, &MUST).is_some() && scan::word_at(x, i, &NOT_MUST).is_none()
}

/// Past 「同时，」, past a label (「跨境服务：」) and past a date (「2031年6月底前，」).
fn after_openers(x: &[char]) -> usize {
    let label = x.iter().take(16).position(|&c| c == '：' || c == ':');
    let mut start = label.filter(|&i| !x[..i].contains(&'，')).map_or(0, |i| i + 1);
    while let Some(word) = scan::word_at(x, start, OPENERS) {
        start += scan::len(word);
    }
    if x.get(start).is_some_and(|c| matches!(c, '①'..='⑳')) {
        start += 1;
    }
    start += day_of_period(&x[start..]);
    if (scan::is_digit(x, start) || matches!(x.get(start), Some('从' | '自' | '到')))
        && let Some(comma) = x.iter().skip(start).take(24).position(|&c| c == '，')
        && scan::ending(&x[..start + comma], &["前", "起", "底", "旬", "日", "期间", "初", "月"])
            .is_some()
    {
        return start + comma + 1;
    }
    start
}

/// 「每月」 is followed by 「25日前」: as long as that, else 0.
fn day_of_period(x: &[char]) -> usize {
    let digits = x.iter().take(2).take_while(|c| c.is_ascii_digit()).count();
    let after = scan::word_at(x, digits, &["日前", "日之前", "号前", "日"]);
    if digits == 0 { 0 } else { after.map_or(0, |word| digits + scan::len(word)) }
}

fn orders_within(x: &[char]) -> bool {
    (1..x.len()).any(|i| {
        // 主要, 重要, 需要 are words of their own.
        let modal = x[i] != '要' || !"主重需只首摘纪简想".contains(x[i - 1]);
        let word = scan::word_at(x, i, &MUST).filter(|_| modal && must_at(x, i));
        word.is_some_and(|word| order_at(x, i + scan::len(word)) || matches!(x[i - 1], '，' | '；'))
    })
}

/// A clause after the first that begins with an order.
fn a_later_clause_orders(x: &[char], start: usize) -> bool {
    (start + 1..x.len()).any(|i| matches!(x[i - 1], '，' | '；') && order_at(x, i))
}

/// 「由……牵头」
fn led_by_someone(x: &[char]) -> bool {
    let Some(lead) = scan::find(x, 0, "牵头").filter(|&i| x.get(i + 2) != Some(&'的')) else {
        return false;
    };
    x[..lead].contains(&'由')
}

/// What someone may have is not what someone must do.
fn grants(x: &[char]) -> bool {
    scan::has_any(
        x,
        &["可享受", "可申请", "可获得", "可申领", "享受", "可按规定", "可直接", "可在"],
    )
}

/// 「是……的重要举措」 praises and orders nothing; 「近年来……」 tells.
fn is_description(x: &[char]) -> bool {
    const PRAISE: [&str; 9] =
        ["需要", "举措", "要求", "体现", "途径", "保障", "基础", "任务", "工作"];
    let praises = |clause: &[char]| {
        let of = clause.iter().rposition(|&c| c == '的').unwrap_or(0);
        let from = clause.iter().position(|&c| c == '是').unwrap_or(clause.len());
        from < of && of > from + 4 && scan::ending(&clause[of..], &PRAISE).is_some()
    };
    let tells = scan::has_any(x, &["近年来", "取得了", "存在不少", "存在的问题是"]);
    (tells || x.split(|&c| c == '，' || c == '；').any(praises)) && !orders_within(x)
}

/// Statements about the document itself: definitions, validity, who explains it.
fn is_framing(x: &[char]) -> bool {
    let opens =
        ["是指", "本方案", "本意见", "本办法", "本措施", "本计划", "本通知", "主要任务是", "特此"];
    scan::word_at(x, 0, &opens).is_some()
        || scan::has_any(
            x,
            &[
                "是指",
                "所称",
                "所指",
                "起施行",
                "起实施",
                "起执行",
                "起试行",
                "负责解释",
                "另行制定",
                "征求意见",
                "同时废止",
                "此件公开",
                "政策为准",
                "如下：",
                "重复”原则",
            ],
        )
}

/// Stronger evidence than the form of the sentence: who, by when, how often, what paper.
pub(super) fn is_bound(page: &Page, sentence: Span, dated: bool) -> bool {
    dated
        || subject::subject(page, sentence).is_some()
        || subject::listed(page, sentence).is_some()
        || subject::agent(page, sentence).is_some()
}

/// Is a heading in truth an order to someone (「一是经办机构要更新指南」)?
pub(super) fn heading_orders(page: &Page, heading: Span) -> bool {
    let x = page.part(heading);
    must_at(x, 0) || (x.len() >= SHORTEST && subject::must(page, heading))
}
