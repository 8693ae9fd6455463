//! Applies what happened to the office. Judges nothing.

use super::{Appointment, Deputy, Event, Handover, Office, Post, Unit};
use crate::refusal::BrokenHistory;
use alloc::sync::Arc;
use alloc::vec;

/// Applies one event. An error means that the log itself is wrong.
pub fn evolve(before: &Office, event: &Event) -> Result<Office, BrokenHistory> {
    let mut office = before.clone();
    match event {
        Event::UnitSet { unit, parent, name } => {
            let set = Unit { name: name.clone(), parent: *parent };
            office.units.insert_mut(*unit, Arc::new(set));
            return Ok(office);
        }
        Event::PersonEntered { person, name } => {
            office.people.insert_mut(*person, name.clone());
            return Ok(office);
        }
        Event::PostSet { post, unit, rank, roles, name } => {
            let known = office.post(*post).cloned();
            let mut set = known.unwrap_or(Post {
                name: name.clone(),
                unit: *unit,
                rank: *rank,
                roles: vec![],
                appointments: vec![],
                deputies: vec![],
                handover: None,
            });
            (set.unit, set.rank) = (*unit, *rank);
            set.name.clone_from(name);
            set.roles.clone_from(roles);
            office.posts.insert_mut(*post, Arc::new(set));
            return Ok(office);
        }
        Event::Appointed { post, .. }
        | Event::Left { post, .. }
        | Event::DeputyNamed { post, .. }
        | Event::HandoverOpened { post, .. }
        | Event::HandoverConfirmed { post, .. }
        | Event::HandoverMissed { post, .. }
        | Event::Granted { post, .. } => {
            let known =
                office.post(*post).ok_or(BrokenHistory::at("stream-office", event_name(event)))?;
            let mut changed = known.clone();
            change(&mut changed, event)
                .ok_or(BrokenHistory::at("stream-office", event_name(event)))?;
            office.posts.insert_mut(*post, Arc::new(changed));
        }
    }
    Ok(office)
}

/// Changes one post; `None` when the event cannot have happened to it.
fn change(post: &mut Post, event: &Event) -> Option<()> {
    match event {
        Event::Appointed { person, from, .. } => {
            post.appointments.push(Appointment { person: *person, from: *from, until: None });
        }
        Event::Left { person, on, .. } => {
            let last = post.appointments.iter_mut().rev().find(|a| a.person == *person)?;
            last.until = Some(*on);
        }
        Event::DeputyNamed { person, from, until, .. } => {
            post.deputies.push(Deputy { person: *person, from: *from, until: *until });
        }
        Event::HandoverOpened { outgoing, incoming, due, .. } => {
            post.handover = Some(Handover {
                outgoing: *outgoing,
                incoming: *incoming,
                due: *due,
                outgoing_confirmed: false,
                incoming_confirmed: false,
                missed: false,
            });
        }
        Event::HandoverConfirmed { person, .. } => {
            let handover = post.handover.as_mut()?;
            handover.outgoing_confirmed |= handover.outgoing == *person;
            handover.incoming_confirmed |= handover.incoming == *person;
            if handover.outgoing_confirmed && handover.incoming_confirmed {
                post.handover = None;
            }
        }
        Event::HandoverMissed { .. } => post.handover.as_mut()?.missed = true,
        Event::Granted { roles, .. } => post.roles.clone_from(roles),
        Event::UnitSet { .. } | Event::PostSet { .. } | Event::PersonEntered { .. } => {}
    }
    Some(())
}

fn event_name(event: &Event) -> &'static str {
    match event {
        Event::UnitSet { .. } => "unit_set",
        Event::PostSet { .. } => "post_set",
        Event::PersonEntered { .. } => "person_entered",
        Event::Appointed { .. } => "appointed",
        Event::Left { .. } => "left",
        Event::DeputyNamed { .. } => "deputy_named",
        Event::HandoverOpened { .. } => "handover_opened",
        Event::HandoverConfirmed { .. } => "handover_confirmed",
        Event::HandoverMissed { .. } => "handover_missed",
        Event::Granted { .. } => "granted",
    }
}
