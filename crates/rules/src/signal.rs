//! The sixteen problems (十六项问题) that a plan against bad work style names.

use alloc::string::String;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The four groups into which the plan sorts its sixteen problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// 官僚主义、形式主义
    EmptyForm,
    /// 落实不细、管理松散
    LooseManagement,
    /// 脱离群众、调研不实
    OutOfTouch,
    /// 政策空转、落实不力
    IdlePolicy,
}

/// One of the sixteen: its code and the words by which the plan reader recognises it.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// `P11` … `P44`: group and place within the group.
    pub code: &'static str,
    pub heading: Heading,
    /// Words that mark this problem in a plan's text; the reader counts how many it meets.
    pub marks: &'static [&'static str],
}

const fn problem(code: &'static str, heading: Heading, marks: &'static [&'static str]) -> Problem {
    Problem { code, heading, marks }
}

/// The one list that drives the menu, the manual, the plan reader's dictionary and the detectors.
/// What each problem is called for a reader stands in `words` under `problem-<code>`.
pub const PROBLEMS: &[Problem] = &[
    problem("P11", Heading::EmptyForm, &["空泛表态", "应景造势", "敷衍塞责", "出工不出力"]),
    problem("P12", Heading::EmptyForm, &["以会议", "贯彻会议", "以文件", "落实文件", "文山会海"]),
    problem("P13", Heading::EmptyForm, &["乱决策", "乱拍板", "乱作为", "科学论证", "违反规定程序"]),
    problem("P14", Heading::EmptyForm, &["稽查", "稽核", "覆盖面不广", "震慑", "执法不严"]),
    problem("P21", Heading::LooseManagement, &["底数不清", "情况不明", "把关不严"]),
    problem("P22", Heading::LooseManagement, &["弄虚作假", "谎报", "瞒报", "虚报"]),
    problem("P23", Heading::LooseManagement, &["规章制度不落实", "制度不落实", "内部管理不严"]),
    problem("P24", Heading::LooseManagement, &["粗放", "慢节奏", "大撒把", "路径依赖"]),
    problem("P25", Heading::LooseManagement, &["不担当", "不作为", "慢作为", "怠政", "懒政"]),
    problem("P31", Heading::OutOfTouch, &["无动于衷", "消极应付", "久拖不办", "合理诉求"]),
    problem(
        "P32",
        Heading::OutOfTouch,
        &[
            "窗口",
            "服务态度",
            "办事效率低",
            "来回跑",
            "一次性告知",
            "超时限",
            "压件",
            "证明",
            "生冷硬",
        ],
    ),
    problem(
        "P33",
        Heading::OutOfTouch,
        &["调查研究", "调研", "走过场", "不深入基层", "可操作性不强"],
    ),
    problem("P41", Heading::IdlePolicy, &["打折扣", "做选择", "搞变通", "部门利益"]),
    problem("P42", Heading::IdlePolicy, &["止于开会发文", "督导调度", "督查督办", "重部署轻落实"]),
    problem("P43", Heading::IdlePolicy, &["新官不理旧账", "推诿", "扯皮"]),
    problem("P44", Heading::IdlePolicy, &["待遇政策不落实", "承诺事项", "不兑现", "待遇不落实"]),
];

/// One of the sixteen, by its place in [`PROBLEMS`]; written as its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProblemCode(u8);

impl ProblemCode {
    /// Reads `P11` … `P44`.
    pub fn parse(code: &str) -> Option<Self> {
        let place = PROBLEMS.iter().position(|problem| problem.code == code)?;
        u8::try_from(place).ok().map(Self)
    }

    /// All sixteen, in the plan's order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).zip(PROBLEMS).map(|(place, _)| Self(place))
    }

    pub fn problem(self) -> &'static Problem {
        &PROBLEMS[usize::from(self.0)]
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem().code)
    }
}

impl fmt::Debug for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ProblemCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.problem().code)
    }
}

impl<'de> Deserialize<'de> for ProblemCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom("no such problem"))
    }
}
