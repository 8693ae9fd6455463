//! 词: every sentence a user reads, in Chinese and English.

/// The language a reader asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    Zh,
    En,
}

/// What fills a sentence: name and value. A name that begins with `@` gives a *code* whose own
/// words, in the same language, fill the variable: `("@stage", "stage-closed")` fills `{ $stage }`.
pub type Args<'a> = [(&'a str, String)];

/// The sentence called `code` in `lang`, filled with `args`.
pub fn say(_lang: Lang, code: &str, args: &Args<'_>) -> String {
    format!("{code} {args:?}")
}
