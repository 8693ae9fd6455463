//! Matters as they must be, one by one and together.

use super::office::{held_by, near};
use super::{Finding, Note};
use crate::calendar::Day;
use crate::ids::{CampaignId, MatterId, PostId};
use crate::matter::{Command, Duty, Matter, Remedy, Source, Stage, Term, Which};
use crate::record::{self, Stream};
use crate::register::Register;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;

/// A look-back not made for so many days after its day is overdue.
const LOOK_BACK_GRACE: i32 = 7;
/// A limit so many days later than the first one is worth a look.
const FAR: i32 = 90;

pub(super) fn check(register: &Register, today: Day, notes: &mut Vec<Note>) {
    // What the day pass would look at: read as data, to be compared with the matters themselves.
    let agenda: BTreeSet<MatterId> = register
        .day_pass(today)
        .into_iter()
        .filter_map(|command| match command {
            record::Command::Matter(Some(id), Command::DayBegan) => Some(id),
            record::Command::Matter(..)
            | record::Command::Office(_)
            | record::Command::Basis(_)
            | record::Command::Campaign(..)
            | record::Command::Slip(..)
            | record::Command::Feedback(..)
            | record::Command::Erasure(..) => None,
        })
        .collect();
    let mut owned: BTreeMap<PostId, Vec<MatterId>> = BTreeMap::new();
    let mut open: BTreeMap<CampaignId, u32> = BTreeMap::new();
    let (mut behind, mut provisional) = (0, 0);
    for (id, matter) in register.matters() {
        one(register, (id, matter), today, notes);
        for (limit, term) in limits(&matter.stage) {
            provisional += usize::from(term.limit.due.provisional);
            if limit != Which::LookBack && !term.missed && term.limit.due.day < today {
                behind += 1;
                if !agenda.contains(&id) {
                    notes.push(Note::new(Stream::Matter(id), Finding::AgendaMisses { limit }));
                }
            }
        }
        if let Some(post) = owes(&matter.stage) {
            owned.entry(post).or_default().push(id);
        }
        if let Some(campaign) = matter.campaign {
            *open.entry(campaign).or_default() += u32::from(goes_on(&matter.stage));
        }
    }
    if behind > 0 {
        notes.push(Note::new(Stream::Basis, Finding::DayPassBehind { count: behind }));
    }
    if provisional > 0 {
        notes.push(Note::new(Stream::Basis, Finding::Provisional { count: provisional }));
    }
    if register.policy().is_none() && register.matters().next().is_some() {
        notes.push(Note::new(Stream::Basis, Finding::NoPolicy));
    }
    together(register, today, (&owned, &open), notes);
}

/// The lists that the register derives, against the matters themselves.
fn together(
    register: &Register,
    today: Day,
    (owned, open): (&BTreeMap<PostId, Vec<MatterId>>, &BTreeMap<CampaignId, u32>),
    notes: &mut Vec<Note>,
) {
    for (id, post) in register.office().posts() {
        let own = owned.get(&id).map_or(&[][..], |list| list);
        if !register.owned_by(id).eq(own.iter().copied()) {
            notes.push(Note::new(Stream::Office, Finding::OwnedListWrong { post: id }));
        }
        if !own.is_empty() && held_by(post, today).is_none() {
            let finding = Finding::Vacant { post: id, count: own.len() };
            notes.push(Note::new(Stream::Office, finding));
        }
    }
    for (campaign, count) in open {
        if register.open_in(*campaign) != *count {
            let finding = Finding::OpenCountWrong { campaign: *campaign };
            notes.push(Note::new(Stream::Campaign(*campaign), finding));
        }
    }
}

fn one(register: &Register, (id, matter): (MatterId, &Matter), today: Day, notes: &mut Vec<Note>) {
    let mut note = |finding| notes.push(Note::new(Stream::Matter(id), finding));
    if register.office().unit(matter.unit).is_none() {
        note(Finding::UnitMissing { unit: matter.unit });
    }
    if matter.source == Source::Accusation && !matter.sealed {
        note(Finding::AccusationOpen);
    }
    if matter.reminder.is_some() && matter.sent_back == 0 {
        note(Finding::ReminderWithoutReturn);
    }
    if let Some(campaign) = matter.campaign {
        match register.campaign(campaign) {
            None => note(Finding::CampaignMissing { campaign }),
            // A relapse may come after the campaign's end; nothing else goes on after it.
            Some(known)
                if known.closed_on.is_some() && goes_on(&matter.stage) && matter.relapses == 0 =>
            {
                note(Finding::OpenInClosedCampaign { campaign });
            }
            Some(_) => {}
        }
    }
    for (limit, term) in limits(&matter.stage) {
        if term.limit.due.day < term.limit.start {
            note(Finding::EndsBeforeStart { limit });
        }
    }
    if let Some(duty) = duty_of(&matter.stage) {
        on_duty(register, duty, &mut note);
    }
    for person in checked_by(&matter.stage) {
        if matter.doers.contains(person) {
            note(Finding::CheckerWorked { person: *person });
        }
    }
    at_stage(register, matter, today, &mut note);
}

fn on_duty(register: &Register, duty: &Duty, note: &mut impl FnMut(Finding)) {
    for post in [duty.owner, duty.checking] {
        if register.office().post(post).is_none() {
            note(Finding::PostMissing { post });
        }
    }
    if near(register, duty.owner, duty.checking) {
        note(Finding::CheckingNearOwner { post: duty.checking });
    }
    if duty.percent > 100 {
        note(Finding::PercentBeyond);
    }
    let rising = |two: &[crate::matter::Milestone]| two[0].day < two[1].day;
    if !duty.milestones.windows(2).all(rising) {
        note(Finding::MilestonesUnordered);
    }
    let days = duty.term.limit.due.day.since(duty.term.limit.due.first);
    // A standing duty has a new checkpoint each quarter: its day moves by nature.
    if days > FAR && duty.remedy != Remedy::Standing {
        note(Finding::MovedFar { days });
    }
}

fn at_stage(register: &Register, matter: &Matter, today: Day, note: &mut impl FnMut(Finding)) {
    match &matter.stage {
        Stage::Returned { flagged: false, .. } => {
            let most = register.policy().map(|policy| policy.returns_before_decision.value);
            if most.is_some_and(|most| matter.returns >= most) {
                note(Finding::ReturnsNotFlagged { count: matter.returns });
            }
        }
        Stage::UnderCheck { checkers, passed, .. } => {
            if checkers.is_empty() {
                note(Finding::NoCheckers);
            }
            let mut seen = vec![];
            for person in passed {
                if seen.contains(person) {
                    note(Finding::CheckedTwice { person: *person });
                }
                seen.push(*person);
            }
            worked(matter, note);
        }
        Stage::Accepted { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Reported { .. }
        | Stage::Passed { .. }
        | Stage::Consolidated { .. } => worked(matter, note),
        Stage::Closed { look, then, .. } => {
            worked(matter, note);
            if then.is_some_and(|then| then.limit.due.day < look.limit.due.day) {
                note(Finding::LookBacksUnordered);
            }
            if look.limit.due.day.plus(LOOK_BACK_GRACE) < today {
                note(Finding::LookBackDue { day: look.limit.due.day });
            }
        }
        Stage::Suspended { was, since, check_on, lapsed, .. } => {
            if check_on <= since {
                note(Finding::SuspensionNotAhead);
            }
            if limits(was).is_empty() || matches!(**was, Stage::Closed { .. }) {
                note(Finding::SuspendedWrongly);
            }
            if *lapsed {
                note(Finding::SuspensionLapsed { day: *check_on });
            }
        }
        Stage::Merged { into } => {
            if register.matter(*into).is_none_or(|other| core::ptr::eq(other, matter)) {
                note(Finding::MatterMissing { matter: *into });
            }
        }
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Assigned { .. }
        | Stage::Returned { .. }
        | Stage::Referred
        | Stage::Cancelled => {}
    }
    if let Stage::Closed { answers, .. } | Stage::Consolidated { answers } = &matter.stage
        && answers.remedy == Remedy::Standing
        && !answers.mechanism
    {
        note(Finding::MechanismMissing);
    }
}

fn worked(matter: &Matter, note: &mut impl FnMut(Finding)) {
    if matter.doers.is_empty() {
        note(Finding::NobodyWorked);
    }
}

/// Whether anybody still has something to do about it.
fn goes_on(stage: &Stage) -> bool {
    match stage {
        Stage::NotUpheld
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => false,
        Stage::Listed
        | Stage::Confirmed
        | Stage::Assigned { .. }
        | Stage::Returned { .. }
        | Stage::Accepted { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Reported { .. }
        | Stage::UnderCheck { .. }
        | Stage::Passed { .. }
        | Stage::Suspended { .. } => true,
    }
}

/// The post that has an open matter in its hands.
fn owes(stage: &Stage) -> Option<PostId> {
    match stage {
        Stage::Returned { .. } => None,
        Stage::Suspended { was, .. } => owes(was),
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Assigned { .. }
        | Stage::Accepted { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Reported { .. }
        | Stage::UnderCheck { .. }
        | Stage::Passed { .. }
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => duty_of(stage).map(|duty| duty.owner),
    }
}

fn duty_of(stage: &Stage) -> Option<&Duty> {
    match stage {
        Stage::Assigned { duty, .. }
        | Stage::Returned { duty, .. }
        | Stage::Accepted { duty, .. }
        | Stage::Planned { duty }
        | Stage::Rectifying { duty }
        | Stage::Reported { duty, .. }
        | Stage::UnderCheck { duty, .. }
        | Stage::Passed { duty } => Some(duty),
        Stage::Suspended { was, .. } => duty_of(was),
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => None,
    }
}

fn checked_by(stage: &Stage) -> &[crate::ids::PersonId] {
    match stage {
        Stage::UnderCheck { passed, .. } => passed,
        Stage::Suspended { was, .. } => checked_by(was),
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Assigned { .. }
        | Stage::Returned { .. }
        | Stage::Accepted { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Reported { .. }
        | Stage::Passed { .. }
        | Stage::Closed { .. }
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => &[],
    }
}

/// The limits whose clocks run at a stage, as the house rules say it: a step's own limit, and
/// rectification's while the owner has the matter.
fn limits(stage: &Stage) -> Vec<(Which, &Term)> {
    match stage {
        Stage::Assigned { duty, sign } => vec![(Which::Sign, sign), (Which::Rectify, &duty.term)],
        Stage::Accepted { duty, plan } => vec![(Which::Plan, plan), (Which::Rectify, &duty.term)],
        Stage::Returned { duty, .. } | Stage::Planned { duty } | Stage::Rectifying { duty } => {
            vec![(Which::Rectify, &duty.term)]
        }
        Stage::Reported { check, .. } | Stage::UnderCheck { check, .. } => {
            vec![(Which::Check, check)]
        }
        Stage::Closed { look, .. } => vec![(Which::LookBack, look)],
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Passed { .. }
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => vec![],
    }
}
