//! Rule: a file is at most 500 lines long, a function at most 70.

use super::{Finding, Tree};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (file, rust) in tree.rust() {
        let lines = file.text.lines().count();
        if lines > FILE_LINES_MAX {
            found.push(file.finding(lines, format!("file of {lines} lines, at most 500 fit")));
        }
        for (name, first, last) in functions(&rust.code) {
            let length = last - first + 1;
            if length > FUNCTION_LINES_MAX && !is_excused(&file.text, first) {
                let what = format!("function {name} has {length} lines, at most 70 fit");
                found.push(file.finding(first, what));
            }
        }
    }
    found
}

/// Every function with a body: name, first line, last line. `code` has no comments or literals.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let starts_a_word = !code[..at].ends_with(|one: char| one.is_alphanumeric() || one == '_');
        let name: String =
            code[at + 3..].chars().take_while(|one| one.is_alphanumeric() || *one == '_').collect();
        if !starts_a_word || name.is_empty() {
            continue;
        }
        if let Some(length) = body_end(&code[at..]) {
            let first = 1 + code[..at].matches('\n').count();
            let last = first + code[at..at + length].matches('\n').count();
            found.push((name, first, last));
        }
    }
    found
}

/// Where the body of the function that `code` begins with ends; none when it has no body.
fn body_end(code: &str) -> Option<usize> {
    let mut round = 0_i32;
    let mut curly = 0_i32;
    for (at, one) in code.char_indices() {
        match one {
            '(' | '[' => round += 1,
            ')' | ']' => round -= 1,
            ';' if round == 0 && curly == 0 => return None,
            '{' => curly += 1,
            '}' => {
                curly -= 1;
                if curly <= 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// A function that says why it is long (`#[expect(clippy::too_many_lines, reason = ..)]`, which
/// the compiler takes back once it is not long) is a list, and a list is read line by line.
fn is_excused(text: &str, first: usize) -> bool {
    let above = text.lines().take(first).collect::<Vec<_>>();
    above.iter().rev().take(6).any(|line| line.contains("expect(clippy::too_many_lines"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(body: usize) -> String {
        format!(
            "trait T {{\n    fn g(&self, a: [u8; 4]);\n}}\nfn long() {{\n{}}}\n",
            "    f();\n".repeat(body)
        )
    }

    #[test]
    fn a_long_function_that_says_why_is_excused() {
        let text = format!(
            "#[expect(clippy::too_many_lines, reason = \"a list\")]\nfn long() {{\n{}}}\n",
            "    f();\n".repeat(90)
        );
        assert!(check(&Tree::of(&[("crates/a/src/lib.rs", &text)])).is_empty());
    }

    #[test]
    fn a_long_function_is_found_where_it_begins() {
        let found = check(&Tree::of(&[("crates/a/src/lib.rs", &function(69))]));
        assert_eq!(
            found[0].to_string(),
            "crates/a/src/lib.rs:4: function long has 71 lines, at most 70 fit"
        );
        assert!(check(&Tree::of(&[("crates/a/src/lib.rs", &function(68))])).is_empty());
    }

    #[test]
    fn a_long_file_is_found() {
        let lines = |n| "// x\n".repeat(n);
        assert_eq!(check(&Tree::of(&[("xtask/src/a.rs", &lines(501))])).len(), 1);
        assert!(check(&Tree::of(&[("xtask/src/a.rs", &lines(500))])).is_empty());
    }

    #[test]
    fn bodies_are_measured_to_their_own_end() {
        let code = "fn a() {\n  if x { y }\n}\npub fn b(f: fn (u8)) -> u8 { 1 }\nfn c();\n";
        assert_eq!(functions(code), [("a".to_owned(), 1, 3), ("b".to_owned(), 4, 4)]);
    }
}
