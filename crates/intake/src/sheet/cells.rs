//! CSV (RFC 4180, and what spreadsheet programs make of it) → rows of cells, under caps.
//!
//! Read by a few states of our own: a general reader collects a whole row before anyone can count its
//! cells, and twenty million commas make a row of twenty million cells.

use super::NotATable;
use super::grid::{CellKind, Grid};
use crate::caps;

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

/// `text` has '\n' between lines and no '\r'. Rows are counted from 1, blank rows included, line breaks
/// within cells not.
pub(crate) fn rows(text: &str) -> Result<Grid, NotATable> {
    let delimiter = delimiter(text);
    let mut reading = Reading { grid: Grid::default(), number: 1, columns: 0 };
    let mut cell = String::new();
    let mut length = 0_usize;
    let mut state = State::Start;
    for c in text.chars() {
        if state != State::Quoted && (c == delimiter || c == '\n') {
            reading.end_cell(&cell)?;
            if c == '\n' {
                reading.end_row()?;
            }
            cell.clear();
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
    reading.end_cell(&cell)?;
    reading.end_row()?;
    Ok(reading.grid)
}

struct Reading {
    grid: Grid,
    number: u32,
    /// Cells of this row so far, blank ones included.
    columns: usize,
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

    fn end_cell(&mut self, cell: &str) -> Result<(), NotATable> {
        if self.columns >= caps::COLUMNS {
            return Err(NotATable::TooManyColumns { row: self.number });
        }
        let cell = cell.trim();
        if !cell.is_empty() {
            let span = self.grid.say(cell)?;
            self.grid.put(self.number, self.columns, CellKind::Text, span)?;
        }
        self.columns += 1;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), NotATable> {
        self.grid.end_row(self.number)?;
        self.columns = 0;
        self.number = self.number.saturating_add(1);
        Ok(())
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
        let grid = rows(text).unwrap();
        let cell = |at: usize, column: usize| grid.cell(at, column).text.replace('\n', "/");
        let last = |at: usize| grid.cells(at).last().map_or(0, |(column, _)| column);
        let shown: Vec<String> = (0..grid.len())
            .map(|at| {
                let cells: Vec<String> = (0..=last(at)).map(|column| cell(at, column)).collect();
                format!("{}:{}", grid.number(at), cells.join("|"))
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn cells_are_what_spreadsheet_programs_show() {
        check("a,b\nc,d", "1:a|b 2:c|d");
        check("a\tb\nc\t\n", "1:a|b 2:c");
        check("甲;乙\n", "1:甲|乙");
        check("\"a,b\",\"say \"\"yes\"\"\"\n", "1:a,b|say \"yes\"");
        check("5\" pipe,\"x\"y\n", "1:5\" pipe|xy");
        check("\"\",\n\n,x", "3:|x");
    }

    #[test]
    fn a_line_break_in_a_cell_is_no_new_row() {
        check("\"a\nb\",c\nd,e", "1:a/b|c 2:d|e");
    }

    #[track_caller]
    fn refused(text: &str, fault: &NotATable) {
        assert_eq!(rows(text).map(|grid| grid.len()).as_ref(), Err(fault));
    }

    #[test]
    fn an_open_quotation_mark_names_its_row() {
        refused("a,b\nc,\"d\ne,f\n", &NotATable::OpenQuote { row: 2 });
        let long = format!("a\n\"{}", "x\n".repeat(40_000));
        refused(&long, &NotATable::OpenQuote { row: 2 });
    }

    #[test]
    fn caps_hold() {
        refused(&",".repeat(300), &NotATable::TooManyColumns { row: 1 });
        refused(&"a,b\n".repeat(100_001), &NotATable::TooManyRows);
        let wide = format!("{}\n", "a,".repeat(250));
        refused(&wide.repeat(4_001), &NotATable::TooManyCells);
        refused(&"x".repeat(32_768), &NotATable::CellTooLong { row: 1 });
        let long = format!("{}\n", "长".repeat(32_000));
        refused(&long.repeat(400), &NotATable::TooMuchText);
    }
}
