//! Signed notes: vectors of others, what is refused, and OpenSSL as the reader of SM2.

use std::path::PathBuf;

use ledger::{
    Chance,
    note::{
        KeyKind, Note, NoteFault, Signature, Signer, SigningKey, VerifierKey, read_or_make_key,
    },
};
use proptest::prelude::*;

use crate::{others::need, world::Dir};

/// From the documentation of Go's sumdb/note.
const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n";
const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SKEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const LINE: &str = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FF\
    YC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

fn key(name: &str, kind: KeyKind, secret: u8) -> SigningKey {
    SigningKey::new(name, kind, &[secret; 32]).unwrap()
}

fn signed(text: &str, keys: &[SigningKey]) -> Note {
    let signatures = keys.iter().map(|key| key.sign(text, 1_789_693_323).unwrap()).collect();
    Note { text: text.to_owned(), signatures }
}

#[test]
fn the_vector_of_go() {
    let signer = SigningKey::parse(SKEY).unwrap();
    assert_eq!((signer.verifier().to_string().as_str(), &**signer.secret_text()), (VKEY, SKEY));
    let note = signed(TEXT, std::slice::from_ref(&signer));
    assert_eq!(note.to_string(), format!("{TEXT}\n{LINE}"));
    let read = Note::parse(note.to_string().as_bytes()).unwrap();
    assert_eq!(read, note);
    let known = [VerifierKey::parse(VKEY).unwrap()];
    assert_eq!(read.verify(&known).unwrap().len(), 1);
    let other = Note { text: TEXT.replace("answer", "Answer"), ..read };
    let wrong = NoteFault::SignatureWrong { name: "PeterNeumann".to_owned() };
    assert_eq!(other.verify(&known), Err(wrong));
}

#[test]
fn every_kind_signs_writes_itself_and_is_told_apart() {
    for kind in [KeyKind::Log, KeyKind::Cosigner, KeyKind::Sm2] {
        let signer = key("a.example/log", kind, 7);
        let again = SigningKey::parse(&signer.secret_text()).unwrap();
        let keys = [VerifierKey::parse(&signer.verifier().to_string()).unwrap()];
        assert_eq!((again.verifier(), &keys[0]), (signer.verifier(), signer.verifier()));
        let note = signed("x\n", &[again]);
        let verified = note.verify(&keys).unwrap();
        let time = (kind == KeyKind::Cosigner).then_some(1_789_693_323);
        assert_eq!(verified[0].seconds, time);
    }
    // The same secret as a log and as a witness: two ids, and neither line passes for the other.
    let (log, witness) = (key("w", KeyKind::Log, 9), key("w", KeyKind::Cosigner, 9));
    let note = signed("x\n", &[log]);
    assert_eq!(note.verify(&[witness.verifier().clone()]), Err(NoteFault::Unsigned));
}

#[test]
fn unknown_lines_are_let_pass_and_a_wrong_known_one_is_not() {
    let (mine, other) = (key("mine", KeyKind::Log, 1), key("other", KeyKind::Sm2, 2));
    let known = [mine.verifier().clone()];
    let mut note = signed("x\n", &[other.clone(), mine.clone()]);
    assert_eq!(note.verify(&known).unwrap().len(), 1);
    // Known name, unknown id; and the other way round.
    for (name, id) in [("mine", other.verifier().id()), ("other", mine.verifier().id())] {
        note.add(Signature { name: name.to_owned(), id, bytes: vec![0; 64] });
    }
    assert_eq!(note.verify(&known).unwrap().len(), 1);
    note.signatures.insert(0, Signature { bytes: vec![0; 64], ..note.signatures[1].clone() });
    assert_eq!(note.verify(&known), Err(NoteFault::SignatureWrong { name: "mine".to_owned() }));
    assert_eq!(signed("x\n", &[other]).verify(&known), Err(NoteFault::Unsigned));
}

#[test]
fn what_is_not_a_note_is_refused() {
    let good = signed("x\n\ny\n", &[key("k", KeyKind::Log, 3)]).to_string();
    assert_eq!(Note::parse(good.as_bytes()).unwrap().text, "x\n\ny\n");
    let bad = [
        String::new(),
        "\n\n".to_owned(),
        "x\n".to_owned(),
        "x\n\n".to_owned(),
        good.replace("x\n", "x\r\n"),
        good.replace('x', "\t"),
        good.replace('\u{2014}', "-"),
        good.trim_end().to_owned(),
        format!("{good}\n"),
        format!("{good}more\n"),
        good.replace(" k ", " k  "),
        good.replace(" k ", " k+ "),
        good.replace(" k ", " k\u{3000} "),
        good.replace(" k ", "  "),
        "x\n\n\u{2014} k AAAAAA==\n".to_owned(),
        "x\n\n\u{2014} k AAAAAAB=\n".to_owned(),
        "x\n\n\u{2014} k AAAA\n".to_owned(),
        "\n\n\u{2014} k AAAAAAAA\n".to_owned(),
    ];
    for text in &bad {
        assert_eq!(Note::parse(text.as_bytes()), Err(NoteFault::Malformed), "{text:?}");
    }
    assert_eq!(Note::parse(b"x\n\n\xff\n"), Err(NoteFault::Malformed));
    let line = good.lines().last().unwrap();
    let many = format!("x\n\n{}", format!("{line}\n").repeat(101));
    assert_eq!(Note::parse(many.as_bytes()), Err(NoteFault::TooLarge));
    assert!(Note::parse(format!("x\n\n{}", format!("{line}\n").repeat(16)).as_bytes()).is_ok());
    assert_eq!(Note::parse(&vec![b'x'; 300_000]), Err(NoteFault::TooLarge));
}

#[test]
fn what_is_not_a_key_is_refused() {
    let sm2 = key("k", KeyKind::Sm2, 4).verifier().to_string();
    let weak = "k+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let bad = [
        "",
        "+",
        "a+b+c",
        weak,
        &VKEY.replace("PeterNeumann", "Peter Neumann"),
        &VKEY.replace("PeterNeumann", "PeterNeuman"),
        &VKEY.replace("c74f20a3", "c74f20a4"),
        &VKEY.replace("+ARpc", "+Axpc"),
        &VKEY[..VKEY.len() - 4],
        &sm2[..sm2.len() - 4],
    ];
    for text in bad {
        assert_eq!(VerifierKey::parse(text), Err(NoteFault::BadKey), "{text}");
    }
    assert!(SigningKey::parse(VKEY).is_err() && SigningKey::parse(&SKEY[..60]).is_err());
    assert!(SigningKey::new("k", KeyKind::Sm2, &[0; 32]).is_err());
    assert!(SigningKey::new("k k", KeyKind::Log, &[1; 32]).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>, at in 0_usize..200, byte: u8) {
        drop(Note::parse(&bytes));
        let mut note = format!("{TEXT}\n{LINE}").into_bytes();
        let at = at % note.len();
        note[at] = byte;
        let same = note == format!("{TEXT}\n{LINE}").into_bytes();
        let known = [VerifierKey::parse(VKEY).unwrap()];
        let believed = Note::parse(&note).is_ok_and(|note| note.verify(&known).is_ok());
        prop_assert_eq!(believed, same);
        drop(VerifierKey::parse(&String::from_utf8_lossy(&bytes)));
    }
}

#[test]
fn a_key_is_made_once_and_only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Dir::new();
    let path = dir.path().join("log.key");
    let make = |kind| read_or_make_key(&path, "a.example", kind, Chance::System);
    let first = make(KeyKind::Log).unwrap();
    assert_eq!(make(KeyKind::Log).unwrap().verifier(), first.verifier());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    assert!(make(KeyKind::Cosigner).is_err(), "a key of another kind");
    assert!(read_or_make_key(&path, "b.example", KeyKind::Log, Chance::System).is_err());
}

/// A shell script in the place of a signature server.
fn script(dir: &Dir, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = dir.path().join("signer");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

#[test]
fn a_program_may_hold_the_key() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let dir = Dir::new();
    for kind in [KeyKind::Log, KeyKind::Cosigner, KeyKind::Sm2] {
        let inside = key("hsm", kind, 5);
        let line = inside.sign("x\n", 12).unwrap();
        // What the program prints is the signature alone; a cosignature's time is ours.
        let raw = if kind == KeyKind::Cosigner { &line.bytes[8..] } else { &line.bytes };
        let words = format!("cat > $1; echo {}", STANDARD.encode(raw));
        let seen = dir.path().join("seen");
        let signer = |text: &str| Signer::Exec {
            key: inside.verifier().clone(),
            program: script(&dir, text),
            args: vec![seen.display().to_string()],
        };
        assert_eq!(signer(&words).sign("x\n", 12).unwrap(), line);
        let told = std::fs::read_to_string(&seen).unwrap();
        let cosigned = "cosignature/v1\ntime 12\nx\n";
        assert_eq!(told, if kind == KeyKind::Cosigner { cosigned } else { "x\n" });
        let wrong = signer(&words).sign("y\n", 12);
        assert!(matches!(wrong, Err(NoteFault::SignatureWrong { .. })), "{wrong:?}");
        for text in ["exit 3", "echo nonsense.", "exec cat /no/such/file"] {
            let failed = signer(text).sign("x\n", 12);
            assert!(matches!(failed, Err(NoteFault::SignerFailed { .. })), "{failed:?}");
        }
    }
}

#[test]
fn openssl_verifies_sm2() {
    if !need("openssl", &["version"]) {
        return;
    }
    let dir = Dir::new();
    let signer = key("a.example/log", KeyKind::Sm2, 6);
    let line = signer.sign(TEXT, 0).unwrap();
    // SubjectPublicKeyInfo of RFC 5480 with the curve of GB/T 32918.5.
    let head = b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\
        \x06\x08\x2a\x81\x1c\xcf\x55\x01\x82\x2d\x03\x42\x00";
    let file = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let public = file("public", &[&head[..], &signer.verifier().bytes()].concat());
    let signature = file("signature", &line.bytes);
    let verify = |text: &[u8]| {
        let text = file("text", text);
        let mut openssl = std::process::Command::new("openssl");
        openssl.args(["dgst", "-sm3", "-keyform", "DER", "-verify"]).arg(&public);
        openssl.arg("-signature").arg(&signature);
        openssl.args(["-sigopt", "distid:1234567812345678"]).arg(text);
        openssl.output().unwrap().stdout == b"Verified OK\n"
    };
    assert!(verify(TEXT.as_bytes()));
    assert!(!verify(TEXT.to_uppercase().as_bytes()));
}

proptest! {
    /// What a witness, a log or a reader takes in from anyone.
    #[test]
    fn no_bytes_make_any_other_reader_panic(bytes: Vec<u8>, cut in 0_usize..400, byte: u8) {
        use ledger::{checkpoint, proof::Proof, trust_policy::TrustPolicy, witness::Request};
        let root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        let body = format!("{TEXT}\n{LINE}").replace(TEXT, &format!("PeterNeumann\n7\n{root}"));
        let whole = [
            format!("old 3\n{root}\n{body}"),
            format!("c2sp.org/tlog-proof@v1\nextra {root}index 3\n{root}\n{body}"),
            format!("log {VKEY}\nquorum none\n"),
            body,
        ];
        for text in whole {
            let mut text = text.into_bytes();
            let at = cut % text.len();
            text[at] = byte;
            for bytes in [&bytes[..], &text, &text[..at]] {
                drop((Request::parse(bytes), Proof::parse(bytes), checkpoint::read(bytes)));
                drop(TrustPolicy::parse(&String::from_utf8_lossy(bytes)));
            }
        }
    }
}
