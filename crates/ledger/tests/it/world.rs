//! A store in a temporary directory, and the only place that makes commands.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use ledger::{Chance, Kept, Ledger, NotDone, OpenOptions, Receipt};
use rules::{
    campaign::{self, Authority, Draft, NamedProblem, Span},
    ids::{EvidenceId, MatterId, PersonId, PostId},
    matter::{Command as Deal, Proof, Source, Step},
    posts::{self, Newcomer, StaffLine},
    record::{By, Command, Moment, Stream},
    role::{Rank, Role},
    text::Words,
};

pub(crate) use crate::office::{Act, life, list, number, request};
use crate::office::{CHECKER, OFFICE, OWNER, RECEIVER, SECURITY, STAFFING, act, found, today};
use crate::office::{by, listed_from};

/// A directory that goes away with the test.
pub(crate) struct Dir(PathBuf);

impl Dir {
    pub(crate) fn new() -> Dir {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!(
            "bihuan-ledger-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        // In memory where there is such a place: these tests are not about the disk.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let dir = parent.join(name);
        std::fs::create_dir_all(&dir).unwrap();
        Dir(dir)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// 2026-09-18 01:02:03.004 UTC and a millisecond more at each look.
pub(crate) fn options() -> OpenOptions {
    let time = Arc::new(AtomicI64::new(1_789_693_323_004));
    let clock = move || Moment(time.fetch_add(1, Ordering::Relaxed));
    OpenOptions { chance: Chance::Seed(7), ..OpenOptions::new(Arc::new(clock)) }
}

pub(crate) fn submit(ledger: &Ledger, id: &str, act: Act) -> Result<Receipt, NotDone> {
    ledger.submit(request(id, act))
}

/// A new store with the office in it.
pub(crate) fn founded(dir: &Path) -> Ledger {
    founded_with(dir, options())
}

pub(crate) fn founded_with(dir: &Path, options: OpenOptions) -> Ledger {
    let ledger = Ledger::create(dir, options).unwrap();
    found(&ledger).unwrap();
    ledger
}

pub(crate) fn matter(n: u32) -> Stream {
    Stream::Matter(MatterId(n))
}

fn deal(post: u32, matter: u32, deal: Deal) -> Act {
    act(post, Command::Matter(Some(MatterId(matter)), deal))
}

/// Two events of one command.
pub(crate) fn adopt(title: &str) -> Act {
    adopt_with(title, record())
}

/// Two events of one command, of which the first names evidence.
pub(crate) fn adopt_with(title: &str, plan: Proof) -> Act {
    let span = Span { from: 0, to: 4 };
    let problem = NamedProblem { problem: None, words: Words::new("来回跑"), span };
    let draft = Draft {
        title: Words::new(title),
        authority: Authority::Internal,
        plan,
        from: today(),
        until: None,
        objects: Vec::new(),
        problems: vec![problem],
        tasks: Vec::new(),
        stages: Vec::new(),
        seats: Vec::new(),
        overlap_reason: None,
    };
    act(OFFICE, Command::Campaign(None, campaign::Command::Adopt { draft }))
}

/// No text in it, and as often as one likes; in the stream `office`.
pub(crate) fn grant() -> Act {
    let roles = vec![Role::Checker];
    act(SECURITY, Command::Office(posts::Command::Grant { post: PostId(CHECKER), roles }))
}

/// A note about a matter: verified.
pub(crate) fn verified(matter: u32) -> Act {
    life(matter, 1)
}

fn record() -> Proof {
    Proof::Record { system: Words::new("叫号系统"), reference: Words::new("九月") }
}

/// What an event says of a kept file.
pub(crate) fn proof_of(kept: &Kept) -> Proof {
    Proof::Kept { id: EvidenceId(kept.id.0), plain: kept.plain.clone() }
}

/// Evidence from `kept`, and texts inside an array of objects.
pub(crate) fn report_done(matter: u32, kept: &Kept) -> Act {
    let more = vec![record(), record()];
    let note = Words::new("已办结");
    let report = Deal::ReportDone { proof: proof_of(kept), more, mechanism: None, note };
    deal(OWNER, matter, report)
}

/// The office sends a matter back, with a text.
pub(crate) fn send_back(matter: u32) -> Act {
    let reason = Words::new("佐证不足");
    deal(OFFICE, matter, Deal::SendBack { to: Step::Rectify, straight: false, reason })
}

/// Takes a matter through the `turns` of its life after its listing.
pub(crate) fn live(ledger: &Ledger, matter: u32, turns: std::ops::RangeInclusive<u32>) {
    for turn in turns {
        submit(ledger, &format!("life-{matter}-{turn}"), life(matter, turn)).unwrap();
    }
}

/// A personal value: somebody new takes a post over, `days` after today.
pub(crate) fn appoint(name: &str, days: i32) -> Act {
    let person = Newcomer::Named(Words::new(name));
    let appoint = posts::Command::Appoint { post: PostId(4), person, from: today().plus(days) };
    act(STAFFING, Command::Office(appoint))
}

/// A sealed entry, the first of a matter.
pub(crate) fn accuse(text: &str) -> Act {
    listed_from(RECEIVER, Source::Accusation, text)
}

/// A sealed entry about a sealed matter.
pub(crate) fn keep_out(matter: u32, person: u32) -> Act {
    let reason = Words::new("被反映人");
    deal(RECEIVER, matter, Deal::Recuse { person: PersonId(person), reason })
}

/// The `turn`th sealed entry about a matter.
pub(crate) fn accused(matter: u32, turn: u32) -> Act {
    if turn == 0 { accuse("举报") } else { keep_out(matter, turn) }
}

/// Two entries, of which the second names a post in as many letters.
pub(crate) fn enrol(unit: &str, letters: usize) -> Act {
    let line = StaffLine {
        unit: Words::new(unit),
        parent: None,
        post: Words::new("经".repeat(letters)),
        rank: Rank::Staff,
        roles: Vec::new(),
        holder: None,
    };
    act(STAFFING, Command::Office(posts::Command::Enrol { lines: vec![line] }))
}

/// So many roles do not fit a leaf.
pub(crate) const TOO_MANY: usize = 2000;

/// An entry whose leaf is too large.
pub(crate) fn large() -> Act {
    let roles = vec![Role::Checker; TOO_MANY];
    act(SECURITY, Command::Office(posts::Command::Grant { post: PostId(CHECKER), roles }))
}

/// The day began, and there is nothing to say about it.
pub(crate) fn nothing(matter: u32) -> Act {
    let day_began = Command::Matter(Some(MatterId(matter)), Deal::DayBegan);
    Act { by: By::SYSTEM, command: day_began }
}

/// The same of another account.
pub(crate) fn of_another(act: Act) -> Act {
    Act { by: by(RECEIVER), ..act }
}

/// What the register shows as the title of a matter.
pub(crate) fn title(ledger: &Ledger, n: u32) -> Option<String> {
    let register = ledger.now();
    let matter = register.matter(MatterId(n))?;
    matter.title.text().map(ToOwned::to_owned)
}

/// How many matters the register holds.
pub(crate) fn matter_count(ledger: &Ledger) -> usize {
    ledger.now().matters().count()
}

/// A store with `events` entries of every kind after the founding, and two kept files.
pub(crate) fn filled(dir: &Path, events: u64) -> Ledger {
    let ledger = founded(dir);
    let end = ledger.tree_head().0 + events;
    let kept = [b"first file".to_vec(), vec![7; 5000]].map(|bytes| ledger.keep(&bytes).unwrap());
    let (mut own, mut count) = (1, 0_u32);
    while ledger.tree_head().0 < end {
        let round = count / 10;
        let command = match count % 10 {
            0 => Some(list("办事窗口让人来回跑")),
            turn @ 1..=4 => Some(life(own, turn)),
            5 => Some(report_done(own, &kept[(round % 2) as usize])),
            6 => Some(adopt_with("专项行动", proof_of(&kept[0]))),
            7 => {
                (round % 3 == 0).then(|| appoint(&format!("新任{count}"), 1 + count.cast_signed()))
            }
            8 => (round % 2 == 0).then(|| accuse("举报内容")),
            _ => Some(grant()),
        };
        if let Some(command) = command {
            let receipt = submit(&ledger, &format!("request-{count}"), command).unwrap();
            if count % 10 == 0 {
                own = number(receipt.stream);
            }
        }
        count += 1;
    }
    ledger
}
