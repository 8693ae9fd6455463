//! A client that keeps one connection open and costs next to nothing, so that what is measured is
//! the server.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The longest answer that is waited for.
const PATIENCE: Duration = Duration::from_mins(2);

/// One connection to the server.
pub(crate) struct Client {
    stream: TcpStream,
    /// Read and not yet used.
    buffer: Vec<u8>,
}

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// As sent: compressed, when the request allowed it.
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// # Errors
    /// A sentence when nobody listens there.
    pub(crate) fn connect(to: SocketAddr) -> Result<Client, String> {
        let stream = TcpStream::connect(to).map_err(|error| format!("cannot connect: {error}"))?;
        let set = stream.set_nodelay(true).and_then(|()| stream.set_read_timeout(Some(PATIENCE)));
        set.map_err(|error| format!("cannot set up the connection: {error}"))?;
        Ok(Client { stream, buffer: Vec::with_capacity(1 << 16) })
    }

    /// Sends a whole request and waits for the whole answer.
    ///
    /// # Errors
    /// A sentence when the connection breaks or the answer is no HTTP.
    pub(crate) fn ask(&mut self, request: &[u8]) -> Result<Answer, String> {
        let broken = |error: std::io::Error| format!("the connection broke: {error}");
        self.stream.write_all(request).map_err(broken)?;
        let end = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.fill()?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
        self.buffer.drain(..end);
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
        let status = status.ok_or_else(|| format!("no HTTP: {head}"))?;
        let body = match field(&head, "content-length").and_then(|text| text.parse().ok()) {
            Some(length) => self.take(length)?,
            None if field(&head, "transfer-encoding") == Some("chunked") => self.chunks()?,
            None => Vec::new(),
        };
        Ok(Answer { status, body })
    }

    fn chunks(&mut self) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = find(&self.buffer, b"\r\n") {
                    break end;
                }
                self.fill()?;
            };
            let line = self.take(end + 2)?;
            let digits = String::from_utf8_lossy(&line[..end]);
            let length = usize::from_str_radix(digits.trim(), 16);
            let length = length.map_err(|_| format!("no length of a chunk: {digits}"))?;
            let chunk = self.take(length + 2)?;
            body.extend_from_slice(&chunk[..length]);
            if length == 0 {
                return Ok(body);
            }
        }
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>, String> {
        while self.buffer.len() < length {
            self.fill()?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    fn fill(&mut self) -> Result<(), String> {
        let mut read = [0; 1 << 14];
        match self.stream.read(&mut read) {
            Ok(0) => Err("the server hung up".to_owned()),
            Ok(count) => {
                self.buffer.extend_from_slice(&read[..count]);
                Ok(())
            }
            Err(error) => Err(format!("the connection broke: {error}")),
        }
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// A line of a head in small letters.
fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(own, _)| *own == name).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A server that answers the same to whatever it is asked, in two pieces.
    fn answered(first: &'static [u8], then: &'static [u8]) -> Result<Answer, String> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 64];
            let _read = stream.read(&mut asked).unwrap();
            stream.write_all(first).unwrap();
            stream.flush().unwrap();
            std::thread::sleep(Duration::from_millis(20));
            stream.write_all(then).unwrap();
        });
        let answer = Client::connect(at).unwrap().ask(b"GET / HTTP/1.1\r\n\r\n");
        server.join().unwrap();
        answer
    }

    #[test]
    fn answers_are_read_to_their_end() {
        let long = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nab", b"cdef").unwrap();
        assert_eq!((long.status, &long.body[..]), (200, &b"abcdef"[..]));
        let chunks = answered(
            b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r",
            b"\nA\r\n0123456789\r\n0\r\n\r\n",
        );
        let chunks = chunks.unwrap();
        assert_eq!((chunks.status, &chunks.body[..]), (201, &b"abc0123456789"[..]));
        assert_eq!(answered(b"HTTP/1.1 303 x\r\n", b"Location: /\r\n\r\n").unwrap().status, 303);
    }

    #[test]
    fn a_broken_answer_is_an_error() {
        assert!(answered(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"short").is_err());
        assert!(answered(b"nonsense\r\n", b"\r\n").is_err());
    }
}
