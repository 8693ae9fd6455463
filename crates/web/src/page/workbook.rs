//! The whole ledger as a workbook: what its reader may see, uncut.

use crate::page::{XLSX, attachment};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::BUSINESS;
use crate::stop::Stop;
use axum::response::Response;
use papers::{AsOf, MatterTexts};
use rules::access::{self, Action};
use rules::ids::MatterId;
use std::sync::Arc;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/matters/ledger.xlsx", Need::Any(BUSINESS), workbook)
}

async fn workbook(reader: Reader) -> Result<Response, Stop> {
    let lang = reader.lang;
    let bytes = tokio::task::spawn_blocking(move || book(&reader)).await.map_err(|_| {
        Stop::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, lang, "web-failed", &[])
    })??;
    Ok(attachment(XLSX, "ledger.xlsx", bytes))
}

/// Makes the workbook. Half a ledger does not go out as a whole: the first text that cannot be
/// read ends it.
pub(crate) fn book(reader: &Reader) -> Result<Vec<u8>, Stop> {
    let (log_size, root) = reader.app.ledger.tree_head();
    let facts = AsOf {
        today: reader.today,
        moment: reader.at.to_string(),
        log_size,
        tree_head: root.hex(),
        origin: reader.app.ledger.origin().to_owned(),
    };
    let actor = reader.actor().map_err(|refusal| reader.refused(&refusal))?;
    let unread = std::cell::RefCell::new(None);
    let office = reader.register.office();
    let texts = |id: MatterId| match super::matter::history(reader, id) {
        Ok(entries) => MatterTexts::of(&super::matter::happened(&entries), office),
        Err(stop) => {
            unread.borrow_mut().get_or_insert(stop);
            MatterTexts::default()
        }
    };
    let may_see = |id: MatterId| {
        let matter = reader.register.matter(id);
        matter.is_some_and(|one| access::may(&actor, Action::See, &one.thing()).is_ok())
    };
    let register = Arc::clone(&reader.register);
    let book = papers::ledger_xlsx(&register, &facts, &may_see, &texts, reader.lang)
        .map_err(|fault| reader.bad(fault.code(), &fault.args()))?;
    match unread.into_inner() {
        Some(stop) => Err(stop),
        None => Ok(book),
    }
}
