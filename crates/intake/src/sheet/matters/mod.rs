//! A ledger of problems (整改台账) → matters to be listed: each row judged by itself, every bad cell
//! named, and where it can be told, what was meant.

mod day;
mod enter;
mod near;
mod office;
mod row;
mod words;

use super::mapping::{Field, Mapping};
use super::problem::{Remark, RowProblem};
use super::table::Table;
use super::{Placed, RowFault, Sheet};
pub use enter::{Entering, Entrance, KnownMatters, OnlyListed, matter_named};
use near::fold_title;
use office::{Found, Names};
use row::Row;
use rules::calendar::Day;
use rules::ids::{MatterId, PostId, UnitId};
use rules::matter::{Remedy, Source};
use rules::posts::Office;
use rules::signal::ProblemCode;
use std::collections::HashMap;

/// One row of a ledger of problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterRow {
    /// What is wrong, in a line.
    pub title: String,
    /// What is wrong, at length; may be blank.
    pub detail: String,
    /// Which of the sixteen.
    pub problem: ProblemCode,
    /// The unit whose problem it is.
    pub unit: UnitId,
    /// Where it was found.
    pub source: Source,
    /// The day on which it was found.
    pub found_on: Option<Day>,
    /// How it is to be put right.
    pub remedy: Option<Remedy>,
    /// The post that is to put it right.
    pub owner: Option<PostId>,
    /// The last day for it.
    pub due: Option<Day>,
    /// The standard by which it is checked.
    pub standard: Option<String>,
    /// What is to be done.
    pub measure: Option<String>,
    /// The rule it rests on.
    pub rule: Option<String>,
    /// The list of steps.
    pub procedure: Option<String>,
    /// The post that checks.
    pub checking: Option<PostId>,
    /// The kind of evidence.
    pub evidence: Option<String>,
    /// The identity that an export wrote (`origin#matter/1`). Whoever imports looks whether the matter
    /// is one of this log's; such a row is not new.
    pub id: Option<String>,
}

/// What rows are judged against.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// Units, posts and people.
    pub office: &'a Office,
    /// Today; limits lie on it or after it, findings on it or before.
    pub today: Day,
    /// The matter of this title and unit, if the ledger has one.
    pub known: &'a dyn Fn(&str, UnitId) -> Option<MatterId>,
    /// Old matters are entered (历史事项), whose limits may have passed.
    pub historical: bool,
    /// What every row says of fields that the table has no column for.
    pub defaults: Defaults,
}

/// What holds for every row of a table that has no column for it: a ledger of what the hotline brought
/// need not say so in each row. A column that is there is read, and a blank in it stays a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Defaults {
    /// Which of the sixteen.
    pub problem: Option<ProblemCode>,
    /// The unit whose problems they are.
    pub unit: Option<UnitId>,
    /// Where they were found.
    pub source: Option<Source>,
}

impl Defaults {
    /// Fields that no row can do without and that neither a column nor a default gives.
    pub fn missing(&self, mapping: &Mapping) -> Vec<Field> {
        let mut missing = mapping.missing();
        missing.retain(|field| match field {
            Field::Problem => self.problem.is_none(),
            Field::Unit => self.unit.is_none(),
            Field::Source => self.source.is_none(),
            Field::Title
            | Field::Detail
            | Field::FoundOn
            | Field::Remedy
            | Field::Owner
            | Field::Due
            | Field::Standard
            | Field::Measure
            | Field::Rule
            | Field::Procedure
            | Field::Checking
            | Field::Evidence
            | Field::Id => true,
        });
        missing
    }
}

/// Judges every row. Required fields that are [missing](Defaults::missing) make every row bad.
pub fn matters(table: &Table, mapping: &Mapping, against: &Against<'_>) -> Sheet<MatterRow> {
    let mut judge = Judge::new(table, mapping, against);
    let mut sheet = Sheet::default();
    let mut seen: HashMap<(String, UnitId), u32> = HashMap::new();
    for row in table.rows() {
        judge.judge(row, &mut sheet, |_, title, unit| {
            let first = *seen.entry((title, unit)).or_insert(row);
            (first != row).then_some(first)
        });
    }
    sheet
}

/// Judges one row again, after a cell of it was corrected ([`Table::set`]): at most one row, its
/// problems and its remarks. A row that the table does not have gives nothing.
pub fn recheck(
    table: &Table,
    mapping: &Mapping,
    against: &Against<'_>,
    row: u32,
) -> Sheet<MatterRow> {
    let mut judge = Judge::new(table, mapping, against);
    let mut sheet = Sheet::default();
    if table.rows().any(|known| known == row) {
        judge.judge(row, &mut sheet, |judge, title, unit| judge.earlier(row, &title, unit));
    }
    sheet
}

/// Judges one row as if no other stood anywhere: what it says once a person has decided that it is no
/// duplicate.
pub fn recheck_alone(
    table: &Table,
    mapping: &Mapping,
    against: &Against<'_>,
    row: u32,
) -> Sheet<MatterRow> {
    let against = Against { known: &|_, _| None, ..*against };
    let mut judge = Judge::new(table, mapping, &against);
    let mut sheet = Sheet::default();
    if table.rows().any(|known| known == row) {
        judge.judge(row, &mut sheet, |_, _, _| None);
    }
    sheet
}

struct Judge<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    against: &'a Against<'a>,
    names: Names<'a>,
}

impl<'a> Judge<'a> {
    fn new(table: &'a Table, mapping: &'a Mapping, against: &'a Against<'a>) -> Judge<'a> {
        let names = Names::new(against.office, against.today);
        Judge { table, mapping, against, names }
    }

    /// The first row before this one with the same title and unit.
    fn earlier(&mut self, row: u32, title: &str, unit: UnitId) -> Option<u32> {
        let title_at = self.mapping.column(Field::Title)?;
        let unit_at = self.mapping.column(Field::Unit);
        self.table.rows().take_while(|other| *other < row).find(|other| {
            fold_title(self.table.cell(*other, title_at).text) == title
                && unit_at.is_none_or(|at| {
                    match self.names.unit(self.table.cell(*other, at).text) {
                        Found::Exact(other)
                        | Found::Understood(other, _)
                        | Found::First(other, _) => other == unit,
                        Found::Unknown(_) => false,
                    }
                })
        })
    }

    fn judge(
        &mut self,
        number: u32,
        sheet: &mut Sheet<MatterRow>,
        mut earlier: impl FnMut(&mut Self, String, UnitId) -> Option<u32>,
    ) {
        let mut row = Row::new(self.table, self.mapping, number);
        let read = row.read(&mut self.names, self.against);
        if let Some((title, unit)) = row.identity(read.as_ref()) {
            let fault = match earlier(self, fold_title(&title), unit) {
                Some(first_row) => Some(RowFault::Repeated { first_row }),
                None => (self.against.known)(&title, unit)
                    .map(|matter| RowFault::AlreadyThere { matter }),
            };
            if let Some(fault) = fault {
                row.problem(Field::Title, fault, None);
            }
        }
        let Row { mut problems, mut remarks, .. } = row;
        // Fields are read in another order than they stand in.
        problems.sort_by_key(|problem: &RowProblem| problem.at);
        remarks.sort_by_key(|remark: &Remark| remark.at);
        let is_good = problems.is_empty();
        sheet.note(problems, remarks);
        if let Some(value) = read.filter(|_| is_good) {
            sheet.rows.push(Placed { row: number, value });
        }
    }
}
