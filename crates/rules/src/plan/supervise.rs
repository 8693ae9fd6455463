//! How far a plan can be supervised: a task without owner, day and paper cannot be called late.

use super::shape::{Frequency, Item, Kind, Supervisability};

pub(super) fn supervisability(items: &[Item]) -> Supervisability {
    let mut out = Supervisability::default();
    for task in items.iter().filter(|item| item.kind == Kind::Task) {
        let (owner, date, paper) = (task.has_owner(), task.has_date(), task.has_deliverable());
        out.tasks += 1;
        out.with_owner += usize::from(owner);
        out.with_date += usize::from(date);
        out.with_deliverable += usize::from(paper);
        out.with_all += usize::from(owner && date && paper);
    }
    out
}

impl Item {
    /// Does the text name a unit that answers for it?
    pub fn has_owner(&self) -> bool {
        let fields = &self.fields;
        !(fields.lead.is_empty() && fields.resp.is_empty() && self.default_units.is_empty())
    }

    /// Is there a day on which it is late? 定期 and 常态化 are no date: nobody can say when they
    /// were missed.
    pub fn has_date(&self) -> bool {
        let recurs = self.fields.freq.iter().any(|freq| *freq != Frequency::Regular);
        recurs || !self.fields.by.is_empty() || !self.horizon.is_empty()
    }

    /// Is there a paper to show or a standard to meet?
    pub fn has_deliverable(&self) -> bool {
        !self.fields.deliverable.is_empty() || self.fields.standard.is_some()
    }
}
