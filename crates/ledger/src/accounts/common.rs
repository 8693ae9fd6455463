//! Whether a password is one that is tried first.

/// Words, keyboard rows and numbers of which the commonest passwords are made, and what one
/// thinks of first in this office. Chosen by hand after the published lists; small letters.
const WORDS: &str = include_str!("common.txt");
/// A password of fewer pieces than this is guessed, however long it is: `Password2026!` has three.
const PIECES: usize = 5;
/// `aaa`, `345`, `cba`: shorter ones are no pattern.
const RUN: usize = 3;

/// Whether few words, runs and years make up the whole of it (ASVS 5.0 V6.2.4 and V6.2.11).
/// This is no rule of composition: a long enough row of small letters passes.
pub(super) fn is_common(password: &str) -> bool {
    let small = password.to_lowercase();
    let spelled = small.replace('@', "a").replace('0', "o").replace('$', "s");
    [small, spelled].iter().any(|text| pieces(text) < PIECES)
}

/// The fewest pieces that make up `text`: a word, a run and a year are one piece, any other
/// character is one by itself.
fn pieces(text: &str) -> usize {
    let letters: Vec<char> = text.chars().collect();
    let mut fewest = vec![usize::MAX; letters.len() + 1];
    fewest[0] = 0;
    for at in 0..letters.len() {
        let rest = &letters[at..];
        let words = WORDS.lines().filter(|word| starts_with(rest, word)).map(str::len);
        let runs = RUN..=run(rest);
        let year = is_year(rest).then_some(4);
        let next = fewest[at].saturating_add(1);
        for length in words.chain(runs).chain(year).chain([1]) {
            fewest[at + length] = fewest[at + length].min(next);
        }
    }
    fewest[letters.len()]
}

/// Words are ASCII, so that their bytes are their characters.
fn starts_with(letters: &[char], word: &str) -> bool {
    word.len() <= letters.len() && word.chars().zip(letters).all(|(a, b)| a == *b)
}

/// How many characters at the start stay the same or go up or down by one.
fn run(letters: &[char]) -> usize {
    let step = |pair: &[char]| match (pair[0], pair[1]) {
        ('9', '0') => 1,
        ('0', '9') => -1,
        (a, b) => i64::from(u32::from(b)) - i64::from(u32::from(a)),
    };
    let Some(first) = letters.get(..2).map(step).filter(|step| step.abs() <= 1) else {
        return letters.len().min(1);
    };
    1 + letters.windows(2).take_while(|pair| step(pair) == first).count()
}

fn is_year(letters: &[char]) -> bool {
    let Some(four) = letters.get(..4) else { return false };
    matches!(four, ['1', '9', ..] | ['2', '0', ..]) && four.iter().all(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_common() {
        for password in [
            "password2026",
            "Password2026!",
            "P@ssw0rd1234",
            "aaaaaaaaaaaa",
            "123456789012",
            "098765432109",
            "111222333444",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "admin@123456",
            "woaini1314520",
            "renshe12333!!",
            "abcdefghijkl",
            "iloveyouiloveyou",
        ] {
            assert!(is_common(password), "{password} has {} pieces", pieces(password));
        }
    }

    #[test]
    fn length_alone_is_enough() {
        for password in
            ["kettle harbour violin", "zebraquietmugs", "桥头第三家的豆浆最好喝了", "830274619358"]
        {
            assert!(!is_common(password), "{password} has {} pieces", pieces(password));
        }
    }

    #[test]
    fn the_list_is_what_the_search_takes_it_for() {
        let good = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        assert_eq!(WORDS.lines().find(|word| !good(word)), None);
        assert_eq!(pieces(""), 0);
    }
}
