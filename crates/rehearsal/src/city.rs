//! 云州市, invented: citizens complain, posts act by habit, and the office keeps the loop turning.
//!
//! Every act goes through the ledger's one door as some post on some day. The same seed gives the
//! same city.

use crate::dice::Dice;
use crate::outcome;
use crate::people::{checker_apart, checker_for, holder, office, owning_units, signer};
use crate::run::Rehearsal;
use crate::stage::Why;
use ledger::NotDone;
use rules::calendar::Day;
use rules::campaign::post_answering_for;
use rules::ids::{CampaignId, MatterId, PersonId, PostId, UnitId};
use rules::matter::{self, Haves, Matter, Proof, Remedy, Source, Stage, Step};
use rules::record::{By, Command};
use rules::register::Register;
use rules::role::Rank;
use rules::signal::ProblemCode;
use rules::slip;
use rules::text::Words;
use words::{Lang, say};

const COMPLAINTS: &str = include_str!("../data/complaints.csv");

/// How the holder of a post goes about things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    /// Does things within a few days.
    Prompt,
    /// Does things near the limit.
    Late,
    /// Sends back what can be sent back (推诿), and is late with the rest.
    Declines,
}

/// What a stretch of city life left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lived {
    pub days: u32,
    pub acts: u64,
    /// Acts that the rules refused: the city's people are told no as well.
    pub refused: u64,
    pub entries: u64,
}

/// The city at work on a rehearsal's ledger.
pub struct City<'a> {
    rehearsal: &'a Rehearsal<'a>,
    dice: Dice,
    seed: u64,
    lived: Lived,
}

impl<'a> City<'a> {
    pub fn new(rehearsal: &'a Rehearsal<'a>, seed: u64) -> Self {
        Self { rehearsal, dice: Dice(seed), seed, lived: Lived::default() }
    }

    /// Lets the working days after `from` up to `until` go by. The day pass is the caller's.
    pub fn live_one_day(&mut self, today: Day) -> Result<(), Why> {
        let register = self.rehearsal.ledger.now();
        if !register.calendar().is_working(today) {
            return Ok(());
        }
        self.lived.days += 1;
        self.citizens_and_inspectors(&register, today)?;
        for (id, matter) in register.matters() {
            self.somebody_acts(&register, id, matter, today)?;
        }
        self.slips_are_signed(&register, today)
    }

    pub fn lived(&self) -> Lived {
        self.lived
    }

    /// One sentence on what was lived.
    pub fn say(&self, lang: Lang) -> String {
        let Lived { days, acts, refused, entries } = self.lived;
        let args = [
            ("days", days.to_string()),
            ("acts", acts.to_string()),
            ("refused", refused.to_string()),
            ("entries", entries.to_string()),
            ("unsigned", outcome::unsigned(&self.rehearsal.ledger.now()).to_string()),
        ];
        say(lang, "city-lived", &args)
    }

    fn act(&mut self, by: By, today: Day, command: Command) -> Result<(), Why> {
        self.lived.acts += 1;
        let id = format!("city-{}-{}", self.seed, self.lived.acts);
        match self.rehearsal.submit(&id, by, today, command)? {
            Ok(receipt) => self.lived.entries += receipt.count,
            Err(
                NotDone::Refused(_)
                | NotDone::Busy
                | NotDone::Conflict { .. }
                | NotDone::ReadOnly
                | NotDone::Rewound { .. }
                | NotDone::Stopped
                | NotDone::TooLarge { .. }
                | NotDone::BadId
                | NotDone::BadEvent { .. }
                | NotDone::Broken(_),
            ) => self.lived.refused += 1,
        }
        Ok(())
    }

    fn on(
        &mut self,
        id: MatterId,
        by: By,
        today: Day,
        command: matter::Command,
    ) -> Result<(), Why> {
        self.act(by, today, Command::Matter(Some(id), command))
    }

    fn citizens_and_inspectors(&mut self, register: &Register, today: Day) -> Result<(), Why> {
        let Some(by) = office(register, today, Rank::Staff) else { return Ok(()) };
        let owners = owning_units(register);
        for _ in 0..self.dice.below(4) {
            let rows: Vec<&str> = COMPLAINTS.lines().skip(1).collect();
            let row = rows[self.dice.below(rows.len())];
            let columns: Vec<&str> = row.splitn(4, ',').collect();
            let (Some(unit), [code, source, title, detail]) =
                (owners.get(self.dice.below(owners.len())), columns.as_slice())
            else {
                continue;
            };
            let (Some(problem), Some(source)) =
                (ProblemCode::parse(code), Source::from_word(source))
            else {
                continue;
            };
            let campaign = Some(CampaignId(1)).filter(|id| register.campaign(*id).is_some());
            let command = matter::Command::List {
                campaign,
                problem,
                unit: *unit,
                source,
                marking: rules::access::Marking::Internal,
                title: Words::new(title),
                detail: Words::new(detail),
            };
            self.act(by, today, Command::Matter(None, command))?;
        }
        Ok(())
    }

    fn somebody_acts(
        &mut self,
        register: &Register,
        id: MatterId,
        matter: &Matter,
        today: Day,
    ) -> Result<(), Why> {
        match &matter.stage {
            Stage::Listed | Stage::Confirmed | Stage::Returned { .. } | Stage::Reported { .. } => {
                self.office_steers(register, id, matter, today)
            }
            Stage::Assigned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. } => self.owner_works(register, id, matter, today),
            Stage::UnderCheck { checkers, passed, .. } => {
                self.checkers_look(register, id, (checkers, passed), today)
            }
            Stage::Passed { .. } => {
                let Some(by) = office(register, today, Rank::SectionHead) else { return Ok(()) };
                self.on(id, by, today, matter::Command::Close { note: Words::new("同意销号") })
            }
            Stage::Closed { look, .. } if look.due() <= today => {
                let Some(by) = checker_apart(register, matter, today, &[]) else { return Ok(()) };
                let holds = self.dice.percent(88);
                let note = Words::new(if holds {
                    "抽查未见反弹"
                } else {
                    "抽查又见同样问题"
                });
                self.on(id, by, today, matter::Command::LookBack { holds, note })
            }
            Stage::Closed { .. }
            | Stage::NotUpheld
            | Stage::Consolidated { .. }
            | Stage::Suspended { .. }
            | Stage::Merged { .. }
            | Stage::Referred
            | Stage::Cancelled => Ok(()),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the caller chose the stages")]
    fn office_steers(
        &mut self,
        register: &Register,
        id: MatterId,
        matter: &Matter,
        today: Day,
    ) -> Result<(), Why> {
        let Some(by) = office(register, today, Rank::SectionHead) else { return Ok(()) };
        match &matter.stage {
            Stage::Listed if self.dice.percent(6) => {
                let reason = Words::new("核对原始记录，情况不实");
                self.on(id, by, today, matter::Command::Refute { reason })
            }
            Stage::Listed => {
                let note = Words::new("核对原始记录，情况属实");
                self.on(id, by, today, matter::Command::Confirm { note })
            }
            Stage::Reported { duty, .. } => {
                let Some(first) = checker_apart(register, matter, today, &[duty.owner]) else {
                    return Ok(());
                };
                let used = [duty.owner, first.post.unwrap_or_default()];
                let Some(second) = checker_apart(register, matter, today, &used) else {
                    return Ok(());
                };
                let checkers = [first, second].iter().filter_map(|by| by.post).collect();
                self.on(id, by, today, matter::Command::NameCheckers { checkers })
            }
            _ => self.hand_out(register, id, matter, (by, today)),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the caller chose the stages")]
    fn hand_out(
        &mut self,
        register: &Register,
        id: MatterId,
        matter: &Matter,
        (by, today): (By, Day),
    ) -> Result<(), Why> {
        let name = register.office().unit(matter.unit).and_then(|unit| unit.name.text());
        let owner = name.and_then(|name| post_answering_for(name, register.office()));
        let (to, designate) = match &matter.stage {
            Stage::Returned { proposed, flagged: false, .. } => (*proposed, false),
            Stage::Returned { flagged: true, .. } => (owner.unwrap_or_default(), true),
            _ => (owner.unwrap_or_default(), false),
        };
        let Some(checking) = checker_for(register, to, today, &[to]).and_then(|by| by.post) else {
            return Ok(());
        };
        let remedy = match self.dice.below(10) {
            0 => Remedy::Standing,
            1..=5 => Remedy::Within,
            _ => Remedy::AtOnce,
        };
        let haves = Haves {
            rule: Words::new("首问负责和限时办结制度"),
            procedure: Words::new("受理、核实、整改、回访"),
            standard: Words::new("同类情况三个月内不再发生"),
            checking,
            evidence: Words::new("业务系统记录"),
        };
        let command = matter::Command::Assign { to, remedy, until: None, haves, designate };
        self.on(id, by, today, command)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the caller chose the stages")]
    fn owner_works(
        &mut self,
        register: &Register,
        id: MatterId,
        matter: &Matter,
        today: Day,
    ) -> Result<(), Why> {
        let Some(duty) = matter.duty() else { return Ok(()) };
        let Some(by) = holder(register, duty.owner, today) else { return Ok(()) };
        let habit = self.habit(register, duty.owner);
        // A slip that was signed moves even the slow.
        let pushed = duty.term.missed && self.dice.percent(30);
        // What can be sent back is sent back at once; it may be for two working days only.
        let fresh = matches!(&matter.stage, Stage::Assigned { sign, .. }
            if today.since(sign.limit.start) <= 2);
        let declines = habit == Habit::Declines && fresh && !duty.designated;
        let chance = match habit {
            _ if declines => 85,
            Habit::Prompt => 55,
            Habit::Late | Habit::Declines => 9,
        };
        if !pushed && !self.dice.percent(chance) {
            return Ok(());
        }
        match &matter.stage {
            Stage::Assigned { .. } if declines => {
                let owners = owning_units(register);
                let other = owners[self.dice.below(owners.len())];
                let name = register.office().unit(other).and_then(|unit| unit.name.text());
                let proposed = name.and_then(|name| post_answering_for(name, register.office()));
                let (Some(proposed), rule) = (proposed, Words::new("依据内设机构职责分工"))
                else {
                    return Ok(());
                };
                self.on(id, by, today, matter::Command::Decline { proposed, rule })
            }
            Stage::Assigned { .. } => self.on(id, by, today, matter::Command::Accept),
            Stage::Accepted { .. } => {
                let command = matter::Command::SetMeasure {
                    cause: Words::new("职责不清，环节之间没有衔接"),
                    measure: Words::new("明确岗位和时限，系统自动提醒"),
                    standard: Words::new("抽查二十件无同类情况"),
                    milestones: vec![],
                };
                self.on(id, by, today, command)
            }
            Stage::Rectifying { .. } if duty.percent >= 60 => {
                let system = Words::new("业务系统");
                let proof = |what: &str| Proof::Record {
                    system: system.clone(),
                    reference: Words::new(format!("{what}-{id}-{today}")),
                };
                let command = matter::Command::ReportDone {
                    proof: proof("办件记录"),
                    more: vec![],
                    mechanism: (duty.remedy == Remedy::Standing).then(|| proof("制度文件")),
                    note: Words::new("已整改"),
                };
                self.on(id, by, today, command)
            }
            _ => {
                let percent = (duty.percent + 30 + u8::from(self.dice.percent(50)) * 20).min(100);
                let note = Words::new("按措施推进");
                self.on(id, by, today, matter::Command::Progress { percent, note })
            }
        }
    }

    fn checkers_look(
        &mut self,
        register: &Register,
        id: MatterId,
        (checkers, passed): (&[PostId], &[PersonId]),
        today: Day,
    ) -> Result<(), Why> {
        for post in checkers {
            let Some(by) = holder(register, *post, today) else { continue };
            if passed.contains(&by.account) || !self.dice.percent(60) {
                continue;
            }
            let holds = self.dice.percent(85);
            let findings = if holds {
                "现场核查，整改到位"
            } else {
                "抽查仍有两件不合要求"
            };
            let findings = Words::new(findings);
            let (back_to, straight) = (Step::Rectify, self.dice.percent(50));
            let command = matter::Command::Check { holds, findings, back_to, straight };
            return self.on(id, by, today, command);
        }
        Ok(())
    }

    fn slips_are_signed(&mut self, register: &Register, today: Day) -> Result<(), Why> {
        for (id, slip) in register.slips() {
            if slip.stage != slip::Stage::Drafted {
                continue;
            }
            let rank = match slip.grade {
                slip::Grade::Note | slip::Grade::Urge | slip::Grade::Yellow => Rank::SectionHead,
                slip::Grade::Red | slip::Grade::Talk => Rank::Leader,
            };
            let Some(by) = signer(register, today, rank) else { continue };
            let command = if self.dice.percent(85) {
                slip::Command::Sign {
                    reason: Words::new("限期已过，请说明原因并抓紧办理")
                }
            } else {
                slip::Command::Drop { reason: Words::new("已当面沟通，不再发单") }
            };
            self.act(by, today, Command::Slip(Some(id), command))?;
        }
        Ok(())
    }

    /// A post keeps its habit for the whole rehearsal. Of those who own business the seed picks
    /// one that always declines and two that are always late.
    fn habit(&self, register: &Register, post: PostId) -> Habit {
        let office = register.office();
        let answering = |unit: UnitId| {
            let name = office.unit(unit)?.name.text()?;
            post_answering_for(name, office)
        };
        let owners: Vec<PostId> =
            owning_units(register).into_iter().filter_map(answering).collect();
        let count = u64::try_from(owners.len().max(1)).unwrap_or(1);
        let place = owners.iter().position(|owner| *owner == post);
        let place = place.and_then(|place| u64::try_from(place).ok());
        match place.map(|place| (place + self.seed) % count) {
            Some(0) => Habit::Declines,
            Some(1 | 2) => Habit::Late,
            Some(_) | None => Habit::Prompt,
        }
    }
}
