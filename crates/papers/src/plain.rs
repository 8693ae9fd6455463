//! A table as it came in, with notes in its cells: what an import gives back.

use crate::NotMade;
use crate::cell::parts;
use rules::calendar::Day;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note as CellNote,
    Workbook,
};
use std::collections::BTreeMap;

/// A table of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The name of the sheet; what a name may not have or hold is left out of it.
    pub sheet: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// In any order; several in one cell become one.
    pub notes: Vec<Note>,
    /// Whose notes they are.
    pub author: String,
}

/// A note in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which of the rows, from 0.
    pub row: usize,
    /// From 0.
    pub column: usize,
    pub text: String,
}

/// Characters of a sheet's name (ECMA-376 as Excel limits it).
const NAME_CHARS: usize = 31;
/// Columns are as wide as their longest text, within these.
const WIDTHS: (usize, usize) = (8, 40);

/// The table as an .xlsx workbook; cells with a note are marked. Every cell is a text. The same table
/// gives the same bytes.
pub fn plain_xlsx(plain: &Plain, day: Day) -> Result<Vec<u8>, NotMade> {
    let text = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
        .set_num_format("@");
    let head = text.clone().set_bold().set_background_color(Color::RGB(0x00ED_EDED));
    let noted = text.clone().set_background_color(Color::RGB(0x00F8_CBAD));
    let mut notes: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for note in &plain.notes {
        let all = notes.entry((note.row, note.column)).or_default();
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(&note.text);
    }
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&plain.sheet))?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0_u16..).zip(&plain.head) {
        sheet.write_string_with_format(0, column, first(name), &head)?;
        sheet.set_column_width(column, width(plain, column.into()))?;
    }
    for (place, row) in plain.rows.iter().enumerate() {
        let at = u32::try_from(place + 1).map_err(|_| NotMade::TooMany)?;
        for (column, value) in row.iter().enumerate() {
            let of_cell = notes.get(&(place, column));
            let format = if of_cell.is_some() { &noted } else { &text };
            let column = u16::try_from(column).map_err(|_| NotMade::TooMany)?;
            sheet.write_string_with_format(at, column, first(value), format)?;
            if let Some(said) = of_cell {
                let note =
                    CellNote::new(first(said)).set_author(&plain.author).add_author_prefix(false);
                sheet.insert_note(at, column, &note)?;
            }
        }
    }
    let (year, month, of_month) = day.ymd();
    let year = u16::try_from(year).map_err(|_| NotMade::TooMany)?;
    let made = ExcelDateTime::from_ymd(year, month, of_month)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(workbook.save_to_buffer()?)
}

/// As much as a cell holds; it came out of one.
fn first(text: &str) -> &str {
    parts(text).first().copied().unwrap_or_default()
}

fn width(plain: &Plain, column: usize) -> u16 {
    let cells = plain.rows.iter().filter_map(|row| row.get(column)).chain(plain.head.get(column));
    // A Chinese character is two of the digits that widths are counted in.
    let longest = cells.map(|text| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum());
    let (least, most) = WIDTHS;
    let longest: usize = longest.max().unwrap_or(0);
    u16::try_from((longest + 2).clamp(least, most)).unwrap_or(u16::MAX)
}

fn sheet_name(name: &str) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = name.chars().filter(allowed).take(NAME_CHARS).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}
