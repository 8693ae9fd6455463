//! Exported logs, read by the Go team's own packages.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use ledger::{
    Chance, Checkpoints, Fault, Hash, LedgerFault, Place, What, checkpoint, log_key,
    note::{KeyKind, Note, SigningKey},
    proof::Proof,
    tiles::{Source, export},
    tree::{Prover, Tree},
    witness::Request,
};

use crate::{
    others::need,
    world::{Dir, filled, options},
};

const ORIGIN: &str = "bihuan.example/log";

/// A log of invented leaves in memory, as long as one likes.
struct Plain {
    salt: u64,
    leaves: Vec<Vec<u8>>,
    tree: Tree,
    tiles: HashMap<(u32, u64), Vec<Hash>>,
}

impl Plain {
    fn new(salt: u64) -> Plain {
        Plain { salt, leaves: Vec::new(), tree: Tree::default(), tiles: HashMap::new() }
    }

    fn grow(&mut self, size: usize) {
        for n in self.leaves.len()..size {
            let leaf = format!("{{\"n\":{n},\"salt\":{}}}", self.salt).into_bytes();
            let Plain { tree, tiles, .. } = self;
            let filled = |tile: ledger::tree::Tile| {
                drop(tiles.insert((tile.level, tile.index), tile.hashes));
            };
            tree.push(Hash::leaf(&leaf), filled);
            self.leaves.push(leaf);
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut dyn Proving) -> T) -> T {
        let tiles = |level, index| Ok(self.tiles.get(&(level, index)).cloned().unwrap_or_default());
        work(&mut Prover { tree: &self.tree, tiles })
    }

    fn note(&self) -> Note {
        let text = checkpoint::body(ORIGIN, self.tree.size(), &self.tree.root());
        let line = key().sign(&text, 0).unwrap();
        Note { text, signatures: vec![line] }
    }
}

/// What the tests ask of a prover.
trait Proving {
    fn tile(&mut self, level: u32, index: u64, width: usize) -> Option<Vec<Hash>>;
    fn root(&mut self, size: u64) -> Hash;
    fn consistency(&mut self, old: u64, new: u64) -> Vec<Hash>;
    fn inclusion(&mut self, seq: u64, size: u64) -> Vec<Hash>;
}

impl<F: FnMut(u32, u64) -> Result<Vec<Hash>, LedgerFault>> Proving for Prover<'_, F> {
    fn tile(&mut self, level: u32, index: u64, width: usize) -> Option<Vec<Hash>> {
        Prover::tile(self, level, index, width).unwrap()
    }

    fn root(&mut self, size: u64) -> Hash {
        Prover::root(self, size).unwrap()
    }

    fn consistency(&mut self, old: u64, new: u64) -> Vec<Hash> {
        Prover::consistency(self, old, new).unwrap()
    }

    fn inclusion(&mut self, seq: u64, size: u64) -> Vec<Hash> {
        Prover::inclusion(self, seq, size).unwrap().path
    }
}

impl Source for Plain {
    fn tile(&self, level: u32, index: u64, width: usize) -> Result<Vec<Hash>, LedgerFault> {
        Ok(self.with(|prover| prover.tile(level, index, width)).unwrap())
    }

    fn leaves(&self, seq: u64, count: usize) -> Result<Vec<Vec<u8>>, LedgerFault> {
        let from = usize::try_from(seq).unwrap();
        Ok(self.leaves[from..from + count].to_vec())
    }

    fn root_at(&self, size: u64) -> Result<Hash, LedgerFault> {
        Ok(self.with(|prover| prover.root(size)))
    }
}

fn key() -> SigningKey {
    SigningKey::new(ORIGIN, KeyKind::Log, &[8; 32]).unwrap()
}

/// The reader written in Go, built once.
fn go() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/go/check.go");
        let program = std::env::temp_dir().join(format!("bihuan-check-{}", std::process::id()));
        let program_path = program.display().to_string();
        // Debian keeps the sources of its Go packages there.
        let paths = "GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= go build -o \"$0\" \"$1\"";
        let args = ["-c", paths, &program_path, &source.display().to_string()];
        need("sh", &args).then_some(program)
    });
    built.as_deref()
}

fn reads(go: &Path, dir: &Path, vkey: &str, more: &[&str]) -> Result<String, String> {
    let output = Command::new(go).arg(dir).arg(vkey).args(more).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

fn write(dir: &Dir, name: &str, text: &str) -> String {
    let path = dir.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// Exports a growing log into one directory and has every state, growth and entry read by Go.
fn walk(sizes: &[usize]) {
    let Some(go) = go() else { return };
    let (dir, vkey) = (Dir::new(), key().verifier().to_string());
    let out = dir.path().join("tiles");
    let mut log = Plain::new(0);
    let mut before: Option<Note> = None;
    for &size in sizes {
        log.grow(size);
        let note = log.note();
        export(&log, &note, &out).unwrap();
        let again = export(&log, &note, &out).unwrap();
        assert_eq!(again.files, 1, "only the checkpoint is written again");
        let new = u64::try_from(size).unwrap();
        let holds = Ok(format!("HOLDS: {size}"));
        assert_eq!(reads(go, &out, &vkey, &[]), holds);
        if let Some(before) = before {
            let old = checkpoint::parse(&before.text).unwrap().size;
            let proof = log.with(|prover| prover.consistency(old, new));
            let request = Request { old, proof, note: note.clone() };
            assert_eq!(Request::parse(request.text().as_bytes()), Some(request.clone()));
            let before = write(&dir, "before", &before.to_string());
            let request = write(&dir, "request", &request.text());
            assert_eq!(reads(go, &out, &vkey, &["old", &before, &request]), holds);
        }
        for seq in [0, new / 2, new - 1] {
            let leaf = Some(Hash::leaf(&log.leaves[usize::try_from(seq).unwrap()]));
            let path = log.with(|prover| prover.inclusion(seq, new));
            let proof = Proof { leaf, seq, path, note: note.clone() };
            assert_eq!(Proof::parse(proof.to_string().as_bytes()), Some(proof.clone()));
            let proof = write(&dir, "proof", &proof.to_string());
            assert_eq!(reads(go, &out, &vkey, &["proof", &proof]), holds);
        }
        before = Some(note);
    }
}

#[test]
fn go_reads_a_growing_log() {
    walk(&[1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 70_000]);
}

#[test]
#[ignore = "a minute; cargo test -- --ignored"]
fn go_reads_a_million_entries() {
    walk(&[70_000, 1_000_000]);
}

/// The count of files that the specification gives for 70,000 entries.
#[test]
fn the_files_of_seventy_thousand() {
    let dir = Dir::new();
    let mut log = Plain::new(0);
    log.grow(70_000);
    let written = export(&log, &log.note(), dir.path()).unwrap();
    assert_eq!(written.files, (273 + 1) + (1 + 1) + 1 + (273 + 1) + 1);
    for (path, size) in [
        ("tile/0/000", 8192),
        ("tile/0/272", 8192),
        ("tile/0/273.p/112", 112 * 32),
        ("tile/1/000", 8192),
        ("tile/1/001.p/17", 17 * 32),
        ("tile/2/000.p/1", 32),
    ] {
        assert_eq!(fs::metadata(dir.path().join(path)).unwrap().len(), size, "{path}");
    }
    // 70,144 fills the partial tile; what it was before goes.
    log.grow(70_144);
    export(&log, &log.note(), dir.path()).unwrap();
    assert!(!dir.path().join("tile/0/273.p").exists());
    assert!(!dir.path().join("tile/entries/273.p").exists());
}

#[test]
fn go_refuses_what_was_altered() {
    let Some(go) = go() else { return };
    let (dir, vkey) = (Dir::new(), key().verifier().to_string());
    let out = dir.path().join("tiles");
    let mut log = Plain::new(0);
    log.grow(700);
    let old = write(&dir, "old", &log.note().to_string());
    log.grow(1000);
    let note = log.note();
    export(&log, &note, &out).unwrap();
    assert!(reads(go, &out, &vkey, &[]).is_ok());
    // One byte in an entry, a hash, the checkpoint; each found, each put right again.
    let files =
        ["tile/entries/001", "tile/0/001", "tile/0/003.p/232", "tile/1/000.p/3", "checkpoint"];
    for name in files {
        let path = out.join(name);
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[good.len() / 2] ^= 1;
        fs::write(&path, bad).unwrap();
        assert!(reads(go, &out, &vkey, &[]).is_err(), "{name}");
        fs::write(&path, good).unwrap();
    }
    fs::remove_file(out.join("tile/entries/002")).unwrap();
    assert!(reads(go, &out, &vkey, &[]).is_err(), "a bundle is gone");
    // A history written anew and signed with the same key stands by itself, and falls as soon as
    // an older checkpoint is shown.
    let mut forged = Plain::new(1);
    forged.grow(1000);
    let fork = dir.path().join("fork");
    export(&forged, &forged.note(), &fork).unwrap();
    assert!(reads(go, &fork, &vkey, &[]).is_ok());
    let proof = forged.with(|prover| prover.consistency(700, 1000));
    let request = Request { old: 700, proof, note: forged.note() };
    let request = write(&dir, "request", &request.text());
    assert!(reads(go, &fork, &vkey, &["old", &old, &request]).is_err());
    // A log cut short, likewise.
    let mut short = Plain::new(0);
    short.grow(600);
    let cut = dir.path().join("cut");
    export(&short, &short.note(), &cut).unwrap();
    assert!(reads(go, &cut, &vkey, &["old", &old, &request]).is_err());
    let stranger = SigningKey::new(ORIGIN, KeyKind::Log, &[9; 32]).unwrap();
    assert!(reads(go, &out, &stranger.verifier().to_string(), &[]).is_err());
}

#[test]
fn a_directory_is_not_taken_back_or_elsewhere() {
    let dir = Dir::new();
    let mut log = Plain::new(0);
    log.grow(300);
    let first = log.note();
    log.grow(400);
    export(&log, &log.note(), dir.path()).unwrap();
    let refused = |log: &Plain, note: &Note| match export(log, note, dir.path()) {
        Err(LedgerFault::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    };
    let at = |what| Fault::at(Place::Exported, what);
    assert_eq!(refused(&log, &first), at(What::Gap(300)));
    let mut forged = Plain::new(1);
    forged.grow(500);
    assert_eq!(refused(&forged, &forged.note()), at(What::Differs));
    let text = forged.note().text.replace("log", "other");
    let other = Note { text, ..forged.note() };
    assert_eq!(refused(&forged, &other), at(What::Foreign));
    fs::write(dir.path().join("checkpoint"), "x").unwrap();
    assert!(matches!(refused(&log, &log.note()).what, What::Unreadable(_)));
}

#[test]
fn a_real_log_is_exported_and_read() {
    let dir = Dir::new();
    let ledger = filled(dir.path(), 300);
    let signer = log_key(dir.path(), ledger.origin(), Chance::Seed(1)).unwrap();
    let checkpoints = Checkpoints::open(dir.path()).unwrap();
    let note = checkpoints.sign(&ledger, std::slice::from_ref(&signer), 0).unwrap().note;
    let out = dir.path().join("tiles");
    export(&ledger, &note, &out).unwrap();
    let proof = Proof::of(&ledger, 17, note).unwrap();
    assert!(proof.holds(&proof.leaf.unwrap()) && !proof.holds(&Hash::of(b"x")));
    drop(ledger);
    ledger::Ledger::open(dir.path(), options()).unwrap();
    let Some(go) = go() else { return };
    let proof = write(&dir, "proof", &proof.to_string());
    let vkey = signer.verifier().to_string();
    assert!(reads(go, &out, &vkey, &["proof", &proof]).is_ok());
}

/// What one QR code carries (2,900 bytes), at ten million entries with the log's two keys and
/// three witnesses. Only the lengths are true.
#[test]
fn ten_million_entries_still_fit_a_picture() {
    const SIZE: u64 = 10_000_000;
    let mut tree = Tree::default();
    (0..SIZE).for_each(|n| tree.push(Hash([n.to_le_bytes()[0]; 32]), drop));
    let tiles = |_, _| Ok::<_, ()>(vec![Hash([7; 32]); 256]);
    let mut prover = Prover { tree: &tree, tiles };
    let origin = "bihuan.local/0123456789abcdef";
    let text = checkpoint::body(origin, SIZE, &tree.root());
    let mut note = Note { text, signatures: Vec::new() };
    let witnesses = [3, 4, 5].map(|n| (format!("witness.example/jijian{n}"), KeyKind::Cosigner, n));
    let log = [(origin.to_owned(), KeyKind::Log, 1), (origin.to_owned(), KeyKind::Sm2, 2)];
    for (name, kind, n) in log.into_iter().chain(witnesses) {
        let key = SigningKey::new(&name, kind, &[n; 32]).unwrap();
        note.add(key.sign(&note.text, 1_789_693_323).unwrap());
    }
    assert!(note.to_string().len() < 1000, "{}", note.to_string().len());
    let (mut request, mut receipt) = (0, 0);
    for n in 1..2000 {
        let old = SIZE / 2000 * n + n;
        let proof = prover.consistency(old, SIZE).unwrap();
        request = Request { old, proof, note: note.clone() }.text().len().max(request);
        let path = prover.inclusion(old, SIZE).unwrap().path;
        let proof = Proof { leaf: Some(Hash([9; 32])), seq: old, path, note: note.clone() };
        receipt = proof.to_string().len().max(receipt);
    }
    assert!(request > 1500 && receipt > 1500, "{request} {receipt}: these are not whole");
    assert!(request <= 2900 && receipt <= 2900, "{request} {receipt}");
}
