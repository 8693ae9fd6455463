//! Lines of text as they are put together: paragraphs, and tables as one line per row.
//!
//! A row's cells are joined by '\t'. Paragraphs and manual line breaks within a cell are joined by
//! nothing where the first part ends in punctuation, else by one space, so that a row stays one line
//! and no two words run together. A cell that spans columns stands once, with empty cells after it; a
//! cell merged with the one above is empty. Tabs within a cell become spaces.

use crate::caps;
use crate::document::NotADocument;

/// Characters put out so far, held below [`caps::TEXT_CHARS`] while they are put out.
#[derive(Debug, Default)]
pub(super) struct Budget {
    spent: usize,
}

impl Budget {
    pub(super) fn spend(&mut self, text: &str) -> Result<(), NotADocument> {
        self.spend_count(text.chars().count())
    }

    fn spend_count(&mut self, chars: usize) -> Result<(), NotADocument> {
        self.spent = self.spent.saturating_add(chars);
        if self.spent > caps::TEXT_CHARS { Err(NotADocument::TooMuchText) } else { Ok(()) }
    }
}

/// One flow of text: the body, or a text box.
#[derive(Debug, Default)]
pub(super) struct Story {
    text: String,
    tables: Vec<Table>,
    /// Text of paragraphs whose mark was deleted: it belongs to the paragraph that follows.
    pub(super) carry: String,
}

#[derive(Debug, Default)]
struct Table {
    row: Option<Row>,
}

#[derive(Debug, Default)]
struct Row {
    line: String,
    has_cells: bool,
    deleted: bool,
    cell: Option<Cell>,
}

#[derive(Debug, Default)]
struct Cell {
    text: String,
    /// Columns beyond the first.
    more_columns: usize,
    continues: bool,
    deleted: bool,
}

impl Story {
    pub(super) fn into_text(mut self) -> String {
        self.flush_carry();
        self.text
    }

    /// One finished paragraph, or several lines of one.
    pub(super) fn paragraph(
        &mut self,
        text: &str,
        budget: &mut Budget,
    ) -> Result<(), NotADocument> {
        budget.spend_count(1)?;
        if let Some(cell) = self.cell() {
            text.split('\n').for_each(|part| join(&mut cell.text, part));
        } else {
            self.text.push_str(text);
            self.text.push('\n');
        }
        Ok(())
    }

    pub(super) fn open_table(&mut self) {
        self.flush_carry();
        self.tables.push(Table::default());
    }

    pub(super) fn close_table(&mut self) {
        self.flush_carry();
        self.tables.pop();
    }

    pub(super) fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(Row::default());
        }
    }

    /// Cells that a row leaves out at its start or end.
    pub(super) fn skip_cells(
        &mut self,
        count: Option<i64>,
        budget: &mut Budget,
    ) -> Result<(), NotADocument> {
        for _ in 0..columns(count) {
            self.open_cell();
            self.close_cell(budget)?;
        }
        Ok(())
    }

    pub(super) fn close_row(&mut self, budget: &mut Budget) -> Result<(), NotADocument> {
        let Some(row) = self.tables.last_mut().and_then(|table| table.row.take()) else {
            return Ok(());
        };
        if row.deleted || !row.has_cells {
            return Ok(());
        }
        // A row of a table within a cell is a part of that cell.
        let outer = self.tables.len().checked_sub(2);
        let outer = outer.and_then(|at| self.tables.get_mut(at)?.row.as_mut());
        if let Some(cell) = outer.and_then(|row| row.cell.as_mut()) {
            join(&mut cell.text, &row.line);
        } else {
            self.text.push_str(&row.line);
            self.text.push('\n');
        }
        budget.spend_count(1)
    }

    pub(super) fn open_cell(&mut self) {
        if let Some(row) = self.row() {
            row.cell = Some(Cell::default());
        }
    }

    pub(super) fn close_cell(&mut self, budget: &mut Budget) -> Result<(), NotADocument> {
        self.flush_carry();
        let Some(row) = self.row() else { return Ok(()) };
        let Some(cell) = row.cell.take().filter(|cell| !cell.deleted) else { return Ok(()) };
        if row.has_cells {
            row.line.push('\t');
        }
        row.has_cells = true;
        if !cell.continues {
            row.line.push_str(&cell.text);
        }
        row.line.extend(std::iter::repeat_n('\t', cell.more_columns));
        budget.spend_count(1 + cell.more_columns)
    }

    pub(super) fn delete_row(&mut self) {
        if let Some(row) = self.row() {
            row.deleted = true;
        }
    }

    pub(super) fn delete_cell(&mut self) {
        if let Some(cell) = self.cell() {
            cell.deleted = true;
        }
    }

    pub(super) fn span_cell(&mut self, count: Option<i64>) {
        if let Some(cell) = self.cell() {
            cell.more_columns = columns(count).saturating_sub(1);
        }
    }

    /// The cell is merged with the one above it, or the one before it.
    pub(super) fn continue_cell(&mut self) {
        if let Some(cell) = self.cell() {
            cell.continues = true;
        }
    }

    fn row(&mut self) -> Option<&mut Row> {
        self.tables.last_mut()?.row.as_mut()
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.row()?.cell.as_mut()
    }

    /// No paragraph follows that could take the carried text; it stands by itself.
    fn flush_carry(&mut self) {
        let carry = std::mem::take(&mut self.carry);
        if carry.is_empty() {
            return;
        }
        if let Some(cell) = self.cell() {
            join(&mut cell.text, &carry);
        } else {
            self.text.push_str(&carry);
            self.text.push('\n');
        }
    }
}

fn columns(count: Option<i64>) -> usize {
    count.and_then(|n| usize::try_from(n).ok()).unwrap_or(0).min(caps::COLUMNS)
}

/// Appends a part of a cell. A newline never enters.
fn join(cell: &mut String, part: &str) {
    let part = part.trim();
    if part.is_empty() {
        return;
    }
    if cell.chars().last().is_some_and(|c| !ends_a_part(c)) {
        cell.push(' ');
    }
    cell.extend(part.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
}

fn ends_a_part(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '。' | '，' | '、' | '；' | '：' | '！' | '？' | '…' | '—')
        || matches!(c, '”' | '’' | '）' | '》' | '」' | '』' | '】' | '〕')
}
