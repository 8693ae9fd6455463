//! Checkpoints that are signed and kept, and what follows when the log no longer contains one.

use std::{fs, path::Path};

use ledger::{
    Chance, Checkpoints, Fault, Ledger, LedgerFault, NotDone, Place, VerifyOptions, What,
    checkpoint, log_key,
    note::{KeyKind, Note, NoteFault, Signer, SigningKey, VerifierKey},
    sm2_key,
    trust_policy::TrustPolicy,
    verify,
};

use crate::world::{Dir, filled, list, options, submit};

const NOW: u64 = 1_789_693_323;

fn witness(n: u8) -> SigningKey {
    SigningKey::new(&format!("witness.example/{n}"), KeyKind::Cosigner, &[n; 32]).unwrap()
}

fn signers(dir: &Path, ledger: &Ledger) -> [Signer; 2] {
    let (log, chance) = (ledger.origin(), Chance::Seed(3));
    [log_key(dir, log, chance).unwrap(), sm2_key(dir, log, chance).unwrap()]
}

fn check(dir: &Path, options: VerifyOptions<'_>) -> Result<(u64, Option<u64>), Fault> {
    verify(dir, options).map(|verified| (verified.checkpoints, verified.witnessed))
}

fn plainly(dir: &Path) -> Result<(u64, Option<u64>), Fault> {
    check(dir, VerifyOptions::default())
}

#[test]
fn checkpoints_are_signed_once_kept_and_compared() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 20);
    let [log, sm2] = signers(dir.path(), &ledger);
    let keys = [log.verifier().clone(), sm2.verifier().clone()];
    let checkpoints = Checkpoints::open(dir.path()).unwrap();
    let log = std::slice::from_ref(&log);
    let first = checkpoints.sign(&ledger, log, NOW).unwrap().note;
    assert_eq!(checkpoints.sign(&ledger, log, NOW + 9).unwrap().note, first);
    // A signer that comes later completes it.
    let both = checkpoints.sign(&ledger, &[log[0].clone(), sm2], NOW).unwrap().note;
    assert_eq!((both.signatures.len(), both.verify(&keys).unwrap().len()), (2, 2));
    submit(&ledger, "more", list("x")).unwrap();
    checkpoints.sign(&ledger, log, NOW).unwrap();
    let newest = checkpoints.newest().unwrap().unwrap();
    let size = checkpoint::parse(&newest.text).unwrap().size;
    assert_eq!(size, ledger.tree_head().0);
    assert_eq!(checkpoints.all().unwrap().len(), 2);
    drop(ledger);
    assert_eq!(plainly(dir.path()), Ok((2, None)));
    drop(Ledger::open(dir.path(), options()).unwrap());
}

#[test]
fn a_signer_that_fails_keeps_no_checkpoint_back() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 3);
    let [log, sm2] = signers(dir.path(), &ledger);
    let key = sm2.verifier().clone();
    let broken = Signer::Exec { key, program: "/no/such/program".into(), args: Vec::new() };
    let checkpoints = Checkpoints::open(dir.path()).unwrap();
    let signed = checkpoints.sign(&ledger, &[log, broken.clone()], NOW).unwrap();
    assert_eq!((signed.note.signatures.len(), signed.failed.len()), (1, 1));
    let again = checkpoints.sign(&ledger, &[broken, sm2], NOW).unwrap();
    assert_eq!((again.note.signatures.len(), again.failed.len()), (2, 1));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Yesterday's copy of the log is put back over today's; the checkpoints are today's.
#[test]
fn a_log_put_back_refuses_to_go_on() {
    let dir = Dir::new();
    let (data, old) = (dir.path().join("data"), dir.path().join("old"));
    drop(filled(&data, 20));
    copy(&data, &old);
    let ledger = Ledger::open(&data, options()).unwrap();
    let [log, _] = signers(&data, &ledger);
    let before = ledger.tree_head().0;
    submit(&ledger, "lost", list("x")).unwrap();
    let known = ledger.tree_head().0;
    let checkpoints = Checkpoints::open(&data).unwrap();
    let note = checkpoints.sign(&ledger, std::slice::from_ref(&log), NOW).unwrap().note;
    drop(ledger);
    copy(&old, &data);
    let ledger = Ledger::open(&data, options()).unwrap();
    let refused = submit(&ledger, "more", list("y"));
    assert_eq!(refused, Err(NotDone::Rewound { known }));
    ledger.clear_read_only();
    assert_eq!(submit(&ledger, "more", list("y")), Err(NotDone::Rewound { known }));
    assert!(ledger.is_read_only() && ledger.keep(b"x").is_err() && ledger.prove(0).is_ok());
    let place = || Place::StoredCheckpoint(known);
    let signed = checkpoints.sign(&ledger, &[log], NOW);
    let gap = Fault::at(place(), What::Gap(before));
    assert!(matches!(signed, Err(LedgerFault::Fault(fault)) if fault == gap));
    drop(ledger);
    assert_eq!(plainly(&data), Err(gap));
    // Whoever takes the checkpoints back as well is found by the one outside.
    drop(checkpoints);
    fs::remove_file(data.join("checkpoints.db")).unwrap();
    assert_eq!(plainly(&data), Ok((0, None)));
    let text = note.to_string();
    let outside = VerifyOptions { checkpoint: Some(text.as_bytes()), ..VerifyOptions::default() };
    assert_eq!(check(&data, outside), Err(Fault::at(Place::Checkpoint, What::Gap(before))));
    // And one who goes on writes another history of the same length.
    let ledger = Ledger::open(&data, options()).unwrap();
    submit(&ledger, "other", list("z")).unwrap();
    assert_eq!(ledger.tree_head().0, known);
    drop(ledger);
    let outside = VerifyOptions { checkpoint: Some(text.as_bytes()), ..VerifyOptions::default() };
    assert_eq!(check(&data, outside), Err(Fault::at(Place::Checkpoint, What::Differs)));
}

#[test]
fn stored_checkpoints_that_were_tampered_with_are_named() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 5);
    let [log, _] = signers(dir.path(), &ledger);
    let checkpoints = Checkpoints::open(dir.path()).unwrap();
    checkpoints.sign(&ledger, &[log], NOW).unwrap();
    let size = ledger.tree_head().0;
    drop((ledger, checkpoints));
    let conn = rusqlite::Connection::open(dir.path().join("checkpoints.db")).unwrap();
    assert!(conn.execute_batch("DELETE FROM signature").is_err(), "append-only");
    conn.execute_batch(
        "DROP TRIGGER checkpoint_no_update; DROP TRIGGER signature_no_update;
         UPDATE checkpoint SET text = replace(text, char(10), char(10)) || 'more' || char(10)",
    )
    .unwrap();
    let name = Ledger::open(dir.path(), options()).unwrap().origin().to_owned();
    let wrong = NoteFault::SignatureWrong { name };
    let fault = Fault::at(Place::StoredCheckpoint(size), What::Untrusted(wrong));
    assert_eq!(plainly(dir.path()), Err(fault));
    conn.execute_batch("UPDATE signature SET line = 'x'").unwrap();
    assert!(plainly(dir.path()).is_err());
}

/// Two of three, as the policy of an office has it.
fn policy(log: &VerifierKey) -> TrustPolicy {
    let [a, b, c] = [1, 2, 3].map(|n| witness(n).verifier().to_string());
    let text = format!(
        "# who must have seen it\nlog {log}\n\nwitness sheng {a}\n\twitness jijian {b}\n\
         witness shenji {c} https://example.invalid/\ngroup q 2 sheng jijian shenji\nquorum q\n"
    );
    TrustPolicy::parse(&text).unwrap()
}

#[test]
fn a_policy_asks_for_two_of_three() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 5);
    let [log, sm2] = signers(dir.path(), &ledger);
    let policy = policy(log.verifier());
    let checkpoints = Checkpoints::open(dir.path()).unwrap();
    let mut note = checkpoints.sign(&ledger, &[log.clone(), sm2], NOW).unwrap().note;
    let size = ledger.tree_head().0;
    drop(ledger);
    let with = || VerifyOptions { policy: Some(&policy), ..VerifyOptions::default() };
    let few = |witnesses| NoteFault::NoQuorum { witnesses };
    let found = Fault::at(Place::StoredCheckpoint(size), What::Untrusted(few(0)));
    assert_eq!(check(dir.path(), with()), Err(found));
    for (n, met) in [(1, Err(few(1))), (9, Err(few(1))), (3, Ok(2))] {
        let line = witness(n).sign(&note.text, NOW + u64::from(n)).unwrap();
        let kept = checkpoints.cosigned(size, std::slice::from_ref(&line), policy.witnesses());
        assert_eq!(kept.is_ok(), n != 9, "a stranger's line is not kept");
        note.add(line);
        assert_eq!(policy.check(&note).map(|met| met.witnesses.len()), met);
    }
    assert_eq!(check(dir.path(), with()), Ok((1, Some(size))));
    let text = note.to_string();
    let outside = VerifyOptions { checkpoint: Some(text.as_bytes()), ..with() };
    assert_eq!(check(dir.path(), outside), Ok((2, Some(size))));
    // The same witness twice is one; a log that nobody named is none; a body alone says nothing.
    let mut twice = Note { signatures: note.signatures[..3].to_vec(), ..note.clone() };
    twice.add(witness(1).sign(&note.text, NOW + 50).unwrap());
    assert_eq!(policy.check(&twice), Err(few(1)));
    let unnamed = Note { signatures: note.signatures[1..].to_vec(), ..note.clone() };
    assert_eq!(policy.check(&unnamed), Err(NoteFault::Unsigned));
    let bare = VerifyOptions { checkpoint: Some(note.text.as_bytes()), ..with() };
    let unsigned = Fault::at(Place::Checkpoint, What::Untrusted(NoteFault::Unsigned));
    assert_eq!(check(dir.path(), bare), Err(unsigned.clone()));
    let keys = [log.verifier().clone()];
    let keyed = |text| VerifyOptions { checkpoint: text, keys: &keys, ..VerifyOptions::default() };
    assert_eq!(check(dir.path(), keyed(Some(text.as_bytes()))), Ok((2, None)));
    assert_eq!(check(dir.path(), keyed(Some(note.text.as_bytes()))), Err(unsigned));
    let other = [witness(8).verifier().clone()];
    let strange = VerifyOptions { keys: &other, ..keyed(Some(text.as_bytes())) };
    assert!(check(dir.path(), strange).is_err());
}

#[test]
fn policies_that_cannot_be_read_name_the_line() {
    let [a, b] = [1, 2].map(|n| witness(n).verifier().to_string());
    let log = SigningKey::new("l", KeyKind::Log, &[4; 32]).unwrap().verifier().to_string();
    let bad = [
        (String::new(), 1),
        (format!("witness a {a}\n"), 2),
        (format!("witness a {a}\nquorum b\n"), 2),
        (format!("witness a {a}\nwitness a {b}\nquorum a\n"), 2),
        (format!("witness a {a}\nwitness b {a}\nquorum a\n"), 2),
        (format!("log {log}\nlog {log}\nquorum none\n"), 2),
        (format!("log {a}\nquorum none\n"), 1),
        (format!("witness a {log}\nquorum a\n"), 1),
        (format!("witness none {a}\nquorum none\n"), 1),
        (format!("witness a {a}\ngroup g 2 a\nquorum g\n"), 2),
        (format!("witness a {a}\ngroup g 0 a\nquorum g\n"), 2),
        (format!("witness a {a}\ngroup g 01 a\nquorum g\n"), 2),
        (format!("witness a {a}\ngroup g any\nquorum g\n"), 2),
        (format!("witness a {a}\ngroup g any a a\nquorum g\n"), 2),
        (format!("witness a {a}\ngroup g any a\ngroup h any a\nquorum g\n"), 3),
        (format!("witness a {a}\ngroup g any g\nquorum g\n"), 2),
        ("quorum none\nquorum none\n".to_owned(), 2),
        ("quorum none\r\n".to_owned(), 1),
        ("speak friend\n".to_owned(), 1),
    ];
    for (text, line) in bad {
        let found = TrustPolicy::parse(&text).map(drop).map_err(|bad| bad.line);
        assert_eq!(found, Err(line), "{text}");
    }
    let good =
        format!("witness a {a}\nwitness b {b}\ngroup g any a\ngroup h all g b # \nquorum h\n");
    assert!(TrustPolicy::parse(&good).is_err(), "a comment has a line of its own");
    assert!(TrustPolicy::parse(&good.replace(" # ", "")).is_ok());
    assert!(TrustPolicy::parse("quorum none").is_ok());
}
