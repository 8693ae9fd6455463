//! A very small server with the pages that the driver is tried on.

use journeys::Outcome;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// The policy of the program under test.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' \
    blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Pages and scripts: path, body. A page's title is its path.
const FILES: &[(&str, &str)] = &[
    ("/next", "<p>the next page</p>"),
    (
        "/form",
        r#"
        <form method="post" action="/echo" enctype="application/x-www-form-urlencoded">
        <label>words <input name="words" value="old" maxlength="6"></label>
        <label>more <textarea name="more">old
lines</textarea></label>
        <label>day <input name="day" type="date"></label>
        <label>unit <select name="unit"><option value="">-</option><option value="7">养老科</option>
        <option value="8" disabled>工伤科</option></select></label>
        <label>agreed <input name="agreed" type="checkbox" value="yes"></label>
        <button name="go" value="1">提交</button></form>
        <label for="file">file</label> <input id="file" type="file" hidden>
        <p id="log"></p><p id="ready"></p><a href="/next">下一页</a> <script src="/form.js"></script>"#,
    ),
    (
        "/form.js",
        r"
        const log = document.querySelector('#log');
        for (const kind of ['input', 'change'])
          addEventListener(kind, e => log.textContent += `${kind}:${e.target.name} `);
        addEventListener('keydown', e => log.textContent +=
          `${e.ctrlKey ? 'C-' : ''}${e.shiftKey ? 'S-' : ''}${e.code}=${e.key} `);
        document.querySelector('#file').addEventListener('change', async e =>
          document.querySelector('#ready').textContent =
            `${e.target.files[0].name}:${await e.target.files[0].text()}`);",
    ),
    (
        "/late",
        r#"<div id="place"></div><p id="log"></p><p hidden id="none">hidden words</p>
        <script src="/late.js"></script>"#,
    ),
    (
        "/late.js",
        r"
        const log = document.querySelector('#log');
        const button = document.createElement('button');
        button.textContent = 'late'; button.disabled = true;
        button.onclick = () => log.textContent += 'clicked at ' + button.className;
        setTimeout(() => document.querySelector('#place').append(button), 150);
        setTimeout(() => { button.disabled = false; button.style.position = 'absolute'; }, 300);
        let left = 0;
        const moving = setInterval(() => {
          button.style.left = `${left += 9}px`;
          if (left > 400) { clearInterval(moving); button.className = 'rest'; }
        }, 15);",
    ),
    (
        "/covered",
        r#"<button id="under">under</button><div id="over">over</div>
        <button id="off" disabled>off</button><script src="/covered.js"></script>"#,
    ),
    (
        "/covered.js",
        r"document.querySelector('#over').style.cssText =
        'position:fixed;inset:0;background:white';",
    ),
    ("/long", r#"<div id="tall">tall</div><script src="/long.js"></script>"#),
    ("/long.js", "document.querySelector('#tall').style.height = '3000px';"),
    (
        "/script",
        r#"<p id="p">written by the server</p><noscript><p>no scripts here</p></noscript>
        <a href="/next">on</a><script src="/script.js"></script>"#,
    ),
    ("/script.js", "document.querySelector('#p').textContent = 'written by a script';"),
    ("/axe", r#"<img src="/dot.svg"><p><a href="/next"></a></p>"#),
    ("/save", r#"<a href="/list.csv" download="台账.csv">save</a>"#),
    ("/list.csv", "a,b"),
    ("/dot.svg", r#"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>"#),
    ("/console", r#"<script src="/console.js"></script>"#),
    ("/console.js", "console.log('fine'); console.warn('fine'); console.error('bad', 7);"),
    ("/throw", r#"<script src="/throw.js"></script>"#),
    ("/throw.js", "setTimeout(() => { throw new Error('thrown here'); }, 1);"),
    ("/reject", r#"<script src="/reject.js"></script>"#),
    ("/reject.js", "Promise.reject(new Error('rejected here'));"),
    ("/inline-script", "<script>document.title = 'no'</script>"),
    ("/inline-style", r#"<p style="color: red">red</p>"#),
    ("/elsewhere", r#"<img alt="" src="http://127.0.0.2:9/x.png">"#),
    ("/no-image", r#"<img alt="" src="/missing.png">"#),
    ("/no-script", r#"<script src="/missing.js"></script>"#),
    ("/cut-image", r#"<img alt="" src="/cut">"#),
    ("/ask", r#"<script src="/ask.js"></script>"#),
    ("/ask.js", "if (confirm('sure?')) document.title = 'yes';"),
];

/// Listens until the test program ends.
pub(crate) struct Stand(String);

impl Stand {
    pub(crate) fn start() -> Outcome<Stand> {
        let trouble = |error: std::io::Error| format!("no server for the trials: {error}");
        let listener = TcpListener::bind("127.0.0.1:0").map_err(trouble)?;
        let url = format!("http://{}", listener.local_addr().map_err(trouble)?);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A browser that hangs up does what it wants.
                std::thread::spawn(move || serve(&stream));
            }
        });
        Ok(Stand(url))
    }

    pub(crate) fn url(&self) -> &str {
        &self.0
    }
}

fn serve(mut stream: &TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut heads = HashMap::new();
    loop {
        let mut head = String::new();
        reader.read_line(&mut head)?;
        let Some((name, value)) = head.trim().split_once(": ") else { break };
        heads.insert(name.to_lowercase(), value.to_owned());
    }
    let length = heads.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = line.split(' ');
    let (verb, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    // Hangs up in the middle of an answer.
    if path == "/cut" {
        return stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\ncut");
    }
    let (status, more, text) = answer(verb, path, &heads, &String::from_utf8_lossy(&body));
    let kind = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    };
    let length = text.len();
    write!(
        stream,
        "HTTP/1.1 {status} x\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{more}\
         content-security-policy: {POLICY}\r\nconnection: close\r\n\r\n{text}"
    )
}

/// Status, further heads, body.
fn answer(
    verb: &str,
    path: &str,
    heads: &HashMap<String, String>,
    body: &str,
) -> (u16, String, String) {
    let none = String::new();
    let head = |name: &str| heads.get(name).unwrap_or(&none);
    match (verb, path) {
        ("POST", "/demo/login") if body.contains("404") => (403, none, "no such post".to_owned()),
        ("POST", "/demo/login") => {
            let post: String = body.chars().filter(char::is_ascii_digit).collect();
            let cookie = format!("set-cookie: post={post}; HttpOnly; SameSite=Lax; Path=/\r\n");
            (204, cookie, none)
        }
        ("POST", _) => (200, none, page("echo", &format!("<p id=\"echo\">{body}</p>"))),
        (_, "/") => {
            let told = format!("<p id=\"told\">{} {}</p>", head("cookie"), head("accept-language"));
            (200, none, page("/", &told))
        }
        (_, "/broken") => (500, none, page(path, "")),
        _ => match FILES.iter().find(|(known, _)| *known == path) {
            Some((_, text)) if path.contains('.') => (200, none, (*text).to_owned()),
            Some((_, text)) => (200, none, page(path, text)),
            None => (404, none, page("not here", "")),
        },
    }
}

/// A page in which axe finds nothing but what `main` brings.
fn page(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"zh-CN\"><head><title>{title}</title><meta name=\"viewport\" \
         content=\"width=device-width\"><link rel=\"icon\" href=\"/dot.svg\"></head>\
         <body><main><h1>{title}</h1>{main}</main></body></html>"
    )
}
