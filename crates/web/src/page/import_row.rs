//! One row of a ledger on its way in: its cells to be corrected, and everything said of it.

use super::import_draft::{Fate, Line, State};
use super::import_rows::Place;
use crate::parts::icon;
use crate::reader::Reader;
use intake::{Field, OnlyListed, RowFault, RowProblem};
use maud::{Markup, html};
use rules::ids::MatterId;
use rules::matter::{Remedy, Source};
use rules::posts::Post;
use rules::signal::ProblemCode;
use words::Lang;

/// Fields that every row shows; others only where something is to be said of them.
pub(super) const SHOWN: [Field; 4] = [Field::Title, Field::Problem, Field::Unit, Field::Due];
/// More characters than this are edited in a box of several lines.
const LONG: usize = 60;

/// A row where it stands.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) reader: &'a Reader,
    pub(super) place: Place,
    pub(super) state: &'a State,
    pub(super) line: &'a Line,
}

impl Row<'_> {
    /// A row as a form: its cells can be corrected, its duplicate decided upon.
    pub(super) fn form(&self) -> Markup {
        let Row { reader, place, state, line } = *self;
        let is_open = match line.fate {
            // What was understood may have been misunderstood.
            Fate::Good { .. } => state.edited.contains(&line.row) || !line.remarks.is_empty(),
            Fate::Bad | Fate::Refused(_) | Fate::Duplicate => true,
            Fate::Known(_) | Fate::Skipped | Fate::Taken(_) => false,
        };
        let to = format!("/import/{}/row", place.no);
        html! {
            form.imp-row #{"r" (line.row)} method="post" action=(to) hx-post=(to)
                hx-trigger="change, submit" hx-target="this" hx-swap="outerMorph"
                aria-label=(reader.say("import-row-no", &[("row", line.row.to_string())])) {
                input type="hidden" name="csrf" value=(reader.session.csrf);
                input type="hidden" name="row" value=(line.row);
                input type="hidden" name="view" value=(place.view.key());
                input type="hidden" name="page" value=(place.page);
                span.imp-no { (line.row) }
                @for field in SHOWN { (self.cell(field, is_open)) }
                span.imp-go {
                    // The first button of the form is what Enter presses.
                    @if is_open {
                        button.btn.s.i type="submit" title=(reader.t("import-recheck"))
                            aria-label=(reader.t("import-recheck")) { (icon("refresh")) }
                    }
                }
                div.imp-res { (self.verdict()) }
            }
        }
    }

    /// The fault of a field, if it has one that a person can put right in its cell.
    fn fault(&self, field: Field) -> Option<usize> {
        let column = self.state.mapping.column(field)?;
        self.line.problems.iter().position(|one| one.at == Some(column) && !one.is_duplicate())
    }

    fn cell(&self, field: Field, is_open: bool) -> Markup {
        let Row { reader, state, line, .. } = *self;
        let column = state.mapping.column(field);
        let label = reader.t(field.code());
        html! {
            span.imp-cell {
                @match column {
                    None => {
                        span.imp-label { (label) }
                        span.mut { (self.given(field)) }
                    }
                    Some(column) if is_open => {
                        (self.input(column, &label, self.fault(field)))
                    }
                    Some(column) => {
                        span.imp-label { (label) }
                        span { (state.table.cell(line.row, column).text) }
                    }
                }
            }
        }
    }

    /// What every row says of a field without a column.
    fn given(&self, field: Field) -> String {
        let Row { reader, state, .. } = *self;
        let defaults = state.choices.defaults;
        let said = match field {
            Field::Unit => defaults.unit.map(|unit| reader.unit(unit)),
            Field::Problem => defaults.problem.map(|code| {
                reader.t(&format!("problem-{}-short", code.to_string().to_lowercase()))
            }),
            Field::Title
            | Field::Detail
            | Field::Source
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
            | Field::Id => None,
        };
        said.unwrap_or_else(|| "—".to_owned())
    }

    fn input(&self, column: usize, label: &str, fault: Option<usize>) -> Markup {
        let Row { reader, state, line, .. } = *self;
        let value = state.table.cell(line.row, column).text;
        let id = format!("r{}c{column}", line.row);
        let said = fault.map(|fault| format!("r{}f{fault}", line.row));
        let full = reader
            .say("import-cell-of", &[("column", label.to_owned()), ("row", line.row.to_string())]);
        html! {
                   label.imp-label for=(id) { span.vh { (full) } span aria-hidden="true" { (label) } }
                   @if value.chars().count() > LONG || value.contains('\n') {
                       textarea.inp.bad[fault.is_some()] #(id) name=(format!("c{column}")) rows="3"
                           aria-invalid=[fault.map(|_| "true")] aria-describedby=[said] { (value) }
                   } @else {
        @let list = state.mapping.field(column).and_then(list_of);
                       input.inp.bad[fault.is_some()] #(id) name=(format!("c{column}")) value=(value)
                           autocomplete="off" list=[list] aria-invalid=[fault.map(|_| "true")] aria-describedby=[said];
                   }
               }
    }

    /// Whether every row shows this column.
    fn is_shown(&self, column: Option<usize>) -> bool {
        SHOWN.iter().any(|field| self.state.mapping.column(*field) == column)
    }

    /// Everything to be said of a row, and what can be done about it with one click.
    fn verdict(&self) -> Markup {
        let Row { reader, state, line, .. } = *self;
        let is_good = matches!(line.fate, Fate::Good { .. });
        html! {
            @for (no, problem) in line.problems.iter().enumerate() {
                (self.said(no, problem))
            }
            (self.fate())
            @for remark in &line.remarks {
                @if let (Some(at), false, true) = (remark.at, self.is_shown(remark.at), is_good) {
                    span.imp-more { (self.input(at, &remark.column, None)) }
                }
                span.res.b { (icon("eye")) (reader.say(remark.code(), &remark.args())) }
            }
            @if state.is_decided(line) {
                button.btn.t.s type="submit" name="choice" value="open" {
                    (reader.t("import-undecide"))
                }
            }
        }
    }

    fn said(&self, no: usize, problem: &RowProblem) -> Markup {
        let Row { reader, line, .. } = *self;
        html! {
            @if let (Some(at), false, false) =
                (problem.at, self.is_shown(problem.at), problem.is_duplicate()) {
                span.imp-more { (self.input(at, &problem.column, Some(no))) }
            }
            span.res.r[!problem.is_duplicate()].a[problem.is_duplicate()] #{"r" (line.row) "f" (no)} {
                (icon("alert-triangle"))
                span {
                    (reader.say(problem.cell_code(), &problem.args()))
                    @if let (Some(at), Some(text)) = (problem.at, &problem.suggestion) {
                        " "
                        button.btn.t.s type="submit" name="use" value=(format!("{at}:{text}")) {
                            (reader.t("import-use"))
                        }
                    }
                    @if problem.is_duplicate() { (self.duplicate(problem)) }
                }
            }
        }
    }

    fn duplicate(&self, problem: &RowProblem) -> Markup {
        let Row { reader, place, line, .. } = *self;
        let to = if let RowFault::AlreadyThere { matter } = &problem.fault {
            Some(format!("/matters/{matter}"))
        } else if let RowFault::Repeated { first_row } = &problem.fault {
            Some(format!("/import/{}/rows?view=all&at={first_row}#r{first_row}", place.no))
        } else {
            None
        };
        html! {
            @if let Some(to) = to { " " a href=(to) { (reader.t("import-compare")) } }
            @if matches!(line.fate, Fate::Duplicate) {
                button.btn.t.s type="submit" name="choice" value="skip" { (reader.t("import-skip")) }
                button.btn.t.s type="submit" name="choice" value="anyway" {
                    (reader.t("import-anyway"))
                }
            }
        }
    }

    fn fate(&self) -> Markup {
        let Row { reader, state, line, .. } = *self;
        let good = |text: String| html! { span.res.g { (icon("check")) (text) } };
        let code = match (state.is_decided(line), state.edited.contains(&line.row)) {
            (true, _) => "import-good-anyway",
            (false, true) => "import-good-again",
            (false, false) => "import-good",
        };
        match &line.fate {
            Fate::Good { to, why_not, .. } => {
                html! {
                    (good(reader.t(code)))
                    @if let Some(post) = to {
                        span.res.b {
                            (icon("send"))
                            (reader.say("import-goes-to", &[("post", reader.post_in_unit(*post))]))
                        }
                    }
                    @if let Some(why) = why_not { span.res { (only_listed(reader, why)) } }
                }
            }
            Fate::Bad if line.problems.is_empty() => {
                html! { span.res.r { (icon("alert-triangle")) (reader.t("import-bad")) } }
            }
            Fate::Bad | Fate::Duplicate => html! {},
            Fate::Refused(refusal) => html! {
                span.res.r {
                    (icon("ban")) (reader.say(refusal.code(), &refusal.args()))
                }
            },
            Fate::Known(id) => is_matter(reader, "import-is-known", *id),
            Fate::Skipped => html! { span.res { (icon("x")) (reader.t("import-skipped")) } },
            Fate::Taken(entered) => html! {
                @if let Some(id) = entered.matter { (is_matter(reader, "import-is-in", id)) }
                @if let Some(why) = &entered.why_not {
                    span.res.a {
                        (icon("alert-triangle")) (reader.say(why.code(), &why.args()))
                    }
                }
            },
        }
    }
}

/// The list of names that a field may hold, on the page of rows.
fn list_of(field: Field) -> Option<&'static str> {
    match field {
        Field::Problem => Some("imp-problems"),
        Field::Unit => Some("imp-units"),
        Field::Source => Some("imp-sources"),
        Field::Remedy => Some("imp-remedies"),
        Field::Owner | Field::Checking => Some("imp-posts"),
        Field::Title
        | Field::Detail
        | Field::FoundOn
        | Field::Due
        | Field::Standard
        | Field::Measure
        | Field::Rule
        | Field::Procedure
        | Field::Evidence
        | Field::Id => None,
    }
}

/// The lists of names, offered while one types. They are the office's words: that is what a ledger is
/// read by, in whatever language the page is.
pub(super) fn lists(reader: &Reader) -> Markup {
    let office = reader.register.office();
    let units = office.units().map(|(_, unit)| reader.text(&unit.name)).collect();
    let post = |(_, post): (_, &Post)| {
        let name = reader.text(&post.name);
        let is_only = office.posts().filter(|(_, other)| other.name == post.name).count() == 1;
        // A name that several units have is told by its unit.
        if is_only { name } else { reader.unit(post.unit) + &name }
    };
    let problem = |code: ProblemCode| {
        words::say(Lang::Zh, &format!("problem-{}-short", code.to_string().to_lowercase()), &[])
    };
    let lists: [(&str, Vec<String>); 5] = [
        ("imp-units", units),
        ("imp-posts", office.posts().map(post).collect()),
        ("imp-problems", ProblemCode::all().map(problem).collect()),
        ("imp-sources", Source::ALL.map(|one| one.word().to_owned()).into()),
        ("imp-remedies", Remedy::ALL.map(|one| one.word().to_owned()).into()),
    ];
    html! {
        @for (id, names) in &lists {
            datalist #(id) { @for name in names { option value=(name) {} } }
        }
    }
}

fn is_matter(reader: &Reader, code: &str, id: MatterId) -> Markup {
    html! {
        span.res.g {
            (icon("check"))
            span {
                (reader.t(code)) " "
                a href=(format!("/matters/{id}")) { (reader.number(id)) }
            }
        }
    }
}

fn only_listed(reader: &Reader, why: &OnlyListed) -> String {
    match why {
        OnlyListed::Lacks(fields) => {
            let names: Vec<String> = fields.iter().map(|field| reader.t(field.code())).collect();
            let names = names.join(&reader.t("import-and"));
            reader.say("import-only-listed-lacks", &[("fields", names)])
        }
        OnlyListed::Refused(refusal) => {
            let why = reader.say(refusal.code(), &refusal.args());
            reader.say("import-only-listed-refused", &[("why", why)])
        }
    }
}
