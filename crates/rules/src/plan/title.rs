//! The short name of a plan, for places where its whole title has no room.

/// What stands before the name in a title, the longest first.
const BEFORE: [&str; 8] = [
    "关于深入开展",
    "关于组织开展",
    "关于全面开展",
    "关于印发",
    "关于开展",
    "关于实施",
    "关于推进",
    "关于",
];
/// What stands behind it, the longest first.
const BEHIND: [&str; 8] = [
    "的实施方案",
    "的工作方案",
    "的行动方案",
    "实施方案",
    "工作方案",
    "行动方案",
    "的方案",
    "的通知",
];
/// A name shorter than this says nothing; the whole title stands then.
const NAME_MIN: usize = 4;

/// The name of the campaign within the title of its plan: without the office that issues it and
/// without the kind of document (党政机关公文处理工作条例, article 9: a title names the issuing
/// office, the subject and the kind).
pub fn short_title(title: &str) -> &str {
    let title = title.trim();
    let start = BEFORE.iter().find_map(|word| Some(title.find(word)? + word.len()));
    let name = &title[start.unwrap_or(0)..];
    let end = BEHIND.iter().find_map(|word| name.strip_suffix(word));
    let name = end.unwrap_or(name).trim();
    let unwrapped = name.strip_prefix('《').and_then(|name| name.strip_suffix('》'));
    let name = unwrapped.unwrap_or(name);
    if name.chars().count() < NAME_MIN { title } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_cut_to_its_subject() {
        for (title, name) in [
            ("云州市人社局关于开展作风整治专项行动的实施方案", "作风整治专项行动"),
            ("关于印发《云州市作风整治工作方案》的通知", "云州市作风整治工作方案"),
            ("2026年作风整治专项行动", "2026年作风整治专项行动"),
            ("关于方案", "关于方案"),
            ("", ""),
        ] {
            assert_eq!(short_title(title), name, "{title}");
        }
    }
}
