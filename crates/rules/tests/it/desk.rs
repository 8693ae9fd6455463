//! Desks and charts, beside a plain scan of all matters.

use crate::offered::adopt;
use crate::random::Play;
use crate::world::World;
use rules::access::{Action, may};
use rules::calendar::Day;
use rules::desk::{Queue, Waiting, desk};
use rules::ids::{CampaignId, MatterId, PostId};
use rules::light::Light;
use rules::matter::{Matter, Stage};
use rules::posts::Actor;
use rules::query::{Query, Sort, Standing, by_post, find};
use rules::record::By;
use rules::register::Register;
use rules::role::Role;
use rules::signal::ProblemCode;
use std::collections::BTreeMap;

/// The queue in which a matter waits for this actor, and until when.
fn waits(matter: &Matter, actor: &Actor<'_>, today: Day) -> Option<(Queue, Option<Day>)> {
    let end = matter.duty().map(|duty| duty.term.due());
    let own = matter.owner() == Some(actor.acts_as());
    let (queue, day, his) = match &matter.stage {
        Stage::Listed => (Queue::Confirm, None, true),
        Stage::Confirmed => (Queue::HandOut, None, true),
        Stage::Assigned { sign, .. } => (Queue::Sign, Some(sign.due()), own),
        Stage::Returned { .. } => (Queue::Returned, end, true),
        Stage::Accepted { plan, .. } => (Queue::Measure, Some(plan.due()), own),
        Stage::Planned { .. } | Stage::Rectifying { .. } => (Queue::Work, end, own),
        Stage::Reported { check, .. } => (Queue::NameCheckers, Some(check.due()), true),
        Stage::UnderCheck { check, checkers, passed, .. } => {
            let asked = checkers.contains(&actor.acts_as());
            (Queue::Check, Some(check.due()), asked && !passed.contains(&actor.person))
        }
        Stage::Passed { duty } => (Queue::Close, end, duty.assigner_rank <= actor.rank),
        Stage::Closed { look, .. } => (Queue::LookBack, Some(look.due()), look.due() <= today),
        Stage::NotUpheld
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => return None,
    };
    his.then_some((queue, day))
}

fn action(queue: Queue) -> Action {
    match queue {
        Queue::Sign | Queue::Measure | Queue::Work => Action::Own,
        Queue::Check | Queue::LookBack => Action::Check,
        Queue::Close => Action::Close,
        Queue::Returned | Queue::Confirm | Queue::HandOut | Queue::NameCheckers => Action::Steer,
    }
}

fn scan(register: &Register, actor: &Actor<'_>, today: Day, most: usize) -> Vec<Waiting> {
    let mut all: BTreeMap<Queue, Vec<(Option<Day>, MatterId)>> = BTreeMap::new();
    for (id, matter) in register.matters() {
        let Some((queue, day)) = waits(matter, actor, today) else { continue };
        let action = action(queue);
        let may = |action| may(actor, action, &matter.thing()).is_ok();
        let sees = action == Action::Own || may(Action::See);
        // Leaders are not kept waiting by the office's daily work.
        let has = |role| actor.roles.contains(&role);
        let leads = has(Role::GroupHead) || has(Role::DeputyInCharge);
        if leads
            && !has(Role::CampaignOffice)
            && matches!(queue, Queue::Confirm | Queue::HandOut | Queue::NameCheckers)
        {
            continue;
        }
        if actor.may_ever(action) && may(action) && sees {
            all.entry(queue).or_default().push((day, id));
        }
    }
    let waiting = all.into_iter().map(|(queue, mut rows)| {
        let total = rows.len();
        rows.sort();
        rows.truncate(most);
        Waiting { queue, rows: rows.into_iter().map(|(_, id)| id).collect(), total }
    });
    waiting.collect()
}

fn standings(register: &Register, today: Day) -> BTreeMap<PostId, [usize; 7]> {
    let mut all: BTreeMap<PostId, [usize; 7]> = BTreeMap::new();
    for (id, matter) in register.matters().filter(|(_, matter)| !matter.sealed) {
        let standing = Standing::of(&matter.stage, register.light(id, today));
        if let Some(owner) = matter.owner() {
            all.entry(owner).or_default()[standing.place()] += 1;
        }
    }
    all
}

/// Charts count what a scan counts.
fn charts(register: &Register, today: Day) -> usize {
    let wanted = standings(register, today);
    let mut sum = 0;
    for (post, found) in by_post(register, today) {
        assert_eq!(found, wanted.get(&post).copied().unwrap_or_default(), "{post}");
        sum += found.iter().sum::<usize>();
    }
    let open = || register.matters().map(|(_, matter)| matter).filter(|matter| !matter.sealed);
    assert_eq!(register.relapsed(), open().filter(|matter| matter.relapses > 0).count());
    for problem in ProblemCode::all() {
        let since = today.plus(-3);
        let mut days: BTreeMap<Day, usize> = BTreeMap::new();
        for matter in open().filter(|one| one.problem == problem && since <= one.listed_on) {
            *days.entry(matter.listed_on).or_default() += 1;
        }
        assert_eq!(register.found(problem, since).collect::<BTreeMap<_, _>>(), days);
    }
    sum
}

/// A register folded from the whole log at once answers like the one that has grown.
fn folded_at_once(world: &World, day: Day) {
    let mut folded = Register::folding();
    for entry in &world.log {
        folded.apply(entry).expect("a history");
    }
    folded.end_folding();
    let grown = &world.register;
    for (id, post) in grown.office().posts() {
        let Some(by) = post.holder(day).map(|person| By::person_at(person, id)) else { continue };
        let Ok(actor) = grown.office().actor(by, day) else { continue };
        assert_eq!(desk(&folded, &actor, day, 9), desk(grown, &actor, day, 9));
        for sort in Sort::ALL {
            let query = Query { sort, limit: 50, ..Query::default() };
            let found = find(&folded, &query, &actor, day);
            assert_eq!(found, find(grown, &query, &actor, day), "{sort:?}");
        }
        assert!(folded.owned_by(id).eq(grown.owned_by(id)));
    }
    assert_eq!(folded.day_pass(day), grown.day_pass(day));
    assert!(by_post(&folded, day).eq(by_post(grown, day)));
    let open = |register: &Register| register.open_in(CampaignId(1));
    assert_eq!((open(&folded), folded.relapsed()), (open(grown), grown.relapsed()));
}

#[test]
fn desks_and_charts_are_what_a_scan_finds() {
    let (mut totals, mut cut, mut red, mut owned) = (BTreeMap::new(), 0, 0, 0);
    for sequence in 0..40 {
        let mut play = Play::founded(sequence);
        adopt(&mut play);
        for step in 0..240 {
            match play.chance.below(8) {
                0 => play.list_any(),
                1..=6 => play.advance(),
                _ => play.step(),
            }
            if step % 6 != 5 {
                continue;
            }
            let (register, today) = (&play.world.register, play.today);
            let day = today.plus(i32::from(play.chance.small(90)));
            for (id, post) in register.office().posts() {
                let Some(person) = post.holder(today) else { continue };
                let by = By::person_at(person, id);
                let Ok(actor) = register.office().actor(by, today) else { continue };
                let most = usize::from(play.chance.small(4));
                let wanted = scan(register, &actor, day, most);
                assert_eq!(desk(register, &actor, day, most), wanted, "{sequence} {step} {id}");
                for one in wanted {
                    *totals.entry(one.queue).or_insert(0) += one.total;
                    cut += usize::from(one.rows.len() < one.total);
                }
            }
            owned += charts(register, day);
            if step % 60 == 59 {
                folded_at_once(&play.world, day);
            }
            red += register
                .matters()
                .filter(|(id, _)| register.light(*id, day) == Some(Light::Red))
                .count();
        }
    }
    assert!(Queue::ALL.iter().all(|queue| totals.get(queue) > Some(&20)), "{totals:?}");
    assert!(cut > 100 && red > 100 && owned > 1000, "{cut} {red} {owned}");
}
