//! The log before outsiders: keys, requests and cosignatures in files and over HTTP.

use crate::office::{Dir, done, example, refused, run};
use ledger::note::{KeyKind, Note, SigningKey};
use ledger::tree::{Prover, Tree};
use ledger::{Hash, checkpoint, witness::Request};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

fn text(path: &str) -> String {
    std::fs::read_to_string(path).expect("a text")
}

/// Three witnesses in three directories; the file of a policy that asks for two of them.
fn policy(dir: &Dir, log: &str) -> String {
    let mut lines = format!("log {log}\n");
    for name in ["sheng", "jijian", "shenji"] {
        let place = dir.path(name);
        refused(&["witness", "key", "--dir", &place], 2, name);
        let named = format!("witness.example/{name}");
        let key = done(&["witness", "key", "--dir", &place, "--name", &named]);
        assert_eq!(done(&["witness", "key", "--dir", &place]), key);
        done(&["witness", "trust", log, "--dir", &place]);
        lines.extend(["witness ", name, " ", &key]);
    }
    let path = dir.path("policy");
    std::fs::write(&path, lines + "group q 2 sheng jijian shenji\nquorum q\n").expect("writable");
    path
}

#[test]
fn files_go_to_the_witnesses_and_back() {
    let dir = Dir::new();
    let data = dir.path("data");
    done(&["adopt", &example("plan.txt"), "--data", &data]);
    let key = dir.path("key");
    done(&["export", "key", "--data", &data, "--out", &key]);
    let key = text(&key).trim().to_owned();
    let policy = policy(&dir, &key);
    let (request, answer) = (dir.path("request"), dir.path("answer"));
    done(&["export", "request", "--old", "0", "--data", &data, "--out", &request, "--qr"]);
    assert!(text(&dir.path("request.svg")).starts_with("<svg"));
    let verify = ["verify", "--data", &data, "--policy", &policy];
    refused(&verify, 1, "见证");
    for name in ["sheng", "shenji"] {
        refused(&verify, 1, "见证");
        done(&["witness", "sign", &request, "--out", &answer, "--dir", &dir.path(name)]);
        done(&["witness", "take", &answer, "--policy", &policy, "--data", &data]);
    }
    let report = done(&[&verify[..], &["--json"]].concat());
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!((&report["checkpoints"], &report["witnessed"]), (&1.into(), &report["events"]));
    // The receipt brings the witnesses along, and stands by itself.
    let receipt = dir.path("receipt");
    done(&["export", "receipt", "--seq", "3", "--data", &data, "--out", &receipt, "--qr"]);
    let proof = ledger::proof::Proof::parse(text(&receipt).as_bytes()).expect("a proof");
    assert_eq!((proof.seq, proof.note.signatures.len()), (3, 3));
    assert!(proof.holds(&proof.leaf.expect("the leaf's hash")));
    refused(&["export", "receipt", "--seq", "9999", "--data", &data, "--out", &receipt], 2, "9999");
    let (status, ..) = run(&["export", "receipt", "--data", &data, "--out", &receipt]);
    assert_eq!(status, 2, "without --seq");
    // The log grows; who begins from the wrong size is told the right one.
    let old = report["events"].to_string();
    done(&["import", "posts", &example("posts.csv"), "--data", &data]);
    let sheng = dir.path("sheng");
    let sign = ["witness", "sign", &request, "--out", &answer, "--dir", &sheng];
    done(&["export", "request", "--old", "1", "--data", &data, "--out", &request]);
    refused(&sign, 2, &format!("--old {old}"));
    done(&["export", "request", "--old", &old, "--data", &data, "--out", &request]);
    done(&sign);
    done(&["witness", "take", &answer, "--policy", &policy, "--data", &data]);
    refused(&["witness", "sign", &policy, "--out", &answer, "--dir", &sheng], 2, "请求");
    // The newest checkpoint has one witness; the older one still has two.
    done(&verify);
    let tiles = dir.path("tiles");
    done(&["export", "tiles", "--data", &data, "--out", &tiles]);
    let checkpoint = dir.path("tiles/checkpoint");
    done(&["verify", "--data", &data, "--checkpoint", &checkpoint, "--key", &key]);
    let other = SigningKey::new("x", KeyKind::Log, &[1; 32]).expect("a key");
    let other = other.verifier().to_string();
    refused(&["verify", "--data", &data, "--checkpoint", &checkpoint, "--key", &other], 1, "签名");
    refused(&["verify", "--data", &data, "--key", "nonsense"], 2, "Base64");
    let wrong = text(&checkpoint).replacen("\u{2014} bihuan", "\u{2014} Bihuan", 1);
    std::fs::write(&checkpoint, wrong).expect("writable");
    let strange = ["verify", "--data", &data, "--checkpoint", &checkpoint, "--policy", &policy];
    refused(&strange, 1, "签名");
}

#[test]
fn sm2_and_programs_sign_when_the_configuration_says_so() {
    let dir = Dir::new();
    let (data, config, out) = (dir.path("data"), dir.path("bihuan.toml"), dir.path("out"));
    std::fs::write(&config, "sm2 = true\n").expect("writable");
    done(&["adopt", &example("plan.txt"), "--data", &data]);
    let with = ["--config", &config, "export", "checkpoint", "--data", &data, "--out", &out];
    done(&with);
    assert_eq!(Note::parse(text(&out).as_bytes()).expect("a note").signatures.len(), 2);
    // A program that is not there keeps nobody else from signing, and is named.
    let module = SigningKey::new("hsm", KeyKind::Sm2, &[1; 32]).expect("a key");
    let module = module.verifier().to_string();
    let program = format!("[[signers]]\nkey = \"{module}\"\npath = \"/no/such/module\"\n");
    std::fs::write(&config, program).expect("writable");
    assert!(done(&with).contains("/no/such/module"));
    std::fs::write(&config, "[[signers]]\nkey = \"x\"\npath = \"y\"\n").expect("writable");
    refused(&with, 2, "Base64");
}

/// A witness of the program that is killed when the test is through with it.
struct Serving {
    child: Child,
    at: String,
}

impl Serving {
    fn start(dir: &str) -> Serving {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bihuan"));
        command.args(["witness", "serve", "--listen", "127.0.0.1:0", "--dir", dir]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the witness starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("a pipe");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let at = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let at = at.expect("an address").to_owned();
        Serving { child, at }
    }

    /// Status, content type and body of an answer; nothing when it broke off.
    fn post(&self, body: &str) -> Option<(u16, String, String)> {
        let mut stream = TcpStream::connect(&self.at).ok()?;
        let length = body.len();
        let head = format!(
            "POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
             Content-Length: {length}\r\n\r\n"
        );
        stream.write_all(format!("{head}{body}").as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let kind = head.lines().find_map(|line| line.strip_prefix("content-type: "));
        Some((status, kind.unwrap_or_default().to_owned(), body.to_owned()))
    }

    fn kill(mut self) {
        self.child.kill().expect("kill -9");
        self.child.wait().expect("it has ended");
    }
}

const ORIGIN: &str = "bihuan.example/log";

/// What a log below 256 entries asks, which needs no tiles.
fn request(old: u64, new: u64) -> String {
    let mut tree = Tree::default();
    (0..new).for_each(|n| tree.push(Hash::leaf(&n.to_be_bytes()), |_| {}));
    let none = |_, _| Err::<Vec<Hash>, ()>(());
    let proof = if old == 0 {
        Vec::new()
    } else {
        Prover { tree: &tree, tiles: none }.consistency(old, new).expect("a proof")
    };
    let text = checkpoint::body(ORIGIN, new, &tree.root());
    let key = SigningKey::new(ORIGIN, KeyKind::Log, &[1; 32]).expect("a key");
    let signatures = vec![key.sign(&text, 0).expect("a signature")];
    Request { old, proof, note: Note { text, signatures } }.text()
}

fn witness(dir: &Dir) -> String {
    let place = dir.path("witness");
    done(&["witness", "key", "--name", "w.example", "--dir", &place]);
    let log = SigningKey::new(ORIGIN, KeyKind::Log, &[1; 32]).expect("a key");
    done(&["witness", "trust", &log.verifier().to_string(), "--dir", &place]);
    place
}

#[test]
fn http_answers_as_the_specification_says() {
    let dir = Dir::new();
    let serving = Serving::start(&witness(&dir));
    let post = |body: &str| serving.post(body).expect("an answer");
    let (status, _, line) = post(&request(0, 5));
    assert!(status == 200 && line.starts_with("\u{2014} w.example "), "{status} {line}");
    assert_eq!(post(&request(5, 9)).0, 200);
    let (status, kind, size) = post(&request(5, 12));
    assert_eq!((status, kind.as_str(), size.as_str()), (409, "text/x.tlog.size", "9\n"));
    for (body, status) in [
        ("nonsense".to_owned(), 400),
        (request(9, 12).replace(ORIGIN, "other.example/log"), 404),
        (request(9, 12).replacen("\n12\n", "\n13\n", 1), 403),
        (request(9, 12).replacen('\n', &format!("\n{}=\n", "A".repeat(43)), 1), 422),
        ("x".repeat(300_000), 413),
    ] {
        assert_eq!(serving.post(&body).map_or(413, |(status, ..)| status), status, "{body:.80}");
    }
    assert_eq!(post(&request(9, 12)).0, 200);
    serving.kill();
}

/// What was answered is remembered whenever the power goes.
#[test]
fn kill_9_takes_nothing_back() {
    let dir = Dir::new();
    let place = witness(&dir);
    let mut known = 0_u64;
    let mut interrupted = 0;
    for turn in 0..12_u64 {
        let serving = Serving::start(&place);
        let requests: Vec<String> = (known..known + 12).map(|old| request(old, old + 1)).collect();
        let (answered, killed) = std::thread::scope(|scope| {
            let asking = scope.spawn(|| {
                let answered = requests.iter().take_while(|body| {
                    serving.post(body).is_some_and(|(status, ..)| status == 200)
                });
                u64::try_from(answered.count()).expect("few")
            });
            std::thread::sleep(std::time::Duration::from_millis(3 + 7 * turn));
            let pid = serving.child.id().to_string();
            let killed = Command::new("kill").args(["-9", &pid]).status().expect("kill");
            (asking.join().expect("no panic"), killed)
        });
        assert!(killed.success());
        serving.kill();
        interrupted += u64::from(answered < 12);
        let serving = Serving::start(&place);
        let (status, _, size) = serving.post(&request(0, 1)).expect("an answer");
        // At size 1 or 0 the question itself is in order.
        let now = if status == 409 { size.trim().parse().expect("a size") } else { 1 };
        let promised = known + answered;
        // The last one may have been kept and its answer lost; the question makes one of nothing.
        let kept = promised.max(1)..=(promised + 1).max(1);
        assert!(kept.contains(&now), "{promised} {now}");
        known = now;
        serving.kill();
    }
    assert!(interrupted > 0, "nothing was interrupted; the test proves nothing");
}

/// The server signs what it has within its first look.
#[test]
fn the_server_signs_and_publishes() {
    let dir = Dir::new();
    let data = dir.path("data");
    done(&["adopt", &example("plan.txt"), "--data", &data]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_bihuan"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data", &data]);
    let mut child = command.stdout(Stdio::null()).spawn().expect("the server starts");
    let newest = || {
        let checkpoints = ledger::Checkpoints::look(data.as_ref()).ok()??;
        checkpoints.newest().ok()?
    };
    let began = std::time::Instant::now();
    let note = loop {
        if let Some(note) = newest() {
            break note;
        }
        assert!(began.elapsed().as_secs() < 60, "nothing signed within a minute");
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    child.kill().expect("killed");
    child.wait().expect("ended");
    let key = dir.path("key");
    done(&["export", "key", "--data", &data, "--out", &key]);
    let key = ledger::note::VerifierKey::parse(text(&key).trim()).expect("a key");
    assert_eq!(note.verify(&[key]).expect("signed").len(), 1);
    done(&["verify", "--data", &data]);
}
