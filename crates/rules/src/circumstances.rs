//! What `decide` may know besides the thing itself.

use crate::access::{self, Thing};
use crate::calendar::{Calendar, Day};
use crate::ids::SYSTEM;
use crate::policy::Policy;
use crate::posts::{Actor, Office};
use crate::record::{By, Moment};
use crate::refusal::Refusal;

/// Day, calendar, policy, office and actor: all that stands around a command.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    pub today: Day,
    pub at: Moment,
    pub by: By,
    /// Who acts, resolved against the office of today; the refusal when nobody may.
    pub actor: Result<Actor<'a>, Refusal>,
    pub calendar: &'a Calendar,
    pub policy: Option<&'a Policy>,
    pub office: &'a Office,
}

impl<'a> Circumstances<'a> {
    pub fn actor(&self) -> Result<Actor<'a>, Refusal> {
        self.actor
    }

    /// The policy in force. Nothing with a limit can be decided before one is adopted.
    pub fn policy(&self) -> Result<&'a Policy, Refusal> {
        self.policy.ok_or(Refusal::NoPolicy)
    }

    pub fn is_system(&self) -> bool {
        self.by.account == SYSTEM
    }

    /// Whether the actor may know that `thing` exists at all. The system knows of everything.
    pub fn may_know(&self, thing: &Thing) -> Result<(), Refusal> {
        if self.is_system() || !thing.sealed {
            return Ok(());
        }
        let actor = self.actor().map_err(|_| Refusal::NotForYou)?;
        access::may_know(&actor, thing)
    }

    /// The day pass is nobody's act: people cannot let a day begin.
    pub fn must_be_system(&self) -> Result<(), Refusal> {
        if self.is_system() { Ok(()) } else { Err(Refusal::SystemOnly) }
    }
}
