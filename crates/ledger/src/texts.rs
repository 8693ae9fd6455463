//! Free texts and personal values leave an event before it is hashed, and come back after.
//!
//! `rules` serialises them as `{"$words": ".."}` and `{"$personal": {"subject": .., "value": ..}}`.
//! A member that holds one is taken out whole; an array element leaves `{}` in its place, so that
//! its neighbours keep their pointers.

use serde_json::{Map, Value};

/// A text or personal value taken out of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// JSON pointer (RFC 6901) into the event.
    pub pointer: String,
    /// The marker object with its value; this is what is committed to.
    pub marker: Value,
}

/// The event uses a member name that begins with `$` for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BadMarker;

/// Takes every text out of `members`.
pub(crate) fn take(members: &mut Map<String, Value>) -> Result<Vec<Text>, BadMarker> {
    let mut texts = Vec::new();
    take_members(members, "", &mut texts)?;
    Ok(texts)
}

fn take_members(
    members: &mut Map<String, Value>,
    path: &str,
    texts: &mut Vec<Text>,
) -> Result<(), BadMarker> {
    let mut gone = Vec::new();
    for (name, value) in members.iter_mut() {
        if !matches!(value, Value::Object(_) | Value::Array(_)) {
            continue;
        }
        let pointer = format!("{path}/{}", escape(name));
        if is_marker(value)? {
            texts.push(Text { pointer, marker: value.take() });
            gone.push(name.clone());
        } else {
            take_inside(value, &pointer, texts)?;
        }
    }
    for name in gone {
        members.remove(&name);
    }
    Ok(())
}

fn take_inside(value: &mut Value, path: &str, texts: &mut Vec<Text>) -> Result<(), BadMarker> {
    match value {
        Value::Object(members) => take_members(members, path, texts),
        Value::Array(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                let pointer = format!("{path}/{place}");
                if is_marker(item)? {
                    let marker = std::mem::replace(item, Value::Object(Map::new()));
                    texts.push(Text { pointer, marker });
                } else {
                    take_inside(item, &pointer, texts)?;
                }
            }
            Ok(())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn is_marker(value: &Value) -> Result<bool, BadMarker> {
    let Value::Object(members) = value else { return Ok(false) };
    let marked = members.keys().any(|name| name.starts_with('$'));
    if !marked {
        return Ok(false);
    }
    let whole = members.len() == 1
        && (members.get("$words").is_some_and(Value::is_string)
            || personal_subject(value).is_some());
    if whole { Ok(true) } else { Err(BadMarker) }
}

/// Whose key a marker names itself: `Some` for a personal value, `None` for plain words.
pub(crate) fn personal_subject(marker: &Value) -> Option<&str> {
    let inner = marker.get("$personal")?;
    inner.get("value")?;
    inner.get("subject")?.as_str()
}

/// Puts a marker back where it was taken from. `false` when the pointer leads nowhere or the
/// place is taken: then the disclosure does not belong to this leaf.
#[must_use]
pub(crate) fn put_back(event: &mut Value, pointer: &str, marker: Value) -> bool {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return false };
    match event.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            let name = name.replace("~1", "/").replace("~0", "~");
            if members.contains_key(&name) {
                return false;
            }
            members.insert(name, marker);
            true
        }
        Some(Value::Array(items)) => {
            let place = name.parse::<usize>().ok().filter(|place| place.to_string() == name);
            let empty = |item: &&mut Value| item.as_object().is_some_and(Map::is_empty);
            let Some(item) = place.and_then(|place| items.get_mut(place)).filter(empty) else {
                return false;
            };
            *item = marker;
            true
        }
        _ => false,
    }
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_leave_and_come_back() {
        let event = json!({
            "type": "t", "reason": {"$words": "a"}, "a/b~c": {"$words": "odd name"},
            "who": {"$personal": {"subject": "person/7", "value": "z"}},
            "items": [{"note": {"$words": "b"}, "post": 3}, {"post": 4}],
            "list": [{"$words": "c"}, {"$words": "d"}],
        });
        let mut bare = event.clone();
        let texts = take(bare.as_object_mut().unwrap()).unwrap();
        let wanted = json!({"type": "t", "items": [{"post": 3}, {"post": 4}], "list": [{}, {}]});
        assert_eq!(bare, wanted);
        let pointers: Vec<&str> = texts.iter().map(|text| text.pointer.as_str()).collect();
        let all = ["/a~1b~0c", "/items/0/note", "/list/0", "/list/1", "/reason", "/who"];
        assert_eq!(pointers, all);
        for text in texts {
            assert!(put_back(&mut bare, &text.pointer, text.marker));
        }
        assert_eq!(bare, event);
    }

    #[test]
    fn a_marker_never_replaces_what_stands() {
        let mut event = json!({"reason": 1, "list": [1, {}]});
        for pointer in ["/reason", "/list/0", "/list/2", "/list/01", "/none/x", "", "x"] {
            assert!(!put_back(&mut event, pointer, json!({})), "{pointer}");
        }
        assert!(put_back(&mut event, "/list/1", json!({"$words": "x"})));
    }

    #[test]
    fn dollar_names_are_reserved() {
        for odd in [json!({"$wrods": "x"}), json!({"$words": "x", "more": 1}), json!({"$words": 1})]
        {
            let mut event = json!({ "text": odd });
            assert_eq!(take(event.as_object_mut().unwrap()), Err(BadMarker));
        }
    }
}
