//! Measures lists. `cargo run --release -p bihuan-rules --example lists -- [MATTERS ..]`
//!
//! Builds an invented bureau of 60 sections with so many matters (20,000 and 1,000,000 unless
//! told otherwise), listed over 300 days; four in five have been closed. Then it asks for the
//! first page of 25 in several ways, and says the median and the slowest of some runs.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]

#[path = "../tests/it/world.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod world;

use rules::access::Marking;
use rules::calendar::Day;
use rules::ids::{MatterId, PostId, UnitId};
use rules::light::Light;
use rules::matter::{Command as Deal, Haves, Proof, Remedy, Source, Step};
use rules::posts::StaffLine;
use rules::query::{Query, Sort, Standing, find};
use rules::record::{By, Command, Entry, Moment, Now, Register, decide};
use rules::role::{Rank, Role};
use rules::signal::ProblemCode;
use rules::text::Words;
use rules::{basis, moves, posts};
use std::time::Instant;

const SECTIONS: u32 = 60;
/// Posts of each section: a head, two who handle, one who checks.
const IN_SECTION: [Role; 4] = [Role::Handler, Role::Handler, Role::Handler, Role::Checker];
const RUNS: usize = 41;

fn main() {
    let told: Vec<u32> = std::env::args().skip(1).map(|word| word.parse().unwrap()).collect();
    let sizes = if told.is_empty() { vec![20_000, 1_000_000] } else { told };
    for size in sizes {
        let begun = Instant::now();
        let bureau = Bureau::with(size);
        let (events, seconds) = bureau.folded;
        let rate = f64::from(events) / seconds;
        println!("{size} matters in {:.1} s, folded at {rate:.0} events/s", ms(begun) / 1000.0);
        bureau.measure();
    }
}

struct Bureau {
    register: Register,
    today: Day,
    /// Events folded, and the seconds that took.
    folded: (u32, f64),
}

/// The office, posts 1 and 2, stands before the sections.
fn post_of(section: u32, place: u32) -> PostId {
    PostId(3 + section * 4 + place)
}

fn by(post: PostId) -> By {
    By::person_at(rules::ids::PersonId(post.0), post)
}

impl Bureau {
    fn with(matters: u32) -> Self {
        let first = Day::parse("2026-01-05").unwrap();
        let mut bureau = Self { register: Register::default(), today: first, folded: (0, 0.0) };
        let mut lines = vec![
            line("督查科", "督查科长", Role::CampaignOffice),
            line("局领导", "局长", Role::GroupHead),
        ];
        for section in 0..SECTIONS {
            for (role, place) in IN_SECTION.into_iter().zip(1..) {
                lines.push(line(&format!("{section}科"), &format!("{section}科{place}岗"), role));
            }
        }
        let adopt = basis::Command::AdoptPolicy { policy: Box::new(world::policy()) };
        bureau.give(By::SYSTEM, &Command::Basis(adopt));
        bureau.give(By::SYSTEM, &Command::Office(posts::Command::Enrol { lines }));
        for n in 0..matters {
            let day = i64::from(n) * 300 / i64::from(matters);
            bureau.live(n, first.plus(i32::try_from(day).unwrap()));
        }
        bureau.today = first.plus(300);
        bureau
    }

    fn give(&mut self, by: By, command: &Command) {
        let now = Now { by, today: self.today, at: Moment::at_hour(self.today, 9) };
        let deeds = decide(&self.register, command, &now).unwrap();
        for deed in deeds {
            let (stream, event) = (deed.stream, deed.event);
            let entry = Entry { seq: 0, at: now.at, by: now.by, stream, n: 0, event };
            let begun = Instant::now();
            self.register.apply(&entry).unwrap();
            self.folded.0 += 1;
            self.folded.1 += begun.elapsed().as_secs_f64();
        }
    }

    /// The life of one matter: four in five are closed, the rest stop on their way.
    fn live(&mut self, n: u32, day: Day) {
        // A small mixer, so that units, problems and lives do not go in step.
        let mixed = n.wrapping_mul(2_654_435_761) >> 7;
        let section = mixed % SECTIONS;
        let owner = post_of(section, mixed / 64 % 3);
        let checks = [1, 2].map(|by| post_of((section + by) % SECTIONS, 3));
        self.today = day;
        let office = PostId(1);
        let words = || Words::new("x");
        let proof = || Proof::Record { system: words(), reference: words() };
        self.give(by(office), &Command::Matter(None, listed(n, mixed, section)));
        let haves = Haves {
            rule: words(),
            procedure: words(),
            standard: words(),
            checking: checks[0],
            evidence: words(),
        };
        let remedy = Remedy::ALL[(mixed % 3) as usize];
        let assign = Deal::Assign { to: owner, remedy, until: None, haves, designate: false };
        let measure = Deal::SetMeasure {
            cause: words(),
            measure: words(),
            standard: words(),
            milestones: vec![],
        };
        let check = || Deal::Check {
            holds: true,
            findings: words(),
            back_to: Step::Rectify,
            straight: false,
        };
        let percent = u8::try_from(mixed % 10 * 10).unwrap();
        let mechanism = Some(proof());
        let steps = [
            (office, 0, Deal::Confirm { note: words() }),
            (office, 1, assign),
            (owner, 1, Deal::Accept),
            (owner, 3, measure),
            (owner, 9, Deal::Progress { percent, note: words() }),
            (
                owner,
                14,
                Deal::ReportDone { proof: proof(), more: vec![], mechanism, note: words() },
            ),
            (office, 15, Deal::NameCheckers { checkers: checks.to_vec() }),
            (checks[0], 16, check()),
            (checks[1], 17, check()),
            (PostId(2), 19, Deal::Close { note: words() }),
        ];
        // A work secret goes no further than its owner: the checkers may not see it.
        let most = match (n % 200, n % 5) {
            (0, _) => 5,
            (_, 0) => (mixed / 32 % 9) as usize,
            _ => steps.len(),
        };
        for (post, after, deal) in steps.into_iter().take(most) {
            self.today = day.plus(after);
            self.give(by(post), &Command::Matter(Some(MatterId(n + 1)), deal));
        }
    }

    fn measure(&self) {
        let today = self.today;
        let section = UnitId(4 + 7);
        let post = post_of(7, 1);
        let page = || Query { limit: 25, ..Query::default() };
        let problem = ProblemCode::parse("P32");
        let overdue = Some(Standing::Overdue);
        let queries = [
            ("no filter", page()),
            ("overdue", Query { standing: overdue, ..page() }),
            ("near", Query { standing: Some(Standing::Near), ..page() }),
            ("closed", Query { standing: Some(Standing::Closed), ..page() }),
            ("post, overdue", Query { post: Some(post), standing: overdue, ..page() }),
            (
                "unit, stage",
                Query { unit: Some(section), stage: Some("stage-rectifying"), ..page() },
            ),
            ("unit, closed", Query { unit: Some(section), stage: Some("stage-closed"), ..page() }),
            ("whole bureau", Query { unit: Some(UnitId(1)), ..page() }),
            ("problem, due", Query { problem, due_before: Some(today.plus(14)), ..page() }),
            ("light yellow", Query { light: Some(Light::Yellow), ..page() }),
            ("post, problem", Query { post: Some(post), problem, ..page() }),
            ("by last action", Query { sort: Sort::Changed, descending: true, ..page() }),
            ("by number", Query { sort: Sort::Number, ..page() }),
            ("text, rare", Query { text: "第777件".to_owned(), ..page() }),
            ("text, common", Query { text: "来回跑".to_owned(), ..page() }),
            ("text, digits", Query { text: "77".to_owned(), ..page() }),
        ];
        let chief = by(PostId(1));
        let actor = self.register.office().actor(chief, today).unwrap();
        let handler = self.register.office().actor(by(post), today).unwrap();
        for (name, query) in queries {
            let found = find(&self.register, &query, &actor, today);
            say(name, found.total, || find(&self.register, &query, &actor, today).total);
        }
        let whole = page();
        let seen = find(&self.register, &whole, &handler, today).total;
        say("no filter, a handler", seen, || find(&self.register, &whole, &handler, today).total);
        let mut deep = Query { standing: Some(Standing::Closed), limit: 2_000, ..page() };
        deep.after = find(&self.register, &deep, &actor, today).next;
        deep.limit = 25;
        let rest = find(&self.register, &deep, &actor, today);
        say("closed, page 81", rest.total, || find(&self.register, &deep, &actor, today).total);
        let now = Now { by: chief, today, at: Moment::at_hour(today, 9) };
        let id = MatterId(self.register.next_matter().0 - 5);
        say("moves of a matter", 1, || moves::moves(&self.register, id, &now).len());
        let begun = Instant::now();
        let mut next = self.register.clone();
        let mut policy = world::policy();
        policy.blue_days.value = 5;
        let adopt = basis::Command::AdoptPolicy { policy: Box::new(policy) };
        let now = Now { by: chief, today, at: Moment::at_hour(today, 9) };
        for deed in decide(&next, &Command::Basis(adopt), &now).unwrap() {
            let (stream, event) = (deed.stream, deed.event);
            next.apply(&Entry { seq: 0, at: now.at, by: now.by, stream, n: 0, event }).unwrap();
        }
        println!("  a new policy                     {:>9.1} ms", ms(begun));
    }
}

fn listed(n: u32, mixed: u32, section: u32) -> Deal {
    let marking = if n.is_multiple_of(200) { Marking::WorkSecret } else { Marking::Internal };
    Deal::List {
        campaign: None,
        problem: ProblemCode::all().nth((mixed / 256 % 16) as usize).unwrap(),
        unit: UnitId(4 + section),
        source: Source::ALL[(mixed / 16 % 7) as usize],
        marking,
        title: Words::new(format!("{section}科窗口办理业务让人来回跑第{n}件")),
        detail: Words::new("x"),
    }
}

fn line(unit: &str, post: &str, role: Role) -> StaffLine {
    let rank = if role == Role::GroupHead { Rank::Leader } else { Rank::SectionHead };
    StaffLine {
        unit: Words::new(unit),
        parent: Some(Words::new("人社局")),
        post: Words::new(post),
        rank,
        roles: vec![role],
        holder: Some((Words::new(format!("{post}的人")), Day::parse("2026-01-01").unwrap())),
    }
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

/// Times some runs, each after something else has had the cache.
fn say(name: &str, total: usize, mut run: impl FnMut() -> usize) {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(run());
            ms(begun)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (median, slowest) = (times[RUNS / 2], times[RUNS - 1]);
    println!("  {name:<24}{total:>9}{median:>9.3} ms, slowest {slowest:.3}");
}
