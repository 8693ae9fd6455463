//! The label that Word draws before a numbered paragraph. Counting happens here, in document order.

use super::numbering::{Abstract, LEVELS, Level, Numbering};
use super::numerals::{Format, Numerals};
use super::styles::{NumPr, Styles};
use super::symbols;
use crate::document::Note;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// The numbers of the levels of one definition; `None` before a level's first use.
type Counters = [Option<u32>; LEVELS];

/// What stands before a numbered paragraph.
#[derive(Debug, Default)]
pub(super) struct Label {
    pub(super) text: String,
    /// A blank belongs between the label and the text, if there is a text.
    has_gap: bool,
}

impl Label {
    /// The paragraph as a person reads it.
    pub(super) fn before(self, text: &str) -> String {
        let gap =
            if self.has_gap && text.starts_with(|c: char| !c.is_whitespace()) { " " } else { "" };
        self.text + gap + text
    }
}

/// Counts through a document and renders labels.
pub(super) struct Labels {
    numbering: Numbering,
    styles: Styles,
    /// Abstract numbering → its counters. Numberings that share an abstract one count on together.
    counters: HashMap<i64, Counters>,
    /// Numberings as they were resolved; `None` for one that the document does not define.
    resolved: HashMap<i64, Option<Rc<Resolved>>>,
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
            resolved: HashMap::new(),
            started: HashSet::new(),
            unknown_formats: BTreeSet::new(),
            missing: 0,
        }
    }

    /// The label of the next paragraph; empty for none. The counters move on.
    pub(super) fn next(&mut self, style: Option<&str>, own: NumPr) -> Label {
        let Some((num_id, level)) = self.place(style, own) else { return Label::default() };
        let Some(resolved) = self.resolved(num_id) else {
            self.missing += 1;
            return Label::default();
        };
        let counters = self.counters.entry(resolved.abstract_id).or_default();
        let restarts_here = resolved.starts_anew[level] && self.started.insert((num_id, level));
        count(counters, level, &resolved, restarts_here);
        let numbers = *counters;
        self.render(level, &resolved.levels, &numbers)
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
    fn place(&mut self, style: Option<&str>, own: NumPr) -> Option<(i64, usize)> {
        let inherited = self.styles.numbered(style);
        let num_id = own.num.or(inherited.num).filter(|num| *num != 0)?;
        let level = own.level.or_else(|| {
            // The level that names the style wins over the level that the style names.
            let from_style =
                own.num.is_none().then(|| self.level_of_style(style, num_id)).flatten();
            from_style.or(inherited.level)
        });
        Some((num_id, level.unwrap_or(0).min(LEVELS - 1)))
    }

    fn level_of_style(&mut self, style: Option<&str>, num_id: i64) -> Option<usize> {
        let resolved = self.resolved(num_id)?;
        self.styles.chain(style).find_map(|id| {
            resolved.levels.iter().position(|level| level.style.as_deref() == Some(id))
        })
    }

    fn resolved(&mut self, num_id: i64) -> Option<Rc<Resolved>> {
        if let Some(known) = self.resolved.get(&num_id) {
            return known.clone();
        }
        let resolved = resolve(&self.numbering, &self.styles, num_id).map(Rc::new);
        self.resolved.insert(num_id, resolved.clone());
        resolved
    }

    fn render(&mut self, at: usize, levels: &[Level; LEVELS], numbers: &Counters) -> Label {
        let level = &levels[at];
        let mut label = String::new();
        match &level.format {
            Format::None => return Label::default(),
            Format::Bullet => {
                let font = level.font.as_deref();
                let text = level.text.chars().map(|c| symbols::bullet(font, c)).collect();
                return Label { text, has_gap: false };
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
        let has_gap = !level.no_gap && needs_gap(&label);
        Label { text: label, has_gap }
    }
}

/// A numbering with all that it takes from elsewhere.
struct Resolved {
    /// Where it counts.
    abstract_id: i64,
    levels: [Level; LEVELS],
    starts: [u32; LEVELS],
    /// The levels for which the numbering has a start of its own.
    starts_anew: [bool; LEVELS],
}

/// Follows a numbering to its levels, through a numbering style if need be.
fn resolve(numbering: &Numbering, styles: &Styles, id: i64) -> Option<Resolved> {
    let num = numbering.nums.get(&id)?;
    let named = numbering.abstracts.get(&num.abstract_id)?;
    let linked = named.num_style_link.as_ref().and_then(|link| {
        let through_style = styles.numbered(Some(link)).num.and_then(|id| numbering.nums.get(&id));
        through_style.map(|linked| linked.abstract_id).or_else(|| {
            let holds = |found: &Abstract| found.style_link.as_ref() == Some(link);
            let holders = numbering.abstracts.iter().filter(|(_, found)| holds(found));
            holders.map(|(id, _)| *id).min()
        })
    });
    let abstract_id = linked.unwrap_or(num.abstract_id);
    let defined = numbering.abstracts.get(&abstract_id);
    let levels: [Level; LEVELS] = std::array::from_fn(|at| {
        let plain = defined.and_then(|found| found.levels.get(at));
        num.levels.get(at).or(plain).cloned().unwrap_or_default()
    });
    let starts = std::array::from_fn(|at| num.starts[at].unwrap_or(levels[at].start));
    let starts_anew = num.starts.map(|start| start.is_some());
    Some(Resolved { abstract_id, levels, starts, starts_anew })
}

/// One paragraph at `level`: that level moves on, levels below begin anew, levels above that never
/// had a number count as being at their start.
fn count(counters: &mut Counters, level: usize, resolved: &Resolved, restarts_here: bool) {
    let Resolved { levels, starts, .. } = resolved;
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
