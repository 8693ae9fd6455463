//! JSON written in the one way of RFC 8785, narrowed to what a leaf may hold.
//!
//! Two programs that agree on the values agree on the bytes, and so on the hash. A leaf holds no
//! floats, no nulls and no integer of 2^53 or more, so that a JavaScript reader sees what we see.

use serde_json::{Map, Number, Value};

/// Deeper nesting than this is refused; no event of ours needs more than a handful.
const DEPTH_MAX: usize = 32;
/// The first integer that a double no longer holds for certain.
const INTEGER_END: u64 = 1 << 53;

/// Why a value cannot stand in a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadValue {
    Float,
    IntegerTooLarge,
    NullInArray,
    TooDeep,
}

impl BadValue {
    /// The name of the reason, for messages.
    pub fn code(self) -> &'static str {
        match self {
            BadValue::Float => "float",
            BadValue::IntegerTooLarge => "integer-too-large",
            BadValue::NullInArray => "null-in-array",
            BadValue::TooDeep => "too-deep",
        }
    }
}

/// `value` in RFC 8785 form. Members that are null are left out.
pub(crate) fn canonical(value: &Value) -> Result<Vec<u8>, BadValue> {
    let mut out = Vec::with_capacity(512);
    write_value(value, &mut out, 0)?;
    Ok(out)
}

/// `members` as an object in RFC 8785 form.
pub(crate) fn canonical_object(members: &Map<String, Value>) -> Result<Vec<u8>, BadValue> {
    let mut out = Vec::with_capacity(512);
    write_object(members, &mut out, 0)?;
    Ok(out)
}

fn write_value(value: &Value, out: &mut Vec<u8>, depth: usize) -> Result<(), BadValue> {
    if depth > DEPTH_MAX {
        return Err(BadValue::TooDeep);
    }
    match value {
        Value::Null => return Err(BadValue::NullInArray),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_integer(number, out)?,
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                write_value(item, out, depth + 1)?;
            }
            out.push(b']');
        }
        Value::Object(members) => write_object(members, out, depth)?,
    }
    Ok(())
}

fn write_object(
    members: &Map<String, Value>,
    out: &mut Vec<u8>,
    depth: usize,
) -> Result<(), BadValue> {
    let mut sorted: Vec<(&String, &Value)> =
        members.iter().filter(|(_, value)| !value.is_null()).collect();
    // RFC 8785 3.2.3 sorts by UTF-16 code units; for ASCII names that is the order they are in.
    if !sorted.is_sorted_by(|a, b| a.0.encode_utf16().lt(b.0.encode_utf16())) {
        sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    }
    out.push(b'{');
    for (place, (name, value)) in sorted.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_string(name, out);
        out.push(b':');
        write_value(value, out, depth + 1)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_integer(number: &Number, out: &mut Vec<u8>) -> Result<(), BadValue> {
    let size = match (number.as_u64(), number.as_i64()) {
        (Some(n), _) => n,
        (None, Some(n)) => n.unsigned_abs(),
        (None, None) => return Err(BadValue::Float),
    };
    if size >= INTEGER_END {
        return Err(BadValue::IntegerTooLarge);
    }
    out.extend_from_slice(number.to_string().as_bytes());
    Ok(())
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut plain_from = 0;
    let bytes = text.as_bytes();
    for (place, &byte) in bytes.iter().enumerate() {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            0x08 => b'b',
            0x09 => b't',
            0x0A => b'n',
            0x0C => b'f',
            0x0D => b'r',
            0x00..=0x1F => 0,
            _ => continue,
        };
        out.extend_from_slice(&bytes[plain_from..place]);
        if short == 0 {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(&[b'\\', short]);
        }
        plain_from = place + 1;
    }
    out.extend_from_slice(&bytes[plain_from..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &Value) -> String {
        String::from_utf8(canonical(value).unwrap()).unwrap()
    }

    #[test]
    fn names_sort_by_utf16_units() {
        // The example of RFC 8785 3.2.3: the emoji's surrogate D83D sorts before U+FB33.
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet",
            "1": "One", "\u{1f600}": "Emoji", "\u{80}": "Control", "\u{f6}": "O Diaeresis",
        });
        let order: Vec<String> =
            ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"]
                .map(|name| format!("\"{name}\":"))
                .to_vec();
        let written = text(&value);
        let places: Vec<usize> = order.iter().map(|name| written.find(name).unwrap()).collect();
        assert!(places.is_sorted(), "{written}");
    }

    #[test]
    fn escapes_are_those_of_rfc_8785() {
        let value = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/\u{8}\u{9}\u{c}\r\u{2028}\u{7f}");
        let wanted =
            "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u{2028}\u{7f}\"".to_owned();
        assert_eq!(text(&value), wanted);
    }

    #[test]
    fn nulls_go_and_floats_are_refused() {
        assert_eq!(text(&json!({"b": null, "a": [true, {"c": null}]})), r#"{"a":[true,{}]}"#);
        assert_eq!(canonical(&json!([null])), Err(BadValue::NullInArray));
        assert_eq!(canonical(&json!(1.0)), Err(BadValue::Float));
        assert_eq!(canonical(&json!(INTEGER_END)), Err(BadValue::IntegerTooLarge));
        assert_eq!(canonical(&json!(-9_007_199_254_740_992_i64)), Err(BadValue::IntegerTooLarge));
        assert_eq!(text(&json!([INTEGER_END - 1, -1, 0])), "[9007199254740991,-1,0]");
    }

    #[test]
    fn too_deep_is_refused_not_overflowed() {
        let mut value = json!(1);
        for _ in 0..40 {
            value = json!([value]);
        }
        assert_eq!(canonical(&value), Err(BadValue::TooDeep));
    }

    /// Reading relies on sorted maps nowhere, but speed does; a dependency that turns on
    /// `preserve_order` should not pass unseen.
    #[test]
    fn maps_of_serde_json_are_sorted() {
        let map: Map<String, Value> =
            [("b".to_owned(), json!(1)), ("a".to_owned(), json!(2))].into_iter().collect();
        assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "b"]);
    }
}
