//! Judges a command about a matter. Reads everything, changes nothing.

mod check;
mod day;
mod find;
mod hand_out;
mod rectify;
mod side;

use super::term::Limit;
use super::{Command, Event, Matter, Stage};
use crate::access::{self, Action};
use crate::circumstances::Circumstances;
use crate::ids::{PersonId, PostId};
use crate::policy::Clock;
use crate::posts::Actor;
use crate::refusal::Refusal;
use crate::role::Role;
use crate::text::Words;
use alloc::vec::Vec;

/// What one step of judging gives.
pub(super) type Judged = Result<Vec<Event>, Refusal>;

/// Judges a command about a matter (`None`: one that is not listed yet).
pub fn decide(matter: Option<&Matter>, command: &Command, now: Circumstances<'_>) -> Judged {
    let Some(matter) = matter else {
        return find::list(command, now);
    };
    let case = Case { matter, command, now };
    let events = judge(&case)?;
    if matches!(command, Command::DayBegan | Command::Recount) || events.is_empty() {
        return Ok(events);
    }
    // What passed is recorded before what follows, so that a morning without a day pass hides no
    // missed limit.
    let mut all = day::passed(&case);
    all.extend(events);
    Ok(all)
}

fn judge(case: &Case<'_>) -> Judged {
    match case.command {
        Command::List { .. } => Err(case.wrong_stage()),
        Command::Confirm { note } => find::confirm(case, note),
        Command::Refute { reason } => find::refute(case, reason),
        Command::Assign { .. } => hand_out::assign(case),
        Command::Accept => hand_out::accept(case),
        Command::Decline { proposed, rule } => hand_out::decline(case, *proposed, rule),
        Command::Transfer { to, reason } => hand_out::transfer(case, *to, reason),
        Command::HandBack { to, reason } => hand_out::hand_back(case, *to, reason),
        Command::SetMeasure { .. } => rectify::set_measure(case),
        Command::Progress { percent, note } => rectify::progress(case, *percent, note),
        Command::KeepCheckpoint { proof } => rectify::keep_checkpoint(case, proof),
        Command::ReportDone { .. } => rectify::report_done(case),
        Command::Resubmit { proof, note } => rectify::resubmit(case, proof, note),
        Command::NameCheckers { checkers } => check::name_checkers(case, checkers),
        Command::Check { .. } => check::check(case),
        Command::SendBack { to, straight, reason } => {
            check::send_back(case, *to, *straight, reason)
        }
        Command::Close { note } => check::close(case, note),
        Command::LookBack { holds, note } => check::look_back(case, *holds, note),
        Command::Reopen { reason } => check::reopen(case, reason),
        Command::Suspend { reason, check_on, note } => {
            side::suspend(case, *reason, *check_on, note)
        }
        Command::Resume => side::resume(case),
        Command::Extend { until, reason } => side::extend(case, *until, reason),
        Command::Merge { into, reason } => side::merge(case, *into, reason),
        Command::Refer { body, reason } => side::refer(case, body, reason),
        Command::Cancel { reason } => side::cancel(case, reason),
        Command::Recuse { person, reason } => side::recuse(case, *person, reason),
        Command::DayBegan => day::day_began(case),
        Command::Recount => day::recount(case),
    }
}

/// A command met by a matter, in its circumstances.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) matter: &'a Matter,
    pub(super) command: &'a Command,
    pub(super) now: Circumstances<'a>,
}

impl<'a> Case<'a> {
    pub(super) fn stage(&self) -> &'a Stage {
        &self.matter.stage
    }

    pub(super) fn wrong_stage(&self) -> Refusal {
        Refusal::WrongStage { command: self.command.code(), stage: self.stage().code() }
    }

    /// The actor, provided that he may do `action` to this matter.
    pub(super) fn actor_who_may(&self, action: Action) -> Result<Actor<'a>, Refusal> {
        let actor = self.now.actor()?;
        if action == Action::Own && self.matter.owner().is_none() {
            return Err(self.wrong_stage());
        }
        access::may(&actor, action, &self.matter.thing())?;
        Ok(actor)
    }

    /// `clock` counted from today; the first limit of the present duty, if any, is not kept.
    pub(super) fn limit(&self, clock: &Clock) -> Limit {
        Limit::counted(self.now.calendar, clock, self.now.today, None)
    }

    /// Whether a person is on the owner's side: worked on it, has held the owning post since the
    /// matter was listed, or stands in for its holder.
    fn is_doer(&self, person: PersonId, owner: PostId) -> bool {
        let (since, today) = (self.matter.listed_on, self.now.today);
        self.matter.doers.contains(&person)
            || self.now.office.post(owner).is_some_and(|post| {
                let held = post.appointments.iter().any(|a| {
                    a.person == person
                        && a.from <= today
                        && a.until.is_none_or(|until| since <= until)
                });
                let stands_in = post
                    .deputies
                    .iter()
                    .any(|d| d.person == person && d.from <= today && today <= d.until);
                held || stands_in
            })
    }

    /// Whoever judges the owner's work differs from the owner in person, in post, and in whoever
    /// he acts for.
    fn is_own_case(&self, actor: &Actor<'_>, owner: PostId) -> bool {
        let represented = actor
            .acting_for
            .and_then(|post| self.now.office.post(post))
            .and_then(|post| post.holder(self.now.today));
        actor.post == owner
            || actor.acting_for == Some(owner)
            || self.is_doer(actor.person, owner)
            || represented.is_some_and(|person| self.is_doer(person, owner))
    }

    /// The actor, provided that he may relieve the owner of something and is not the owner.
    pub(super) fn reliever(&self, action: Action) -> Result<Actor<'a>, Refusal> {
        let actor = self.actor_who_may(action)?;
        match self.matter.duty() {
            Some(duty) if self.is_own_case(&actor, duty.owner) => {
                Err(Refusal::ApproverIsDoer { post: duty.owner })
            }
            Some(_) | None => Ok(actor),
        }
    }

    /// Doer and checker differ in person, in post, in unit, and in whoever they act for.
    pub(super) fn is_apart_from_doers(
        &self,
        actor: &Actor<'_>,
        owner: PostId,
    ) -> Result<(), Refusal> {
        if self.is_own_case(actor, owner) {
            return Err(Refusal::CheckerIsDoer { post: owner });
        }
        self.is_of_other_unit(actor.post, owner)?;
        self.is_of_other_unit(actor.acts_as(), owner)
    }

    /// The two posts that a matter goes to: they may know of it, and are of different units.
    pub(super) fn may_share(&self, checker: PostId, owner: PostId) -> Result<(), Refusal> {
        for id in [owner, checker] {
            let post = self.now.office.post(id).ok_or(Refusal::NoSuchPost(id))?;
            let receives =
                [Role::Receiver, Role::Discipline].iter().any(|r| post.roles.contains(r));
            if self.matter.sealed && !receives {
                return Err(Refusal::MayNotReceive { post: id });
            }
        }
        self.is_of_other_unit(checker, owner)
    }

    /// A checking post is not of the owner's unit (核查人不得来自承办单位).
    pub(super) fn is_of_other_unit(&self, checker: PostId, owner: PostId) -> Result<(), Refusal> {
        let office = self.now.office;
        let checking = office.post(checker).ok_or(Refusal::NoSuchPost(checker))?;
        let owning = office.post(owner).ok_or(Refusal::NoSuchPost(owner))?;
        if checker == owner {
            return Err(Refusal::CheckerIsDoer { post: owner });
        }
        if office.are_kin(checking.unit, owning.unit) {
            return Err(Refusal::CheckerOfOwnersUnit { post: checker });
        }
        Ok(())
    }
}

/// Longest text of one field, in characters. A 任务 or 说明 beyond this belongs in an attachment.
const LONGEST_TEXT: usize = 10_000;

/// A text that must say something, and not more than the log is meant for.
pub(super) fn written(text: &Words, field: &'static str) -> Result<Words, Refusal> {
    text.written(field)?;
    fits(text, field)
}

/// A text that may be blank.
pub(super) fn fits(text: &Words, field: &'static str) -> Result<Words, Refusal> {
    if text.text().is_some_and(|text| text.chars().nth(LONGEST_TEXT).is_some()) {
        return Err(Refusal::TooMany { field, most: 10_000 });
    }
    Ok(text.clone())
}
