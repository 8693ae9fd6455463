//! Diaries: days, posts and commands in the office's own words, with what came of each.
//!
//! A diary is a file in `tests/diaries`. After `=>` stands what a command left; lines that begin
//! with `# 日检` are what the day pass left on a morning. `UPDATE=1` writes both anew, and a person
//! reads the difference.

use crate::world::{FOUNDED, World, day};
use rules::access::{Action, may};
use rules::basis;
use rules::calendar::{Day, NoticeDay};
use rules::campaign::{self, Authority, Draft, NamedProblem, Span};
use rules::diary;
use rules::ids::{EvidenceId, MatterId};
use rules::matter::{self, Proof};
use rules::record::{By, Command, Entry, Event, Moment, Now, Stream};
use rules::signal::ProblemCode;
use rules::slip;
use rules::text::Words;
use rules::{Refusal, light::Light};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use words::Lang;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diaries")
}

macro_rules! diaries {
    ($($name:ident)*) => {
        mod of {
        $(#[test]
        fn $name() {
            super::check(stringify!($name));
        })*
        }

        #[test]
        fn every_diary_is_played() {
            let mut files: Vec<String> = std::fs::read_dir(folder())
                .expect("the diaries")
                .map(|file| file.expect("a diary").path())
                .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
                .collect();
            files.sort();
            let mut played = vec![$(stringify!($name)),*];
            played.sort_unstable();
            assert_eq!(files, played);
        }
    };
}

diaries! {
    accusation
    administrators
    authority
    campaign_end
    checkpoint
    closing
    declined
    declined_late
    deputy
    deputy_of_two_posts
    ended_otherwise
    extended
    extended_after_pause
    erasure
    feedback
    five_haves
    handed_back
    handover
    leader_owns
    measures
    merged
    misread
    notice
    overlap
    pause_survives
    policy_changes
    provisional
    recused
    relapsed
    round
    sealed_limits
    self_check
    sent_back
    slips
    standing
    suspended
    talk
    two_posts
    weekly_cap
    work_secret
}

/// Plays a diary and compares what came of it with what the file says.
fn check(name: &str) {
    let path = folder().join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&path).expect("a diary");
    let played = play(&text);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &played).expect("a diary to write");
        return;
    }
    for (number, (said, expected)) in (1..).zip(played.lines().zip(text.lines())) {
        assert_eq!(said, expected, "{name}.txt, line {number}");
    }
    assert_eq!(played.lines().count(), text.lines().count(), "{name}.txt: lines");
}

fn play(text: &str) -> String {
    let mut world = World::founded();
    let mut today = day(FOUNDED);
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with("# 日检") {
            continue;
        }
        let Some(cut) = diary::cut(line) else {
            out.push_str(line.trim_end());
            out.push('\n');
            continue;
        };
        let named = cut.act.trim_start_matches('!').trim_start();
        let on = day(named.get(..10).expect("a day"));
        while today < on {
            today = today.plus(1);
            for entry in world.morning(today) {
                writeln!(out, "# 日检 {today} {}", told(&world, &entry)).expect("written");
            }
        }
        let said = match cut.act.strip_prefix('!') {
            Some(order) => direct(&mut world, today, order.trim()),
            None => act(&mut world, cut.act),
        };
        writeln!(out, "{} => {said}", cut.act).expect("written");
        assert_eq!(world.serious(today), [""; 0], "after {}", cut.act);
    }
    out
}

fn act(world: &mut World, line: &str) -> String {
    match diary::read(line, &world.register) {
        Ok(line) => submit(world, line.by, line.day, &line.command),
        Err(misread) => format!("读不懂：{}", say(misread.code(), &misread.args())),
    }
}

fn submit(world: &mut World, by: By, today: Day, command: &Command) -> String {
    match world.submit(by, today, command) {
        Ok(entries) => match entries.last().map(|entry| entry.stream) {
            Some(Stream::Matter(id)) => standing(world, id, today),
            Some(_) => {
                let said: Vec<_> = entries.iter().map(|entry| told(world, entry)).collect();
                said.join("；")
            }
            None => "没有变化".to_owned(),
        },
        Err(refusal) => refused(&refusal),
    }
}

fn say(code: &str, args: &[(&'static str, String)]) -> String {
    words::say(Lang::Zh, code, args)
}

fn refused(refusal: &Refusal) -> String {
    format!("不准：{}", say(refusal.code(), &refusal.args()))
}

/// Where a matter stands: stage, owner, limits, light.
fn standing(world: &World, id: MatterId, today: Day) -> String {
    let matter = world.register.matter(id).expect("a matter");
    let mut said = format!("{id}号{}", say(matter.stage.code(), &[]));
    if let Some(owner) = matter.owner() {
        write!(said, " · {}", world.post_name(owner)).expect("written");
    }
    for (which, term) in matter.stage.running() {
        let due = term.limit.due;
        write!(said, " · {}{}", say(which.code(), &[]), due.day).expect("written");
        if due.provisional {
            said.push_str("（暂定）");
        }
        if due.first != due.day {
            write!(said, "（首次{}）", due.first).expect("written");
        }
    }
    if let Some(light) = world.register.light(id, today) {
        said.push_str(match light {
            Light::Grey => " · 灰灯",
            Light::Green => " · 绿灯",
            Light::Blue => " · 蓝灯",
            Light::Yellow => " · 黄灯",
            Light::Red => " · 红灯",
        });
    }
    if let Some(reminder) = &matter.reminder {
        write!(said, " · 退回意见“{}”", reminder.reason.text().unwrap_or("已销毁"))
            .expect("written");
    }
    for (count, name) in [(matter.relapses, "反弹"), (matter.extensions, "延期")] {
        if count > 0 {
            write!(said, " · {name}{count}次").expect("written");
        }
    }
    said
}

/// What an event is, for a line of the diary.
#[expect(clippy::wildcard_enum_match_arm, reason = "two events say more than their tag")]
fn told(world: &World, entry: &Entry) -> String {
    match &entry.event {
        Event::Matter(event) => {
            let Stream::Matter(id) = entry.stream else { panic!("{entry:?}") };
            match event {
                matter::Event::DeadlineMissed { which, due } => {
                    format!("{id}号超过{}{due}", say(which.code(), &[]))
                }
                matter::Event::DueRecomputed { which, due } => {
                    let provisional = if due.provisional { "（暂定）" } else { "" };
                    format!("{id}号{}改为{}{provisional}", say(which.code(), &[]), due.day)
                }
                other => format!("{id}号{}", other.tag()),
            }
        }
        Event::Slip(slip::Event::SlipDrafted { grade, to, lines, .. }) => {
            let lines: Vec<_> = lines.iter().map(|line| format!("{}号", line.matter)).collect();
            let (grade, to) = (say(grade.code(), &[]), world.post_name(*to));
            format!("{}起草{grade}给{to}：{}", entry.stream, lines.join("、"))
        }
        Event::Slip(_) => {
            let Stream::Slip(id) = entry.stream else { panic!("{entry:?}") };
            let slip = world.register.slip(id).expect("a slip");
            format!("{}{}", entry.stream, say(slip.stage.code(), &[]))
        }
        Event::Feedback(_) => {
            let Stream::Feedback(id) = entry.stream else { panic!("{entry:?}") };
            let feedback = world.register.feedback(id).expect("feedback");
            format!("{}{}", entry.stream, say(feedback.code(), &[]))
        }
        Event::Erasure(_) => {
            let Stream::Erasure(id) = entry.stream else { panic!("{entry:?}") };
            let erasure = world.register.erasure(id).expect("a request");
            format!("{}{}", entry.stream, say(erasure.code(), &[]))
        }
        Event::Office(_) | Event::Basis(_) | Event::Campaign(_) => {
            let text = serde_json::to_value(&entry.event).expect("an event");
            format!("{} {}", entry.stream, text["type"].as_str().expect("a tag"))
        }
    }
}

/// What diaries have no word for: `! day post order arguments`.
fn direct(world: &mut World, today: Day, order: &str) -> String {
    let parts: Vec<&str> = order.split_whitespace().collect();
    let by = world.by(parts[1], today);
    let named =
        |name: &str| parts.iter().find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    match parts[2] {
        "查看" => {
            let id = MatterId(parts[3].parse().expect("a number"));
            let now = Now { by, today, at: Moment::at_hour(today, 9) };
            let thing = world.register.matter(id).expect("a matter").thing();
            let seen = world.register.circumstances(&now).actor();
            let seen = seen.and_then(|actor| may(&actor, Action::See, &thing));
            seen.map_or_else(|refusal| refused(&refusal), |()| "可以".to_owned())
        }
        "放假通知" => {
            let days = parts[3..].iter().map(|part| {
                let (on, kind) = part.split_once('=').expect("day=kind");
                NoticeDay { day: day(on), working: kind == "班", name: "调休".to_owned() }
            });
            let title = Words::new("放假安排的通知");
            let adopt = basis::Command::AdoptCalendar { days: days.collect(), title };
            submit(world, by, today, &Command::Basis(adopt))
        }
        "参数" => {
            let mut policy = world.register.policy().expect("a policy").clone();
            if let Some(length) = named("立行立改") {
                policy.at_once.length = length.parse().expect("a length");
            }
            if let Some(count) = named("核查人数") {
                policy.checkers.value = count.parse().expect("a number");
            }
            let adopt = basis::Command::AdoptPolicy { policy: Box::new(policy) };
            submit(world, by, today, &Command::Basis(adopt))
        }
        "方案" => {
            let draft = draft(world, &parts, today);
            submit(world, by, today, &Command::Campaign(None, campaign::Command::Adopt { draft }))
        }
        other => panic!("{other} is no order"),
    }
}

fn draft(world: &World, parts: &[&str], today: Day) -> Draft {
    let named =
        |name: &str| parts.iter().find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let span = Span { from: 0, to: 1 };
    let problems = named("问题").into_iter().flat_map(|list| list.split(','));
    let units = named("对象").into_iter().flat_map(|list| list.split(','));
    let unit = |name: &str| world.register.office().unit_called(name).expect("a unit");
    let authority = match named("依据") {
        Some("政府督查") => Authority::Designated {
            document: Words::new(named("文件").unwrap_or_default()),
            scope: Words::new("本市人社系统"),
            from: today,
            until: today.plus(90),
        },
        Some("行业监督") => Authority::Trade,
        _ => Authority::Internal,
    };
    Draft {
        title: Words::new(parts[3]),
        authority,
        plan: Proof::Kept { id: EvidenceId([7; 32]), plain: Words::erased() },
        from: today,
        until: Some(today.plus(60)),
        objects: units.map(unit).collect(),
        problems: problems
            .map(|code| NamedProblem {
                problem: ProblemCode::parse(code),
                words: Words::new("问题"),
                span,
            })
            .collect(),
        tasks: vec![],
        stages: vec![],
        seats: vec![],
        overlap_reason: named("重复理由").map(Words::new),
    }
}
