//! One sample line of every kind of event ever written: all of them can be read, and are written
//! again the same. A variant is never changed, only added; then its line is added here.

use rules::record::{Event, Stream};
use std::collections::BTreeSet;

const SAMPLES: &str = include_str!("../samples/events.jsonl");

/// Where the variants are written down; a variant without a sample fails the test.
const SOURCES: [(&str, &str); 7] = [
    ("office", include_str!("../../src/posts/mod.rs")),
    ("basis", include_str!("../../src/basis.rs")),
    ("campaign", include_str!("../../src/campaign/mod.rs")),
    ("matter", include_str!("../../src/matter/event.rs")),
    ("slip", include_str!("../../src/slip/mod.rs")),
    ("feedback", include_str!("../../src/feedback.rs")),
    ("erasure", include_str!("../../src/erasure.rs")),
];

/// The tags of `pub enum Event` in a source text: its variants in snake case.
fn tags(source: &str) -> BTreeSet<String> {
    let (_, body) = source.split_once("pub enum Event {").expect("an enum of events");
    let (body, _) = body.split_once("\n}").expect("its end");
    let variants = body.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.split([' ', '{', '(', ',']).next()?;
        name.starts_with(|first: char| first.is_ascii_uppercase()).then_some(name)
    });
    variants
        .map(|name| {
            let mut tag = String::new();
            for letter in name.chars() {
                if letter.is_ascii_uppercase() && !tag.is_empty() {
                    tag.push('_');
                }
                tag.push(letter.to_ascii_lowercase());
            }
            tag
        })
        .collect()
}

fn samples() -> impl Iterator<Item = (Stream, serde_json::Value)> {
    SAMPLES.lines().map(|line| {
        let (stream, leaf) = line.split_once('\t').expect("stream, tab, event");
        let stream = Stream::parse(stream).unwrap_or_else(|| panic!("no stream {stream}"));
        (stream, serde_json::from_str(leaf).unwrap_or_else(|fault| panic!("{fault}: {leaf}")))
    })
}

#[test]
fn every_event_ever_written_is_read_and_written_the_same() {
    for (stream, leaf) in samples() {
        let event = Event::read(stream, &leaf).unwrap_or_else(|fault| panic!("{fault}: {leaf}"));
        let again = serde_json::to_value(&event).expect("an event");
        assert_eq!(again, leaf, "{stream}");
    }
}

#[test]
fn every_variant_has_a_sample() {
    for (machine, source) in SOURCES {
        let is_of_machine = |stream: &Stream| {
            stream.to_string().split('/').next().is_some_and(|kind| kind == machine)
        };
        let sampled: BTreeSet<String> = samples()
            .filter(|(stream, _)| is_of_machine(stream))
            .map(|(_, leaf)| leaf["type"].as_str().expect("a tag").to_owned())
            .collect();
        assert_eq!(sampled, tags(source), "{machine}");
    }
    let matter: BTreeSet<String> =
        rules::matter::Event::TAGS.iter().map(|tag| (*tag).to_owned()).collect();
    assert_eq!(matter, tags(SOURCES[3].1), "the list of tags");
}

/// Names that belong to the leaf itself.
const HEADER: [&str; 11] =
    ["_sd", "basis", "by", "cmd", "log_time", "n", "prev", "seq", "stream", "t", "v"];

/// No event uses a name of the leaf's header, and the header is passed over when one is read.
#[test]
fn an_event_and_the_header_share_no_name() {
    for (stream, mut leaf) in samples() {
        let event = Event::read(stream, &leaf).expect("an event");
        for name in HEADER {
            assert!(leaf.get(name).is_none(), "{name} in {leaf}");
            leaf[name] = serde_json::json!({ "of": "the header" });
        }
        assert_eq!(Event::read(stream, &leaf).expect("an event"), event);
    }
}
