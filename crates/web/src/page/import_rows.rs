//! 逐行检查: what is wrong with each row, beside the cell in which it can be put right.

use super::import::{LIST, about, framed, head};
use super::import_draft::{Choice, Counts, Fate, ImportDraft, Line, State, View};
use super::import_row::{Row, SHOWN, lists};
use crate::fields::{Fields, Posted, pairs};
use crate::parts::{grouped, icon};
use crate::reader::Reader;
use crate::route::Routes;
use crate::stop::Stop;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};

/// Rows of a page.
const ROWS: usize = 50;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/import/{no}/rows", LIST, page).post("/import/{no}/row", LIST, correct)
}

/// Which part of the list is looked at.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) no: u64,
    pub(super) view: View,
    /// From 1.
    pub(super) page: usize,
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
    let to_judge = {
        let state = draft.state();
        if !state.choices.defaults.missing(&state.mapping).is_empty() {
            return Ok(Redirect::to(&format!("/import/{no}/columns")).into_response());
        }
        state.lines.is_empty()
    };
    if to_judge {
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
            (tabs(&reader, place, &state, false))
            @if here.is_empty() {
                div.empty { (icon("circle-check")) h2 { (reader.t("import-none-here")) } }
            } @else {
                div.imp-row.imp-head aria-hidden="true" {
                    span { (reader.t("import-row")) }
                    @for field in SHOWN { span { (reader.t(field.code())) } }
                    span {} span { (reader.t("import-verdict")) }
                }
                @for line in state.lines.iter().filter(|line| here.contains(&line.row)) {
                    (Row { reader: &reader, place, state: &state, line }.form())
                }
                (pager(&reader, place, rows.len()))
            }
        }
        (lists(&reader))
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

fn tabs(reader: &Reader, place: Place, state: &State, beside: bool) -> Markup {
    let count = |view: View| state.lines.iter().filter(|line| state.shows(view, line)).count();
    html! {
        div.tabs #imptabs role="navigation" aria-label=(reader.t("web-views"))
            hx-swap-oob=[beside.then_some("true")] {
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
        (Row { reader: &reader, place, state: &state, line }.form())
        (summary(&reader, no, &state.counts(), true))
        (tabs(&reader, place, &state, true))
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
