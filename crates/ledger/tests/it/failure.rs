//! Disks that fail, logs that were cut, stores of other releases.

use std::path::Path;

use ledger::{
    Fault, Hash, Ledger, LedgerFault, NotDone, OpenOptions, Place, VerifyOptions, What, tree::Tree,
    verify,
};
use rusqlite::Connection;

use crate::world::{
    Dir, adopt, filled, founded, grant, life, list, matter, matter_count, options, request, submit,
    verified,
};

fn raw(dir: &Path) -> Connection {
    Connection::open(dir.join("ledger.db")).unwrap()
}

fn unguarded(dir: &Path) -> Connection {
    let conn = raw(dir);
    for name in ["ledger_no_update", "ledger_no_delete", "disclosure_no_update"] {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    conn.execute_batch("DROP TRIGGER disclosure_no_delete").unwrap();
    conn
}

fn open_fault(dir: &Path) -> Fault {
    match Ledger::open(dir, options()).map(|_| ()) {
        Err(LedgerFault::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

fn verify_fault(dir: &Path) -> Fault {
    verify(dir, VerifyOptions::default()).map(|_| ()).unwrap_err()
}

/// Makes frontier and hashes agree with the leaves again, as a forger with all rights would.
fn make_good(conn: &Connection) {
    let mut tree = Tree::default();
    let mut statement = conn.prepare("SELECT seq, leaf FROM ledger ORDER BY seq").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let rows: Vec<(i64, Vec<u8>)> = rows.unwrap().collect::<Result<_, _>>().unwrap();
    for (seq, leaf) in rows {
        let hash = Hash::leaf(&leaf);
        tree.push(hash, |_| {});
        let update = "UPDATE ledger SET hash = $1 WHERE seq = $2";
        conn.execute(update, (&hash.0[..], seq)).unwrap();
    }
    let update = "UPDATE frontier SET size = $1, hashes = $2";
    let size = i64::try_from(tree.size()).unwrap();
    conn.execute(update, (size, tree.frontier_bytes())).unwrap();
}

fn replace_in_leaf(conn: &Connection, seq: u64, old: &str, new: &str) {
    let seq = i64::try_from(seq).unwrap();
    let read = "SELECT leaf FROM ledger WHERE seq = $1";
    let leaf: Vec<u8> = conn.query_row(read, [seq], |row| row.get(0)).unwrap();
    let leaf = String::from_utf8(leaf).unwrap();
    assert!(leaf.contains(old), "{leaf}");
    let leaf = leaf.replace(old, new).into_bytes();
    conn.execute("UPDATE ledger SET leaf = $1 WHERE seq = $2", (leaf, seq)).unwrap();
    make_good(conn);
}

/// Takes the commitments out of a leaf whose disclosures are gone.
fn replace_commitments(conn: &Connection, seq: u64) {
    let read = "SELECT leaf FROM ledger WHERE seq = $1";
    let at = i64::try_from(seq).unwrap();
    let leaf: Vec<u8> = conn.query_row(read, [at], |row| row.get(0)).unwrap();
    let leaf = String::from_utf8(leaf).unwrap();
    let end = leaf.find("],").unwrap() + 2;
    replace_in_leaf(conn, seq, &leaf[..end], "{");
}

fn delete(conn: &Connection, seq: u64) {
    for table in ["disclosure", "ledger"] {
        conn.execute_batch(&format!("DELETE FROM {table} WHERE seq = {seq}")).unwrap();
    }
}

/// A foreign key that is only looked at on COMMIT makes the COMMIT itself fail.
#[test]
fn a_failing_commit_stops_the_writer_and_changes_nothing() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 20);
    let (head, matters) = (ledger.tree_head(), matter_count(&ledger));
    let next = ledger.now().next_matter().0;
    let bomb = raw(dir.path());
    bomb.execute_batch(
        "CREATE TABLE bomb (x REFERENCES meta (name) DEFERRABLE INITIALLY DEFERRED);
         CREATE TRIGGER boom AFTER INSERT ON ledger BEGIN INSERT INTO bomb VALUES ('no'); END;",
    )
    .unwrap();
    assert_eq!(submit(&ledger, "a", list("x")), Err(NotDone::Stopped));
    bomb.execute_batch("DROP TRIGGER boom; DROP TABLE bomb").unwrap();
    assert_eq!(submit(&ledger, "b", list("y")), Err(NotDone::Stopped));
    assert!(ledger.is_read_only());
    assert_eq!(ledger.tree_head(), head);
    assert_eq!(ledger.version(matter(next)), 0);
    assert_eq!(matter_count(&ledger), matters);
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(ledger.tree_head(), head);
    assert!(!submit(&ledger, "a", list("x")).unwrap().repeated);
    drop(ledger);
    verify(dir.path(), VerifyOptions::default()).unwrap();
}

#[test]
fn a_full_disk_makes_it_read_only_until_cleared() {
    let dir = Dir::new();
    drop(filled(dir.path(), 20));
    let pages: u32 = raw(dir.path()).query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let small = OpenOptions { max_pages: Some(pages + 3), ..options() };
    let ledger = Ledger::open(dir.path(), small).unwrap();
    let mut done = 0_u32;
    let full = loop {
        match submit(&ledger, &format!("fill-{done}"), list(&"满".repeat(300))) {
            Ok(_) => done += 1,
            Err(not_done) => break not_done,
        }
        assert!(done < 1000, "never full");
    };
    assert_eq!(full, NotDone::ReadOnly);
    let head = ledger.tree_head();
    // Not even a command that would fit: reading goes on, writing waits for the operator.
    assert_eq!(submit(&ledger, "s", grant()), Err(NotDone::ReadOnly));
    assert!(ledger.is_read_only() && ledger.prove(0).is_ok());
    ledger.clear_read_only();
    let again = submit(&ledger, &format!("fill-{done}"), list(&"满".repeat(300)));
    assert_eq!(again, Err(NotDone::ReadOnly), "the disk is as full as before");
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!(ledger.tree_head(), head);
    assert!(!submit(&ledger, &format!("fill-{done}"), list("x")).unwrap().repeated);
    drop(ledger);
    verify(dir.path(), VerifyOptions::default()).unwrap();
}

/// While one batch is written the next is judged on top of it. When the disk fills up under the
/// first, what was judged on top falls with it, and everybody is told the truth.
#[test]
fn what_was_judged_on_top_of_a_failing_batch_falls_with_it() {
    let dir = Dir::new();
    drop(filled(dir.path(), 20));
    let pages: u32 = raw(dir.path()).query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let ledger =
        Ledger::open(dir.path(), OpenOptions { max_pages: Some(pages + 40), ..options() }).unwrap();
    let mut done = Vec::new();
    for round in 0..50 {
        let (sender, answers) = std::sync::mpsc::channel();
        for turn in 0..40 {
            let (sender, id) = (sender.clone(), format!("{round}-{turn}"));
            ledger.submit_with(request(&id.clone(), list(&"满".repeat(90))), move |answer| {
                sender.send((id, answer.map(|receipt| receipt.seq))).unwrap();
            });
        }
        drop(sender);
        let (good, bad): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, answer)| answer.is_ok());
        assert!(bad.iter().all(|(_, answer)| *answer == Err(NotDone::ReadOnly)), "{bad:?}");
        done.extend(good.into_iter().map(|(id, answer)| (id, answer.unwrap())));
        if !bad.is_empty() {
            break;
        }
    }
    assert!(ledger.is_read_only(), "never full");
    let (size, matters) = (ledger.tree_head().0, matter_count(&ledger));
    drop(ledger);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    assert_eq!((ledger.tree_head().0, matter_count(&ledger)), (size, matters));
    for (id, seq) in done {
        let again = submit(&ledger, &id, list("x")).unwrap();
        assert_eq!((again.repeated, again.seq), (true, seq), "{id}");
    }
    assert_eq!(ledger.tree_head().0, size, "an unanswered command is in the log");
    drop(ledger);
    verify(dir.path(), VerifyOptions::default()).unwrap();
}

#[test]
fn a_log_that_ends_inside_a_command_is_a_fault() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    submit(&ledger, "a", list("x")).unwrap();
    let receipt = submit(&ledger, "b", adopt("窗口整治")).unwrap();
    assert_eq!(receipt.count, 2);
    drop(ledger);
    let conn = unguarded(dir.path());
    delete(&conn, receipt.seq + 1);
    let cut = verify_fault(dir.path());
    assert_eq!(cut, Fault::at(Place::Entry(receipt.seq), What::CommandCut));
    make_good(&conn);
    assert_eq!(verify_fault(dir.path()), cut);
    assert_eq!(open_fault(dir.path()), cut);
}

#[test]
fn a_shortened_log_does_not_agree_with_its_frontier_and_receipts() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    submit(&ledger, "a", list("x")).unwrap();
    let last = submit(&ledger, "b", list("y")).unwrap().seq;
    let before = ledger.checkpoint();
    drop(ledger);
    let conn = unguarded(dir.path());
    delete(&conn, last);
    let frontier = Fault::at(Place::Frontier, What::Differs);
    assert_eq!(open_fault(dir.path()), frontier);
    assert_eq!(verify_fault(dir.path()), frontier);
    make_good(&conn);
    assert_eq!(verify_fault(dir.path()), Fault::at(Place::Receipt(last), What::Extra));
    conn.execute_batch(&format!("DELETE FROM receipt WHERE seq = {last}")).unwrap();
    // Now the forger has thought of everything in the house; a checkpoint outside it remains.
    verify(dir.path(), VerifyOptions::default()).unwrap();
    let with = VerifyOptions { checkpoint: Some(before.as_bytes()), ..VerifyOptions::default() };
    let found = verify(dir.path(), with).map(|_| ()).unwrap_err();
    assert_eq!(found, Fault::at(Place::Checkpoint, What::Gap(last)));
}

#[test]
fn a_missing_receipt_is_noticed_at_once() {
    let dir = Dir::new();
    drop(filled(dir.path(), 20));
    let conn = raw(dir.path());
    conn.execute_batch("DELETE FROM receipt WHERE seq = (SELECT MAX(seq) FROM receipt)").unwrap();
    assert!(matches!(
        open_fault(dir.path()),
        Fault { place: Place::Receipt(_), what: What::Missing }
    ));
    assert_eq!(verify_fault(dir.path()), open_fault(dir.path()));
}

#[test]
fn unknown_versions_and_types_are_named() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    submit(&ledger, "a", list("x")).unwrap();
    let last = submit(&ledger, "b", verified(1)).unwrap().seq;
    drop(ledger);
    let conn = unguarded(dir.path());
    replace_in_leaf(&conn, last, r#""type":"confirmed""#, r#""type":"verified_in_2031""#);
    let fault = open_fault(dir.path());
    assert!(matches!(&fault.what, What::EventUnreadable(kind, _) if kind == "verified_in_2031"));
    assert_eq!(fault.seq(), Some(last));
    assert_eq!(verify_fault(dir.path()), fault);
    replace_in_leaf(&conn, last, r#""v":1"#, r#""v":2"#);
    let unknown = Fault::at(Place::Entry(last), What::VersionUnknown("2".to_owned()));
    assert_eq!(open_fault(dir.path()), unknown);
    assert_eq!(verify_fault(dir.path()), unknown);
    conn.execute_batch("PRAGMA user_version = 9").unwrap();
    assert!(matches!(open_fault(dir.path()).what, What::VersionUnknown(_)));
}

#[test]
fn a_forged_leaf_with_good_hashes_breaks_the_chain() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let first = submit(&ledger, "a", list("x")).unwrap().seq;
    submit(&ledger, "b", verified(1)).unwrap();
    submit(&ledger, "c", life(1, 2)).unwrap();
    drop(ledger);
    let conn = unguarded(dir.path());
    replace_in_leaf(&conn, first + 1, r#""account":1"#, r#""account":2"#);
    // The next entry of the stream still names the hash of the true one.
    let broken = Fault::at(Place::Entry(first + 2), What::MemberWrong("prev"));
    assert_eq!(verify_fault(dir.path()), broken);
    assert_eq!(open_fault(dir.path()), broken);
    replace_in_leaf(&conn, first + 1, r#""account":2"#, r#""account":1"#);
    verify(dir.path(), VerifyOptions::default()).unwrap();
    replace_in_leaf(&conn, first + 2, r#","by""#, r#", "by""#);
    let fault = verify_fault(dir.path());
    assert_eq!(fault, Fault::at(Place::Entry(first + 2), What::LeafNotCanonical));
}

/// A forger may make a history that no command could have made; opening and verifying say so.
#[test]
fn a_history_that_cannot_have_happened_is_a_fault() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    submit(&ledger, "a", list("x")).unwrap();
    let last = submit(&ledger, "b", verified(1)).unwrap().seq;
    drop(ledger);
    let conn = unguarded(dir.path());
    replace_in_leaf(&conn, last, r#""type":"confirmed""#, r#""type":"check_passed""#);
    let texts = format!("DELETE FROM disclosure WHERE seq = {last}");
    conn.execute_batch(&texts).unwrap();
    replace_commitments(&conn, last);
    let fault = open_fault(dir.path());
    assert!(matches!(fault.what, What::HistoryBroken(_)), "{fault}");
    assert_eq!(fault.seq(), Some(last));
    assert_eq!(verify_fault(dir.path()), fault);
}

#[test]
fn the_tables_refuse_to_be_rewritten() {
    let dir = Dir::new();
    drop(filled(dir.path(), 20));
    let conn = raw(dir.path());
    for attempt in [
        "UPDATE ledger SET hash = leaf",
        "DELETE FROM ledger WHERE seq = 3",
        "UPDATE disclosure SET alg = 2",
        "DELETE FROM disclosure",
        "INSERT OR REPLACE INTO ledger VALUES (3, 'x', 'y')",
    ] {
        assert!(conn.execute_batch(attempt).is_err(), "{attempt}");
    }
    verify(dir.path(), VerifyOptions::default()).unwrap();
}

#[test]
fn damaged_database_pages_are_reported_not_panicked_on() {
    let dir = Dir::new();
    drop(filled(dir.path(), 200));
    let path = dir.path().join("ledger.db");
    let good = std::fs::read(&path).unwrap();
    for place in (0..good.len()).step_by(good.len() / 40) {
        let mut bad = good.clone();
        bad[place] ^= 0x55;
        std::fs::write(&path, &bad).unwrap();
        // Some bytes mean nothing (free space in pages); none may panic.
        drop(verify(dir.path(), VerifyOptions::default()));
        drop(Ledger::open(dir.path(), OpenOptions { read_only: true, ..options() }));
        std::fs::write(&path, &good).unwrap();
    }
    verify(dir.path(), VerifyOptions::default()).unwrap();
}
