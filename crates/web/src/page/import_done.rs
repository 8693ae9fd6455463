//! 导入: good rows go in, the rest goes out as a workbook, and a whole import can be undone.

use super::import::{LIST, framed, importer, judge, workbook};
use super::import_draft::{Fate, ImportDraft, State};
use crate::enter::{self, Import};
use crate::fields::Posted;
use crate::parts::{grouped, icon, stage_short};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::ids::MatterId;
use rules::text::Words;
use serde::Deserialize;
use std::sync::Arc;

/// Matters that the page of an import names; the ledger has all of them.
const NAMED: usize = 20;
/// Undoing is 查否, which is steering.
const STEER: Need = Need::Any(&[Action::Steer]);

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .post("/import/{no}/take", LIST, take)
        .get("/import/{no}/rest.xlsx", LIST, rest)
        .get("/imported/{key}", LIST, page)
        .post("/imported/{key}/undo", STEER, undo)
}

/// Good rows go in. It goes on when the browser has gone away, and a second click waits for the
/// first and finds nothing left to do.
async fn take(Path(no): Path<u64>, posted: Posted) -> Result<Response, Stop> {
    let reader = posted.reader;
    let draft = reader.find_draft::<ImportDraft>(no)?;
    let to = format!("/imported/{}?draft={no}", draft.key);
    let (asker, kept) = (reader.clone(), Arc::clone(&draft));
    let done = tokio::spawn(async move { take_all(asker, &kept).await }).await;
    done.map_err(|_| reader.bad("web-failed", &[]))??;
    Ok(Redirect::to(&to).into_response())
}

async fn take_all(reader: Reader, draft: &Arc<ImportDraft>) -> Result<(), Stop> {
    let _first = draft.taking.lock().await;
    // Since the rows were looked at, the ledger may have moved. What has become good by that was not
    // shown as good, and waits for the next look.
    let shown = draft.state().good();
    let reader = Reader { register: reader.app.ledger.now(), ..reader };
    judge(&reader, draft).await?;
    let (asker, kept) = (reader.clone(), Arc::clone(draft));
    let done = tokio::task::spawn_blocking(move || {
        let mut coming = kept.state().coming(&asker);
        coming.retain(|one| shown.contains(&one.row));
        let importer = importer(&asker, &kept.key);
        let entered = enter::enter(&asker.app.ledger, &importer, &coming);
        kept.state().took(entered);
        let now = Reader { register: asker.app.ledger.now(), ..asker };
        kept.state().judge(&now);
    });
    done.await.map_err(|_| reader.bad("web-failed", &[]))?;
    reader.app.tell_news();
    Ok(())
}

/// The rows that are not in, in the layout of the file, with a note in each cell that is bad.
async fn rest(reader: Reader, Path(no): Path<u64>) -> Result<Response, Stop> {
    let draft = reader.find_draft::<ImportDraft>(no)?;
    let plain = {
        let state = draft.state();
        rest_of(&reader, &state)
    };
    workbook(&reader, &plain, "rest.xlsx")
}

fn rest_of(reader: &Reader, state: &State) -> papers::Plain {
    let table = &state.table;
    let mut plain = papers::Plain {
        sheet: table.sheet().map_or_else(|| reader.t("ledger-sheet"), str::to_owned),
        head: table.columns().to_vec(),
        author: reader.t("web-brand"),
        ..papers::Plain::default()
    };
    for line in &state.lines {
        let refusal = match &line.fate {
            Fate::Bad | Fate::Duplicate | Fate::Skipped => None,
            Fate::Refused(refusal) => Some(reader.say(refusal.code(), &refusal.args())),
            Fate::Good { .. } | Fate::Known(_) | Fate::Taken(_) => continue,
        };
        let row = plain.rows.len();
        let cells = 0..table.columns().len();
        plain.rows.push(cells.map(|at| table.cell(line.row, at).text.to_owned()).collect());
        let faults = line.problems.iter().map(|problem| {
            // A field without a column is said in the first cell.
            (problem.at.unwrap_or(0), reader.say(problem.cell_code(), &problem.args()))
        });
        for (column, text) in faults.chain(refusal.map(|text| (0, text))) {
            plain.notes.push(papers::Note { row, column, text });
        }
    }
    plain
}

/// Imports that can still be undone: the reader's own, and everybody's for whoever may undo them.
pub(super) async fn recent(reader: &Reader) -> Result<Vec<Import>, Stop> {
    let asker = reader.clone();
    let account = (!reader.may_ever(Action::Steer)).then_some(reader.by.account);
    let found = tokio::task::spawn_blocking(move || {
        enter::recent(&asker.app.ledger, account, asker.app.now())
    });
    let found = found.await.map_err(|_| reader.bad("web-failed", &[]))?;
    found.map_err(|fault| reader.fault(&fault))
}

async fn find(reader: &Reader, key: &str) -> Result<Import, Stop> {
    let found = recent(reader).await?.into_iter().find(|import| import.key == key);
    found.ok_or_else(|| Stop::new(StatusCode::NOT_FOUND, reader.lang, "import-past-gone", &[]))
}

pub(super) fn list(reader: &Reader, past: &[Import]) -> Markup {
    html! {
        @if !past.is_empty() {
            section.card {
                div.hd { h2 { (reader.t("import-recent")) } }
                div.bd {
                    ul.list {
                        @for import in past {
                            li {
                                (icon("table-import"))
                                a.x href=(format!("/imported/{}", import.key)) {
                                    (reader.say("import-past", &[
                                        ("moment", reader.moment(import.at)),
                                        ("count", grouped(import.matters.len())),
                                    ]))
                                }
                                @if import.withdrawn() > 0 {
                                    span.tag { (reader.say("import-withdrawn",
                                        &[("count", grouped(import.withdrawn()))])) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where the rows came from that a page of an import speaks of.
#[derive(Deserialize)]
struct From {
    draft: Option<u64>,
}

async fn page(
    reader: Reader,
    Path(key): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, Stop> {
    let draft = from.draft.and_then(|no| Some((no, reader.find_draft::<ImportDraft>(no).ok()?)));
    let import = match find(&reader, &key).await {
        Ok(import) => import,
        // Nothing went in; the rows say why.
        Err(stop) => {
            return match draft {
                Some((no, _)) => Ok(Redirect::to(&format!("/import/{no}/rows")).into_response()),
                None => Err(stop),
            };
        }
    };
    Ok(show(&reader, &import, draft.as_ref().map(|(no, draft)| (*no, &**draft)), None))
}

async fn undo(Path(key): Path<String>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let import = find(&reader, &key).await?;
    let asker = reader.clone();
    let reason = Words::new(reader.t("import-undo-reason"));
    let (withdrawable, _) = untouched(&reader, &import);
    let stay = tokio::task::spawn_blocking(move || {
        let importer = importer(&asker, &import.key);
        enter::undo(&asker.app.ledger, &importer, (&import, &withdrawable), &reason)
    });
    let stay = stay.await.map_err(|_| reader.bad("web-failed", &[]))?;
    reader.app.tell_news();
    let said: Vec<(MatterId, String)> =
        stay.into_iter().map(|(id, why)| (id, reader.say(why.code(), &why.args()))).collect();
    let reader = Reader { register: reader.app.ledger.now(), ..reader };
    let import = find(&reader, &key).await?;
    let draft = fields.get("draft").and_then(|no| no.parse().ok());
    let draft = draft.and_then(|no| Some((no, reader.find_draft::<ImportDraft>(no).ok()?)));
    Ok(show(&reader, &import, draft.as_ref().map(|(no, draft)| (*no, &**draft)), Some(&said)))
}

/// The page of an import: what is in, what is not, what can be undone until when. After an undoing
/// `stayed` has the matters that could not be withdrawn.
fn show(
    reader: &Reader,
    import: &Import,
    draft: Option<(u64, &ImportDraft)>,
    stayed: Option<&[(MatterId, String)]>,
) -> Response {
    let (all, withdrawn) = (import.matters.len(), import.withdrawn());
    let code = if stayed.is_some() { "import-undone" } else { "import-done" };
    let args = [("count", grouped(all)), ("withdrawn", grouped(withdrawn))];
    let body = html! {
        p.crumb {
            a href="/matters" { (reader.t("menu-ledger")) } " / "
            a href="/import" { (reader.t("menu-import")) }
        }
        div.ph { div {
            h1 { (reader.t("import-done-title")) }
            div.sub { (reader.say("import-at", &[("moment", reader.moment(import.at))])) }
        } }
        (super::import::steps(reader, 4))
        p.flash role="status" { (icon("circle-check")) (reader.say(code, &args)) }
        @if let Some((no, draft)) = draft { (rest_card(reader, no, draft)) }
        (undo_card(reader, import, draft.map(|(no, _)| no), stayed))
        (matters(reader, import))
    };
    framed(reader, StatusCode::OK, body)
}

fn rest_card(reader: &Reader, no: u64, draft: &ImportDraft) -> Markup {
    let counts = draft.state().counts();
    let rest = counts.rest() + counts.good;
    html! {
        @if rest > 0 {
            div.errsum.imp-sum {
                (icon("alert-triangle"))
                div.sp {
                    h2 { (reader.say("import-not-in", &[("count", grouped(rest))])) }
                    p { (reader.t("import-not-in-hint")) }
                }
                div.acts {
                    a.btn href=(format!("/import/{no}/rest.xlsx")) {
                        (icon("download")) (reader.t("import-rest"))
                    }
                    a.btn href=(format!("/import/{no}/rows")) {
                        (icon("edit")) (reader.t("import-correct"))
                    }
                }
            }
        }
    }
}

/// Matters that stand where the import left them: those that this reader may withdraw, and those
/// that were handed out, which only who may cancel can.
fn untouched(reader: &Reader, import: &Import) -> (Vec<MatterId>, Vec<MatterId>) {
    let may_cancel = reader.may_ever(Action::Relieve);
    let untouched = import.untouched(&reader.app.ledger);
    let mine = |id: &MatterId| may_cancel || enter::is_only_listed(&reader.register, *id);
    untouched.into_iter().partition(mine)
}

fn undo_card(
    reader: &Reader,
    import: &Import,
    draft: Option<u64>,
    stayed: Option<&[(MatterId, String)]>,
) -> Markup {
    let (mine, handed_out) = untouched(reader, import);
    let (count, handed_out) = (mine.len(), handed_out.len());
    let moved = import.matters.len() - count - handed_out - import.withdrawn();
    let args = [
        ("until", reader.moment(import.until())),
        ("count", grouped(count)),
        ("handed", grouped(handed_out)),
        ("moved", grouped(moved)),
    ];
    let may = reader.may_ever(Action::Steer);
    html! {
        section.card {
            div.hd { h2 { (reader.t("import-undo-title")) } }
            div.bd {
                p { (reader.say("import-undo-until", &args)) }
                ul.dots {
                    @if count > 0 { li { (reader.say("import-undo-what", &args)) } }
                    @if handed_out > 0 { li { (reader.say("import-undo-handed", &args)) } }
                    @if moved > 0 { li { (reader.say("import-undo-moved", &args)) } }
                    @if count == 0 { li { (reader.t("import-undo-none")) } }
                }
                @if count > 0 {
                    @if !may { p { (reader.t("import-undo-office")) } } @else {
                        form method="post" action=(format!("/imported/{}/undo", import.key)) {
                            (reader.hidden(None))
                            @if let Some(no) = draft { input type="hidden" name="draft" value=(no); }
                            p.acts {
                                button.btn.d type="submit" {
                                    (icon("arrow-back-up")) (reader.say("import-undo", &args))
                                }
                            }
                        }
                    }
                }
                @for (id, why) in stayed.unwrap_or_default() {
                    p.res.a {
                        (icon("alert-triangle"))
                        a href=(format!("/matters/{id}")) { (reader.number(*id)) } " " (why)
                    }
                }
            }
        }
    }
}

/// The matters of the import, those first that have moved on since.
fn matters(reader: &Reader, import: &Import) -> Markup {
    let untouched = import.untouched(&reader.app.ledger);
    let mut ids: Vec<(bool, MatterId)> =
        import.matters.keys().map(|id| (untouched.binary_search(id).is_ok(), *id)).collect();
    ids.sort_unstable();
    let more = ids.len().saturating_sub(NAMED);
    html! {
        section.card {
            div.hd { h2 { (reader.t("import-matters")) } span.mut { (grouped(ids.len())) } }
            div.bd {
                ul.list {
                    @for (_, id) in ids.iter().take(NAMED) {
                        @if let Ok(matter) = reader.matter(*id) {
                            li {
                                a.x href=(format!("/matters/{id}")) { (reader.title(matter)) }
                                small { (reader.number(*id)) " · " (reader.unit(matter.unit)) }
                                span.tag { (reader.t(stage_short(&matter.stage))) }
                            }
                        }
                    }
                }
                @if more > 0 {
                    p.hintline {
                        a href="/matters?sort=number&desc=1" {
                            (reader.say("import-more", &[("count", grouped(more))]))
                        }
                    }
                }
            }
        }
    }
}
