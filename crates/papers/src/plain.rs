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
    let marked = text.clone().set_background_color(Color::RGB(0x00F8_CBAD));
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
            let format = if of_cell.is_some() { &marked } else { &text };
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    }

    fn plain() -> Plain {
        let note = |text: &str| Note { row: 1, column: 0, text: text.to_owned() };
        Plain {
            sheet: "汇总/10月：[一]".to_owned(),
            head: vec!["事项".to_owned(), "时限".to_owned()],
            rows: vec![
                vec!["=1+1".to_owned(), "2026-12-18".to_owned()],
                vec![String::new(), "长".repeat(40_000)],
            ],
            notes: vec![note("缺“事项”"), note("与第3行重复")],
            author: "闭环".to_owned(),
        }
    }

    #[test]
    fn every_cell_is_a_text_and_notes_stand_in_theirs() {
        let bytes = plain_xlsx(&plain(), Day::parse("2026-11-23").expect("a day")).expect("a book");
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "a formula: {sheet}");
        assert!(part(&bytes, "xl/sharedStrings.xml").contains("<t>=1+1</t>"));
        assert!(part(&bytes, "xl/workbook.xml").contains("name=\"汇总10月：一\""));
        let notes = part(&bytes, "xl/comments1.xml");
        assert!(notes.contains("ref=\"A3\"") && notes.contains("缺“事项”\n与第3行重复"), "{notes}");
        assert_eq!(notes.matches("<comment ").count(), 1);
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let made = || plain_xlsx(&plain(), Day::parse("2026-11-23").expect("a day")).expect("it");
        assert_eq!(made(), made());
        let nothing = plain_xlsx(&Plain::default(), Day::EPOCH).expect("an empty book");
        assert!(part(&nothing, "xl/workbook.xml").contains("name=\"1\""));
    }
}
