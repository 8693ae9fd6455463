//! 词: every sentence a user reads, in Chinese and English.
//!
//! A sentence is a Fluent message in `zh-CN/<topic>.ftl` and `en/<topic>.ftl`; all of them are
//! part of the program. To add a topic, add the two files: `build.rs` finds them.

mod catalogue;

use catalogue::{BUNDLES, Bundle};
use fluent_bundle::{FluentArgs, FluentValue};

/// The language a reader asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese as the office writes it; the first language of everything.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the first one first.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The language tag (BCP 47), for `<html lang>` and file names.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}

/// What fills a sentence: name and value. A name that begins with `@` gives a *code* whose own
/// words, in the same language, fill the variable: `("@stage", "stage-closed")` fills `{ $stage }`.
///
/// A value that is a plain whole number also selects plural forms (`[one]`, `[other]`); it is
/// printed as it stands, without grouping. A leading zero or more than 15 digits make it a text.
pub type Args<'a> = [(&'a str, String)];

/// The sentence called `code` in `lang`, filled with `args`.
///
/// A code that no catalogue knows gives `⟦code⟧` and the arguments: a reader then still learns
/// the facts, and nothing fails for want of a word.
pub fn say(lang: Lang, code: &str, args: &Args<'_>) -> String {
    let bundle = bundle(lang);
    let Some(pattern) = bundle.get_message(code).and_then(|message| message.value()) else {
        return unknown(code, args);
    };
    let mut filled = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match name.strip_prefix('@') {
            Some(name) => filled.set(name, say(lang, value, &[])),
            None => filled.set(*name, text_or_number(value)),
        }
    }
    // A variable without a value prints as its own name; the test of the catalogues looks for
    // such errors, a reader is better served by the rest of the sentence.
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&filled), &mut errors).into_owned()
}

/// Whether `lang` has a sentence called `code`.
pub fn knows(lang: Lang, code: &str) -> bool {
    bundle(lang).get_message(code).is_some_and(|message| message.value().is_some())
}

/// Every code that `lang` has words for, sorted.
pub fn codes(lang: Lang) -> Vec<&'static str> {
    let texts = catalogue::of(lang).iter().flat_map(catalogue::Catalogue::codes);
    let mut codes: Vec<&'static str> = texts.collect();
    codes.sort_unstable();
    codes
}

fn bundle(lang: Lang) -> &'static Bundle {
    match lang {
        Lang::Zh => &BUNDLES.zh,
        Lang::En => &BUNDLES.en,
    }
}

fn text_or_number(value: &str) -> FluentValue<'_> {
    // Fluent keeps numbers as f64, exact up to 15 digits. A document number such as 007 is a
    // text: its zeros are part of it.
    const EXACT_DIGITS: usize = 15;
    let digits = value.strip_prefix('-').unwrap_or(value);
    let plain = (1..=EXACT_DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (value == "0" || !digits.starts_with('0'));
    match value.parse::<i64>() {
        Ok(number) if plain => FluentValue::from(number),
        Ok(_) | Err(_) => FluentValue::from(value),
    }
}

fn unknown(code: &str, args: &Args<'_>) -> String {
    let facts = args.iter().flat_map(|(name, value)| [" ", *name, "=", value.as_str()]);
    ["⟦", code, "⟧"].into_iter().chain(facts).collect()
}

#[cfg(test)]
mod tests;
