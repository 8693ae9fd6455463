//! JSON written in the one way of RFC 8785, narrowed to what a leaf may hold.
//!
//! Two programs that agree on the values agree on the bytes, and so on the hash. A leaf holds no
//! floats, no nulls and no integer of 2^53 or more, so that a JavaScript reader sees what we see.

use serde_json::{Number, Value};

/// Deeper nesting than this is refused; no event of ours needs more than a handful.
const DEPTH_MAX: usize = 32;
/// The first integer that a double no longer holds for certain.
const INTEGER_END: u64 = 1 << 53;

/// Why a value cannot stand in a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadValue {
    Float,
    IntegerTooLarge,
    NullInArray,
    TooDeep,
}

impl BadValue {
    /// The name of the reason, for messages.
    pub(crate) fn code(self) -> &'static str {
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

/// The value of a member.
pub(crate) enum Part<'a> {
    Value(&'a Value),
    Text(String),
    Number(u64),
    /// In RFC 8785 form already.
    Written(Vec<u8>),
}

/// `members` as an object in RFC 8785 form, whatever order they are in. Of two with one name the
/// caller must not know.
pub(crate) fn canonical_members(members: Vec<(&str, Part<'_>)>) -> Result<Vec<u8>, BadValue> {
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
        Value::Number(number) => write_number(number, out)?,
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
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.as_str(), Part::Value(value)));
            write_object(members.collect(), out, depth)?;
        }
    }
    Ok(())
}

fn write_object(
    mut members: Vec<(&str, Part<'_>)>,
    out: &mut Vec<u8>,
    depth: usize,
) -> Result<(), BadValue> {
    members.retain(|(_, part)| !matches!(part, Part::Value(Value::Null)));
    // RFC 8785 3.2.3 sorts by UTF-16 code units; for ASCII names that is the order of the bytes.
    if members.iter().all(|(name, _)| name.is_ascii()) {
        members.sort_unstable_by_key(|member| member.0);
    } else {
        members.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    }
    out.push(b'{');
    for (place, (name, part)) in members.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_string(name, out);
        out.push(b':');
        match part {
            Part::Value(value) => write_value(value, out, depth + 1)?,
            Part::Text(text) => write_string(&text, out),
            Part::Number(number) => write_integer(false, number, out)?,
            Part::Written(json) => out.extend_from_slice(&json),
        }
    }
    out.push(b'}');
    Ok(())
}

fn write_number(number: &Number, out: &mut Vec<u8>) -> Result<(), BadValue> {
    match (number.as_u64(), number.as_i64()) {
        (Some(n), _) => write_integer(false, n, out),
        (None, Some(n)) => write_integer(true, n.unsigned_abs(), out),
        (None, None) => Err(BadValue::Float),
    }
}

fn write_integer(negative: bool, size: u64, out: &mut Vec<u8>) -> Result<(), BadValue> {
    if size >= INTEGER_END {
        return Err(BadValue::IntegerTooLarge);
    }
    if negative {
        out.push(b'-');
    }
    out.extend_from_slice(size.to_string().as_bytes());
    Ok(())
}

/// `text` as a JSON string in RFC 8785 form.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
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

/// Whether `json` is what [`canonical`] would write, found without building the value.
pub(crate) fn is_canonical(json: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(json) else { return false };
    let mut check = Check { text, at: 0 };
    check.value(0).is_some() && check.at == json.len()
}

/// Reads along the text; every step gives `None` where it is not canonical.
struct Check<'t> {
    text: &'t str,
    at: usize,
}

impl Check<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > DEPTH_MAX {
            return None;
        }
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            _ => self.integer(),
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        self.take(b'[')?;
        if self.take(b']').is_some() {
            return Some(());
        }
        loop {
            self.value(depth + 1)?;
            if self.take(b',').is_none() {
                return self.take(b']');
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<()> {
        self.take(b'{')?;
        if self.take(b'}').is_some() {
            return Some(());
        }
        let mut before: Option<(usize, usize)> = None;
        loop {
            let start = self.at;
            self.string()?;
            let name = (start, self.at);
            if before.is_some_and(|before| !self.in_order(before, name)) {
                return None;
            }
            before = Some(name);
            self.take(b':')?;
            self.value(depth + 1)?;
            if self.take(b',').is_none() {
                return self.take(b'}');
            }
        }
    }

    /// Whether one name, with its quotes, comes before another by UTF-16 units.
    fn in_order(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let (one, other) = (&self.text[one.0..one.1], &self.text[other.0..other.1]);
        let plain = |name: &str| name.is_ascii() && !name.contains('\\');
        if plain(one) && plain(other) {
            return one[..one.len() - 1] < other[..other.len() - 1];
        }
        let read = |name| serde_json::from_str::<String>(name).unwrap_or_default();
        read(one).encode_utf16().lt(read(other).encode_utf16())
    }

    fn string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'"' => return self.take(b'"'),
                b'\\' => self.escape()?,
                0x00..=0x1F => return None,
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.take(b'\\')?;
        match self.peek()? {
            b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            _ => {
                let rest = self.text.get(self.at..self.at + 5)?.strip_prefix("u00")?;
                let code = u8::from_str_radix(rest, 16).ok().filter(|code| *code < 0x20)?;
                let short = matches!(code, 0x08 | 0x09 | 0x0A | 0x0C | 0x0D);
                (!short && *rest == format!("{code:02x}")).then_some(())?;
                self.at += 5;
            }
        }
        Some(())
    }

    fn integer(&mut self) -> Option<()> {
        let negative = self.take(b'-').is_some();
        let digits = self.text.as_bytes()[self.at..].iter().take_while(|b| b.is_ascii_digit());
        let end = self.at + digits.count();
        let digits = &self.text[self.at..end];
        self.at = end;
        let value: u64 = digits.parse().ok()?;
        let shortest = !(digits.starts_with('0') && (digits.len() > 1 || negative));
        (shortest && value < INTEGER_END).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

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

    /// The slow way to ask the same.
    fn written_again(json: &[u8]) -> bool {
        let value = serde_json::from_slice::<Value>(json).ok();
        value.and_then(|value| canonical(&value).ok()).is_some_and(|again| again == json)
    }

    #[test]
    fn the_quick_check_knows_odd_cases() {
        for json in [
            "0",
            "-0",
            "-1",
            "01",
            "1.0",
            "1e3",
            "9007199254740991",
            "9007199254740992",
            "null",
            "true",
            "truer",
            " 1",
            "1 ",
            "",
            "[",
            "[]",
            "[1,]",
            "[1 ]",
            "{}",
            r#"{"a":null}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"ab":2}"#,
            r#"{"ab":1,"a":2}"#,
            r#""\u000f""#,
            r#""\u000F""#,
            r#""\u0009""#,
            r#""\/""#,
            r#""\u0041""#,
            r#""\n""#,
            "{\"\u{fb33}\":1,\"\u{1f600}\":2}",
            "{\"\u{1f600}\":1,\"\u{fb33}\":2}",
            "\"\u{7f}\"",
            "\"a\nb\"",
            r#"{"a\nb":1,"a\tb":2}"#,
            r#"{"a\tb":1,"a\nb":2}"#,
        ] {
            assert_eq!(is_canonical(json.as_bytes()), written_again(json.as_bytes()), "{json}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_check_agrees_with_writing_again(
            place in 0_usize..120,
            byte in prop::sample::select(&br#"{}[]":,\u0a19-. entfls"#[..]),
            insert: bool,
        ) {
            let mut json = canonical(&json!({
                "a": [1, -20, true, {"b\n": "x\u{f}\"\\", "c": []}], "ab": false, "z": {"k": "窗口"},
            })).unwrap();
            prop_assert!(is_canonical(&json));
            let place = place % json.len();
            if insert { json.insert(place, byte) } else { json[place] = byte }
            prop_assert_eq!(is_canonical(&json), written_again(&json));
        }
    }
}
