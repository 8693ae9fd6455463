//! The one integration test program of `rehearsal`: an invented city on a real ledger.

use ledger::{Chance, Ledger, OpenOptions, VerifyOptions};
use rehearsal::{Rehearsal, SetClock, Summary, Told};
use rules::checkup::{Severity, checkup};
use rules::matter::Stage;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use words::Lang;

mod demo;

/// A directory that goes away with the test.
struct Dir(PathBuf);

impl Dir {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("bihuan-rehearsal-test-{}-{n}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

const FOUNDED: &str = "\
2026-09-10 系统 采用参数 ../profiles/default.toml
2026-09-10 系统 导入岗位 posts.csv
2026-09-11 督查科科长 采用方案 plan.txt => 专项1：问题16项
";

/// Runs a diary in `dir`; gives the ledger, how it ended and what was told.
fn run(dir: &Path, diary: &str) -> (Ledger, Summary, Vec<String>) {
    let clock = SetClock::default();
    let options = OpenOptions { chance: Chance::Seed(7), ..OpenOptions::new(clock.clock()) };
    let ledger = Ledger::create(dir, options).expect("a new ledger");
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = |name: &str| std::fs::read(examples.join(name));
    let mut told = vec![];
    let rehearsal = Rehearsal { ledger: &ledger, clock, files: &files, lang: Lang::Zh };
    let summary = rehearsal.run(diary, &mut |one| match one {
        Told::Remark(_) => {}
        Told::Line { outcome, .. } | Told::Day { outcome, .. } => told.push(outcome.to_owned()),
    });
    let summary = summary.expect("a diary that can be read");
    (ledger, summary, told)
}

#[test]
fn the_city_lives_within_the_rules() {
    let dir = Dir::new();
    let diary = format!("{FOUNDED}2026-09-14 系统 全市运行 60 7\n");
    let (ledger, summary, told) = run(&dir.0, &diary);
    assert_eq!((summary.refused, summary.unexpected), (0, 0), "{told:?}");
    let register = ledger.now();
    let day = summary.last_day.expect("days");
    let serious: Vec<_> = checkup(&register, day)
        .into_iter()
        .filter(|note| note.severity == Severity::Serious)
        .collect();
    assert!(serious.is_empty(), "{serious:?}");
    // A city in which nothing was declined, late or closed would have shown nothing.
    let matters = || register.matters().map(|(_, matter)| matter);
    assert!(matters().count() > 40, "{}", matters().count());
    assert!(matters().any(|matter| matter.returns > 0), "nobody declined");
    assert!(matters().any(|matter| matter.sent_back > 0), "nothing was sent back");
    assert!(matters().any(|matter| matches!(matter.stage, Stage::Closed { .. })));
    assert!(register.slips().count() > 0, "nobody was late");
    let entries = ledger.tree_head();
    drop(ledger);
    let verified = ledger::verify(&dir.0, VerifyOptions::default()).expect("a clean log");
    assert_eq!((verified.events, verified.root), entries);
}

#[test]
fn the_same_seed_is_the_same_city() {
    let diary = format!("{FOUNDED}2026-09-14 系统 全市运行 15 3\n");
    let roots = [Dir::new(), Dir::new()].map(|dir| run(&dir.0, &diary).0.tree_head());
    assert_eq!(roots[0], roots[1]);
    let dir = Dir::new();
    let other = run(&dir.0, &diary.replace("15 3", "15 4")).0.tree_head();
    assert_ne!(roots[0], other);
}

#[test]
fn an_outcome_that_was_not_expected_is_told() {
    let dir = Dir::new();
    let diary =
        format!("{FOUNDED}2026-09-14 督办岗一 查摆 P32 窗口服务科 暗访 “来回跑” => 已销号\n");
    let (_, summary, told) = run(&dir.0, &diary);
    assert_eq!(summary.unexpected, 1, "{told:?}");
}

#[test]
fn a_week_of_power_cut_leaves_the_same_events() {
    // The day pass looks at the state, not at the clock: days that nobody was there for are
    // caught up on, and a second pass on the same day finds nothing.
    let dir = Dir::new();
    let diary = format!(
        "{FOUNDED}2026-09-14 督办岗一 查摆 P32 窗口服务科 暗访 “来回跑”\n\
         2026-09-14 督查科科长 核实 1 “属实”\n\
         2026-09-14 督查科科长 交办 1 窗口服务科科长 立行立改 检查=核查岗 制度=“一” 程序=“二” 标准=“三” 落实=“四”\n"
    );
    let (ledger, ..) = run(&dir.0, &diary);
    let clock = SetClock::default();
    let files = |name: &str| std::fs::read(name);
    let rehearsal = Rehearsal { ledger: &ledger, clock, files: &files, lang: Lang::Zh };
    let late = rules::calendar::Day::parse("2026-10-30").expect("a day");
    let pass = || rehearsal.day_pass(late, &mut |_| {}).expect("a day pass");
    assert_eq!(pass(), 3, "signing and rectifying missed, one reminder drafted");
    assert_eq!(pass(), 0, "nothing is said twice");
}
