//! The whole way on the command line: staff list, plan, matters, verification, exports.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory that goes away with the test.
pub(crate) struct Dir(PathBuf);

impl Dir {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("bihuan-cli-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary directory");
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

pub(crate) fn example(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).display().to_string()
}

fn fixture(name: &str) -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../intake/tests/fixtures");
    fixtures.join(name).display().to_string()
}

/// Status, standard output, standard error.
pub(crate) fn run(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bihuan"))
        .args(args)
        .env_remove("BIHUAN_DATA")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .output()
        .expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

pub(crate) fn done(args: &[&str]) -> String {
    let (status, out, error) = run(args);
    assert_eq!(status, 0, "{args:?}\n{out}\n{error}");
    assert!(!out.contains('⟦') && !error.contains('⟦'), "a sentence is missing: {out}{error}");
    out
}

pub(crate) fn refused(args: &[&str], status: i32, word: &str) {
    let (got, out, error) = run(args);
    assert_eq!(got, status, "{args:?}\n{out}\n{error}");
    assert!(error.contains(word) || out.contains(word), "{args:?}: {out}{error}");
    assert!(!out.contains('⟦') && !error.contains('⟦'), "a sentence is missing: {out}{error}");
}

#[test]
fn a_campaign_runs_and_its_log_verifies() {
    let dir = Dir::new();
    let data = dir.path("data");
    let out = done(&["rehearse", &example("campaign.diary"), "--data", &data]);
    assert!(out.contains("与预期不符0行") && out.contains("核验通过"), "{out}");
    let out = done(&["verify", "--data", &data, "--json"]);
    let verified: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(verified["ok"], true);
    assert!(verified["events"].as_u64() > Some(300), "{verified}");
    done(&["checkup", "--data", &data, "--today", "2026-12-31"]);

    let book = dir.path("ledger.xlsx");
    done(&["export", "ledger", "--data", &data, "--out", &book]);
    assert!(std::fs::read(&book).expect("the workbook").starts_with(b"PK"));

    let checkpoint = dir.path("checkpoint");
    done(&["export", "checkpoint", "--data", &data, "--out", &checkpoint]);
    done(&["verify", "--data", &data, "--checkpoint", &checkpoint]);
    let text = std::fs::read_to_string(&checkpoint).expect("the checkpoint");
    let mut lines: Vec<&str> = text.lines().collect();
    let forged = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    lines[2] = forged;
    std::fs::write(&checkpoint, lines.join("\n") + "\n").expect("writable");
    refused(&["verify", "--data", &data, "--checkpoint", &checkpoint], 1, "checkpoint");
}

#[test]
fn adopting_comes_with_posts_or_before_them() {
    let dir = Dir::new();
    let data = dir.path("data");
    let plan = example("plan.txt");
    let out = done(&["adopt", &plan, "--data", &data, "--json"]);
    let adopted: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&adopted["campaign"], &adopted["of_the_sixteen"]), (&1.into(), &16.into()));
    done(&["import", "posts", &example("posts.csv"), "--data", &data]);
    // The same plan again is a repeated supervision unless somebody says why not.
    refused(&["adopt", &plan, "--data", &data], 2, "1");
    done(&["adopt", &plan, "--data", &data, "--overlap-reason", "上一方案已停止执行"]);
    // Nobody outside the campaign's organisation adopts a plan.
    refused(&["adopt", &plan, "--data", &data, "--as", "统计岗"], 2, "权限");
    refused(&["adopt", &plan, "--data", &data, "--as", "没有这个岗位"], 2, "没有这个岗位");
    done(&["verify", "--data", &data]);
}

#[test]
fn one_bad_row_is_named_and_the_others_go_in() {
    let dir = Dir::new();
    let data = dir.path("data");
    let list = dir.path("posts.csv");
    let rows = "单位,上级单位,岗位,级别,角色,任职人,起任日期\n\
        督查科,云州市人社局,督查科科长,科室负责人,领导小组办公室,周行,2026-01-05\n\
        待遇科,云州市人社局,待遇科科长,科室负责人,承办人,李稳,2026-2-30\n\
        稽核科,云州市人社局,稽核科科长,科室负责人,承办人,吴谨,2026-03-01\n";
    std::fs::write(&list, rows).expect("writable");
    refused(&["import", "posts", &list, "--data", &data, "--dry-run"], 1, "第3行");
    assert!(!Path::new(&data).exists(), "a dry run writes nothing");
    refused(&["import", "posts", &list, "--data", &data], 1, "2026-2-30");
    // The good rows are in: a second import has nothing new to say about them.
    let out = run(&["import", "posts", &list, "--data", &data]).1;
    assert!(out.contains('0'), "{out}");
    done(&["verify", "--data", &data]);
}

#[test]
fn a_changed_byte_in_the_log_is_found_and_named() {
    let dir = Dir::new();
    let data = dir.path("data");
    done(&["adopt", &example("plan.txt"), "--data", &data]);
    let path = Path::new(&data).join("ledger.db");
    let mut bytes = std::fs::read(&path).expect("the log");
    let marker = b"\"type\":\"problem_named\"";
    let at = bytes.windows(marker.len()).position(|w| w == marker).expect("a leaf in the clear");
    bytes[at + 9] ^= 1;
    std::fs::write(&path, bytes).expect("writable");
    refused(&["verify", "--data", &data], 1, "#");
    refused(&["checkup", "--data", &data], 1, "#");
}

#[test]
fn what_cannot_be_used_is_refused_with_status_2() {
    let dir = Dir::new();
    let nothing = dir.path("nothing");
    refused(&["verify", "--data", &nothing], 2, "ledger.db");
    refused(&["checkup", "--data", &nothing], 2, "");
    refused(&["adopt", &nothing, "--data", &dir.path("d")], 2, "nothing");
    let secret = dir.path("secret.txt");
    std::fs::write(&secret, "机密★1年\n关于开展作风整治的方案\n").expect("writable");
    refused(&["adopt", &secret, "--data", &dir.path("d")], 2, "机密");
    refused(&["plan", &secret], 2, "机密");
    let book = dir.path("book.xls");
    std::fs::write(&book, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).expect("writable");
    refused(&["plan", &book], 2, "docx");
    refused(&["rehearse", &book], 2, "UTF-8");
    let diary = dir.path("bad.diary");
    std::fs::write(&diary, "2026-09-10 某岗 查摆\n").expect("writable");
    refused(&["rehearse", &diary], 2, "1");
    assert!(!Path::new(&dir.path("d")).exists(), "a refused plan founds nothing");
}

#[test]
fn the_same_plan_decomposes_the_same_from_every_producer() {
    let of = |name: &str| done(&["plan", &fixture(name), "--json", "--year", "2026"]);
    let plain = of("plan.utf8.txt");
    assert!(plain.contains("\"nodes\":[{"), "{plain}");
    for name in [
        "plan.gb18030.txt",
        "libreoffice.auto.docx",
        "libreoffice.typed.docx",
        "python-docx.auto.docx",
        "python-docx.typed.docx",
        "wps.auto.docx",
        "wps.typed.docx",
    ] {
        assert_eq!(of(name), plain, "{name}");
    }
}

#[test]
fn both_languages_speak() {
    let zh = done(&["plan", &example("plan.txt")]);
    let en = done(&["plan", &example("plan.txt"), "--lang", "en"]);
    assert_ne!(zh, en);
    assert!(
        done(&["--help"]).contains("读方案")
            && done(&["--lang", "en", "--help"]).contains("Read a plan")
    );
}
