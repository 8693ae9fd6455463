//! A store in a temporary directory, and the only place that makes commands.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use ledger::{Chance, Ledger, NotDone, OpenOptions, Receipt, Request};
use rules::{
    calendar::Day,
    record::{By, Command, Moment, Proof, Stream, Words},
};

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

pub(crate) fn today() -> Day {
    Day::new(2026, 9, 18).unwrap()
}

pub(crate) fn by(account: u32) -> By {
    By { account, post: Some(3), acting_for: None }
}

pub(crate) fn request(id: &str, command: Command) -> Request {
    Request { id: id.to_owned(), by: by(1), today: today(), at: None, command, if_version: None }
}

pub(crate) fn submit(ledger: &Ledger, id: &str, command: Command) -> Result<Receipt, NotDone> {
    ledger.submit(request(id, command))
}

pub(crate) fn matter(n: u32) -> Stream {
    Stream::Matter(n)
}

pub(crate) fn list(matter: u32, title: &str) -> Command {
    Command::List { matter, title: title.to_owned() }
}

/// Two events in two streams.
pub(crate) fn list_two(matter: u32, second: u32) -> Command {
    Command::Twice { matter, second }
}

/// No text in it.
pub(crate) fn sign(matter: u32) -> Command {
    Command::Sign { matter, post: 4 }
}

/// Texts inside an array of objects.
pub(crate) fn assign(matter: u32, steps: &[&str]) -> Command {
    Command::Assign { matter, post: 4, steps: steps.iter().map(|&s| s.to_owned()).collect() }
}

/// A personal value, and texts as the elements of an array.
pub(crate) fn name(matter: u32, person: u32, name: &str) -> Command {
    Command::Name { matter, person, name: name.to_owned() }
}

/// Evidence from `kept`.
pub(crate) fn prove(matter: u32, kept: &ledger::Kept) -> Command {
    let evidence = Proof { id: kept.id.hex(), plain: kept.plain.clone() };
    Command::Prove { matter, evidence }
}

/// A sealed entry.
pub(crate) fn report(slip: u32, text: &str) -> Command {
    Command::Report { slip, text: text.to_owned() }
}

/// An entry whose leaf has at least `bytes` bytes.
pub(crate) fn large(matter: u32, bytes: usize) -> Command {
    Command::Codes { matter, codes: vec!["x".repeat(97); bytes / 100 + 1] }
}

/// Two entries, of which the second has a leaf of at least `bytes` bytes.
pub(crate) fn list_then_large(matter: u32, bytes: usize) -> Command {
    Command::ListThenCodes { matter, codes: vec!["x".repeat(97); bytes / 100 + 1] }
}

pub(crate) fn nothing() -> Command {
    Command::Nothing
}

/// What `decide` accepts and `apply` cannot take in.
pub(crate) fn impossible() -> Command {
    Command::Impossible
}

pub(crate) fn words(words: &Words) -> Option<String> {
    words.text().map(ToOwned::to_owned)
}

/// What the register shows as the title of a matter.
pub(crate) fn title(ledger: &Ledger, stream: Stream) -> Option<String> {
    ledger.now().matters.get(&stream).and_then(|toy| words(&toy.title))
}

/// How many matters the register holds.
pub(crate) fn matter_count(ledger: &Ledger) -> usize {
    ledger.now().matters.size()
}

/// A store with `events` entries of every kind, and two kept files.
pub(crate) fn filled(dir: &Path, events: u32) -> Ledger {
    let ledger = Ledger::create(dir, options()).unwrap();
    let kept = [b"first file".to_vec(), vec![7; 5000]].map(|bytes| ledger.keep(&bytes).unwrap());
    let mut count = 0;
    let mut turn = 0;
    while count < events {
        turn += 1;
        let here = turn.min(1 + turn / 8 * 8);
        let command = match turn % 8 {
            0 => list_two(turn, 100_000 + turn),
            1 => list(turn, "办事窗口让人来回跑"),
            2 => assign(here, &["先查原因", "再定措施"]),
            3 => name(here, turn, "张三"),
            4 if turn % 3 == 0 => prove(here, &kept[(turn % 2) as usize]),
            5 if turn % 5 == 0 => report(turn, "举报内容"),
            _ => sign(here),
        };
        let receipt = submit(&ledger, &format!("request-{turn}"), command).unwrap();
        count += u32::try_from(receipt.count).unwrap();
    }
    ledger
}
