//! Judges commands about a campaign.

use super::{Authority, Campaign, Command, Draft, Event};
use crate::access::{self, Action, Thing};
use crate::calendar::Day;
use crate::circumstances::Circumstances;
use crate::ids::{CampaignId, UnitId};
use crate::refusal::Refusal;
use crate::text::Words;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use rpds::RedBlackTreeMapSync;

/// Items of one kind in one plan; the longest plan measured has fewer than 200 tasks.
const MOST_ITEMS: usize = 2_000;
const LONGEST_TITLE: usize = 200;

/// Words that only a designated government supervision may use of itself.
const GOVERNMENT_SUPERVISION: &str = "政府督查";

/// Judges a command about a campaign (`None`: one that is not adopted yet). `open` is how many
/// of its matters are open.
pub fn decide(
    campaign: Option<&Campaign>,
    command: &Command,
    others: &RedBlackTreeMapSync<CampaignId, Arc<Campaign>>,
    open: u32,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    let wrong = |stage| Refusal::WrongStage { command: command.code(), stage };
    let Some(campaign) = campaign else {
        return match command {
            Command::Adopt { draft } => adopt(draft, others, now),
            Command::OpenSelfCheck { .. }
            | Command::Report { .. }
            | Command::ReportNone { .. }
            | Command::CloseSelfCheck
            | Command::ChangeScope { .. }
            | Command::Close { .. } => Err(wrong("stage-none")),
        };
    };
    if campaign.closed_on.is_some() {
        return Err(wrong("stage-campaign-closed"));
    }
    let on = now.today;
    let runs = || access::may(&now.actor()?, Action::RunCampaign, &Thing::office());
    match command {
        Command::Adopt { .. } => Err(wrong("stage-campaign-running")),
        Command::OpenSelfCheck { due } => {
            runs()?;
            match campaign.self_check {
                Some(_) => Err(wrong("stage-self-check")),
                None if *due <= on => Err(Refusal::DayNotAhead { day: *due }),
                None => Ok(vec![Event::SelfCheckOpened { on, due: *due }]),
            }
        }
        Command::Report { unit, problems, note } => {
            answers(campaign, *unit, now, command.code())?;
            if problems.is_empty() {
                return Err(Refusal::Blank { field: "field-problems" });
            }
            let mut listed = problems.clone();
            listed.sort_unstable();
            listed.dedup();
            Ok(vec![Event::UnitReported { on, unit: *unit, problems: listed, note: note.clone() }])
        }
        Command::ReportNone { unit, reason } => {
            answers(campaign, *unit, now, command.code())?;
            let reason = reason.written("field-reason")?;
            Ok(vec![Event::UnitReportedNone { on, unit: *unit, reason }])
        }
        Command::CloseSelfCheck => {
            runs()?;
            let silent = silent_units(campaign, now, command.code())?;
            Ok(vec![Event::SelfCheckClosed { on, silent }])
        }
        Command::ChangeScope { objects, reason } => {
            runs()?;
            units_exist(objects, now)?;
            let reason = reason.written("field-reason")?;
            Ok(vec![Event::ScopeChanged { on, objects: objects.clone(), reason }])
        }
        Command::Close { note } => {
            runs()?;
            if open > 0 {
                return Err(Refusal::OpenMatters { count: open });
            }
            Ok(vec![Event::CampaignClosed { on, note: note.written("field-note")? }])
        }
    }
}

/// Units in scope that gave no answer; the bureau itself answers through its sections.
fn silent_units(
    campaign: &Campaign,
    now: Circumstances<'_>,
    command: &'static str,
) -> Result<Vec<UnitId>, Refusal> {
    let open = campaign.self_check.as_ref().filter(|round| !round.closed);
    let round = open.ok_or(Refusal::WrongStage { command, stage: "stage-no-self-check" })?;
    let asked = now.office.units().filter(|(id, unit)| {
        unit.parent.is_some() && campaign.is_about(*id) && !round.reports.contains_key(id)
    });
    Ok(asked.map(|(id, _)| id).collect())
}

fn units_exist(units: &[UnitId], now: Circumstances<'_>) -> Result<(), Refusal> {
    match units.iter().find(|unit| now.office.unit(**unit).is_none()) {
        Some(unit) => Err(Refusal::NoSuchUnit(*unit)),
        None => Ok(()),
    }
}

/// A unit answers for itself: somebody of it, or of the unit above.
fn answers(
    campaign: &Campaign,
    unit: UnitId,
    now: Circumstances<'_>,
    command: &'static str,
) -> Result<(), Refusal> {
    let actor = now.actor()?;
    access::may(&actor, Action::List, &Thing::office())?;
    now.office.unit(unit).ok_or(Refusal::NoSuchUnit(unit))?;
    if !now.office.is_within(unit, actor.unit) {
        return Err(Refusal::NotYourRole { action: Action::List });
    }
    if !campaign.is_about(unit) {
        return Err(Refusal::UnitOutOfScope { unit });
    }
    let open = campaign.self_check.as_ref().filter(|round| !round.closed);
    let round = open.ok_or(Refusal::WrongStage { command, stage: "stage-no-self-check" })?;
    if round.reports.contains_key(&unit) {
        return Err(Refusal::ReportedAlready { unit });
    }
    Ok(())
}

fn adopt(
    draft: &Draft,
    others: &RedBlackTreeMapSync<CampaignId, Arc<Campaign>>,
    now: Circumstances<'_>,
) -> Result<Vec<Event>, Refusal> {
    // On an empty log the plan may come before the staff list, as part of the founding.
    if !(now.is_system() && now.office.is_empty()) {
        access::may(&now.actor()?, Action::RunCampaign, &Thing::office())?;
    }
    let title = draft.title.written("field-title")?;
    if title.text().is_some_and(|text| text.chars().nth(LONGEST_TITLE).is_some()) {
        return Err(Refusal::TooMany { field: "field-title", most: 200 });
    }
    rests_on(&draft.authority, &title)?;
    units_exist(&draft.objects, now)?;
    if let Some(until) = draft.until
        && until < draft.from
    {
        return Err(Refusal::BadPeriod { from: draft.from, until });
    }
    let items = [draft.problems.len(), draft.tasks.len(), draft.stages.len(), draft.seats.len()];
    if items.iter().any(|count| *count > MOST_ITEMS) {
        return Err(Refusal::TooMany { field: "field-tasks", most: 2_000 });
    }
    let mut events = vec![Event::CampaignAdopted {
        on: now.today,
        authority: draft.authority.clone(),
        plan: draft.plan.clone(),
        from: draft.from,
        until: draft.until,
        objects: draft.objects.clone(),
        title,
    }];
    if let Some(with) = overlapping(draft, others, now)? {
        let reason = draft.overlap_reason.as_ref().ok_or(Refusal::Overlap { campaign: with })?;
        events.push(Event::OverlapAccepted { with, reason: reason.written("field-reason")? });
    }
    events.extend(items_of(draft));
    Ok(events)
}

fn items_of(draft: &Draft) -> impl Iterator<Item = Event> {
    let problems = (1..).zip(&draft.problems).map(|(no, item)| Event::ProblemNamed {
        no,
        problem: item.problem,
        span: item.span,
        words: item.words.clone(),
    });
    let tasks = (1..).zip(&draft.tasks).map(|(no, item)| Event::TaskSet {
        no,
        owner: item.owner,
        due: item.due,
        span: item.span,
        words: item.words.clone(),
        lead: item.lead.clone(),
        deliverable: item.deliverable.clone(),
    });
    let stages = (1..).zip(&draft.stages).map(|(no, item)| Event::StageSet {
        no,
        from: item.from,
        until: item.until,
        span: item.span,
        name: item.name.clone(),
    });
    let seats = (1..).zip(&draft.seats).map(|(no, item)| Event::SeatSet {
        no,
        post: item.post,
        role: item.role.clone(),
        who: item.who.clone(),
    });
    problems.chain(tasks).chain(stages).chain(seats)
}

/// 政府督查 needs a designation with its document, scope and period (督查条例 第7条); nothing else
/// may call itself so.
fn rests_on(authority: &Authority, title: &Words) -> Result<(), Refusal> {
    match authority {
        Authority::Designated { document, scope, from, until } => {
            if document.is_blank() || scope.is_blank() {
                return Err(Refusal::DesignationMissing);
            }
            if until < from {
                return Err(Refusal::BadPeriod { from: *from, until: *until });
            }
        }
        Authority::Internal | Authority::Trade | Authority::Fund => {
            if title.text().is_some_and(|text| text.contains(GOVERNMENT_SUPERVISION)) {
                return Err(Refusal::GovernmentSupervisionWord);
            }
        }
    }
    Ok(())
}

/// Same object and same topic within the policy's days (“严禁重复督查、多头督查” 督查条例 第15条).
fn overlapping(
    draft: &Draft,
    others: &RedBlackTreeMapSync<CampaignId, Arc<Campaign>>,
    now: Circumstances<'_>,
) -> Result<Option<CampaignId>, Refusal> {
    let days = i32::from(now.policy()?.overlap_days.value);
    let near = |end: Option<Day>| end.is_none_or(|end| draft.from.since(end) <= days);
    let with = others.iter().find(|(_, other)| {
        let same_object = draft.objects.is_empty()
            || other.objects.is_empty()
            || draft.objects.iter().any(|unit| other.objects.contains(unit));
        let same_topic = draft.problems.iter().any(|mine| {
            mine.problem.is_some() && other.problems.iter().any(|its| its.problem == mine.problem)
        });
        same_object && same_topic && near(other.closed_on.or(other.until))
    });
    Ok(with.map(|(id, _)| *id))
}
