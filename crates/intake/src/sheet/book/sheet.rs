//! One worksheet, as it passes by.

use super::merges::Merged;
use super::strings::Runs;
use super::{Extent, Shared, format};
use crate::caps;
use crate::sheet::NotATable;
use crate::sheet::grid::{CellKind, Grid, Span};
use crate::xml::{BadXml, Open, Token, Xml};

/// The cell that is being read.
#[derive(Default)]
struct Pending {
    row: u32,
    column: usize,
    kind: String,
    style: usize,
    value: String,
}

/// Where in the sheet we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Other,
    Row,
    Cell,
    Value,
    /// Within a text in its place (`is`).
    Inline,
}

struct Reading<'a> {
    shared: &'a Shared,
    grid: &'a mut Grid,
    merged: Vec<Merged>,
    places: Vec<Place>,
    runs: Runs,
    cell: Pending,
    /// The row being read, or the last one; its last column read so far plus one.
    row: u32,
    column: usize,
}

/// Reads the cells of a sheet into the grid, which has its shared texts already; answers with the
/// merged ranges, of which a head has none.
pub(super) fn read(
    xml: &mut Xml<'_>,
    shared: &Shared,
    grid: &mut Grid,
    extent: Extent,
) -> Result<Vec<Merged>, NotATable> {
    let mut reading = Reading {
        shared,
        grid,
        merged: Vec::new(),
        places: Vec::new(),
        runs: Runs::default(),
        cell: Pending::default(),
        row: 0,
        column: 0,
    };
    while let Some(token) = xml.next()? {
        let step = match token {
            Token::Open(open) => reading.open(&open),
            Token::Text(text) => {
                reading.text(&text);
                Ok(())
            }
            Token::Close => reading.close(),
            Token::Nothing => Ok(()),
        };
        match step {
            Ok(()) => {}
            Err(Stop::Fault(fault)) => return Err(fault),
            Err(Stop::Disorder) => {
                let part = xml.part().to_owned();
                return Err(NotATable::Xml { part, fault: BadXml::Malformed });
            }
        }
        if extent == Extent::Head && reading.grid.len() >= caps::HEADER_ROWS {
            break;
        }
    }
    Ok(reading.merged)
}

enum Stop {
    Fault(NotATable),
    /// Rows or cells that do not ascend: two readers would see two different tables.
    Disorder,
}

impl From<NotATable> for Stop {
    fn from(fault: NotATable) -> Stop {
        Stop::Fault(fault)
    }
}

impl Reading<'_> {
    fn open(&mut self, open: &Open<'_>) -> Result<(), Stop> {
        let name = open.name();
        let parent = self.places.last().copied().unwrap_or(Place::Other);
        let place = match (parent, name) {
            (Place::Other, "row") => {
                self.open_row(open)?;
                Place::Row
            }
            (Place::Row, "c") => {
                self.open_cell(open)?;
                Place::Cell
            }
            (Place::Cell, "v") => Place::Value,
            (Place::Cell, "is") => Place::Inline,
            (Place::Inline, _) => {
                self.runs.open(name);
                Place::Inline
            }
            (Place::Other, "mergeCell") => {
                if let Some(range) = open.attr("ref").as_deref().and_then(Merged::parse) {
                    self.merged.push(range);
                }
                if self.merged.len() > caps::MERGES {
                    return Err(NotATable::TooManyCells.into());
                }
                Place::Other
            }
            // Formulas are not read: their last value stands beside them.
            (parent, _) => parent,
        };
        // What stands within a row or cell and is none of ours is passed over with all it holds.
        let place = match (parent, place) {
            (Place::Row, Place::Row)
            | (Place::Cell, Place::Cell)
            | (Place::Value, Place::Value) => Place::Other,
            (_, place) => place,
        };
        self.places.push(place);
        Ok(())
    }

    fn open_row(&mut self, open: &Open<'_>) -> Result<(), Stop> {
        let number = match open.attr("r") {
            Some(number) => number.trim().parse().map_err(|_| Stop::Disorder)?,
            None => self.row.saturating_add(1),
        };
        if number <= self.row {
            return Err(Stop::Disorder);
        }
        (self.row, self.column) = (number, 0);
        Ok(())
    }

    fn open_cell(&mut self, open: &Open<'_>) -> Result<(), Stop> {
        let column = match open.attr("r") {
            Some(place) => {
                let (row, column) = reference(&place).ok_or(Stop::Disorder)?;
                if row != self.row {
                    return Err(Stop::Disorder);
                }
                column
            }
            None => self.column,
        };
        if column < self.column {
            return Err(Stop::Disorder);
        }
        self.column = column + 1;
        self.cell.row = self.row;
        self.cell.column = column;
        self.cell.kind = open.attr("t").unwrap_or_default();
        self.cell.style = open.attr("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        self.cell.value.clear();
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match self.places.last() {
            Some(Place::Value) => {
                let room = (caps::CELL_CHARS + 1) * 4;
                if self.cell.value.len() < room {
                    self.cell.value.extend(text.chars().take(caps::CELL_CHARS + 1));
                }
            }
            Some(Place::Inline) => self.runs.text(text),
            Some(Place::Other | Place::Row | Place::Cell) | None => {}
        }
    }

    fn close(&mut self) -> Result<(), Stop> {
        let closed = self.places.pop().unwrap_or(Place::Other);
        match closed {
            Place::Row => self.grid.end_row(self.row)?,
            Place::Cell => self.end_cell()?,
            Place::Inline => {
                self.runs.close();
                if self.places.last() == Some(&Place::Cell) {
                    self.cell.value = self.runs.take();
                }
            }
            Place::Other | Place::Value => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), NotATable> {
        let cell = std::mem::take(&mut self.cell);
        if cell.value.trim().is_empty() {
            self.cell.value = cell.value;
            return Ok(());
        }
        let (kind, span) = self.value(&cell)?;
        self.grid.put(cell.row, cell.column, kind, span)
    }

    fn value(&mut self, cell: &Pending) -> Result<(CellKind, Span), NotATable> {
        let (kind, text) = match cell.kind.as_str() {
            "s" => {
                let index = cell.value.trim().parse::<usize>().ok();
                // A number without a text is a damaged file; the cell is shown as blank in Excel.
                let span = index.and_then(|index| self.shared.strings.get(index).copied());
                return Ok((CellKind::Text, span.unwrap_or_default()));
            }
            // The runs have resolved its escapes already.
            "inlineStr" => (CellKind::Text, cell.value.clone()),
            "str" => (CellKind::Text, super::strings::unescaped(&cell.value)),
            "b" => {
                let word = if cell.value.trim() == "1" { "TRUE" } else { "FALSE" };
                (CellKind::Flag, word.to_owned())
            }
            "e" => (CellKind::Fault, cell.value.clone()),
            // A day written out (ISO 8601), which may have a time behind it.
            "d" => {
                let day = cell.value.trim().split('T').next().unwrap_or_default();
                let kind = match rules::calendar::Day::parse(day) {
                    Ok(_) => CellKind::Day,
                    Err(_) => CellKind::Text,
                };
                (kind, day.to_owned())
            }
            _ => {
                let is_day = self.shared.formats.is_day(cell.style);
                format::shown(&cell.value, is_day, self.shared.from_1904)
            }
        };
        Ok((kind, self.grid.say(&text)?))
    }
}

/// `B3` as row 3, column 1. Columns past those of spreadsheet programs (XFD) are none.
pub(super) fn reference(place: &str) -> Option<(u32, usize)> {
    let place = place.trim();
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = place.split_at_checked(letters)?;
    if !(1..=3).contains(&letters.len()) || !(1..=7).contains(&digits.len()) {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0_usize, |sum, byte| sum * 26 + usize::from(byte.to_ascii_uppercase() - b'A' + 1));
    let row = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
    Some((row, column - 1)).filter(|(row, _)| *row > 0)
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn references_are_rows_and_columns() {
        assert_eq!(reference("A1"), Some((1, 0)));
        assert_eq!(reference("AA12"), Some((12, 26)));
        assert_eq!(reference("XFD1048576"), Some((1_048_576, 16_383)));
        for none in ["", "A", "1", "A0", "AAAA1", "A12345678", "A-1", "字1", "A1B"] {
            assert_eq!(reference(none), None, "{none}");
        }
    }
}
