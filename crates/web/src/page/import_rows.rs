//! 逐行检查: what is wrong with each row, beside the cell in which it can be put right.

use super::import::{LIST, about, framed, head};
use super::import_draft::{Choice, Counts, Fate, ImportDraft, Line, State, View};
use crate::fields::{Fields, Posted, pairs};
use crate::parts::{grouped, icon};
use crate::reader::Reader;
use crate::route::Routes;
use crate::stop::Stop;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use intake::{Field, OnlyListed, RowFault, RowProblem};
use maud::{Markup, html};
use rules::ids::MatterId;

/// Rows of a page.
const ROWS: usize = 50;
/// Fields that every row shows; others only where something is wrong with them.
const SHOWN: [Field; 4] = [Field::Title, Field::Problem, Field::Unit, Field::Due];
/// More characters than this are edited in a box of several lines.
const LONG: usize = 60;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/import/{no}/rows", LIST, page).post("/import/{no}/row", LIST, correct)
}

/// Which part of the list is looked at.
#[derive(Clone, Copy)]
struct Place {
    no: u64,
    view: View,
    /// From 1.
    page: usize,
}

impl Place {
    fn of(no: u64, fields: &Fields) -> Place {
        let view = View::ALL.into_iter().find(|view| fields.get("view") == Some(view.key()));
        let page = fields.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
        Place { no, view: view.unwrap_or(View::Todo), page }
    }

    fn address(self) -> String {
        format!("/import/{}/rows?view={}&page={}", self.no, self.view.key(), self.page)
    }
}

async fn page(
    reader: Reader,
    Path(no): Path<u64>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Stop> {
    let draft = reader.find_draft::<ImportDraft>(no)?;
    let fields = Fields { pairs: pairs(raw.unwrap_or_default().as_bytes()), files: Vec::new() };
    if draft.state().lines.is_empty() {
        super::import::judge(&reader, &draft).await?;
    }
    let mut place = Place::of(no, &fields);
    let mut state = draft.state();
    let rows: Vec<u32> = {
        let shown = state.lines.iter().filter(|line| state.shows(place.view, line));
        shown.map(|line| line.row).collect()
    };
    if let Some(at) = fields.get("at").and_then(|row| row.parse::<u32>().ok()) {
        place.page = rows.iter().position(|row| *row == at).unwrap_or(0) / ROWS + 1;
    }
    let first = (place.page - 1) * ROWS;
    let here: Vec<u32> = rows.iter().copied().skip(first).take(ROWS).collect();
    for row in &here {
        // Of a table with very many faults not all were kept; those that are looked at are.
        let is_unlisted = |line: &&Line| {
            line.row == *row && matches!(line.fate, Fate::Bad) && line.problems.is_empty()
        };
        if state.lines.iter().any(|line| is_unlisted(&line)) {
            state.judge_row(&reader, *row);
        }
    }
    let body = html! {
        (head(&reader, &about(&reader, &draft, &state), 2))
        (summary(&reader, no, &state.counts(), false))
        section.card.imp-rows {
            (tabs(&reader, place, &state))
            @if here.is_empty() {
                div.empty { (icon("circle-check")) h2 { (reader.t("import-none-here")) } }
            } @else {
                div.imp-row.imp-head aria-hidden="true" {
                    span { (reader.t("import-row")) }
                    @for field in SHOWN { span { (reader.t(field.code())) } }
                    span {} span { (reader.t("import-verdict")) }
                }
                @for line in state.lines.iter().filter(|line| here.contains(&line.row)) {
                    (row(&reader, place, &state, line))
                }
                (pager(&reader, place, rows.len()))
            }
        }
        p { a href=(format!("/import/{no}/columns")) { (reader.t("import-back-to-columns")) } }
    };
    Ok(framed(&reader, StatusCode::OK, body))
}

/// The sentence on top, and what can be done at once. `beside` a corrected row it is swapped in.
fn summary(reader: &Reader, no: u64, counts: &Counts, beside: bool) -> Markup {
    let args = |count: usize| [("count", grouped(count))];
    let parts = [
        (counts.good, "import-sum-good", true),
        (counts.bad, "import-sum-bad", false),
        (counts.duplicate, "import-sum-duplicate", false),
        (counts.known, "import-sum-known", false),
        (counts.skipped, "import-sum-skipped", false),
        (counts.taken, "import-sum-taken", false),
    ];
    let said = parts.iter().filter(|(count, _, always)| *count > 0 || *always);
    let said: Vec<String> = said.map(|(count, code, _)| reader.say(code, &args(*count))).collect();
    let is_fine = counts.bad + counts.duplicate == 0;
    html! {
        div.errsum.imp-sum.fine[is_fine] #impsum role="status" hx-swap-oob=[beside.then_some("true")] {
            (icon(if is_fine { "circle-check" } else { "alert-triangle" }))
            div.sp {
                h2 { (said.join(&reader.t("import-comma"))) }
                p { (will_happen(reader, counts)) }
            }
            div.acts {
                @if counts.rest() > 0 {
                    a.btn href=(format!("/import/{no}/rest.xlsx")) {
                        (icon("download")) (reader.t("import-rest"))
                    }
                }
                @if counts.good > 0 {
                    form.inline method="post" action=(format!("/import/{no}/take")) {
                        (reader.hidden(None))
                        button.btn.p type="submit" {
                            (icon("table-import")) (reader.say("import-take", &args(counts.good)))
                        }
                    }
                }
            }
        }
    }
}

fn will_happen(reader: &Reader, counts: &Counts) -> String {
    if counts.good == 0 {
        return reader.t("import-nothing-good");
    }
    let args = [
        ("handed", grouped(counts.handed_out)),
        ("listed", grouped(counts.good - counts.handed_out)),
    ];
    let code = if counts.handed_out > 0 { "import-will-hand-out" } else { "import-will-list" };
    reader.say(code, &args)
}

fn tabs(reader: &Reader, place: Place, state: &State) -> Markup {
    let count = |view: View| state.lines.iter().filter(|line| state.shows(view, line)).count();
    html! {
        div.tabs role="navigation" aria-label=(reader.t("web-views")) {
            @for view in View::ALL {
                @let to = Place { view, page: 1, ..place };
                a href=(to.address()) aria-current=[(view == place.view).then_some("page")] {
                    (reader.t(&format!("import-view-{}", view.key()))) span { (grouped(count(view))) }
                }
            }
        }
    }
}

fn pager(reader: &Reader, place: Place, rows: usize) -> Markup {
    let last = rows.div_ceil(ROWS);
    let to = |page: usize| Place { page, ..place }.address();
    html! {
        @if last > 1 {
            nav.pager aria-label=(reader.t("web-pages")) {
                @if place.page > 1 {
                    a.btn.s rel="prev" href=(to(place.page - 1)) {
                        (icon("chevron-left")) (reader.t("import-previous"))
                    }
                }
                span {
                    (reader.say("import-page", &[
                        ("page", place.page.to_string()), ("last", last.to_string())]))
                }
                @if place.page < last {
                    a.btn.s rel="next" href=(to(place.page + 1)) {
                        (reader.t("web-next-page")) (icon("chevron-right"))
                    }
                }
            }
        }
    }
}

/// A row as a form: its cells can be corrected, its duplicate decided upon.
fn row(reader: &Reader, place: Place, state: &State, line: &Line) -> Markup {
    let is_open = match line.fate {
        Fate::Good { .. } => state.edited.contains(&line.row),
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
            @for field in SHOWN { (cell(reader, state, line, field, is_open)) }
            span.imp-go {
                // The first button of the form is what Enter presses.
                @if is_open {
                    button.btn.s.i type="submit" title=(reader.t("import-recheck"))
                        aria-label=(reader.t("import-recheck")) { (icon("refresh")) }
                }
            }
            div.imp-res { (verdict(reader, place, state, line)) }
        }
    }
}

/// The fault of a field, if it has one that a person can put right in its cell.
fn fault(state: &State, line: &Line, field: Field) -> Option<usize> {
    let column = state.mapping.column(field)?;
    line.problems.iter().position(|one| one.at == Some(column) && !one.is_duplicate())
}

fn cell(reader: &Reader, state: &State, line: &Line, field: Field, is_open: bool) -> Markup {
    let column = state.mapping.column(field);
    let label = reader.t(field.code());
    html! {
        span.imp-cell {
            @match column {
                None => { span.mut { (given(reader, state, field)) } }
                Some(column) if is_open => {
                    (input(reader, state, line, column, &label, fault(state, line, field)))
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
fn given(reader: &Reader, state: &State, field: Field) -> String {
    let defaults = state.choices.defaults;
    let said = match field {
        Field::Unit => defaults.unit.map(|unit| reader.unit(unit)),
        Field::Problem => defaults
            .problem
            .map(|code| reader.t(&format!("problem-{}-short", code.to_string().to_lowercase()))),
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

fn input(
    reader: &Reader,
    state: &State,
    line: &Line,
    column: usize,
    label: &str,
    fault: Option<usize>,
) -> Markup {
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
            input.inp.bad[fault.is_some()] #(id) name=(format!("c{column}")) value=(value)
                autocomplete="off" aria-invalid=[fault.map(|_| "true")] aria-describedby=[said];
        }
    }
}

/// Everything to be said of a row, and what can be done about it with one click.
fn verdict(reader: &Reader, place: Place, state: &State, line: &Line) -> Markup {
    html! {
        @for (no, problem) in line.problems.iter().enumerate() {
            (said(reader, place, state, line, no, problem))
        }
        (fate(reader, state, line))
        @for remark in &line.remarks {
            span.res.b { (icon("eye")) (reader.say(remark.code(), &remark.args())) }
        }
        @if state.is_decided(line) {
            button.btn.t.s type="submit" name="choice" value="open" {
                (reader.t("import-undecide"))
            }
        }
    }
}

fn said(
    reader: &Reader,
    place: Place,
    state: &State,
    line: &Line,
    no: usize,
    problem: &RowProblem,
) -> Markup {
    let is_shown = SHOWN.iter().any(|field| state.mapping.column(*field) == problem.at);
    html! {
        @if let (Some(at), false, false) = (problem.at, is_shown, problem.is_duplicate()) {
            span.imp-more { (input(reader, state, line, at, &problem.column, Some(no))) }
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
                @if problem.is_duplicate() { (duplicate(reader, place, line, problem)) }
            }
        }
    }
}

fn duplicate(reader: &Reader, place: Place, line: &Line, problem: &RowProblem) -> Markup {
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

fn fate(reader: &Reader, state: &State, line: &Line) -> Markup {
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

/// Takes the corrections of one row and judges it again: the row alone for a script of the page,
/// the whole page for a browser without.
async fn correct(Path(no): Path<u64>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let draft = reader.find_draft::<ImportDraft>(no)?;
    let bad = || reader.bad("table-no-such-cell", &[]);
    let number: u32 = fields.get("row").and_then(|row| row.parse().ok()).ok_or_else(bad)?;
    let mut state = draft.state();
    change(&mut state, number, &fields).map_err(|_| bad())?;
    state.judge_row(&reader, number);
    let place = Place::of(no, &fields);
    if !reader.partial {
        let to = format!("{}#r{number}", place.address());
        return Ok(Redirect::to(&to).into_response());
    }
    let line = state.lines.iter().find(|line| line.row == number).ok_or_else(bad)?;
    let part = html! {
        (row(&reader, place, &state, line))
        (summary(&reader, no, &state.counts(), true))
    };
    Ok(Html(part.into_string()).into_response())
}

fn change(state: &mut State, row: u32, fields: &Fields) -> Result<(), intake::NoSuchCell> {
    let cells = fields.pairs.iter().filter_map(|(name, text)| {
        let column: usize = name.strip_prefix('c')?.parse().ok()?;
        Some((column, text.as_str()))
    });
    // A suggestion was accepted: it outdoes what stands in the cell.
    let used = fields.get("use").and_then(|used| {
        let (column, text) = used.split_once(':')?;
        Some((column.parse().ok()?, text))
    });
    for (column, text) in cells.chain(used) {
        // Line ends come back as forms send them.
        let text = text.replace("\r\n", "\n");
        if state.table.cell(row, column).text != text.trim() {
            state.table.set(row, column, &text)?;
            state.edited.insert(row);
        }
    }
    match fields.get("choice") {
        Some("skip") => state.decide(row, Some(Choice::Skip)),
        Some("anyway") => state.decide(row, Some(Choice::Anyway)),
        Some("open") => state.decide(row, None),
        Some(_) | None => {}
    }
    Ok(())
}
