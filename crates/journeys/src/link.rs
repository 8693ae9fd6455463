//! The wire to Chromium: JSON messages that end in a zero byte, over a pair of pipes.
//!
//! <https://chromedevtools.github.io/devtools-protocol/>; `--remote-debugging-pipe` reads from
//! descriptor 3 and writes to 4.

use crate::Outcome;
use crate::faults::Record;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Longer than any answer takes on a busy machine: a picture of a long page, axe on a ledger.
const ANSWER_LIMIT: Duration = Duration::from_secs(90);

/// Shared by all pages; a thread of its own reads and hands out what comes.
pub(crate) struct Link {
    out: Mutex<Box<dyn Write + Send>>,
    next: AtomicU64,
    board: Mutex<Board>,
}

/// Who waits for what. `is_open` ends with Chromium: nobody may wait on after that.
struct Board {
    is_open: bool,
    waiting: HashMap<u64, Sender<Value>>,
    records: HashMap<String, Arc<Record>>,
}

/// A lock that a panicking journey held still guards whole values: every change is one call.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Link {
    /// Takes the two ends and starts to read.
    pub(crate) fn new(
        out: impl Write + Send + 'static,
        from: impl Read + Send + 'static,
    ) -> Arc<Link> {
        let board = Board { is_open: true, waiting: HashMap::new(), records: HashMap::new() };
        let link = Arc::new(Link {
            out: Mutex::new(Box::new(out)),
            next: AtomicU64::new(1),
            board: Mutex::new(board),
        });
        let reader = Arc::clone(&link);
        std::thread::spawn(move || reader.read(from));
        link
    }

    /// Sends one command and waits for its answer. `session` names a page; none the browser.
    ///
    /// # Errors
    /// A sentence when Chromium refuses, is silent for too long, or has gone.
    pub(crate) fn call(
        &self,
        session: Option<&str>,
        method: &str,
        params: &Value,
    ) -> Outcome<Value> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answers) = channel();
        {
            let mut board = lock(&self.board);
            if !board.is_open {
                return Err(format!("{method}: Chromium has gone"));
            }
            board.waiting.insert(id, answer);
        }
        self.send(id, session, method, params)?;
        let answer = answers.recv_timeout(ANSWER_LIMIT).map_err(|why| match why {
            RecvTimeoutError::Timeout => format!("{method}: no answer in {ANSWER_LIMIT:?}"),
            RecvTimeoutError::Disconnected => format!("{method}: Chromium has gone"),
        });
        lock(&self.board).waiting.remove(&id);
        let mut answer = answer?;
        match answer["error"]["message"].as_str() {
            Some(why) => Err(format!("{method}: {why}")),
            None => Ok(answer["result"].take()),
        }
    }

    /// From now on, what happens in this session is written into the record.
    pub(crate) fn listen(&self, session: &str, record: Arc<Record>) {
        lock(&self.board).records.insert(session.to_owned(), record);
    }

    fn send(&self, id: u64, session: Option<&str>, method: &str, params: &Value) -> Outcome {
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let mut out = lock(&self.out);
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        sent.map_err(|error| format!("{method}: Chromium has gone: {error}"))
    }

    fn read(&self, from: impl Read) {
        for message in messages(from) {
            self.receive(&message);
        }
        let mut board = lock(&self.board);
        board.is_open = false;
        board.waiting.clear();
    }

    fn receive(&self, message: &Value) {
        if let Some(id) = message["id"].as_u64() {
            if let Some(waiting) = lock(&self.board).waiting.remove(&id) {
                // Nobody minds when the one who asked has given up.
                let _ = waiting.send(message.clone());
            }
            return;
        }
        let Some(session) = message["sessionId"].as_str() else { return };
        let record = lock(&self.board).records.get(session).cloned();
        let Some(record) = record else { return };
        record.hear(message);
        // An open dialog holds up everything else in its page, and no page of ours has any.
        if message["method"] == "Page.javascriptDialogOpening" {
            let id = self.next.fetch_add(1, Ordering::Relaxed);
            let close = json!({"accept": true});
            let _ = self.send(id, Some(session), "Page.handleJavaScriptDialog", &close);
        }
    }
}

/// The messages up to the end of the stream; what is no JSON is left out.
fn messages(from: impl Read) -> impl Iterator<Item = Value> {
    let parts = BufReader::new(from).split(0).map_while(Result::ok);
    parts.filter_map(|part| serde_json::from_slice(&part).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_split_at_zero_bytes() {
        let bytes: &[u8] = b"{\"id\":1}\0not json\0{\"id\":2}\0{\"cut";
        let ids: Vec<_> = messages(bytes).map(|message| message["id"].clone()).collect();
        assert_eq!(ids, [json!(1), json!(2)]);
    }

    #[test]
    fn an_answer_finds_its_question_and_an_error_is_a_sentence() {
        let (from, mut to) = std::io::pipe().unwrap();
        let (asked, out) = std::io::pipe().unwrap();
        let link = Link::new(out, from);
        let chromium = std::thread::spawn(move || {
            let ids: Vec<u64> =
                messages(asked).take(2).filter_map(|one| one["id"].as_u64()).collect();
            let no = json!({"id": ids[0], "error": {"message": "no such page"}});
            write!(to, "{{\"id\":99}}\0{no}\0").unwrap();
            ids.len()
        });
        let first = std::thread::spawn({
            let link = Arc::clone(&link);
            move || link.call(None, "A.b", &json!({}))
        });
        let second = link.call(Some("s"), "C.d", &json!({}));
        let answers = [first.join().unwrap(), second];
        assert_eq!(chromium.join().unwrap(), 2);
        // Which of the two was asked first is not known; the other one lost its Chromium.
        assert!(
            answers.iter().any(|one| one.as_ref().is_err_and(|why| why.ends_with("no such page")))
        );
        assert!(answers.iter().any(|one| one.as_ref().is_err_and(|why| why.contains("has gone"))));
        assert!(link.call(None, "E.f", &json!({})).is_err());
    }
}
