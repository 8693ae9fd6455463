//! Requests to erase, through the front door.

use super::api::{Answer, OFFICE};
use super::{Served, at};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rules::ids::MatterId;
use rules::matter::{Command as Deal, Source};
use rules::record::{By, Command};
use rules::role::Role;
use rules::text::Words;

const MARK: &str = "张三的电话";

impl Served {
    async fn sent(&self, session: &str, path: &str, body: &str) -> (StatusCode, String) {
        let csrf = self.app.accounts().session(session, at()).unwrap().unwrap().csrf;
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::COOKIE, format!("bihuan={session}; lang=zh"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={csrf}&{body}")))
            .unwrap();
        let Answer { status, bytes, .. } = self.answer(request).await;
        (status, String::from_utf8(bytes).unwrap())
    }

    /// Who of the campaign office reads what of the matter: its page, the list, the search.
    async fn shown(&self, session: &str, id: MatterId) -> [bool; 3] {
        let mut shown = [false; 3];
        let query = "/matters?q=%E5%BC%A0%E4%B8%89";
        for (place, path) in
            [format!("/matters/{id}"), query.to_owned(), "/matters".to_owned()].iter().enumerate()
        {
            let (status, page) = self.page(session, path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            shown[place] = page.contains(MARK);
        }
        shown
    }
}

#[tokio::test]
async fn a_request_is_asked_restricted_and_approved_on_its_page() {
    let served = Served::new("privacy");
    let (post, office) = served.session(Role::CampaignOffice);
    assert_eq!(post, OFFICE);
    let (_, security) = served.session(Role::SecurityAdmin);
    let (_, handler) = served.session(Role::Handler);
    let id = served.list(Source::SelfCheck, OFFICE, MARK);
    assert_eq!(served.shown(&office, id).await, [true; 3]);
    let body = format!("request=ask&kind=matter&name={id}&ground=ground-unlawful&reason=x");
    let (status, _) = served.sent(&handler, "/privacy", &body).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (_, menu) = served.page(&handler, "/").await;
    assert!(!menu.contains("href=\"/privacy\""));
    assert_eq!(served.sent(&office, "/privacy", &body).await.0, StatusCode::SEE_OTHER);
    let (status, page) = served.sent(&office, "/privacy", &body.replace("=ask", "=again")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("1号删除申请"), "{page}");
    let act = |code: &str| format!("/privacy/1/do/{code}");
    let refused = served.sent(&security, &act("command-approve-erasure"), "request=a").await;
    assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY, "it is open");
    let restrict = served.sent(&security, &act("command-restrict"), "request=b&reason=x").await;
    assert_eq!(restrict.0, StatusCode::SEE_OTHER, "{}", restrict.1);
    assert_eq!(served.shown(&office, id).await, [false; 3]);
    assert!(served.page(&office, &format!("/matters/{id}")).await.1.contains("已限制处理"));

    let person = served.app.ledger().now().office().post(OFFICE).unwrap().holder(at().office_day());
    let by = By::person_at(person.unwrap(), OFFICE);
    let refute = Command::Matter(Some(id), Deal::Refute { reason: Words::new(MARK) });
    served.submit("refute", by, refute);
    let approve = served.sent(&security, &act("command-approve-erasure"), "request=c").await;
    assert_eq!(approve.0, StatusCode::SEE_OTHER, "{}", approve.1);
    assert_eq!(served.shown(&office, id).await, [false; 3]);
    let (_, page) = served.page(&office, "/privacy").await;
    assert!(page.contains("删除证明") && page.contains("已批准删除"), "{page}");
    assert!(served.page(&office, &format!("/matters/{id}")).await.1.contains("已依法删除"));
}
