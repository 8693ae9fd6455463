//! Titles, laid end to end so that all of them are searched at once.

use alloc::string::String;
use alloc::vec::Vec;
use memchr::memmem::Finder;

/// The titles of up to 64 matters that follow one another. A title changes only when it may not be
/// shown any more, or may again.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    text: String,
    /// Where each title ends.
    ends: Vec<usize>,
}

impl Titles {
    /// An erased title is kept as an empty one, in which nothing is found.
    pub(super) fn push(&mut self, title: Option<&str>) {
        self.text.push_str(title.unwrap_or_default());
        self.ends.push(self.text.len());
    }

    /// Puts another title in the place of one.
    pub(super) fn set(&mut self, place: usize, title: Option<&str>) {
        let title = title.unwrap_or_default();
        let Some(end) = self.ends.get(place).copied() else { return };
        let start = place.checked_sub(1).and_then(|last| self.ends.get(last)).map_or(0, |end| *end);
        self.text.replace_range(start..end, title);
        for later in self.ends.iter_mut().skip(place) {
            *later = *later - (end - start) + title.len();
        }
    }

    /// One bit for each title that holds what is looked for.
    pub(super) fn holding(&self, part: &Finder<'_>) -> u64 {
        let bytes = self.text.as_bytes();
        let (mut found, mut from, mut title) = (0, 0, 0);
        while let Some(at) = part.find(&bytes[from..]) {
            let at = from + at;
            while self.ends.get(title).is_some_and(|end| *end <= at) {
                title += 1;
            }
            let Some(end) = self.ends.get(title) else { break };
            if at + part.needle().len() <= *end {
                found |= 1 << title;
                from = *end;
            } else {
                // It began in one title and ended in the next.
                from = at + 1;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_is_taken_out_is_not_found() {
        let mut titles = Titles::default();
        for title in ["ab", "cd", "ef"] {
            titles.push(Some(title));
        }
        let holding = |titles: &Titles, part: &str| titles.holding(&Finder::new(part));
        titles.set(1, None);
        assert_eq!((holding(&titles, "cd"), holding(&titles, "ef")), (0, 0b100));
        titles.set(1, Some("cdx"));
        assert_eq!((holding(&titles, "cdx"), holding(&titles, "ef")), (0b10, 0b100));
        titles.set(7, Some("nowhere"));
        assert_eq!(holding(&titles, "nowhere"), 0);
    }

    #[test]
    fn parts_are_found_within_titles_only() {
        let mut titles = Titles::default();
        for title in [Some("aab"), None, Some("ba"), Some("aaab"), Some("")] {
            titles.push(title);
        }
        let holding = |part: &str| titles.holding(&Finder::new(part));
        assert_eq!(holding("ab"), 0b1001);
        assert_eq!(holding("bb"), 0, "from one title into the next");
        assert_eq!(holding("aa"), 0b1001);
        assert_eq!(holding("ba"), 0b100);
        assert_eq!(holding("b"), 0b1101);
    }
}
