//! The desk (工作台): what waits for a post today, in the order in which it should be looked at.

use crate::access::{self, Action};
use crate::calendar::Day;
use crate::ids::{MatterId, SlipId};
use crate::matter::{Matter, Stage};
use crate::posts::Actor;
use crate::query::{Found, Query, Sort, find};
use crate::register::Register;
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

    /// The action that the work takes, and the stages in which it waits.
    fn asks(self) -> (Action, &'static [&'static str]) {
        match self {
            Self::Sign => (Action::Own, &["stage-assigned"]),
            Self::Measure => (Action::Own, &["stage-accepted"]),
            Self::Work => (Action::Own, &["stage-planned", "stage-rectifying"]),
            Self::Check => (Action::Check, &["stage-under-check"]),
            Self::Returned => (Action::Steer, &["stage-returned"]),
            Self::Confirm => (Action::Steer, &["stage-listed"]),
            Self::HandOut => (Action::Steer, &["stage-confirmed"]),
            Self::NameCheckers => (Action::Steer, &["stage-reported"]),
            Self::Close => (Action::Close, &["stage-passed"]),
            Self::LookBack => (Action::Check, &["stage-closed"]),
        }
    }

    /// Whether a matter of the right stage waits for this very actor.
    fn is_for(self, actor: &Actor<'_>, matter: &Matter, today: Day) -> bool {
        match (self, &matter.stage) {
            (Self::Sign | Self::Measure | Self::Work, _) => matter.owner() == Some(actor.acts_as()),
            (Self::Check, Stage::UnderCheck { checkers, passed, .. }) => {
                checkers.contains(&actor.acts_as()) && !passed.contains(&actor.person)
            }
            (Self::LookBack, Stage::Closed { look, .. }) => look.due() <= today,
            (Self::Close, Stage::Passed { duty }) => duty.assigner_rank <= actor.rank,
            (Self::Check | Self::LookBack | Self::Close, _) => false,
            (Self::Returned | Self::Confirm | Self::HandOut | Self::NameCheckers, _) => true,
        }
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

impl Look<'_> {
    fn at(&self, queue: Queue) -> Option<Waiting> {
        let (action, stages) = queue.asks();
        if !self.actor.may_ever(action) {
            return None;
        }
        let (mut rows, mut total) = (Vec::new(), 0);
        for stage in stages {
            let (found, count) = self.of_stage(queue, stage);
            rows.extend(found);
            total += count;
        }
        rows.sort_by_key(|id| (self.register.matter(*id).and_then(due), *id));
        rows.truncate(self.most);
        (total > 0).then_some(Waiting { queue, rows, total })
    }

    /// Matters of a queue in one stage. Those of an owner come from the owner's own list; the
    /// others are asked for by stage, which the register knows.
    fn of_stage(&self, queue: Queue, stage: &'static str) -> (Vec<MatterId>, usize) {
        let (action, _) = queue.asks();
        let fits = |id: &MatterId| {
            self.register.matter(*id).is_some_and(|matter| {
                matter.stage.code() == stage
                    && queue.is_for(self.actor, matter, self.today)
                    && access::may(self.actor, action, &matter.thing()).is_ok()
            })
        };
        if action == Action::Own {
            let owned = self.register.owned_by(self.actor.acts_as());
            let rows: Vec<MatterId> = owned.filter(fits).collect();
            let total = rows.len();
            return (rows, total);
        }
        let everybodys = matches!(
            queue,
            Queue::Returned | Queue::Confirm | Queue::HandOut | Queue::NameCheckers
        );
        let limit = if everybodys { self.most } else { usize::MAX };
        let query = Query { stage: Some(stage), sort: Sort::Due, limit, ..Query::default() };
        let Found { rows, total, .. } = find(self.register, &query, self.actor, self.today);
        let rows: Vec<MatterId> = rows.into_iter().filter(fits).collect();
        let total = if everybodys { total } else { rows.len() };
        (rows, total)
    }
}

fn due(matter: &Matter) -> Option<Day> {
    match &matter.stage {
        Stage::Assigned { sign, .. } => Some(sign.due()),
        Stage::Accepted { plan, .. } => Some(plan.due()),
        Stage::Reported { check, .. } | Stage::UnderCheck { check, .. } => Some(check.due()),
        Stage::Closed { look, .. } => Some(look.due()),
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Returned { .. }
        | Stage::Planned { .. }
        | Stage::Rectifying { .. }
        | Stage::Passed { .. }
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => matter.duty().map(|duty| duty.term.due()),
    }
}

/// Slips that wait for this actor: to be signed or dropped, to be decided, or to be answered.
pub fn slips(register: &Register, actor: &Actor<'_>, today: Day) -> Vec<SlipId> {
    let waits = |slip: &slip::Slip| match &slip.stage {
        slip::Stage::Drafted => actor.may_ever(slip.grade.action()),
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
