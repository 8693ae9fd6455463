//! 导入台账: a ledger of problems is uploaded, and its columns are told which field they are.

use super::import_draft::{Choices, ImportDraft, State};
use super::{XLSX, attachment};
use crate::enter;
use crate::fields::{Fields, Posted};
use crate::parts::icon;
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use intake::{Defaults, Field, Mapping, Table};
use maud::{Markup, html};
use rules::access::Action;
use rules::ids::{CampaignId, UnitId};
use rules::matter::Source;
use rules::signal::ProblemCode;
use std::sync::Arc;

/// Whoever may list a matter may import many.
pub(super) const LIST: Need = Need::Any(&[Action::List]);
/// Values of a column that are shown beside its name.
const SAMPLES: usize = 3;

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/import", LIST, door)
        .post("/import", LIST, upload)
        .get("/import/template.xlsx", LIST, template)
        .get("/import/{no}/columns", LIST, columns)
        .post("/import/{no}/columns", LIST, choose)
}

/// The four steps, of which `now` (from 0) is open.
pub(super) fn steps(reader: &Reader, now: usize) -> Markup {
    let steps = ["import-step-file", "import-step-columns", "import-step-rows", "import-step-in"];
    html! {
        ol.steps.card.pad aria-label=(reader.t("import-steps")) {
            @for (place, code) in steps.into_iter().enumerate() {
                li.ok[place < now].now[place == now]
                    aria-current=[(place == now).then_some("step")] {
                    span.n { @if place < now { (icon("check")) } @else { (place + 1) } }
                    (reader.t(code))
                    @if place == 3 { small { (reader.t("import-undoable")) } }
                }
            }
        }
    }
}

/// Crumb and head of every step.
pub(super) fn head(reader: &Reader, sub: &str, now: usize) -> Markup {
    html! {
        p.crumb { a href="/matters" { (reader.t("menu-ledger")) } }
        div.ph {
            div { h1 { (reader.t("import-title-page")) } div.sub { (sub) } }
            div.acts {
                a.btn href="/import/template.xlsx" {
                    (icon("download")) (reader.t("import-template"))
                }
                @if now > 0 { a.btn.t href="/import" { (reader.t("import-other-file")) } }
            }
        }
        (steps(reader, now))
    }
}

pub(super) fn framed(reader: &Reader, status: StatusCode, body: Markup) -> Response {
    let page = Page { here: "menu-import", title: reader.t("import-title-page"), body };
    reader.page_with(status, &page)
}

async fn door(reader: Reader) -> Result<Response, Stop> {
    let past = super::import_done::recent(&reader).await?;
    let body = html! {
        (head(&reader, &reader.t("import-hint"), 0))
        (file_form(&reader, None))
        (super::import_done::list(&reader, &past))
    };
    Ok(framed(&reader, StatusCode::OK, body))
}

fn file_form(reader: &Reader, said: Option<&str>) -> Markup {
    html! {
        section.card.narrow {
            div.bd {
                @if let Some(said) = said {
                    div.errbox role="alert" { p { (said) } p { (reader.t("import-accepted")) } }
                }
                form method="post" action="/import" enctype="multipart/form-data" data-upload {
                    (reader.hidden(None))
                    div.f {
                        label for="table" { (reader.t("import-file")) }
                        span.hintline #tablehint { (reader.t("import-accepted")) }
                        input.inp #table type="file" name="table" accept=".xlsx,.csv" required
                            aria-describedby="tablehint";
                    }
                    p.acts {
                        button.btn.p type="submit" { (icon("upload")) (reader.t("import-read")) }
                        progress.up max="100" value="0" hidden {}
                    }
                }
                p.hintline { (reader.t("import-nothing-yet")) }
            }
        }
    }
}

async fn upload(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, mut fields } = posted;
    let refused = |said: String| {
        let body = html! {
            (head(&reader, &reader.t("import-hint"), 0))
            (file_form(&reader, Some(&said)))
        };
        Ok(framed(&reader, StatusCode::UNPROCESSABLE_ENTITY, body))
    };
    if fields.files.is_empty() {
        return refused(reader.t("import-no-file"));
    }
    let file = fields.files.swap_remove(0);
    let read = tokio::task::spawn_blocking(move || (intake::table(&file.bytes), file)).await;
    let (table, file) = read.map_err(|_| reader.bad("web-failed", &[]))?;
    match table {
        Err(fault) => refused(reader.say(fault.code(), &fault.args())),
        Ok(table) => {
            let draft = ImportDraft::new(&reader, file.name, &file.bytes, table);
            let no = reader.keep_draft(draft);
            Ok(Redirect::to(&format!("/import/{no}/columns")).into_response())
        }
    }
}

/// An empty ledger with the heads that are surely understood.
async fn template(reader: Reader) -> Result<Response, Stop> {
    let fields = Field::ALL.into_iter().filter(|field| *field != Field::Id);
    let plain = papers::Plain {
        sheet: reader.t("ledger-sheet"),
        head: fields.map(|field| field.word().to_owned()).collect(),
        ..papers::Plain::default()
    };
    workbook(&reader, &plain, "template.xlsx")
}

pub(super) fn workbook(
    reader: &Reader,
    plain: &papers::Plain,
    name: &str,
) -> Result<Response, Stop> {
    let made = papers::plain_xlsx(plain, reader.today);
    let bytes = made.map_err(|fault| reader.bad(fault.code(), &fault.args()))?;
    Ok(attachment(XLSX, name, bytes))
}

async fn columns(reader: Reader, Path(no): Path<u64>) -> Result<Response, Stop> {
    let draft = reader.find_draft::<ImportDraft>(no)?;
    let body = mapping_page(&reader, no, &draft, None);
    Ok(framed(&reader, StatusCode::OK, body))
}

/// What the form says of columns. `Err` is a field that two columns claim.
fn chosen(table: &Table, fields: &Fields) -> Result<Mapping, Field> {
    let mut mapping = Mapping::default();
    for column in 0..table.columns().len() {
        let key = fields.get(&format!("col{column}")).unwrap_or_default();
        let Some(field) = Field::from_key(key) else { continue };
        if mapping.column(field).is_some() {
            return Err(field);
        }
        mapping.set(field, Some(column));
    }
    Ok(mapping)
}

fn choices(fields: &Fields) -> Choices {
    let unit = fields.get("unit").and_then(|unit| unit.parse().ok()).map(UnitId);
    let campaign = fields.get("campaign").and_then(|id| id.parse().ok()).map(CampaignId);
    Choices {
        campaign,
        defaults: Defaults {
            problem: fields.get("problem").and_then(ProblemCode::parse),
            unit,
            source: Source::ALL.into_iter().find(|one| fields.get("source") == Some(one.code())),
        },
        historical: fields.has("historical"),
        hand_out: fields.has("hand_out"),
    }
}

async fn choose(Path(no): Path<u64>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let draft = reader.find_draft::<ImportDraft>(no)?;
    if let Some(sheet) = fields.get("sheet") {
        return Ok(other_sheet(&reader, no, &draft, sheet));
    }
    let mapping = {
        let mut state = draft.state();
        state.choices = choices(&fields);
        chosen(&state.table, &fields)
    };
    let said = match mapping {
        Err(twice) => Some(reader.say("import-twice", &[("@field", twice.code().to_owned())])),
        Ok(mapping) => {
            let mut state = draft.state();
            let missing = state.choices.defaults.missing(&mapping);
            state.mapping = mapping;
            (!missing.is_empty()).then(|| lacking(&reader, &missing))
        }
    };
    if let Some(said) = said {
        let body = mapping_page(&reader, no, &draft, Some(&said));
        return Ok(framed(&reader, StatusCode::UNPROCESSABLE_ENTITY, body));
    }
    judge(&reader, &draft).await?;
    Ok(Redirect::to(&format!("/import/{no}/rows")).into_response())
}

/// Judges all rows, away from the threads that answer.
pub(super) async fn judge(reader: &Reader, draft: &Arc<ImportDraft>) -> Result<(), Stop> {
    let (asker, draft) = (reader.clone(), Arc::clone(draft));
    let judged = tokio::task::spawn_blocking(move || draft.state().judge(&asker)).await;
    judged.map_err(|_| reader.bad("web-failed", &[]))
}

/// Reads another worksheet of the same file: a draft of its own, since its columns are others.
fn other_sheet(reader: &Reader, no: u64, draft: &Arc<ImportDraft>, sheet: &str) -> Response {
    match intake::table_of_sheet(&draft.bytes, sheet) {
        Ok(table) => {
            let other = ImportDraft::new(reader, draft.name.clone(), &draft.bytes, table);
            let no = reader.keep_draft(other);
            Redirect::to(&format!("/import/{no}/columns")).into_response()
        }
        Err(fault) => {
            let said = reader.say(fault.code(), &fault.args());
            let body = mapping_page(reader, no, draft, Some(&said));
            framed(reader, StatusCode::UNPROCESSABLE_ENTITY, body)
        }
    }
}

/// Which required fields nothing gives, and what to do about it.
fn lacking(reader: &Reader, missing: &[Field]) -> String {
    let names: Vec<String> = missing.iter().map(|field| reader.t(field.code())).collect();
    reader.say("import-missing", &[("fields", names.join(&reader.t("import-and")))])
}

/// File, worksheet, number of rows.
pub(super) fn about(reader: &Reader, draft: &ImportDraft, state: &State) -> String {
    let rows = state.table.rows().len().to_string();
    let mut args = vec![("file", draft.name.clone()), ("rows", rows)];
    let Some(sheet) = state.table.sheet() else { return reader.say("import-about", &args) };
    args.push(("sheet", sheet.to_owned()));
    reader.say("import-about-sheet", &args)
}

fn mapping_page(reader: &Reader, no: u64, draft: &ImportDraft, said: Option<&str>) -> Markup {
    let state = draft.state();
    let (table, mapping) = (&state.table, &state.mapping);
    let missing = state.choices.defaults.missing(mapping);
    let known = (0..table.columns().len()).filter(|at| mapping.field(*at).is_some()).count();
    let args = [
        ("known", known.to_string()),
        ("all", table.columns().len().to_string()),
        ("row", table.header_row().to_string()),
    ];
    html! {
        (head(reader, &about(reader, draft, &state), 1))
        @if let Some(said) = said { div.errbox role="alert" { (said) } }
        @else if !missing.is_empty() {
            div.errsum role="status" {
                (icon("alert-triangle"))
                div { h2 { (lacking(reader, &missing)) } p { (reader.t("import-missing-hint")) } }
            }
        }
        (sheets(reader, no, table))
        form method="post" action=(format!("/import/{no}/columns")) {
            (reader.hidden(None))
            div.two-col {
                section.card {
                    div.hd { h2 { (reader.t("import-step-columns")) }
                        span.mut { (reader.say("import-known", &args)) } }
                    div.bd { ul.imp-cols {
                        @for (at, name) in table.columns().iter().enumerate() {
                            (column(reader, &state, at, name))
                        }
                    } }
                }
                (for_all(reader, &state.choices))
            }
            p.acts.left {
                button.btn.p type="submit" {
                    (icon("list-check")) (reader.t("import-check"))
                }
            }
        }
    }
}

fn sheets(reader: &Reader, no: u64, table: &Table) -> Markup {
    html! {
        @if table.sheets().len() > 1 {
            form.card.pad.pair method="post" action=(format!("/import/{no}/columns")) {
                (reader.hidden(None))
                label for="sheet" { (reader.t("import-sheet")) }
                select.sel #sheet name="sheet" {
                    @for name in table.sheets() {
                        option value=(name) selected[table.sheet() == Some(name)] { (name) }
                    }
                }
                button.btn type="submit" { (reader.t("import-take-sheet")) }
            }
        }
    }
}

fn column(reader: &Reader, state: &State, at: usize, name: &str) -> Markup {
    let field = state.mapping.field(at);
    let id = format!("col{at}");
    let no_name = reader.say("import-nameless", &[("no", (at + 1).to_string())]);
    html! {
        li {
            div.sp {
                label for=(id) { (if name.is_empty() { no_name.as_str() } else { name }) }
                div.meta { (state.table.samples(at, SAMPLES).join(" · ")) }
            }
            select.sel.on[field.is_some()] #(id) name=(id) {
                option value="" { (reader.t("import-no-field")) }
                @for one in Field::ALL {
                    option value=(one.key()) selected[field == Some(one)] {
                        (reader.t(one.code())) @if one.is_required() { " *" }
                    }
                }
            }
        }
    }
}

/// What holds for all rows: the campaign, fields without a column, old matters, handing out.
fn for_all(reader: &Reader, choices: &Choices) -> Markup {
    let office = reader.register.office();
    let Defaults { problem, unit, source } = choices.defaults;
    let none = reader.t("import-by-row");
    html! {
        section.card {
            div.hd { h2 { (reader.t("import-for-all")) } }
            div.bd {
                div.f {
                    label for="campaign" { (reader.t("import-campaign")) }
                    select.sel #campaign name="campaign" {
                        option value="" { (reader.t("import-no-campaign")) }
                        @for (id, one) in
                            reader.register.campaigns().iter().filter(|one| one.1.closed_on.is_none()) {
                            option value=(id) selected[choices.campaign == Some(*id)] {
                                (reader.text(&one.title))
                            }
                        }
                    }
                }
                p.hintline { (reader.t("import-defaults-hint")) }
                div.f {
                    label for="problem" { (reader.t("import-problem")) }
                    select.sel #problem name="problem" {
                        option value="" { (none) }
                        @for code in ProblemCode::all() {
                            @let name = format!("problem-{}-short", code.to_string().to_lowercase());
                            option value=(code) selected[problem == Some(code)] { (reader.t(&name)) }
                        }
                    }
                }
                div.f {
                    label for="unit" { (reader.t("import-unit")) }
                    select.sel #unit name="unit" {
                        option value="" { (none) }
                        @for (id, one) in office.units() {
                            option value=(id) selected[unit == Some(id)] { (reader.text(&one.name)) }
                        }
                    }
                }
                div.f {
                    label for="source" { (reader.t("import-source")) }
                    select.sel #source name="source" {
                        option value="" { (none) }
                        @for one in Source::ALL {
                            option value=(one.code()) selected[source == Some(one)] {
                                (reader.t(one.code()))
                            }
                        }
                    }
                }
                (ticks(reader, choices))
            }
        }
    }
}

fn ticks(reader: &Reader, choices: &Choices) -> Markup {
    html! {
        label.tick {
            input type="checkbox" name="historical" value="1" checked[choices.historical];
            (reader.t("import-historical"))
        }
        p.hintline { (reader.t("import-historical-hint")) }
        @if reader.may_ever(Action::Steer) {
            label.tick {
                input type="checkbox" name="hand_out" value="1" checked[choices.hand_out];
                (reader.t("import-hand-out"))
            }
            p.hintline { (reader.t("import-hand-out-hint")) }
        }
    }
}

/// The name of an import in the log, for pages about it.
pub(super) fn importer(reader: &Reader, key: &str) -> enter::Importer {
    enter::Importer { by: reader.by, today: reader.today, key: key.to_owned() }
}
