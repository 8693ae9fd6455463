//! Cuts an act into words: blanks part them, quotation marks hold them together.

use super::Misread;
use crate::text::Words;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The words of an act: those in order, and those with a name (`名=值`).
pub(super) struct Tokens<'a> {
    plain: Vec<&'a str>,
    named: Vec<(&'a str, &'a str)>,
    at: usize,
}

pub(super) fn tokens(act: &str) -> Result<Tokens<'_>, Misread> {
    let (mut plain, mut named) = (Vec::new(), Vec::new());
    let mut left = act.trim_start();
    while !left.is_empty() {
        let (word, quoted, after) = word(left)?;
        if quoted {
            plain.push(word);
        } else if let Some(name) = word.strip_suffix('=') {
            // `名=“值”`: the quotation begins right after the sign.
            let (value, _, rest) = self::word(after)?;
            named.push((name, value));
            left = rest.trim_start();
            continue;
        } else if let Some((name, value)) = word.split_once('=') {
            named.push((name, value));
        } else {
            plain.push(word);
        }
        left = after.trim_start();
    }
    Ok(Tokens { plain, named, at: 0 })
}

/// The next word, whether it was quoted, and what follows.
fn word(text: &str) -> Result<(&str, bool, &str), Misread> {
    for (open, close) in [('“', '”'), ('"', '"')] {
        if let Some(inside) = text.strip_prefix(open) {
            let (value, after) = inside.split_once(close).ok_or(Misread::Unclosed)?;
            return Ok((value, true, after));
        }
    }
    let end = text.char_indices().find(|(_, c)| c.is_whitespace() || matches!(c, '“' | '"'));
    let (value, after) = text.split_at(end.map_or(text.len(), |(at, _)| at));
    Ok((value, false, after))
}

impl<'a> Tokens<'a> {
    pub(super) fn next(&mut self, what: &'static str) -> Result<&'a str, Misread> {
        self.try_next().ok_or(Misread::Missing(what))
    }

    pub(super) fn try_next(&mut self) -> Option<&'a str> {
        let word = self.plain.get(self.at).copied()?;
        self.at += 1;
        Some(word)
    }

    /// Takes the next word if it is this one.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let found = self.plain.get(self.at).is_some_and(|word| *word == wanted);
        self.at += usize::from(found);
        found
    }

    /// Takes this word from wherever it stands.
    pub(super) fn flag(&mut self, wanted: &str) -> bool {
        let found = self.plain.iter().skip(self.at).position(|word| *word == wanted);
        if let Some(place) = found {
            self.plain.remove(self.at + place);
        }
        found.is_some()
    }

    pub(super) fn named(&mut self, name: &str) -> Option<&'a str> {
        let place = self.named.iter().position(|(known, _)| *known == name)?;
        Some(self.named.swap_remove(place).1)
    }

    pub(super) fn named_words(&mut self, name: &str) -> Words {
        Words::new(self.named(name).unwrap_or_default())
    }

    /// The next word as text; blank when there is none, so that the rules judge it.
    pub(super) fn text(&mut self) -> Words {
        Words::new(self.try_next().unwrap_or_default())
    }

    pub(super) fn finish(self) -> Result<(), Misread> {
        let left: Option<String> = self
            .plain
            .get(self.at)
            .map(|word| (*word).to_string())
            .or_else(|| self.named.first().map(|(name, value)| [name, "=", value].concat()));
        left.map_or(Ok(()), |word| Err(Misread::TooMuch(word)))
    }
}
