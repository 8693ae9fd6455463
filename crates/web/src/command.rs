//! Commands about matters as forms: what each asks for, and how what was sent becomes a command.
//! Pages and the JSON API read the same names here; whether it is allowed, only `rules` says.

use crate::fields::{BadField, Fields};
use rules::ids::{MatterId, PersonId, PostId};
use rules::matter::{Command, Haves, Milestone, Proof, Remedy, Step};
use rules::policy::PauseReason;
use rules::text::Words;

/// One thing that a form asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input {
    /// Its name in the form and in the API.
    pub(crate) name: &'static str,
    /// The code of what a reader calls it.
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Line,
    Area,
    Day,
    Percent,
    /// Any post that may own a matter.
    Owner,
    /// A post that owned it before.
    FormerOwner,
    Checker,
    Checkers,
    Person,
    Matter,
    Remedy,
    Step,
    Pause,
    /// Holds, or does not.
    Holds,
    Tick,
    /// Files, and a record in a business system.
    Proofs,
    /// A file that leaves a mechanism.
    Mechanism,
    Milestones,
}

const fn must(name: &'static str, label: &'static str, kind: Kind) -> Input {
    Input { name, label, kind, required: true }
}

const fn can(name: &'static str, label: &'static str, kind: Kind) -> Input {
    Input { name, label, kind, required: false }
}

const NOTE: Input = can("note", "field-note", Kind::Area);
const REASON: Input = must("reason", "field-reason", Kind::Area);
const PROOFS: Input = must("proof", "field-evidence", Kind::Proofs);
const STRAIGHT: Input = can("straight", "form-straight", Kind::Tick);

/// What each command asks for, by its code.
const FORMS: &[(&str, &[Input])] = &[
    ("command-confirm", &[NOTE]),
    ("command-refute", &[REASON]),
    (
        "command-assign",
        &[
            must("to", "form-owner", Kind::Owner),
            must("remedy", "form-remedy", Kind::Remedy),
            can("until", "form-until", Kind::Day),
            must("standard", "form-have-standard", Kind::Area),
            must("rule", "form-have-rule", Kind::Line),
            must("procedure", "form-have-procedure", Kind::Line),
            must("checking", "form-have-checking", Kind::Checker),
            must("evidence", "form-have-evidence", Kind::Line),
            can("designate", "form-designate", Kind::Tick),
        ],
    ),
    ("command-accept", &[]),
    (
        "command-decline",
        &[
            must("proposed", "form-proposed", Kind::Owner),
            must("rule", "form-decline-rule", Kind::Area),
        ],
    ),
    (
        "command-set-measure",
        &[
            must("cause", "field-cause", Kind::Area),
            must("measure", "field-measure", Kind::Area),
            must("standard", "form-standard", Kind::Area),
            can("milestones", "field-milestones", Kind::Milestones),
        ],
    ),
    (
        "command-progress",
        &[
            must("percent", "form-percent", Kind::Percent),
            must("note", "form-progress", Kind::Area),
        ],
    ),
    ("command-keep-checkpoint", &[PROOFS]),
    ("command-report-done", &[PROOFS, can("mechanism", "form-mechanism", Kind::Mechanism), NOTE]),
    ("command-name-checkers", &[must("checkers", "field-checkers", Kind::Checkers)]),
    (
        "command-check",
        &[
            must("holds", "form-check-result", Kind::Holds),
            must("findings", "field-findings", Kind::Area),
            can("back_to", "form-back-to", Kind::Step),
            STRAIGHT,
        ],
    ),
    ("command-send-back", &[must("to", "form-back-to", Kind::Step), STRAIGHT, REASON]),
    ("command-resubmit", &[PROOFS, NOTE]),
    ("command-close", &[NOTE]),
    (
        "command-look-back",
        &[
            must("holds", "form-look-result", Kind::Holds),
            must("note", "field-findings", Kind::Area),
        ],
    ),
    ("command-reopen", &[REASON]),
    (
        "command-suspend",
        &[
            must("reason", "form-pause", Kind::Pause),
            must("check_on", "form-check-on", Kind::Day),
            must("note", "field-note", Kind::Area),
        ],
    ),
    ("command-resume", &[]),
    ("command-extend", &[must("until", "form-extend-until", Kind::Day), REASON]),
    ("command-transfer", &[must("to", "form-owner", Kind::Owner), REASON]),
    ("command-hand-back", &[must("to", "form-former-owner", Kind::FormerOwner), REASON]),
    ("command-merge", &[must("into", "form-into", Kind::Matter), REASON]),
    ("command-refer", &[must("body", "field-body", Kind::Line), REASON]),
    ("command-cancel", &[REASON]),
    (
        "command-recuse",
        &[must("person", "form-person", Kind::Person), can("reason", "field-reason", Kind::Area)],
    ),
];

/// What the command of this code asks for; `None` when there is no such command for people.
pub(crate) fn inputs(code: &str) -> Option<&'static [Input]> {
    FORMS.iter().find(|(known, _)| *known == code).map(|(_, inputs)| *inputs)
}

/// The codes of all commands that people give.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|(code, _)| *code)
}

/// Evidence that was sent with a form and has been kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) proofs: Vec<Proof>,
    pub(crate) mechanism: Option<Proof>,
}

/// There is no command of that name for people.
pub(crate) const NO_SUCH: BadField =
    BadField { field: "form-command", code: "web-no-such-command" };

/// The command that a form means. Fails only where a field cannot be read at all.
pub(crate) fn read(code: &str, form: &Fields, kept: Kept) -> Result<Command, BadField> {
    let words = |name: &str| form.words(name);
    let reason = || form.words("reason");
    Ok(match code {
        "command-confirm" => Command::Confirm { note: words("note") },
        "command-refute" => Command::Refute { reason: reason() },
        "command-assign" => assign(form)?,
        "command-accept" => Command::Accept,
        "command-decline" => {
            Command::Decline { proposed: post(form, "proposed")?, rule: words("rule") }
        }
        "command-set-measure" => Command::SetMeasure {
            cause: words("cause"),
            measure: words("measure"),
            standard: words("standard"),
            milestones: milestones(form)?,
        },
        "command-progress" => Command::Progress {
            percent: form.number("percent", "form-percent")?,
            note: words("note"),
        },
        "command-keep-checkpoint" => Command::KeepCheckpoint { proof: first(kept).0 },
        "command-report-done" => {
            let mechanism = kept.mechanism.clone();
            let (proof, more) = first(kept);
            Command::ReportDone { proof, more, mechanism, note: words("note") }
        }
        "command-name-checkers" => Command::NameCheckers { checkers: posts(form, "checkers")? },
        "command-check" => Command::Check {
            holds: holds(form)?,
            findings: words("findings"),
            back_to: step(form, "back_to")?.unwrap_or(Step::Rectify),
            straight: form.has("straight"),
        },
        "command-send-back" => Command::SendBack {
            to: step(form, "to")?.ok_or(blank("form-back-to"))?,
            straight: form.has("straight"),
            reason: reason(),
        },
        "command-resubmit" => Command::Resubmit { proof: first(kept).0, note: words("note") },
        "command-close" => Command::Close { note: words("note") },
        "command-look-back" => Command::LookBack { holds: holds(form)?, note: words("note") },
        _ => return side(code, form),
    })
}

/// The commands beside the loop.
fn side(code: &str, form: &Fields) -> Result<Command, BadField> {
    let reason = form.words("reason");
    Ok(match code {
        "command-reopen" => Command::Reopen { reason },
        "command-suspend" => Command::Suspend {
            reason: PauseReason::ALL
                .into_iter()
                .find(|pause| form.get("reason") == Some(pause.code()))
                .ok_or(blank("form-pause"))?,
            check_on: form.need_day("check_on", "form-check-on")?,
            note: form.words("note"),
        },
        "command-resume" => Command::Resume,
        "command-extend" => {
            Command::Extend { until: form.need_day("until", "form-extend-until")?, reason }
        }
        "command-transfer" => Command::Transfer { to: post(form, "to")?, reason },
        "command-hand-back" => Command::HandBack { to: post(form, "to")?, reason },
        "command-merge" => {
            Command::Merge { into: MatterId(form.number("into", "form-into")?), reason }
        }
        "command-refer" => Command::Refer { body: form.words("body"), reason },
        "command-cancel" => Command::Cancel { reason },
        "command-recuse" => {
            Command::Recuse { person: PersonId(form.number("person", "form-person")?), reason }
        }
        _ => return Err(NO_SUCH),
    })
}

fn blank(field: &'static str) -> BadField {
    BadField { field, code: "web-field-blank" }
}

fn assign(form: &Fields) -> Result<Command, BadField> {
    let remedy = Remedy::ALL.into_iter().find(|one| form.get("remedy") == Some(one.code()));
    let haves = Haves {
        rule: form.words("rule"),
        procedure: form.words("procedure"),
        standard: form.words("standard"),
        checking: post(form, "checking")?,
        evidence: form.words("evidence"),
    };
    Ok(Command::Assign {
        to: post(form, "to")?,
        remedy: remedy.ok_or(blank("form-remedy"))?,
        until: form.day("until", "form-until")?,
        haves,
        designate: form.has("designate"),
    })
}

fn post(form: &Fields, name: &'static str) -> Result<PostId, BadField> {
    form.number(name, "form-post").map(PostId)
}

fn posts(form: &Fields, name: &'static str) -> Result<Vec<PostId>, BadField> {
    let bad = BadField { field: "form-post", code: "web-field-number" };
    form.all(name).map(|text| text.parse().map(PostId).map_err(|_| bad.clone())).collect()
}

fn holds(form: &Fields) -> Result<bool, BadField> {
    match form.get("holds") {
        Some("yes" | "true") => Ok(true),
        Some("no" | "false") => Ok(false),
        Some(_) | None => Err(blank("form-check-result")),
    }
}

fn step(form: &Fields, name: &str) -> Result<Option<Step>, BadField> {
    let Some(text) = form.get(name) else { return Ok(None) };
    let found = Step::ALL.into_iter().find(|step| step.code() == text);
    found.map(Some).ok_or(BadField { field: "form-back-to", code: "web-field-unknown" })
}

/// Pairs of `milestone_day` and `milestone_percent`, those without a day left out.
fn milestones(form: &Fields) -> Result<Vec<Milestone>, BadField> {
    let of = |name: &'static str| {
        form.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    };
    let bad = |code| BadField { field: "field-milestones", code };
    of("milestone_day")
        .zip(of("milestone_percent"))
        .filter(|(day, _)| !day.is_empty())
        .map(|(day, percent)| {
            let day = rules::calendar::Day::parse(day).map_err(|_| bad("web-field-day"))?;
            let percent = percent.parse().map_err(|_| bad("web-field-number"))?;
            Ok(Milestone { day, percent })
        })
        .collect()
}

/// The first proof and the others. What is missing is a record that names nothing, so that the
/// rules say what is wanted.
fn first(kept: Kept) -> (Proof, Vec<Proof>) {
    let nothing = Proof::Record { system: Words::new(""), reference: Words::new("") };
    let mut proofs = kept.proofs.into_iter();
    let proof = proofs.next().unwrap_or(nothing);
    (proof, proofs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Fields {
        let pairs = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Fields { pairs: pairs.collect(), files: Vec::new() }
    }

    /// Each form, filled in, becomes the command whose code it bears.
    #[test]
    fn every_form_makes_its_own_command() {
        let all = form(&[
            ("to", "3"),
            ("remedy", "remedy-within"),
            ("checking", "4"),
            ("proposed", "5"),
            ("percent", "40"),
            ("checkers", "6"),
            ("checkers", "7"),
            ("holds", "yes"),
            ("back_to", "step-plan"),
            ("check_on", "2026-12-01"),
            ("until", "2026-12-01"),
            ("into", "8"),
            ("person", "9"),
            ("milestone_day", "2026-12-01"),
            ("milestone_percent", "50"),
        ]);
        for code in codes() {
            let mut form = all.clone();
            if code == "command-suspend" {
                form.pairs.push(("reason".into(), "pause-force-majeure".into()));
            }
            if code == "command-send-back" {
                form.pairs.insert(0, ("to".into(), "step-sign".into()));
            }
            let command = read(code, &form, Kept::default()).unwrap();
            assert_eq!(command.code(), code);
        }
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        let bad = |code: &str, pairs: &[(&str, &str)]| {
            read(code, &form(pairs), Kept::default()).unwrap_err().field
        };
        assert_eq!(bad("command-progress", &[("percent", "much")]), "form-percent");
        assert_eq!(bad("command-extend", &[("until", "2026-2-30")]), "form-extend-until");
        assert_eq!(bad("command-check", &[]), "form-check-result");
        assert_eq!(bad("command-merge", &[("into", "-1")]), "form-into");
        assert_eq!(bad("command-day-began", &[]), "form-command");
    }
}
