use super::*;
use crate::catalogue::Catalogue;
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};

/// The variables of every message in a language, read from the text of the catalogues.
fn variables(lang: Lang) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut all = BTreeMap::new();
    for catalogue in catalogue::of(lang) {
        let mut current = None;
        for line in catalogue.text.lines() {
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                current = line.split_once('=').map(|(code, _)| code.trim_end());
            }
            let (Some(code), false) = (current, line.starts_with('#')) else { continue };
            let names = line.split('$').skip(1).map(|rest| {
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)));
                &rest[..end.unwrap_or(rest.len())]
            });
            all.entry(code).or_insert_with(BTreeSet::new).extend(names);
        }
    }
    all
}

#[test]
fn every_catalogue_parses() {
    for lang in Lang::ALL {
        for Catalogue { file, text } in catalogue::of(lang) {
            if let Err((_, errors)) = FluentResource::try_new((*text).to_owned()) {
                panic!("{}/{file}: {errors:?}", lang.tag());
            }
        }
    }
}

#[test]
fn no_code_stands_twice() {
    for lang in Lang::ALL {
        let codes = codes(lang);
        let twice: Vec<_> = codes.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{}: {twice:?}", lang.tag());
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let files = |lang| catalogue::of(lang).iter().map(|one| one.file).collect::<Vec<_>>();
    assert_eq!(files(Lang::Zh), files(Lang::En), "topics");
    let (zh, en) = (variables(Lang::Zh), variables(Lang::En));
    let only = |a: &BTreeMap<&'static str, _>, b: &BTreeMap<&'static str, _>| {
        a.keys().filter(|code| !b.contains_key(*code)).copied().collect::<Vec<_>>()
    };
    assert_eq!(only(&zh, &en), [""; 0], "only in zh-CN");
    assert_eq!(only(&en, &zh), [""; 0], "only in en");
    for (code, names) in &zh {
        assert_eq!(names, &en[code], "variables of {code} differ");
    }
}

/// Formats everything with every variable filled: a reference to a missing message or term, or an
/// unknown function, shows here and not before a reader.
#[test]
fn every_sentence_can_be_said() {
    for lang in Lang::ALL {
        for (code, names) in variables(lang) {
            assert!(knows(lang, code), "{} {code}", lang.tag());
            let mut args = FluentArgs::new();
            for name in names {
                args.set(name, 2);
            }
            let message = bundle(lang).get_message(code).expect("known");
            let mut errors = Vec::new();
            let pattern = message.value().expect("known");
            let text = bundle(lang).format_pattern(pattern, Some(&args), &mut errors);
            assert!(errors.is_empty(), "{} {code}: {errors:?}", lang.tag());
            assert!(!text.trim().is_empty(), "{} {code} is empty", lang.tag());
        }
    }
}

#[test]
fn an_unknown_code_keeps_the_facts() {
    let args = [("post", "3".to_owned()), ("@stage", "stage-x".to_owned())];
    assert_eq!(say(Lang::Zh, "no-such-code", &args), "⟦no-such-code⟧ post=3 @stage=stage-x");
}

#[test]
fn a_value_may_be_a_code() {
    let said = |lang| say(lang, "words-example", &[("@what", "role-handler".to_owned())]);
    assert_eq!(said(Lang::Zh), "承办人：{$count}项");
    let full = |lang, what: &str, count: &str| {
        say(lang, "words-example", &[("@what", what.to_owned()), ("count", count.to_owned())])
    };
    assert_eq!(full(Lang::Zh, "role-handler", "12345"), "承办人：12345项");
    assert_eq!(full(Lang::En, "role-handler", "1"), "handler: 1 item");
    assert_eq!(full(Lang::En, "role-handler", "12345"), "handler: 12345 items");
    assert_eq!(full(Lang::En, "not-there", "2"), "⟦not-there⟧: 2 items");
}

#[test]
fn a_number_keeps_its_writing() {
    let same = |value: &str| say(Lang::En, "words-value", &[("value", value.to_owned())]);
    let long = "123456789012345";
    for value in ["0", "-0", "-7", "007", "1.50", "+3", "", "-", long, "9007199254740993", "１"] {
        assert_eq!(same(value), value);
    }
    assert!(matches!(text_or_number(long), FluentValue::Number(_)));
    assert!(matches!(text_or_number("007"), FluentValue::String(_)));
    assert!(matches!(text_or_number("9007199254740993"), FluentValue::String(_)));
}

/// Fluent can wrap each value in direction marks, when a sentence has more than the value.
#[test]
fn no_invisible_marks() {
    let args = [("what", "事项".to_owned()), ("count", "2".to_owned())];
    assert_eq!(say(Lang::Zh, "words-example", &args), "事项：2项");
}

#[test]
fn short_names_of_problems_fit_a_menu() {
    let short = |code: &&str| code.starts_with("problem-p") && code.ends_with("-short");
    let names: Vec<_> = codes(Lang::Zh).into_iter().filter(short).collect();
    assert_eq!(names.len(), 16);
    for code in names {
        let name = say(Lang::Zh, code, &[]);
        assert!(name.chars().count() <= 8, "{code}: {name}");
    }
}

/// A page says some hundred sentences: at 5 µs each they take half a millisecond. The bound is
/// wide because other work may share the machine.
#[test]
fn saying_is_quick() {
    let args = [("@what", "role-handler".to_owned()), ("count", "3".to_owned())];
    let start = std::time::Instant::now();
    for _ in 0..2_000 {
        say(Lang::En, "words-example", &args);
    }
    let each = start.elapsed() / 2_000;
    assert!(each < std::time::Duration::from_micros(50), "{each:?} a sentence");
}
