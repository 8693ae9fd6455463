//! A register as its log makes it.

use super::day;
use rules::access::Marking;
use rules::calendar::{Length, Roll};
use rules::campaign::{self, Authority, Span};
use rules::ids::{CampaignId, EvidenceId, MatterId, PersonId, PostId, UnitId};
use rules::matter::{self, Due, Haves, Limit, Proof, Remedy, Source};
use rules::policy::{Basis, Clock, Count, Policy, StartEvent};
use rules::record::{By, Entry, Event, Moment, Stream};
use rules::register::Register;
use rules::role::Rank;
use rules::signal::ProblemCode;
use rules::text::{Personal, Words};
use rules::{basis, posts};

pub(super) fn policy() -> Policy {
    let basis = || Basis { source: Words::new("s"), dated: None, confirmed_by: None };
    let clock = |length, start| Clock {
        length,
        roll: Roll::None,
        start,
        pauses: vec![],
        extension: None,
        basis: basis(),
    };
    let days = Length::working_days;
    let count = |value| Count { value, basis: basis() };
    Policy {
        sign: clock(days(1), StartEvent::Assigned),
        decline: clock(days(2), StartEvent::Assigned),
        plan: clock(days(5), StartEvent::Accepted),
        at_once: clock(days(10), StartEvent::Assigned),
        within: clock(days(30), StartEvent::Assigned),
        standing: clock(Length::months(3), StartEvent::Assigned),
        check: clock(days(5), StartEvent::Reported),
        redo: clock(days(10), StartEvent::SentBack),
        look_back_first: clock(Length::days(30), StartEvent::Closed),
        look_back_second: clock(Length::days(90), StartEvent::Closed),
        handover: clock(days(5), StartEvent::Appointed),
        objection: clock(days(3), StartEvent::SlipSigned),
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
        retention: None,
    }
}

/// A register as its log makes it.
pub(super) struct Log(pub(super) Register);

impl Log {
    pub(super) fn add(&mut self, stream: Stream, event: Event) {
        let entry = Entry { seq: 1, at: Moment(0), by: By::SYSTEM, stream, n: 1, event };
        self.0.apply(&entry).expect("a possible history");
    }

    /// A bureau with a window section, its head 张三, and the policy.
    pub(super) fn new() -> Self {
        let mut log = Self(Register::default());
        let office = |event| (Stream::Office, Event::Office(event));
        let unit = |unit, parent, name: &str| posts::Event::UnitSet {
            unit: UnitId(unit),
            parent,
            name: Words::new(name),
        };
        let post = posts::Event::PostSet {
            post: PostId(1),
            unit: UnitId(2),
            rank: Rank::SectionHead,
            roles: vec![],
            name: Words::new("窗口服务科长"),
        };
        let name = Personal::new("person/1", "张三");
        let person = posts::Event::PersonEntered { person: PersonId(1), name };
        let from = day("2020-01-01");
        let appointed = posts::Event::Appointed { post: PostId(1), person: PersonId(1), from };
        for event in [
            unit(1, None, "云州市人社局"),
            unit(2, Some(UnitId(1)), "窗口服务科"),
            post,
            person,
            appointed,
        ] {
            let (stream, event) = office(event);
            log.add(stream, event);
        }
        let adopted = basis::Event::PolicyAdopted { number: 1, policy: Box::new(policy()) };
        log.add(Stream::Basis, Event::Basis(adopted));
        log
    }

    pub(super) fn matter(&mut self, id: u32, event: matter::Event) {
        self.add(Stream::Matter(MatterId(id)), Event::Matter(event));
    }

    pub(super) fn listed(&mut self, id: u32, title: Words) {
        let event = matter::Event::Listed {
            on: day("2026-09-18"),
            campaign: None,
            problem: ProblemCode::parse("P32").expect("known"),
            unit: UnitId(2),
            source: Source::UnannouncedVisit,
            marking: Marking::Internal,
            accusation: false,
            title,
            detail: Words::default(),
        };
        self.matter(id, event);
    }

    pub(super) fn assigned(&mut self, id: u32, due: Due) {
        let limit = Limit { start: day("2026-09-18"), length: None, roll: Roll::None, due };
        self.matter(id, matter::Event::Confirmed { on: day("2026-09-18"), note: Words::default() });
        let haves = Haves {
            rule: Words::new("r"),
            procedure: Words::new("p"),
            standard: Words::new("s"),
            checking: PostId(1),
            evidence: Words::new("e"),
        };
        let event = matter::Event::Assigned {
            to: PostId(1),
            remedy: Remedy::AtOnce,
            rank: Rank::SectionHead,
            haves,
            sign: limit,
            limit,
            designated: false,
        };
        self.matter(id, event);
    }

    pub(super) fn campaign(&mut self, id: u32, title: &str) {
        let stream = Stream::Campaign(CampaignId(id));
        let plan = Proof::Kept { id: EvidenceId([0; 32]), plain: Words::default() };
        let adopted = campaign::Event::CampaignAdopted {
            on: day("2026-09-01"),
            authority: Authority::Internal,
            plan,
            from: day("2026-09-01"),
            until: None,
            objects: vec![],
            title: Words::new(title),
        };
        let span = Span { from: 0, to: 1 };
        let task = |no, owner, due, deliverable: &str| campaign::Event::TaskSet {
            no,
            owner,
            due,
            span,
            words: Words::new("=整改窗口"),
            lead: Words::new(""),
            deliverable: Words::new(deliverable),
        };
        let due = Some(day("2026-12-31"));
        for event in [adopted, task(1, Some(PostId(1)), due, "制度一项"), task(2, None, None, "")]
        {
            self.add(stream, Event::Campaign(event));
        }
    }
}
