//! 说明: as of when and under which tree head, how many rows, how lights are computed, how to check.

use crate::NotMade;
use crate::book::{Book, Written};
use crate::cell::{Cell, parts, serial};
use crate::material::AsOf;
use rules::access::Marking;
use rules::register::Register;
use rust_xlsxwriter::{FormatAlign, Worksheet};

pub(crate) struct About<'a> {
    pub(crate) register: &'a Register,
    pub(crate) facts: &'a AsOf,
    /// In their order; a sheet of tasks with the title of its campaign.
    pub(crate) sheets: &'a [(Written, Option<String>)],
    /// The highest marking of any row.
    pub(crate) marking: Marking,
}

/// Adds the page about the workbook.
pub(crate) fn about(book: &mut Book, about: &About<'_>) -> Result<(), NotMade> {
    let mut sheet = Worksheet::new();
    sheet.set_name(book.word("about-sheet"))?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 100)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    let mut row = 0;
    for (head, cell) in lines(book, about) {
        row = line(&mut sheet, book, row, (&head, cell))?;
    }
    book.add(sheet);
    Ok(())
}

/// Writes one line and says where the next one goes. A text beyond a cell takes several.
fn line(
    sheet: &mut Worksheet,
    book: &Book,
    row: u32,
    (head, cell): (&str, Cell),
) -> Result<u32, NotMade> {
    let formats = book.formats();
    sheet.write_string_with_format(row, 0, head, &formats.head)?;
    match cell {
        Cell::Number(number) => {
            sheet.write_number_with_format(row, 1, number, &formats.text)?;
        }
        Cell::Day { day, .. } => {
            let format = formats.day.clone().set_align(FormatAlign::Left);
            sheet.write_number_with_format(row, 1, serial(day), &format)?;
        }
        Cell::Text(text) => {
            let mut at = row;
            for part in parts(&text) {
                sheet.write_string_with_format(at, 1, part, &formats.text)?;
                at += 1;
            }
            return Ok(at);
        }
        Cell::Blank | Cell::Light(_) => {
            sheet.write_blank(row, 1, &formats.text)?;
        }
    }
    Ok(row + 1)
}

fn lines(book: &Book, about: &About<'_>) -> Vec<(String, Cell)> {
    let AsOf { today, moment, log_size, tree_head, origin } = about.facts;
    let (policy, calendar) = about.register.basis();
    let text = |code: &str| Cell::Text(book.word(code));
    let mut lines = vec![
        (book.word("about-marking"), text(about.marking.code())),
        (book.word("about-day"), Cell::Day { day: *today, provisional: false }),
        (book.word("about-moment"), Cell::Text(moment.clone())),
        (book.word("about-origin"), Cell::Text(origin.clone())),
        // As text: a spreadsheet keeps fifteen digits of a number.
        (book.word("about-log-size"), Cell::Text(log_size.to_string())),
        (book.word("about-tree-head"), Cell::Text(tree_head.clone())),
        (book.word("about-policy"), Cell::Number(policy)),
        (book.word("about-calendar"), Cell::Number(calendar)),
        (book.word("about-seen"), text("about-seen-text")),
    ];
    for (Written { name, rows }, campaign) in about.sheets {
        let head = book.say("about-rows", &[("sheet", name.clone())]);
        let rows = match campaign {
            Some(title) => {
                let args = [("rows", rows.to_string()), ("title", title.clone())];
                Cell::Text(book.say("about-rows-of", &args))
            }
            None => Cell::Number(*rows),
        };
        lines.push((head, rows));
    }
    lines.push((book.word("about-lights"), lights(book, about.register)));
    for topic in ["provisional", "lists", "rest", "verify"] {
        let (head, said) = (format!("about-{topic}"), format!("about-{topic}-text"));
        lines.push((book.word(&head), text(&said)));
    }
    lines
}

fn lights(book: &Book, register: &Register) -> Cell {
    let Some(policy) = register.policy() else {
        return Cell::Text(book.word("about-lights-none"));
    };
    let args = [
        ("days", policy.blue_days.value.to_string()),
        ("percent", policy.blue_percent.value.to_string()),
        ("points", policy.yellow_points.value.to_string()),
    ];
    Cell::Text(book.say("about-lights-text", &args))
}
