//! Units, posts, people (单位、岗位、人员): who holds what since when, and handover (交接).
//!
//! Matters belong to posts. When the holder changes, nothing moves but the duty to confirm the
//! handover: both sides within the policy's limit, while every clock runs on (“新官要理旧账”).

mod decide;
mod evolve;

pub use decide::decide;
pub use evolve::evolve;

use crate::calendar::Day;
use crate::ids::{PersonId, PostId, UnitId};
use crate::record::By;
use crate::refusal::Refusal;
use crate::role::{Rank, Role};
use crate::text::{Personal, Words};
use alloc::sync::Arc;
use alloc::vec::Vec;
use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Serialize};

/// A unit in the tree; the root is the bureau itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub name: Words,
    pub parent: Option<UnitId>,
}

/// A post with what it may do and who has held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub name: Words,
    pub unit: UnitId,
    pub rank: Rank,
    pub roles: Vec<Role>,
    /// In order of their first day. The last one may still hold the post.
    pub appointments: Vec<Appointment>,
    pub deputies: Vec<Deputy>,
    pub handover: Option<Handover>,
}

/// A person holds a post from a day until (and including) another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub person: PersonId,
    pub from: Day,
    pub until: Option<Day>,
}

/// A person stands in for the holder of a post (“X 代 Y”) between two days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deputy {
    pub person: PersonId,
    pub from: Day,
    pub until: Day,
}

/// A change of holder that both sides have to confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handover {
    pub outgoing: PersonId,
    pub incoming: PersonId,
    pub due: Day,
    pub outgoing_confirmed: bool,
    pub incoming_confirmed: bool,
    pub missed: bool,
}

/// The office as the events so far have made it. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Office {
    pub(crate) units: RedBlackTreeMapSync<UnitId, Arc<Unit>>,
    pub(crate) posts: RedBlackTreeMapSync<PostId, Arc<Post>>,
    pub(crate) people: RedBlackTreeMapSync<PersonId, Personal>,
}

/// A line of a staff list: a post with its unit, and who holds it since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffLine {
    pub unit: Words,
    /// The unit above; without it the unit stands at the root.
    pub parent: Option<Words>,
    pub post: Words,
    pub rank: Rank,
    pub roles: Vec<Role>,
    pub holder: Option<(Words, Day)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Takes a staff list: units and posts that are new are added, holders that differ appointed.
    Enrol { lines: Vec<StaffLine> },
    /// 任职. `person` is known already; `name` enters a new one.
    Appoint { post: PostId, person: Newcomer, from: Day },
    /// 离任: the post falls vacant after `on`.
    Leave { post: PostId, on: Day },
    /// Names a deputy (代理) for some days.
    NameDeputy { post: PostId, person: PersonId, from: Day, until: Day },
    /// 交接确认, by the outgoing or the incoming holder.
    ConfirmHandover { post: PostId },
    /// Changes what a post may do. The security administrator's alone.
    Grant { post: PostId, roles: Vec<Role> },
    /// A working day began: looks for handovers past their limit.
    DayBegan,
}

/// Who is appointed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Newcomer {
    Known(PersonId),
    Named(Words),
}

/// What happened to the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    UnitSet {
        unit: UnitId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<UnitId>,
        #[serde(default)]
        name: Words,
    },
    PostSet {
        post: PostId,
        unit: UnitId,
        rank: Rank,
        roles: Vec<Role>,
        #[serde(default)]
        name: Words,
    },
    PersonEntered {
        person: PersonId,
        #[serde(default)]
        name: Personal,
    },
    Appointed {
        post: PostId,
        person: PersonId,
        from: Day,
    },
    Left {
        post: PostId,
        person: PersonId,
        on: Day,
    },
    DeputyNamed {
        post: PostId,
        person: PersonId,
        from: Day,
        until: Day,
    },
    HandoverOpened {
        post: PostId,
        outgoing: PersonId,
        incoming: PersonId,
        due: Day,
    },
    HandoverConfirmed {
        post: PostId,
        person: PersonId,
    },
    HandoverMissed {
        post: PostId,
        due: Day,
    },
    Granted {
        post: PostId,
        roles: Vec<Role>,
    },
}

/// Somebody who may act today: a person, the post from which, the post for which, and its grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor<'a> {
    pub person: PersonId,
    /// The post the person holds.
    pub post: PostId,
    /// The post for which the person stands in, if not the own one.
    pub acting_for: Option<PostId>,
    /// Unit, rank and roles of the post that acts.
    pub unit: UnitId,
    pub rank: Rank,
    pub roles: &'a [Role],
}

impl Actor<'_> {
    /// The post whose rights are used.
    pub fn acts_as(&self) -> PostId {
        self.acting_for.unwrap_or(self.post)
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

impl Post {
    /// Who holds the post on `day`.
    pub fn holder(&self, day: Day) -> Option<PersonId> {
        self.appointments
            .iter()
            .rev()
            .find(|a| a.from <= day && a.until.is_none_or(|until| day <= until))
            .map(|a| a.person)
    }

    /// Whether the present holder has not yet confirmed what was taken over (待交接).
    pub fn awaits_handover(&self) -> bool {
        self.handover.is_some()
    }
}

impl Office {
    pub fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id).map(|unit| &**unit)
    }

    pub fn post(&self, id: PostId) -> Option<&Post> {
        self.posts.get(&id).map(|post| &**post)
    }

    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.units.iter().map(|(id, unit)| (*id, &**unit))
    }

    pub fn posts(&self) -> impl Iterator<Item = (PostId, &Post)> {
        self.posts.iter().map(|(id, post)| (*id, &**post))
    }

    /// The first post with this role that somebody holds, and who.
    pub fn first_with(&self, role: Role, today: Day) -> Option<(PostId, PersonId)> {
        self.posts().find_map(|(id, post)| {
            let holder = post.roles.contains(&role).then(|| post.holder(today))?;
            Some((id, holder?))
        })
    }

    pub fn person_name(&self, id: PersonId) -> Option<&Personal> {
        self.people.get(&id)
    }

    pub fn knows(&self, id: PersonId) -> bool {
        self.people.contains_key(&id)
    }

    /// The post called so; when several units have one, `unit` must be named too.
    pub fn post_called(&self, name: &str, unit: Option<&str>) -> Option<PostId> {
        let mut fits = self.posts().filter(|(_, post)| {
            post.name.text() == Some(name)
                && unit.is_none_or(|unit| {
                    self.unit(post.unit).is_some_and(|u| u.name.text() == Some(unit))
                })
        });
        let (first, _) = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    pub fn unit_called(&self, name: &str) -> Option<UnitId> {
        self.units().find(|(_, unit)| unit.name.text() == Some(name)).map(|(id, _)| id)
    }

    pub fn person_called(&self, name: &str) -> Option<PersonId> {
        self.people.iter().find(|(_, known)| known.value() == Some(name)).map(|(id, _)| *id)
    }

    /// Whether one of the two units is the other or stands above it. The root does not count:
    /// otherwise everybody would be of the bureau, and nobody could check anybody.
    pub fn are_kin(&self, a: UnitId, b: UnitId) -> bool {
        self.is_within(a, b) || self.is_within(b, a)
    }

    /// Whether `inner` is `outer` or lies below it, `outer` not being the root.
    pub fn is_within(&self, inner: UnitId, outer: UnitId) -> bool {
        let outer_is_root = self.unit(outer).is_some_and(|unit| unit.parent.is_none());
        if inner == outer {
            return true;
        }
        !outer_is_root && self.is_below(inner, outer)
    }

    /// Whether `inner` lies somewhere below `outer`, which may be the root.
    pub(crate) fn is_below(&self, inner: UnitId, outer: UnitId) -> bool {
        let mut at = inner;
        // A tree of n units has no path longer than n; the bound outlives a broken history.
        for _ in 0..self.units.size() {
            match self.unit(at).and_then(|unit| unit.parent) {
                Some(parent) if parent == outer => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    /// Resolves who acts on `today`. Refuses a person who neither holds the post nor deputises.
    pub fn actor(&self, by: By, today: Day) -> Result<Actor<'_>, Refusal> {
        let person = by.account;
        let own = by.post.ok_or(Refusal::NoPost)?;
        let held = self.post(own).ok_or(Refusal::NoSuchPost(own))?;
        if held.holder(today) != Some(person) {
            return Err(Refusal::NotTheHolder { post: own });
        }
        let acts_as = match by.acting_for {
            None => held,
            Some(other) => {
                let post = self.post(other).ok_or(Refusal::NoSuchPost(other))?;
                let deputises = post
                    .deputies
                    .iter()
                    .any(|d| d.person == person && d.from <= today && today <= d.until);
                if !deputises {
                    return Err(Refusal::NotADeputy { post: other });
                }
                post
            }
        };
        Ok(Actor {
            person,
            post: own,
            acting_for: by.acting_for,
            unit: acts_as.unit,
            rank: acts_as.rank,
            roles: &acts_as.roles,
        })
    }

    /// A person's name is not shown from here on, or is again (限制处理).
    pub(crate) fn restrict(&mut self, id: PersonId, restricted: bool) {
        if let Some(name) = self.people.get_mut(&id) {
            name.restrict(restricted);
        }
    }

    pub(crate) fn next_unit(&self) -> u32 {
        self.units.last().map_or(1, |(id, _)| id.0 + 1)
    }

    pub(crate) fn next_post(&self) -> u32 {
        self.posts.last().map_or(1, |(id, _)| id.0 + 1)
    }

    pub(crate) fn next_person(&self) -> u32 {
        self.people.last().map_or(1, |(id, _)| id.0 + 1)
    }
}
