//! Lists, beside a plain scan of all matters.

use crate::offered::adopt;
use crate::random::{Chance, Play};
use crate::world::World;
use rules::access::{Action, may};
use rules::calendar::Day;
use rules::ids::{CampaignId, MatterId, PostId, UnitId};
use rules::light::{Light, Outlook, outlook};
use rules::matter::{Matter, Remedy, Source, Stage};
use rules::posts::Actor;
use rules::query::{Cursor, Found, Query, Sort, Standing, find};
use rules::record::By;
use rules::register::Register;
use rules::signal::ProblemCode;
use std::collections::{BTreeMap, BTreeSet};

/// What the register must have noted, kept by the test itself.
type Changed = BTreeMap<MatterId, Day>;

fn remedy(matter: &Matter) -> Option<Remedy> {
    if let Stage::Closed { answers, .. } | Stage::Consolidated { answers } = &matter.stage {
        return Some(answers.remedy);
    }
    matter.duty().map(|duty| duty.remedy)
}

fn due(matter: &Matter) -> Option<Day> {
    matter.duty().map(|duty| duty.term.due())
}

fn is_in(register: &Register, unit: UnitId, outer: UnitId) -> bool {
    let mut at = Some(unit);
    while let Some(unit) = at {
        if unit == outer {
            return true;
        }
        at = register.office().unit(unit).and_then(|unit| unit.parent);
    }
    false
}

fn fits(register: &Register, query: &Query, id: MatterId, today: Day) -> bool {
    let matter = register.matter(id).expect("a matter");
    let text = query.text.trim();
    let title = matter.title.text().unwrap_or_default();
    query.light.is_none_or(|light| register.light(id, today) == Some(light))
        && (text.is_empty() || title.contains(text) || id.to_string().contains(text))
        && query.unit.is_none_or(|unit| is_in(register, matter.unit, unit))
        && query.post.is_none_or(|post| matter.owner() == Some(post))
        && query.problem.is_none_or(|problem| matter.problem == problem)
        && query.remedy.is_none_or(|asked| remedy(matter) == Some(asked))
        && query.source.is_none_or(|source| matter.source == source)
        && query.stage.is_none_or(|stage| matter.stage.code() == stage)
        && query.campaign.is_none_or(|campaign| matter.campaign == Some(campaign))
        && query.due_before.is_none_or(|day| due(matter).is_some_and(|due| due < day))
}

/// The place of a matter in an order: ascending, its number last.
fn place(register: &Register, query: &Query, id: MatterId, today: Day) -> Vec<i64> {
    let matter = register.matter(id).expect("a matter");
    let number = |day: Day| i64::from(day.number());
    let mut place = match query.sort {
        Sort::Urgency => urgency(register, id, today),
        Sort::Number => vec![],
        Sort::Problem => {
            let known = ProblemCode::all().position(|known| known == matter.problem);
            vec![i64::try_from(known.expect("a problem")).expect("small")]
        }
        Sort::Unit => vec![i64::from(matter.unit.0)],
        Sort::Stage => {
            let known = Stage::CODES.iter().position(|code| *code == matter.stage.code());
            vec![i64::try_from(known.expect("a stage")).expect("small")]
        }
        Sort::Due => vec![due(matter).map_or(0, number)],
        Sort::Changed => vec![number(register.changed_on(id).expect("a day"))],
    };
    place.push(i64::from(id.0));
    if query.descending {
        place = place.into_iter().map(|part| -part).collect();
    }
    if query.sort == Sort::Due {
        place.insert(0, i64::from(due(matter).is_none()));
    }
    place
}

fn urgency(register: &Register, id: MatterId, today: Day) -> Vec<i64> {
    const ORDER: [Standing; 7] = [
        Standing::Overdue,
        Standing::Near,
        Standing::OnPlan,
        Standing::WithCheckers,
        Standing::Pending,
        Standing::Closed,
        Standing::Ended,
    ];
    let matter = register.matter(id).expect("a matter");
    let standing = Standing::of(&matter.stage, register.light(id, today));
    let rank = ORDER.iter().position(|known| *known == standing).expect("a standing");
    let number = |day: Option<Day>| day.map_or(i64::MAX, |day| i64::from(day.number()));
    let works = matches!(standing, Standing::Overdue | Standing::Near | Standing::OnPlan);
    let policy = register.policy().expect("a policy");
    let near = match outlook(&matter.stage, register.calendar(), policy) {
        Outlook::Turns(turns) if works => number(turns.blue.into_iter().chain(turns.yellow).min()),
        Outlook::Turns(_) | Outlook::Grey | Outlook::Dark => 0,
    };
    vec![i64::try_from(rank).expect("small"), number(due(matter)), near]
}

fn scan(register: &Register, query: &Query, actor: &Actor<'_>, today: Day) -> Found {
    let mut standings = [0; 7];
    let mut rows = vec![];
    for (id, matter) in register.matters() {
        if may(actor, Action::See, &matter.thing()).is_err() || !fits(register, query, id, today) {
            continue;
        }
        let standing = Standing::of(&matter.stage, register.light(id, today));
        let at = Standing::ALL.iter().position(|known| *known == standing).expect("a standing");
        standings[at] += 1;
        if query.standing.is_none_or(|asked| asked == standing) {
            rows.push(id);
        }
    }
    rows.sort_by_key(|id| place(register, query, *id, today));
    Found { total: rows.len(), rows, standings, next: None }
}

fn maybe<T: Copy>(chance: &mut Chance, one_in: u64, list: &[T]) -> Option<T> {
    chance.one_in(one_in).then(|| *chance.of(list))
}

/// A query for something that there is, mostly; `few` filters or many.
fn any_query(chance: &mut Chance, world: &World, today: Day) -> Query {
    let office = world.register.office();
    let units: Vec<UnitId> = office.units().map(|(id, _)| id).collect();
    let posts: Vec<PostId> = office.posts().map(|(id, _)| id).collect();
    let owners: Vec<PostId> =
        world.register.matters().filter_map(|(_, matter)| matter.owner()).collect();
    let problems: Vec<ProblemCode> = ProblemCode::all().collect();
    let used: Vec<ProblemCode> =
        world.register.matters().map(|(_, matter)| matter.problem).collect();
    let few = *chance.of(&[4, 12, 30]);
    let text =
        maybe(chance, few * 2, &["窗口", "跑", " 证明 ", "1", "2", "x", "windows", "无此事"]);
    let due: Vec<Day> = (-20..40).map(|days| today.plus(days * 2)).collect();
    let post = if owners.is_empty() { &posts } else { &owners };
    let problem = if chance.one_in(3) || used.is_empty() { &problems } else { &used };
    Query {
        text: text.unwrap_or_default().to_owned(),
        standing: maybe(chance, 3, &Standing::ALL),
        light: maybe(chance, few * 2, &Light::ALL),
        unit: maybe(chance, few, &units),
        post: maybe(chance, few, post),
        problem: maybe(chance, few, problem),
        remedy: maybe(chance, few * 2, &Remedy::ALL),
        source: maybe(chance, few * 2, &Source::ALL),
        stage: maybe(chance, few, &Stage::CODES),
        campaign: maybe(chance, few * 2, &[CampaignId(1), CampaignId(2)]),
        due_before: maybe(chance, few, &due),
        sort: if chance.one_in(2) { Sort::Urgency } else { *chance.of(&Sort::ALL) },
        descending: chance.one_in(3),
        after: None,
        limit: usize::from(1 + chance.small(9)),
    }
}

/// Pages through a query, and compares with the scan.
fn same(register: &Register, query: &Query, actor: &Actor<'_>, today: Day) -> Found {
    let whole = scan(register, query, actor, today);
    let mut rows = vec![];
    let mut query = query.clone();
    loop {
        let found = find(register, &query, actor, today);
        assert_eq!(found.total, whole.total, "{query:?} {actor:?} {today}");
        assert_eq!(found.standings, whole.standings, "{query:?} {actor:?} {today}");
        assert!(found.rows.len() <= query.limit);
        rows.extend(&found.rows);
        let Some(next) = found.next else { break };
        assert_eq!(found.rows.len(), query.limit, "a page before the last is full");
        assert_eq!(Some(&next.matter()), rows.last());
        let text = next.to_text();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        assert!(text.chars().all(plain), "{text}");
        assert_eq!(Cursor::parse(&text), Some(next));
        query.after = Some(next);
    }
    assert_eq!(rows, whole.rows, "{query:?} {actor:?} {today}");
    whole
}

fn somebody<'a>(chance: &mut Chance, register: &'a Register, today: Day) -> Option<Actor<'a>> {
    let posts: Vec<_> = register.office().posts().collect();
    let (id, post) = chance.of(&posts);
    register.office().actor(By::person_at(post.holder(today)?, *id), today).ok()
}

#[test]
fn lists_are_what_a_scan_finds() {
    let mut standings = [0_usize; 7];
    let mut rows = 0;
    for sequence in 0..60 {
        let mut play = Play::founded(sequence);
        adopt(&mut play);
        let mut changed = Changed::new();
        let mut told = play.world.log.len();
        for step in 0..200 {
            match play.chance.below(8) {
                0 => play.list_any(),
                1..=6 => play.advance(),
                _ => play.step(),
            }
            for entry in &play.world.log[told..] {
                if let rules::record::Stream::Matter(id) = entry.stream {
                    changed.insert(id, entry.at.office_day());
                }
            }
            told = play.world.log.len();
            if step % 8 != 7 {
                continue;
            }
            let Play { world, chance, today, .. } = &mut play;
            for (id, day) in &changed {
                assert_eq!(world.register.changed_on(*id), Some(*day));
            }
            for _ in 0..12 {
                // Lists of days to come and days gone by are as right as those of today.
                let day = if chance.one_in(4) {
                    today.plus(i32::from(chance.small(80)) - 20)
                } else {
                    *today
                };
                let query = any_query(chance, world, day);
                let Some(actor) = somebody(chance, &world.register, *today) else { continue };
                let found = same(&world.register, &query, &actor, day);
                rows += found.total;
                for (sum, count) in standings.iter_mut().zip(found.standings) {
                    *sum += count;
                }
            }
        }
    }
    assert!(standings.iter().all(|count| *count > 300), "{standings:?}");
    assert!(rows > 10_000, "{rows}");
}

/// Whoever pages on while rows come and change sees every row that stayed where it was, once.
#[test]
fn a_cursor_outlives_changes() {
    let mut play = Play::founded(7);
    for _ in 0..40 {
        play.list_any();
    }
    let today = play.today;
    let by = play.world.by("局长", today);
    let mut query = Query { sort: Sort::Number, limit: 7, ..Query::default() };
    let mut seen = vec![];
    loop {
        let actor = play.world.register.office().actor(by, today).expect("an actor");
        let found = find(&play.world.register, &query, &actor, today);
        seen.extend(found.rows);
        query.after = found.next;
        if query.after.is_none() {
            break;
        }
        play.list_any();
    }
    assert!(seen.is_sorted() && seen.len() > 20);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
    // A cursor of another order says nothing.
    query.after = Cursor::parse("a1.0.0.0.9");
    let actor = play.world.register.office().actor(by, today).expect("an actor");
    let from_there = find(&play.world.register, &query, &actor, today);
    assert!(from_there.rows.iter().all(|id| id.0 > 9));
    query.sort = Sort::Unit;
    assert_eq!(find(&play.world.register, &query, &actor, today).rows.len(), 7);
}

#[test]
fn only_cursors_are_cursors() {
    for text in
        ["", "a", "a1", "a1.0.0.0", "a1.0.0.0.9.", "a7.0.0.0.1", "x1.0.0.0.1", "a01.0.0.0.1"]
    {
        assert_eq!(Cursor::parse(text), None, "{text}");
    }
    for text in ["a1.0.0.0.-0", "a1.+1.0.0.1", "a1.0.0.0.99999999999999999999"] {
        assert_eq!(Cursor::parse(text), None, "{text}");
    }
    let far = Cursor::parse("d0.9223372036854775807.-9223372036854775808.0.-9223372036854775808");
    assert_eq!(far.map(|cursor| cursor.matter()), Some(MatterId(0)));
}

#[test]
fn every_box_and_order_has_its_words() {
    for lang in [words::Lang::Zh, words::Lang::En] {
        let known: BTreeSet<_> = words::codes(lang).into_iter().collect();
        for standing in Standing::ALL {
            assert_eq!(Standing::ALL[standing.place()], standing);
            assert!(known.contains(standing.code()), "{}", standing.code());
        }
        for sort in Sort::ALL {
            assert!(known.contains(sort.code()), "{}", sort.code());
        }
    }
}
