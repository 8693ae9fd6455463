//! The JSON API through the front door, as programs meet it: tokens, keys, bodies, rights.

use super::{Served, at};
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode, header};
use ledger::Request as Asked;
use rules::access::Marking;
use rules::ids::{MatterId, PostId, UnitId};
use rules::matter::{Command as Deal, Source};
use rules::record::{By, Command, Moment};
use rules::role::Role;
use rules::signal::ProblemCode;
use rules::text::Words;
use serde_json::{Value, json};
use tower::ServiceExt;

const DAY_MS: i64 = 86_400_000;
/// Posts of the staff list: the campaign office, a handler, and who receives accusations.
pub(crate) const OFFICE: PostId = PostId(8);
const OWNER: PostId = PostId(25);
const RECEIVER: PostId = PostId(20);

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
    /// Null unless it is JSON.
    pub(crate) json: Value,
}

impl Answer {
    /// The code of a problem, after checking the form of it.
    pub(crate) fn problem(&self) -> &str {
        assert_eq!(self.kind, "application/problem+json", "{self:?}");
        assert_eq!(self.json["status"], self.status.as_u16(), "{self:?}");
        let code = self.json["code"].as_str().unwrap();
        assert_eq!(self.json["type"], format!("urn:bihuan:{code}"));
        assert!(!self.json["title"].as_str().unwrap().contains('⟦'), "{self:?}");
        code
    }
}

impl Served {
    /// A token of the holder of a post, issued at `issued` for one day.
    pub(crate) fn token_of(&self, post: PostId, issued: Moment) -> String {
        let register = self.app.ledger().now();
        let person = register.office().post(post).unwrap().holder(at().office_day()).unwrap();
        self.app.accounts().issue_token(person, post, "test", issued, 1).unwrap()
    }

    pub(crate) async fn answer(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let kind = answer.headers().get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap());
        let (status, kind) = (answer.status(), kind.unwrap_or_default().to_owned());
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Answer { status, kind, bytes, json }
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        self.answer(bearer("GET", path, token).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, token: &str, path: &str, key: &str, body: &Value) -> Answer {
        let request = bearer("POST", path, token)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", key);
        self.answer(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub(crate) fn size(&self) -> u64 {
        self.app.ledger().tree_head().0
    }

    /// Lists a matter without the API.
    pub(crate) fn list(&self, source: Source, by: PostId, title: &str) -> MatterId {
        let register = self.app.ledger().now();
        let today = at().office_day();
        let person = register.office().post(by).unwrap().holder(today).unwrap();
        let list = Deal::List {
            campaign: None,
            problem: ProblemCode::parse("P32").unwrap(),
            unit: UnitId(10),
            source,
            marking: Marking::Internal,
            title: Words::new(title),
            detail: Words::new(""),
        };
        let command = Command::Matter(None, list);
        let (id, by) = (format!("list-{}", self.size()), By::person_at(person, by));
        let asked = Asked { id, by, today, at: None, command, if_version: None };
        self.app.ledger().submit(asked).unwrap();
        let register = self.app.ledger().now();
        register.matters().map(|(id, _)| id).last().unwrap()
    }
}

pub(crate) fn bearer(method: &str, path: &str, token: &str) -> Builder {
    let request = Request::builder().method(method).uri(path);
    request.header(header::AUTHORIZATION, format!("Bearer {token}"))
}

fn new_matter(title: &str) -> Value {
    json!({"title": title, "problem": "P32", "unit": 10, "source": "source-self-check"})
}

/// A token makes a matter; its repeat gets the same answer and makes nothing; something else under
/// the same key is refused and makes nothing.
#[tokio::test]
async fn a_key_names_one_request() {
    let served = Served::new("api-key");
    let token = served.token_of(OFFICE, at());
    let path = "/api/v1/matters";
    let before = served.size();
    let first = served.post(&token, path, "key-1", &new_matter("大厅叫号屏字太小")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    assert_eq!(first.json["matter"]["title"], "大厅叫号屏字太小");
    assert_eq!((served.size(), &first.json["repeated"]), (before + 1, &json!(false)));

    let again = served.post(&token, path, "key-1", &new_matter("大厅叫号屏字太小")).await;
    assert_eq!((again.status, &again.json["repeated"]), (StatusCode::OK, &json!(true)));
    for member in ["seq", "count", "hash", "matter"] {
        assert_eq!(again.json[member], first.json[member], "{member}");
    }
    let other = served.post(&token, path, "key-1", &new_matter("别的事")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.problem(), "api-key-used");
    assert_eq!(served.size(), before + 1);

    // The same name with somebody else is another key.
    let owner = served.token_of(OWNER, at());
    let theirs = served.post(&owner, path, "key-1", &new_matter("别的事")).await;
    assert_eq!(theirs.status, StatusCode::CREATED, "{theirs:?}");
    // What was refused may be put right under the same key.
    let bad = served.post(&token, path, "key-2", &json!({"title": "缺项"})).await;
    assert_eq!(bad.problem(), "web-field-blank");
    let good = served.post(&token, path, "key-2", &new_matter("缺项")).await;
    assert_eq!(good.status, StatusCode::CREATED);
    let bad = served.post(&token, path, "has space", &new_matter("x")).await;
    assert_eq!((bad.status, bad.problem()), (StatusCode::BAD_REQUEST, "ledger-bad-id"));
}

/// Whoever writes on an old state is told the newest, and nothing is written.
#[tokio::test]
async fn an_old_version_is_a_conflict() {
    let served = Served::new("api-version");
    let token = served.token_of(OFFICE, at());
    let no = served.list(Source::SelfCheck, OFFICE, "一件事");
    let path = format!("/api/v1/matters/{no}/commands");
    let moves = served.get(&token, &format!("/api/v1/matters/{no}/moves")).await;
    assert_eq!(moves.json["version"], 1);
    let offered = moves.json["moves"].as_array().unwrap();
    assert!(offered.iter().any(|one| one["command"] == "command-confirm"), "{moves:?}");

    let confirm = |version: Value| json!({"command": "confirm", "if_version": version});
    let done = served.post(&token, &path, "a", &confirm(json!(1))).await;
    assert_eq!((done.status, &done.json["matter"]["version"]), (StatusCode::CREATED, &json!(2)));
    let before = served.size();
    let late = served.post(&token, &path, "b", &confirm(json!(1))).await;
    assert_eq!((late.status, late.problem()), (StatusCode::CONFLICT, "ledger-conflict"));
    assert_eq!(late.json["matter"]["version"], 2);
    assert_eq!(late.json["matter"]["stage"], "stage-confirmed");
    // Without a version the rules themselves refuse, and say what they would accept.
    let twice = served.post(&token, &path, "c", &json!({"command": "command-confirm"})).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(twice.problem(), "refusal-wrong-stage");
    let accepted = twice.json["accepted"].as_array().unwrap();
    assert!(accepted.contains(&json!("command-assign")), "{twice:?}");
    // A version that is none must not pass for one that was left out.
    let misread = served.post(&token, &path, "d", &confirm(json!("1"))).await;
    assert_eq!(
        (misread.problem(), &misread.json["member"]),
        ("api-member-kind", &json!("if_version"))
    );
    assert_eq!(served.size(), before);
}

/// Nothing that is sent passes for something else.
#[tokio::test]
async fn bodies_are_read_strictly() {
    let served = Served::new("api-body");
    let token = served.token_of(OFFICE, at());
    let no = served.list(Source::SelfCheck, OFFICE, "一件事");
    let commands = format!("/api/v1/matters/{no}/commands");
    let before = served.size();
    let mut unknown = new_matter("x");
    unknown["titel"] = json!("y");
    let answer = served.post(&token, "/api/v1/matters", "1", &unknown).await;
    assert_eq!((answer.problem(), &answer.json["member"]), ("api-member-unknown", &json!("titel")));
    assert!(answer.json["accepted"].as_array().unwrap().contains(&json!("title")), "{answer:?}");
    for (body, code) in [
        (json!({"command": "confirm", "if_versoin": 1}), "api-member-unknown"),
        (json!({"command": "confirm", "evidence": []}), "api-member-unknown"),
        (json!({"command": "confirm", "note": {"a": 1}}), "api-member-kind"),
        (json!({"command": "confirm", "note": [["a"]]}), "api-member-kind"),
        (json!({"command": "no-such"}), "web-no-such-command"),
        (json!({"command": 7}), "web-no-such-command"),
        (json!({}), "web-no-such-command"),
        (json!({"command": "report-done", "evidence": {}}), "api-member-kind"),
        (json!({"command": "report-done", "evidence": ["x"]}), "api-evidence"),
        (json!({"command": "report-done", "evidence": [{"id": "x"}]}), "api-evidence"),
        (
            json!({"command": "set-measure", "cause": "a", "measure": "b", "standard": "c",
            "milestones": ["x"]}),
            "api-member-kind",
        ),
        (json!({"command": "extend", "until": "2026-02-30", "reason": "x"}), "web-field-day"),
    ] {
        let answer = served.post(&token, &commands, "2", &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body} {answer:?}");
        assert_eq!(answer.problem(), code, "{body}");
    }
    let raw = |kind: &str, body: String| {
        let request = bearer("POST", &commands, &token).header(header::CONTENT_TYPE, kind);
        served.answer(request.body(Body::from(body)).unwrap())
    };
    for body in ["", "{", "[]", "null", "{\"command\": \"confirm\"} x"] {
        let answer = raw("application/json", body.to_owned()).await;
        assert_eq!((answer.status, answer.problem()), (StatusCode::BAD_REQUEST, "web-bad-json"));
    }
    let answer = raw("text/plain", "{\"command\": \"confirm\"}".to_owned()).await;
    let wanted = (StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-not-json");
    assert_eq!((answer.status, answer.problem()), wanted);
    let large = json!({"command": "confirm", "note": "长".repeat(400_000)}).to_string();
    let answer = raw("application/json; charset=utf-8", large).await;
    assert_eq!((answer.status, answer.problem()), (StatusCode::PAYLOAD_TOO_LARGE, "web-bad-json"));
    let answer = raw("application/json", "x".repeat(41 << 20)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(served.size(), before, "nothing of all this was written");
}

/// Who asks without a token, or with one that is no good any more.
#[tokio::test]
async fn a_token_is_good_until_it_ends_or_is_revoked() {
    let served = Served::new("api-token");
    let path = "/api/v1/matters";
    let good = served.token_of(OFFICE, at());
    assert_eq!(served.get(&good, path).await.status, StatusCode::OK);
    let over = served.token_of(OFFICE, Moment(at().0 - DAY_MS));
    let nearly = served.token_of(OFFICE, Moment(at().0 - DAY_MS + 1));
    assert_eq!(served.get(&nearly, path).await.status, StatusCode::OK);
    let none = Request::builder().uri(path).body(Body::empty()).unwrap();
    let mut bad = vec![served.answer(none).await];
    for token in [&over, "", "bihuan_guess", &good[1..]] {
        bad.push(served.get(token, path).await);
    }
    let register = served.app.ledger().now();
    let person = register.office().post(OFFICE).unwrap().holder(at().office_day()).unwrap();
    let first = served.app.accounts().tokens(person).unwrap()[0].id;
    assert!(served.app.accounts().revoke_token(first, person).unwrap());
    bad.push(served.get(&good, path).await);
    bad.push(served.post(&good, path, "1", &new_matter("x")).await);
    for answer in bad {
        assert_eq!((answer.status, answer.problem()), (StatusCode::UNAUTHORIZED, "web-no-token"));
    }
    let none = Request::builder().uri(path).body(Body::empty()).unwrap();
    let answer = served.router.clone().oneshot(none).await.unwrap();
    assert_eq!(answer.headers()[header::WWW_AUTHENTICATE], "Bearer");
    // A session may read, but writes only with a key, which no foreign form can add.
    let (_, session) = served.session(Role::CampaignOffice);
    let by_session = |key: Option<&str>| {
        let mut request = Request::builder().method("POST").uri(path);
        request = request.header(header::COOKIE, format!("bihuan={session}"));
        request = request.header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        served.answer(request.body(Body::from(new_matter("y").to_string())).unwrap())
    };
    assert_eq!(by_session(None).await.problem(), "web-no-key");
    assert_eq!(by_session(Some("s-1")).await.status, StatusCode::CREATED);
}

/// A list is filtered, counted and read on from where it stopped.
#[tokio::test]
async fn a_list_is_filtered_and_read_on() {
    let served = Served::new("api-list");
    let token = served.token_of(OFFICE, at());
    for n in 0..5 {
        served.list(Source::SelfCheck, OFFICE, &format!("窗口排队{n}"));
    }
    served.list(Source::Hotline, OFFICE, "热线无人接听");
    let all = served.get(&token, "/api/v1/matters").await;
    assert_eq!((&all.json["total"], &all.json["next"]), (&json!(6), &Value::Null));
    assert_eq!(all.json["standings"]["standing-pending"], 6);
    for (path, total) in [
        ("/api/v1/matters?source=source-hotline", 1),
        ("/api/v1/search?q=%E6%8E%92%E9%98%9F", 5),
        ("/api/v1/matters?q=%E6%8E%92%E9%98%9F&source=source-hotline", 0),
        ("/api/v1/matters?stage=stage-closed", 0),
        ("/api/v1/matters?problem=P32&unit=10", 6),
        ("/api/v1/matters?standing=standing-pending", 6),
    ] {
        assert_eq!(served.get(&token, path).await.json["total"], total, "{path}");
    }
    let mut seen = Vec::new();
    let mut path = "/api/v1/matters?sort=number&limit=4".to_owned();
    loop {
        let page = served.get(&token, &path).await;
        assert_eq!(page.json["total"], 6, "{path}");
        seen.extend(page.json["matters"].as_array().unwrap().iter().map(|one| one["no"].clone()));
        let Some(next) = page.json["next"].as_str() else { break };
        let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        path = format!("/api/v1/matters?sort=number&limit=4&after={next}");
    }
    let numbers: Vec<u64> = seen.iter().filter_map(Value::as_u64).collect();
    assert_eq!(numbers.len(), 6, "each once: {numbers:?}");
    let mut once = numbers.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), 6, "each once: {numbers:?}");
}

/// What the caller may not know of is not there: not listed, not counted, not found.
#[tokio::test]
async fn what_may_not_be_seen_is_not_there() {
    let served = Served::new("api-rights");
    served.list(Source::SelfCheck, OFFICE, "都能看的事");
    let secret = served.list(Source::Accusation, RECEIVER, "检举某人");
    let (office, receiver) = (served.token_of(OFFICE, at()), served.token_of(RECEIVER, at()));
    let whole = served.get(&receiver, "/api/v1/matters").await;
    assert_eq!(whole.json["total"], 2, "{whole:?}");
    let list = served.get(&office, "/api/v1/matters").await;
    assert_eq!(list.json["total"], 1, "{list:?}");
    let counted: u64 =
        list.json["standings"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(counted, 1);
    assert_eq!(served.get(&office, "/api/v1/search?q=%E6%A3%80%E4%B8%BE").await.json["total"], 0);
    for end in ["", "/events", "/moves"] {
        let path = format!("/api/v1/matters/{secret}{end}");
        assert_eq!(served.get(&receiver, &path).await.status, StatusCode::OK, "{path}");
        let hidden = served.get(&office, &path).await;
        let missing = served.get(&office, &format!("/api/v1/matters/999{end}")).await;
        assert_eq!((hidden.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        assert_eq!(hidden.problem(), missing.problem());
    }
    let path = format!("/api/v1/matters/{secret}/commands");
    let act = served.post(&office, &path, "1", &json!({"command": "confirm"})).await;
    assert_eq!(act.status, StatusCode::NOT_FOUND);
}

/// Messages are in the language that the caller asks for.
#[tokio::test]
async fn messages_are_in_the_language_asked_for() {
    let served = Served::new("api-lang");
    let token = served.token_of(OFFICE, at());
    let said = |lang: &str| {
        let request = bearer("GET", "/api/v1/matters/7", &token);
        served.answer(request.header(header::ACCEPT_LANGUAGE, lang).body(Body::empty()).unwrap())
    };
    let (zh, en) = (said("zh-CN,zh;q=0.9,en;q=0.8").await, said("en-GB").await);
    assert_eq!(zh.problem(), en.problem());
    let title = |answer: &Answer| answer.json["title"].as_str().unwrap().to_owned();
    assert!(title(&en).contains("matter"), "{en:?}");
    assert!(title(&zh).contains("事项"), "{zh:?}");
}

/// The description names every route of the API with its method, and every one it names is there.
#[tokio::test]
async fn the_description_and_the_routes_agree() {
    let served = Served::new("api-described");
    let request = Request::builder().uri("/api/openapi.json").body(Body::empty()).unwrap();
    let document = served.answer(request).await.json;
    let mut described: Vec<String> = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let methods = operations.as_object().unwrap().keys();
        described.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let routes = served.routes.iter().filter(|route| route.path.starts_with("/api/"));
    let mut routes: Vec<String> =
        routes.map(|route| format!("{} {}", route.method, route.path.replace("{*", "{"))).collect();
    described.sort();
    routes.sort();
    assert_eq!(described, routes);
    // What a reference points at is there.
    let text = document.to_string();
    for part in text.split("\"#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}
