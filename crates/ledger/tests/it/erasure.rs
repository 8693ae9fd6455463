//! After an approved erasure nothing of it can be read anywhere, and the log still verifies.

use std::path::Path;

use ledger::{
    Chance, Ledger, LedgerFault, NotDone, OpenOptions, Receipt, VerifyOptions, What,
    accounts::{Accounts, Cost, Limits},
    disclosure::Disclosure,
    verify,
};
use rules::{
    Refusal,
    calendar::Day,
    erasure::{Command as Deal, Ground, Subject},
    ids::{ErasureId, MatterId, PersonId, PostId},
    matter,
    posts::{self, StaffLine},
    record::{Command, Moment, Stream},
    role::Rank,
    text::Words,
};

use crate::office::{OFFICE, RECEIVER, SECURITY, STAFFING, act, today};
use crate::world::{
    Act, Dir, accuse, founded, life, list, live, matter as stream, options, proof_of, report_done,
    request, submit, title,
};

const MARK: &str = "张三的身份证";
/// Keeps what a test did under names that differ.
static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

fn deal(post: u32, id: Option<u32>, deal: Deal) -> Act {
    act(post, Command::Erasure(id.map(ErasureId), deal))
}

fn on(ledger: &Ledger, today: Day, act: Act) -> Result<Receipt, NotDone> {
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    ledger.submit(ledger::Request { today, ..request(&format!("e{count}"), act) })
}

fn words() -> Words {
    Words::new("本人要求")
}

/// Somebody asks, and another person approves; the keys are not touched yet.
fn approve(ledger: &Ledger, post: u32, subject: Subject) {
    let later = today().plus(60);
    let no = ledger.now().next_erasure().0;
    let ask = Deal::Ask { subject, ground: Ground::ConsentWithdrawn, reason: words() };
    on(ledger, later, deal(post, None, ask)).unwrap();
    on(ledger, later, deal(SECURITY, Some(no), Deal::Approve)).unwrap();
}

fn steer(post: u32, id: u32, command: matter::Command) -> Act {
    act(post, Command::Matter(Some(MatterId(id)), command))
}

/// Matters 1 (with a kept file, ended), 2 (open) and 3 (sealed, ended, the newest of all), and a
/// person who has left. All but matter 2 bear the mark. Gives the kept file's id.
fn peopled(ledger: &Ledger) -> ledger::EvidenceId {
    let kept = ledger.keep(MARK.as_bytes()).unwrap();
    submit(ledger, "one", list(MARK)).unwrap();
    live(ledger, 1, 1..=5);
    submit(ledger, "report", report_done(1, &kept)).unwrap();
    submit(ledger, "two", list("第二件")).unwrap();
    let merge = matter::Command::Merge { into: MatterId(2), reason: Words::new(MARK) };
    submit(ledger, "merge", steer(OFFICE, 1, merge)).unwrap();
    let line = StaffLine {
        unit: Words::new("窗口科"),
        parent: None,
        post: Words::new("临时岗"),
        rank: Rank::Staff,
        roles: Vec::new(),
        holder: Some((Words::new(MARK), today())),
    };
    let enrol = posts::Command::Enrol { lines: vec![line] };
    submit(ledger, "enrol", act(STAFFING, Command::Office(enrol))).unwrap();
    let person = ledger.now().office().person_called(MARK).unwrap();
    let leave = posts::Command::Leave { post: PostId(8), on: today().plus(2) };
    submit(ledger, "leave", act(STAFFING, Command::Office(leave))).unwrap();
    assert_eq!(person, PersonId(8));
    submit(ledger, "three", accuse(MARK)).unwrap();
    let refute = matter::Command::Refute { reason: Words::new(MARK) };
    submit(ledger, "refute", steer(RECEIVER, 3, refute)).unwrap();
    assert_eq!(proof_of(&kept).file().map(|id| id.0), Some(kept.id.0));
    kept.id
}

fn approve_all(ledger: &Ledger) {
    approve(ledger, OFFICE, Subject::Matter(MatterId(1)));
    approve(ledger, OFFICE, Subject::Person(PersonId(8)));
    approve(ledger, RECEIVER, Subject::Matter(MatterId(3)));
}

/// The wrapped keys in keys.db by subject.
fn wrapped(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let conn = rusqlite::Connection::open(dir.join("keys.db")).unwrap();
    let read = "SELECT kind || '/' || number, wrapped FROM subject_key";
    let mut statement = conn.prepare(read).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn holds(path: &Path, what: &[u8]) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return false };
    bytes.windows(what.len()).any(|part| part == what)
}

/// Every file below `dir` that holds `what`.
fn holding(dir: &Path, what: &[u8]) -> Vec<std::path::PathBuf> {
    let mut found = vec![];
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, what));
        } else if holds(&path, what) {
            found.push(path);
        }
    }
    found
}

fn shows_nothing(ledger: &Ledger, kept: &ledger::EvidenceId) {
    assert_eq!((title(ledger, 1), title(ledger, 3)), (None, None));
    assert!(title(ledger, 2).is_some(), "what was not erased is still there");
    assert_eq!(ledger.now().office().person_called(MARK), None);
    assert!(matches!(ledger.kept(kept), Err(LedgerFault::Erased { .. })));
    let told = ledger.entries_from(0, 1000).unwrap();
    let texts = told
        .iter()
        .filter_map(|one| one.told.as_ref())
        .map(|told| serde_json::to_string(&told.entry.event).unwrap());
    assert_eq!(texts.filter(|text| text.contains(MARK)).count(), 0);
    assert_eq!(ledger.now().next_matter(), MatterId(4), "no number is given out again");
    let ended = ledger.now();
    assert!([1, 3].iter().all(|id| !ended.matter(MatterId(*id)).unwrap().is_open()));
}

#[test]
fn after_an_erasure_nothing_of_it_is_left() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let kept = peopled(&ledger);
    let old = Dir::new();
    std::fs::copy(dir.path().join("ledger.db"), old.path().join("ledger.db")).unwrap();
    let wal = "ledger.db-wal";
    std::fs::copy(dir.path().join(wal), old.path().join(wal)).unwrap();
    let before = wrapped(dir.path());
    approve_all(&ledger);
    assert!(ledger.destroyed(ErasureId(1)).unwrap().is_none(), "no key is gone yet");
    assert!(ledger.settle_erasures().unwrap());
    assert!(!ledger.settle_erasures().unwrap(), "the second time there is nothing to do");
    shows_nothing(&ledger, &kept);
    let destroyed = ledger.destroyed(ErasureId(1)).unwrap().unwrap();
    assert!(destroyed.values > 8 && destroyed.files == 1, "{destroyed:?}");
    assert_eq!(ledger.destroyed(ErasureId(3)).unwrap().unwrap().values, 2);
    let after: Vec<_> = wrapped(dir.path()).into_iter().map(|(subject, _)| subject).collect();
    let gone: Vec<_> = before.iter().filter(|(subject, _)| !after.contains(subject)).collect();
    assert_eq!(gone.len(), 6, "two matters, file, person, two sealed entries: {gone:?}");
    for (subject, key) in &gone {
        let left = holding(dir.path(), key);
        assert!(left.is_empty(), "{subject}: {left:?}");
    }
    assert!(holding(dir.path(), MARK.as_bytes()).is_empty());
    // Nobody writes about it any more, and everything else goes on.
    let refused = submit(&ledger, "again", life(1, 1));
    assert_eq!(refused, Err(NotDone::Refused(Refusal::MatterErased(MatterId(1)))));
    submit(&ledger, "confirm", life(2, 1)).unwrap();
    drop(ledger);
    let verified = verify(dir.path(), VerifyOptions::default()).unwrap();
    assert_eq!(verified.keys_destroyed, 6);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    shows_nothing(&ledger, &kept);
    assert_eq!(title(&ledger, 2).as_deref(), Some("第二件"));
    let receipt = submit(&ledger, "four", list("第四件")).unwrap();
    assert_eq!(receipt.stream, Some(stream(4)));
    drop(ledger);
    // An old copy of the log with today's keys shows nothing either.
    for name in ["keys.db", "kek"] {
        std::fs::copy(dir.path().join(name), old.path().join(name)).unwrap();
    }
    let looking = OpenOptions { read_only: true, ..options() };
    let ledger = Ledger::open(old.path(), looking).unwrap();
    assert_eq!((title(&ledger, 1), title(&ledger, 2).is_some()), (None, true));
    assert_eq!(ledger.now().office().person_called(MARK), None);
}

/// The login name and what a token was called go with the person's name; others stay.
#[test]
fn the_account_goes_with_the_person() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    peopled(&ledger);
    let limits = Limits { cost: Cost::new(64, 1, 1).unwrap(), ..Limits::default() };
    let accounts = Accounts::open_with(dir.path(), Chance::Seed(4), limits).unwrap();
    let now = Moment(1_789_693_323_000);
    for (person, login) in [(8, "zhangsan88"), (1, "office01")] {
        let link = accounts.invite(PersonId(person), now).unwrap();
        accounts.redeem(&link, login, "kettle harbour violin", now).unwrap();
    }
    let token = accounts.issue_token(PersonId(8), PostId(8), "zhang's script", now, 9).unwrap();
    let cookie = accounts.open_session(PersonId(8), None, now).unwrap();
    approve_all(&ledger);
    accounts.forget_erased(&ledger.now()).unwrap();
    accounts.forget_erased(&ledger.now()).unwrap();
    assert!(accounts.token(&token, now).unwrap().is_none());
    assert!(accounts.session(&cookie, now).unwrap().is_none());
    assert!(accounts.sign_in("zhangsan88", "kettle harbour violin", now).is_err());
    accounts.sign_in("office01", "kettle harbour violin", now).unwrap();
    for gone in ["zhangsan88", "zhang's script"] {
        assert!(holding(dir.path(), gone.as_bytes()).is_empty(), "{gone}");
    }
    assert!(!holding(dir.path(), b"office01").is_empty(), "the search finds what is there");
}

/// The power fails after the event and before the keys: the next start makes up for it.
#[test]
fn what_a_crash_left_is_mended_at_the_next_start() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let kept = peopled(&ledger);
    approve_all(&ledger);
    drop(ledger);
    let fault = verify(dir.path(), VerifyOptions::default()).expect_err("keys are left");
    assert_eq!(fault.what, What::NotErased, "{fault}");
    // Whoever only looks mends nothing, and sees nothing.
    let looking = OpenOptions { read_only: true, ..options() };
    let reader = Ledger::open(dir.path(), looking).unwrap();
    assert_eq!((title(&reader, 1), title(&reader, 3)), (None, None));
    assert!(reader.kept(&kept).is_err() && !reader.settle_erasures().unwrap());
    drop(reader);
    let ledger = Ledger::open(dir.path(), options()).unwrap();
    shows_nothing(&ledger, &kept);
    drop(ledger);
    assert_eq!(verify(dir.path(), VerifyOptions::default()).unwrap().keys_destroyed, 6);
}

/// A restricted matter keeps its texts, and shows none in its register, history and files.
#[test]
fn what_is_restricted_is_kept_and_not_shown() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    let kept = peopled(&ledger);
    for (post, subject) in [(OFFICE, 1), (RECEIVER, 3)] {
        let no = ledger.now().next_erasure().0;
        let (subject, ground) = (Subject::Matter(MatterId(subject)), Ground::OtherLaw);
        let ask = Deal::Ask { subject, ground, reason: words() };
        on(&ledger, today(), deal(post, None, ask)).unwrap();
        on(&ledger, today(), deal(SECURITY, Some(no), Deal::Restrict { reason: words() })).unwrap();
    }
    let text = |n| {
        let history = ledger.history(Stream::Matter(MatterId(n))).unwrap();
        let told = history.iter().filter_map(|one| one.told.as_ref());
        let texts = told.map(|told| serde_json::to_string(&told.entry.event).unwrap());
        texts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!((title(&ledger, 1), title(&ledger, 3)), (None, None));
    assert!(!text(1).contains(MARK) && !text(3).contains(MARK) && text(1).contains("listed"));
    assert!(matches!(ledger.kept(&kept), Err(LedgerFault::Restricted { .. })));
    for no in [1, 2] {
        on(&ledger, today(), deal(SECURITY, Some(no), Deal::Lift { reason: words() })).unwrap();
    }
    assert!(text(1).contains(MARK) && text(3).contains(MARK));
    assert_eq!(ledger.kept(&kept).unwrap(), MARK.as_bytes());
}

/// An auditor without the data directory sees what was opened for him, and that the rest is there.
#[test]
fn an_auditor_checks_a_disclosure_alone() {
    let dir = Dir::new();
    let ledger = founded(dir.path());
    peopled(&ledger);
    let told = |name: &str| name == "/title";
    let all = ledger.disclose(stream(1), |_| true).unwrap();
    let one = ledger.disclose(stream(1), told).unwrap();
    let (whole, part) = (all.check().unwrap(), one.check().unwrap());
    assert!(whole.iter().all(|entry| entry.withheld == 0) && whole.len() == 8);
    let shown: Vec<_> = part.iter().flat_map(|entry| &entry.shown).collect();
    assert!(matches!(&shown[..], [(name, value)] if name == "/title" && value.contains(MARK)));
    assert!(part.iter().map(|entry| entry.withheld).sum::<usize>() > 8);
    assert!(ledger.disclose(stream(3), |_| true).unwrap().check().unwrap().is_empty());
    let text = serde_json::to_string(&one).unwrap();
    assert!(Disclosure::read(&text).unwrap().check().is_ok());
    let spoilt = |from: &str, to: &str| {
        let spoilt = text.replacen(from, to, 1);
        assert_ne!(spoilt, text, "{from}");
        Disclosure::read(&spoilt).and_then(|read| read.check())
    };
    assert!(spoilt("P32", "P31").is_err(), "a leaf");
    assert!(spoilt("disclosures\":[\"W", "disclosures\":[\"X").is_err(), "an opening");
    assert!(spoilt("\"path\":[\"", "\"path\":[\"00").is_err(), "a proof");
    assert!(
        spoilt("\"stream\":\"matter/1\"", "\"stream\":\"matter/2\"").is_err(),
        "another matter"
    );
    assert!(spoilt("disclosure/1", "disclosure/2").is_err(), "another form");
    assert!(Disclosure::read("[]").is_err());
    approve(&ledger, OFFICE, Subject::Matter(MatterId(1)));
    ledger.settle_erasures().unwrap();
    let after = ledger.disclose(stream(1), |_| true).unwrap().check().unwrap();
    assert!(after.len() == 8 && after.iter().all(|entry| entry.shown.is_empty()));
    // What was given out before still opens: it cannot be called back.
    assert!(one.check().is_ok());
    let certificate = ledger.erasure_certificate(ErasureId(1)).unwrap().unwrap();
    assert!(ledger::tree::inclusion_holds(&certificate.hash, &certificate.proof));
}
