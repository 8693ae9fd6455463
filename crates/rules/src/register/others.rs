//! Slips and feedback: one stream each.

use super::{Register, number, place};
use crate::feedback::{self, Feedback};
use crate::ids::{FeedbackId, SlipId};
use crate::refusal::BrokenHistory;
use crate::slip::{self, Slip};
use alloc::sync::Arc;

impl Register {
    /// One piece of feedback about this system.
    pub fn feedback(&self, id: FeedbackId) -> Option<&Feedback> {
        self.feedback.get(place(id.0)?).map(|one| &**one)
    }

    /// All feedback, oldest first.
    pub fn all_feedback(&self) -> impl DoubleEndedIterator<Item = (FeedbackId, &Feedback)> {
        let count = number(self.feedback.len()).saturating_sub(1);
        (1..=count).filter_map(|n| Some((FeedbackId(n), self.feedback(FeedbackId(n))?)))
    }

    pub fn next_feedback(&self) -> FeedbackId {
        FeedbackId(number(self.feedback.len()))
    }

    pub(super) fn apply_to_slip(
        &mut self,
        id: SlipId,
        event: &slip::Event,
    ) -> Result<(), BrokenHistory> {
        let slot = place(id.0).ok_or(BrokenHistory::at("stream-slip", "zero"))?;
        let before = self.slips.get(slot).map(|slip| Slip::clone(slip));
        let is_new = before.is_none();
        if is_new && id != self.next_slip() {
            return Err(BrokenHistory::at("stream-slip", "gap"));
        }
        let after = slip::evolve(before, event)?;
        if is_new {
            self.slips_of.insert_mut((after.to, after.drafted_on, id));
            for line in &after.lines {
                self.drafted.insert_mut(line.matter, (line.due, after.grade, after.drafted_on));
            }
            self.slips.push_back_mut(Arc::new(after));
        } else {
            self.slips.set_mut(slot, Arc::new(after));
        }
        Ok(())
    }

    pub(super) fn apply_to_feedback(
        &mut self,
        id: FeedbackId,
        event: &feedback::Event,
    ) -> Result<(), BrokenHistory> {
        let slot = place(id.0).ok_or(BrokenHistory::at("stream-feedback", "zero"))?;
        let before = self.feedback.get(slot).map(|one| Feedback::clone(one));
        let is_new = before.is_none();
        if is_new && id != self.next_feedback() {
            return Err(BrokenHistory::at("stream-feedback", "gap"));
        }
        let after = Arc::new(feedback::evolve(before, event)?);
        if is_new {
            self.feedback.push_back_mut(after);
        } else {
            self.feedback.set_mut(slot, after);
        }
        Ok(())
    }
}
