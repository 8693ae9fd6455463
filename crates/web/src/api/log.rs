//! The log over the API: checkpoint, leaves and proofs, as anyone may check them.

use super::{Caller, json};
use crate::route::{Need, Routes};
use crate::stop::Stop;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/api/v1/log/checkpoint", Need::Open, checkpoint).get(
        "/api/v1/log/proof/{seq}",
        Need::Open,
        proof,
    )
}

/// Signed, once the program has signed one: within a minute of the first entry.
async fn checkpoint(Caller(reader): Caller) -> Result<Response, Stop> {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let published = reader.app.ledger.published();
    let published = published.map_err(|fault| reader.fault(&fault).for_program())?;
    Ok((kind, published).into_response())
}

async fn proof(Caller(reader): Caller, Path(seq): Path<u64>) -> Result<Response, Stop> {
    let ledger = &reader.app.ledger;
    let missing = |_| {
        let args = [("seq", seq.to_string())];
        Stop::new(StatusCode::NOT_FOUND, reader.lang, "ledger-no-such-entry", &args).for_program()
    };
    let proof = ledger.prove(seq).map_err(missing)?;
    let leaf = ledger.leaves_from(seq, 1).map_err(missing)?.pop().unwrap_or_default();
    let path: Vec<String> = proof.path.iter().map(ledger::Hash::hex).collect();
    let body = json!({
        "seq": seq,
        "leaf": String::from_utf8_lossy(&leaf),
        "size": proof.size,
        "root": proof.root.hex(),
        "path": path,
    });
    Ok(json(StatusCode::OK, &body))
}
