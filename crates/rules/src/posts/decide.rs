//! Judges commands about units, posts and people.

use super::{Command, Event, Newcomer, Office, StaffLine};
use crate::access::{self, Action};
use crate::calendar::Day;
use crate::circumstances::Circumstances;
use crate::ids::{PersonId, PostId, UnitId};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::text::{Personal, Words};
use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

/// Judges a command about the office. Reads everything, changes nothing.
pub fn decide(
    office: &Office,
    command: &Command,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Enrol { lines } => {
            // An empty log has nobody who could act yet: the first staff list founds the office.
            if !(office.is_empty() && now.is_system()) {
                access::may(&now.actor()?, Action::KeepStaff, &access::Thing::office())?;
            }
            enrol(office, lines, now)
        }
        Command::Appoint { post, person, from } => {
            access::may(&now.actor()?, Action::KeepStaff, &access::Thing::office())?;
            let mut draft = Draft::of(office);
            draft.known_post(*post)?;
            let person = draft.person(person)?;
            draft.appoint(*post, person, *from, now)?;
            Ok(draft.events)
        }
        Command::Leave { post, on } => {
            access::may(&now.actor()?, Action::KeepStaff, &access::Thing::office())?;
            let known = office.post(*post).ok_or(Refusal::NoSuchPost(*post))?;
            let person = known.holder(*on).ok_or(Refusal::Vacant { post: *post })?;
            Ok(vec![Event::Left { post: *post, person, on: *on }])
        }
        Command::NameDeputy { post, person, from, until } => {
            name_deputy(office, (*post, *person), (*from, *until), now)
        }
        Command::ConfirmHandover { post } => confirm_handover(office, *post, now),
        Command::Grant { post, roles } => {
            access::may(&now.actor()?, Action::Grant, &access::Thing::office())?;
            let known = office.post(*post).ok_or(Refusal::NoSuchPost(*post))?;
            if let Some(person) = known.holder(now.today) {
                admins_stay_apart(office, person, *post, roles, now.today)?;
            }
            Ok(vec![Event::Granted { post: *post, roles: roles.clone() }])
        }
        Command::DayBegan => {
            now.must_be_system()?;
            let missed = office.posts().filter_map(|(id, post)| {
                post.handover
                    .filter(|handover| !handover.missed && handover.due < now.today)
                    .map(|handover| Event::HandoverMissed { post: id, due: handover.due })
            });
            Ok(missed.collect())
        }
    }
}

fn name_deputy(
    office: &Office,
    (post, person): (PostId, PersonId),
    (from, until): (Day, Day),
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let known = office.post(post).ok_or(Refusal::NoSuchPost(post))?;
    let actor = now.actor()?;
    // The holder may name who stands in; otherwise it is the staff list's business.
    if known.holder(now.today) != Some(actor.person) {
        access::may(&actor, Action::KeepStaff, &access::Thing::office())?;
    }
    if !office.knows(person) {
        return Err(Refusal::NoSuchPerson(person));
    }
    if until < from {
        return Err(Refusal::BadPeriod { from, until });
    }
    admins_stay_apart(office, person, post, &known.roles, from)?;
    Ok(vec![Event::DeputyNamed { post, person, from, until }])
}

fn confirm_handover(
    office: &Office,
    post: PostId,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let known = office.post(post).ok_or(Refusal::NoSuchPost(post))?;
    let handover = known.handover.ok_or(Refusal::NothingToHandOver { post })?;
    // The outgoing holder may hold no post at all any more, so only the account is asked.
    let person = now.by.account;
    let open = (person == handover.outgoing && !handover.outgoing_confirmed)
        || (person == handover.incoming && !handover.incoming_confirmed);
    if !open {
        return Err(Refusal::NothingToHandOver { post });
    }
    Ok(vec![Event::HandoverConfirmed { post, person }])
}

/// The three administrators (三员) are three people who do no business
/// (GB/T 22239-2019 8.1.4.2 d: 管理用户权限分离).
fn admins_stay_apart(
    office: &Office,
    person: PersonId,
    post: PostId,
    roles: &[Role],
    day: Day,
) -> Result<(), Refusal> {
    let elsewhere = office
        .posts()
        .filter(|(id, known)| *id != post && known.holder(day) == Some(person))
        .flat_map(|(_, known)| known.roles.iter().copied());
    let mut all: Vec<Role> = elsewhere.chain(roles.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let admin = all.iter().filter(|role| role.is_admin()).count();
    if admin > 1 || (admin == 1 && all.len() > 1) {
        return Err(Refusal::AdminsStayApart { person });
    }
    Ok(())
}

/// The office as the events decided so far would make it, so that later lines see earlier ones.
struct Draft {
    office: Office,
    events: Vec<Event>,
    /// The office was empty before.
    founding: bool,
}

impl Draft {
    fn of(office: &Office) -> Draft {
        Draft { office: office.clone(), events: vec![], founding: office.is_empty() }
    }
}

fn enrol(
    office: &Office,
    lines: &[StaffLine],
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut draft = Draft::of(office);
    for line in lines {
        let parent = match &line.parent {
            Some(name) => Some(draft.unit(name, None)?),
            None => None,
        };
        let unit = draft.unit(&line.unit, parent)?;
        let post = draft.post(line, unit, now)?;
        if let Some((name, from)) = &line.holder {
            let person = draft.person(&Newcomer::Named(name.clone()))?;
            draft.appoint(post, person, *from, now)?;
        }
    }
    Ok(draft.events)
}

impl Draft {
    fn push(&mut self, event: Event) -> Result<(), Refusal> {
        self.office = super::evolve(&self.office, &event).map_err(|_| Refusal::Contradiction)?;
        self.events.push(event);
        Ok(())
    }

    fn known_post(&self, post: PostId) -> Result<(), Refusal> {
        self.office.post(post).map(|_| ()).ok_or(Refusal::NoSuchPost(post))
    }

    fn unit(&mut self, name: &Words, parent: Option<UnitId>) -> Result<UnitId, Refusal> {
        let text = name.text().unwrap_or_default();
        if let Some(known) = self.office.unit_called(text) {
            let moved = parent.is_some()
                && self.office.unit(known).is_some_and(|unit| unit.parent != parent)
                && parent.is_some_and(|parent| !self.office.is_below(parent, known));
            if moved {
                self.push(Event::UnitSet { unit: known, parent, name: name.clone() })?;
            }
            return Ok(known);
        }
        let unit = UnitId(self.office.next_unit());
        self.push(Event::UnitSet { unit, parent, name: name.clone() })?;
        Ok(unit)
    }

    fn post(
        &mut self,
        line: &StaffLine,
        unit: UnitId,
        now: Circumstances<'_>,
    ) -> Result<PostId, Refusal> {
        let name = line.post.text().unwrap_or_default();
        let unit_name = line.unit.text();
        let known = self.office.post_called(name, unit_name);
        let same = known.and_then(|id| self.office.post(id)).is_some_and(|post| {
            post.unit == unit && post.rank == line.rank && post.roles == line.roles
        });
        let post = known.unwrap_or(PostId(self.office.next_post()));
        // A staff list says who works where; what a post may do is granted by somebody else. Only
        // the list that founds the office says both, since nobody is there yet who could grant.
        let has = known.and_then(|id| self.office.post(id)).map_or(&[][..], |post| &post.roles);
        let widened =
            has.len() != line.roles.len() || line.roles.iter().any(|role| !has.contains(role));
        if widened && !self.founding {
            access::may(&now.actor()?, Action::Grant, &access::Thing::office())?;
        }
        if !same {
            let (rank, roles) = (line.rank, line.roles.clone());
            self.push(Event::PostSet { post, unit, rank, roles, name: line.post.clone() })?;
        }
        Ok(post)
    }

    fn person(&mut self, newcomer: &Newcomer) -> Result<PersonId, Refusal> {
        match newcomer {
            Newcomer::Known(id) if self.office.knows(*id) => Ok(*id),
            Newcomer::Known(id) => Err(Refusal::NoSuchPerson(*id)),
            Newcomer::Named(name) => {
                let text = name.text().unwrap_or_default();
                if let Some(known) = self.office.person_called(text) {
                    return Ok(known);
                }
                let person = PersonId(self.office.next_person());
                let name = Personal::new(format!("person/{person}"), text);
                self.push(Event::PersonEntered { person, name })?;
                Ok(person)
            }
        }
    }

    fn appoint(
        &mut self,
        post: PostId,
        person: PersonId,
        from: Day,
        now: Circumstances<'_>,
    ) -> Result<(), Refusal> {
        let known = self.office.post(post).ok_or(Refusal::NoSuchPost(post))?;
        if known.holder(from) == Some(person) {
            return Ok(());
        }
        if let Some(last) = known.appointments.last()
            && (from <= last.from || last.until.is_some_and(|until| from <= until))
        {
            return Err(Refusal::AppointedAlready { post, since: last.from });
        }
        admins_stay_apart(&self.office, person, post, &known.roles, from)?;
        let before = known.appointments.last().map(|last| (last.person, last.until.is_none()));
        if let Some((outgoing, true)) = before {
            self.push(Event::Left { post, person: outgoing, on: from.plus(-1) })?;
        }
        self.push(Event::Appointed { post, person, from })?;
        if let Some((outgoing, _)) = before {
            let limit = &now.policy()?.handover;
            let due = now.calendar.due(from, limit.length, limit.roll).day;
            self.push(Event::HandoverOpened { post, outgoing, incoming: person, due })?;
        }
        Ok(())
    }
}
