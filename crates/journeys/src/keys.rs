//! The keys of a keyboard, as the browser names them.

use crate::Outcome;
use serde_json::{Value, json};

/// Keys with a name: key, code, number on Windows, and the text it types.
const NAMED: &[(&str, &str, u32, &str)] = &[
    ("Enter", "Enter", 13, "\r"),
    ("Tab", "Tab", 9, ""),
    ("Escape", "Escape", 27, ""),
    ("Space", "Space", 32, " "),
    ("Backspace", "Backspace", 8, ""),
    ("Delete", "Delete", 46, ""),
    ("Home", "Home", 36, ""),
    ("End", "End", 35, ""),
    ("PageUp", "PageUp", 33, ""),
    ("PageDown", "PageDown", 34, ""),
    ("ArrowLeft", "ArrowLeft", 37, ""),
    ("ArrowUp", "ArrowUp", 38, ""),
    ("ArrowRight", "ArrowRight", 39, ""),
    ("ArrowDown", "ArrowDown", 40, ""),
    ("F1", "F1", 112, ""),
    ("F2", "F2", 113, ""),
];

/// Keys that type a sign: the sign, the code, the number on Windows.
const SIGNS: &[(char, &str, u32)] = &[
    ('/', "Slash", 191),
    ('?', "Slash", 191),
    ('.', "Period", 190),
    (',', "Comma", 188),
    ('-', "Minus", 189),
    ('=', "Equal", 187),
];

/// What is held down while the key is struck, with the protocol's bit.
const HELD: &[(&str, u32)] = &[("Alt", 1), ("Control", 2), ("Meta", 4), ("Shift", 8)];
const SHIFT: u32 = 8;

/// The two events of `key`, such as `j`, `?`, `Enter`, `Shift+Tab` or `Control+k`.
///
/// # Errors
/// A sentence when there is no such key.
pub(crate) fn strokes(key: &str) -> Outcome<[Value; 2]> {
    let unknown = || format!("no key is called {key:?}");
    let mut parts: Vec<&str> = key.split('+').collect();
    let last = parts.pop().unwrap_or_default();
    let mut held = 0;
    for part in parts {
        held |= HELD.iter().find(|(name, _)| *name == part).ok_or_else(unknown)?.1;
    }
    let named = NAMED.iter().find(|(name, ..)| *name == last);
    let (name, code, number, text) = match (named, single(last)) {
        (Some((_, code, number, text)), _) => {
            let name = if last == "Space" { " " } else { last };
            (name, (*code).to_owned(), *number, (*text).to_owned())
        }
        (None, Some(sign)) => {
            let (code, number) = place(sign).ok_or_else(unknown)?;
            if sign.is_ascii_uppercase() || sign == '?' {
                held |= SHIFT;
            }
            (last, code, number, last.to_owned())
        }
        (None, None) => return Err(unknown()),
    };
    // A key that is struck with Control is a command and types nothing.
    let text = if held & !SHIFT == 0 { text } else { String::new() };
    let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
    let stroke = |kind: &str, text: &str| {
        let mut event = json!({"type": kind, "key": name, "code": code, "modifiers": held,
            "windowsVirtualKeyCode": number});
        if !text.is_empty() {
            event["text"] = text.into();
        }
        event
    };
    Ok([stroke(kind, &text), stroke("keyUp", "")])
}

fn single(text: &str) -> Option<char> {
    let mut all = text.chars();
    all.next().filter(|_| all.next().is_none())
}

/// The code of the key that types this sign on a US keyboard, and its number on Windows.
fn place(sign: char) -> Option<(String, u32)> {
    let upper = sign.to_ascii_uppercase();
    match sign {
        'a'..='z' | 'A'..='Z' => Some((format!("Key{upper}"), upper.into())),
        '0'..='9' => Some((format!("Digit{sign}"), sign.into())),
        _ => {
            let known = SIGNS.iter().find(|(known, ..)| *known == sign);
            known.map(|(_, code, number)| ((*code).to_owned(), *number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn down(key: &str) -> (String, String, u64, String) {
        let event = &strokes(key).unwrap()[0];
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        (text("key"), text("code"), event["modifiers"].as_u64().unwrap(), text("text"))
    }

    #[test]
    fn keys_have_the_codes_of_a_keyboard() {
        let key =
            |a: &str, b: &str, held, c: &str| (a.to_owned(), b.to_owned(), held, c.to_owned());
        assert_eq!(down("j"), key("j", "KeyJ", 0, "j"));
        assert_eq!(down("J"), key("J", "KeyJ", 8, "J"));
        assert_eq!(down("?"), key("?", "Slash", 8, "?"));
        assert_eq!(down("Space"), key(" ", "Space", 0, " "));
        assert_eq!(down("Shift+Tab"), key("Tab", "Tab", 8, ""));
        assert_eq!(down("Control+k"), key("k", "KeyK", 2, ""));
    }

    #[test]
    fn a_key_that_does_not_exist_is_refused() {
        for key in ["", "jj", "Ctrl+k", "闭", "Control+"] {
            assert!(strokes(key).is_err(), "{key}");
        }
    }
}
