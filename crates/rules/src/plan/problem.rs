//! Which of the sixteen problems a fault named by a plan is.

use super::page::Page;
use super::scan;
use super::shape::Span;
use crate::signal::{Heading, PROBLEMS};

/// The code of the best match: the marks met, weighed by their length, since a longer mark is
/// harder to meet by chance. The heading above decides between equals.
pub(super) fn code(page: &Page, fault: Span, heading: &[char]) -> Option<&'static str> {
    let x = page.part(fault);
    let weigh = |marks: &[&str]| -> usize {
        marks.iter().filter(|mark| scan::has(x, mark)).map(|mark| scan::len(mark)).sum()
    };
    PROBLEMS
        .iter()
        .map(|problem| (weigh(problem.marks), problem))
        .filter(|(weight, _)| *weight >= 2)
        .max_by_key(|(weight, problem)| {
            (*weight, is_under(problem.heading, heading), core::cmp::Reverse(problem.code))
        })
        .map(|(_, problem)| problem.code)
}

fn is_under(group: Heading, heading: &[char]) -> bool {
    let words: &[&str] = match group {
        Heading::EmptyForm => &["官僚主义", "形式主义"],
        Heading::LooseManagement => &["落实不细", "管理松散"],
        Heading::OutOfTouch => &["脱离群众", "调研不实"],
        Heading::IdlePolicy => &["政策空转", "落实不力"],
    };
    scan::has_any(heading, words)
}
