//! What callers may rely on.

use std::sync::{Arc, atomic::Ordering};

use ledger::{
    Fault, Ledger, LedgerFault, NotDone, OpenOptions, Place, VerifyOptions, What, verify,
};
use rules::{
    ids::{CampaignId, MatterId, PersonId},
    record::{Command, Moment, Stream},
};

use crate::{
    office::TURNS,
    world::{
        Dir, accuse, accused, adopt, appoint, enrol, filled, founded, founded_with, grant, large,
        life, list, live, matter, matter_count, nothing, number, of_another, options, report_done,
        request, send_back, submit, title, verified,
    },
};

fn clean(dir: &Dir) -> ledger::Verified {
    verify(dir.path(), VerifyOptions::default()).unwrap()
}

#[test]
fn what_was_submitted_is_there_after_reopening() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let base = ledger.tree_head().0;
    let receipt = submit(&ledger, "a", list("窗口服务")).unwrap();
    assert_eq!((receipt.seq, receipt.count, receipt.n), (base, 1, 1));
    assert_eq!(receipt.stream, Some(matter(1)));
    assert!(!receipt.repeated);
    live(&ledger, 1, 1..=4);
    let kept = ledger.keep(b"evidence").unwrap();
    submit(&ledger, "b", report_done(1, &kept)).unwrap();
    submit(&ledger, "c", appoint("张三", 1)).unwrap();
    let head = ledger.tree_head();
    drop(ledger);

    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(ledger.tree_head(), head);
    assert_eq!(title(&ledger, 1).as_deref(), Some("窗口服务"));
    let history = ledger.history(matter(1)).unwrap();
    let seqs: Vec<u64> = history.iter().map(|one| one.seq).collect();
    assert_eq!(seqs, (base..base + 6).collect::<Vec<_>>());
    let told = history[5].told.as_ref().unwrap();
    assert_eq!((told.kind.as_str(), told.cmd_id.as_str()), ("reported_done", "b"));
    let shown = serde_json::to_string(&told.entry.event).unwrap();
    // Texts in an object, in the second of an array of objects, and that of the kept file.
    assert!(shown.contains("已办结") && shown.contains(kept.plain.text().unwrap()), "{shown}");
    assert_eq!(shown.matches("叫号系统").count(), 2, "{shown}");
    let office = ledger.history(Stream::Office).unwrap();
    let events: Vec<String> = office
        .iter()
        .map(|one| serde_json::to_string(&one.told.as_ref().unwrap().entry.event).unwrap())
        .collect();
    assert!(events.iter().any(|event| event.contains("张三")), "{events:?}");
    assert_eq!(clean(&dir).events, head.0);
}

#[test]
fn without_texts_the_register_shows_them_as_erased() {
    let dir = Dir::new();
    drop(filled(dir.path(), 40));
    let bare = Ledger::open(dir.path(), OpenOptions { texts: false, ..options() }).unwrap();
    assert_eq!(title(&bare, 1), None);
    let count = matter_count(&bare);
    drop(bare);
    let full = Ledger::open(dir.path(), options()).unwrap();
    assert!(title(&full, 1).is_some());
    assert_eq!(matter_count(&full), count);
}

#[test]
fn the_same_request_gets_its_first_receipt() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let base = ledger.tree_head().0;
    let first = submit(&ledger, "a", adopt("窗口整治")).unwrap();
    let again = submit(&ledger, "a", adopt("窗口整治")).unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!((again.seq, again.count, again.hash), (first.seq, 2, first.hash));
    // Another account's id is another request.
    assert!(!submit(&ledger, "a", of_another(list("x"))).unwrap().repeated);
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    // Whatever the command: the account and its id are what names a request.
    let again = submit(&ledger, "a", verified(1)).unwrap();
    assert!(again.repeated);
    assert_eq!(again.stream, Some(Stream::Campaign(CampaignId(1))));
    assert_eq!((again.seq, again.n, again.hash), (first.seq, first.n, first.hash));
    assert_eq!(ledger.tree_head().0, base + 3);
}

#[test]
fn a_repeat_within_one_batch_is_a_repeat() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let base = ledger.tree_head().0;
    // The queue fills while the first commit flushes, so these share a batch.
    let (sender, receiver) = std::sync::mpsc::channel();
    for _ in 0..50 {
        let sender = sender.clone();
        ledger.submit_with(request("same", list("x")), move |answer| sender.send(answer).unwrap());
    }
    drop(sender);
    let receipts: Vec<_> = receiver.iter().map(Result::unwrap).collect();
    assert_eq!(receipts.len(), 50);
    assert_eq!(receipts.iter().filter(|receipt| !receipt.repeated).count(), 1);
    assert_eq!(ledger.tree_head().0, base + 1);
}

#[test]
fn what_is_not_done_leaves_nothing() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let base = ledger.tree_head().0;
    submit(&ledger, "a", list("x")).unwrap();
    let head = ledger.tree_head();
    let refused = submit(&ledger, "b", verified(9)).unwrap_err();
    assert!(matches!(refused, NotDone::Refused(_)), "{refused}");
    let too_large = submit(&ledger, "c", large()).unwrap_err();
    assert!(matches!(too_large, NotDone::TooLarge { size } if size > ledger::LEAF_MAX));
    for id in ["", "a b", "事", &"x".repeat(65)] {
        assert_eq!(submit(&ledger, id, verified(1)), Err(NotDone::BadId));
    }
    let mut old = request("e", verified(1));
    old.if_version = Some((matter(1), 0));
    assert_eq!(ledger.submit(old.clone()), Err(NotDone::Conflict { newest: 1 }));
    assert_eq!(ledger.tree_head(), head);
    let none = submit(&ledger, "f", nothing(1)).unwrap();
    assert_eq!((none.seq, none.count), (base + 1, 0));
    assert_eq!(ledger.tree_head(), head);
    // What failed was not remembered as done.
    old.if_version = Some((matter(1), 1));
    assert_eq!(ledger.submit(old).unwrap().n, 2);
    assert_eq!(submit(&ledger, "b", list("now")).unwrap().seq, base + 2);
    assert!(!submit(&ledger, "c", grant()).unwrap().repeated);
    drop(ledger);
    assert_eq!(clean(&dir).events, base + 4);
}

#[test]
fn a_command_is_done_whole_or_not_at_all() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let (base, version) = (ledger.tree_head().0, ledger.version(Stream::Office));
    let (sender, receiver) = std::sync::mpsc::channel();
    for turn in 1..=60 {
        let sender = sender.clone();
        // Of the large ones the first event fits and the second does not.
        let letters = if turn % 3 == 0 { ledger::DISCLOSURE_MAX } else { 1 };
        let command = enrol(&format!("第{turn}科"), letters);
        ledger.submit_with(request(&format!("r{turn}"), command), move |answer| {
            sender.send((turn, answer.map(|receipt| receipt.count))).unwrap();
        });
    }
    drop(sender);
    for (turn, answer) in receiver {
        if turn % 3 == 0 {
            assert!(matches!(answer, Err(NotDone::TooLarge { .. })), "{answer:?}");
        } else {
            assert_eq!(answer, Ok(2));
        }
        let known = ledger.now().office().unit_called(&format!("第{turn}科"));
        assert_eq!(known.is_some(), turn % 3 != 0, "{turn}");
    }
    assert_eq!(ledger.tree_head().0, base + 80);
    // The stream is as the done ones left it.
    assert_eq!(ledger.version(Stream::Office), version + 80);
    assert_eq!(submit(&ledger, "again", enrol("第3科", 1)).unwrap().n, version + 81);
    // A stream that a command would have opened is not there: the next entry of it is its first.
    assert_eq!(submit(&ledger, "list", list("x")).unwrap().n, 1);
    drop(ledger);
    assert_eq!(clean(&dir).events, base + 83);
}

#[test]
fn eight_threads_write_and_nothing_is_lost() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let base = ledger.tree_head().0;
    std::thread::scope(|scope| {
        for thread in 0..8_u32 {
            let ledger = &ledger;
            scope.spawn(move || {
                let mut own = 0;
                for turn in 0..7 * TURNS {
                    let id = format!("{thread}-{turn}");
                    let receipt = submit(ledger, &id, life(own, turn % TURNS)).unwrap();
                    own = number(receipt.stream);
                    assert_eq!(receipt.n, u64::from(turn % TURNS) + 1);
                    assert!(ledger.tree_head().0 > receipt.seq, "answered before it was public");
                }
            });
        }
    });
    let end = base + 8 * 42;
    assert_eq!(ledger.tree_head().0, end);
    assert_eq!(matter_count(&ledger), 56);
    for seq in 0..end {
        let proof = ledger.prove(seq).unwrap();
        let entry = &ledger.entries_from(seq, 1).unwrap()[0];
        assert!(ledger::tree::inclusion_holds(&entry.hash, &proof));
    }
    drop(ledger);
    assert_eq!(clean(&dir).events, end);
}

#[test]
fn log_time_never_goes_back_and_the_claimed_time_is_kept() {
    let dir = Dir::new();
    let time = Arc::new(std::sync::atomic::AtomicI64::new(5_000_000));
    let hand = Arc::clone(&time);
    let clock = Arc::new(move || Moment(hand.load(Ordering::Relaxed)));
    let ledger = founded_with(dir.path(), OpenOptions { clock, ..options() });
    let base = ledger.tree_head().0;
    submit(&ledger, "a", list("x")).unwrap();
    time.store(1_000_000, Ordering::Relaxed);
    let mut late = request("b", verified(1));
    late.at = Some(Moment(77));
    ledger.submit(late).unwrap();
    let entries = ledger.entries_from(base, 9).unwrap();
    assert_eq!(entries[1].log_time, Moment(5_000_000));
    assert_eq!(entries[1].told.as_ref().unwrap().entry.at, Moment(77));
    drop(ledger);
    clean(&dir);
}

#[test]
fn a_sealed_leaf_shows_nothing_and_no_text_lies_in_the_files() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let base = ledger.tree_head().0;
    submit(&ledger, "id-of-the-reporter", accuse("MARKER-SEALED 局长")).unwrap();
    submit(&ledger, "b", list("MARKER-TITLE")).unwrap();
    submit(&ledger, "c", appoint("MARKER-NAME", 1)).unwrap();
    let kept = ledger.keep(b"MARKER-FILE in the clear").unwrap();
    live(&ledger, 2, 1..=4);
    submit(&ledger, "d", report_done(2, &kept)).unwrap();
    let leaf = String::from_utf8(ledger.leaves_from(base, 1).unwrap().remove(0)).unwrap();
    let value: serde_json::Value = serde_json::from_str(&leaf).unwrap();
    let names: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(names, ["_sd", "log_time", "seq", "type", "v"]);
    assert!(leaf.contains(r#""type":"sealed""#) && value["_sd"].as_array().unwrap().len() == 1);
    let told = ledger.entries_from(base, 1).unwrap().remove(0);
    assert!(told.sealed);
    let event = serde_json::to_string(&told.told.unwrap().entry.event).unwrap();
    assert!(event.contains("MARKER-SEALED"), "{event}");
    drop(ledger);
    let plain_hash = ledger::Hash::of(b"MARKER-FILE in the clear").hex();
    for (path, bytes) in files(dir.path()) {
        for marker in ["MARKER", "id-of-the-reporter", "matter/1", &plain_hash] {
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
    let sealed = ledger.entries_from(0, 200).unwrap().into_iter().find(|one| one.sealed).unwrap();
    let accused = number(Some(sealed.told.unwrap().entry.stream));
    ledger.destroy_key(&format!("sealed/{}", sealed.seq)).unwrap();
    // Nobody writes about what was erased.
    let refused = submit(&ledger, "again", send_back(1)).unwrap_err();
    assert!(matches!(refused, NotDone::BadEvent { .. }), "{refused}");
    let count = matter_count(&ledger);
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(title(&ledger, 1), None);
    assert_eq!(title(&ledger, accused), None);
    assert!(title(&ledger, accused + 1).is_some());
    // The matter keeps its number, and nobody has anything to do about it.
    assert_eq!(matter_count(&ledger), count);
    let register = ledger.now();
    let erased = register.matter(MatterId(accused)).unwrap();
    assert!(erased.sealed && !erased.is_open());
    let ahead = erased.listed_on.plus(3650);
    let asked = register.day_pass(ahead);
    assert!(!asked.iter().any(|command| about(command) == Some(accused)));
    let name = register.office().person_name(PersonId(3)).unwrap();
    assert_eq!(name.value(), None);
    let again = ledger.entries_from(sealed.seq, 1).unwrap();
    assert!(again[0].told.is_none() && again[0].sealed);
    drop(ledger);
    unasked(&dir);
}

/// A key that went without an approved erasure is named; nothing else is wrong.
fn unasked(dir: &Dir) {
    let fault = verify(dir.path(), VerifyOptions::default()).expect_err("a key went unasked");
    assert_eq!(fault.what, What::ErasedUnasked, "{fault}");
}

fn about(command: &Command) -> Option<u32> {
    if let Command::Matter(Some(MatterId(number)), _) = command { Some(*number) } else { None }
}

/// Nobody can tell any more which stream an erased sealed entry belonged to.
#[test]
fn a_sealed_stream_may_have_holes_after_an_erasure() {
    for holes in [[0, 2], [1, 2], [0, 3]] {
        let dir = Dir::new();
        let ledger = founded(dir.path());
        let base = ledger.tree_head().0;
        for turn in 0..4 {
            submit(&ledger, &format!("r{turn}"), accused(1, turn)).unwrap();
        }
        for hole in holes {
            ledger.destroy_key(&format!("sealed/{}", base + hole)).unwrap();
        }
        // Whoever still has it open goes on with it; the stream's numbers go on too.
        assert_eq!(submit(&ledger, "r4", accused(1, 4)).unwrap().n, 5);
        submit(&ledger, "next", list("下一件")).unwrap();
        drop(ledger);
        unasked(&dir);
        let ledger = Ledger::open(dir.path(), options()).unwrap();
        assert_eq!(ledger.version(matter(1)), 5);
        assert_eq!(title(&ledger, 2).as_deref(), Some("下一件"));
        // What is left of it is over: nothing can be judged by half a history.
        assert!(!ledger.now().matter(MatterId(1)).unwrap().is_open());
        assert_eq!(ledger.now().next_matter(), MatterId(3));
        // What was done before is still known to have been done.
        assert!(submit(&ledger, "r2", accused(1, 2)).unwrap().repeated);
        assert!(ledger.destroy_key("receipt").is_err() && ledger.destroy_key("no such").is_err());
        drop(ledger);
        unasked(&dir);
    }
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
    assert_eq!(submit(&reader, "x", list("x")), Err(NotDone::ReadOnly));
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
    submit(&ledger, "more", list("x")).unwrap();
    drop(ledger);
    let check = |text: &str| {
        let options =
            VerifyOptions { checkpoint: Some(text.as_bytes()), ..VerifyOptions::default() };
        verify(dir.path(), options).map(|_| ())
    };
    assert_eq!(check(&old), Ok(()));
    let signed = format!("{old}\n\u{2014} name AAAAAAAA\n");
    assert_eq!(check(&signed), Ok(()));
    let lines: Vec<&str> = old.lines().collect();
    let size: u64 = lines[1].parse().unwrap();
    let forked = format!("{}\n{}\n{}\n", lines[0], size - 1, lines[2]);
    assert_eq!(check(&forked), Err(Fault::at(Place::Checkpoint, What::Differs)));
    let longer = format!("{}\n{}\n{}\n", lines[0], size + 70, lines[2]);
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
