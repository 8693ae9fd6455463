//! Random histories in a living office: matters go round while people come and go, stand in for
//! one another, and while the policy and the calendar change. The seed is fixed; a failure names
//! the sequence, which can be played alone.

use crate::moves;
use crate::promises::{self, Recounts};
use crate::world::{FOUNDED, World, day};
use rules::access::Marking;
use rules::basis;
use rules::calendar::{Day, NoticeDay};
use rules::ids::{CampaignId, MatterId, PersonId, PostId};
use rules::matter::{self, Stage};
use rules::posts::{self, Newcomer};
use rules::record::{By, Command, Entry};
use rules::signal::ProblemCode;
use rules::text::Words;
use std::collections::BTreeSet;

/// Sequences of each of the four tests, and commands of one sequence.
const SEQUENCES: u64 = 26_000;
const LENGTH: u64 = 16;
/// One sequence in so many is folded again without its texts.
const ERASED: u64 = 50;

/// A small generator of our own (xorshift64*): the same numbers on every machine, for ever.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(sequence: u64) -> Self {
        Self((sequence + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    pub(crate) fn small(&mut self, bound: u16) -> u16 {
        u16::try_from(self.below(u64::from(bound))).unwrap_or_default()
    }

    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = self.below(list.len() as u64);
        &list[usize::try_from(at).expect("a place")]
    }
}

pub(crate) struct Play {
    pub(crate) world: World,
    recounts: Recounts,
    pub(crate) chance: Chance,
    pub(crate) today: Day,
}

impl Play {
    /// A history of its own, in an office just founded, with one matter listed.
    pub(crate) fn founded(sequence: u64) -> Self {
        let (world, recounts) = (World::founded(), Recounts::default());
        let mut play = Self { world, recounts, chance: Chance::new(sequence), today: day(FOUNDED) };
        let (post, list) = moves::list(&play.world);
        let by = play.world.by(post, play.today);
        assert!(!play.submit(by, &Command::Matter(None, list)).is_empty());
        play
    }

    /// A matter of any kind there is.
    pub(crate) fn list_any(&mut self) {
        let units: Vec<_> = self.world.register.office().units().map(|(id, _)| id).collect();
        let problems: Vec<_> = ProblemCode::all().collect();
        let source = *self.chance.of(&matter::Source::ALL);
        let title = *self.chance.of(&["窗口让人来回跑", "证明太多", "windows 10", "跑 x 窗口"]);
        let campaign = Some(CampaignId(1)).filter(|_| self.chance.one_in(3));
        let list = matter::Command::List {
            campaign: campaign.filter(|id| self.world.register.campaign(*id).is_some()),
            problem: *self.chance.of(&problems),
            unit: *self.chance.of(&units),
            source,
            marking: *self.chance.of(&Marking::ALL),
            title: Words::new(title),
            detail: Words::new("说明"),
        };
        let sealed = source == matter::Source::Accusation;
        let by = self.somebody(if sealed { "受理员" } else { "督查科长" });
        self.submit(by, &Command::Matter(None, list));
    }

    /// Does to some matter what its stage waits for, from the right post.
    pub(crate) fn advance(&mut self) {
        let ids: Vec<MatterId> = self.world.register.matters().map(|(id, _)| id).collect();
        let id = *self.chance.of(&ids);
        let stage = &self.world.register.matter(id).expect("a matter").stage;
        let moves = moves::all(&self.world, self.today);
        let fit: Vec<_> = moves.iter().filter(|(_, command)| fits(stage, command)).collect();
        if fit.is_empty() {
            return;
        }
        let (right, command) = *self.chance.of(&fit);
        let post = self.world.post(right);
        let known = self.world.register.office().post(post).expect("a post");
        if let Some(person) = known.holder(self.today) {
            let command = Command::Matter(Some(id), command.clone());
            self.submit(By::person_at(person, post), &command);
        }
    }

    pub(crate) fn submit(&mut self, by: By, command: &Command) -> Vec<Entry> {
        let before = self.world.register.clone();
        let kept = promises::kept(&before);
        let entries = self.world.submit(by, self.today, command).unwrap_or_default();
        self.recounts.take(&entries, self.today, &before);
        match command {
            // Whoever comes or goes, and whatever is adopted: owners, pauses and first limits stay.
            Command::Office(_)
            | Command::Basis(_)
            | Command::Feedback(..)
            | Command::Erasure(..) => {
                assert_eq!(promises::kept(&self.world.register), kept, "{command:?}");
            }
            Command::Campaign(..) | Command::Matter(..) | Command::Slip(..) => {}
        }
        entries
    }

    /// Somebody, from a post, at times for another: mostly rightly.
    pub(crate) fn somebody(&mut self, right: &str) -> By {
        let office = self.world.register.office();
        let posts: Vec<PostId> = office.posts().map(|(id, _)| id).collect();
        let right = self.world.post(right);
        let post = if self.chance.one_in(4) { *self.chance.of(&posts) } else { right };
        let known = office.post(post).expect("a post");
        // A deputy acts from the post that he himself holds.
        if self.chance.one_in(3)
            && let Some(deputy) = known.deputies.last()
        {
            let own = office.posts().find(|(_, own)| own.holder(self.today) == Some(deputy.person));
            return By {
                account: deputy.person,
                post: own.map(|(id, _)| id),
                acting_for: Some(post),
            };
        }
        let person = known.holder(self.today).unwrap_or(PersonId(1));
        By::person_at(person, post)
    }

    fn matter(&mut self) {
        let moves = moves::all(&self.world, self.today);
        let ids: Vec<MatterId> = self.world.register.matters().map(|(id, _)| id).collect();
        let id = *self.chance.of(&ids);
        let stage = self.world.register.matter(id).map(|matter| &matter.stage);
        // Mostly what the stage waits for, so that histories go deep; else anything at all.
        let fit: Vec<usize> = (0..moves.len())
            .filter(|at| stage.is_some_and(|stage| fits(stage, &moves[*at].1)))
            .collect();
        let at = if fit.is_empty() || self.chance.one_in(5) {
            usize::try_from(self.chance.below(moves.len() as u64)).expect("a place")
        } else {
            *self.chance.of(&fit)
        };
        let (right, command) = &moves[at];
        let by = self.somebody(right);
        let listing = matches!(command, matter::Command::List { .. });
        let id = (!listing).then_some(id);
        self.submit(by, &Command::Matter(id, command.clone()));
    }

    fn staff(&mut self) {
        let people: Vec<PersonId> = (1..=16).map(PersonId).collect();
        let names = ["养老科长", "窗口科长", "党委核查员", "就业核查员", "督查科长", "养老经办"];
        let name = *self.chance.of(&names);
        let post = self.world.post(name);
        let person = *self.chance.of(&people);
        let (from, until) = (self.today, self.today.plus(20));
        let command = match self.chance.below(4) {
            0 => posts::Command::Leave { post, on: self.today.plus(-1) },
            1 => posts::Command::NameDeputy { post, person, from, until },
            _ => posts::Command::Appoint { post, person: Newcomer::Known(person), from },
        };
        let by = self.somebody("系统管理岗");
        self.submit(by, &Command::Office(command));
    }

    fn ground(&mut self) {
        let command = if self.chance.one_in(2) {
            let on = self.today.plus(1 + i32::from(self.chance.small(20)));
            let working = !self.world.register.calendar().is_working(on);
            let days = vec![NoticeDay { day: on, working, name: "调休".to_owned() }];
            basis::Command::AdoptCalendar { days, title: Words::new("通知") }
        } else {
            let mut policy = self.world.register.policy().expect("a policy").clone();
            policy.checkers.value = 1 + self.chance.small(3);
            policy.at_once.length.n = 3 + self.chance.small(20);
            policy.returns_before_decision.value = 1 + self.chance.small(3);
            basis::Command::AdoptPolicy { policy: Box::new(policy) }
        };
        let by = self.somebody("督查科长");
        self.submit(by, &Command::Basis(command));
    }

    fn wait(&mut self) {
        let days = *self.chance.of(&[1, 1, 2, 3, 5, 12, 40]);
        self.today = self.today.plus(days);
        // The machine may be off in the morning.
        if !self.chance.one_in(3) {
            let before = self.world.register.clone();
            let left = self.world.morning(self.today);
            self.recounts.take(&left, self.today, &before);
        }
    }

    pub(crate) fn step(&mut self) {
        match self.chance.below(16) {
            0 => self.staff(),
            1 => self.ground(),
            2..=4 => self.wait(),
            _ => self.matter(),
        }
        self.recounts.agree(&self.world, self.today);
    }
}

/// What a stage waits for.
fn fits(stage: &Stage, command: &matter::Command) -> bool {
    use matter::Command as C;
    match stage {
        Stage::Listed => matches!(command, C::Confirm { .. }),
        Stage::Confirmed | Stage::Returned { .. } => matches!(command, C::Assign { .. }),
        Stage::Assigned { .. } => matches!(command, C::Accept | C::Decline { .. }),
        Stage::Accepted { .. } => matches!(command, C::SetMeasure { .. }),
        Stage::Planned { .. } | Stage::Rectifying { .. } => matches!(
            command,
            C::Progress { .. }
                | C::ReportDone { .. }
                | C::Extend { .. }
                | C::Suspend { .. }
                | C::KeepCheckpoint { .. }
                | C::Resubmit { .. }
        ),
        Stage::Reported { .. } => matches!(command, C::NameCheckers { .. }),
        Stage::UnderCheck { .. } => matches!(command, C::Check { .. }),
        Stage::Passed { .. } => matches!(command, C::Close { .. }),
        Stage::Closed { .. } => matches!(command, C::LookBack { .. } | C::Reopen { .. }),
        Stage::Suspended { .. } => matches!(command, C::Resume),
        Stage::NotUpheld
        | Stage::Consolidated { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => false,
    }
}

/// The office with a matter at each of some stages, so that sequences need not all begin anew.
fn starts() -> Vec<(World, Recounts)> {
    let world = World::founded();
    let mut starts = vec![];
    let mut play = Play {
        world: world.fork(),
        recounts: Recounts::default(),
        chance: Chance::new(0),
        today: day(FOUNDED),
    };
    let list = moves::list(&play.world);
    let way = [
        list.clone(),
        ("督查科长", matter::Command::Confirm { note: Words::new("属实") }),
        moves::assign(&play.world, "养老科长", matter::Remedy::AtOnce, false),
        ("养老科长", matter::Command::Accept),
        ("养老科长", moves::measure(vec![])),
        ("养老科长", moves::report(true)),
    ];
    for (place, (post, command)) in way.into_iter().enumerate() {
        let by = play.world.by(post, play.today);
        let id = (place > 0).then_some(MatterId(1));
        assert!(!play.submit(by, &Command::Matter(id, command)).is_empty());
        if place == 0 || place > 2 {
            starts.push((play.world.clone(), play.recounts.clone()));
        }
    }
    starts
}

fn run(part: u64) {
    let (base, starts) = (World::founded().log, starts());
    let mut tags = BTreeSet::new();
    let (mut commands, mut requests) = (0_u64, 0);
    for sequence in part * SEQUENCES..(part + 1) * SEQUENCES {
        let mut chance = Chance::new(sequence);
        let (world, recounts) = chance.of(&starts).clone();
        let mut play = Play { world, recounts, chance, today: day(FOUNDED) };
        let told = Told(sequence);
        for _ in 0..LENGTH {
            play.step();
            commands += 1;
        }
        assert_eq!(play.world.serious(play.today), [""; 0]);
        if sequence % ERASED == 0 {
            let log: Vec<Entry> = base.iter().chain(&play.world.log).cloned().collect();
            let emptied = promises::erased(&log);
            let whole = promises::bones(&play.world.register, play.today);
            assert_eq!(promises::bones(&emptied, play.today), whole, "erased texts change nothing");
            assert!(!whole.contains("Words(…)"));
            requests += crate::erasure::of_everything(&mut play.world, play.today);
            let after = promises::bones(&play.world.register, play.today);
            assert_eq!(after, whole, "nor does erasing or restricting all there is");
        }
        for entry in &play.world.log {
            if let rules::record::Event::Matter(event) = &entry.event {
                tags.insert(event.tag());
            }
        }
        drop(told);
    }
    // A walk that never closes anything would prove nothing.
    let missing: Vec<_> = matter::Event::TAGS.iter().filter(|tag| !tags.contains(*tag)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}");
    assert_eq!(commands, SEQUENCES * LENGTH);
    assert!(requests > 1000, "{requests} requests to erase");
}

/// Names the sequence when it fails.
struct Told(u64);

impl Drop for Told {
    #[expect(clippy::print_stdout, reason = "a failing test names what failed")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("sequence {}", self.0);
        }
    }
}

#[test]
fn random_histories_keep_the_promises_1() {
    run(0);
}

#[test]
fn random_histories_keep_the_promises_2() {
    run(1);
}

#[test]
fn random_histories_keep_the_promises_3() {
    run(2);
}

#[test]
fn random_histories_keep_the_promises_4() {
    run(3);
}
