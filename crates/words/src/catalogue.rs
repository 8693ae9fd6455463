//! The catalogues in the program and the bundles built from them, once.

use crate::Lang;
use fluent_bundle::FluentResource;
use std::sync::LazyLock;

pub(crate) type Bundle = fluent_bundle::concurrent::FluentBundle<FluentResource>;

/// One file of sentences.
pub(crate) struct Catalogue {
    #[cfg_attr(not(test), expect(dead_code, reason = "only a failing test names the file"))]
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

pub(crate) struct Bundles {
    pub(crate) zh: Bundle,
    pub(crate) en: Bundle,
}

pub(crate) static BUNDLES: LazyLock<Bundles> =
    LazyLock::new(|| Bundles { zh: built(Lang::Zh), en: built(Lang::En) });

pub(crate) fn of(lang: Lang) -> &'static [Catalogue] {
    match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
}

fn built(lang: Lang) -> Bundle {
    // Both tags parse; a test of plural forms would see it if one did not.
    let mut bundle = Bundle::new_concurrent(vec![lang.tag().parse().unwrap_or_default()]);
    // Isolating marks would stand invisibly in copied text, in spreadsheets and in tests.
    bundle.set_use_isolating(false);
    for catalogue in of(lang) {
        // A faulty entry is left out and the rest is kept; a test sees that there is none. The
        // same holds for a code that stands twice: the first one stays.
        let resource = match FluentResource::try_new(catalogue.text.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _ = bundle.add_resource(resource);
    }
    bundle
}

impl Catalogue {
    /// The codes in the order of the file. Only a message begins with a letter in the first
    /// column: comments begin with `#`, terms with `-`, and continued lines are indented.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.text
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once('=').map(|(code, _)| code.trim_end()))
    }
}
