//! How far a plan can be supervised: a task without owner, day and paper cannot be called late.

use super::shape::{Frequency, Item, Kind, Supervisability};

pub(super) fn supervisability(items: &[Item]) -> Supervisability {
    let mut out = Supervisability::default();
    for task in items.iter().filter(|item| item.kind == Kind::Task) {
        let (owner, date, paper) = (has_owner(task), has_date(task), has_deliverable(task));
        out.tasks += 1;
        out.with_owner += usize::from(owner);
        out.with_date += usize::from(date);
        out.with_deliverable += usize::from(paper);
        out.with_all += usize::from(owner && date && paper);
    }
    out
}

fn has_owner(task: &Item) -> bool {
    !(task.fields.lead.is_empty() && task.fields.resp.is_empty() && task.default_units.is_empty())
}

/// 定期 and 常态化 are no date: nobody can say on which day they were missed.
fn has_date(task: &Item) -> bool {
    let recurs = task.fields.freq.iter().any(|freq| *freq != Frequency::Regular);
    recurs || !task.fields.by.is_empty() || !task.horizon.is_empty()
}

fn has_deliverable(task: &Item) -> bool {
    !task.fields.deliverable.is_empty() || task.fields.standard.is_some()
}
