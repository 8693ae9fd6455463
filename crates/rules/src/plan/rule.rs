//! Rules of handling and of reckoning: 「凡是……的，要……」, 「……严肃追责问责」, assessment.

use super::page::Page;
use super::scan;
use super::shape::{Mode, Span};
use super::subject;
use super::unit::Named;
use super::unit::SUFFIXES;

const RECKONING: &[&str] =
    &["凡是", "凡能", "追责", "问责", "约谈", "追究", "评先评优", "通报批评"];

/// Does the sentence hold a rule at all?
pub(super) fn has_rule(x: &[char]) -> bool {
    scan::has_any(x, RECKONING) || assesses(x) || is_conditional(x)
}

/// 「对弄虚作假的，移交……」: a case, and how those who fall under it are dealt with.
fn is_conditional(x: &[char]) -> bool {
    const DEALT_WITH: [&str; 16] = [
        "移交", "移送", "处理", "处分", "通报", "责令", "严肃", "查处", "取消", "给予", "依法",
        "依规", "依纪", "扣", "限期", "批评",
    ];
    let opens = scan::word_at(x, 0, &["对", "凡"]).is_some();
    let Some(comma) = scan::find(x, 0, "的，").filter(|&i| i <= 40) else { return false };
    let inside = !x[..comma].contains(&'。');
    let then = &x[comma + 2..];
    let near = &then[..then.len().min(24)];
    opens && inside && scan::has_any(near, &DEALT_WITH)
}

/// 「作为考核的重要依据」, 「纳入年度考核」
fn assesses(x: &[char]) -> bool {
    let near = |first: &str, gap: usize, then: &[&str]| {
        scan::find(x, 0, first).is_some_and(|i| {
            let from = i + scan::len(first);
            let part = &x[from..x.len().min(from + gap)];
            let stop = part.iter().position(|c| "，。；".contains(*c)).unwrap_or(part.len());
            scan::has_any(&part[..stop], then)
        })
    };
    let of_results = scan::word_at(x, 0, &["将", "把", "考核", "整治", "整改", "工作"]).is_some();
    near("考核", 12, &["依据"])
        || (of_results && x.len() <= 70 && near("纳入", 18, &["考核", "考评"]))
}

/// Is this part of such a sentence a rule itself?
pub(super) fn is_rule(x: &[char]) -> bool {
    const SIGNS: [&str; 8] = ["凡是", "凡能", "问责", "约谈", "追究", "评先", "考评", "通报批评"];
    scan::has_any(x, &SIGNS) || assesses(x) || is_conditional(x)
}

/// 「当场能办的立行立改」
pub(super) fn is_at_once(x: &[char]) -> bool {
    scan::has_any(x, &["能够当场", "立行立改"])
}

/// The modes of putting right that the words name.
pub(super) fn modes(x: &[char]) -> alloc::vec::Vec<(Mode, usize, usize)> {
    const WORDS: [(&str, Mode); 8] = [
        ("立行立改", Mode::AtOnce),
        ("立即整改", Mode::AtOnce),
        ("限期整改", Mode::WithinLimit),
        ("限时整改", Mode::WithinLimit),
        ("长期坚持", Mode::Lasting),
        ("长期落实", Mode::Lasting),
        ("持续推进", Mode::Lasting),
        ("持续整改", Mode::Lasting),
    ];
    let mut out: alloc::vec::Vec<(Mode, usize, usize)> = alloc::vec::Vec::new();
    for (word, mode) in WORDS {
        if let Some(i) = scan::find(x, 0, word)
            && !out.iter().any(|(other, _, _)| *other == mode)
        {
            out.push((mode, i, i + scan::len(word)));
        }
    }
    out.sort_by_key(|(_, start, _)| *start);
    out
}

/// Who applies the rule: its subject, or 「由机关纪委约谈」.
pub(super) fn keeper(page: &Page, part: Span) -> Option<Named> {
    let x = page.part(part);
    let by = (0..x.len()).filter(|&i| x[i] == '由').find_map(|i| {
        (i + 3..=(i + 21).min(x.len()))
            .take_while(|&end| !"，。；".contains(x[end - 1]))
            .find(|&end| {
                scan::word_at(x, end, &["约谈", "上报", "通报", "处理", "追究", "予以"]).is_some()
            })
            .map(|end| Span::new(part.start + i + 1, part.start + end))
    });
    let span = by.or_else(|| subject::subject(page, part))?;
    let named = scan::ending(page.part(span), SUFFIXES).is_some()
        || by.is_some()
        || page.chars[span.start] == '各';
    named.then(|| Named { text: page.say(span), span })
}
