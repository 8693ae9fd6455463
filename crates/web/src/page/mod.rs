//! Pages, one file for each address or few that belong together.

mod act;
mod bulk;
pub(crate) mod demo;
pub(crate) mod desk;
mod done;
mod feedback;
pub(crate) mod form;
mod founding;
mod import;
mod import_done;
mod import_draft;
mod import_row;
mod import_rows;
pub(crate) mod ledger;
mod ledger_list;
mod log;
pub(crate) mod matter;
mod me;
pub(crate) mod new_matter;
mod plan_draft;
mod plans;
mod policy;
mod posts;
pub(crate) mod privacy;
mod search;
mod sign_in;
mod slips;
mod story;
mod upload;
mod why;
pub(crate) mod workbook;

use crate::route::Routes;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to be saved under a name of ours, which is plain ASCII.
pub(crate) fn attachment(kind: &str, name: &str, bytes: impl IntoResponse) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, &name)];
    (headers, bytes).into_response()
}

pub(crate) fn add(routes: Routes) -> Routes {
    let parts: &[fn(Routes) -> Routes] = &[
        sign_in::add,
        founding::add,
        demo::add,
        desk::add,
        ledger::add,
        workbook::add,
        new_matter::add,
        bulk::add,
        import::add,
        import_rows::add,
        import_done::add,
        matter::add,
        why::add,
        act::add,
        plans::add,
        plan_draft::add,
        posts::add,
        slips::add,
        log::add,
        search::add,
        policy::add,
        me::add,
        feedback::add,
        privacy::add,
    ];
    parts.iter().fold(routes, |routes, add| add(routes))
}
