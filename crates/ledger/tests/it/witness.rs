//! A witness: its answers in the specification's order, its race, its memory after kill -9.

use std::{path::Path, sync::Barrier};

use ledger::{
    Hash, checkpoint,
    note::{KeyKind, Note, Signature, Signer, SigningKey},
    tree::{Growth, Prover, Tile, Tree, consistency_holds},
    witness::{Request, Unwitnessed, Witness},
};

use crate::world::Dir;

const ORIGIN: &str = "bihuan.example/log";

fn log_key(secret: u8) -> SigningKey {
    SigningKey::new(ORIGIN, KeyKind::Log, &[secret; 32]).unwrap()
}

fn open(dir: &Path) -> Witness {
    let key = SigningKey::new("witness.example/w", KeyKind::Cosigner, &[5; 32]).unwrap();
    let witness = Witness::open(dir, Signer::Builtin(key)).unwrap();
    witness.trust(log_key(1).verifier()).unwrap();
    witness
}

/// A log of which any two sizes can be asked for; the salt makes another history.
fn request_of(salt: u64, old: u64, new: u64) -> Request {
    let (mut tree, mut tiles) = (Tree::default(), Vec::<Tile>::new());
    for n in 0..new {
        tree.push(Hash::leaf(format!("{salt} {n}").as_bytes()), |tile| tiles.push(tile));
    }
    let find = |level, index| {
        let is_it = |tile: &&Tile| (tile.level, tile.index) == (level, index);
        Ok::<_, ()>(tiles.iter().find(is_it).unwrap().hashes.clone())
    };
    let proof = match old {
        0 => Vec::new(),
        old => Prover { tree: &tree, tiles: find }.consistency(old, new).unwrap(),
    };
    let text = checkpoint::body(ORIGIN, new, &tree.root());
    let signatures = vec![log_key(1).sign(&text, 0).unwrap()];
    Request { old, proof, note: Note { text, signatures } }
}

fn ask(witness: &Witness, request: &Request) -> Result<String, u16> {
    witness.answer(request.text().as_bytes(), 77).map_err(|refused| refused.status())
}

#[test]
fn a_log_that_grows_is_cosigned() {
    let dir = Dir::new();
    let witness = open(dir.path());
    for (old, new) in [(0, 3), (3, 300), (300, 300), (300, 301), (301, 600)] {
        let request = request_of(0, old, new);
        let line = ask(&witness, &request).unwrap();
        let lines = Signature::parse_lines(&line).unwrap();
        let note = Note { text: request.note.text.clone(), signatures: lines };
        let known = [witness.verifier().clone()];
        assert_eq!(note.verify(&known).unwrap()[0].seconds, Some(77));
        assert_eq!(witness.newest(ORIGIN).unwrap().unwrap(), request.note);
    }
}

#[test]
fn refusals_have_the_status_of_the_specification() {
    let dir = Dir::new();
    let witness = open(dir.path());
    let good = request_of(0, 0, 5);
    let signed_by = |secret| {
        let signatures = vec![log_key(secret).sign(&good.note.text, 0).unwrap()];
        Request { note: Note { signatures, ..good.note.clone() }, ..good.clone() }
    };
    assert_eq!(ask(&witness, &signed_by(2)), Err(403), "a stranger's key");
    let text = good.note.text.replace('5', "6");
    let altered = Request { note: Note { text, ..good.note.clone() }, ..good.clone() };
    assert_eq!(ask(&witness, &altered), Err(403), "another text");
    let text = good.note.text.replace("log", "other");
    let other = Request { note: Note { text, ..good.note.clone() }, ..good.clone() };
    assert_eq!(ask(&witness, &other), Err(404));
    assert_eq!(ask(&witness, &Request { old: 6, ..good.clone() }), Err(400));
    let proven = Request { proof: vec![Hash::of(b"x")], ..good.clone() };
    assert_eq!(ask(&witness, &proven), Err(422), "nothing needs no proof");
    assert_eq!(witness.newest(ORIGIN).unwrap(), None, "refusals leave no trace");
    ask(&witness, &good).unwrap();
    let stale = witness.answer(request_of(0, 3, 9).text().as_bytes(), 77);
    assert!(matches!(stale, Err(Unwitnessed::Conflict { size: 5 })), "{stale:?}");
    let first = witness.answer(request_of(0, 0, 9).text().as_bytes(), 77);
    assert!(matches!(first, Err(Unwitnessed::Conflict { size: 5 })), "{first:?}");
    let fork = witness.answer(request_of(1, 5, 5).text().as_bytes(), 77);
    assert!(matches!(fork, Err(Unwitnessed::Forked)), "{fork:?}");
    assert_eq!(ask(&witness, &request_of(1, 5, 9)), Err(422), "another history");
    let mut cut = request_of(0, 5, 9);
    cut.proof.pop();
    assert_eq!(ask(&witness, &cut), Err(422));
    let padded = Request { proof: vec![Hash::of(b"x")], ..request_of(0, 5, 5) };
    assert_eq!(ask(&witness, &padded), Err(422));
    assert_eq!(ask(&witness, &request_of(0, 5, 9)).map(drop), Ok(()));
}

#[test]
fn what_is_not_a_request_is_refused() {
    let dir = Dir::new();
    let witness = open(dir.path());
    let good = request_of(0, 3, 9).text();
    assert!(Request::parse(good.as_bytes()).is_some());
    let bad = [
        String::new(),
        good.replace("old 3", "old 03"),
        good.replace("old 3", "old +3"),
        good.replace("old 3", "old -3"),
        good.replace("old 3", "old  3"),
        good.replace("old 3\n", ""),
        good.replacen("=\n", "\n", 1),
        good.replacen("\n\n", "\n", 1),
        good.replacen("old 3\n", &format!("old 3\n{}", "AAAA\n".repeat(3)), 1),
        format!("old 3\n{}", good.replace("old 3\n", &good[6..51].repeat(64))),
        good[..good.len() - 1].to_owned(),
    ];
    for text in bad {
        let answer = witness.answer(text.as_bytes(), 77);
        assert!(matches!(answer, Err(Unwitnessed::Bad)), "{text} {answer:?}");
    }
}

/// The race that the specification describes, a thousand times: of requests from one size to two
/// others, one is cosigned, and the memory is never taken back.
#[test]
fn of_two_at_once_one_is_cosigned() {
    let dir = Dir::new();
    let witnesses = [open(dir.path()), open(dir.path())];
    ask(&witnesses[0], &request_of(0, 0, 1)).unwrap();
    let mut known = 1;
    // A few sizes are enough; trees are not what is tested.
    for turn in 0..1000_u64 {
        let step = 1 + turn % 2;
        let salts = if turn % 3 == 0 { [0, 0] } else { [0, 9] };
        let requests = [(salts[0], known + step), (salts[1], known + 3 - step)]
            .map(|(salt, new)| request_of(salt, known, new));
        let barrier = Barrier::new(2);
        let answers = std::thread::scope(|scope| {
            let asking = [0, 1].map(|n| {
                let (witness, request, barrier) = (&witnesses[n], &requests[n], &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    ask(witness, request)
                })
            });
            asking.map(|one| one.join().unwrap())
        });
        let cosigned = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(cosigned, 1, "{answers:?}");
        let newest = witnesses[1].newest(ORIGIN).unwrap().unwrap();
        let place = answers.iter().position(Result::is_ok).unwrap();
        assert_eq!(newest, requests[place].note);
        known = checkpoint::parse(&newest.text).unwrap().size;
        // The other history never gets in; the trees stay small.
        if known > 60 {
            known = restart(&dir, &witnesses);
        }
    }
}

/// Begins with a small tree again, as no witness would.
fn restart(dir: &Dir, witnesses: &[Witness; 2]) -> u64 {
    let conn = rusqlite::Connection::open(dir.path().join("witness.db")).unwrap();
    conn.execute_batch("DELETE FROM cosigned").unwrap();
    ask(&witnesses[0], &request_of(0, 0, 1)).unwrap();
    1
}

#[test]
fn the_helper_of_these_tests_makes_good_proofs() {
    let (old, new) = (request_of(0, 0, 5), request_of(0, 5, 9));
    let root = |request: &Request| checkpoint::parse(&request.note.text).unwrap().root;
    let growth = Growth { old: 5, old_root: root(&old), new: 9, new_root: root(&new) };
    assert!(consistency_holds(&growth, &new.proof));
}
