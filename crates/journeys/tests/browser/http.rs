//! The program as another program meets it: plain HTTP, without a browser.

use journeys::Outcome;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Sends one request and reads the answer: its status, and its body if that is JSON.
pub(crate) fn ask(
    base: &str,
    method: &str,
    path: &str,
    token: &str,
    body: Option<&Value>,
) -> Outcome<(u16, Value)> {
    let trouble = |error: std::io::Error| format!("{method} {base}{path}: {error}");
    let host = base.strip_prefix("http://").unwrap_or(base);
    let mut stream = TcpStream::connect(host).map_err(trouble)?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).map_err(trouble)?;
    let body = body.map(Value::to_string).unwrap_or_default();
    // In HTTP 1.0 the answer ends with the connection, and comes in one piece.
    let request = format!(
        "{method} {path} HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).map_err(trouble)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(trouble)?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| format!("{method} {path}: no status in {answer:?}"))?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status, serde_json::from_str(body).unwrap_or_default()))
}
