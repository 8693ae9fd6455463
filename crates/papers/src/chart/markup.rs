use std::fmt::Display;

/// Elements that nest by construction and texts that are always escaped: well formed both as XML
/// and as HTML.
#[derive(Default)]
pub(super) struct Markup(String);

pub(super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

impl Markup {
    pub(super) fn finish(self) -> String {
        self.0
    }

    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Markup),
    ) {
        self.start(name, attributes);
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element of SVG with nothing inside; an element of HTML may not be written so.
    pub(super) fn shape(&mut self, name: &str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.0.push_str("/>");
    }

    /// An element with one text inside.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &dyn Display) {
        self.element(name, attributes, |inside| inside.text(text));
    }

    pub(super) fn text(&mut self, text: &dyn Display) {
        escape(&mut self.0, &text.to_string());
    }

    /// Markup that was made here before.
    pub(super) fn markup(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            escape(&mut self.0, &value.to_string());
            self.0.push('"');
        }
    }
}

/// What XML 1.0 cannot hold at all (<https://www.w3.org/TR/xml/#charsets>) becomes U+FFFD: a
/// report with one such sign in a label would otherwise not open.
fn escape(out: &mut String, text: &str) {
    for one in text.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Written out, or a parser would make blanks of them inside an attribute.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}
