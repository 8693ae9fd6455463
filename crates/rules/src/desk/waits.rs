//! What the register keeps for desks: what waits in each queue, counted together.

use super::Queue;
use crate::calendar::Day;
use crate::ids::{MatterId, PostId};
use crate::matter::{Matter, Stage};
use crate::query::{Class, Ids};
use crate::role::Rank;
use alloc::vec;
use alloc::vec::Vec;
use rpds::RedBlackTreeMapSync;

/// Matters under one key wait for the same people, until the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    queue: Queue,
    /// None where it waits for whoever may do it.
    post: Option<PostId>,
    class: Class,
    /// Whoever acts stands no lower.
    rank: Rank,
    day: Option<Day>,
}

/// All that waits. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits(RedBlackTreeMapSync<Key, Ids>);

impl Waits {
    /// Takes a matter as it was, if it was, and as it now is.
    pub(crate) fn note(&mut self, id: MatterId, before: Option<&Matter>, after: &Matter) {
        let (was, is) = (before.map(keys).unwrap_or_default(), keys(after));
        for key in was.iter().filter(|key| !is.contains(key)) {
            let Some(ids) = self.0.get_mut(key) else { continue };
            ids.remove(id);
            if ids.count() == 0 {
                self.0.remove_mut(key);
            }
        }
        for key in is.into_iter().filter(|key| !was.contains(key)) {
            if let Some(ids) = self.0.get_mut(&key) {
                ids.insert(id);
            } else {
                self.0.insert_mut(key, Ids::of(id));
            }
        }
    }

    /// Matters of one class that wait in a queue, for one post or for whoever stands as high as
    /// `rank`, with the day until which they may wait. In the queues that know no rank, those with
    /// a day after `last` are left out.
    pub(super) fn of(
        &self,
        queue: Queue,
        post: Option<PostId>,
        class: Class,
        (rank, last): (Rank, Day),
    ) -> impl Iterator<Item = (Option<Day>, &Ids)> {
        let from = Key { queue, post, class, rank: Rank::Staff, day: None };
        let to = Key { rank, day: Some(last), ..from };
        self.0.range(from..=to).map(|(key, ids)| (key.day, ids))
    }
}

/// Where a matter waits: nowhere, in one queue, or with each of its checkers.
fn keys(matter: &Matter) -> Vec<Key> {
    let key = |queue, post| {
        let class = Class::of(matter);
        let rank = if queue == Queue::Close { matter.assigner_rank() } else { None };
        vec![Key { queue, post, class, rank: rank.unwrap_or(Rank::Staff), day: due(matter) }]
    };
    match &matter.stage {
        Stage::Listed => key(Queue::Confirm, None),
        Stage::Confirmed => key(Queue::HandOut, None),
        Stage::Assigned { duty, .. } => key(Queue::Sign, Some(duty.owner)),
        Stage::Returned { .. } => key(Queue::Returned, None),
        Stage::Accepted { duty, .. } => key(Queue::Measure, Some(duty.owner)),
        Stage::Planned { duty } | Stage::Rectifying { duty } => key(Queue::Work, Some(duty.owner)),
        Stage::Reported { .. } => key(Queue::NameCheckers, None),
        Stage::UnderCheck { checkers, .. } => {
            checkers.iter().flat_map(|post| key(Queue::Check, Some(*post))).collect()
        }
        Stage::Passed { .. } => key(Queue::Close, None),
        Stage::Closed { .. } => key(Queue::LookBack, None),
        Stage::NotUpheld
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => Vec::new(),
    }
}

/// The day until which it may wait there.
fn due(matter: &Matter) -> Option<Day> {
    match &matter.stage {
        Stage::Assigned { sign, .. } => Some(sign.due()),
        Stage::Accepted { plan, .. } => Some(plan.due()),
        Stage::Reported { check, .. } | Stage::UnderCheck { check, .. } => Some(check.due()),
        Stage::Closed { look, .. } => Some(look.due()),
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Returned { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Passed { .. }
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => matter.duty().map(|duty| duty.term.due()),
    }
}
