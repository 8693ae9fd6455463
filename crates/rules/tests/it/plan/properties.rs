//! What holds for every text, sensible or not.

use proptest::prelude::*;
use rules::plan::{Plan, read};

/// Pieces out of which plans are made, so that chance meets the interesting places.
const PIECES: &[&str] = &[
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "2．",
    "（1）",
    "①",
    "一是",
    "二要",
    "第一章",
    "附件1",
    "附件：",
    "\n",
    "\n",
    "\t",
    "。",
    "；",
    "，",
    "、",
    "：",
    "（",
    "）",
    "〔",
    "〕",
    "“",
    "”",
    "《",
    "》",
    "责任单位：",
    "牵头单位：",
    "完成时限：",
    "牵头",
    "配合",
    "负责",
    "下同",
    "不再列出",
    "以下均需",
    "第一个逗号前为牵头单位",
    "*",
    "各股室",
    "市教育局",
    "要",
    "应",
    "由",
    "任组长",
    "办公室设在",
    "每月",
    "每年",
    "25日前",
    "2024年",
    "6月",
    "底",
    "—",
    "18：00",
    "前",
    "到2028年底",
    "制定",
    "方案",
    "报送",
    "清单",
    "整治",
    "的问题",
    "目标",
    "阶段",
    "步骤",
    "任务",
    "序号\t措施\t责任单位\t时限\n",
    "立行立改",
    "凡是",
    "问责",
    "100个",
    "　",
    " ",
    "\r",
    "等部门",
    "加强",
    "９",
    "十",
    "é",
    "𠮷",
    "\u{0}",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..80);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), ".{0,200}"]
}

fn check(plan: &Plan) {
    let chars: Vec<char> = plan.text.chars().collect();
    let slice = |start: usize, end: usize| -> String { chars[start..end].iter().collect() };
    for item in &plan.items {
        assert!(item.start < item.end && item.end <= chars.len(), "{item:?}");
        assert_eq!(item.text, slice(item.start, item.end));
        for found in &item.found {
            assert!(found.start <= found.end && found.end <= chars.len(), "{found:?}");
            assert!(!found.rule.is_empty() && !found.value.is_empty(), "{found:?}");
        }
        let names = [&item.fields.lead, &item.fields.coop, &item.fields.resp];
        for name in names.into_iter().flatten() {
            let placed =
                |field: &str| item.found.iter().any(|f| f.field == field && f.value == *name);
            assert!(["lead", "coop", "resp"].into_iter().any(placed), "{name} has no place");
        }
    }
    for pair in plan.nodes.windows(2) {
        assert!(pair[0].start < pair[1].start);
    }
    for node in &plan.nodes {
        let parent = node
            .parent
            .as_ref()
            .map(|id| plan.nodes.iter().find(|n| n.id == *id).expect("a value"));
        assert_eq!(node.level, parent.map_or(1, |parent| parent.level + 1));
    }
    every_line_is_somewhere(plan, &chars);
}

/// A line lies in a node, in an item or in the list of what was not understood.
fn every_line_is_somewhere(plan: &Plan, chars: &[char]) {
    let mut start = 0;
    for line in chars.split(|&c| c == '\n') {
        let (from, to) = (start, start + line.len());
        start = to + 1;
        if line.iter().all(|c| c.is_whitespace() || *c == '\u{feff}') {
            continue;
        }
        let meets = |a: usize, b: usize| a < to && from < b;
        let held = plan.nodes.iter().any(|node| meets(node.start, node.end))
            || plan.items.iter().any(|item| meets(item.start, item.end))
            || plan.not_understood.iter().any(|unread| meets(unread.start, unread.end));
        assert!(held, "lost: {:?}", line.iter().collect::<String>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_text_is_lost_or_breaks_the_reader(text in texts(), year in prop::option::of(1990..2100_i32)) {
        check(&read(&text, year));
    }

    #[test]
    fn reading_twice_gives_the_same(text in texts()) {
        let once = serde_json::to_string(&read(&text, None)).unwrap();
        prop_assert_eq!(once, serde_json::to_string(&read(&text, None)).unwrap());
    }
}

#[test]
fn hostile_texts_are_read_to_their_end() {
    for piece in
        ["（", "每月", "由牵头", "一是。", "一、", "责任单位：", "1", "制定", "市局、", "\t"]
    {
        check(&read(&piece.repeat(3000), Some(2025)));
    }
}
