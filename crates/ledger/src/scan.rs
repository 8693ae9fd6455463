//! Finds the members of a JSON object without making values of them.
//!
//! A leaf is read twice, once for its header and once for its event; the event's reader should
//! see its own fields and nothing of the header. Cutting them out costs a fraction of building a
//! tree of values. The text is only cut here; whoever reads the pieces checks them.

use std::ops::Range;

/// A member: where its name stands between the quotes, and where its value.
pub(crate) struct Member {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// Calls `each` with every member of the object `json`. `None` when it is not one object.
pub(crate) fn members(json: &[u8], mut each: impl FnMut(Member)) -> Option<()> {
    let mut at = expect(json, blank(json, 0), b'{')?;
    if json.get(blank(json, at)) == Some(&b'}') {
        return end(json, blank(json, at) + 1);
    }
    loop {
        at = blank(json, at);
        let name_end = string(json, at)?;
        let name = at + 1..name_end - 1;
        at = blank(json, expect(json, blank(json, name_end), b':')?);
        let value_end = value(json, at)?;
        each(Member { name, value: at..value_end });
        at = blank(json, value_end);
        match json.get(at)? {
            b',' => at += 1,
            b'}' => return end(json, at + 1),
            _ => return None,
        }
    }
}

/// Where the three elements of the array `json` stand. `None` when it is not one of three.
pub(crate) fn three(json: &[u8]) -> Option<[Range<usize>; 3]> {
    let mut at = expect(json, blank(json, 0), b'[')?;
    let mut elements = [0..0, 0..0, 0..0];
    for (place, element) in elements.iter_mut().enumerate() {
        at = blank(json, at);
        let value_end = value(json, at)?;
        *element = at..value_end;
        let after = if place == 2 { b']' } else { b',' };
        at = expect(json, blank(json, value_end), after)?;
    }
    end(json, at)?;
    Some(elements)
}

fn blank(json: &[u8], mut at: usize) -> usize {
    while matches!(json.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

fn end(json: &[u8], at: usize) -> Option<()> {
    (blank(json, at) == json.len()).then_some(())
}

fn expect(json: &[u8], at: usize, byte: u8) -> Option<usize> {
    (json.get(at) == Some(&byte)).then_some(at + 1)
}

/// The end of the string that begins at `at`.
fn string(json: &[u8], at: usize) -> Option<usize> {
    let mut at = expect(json, at, b'"')?;
    loop {
        match json.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The end of the value that begins at `at`. Brackets are counted, not matched: a reader of the
/// piece will find what is wrong inside it.
fn value(json: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_u32;
    loop {
        match json.get(at)? {
            b'"' => at = string(json, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' if depth == 0 => return None,
            _ if depth > 0 => at += 1,
            _ => {
                let scalar = json[at..].iter().position(|byte| b",]} \t\n\r:".contains(byte));
                at += scalar.filter(|length| *length > 0).unwrap_or(json.len() - at).max(1);
            }
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(json: &str) -> Option<Vec<(&str, &str)>> {
        let mut found = Vec::new();
        members(json.as_bytes(), |member| found.push((&json[member.name], &json[member.value])))?;
        Some(found)
    }

    #[test]
    fn members_are_cut_out_whole() {
        let json = r#"{"a":{"x":[1,"}\""]},"b" : "q\"," ,"c":-12, "d":[] }"#;
        let wanted =
            vec![("a", r#"{"x":[1,"}\""]}"#), ("b", r#""q\",""#), ("c", "-12"), ("d", "[]")];
        assert_eq!(cut(json), Some(wanted));
        assert_eq!(cut("{}"), Some(Vec::new()));
        for broken in ["", "[]", "{", r#"{"a"}"#, r#"{"a":}"#, r#"{"a":1"#, r#"{"a":1}x"#, "{,}"] {
            assert_eq!(cut(broken), None, "{broken}");
        }
    }

    #[test]
    fn three_elements_and_no_other_number() {
        let json = r#"["s", "n" , {"v":[1]}]"#;
        let found = three(json.as_bytes()).unwrap().map(|range| &json[range]);
        assert_eq!(found, [r#""s""#, r#""n""#, r#"{"v":[1]}"#]);
        for other in ["[1,2]", "[1,2,3,4]", "[]", "{}", "[1,2,3]]", "[1,2,]"] {
            assert!(three(other.as_bytes()).is_none(), "{other}");
        }
    }
}
