//! The plan reader, by small plans of our own writing and by properties that hold for any text.

mod cases;
mod properties;
mod supervise;

use rules::plan::{Fields, Plan, read};
use std::fmt::Write;

/// The reading in few lines: the outline by markers, items by kind, words and fields.
fn sketch(plan: &Plan) -> String {
    let mut lines: Vec<(usize, usize, String)> = Vec::new();
    for node in &plan.nodes {
        let indent = "  ".repeat(node.level - 1);
        lines.push((node.start, 0, format!("{indent}# {} {}", node.marker, node.heading)));
    }
    for item in &plan.items {
        let kind = format!("{:?}", item.kind).to_lowercase();
        let words: String = item.text.replace(['\n', '\t'], "/").chars().take(12).collect();
        lines.push((item.start, 1, format!("{kind} {words}{}", fields(&item.fields))));
    }
    lines.sort();
    lines.into_iter().fold(String::new(), |text, (_, _, line)| text + &line + "\n")
}

fn fields(fields: &Fields) -> String {
    let mut out = String::new();
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            let _ = write!(out, " {key}={value}");
        }
    };
    let strings = |all: &[String]| all.join("|");
    let each = |all: Vec<String>| all.join("|");
    add("lead", strings(&fields.lead));
    add("coop", strings(&fields.coop));
    add("resp", strings(&fields.resp));
    add("leader", strings(&fields.leader));
    add("from", fields.from.map_or_else(String::new, |day| day.to_string()));
    add("by", each(fields.by.iter().map(ToString::to_string).collect()));
    add("freq", each(fields.freq.iter().map(ToString::to_string).collect()));
    add("mode", each(fields.mode.iter().map(|mode| mode.word().to_owned()).collect()));
    add("deliverable", strings(&fields.deliverable));
    add("standard", fields.standard.clone().unwrap_or_default());
    add("role", fields.role.clone().unwrap_or_default());
    add("who", fields.who.clone().unwrap_or_default());
    add("name", fields.name.clone().unwrap_or_default());
    out
}

/// Reads `text` and compares the sketch of it with `expected`, line by line.
#[track_caller]
fn check(text: &str, year: Option<i32>, expected: &str) {
    let found = sketch(&read(text, year));
    let expected: Vec<&str> = expected.lines().filter(|line| !line.trim().is_empty()).collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "\n{found}");
}
