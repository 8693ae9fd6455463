//! The form of a command: what it asks for, filled in with what is known.

use crate::command::{Input, Kind, inputs};
use crate::evidence::accepted;
use crate::fields::Fields;
use crate::parts::icon;
use crate::reader::Reader;
use maud::{Markup, html};
use rules::ids::{MatterId, PostId};
use rules::matter::{Matter, Remedy, Step};
use rules::moves::{Detail, Move, posts_for};
use rules::policy::PauseReason;
use rules::posts::Post;
use rules::record::Stream;
use rules::role::Role;

/// A form that was sent and could not be done.
pub(crate) struct Attempt {
    pub(crate) code: String,
    pub(crate) fields: Fields,
    /// What is wrong, in words.
    pub(crate) said: String,
}

/// What a form is about.
pub(crate) struct About<'a> {
    pub(crate) reader: &'a Reader,
    pub(crate) id: MatterId,
    pub(crate) matter: &'a Matter,
    pub(crate) attempt: Option<&'a Attempt>,
}

impl About<'_> {
    /// The form of one command, folded in unless it is `open`.
    pub(crate) fn form(&self, one: &Move, open: bool) -> Markup {
        let (reader, code) = (self.reader, one.code);
        let Some(asked) = inputs(code) else { return html! {} };
        let action = format!("/matters/{}/do/{code}", self.id);
        let name = reader.t(code);
        if asked.is_empty() {
            let said = self.attempt.filter(|sent| sent.code == code).map(|sent| &sent.said);
            return html! {
                @if let Some(said) = said { (errbox(said)) }
                form.inline method="post" action=(action) {
                    (reader.hidden(Some(Stream::Matter(self.id))))
                    button.btn.p type="submit" { (icon(picture(code))) (name) }
                }
            };
        }
        let attempt = self.attempt.filter(|attempt| attempt.code == code);
        let files = asked.iter().any(|one| matches!(one.kind, Kind::Proofs | Kind::Mechanism));
        html! {
            details.move open[open || attempt.is_some()] #(code) {
                summary.btn.p[open] { (icon(picture(code))) (name) }
                form method="post" action=(action)
                    enctype=[files.then_some("multipart/form-data")]
                    data-upload[files] {
                    (reader.hidden(Some(Stream::Matter(self.id))))
                    @if let Some(attempt) = attempt { (errbox(&attempt.said)) }
                    @for input in asked {
                        (self.input(one, input, attempt.map(|attempt| &attempt.fields)))
                    }
                    p.acts { button.btn.p type="submit" { (name) } }
                    @if files { (reader.uploading_evidence()) }
                }
            }
        }
    }

    /// What was written for a step that is not offered any more, because somebody else was faster:
    /// said, and left to be copied, so that nothing of it is lost.
    pub(crate) fn unmoved(&self, offered: &[Move]) -> Markup {
        let reader = self.reader;
        let lost = |sent: &&Attempt| offered.iter().all(|one| one.code != sent.code);
        let Some(sent) = self.attempt.filter(lost) else { return html! {} };
        let written = inputs(&sent.code).unwrap_or_default().iter().flat_map(|input| {
            let names = if input.kind == Kind::Proofs {
                vec!["system", "reference"]
            } else if matches!(input.kind, Kind::Line | Kind::Area) {
                vec![input.name]
            } else {
                Vec::new()
            };
            names.into_iter().filter_map(|name| Some((input.label, sent.fields.get(name)?)))
        });
        let written: Vec<(&str, &str)> = written.collect();
        html! {
            (errbox(&sent.said))
            @if !written.is_empty() {
                p { b { (reader.t("unmoved-title")) } }
                @for (label, text) in written { p.pre { b { (reader.t(label)) } " " (text) } }
                p.hintline { (reader.t("unmoved-hint")) }
            }
        }
    }

    fn input(&self, asked: &Move, one: &Input, sent: Option<&Fields>) -> Markup {
        let (reader, code) = (self.reader, asked.code);
        let id = format!("{code}-{}", one.name);
        let label = reader.t(one.label);
        let value = sent.and_then(|sent| sent.get(one.name)).map(str::to_owned);
        let value = value.or_else(|| self.known(one)).unwrap_or_default();
        let hint = hint(code, one.name);
        let hint = words::knows(reader.lang, &hint).then(|| reader.t(&hint));
        let described = hint.is_some().then(|| format!("{id}-hint"));
        let control = match one.kind {
            Kind::Tick => {
                // After so many returns the owner must be designated: said for the sender.
                let on = asked.detail == Detail::Designate { must: true } || value == "yes";
                return html! {
                    label.tick {
                        input type="checkbox" name=(one.name) value="yes" checked[on]; (label)
                    }
                };
            }
            Kind::Proofs | Kind::Mechanism | Kind::Milestones | Kind::Holds | Kind::Checkers => {
                return self.group(asked, one, &label, sent);
            }
            Kind::Area => html! {
                textarea.inp #(id) name=(one.name) rows="3" maxlength="20000"
                    required[one.required] aria-describedby=[described.as_ref()] { (value) }
            },
            Kind::Line => html! {
                input.inp #(id) name=(one.name) value=(value) maxlength="2000"
                    required[one.required] aria-describedby=[described.as_ref()];
            },
            Kind::Day => html! {
                input.inp #(id) type="date" name=(one.name) value=(value)
                    required[one.required] aria-describedby=[described.as_ref()];
            },
            Kind::Percent => html! {
                input.inp #(id) type="number" min="0" max="100" name=(one.name) value=(value)
                    required[one.required];
            },
            Kind::Matter => html! {
                input.inp #(id) type="number" min="1" name=(one.name) value=(value)
                    required[one.required];
            },
            Kind::Owner | Kind::FormerOwner | Kind::Checker | Kind::Person => html! {
                select.sel #(id) name=(one.name) required[one.required] {
                    option value="" { (reader.t("form-choose")) }
                    (self.options(asked, one.kind, &value))
                }
            },
            Kind::Remedy | Kind::Step | Kind::Pause => html! {
                select.sel #(id) name=(one.name) required[one.required] {
                    @for option in choices(one.kind, &asked.detail) {
                        option value=(option) selected[value == option] { (reader.t(option)) }
                    }
                }
            },
        };
        html! {
            div.f {
                label for=(id) {
                    (label) @if !one.required { span.mut { (reader.t("form-optional")) } }
                }
                @if let (Some(hint), Some(id)) = (&hint, &described) {
                    span.hintline #(id) { (hint) }
                }
                (control)
            }
        }
    }

    /// What the register knows already is not asked again.
    fn known(&self, one: &Input) -> Option<String> {
        let duty = self.matter.duty();
        match one.kind {
            Kind::Percent => duty.map(|duty| duty.percent.to_string()),
            Kind::Remedy => duty.map(|duty| duty.remedy.code().to_owned()),
            Kind::Owner if one.name == "to" => self.likely_owner().map(|post| post.to_string()),
            Kind::Checker => duty.map(|duty| duty.checking.to_string()),
            Kind::FormerOwner => self.matter.former_owners.last().map(ToString::to_string),
            Kind::Person => Some(self.reader.by.account.to_string()),
            Kind::Step => Some(Step::Rectify.code().to_owned()),
            Kind::Line
            | Kind::Area
            | Kind::Day
            | Kind::Owner
            | Kind::Checkers
            | Kind::Matter
            | Kind::Pause
            | Kind::Holds
            | Kind::Tick
            | Kind::Proofs
            | Kind::Mechanism
            | Kind::Milestones => None,
        }
    }

    /// The post that answers for the unit concerned, or that whoever returned it proposed.
    fn likely_owner(&self) -> Option<PostId> {
        if let rules::matter::Stage::Returned { proposed, .. } = &self.matter.stage {
            return Some(*proposed);
        }
        let office = self.reader.register.office();
        let name = office.unit(self.matter.unit)?.name.text()?;
        rules::campaign::post_answering_for(name, office)
    }

    fn options(&self, asked: &Move, kind: Kind, value: &str) -> Markup {
        let reader = self.reader;
        if kind == Kind::Person {
            return html! {
                @for (id, name) in reader.people() {
                    option value=(id) selected[value == id.to_string()] { (name) }
                }
            };
        }
        let accepted = match &asked.detail {
            Detail::Posts(posts) => posts.clone(),
            Detail::Plain
            | Detail::Designate { .. }
            | Detail::Mechanism { .. }
            | Detail::Reasons(_)
            | Detail::Steps(_)
            | Detail::Until(_)
            | Detail::Recusal { .. } => {
                posts_for(&reader.register, self.id, asked.code, &reader.now())
            }
        };
        // Of an assignment owner and checker depend on one another; the rules judge the pair.
        let fits = |id: PostId, post: &Post| match (kind, accepted.is_empty()) {
            (Kind::Checker, true) => is_checker(post),
            (_, true) => post.roles.iter().any(|role| !role.is_admin()),
            (_, false) => accepted.contains(&id),
        };
        reader.post_options(&fits, value)
    }

    /// Inputs of more than one control.
    fn group(&self, asked: &Move, one: &Input, label: &str, sent: Option<&Fields>) -> Markup {
        let reader = self.reader;
        let inside = match one.kind {
            Kind::Holds => {
                let chosen = sent.and_then(|sent| sent.get("holds")).unwrap_or("yes").to_owned();
                let (yes, no) = match one.label {
                    "form-look-result" => ("form-look-holds", "form-look-relapsed"),
                    _ => ("form-check-holds", "form-check-fails"),
                };
                html! {
                    div.seg {
                        @for (value, code) in [("yes", yes), ("no", no)] {
                            label {
                                input type="radio" name="holds" value=(value)
                                    checked[chosen == value];
                                span { (reader.t(code)) }
                            }
                        }
                    }
                }
            }
            Kind::Checkers => self.checkers(asked, sent),
            Kind::Milestones => html! {
                @for row in 1..=3 {
                    div.pair {
                        input.inp type="date" name="milestone_day"
                            value=[nth(sent, "milestone_day", row)]
                            aria-label=(reader.say("form-milestone-day", &[("no", row.to_string())]));
                        input.inp type="number" min="0" max="100" name="milestone_percent"
                            value=[nth(sent, "milestone_percent", row)]
                            aria-label=(reader
                                .say("form-milestone-percent", &[("no", row.to_string())]));
                        span { "%" }
                    }
                }
            },
            Kind::Mechanism => html! {
                input.inp type="file" name="mechanism" aria-label=(label) accept=(accepted());
            },
            Kind::Line
            | Kind::Area
            | Kind::Day
            | Kind::Percent
            | Kind::Owner
            | Kind::FormerOwner
            | Kind::Checker
            | Kind::Person
            | Kind::Matter
            | Kind::Remedy
            | Kind::Step
            | Kind::Pause
            | Kind::Tick
            | Kind::Proofs => self.proofs(asked.code, sent),
        };
        html! {
            fieldset.f {
                legend {
                    (label) @if !one.required { span.mut { (reader.t("form-optional")) } }
                }
                (inside)
            }
        }
    }

    fn proofs(&self, id: &str, sent: Option<&Fields>) -> Markup {
        let reader = self.reader;
        let value = |name: &str| sent.and_then(|sent| sent.get(name)).map(str::to_owned);
        html! {
            p.hintline { (reader.t("form-proof-hint")) }
            div.pair {
                label for={(id) "-system"} { (reader.t("form-proof-system")) }
                input.inp #{(id) "-system"} name="system" maxlength="200"
                    value=[value("system")];
            }
            div.pair {
                label for={(id) "-reference"} { (reader.t("form-proof-reference")) }
                input.inp #{(id) "-reference"} name="reference" maxlength="200"
                    value=[value("reference")];
            }
            div.pair {
                label for={(id) "-files"} { (reader.t("form-proof-files")) }
                input.inp #{(id) "-files"} type="file" name="proof" multiple
                    accept=(accepted());
            }
        }
    }

    /// Posts that may check this matter; those that were ticked before, or the one named when it
    /// was handed out, are ticked.
    fn checkers(&self, asked: &Move, sent: Option<&Fields>) -> Markup {
        let reader = self.reader;
        let duty = self.matter.duty();
        let posts = posts_for(&reader.register, self.id, asked.code, &reader.now());
        let on = |id: PostId| match sent {
            Some(sent) => sent.all("checkers").any(|one| one == id.to_string()),
            None => duty.is_some_and(|duty| duty.checking == id),
        };
        html! {
            ul.ticks {
                @for id in posts {
                    li {
                        label.tick {
                            input type="checkbox" name="checkers" value=(id)
                                checked[on(id)];
                            (reader.post_in_unit(id)) span.mut { (reader.holder(id)) }
                        }
                    }
                }
            }
        }
    }
}

fn errbox(said: &str) -> Markup {
    html! { div.errbox role="alert" tabindex="-1" autofocus { (said) } }
}

/// The value of the field of this name in the given row, counted from 1.
fn nth<'a>(sent: Option<&'a Fields>, name: &str, row: usize) -> Option<&'a str> {
    let mut values = sent?.pairs.iter().filter(|(key, _)| key == name);
    values.nth(row - 1).map(|(_, value)| value.as_str())
}

fn is_checker(post: &Post) -> bool {
    post.roles
        .iter()
        .any(|role| matches!(role, Role::Checker | Role::Discipline | Role::CampaignOffice))
}

fn choices(kind: Kind, detail: &Detail) -> Vec<&'static str> {
    match (kind, detail) {
        (Kind::Remedy, _) => Remedy::ALL.map(Remedy::code).to_vec(),
        (Kind::Step, Detail::Steps(steps)) => steps.iter().map(|(step, _)| step.code()).collect(),
        (Kind::Step, _) => Step::ALL.map(Step::code).to_vec(),
        (_, Detail::Reasons(reasons)) => reasons.iter().map(|reason| reason.code()).collect(),
        _ => PauseReason::ALL.map(PauseReason::code).to_vec(),
    }
}

/// The code of the sentence that explains an input, where there is one.
fn hint(code: &str, name: &str) -> String {
    format!("hint-{}-{}", code.trim_start_matches("command-"), name.replace('_', "-"))
}

/// The picture of a command.
pub(crate) fn picture(code: &str) -> &'static str {
    match code {
        "command-accept" => "user-check",
        "command-decline" | "command-transfer" | "command-hand-back" => "arrows-exchange",
        "command-set-measure" => "checkup-list",
        "command-progress" => "flag-3",
        "command-report-done" | "command-resubmit" => "send",
        "command-check" | "command-name-checkers" => "clipboard-check",
        "command-send-back" => "arrow-back-up",
        "command-close" => "circle-check",
        "command-look-back" => "history",
        "command-reopen" => "refresh-alert",
        "command-suspend" => "player-pause",
        "command-extend" => "calendar-due",
        "command-merge" => "git-merge",
        "command-refer" => "external-link",
        "command-cancel" | "command-refute" => "ban",
        "command-recuse" => "eye-off",
        _ => "arrow-right",
    }
}

impl Reader {
    /// Posts as options, grouped by unit.
    pub(crate) fn post_options(&self, fits: &dyn Fn(PostId, &Post) -> bool, value: &str) -> Markup {
        let office = self.register.office();
        html! {
            @for (unit, _) in office.units() {
                @let posts: Vec<_> = office
                    .posts()
                    .filter(|(id, post)| post.unit == unit && fits(*id, post))
                    .collect();
                @if !posts.is_empty() {
                    optgroup label=(self.unit(unit)) {
                        @for (id, _) in posts {
                            option value=(id) selected[value == id.to_string()] {
                                (self.post(id)) " · " (self.holder(id))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Everybody who holds a post today, by number.
    pub(crate) fn people(&self) -> Vec<(rules::ids::PersonId, String)> {
        let office = self.register.office();
        let mut people: Vec<_> =
            office.posts().filter_map(|(_, post)| post.holder(self.today)).collect();
        people.sort_unstable();
        people.dedup();
        people.into_iter().map(|id| (id, self.person(id))).collect()
    }
}
