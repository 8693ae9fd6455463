//! The label that Word draws before a numbered paragraph. Counting happens here, in document order.

use super::numbering::{LEVELS, Level, Num, Numbering};
use super::numerals::{Format, Numerals};
use super::styles::{NumPr, Styles};
use super::symbols;
use crate::document::Note;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Counts through a document and renders labels.
pub(super) struct Labels {
    numbering: Numbering,
    styles: Styles,
    /// Abstract numbering → its counters. Numberings that share an abstract one count on together.
    counters: HashMap<i64, [Option<u32>; LEVELS]>,
    /// (numbering, level) whose own start has been used.
    started: HashSet<(i64, usize)>,
    unknown_formats: BTreeSet<String>,
    missing: usize,
}

impl Labels {
    pub(super) fn new(numbering: Numbering, styles: Styles) -> Labels {
        Labels {
            numbering,
            styles,
            counters: HashMap::new(),
            started: HashSet::new(),
            unknown_formats: BTreeSet::new(),
            missing: 0,
        }
    }

    /// The label of the next paragraph, with what stands between it and the text; empty for none.
    /// The counters move on.
    pub(super) fn next(&mut self, style: Option<&str>, own: NumPr) -> String {
        let Some((num_id, level)) = self.place(style, own) else { return String::new() };
        let Some((abstract_id, num)) = resolve(&self.numbering, &self.styles, num_id) else {
            self.missing += 1;
            return String::new();
        };
        let levels: [Level; LEVELS] = std::array::from_fn(|at| {
            let defined = self.numbering.abstracts.get(&abstract_id);
            let plain = defined.and_then(|found| found.levels[at].as_ref());
            num.levels[at].as_ref().or(plain).cloned().unwrap_or_default()
        });
        let starts: [u32; LEVELS] =
            std::array::from_fn(|at| num.starts[at].unwrap_or(levels[at].start));
        let counters = self.counters.entry(abstract_id).or_default();
        let restarts_here = num.starts[level].is_some() && self.started.insert((num_id, level));
        count(counters, level, &starts, &levels, restarts_here);
        self.render(level, &levels, abstract_id)
    }

    /// What a person should know about the labels.
    pub(super) fn notes(&self) -> Vec<Note> {
        let formats = self.unknown_formats.iter();
        let mut notes: Vec<Note> =
            formats.map(|format| Note::NumberFormat { format: format.clone() }).collect();
        if self.missing > 0 {
            notes.push(Note::MissingNumbering { count: self.missing });
        }
        notes
    }

    /// Numbering and level of a paragraph: its own, or its style's. Numbering 0 takes a number away.
    fn place(&self, style: Option<&str>, own: NumPr) -> Option<(i64, usize)> {
        let (inherited, _) = self.styles.numbered(style);
        let num_id = own.num.or(inherited.num).filter(|num| *num != 0)?;
        let level = own.level.or_else(|| {
            // The level that names the style wins over the level that the style names.
            let from_style =
                own.num.is_none().then(|| self.level_of_style(style, num_id)).flatten();
            from_style.or(inherited.level)
        });
        Some((num_id, level.unwrap_or(0).min(LEVELS - 1)))
    }

    fn level_of_style(&self, style: Option<&str>, num_id: i64) -> Option<usize> {
        let (abstract_id, num) = resolve(&self.numbering, &self.styles, num_id)?;
        let defined = &self.numbering.abstracts.get(&abstract_id)?.levels;
        self.styles.chain(style).find_map(|id| {
            (0..LEVELS).find(|at| {
                let level = num.levels[*at].as_ref().or(defined[*at].as_ref());
                level.is_some_and(|level| level.style.as_deref() == Some(id))
            })
        })
    }

    fn render(&mut self, at: usize, levels: &[Level; LEVELS], abstract_id: i64) -> String {
        let level = &levels[at];
        let numbers = self.counters.get(&abstract_id).copied().unwrap_or_default();
        let mut label = String::new();
        match &level.format {
            Format::None => return String::new(),
            Format::Bullet => {
                let font = level.font.as_deref();
                return level.text.chars().map(|c| symbols::bullet(font, c)).collect();
            }
            Format::Unknown(name) => {
                self.unknown_formats.insert(name.clone());
            }
            Format::Numerals(_) => {}
        }
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|digit| digit.to_digit(10)).filter(|n| *n > 0);
            let (Some(digit), '%') = (digit, c) else {
                label.push(c);
                continue;
            };
            rest.next();
            let which = usize::try_from(digit).unwrap_or(LEVELS) - 1;
            // A level below this one has no number yet: Word draws nothing for it.
            if let (true, Some(n)) = (which <= at, numbers[which]) {
                label.push_str(&write(&levels[which].format, n, level.legal));
            }
        }
        if !level.no_gap && needs_gap(&label) {
            label.push(' ');
        }
        label
    }
}

/// The numbering, and the abstract numbering it counts in, through a numbering style if need be.
fn resolve<'a>(numbering: &'a Numbering, styles: &Styles, id: i64) -> Option<(i64, &'a Num)> {
    let num = numbering.nums.get(&id)?;
    let named = numbering.abstracts.get(&num.abstract_id)?;
    let Some(link) = &named.num_style_link else { return Some((num.abstract_id, num)) };
    let through_style = styles.numbered(Some(link)).0.num.and_then(|id| numbering.nums.get(&id));
    let target = through_style.map(|linked| linked.abstract_id).or_else(|| {
        let mut holders: Vec<i64> = numbering
            .abstracts
            .iter()
            .filter(|(_, found)| found.style_link.as_ref() == Some(link))
            .map(|(id, _)| *id)
            .collect();
        holders.sort_unstable();
        holders.first().copied()
    });
    Some((target.unwrap_or(num.abstract_id), num))
}

/// One paragraph at `level`: that level moves on, levels below begin anew, levels above that never
/// had a number count as being at their start.
fn count(
    counters: &mut [Option<u32>; LEVELS],
    level: usize,
    starts: &[u32; LEVELS],
    levels: &[Level; LEVELS],
    restarts_here: bool,
) {
    for at in 0..LEVELS {
        if at < level {
            counters[at] = counters[at].or(Some(starts[at]));
        } else if at == level {
            let next = counters[at].filter(|_| !restarts_here);
            counters[at] = Some(next.map_or(starts[at], |n| n.saturating_add(1)));
        } else if levels[at].restart.is_none_or(|restart| level < restart) {
            counters[at] = None;
        }
    }
}

fn write(format: &Format, n: u32, legal: bool) -> String {
    match format {
        Format::Numerals(numerals) if !legal => numerals.write(n),
        Format::Numerals(_) | Format::Unknown(_) => Numerals::Decimal.write(n),
        Format::Bullet | Format::None => String::new(),
    }
}

/// Word sets a tab or a space after the label. Where people type numbers themselves they type nothing
/// after 「一、」「（一）」「1.」 or 「①」, so nothing is written there; after a label that ends in a letter,
/// a digit or a Han character (「第一条」「1.1」) they type a space, and without it the label would run
/// into the text.
fn needs_gap(label: &str) -> bool {
    label.chars().last().is_some_and(|c| {
        let is_enclosed = matches!(c, '\u{2460}'..='\u{24FF}' | '\u{3200}'..='\u{32FF}');
        c.is_alphanumeric() && !is_enclosed
    })
}
