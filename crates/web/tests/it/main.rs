//! The pages through the front door: who may come where, and that no foreign site may act.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod api;
mod api_files;
mod import;
mod pages;
mod privacy;
mod receipts;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use ledger::accounts::Accounts;
use ledger::{Chance, Ledger, OpenOptions, Request as Asked};
use rules::calendar::Day;
use rules::ids::PostId;
use rules::record::{By, Command, Moment};
use rules::role::Role;
use rules::{basis, posts};
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt;
use web::{App, Need, Options, Route};

/// A served office, founded with the staff list of the examples; its folder goes with it.
struct Served {
    app: Arc<App>,
    router: Router,
    routes: Vec<Route>,
    folder: PathBuf,
}

fn at() -> Moment {
    Moment::at_hour(Day::new(2026, 11, 23).unwrap(), 9)
}

impl Served {
    fn new(name: &str) -> Served {
        let folder = std::env::temp_dir().join(format!("bihuan-web-{name}-{}", std::process::id()));
        let options = OpenOptions { chance: Chance::Seed(1), ..OpenOptions::new(Arc::new(at)) };
        let ledger = Ledger::create(&folder, options).unwrap();
        let policy = intake::policy::policy(include_bytes!("../../../../profiles/default.toml"));
        let policy = Box::new(policy.unwrap());
        let sheet = intake::posts(include_bytes!("../../../../examples/posts.csv")).unwrap();
        let lines = sheet.rows.into_iter().map(|row| row.value.into()).collect();
        let found = [
            Command::Basis(basis::Command::AdoptPolicy { policy }),
            Command::Office(posts::Command::Enrol { lines }),
        ];
        for (n, command) in found.into_iter().enumerate() {
            submit(&ledger, &format!("found-{n}"), By::SYSTEM, command);
        }
        let accounts = Accounts::open(&folder, Chance::Seed(2)).unwrap();
        let options =
            Options { clock: Arc::new(at), demo: false, cases: Vec::new(), after_demo: None };
        let app = App::new(ledger, accounts, options);
        let (router, list) = web::router(&app);
        Served { app, router, routes: list, folder }
    }

    /// The session of the first holder of a role, with the post.
    fn session(&self, role: Role) -> (PostId, String) {
        let register = self.app.ledger().now();
        let today = at().office_day();
        let mut posts = register.office().posts();
        let found = posts.find_map(|(id, post)| {
            post.roles.contains(&role).then(|| post.holder(today)).flatten().map(|who| (id, who))
        });
        let (post, person) = found.unwrap_or_else(|| panic!("nobody is {role:?}"));
        (post, self.app.accounts().open_session(person, Some(post), at()).unwrap())
    }

    fn submit(&self, id: &str, by: By, command: Command) {
        submit(self.app.ledger(), id, by, command);
    }

    async fn ask(&self, request: Request<Body>) -> StatusCode {
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    /// A page as a signed-in reader gets it.
    async fn page(&self, session: &str, path: &str) -> (StatusCode, String) {
        let request = Request::builder().uri(path);
        let request = request.header(header::COOKIE, format!("bihuan={session}"));
        let answer = self.answer(request.body(Body::empty()).unwrap()).await;
        (answer.status, String::from_utf8(answer.bytes).unwrap())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn submit(ledger: &Ledger, id: &str, by: By, command: Command) {
    let (id, today) = (id.to_owned(), at().office_day());
    ledger.submit(Asked { id, by, today, at: None, command, if_version: None }).unwrap();
}

fn sample(path: &str) -> String {
    path.replace("{no}", "1")
        .replace("{seq}", "0")
        .replace("{limit}", "limit-rectify")
        .replace("{command}", "command-accept")
        .replace("{file}", "0")
        .replace("{link}", "none")
        .replace("{key}", "none")
        .replace("{edition}/{*name}", "x/app.css")
        .replace("{*path}", "0/000.p/1")
}

fn request(route: &Route, session: Option<&str>) -> Request<Body> {
    let mut made = Request::builder().method(route.method.clone()).uri(sample(route.path));
    if let Some(session) = session {
        made = made.header(header::COOKIE, format!("bihuan={session}"));
    }
    made.body(Body::empty()).unwrap()
}

/// Every address × every role: whoever the rules admit comes in, nobody else does.
#[tokio::test]
async fn every_address_admits_whom_the_rules_admit() {
    let served = Served::new("access");
    assert!(served.routes.len() > 40, "only {}", served.routes.len());
    let register = served.app.ledger().now();
    let (mut admitted, mut refused) = (0, 0);
    for role in Role::ALL {
        let (post, session) = served.session(role);
        let today = at().office_day();
        let person = register.office().post(post).unwrap().holder(today).unwrap();
        let actor = register.office().actor(By::person_at(person, post), today).unwrap();
        for route in served.routes.iter().filter(|route| route.path != "/live") {
            let status = served.ask(request(route, Some(&session))).await;
            let what = format!("{} {} as {role:?}: {status}", route.method, route.path);
            if !route.need.admits(&actor) {
                assert_eq!(status, StatusCode::FORBIDDEN, "{what}");
                refused += 1;
            } else if route.method == Method::GET && route.need != Need::Open {
                assert_ne!(status, StatusCode::FORBIDDEN, "{what}");
                assert!(!status.is_server_error(), "{what}");
                admitted += 1;
            }
        }
    }
    assert!(admitted > 150 && refused > 50, "{admitted} admitted, {refused} refused");
}

/// Without a session there is the door and nothing else.
#[tokio::test]
async fn nobody_comes_in_without_signing_in() {
    let served = Served::new("door");
    for route in &served.routes {
        let status = served.ask(request(route, None)).await;
        let what = format!("{} {}: {status}", route.method, route.path);
        match route.need {
            Need::Open if route.path.starts_with("/api/v1/") => {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{what}");
            }
            Need::Open | Need::Demo => assert!(!status.is_server_error(), "{what}"),
            Need::SignedIn | Need::Any(_) => assert_eq!(status, StatusCode::SEE_OTHER, "{what}"),
        }
    }
}

/// A form of another site, a form without its token, and a form with it.
#[tokio::test]
async fn only_our_own_forms_act() {
    let served = Served::new("forms");
    let (_, session) = served.session(Role::CampaignOffice);
    let csrf = served.app.accounts().session(&session, at()).unwrap().unwrap().csrf;
    let form = |site: &str, csrf: &str| {
        let body =
            format!("csrf={csrf}&request=a&title=x&problem=P32&unit=2&source=source-self-check");
        Request::builder()
            .method(Method::POST)
            .uri("/matters/new")
            .header(header::COOKIE, format!("bihuan={session}"))
            .header("sec-fetch-site", site)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let size = || served.app.ledger().tree_head().0;
    let before = size();
    assert_eq!(served.ask(form("cross-site", &csrf)).await, StatusCode::FORBIDDEN);
    assert_eq!(served.ask(form("same-origin", "guess")).await, StatusCode::FORBIDDEN);
    assert_eq!(size(), before);
    assert_eq!(served.ask(form("same-origin", &csrf)).await, StatusCode::SEE_OTHER);
    assert_eq!(size(), before + 1);
    // The same form again is the same request.
    assert_eq!(served.ask(form("same-origin", &csrf)).await, StatusCode::SEE_OTHER);
    assert_eq!(size(), before + 1);
}

/// Readers know posts by their names; the rules know numbers only.
#[tokio::test]
async fn a_refusal_names_posts_and_not_their_numbers() {
    let served = Served::new("names");
    let (_, session) = served.session(Role::SystemAdmin);
    let csrf = served.app.accounts().session(&session, at()).unwrap().unwrap().csrf;
    let form = Request::builder()
        .method(Method::POST)
        .uri("/posts/8/do/command-appoint")
        .header(header::COOKIE, format!("bihuan={session}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("csrf={csrf}&request=a&name=x&from=2020-01-01")))
        .unwrap();
    let answer = served.router.clone().oneshot(form).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    let said = text.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(said.contains("“督查科科长”自 2024-05-06"), "{said}");
}
