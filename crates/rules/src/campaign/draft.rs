//! From a plan as read to a draft that a person may adopt. Names of units become posts where the
//! office knows exactly one that answers for the unit; nothing else is guessed.

use super::{Authority, Draft, GroupSeat, NamedProblem, PlanStage, Span, Task};
use crate::calendar::Day;
use crate::ids::{PostId, UnitId};
use crate::matter::Proof;
use crate::plan::{Item, Kind, Plan};
use crate::posts::Office;
use crate::signal::ProblemCode;
use crate::text::Words;
use alloc::string::String;

/// Words of one field of a leaf's disclosure; a paragraph of a plan is far shorter.
const LONGEST: usize = 8_000;

/// Drafts a campaign from `plan`, whose kept file is `kept`, to be adopted on `today`.
pub fn draft(plan: &Plan, kept: Proof, today: Day, office: &Office) -> Draft {
    let of = |kind| plan.items.iter().filter(move |item| item.kind == kind);
    let stages = of(Kind::Stage).map(stage_of);
    let title = plan.doc.title.as_deref().or_else(|| first_line(&plan.text)).unwrap_or_default();
    let until = of(Kind::Stage).flat_map(|item| &item.fields.by).map(|by| by.day).max();
    let from = of(Kind::Stage).filter_map(|item| item.fields.from).min().unwrap_or(today);
    Draft {
        title: words(title, 200),
        authority: Authority::Internal,
        plan: kept,
        from,
        until: until.filter(|until| from <= *until),
        objects: alloc::vec![],
        problems: of(Kind::Problem).map(problem_of).collect(),
        tasks: of(Kind::Task).map(|item| task_of(item, office)).collect(),
        stages: stages.collect(),
        seats: of(Kind::Role).map(|item| seat_of(item, office)).collect(),
        overlap_reason: None,
    }
}

fn first_line(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find(|line| !line.is_empty())
}

fn words(text: &str, most: usize) -> Words {
    Words::new(text.chars().take(most).collect::<String>())
}

fn span(item: &Item) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { from: place(item.start), to: place(item.end) }
}

fn problem_of(item: &Item) -> NamedProblem {
    let problem = item.problem_code.and_then(ProblemCode::parse);
    NamedProblem { problem, words: words(&item.text, LONGEST), span: span(item) }
}

fn task_of(item: &Item, office: &Office) -> Task {
    let fields = &item.fields;
    // Where the text does not part leading from co-operating units, the first one named leads.
    let leads = if fields.lead.is_empty() { &fields.resp } else { &fields.lead };
    let lead = leads.first().or_else(|| item.default_units.first());
    Task {
        words: words(&item.text, LONGEST),
        lead: words(lead.map_or("", String::as_str), LONGEST),
        owner: lead.and_then(|name| post_answering_for(name, office)),
        due: fields.by.iter().map(|by| by.day).max(),
        deliverable: words(&fields.deliverable.join("、"), LONGEST),
        span: span(item),
    }
}

fn stage_of(item: &Item) -> PlanStage {
    PlanStage {
        name: words(item.fields.name.as_deref().unwrap_or(&item.text), LONGEST),
        from: item.fields.from,
        until: item.fields.by.iter().map(|by| by.day).max(),
        span: span(item),
    }
}

fn seat_of(item: &Item, office: &Office) -> GroupSeat {
    let who = item.fields.who.as_deref().unwrap_or_default();
    GroupSeat {
        role: words(item.fields.role.as_deref().unwrap_or_default(), LONGEST),
        who: words(who, LONGEST),
        post: office.post_called(who, None).or_else(|| post_answering_for(who, office)),
    }
}

/// The post that answers for the unit called `name`: the highest post of that unit, if it is
/// the only one of its rank.
pub fn post_answering_for(name: &str, office: &Office) -> Option<PostId> {
    let unit: UnitId = office.unit_called(name)?;
    let mut of_unit: alloc::vec::Vec<_> =
        office.posts().filter(|(_, post)| post.unit == unit).collect();
    of_unit.sort_by_key(|(id, post)| (core::cmp::Reverse(post.rank), *id));
    let (first, post) = of_unit.first()?;
    let alone = of_unit.get(1).is_none_or(|(_, next)| next.rank < post.rank);
    alone.then_some(*first)
}
