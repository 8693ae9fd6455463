//! 开办: an empty ledger is founded with the bureau's staff list, by whoever has the link that the
//! program printed at its first start.

use super::attachment;
use crate::app::{App, Submission};
use crate::fields;
use crate::parts::{encode, icon};
use crate::reader::cookie;
use crate::route::{Need, Routes};
use crate::shell;
use crate::stop::{Stop, lang_of};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use intake::{PostRow, Sheet};
use maud::{Markup, html};
use rules::ids::SYSTEM;
use rules::posts;
use rules::record::{By, Command};
use rules::role::Role;
use std::collections::BTreeSet;
use std::sync::Arc;
use words::{Lang, say};

/// The staff list of the examples: what a list looks like, to be written over.
const EXAMPLE: &str = include_str!("../../../../examples/posts.csv");

/// The three who are never the same person: for the system, for security, for audit.
const THREE: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/found/{link}", Need::Open, page).post("/found/{link}", Need::Open, found).get(
        "/staff-list.csv",
        Need::Open,
        example,
    )
}

/// The link is the system's own; once there is an office it opens nothing.
fn open(app: &App, lang: Lang, link: &str) -> Result<(), Stop> {
    let invited = app.accounts.invited(link, app.now());
    let invited = invited.map_err(|fault| Stop::fault(lang, &fault))?;
    if invited == Some(SYSTEM) && app.ledger.now().office().is_empty() {
        return Ok(());
    }
    Err(Stop::new(StatusCode::NOT_FOUND, lang, "welcome-gone", &[]))
}

fn lang(headers: &HeaderMap) -> Lang {
    lang_of(cookie(headers, "lang").as_deref())
}

async fn page(
    State(app): State<Arc<App>>,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Stop> {
    let lang = lang(&headers);
    open(&app, lang, &link)?;
    Ok(show(lang, &link, None, &html! {}))
}

/// The list of the examples, with the mark by which spreadsheet programs know UTF-8.
async fn example() -> Response {
    let marked = format!("\u{feff}{EXAMPLE}");
    attachment("text/csv; charset=utf-8", "staff-list.csv", marked)
}

fn show(lang: Lang, link: &str, said: Option<&str>, read: &Markup) -> Response {
    let t = |code: &str| say(lang, code, &[]);
    let body = html! {
        div.ph { div { h1 { (t("found-title")) } div.sub { (t("found-what")) } } }
        @if let Some(said) = said { div.errbox role="alert" { (said) } }
        (read)
        section.card.narrow {
            div.bd {
                form method="post" action={"/found/" (encode(link))}
                    enctype="multipart/form-data" {
                    div.f {
                        label for="staff" { (t("found-list")) }
                        span.hintline #staffhint { (t("found-list-hint")) }
                        input.inp #staff type="file" name="staff" accept=".xlsx,.csv" required
                            aria-describedby="staffhint";
                    }
                    p.acts {
                        button.btn.p type="submit" { (icon("table-import")) (t("found-read")) }
                        a.btn href="/staff-list.csv" { (icon("download")) (t("found-example")) }
                    }
                }
            }
        }
    };
    let page = shell::bare(lang, &t("found-title"), &body).into_string();
    let status = if said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, Html(page)).into_response()
}

/// Reads an uploaded list and shows what is in it; or, that having been seen, founds the office.
async fn found(
    State(app): State<Arc<App>>,
    Path(link): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Stop> {
    let lang = lang(&headers);
    open(&app, lang, &link)?;
    let sent = fields::read(request, &()).await;
    let mut sent = sent.map_err(|code| Stop::new(StatusCode::BAD_REQUEST, lang, code, &[]))?;
    if let Some(seen) = sent.get("draft").and_then(|no| no.parse().ok()) {
        return enrol(&app, lang, seen).await;
    }
    let Some(file) = sent.files.pop() else {
        return Ok(show(lang, &link, Some(&say(lang, "found-no-file", &[])), &html! {}));
    };
    let read = tokio::task::spawn_blocking(move || intake::posts(&file.bytes)).await;
    let sheet =
        match read.map_err(|_| Stop::new(StatusCode::BAD_REQUEST, lang, "web-bad-form", &[]))? {
            Ok(sheet) => sheet,
            Err(not) => {
                return Ok(show(lang, &link, Some(&say(lang, not.code(), &not.args())), &html! {}));
            }
        };
    let ready = sheet.rows.iter().any(|row| administers(&row.value));
    let said = (!ready).then(|| say(lang, "serve-no-administrator", &[]));
    let sheet = Arc::new(sheet);
    let draft = ready.then(|| app.drafts().keep(SYSTEM, app.now(), Arc::clone(&sheet)));
    let read = preview(lang, &link, &sheet, draft);
    Ok(show(lang, &link, said.as_deref(), &read))
}

fn administers(row: &PostRow) -> bool {
    row.roles.contains(&Role::SystemAdmin) && row.holder.is_some()
}

/// What the list holds, what in it cannot be used, and the button that founds.
fn preview(lang: Lang, link: &str, sheet: &Sheet<PostRow>, draft: Option<u64>) -> Markup {
    let t = |code: &str| say(lang, code, &[]);
    let rows = || sheet.rows.iter().map(|row| &row.value);
    let units: BTreeSet<&str> = rows().map(|row| row.unit.as_str()).collect();
    let people: BTreeSet<&str> = rows().filter_map(|row| row.holder.as_deref()).collect();
    let args = [
        ("units", units.len().to_string()),
        ("posts", sheet.rows.len().to_string()),
        ("people", people.len().to_string()),
    ];
    html! {
        section.card.narrow {
            div.hd { h2 { (say(lang, "found-holds", &args)) } }
            div.bd.stack {
                dl.kv {
                    @for role in THREE {
                        @let holder = rows().find(|row| row.roles.contains(&role))
                            .and_then(|row| row.holder.as_deref());
                        div {
                            dt { (t(role.code())) }
                            dd {
                                @if let Some(holder) = holder { (holder) }
                                @else { span.tag.a { (t("found-nobody")) } }
                            }
                        }
                    }
                }
                @if !sheet.problems.is_empty() {
                    div.errbox {
                        p { (say(lang, "found-problems",
                            &[("count", (sheet.problems.len() + sheet.unlisted).to_string())])) }
                        ul {
                            @for problem in &sheet.problems {
                                li { (say(lang, problem.code(), &problem.args())) }
                            }
                        }
                    }
                }
                @if let Some(draft) = draft {
                    form method="post" action={"/found/" (encode(link))} {
                        input type="hidden" name="draft" value=(draft);
                        button.btn.p type="submit" { (icon("circle-check")) (t("found-go")) }
                    }
                }
            }
        }
    }
}

/// Enters the list, and gives its system administrator the first way in.
async fn enrol(app: &Arc<App>, lang: Lang, draft: u64) -> Result<Response, Stop> {
    let sheet = app.drafts().find::<Arc<Sheet<PostRow>>>(draft, SYSTEM);
    let sheet =
        sheet.ok_or_else(|| Stop::new(StatusCode::NOT_FOUND, lang, "web-draft-gone", &[]))?;
    let lines = sheet.rows.iter().map(|row| row.value.clone().into()).collect();
    let command = Command::Office(posts::Command::Enrol { lines });
    let id = format!("found-{draft}");
    let founded = app.submit(Submission { id, by: By::SYSTEM, command, if_version: None }).await;
    founded.map_err(|not_done| {
        let said = say(lang, not_done.code(), &not_done.args());
        Stop::not_done(lang, &not_done, said)
    })?;
    let first = app.ledger.now().office().first_with(Role::SystemAdmin, app.today());
    let (_, person) = first
        .ok_or_else(|| Stop::new(StatusCode::CONFLICT, lang, "serve-no-administrator", &[]))?;
    let link = app.accounts.invite(person, app.now()).map_err(|fault| Stop::fault(lang, &fault))?;
    Ok(Redirect::to(&format!("/welcome/{link}")).into_response())
}
