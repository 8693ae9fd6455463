//! The day pass beside the server.

use ledger::{Clock, Request};
use rules::calendar::Day;
use rules::record::By;
use std::sync::Arc;
use std::time::Duration;
use web::App;

/// How often the clock is looked at for a new day.
const LOOK: Duration = Duration::from_secs(30);

/// Begins each day as it comes. What a day brings is looked up, not remembered: after a week of
/// power cut, or after two starts on one morning, the same entries are there.
pub(super) async fn begin_days(app: Arc<App>, clock: Clock) {
    let mut begun = None;
    loop {
        let today = clock().office_day();
        if begun != Some(today) {
            let working = Arc::clone(&app);
            let done = tokio::task::spawn_blocking(move || day_pass(&working, today)).await;
            if done.is_ok_and(|done| done) {
                begun = Some(today);
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Submits what the day brings until it brings nothing more. `false` when the ledger takes no
/// commands now; it is asked again.
fn day_pass(app: &App, today: Day) -> bool {
    let ledger = app.ledger();
    // Each run may bring what follows from the one before; it ends because each step is once.
    for _ in 0..100 {
        let (head, _) = ledger.tree_head();
        for (n, command) in (0..).zip(ledger.now().day_pass(today)) {
            let id = format!("day-{today}-{head}-{n}");
            let by = By::SYSTEM;
            let request = Request { id, by, today, at: None, command, if_version: None };
            match ledger.submit(request) {
                // Somebody was faster: the next look sees how it stands now.
                Ok(_) | Err(ledger::NotDone::Refused(_) | ledger::NotDone::Conflict { .. }) => {}
                Err(not_done) => {
                    tracing::error!(code = not_done.code(), "the day pass was not done");
                    return false;
                }
            }
        }
        if ledger.tree_head().0 == head {
            break;
        }
    }
    app.tell_news();
    true
}
