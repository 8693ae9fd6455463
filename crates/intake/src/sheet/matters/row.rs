//! One row of a ledger, field by field.

use super::day::{self, Lean, Said};
use super::office::{Found, Names};
use super::words::{self, Word};
use super::{Against, MatterRow};
use crate::caps;
use crate::sheet::grid::{Cell, CellKind};
use crate::sheet::mapping::{Field, Mapping};
use crate::sheet::problem::{Remark, RemarkKind, RowFault, RowProblem, shortened};
use crate::sheet::table::Table;
use crate::sheet::value::is_hidden;
use rules::calendar::Day;
use rules::ids::{PostId, UnitId};
use rules::matter::{Remedy, Source};
use rules::signal::ProblemCode;

/// A row that is being judged.
pub(super) struct Row<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    number: u32,
    /// Title and unit, if both are good.
    identity: (Option<String>, Option<UnitId>),
    pub(super) problems: Vec<RowProblem>,
    pub(super) remarks: Vec<Remark>,
}

/// How people write that there is nothing to write.
const NOTHING: [&str; 8] = ["/", "-", "—", "——", "\\", "无", "／", "、"];

impl<'a> Row<'a> {
    pub(super) fn new(table: &'a Table, mapping: &'a Mapping, number: u32) -> Row<'a> {
        let (problems, remarks) = (Vec::new(), Vec::new());
        Row { table, mapping, number, identity: (None, None), problems, remarks }
    }

    /// Every field of the row; `None` where a required one is not good. Whether the row as a whole is
    /// good, its problems say.
    pub(super) fn read(
        &mut self,
        names: &mut Names<'_>,
        against: &Against<'_>,
    ) -> Option<MatterRow> {
        let title = self.text(Field::Title, caps::TITLE_CHARS);
        let defaults = against.defaults;
        let unit = self.or(Field::Unit, defaults.unit, |row| row.unit(names));
        self.identity = (title.clone(), unit);
        let problem = self.or(Field::Problem, defaults.problem, Row::which);
        let source = self.or(Field::Source, defaults.source, Row::source);
        let remedy = self.remedy();
        let detail = self.text(Field::Detail, caps::DETAIL_CHARS).unwrap_or_default();
        let found_on = self.found_on(against);
        let owner = self.post(Field::Owner, names);
        let due = self.due(against);
        let mut long = |field| self.text(field, caps::DETAIL_CHARS);
        let (standard, measure) = (long(Field::Standard), long(Field::Measure));
        let (rule, procedure) = (long(Field::Rule), long(Field::Procedure));
        let (evidence, id) = (long(Field::Evidence), long(Field::Id));
        let checking = self.post(Field::Checking, names);
        Some(MatterRow {
            title: title?,
            detail,
            problem: problem?,
            unit: unit?,
            source: source?,
            found_on,
            remedy,
            owner,
            due,
            standard,
            measure,
            rule,
            procedure,
            checking,
            evidence,
            id,
        })
    }

    /// Title and unit, if both are good, whatever the other cells are.
    pub(super) fn identity(&self, read: Option<&MatterRow>) -> Option<(String, UnitId)> {
        match read {
            Some(row) => Some((row.title.clone(), row.unit)),
            None => self.identity.0.clone().zip(self.identity.1),
        }
    }

    pub(super) fn problem(&mut self, field: Field, fault: RowFault, suggestion: Option<String>) {
        let value = self.cell(field).text;
        let at = self.mapping.column(field);
        let mut problem = RowProblem::new(self.number, self.column(field), value, fault);
        (problem.at, problem.suggestion) = (at, suggestion);
        self.problems.push(problem);
    }

    fn remark(&mut self, field: Field, kind: RemarkKind) {
        self.remarks.push(Remark {
            row: self.number,
            column: self.column(field),
            at: self.mapping.column(field),
            value: shortened(self.cell(field).text),
            kind,
        });
    }

    /// The column as the header calls it, or where there is none as we do.
    fn column(&self, field: Field) -> String {
        let name = self.mapping.column(field).and_then(|at| self.table.columns().get(at));
        name.filter(|name| !name.is_empty()).map_or_else(|| field.word().to_owned(), Clone::clone)
    }

    fn cell(&self, field: Field) -> Cell<'a> {
        let column = self.mapping.column(field);
        column.map_or(Cell::BLANK, |column| self.table.cell(self.number, column))
    }

    /// The cell of a field, if it says anything. A blank in a required one and a failed formula are
    /// problems.
    fn said(&mut self, field: Field) -> Option<Cell<'a>> {
        let cell = self.cell(field);
        if cell.kind == CellKind::Fault {
            self.problem(field, RowFault::FailedFormula, None);
            return None;
        }
        if cell.text.is_empty() || NOTHING.contains(&cell.text) {
            if field.is_required() {
                self.problem(field, RowFault::Blank, None);
            }
            return None;
        }
        Some(cell)
    }

    /// What the column says, or the default where there is no column.
    fn or<T>(
        &mut self,
        field: Field,
        default: Option<T>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        default.filter(|_| self.mapping.column(field).is_none()).or_else(|| read(self))
    }

    fn text(&mut self, field: Field, limit: usize) -> Option<String> {
        let text = self.said(field)?.text;
        let is_bad = |c: char| is_hidden(c) && !matches!(c, '\n' | '\t');
        if let Some(hidden) = text.chars().find(|c| is_bad(*c)) {
            let fault = RowFault::HiddenCharacter { code_point: u32::from(hidden) };
            let clean = text.chars().filter(|c| !is_bad(*c)).collect();
            self.problem(field, fault, Some(clean));
            return None;
        }
        if text.chars().count() > limit {
            self.problem(field, RowFault::TooLong { limit }, None);
            return None;
        }
        Some(text.to_owned())
    }

    fn which(&mut self) -> Option<ProblemCode> {
        let text = self.said(Field::Problem)?.text;
        match words::problem(text) {
            Word::Known(code) => Some(code),
            Word::Understood(code) => {
                self.remark(Field::Problem, RemarkKind::Problem(code));
                Some(code)
            }
            Word::Unknown => {
                let near = words::nearest_problem(text);
                self.problem(Field::Problem, RowFault::UnknownProblem, near);
                None
            }
        }
    }

    fn source(&mut self) -> Option<Source> {
        let word = words::source(self.said(Field::Source)?.text);
        self.word(Field::Source, word, Source::word, &Source::ALL)
    }

    fn remedy(&mut self) -> Option<Remedy> {
        let word = words::remedy(self.said(Field::Remedy)?.text);
        self.word(Field::Remedy, word, Remedy::word, &Remedy::ALL)
    }

    fn word<T: Copy>(
        &mut self,
        field: Field,
        word: Word<T>,
        name: fn(T) -> &'static str,
        all: &[T],
    ) -> Option<T> {
        match word {
            Word::Known(one) => Some(one),
            Word::Understood(one) => {
                self.remark(field, RemarkKind::Name(name(one).to_owned()));
                Some(one)
            }
            Word::Unknown => {
                let allowed: Vec<&'static str> = all.iter().map(|one| name(*one)).collect();
                let text = self.cell(field).text;
                let near = super::near::nearest(text, allowed.iter().copied());
                self.problem(field, RowFault::UnknownWord { allowed }, near);
                None
            }
        }
    }

    fn unit(&mut self, names: &mut Names<'_>) -> Option<UnitId> {
        let found = names.unit(self.said(Field::Unit)?.text);
        self.found(Field::Unit, found, RowFault::UnknownUnit)
    }

    fn post(&mut self, field: Field, names: &mut Names<'_>) -> Option<PostId> {
        let text = self.said(field)?.text;
        let found = names.post(text, self.identity.1);
        self.found(field, found, RowFault::UnknownPost)
    }

    fn found<T>(&mut self, field: Field, found: Found<T>, unknown: RowFault) -> Option<T> {
        match found {
            Found::Exact(one) => Some(one),
            Found::Understood(one, name) => {
                self.remark(field, RemarkKind::Name(name));
                Some(one)
            }
            Found::First(one, name) => {
                self.remark(field, RemarkKind::OnlyFirst(name));
                Some(one)
            }
            Found::Unknown(near) => {
                self.problem(field, unknown, near);
                None
            }
        }
    }

    fn found_on(&mut self, against: &Against<'_>) -> Option<Day> {
        let cell = self.said(Field::FoundOn)?;
        let day = self.day(Field::FoundOn, cell, against, Lean::Back)?;
        if day > against.today {
            self.problem(Field::FoundOn, RowFault::Future { today: against.today }, None);
            return None;
        }
        Some(day)
    }

    fn due(&mut self, against: &Against<'_>) -> Option<Day> {
        let cell = self.said(Field::Due)?;
        // Ledgers write the remedy here where it has no day.
        if words::remedy(cell.text) != Word::Unknown {
            self.remark(Field::Due, RemarkKind::NoDay);
            return None;
        }
        let day = self.day(Field::Due, cell, against, Lean::Ahead)?;
        if day < against.today && !against.historical {
            self.problem(Field::Due, RowFault::Past { today: against.today }, None);
            return None;
        }
        Some(day)
    }

    fn day(
        &mut self,
        field: Field,
        cell: Cell<'_>,
        against: &Against<'_>,
        lean: Lean,
    ) -> Option<Day> {
        // Of an old matter the limit lies behind us, like its finding.
        let lean = if against.historical { Lean::Back } else { lean };
        match day::read(cell, self.table.is_from_1904(), against.today, lean) {
            Said::Day(day) => Some(day),
            Said::Understood(day) => {
                self.remark(field, RemarkKind::Day(day));
                Some(day)
            }
            Said::Fault(fault, near) => {
                self.problem(field, fault, near);
                None
            }
        }
    }
}
