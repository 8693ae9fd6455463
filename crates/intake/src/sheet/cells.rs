//! CSV (RFC 4180, and what spreadsheet programs make of it) → rows of cells, under caps.
//!
//! Read by a few states of our own: a general reader collects a whole row before anyone can count its
//! cells, and twenty million commas make a row of twenty million cells.

use super::NotATable;
use crate::caps;

/// A row that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Counted from 1, blank rows included, line breaks within cells not.
    pub(crate) number: u32,
    pub(crate) cells: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the start of a cell, where a quotation mark opens it.
    Start,
    Bare,
    Quoted,
    /// Behind a quotation mark within a quoted cell: doubled, it is one mark; else the cell is closed.
    QuoteSeen,
}

impl State {
    /// The state after a character that ends no cell, and whether the character is part of the cell.
    fn step(self, c: char) -> (State, bool) {
        match (self, c) {
            (State::Start, '"') => (State::Quoted, false),
            (State::Quoted, '"') => (State::QuoteSeen, false),
            (State::Quoted, _) | (State::QuoteSeen, '"') => (State::Quoted, true),
            // Characters behind a closing mark are kept: better a strange cell than a lost word.
            (State::Start | State::Bare | State::QuoteSeen, _) => (State::Bare, true),
        }
    }
}

/// `text` has '\n' between lines and no '\r'.
pub(crate) fn rows(text: &str) -> Result<Vec<Row>, NotATable> {
    let delimiter = delimiter(text);
    let mut reading = Reading { rows: Vec::new(), cells: Vec::new(), number: 1, count: 0 };
    let mut cell = String::new();
    let mut length = 0_usize;
    let mut state = State::Start;
    for c in text.chars() {
        if state != State::Quoted && (c == delimiter || c == '\n') {
            reading.end_cell(std::mem::take(&mut cell))?;
            if c == '\n' {
                reading.end_row();
            }
            (state, length) = (State::Start, 0);
            continue;
        }
        let (next, is_part) = state.step(c);
        state = next;
        if is_part {
            length += 1;
            if length > caps::CELL_CHARS {
                return Err(reading.too_long(state));
            }
            cell.push(c);
        }
    }
    if state == State::Quoted {
        return Err(NotATable::OpenQuote { row: reading.number });
    }
    if !cell.is_empty() || !reading.cells.is_empty() {
        reading.end_cell(cell)?;
        reading.end_row();
    }
    Ok(reading.rows)
}

struct Reading {
    rows: Vec<Row>,
    cells: Vec<String>,
    number: u32,
    count: usize,
}

impl Reading {
    /// A cell without end inside quotation marks is a mark that was never closed.
    fn too_long(&self, state: State) -> NotATable {
        let row = self.number;
        match state {
            State::Quoted => NotATable::OpenQuote { row },
            State::Start | State::Bare | State::QuoteSeen => NotATable::CellTooLong { row },
        }
    }

    fn end_cell(&mut self, cell: String) -> Result<(), NotATable> {
        self.cells.push(cell);
        self.count += 1;
        if self.cells.len() > caps::COLUMNS {
            return Err(NotATable::TooManyColumns { row: self.number });
        }
        if self.count > caps::CELLS { Err(NotATable::TooManyCells) } else { Ok(()) }
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push(Row { number: self.number, cells });
        } else {
            // Spreadsheet programs export blank rows by the thousand; they are not kept, nor counted.
            self.count = self.count.saturating_sub(cells.len());
        }
        self.number = self.number.saturating_add(1);
    }
}

/// Comma, tab or semicolon: whichever stands most often in the first lines. Spreadsheet programs save
/// "Unicode text" with tabs.
fn delimiter(text: &str) -> char {
    let head: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(10).collect();
    let count = |c: char| head.iter().map(|line| line.matches(c).count()).sum::<usize>();
    let (commas, tabs, semicolons) = (count(','), count('\t'), count(';'));
    if tabs > commas && tabs >= semicolons {
        '\t'
    } else if semicolons > commas {
        ';'
    } else {
        ','
    }
}

#[cfg(test)]
mod tests {
    use super::{NotATable, rows};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = rows(text)
            .unwrap()
            .iter()
            .map(|row| format!("{}:{}", row.number, row.cells.join("|").replace('\n', "/")))
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn cells_are_what_spreadsheet_programs_show() {
        check("a,b\nc,d", "1:a|b 2:c|d");
        check("a\tb\nc\t\n", "1:a|b 2:c|");
        check("甲;乙\n", "1:甲|乙");
        check("\"a,b\",\"say \"\"yes\"\"\"\n", "1:a,b|say \"yes\"");
        check("5\" pipe,\"x\"y\n", "1:5\" pipe|xy");
        check("\"\",\n\n,x", "3:|x");
    }

    #[test]
    fn a_line_break_in_a_cell_is_no_new_row() {
        check("\"a\nb\",c\nd,e", "1:a/b|c 2:d|e");
    }

    #[test]
    fn an_open_quotation_mark_names_its_row() {
        assert_eq!(rows("a,b\nc,\"d\ne,f\n"), Err(NotATable::OpenQuote { row: 2 }));
        let long = format!("a\n\"{}", "x\n".repeat(40_000));
        assert_eq!(rows(&long), Err(NotATable::OpenQuote { row: 2 }));
    }

    #[test]
    fn caps_hold() {
        assert_eq!(rows(&",".repeat(300)), Err(NotATable::TooManyColumns { row: 1 }));
        assert_eq!(rows(&"a,b\n".repeat(100_001)), Err(NotATable::TooManyCells));
        assert_eq!(rows(&"x".repeat(32_768)), Err(NotATable::CellTooLong { row: 1 }));
    }
}
