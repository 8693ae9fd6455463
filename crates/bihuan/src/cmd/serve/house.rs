//! What is served now. A demonstration gives way to the office's own data without a new start.

use super::checkpoints::{Signing, sign_checkpoints};
use super::days::begin_days;
use axum::Router;
use axum::extract::Request;
use ledger::Clock;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tower::ServiceExt;
use web::App;

pub(super) struct House {
    runtime: Handle,
    url: String,
    router: RwLock<Router>,
    /// What runs beside the pages: the days, and the signing of checkpoints.
    beside: Mutex<Vec<AbortHandle>>,
}

impl House {
    pub(super) fn new(runtime: Handle, url: String) -> Arc<House> {
        Arc::new(House { runtime, url, router: RwLock::default(), beside: Mutex::default() })
    }

    /// Where it listens, without a slash at the end.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Serves this from now on, its days and checkpoints with it, and nothing else.
    pub(super) fn open(&self, app: Arc<App>, clock: Clock, signing: Signing) {
        let (router, _) = web::router(&app);
        *self.router.write().unwrap_or_else(PoisonError::into_inner) = router;
        self.close();
        let signing = sign_checkpoints(Arc::clone(&app), Arc::clone(&clock), signing);
        let signing = self.runtime.spawn(signing).abort_handle();
        let days = self.runtime.spawn(begin_days(app, clock)).abort_handle();
        *self.beside.lock().unwrap_or_else(PoisonError::into_inner) = vec![days, signing];
    }

    /// Begins no more days and signs nothing more.
    pub(super) fn close(&self) {
        for task in self.beside.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            task.abort();
        }
    }

    /// Hands each request to what is served when it comes.
    pub(super) fn service(self: &Arc<Self>) -> Router {
        let house = Arc::clone(self);
        Router::new().fallback(move |request: Request| {
            let router = house.router.read().unwrap_or_else(PoisonError::into_inner).clone();
            router.oneshot(request)
        })
    }
}
