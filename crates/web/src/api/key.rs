//! What was sent under which `Idempotency-Key`. The ledger answers a repeat with the first receipt;
//! here is seen that it *is* a repeat and not something else under the same key. It is kept in
//! memory: after a restart the first receipt alone answers, and nothing is done twice either.

use crate::app::App;
use crate::reader::Reader;
use crate::stop::Stop;
use axum::http::StatusCode;
use ledger::Hash;
use rules::ids::PersonId;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{MutexGuard, PoisonError};

/// Keys that are remembered; the oldest makes room.
const MOST: usize = 4096;

type Name = (PersonId, String);

/// The keys of all callers.
#[derive(Default)]
pub(crate) struct Keys {
    seen: BTreeMap<Name, Seen>,
    order: VecDeque<Name>,
}

#[derive(Clone)]
struct Seen {
    sent: Hash,
    /// The first answer, where the ledger keeps none.
    answer: Option<Value>,
}

impl Keys {
    fn remember(&mut self, name: Name, seen: Seen) {
        if self.seen.contains_key(&name) {
            return;
        }
        while self.order.len() >= MOST {
            let oldest = self.order.pop_front();
            oldest.map(|oldest| self.seen.remove(&oldest));
        }
        self.order.push_back(name.clone());
        self.seen.insert(name, seen);
    }
}

/// A request under its key.
pub(super) struct Keyed {
    pub(super) key: String,
    sent: Hash,
}

impl Keyed {
    /// `parts` are everything that makes one request another: where it goes and what it says.
    pub(super) fn new(key: String, parts: &[&[u8]]) -> Keyed {
        let hashes: Vec<u8> = parts.iter().flat_map(|part| Hash::of(part).0).collect();
        Keyed { key, sent: Hash::of(&hashes) }
    }

    /// The first answer, if it was kept. Something else under a known key is refused.
    pub(super) fn before(&self, reader: &Reader) -> Result<Option<Value>, Stop> {
        let keys = keys(&reader.app);
        match keys.seen.get(&self.name(reader)) {
            Some(seen) if seen.sent != self.sent => {
                let code = "api-key-used";
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Err(Stop::new(status, reader.lang, code, &[]).for_program())
            }
            Some(seen) => Ok(seen.answer.clone()),
            None => Ok(None),
        }
    }

    /// Notes that it has been done. What was refused may be put right under the same key.
    pub(super) fn done(&self, reader: &Reader, answer: Option<Value>) {
        keys(&reader.app).remember(self.name(reader), Seen { sent: self.sent, answer });
    }

    fn name(&self, reader: &Reader) -> Name {
        (reader.by.account, self.key.clone())
    }
}

fn keys(app: &App) -> MutexGuard<'_, Keys> {
    app.keys.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stays_and_the_oldest_makes_room() {
        let mut keys = Keys::default();
        let name = |n: usize| (PersonId(1), n.to_string());
        let seen = |text: &str| Seen { sent: Hash::of(text.as_bytes()), answer: None };
        keys.remember(name(0), seen("a"));
        keys.remember(name(0), seen("b"));
        assert_eq!(keys.seen[&name(0)].sent, Hash::of(b"a"));
        for n in 1..=MOST {
            keys.remember(name(n), seen("c"));
        }
        assert!(!keys.seen.contains_key(&name(0)));
        assert_eq!((keys.seen.len(), keys.order.len()), (MOST, MOST));
    }
}
