//! The desk (工作台): what waits for a post today, in the order in which it should be looked at.

mod waits;

pub(crate) use waits::Waits;

use crate::access::{self, Action, Thing};
use crate::calendar::Day;
use crate::ids::{MatterId, SlipId};
use crate::matter::{Matter, Stage};
use crate::posts::Actor;
use crate::query::{Class, Ids};
use crate::register::Register;
use crate::role::{Rank, Role};
use crate::slip;
use alloc::vec::Vec;

/// A kind of work that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Queue {
    /// 待签收
    Sign,
    /// 待定措施
    Measure,
    /// 整改中
    Work,
    /// 待核查
    Check,
    /// 退回待研究
    Returned,
    /// 待核实
    Confirm,
    /// 待交办
    HandOut,
    /// 待派核查
    NameCheckers,
    /// 待销号
    Close,
    /// 回头看到期
    LookBack,
}

impl Queue {
    pub const ALL: [Queue; 10] = [
        Self::Sign,
        Self::Measure,
        Self::Work,
        Self::Check,
        Self::Returned,
        Self::Confirm,
        Self::HandOut,
        Self::NameCheckers,
        Self::Close,
        Self::LookBack,
    ];

    /// The message that names this queue.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sign => "queue-sign",
            Self::Measure => "queue-measure",
            Self::Work => "queue-work",
            Self::Check => "queue-check",
            Self::Returned => "queue-returned",
            Self::Confirm => "queue-confirm",
            Self::HandOut => "queue-hand-out",
            Self::NameCheckers => "queue-name-checkers",
            Self::Close => "queue-close",
            Self::LookBack => "queue-look-back",
        }
    }

    /// The action that the work takes.
    fn action(self) -> Action {
        match self {
            Self::Sign | Self::Measure | Self::Work => Action::Own,
            Self::Check | Self::LookBack => Action::Check,
            Self::Returned | Self::Confirm | Self::HandOut | Self::NameCheckers => Action::Steer,
            Self::Close => Action::Close,
        }
    }

    /// Whether it is the campaign office's daily work. A leader may do it and is not kept waiting
    /// by it: what waits for him is what only he decides.
    fn is_of_the_office(self) -> bool {
        matches!(self, Self::Confirm | Self::HandOut | Self::NameCheckers)
    }

    /// Whether its matters wait for one post, not for everybody who may.
    fn is_of_a_post(self) -> bool {
        matches!(self, Self::Sign | Self::Measure | Self::Work | Self::Check)
    }
}

/// What waits in one queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub queue: Queue,
    /// The most urgent ones, first things first.
    pub rows: Vec<MatterId>,
    /// How many there are in all.
    pub total: usize,
}

/// The queues of a post that are not empty, with at most `most` matters of each.
pub fn desk(register: &Register, actor: &Actor<'_>, today: Day, most: usize) -> Vec<Waiting> {
    let look = Look { register, actor, today, most };
    Queue::ALL.into_iter().filter_map(|queue| look.at(queue)).collect()
}

/// One actor looking at the register.
struct Look<'a> {
    register: &'a Register,
    actor: &'a Actor<'a>,
    today: Day,
    most: usize,
}

/// Matters that wait until one day.
struct Part<'a> {
    day: Option<Day>,
    ids: &'a Ids,
    /// The actor sees all of them but those that he must keep out of.
    whole: bool,
}

impl Look<'_> {
    fn at(&self, queue: Queue) -> Option<Waiting> {
        if !self.actor.may_ever(queue.action())
            || (queue.is_of_the_office() && only_leads(self.actor))
        {
            return None;
        }
        let parts = self.parts(queue);
        let kept_out = self.register.index().kept_from(self.actor.person);
        let is_for = |id| self.register.matter(id).is_some_and(|matter| self.is_for(queue, matter));
        let waits = |part: &Part<'_>, id: MatterId| {
            if part.whole { kept_out.binary_search(&id).is_err() } else { is_for(id) }
        };
        let (mut rows, mut total): (Vec<(Option<Day>, MatterId)>, usize) = (Vec::new(), 0);
        for part in &parts {
            let all = || part.ids.from(MatterId(0)).filter(|id| waits(part, *id));
            total += if part.whole {
                part.ids.count() - kept_out.iter().filter(|id| part.ids.has(**id)).count()
            } else {
                all().count()
            };
            // What waits until a later day than a full desk shows is only counted.
            let full = self.most <= rows.len();
            if !full || rows.last().is_some_and(|(day, _)| *day == part.day) {
                rows.extend(all().take(self.most).map(|id| (part.day, id)));
            }
        }
        rows.sort_unstable();
        rows.truncate(self.most);
        let rows = rows.into_iter().map(|(_, id)| id).collect();
        (total > 0).then_some(Waiting { queue, rows, total })
    }

    /// All that waits in a queue for this actor, the earliest day first.
    fn parts(&self, queue: Queue) -> Vec<Part<'_>> {
        let post = queue.is_of_a_post().then(|| self.actor.acts_as());
        let rank = if queue == Queue::Close { self.actor.rank } else { Rank::Staff };
        let last = if queue == Queue::LookBack { self.today } else { Day::LAST };
        let mut parts = Vec::new();
        for class in Class::ALL {
            let thing = Thing { owner: post, ..class.thing() };
            if access::may_know(self.actor, &thing).is_err() {
                continue;
            }
            // Who has passed a check already is asked of each matter.
            let whole = queue != Queue::Check && self.may(queue, &thing);
            let of_class = self.register.waits().of(queue, post, class, (rank, last));
            parts.extend(of_class.map(|(day, ids)| Part { day, ids, whole }));
        }
        parts.sort_by_key(|part| part.day);
        parts
    }

    /// Whether a matter that waits in a queue waits for this very actor.
    fn is_for(&self, queue: Queue, matter: &Matter) -> bool {
        let passed = matches!(
            &matter.stage,
            Stage::UnderCheck { passed, .. } if passed.contains(&self.actor.person)
        );
        !passed && self.may(queue, &matter.thing())
    }

    fn may(&self, queue: Queue, thing: &Thing) -> bool {
        let action = queue.action();
        let may = |action| access::may(self.actor, action, thing).is_ok();
        may(action) && (action == Action::Own || may(Action::See))
    }
}

/// Whether the post leads and has no part in the campaign office's daily work.
fn only_leads(actor: &Actor<'_>) -> bool {
    let leads = actor.has(Role::GroupHead) || actor.has(Role::DeputyInCharge);
    leads && !actor.has(Role::CampaignOffice)
}

/// Slips that wait for this actor: to be signed or dropped, to be decided, or to be answered.
pub fn slips(register: &Register, actor: &Actor<'_>, today: Day) -> Vec<SlipId> {
    let waits = |slip: &slip::Slip| match &slip.stage {
        slip::Stage::Drafted => {
            let action = slip.grade.action();
            actor.may_ever(action) && (action == Action::SignRedSlip || !only_leads(actor))
        }
        slip::Stage::Objected { signer } => {
            actor.may_ever(slip.grade.action()) && *signer != actor.person
        }
        slip::Stage::Signed { objection_due, .. } => {
            slip.to == actor.acts_as() && today <= *objection_due
        }
        slip::Stage::Dropped | slip::Stage::Decided { .. } => false,
    };
    register.slips().filter(|(_, slip)| waits(slip)).map(|(id, _)| id).collect()
}
