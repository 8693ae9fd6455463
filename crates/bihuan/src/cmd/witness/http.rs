//! The call of C2SP tlog-witness: `POST /add-checkpoint`.

use super::seconds;
use crate::shell::{Shell, Trouble};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use ledger::witness::{Unwitnessed, Witness};
use std::net::SocketAddr;
use std::sync::Arc;

/// A request has a few thousand bytes; signatures after quantum computers have more.
const BODY_MAX: usize = 256 << 10;

type Shared = (Arc<Witness>, Shell);

pub(super) fn serve(shell: &Shell, witness: Witness, listen: SocketAddr) -> Result<(), Trouble> {
    let trouble = |error: std::io::Error| {
        let said = [("at", listen.to_string()), ("why", error.to_string())];
        Trouble::Input(shell.say("serve-cannot-listen", &said))
    };
    let runtime = tokio::runtime::Runtime::new().map_err(trouble)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(trouble)?;
        let url = format!("http://{}", listener.local_addr().map_err(trouble)?);
        shell.line(&shell.say("trust-witness-ready", &[("url", url)]));
        let router = Router::new()
            .route("/add-checkpoint", post(add_checkpoint))
            .layer(DefaultBodyLimit::max(BODY_MAX))
            .with_state((Arc::new(witness), shell.clone()));
        let serving = axum::serve(listener, router);
        serving.with_graceful_shutdown(super::super::serve::asked_to_stop()).await.map_err(trouble)
    })
}

async fn add_checkpoint(State((witness, shell)): State<Shared>, body: Bytes) -> Response {
    let answered = tokio::task::spawn_blocking(move || witness.answer(&body, seconds())).await;
    match answered {
        Ok(Ok(line)) => plain(StatusCode::OK, line),
        Ok(Err(Unwitnessed::Conflict { size })) => {
            let kind = [(header::CONTENT_TYPE, "text/x.tlog.size")];
            (StatusCode::CONFLICT, kind, format!("{size}\n")).into_response()
        }
        Ok(Err(refused)) => {
            if matches!(refused, Unwitnessed::Forked | Unwitnessed::Unproven) {
                tracing::error!(
                    code = refused.code(),
                    "a log did not prove that it has only grown"
                );
            }
            let status = StatusCode::from_u16(refused.status());
            let said = shell.say(refused.code(), &refused.args());
            plain(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), format!("{said}\n"))
        }
        // A panic has been printed; whether it was kept, the next request learns.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn plain(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
