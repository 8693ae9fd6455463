//! Things that were uploaded and are being looked over before they are submitted: plans, tables.
//! They live in memory only and are dropped after a while; nothing of them is in the log.

use rules::ids::PersonId;
use rules::record::Moment;
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Drafts of all people together; the oldest one makes room.
const MOST: usize = 64;
/// How long a draft waits for its owner.
const KEPT_MS: i64 = 12 * 3_600_000;

/// What waits, by number.
#[derive(Default)]
pub(crate) struct Drafts {
    next: u64,
    waiting: BTreeMap<u64, Waiting>,
}

struct Waiting {
    owner: PersonId,
    since: Moment,
    thing: Arc<dyn Any + Send + Sync>,
}

impl Drafts {
    /// Keeps a draft for its owner and gives its number.
    pub(crate) fn keep<T: Any + Send + Sync>(
        &mut self,
        owner: PersonId,
        now: Moment,
        thing: T,
    ) -> u64 {
        self.waiting.retain(|_, waiting| now.0 - waiting.since.0 < KEPT_MS);
        while self.waiting.len() >= MOST {
            self.waiting.pop_first();
        }
        self.next += 1;
        self.waiting.insert(self.next, Waiting { owner, since: now, thing: Arc::new(thing) });
        self.next
    }

    /// The draft, if it is this person's and of this kind.
    pub(crate) fn find<T: Any + Send + Sync>(&self, no: u64, owner: PersonId) -> Option<Arc<T>> {
        let waiting = self.waiting.get(&no).filter(|waiting| waiting.owner == owner)?;
        Arc::clone(&waiting.thing).downcast().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_its_owners_alone_and_for_a_while() {
        let mut drafts = Drafts::default();
        let no = drafts.keep(PersonId(1), Moment(0), "plan".to_owned());
        assert_eq!(drafts.find::<String>(no, PersonId(1)).unwrap().as_str(), "plan");
        assert!(drafts.find::<String>(no, PersonId(2)).is_none());
        assert!(drafts.find::<u8>(no, PersonId(1)).is_none());
        drafts.keep(PersonId(2), Moment(KEPT_MS), 1_u8);
        assert!(drafts.find::<String>(no, PersonId(1)).is_none());
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut drafts = Drafts::default();
        let first = drafts.keep(PersonId(1), Moment(0), 1_u8);
        for _ in 0..MOST {
            drafts.keep(PersonId(1), Moment(0), 1_u8);
        }
        assert!(drafts.find::<u8>(first, PersonId(1)).is_none());
        assert_eq!(drafts.waiting.len(), MOST);
    }
}
