//! What callers may rely on.

use std::sync::{Arc, atomic::Ordering};

use ledger::{
    Fault, Ledger, LedgerFault, NotDone, OpenOptions, Place, VerifyOptions, What, verify,
};
use rules::record::Moment;

use crate::world::{
    Dir, assign, by, filled, impossible, large, list, list_then_large, list_two, matter,
    matter_count, name, nothing, options, prove, report, request, sign, submit, title,
};

fn clean(dir: &Dir) -> ledger::Verified {
    verify(dir.path(), VerifyOptions::default()).unwrap()
}

#[test]
fn what_was_submitted_is_there_after_reopening() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    let receipt = submit(&ledger, "a", list(1, "窗口服务")).unwrap();
    assert_eq!((receipt.seq, receipt.count, receipt.n), (0, 1, 1));
    assert_eq!(receipt.stream, Some(matter(1)));
    assert!(!receipt.repeated);
    submit(&ledger, "b", assign(1, &["一", "二"])).unwrap();
    submit(&ledger, "c", name(1, 7, "张三")).unwrap();
    let head = ledger.tree_head();
    drop(ledger);

    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(ledger.tree_head(), head);
    assert_eq!(title(&ledger, matter(1)).as_deref(), Some("窗口服务"));
    let history = ledger.history(matter(1)).unwrap();
    assert_eq!(history.iter().map(|one| one.seq).collect::<Vec<_>>(), [0, 1, 2]);
    let told = history[2].told.as_ref().unwrap();
    assert_eq!((told.kind.as_str(), told.cmd_id.as_str()), ("named", "c"));
    let shown = format!("{:?}", told.entry.event);
    assert!(shown.contains("张三") && shown.contains("second remark"), "{shown}");
    assert!(format!("{:?}", history[1]).contains("二"));
    assert_eq!(clean(&dir).events, 3);
}

#[test]
fn without_texts_the_register_shows_them_as_erased() {
    let dir = Dir::new();
    drop(filled(dir.path(), 40));
    let bare = Ledger::open(dir.path(), OpenOptions { texts: false, ..options() }).unwrap();
    assert_eq!(title(&bare, matter(1)), None);
    let count = matter_count(&bare);
    drop(bare);
    let full = Ledger::open(dir.path(), options()).unwrap();
    assert!(title(&full, matter(1)).is_some());
    assert_eq!(matter_count(&full), count);
}

#[test]
fn the_same_request_gets_its_first_receipt() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    let first = submit(&ledger, "a", list_two(1, 2)).unwrap();
    let again = submit(&ledger, "a", list_two(1, 2)).unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!((again.seq, again.count, again.hash), (first.seq, 2, first.hash));
    // Another account's id is another request.
    let mut other = request("a", list(3, "x"));
    other.by = by(2);
    assert!(!ledger.submit(other).unwrap().repeated);
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    let again = submit(&ledger, "a", sign(1)).unwrap();
    assert!(again.repeated);
    assert_eq!((again.seq, again.n, again.hash), (first.seq, first.n, first.hash));
    assert_eq!(ledger.tree_head().0, 3);
}

#[test]
fn a_repeat_within_one_batch_is_a_repeat() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    // The queue fills while the first commit flushes, so these share a batch.
    let (sender, receiver) = std::sync::mpsc::channel();
    for _ in 0..50 {
        let sender = sender.clone();
        ledger
            .submit_with(request("same", list(1, "x")), move |answer| sender.send(answer).unwrap());
    }
    drop(sender);
    let receipts: Vec<_> = receiver.iter().map(Result::unwrap).collect();
    assert_eq!(receipts.len(), 50);
    assert_eq!(receipts.iter().filter(|receipt| !receipt.repeated).count(), 1);
    assert_eq!(ledger.tree_head().0, 1);
}

#[test]
fn what_is_not_done_leaves_nothing() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    submit(&ledger, "a", list(1, "x")).unwrap();
    let head = ledger.tree_head();
    let refused = submit(&ledger, "b", sign(9)).unwrap_err();
    assert!(matches!(refused, NotDone::Refused(_)), "{refused}");
    let too_large = submit(&ledger, "c", large(1, 16 * 1024)).unwrap_err();
    assert!(matches!(too_large, NotDone::TooLarge { size } if size > ledger::LEAF_MAX));
    assert!(matches!(submit(&ledger, "d", impossible()), Err(NotDone::Broken(_))));
    for id in ["", "a b", "事", &"x".repeat(65)] {
        assert_eq!(submit(&ledger, id, sign(1)), Err(NotDone::BadId));
    }
    let mut old = request("e", sign(1));
    old.if_version = Some((matter(1), 0));
    assert_eq!(ledger.submit(old.clone()), Err(NotDone::Conflict { newest: 1 }));
    assert_eq!(ledger.tree_head(), head);
    let none = submit(&ledger, "f", nothing()).unwrap();
    assert_eq!((none.seq, none.count), (1, 0));
    assert_eq!(ledger.tree_head(), head);
    // What failed was not remembered as done.
    old.if_version = Some((matter(1), 1));
    assert_eq!(ledger.submit(old).unwrap().n, 2);
    assert_eq!(submit(&ledger, "b", list(9, "now")).unwrap().seq, 2);
    drop(ledger);
    assert_eq!(clean(&dir).events, 3);
}

#[test]
fn a_command_is_done_whole_or_not_at_all() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    for turn in 1..=60 {
        let sender = sender.clone();
        let command =
            if turn % 3 == 0 { list_then_large(turn, 16 * 1024) } else { list(turn, "整") };
        ledger.submit_with(request(&format!("r{turn}"), command), move |answer| {
            sender.send((turn, answer.is_ok())).unwrap();
        });
    }
    drop(sender);
    for (turn, done) in receiver {
        assert_eq!(done, turn % 3 != 0);
        assert_eq!(ledger.version(matter(turn)), u64::from(done));
        assert_eq!(title(&ledger, matter(turn)).is_some(), done);
    }
    assert_eq!(ledger.tree_head().0, 40);
    // The stream is as it was: the next entry of it is its first.
    assert_eq!(submit(&ledger, "again", list(3, "x")).unwrap().n, 1);
    drop(ledger);
    assert_eq!(clean(&dir).events, 41);
}

#[test]
fn eight_threads_write_and_nothing_is_lost() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8_u32 {
            let ledger = &ledger;
            scope.spawn(move || {
                for turn in 0..40 {
                    let id = format!("{thread}-{turn}");
                    let own = 1 + thread * 1000 + turn / 4;
                    let command = if turn % 4 == 0 { list(own, "并行") } else { sign(own) };
                    let receipt = submit(ledger, &id, command).unwrap();
                    assert!(ledger.tree_head().0 > receipt.seq, "answered before it was public");
                }
            });
        }
    });
    assert_eq!(ledger.tree_head().0, 320);
    for seq in 0..320 {
        let proof = ledger.prove(seq).unwrap();
        let entry = &ledger.entries_from(seq, 1).unwrap()[0];
        assert!(ledger::tree::inclusion_holds(&entry.hash, &proof));
    }
    drop(ledger);
    assert_eq!(clean(&dir).events, 320);
}

#[test]
fn log_time_never_goes_back_and_the_claimed_time_is_kept() {
    let dir = Dir::new();
    let time = Arc::new(std::sync::atomic::AtomicI64::new(5_000_000));
    let hand = Arc::clone(&time);
    let clock = Arc::new(move || Moment(hand.load(Ordering::Relaxed)));
    let ledger = Ledger::create(dir.path(), OpenOptions { clock, ..options() }).unwrap();
    submit(&ledger, "a", list(1, "x")).unwrap();
    time.store(1_000_000, Ordering::Relaxed);
    let mut late = request("b", sign(1));
    late.at = Some(Moment(77));
    ledger.submit(late).unwrap();
    let entries = ledger.entries_from(0, 9).unwrap();
    assert_eq!(entries[1].log_time, Moment(5_000_000));
    assert_eq!(entries[1].told.as_ref().unwrap().entry.at, Moment(77));
    drop(ledger);
    clean(&dir);
}

#[test]
fn a_sealed_leaf_shows_nothing_and_no_text_lies_in_the_files() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    submit(&ledger, "id-of-the-reporter", report(77, "MARKER-SEALED 局长")).unwrap();
    submit(&ledger, "b", list(1, "MARKER-TITLE")).unwrap();
    submit(&ledger, "c", name(1, 7, "MARKER-NAME")).unwrap();
    let kept = ledger.keep(b"MARKER-FILE in the clear").unwrap();
    submit(&ledger, "d", prove(1, &kept)).unwrap();
    let leaf = String::from_utf8(ledger.leaves_from(0, 1).unwrap().remove(0)).unwrap();
    let value: serde_json::Value = serde_json::from_str(&leaf).unwrap();
    let names: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(names, ["_sd", "log_time", "seq", "type", "v"]);
    assert!(leaf.contains(r#""type":"sealed""#) && value["_sd"].as_array().unwrap().len() == 1);
    let told = ledger.entries_from(0, 1).unwrap().remove(0);
    assert!(told.sealed && format!("{told:?}").contains("MARKER-SEALED"));
    drop(ledger);
    let plain_hash = ledger::Hash::of(b"MARKER-FILE in the clear").hex();
    for (path, bytes) in files(dir.path()) {
        for marker in ["MARKER", "id-of-the-reporter", "slip/77", &plain_hash] {
            let found = bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
            assert!(!found, "{marker} in {path}");
        }
    }
    assert_eq!(clean(&dir).files, 1);
}

fn files(dir: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[test]
fn a_destroyed_key_erases_and_the_log_still_verifies() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 60);
    let kept = ledger.keep(b"third").unwrap();
    ledger.destroy_key("matter/1").unwrap();
    ledger.destroy_key("person/3").unwrap();
    ledger.destroy_key("file/2").unwrap();
    assert!(matches!(ledger.kept(&kept.id), Err(LedgerFault::Erased { .. })));
    let sealed = ledger.entries_from(0, 100).unwrap().into_iter().find(|one| one.sealed).unwrap();
    ledger.destroy_key(&format!("sealed/{}", sealed.seq)).unwrap();
    // Nobody writes about somebody who was erased.
    let refused = submit(&ledger, "again", name(9, 3, "李四")).unwrap_err();
    assert!(matches!(refused, NotDone::BadEvent { .. }), "{refused}");
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(title(&ledger, matter(1)), None);
    assert!(title(&ledger, matter(9)).is_some());
    let again = ledger.entries_from(sealed.seq, 1).unwrap();
    assert!(again[0].told.is_none() && again[0].sealed);
    drop(ledger);
    let verified = clean(&dir);
    assert!(verified.erased >= 4, "{}", verified.erased);
}

/// Nobody can tell any more which stream an erased sealed entry belonged to.
#[test]
fn a_sealed_stream_may_have_holes_after_an_erasure() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    for turn in 0..4 {
        submit(&ledger, &format!("r{turn}"), report(77, "举报")).unwrap();
    }
    ledger.destroy_key("sealed/0").unwrap();
    ledger.destroy_key("sealed/2").unwrap();
    drop(ledger);
    assert_eq!(clean(&dir).erased, 2);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(ledger.version(rules::record::Stream::Slip(77)), 4);
    assert_eq!(submit(&ledger, "r4", report(77, "又报")).unwrap().n, 5);
    // What was done before is still known to have been done.
    assert!(submit(&ledger, "r2", report(77, "举报")).unwrap().repeated);
    assert!(ledger.destroy_key("receipt").is_err() && ledger.destroy_key("no such").is_err());
    drop(ledger);
    assert_eq!(clean(&dir).events, 5);
}

#[test]
fn kept_files_come_back_and_twins_are_told() {
    let dir = Dir::new();
    let ledger = Ledger::create(dir.path(), options()).unwrap();
    let one = ledger.keep(b"the same bytes").unwrap();
    let two = ledger.keep(b"the same bytes").unwrap();
    let other = ledger.keep(b"").unwrap();
    assert_eq!(one.duplicate_of, None);
    assert_eq!(two.duplicate_of, Some(one.id));
    assert_eq!(other.duplicate_of, None);
    assert_ne!(one.id, two.id);
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(ledger.kept(&two.id).unwrap(), b"the same bytes");
    assert_eq!(ledger.kept(&other.id).unwrap(), b"");
    assert_eq!(ledger.keep(b"the same bytes").unwrap().duplicate_of, Some(one.id));
    let nowhere = ledger::Hash::of(b"nothing");
    assert!(ledger.kept(&nowhere).is_err());
}

#[test]
fn one_process_writes_and_others_may_look() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 20);
    assert!(matches!(Ledger::open(dir.path(), options()), Err(LedgerFault::Locked { .. })));
    let looking = OpenOptions { read_only: true, ..options() };
    let reader = Ledger::open(dir.path(), looking).unwrap();
    assert_eq!(reader.tree_head(), ledger.tree_head());
    assert_eq!(submit(&reader, "x", list(900, "x")), Err(NotDone::ReadOnly));
    assert!(reader.keep(b"x").is_err());
    assert_eq!(verify(dir.path(), VerifyOptions::default()).unwrap().root, ledger.tree_head().1);
    assert!(matches!(
        Ledger::create(dir.path(), options()),
        Err(LedgerFault::Locked { .. } | LedgerFault::AlreadyThere { .. })
    ));
}

#[test]
fn the_key_of_keys_may_come_from_outside_and_must_be_the_one() {
    let dir = Dir::new();
    let kek = ledger::Key::parse("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=").unwrap();
    let hex = ledger::Key::parse(&"01".repeat(32)).unwrap();
    let with = |kek: &ledger::Key| OpenOptions { kek: Some(kek.clone()), ..options() };
    drop(Ledger::create(dir.path(), with(&kek)).unwrap());
    assert!(!dir.path().join("kek").exists());
    drop(Ledger::open(dir.path(), with(&hex)).unwrap());
    let wrong = ledger::Key::new([2; 32]);
    assert!(matches!(Ledger::open(dir.path(), with(&wrong)), Err(LedgerFault::WrongKek)));
    assert!(ledger::Key::parse("01").is_none());
}

#[test]
fn a_checkpoint_from_outside_is_compared() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 30);
    let old = ledger.checkpoint();
    submit(&ledger, "more", list(5000, "x")).unwrap();
    drop(ledger);
    let check = |text: &str| {
        let options = VerifyOptions { checkpoint: Some(text), ..VerifyOptions::default() };
        verify(dir.path(), options).map(|_| ())
    };
    assert_eq!(check(&old), Ok(()));
    let signed = format!("{old}\n\u{2014} name AAAA\n");
    assert_eq!(check(&signed), Ok(()));
    let lines: Vec<&str> = old.lines().collect();
    let forked = format!("{}\n{}\n{}\n", lines[0], 29, lines[2]);
    assert_eq!(check(&forked), Err(Fault::at(Place::Checkpoint, What::Differs)));
    let longer = format!("{}\n{}\n{}\n", lines[0], 99, lines[2]);
    assert!(matches!(check(&longer), Err(Fault { what: What::Gap(_), .. })));
    let other = format!("other\n{}\n{}\n", lines[1], lines[2]);
    assert_eq!(check(&other), Err(Fault::at(Place::Checkpoint, What::Foreign)));
    assert!(check("nonsense").is_err());
}

#[test]
fn a_seed_gives_the_same_log_each_time() {
    let (one, two) = (Dir::new(), Dir::new());
    let heads = [&one, &two].map(|dir| filled(dir.path(), 50).tree_head());
    assert_eq!(heads[0], heads[1]);
}
