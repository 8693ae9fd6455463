//! A bureau's own figures (办法参数): the form of `profiles/default.toml`, read whole or refused
//! with everything that is wrong in it.
//!
//! Each clock and each figure of [`Policy`] is one table. A table that is missing, a table or key
//! that nobody knows, and a value that the rules would not honour are all faults: a figure that
//! is adopted and then ignored would be worse than none.

mod fault;

pub use fault::{Fault, NotAPolicy, PolicyProblem};

use rules::calendar::{Day, Length, Roll, Unit};
use rules::policy::{Basis, Clock, Count, PauseReason, Policy, Retention, StartEvent};
use rules::text::Words;
use serde::Deserialize;
use serde::de::value::{Error as NoSuchCode, StrDeserializer};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The largest file that is read: the form itself has about 4 KiB.
pub const MOST_BYTES: usize = 256 * 1024;
/// How much of a faulty value is repeated in the message about it.
const MOST_FOUND: usize = 60;
/// The longest limit in working or natural days, and in months.
const MOST_DAYS: u16 = 1000;
const MOST_MONTHS: u16 = 120;

/// The clocks with the event that sets each going; the rules start them by nothing else.
const CLOCKS: [(&str, StartEvent); 12] = [
    ("sign", StartEvent::Assigned),
    ("decline", StartEvent::Assigned),
    ("plan", StartEvent::Accepted),
    ("at_once", StartEvent::Assigned),
    ("within", StartEvent::Assigned),
    ("standing", StartEvent::Assigned),
    ("check", StartEvent::Reported),
    ("redo", StartEvent::SentBack),
    ("look_back_first", StartEvent::Closed),
    ("look_back_second", StartEvent::Closed),
    ("handover", StartEvent::Appointed),
    ("objection", StartEvent::SlipSigned),
];

/// The figures with the most that each may be; none may be below 1.
const COUNTS: [(&str, u16); 12] = [
    ("checkers", 8),
    ("returns_before_decision", 1000),
    ("extensions", 1000),
    ("overlap_days", 1000),
    ("blue_days", 1000),
    ("blue_percent", 100),
    ("yellow_points", 100),
    ("note_before", 1000),
    ("slip_after", 1000),
    ("red_after", 1000),
    ("weekly_cap", 1000),
    ("reds_before_talk", 1000),
];

/// Years for which what has ended is kept (保存期限), with the most of each. All or none: figures
/// from before these were known stay good.
const KEEP: [(&str, u16); 3] =
    [("keep_matters_years", 100), ("keep_not_upheld_years", 100), ("keep_people_years", 100)];

const CLOCK_KEYS: [&str; 8] =
    ["length", "roll", "start", "pauses", "extension", "source", "dated", "confirmed_by"];
const COUNT_KEYS: [&str; 4] = ["value", "source", "dated", "confirmed_by"];

/// Reads a policy from TOML in UTF-8. Every problem is reported, not the first one only.
pub fn policy(bytes: &[u8]) -> Result<Policy, NotAPolicy> {
    let whole = |fault, found: String| {
        let (table, key) = (String::new(), String::new());
        NotAPolicy { problems: vec![PolicyProblem { table, key, line: 0, found, fault }] }
    };
    if bytes.len() > MOST_BYTES {
        return Err(whole(Fault::TooBig, bytes.len().to_string()));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| whole(Fault::NotUtf8, error.valid_up_to().to_string()))?;
    // Editors on Windows put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, problems: Vec::new() };
    let (root, faults) = DeTable::parse_recoverable(text);
    if faults.is_empty() {
        let policy = reader.policy(root.get_ref());
        if let (Some(policy), true) = (policy, reader.problems.is_empty()) {
            return Ok(policy);
        }
    }
    for fault in faults {
        reader.note(("", ""), Fault::NotToml, fault.span());
    }
    reader.problems.sort_by_key(|problem| (problem.line == 0, problem.line));
    Err(NotAPolicy { problems: reader.problems })
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<PolicyProblem>,
}

/// One table with its name.
#[derive(Clone, Copy)]
struct Section<'d, 't> {
    name: &'static str,
    table: &'d DeTable<'t>,
}

impl Reader<'_> {
    /// A problem with `found` standing at `span`; without a span something is missing.
    fn note(&mut self, (table, key): (&str, &str), fault: Fault, span: Option<Range<usize>>) {
        let before = span.clone().and_then(|span| self.text.get(..span.start));
        let line = before.map_or(0, |before| before.matches('\n').count() + 1);
        let found = span.and_then(|span| self.text.get(span)).unwrap_or_default();
        let mut found: String = found.chars().take(MOST_FOUND + 1).collect();
        if found.chars().count() > MOST_FOUND {
            found.pop();
            found.push('…');
        }
        let (table, key) = (table.to_owned(), key.to_owned());
        self.problems.push(PolicyProblem { table, key, line, found, fault });
    }

    fn policy(&mut self, root: &DeTable<'_>) -> Option<Policy> {
        for name in root.keys() {
            let known = CLOCKS.iter().any(|(clock, _)| clock == name.get_ref())
                || COUNTS.iter().chain(&KEEP).any(|(count, _)| count == name.get_ref());
            if !known {
                self.note((name.get_ref(), ""), Fault::UnknownTable, Some(name.span()));
            }
        }
        let clocks = CLOCKS.map(|(name, start)| self.clock(root, name, start));
        let counts = COUNTS.map(|(name, most)| self.count(root, name, most));
        let [sign, decline, plan, at_once, within, standing, check, redo, look, then, hand, object] =
            clocks;
        let [checkers, returns, extensions, overlap, blue_days, blue_percent, yellow, ..] =
            counts.clone();
        let [.., note, slip, red, weekly, before_talk] = counts;
        let retention = self.retention(root);
        let policy = Policy {
            sign: sign?,
            decline: decline?,
            plan: plan?,
            at_once: at_once?,
            within: within?,
            standing: standing?,
            check: check?,
            redo: redo?,
            look_back_first: look?,
            look_back_second: then?,
            handover: hand?,
            objection: object?,
            checkers: checkers?,
            returns_before_decision: returns?,
            extensions: extensions?,
            overlap_days: overlap?,
            blue_days: blue_days?,
            blue_percent: blue_percent?,
            yellow_points: yellow?,
            note_before: note?,
            slip_after: slip?,
            red_after: red?,
            weekly_cap: weekly?,
            reds_before_talk: before_talk?,
            retention,
        };
        self.compare(root, &policy);
        Some(policy)
    }

    /// None where nothing is said of it; what is said badly is among the problems.
    fn retention(&mut self, root: &DeTable<'_>) -> Option<Retention> {
        if !KEEP.iter().any(|(name, _)| root.contains_key(*name)) {
            return None;
        }
        let [matters, not_upheld, people] = KEEP.map(|(name, most)| self.count(root, name, most));
        Some(Retention { matters: matters?, not_upheld: not_upheld?, people: people? })
    }

    /// What figures must be to one another.
    fn compare(&mut self, root: &DeTable<'_>, policy: &Policy) {
        let span = |table: &str, key: &str| Some(root.get(table)?.as_ref().get(key)?.span());
        if policy.red_after.value <= policy.slip_after.value {
            let at = span("red_after", "value");
            self.note(("red_after", "value"), Fault::RedBeforeSlip, at);
        }
        let (first, second) = (policy.look_back_first.length, policy.look_back_second.length);
        if first.unit != second.unit || second.n <= first.n {
            let at = span("look_back_second", "length");
            self.note(("look_back_second", "length"), Fault::LookBackOrder, at);
        }
    }

    fn section<'d, 't>(
        &mut self,
        root: &'d DeTable<'t>,
        name: &'static str,
        keys: &[&str],
    ) -> Option<Section<'d, 't>> {
        let Some(value) = root.get(name) else {
            self.note((name, ""), Fault::MissingTable, None);
            return None;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.note((name, ""), Fault::NotATable, Some(value.span()));
            return None;
        };
        for key in table.keys() {
            if !keys.contains(&&**key.get_ref()) {
                self.note((name, key.get_ref()), Fault::UnknownKey, Some(key.span()));
            }
        }
        Some(Section { name, table })
    }

    fn clock(
        &mut self,
        root: &DeTable<'_>,
        name: &'static str,
        needed: StartEvent,
    ) -> Option<Clock> {
        let section = self.section(root, name, &CLOCK_KEYS)?;
        let length = self.needed(section, "length").and_then(|_| self.length(section, "length"));
        let roll = self.coded::<Roll>(section, "roll", Fault::NotARoll);
        let start = self.coded::<StartEvent>(section, "start", Fault::NotAStart);
        if let (Some(start), Some(value)) = (start, section.get("start"))
            && start != needed
        {
            let needed = start_code(needed);
            self.note((name, "start"), Fault::OtherStart { needed }, Some(value.span()));
        }
        let pauses = self.pauses(section);
        let extension = self.length(section, "extension");
        let basis = self.basis(section);
        let (length, roll, start, basis) = (length?, roll?, start?, basis?);
        Some(Clock { length, roll, start, pauses, extension, basis })
    }

    fn count(&mut self, root: &DeTable<'_>, name: &'static str, most: u16) -> Option<Count> {
        let section = self.section(root, name, &COUNT_KEYS)?;
        let value = self.needed(section, "value").and_then(|value| {
            let at = Some(value.span());
            let Some(number) = value.get_ref().as_integer() else {
                self.note((name, "value"), Fault::NotANumber, at);
                return None;
            };
            let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
            let number = number.filter(|number| (1..=most).contains(number));
            if number.is_none() {
                self.note((name, "value"), Fault::NumberOutOfRange { most }, at);
            }
            number
        });
        let basis = self.basis(section);
        Some(Count { value: value?, basis: basis? })
    }

    fn basis(&mut self, section: Section<'_, '_>) -> Option<Basis> {
        let source = self.needed(section, "source").and_then(|_| self.text(section, "source"));
        let dated = section.get("dated").and_then(|value| self.day(section.name, value));
        // Blank stands in forms for "not yet confirmed", which is what a missing key says too.
        let blank = |value: &Spanned<DeValue<'_>>| {
            value.get_ref().as_str().is_some_and(|text| text.trim().is_empty())
        };
        let confirmed = section.get("confirmed_by").is_some_and(|value| !blank(value));
        let confirmed_by = confirmed.then(|| self.text(section, "confirmed_by")).flatten();
        let confirmed_by = confirmed_by.map(Words::new);
        Some(Basis { source: Words::new(source?), dated, confirmed_by })
    }

    fn needed<'d, 't>(
        &mut self,
        section: Section<'d, 't>,
        key: &str,
    ) -> Option<&'d Spanned<DeValue<'t>>> {
        let value = section.get(key);
        if value.is_none() {
            self.note((section.name, key), Fault::MissingKey, None);
        }
        value
    }

    /// A text that is not blank; `None` also when the key does not stand there.
    fn text<'d>(&mut self, section: Section<'d, '_>, key: &str) -> Option<&'d str> {
        let value = section.get(key)?;
        let text = value.get_ref().as_str();
        let fault = match text {
            None => Fault::NotText,
            Some(text) if text.trim().is_empty() => Fault::Blank,
            Some(text) => return Some(text),
        };
        self.note((section.name, key), fault, Some(value.span()));
        None
    }

    fn length(&mut self, section: Section<'_, '_>, key: &str) -> Option<Length> {
        let at = section.get(key)?.span();
        let text = self.text(section, key)?;
        let Ok(length) = text.parse::<Length>() else {
            self.note((section.name, key), Fault::NotALength, Some(at));
            return None;
        };
        let most = match length.unit {
            Unit::WorkingDay | Unit::NaturalDay => MOST_DAYS,
            Unit::Month => MOST_MONTHS,
        };
        if length.n > most {
            self.note((section.name, key), Fault::LengthOutOfRange, Some(at));
            return None;
        }
        Some(length)
    }

    /// A value of a closed list by its code, which is the one that events are written with.
    fn coded<T: for<'de> Deserialize<'de>>(
        &mut self,
        section: Section<'_, '_>,
        key: &str,
        fault: Fault,
    ) -> Option<T> {
        let at = self.needed(section, key)?.span();
        let text = self.text(section, key)?;
        let value = by_code(text);
        if value.is_none() {
            self.note((section.name, key), fault, Some(at));
        }
        value
    }

    fn pauses(&mut self, section: Section<'_, '_>) -> Vec<PauseReason> {
        let mut pauses = Vec::new();
        let Some(value) = section.get("pauses") else { return pauses };
        let place = (section.name, "pauses");
        let Some(list) = value.get_ref().as_array() else {
            self.note(place, Fault::NotAPause, Some(value.span()));
            return pauses;
        };
        for item in list {
            let reason = item.get_ref().as_str().and_then(by_code);
            match reason {
                None => self.note(place, Fault::NotAPause, Some(item.span())),
                Some(reason) if pauses.contains(&reason) => {
                    self.note(place, Fault::TwicePause, Some(item.span()));
                }
                Some(reason) => pauses.push(reason),
            }
        }
        pauses
    }

    /// A day as TOML's own date or as text, `2026-11-23` in both.
    fn day(&mut self, table: &str, value: &Spanned<DeValue<'_>>) -> Option<Day> {
        let text = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => String::new(),
        };
        let day = Day::parse(&text).ok();
        if day.is_none() {
            self.note((table, "dated"), Fault::NotADay, Some(value.span()));
        }
        day
    }
}

impl<'d, 't> Section<'d, 't> {
    fn get(self, key: &str) -> Option<&'d Spanned<DeValue<'t>>> {
        self.table.get(key)
    }
}

fn by_code<T: for<'de> Deserialize<'de>>(code: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<NoSuchCode>::new(code)).ok()
}

fn start_code(start: StartEvent) -> &'static str {
    match start {
        StartEvent::Assigned => "assigned",
        StartEvent::Accepted => "accepted",
        StartEvent::Reported => "reported",
        StartEvent::SentBack => "sent_back",
        StartEvent::Closed => "closed",
        StartEvent::Relapsed => "relapsed",
        StartEvent::Appointed => "appointed",
        StartEvent::SlipSigned => "slip_signed",
        StartEvent::SlipDrafted => "slip_drafted",
    }
}

#[cfg(test)]
mod tests;
