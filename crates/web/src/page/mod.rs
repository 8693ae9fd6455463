//! Pages, one file for each address or few that belong together.

mod act;
mod bulk;
pub(crate) mod demo;
pub(crate) mod desk;
mod done;
pub(crate) mod form;

pub(crate) mod ledger;
mod log;
pub(crate) mod matter;
mod me;
pub(crate) mod new_matter;
mod plan_draft;
mod plans;
mod policy;
mod posts;
mod search;
mod sign_in;
mod slips;
mod story;
mod upload;
pub(crate) mod workbook;

use crate::route::Routes;

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(crate) fn add(routes: Routes) -> Routes {
    let parts: [fn(Routes) -> Routes; 17] = [
        sign_in::add,
        demo::add,
        desk::add,
        ledger::add,
        workbook::add,
        new_matter::add,
        bulk::add,
        matter::add,
        act::add,
        plans::add,
        plan_draft::add,
        posts::add,
        slips::add,
        log::add,
        search::add,
        policy::add,
        me::add,
    ];
    parts.into_iter().fold(routes, |routes, add| add(routes))
}
