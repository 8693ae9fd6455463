//! The texts of the demonstration: decks of titles that are used up before any comes again, and
//! for each problem its causes, measures, standards, notes and findings.

use crate::dice::Dice;
use rules::matter::Source;
use rules::signal::ProblemCode;
use rules::text::Words;
use std::collections::BTreeMap;

const TITLES: &str = include_str!("../../data/demo/titles.csv");
const WORKS: &str = include_str!("../../data/demo/works.txt");
const UNITS: &str = include_str!("../../data/demo/units.csv");

/// More rows than a page of a list has.
const RECENT: usize = 60;

/// Texts that go with every problem.
const ANY: &str = "*";

/// A row of the list of titles.
#[derive(Debug)]
struct Row {
    problem: ProblemCode,
    units: Vec<&'static str>,
    sources: Vec<Source>,
    title: &'static str,
    detail: &'static str,
}

/// A problem as somebody found it.
pub(super) struct Found {
    pub problem: ProblemCode,
    pub unit: &'static str,
    pub source: Source,
    pub title: Words,
    pub detail: Words,
}

/// What a unit says in the self-check round, and which deputy leader is in charge of it.
pub(super) struct UnitLine {
    pub unit: &'static str,
    pub deputy: &'static str,
    pub problems: Vec<ProblemCode>,
    pub note: &'static str,
}

/// All texts, with what was used already.
pub(super) struct Texts {
    rows: Vec<Row>,
    /// Rows still to be dealt in this round.
    deck: Vec<usize>,
    /// The rows that were dealt last in this round.
    recent: Vec<usize>,
    /// How often each row was dealt.
    dealt: Vec<usize>,
    works: BTreeMap<(&'static str, &'static str), Vec<&'static str>>,
    /// How often each kind of text was asked for.
    asked: BTreeMap<(&'static str, &'static str), usize>,
}

impl Texts {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let rows: Vec<Row> = TITLES.lines().skip(1).filter_map(row).collect();
        let mut works = BTreeMap::new();
        for line in WORKS.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('|');
            if let (Some(problem), Some(kind)) = (columns.next(), columns.next()) {
                let mut texts: Vec<&str> = columns.collect();
                dice.shuffle(&mut texts);
                works.insert((problem, kind), texts);
            }
        }
        let dealt = vec![0; rows.len()];
        Self { rows, deck: Vec::new(), recent: Vec::new(), dealt, works, asked: BTreeMap::new() }
    }

    /// The next problem that is found. A row comes again only when all were dealt, and then with
    /// another unit, another alternative and other figures.
    pub(super) fn found(&mut self, dice: &mut Dice) -> Option<Found> {
        if self.deck.is_empty() {
            self.deck = (0..self.rows.len()).collect();
            dice.shuffle(&mut self.deck);
            // What was dealt last lies at the bottom, so that no page shows it twice.
            let recent = std::mem::take(&mut self.recent);
            self.deck.sort_by_key(|row| !recent.contains(row));
        }
        let at = self.deck.pop()?;
        if self.deck.len() < RECENT {
            self.recent.push(at);
        }
        let round = self.dealt[at];
        self.dealt[at] += 1;
        let row = &self.rows[at];
        Some(Found {
            problem: row.problem,
            unit: row.units.get(round % row.units.len()).copied()?,
            source: row.sources.get(round % row.sources.len()).copied()?,
            title: Words::new(filled(row.title, round, dice)),
            detail: Words::new(filled(row.detail, round, dice)),
        })
    }

    /// A text of this kind for a problem; those of one kind come in turn.
    pub(super) fn work(&mut self, problem: ProblemCode, kind: &'static str, d: &mut Dice) -> Words {
        self.next(problem.problem().code, kind, d)
    }

    /// A text of this kind that goes with any problem.
    pub(super) fn any(&mut self, kind: &'static str, dice: &mut Dice) -> Words {
        self.next(ANY, kind, dice)
    }

    fn next(&mut self, problem: &'static str, kind: &'static str, dice: &mut Dice) -> Words {
        let asked = self.asked.entry((problem, kind)).or_default();
        let texts = self.works.get(&(problem, kind)).map_or(&[][..], |texts| texts);
        let text = texts.get(*asked % texts.len().max(1)).copied().unwrap_or_default();
        *asked += 1;
        Words::new(filled(text, *asked, dice))
    }
}

/// The lines of all units.
pub(super) fn units() -> impl Iterator<Item = UnitLine> {
    UNITS.lines().skip(1).filter_map(|line| {
        let columns: Vec<&str> = line.split(',').collect();
        let [unit, deputy, problems, note] = *columns else { return None };
        let problems = problems.split(' ').filter_map(ProblemCode::parse).collect();
        Some(UnitLine { unit, deputy, problems, note })
    })
}

fn row(line: &'static str) -> Option<Row> {
    let columns: Vec<&str> = line.split(',').collect();
    let [problem, units, sources, title, detail] = *columns else { return None };
    Some(Row {
        problem: ProblemCode::parse(problem)?,
        units: units.split('、').collect(),
        sources: sources.split('/').filter_map(Source::from_word).collect(),
        title,
        detail,
    })
}

/// Fills `{3-9}` with a number between, and `{a|b}` with one of its alternatives in turn.
fn filled(text: &str, round: usize, dice: &mut Dice) -> String {
    let mut full = String::with_capacity(text.len());
    let mut left = text;
    while let Some((before, rest)) = left.split_once('{') {
        full.push_str(before);
        let Some((inside, after)) = rest.split_once('}') else { break };
        let range = inside
            .split_once('-')
            .and_then(|(from, to)| Some((from.parse::<usize>().ok()?, to.parse::<usize>().ok()?)));
        if let Some((from, to)) = range {
            full.push_str(&dice.between(from, to).to_string());
        } else {
            let choices: Vec<&str> = inside.split('|').collect();
            full.push_str(choices[round % choices.len()]);
        }
        left = after;
    }
    full.push_str(left);
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        assert_eq!(TITLES.lines().count() - 1, TITLES.lines().skip(1).filter_map(row).count());
        let rows: Vec<Row> = TITLES.lines().skip(1).filter_map(row).collect();
        assert!(rows.len() >= 120);
        let whole = |row: &Row| !row.units.is_empty() && row.sources.len() == row_sources(row);
        assert!(rows.iter().all(whole));
        assert_eq!(units().count(), UNITS.lines().count() - 1);
    }

    fn row_sources(row: &Row) -> usize {
        let line = TITLES.lines().find(|line| line.contains(row.title)).unwrap_or_default();
        line.split(',').nth(2).unwrap_or_default().split('/').count()
    }

    #[test]
    fn every_problem_has_all_kinds_of_texts() {
        let texts = Texts::new(&mut Dice(1));
        let kinds =
            ["rule", "cause", "measure", "standard", "progress", "passed", "failed", "looked"];
        for problem in ProblemCode::all() {
            for kind in kinds {
                let known = texts.works.get(&(problem.problem().code, kind));
                assert!(known.is_some_and(|texts| !texts.is_empty()), "{problem} {kind}");
            }
        }
    }

    #[test]
    fn a_text_is_filled() {
        assert_eq!(filled("{周|月}报{4-4}张", 1, &mut Dice(1)), "月报4张");
        assert_eq!(filled("没有", 0, &mut Dice(1)), "没有");
    }
}
