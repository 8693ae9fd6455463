//! A small office, invented, in which diaries are played: sixteen posts in ten units, figures as
//! in the default profile, and a day pass on each morning.

use rules::calendar::{Day, Length, Roll};
use rules::checkup::{Severity, checkup};
use rules::ids::PostId;
use rules::policy::{Basis, Clock, Count, PauseReason, Policy, Retention, StartEvent};
use rules::posts::{self, StaffLine};
use rules::record::{self, By, Command, Entry, Event, Moment, Now, Stream};
use rules::register::Register;
use rules::role::{Rank, Role};
use rules::text::Words;
use rules::{Refusal, basis};
use std::collections::BTreeMap;
use words::Lang;

/// Unit, the unit above, post, rank, roles, holder.
type Line = (&'static str, &'static str, &'static str, Rank, &'static [Role], &'static str);

/// The staff; 孔明 holds two posts.
const STAFF: [Line; 16] = [
    ("局领导", "人社局", "局长", Rank::Leader, &[Role::GroupHead], "周正"),
    ("局领导", "人社局", "副局长", Rank::DeputyLeader, &[Role::DeputyInCharge], "吴敏"),
    ("督查科", "人社局", "督查科长", Rank::SectionHead, &[Role::CampaignOffice], "郑刚"),
    ("督查科", "人社局", "督查员", Rank::Staff, &[Role::CampaignOffice], "王宁"),
    ("窗口科", "社保中心", "窗口科长", Rank::SectionHead, &[Role::Handler, Role::Window], "孔明"),
    ("社保中心", "人社局", "中心主任", Rank::SectionHead, &[Role::Handler, Role::Checker], "康永"),
    ("养老科", "人社局", "养老科长", Rank::SectionHead, &[Role::Handler], "章怀"),
    ("养老科", "人社局", "养老经办", Rank::Staff, &[Role::Handler], "薛丽"),
    ("机关党委", "人社局", "党委核查员", Rank::Staff, &[Role::Checker], "万舟"),
    ("就业科", "人社局", "就业核查员", Rank::Staff, &[Role::Handler, Role::Checker], "孟繁"),
    ("就业科", "人社局", "兼职核查员", Rank::Staff, &[Role::Checker], "孔明"),
    ("纪检组", "人社局", "纪检组长", Rank::DeputyLeader, &[Role::Discipline], "武清"),
    ("信访科", "人社局", "受理员", Rank::Staff, &[Role::Receiver], "乔安"),
    ("信息中心", "人社局", "系统管理岗", Rank::Staff, &[Role::SystemAdmin], "樊中"),
    ("信息中心", "人社局", "安全管理岗", Rank::Staff, &[Role::SecurityAdmin], "殷一"),
    ("机关党委", "人社局", "审计管理岗", Rank::Staff, &[Role::AuditAdmin], "施瑾"),
];

/// The day on which the office is founded.
pub(crate) const FOUNDED: &str = "2026-09-01";

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|_| panic!("{text} is no day"))
}

fn source() -> Basis {
    Basis { source: Words::new("测试"), dated: None, confirmed_by: None }
}

/// The figures of the default profile, said again in literals.
pub(crate) fn policy() -> Policy {
    let long = PauseReason::ALL;
    let short = [PauseReason::LegalProcedure, PauseReason::ForceMajeure];
    let length = |text: &str| text.parse::<Length>().expect("a length");
    let clock = |text: &str, pauses: &[PauseReason], extension: Option<&str>| Clock {
        length: length(text),
        roll: if text.ends_with("wd") { Roll::None } else { Roll::AnyDayOff },
        start: StartEvent::Assigned,
        pauses: pauses.to_vec(),
        extension: extension.map(length),
        basis: source(),
    };
    let count = |value| Count { value, basis: source() };
    Policy {
        sign: clock("1wd", &[], None),
        decline: clock("2wd", &[], None),
        plan: clock("5wd", &long, None),
        at_once: clock("10wd", &long, Some("20wd")),
        within: clock("30wd", &long, Some("60wd")),
        standing: clock("3m", &long, Some("3m")),
        check: clock("5wd", &short, None),
        redo: clock("10wd", &[], None),
        look_back_first: clock("30d", &[], None),
        look_back_second: clock("90d", &[], None),
        handover: clock("5wd", &[], None),
        objection: clock("3wd", &[], None),
        checkers: count(2),
        returns_before_decision: count(2),
        extensions: count(2),
        overlap_days: count(30),
        blue_days: count(3),
        blue_percent: count(20),
        yellow_points: count(25),
        note_before: count(3),
        slip_after: count(3),
        red_after: count(10),
        weekly_cap: count(3),
        reds_before_talk: count(2),
        retention: Some(Retention { matters: count(10), not_upheld: count(2), people: count(3) }),
    }
}

/// The office with its log.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) register: Register,
    pub(crate) log: Vec<Entry>,
    versions: BTreeMap<Stream, u64>,
}

impl World {
    /// The office on its first morning.
    pub(crate) fn founded() -> Self {
        let mut world =
            Self { register: Register::default(), log: vec![], versions: BTreeMap::new() };
        let first = day(FOUNDED);
        let adopt = basis::Command::AdoptPolicy { policy: Box::new(policy()) };
        let lines = STAFF.iter().map(|(unit, parent, post, rank, roles, holder)| StaffLine {
            unit: Words::new(unit),
            parent: Some(Words::new(parent)),
            post: Words::new(post),
            rank: *rank,
            roles: roles.to_vec(),
            holder: Some((Words::new(holder), first)),
        });
        let enrol = posts::Command::Enrol { lines: lines.collect() };
        for command in [Command::Basis(adopt), Command::Office(enrol)] {
            world.submit(By::SYSTEM, first, &command).expect("the founding");
        }
        world
    }

    /// The same office with an empty log of its own.
    pub(crate) fn fork(&self) -> Self {
        Self { register: self.register.clone(), log: vec![], versions: self.versions.clone() }
    }

    /// One command through the one door; gives what happened.
    pub(crate) fn submit(
        &mut self,
        by: By,
        today: Day,
        command: &Command,
    ) -> Result<Vec<Entry>, Refusal> {
        let now = Now { by, today, at: Moment::at_hour(today, 9) };
        let deeds = record::decide(&self.register, command, &now)?;
        let mut entries = vec![];
        for deed in deeds {
            let sealed = match deed.stream {
                Stream::Matter(id) => match self.register.matter(id) {
                    Some(matter) => matter.sealed,
                    None => deed.sealed,
                },
                Stream::Office
                | Stream::Basis
                | Stream::Campaign(_)
                | Stream::Slip(_)
                | Stream::Feedback(_) => false,
                Stream::Erasure(_) => deed.sealed,
            };
            assert_eq!(deed.sealed, sealed, "a deed of {} knows whether it is sealed", deed.stream);
            entries.push(self.record(by, today, deed.stream, deed.event));
        }
        Ok(entries)
    }

    /// Writes an event into the log without asking anybody.
    pub(crate) fn record(&mut self, by: By, today: Day, stream: Stream, event: Event) -> Entry {
        let n = self.versions.entry(stream).or_default();
        *n += 1;
        let seq = self.log.len() as u64 + 1;
        let entry = Entry { seq, at: Moment::at_hour(today, 9), by, stream, n: *n, event };
        self.register.apply(&entry).unwrap_or_else(|broken| panic!("{broken:?} at {entry:?}"));
        self.log.push(entry.clone());
        entry
    }

    /// The day pass of one morning; gives what it left.
    pub(crate) fn morning(&mut self, today: Day) -> Vec<Entry> {
        let mut left = self.day_pass(today);
        let is_recount = |command: &Command| {
            matches!(command, Command::Matter(_, rules::matter::Command::Recount))
        };
        if left.1.iter().any(is_recount) {
            // Slips about a recounted limit come with the next run.
            left.0.extend(self.day_pass(today).0);
        }
        // Another run on the same morning has nothing to say.
        let again = self.register.day_pass(today);
        let again = again.iter().flat_map(|command| {
            let now = Now { by: By::SYSTEM, today, at: Moment::at_hour(today, 9) };
            record::decide(&self.register, command, &now).unwrap_or_default()
        });
        assert_eq!(again.count(), 0, "the day pass of {today} run again");
        left.0
    }

    fn day_pass(&mut self, today: Day) -> (Vec<Entry>, Vec<Command>) {
        let commands = self.register.day_pass(today);
        let mut left = vec![];
        for command in &commands {
            let done = self.submit(By::SYSTEM, today, command);
            left.extend(done.unwrap_or_else(|refusal| panic!("{refusal:?} to {command:?}")));
        }
        (left, commands)
    }

    pub(crate) fn serious(&self, today: Day) -> Vec<String> {
        checkup(&self.register, today)
            .iter()
            .filter(|note| note.severity == Severity::Serious)
            .map(|note| words::say(Lang::Zh, note.code(), &note.args()))
            .collect()
    }

    pub(crate) fn post(&self, name: &str) -> PostId {
        self.register.office().post_called(name, None).unwrap_or_else(|| panic!("no post {name}"))
    }

    pub(crate) fn post_name(&self, id: PostId) -> String {
        let post = self.register.office().post(id).expect("a post");
        post.name.text().unwrap_or("?").to_owned()
    }

    /// The post's holder of that day, acting from it.
    pub(crate) fn by(&self, name: &str, today: Day) -> By {
        let post = self.post(name);
        let known = self.register.office().post(post).expect("a post");
        By::person_at(known.holder(today).unwrap_or_else(|| panic!("{name} is vacant")), post)
    }
}
