//! A ledger on its way in: the table as uploaded and corrected, and what is thought of each row.

use crate::enter::{Coming, Entered};
use crate::reader::Reader;
use intake::{
    Against, Defaults, Entering, Entrance, Field, KnownMatters, Mapping, MatterRow, OnlyListed,
    Remark, RowProblem, Sheet, Table,
};
use rules::Refusal;
use rules::access::Action;
use rules::ids::{CampaignId, MatterId, PostId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An uploaded ledger until it is imported and for a while after.
pub(super) struct ImportDraft {
    pub(super) name: String,
    /// Names the import in the log.
    pub(super) key: String,
    /// The file, where it has more than one worksheet to choose from.
    pub(super) bytes: Vec<u8>,
    state: Mutex<State>,
    /// Held while rows go in, so that a second click waits for the first.
    pub(super) taking: tokio::sync::Mutex<()>,
}

/// What a person decided of the whole ledger.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Choices {
    pub(super) campaign: Option<CampaignId>,
    pub(super) defaults: Defaults,
    pub(super) historical: bool,
    pub(super) hand_out: bool,
}

/// The table with everything that was decided about it.
pub(super) struct State {
    pub(super) table: Table,
    pub(super) mapping: Mapping,
    pub(super) choices: Choices,
    known: KnownMatters,
    /// In the order of the table; none before columns were chosen.
    pub(super) lines: Vec<Line>,
    duplicates: BTreeMap<u32, Choice>,
    pub(super) edited: BTreeSet<u32>,
    taken: BTreeMap<u32, Entered>,
}

/// What is to be done with a row that seems to be there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Skip,
    Anyway,
}

/// A row and what is thought of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) row: u32,
    pub(super) problems: Vec<RowProblem>,
    pub(super) remarks: Vec<Remark>,
    pub(super) fate: Fate,
}

/// What will become of a row, or has.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// It can go in.
    Good { value: Box<MatterRow>, to: Option<PostId>, why_not: Option<OnlyListed> },
    /// Cells must be corrected first.
    Bad,
    /// Its cells are good, and the rules would refuse it all the same.
    Refused(Refusal),
    /// It seems to be there already, and nobody has decided yet.
    Duplicate,
    /// Its 标识 says that it is this matter of ours.
    Known(MatterId),
    /// A person leaves it out.
    Skipped,
    /// It is in.
    Taken(Entered),
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// To be corrected or decided, and those that were.
    Todo,
    /// Good ones of which a cell was understood.
    Noted,
    Good,
    All,
}

impl View {
    pub(super) const ALL: [View; 4] = [View::Todo, View::Noted, View::Good, View::All];

    pub(super) fn key(self) -> &'static str {
        match self {
            View::Todo => "todo",
            View::Noted => "noted",
            View::Good => "good",
            View::All => "all",
        }
    }
}

/// How many rows there are of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) good: usize,
    pub(super) bad: usize,
    pub(super) duplicate: usize,
    pub(super) known: usize,
    pub(super) skipped: usize,
    pub(super) taken: usize,
    /// Of the good ones, those that will be handed out.
    pub(super) handed_out: usize,
}

impl Counts {
    /// Rows that are neither in nor can go in as they are.
    pub(super) fn rest(&self) -> usize {
        self.bad + self.duplicate + self.skipped
    }
}

impl ImportDraft {
    pub(super) fn new(reader: &Reader, name: String, bytes: &[u8], table: Table) -> ImportDraft {
        let choices =
            Choices { campaign: reader.campaign().map(|(id, _)| id), ..Choices::default() };
        let several = table.sheets().len() > 1;
        let bytes = if several { bytes.to_vec() } else { Vec::new() };
        ImportDraft {
            name,
            key: crate::enter::fresh_key(),
            bytes,
            state: Mutex::new(State::new(table, choices)),
            taking: tokio::sync::Mutex::default(),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        // A page that failed half way has changed a cell at most.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new(table: Table, choices: Choices) -> State {
        State {
            mapping: table.guess(),
            table,
            choices,
            known: KnownMatters::default(),
            lines: Vec::new(),
            duplicates: BTreeMap::new(),
            edited: BTreeSet::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Judges every row anew, against the ledger as it stands.
    pub(super) fn judge(&mut self, reader: &Reader) {
        self.known =
            KnownMatters::of(&reader.register, |one| reader.may(Action::See, &one.thing()));
        let sheet = self.asked(reader, intake::matters);
        let Sheet { rows, problems, remarks, .. } = sheet;
        let mut values: BTreeMap<u32, MatterRow> =
            rows.into_iter().map(|placed| (placed.row, placed.value)).collect();
        let (mut problems, mut remarks) = (
            by_row(problems, |problem: &RowProblem| problem.row),
            by_row(remarks, |remark: &Remark| remark.row),
        );
        let numbers: Vec<u32> = self.table.rows().collect();
        self.lines = numbers
            .into_iter()
            .map(|row| {
                let problems = problems.remove(&row).unwrap_or_default();
                let remarks = remarks.remove(&row).unwrap_or_default();
                self.line(reader, row, (values.remove(&row), problems, remarks))
            })
            .collect();
    }

    /// Judges one row anew.
    pub(super) fn judge_row(&mut self, reader: &Reader, row: u32) {
        let sheet = self
            .asked(reader, |table, mapping, against| intake::recheck(table, mapping, against, row));
        let value = sheet.rows.into_iter().next().map(|placed| placed.value);
        let line = self.line(reader, row, (value, sheet.problems, sheet.remarks));
        if let Some(old) = self.lines.iter_mut().find(|old| old.row == row) {
            *old = line;
        }
    }

    fn asked(
        &self,
        reader: &Reader,
        ask: impl FnOnce(&Table, &Mapping, &Against<'_>) -> Sheet<MatterRow>,
    ) -> Sheet<MatterRow> {
        let known = |title: &str, unit| self.known.find(title, unit);
        let against = Against {
            office: reader.register.office(),
            today: reader.today,
            known: &known,
            historical: self.choices.historical,
            defaults: self.choices.defaults,
        };
        ask(&self.table, &self.mapping, &against)
    }

    fn line(
        &self,
        reader: &Reader,
        row: u32,
        (value, problems, remarks): (Option<MatterRow>, Vec<RowProblem>, Vec<Remark>),
    ) -> Line {
        let fate = self.fate(reader, row, value, &problems);
        let problems = match &fate {
            // What was decided is no problem any more.
            Fate::Good { .. } | Fate::Known(_) | Fate::Taken(_) => Vec::new(),
            Fate::Bad | Fate::Refused(_) | Fate::Duplicate | Fate::Skipped => problems,
        };
        Line { row, problems, remarks, fate }
    }

    fn fate(
        &self,
        reader: &Reader,
        row: u32,
        value: Option<MatterRow>,
        problems: &[RowProblem],
    ) -> Fate {
        if let Some(entered) = self.taken.get(&row) {
            return Fate::Taken(entered.clone());
        }
        if let Some(id) = self.own_matter(reader, row) {
            return Fate::Known(id);
        }
        let choice = self.duplicates.get(&row);
        if choice == Some(&Choice::Skip) {
            return Fate::Skipped;
        }
        let only_duplicate = !problems.is_empty() && problems.iter().all(RowProblem::is_duplicate);
        let value = match value {
            None if only_duplicate && choice == Some(&Choice::Anyway) => self.alone(reader, row),
            None if only_duplicate => return Fate::Duplicate,
            value => value,
        };
        let Some(value) = value else { return Fate::Bad };
        match self.entering(reader).plan(&value) {
            Ok(Entrance { to, why_not, .. }) => Fate::Good { value: Box::new(value), to, why_not },
            Err(refusal) => Fate::Refused(refusal),
        }
    }

    /// The matter of this log whose export the row is.
    fn own_matter(&self, reader: &Reader, row: u32) -> Option<MatterId> {
        let column = self.mapping.column(Field::Id)?;
        let text = self.table.cell(row, column).text;
        let id = intake::matter_named(text, reader.app.ledger.origin())?;
        reader.matter(id).ok().map(|_| id)
    }

    fn alone(&self, reader: &Reader, row: u32) -> Option<MatterRow> {
        let sheet = self.asked(reader, |table, mapping, against| {
            intake::recheck_alone(table, mapping, against, row)
        });
        sheet.rows.into_iter().next().map(|placed| placed.value)
    }

    fn entering<'a>(&self, reader: &'a Reader) -> Entering<'a> {
        Entering {
            register: &reader.register,
            now: reader.now(),
            campaign: self.choices.campaign,
            hand_out: self.choices.hand_out,
        }
    }

    /// The rows that can go in.
    pub(super) fn good(&self) -> BTreeSet<u32> {
        let good = self.lines.iter().filter(|line| matches!(line.fate, Fate::Good { .. }));
        good.map(|line| line.row).collect()
    }

    /// Every good row with its commands, in the order of the table.
    pub(super) fn coming(&self, reader: &Reader) -> Vec<Coming> {
        let entering = self.entering(reader);
        let coming = |line: &Line| {
            let Fate::Good { value, .. } = &line.fate else { return None };
            let commands = entering.plan(value).ok()?.commands;
            Some(Coming { row: line.row, commands })
        };
        self.lines.iter().filter_map(coming).collect()
    }

    /// Notes what became of rows that were sent in.
    pub(super) fn took(&mut self, entered: Vec<Entered>) {
        let is_in = entered.into_iter().filter(|one| one.matter.is_some());
        self.taken.extend(is_in.map(|one| (one.row, one)));
    }

    pub(super) fn decide(&mut self, row: u32, choice: Option<Choice>) {
        match choice {
            Some(choice) => drop(self.duplicates.insert(row, choice)),
            None => drop(self.duplicates.remove(&row)),
        }
        self.edited.insert(row);
    }

    /// Whether a person has decided about a row that seemed to be there already.
    pub(super) fn is_decided(&self, line: &Line) -> bool {
        let is_open = matches!(line.fate, Fate::Good { .. } | Fate::Skipped | Fate::Bad);
        is_open && self.duplicates.contains_key(&line.row)
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in &self.lines {
            match &line.fate {
                Fate::Good { to, .. } => {
                    counts.good += 1;
                    counts.handed_out += usize::from(to.is_some());
                }
                Fate::Bad | Fate::Refused(_) => counts.bad += 1,
                Fate::Duplicate => counts.duplicate += 1,
                Fate::Known(_) => counts.known += 1,
                Fate::Skipped => counts.skipped += 1,
                Fate::Taken(_) => counts.taken += 1,
            }
        }
        counts
    }

    pub(super) fn shows(&self, view: View, line: &Line) -> bool {
        let is_good = matches!(line.fate, Fate::Good { .. });
        match view {
            View::Todo => {
                let is_open = matches!(line.fate, Fate::Bad | Fate::Refused(_) | Fate::Duplicate);
                let is_taken = matches!(line.fate, Fate::Taken(_));
                is_open || (self.edited.contains(&line.row) && !is_taken)
            }
            View::Noted => is_good && !line.remarks.is_empty(),
            View::Good => is_good,
            View::All => true,
        }
    }
}

fn by_row<T>(all: Vec<T>, row: impl Fn(&T) -> u32) -> BTreeMap<u32, Vec<T>> {
    let mut rows: BTreeMap<u32, Vec<T>> = BTreeMap::new();
    for one in all {
        rows.entry(row(&one)).or_default().push(one);
    }
    rows
}
