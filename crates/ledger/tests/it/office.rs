//! A small office, invented, founded through the one door: what tests and examples submit.

use ledger::{Ledger, NotDone, Request};
use rules::{
    access::Marking,
    basis,
    calendar::Day,
    ids::{MatterId, PersonId, PostId, UnitId},
    matter::{Command as Deal, Haves, Remedy, Source},
    policy::Policy,
    posts::{self, StaffLine},
    record::{By, Command, Stream},
    role::{Rank, Role},
    signal::ProblemCode,
    text::Words,
};
use serde_json::{Value, json};

/// The campaign office, which steers.
pub(crate) const OFFICE: u32 = 1;
/// The post that owns every matter here.
pub(crate) const OWNER: u32 = 2;
/// Two checkers of two other units.
pub(crate) const CHECKER: u32 = 3;
/// Receives accusations.
pub(crate) const RECEIVER: u32 = 5;
/// Grants roles.
pub(crate) const SECURITY: u32 = 6;
/// Keeps the staff list.
pub(crate) const STAFFING: u32 = 7;
/// The section whose problems are listed; the root is 1, the campaign office's unit 2.
const SECTION: UnitId = UnitId(3);

/// Unit, post, rank, role. The unit above all is the bureau; holders are called by number.
const STAFF: [(&str, &str, Rank, Role); 7] = [
    ("督查科", "督查科长", Rank::SectionHead, Role::CampaignOffice),
    ("窗口科", "窗口经办", Rank::Staff, Role::Handler),
    ("机关党委", "党委核查员", Rank::Staff, Role::Checker),
    ("就业科", "就业核查员", Rank::Staff, Role::Checker),
    ("信访科", "受理员", Rank::Staff, Role::Receiver),
    ("信息中心", "安全管理岗", Rank::Staff, Role::SecurityAdmin),
    ("信息中心", "系统管理岗", Rank::Staff, Role::SystemAdmin),
];

/// Commands in the life of one matter, of one event each.
pub(crate) const TURNS: u32 = 6;

/// A command and who gives it.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) by: By,
    pub(crate) command: Command,
}

/// Whoever holds the post; people are numbered like the posts they hold.
pub(crate) fn by(post: u32) -> By {
    By::person_at(PersonId(post), PostId(post))
}

pub(crate) fn act(post: u32, command: Command) -> Act {
    Act { by: by(post), command }
}

/// A Friday, and a working day.
pub(crate) fn today() -> Day {
    Day::new(2026, 9, 18).unwrap()
}

pub(crate) fn request(id: &str, act: Act) -> Request {
    let Act { by, command } = act;
    Request { id: id.to_owned(), by, today: today(), at: None, command, if_version: None }
}

/// The two commands that found the office on an empty log.
pub(crate) fn founding() -> [Act; 2] {
    let adopt = basis::Command::AdoptPolicy { policy: Box::new(policy()) };
    let since = Day::new(2026, 9, 1).unwrap();
    let lines = STAFF.iter().zip(1..).map(|((unit, post, rank, role), number)| StaffLine {
        unit: Words::new(unit),
        parent: Some(Words::new("人社局")),
        post: Words::new(post),
        rank: *rank,
        roles: vec![*role],
        holder: Some((Words::new(format!("{number}号")), since)),
    });
    let enrol = posts::Command::Enrol { lines: lines.collect() };
    [Command::Basis(adopt), Command::Office(enrol)].map(|command| Act { by: By::SYSTEM, command })
}

/// Founds the office; where it is founded already, nothing happens.
pub(crate) fn found(ledger: &Ledger) -> Result<(), NotDone> {
    for (act, turn) in founding().into_iter().zip(1..) {
        ledger.submit(request(&format!("founding-{turn}"), act))?;
    }
    Ok(())
}

/// The `turn`th command (0 to 5) in the life of a matter; the first lists it, and the rules give
/// it its number.
pub(crate) fn life(matter: u32, turn: u32) -> Act {
    let deal = |post, deal| act(post, Command::Matter(Some(MatterId(matter)), deal));
    match turn {
        0 => list("窗口服务让人来回跑"),
        1 => deal(OFFICE, Deal::Confirm { note: Words::new("已核实") }),
        2 => deal(OFFICE, assign()),
        3 => deal(OWNER, Deal::Accept),
        4 => {
            let cause = Words::new("一次性告知不到位");
            let measure = Words::new("公开材料清单");
            let standard = Words::new("清单上墙，一次办结");
            deal(OWNER, Deal::SetMeasure { cause, measure, standard, milestones: Vec::new() })
        }
        _ => deal(OWNER, Deal::Progress { percent: 40, note: Words::new("清单已上墙") }),
    }
}

/// A new matter, open to all of the office.
pub(crate) fn list(title: &str) -> Act {
    listed_from(OFFICE, Source::SelfCheck, title)
}

/// A new matter. From an accusation it is sealed with all that follows.
pub(crate) fn listed_from(post: u32, source: Source, title: &str) -> Act {
    let list = Deal::List {
        campaign: None,
        problem: ProblemCode::parse("P32").unwrap(),
        unit: SECTION,
        source,
        marking: Marking::Internal,
        title: Words::new(title),
        detail: Words::new("群众反映，同一事项跑了三次"),
    };
    act(post, Command::Matter(None, list))
}

fn assign() -> Deal {
    let haves = Haves {
        rule: Words::new("首问负责制"),
        procedure: Words::new("先查原因，再定措施"),
        standard: Words::new("一次办结率"),
        checking: PostId(CHECKER),
        evidence: Words::new("叫号系统记录"),
    };
    let to = PostId(OWNER);
    Deal::Assign { to, remedy: Remedy::Within, until: None, haves, designate: false }
}

/// The number of the matter that a stream is about.
pub(crate) fn number(stream: Option<Stream>) -> u32 {
    match stream {
        Some(Stream::Matter(MatterId(number))) => number,
        other => panic!("not a matter: {other:?}"),
    }
}

/// The figures of the default profile, without their sources.
fn policy() -> Policy {
    let long =
        json!(["awaiting_superior", "legal_procedure", "needs_law_or_budget", "force_majeure"]);
    let short = json!(["legal_procedure", "force_majeure"]);
    let clock = |length: &str, start: &str, pauses: &Value, extension: Option<&str>| {
        let roll = if length.ends_with("wd") { "none" } else { "any_day_off" };
        let mut clock = json!({"length": length, "roll": roll, "start": start, "basis": {}});
        clock["pauses"] = pauses.clone();
        clock["extension"] = extension.into();
        clock
    };
    let count = |value: u16| json!({"value": value, "basis": {}});
    let none = json!([]);
    serde_json::from_value(json!({
        "sign": clock("1wd", "assigned", &none, None),
        "decline": clock("2wd", "assigned", &none, None),
        "plan": clock("5wd", "accepted", &long, None),
        "at_once": clock("10wd", "assigned", &long, Some("20wd")),
        "within": clock("30wd", "assigned", &long, Some("60wd")),
        "standing": clock("3m", "assigned", &long, Some("3m")),
        "check": clock("5wd", "reported", &short, None),
        "redo": clock("10wd", "sent_back", &none, None),
        "look_back_first": clock("30d", "closed", &none, None),
        "look_back_second": clock("90d", "closed", &none, None),
        "handover": clock("5wd", "appointed", &none, None),
        "objection": clock("3wd", "slip_signed", &none, None),
        "checkers": count(2),
        "returns_before_decision": count(2),
        "extensions": count(2),
        "overlap_days": count(30),
        "blue_days": count(3),
        "blue_percent": count(20),
        "yellow_points": count(25),
        "note_before": count(3),
        "slip_after": count(3),
        "red_after": count(10),
        "weekly_cap": count(3),
        "reds_before_talk": count(2),
    }))
    .unwrap()
}
