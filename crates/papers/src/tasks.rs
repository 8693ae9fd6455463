//! 任务分解表: what each campaign's plan set as tasks, one sheet for each campaign.

use crate::NotMade;
use crate::book::{Book, Written};
use crate::cell::Cell;
use crate::column::TASKS;
use crate::row::{post_and_holder, section_of, written};
use rules::calendar::Day;
use rules::campaign::{Campaign, PlanStage, Task};
use rules::ids::CampaignId;
use rules::register::Register;

/// Writes the sheets; says each one's name, rows and the title of its campaign.
pub(crate) fn sheets(
    register: &Register,
    today: Day,
    book: &mut Book,
) -> Result<Vec<(Written, String)>, NotMade> {
    let mut all = Vec::new();
    let only_one = register.campaigns().size() == 1;
    for (id, campaign) in register.campaigns() {
        let title = written(book, &campaign.title);
        let name = if only_one {
            book.word(TASKS.name)
        } else {
            // A title may be longer than a sheet's name, and hold what a name may not.
            book.say("tasks-sheet-of", &[("campaign", id.to_string())])
        };
        let mut pages = book.pages(TASKS, name)?;
        for (no, task) in (1..).zip(&campaign.tasks) {
            let cells = cells(pages.book(), register, today, (*id, campaign), (no, task));
            pages.push(cells)?;
        }
        all.extend(pages.finish()?.into_iter().map(|written| (written, title.clone())));
    }
    Ok(all)
}

/// The cells in the order of [`TASKS`].
fn cells(
    book: &Book,
    register: &Register,
    today: Day,
    (id, campaign): (CampaignId, &Campaign),
    (no, task): (u32, &Task),
) -> [Cell; 12] {
    // What the plan says of the lead stands first; where it says nothing, the owner's section.
    let lead = task.lead.text().filter(|lead| !lead.trim().is_empty()).map(str::to_owned);
    let lead = lead.or_else(|| task.owner.and_then(|post| section_of(book, register, post)));
    let owner = task.owner.and_then(|post| post_and_holder(book, register, post, today));
    let stage = task.due.and_then(|due| stage_of(campaign, due));
    [
        Cell::Number(no),
        Cell::Text(written(book, &task.words)),
        Cell::Blank,
        Cell::text(task.deliverable.text().filter(|text| !text.is_empty())),
        Cell::Blank,
        lead.clone().map_or(Cell::Blank, Cell::Text),
        Cell::Blank,
        owner.clone().map_or(Cell::Blank, Cell::Text),
        Cell::day(task.due),
        stage.map_or(Cell::Blank, |stage| Cell::Text(written(book, &stage.name))),
        remark(book, task, lead.is_some() || owner.is_some()),
        Cell::Text(format!("campaign/{id}/task/{no}")),
    ]
}

/// What the plan left open: without it nobody can be held to the task.
fn remark(book: &Book, task: &Task, has_owner: bool) -> Cell {
    let deliverable = task.deliverable.text().is_none_or(|text| !text.trim().is_empty());
    let missing: Vec<String> = [
        (has_owner, "tasks-no-owner"),
        (task.due.is_some(), "tasks-no-due"),
        (deliverable, "tasks-no-deliverable"),
    ]
    .into_iter()
    .filter(|(there, _)| !there)
    .map(|(_, code)| book.word(code))
    .collect();
    if missing.is_empty() { Cell::Blank } else { Cell::Text(missing.join("\n")) }
}

/// The stage of the plan in which a day lies.
fn stage_of(campaign: &Campaign, day: Day) -> Option<&PlanStage> {
    campaign.stages.iter().find(|stage| {
        stage.from.is_none_or(|from| from <= day)
            && stage.until.is_none_or(|until| day <= until)
            && (stage.from.is_some() || stage.until.is_some())
    })
}
