//! Deeds that no `decide` of ours makes: if one ever does, nothing of its command may stay.

use rules::{
    ids::MatterId,
    posts::{self, Office},
    record::{BrokenHistory, Event, Stream},
    text::{Personal, Words},
};

use std::sync::Mutex;

use super::*;
use crate::{
    Ledger, OpenOptions,
    chance::Chance,
    files::{Parts, RECEIPT, open_parts},
    fold::{Folded, fold},
    log::sqlite::Mode,
};

/// A judge over a new store in a directory of its own, and nobody else who has it open.
fn judge(name: &str) -> (std::path::PathBuf, Judge) {
    let dir = std::env::temp_dir().join(format!("bihuan-{name}-{}", std::process::id()));
    let options =
        OpenOptions { chance: Chance::Seed(1), ..OpenOptions::new(Arc::new(|| Moment(5))) };
    let clock = Arc::clone(&options.clock);
    drop(Ledger::create(&dir, options).unwrap());
    let Parts { store, keys, .. } = open_parts(&dir, None, Chance::Seed(2), Mode::Write).unwrap();
    let receipt_key = keys.must(RECEIPT).unwrap();
    let Folded { tip, heads } = fold(&store, &keys, &receipt_key, true).unwrap();
    let shared = Shared {
        view: RwLock::new(tip.view.clone()),
        heads: RwLock::new(heads),
        read_only: AtomicBool::new(false),
        stopped: AtomicBool::new(false),
    };
    let (keys, shared) = (Arc::new(keys), Arc::new(shared));
    let own = Store::open(&dir.join("ledger.db"), Mode::Write).unwrap();
    let (store_of_scribe, keys_of_scribe) = (Mutex::new(own), Arc::clone(&keys));
    let scribe =
        Scribe { store: store_of_scribe, keys: keys_of_scribe, shared: Arc::clone(&shared) };
    let judge = Judge {
        store,
        keys,
        shared,
        scribe: Arc::new(scribe),
        clock,
        dice: Dice::new(Chance::Seed(3), "writer".to_owned()),
        receipt_key,
        receipts: Receipts::default(),
        durable: tip,
        flying: None,
        texts: true,
    };
    (dir, judge)
}

fn request() -> Request {
    let command = Command::Office(posts::Command::DayBegan);
    let today = Day::new(2026, 9, 18).unwrap();
    Request { id: "a".to_owned(), by: By::SYSTEM, today, at: None, command, if_version: None }
}

fn deed(stream: Stream, event: Event) -> Deed {
    Deed { stream, event, sealed: false }
}

fn entered() -> Deed {
    let name = Personal::new("person/1", "张三");
    let entered = posts::Event::PersonEntered { person: rules::ids::PersonId(1), name };
    deed(Stream::Office, Event::Office(entered))
}

#[test]
fn what_the_register_cannot_take_in_leaves_nothing_of_its_command() {
    let (dir, mut judge) = judge("impossible");
    // Nobody confirms what was never listed.
    let on = Day::new(2026, 9, 18).unwrap();
    let confirmed = rules::matter::Event::Confirmed { on, note: Words::new("x") };
    let impossible = deed(Stream::Matter(MatterId(1)), Event::Matter(confirmed));
    let mut batch = judge.new_batch();
    let fault =
        judge.record(&mut batch, &request(), Moment(5), vec![entered(), impossible.clone()]);
    let broken = BrokenHistory::at("stage-none", "confirmed");
    assert!(
        matches!(&fault, Err(BuildFault::NotDone(NotDone::Broken(found))) if *found == broken),
        "{fault:?}"
    );
    assert_eq!((batch.rows.leaves.len(), batch.rows.disclosures.len(), batch.next), (0, 0, 0));
    assert!(batch.streams.is_empty() && batch.added.heads.is_empty());
    assert_eq!(*batch.register.office(), Office::default());
    // Of a command that would leave one entry only, no copy is made to go back to.
    let alone = judge.record(&mut batch, &request(), Moment(5), vec![impossible]);
    assert!(matches!(alone, Err(BuildFault::NotDone(NotDone::Broken(_)))), "{alone:?}");
    assert_eq!((batch.rows.leaves.len(), batch.rows.disclosures.len(), batch.next), (0, 0, 0));
    assert_eq!(batch.register.next_matter(), MatterId(1));
    // By itself the first one is good.
    let receipt = judge.record(&mut batch, &request(), Moment(5), vec![entered()]).unwrap();
    assert_eq!((receipt.seq, receipt.count, receipt.n, batch.next), (0, 1, 1, 1));
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn a_leaf_of_another_machine_never_enters() {
    let (dir, mut judge) = judge("foreign");
    let foreign = Deed { stream: Stream::Matter(MatterId(1)), ..entered() };
    let mut batch = judge.new_batch();
    let fault = judge.record(&mut batch, &request(), Moment(5), vec![foreign]);
    assert!(matches!(fault, Err(BuildFault::NotDone(NotDone::BadEvent { .. }))), "{fault:?}");
    assert!(batch.rows.leaves.is_empty());
    std::fs::remove_dir_all(dir).unwrap();
}

/// The test plays the scribe: it takes a full batch, waits until the next command has been judged
/// on top of it, and says that the disk is full.
#[test]
fn what_was_judged_on_top_falls_even_where_it_would_fit() {
    let (dir, mut judge) = judge("on-top");
    let (queue, jobs) = crossbeam_channel::unbounded();
    let (fair, batches) = crossbeam_channel::bounded(1);
    let (landed, written) = crossbeam_channel::bounded(1);
    let (answer, answers) = std::sync::mpsc::channel();
    for number in 0..=BATCH_MAX {
        let request = Request { id: number.to_string(), ..request() };
        let answer = answer.clone();
        let reply: Reply = Box::new(move |done| drop(answer.send((number, done))));
        queue.send(Job { request, reply }).unwrap();
    }
    std::thread::scope(|scope| {
        let judging = scope.spawn(|| judge.serve(&jobs, &fair, &written));
        let batch = batches.recv().unwrap();
        assert_eq!(batch.answers.len(), BATCH_MAX);
        while !queue.is_empty() {
            std::thread::yield_now();
        }
        landed.send(Err(NotDone::ReadOnly)).unwrap();
        assert!(judging.join().unwrap(), "more may come");
    });
    assert!(batches.is_empty() && judge.flying.is_none());
    assert_eq!(answers.try_recv(), Ok((BATCH_MAX, Err(NotDone::ReadOnly))));
    std::fs::remove_dir_all(dir).unwrap();
}
