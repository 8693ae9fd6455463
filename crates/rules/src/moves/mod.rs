//! What may be done next (可办事项): the buttons that a page may offer to one actor.
//!
//! Nothing is decided here. Each kind of command is put to [`record::decide`] with arguments that
//! it accepts wherever stage and rights allow the command at all; a button is shown exactly when
//! the rules said yes to one of them.

mod ask;
mod others;

pub use others::{adopting, campaign_moves, opening, opening_from, slip_moves};

use crate::calendar::Day;
use crate::ids::{MatterId, PostId};
use crate::matter::{Command, Step};
use crate::policy::PauseReason;
use crate::record::{self, Now};
use crate::refusal::Refusal;
use crate::register::Register;
use crate::text::Words;
use alloc::vec::Vec;
use ask::Asked;

/// One command that the actor may give about a matter now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// [`Command::code`] of the command.
    pub code: &'static str,
    pub detail: Detail,
}

/// What the form of a command has to know and only the rules know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    Plain,
    /// 交办: after so many returns the owner must be designated (决定指定).
    Designate {
        must: bool,
    },
    /// 报结: whether it must bring a mechanism (制度机制).
    Mechanism {
        must: bool,
    },
    /// 挂起: the reasons for which a clock of this stage may stand still.
    Reasons(Vec<PauseReason>),
    /// 退回: the steps, and whether straight resubmission may be allowed with each.
    Steps(Vec<(Step, bool)>),
    /// 延期: the latest day.
    Until(Day),
    /// 交回: the former owners to which it may go.
    Posts(Vec<PostId>),
    /// 回避: whether the actor may name others, or withdraw only himself.
    Recusal {
        himself: bool,
        others: bool,
    },
}

/// What the actor of `now` may do with a matter, in the order of the loop. Empty when he may do
/// nothing, when there is no such matter, and when he may not know of it. The system's own
/// commands ([`Command::DayBegan`], [`Command::Recount`]) are never among them.
pub fn moves(register: &Register, id: MatterId, now: &Now) -> Vec<Move> {
    match Asked::new(register, id, now) {
        Some(asked) => asked.all(),
        None => Vec::new(),
    }
}

/// What the actor may do with a matter only from a later day on, with that day: a look-back.
pub fn later(register: &Register, id: MatterId, now: &Now) -> Option<(&'static str, Day)> {
    let command = Command::LookBack { holds: true, note: sample() };
    let code = command.code();
    match record::decide(register, &record::Command::Matter(Some(id), command), now) {
        Err(Refusal::TooEarly { from }) => Some((code, from)),
        Ok(_) | Err(_) => None,
    }
}

/// The posts that a command about a matter accepts as its `to`, `proposed` or one of its
/// checkers: what a form lists. Empty for commands that name no post, and for assignment, where
/// owner and checker depend on one another.
pub fn posts_for(register: &Register, id: MatterId, code: &'static str, now: &Now) -> Vec<PostId> {
    match Asked::new(register, id, now) {
        Some(asked) => asked.posts_for(code),
        None => Vec::new(),
    }
}

/// Any text: rules ask whether something is written, never what.
fn sample() -> Words {
    Words::new("x")
}
