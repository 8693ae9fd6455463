//! One row of the 问题整改台账: what the register knows, beside the texts it is given.

use crate::book::Book;
use crate::cell::Cell;
use crate::material::{AsOf, Check, Limits, LookBack, MatterTexts};
use rules::calendar::Day;
use rules::ids::{MatterId, PostId, UnitId};
use rules::matter::{Matter, Remedy, Stage};
use rules::register::Register;
use rules::text::Words;

/// 完成情况
pub(crate) const COMPLETIONS: [&str; 5] = [
    "ledger-done-not-yet",
    "ledger-done-under-way",
    "ledger-done-nearly",
    "ledger-done",
    "ledger-done-standing",
];
/// 销号情况
pub(crate) const CLOSINGS: [&str; 3] =
    ["ledger-closing-asked", "ledger-closing-agreed", "ledger-closing-returned"];

pub(crate) struct Row<'a> {
    pub(crate) book: &'a Book,
    pub(crate) register: &'a Register,
    pub(crate) facts: &'a AsOf,
    pub(crate) id: MatterId,
    pub(crate) matter: &'a Matter,
}

/// The limit that is shown: of the running duty, or of the closed one as the caller remembers it.
struct Term {
    limits: Limits,
    provisional: bool,
}

impl Row<'_> {
    /// The cells in the order of [`crate::column::LEDGER`].
    pub(crate) fn cells(&self, no: u32, texts: &MatterTexts) -> [Cell; 32] {
        let matter = self.matter;
        let owner = matter.owner();
        let remedy = self.matter.remedy().map(|remedy| self.book.word(remedy.code()));
        let term = self.term(texts.limits);
        let checked_on = texts.checks.iter().map(|check| check.on).max();
        let closed_on = texts.closing.as_ref().map(|closing| closing.on);
        let light = self.register.light(self.id, self.facts.today);
        [
            Cell::Number(no),
            Cell::Number(self.id.0),
            Cell::Text(self.book.problem(matter.problem)),
            Cell::Text(written(self.book, &matter.title)),
            optional(texts.detail.clone()),
            Cell::Text(self.book.word(matter.source.code())),
            Cell::day(Some(matter.listed_on)),
            Cell::Text(unit_name(self.book, self.register, matter.unit)),
            optional(texts.cause.clone()),
            optional(texts.standard.clone()),
            optional(texts.measure.clone()),
            optional(remedy),
            optional(texts.leader.clone()),
            optional(owner.and_then(|post| section_of(self.book, self.register, post))),
            optional(owner.and_then(|post| self.post_and_holder(post))),
            lines(&texts.supporting),
            Cell::day(term.as_ref().map(|term| term.limits.start)),
            term.as_ref().map_or(Cell::Blank, |Term { limits, provisional }| Cell::Day {
                day: limits.due,
                provisional: *provisional,
            }),
            self.extension(term.as_ref()),
            self.progress(texts),
            optional(self.completion().map(|code| self.book.word(code))),
            lines(&texts.evidence),
            optional(texts.mechanism.clone()),
            checkers(&texts.checks),
            self.findings(&texts.checks),
            Cell::day(checked_on),
            optional(self.closing().map(|code| self.book.word(code))),
            Cell::day(closed_on),
            self.look_back(&texts.look_backs),
            self.remark(texts),
            light.map_or(Cell::Blank, Cell::Light),
            Cell::Text(format!("{}#matter/{}", self.facts.origin, self.id)),
        ]
    }

    fn post_and_holder(&self, post: PostId) -> Option<String> {
        post_and_holder(self.book, self.register, post, self.facts.today)
    }

    fn term(&self, remembered: Option<Limits>) -> Option<Term> {
        let running = self.matter.duty().map(|duty| {
            let limit = duty.term.limit;
            let limits = Limits { start: limit.start, due: limit.due.day, first: limit.due.first };
            Term { limits, provisional: limit.due.provisional }
        });
        running.or(remembered.map(|limits| Term { limits, provisional: false }))
    }

    fn extension(&self, term: Option<&Term>) -> Cell {
        let Some(Term { limits, .. }) = term else { return Cell::Blank };
        if self.matter.extensions == 0 && limits.first == limits.due {
            return Cell::Blank;
        }
        let count = self.matter.extensions.to_string();
        let args = [("first", limits.first.to_string()), ("count", count)];
        Cell::Text(self.book.say("ledger-extended", &args))
    }

    fn progress(&self, texts: &MatterTexts) -> Cell {
        let percent = self.matter.duty().map(|duty| duty.percent.to_string());
        let text = match (percent, &texts.progress) {
            (None, None) => return Cell::Blank,
            (Some(percent), None) => self.book.say("ledger-percent", &[("percent", percent)]),
            (None, Some(progress)) => {
                let args = [("on", progress.on.to_string()), ("note", progress.note.clone())];
                self.book.say("ledger-progress-was", &args)
            }
            (Some(percent), Some(progress)) => {
                let (on, note) = (progress.on.to_string(), progress.note.clone());
                let args = [("percent", percent), ("on", on), ("note", note)];
                self.book.say("ledger-progress-is", &args)
            }
        };
        Cell::Text(text)
    }

    fn completion(&self) -> Option<&'static str> {
        let [not_yet, under_way, nearly, done, standing] = COMPLETIONS;
        Some(match effective(&self.matter.stage) {
            Stage::Listed
            | Stage::Confirmed
            | Stage::Assigned { .. }
            | Stage::Returned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. } => not_yet,
            Stage::Rectifying { .. } => under_way,
            Stage::Reported { .. } | Stage::UnderCheck { .. } | Stage::Passed { .. } => nearly,
            Stage::Closed { answers, .. } | Stage::Consolidated { answers } => {
                if answers.remedy == Remedy::Standing { standing } else { done }
            }
            Stage::NotUpheld
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled
            | Stage::Suspended { .. } => return None,
        })
    }

    fn closing(&self) -> Option<&'static str> {
        let [asked, agreed, returned] = CLOSINGS;
        match effective(&self.matter.stage) {
            Stage::Reported { .. } | Stage::UnderCheck { .. } | Stage::Passed { .. } => Some(asked),
            Stage::Closed { .. } | Stage::Consolidated { .. } => Some(agreed),
            Stage::Assigned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. } => self.matter.reminder.as_ref().map(|_| returned),
            Stage::Listed
            | Stage::NotUpheld
            | Stage::Confirmed
            | Stage::Returned { .. }
            | Stage::Suspended { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => None,
        }
    }

    fn findings(&self, checks: &[Check]) -> Cell {
        joined(checks.iter().map(|check| {
            let holds = if check.holds { "ledger-check-holds" } else { "ledger-check-fails" };
            let args = [
                ("checker", check.checker.clone()),
                ("on", check.on.to_string()),
                ("@holds", holds.to_owned()),
                ("findings", check.findings.clone()),
            ];
            self.book.say("ledger-check", &args)
        }))
    }

    fn look_back(&self, done: &[LookBack]) -> Cell {
        let past = done.iter().map(|look| {
            let holds = if look.holds { "ledger-look-holds" } else { "ledger-look-fails" };
            let args = [
                ("by", look.by.clone()),
                ("on", look.on.to_string()),
                ("@holds", holds.to_owned()),
                ("note", look.note.clone()),
            ];
            self.book.say("ledger-look-done", &args)
        });
        let next = next_look(&self.matter.stage)
            .map(|day| self.book.say("ledger-look-next", &[("on", day.to_string())]));
        joined(past.chain(next))
    }

    /// Where the matter is, and what else a reader of the row has to know.
    fn remark(&self, texts: &MatterTexts) -> Cell {
        let matter = self.matter;
        let stage = ("@stage", matter.stage.code().to_owned());
        let mut lines = vec![self.book.say("ledger-remark-stage", &[stage])];
        match &matter.stage {
            Stage::Merged { into } => {
                lines.push(self.book.say("ledger-remark-merged", &[("into", into.to_string())]));
            }
            Stage::Suspended { reason, check_on, .. } => {
                let args = [("@reason", reason.code().to_owned()), ("on", check_on.to_string())];
                lines.push(self.book.say("ledger-remark-suspended", &args));
            }
            Stage::Listed
            | Stage::NotUpheld
            | Stage::Confirmed
            | Stage::Assigned { .. }
            | Stage::Returned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. }
            | Stage::Reported { .. }
            | Stage::UnderCheck { .. }
            | Stage::Passed { .. }
            | Stage::Closed { .. }
            | Stage::Consolidated { .. }
            | Stage::Referred
            | Stage::Cancelled => {}
        }
        let counts = [
            ("ledger-remark-relapses", matter.relapses),
            ("ledger-remark-returns", matter.returns),
            ("ledger-remark-sent-back", matter.sent_back),
        ];
        for (code, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            lines.push(self.book.say(code, &[("count", count.to_string())]));
        }
        if let Some(closing) = &texts.closing {
            lines.push(self.book.say("ledger-remark-closed", &[("by", closing.by.clone())]));
            lines.extend(closing.note.clone());
        }
        if matter.sealed {
            lines.push(self.book.word("ledger-remark-sealed"));
        }
        lines.extend(texts.remark.clone());
        joined(lines)
    }
}

/// Each once, in the order of their first check.
fn checkers(checks: &[Check]) -> Cell {
    let mut names: Vec<&str> = Vec::new();
    for check in checks {
        if !names.contains(&check.checker.as_str()) {
            names.push(&check.checker);
        }
    }
    joined(names.into_iter().map(str::to_owned))
}

/// A suspended matter is as far as it was when its clocks were stopped.
fn effective(stage: &Stage) -> &Stage {
    if let Stage::Suspended { was, .. } = stage { was } else { stage }
}

fn next_look(stage: &Stage) -> Option<Day> {
    if let Stage::Closed { look, .. } = stage { Some(look.due()) } else { None }
}

/// The text, or that it was erased.
pub(crate) fn written(book: &Book, words: &Words) -> String {
    let gone = if words.is_restricted() { "papers-restricted" } else { "papers-erased" };
    words.text().map_or_else(|| book.word(gone), str::to_owned)
}

fn unit_name(book: &Book, register: &Register, unit: UnitId) -> String {
    let unit = register.office().unit(unit);
    unit.map_or_else(String::new, |unit| written(book, &unit.name))
}

/// The section to which a post belongs.
pub(crate) fn section_of(book: &Book, register: &Register, post: PostId) -> Option<String> {
    register.office().post(post).map(|post| unit_name(book, register, post.unit))
}

/// A post, and who holds it on `day`.
pub(crate) fn post_and_holder(
    book: &Book,
    register: &Register,
    id: PostId,
    day: Day,
) -> Option<String> {
    let office = register.office();
    let post = office.post(id)?;
    let name = written(book, &post.name);
    let Some(person) = post.holder(day) else {
        return Some(book.say("papers-post-vacant", &[("post", name)]));
    };
    let holder = office.person_name(person).and_then(|person| person.value());
    let holder = holder.map_or_else(|| book.word("papers-erased"), str::to_owned);
    Some(book.say("papers-post-held", &[("post", name), ("holder", holder)]))
}

fn optional(text: Option<String>) -> Cell {
    text.map_or(Cell::Blank, Cell::Text)
}

fn lines(texts: &[String]) -> Cell {
    joined(texts.iter().cloned())
}

fn joined(texts: impl IntoIterator<Item = String>) -> Cell {
    let texts: Vec<String> = texts.into_iter().collect();
    if texts.is_empty() { Cell::Blank } else { Cell::Text(texts.join("\n")) }
}
