//! What is erased changes nothing but texts, and what is restricted is not seen.

use crate::promises;
use crate::world::{FOUNDED, World, day};
use rules::Refusal;
use rules::access::Marking;
use rules::calendar::Day;
use rules::erasure::{Command as Deal, Ground, Stage, Subject};
use rules::ids::{ErasureId, MatterId, PersonId};
use rules::matter::{self, Source};
use rules::query::{Query, find};
use rules::record::{By, Command, Stream};
use rules::signal::ProblemCode;
use rules::text::Words;

const MARK: &str = "张三的电话";

fn list(world: &mut World, post: &str, source: Source, title: &str) -> MatterId {
    let today = day(FOUNDED);
    let unit = world.register.office().unit_called("窗口科").expect("a unit");
    let list = matter::Command::List {
        campaign: None,
        problem: ProblemCode::parse("P32").expect("a code"),
        unit,
        source,
        marking: Marking::Internal,
        title: Words::new(title),
        detail: Words::new("详情"),
    };
    let id = world.register.next_matter();
    let by = world.by(post, today);
    world.submit(by, today, &Command::Matter(None, list)).expect("a matter");
    id
}

fn act(world: &mut World, post: &str, id: MatterId, command: matter::Command) {
    let today = day(FOUNDED);
    let by = world.by(post, today);
    world.submit(by, today, &Command::Matter(Some(id), command)).expect("a step");
}

fn cancel(world: &mut World, id: MatterId) {
    act(world, "副局长", id, matter::Command::Cancel { reason: Words::new("查重") });
}

fn on(world: &mut World, by: By, today: Day, id: Option<u32>, deal: Deal) -> Result<(), Refusal> {
    world.submit(by, today, &Command::Erasure(id.map(ErasureId), deal)).map(drop)
}

fn ask(world: &mut World, post: &str, subject: Subject, ground: Ground) -> Result<u32, Refusal> {
    let (today, no) = (day(FOUNDED), world.register.next_erasure());
    let by = world.by(post, today);
    let reason = Words::new("本人要求");
    on(world, by, today, None, Deal::Ask { subject, ground, reason }).map(|()| no.0)
}

fn decide(world: &mut World, post: &str, id: u32, deal: Deal) -> Result<(), Refusal> {
    let today = day(FOUNDED);
    let by = world.by(post, today);
    on(world, by, today, Some(id), deal)
}

fn reason() -> Words {
    Words::new("理由")
}

/// Everything that a reader of lists could find.
fn found(world: &World, text: &str) -> usize {
    let query = Query { text: text.to_owned(), ..Query::default() };
    let today = day(FOUNDED);
    let actor =
        world.register.office().actor(world.by("督查科长", today), today).expect("an actor");
    find(&world.register, &query, &actor, today).total
}

#[test]
fn a_restricted_matter_goes_on_and_shows_no_text() {
    let mut world = World::founded();
    let id = list(&mut world, "督查科长", Source::SelfCheck, MARK);
    let before = promises::bones(&world.register, day(FOUNDED));
    let no = ask(&mut world, "督查科长", Subject::Matter(id), Ground::ConsentWithdrawn).unwrap();
    assert_eq!(found(&world, "张三"), 1);
    assert_eq!(
        decide(&mut world, "安全管理岗", no, Deal::Approve),
        Err(Refusal::LegalHold),
        "an open matter is only restricted"
    );
    decide(&mut world, "安全管理岗", no, Deal::Restrict { reason: reason() }).unwrap();
    let title = |world: &World| world.register.matter(id).unwrap().title.clone();
    assert_eq!((title(&world).text(), found(&world, "张三")), (None, 0));
    assert!(title(&world).is_restricted());
    act(&mut world, "督查科长", id, matter::Command::Confirm { note: reason() });
    assert!(title(&world).is_restricted(), "what happens meanwhile shows nothing either");
    decide(&mut world, "安全管理岗", no, Deal::Lift { reason: reason() }).unwrap();
    assert_eq!((title(&world).text(), found(&world, "张三")), (Some(MARK), 1));
    assert_ne!(promises::bones(&world.register, day(FOUNDED)), before, "it was confirmed");
}

/// Erases every matter, and the name of every person, that may be; the others are restricted. How
/// many requests were granted in one way or the other.
pub(crate) fn of_everything(world: &mut World, today: Day) -> usize {
    let holder = |world: &World, name: &str| {
        let post = world.post(name);
        let known = world.register.office().post(post)?;
        known.holder(today).map(|person| By::person_at(person, post))
    };
    let matters = world.register.matters().map(|(id, matter)| (Subject::Matter(id), matter.sealed));
    let mut subjects: Vec<_> = matters.collect();
    subjects.extend((1..=20).map(|person| (Subject::Person(PersonId(person)), false)));
    let mut granted = 0;
    for (subject, sealed) in subjects {
        let asks = holder(world, if sealed { "受理员" } else { "督查科长" });
        let (Some(asks), Some(keeper)) = (asks, holder(world, "安全管理岗")) else { continue };
        let ask = Deal::Ask { subject, ground: Ground::Unlawful, reason: reason() };
        let no = world.register.next_erasure().0;
        if on(world, asks, today, None, ask).is_err() {
            continue;
        }
        let approved = on(world, keeper, today, Some(no), Deal::Approve);
        let restrict = Deal::Restrict { reason: reason() };
        let done = approved.or_else(|_| on(world, keeper, today, Some(no), restrict));
        granted += usize::from(done.is_ok());
    }
    granted
}

/// Approving an erasure changes no stage, day, owner or light of anything.
#[test]
fn what_is_erased_changes_nothing_but_texts() {
    let mut world = World::founded();
    let ids = [MARK, "第二件", "第三件"]
        .map(|title| list(&mut world, "督查科长", Source::SelfCheck, title));
    cancel(&mut world, ids[0]);
    let today = day(FOUNDED);
    let (log, before) = (world.log.len(), promises::bones(&world.register, today));
    for id in ids {
        let no = ask(&mut world, "督查科长", Subject::Matter(id), Ground::Unlawful).unwrap();
        let pending = world.register.matter(id).unwrap().is_pending();
        let deal = if pending { Deal::Restrict { reason: reason() } } else { Deal::Approve };
        decide(&mut world, "安全管理岗", no, deal).unwrap();
    }
    assert_eq!(promises::bones(&world.register, today), before);
    assert_eq!(promises::bones(&promises::erased(&world.log), today), before);
    assert!(world.log.len() > log && found(&world, "件") == 0);
    let due = |ahead: i32| {
        let due = world.register.due_for_erasure(today.plus_months(12 * ahead));
        due.collect::<Vec<_>>()
    };
    assert_eq!((due(9), due(30)), (vec![], vec![]), "nothing is asked about twice");
}

#[test]
fn what_has_ended_falls_due_when_its_retention_is_over() {
    let mut world = World::founded();
    let id = list(&mut world, "督查科长", Source::SelfCheck, MARK);
    let open = list(&mut world, "督查科长", Source::SelfCheck, "未办结");
    cancel(&mut world, id);
    let due = |day: Day| world.register.due_for_erasure(day).collect::<Vec<_>>();
    let until = day(FOUNDED).plus_months(120);
    assert_eq!((due(until), due(until.plus(1))), (vec![], vec![Subject::Matter(id)]));
    assert!(!due(Day::LAST).contains(&Subject::Matter(open)));
}

/// Who asks does not approve, and whom it concerns approves nothing.
#[test]
fn two_persons_are_needed() {
    let mut world = World::founded();
    let id = list(&mut world, "督查科长", Source::SelfCheck, MARK);
    cancel(&mut world, id);
    let ground = Ground::Unlawful;
    let no = ask(&mut world, "安全管理岗", Subject::Matter(id), ground).unwrap();
    let decided = decide(&mut world, "安全管理岗", no, Deal::Approve);
    assert_eq!(decided, Err(Refusal::AskerDecides));
    let keeper = world.by("安全管理岗", day(FOUNDED)).account;
    let no = ask(&mut world, "督查科长", Subject::Person(keeper), ground).unwrap();
    let decided = decide(&mut world, "安全管理岗", no, Deal::Restrict { reason: reason() });
    assert_eq!(decided, Err(Refusal::Recused { person: keeper }));
    let asked = ask(&mut world, "受理员", Subject::Matter(id), ground);
    assert!(matches!(asked, Err(Refusal::NotYourRole { .. })), "{asked:?}");
    let asked = ask(&mut world, "督查科长", Subject::Person(PersonId(99)), ground);
    assert_eq!(asked, Err(Refusal::NoSuchPerson(PersonId(99))));
}

/// Whoever may not know of a sealed matter learns nothing from requests about it.
#[test]
fn a_sealed_matter_is_asked_about_by_those_who_receive_it() {
    let mut world = World::founded();
    let id = list(&mut world, "受理员", Source::Accusation, MARK);
    let ground = Ground::Unlawful;
    let asked = ask(&mut world, "督查科长", Subject::Matter(id), ground);
    assert_eq!(asked, Err(Refusal::NoSuchMatter(id)));
    act(&mut world, "受理员", id, matter::Command::Refute { reason: reason() });
    let no = ask(&mut world, "受理员", Subject::Matter(id), ground).unwrap();
    let decided = decide(&mut world, "督查科长", no, Deal::Approve);
    assert_eq!(decided, Err(Refusal::NoSuchErasure(ErasureId(no))));
    decide(&mut world, "安全管理岗", no, Deal::Approve).unwrap();
    let Stage::Approved { entries, .. } = &world.register.erasure(ErasureId(no)).unwrap().stage
    else {
        panic!("not approved");
    };
    let all = world.log.iter().filter(|entry| entry.stream == Stream::Matter(id));
    assert_eq!(*entries, all.map(|entry| entry.seq).collect::<Vec<_>>());
    let by = world.by("受理员", day(FOUNDED));
    let reopen = Command::Matter(Some(id), matter::Command::Confirm { note: reason() });
    let after = world.submit(by, day(FOUNDED), &reopen);
    assert_eq!(after, Err(Refusal::MatterErased(id)));
}
