//! Arguments for each kind of command about a matter.

use super::{Detail, Move, sample};
use crate::ids::{MatterId, PostId};
use crate::matter::{Command, Haves, Matter, Proof, Remedy, Step};
use crate::policy::PauseReason;
use crate::record::{self, Now};
use crate::refusal::Refusal;
use crate::register::Register;
use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

/// A matter, and who asks.
pub(super) struct Asked<'a> {
    register: &'a Register,
    id: MatterId,
    matter: &'a Matter,
    now: &'a Now,
}

impl<'a> Asked<'a> {
    pub(super) fn new(register: &'a Register, id: MatterId, now: &'a Now) -> Option<Self> {
        let matter = register.matter(id)?;
        Some(Self { register, id, matter, now })
    }

    fn answer(&self, command: Command) -> Result<(), Refusal> {
        let command = record::Command::Matter(Some(self.id), command);
        record::decide(self.register, &command, self.now).map(|_| ())
    }

    fn accepts(&self, command: Command) -> bool {
        self.answer(command).is_ok()
    }

    pub(super) fn all(&self) -> Vec<Move> {
        let steps = [
            self.plain(Command::Confirm { note: sample() }),
            self.plain(Command::Refute { reason: sample() }),
            self.assign(),
            self.plain(Command::Accept),
            self.decline(),
            self.plain(set_measure()),
            self.plain(Command::Progress { percent: 50, note: sample() }),
            self.plain(Command::KeepCheckpoint { proof: proof() }),
            self.report_done(),
            self.plain(Command::Resubmit { proof: proof(), note: sample() }),
            self.name_checkers(),
            self.plain(check()),
            self.send_back(),
            self.plain(Command::Close { note: sample() }),
            self.plain(Command::LookBack { holds: true, note: sample() }),
            self.plain(Command::Reopen { reason: sample() }),
            self.suspend(),
            self.plain(Command::Resume),
            self.extend(),
            self.transfer(),
            self.hand_back(),
            self.merge(),
            self.plain(Command::Refer { body: sample(), reason: sample() }),
            self.plain(Command::Cancel { reason: sample() }),
            self.recuse(),
        ];
        steps.into_iter().flatten().collect()
    }

    fn plain(&self, command: Command) -> Option<Move> {
        let code = command.code();
        self.accepts(command).then_some(Move { code, detail: Detail::Plain })
    }

    /// An owner and a checking post that go together, first without designation.
    fn assign(&self) -> Option<Move> {
        let (to, checking, code) = self.owner_and_checker()?;
        let must = !self.accepts(assign(to, checking, false));
        Some(Move { code, detail: Detail::Designate { must } })
    }

    fn owner_and_checker(&self) -> Option<(PostId, PostId, &'static str)> {
        let mut posts = self.representatives();
        let mut barred = BTreeSet::new();
        for to in posts.clone() {
            for checking in posts.clone() {
                if barred.contains(&to) || barred.contains(&checking) {
                    continue;
                }
                let command = assign(to, checking, true);
                let code = command.code();
                match self.answer(command) {
                    Ok(()) => return Some((to, checking, code)),
                    Err(Refusal::MayNotReceive { post }) => {
                        barred.insert(post);
                    }
                    Err(refusal) if is_about_a_post(&refusal) => {}
                    Err(_) => return None,
                }
            }
            posts.retain(|post| !barred.contains(post));
        }
        None
    }

    /// One post of each unit and set of roles: what fits two posts depends on nothing else.
    fn representatives(&self) -> Vec<PostId> {
        let mut known = BTreeSet::new();
        let posts = self.register.office().posts();
        posts
            .filter(|(_, post)| known.insert((post.unit, post.roles.clone())))
            .map(|(id, _)| id)
            .collect()
    }

    fn decline(&self) -> Option<Move> {
        let code = self.fitting_posts(decline).next()?.1;
        Some(Move { code, detail: Detail::Plain })
    }

    fn transfer(&self) -> Option<Move> {
        let code = self.fitting_posts(transfer).next()?.1;
        Some(Move { code, detail: Detail::Plain })
    }

    fn hand_back(&self) -> Option<Move> {
        let posts: Vec<PostId> = self.former().collect();
        let code = hand_back(*posts.first()?).code();
        Some(Move { code, detail: Detail::Posts(posts) })
    }

    fn former(&self) -> impl Iterator<Item = PostId> {
        let former = self.matter.former_owners.iter().copied();
        former.filter(|post| self.accepts(hand_back(*post)))
    }

    /// The posts that `command` accepts; asking ends when the answer is about something else.
    fn fitting_posts(
        &self,
        command: fn(PostId) -> Command,
    ) -> impl Iterator<Item = (PostId, &'static str)> {
        let posts = self.register.office().posts();
        let answers = posts.map(move |(id, _)| {
            let command = command(id);
            let code = command.code();
            (id, code, self.answer(command))
        });
        answers
            .take_while(|(.., answer)| goes_on(answer))
            .filter(|(.., answer)| answer.is_ok())
            .map(|(id, code, _)| (id, code))
    }

    /// Posts of which each may check; as many as are asked for make the command.
    fn checkers(&self) -> impl Iterator<Item = PostId> {
        let posts = self.register.office().posts();
        let answers =
            posts.map(|(id, _)| (id, self.answer(Command::NameCheckers { checkers: vec![id] })));
        let fits = |answer: &Result<(), Refusal>| {
            matches!(answer, Ok(()) | Err(Refusal::TooFewCheckers { .. }))
        };
        answers
            .take_while(move |(_, answer)| fits(answer) || goes_on(answer))
            .filter(move |(_, answer)| fits(answer))
            .map(|(id, _)| id)
    }

    fn name_checkers(&self) -> Option<Move> {
        let mut checkers = vec![];
        for post in self.checkers() {
            checkers.push(post);
            let named = self.plain(Command::NameCheckers { checkers: checkers.clone() });
            if named.is_some() {
                return named;
            }
        }
        None
    }

    fn report_done(&self) -> Option<Move> {
        let command = report_done(false);
        let code = command.code();
        let must = match self.answer(command) {
            Ok(()) => false,
            Err(Refusal::MechanismMissing) => true,
            Err(_) => return None,
        };
        let detail = Detail::Mechanism { must };
        self.accepts(report_done(must)).then_some(Move { code, detail })
    }

    fn send_back(&self) -> Option<Move> {
        let send = |to, straight| Command::SendBack { to, straight, reason: sample() };
        let ways = Step::ALL.into_iter().flat_map(|to| [(to, false), (to, true)]);
        let steps: Vec<_> =
            ways.filter(|(to, straight)| self.accepts(send(*to, *straight))).collect();
        let (to, straight) = *steps.first()?;
        Some(Move { code: send(to, straight).code(), detail: Detail::Steps(steps) })
    }

    fn suspend(&self) -> Option<Move> {
        let check_on = self.now.today.plus(1);
        let suspend = |reason| Command::Suspend { reason, check_on, note: sample() };
        let reasons: Vec<PauseReason> =
            PauseReason::ALL.into_iter().filter(|reason| self.accepts(suspend(*reason))).collect();
        let code = suspend(*reasons.first()?).code();
        Some(Move { code, detail: Detail::Reasons(reasons) })
    }

    /// Asks for more than anybody may have; the refusal names the latest day.
    fn extend(&self) -> Option<Move> {
        let extend = |until| Command::Extend { until, reason: sample() };
        let far = crate::calendar::Day::LAST;
        let latest = match self.answer(extend(far)) {
            Ok(()) => far,
            Err(Refusal::ExtensionTooFar { latest }) => latest,
            Err(_) => return None,
        };
        let code = extend(latest).code();
        self.accepts(extend(latest)).then_some(Move { code, detail: Detail::Until(latest) })
    }

    /// Asks for the matter itself first: when only that is wrong with it, another one is looked
    /// for, the newest first, since most of the old ones are closed.
    fn merge(&self) -> Option<Move> {
        let merge = |into| Command::Merge { into, reason: sample() };
        let Err(Refusal::SameMatter) = self.answer(merge(self.id)) else { return None };
        let fits = |other: &MatterId| {
            let other_is_open = self.register.matter(*other).is_some_and(Matter::is_open);
            other_is_open && self.accepts(merge(*other))
        };
        let into = if self.matter.sealed {
            // A sealed matter takes only its like, and those are few.
            self.register.index().sealed().find(fits)
        } else {
            (1..self.register.next_matter().0).rev().map(MatterId).find(fits)
        };
        Some(Move { code: merge(into?).code(), detail: Detail::Plain })
    }

    fn recuse(&self) -> Option<Move> {
        let recuse = |person| Command::Recuse { person, reason: sample() };
        let own = self.now.by.account;
        let himself = self.accepts(recuse(own));
        let mut people = self.register.office().people.keys();
        let other = people.find(|one| **one != own && !self.matter.recused.contains(*one));
        let others = other.is_some_and(|other| self.accepts(recuse(*other)));
        let detail = Detail::Recusal { himself, others };
        (himself || others).then_some(Move { code: recuse(own).code(), detail })
    }

    pub(super) fn posts_for(&self, code: &'static str) -> Vec<PostId> {
        let of = |command| self.fitting_posts(command).map(|(id, _)| id).collect();
        match code {
            "command-decline" => of(decline),
            "command-transfer" => of(transfer),
            "command-hand-back" => self.former().collect(),
            "command-name-checkers" => self.checkers().collect(),
            _ => vec![],
        }
    }
}

/// A refusal of this post, while another may do.
fn is_about_a_post(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::CheckerIsDoer { .. }
            | Refusal::CheckerOfOwnersUnit { .. }
            | Refusal::MayNotReceive { .. }
            | Refusal::OwnPostProposed { .. }
            | Refusal::SameOwner { .. }
            | Refusal::NotAFormerOwner { .. }
    )
}

/// Accepted, or refused in a way after which asking goes on.
fn goes_on(answer: &Result<(), Refusal>) -> bool {
    answer.as_ref().err().is_none_or(is_about_a_post)
}

fn proof() -> Proof {
    Proof::Record { system: sample(), reference: sample() }
}

fn assign(to: PostId, checking: PostId, designate: bool) -> Command {
    let haves = Haves {
        rule: sample(),
        procedure: sample(),
        standard: sample(),
        checking,
        evidence: sample(),
    };
    Command::Assign { to, remedy: Remedy::AtOnce, until: None, haves, designate }
}

fn set_measure() -> Command {
    let (cause, measure, standard) = (sample(), sample(), sample());
    Command::SetMeasure { cause, measure, standard, milestones: vec![] }
}

fn report_done(mechanism: bool) -> Command {
    let mechanism = mechanism.then(proof);
    Command::ReportDone { proof: proof(), more: vec![], mechanism, note: sample() }
}

fn check() -> Command {
    Command::Check { holds: true, findings: sample(), back_to: Step::Rectify, straight: false }
}

fn decline(proposed: PostId) -> Command {
    Command::Decline { proposed, rule: sample() }
}

fn transfer(to: PostId) -> Command {
    Command::Transfer { to, reason: sample() }
}

fn hand_back(to: PostId) -> Command {
    Command::HandBack { to, reason: sample() }
}
