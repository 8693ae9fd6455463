//! Rows as XML, in memory that does not grow with them.
//!
//! The writer of the format keeps every cell until the end, some 9 KiB for one matter. So it
//! writes the workbook with the heads only, and the rows, which are packed as they come, are
//! put in afterwards. No file is used: texts that are sealed in the log never lie on a disk.
//!
//! A cell is a number or an inline string (ECMA-376 Part 1, 18.3.1.53); nothing here can write a
//! formula.

use crate::NotMade;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Up to here a part of the archive needs no 64-bit sizes, which some readers refuse.
const MOST_SMALL: u64 = 0xF000_0000;

/// The rows of one sheet, for its number in the workbook.
#[derive(Clone, Copy, Debug)]
struct Packed {
    sheet: usize,
    rows: u32,
    /// Bytes of XML.
    length: u64,
}

/// Rows of any number of sheets, one sheet after the other.
pub(crate) struct Store {
    archive: ZipWriter<Cursor<Vec<u8>>>,
    packed: Vec<Packed>,
    length: u64,
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

impl Store {
    pub(crate) fn new() -> Self {
        let archive = ZipWriter::new(Cursor::new(Vec::new()));
        Self { archive, packed: Vec::new(), length: 0 }
    }

    /// Begins the rows of the next sheet.
    pub(crate) fn begin(&mut self) -> Result<(), NotMade> {
        // Packed again at the end, so this once quickly.
        let options = options().compression_level(Some(1)).large_file(true);
        self.archive.start_file(self.packed.len().to_string(), options)?;
        self.length = 0;
        Ok(())
    }

    pub(crate) fn push(&mut self, row: &str) -> Result<(), NotMade> {
        self.archive.write_all(row.as_bytes())?;
        self.length = self.length.saturating_add(row.len() as u64);
        Ok(())
    }

    /// Ends them; `sheet` is the sheet's number in the workbook, from 1.
    pub(crate) fn end(&mut self, sheet: usize, rows: u32) {
        self.packed.push(Packed { sheet, rows, length: self.length });
    }

    /// The workbook `frame`, which has the heads only, with the rows.
    pub(crate) fn fill(self, frame: &[u8]) -> Result<Vec<u8>, NotMade> {
        let packed = self.packed;
        let mut rows = ZipArchive::new(Cursor::new(self.archive.finish()?.into_inner()))?;
        let mut frame = ZipArchive::new(Cursor::new(frame))?;
        let mut whole = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..frame.len() {
            let mut part = frame.by_index(at)?;
            let name = part.name()?.into_owned();
            let own = (0..).zip(&packed).find(|(_, packed)| {
                name == format!("xl/worksheets/sheet{}.xml", packed.sheet) && packed.rows > 0
            });
            let Some((place, packed)) = own else {
                whole.raw_copy_file(part)?;
                continue;
            };
            let mut xml = String::new();
            part.read_to_string(&mut xml)?;
            let (before, after) = xml.split_once("</sheetData>").ok_or(NotMade::NoPlace)?;
            let large = packed.length > MOST_SMALL;
            whole.start_file(name, options().large_file(large))?;
            whole.write_all(dimensioned(before, packed.rows).as_bytes())?;
            std::io::copy(&mut rows.by_index(place)?, &mut whole)?;
            whole.write_all(b"</sheetData>")?;
            whole.write_all(after.as_bytes())?;
        }
        Ok(whole.finish()?.into_inner())
    }
}

/// The same with the rows counted in: `A1:K1` becomes `A1:K51`.
fn dimensioned(head: &str, rows: u32) -> String {
    let Some((before, after)) = head.split_once("1\"/><sheetViews>") else {
        return head.to_owned();
    };
    format!("{before}{}\"/><sheetViews>{after}", rows.saturating_add(1))
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
fn letters(place: u16) -> String {
    let letter = |n: u16| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match place / 26 {
        0 => String::from(letter(place)),
        more => String::from_iter([letter(more - 1), letter(place)]),
    }
}

/// Opens row `row`, from 1.
pub(crate) fn open(out: &mut String, row: u32) {
    // Writing to a string cannot fail.
    let _ = write!(out, "<row r=\"{row}\">");
}

pub(crate) fn close(out: &mut String) {
    out.push_str("</row>");
}

/// An empty cell: its borders only.
pub(crate) fn blank(out: &mut String, (row, place): (u32, u16), style: usize) {
    let _ = write!(out, "<c r=\"{}{row}\" s=\"{style}\"/>", letters(place));
}

pub(crate) fn number(out: &mut String, (row, place): (u32, u16), style: usize, number: i64) {
    let _ = write!(out, "<c r=\"{}{row}\" s=\"{style}\"><v>{number}</v></c>", letters(place));
}

/// A string cell. Empty texts are empty cells.
pub(crate) fn string(out: &mut String, (row, place): (u32, u16), style: usize, text: &str) {
    if text.is_empty() {
        return blank(out, (row, place), style);
    }
    let letters = letters(place);
    let _ = write!(out, "<c r=\"{letters}{row}\" s=\"{style}\" t=\"inlineStr\"><is>");
    out.push_str("<t xml:space=\"preserve\">");
    escape(out, text);
    out.push_str("</t></is></c>");
}

/// What XML cannot hold is written as `_x0001_` (ECMA-376 Part 1, 22.9.2.19), and what only looks
/// like that is kept apart by `_x005F_`. A carriage return too: a reader of XML would lose it.
fn escape(out: &mut String, text: &str) {
    for (at, one) in text.char_indices() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if looks_escaped(&text.as_bytes()[at..]) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(one),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "_x{:04X}_", u32::from(one));
            }
            other => out.push(other),
        }
    }
}

fn looks_escaped(rest: &[u8]) -> bool {
    matches!(rest, [b'_', b'x', hex @ .., _] if hex.len() >= 4)
        && rest[2..6].iter().all(u8::is_ascii_hexdigit)
        && rest[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        let known = [(0, "A"), (25, "Z"), (26, "AA"), (31, "AF"), (51, "AZ"), (52, "BA")];
        for (place, name) in known {
            assert_eq!(letters(place), name);
        }
    }

    #[test]
    fn what_xml_cannot_hold_is_written_otherwise() {
        let known = [
            ("<a & b>", "&lt;a &amp; b&gt;"),
            ("\u{1}\r\n\t", "_x0001__x000D_\n\t"),
            ("_x0041_", "_x005F_x0041_"),
            ("_x004", "_x004"),
            ("_x00g1_", "_x00g1_"),
            ("__x0041_", "__x005F_x0041_"),
            ("_x办办办办_", "_x办办办办_"),
            ("]]>", "]]&gt;"),
        ];
        for (text, expected) in known {
            let mut out = String::new();
            escape(&mut out, text);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}
