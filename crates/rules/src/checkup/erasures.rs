//! Requests to erase as they must be.

use super::{Finding, Note};
use crate::calendar::Day;
use crate::erasure::{Stage, Subject};
use crate::record::Stream;
use crate::register::Register;
use alloc::vec::Vec;

/// Fifteen working days are three weeks: so long a request may wait. The law says 及时 and no
/// number (个人信息保护法 第50条).
const WAITS: i32 = 21;

pub(super) fn check(register: &Register, today: Day, notes: &mut Vec<Note>) {
    for (id, one) in register.erasures() {
        let mut note = |finding| notes.push(Note::new(Stream::Erasure(id), finding));
        match &one.stage {
            Stage::Approved { by, .. } => {
                let own = match one.subject {
                    Subject::Person(person) => by.person == person,
                    Subject::Matter(_) | Subject::File(_) => false,
                };
                if own || by.person == one.asked.person {
                    note(Finding::ErasedByOne { person: by.person });
                }
                if let Subject::Matter(matter) = one.subject {
                    match register.matter(matter) {
                        None => note(Finding::MatterMissing { matter }),
                        Some(known) if known.is_open() => note(Finding::ErasedWhilePending),
                        Some(_) => {}
                    }
                }
            }
            Stage::Asked => {
                let day = one.asked.on.plus(WAITS);
                if day < today {
                    note(Finding::ErasureWaits { day });
                }
            }
            Stage::Restricted { .. } | Stage::Refused { .. } => {}
        }
    }
}
