//! The workbook as it grows: sheets of rows that go on to a next sheet when one is full, and the
//! texts that did not fit their cells.

use crate::NotMade;
use crate::cell::{Cell, parts, serial};
use crate::column::{Column, List, Paper, REST, Table};
use crate::format::Formats;
use rules::light::Light;
use rules::matter::{Remedy, Source};
use rules::signal::ProblemCode;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Formula, Workbook,
    Worksheet,
};
use std::cell::RefCell;
use std::collections::BTreeMap;
use words::{Lang, say};

/// Rows of a sheet, its head included (ECMA-376 as Excel limits it).
pub(crate) const MOST_ROWS: u32 = 1_048_576;

/// A sheet that was written: its name, and how many rows of data stand on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) rows: u32,
}

/// A text that goes on elsewhere.
struct Rest {
    sheet: String,
    row: u32,
    head: &'static str,
    part: u32,
    text: String,
}

pub(crate) struct Book {
    pub(crate) lang: Lang,
    workbook: Workbook,
    formats: Formats,
    rest: Vec<Rest>,
    most_rows: u32,
    /// Words said before: the closed lists repeat on every row.
    known: RefCell<BTreeMap<String, String>>,
}

/// Rows being written to one sheet, and to the next when it is full.
pub(crate) struct Pages<'b> {
    book: &'b mut Book,
    table: Table,
    name: String,
    sheet: Worksheet,
    written: Vec<Written>,
    rows: u32,
}

impl Book {
    pub(crate) fn new(lang: Lang, most_rows: u32) -> Self {
        let formats = Formats::new(lang);
        let known = RefCell::default();
        Self { lang, workbook: Workbook::new(), formats, rest: Vec::new(), most_rows, known }
    }

    /// A word without arguments.
    pub(crate) fn word(&self, code: &str) -> String {
        if let Some(known) = self.known.borrow().get(code) {
            return known.clone();
        }
        let said = say(self.lang, code, &[]);
        self.known.borrow_mut().insert(code.to_owned(), said.clone());
        said
    }

    pub(crate) fn say(&self, code: &str, args: &[(&str, String)]) -> String {
        say(self.lang, code, args)
    }

    /// Opens sheets of one kind; `name` is the first one's.
    pub(crate) fn pages(&mut self, table: Table, name: String) -> Result<Pages<'_>, NotMade> {
        let sheet = opened(self, &table, &name)?;
        Ok(Pages { book: self, table, name, sheet, written: Vec::new(), rows: 0 })
    }

    /// Adds a sheet that lays itself out.
    pub(crate) fn add(&mut self, sheet: Worksheet) {
        self.workbook.push_worksheet(sheet);
    }

    pub(crate) fn formats(&self) -> &Formats {
        &self.formats
    }

    /// The words a closed column may hold.
    pub(crate) fn options(&self, list: List) -> Vec<String> {
        match list {
            List::Problem => ProblemCode::all().map(|code| self.problem(code)).collect(),
            List::Source => Source::ALL.map(|source| self.word(source.code())).into(),
            List::Remedy => Remedy::ALL.map(|remedy| self.word(remedy.code())).into(),
            List::Completion => crate::row::COMPLETIONS.map(|code| self.word(code)).into(),
            List::Closing => crate::row::CLOSINGS.map(|code| self.word(code)).into(),
            List::Light => Light::ALL.map(|light| self.word(light.code())).into(),
        }
    }

    /// One of the sixteen with the group it stands in.
    pub(crate) fn problem(&self, code: ProblemCode) -> String {
        use rules::signal::Heading;
        let key = format!("problem-{}", code.problem().code.to_ascii_lowercase());
        let heading = match code.problem().heading {
            Heading::EmptyForm => "heading-empty-form",
            Heading::LooseManagement => "heading-loose-management",
            Heading::OutOfTouch => "heading-out-of-touch",
            Heading::IdlePolicy => "heading-idle-policy",
        };
        let filled = format!("ledger-problem {key}");
        if let Some(known) = self.known.borrow().get(&filled) {
            return known.clone();
        }
        let args = [("@heading", heading.to_owned()), ("@problem", key)];
        let said = self.say("ledger-problem", &args);
        self.known.borrow_mut().insert(filled, said.clone());
        said
    }

    /// Writes the texts that went on, if any.
    pub(crate) fn rest(&mut self) -> Result<Vec<Written>, NotMade> {
        let rest = std::mem::take(&mut self.rest);
        if rest.is_empty() {
            return Ok(Vec::new());
        }
        let name = self.word(REST.name);
        let mut pages = self.pages(REST, name)?;
        for Rest { sheet, row, head, part, text } in rest {
            let head = pages.book.word(head);
            let (row, part) = (Cell::Number(row), Cell::Number(part));
            pages.push([Cell::Text(sheet), row, Cell::Text(head), part, Cell::Text(text)])?;
        }
        pages.finish()
    }

    /// The hidden sheet of options, and the bytes of the whole workbook. The day stands in the
    /// properties instead of the machine's clock, so that the same state gives the same bytes.
    pub(crate) fn bytes(mut self, day: rules::calendar::Day) -> Result<Vec<u8>, NotMade> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.word("options-sheet"))?;
        for (column, list) in (0..).zip(List::ALL) {
            for (row, word) in (0..).zip(self.options(list)) {
                sheet.write_string(row, column, word)?;
            }
        }
        sheet.set_hidden(true);
        self.workbook.push_worksheet(sheet);
        let (year, month, of_month) = day.ymd();
        let year = u16::try_from(year).map_err(|_| NotMade::TooMany)?;
        let made = ExcelDateTime::from_ymd(year, month, of_month)?;
        let properties =
            DocProperties::new().set_title(self.word("ledger-sheet")).set_creation_datetime(&made);
        self.workbook.set_properties(&properties);
        Ok(self.workbook.save_to_buffer()?)
    }

    /// Writes one cell; what does not fit goes to the sheet for it, with a reference both ways.
    fn write(
        &mut self,
        sheet: &mut Worksheet,
        name: &str,
        (row, place): (u32, u16),
        (head, cell): (&'static str, Cell),
    ) -> Result<(), NotMade> {
        match cell {
            Cell::Blank => {
                sheet.write_blank(row, place, &self.formats.text)?;
            }
            Cell::Text(text) => {
                let text = self.fitted(text, name, row, head)?;
                sheet.write_string_with_format(row, place, text, &self.formats.text)?;
            }
            Cell::Number(number) => {
                sheet.write_number_with_format(row, place, number, &self.formats.number)?;
            }
            Cell::Day { day, provisional } => {
                let formats = &self.formats;
                let format = if provisional { &formats.provisional } else { &formats.day };
                sheet.write_number_with_format(row, place, serial(day), format)?;
            }
            Cell::Light(light) => {
                let word = self.word(light.code());
                sheet.write_string_with_format(row, place, word, self.formats.light(light))?;
            }
        }
        Ok(())
    }

    fn fitted(
        &mut self,
        text: String,
        name: &str,
        row: u32,
        head: &'static str,
    ) -> Result<String, NotMade> {
        let parts = parts(&text);
        let [first, more @ ..] = parts.as_slice() else { return Ok(text) };
        if more.is_empty() {
            return Ok(text);
        }
        // Head and counting from 1: the line after those already on the sheet.
        let at = u32::try_from(self.rest.len()).map_err(|_| NotMade::TooMany)?.saturating_add(2);
        let sheet = self.word(REST.name);
        let pointer =
            [("sheet", sheet), ("row", at.to_string()), ("parts", more.len().to_string())];
        let first = format!("{first}{}", self.say("papers-goes-on", &pointer));
        for (part, text) in (2..).zip(more) {
            let (sheet, text) = (name.to_owned(), (*text).to_owned());
            self.rest.push(Rest { sheet, row: row.saturating_add(1), head, part, text });
        }
        Ok(first)
    }
}

impl Pages<'_> {
    pub(crate) fn book(&self) -> &Book {
        self.book
    }

    /// Writes the next row.
    pub(crate) fn push(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), NotMade> {
        if self.rows.saturating_add(1) >= self.book.most_rows {
            self.turn()?;
        }
        let row = self.rows + 1;
        for ((place, column), cell) in (0..).zip(self.table.columns).zip(cells) {
            let cell = (column.head, cell);
            let name = self.written_name();
            self.book.write(&mut self.sheet, &name, (row, place), cell)?;
        }
        self.rows = row;
        Ok(())
    }

    /// Puts the last sheet into the workbook; says what was written.
    pub(crate) fn finish(mut self) -> Result<Vec<Written>, NotMade> {
        let sheet = std::mem::take(&mut self.sheet);
        self.close(sheet)?;
        Ok(self.written)
    }

    fn written_name(&self) -> String {
        match self.written.len() {
            0 => self.name.clone(),
            before => {
                let args = [("name", self.name.clone()), ("no", (before + 1).to_string())];
                self.book.say("papers-next-sheet", &args)
            }
        }
    }

    /// The sheet is full: the rows go on on a next one.
    fn turn(&mut self) -> Result<(), NotMade> {
        let full = std::mem::take(&mut self.sheet);
        self.close(full)?;
        let name = self.written_name();
        self.sheet = opened(self.book, &self.table, &name)?;
        self.rows = 0;
        Ok(())
    }

    fn close(&mut self, mut sheet: Worksheet) -> Result<(), NotMade> {
        let last = self.rows.max(1);
        let columns = u16::try_from(self.table.columns.len()).map_err(|_| NotMade::TooMany)?;
        sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
        for (place, column) in (0..).zip(self.table.columns) {
            if let Some(list) = column.list {
                sheet.add_data_validation(1, place, last, place, &self.validation(list)?)?;
            }
        }
        self.written.push(Written { name: self.written_name(), rows: self.rows });
        self.book.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// Only the listed words: they stand on the hidden sheet, for a list written out in the rule
    /// itself may have no more than 255 characters.
    fn validation(&self, list: List) -> Result<DataValidation, NotMade> {
        let place = List::ALL.iter().position(|one| *one == list).unwrap_or(0);
        let letter = char::from(b'A' + u8::try_from(place).unwrap_or(0));
        let count = self.book.options(list).len();
        let sheet = self.book.word("options-sheet");
        let range = format!("='{sheet}'!${letter}$1:${letter}${count}");
        Ok(DataValidation::new()
            .allow_list_formula(Formula::new(range))
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_message(self.book.word("papers-not-listed"))?)
    }
}

/// A sheet with head, widths and print setup, without rows.
fn opened(book: &Book, table: &Table, name: &str) -> Result<Worksheet, NotMade> {
    /// The format's numbers of paper sizes (ECMA-376 Part 1, 18.3.1.63).
    const A3: u8 = 8;
    const A4: u8 = 9;
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    for (place, Column { head, width, hidden, .. }) in (0..).zip(table.columns) {
        sheet.write_string_with_format(0, place, book.word(head), &book.formats.head)?;
        sheet.set_column_width(place, *width)?;
        if *hidden {
            sheet.set_column_hidden(place)?;
        }
    }
    sheet.set_freeze_panes(1, table.frozen)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(match table.paper {
        Paper::A3 => A3,
        Paper::A4 => A4,
    });
    sheet.set_print_fit_to_pages(1, 0);
    // Codes of the format: name of the sheet; page and number of pages.
    sheet.set_header("&C&A");
    sheet.set_footer("&C&P / &N");
    Ok(sheet)
}
