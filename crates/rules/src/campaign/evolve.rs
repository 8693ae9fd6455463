//! Applies what happened to a campaign. Judges nothing.

use super::{Campaign, Event, GroupSeat, NamedProblem, PlanStage, Report, SelfCheck, Task};
use crate::refusal::BrokenHistory;
use alloc::vec;
use rpds::RedBlackTreeMapSync;

/// Applies one event (`None`: the campaign is not adopted yet).
pub fn evolve(before: Option<Campaign>, event: &Event) -> Result<Campaign, BrokenHistory> {
    let Some(mut campaign) = before else {
        let Event::CampaignAdopted { authority, from, until, objects, title, .. } = event else {
            return Err(BrokenHistory::at("stage-none", tag(event)));
        };
        return Ok(Campaign {
            title: title.clone(),
            authority: authority.clone(),
            from: *from,
            until: *until,
            objects: objects.clone(),
            problems: vec![],
            tasks: vec![],
            stages: vec![],
            seats: vec![],
            self_check: None,
            closed_on: None,
        });
    };
    let broken = BrokenHistory::at("stage-campaign-running", tag(event));
    match event {
        Event::CampaignAdopted { .. } => return Err(broken),
        Event::OverlapAccepted { .. } => {}
        Event::ProblemNamed { problem, span, words, .. } => {
            let named = NamedProblem { problem: *problem, words: words.clone(), span: *span };
            campaign.problems.push(named);
        }
        Event::TaskSet { owner, due, span, words, lead, deliverable, .. } => {
            campaign.tasks.push(Task {
                words: words.clone(),
                lead: lead.clone(),
                owner: *owner,
                due: *due,
                deliverable: deliverable.clone(),
                span: *span,
            });
        }
        Event::StageSet { from, until, span, name, .. } => {
            let stage = PlanStage { name: name.clone(), from: *from, until: *until, span: *span };
            campaign.stages.push(stage);
        }
        Event::SeatSet { post, role, who, .. } => {
            let seat = GroupSeat { role: role.clone(), who: who.clone(), post: *post };
            campaign.seats.push(seat);
        }
        Event::SelfCheckOpened { due, .. } => {
            let reports = RedBlackTreeMapSync::new_sync();
            campaign.self_check = Some(SelfCheck { due: *due, reports, closed: false });
        }
        Event::UnitReported { unit, problems, .. } => {
            let round = campaign.self_check.as_mut().ok_or(broken)?;
            round.reports.insert_mut(*unit, Report::Problems(problems.clone()));
        }
        Event::UnitReportedNone { unit, .. } => {
            let round = campaign.self_check.as_mut().ok_or(broken)?;
            round.reports.insert_mut(*unit, Report::None);
        }
        Event::SelfCheckClosed { .. } => {
            campaign.self_check.as_mut().ok_or(broken)?.closed = true;
        }
        Event::ScopeChanged { objects, .. } => campaign.objects.clone_from(objects),
        Event::CampaignClosed { on, .. } => campaign.closed_on = Some(*on),
    }
    Ok(campaign)
}

fn tag(event: &Event) -> &'static str {
    match event {
        Event::CampaignAdopted { .. } => "campaign_adopted",
        Event::OverlapAccepted { .. } => "overlap_accepted",
        Event::ProblemNamed { .. } => "problem_named",
        Event::TaskSet { .. } => "task_set",
        Event::StageSet { .. } => "stage_set",
        Event::SeatSet { .. } => "seat_set",
        Event::SelfCheckOpened { .. } => "self_check_opened",
        Event::UnitReported { .. } => "unit_reported",
        Event::UnitReportedNone { .. } => "unit_reported_none",
        Event::SelfCheckClosed { .. } => "self_check_closed",
        Event::ScopeChanged { .. } => "scope_changed",
        Event::CampaignClosed { .. } => "campaign_closed",
    }
}
