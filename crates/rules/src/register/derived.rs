//! What is kept of matters besides themselves, so that nobody need look at all of them.

use super::Register;
use crate::calendar::Day;
use crate::ids::MatterId;
use crate::matter::Matter;
use alloc::vec::Vec;

impl Register {
    /// An empty register for a whole log: what lists and desks ask is made in the end, once for
    /// each matter and not after each event. Until [`Register::end_folding`] it answers no lists.
    pub fn folding() -> Self {
        Self { late: Some(Vec::new()), ..Self::default() }
    }

    /// The log has been folded: from here on the register is like any other.
    pub fn end_folding(&mut self) {
        let Some(changed) = self.late.take() else { return };
        let matters = self.matters.clone();
        for ((id, matter), on) in (1..).map(MatterId).zip(matters.iter()).zip(changed) {
            self.derive(id, None, matter, on);
        }
    }

    /// Notes a matter wherever it is looked for.
    pub(super) fn derive(
        &mut self,
        id: MatterId,
        before: Option<&Matter>,
        after: &Matter,
        on: Day,
    ) {
        self.reindex(id, before, after);
        self.waits.note(id, before, after);
        self.index.note(id, after, on, &self.basis);
    }

    fn reindex(&mut self, id: MatterId, before: Option<&Matter>, after: &Matter) {
        let (was, is) = (before.and_then(Matter::next_day), after.next_day());
        if was != is {
            if let Some(day) = was {
                self.agenda.remove_mut(&(day, id));
            }
            if let Some(day) = is {
                self.agenda.insert_mut((day, id));
            }
        }
        let owned = |matter: &Matter| matter.owner().filter(|_| matter.is_open());
        let (was, is) = (before.and_then(owned), owned(after));
        if was != is {
            if let Some(post) = was {
                self.owned.remove_mut(&(post, id));
            }
            if let Some(post) = is {
                self.owned.insert_mut((post, id));
            }
        }
        if let Some(campaign) = after.campaign {
            let (was, is) = (before.is_some_and(Matter::is_open), after.is_open());
            let open = self.open_in(campaign);
            if was != is {
                let open = if is { open + 1 } else { open.saturating_sub(1) };
                self.open_in.insert_mut(campaign, open);
            }
        }
    }
}
