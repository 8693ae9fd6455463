//! What clients ask for: pages, lists, and matters taken through their lives.

use super::figures::Span;
use super::http::Client;
use super::server::Server;
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// With what clients come in, as the filling program says.
pub(crate) struct Ways {
    session: String,
    /// Tokens of the campaign office's head and of a post that owns matters.
    office: String,
    owner: String,
    post: u64,
    unit: u64,
    checker: u64,
    matters: u32,
}

impl Ways {
    /// # Errors
    /// A sentence when the filling program said something else.
    pub(crate) fn read(text: &str, matters: u32) -> Result<Ways, String> {
        let said: Value = serde_json::from_str(text).map_err(|_| format!("no way in: {text}"))?;
        let word = |name: &str| said[name].as_str().map(str::to_owned).ok_or(name.to_owned());
        let number = |name: &str| said[name].as_u64().ok_or(name.to_owned());
        Ok(Ways {
            session: word("session")?,
            office: word("office")?,
            owner: word("owner")?,
            post: number("post")?,
            unit: number("unit")?,
            checker: number("checker")?,
            matters,
        })
    }

    /// A page as a browser asks for it.
    pub(crate) fn page(&self, path: &str) -> Vec<u8> {
        let cookie = format!("Cookie: bihuan={}\r\nAccept-Encoding: gzip", self.session);
        format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{cookie}\r\n\r\n").into_bytes()
    }

    /// An address of the API as a program asks for it.
    fn api(&self, path: &str) -> Vec<u8> {
        let bearer = format!("Authorization: Bearer {}", self.office);
        format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{bearer}\r\n\r\n").into_bytes()
    }

    /// The `n`th request of a kind.
    fn read_request(&self, read: &Read, n: u64) -> Vec<u8> {
        // Another matter each time, so that no request finds the memory warm from the one before.
        let matter = n.wrapping_mul(7_919) % u64::from(self.matters) + 1;
        let path = read
            .path
            .replace("{matter}", &matter.to_string())
            .replace("{post}", &self.post.to_string())
            .replace("{unit}", &self.unit.to_string());
        if read.is_page { self.page(&path) } else { self.api(&path) }
    }
}

/// A kind of request that changes nothing.
pub(crate) struct Read {
    pub(crate) name: &'static str,
    path: &'static str,
    is_page: bool,
    /// Answers a second that are aimed at with eight clients.
    pub(crate) aim: Option<f64>,
    /// One of the lists that should take as long whatever the store holds.
    pub(crate) is_named: bool,
}

const fn api(name: &'static str, path: &'static str) -> Read {
    Read { name, path, is_page: false, aim: None, is_named: false }
}

const fn list(name: &'static str, path: &'static str) -> Read {
    Read { is_named: true, ..api(name, path) }
}

const fn page(name: &'static str, path: &'static str) -> Read {
    Read { is_page: true, ..api(name, path) }
}

/// What is asked for. One search finds one matter, the other every fourth.
pub(crate) const READS: [Read; 13] = [
    Read {
        aim: Some(2000.0),
        ..list("list_unit_stage_25", "/api/v1/matters?unit={unit}&stage=stage-closed&limit=25")
    },
    list("list_all_25", "/api/v1/matters?limit=25"),
    list("list_overdue_100", "/api/v1/matters?standing=standing-overdue&limit=100"),
    list("list_post_near_25", "/api/v1/matters?post={post}&standing=standing-near&limit=25"),
    list("list_problem_due_25", "/api/v1/matters?problem=P32&due_before=2030-01-01&limit=25"),
    api("list_source_changed_25", "/api/v1/matters?source=source-audit&sort=changed&desc=1"),
    api("matter", "/api/v1/matters/{matter}"),
    api("matter_history", "/api/v1/matters/{matter}/events"),
    Read { aim: Some(500.0), ..api("search_one", "/api/v1/search?q=%E7%AC%AC{matter}%E4%BB%B6") },
    api("search_many", "/api/v1/search?q=%E6%9D%A5%E5%9B%9E%E8%B7%91"),
    Read { aim: Some(600.0), ..page("page_ledger", "/matters") },
    page("page_desk", "/"),
    page("page_matter", "/matters/{matter}"),
];

/// Lets so many clients ask for the same kind of thing until the span is over.
///
/// # Errors
/// A sentence when a connection breaks or something is not answered with 200.
pub(crate) fn read(
    server: &Server,
    ways: &Ways,
    read: &Read,
    clients: usize,
    span: Duration,
) -> Result<Span, String> {
    let count = AtomicU64::new(0);
    under_load(server, clients, span, &|client, waits, over| {
        while !over() {
            let request = ways.read_request(read, count.fetch_add(1, Ordering::Relaxed));
            ask(client, &request, 200, read.name, waits)?;
        }
        Ok(())
    })
}

/// Lets so many clients take matters through their lives until the span is over. `count` makes
/// each request's key one that was not there before.
///
/// # Errors
/// A sentence when a connection breaks or a command is not done.
pub(crate) fn write(
    server: &Server,
    ways: &Ways,
    clients: usize,
    span: Duration,
    count: &AtomicU64,
) -> Result<Span, String> {
    under_load(server, clients, span, &|client, waits, over| {
        loop {
            let mut matter = 0;
            for (is_owner, body) in life(ways) {
                if over() {
                    return Ok(());
                }
                let token = if is_owner { &ways.owner } else { &ways.office };
                let key = count.fetch_add(1, Ordering::Relaxed);
                let request = command(matter, token, key, &body.to_string());
                let answer = ask(client, &request, 201, "command", waits)?;
                if matter == 0 {
                    let receipt: Value = serde_json::from_slice(&answer).unwrap_or_default();
                    let number = receipt["matter"]["no"].as_u64();
                    matter = number.ok_or("the new matter has no number")?;
                }
            }
        }
    })
}

/// What happens to a matter, and whether its owner does it; the others are the office's.
fn life(ways: &Ways) -> [(bool, Value); 6] {
    let create = json!({
        "problem": "P32", "unit": ways.unit, "source": "source-self-check",
        "title": "made to come back three times", "detail": "a caller says so of the same window",
    });
    let assign = json!({
        "command": "assign", "to": ways.post, "remedy": "remedy-within",
        "checking": ways.checker, "standard": "done at the first visit", "rule": "first asked, first responsible",
        "procedure": "cause first, then measure", "evidence": "records of the queue",
    });
    let measure = json!({
        "command": "set-measure", "cause": "not told at once what to bring", "measure": "a public list of papers",
        "standard": "the list hangs on the wall",
    });
    [
        (false, create),
        (false, json!({"command": "confirm", "note": "looked into"})),
        (false, assign),
        (true, json!({"command": "accept"})),
        (true, measure),
        (true, json!({"command": "progress", "percent": 40, "note": "it hangs"})),
    ]
}

/// A command about a matter; about none it makes a new one.
fn command(matter: u64, token: &str, key: u64, body: &str) -> Vec<u8> {
    let path = match matter {
        0 => "/api/v1/matters".to_owned(),
        matter => format!("/api/v1/matters/{matter}/commands"),
    };
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
         Idempotency-Key: bench-{key}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

fn ask(
    client: &mut Client,
    request: &[u8],
    wanted: u16,
    name: &str,
    waits: &mut Vec<Duration>,
) -> Result<Vec<u8>, String> {
    let asked = Instant::now();
    let answer = client.ask(request)?;
    waits.push(asked.elapsed());
    if answer.status == wanted {
        return Ok(answer.body);
    }
    let body = String::from_utf8_lossy(&answer.body);
    let start: String = body.chars().take(300).collect();
    Err(format!("{name} was answered with {}: {start}", answer.status))
}

type Work<'a> =
    dyn Fn(&mut Client, &mut Vec<Duration>, &dyn Fn() -> bool) -> Result<(), String> + Sync + 'a;

fn under_load(
    server: &Server,
    clients: usize,
    span: Duration,
    work: &Work<'_>,
) -> Result<Span, String> {
    let waits = Mutex::new(Vec::new());
    let connections: Result<Vec<Client>, String> =
        (0..clients).map(|_| Client::connect(server.at)).collect();
    let cpu = server.cpu_ms()?;
    let begun = Instant::now();
    let one = |mut client: Client| {
        let mut own = Vec::new();
        work(&mut client, &mut own, &|| begun.elapsed() > span)?;
        let mut all = waits.lock().map_err(|_| "a client failed".to_owned())?;
        all.append(&mut own);
        Ok::<(), String>(())
    };
    std::thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> =
            connections?.into_iter().map(|client| scope.spawn(move || one(client))).collect();
        threads.into_iter().try_for_each(|thread| {
            thread.join().map_err(|_| "a client failed".to_owned()).and_then(|done| done)
        })
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let cpu_ms = server.cpu_ms()? - cpu;
    let waits = waits.into_inner().map_err(|_| "a client failed".to_owned())?;
    Ok(Span { waits, seconds, cpu_ms })
}
