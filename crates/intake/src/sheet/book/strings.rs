//! Texts: the table of shared ones, and the escapes within any.

use crate::caps;
use crate::sheet::NotATable;
use crate::sheet::grid::{Grid, Span};
use crate::xml::{Token, Xml};

/// A text put together from runs. Readings of names (`rPh`) stand beside the text and are no part of
/// it.
#[derive(Default)]
pub(super) struct Runs {
    text: String,
    in_text: bool,
    /// Depth within a reading.
    reading: usize,
}

impl Runs {
    pub(super) fn open(&mut self, name: &str) {
        match name {
            _ if self.reading > 0 => self.reading += 1,
            "rPh" => self.reading = 1,
            "t" => self.in_text = true,
            _ => {}
        }
    }

    pub(super) fn close(&mut self) {
        self.reading = self.reading.saturating_sub(1);
        self.in_text = false;
    }

    /// Of a text past the cap enough is kept for the cell that shows it to be refused.
    pub(super) fn text(&mut self, text: &str) {
        if !self.in_text || self.reading > 0 {
            return;
        }
        let room = caps::CELL_CHARS * 8;
        if self.text.len() < room {
            self.text.extend(text.chars().take(caps::CELL_CHARS + 1));
        }
    }

    /// The text so far, which begins anew.
    pub(super) fn take(&mut self) -> String {
        *self = Runs { text: std::mem::take(&mut self.text), ..Runs::default() };
        let text = unescaped(&self.text);
        self.text.clear();
        text
    }
}

/// Reads the table of shared texts into the grid. How many it says it has is not believed.
pub(super) fn read(xml: &mut Xml<'_>, grid: &mut Grid) -> Result<Vec<Span>, NotATable> {
    let mut strings = Vec::new();
    let mut runs = Runs::default();
    let mut depth = 0_usize;
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(open) => {
                depth += 1;
                runs.open(open.name());
            }
            Token::Text(text) => runs.text(&text),
            Token::Close => {
                depth = depth.saturating_sub(1);
                runs.close();
                // An item is a child of the root.
                if depth == 1 {
                    let text = runs.take();
                    strings.push(grid.say(&text)?);
                }
                if strings.len() > caps::CELLS {
                    return Err(NotATable::TooManyCells);
                }
            }
            Token::Nothing => {}
        }
    }
    Ok(strings)
}

/// `_x000D_` is a carriage return (ISO/IEC 29500-1 22.4.2.4, `ST_Xstring`); `_x005F_` an underline that
/// begins no escape.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits = from.get(2..6).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let closed = from.as_bytes().get(6) == Some(&b'_');
        if let Some(one) = code.and_then(char::from_u32).filter(|_| closed) {
            out.push(one);
            rest = from.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    if out.contains('\r') { out.replace("\r\n", "\n").replace('\r', "\n") } else { out }
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_the_characters_they_stand_for() {
        for (written, meant) in [
            ("a_x000D__x000A_b", "a\nb"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x", "_x"),
            ("_x12", "_x12"),
            ("_xD800_", "_xD800_"),
            ("_x字体字体_", "_x字体字体_"),
            ("a\r\nb", "a\nb"),
        ] {
            assert_eq!(unescaped(written), meant, "{written}");
        }
    }
}
