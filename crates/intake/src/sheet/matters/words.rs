//! The words of a ledger's closed columns: which of the sixteen, where from, how put right.

use super::near::{fold, nearest};
use rules::matter::{Remedy, Source};
use rules::signal::{PROBLEMS, ProblemCode};

/// A word of a closed column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word<T> {
    /// One of the words that may stand there.
    Known(T),
    /// Not one of them, and yet it can mean but one thing.
    Understood(T),
    Unknown,
}

/// The short names of the sixteen, in the order of [`PROBLEMS`].
const SHORT: [&str; 16] = [
    "空泛表态",
    "以文件落实文件",
    "违规乱决策",
    "社保稽查不严",
    "底数不清",
    "弄虚作假",
    "制度不落实",
    "工作粗放",
    "不担当不作为",
    "诉求久拖不办",
    "窗口服务差",
    "调研走过场",
    "落实打折扣",
    "止于开会发文",
    "新官不理旧账",
    "待遇承诺不兑现",
];

/// Marks of one problem from which its full name is taken for granted.
const SURE: usize = 2;

/// `P32`, the short name, the full name, or the full name behind its heading as our own workbooks have
/// it. Full names are recognised as the plan reader does: by their marks.
pub(super) fn problem(text: &str) -> Word<ProblemCode> {
    let text = fold(text);
    let code = text.get(..3).unwrap_or_default().to_ascii_uppercase();
    if let Some(code) = ProblemCode::parse(&code) {
        return Word::Known(code);
    }
    // What stands before the colon is the heading, which has words of its own.
    let name = text.split_once(':').map_or(text.as_str(), |(_, name)| name);
    if let Some((_, code)) = SHORT.iter().zip(ProblemCode::all()).find(|(short, _)| **short == name)
    {
        return Word::Known(code);
    }
    let counts: Vec<usize> = PROBLEMS
        .iter()
        .map(|problem| problem.marks.iter().filter(|mark| name.contains(*mark)).count())
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut best = counts.iter().zip(ProblemCode::all()).filter(|(count, _)| **count == most);
    match (best.next(), best.next()) {
        (Some((_, code)), None) if most >= SURE => Word::Known(code),
        (Some((_, code)), None) if most > 0 => Word::Understood(code),
        _ => Word::Unknown,
    }
}

/// The short name that is nearest to what stands there.
pub(super) fn nearest_problem(text: &str) -> Option<String> {
    nearest(text, SHORT.into_iter())
}

const SOURCES: &[(Source, &[&str])] = &[
    (Source::SelfCheck, &["自查", "自查自纠", "自查发现", "单位自查", "自我查摆", "查摆"]),
    (
        Source::Citizens,
        &["群众反映", "群众投诉", "群众来信", "群众来访", "来信来访", "信访", "好差评"],
    ),
    (Source::Hotline, &["12345", "12345热线", "市民热线", "政务热线", "便民热线"]),
    (Source::Inspection, &["巡察", "巡视", "巡视巡察", "巡察反馈"]),
    (Source::Audit, &["审计", "审计发现", "审计反馈"]),
    (Source::UnannouncedVisit, &["暗访", "明察暗访", "暗访检查", "暗访督查"]),
    (Source::Screening, &["数据筛查", "数据比对", "大数据筛查", "数据核查"]),
    (Source::Accusation, &["检举控告", "检举", "控告"]),
];

const REMEDIES: &[(Remedy, &[&str])] = &[
    (Remedy::AtOnce, &["立行立改", "立即整改", "即知即改", "立查立改"]),
    (Remedy::Within, &["限期整改", "限时整改", "限期"]),
    (Remedy::Standing, &["长期坚持", "长期整改", "持续整改", "持续推进", "长期"]),
];

fn one_of<T: Copy + PartialEq>(text: &str, words: &[(T, &[&str])]) -> Word<T> {
    let text = fold(text);
    let exact = words.iter().find(|(_, words)| words.contains(&text.as_str()));
    if let Some((one, _)) = exact {
        return Word::Known(*one);
    }
    let mut within = words.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word)));
    match (within.next(), within.next()) {
        (Some((one, _)), None) => Word::Understood(*one),
        _ => Word::Unknown,
    }
}

pub(super) fn source(text: &str) -> Word<Source> {
    one_of(text, SOURCES)
}

pub(super) fn remedy(text: &str) -> Word<Remedy> {
    one_of(text, REMEDIES)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the sixteen as `words` has them.
    const CATALOGUE: &str = include_str!("../../../../words/zh-CN/problems.ftl");

    #[test]
    fn every_name_of_the_sixteen_is_recognised() {
        let mut seen = 0;
        for (key, name) in CATALOGUE.lines().filter_map(|line| line.split_once(" = ")) {
            let Some(code) = key.strip_prefix("problem-") else { continue };
            let code = code.trim_end_matches("-short").to_ascii_uppercase();
            let expected = Word::Known(ProblemCode::parse(&code).unwrap());
            assert_eq!(problem(name), expected, "{name}");
            assert_eq!(problem(&format!("落实不细、管理松散：{name}")), expected, "{name}");
            assert_eq!(problem(&format!(" {code} ")), expected, "{code}");
            seen += 1;
        }
        assert_eq!(seen, 32);
    }

    #[test]
    fn other_words_are_understood_or_not() {
        let p32 = ProblemCode::parse("P32").unwrap();
        assert_eq!(problem("窗口态度"), Word::Understood(p32));
        for unknown in ["", "官僚主义、形式主义", "推诿，窗口", "P99", "P"] {
            assert_eq!(problem(unknown), Word::Unknown, "{unknown}");
        }
        assert_eq!(nearest_problem("窗口服务较差").as_deref(), Some("窗口服务差"));
        assert_eq!(source("12345热线"), Word::Known(Source::Hotline));
        assert_eq!(source("12345 九月工单"), Word::Understood(Source::Hotline));
        assert_eq!(source("12345、巡察"), Word::Unknown);
        assert_eq!(remedy("限期 整改"), Word::Known(Remedy::Within));
        assert_eq!(remedy("尽快"), Word::Unknown);
        for source in Source::ALL {
            assert_eq!(super::source(source.word()), Word::Known(source));
        }
        for remedy in Remedy::ALL {
            assert_eq!(super::remedy(remedy.word()), Word::Known(remedy));
        }
    }
}
