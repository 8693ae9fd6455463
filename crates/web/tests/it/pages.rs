//! What single pages answer, where no browser is needed to see it.

use super::api::OFFICE;
use super::{Served, at};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ledger::Request as Asked;
use rules::matter::{Command as Deal, Source};
use rules::record::{By, Command, Stream};
use rules::role::Role;
use rules::text::Words;
use tower::ServiceExt;

/// A browser that sends more than any form may hears it in words, under the same policy as ever.
#[tokio::test]
async fn a_page_says_when_too_much_was_sent() {
    let served = Served::new("too-much");
    let (_, session) = served.session(Role::Handler);
    let send = |kind: &str, bytes: usize| {
        let request = Request::builder().method("POST").uri("/matters/1/do/command-report-done");
        let request = request
            .header(header::COOKIE, format!("bihuan={session}; lang=en"))
            .header(header::CONTENT_LENGTH, bytes)
            .header(header::CONTENT_TYPE, kind);
        served.router.clone().oneshot(request.body(Body::from(vec![b'x'; bytes])).unwrap())
    };
    let answer = send("multipart/form-data; boundary=cut", 41 << 20).await.unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert!(String::from_utf8(bytes.to_vec()).unwrap().contains("At most 40 MB"));
    let answer = send("application/x-www-form-urlencoded", 2 << 20).await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

/// Several are handed out as they were previewed: what somebody changed meanwhile is left alone.
#[tokio::test]
async fn handing_out_several_keeps_to_the_preview() {
    let served = Served::new("bulk");
    let (post, session) = served.session(Role::CampaignOffice);
    assert_eq!(post, OFFICE);
    let csrf = served.app.accounts().session(&session, at()).unwrap().unwrap().csrf;
    let register = served.app.ledger().now();
    let today = at().office_day();
    let person = register.office().post(post).unwrap().holder(today).unwrap();
    let ids = [
        served.list(Source::SelfCheck, OFFICE, "没人动过的事"),
        served.list(Source::SelfCheck, OFFICE, "有人动过的事"),
    ];
    for id in ids {
        let confirm = Command::Matter(Some(id), Deal::Confirm { note: Words::new("") });
        let (request, by) = (format!("confirm-{id}"), By::person_at(person, post));
        let asked = Asked { id: request, by, today, at: None, command: confirm, if_version: None };
        served.app.ledger().submit(asked).unwrap();
    }
    let version = |id| served.app.ledger().version(Stream::Matter(id));
    let (first, second) = (version(ids[0]), version(ids[1]) - 1);
    let body = format!(
        "csrf={csrf}&request=b&step=do&remedy=remedy-within&standard=a&rule=b&procedure=c\
         &evidence=d&checking=14&ids={}&version-{}={first}&ids={}&version-{}={second}",
        ids[0], ids[0], ids[1], ids[1]
    );
    let request = Request::builder()
        .method("POST")
        .uri("/matters/bulk")
        .header(header::COOKIE, format!("bihuan={session}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = served.answer(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let register = served.app.ledger().now();
    let stage = |id| register.matter(id).unwrap().stage.code();
    assert_eq!((stage(ids[0]), stage(ids[1])), ("stage-assigned", "stage-confirmed"));
}
