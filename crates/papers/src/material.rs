//! What a ledger is made from beside the register: when it was made, and the texts of matters.
//!
//! The register holds titles, codes and counts. Longer texts lie in the log's disclosed events;
//! the caller gathers them, one matter at a time, and leaves out what its reader may not see or
//! what was lawfully erased.

use rules::calendar::Day;

/// As of when, and of which log, a paper speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The office's day; lights and holders of posts are of this day.
    pub today: Day,
    /// The moment in full, as it is to be printed.
    pub moment: String,
    /// How many events the log had.
    pub log_size: u64,
    /// The root of the log's tree at that size, as it is to be printed.
    pub tree_head: String,
    /// The name of the log.
    pub origin: String,
}

/// The texts of one matter. Whatever is missing leaves its cell empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatterTexts {
    /// 具体表现
    pub detail: Option<String>,
    /// 原因剖析
    pub cause: Option<String>,
    /// 整改目标: the testable standard
    pub standard: Option<String>,
    /// 整改措施
    pub measure: Option<String>,
    /// 责任领导
    pub leader: Option<String>,
    /// 配合科室
    pub supporting: Vec<String>,
    /// 整改进展: the latest
    pub progress: Option<Progress>,
    /// Limits of a matter that is closed: the register no longer holds them.
    pub limits: Option<Limits>,
    /// 佐证材料: names of files, or system and place of a record
    pub evidence: Vec<String>,
    /// 建立制度: the mechanism that was left
    pub mechanism: Option<String>,
    /// 核查人、核查结论、核查时间: of the present round, in order
    pub checks: Vec<Check>,
    /// 销号情况、销号时间
    pub closing: Option<Closing>,
    /// 回头看: those done, in order
    pub look_backs: Vec<LookBack>,
    /// 备注
    pub remark: Option<String>,
}

/// The latest report on progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub on: Day,
    pub note: String,
}

/// 开始时间、完成时限、首次期限 of a matter that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub start: Day,
    pub due: Day,
    pub first: Day,
}

/// One person's check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub checker: String,
    pub on: Day,
    pub holds: bool,
    pub findings: String,
}

/// Who closed the matter, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    pub by: String,
    pub on: Day,
    pub note: Option<String>,
}

/// One look-back: by whom, when, whether the result held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookBack {
    pub by: String,
    pub on: Day,
    pub holds: bool,
    pub note: String,
}
