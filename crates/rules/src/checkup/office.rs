//! Units, posts and people as they must be.

use super::{Finding, Note};
use crate::calendar::Day;
use crate::ids::{PersonId, PostId, UnitId};
use crate::posts::Post;
use crate::record::Stream;
use crate::register::Register;
use crate::role::Role;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

pub(super) fn check(register: &Register, today: Day, notes: &mut Vec<Note>) {
    let mut note = |finding| notes.push(Note::new(Stream::Office, finding));
    let mut roles_of: BTreeMap<PersonId, (usize, usize)> = BTreeMap::new();
    for (id, post) in register.office().posts() {
        if register.office().unit(post.unit).is_none() {
            note(Finding::UnitMissing { unit: post.unit });
        }
        let admins = post.roles.iter().filter(|role| administers(**role)).count();
        if admins > 1 || (admins == 1 && post.roles.len() > 1) {
            note(Finding::AdminDoesBusiness { post: id });
        }
        if overlapping(post) {
            note(Finding::TwoHolders { post: id });
        }
        if let Some(person) = held_by(post, today) {
            let known = roles_of.entry(person).or_default();
            known.0 += usize::from(admins > 0);
            known.1 += 1;
        }
        if let Some(handover) = &post.handover
            && handover.due < today
        {
            note(Finding::HandoverLate { post: id, day: handover.due });
        }
    }
    for (person, (admin_posts, posts)) in roles_of {
        if admin_posts > 0 && posts > 1 {
            note(Finding::AdminNotApart { person });
        }
    }
    for (unit, _) in register.office().units() {
        if above(register, unit).is_none() {
            note(Finding::UnitLoop { unit });
        }
    }
}

fn administers(role: Role) -> bool {
    [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin].contains(&role)
}

/// Who holds a post on a day, read from its appointments.
pub(super) fn held_by(post: &Post, day: Day) -> Option<PersonId> {
    let mut holder = None;
    for one in &post.appointments {
        let ended = match one.until {
            Some(until) => until < day,
            None => false,
        };
        if one.from <= day && !ended {
            holder = Some(one.person);
        }
    }
    holder
}

fn overlapping(post: &Post) -> bool {
    post.appointments.windows(2).any(|two| match two[0].until {
        Some(until) => two[1].from <= until,
        None => true,
    })
}

/// The units above one, nearest first; none when they go in a circle.
fn above(register: &Register, unit: UnitId) -> Option<Vec<UnitId>> {
    let mut chain = Vec::new();
    let mut at = unit;
    while let Some(parent) = register.office().unit(at).and_then(|unit| unit.parent) {
        if parent == unit || chain.contains(&parent) {
            return None;
        }
        chain.push(parent);
        at = parent;
    }
    Some(chain)
}

/// Whether two posts are of one unit, or one of a unit above the other's. The bureau itself, which
/// stands above everybody, does not count.
pub(super) fn near(register: &Register, one: PostId, other: PostId) -> bool {
    let unit = |post| register.office().post(post).map(|post: &Post| post.unit);
    let (Some(one), Some(other)) = (unit(one), unit(other)) else { return false };
    let below_root = |upper: UnitId, lower: UnitId| {
        let mut chain = above(register, lower).unwrap_or_default();
        chain.pop();
        chain.contains(&upper)
    };
    one == other || below_root(one, other) || below_root(other, one)
}
