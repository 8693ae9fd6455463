//! Every short history: all commands, right and wrong actors, short and long waits, from the
//! beginning and from deeper prefixes; and the picture of the stages, drawn from `decide` itself.

use crate::moves::{self, Move};
use crate::promises::Recounts;
use crate::world::{FOUNDED, World, day};
use rules::calendar::Day;
use rules::ids::MatterId;
use rules::matter::{Command, Event, Remedy, Step};
use rules::record::{self, By, Moment, Now};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The matter that is walked. Number 1 stands beside it, for merging.
const WALKED: MatterId = MatterId(2);
/// Whoever gives a command beside the post that rightly would.
const OTHERS: [&str; 2] = ["兼职核查员", "养老经办"];

#[derive(Clone)]
struct Place {
    world: World,
    recounts: Recounts,
    today: Day,
}

impl Place {
    fn founded() -> Self {
        let mut place =
            Self { world: World::founded(), recounts: Recounts::default(), today: day(FOUNDED) };
        let first = moves::list(&place.world);
        place.give(None, &first).expect("the matter beside");
        place
    }

    fn give(&mut self, id: Option<MatterId>, (post, command): &Move) -> Result<(), rules::Refusal> {
        let by = self.world.by(post, self.today);
        let command = record::Command::Matter(id, command.clone());
        let before = self.world.register.clone();
        let entries = self.world.submit(by, self.today, &command)?;
        self.recounts.take(&entries, self.today, &before);
        self.hold();
        Ok(())
    }

    fn wait(&mut self, days: i32) {
        self.today = self.today.plus(days);
        let before = self.world.register.clone();
        let entries = self.world.morning(self.today);
        self.recounts.take(&entries, self.today, &before);
        self.hold();
    }

    fn hold(&self) {
        self.recounts.agree(&self.world, self.today);
        assert_eq!(self.world.serious(self.today), [""; 0]);
    }

    fn id(&self) -> Option<MatterId> {
        self.world.register.matter(WALKED).map(|_| WALKED)
    }

    fn stage(&self) -> &'static str {
        self.world.register.matter(WALKED).map_or("stage-none", |matter| matter.stage.code())
    }

    fn moves(&self) -> Vec<Move> {
        let listed = self.id().is_some();
        moves::all(&self.world, self.today)
            .into_iter()
            .filter(|(_, command)| listed != matches!(command, Command::List { .. }))
            .collect()
    }
}

/// What a walk has seen.
#[derive(Default)]
struct Seen {
    tags: BTreeSet<&'static str>,
    stages: BTreeSet<&'static str>,
    /// From which stage which command leads to which.
    arrows: BTreeMap<(&'static str, &'static str), BTreeSet<&'static str>>,
    histories: u32,
}

fn walk(place: &Place, depth: u32, seen: &mut Seen) {
    seen.histories += 1;
    seen.stages.insert(place.stage());
    for entry in &place.world.log {
        if let record::Event::Matter(event) = &entry.event {
            seen.tags.insert(event.tag());
        }
    }
    if depth == 0 {
        return;
    }
    for (right, command) in place.moves() {
        for post in [right].into_iter().chain(OTHERS) {
            let mut next = place.clone();
            if next.give(place.id(), &(post, command.clone())).is_err() {
                continue;
            }
            seen.arrows.entry((place.stage(), command.code())).or_default().insert(next.stage());
            walk(&next, depth - 1, seen);
            break;
        }
    }
}

fn walk_with_waits(place: &Place, depth: u32, seen: &mut Seen) {
    for days in [0, 1, 40] {
        let mut later = place.clone();
        if days > 0 {
            later.wait(days);
        }
        walk(&later, depth, seen);
        if depth > 1 {
            for (right, command) in later.moves() {
                let mut next = later.clone();
                if next.give(later.id(), &(right, command)).is_ok() {
                    for days in [1, 40] {
                        let mut later = next.clone();
                        later.wait(days);
                        walk(&later, depth - 1, seen);
                    }
                }
            }
        }
    }
}

/// The way to each place from which a walk starts.
fn prefixes() -> Vec<Place> {
    let start = Place::founded();
    let world = &start.world;
    let (name, checks) = (
        Command::NameCheckers {
            checkers: vec![world.post("党委核查员"), world.post("就业核查员")],
        },
        |holds, straight| moves::check(holds, Step::Rectify, straight),
    );
    let words = || rules::text::Words::new("写明");
    let way = |remedy| {
        vec![
            moves::list(world),
            ("督查科长", Command::Confirm { note: words() }),
            moves::assign(world, "养老科长", remedy, false),
            ("养老科长", Command::Accept),
            ("养老科长", moves::measure(vec![])),
            ("养老科长", moves::report(true)),
            ("督查科长", name.clone()),
            ("党委核查员", checks(true, false)),
            ("就业核查员", checks(true, false)),
            ("督查科长", Command::Close { note: words() }),
        ]
    };
    let mut places = vec![start.clone()];
    for remedy in [Remedy::AtOnce, Remedy::Standing] {
        let mut place = start.clone();
        for step in way(remedy) {
            let id = place.id();
            place.give(id, &step).unwrap_or_else(|refusal| panic!("{refusal:?} at {step:?}"));
            places.push(place.clone());
        }
    }
    // Sent back straight; returned twice; looked back once; relapsed.
    let mut place = places[6].clone();
    place.give(Some(WALKED), &("督查科长", name.clone())).expect("named");
    place.give(Some(WALKED), &("党委核查员", checks(false, true))).expect("sent back");
    places.push(place);
    let mut place = places[3].clone();
    let decline = |to: &str| Command::Decline { proposed: world.post(to), rule: words() };
    place.give(Some(WALKED), &("养老科长", decline("窗口科长"))).expect("returned");
    place
        .give(Some(WALKED), &moves::assign(world, "窗口科长", Remedy::AtOnce, false))
        .expect("assigned");
    place.give(Some(WALKED), &("窗口科长", decline("养老科长"))).expect("returned twice");
    places.push(place);
    let mut place = places[10].clone();
    place.wait(40);
    place
        .give(Some(WALKED), &("党委核查员", Command::LookBack { holds: true, note: words() }))
        .expect("looked back");
    place.wait(60);
    places.push(place);
    places
}

#[test]
fn every_short_history_keeps_the_promises() {
    let mut seen = Seen::default();
    for place in prefixes() {
        walk_with_waits(&place, 2, &mut seen);
    }
    // The calendar moves limits; a walk of commands alone would not show it.
    let mut place = prefixes().swap_remove(4);
    let notice = vec![rules::calendar::NoticeDay {
        day: place.today.plus(2),
        working: false,
        name: "调休".to_owned(),
    }];
    let title = rules::text::Words::new("通知");
    let adopt = rules::basis::Command::AdoptCalendar { days: notice, title };
    let by = place.world.by("督查科长", place.today);
    place.world.submit(by, place.today, &record::Command::Basis(adopt)).expect("adopted");
    place.wait(1);
    walk(&place, 1, &mut seen);

    let missing: Vec<_> = Event::TAGS.iter().filter(|tag| !seen.tags.contains(*tag)).collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
    let stages = rules::matter::Stage::CODES;
    let missing: Vec<_> = stages.iter().filter(|stage| !seen.stages.contains(*stage)).collect();
    assert!(missing.is_empty(), "never stood at: {missing:?}");
    assert!(seen.histories > 10_000, "{} histories", seen.histories);
    println!("{} histories", seen.histories);
}

/// The stage diagram of ARCHITECTURE.md is what `decide` does. `UPDATE=1` writes it anew.
#[test]
fn the_picture_of_the_stages_is_up_to_date() {
    let mut seen = Seen::default();
    for place in prefixes() {
        for days in [0, 40] {
            let mut later = place.clone();
            if days > 0 {
                later.wait(days);
            }
            walk(&later, 2, &mut seen);
        }
    }
    let picture = picture(&seen);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).expect("ARCHITECTURE.md");
    let (begin, end) = ("<!-- stages:begin -->\n", "<!-- stages:end -->");
    let (head, rest) = text.split_once(begin).expect("the mark where it begins");
    let (drawn, tail) = rest.split_once(end).expect("the mark where it ends");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, [head, begin, &picture, end, tail].concat()).expect("written");
        return;
    }
    assert_eq!(drawn, picture, "UPDATE=1 draws it anew");
}

fn picture(seen: &Seen) -> String {
    let name = |code: &str| code.trim_start_matches("stage-").replace('-', "_");
    let mut lines = String::from("```mermaid\nstateDiagram-v2\n");
    for code in rules::matter::Stage::CODES {
        let said = words::say(words::Lang::Zh, code, &[]);
        writeln!(lines, "    {}: {said}", name(code)).expect("written");
    }
    let mut between: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for ((from, command), tos) in &seen.arrows {
        for to in tos.iter().filter(|to| *to != from) {
            let from = if *from == "stage-none" { "[*]".to_owned() } else { name(from) };
            let said = words::say(words::Lang::Zh, command, &[]);
            between.entry((from, name(to))).or_default().push(said);
        }
    }
    for ((from, to), commands) in between {
        writeln!(lines, "    {from} --> {to}: {}", commands.join("、")).expect("written");
    }
    lines.push_str("```\n");
    lines
}

/// People cannot let a day begin, and the system cannot do a person's work.
#[test]
fn the_day_pass_is_nobodys_act() {
    let place = prefixes().swap_remove(3);
    let now = |by| Now { by, today: place.today, at: Moment::at_hour(place.today, 9) };
    let give = |by, command: Command| {
        let command = record::Command::Matter(Some(WALKED), command);
        record::decide(&place.world.register, &command, &now(by)).map(|deeds| deeds.len())
    };
    let person = place.world.by("督查科长", place.today);
    assert_eq!(give(person, Command::DayBegan), Err(rules::Refusal::SystemOnly));
    assert_eq!(give(person, Command::Recount), Err(rules::Refusal::SystemOnly));
    for (_, command) in place.moves() {
        assert_eq!(give(By::SYSTEM, command.clone()), Err(rules::Refusal::NoPost), "{command:?}");
    }
}
