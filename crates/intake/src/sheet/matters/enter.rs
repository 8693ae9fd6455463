//! A good row of a ledger → the commands that enter it; and which matter it is already, if any.

use super::MatterRow;
use super::near::fold_title;
use crate::sheet::mapping::Field;
use rules::Refusal;
use rules::access::Marking;
use rules::ids::{CampaignId, MatterId, PostId, UnitId};
use rules::matter::{Command, Haves, Matter, Remedy, Stage};
use rules::posts::Office;
use rules::record::{self, Entry, Now, Register};
use rules::text::Words;
use std::collections::HashMap;

/// Matters by title and unit, for [`super::Against::known`].
#[derive(Clone, Debug, Default)]
pub struct KnownMatters {
    titles: HashMap<(String, UnitId), MatterId>,
}

impl KnownMatters {
    /// Those of a register that whoever imports may see. A matter that came to nothing (查否、撤销)
    /// is no reason not to enter its problem again.
    pub fn of(register: &Register, may_see: impl Fn(&Matter) -> bool) -> KnownMatters {
        let mut titles = HashMap::new();
        for (id, matter) in register.matters() {
            let came_to_nothing = matches!(matter.stage, Stage::NotUpheld | Stage::Cancelled);
            if let Some(title) = matter.title.text()
                && !came_to_nothing
                && may_see(matter)
            {
                titles.entry((fold_title(title), matter.unit)).or_insert(id);
            }
        }
        KnownMatters { titles }
    }

    /// The first matter of this title and unit.
    pub fn find(&self, title: &str, unit: UnitId) -> Option<MatterId> {
        self.titles.get(&(fold_title(title), unit)).copied()
    }
}

/// The matter that an export of the log called `origin` means by this 标识 (`origin#matter/1`).
pub fn matter_named(text: &str, origin: &str) -> Option<MatterId> {
    let number = text.trim().strip_prefix(origin)?.strip_prefix("#matter/")?;
    number.parse().ok().map(MatterId)
}

/// How rows enter a register, and who enters them.
#[derive(Clone, Copy)]
pub struct Entering<'a> {
    /// What is there already.
    pub register: &'a Register,
    /// Who enters them, and when.
    pub now: Now,
    /// The campaign they belong to.
    pub campaign: Option<CampaignId>,
    /// Rows that have all that handing out takes are confirmed and handed out at once.
    pub hand_out: bool,
}

/// What a row will come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrance {
    /// One after the other; the first lists the matter.
    pub commands: Vec<Command>,
    /// The post that it is handed out to.
    pub to: Option<PostId>,
    /// Why it is only listed, where handing out was asked for.
    pub why_not: Option<OnlyListed>,
}

/// Why a row is listed and not handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnlyListed {
    /// It says nothing of these.
    Lacks(Vec<Field>),
    /// The rules would refuse to confirm it or to hand it out.
    Refused(Refusal),
}

impl Entering<'_> {
    /// What the rules will make of a row; judged on a copy of the register, so nothing is begun
    /// that would not be taken. `Err`: not even its listing would be.
    pub fn plan(&self, row: &MatterRow) -> Result<Entrance, Refusal> {
        let why_not = if self.hand_out {
            match self.handed_out(row) {
                Ok(entrance) => return Ok(entrance),
                Err(why_not) => Some(why_not),
            }
        } else {
            None
        };
        let commands = vec![self.listed(row, false)];
        self.would_take(&commands)?;
        Ok(Entrance { commands, to: None, why_not })
    }

    fn handed_out(&self, row: &MatterRow) -> Result<Entrance, OnlyListed> {
        let lacks = || OnlyListed::Lacks(row.lacks());
        let (to, assign) = row.assign().ok_or_else(lacks)?;
        let confirm = Command::Confirm { note: Words::new("") };
        let commands = vec![self.listed(row, true), confirm, assign];
        self.would_take(&commands).map_err(OnlyListed::Refused)?;
        Ok(Entrance { commands, to: Some(to), why_not: None })
    }

    fn listed(&self, row: &MatterRow, handed_out: bool) -> Command {
        Command::List {
            campaign: self.campaign,
            problem: row.problem,
            unit: row.unit,
            source: row.source,
            marking: Marking::default(),
            title: Words::new(&row.title),
            detail: Words::new(row.whole_detail(handed_out, self.register.office())),
        }
    }

    fn would_take(&self, commands: &[Command]) -> Result<(), Refusal> {
        let mut copy = self.register.clone();
        let id = copy.next_matter();
        for (place, command) in commands.iter().enumerate() {
            let subject = (place > 0).then_some(id);
            let command = record::Command::Matter(subject, command.clone());
            let deeds = record::decide(&copy, &command, &self.now)?;
            if place + 1 == commands.len() {
                break;
            }
            for record::Deed { stream, event, .. } in deeds {
                let Now { by, at, .. } = self.now;
                let entry = Entry { seq: 0, at, by, stream, n: 0, event };
                // What `decide` gave, `evolve` takes; were it otherwise, the writer would say so.
                if copy.apply(&entry).is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

impl MatterRow {
    /// A limit without a kind of remedy is one with a day of its own.
    fn remedy_meant(&self) -> Option<Remedy> {
        self.remedy.or(self.due.map(|_| Remedy::Within))
    }

    /// What handing out takes (五有 and who and how) and the row does not say.
    fn lacks(&self) -> Vec<Field> {
        let has = [
            (Field::Owner, self.owner.is_some()),
            (Field::Remedy, self.remedy_meant().is_some()),
            (Field::Standard, self.standard.is_some()),
            (Field::Rule, self.rule.is_some()),
            (Field::Procedure, self.procedure.is_some()),
            (Field::Checking, self.checking.is_some()),
            (Field::Evidence, self.evidence.is_some()),
        ];
        has.into_iter().filter(|(_, is_there)| !is_there).map(|(field, _)| field).collect()
    }

    fn assign(&self) -> Option<(PostId, Command)> {
        let words = |text: &Option<String>| text.as_ref().map(Words::new);
        let haves = Haves {
            rule: words(&self.rule)?,
            procedure: words(&self.procedure)?,
            standard: words(&self.standard)?,
            checking: self.checking?,
            evidence: words(&self.evidence)?,
        };
        let (to, remedy) = (self.owner?, self.remedy_meant()?);
        let until = self.due.filter(|_| remedy == Remedy::Within);
        Some((to, Command::Assign { to, remedy, until, haves, designate: false }))
    }

    /// The detail, and below it everything the row says for which a matter has no place yet: line by
    /// line under the office's names of the columns, so that nothing of the ledger is lost.
    fn whole_detail(&self, handed_out: bool, office: &Office) -> String {
        let post = |id: Option<PostId>| {
            let post = office.post(id?)?;
            let unit = office.unit(post.unit).and_then(|unit| unit.name.text());
            Some(format!("{}{}", unit.unwrap_or_default(), post.name.text()?))
        };
        let due_kept = !handed_out || self.remedy_meant() != Some(Remedy::Within);
        let only_listed = |text: Option<String>| text.filter(|_| !handed_out);
        let lines = [
            (Field::FoundOn, self.found_on.map(|day| day.to_string())),
            (Field::Remedy, only_listed(self.remedy.map(|one| one.word().to_owned()))),
            (Field::Owner, only_listed(post(self.owner))),
            (Field::Due, self.due.filter(|_| due_kept).map(|day| day.to_string())),
            (Field::Standard, only_listed(self.standard.clone())),
            (Field::Measure, self.measure.clone()),
            (Field::Rule, only_listed(self.rule.clone())),
            (Field::Procedure, only_listed(self.procedure.clone())),
            (Field::Checking, only_listed(post(self.checking))),
            (Field::Evidence, only_listed(self.evidence.clone())),
        ];
        let mut whole = vec![self.detail.clone()];
        let said = lines.into_iter().filter_map(|(field, text)| Some((field, text?)));
        whole.extend(said.map(|(field, text)| format!("{}：{text}", field.word())));
        whole.retain(|line| !line.is_empty());
        whole.join("\n")
    }
}
