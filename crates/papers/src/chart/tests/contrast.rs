//! What stands on a colour can be read: WCAG 2.2, 1.4.3 (<https://www.w3.org/TR/WCAG22/>).

use super::*;

#[test]
fn figures_on_heat_are_readable() {
    let css = standalone::resolved(CSS);
    for level in 0..=5 {
        let rule = rule(&css, &format!(".heat .h{level}{{"));
        let ratio = contrast(&value(rule, "background:"), &value(rule, "color:"));
        assert!(ratio >= 4.5, "h{level}: {ratio}");
    }
}

#[test]
fn labels_are_readable_on_the_card() {
    let css = standalone::resolved(CSS);
    for start in [".lc .t1,.fig .t1{", ".lc .t2,.fig .t2{", ".lc text{", ".fig .n{"] {
        let ratio = contrast("#fff", &value(rule(&css, start), "fill:"));
        assert!(ratio >= 4.5, "{start}: {ratio}");
    }
}

#[test]
fn every_class_has_its_rule_and_every_token_its_value() {
    for tone in [Tone::Red, Tone::Amber, Tone::Green, Tone::Wait, Tone::Done, Tone::Violet] {
        let swatch = legend(&[(tone, String::new())]);
        let root = Node::read(&swatch);
        let class = root.named("i")[0].attribute("class").expect("a class").to_owned();
        assert!(CSS.contains(&format!(".{class}{{")), "{class}");
        assert!(CSS.contains(&format!(".c-{}{{", &class[2..])), "{class}");
    }
    for token in CSS.split("var(").skip(1) {
        let property = token.split(')').next().unwrap_or("");
        assert!(property.contains(','), "no fallback: {property}");
    }
}

fn rule<'a>(css: &'a str, start: &str) -> &'a str {
    let (_, rest) = css.split_once(start).unwrap_or_else(|| panic!("no rule {start}"));
    rest.split('}').next().unwrap_or("")
}

fn value(rule: &str, property: &str) -> String {
    let mut found = rule.split(';').filter_map(|part| part.strip_prefix(property));
    found.next().unwrap_or_else(|| panic!("no {property} in {rule}")).to_owned()
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let digits = colour.trim_start_matches('#');
    let long = match digits.len() {
        3 => digits.chars().flat_map(|one| [one, one]).collect(),
        _ => digits.to_owned(),
    };
    let part = |at: usize| {
        let part = f64::from(u8::from_str_radix(&long[at..at + 2], 16).expect(colour)) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}
