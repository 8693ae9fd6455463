//! What kind of statements stand under a heading, told by the heading's own words.

use alloc::vec::Vec;

use super::outline::Place;
use super::page::Page;
use super::scan;
use super::shape::{Section, Span};

const TABLE: &[&str] = &["任务分解表", "责任清单", "任务清单", "分工表", "问题清单", "整改清单"];
const PROBLEM: &[&str] = &[
    "工作重点",
    "整治重点",
    "整治内容",
    "突出问题",
    "整治问题",
    "问题表现",
    "整改重点",
    "查摆重点",
    "主要问题",
    "存在问题",
    "存在的问题",
];
const ORGANISATION: &[&str] = &[
    "组织领导",
    "组织保障",
    "工作要求",
    "保障措施",
    "组织实施",
    "实施保障",
    "有关要求",
    "加强领导",
];
const STAGE: &[&str] = &["步骤", "阶段", "进度", "时间安排", "工作安排"];
const TASK: &[&str] = &["任务", "措施", "内容", "方式", "分工", "举措", "方向", "抽查", "自查"];
const BACKGROUND: &[&str] = &[
    "指导思想",
    "总体要求",
    "基本原则",
    "主要原则",
    "建设原则",
    "工作原则",
    "意义",
    "背景",
    "目的",
    "总体思路",
    "总体思想",
    "基本思路",
    "核心定位",
];

/// 目标 as part of another idea says nothing about targets.
const NOT_A_TARGET: &[&str] = &["目标责任", "目标管理", "目标考核", "目标导向", "目标任务分解"];

/// The section that a heading opens, if its words say so.
pub(super) fn by_heading(heading: &[char]) -> Option<Section> {
    let says = |words: &[&str]| scan::has_any(heading, words);
    if says(TABLE) {
        Some(Section::Table)
    } else if says(&["目标"]) && !says(NOT_A_TARGET) {
        Some(Section::Target)
    } else if says(PROBLEM) {
        Some(Section::Problem)
    } else if says(ORGANISATION) {
        Some(Section::Organisation)
    } else if says(STAGE) {
        Some(Section::Stage)
    } else if says(TASK) {
        Some(Section::Task)
    } else if says(BACKGROUND) {
        Some(Section::Background)
    } else {
        None
    }
}

/// 「工作重点」 may head the faults to be put right or simply the work. It heads faults only if
/// somewhere below it a fault is named; otherwise the section is work.
pub(super) fn settle(page: &Page, places: &mut [Place]) {
    // Principles are no tasks, whatever the words of a single one may be.
    for i in 0..places.len() {
        let principle = places[i].parent.is_some_and(|parent| {
            let above = &places[parent];
            above.section == Section::Background && scan::has(page.part(above.heading), "原则")
        });
        if principle {
            places[i].section = Section::Background;
        }
    }
    let mut names_faults: Vec<bool> = places
        .iter()
        .map(|place| {
            place.section == Section::Problem
                && place.paras.iter().any(|para| names_a_fault(page, *para))
        })
        .collect();
    for i in (0..places.len()).rev() {
        if let Some(parent) = places[i].parent {
            names_faults[parent] |= names_faults[i];
        }
    }
    for i in 0..places.len() {
        let inherits = places[i].parent.is_some_and(|parent| names_faults[parent]);
        if places[i].section == Section::Problem && !names_faults[i] && !inherits {
            places[i].section = Section::Task;
        }
    }
}

fn names_a_fault(page: &Page, para: Span) -> bool {
    page.split(para, "。；;").iter().any(|piece| is_fault(page.part(*piece)))
}

/// Does a clause end as the naming of a fault does?
pub(super) fn is_fault(clause: &[char]) -> bool {
    scan::ending(clause, &["的问题", "问题", "现象", "行为"]).is_some()
}
