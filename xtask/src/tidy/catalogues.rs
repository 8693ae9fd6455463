//! Rule: both languages of `words` have the same topics.

use super::{Finding, Tree};
use std::collections::BTreeSet;

const LANGUAGES: [&str; 2] = ["crates/words/zh-CN/", "crates/words/en/"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let topics = |folder: &str| -> BTreeSet<&str> {
        tree.files.iter().filter_map(|file| file.path.strip_prefix(folder)).collect()
    };
    let [chinese, english] = LANGUAGES.map(topics);
    let missing = |folder: &str, topic: &&str| Finding {
        path: format!("{folder}{topic}"),
        line: 1,
        what: "this topic is written in the other language only".to_owned(),
    };
    let in_english = chinese.difference(&english).map(|topic| missing(LANGUAGES[1], topic));
    let in_chinese = english.difference(&chinese).map(|topic| missing(LANGUAGES[0], topic));
    in_english.chain(in_chinese).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_in_one_language_only_is_found() {
        let tree = Tree::of(&[
            ("crates/words/zh-CN/matter.ftl", ""),
            ("crates/words/en/matter.ftl", ""),
            ("crates/words/zh-CN/plan.ftl", ""),
            ("crates/words/en/clock.ftl", ""),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(paths, ["crates/words/en/plan.ftl", "crates/words/zh-CN/clock.ftl"]);
    }
}
