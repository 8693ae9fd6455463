//! News for open pages: one stream a tab, which carries the size of the log and counts, nothing of
//! what was written.

use crate::page::desk;
use crate::reader::Reader;
use crate::route::{Need, Routes};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use std::convert::Infallible;
use std::time::Duration;

/// A stream without news ends after this long and is opened again.
const LONGEST: Duration = Duration::from_secs(100);
/// However much happens, a tab hears of it this often at most.
const PAUSE: Duration = Duration::from_millis(700);

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/live", Need::SignedIn, live)
}

async fn live(reader: Reader) -> impl IntoResponse {
    let news = reader.app.news.subscribe();
    let stream = futures_util::stream::unfold((reader, news, true), |state| async move {
        let (mut reader, mut news, first) = state;
        if !first {
            tokio::time::sleep(PAUSE).await;
            // Without news the stream ends after a while, and the page opens it again.
            tokio::time::timeout(LONGEST, news.changed()).await.ok()?.ok()?;
        }
        let size = *news.borrow_and_update();
        reader.register = reader.app.ledger.now();
        let count = desk::count_of(&reader);
        // The swap of the page wants markup: the number in the bell and nothing else.
        let shown = if count == 0 { String::new() } else { count.to_string() };
        let event = Event::default().id(size.to_string()).data(shown);
        Some((Ok::<_, Infallible>(event), (reader, news, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}
