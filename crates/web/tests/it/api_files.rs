//! Files and the log over the API: evidence that is sent and named, tiles that rebuild the tree.

use super::api::{Answer, OFFICE, bearer};
use super::{Served, at};
use axum::body::Body;
use axum::http::{StatusCode, header};
use ledger::Hash;
use ledger::tree::Tree;
use rules::ids::{MatterId, PostId};
use rules::matter::Source;
use serde_json::{Value, json};

const OWNER: PostId = PostId(25);
const PDF: &[u8] = b"%PDF-1.7 small";

/// The body of a form with one file.
fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat()
}

impl Served {
    async fn send(&self, token: &str, no: MatterId, key: &str, body: Vec<u8>) -> Answer {
        let request = bearer("POST", &format!("/api/v1/matters/{no}/evidence"), token)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
            .header("idempotency-key", key);
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    async fn act(&self, token: &str, no: MatterId, body: &Value) -> Answer {
        let request = bearer("POST", &format!("/api/v1/matters/{no}/commands"), token)
            .header(header::CONTENT_TYPE, "application/json");
        self.answer(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Does a command and expects it to be done.
    async fn does(&self, token: &str, no: MatterId, body: &Value) {
        let done = self.act(token, no, body).await;
        assert_eq!(done.status, StatusCode::CREATED, "{body}: {done:?}");
    }

    /// A matter that its owner is putting right.
    async fn at_work(&self, office: &str, owner: &str, title: &str) -> MatterId {
        let no = self.list(Source::SelfCheck, OFFICE, title);
        self.does(office, no, &json!({"command": "confirm"})).await;
        let assign = json!({"command": "assign", "to": OWNER.0, "remedy": "remedy-within",
            "standard": "抽查 20 件为 0", "rule": "办法", "procedure": "规程", "checking": 14,
            "evidence": "截图"});
        self.does(office, no, &assign).await;
        self.does(owner, no, &json!({"command": "accept"})).await;
        let measure = json!({"command": "set-measure", "cause": "甲", "measure": "乙",
            "standard": "丙", "milestones": [{"day": "2026-12-01", "percent": 50}]});
        self.does(owner, no, &measure).await;
        no
    }
}

/// A file is sent once, named in a command, and can be fetched from the matter afterwards.
#[tokio::test]
async fn evidence_is_sent_and_then_named() {
    let served = Served::new("api-evidence");
    let (office, owner) = (served.token_of(OFFICE, at()), served.token_of(OWNER, at()));
    let no = served.at_work(&office, &owner, "甲事").await;
    let first = served.send(&owner, no, "f-1", form("新公告.pdf", PDF)).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    assert_eq!((&first.json["name"], &first.json["size"]), (&json!("新公告.pdf"), &json!(14)));
    assert_eq!(first.json["plain"], Hash::of(PDF).hex());
    let again = served.send(&owner, no, "f-1", form("新公告.pdf", PDF)).await;
    assert_eq!((again.status, &again.json), (StatusCode::OK, &first.json));
    let other = served.send(&owner, no, "f-1", form("别的.pdf", PDF)).await;
    assert_eq!(other.problem(), "api-key-used");

    // The id stands in the public log; whoever knows no more must not draw the file elsewhere.
    let id = first.json["id"].clone();
    let guess =
        json!({"command": "report-done", "evidence": [{"id": id, "plain": "", "name": "x"}]});
    assert_eq!(served.act(&owner, no, &guess).await.problem(), "api-evidence-unknown");
    let unkept = json!({"id": "0".repeat(64), "plain": Hash::of(PDF).hex(), "name": "x"});
    let unkept = json!({"command": "report-done", "evidence": [unkept]});
    assert_eq!(served.act(&owner, no, &unkept).await.problem(), "api-evidence-unknown");
    let mut renamed = first.json.clone();
    renamed["name"] = json!("新公告.exe");
    let renamed = json!({"command": "report-done", "evidence": [renamed]});
    assert_eq!(served.act(&owner, no, &renamed).await.problem(), "api-evidence-name");
    let none = json!({"command": "report-done", "evidence": []});
    assert_eq!(served.act(&owner, no, &none).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let record = json!({"system": "叫号系统", "reference": "1"});
    served
        .does(&owner, no, &json!({"command": "report-done", "evidence": [first.json, record]}))
        .await;
    let events = served.get(&office, &format!("/api/v1/matters/{no}/events")).await;
    let last = &events.json["events"].as_array().unwrap().last().unwrap()["event"];
    assert!(last.to_string().contains("新公告.pdf"), "{last}");
}

/// The same checks as those of the page; and only where a step asks for files.
#[tokio::test]
async fn evidence_is_judged_before_it_is_kept() {
    let served = Served::new("api-evidence-bad");
    let (office, owner) = (served.token_of(OFFICE, at()), served.token_of(OWNER, at()));
    let no = served.at_work(&office, &owner, "乙事").await;
    let large = [PDF, &vec![b' '; 20 << 20]].concat();
    for (name, bytes, code) in [
        ("a.exe", &b"MZ"[..], "evidence-kind"),
        ("a.pdf", b"MZ", "evidence-not-what-it-says"),
        ("a.pdf", b"", "evidence-empty"),
        ("a.pdf", &large, "evidence-too-large"),
    ] {
        let answer = served.send(&owner, no, "k", form(name, bytes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(answer.problem(), code);
    }
    // More than a body parser takes unless told otherwise.
    let fair = [PDF, &vec![b' '; 3 << 20]].concat();
    assert_eq!(
        served.send(&owner, no, "big", form("a.pdf", &fair)).await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        served.send(&office, no, "k", form("a.pdf", PDF)).await.problem(),
        "api-no-evidence-now"
    );
    assert_eq!(
        served.send(&owner, no, "k", b"--cut--\r\n".to_vec()).await.problem(),
        "api-one-file"
    );
    assert_eq!(served.send(&owner, no, "k", b"nonsense".to_vec()).await.problem(), "web-bad-form");
    let secret = served.list(Source::Accusation, PostId(20), "检举");
    let hidden = served.send(&office, secret, "k", form("a.pdf", PDF)).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let request = bearer("POST", &format!("/api/v1/matters/{no}/evidence"), &owner);
    let raw = served.answer(request.body(Body::from(PDF)).unwrap()).await;
    let wanted = (StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-not-multipart");
    assert_eq!((raw.status, raw.problem()), wanted);
}

/// From tiles alone anyone gets the root of the checkpoint.
#[tokio::test]
async fn tiles_rebuild_the_tree() {
    let served = Served::new("api-tiles");
    for n in served.size()..300 {
        served.list(Source::SelfCheck, OFFICE, &format!("第{n}件"));
    }
    let token = served.token_of(OFFICE, at());
    assert_eq!(served.size(), 300);
    let tile = |path: &'static str| {
        let token = &token;
        let served = &served;
        async move {
            let answer = served.get(token, &format!("/api/v1/log/tile/{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {answer:?}");
            answer.bytes
        }
    };
    let hashes = [tile("0/000").await, tile("0/001.p/44").await].concat();
    let mut leaves = Vec::new();
    for bundle in [tile("entries/000").await, tile("entries/001.p/44").await] {
        let mut rest = &bundle[..];
        while let [high, low, after @ ..] = rest {
            let (leaf, more) = after.split_at(usize::from(u16::from_be_bytes([*high, *low])));
            leaves.push(Hash::leaf(leaf));
            rest = more;
        }
    }
    let read: Vec<Hash> = hashes.chunks(32).filter_map(Hash::from_slice).collect();
    assert_eq!(leaves, read);
    let (mut tree, mut above) = (Tree::default(), Vec::new());
    for leaf in leaves {
        tree.push(leaf, |tile| above.push(tile));
    }
    let checkpoint = served.get(&token, "/api/v1/log/checkpoint").await;
    let checkpoint = String::from_utf8(checkpoint.bytes).unwrap();
    let lines: Vec<&str> = checkpoint.lines().collect();
    assert_eq!((lines[1], tree.root()), ("300", served.app.ledger().tree_head().1));
    assert_eq!((tile("1/000.p/1").await.len(), tile("0/000.p/7").await.len()), (32, 7 * 32));
    for path in ["0/001", "0/001.p/45", "0/002", "1/000", "9/000", "entries/001", "x/000", "0/1"] {
        let answer = served.get(&token, &format!("/api/v1/log/tile/{path}")).await;
        assert_eq!((answer.status, answer.problem()), (StatusCode::NOT_FOUND, "api-no-such-tile"));
    }
}
