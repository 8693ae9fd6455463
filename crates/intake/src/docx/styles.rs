//! Which paragraph styles carry a number: `styles.xml`.

use crate::document::NotADocument;
use crate::xml::{Space, Token, Xml};
use std::collections::HashMap;

/// `w:numPr`: which numbering, at which level. Either half may be missing and come from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumPr {
    pub(super) num: Option<i64>,
    pub(super) level: Option<usize>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    numbered: NumPr,
}

/// The styles of a document that matter for numbering.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of a paragraph that names none.
    default_paragraph: Option<String>,
}

/// Longest chain of `basedOn` that we follow. Word's own dialog stops at eleven.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// The numbering of a style, as far as it or its ancestors say.
    pub(super) fn numbered(&self, style: Option<&str>) -> NumPr {
        let mut found = NumPr::default();
        let mut next = style.or(self.default_paragraph.as_deref());
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            found.level = found.level.or(style.numbered.level);
            if style.numbered.num.is_some() {
                found.num = style.numbered.num;
                return found;
            }
            next = style.based_on.as_deref();
        }
        found
    }

    /// The style itself and its ancestors, nearest first.
    pub(super) fn chain<'a>(&'a self, style: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let first = style.or(self.default_paragraph.as_deref());
        std::iter::successors(first, |id| self.by_id.get(*id)?.based_on.as_deref())
            .take(LONGEST_CHAIN)
    }
}

pub(super) fn read(xml: &mut Xml<'_>) -> Result<Styles, NotADocument> {
    let mut styles = Styles::default();
    let mut path: Vec<String> = Vec::new();
    let mut current: Option<(String, Style)> = None;
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(open) => {
                let name = if open.space == Space::Word { open.name() } else { "" };
                let parent = path.last().map_or("", String::as_str);
                match (parent, name, &mut current) {
                    ("styles", "style", current) => {
                        let id = open.attr("styleId").unwrap_or_default();
                        let is_paragraph = open.attr("type").as_deref() == Some("paragraph");
                        let is_default =
                            matches!(open.attr("default").as_deref(), Some("1" | "true" | "on"));
                        if is_paragraph && is_default {
                            styles.default_paragraph = Some(id.clone());
                        }
                        *current = Some((id, Style::default()));
                    }
                    ("style", "basedOn", Some((_, style))) => style.based_on = open.attr("val"),
                    ("numPr", "numId", Some((_, style))) if in_style(&path) => {
                        style.numbered.num = open.number();
                    }
                    ("numPr", "ilvl", Some((_, style))) if in_style(&path) => {
                        style.numbered.level = open.number().and_then(|n| usize::try_from(n).ok());
                    }
                    _ => {}
                }
                path.push(name.to_owned());
            }
            Token::Close => {
                if path.pop().as_deref() == Some("style")
                    && let Some((id, style)) = current.take()
                {
                    styles.by_id.insert(id, style);
                }
            }
            Token::Text(_) | Token::Nothing => {}
        }
    }
    Ok(styles)
}

/// A style's own numbering, not that of a table condition or of a former state (`pPrChange`).
fn in_style(path: &[String]) -> bool {
    let mut up = path.iter().rev().map(String::as_str);
    up.next() == Some("numPr") && up.next() == Some("pPr") && up.next() == Some("style")
}
