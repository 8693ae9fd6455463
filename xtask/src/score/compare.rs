//! Comparing what was read with what a person annotated.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Found rightly, found wrongly, missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) right: u32,
    pub(super) wrong: u32,
    pub(super) missed: u32,
}

impl Count {
    fn of<T: Ord>(gold: &BTreeSet<T>, read: &BTreeSet<T>) -> Count {
        Count {
            right: size(gold.intersection(read)),
            wrong: size(read.difference(gold)),
            missed: size(gold.difference(read)),
        }
    }

    pub(super) fn add(&mut self, other: Count) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    /// How many the annotation has.
    pub(super) fn expected(self) -> u32 {
        self.right + self.missed
    }

    /// The harmonic mean of precision and recall; 1 when there was nothing to find.
    pub(super) fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 { 1.0 } else { 2.0 * f64::from(self.right) / f64::from(all) }
    }
}

fn size<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

pub(super) struct Item {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    kind: String,
    fields: BTreeSet<(String, String)>,
}

impl Item {
    fn of(value: &Value) -> Item {
        Item {
            start: number(&value["start"]),
            end: number(&value["end"]),
            text: value["text"].as_str().unwrap_or_default().to_owned(),
            kind: value["type"].as_str().unwrap_or_default().to_owned(),
            fields: fields(&value["fields"]),
        }
    }

    fn length(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Characters in both and characters in either.
    fn overlap(&self, other: &Item) -> (usize, usize) {
        let both = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        (both, self.length() + other.length() - both)
    }
}

/// One decomposition of a plan, cut to what is annotated.
pub(super) struct Reading {
    scope: Option<(usize, usize)>,
    /// Start, level and how the node is called in a message.
    nodes: Vec<(usize, u64, String)>,
    pub(super) items: Vec<Item>,
}

impl Reading {
    pub(super) fn of(value: &Value) -> Reading {
        let list = |name: &str| value[name].as_array().map_or(&[][..], Vec::as_slice);
        let node = |node: &Value| {
            let called = format!("{}{}", word(&node["marker"]), word(&node["heading"]));
            (number(&node["start"]), node["level"].as_u64().unwrap_or(0), called)
        };
        let scope = list("scope");
        Reading {
            scope: (scope.len() == 2).then(|| (number(&scope[0]), number(&scope[1]))),
            nodes: list("nodes").iter().map(node).collect(),
            items: list("items").iter().map(Item::of).collect(),
        }
    }
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Every (field, value); what was written in the text beside a normalised value is left out.
fn fields(value: &Value) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Object(parts) => {
                let kept = parts.iter().filter(|(part, value)| *part != "raw" && !value.is_null());
                all.extend(kept.map(|(part, value)| (part.clone(), word(value))));
            }
            Value::Array(values) => {
                let kept = values.iter().filter(|value| !value.is_null());
                all.extend(kept.map(|value| (name.clone(), word(value))));
            }
            Value::Null => {}
            one @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                all.insert((name.clone(), word(one)));
            }
        }
    }
    all
}

pub(super) struct Comparison {
    /// Nodes, items, fields.
    pub(super) counts: [Count; 3],
    /// One line for each thing that was missed, misread or read too much.
    pub(super) differences: Vec<String>,
}

/// Compares a reading with the annotation; what lies outside the annotated part is left out.
pub(super) fn compare(gold: &Reading, read: &Reading) -> Comparison {
    let inside = |start: usize| gold.scope.is_none_or(|(from, to)| (from..to).contains(&start));
    let mut differences = Vec::new();
    let places = |reading: &Reading| -> BTreeSet<(usize, u64)> {
        let kept = reading.nodes.iter().filter(|(start, ..)| inside(*start));
        kept.map(|(start, level, _)| (*start, *level)).collect()
    };
    let (gold_nodes, read_nodes) = (places(gold), places(read));
    let missed =
        gold.nodes.iter().filter(|(start, level, _)| !read_nodes.contains(&(*start, *level)));
    differences
        .extend(missed.map(|(_, level, called)| format!("node missed, level {level}: {called}")));
    let items: Vec<&Item> = read.items.iter().filter(|item| inside(item.start)).collect();
    let matched = matches(&gold.items, &items);
    let mut field = Count::default();
    for (at, item) in gold.items.iter().enumerate() {
        let other = matched.get(&at).map(|found| items[*found]);
        let values = other.map_or_else(BTreeSet::new, |other| aligned(&item.fields, &other.fields));
        field.add(Count::of(&item.fields, &values));
        if other.is_none() {
            differences.push(format!("item missed, {}: {}", item.kind, item.text));
        } else if values != item.fields {
            let (missed, wrong) =
                (item.fields.difference(&values), values.difference(&item.fields));
            let (missed, wrong): (Vec<_>, Vec<_>) = (missed.collect(), wrong.collect());
            differences
                .push(format!("fields of {}: missed {missed:?}, wrong {wrong:?}", item.text));
        }
    }
    for (at, item) in items.iter().enumerate() {
        if !matched.values().any(|found| *found == at) {
            differences.push(format!("item too many, {}: {}", item.kind, item.text));
        }
    }
    let right = size(matched.iter());
    let item =
        Count { right, wrong: size(items.iter()) - right, missed: size(gold.items.iter()) - right };
    Comparison { counts: [Count::of(&gold_nodes, &read_nodes), item, field], differences }
}

/// Which gold item goes with which read item: the closest pairs first, each item once.
fn matches(gold: &[Item], read: &[&Item]) -> BTreeMap<usize, usize> {
    let mut pairs = Vec::new();
    for (g, expected) in gold.iter().enumerate() {
        for (r, found) in read.iter().enumerate().filter(|(_, found)| found.kind == expected.kind) {
            let (both, either) = expected.overlap(found);
            if both > 0 && 2 * both >= either {
                pairs.push((both, either, g, r));
            }
        }
    }
    // a/b > c/d without fractions: a*d > c*b.
    pairs.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)).then((b.2, b.3).cmp(&(a.2, a.3))));
    let mut matched = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (_, _, g, r) in pairs {
        if !matched.contains_key(&g) && used.insert(r) {
            matched.insert(g, r);
        }
    }
    matched
}

/// The read values, with a deliverable that contains or is contained in a gold one put as that one.
fn aligned(
    gold: &BTreeSet<(String, String)>,
    read: &BTreeSet<(String, String)>,
) -> BTreeSet<(String, String)> {
    let alike = |a: &(String, String), b: &(String, String)| {
        a.0 == "deliverable" && b.0 == a.0 && (a.1.contains(&b.1) || b.1.contains(&a.1))
    };
    read.iter()
        .map(|one| gold.iter().find(|other| alike(other, one)).unwrap_or(one).clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn item(kind: &str, start: usize, end: usize, fields: &Value) -> Value {
        json!({"type": kind, "start": start, "end": end, "text": format!("{start}"), "fields": fields})
    }

    fn scores(gold: &Value, read: &Value) -> [(u32, u32, u32); 3] {
        let found = compare(&Reading::of(gold), &Reading::of(read));
        found.counts.map(|count| (count.right, count.wrong, count.missed))
    }

    #[test]
    fn nodes_match_by_start_and_level() {
        let gold =
            json!({"nodes": [{"start": 0, "level": 1}, {"start": 5, "level": 2}], "items": []});
        let read =
            json!({"nodes": [{"start": 0, "level": 1}, {"start": 5, "level": 1}], "items": []});
        assert_eq!(scores(&gold, &read)[0], (1, 1, 1));
    }

    #[test]
    fn items_match_once_by_type_and_half_of_their_span() {
        let none = json!({});
        let gold = json!({"items": [item("task", 0, 10, &none), item("rule", 20, 30, &none)]});
        let read = json!({"items": [
            item("task", 0, 5, &none), item("task", 0, 9, &none), item("task", 20, 30, &none)]});
        assert_eq!(scores(&gold, &read)[1], (1, 2, 1));
    }

    #[test]
    fn less_than_half_is_no_match() {
        let none = json!({});
        let gold = json!({"items": [item("task", 0, 10, &none), item("task", 10, 20, &none)]});
        let read = json!({"items": [item("task", 0, 4, &none), item("task", 4, 16, &none)]});
        assert_eq!(scores(&gold, &read)[1], (0, 2, 2));
    }

    #[test]
    fn one_read_item_answers_for_one_gold_item() {
        let none = json!({});
        let gold = json!({"items": [item("task", 0, 10, &none), item("task", 10, 20, &none)]});
        let read = json!({"items": [item("task", 0, 20, &none)]});
        assert_eq!(scores(&gold, &read)[1], (1, 0, 1));
    }

    #[test]
    fn fields_of_a_missed_item_are_missed() {
        let gold = json!({"items": [
            item("task", 0, 9, &json!({"resp": ["a", "b"], "deadline": {"by": "2026-10-01", "raw": "x"}})),
            item("task", 20, 30, &json!({"freq": ["weekly"]}))]});
        let read = json!({"items": [
            item("task", 0, 9, &json!({"resp": ["a"], "by": ["2026-10-01"], "mode": ["c"]}))]});
        assert_eq!(scores(&gold, &read)[2], (2, 1, 2));
    }

    #[test]
    fn a_deliverable_may_be_part_of_the_other() {
        let gold = json!({"items": [item("task", 0, 9, &json!({"deliverable": ["清单"]}))]});
        let read = json!({"items": [item("task", 0, 9, &json!({"deliverable": ["问题清单"]}))]});
        assert_eq!(scores(&gold, &read)[2], (1, 0, 0));
    }

    #[test]
    fn what_lies_outside_the_scope_is_left_out() {
        let none = json!({});
        let gold = json!({"scope": [0, 15], "nodes": [], "items": [item("task", 0, 10, &none)]});
        let read = json!({"nodes": [{"start": 15, "level": 1}],
            "items": [item("task", 0, 10, &none), item("task", 16, 20, &none)]});
        assert_eq!(scores(&gold, &read), [(0, 0, 0), (1, 0, 0), (0, 0, 0)]);
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        let count = Count { right: 3, wrong: 1, missed: 2 };
        assert!((count.f1() - 2.0 / 3.0).abs() < 1e-9);
        assert!((Count::default().f1() - 1.0).abs() < 1e-9);
    }
}
