//! The signed checkpoint and the receipt of an entry, as a reader gets them.

use crate::Served;
use axum::http::StatusCode;
use ledger::note::Note;
use ledger::proof::Proof;
use ledger::{Chance, Checkpoints, Hash, log_key};
use rules::role::Role;

#[tokio::test]
async fn a_receipt_comes_with_the_first_signed_checkpoint() {
    let served = Served::new("receipts");
    let (_, session) = served.session(Role::CampaignOffice);
    assert_eq!(served.page(&session, "/log/3/receipt").await.0, StatusCode::NOT_FOUND);
    let (status, page) = served.page(&session, "/log/3").await;
    assert!(status.is_success() && !page.contains("/log/3/receipt"));
    let (_, before) = served.page(&session, "/log/checkpoint").await;
    assert_eq!(before, served.app.ledger().checkpoint());

    let ledger = served.app.ledger();
    let own = log_key(ledger.dir(), ledger.origin(), Chance::Seed(1)).unwrap();
    let keys = [own.verifier().clone()];
    let signed = Checkpoints::open(ledger.dir()).unwrap().sign(ledger, &[own], 0).unwrap();
    let (_, published) = served.page(&session, "/log/checkpoint").await;
    assert_eq!(published, signed.note.to_string());
    assert!(Note::parse(published.as_bytes()).unwrap().verify(&keys).is_ok());

    let (_, page) = served.page(&session, "/log/3").await;
    assert!(page.contains("href=\"/log/3/receipt\"") && page.contains("<svg xmlns"));
    let (_, receipt) = served.page(&session, "/log/3/receipt").await;
    let proof = Proof::parse(receipt.as_bytes()).unwrap();
    let leaf = Hash::leaf(&ledger.leaves_from(3, 1).unwrap()[0]);
    assert!(proof.holds(&leaf) && proof.note.verify(&keys).is_ok());
    let beyond = format!("/log/{}/receipt", ledger.tree_head().0);
    assert_eq!(served.page(&session, &beyond).await.0, StatusCode::NOT_FOUND);
}
