//! Slips as they must be.

use super::{Finding, Note};
use crate::calendar::Day;
use crate::record::Stream;
use crate::register::Register;
use crate::slip::Stage;
use alloc::vec::Vec;

/// A draft that nobody signed or dropped for so many days (a working week) waits too long.
const WAITS: i32 = 7;

pub(super) fn check(register: &Register, today: Day, notes: &mut Vec<Note>) {
    for (id, slip) in register.slips() {
        let mut note = |finding| notes.push(Note::new(Stream::Slip(id), finding));
        if register.office().post(slip.to).is_none() {
            note(Finding::PostMissing { post: slip.to });
        }
        if slip.lines.is_empty() {
            note(Finding::NothingOnSlip);
        }
        let known = |line: &&crate::slip::Line| register.matter(line.matter).is_none();
        if let Some(line) = slip.lines.iter().find(known) {
            note(Finding::MatterMissing { matter: line.matter });
        }
        if slip.stage == Stage::Drafted && slip.drafted_on.plus(WAITS) < today {
            note(Finding::SlipWaits { day: slip.drafted_on });
        }
    }
}
