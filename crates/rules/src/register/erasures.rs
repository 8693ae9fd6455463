//! What requests to erase ask of everything else, and what they do to it.

use super::{Register, number, place};
use crate::access::Thing;
use crate::calendar::Day;
use crate::erasure::{self, About, Erasure, Stage, Subject};
use crate::ids::{ErasureId, EvidenceId, MatterId, PersonId};
use crate::matter::{self, Matter};
use crate::policy::{Count, Retention};
use crate::refusal::BrokenHistory;
use alloc::sync::Arc;
use alloc::vec::Vec;

impl Register {
    /// One request to erase or to restrict.
    pub fn erasure(&self, id: ErasureId) -> Option<&Erasure> {
        self.erasures.get(place(id.0)?).map(|one| &**one)
    }

    /// All requests, oldest first.
    pub fn erasures(&self) -> impl DoubleEndedIterator<Item = (ErasureId, &Erasure)> {
        let count = number(self.erasures.len()).saturating_sub(1);
        (1..=count).filter_map(|n| Some((ErasureId(n), self.erasure(ErasureId(n))?)))
    }

    pub fn next_erasure(&self) -> ErasureId {
        ErasureId(number(self.erasures.len()))
    }

    /// Whether erasing the subject was approved. A file is erased with its matter, too.
    pub fn is_erased(&self, subject: Subject) -> bool {
        match subject {
            Subject::File(file) => self.gone.contains(&file),
            Subject::Matter(_) | Subject::Person(_) => {
                self.request_about(subject).is_some_and(|(_, one)| one.is_approved())
            }
        }
    }

    /// The newest request about a subject.
    pub fn request_about(&self, subject: Subject) -> Option<(ErasureId, &Erasure)> {
        let id = *self.requests.get(&subject)?;
        Some((id, self.erasure(id)?))
    }

    /// Whether what the subject holds may not be shown: it is restricted or erased, or, for a file,
    /// a matter that names it is.
    pub fn is_withheld(&self, subject: Subject) -> bool {
        let own = self.is_erased(subject)
            || self.request_about(subject).is_some_and(|(_, one)| one.is_restricted());
        own || match subject {
            Subject::File(file) => {
                self.naming(file).flatten().any(|id| self.is_withheld(Subject::Matter(id)))
            }
            Subject::Matter(_) | Subject::Person(_) => false,
        }
    }

    /// Who names a kept file; `None` is a plan.
    fn naming(&self, file: EvidenceId) -> impl Iterator<Item = Option<MatterId>> {
        self.files.range((file, None)..=(file, Some(MatterId(u32::MAX)))).map(|(_, id)| *id)
    }

    /// The kept files that a matter names.
    pub fn files_of(&self, id: MatterId) -> impl Iterator<Item = EvidenceId> {
        let none = EvidenceId([0; 32])..=EvidenceId([u8::MAX; 32]);
        self.files_of.range((id, *none.start())..=(id, *none.end())).map(|(_, file)| *file)
    }

    /// What stands around a subject; `None` when there is no such thing.
    pub(crate) fn about(&self, subject: Subject, today: Day) -> Option<About> {
        let earlier = self.request_about(subject);
        let earlier = earlier.filter(|(_, one)| !matches!(one.stage, Stage::Refused { .. }));
        let earlier = earlier.map(|(id, _)| id);
        let about = match subject {
            Subject::Matter(id) => self.about_matter(id)?,
            Subject::Person(id) => self.about_person(id, today)?,
            Subject::File(id) => self.about_file(id)?,
        };
        Some(About { earlier, ..about })
    }

    fn about_matter(&self, id: MatterId) -> Option<About> {
        let matter = self.matter(id)?;
        let alone = |file: &EvidenceId| self.naming(*file).all(|other| other == Some(id));
        let entries = self.sealed_entries.range((id, 0)..=(id, u64::MAX)).map(|(_, seq)| *seq);
        Some(About {
            thing: matter.thing(),
            pending: matter.is_pending(),
            ended: self.changed_on(id),
            keep_years: self.keep(|keep| match &matter.stage {
                matter::Stage::NotUpheld => &keep.not_upheld,
                matter::Stage::Listed
                | matter::Stage::Confirmed
                | matter::Stage::Assigned { .. }
                | matter::Stage::Returned { .. }
                | matter::Stage::Accepted { .. }
                | matter::Stage::Planned { .. }
                | matter::Stage::Rectifying { .. }
                | matter::Stage::Reported { .. }
                | matter::Stage::UnderCheck { .. }
                | matter::Stage::Passed { .. }
                | matter::Stage::Closed { .. }
                | matter::Stage::Consolidated { .. }
                | matter::Stage::Suspended { .. }
                | matter::Stage::Merged { .. }
                | matter::Stage::Referred
                | matter::Stage::Cancelled => &keep.matters,
            }),
            earlier: None,
            files: self.files_of(id).filter(alone).collect(),
            entries: entries.collect(),
        })
    }

    fn about_person(&self, id: PersonId, today: Day) -> Option<About> {
        self.office.person_name(id)?;
        let (mut pending, mut ended) = (false, None);
        for (_, post) in self.office.posts() {
            let held = post.appointments.iter().filter(|one| one.person == id).map(|one| one.until);
            let stood_in = post.deputies.iter().filter(|one| one.person == id);
            for until in held.chain(stood_in.map(|one| Some(one.until))) {
                pending |= until.is_none_or(|until| today <= until);
                ended = ended.max(until);
            }
            pending |= post.handover.is_some_and(|h| h.outgoing == id || h.incoming == id);
        }
        Some(About {
            thing: Thing { recused: Vec::from([id]), ..Thing::office() },
            pending,
            ended,
            keep_years: self.keep(|keep| &keep.people),
            earlier: None,
            files: Vec::new(),
            entries: Vec::new(),
        })
    }

    fn about_file(&self, id: EvidenceId) -> Option<About> {
        let mut about: Option<About> = None;
        for named in self.naming(id) {
            let one = match named {
                // A plan is kept for good.
                None => About { pending: true, ..About::default() },
                Some(matter) => self.about_matter(matter)?,
            };
            about = Some(match about {
                None => one,
                Some(before) => before.and(&one),
            });
        }
        about.map(|about| About { files: Vec::new(), entries: Vec::new(), ..about })
    }

    fn keep(&self, which: impl Fn(&Retention) -> &Count) -> Option<u16> {
        self.policy().and_then(|policy| policy.retention.as_ref()).map(|keep| which(keep).value)
    }

    /// Ended matters whose retention in the policy is over, which nobody has asked about.
    pub fn due_for_erasure(&self, today: Day) -> impl Iterator<Item = Subject> {
        self.matters().map(|(id, _)| Subject::Matter(id)).filter(move |subject| {
            self.about(*subject, today)
                .is_some_and(|about| about.earlier.is_none() && about.may_go(today).is_ok())
        })
    }

    /// Notes what an event about a matter keeps besides texts.
    pub(super) fn note_kept(&mut self, id: MatterId, event: &matter::Event, seq: u64) {
        for file in event.proofs().filter_map(matter::Proof::file) {
            self.files.insert_mut((file, Some(id)));
            self.files_of.insert_mut((id, file));
        }
        if self.matter(id).is_some_and(|matter| matter.sealed) {
            self.sealed_entries.insert_mut((id, seq));
        }
    }

    pub(super) fn apply_to_erasure(
        &mut self,
        id: ErasureId,
        event: &erasure::Event,
    ) -> Result<(), BrokenHistory> {
        let slot = place(id.0).ok_or(BrokenHistory::at("stream-erasure", "zero"))?;
        let before = self.erasures.get(slot).map(|one| Erasure::clone(one));
        let is_new = before.is_none();
        if is_new && id != self.next_erasure() {
            return Err(BrokenHistory::at("stream-erasure", "gap"));
        }
        let after = Arc::new(erasure::evolve(before, event)?);
        let withheld = after.is_restricted() || after.is_approved();
        self.withhold(after.subject, withheld);
        self.requests.insert_mut(after.subject, id);
        if let Stage::Approved { files, .. } = &after.stage {
            let own = match after.subject {
                Subject::File(file) => Some(file),
                Subject::Matter(_) | Subject::Person(_) => None,
            };
            files.iter().copied().chain(own).for_each(|file| self.gone.insert_mut(file));
        }
        if is_new {
            self.erasures.push_back_mut(after);
        } else {
            self.erasures.set_mut(slot, after);
        }
        Ok(())
    }

    /// Hides or shows the texts that the register itself holds. Until the keys are destroyed and
    /// the log is folded again, this is how an approved erasure reads.
    fn withhold(&mut self, subject: Subject, withheld: bool) {
        match subject {
            Subject::Matter(id) => {
                let Some(slot) = place(id.0) else { return };
                let Some(matter) = self.matters.get(slot) else { return };
                let mut changed = Matter::clone(matter);
                changed.restrict(withheld);
                if self.late.is_none() {
                    self.index.retitle(id, changed.title.text());
                }
                self.matters.set_mut(slot, Arc::new(changed));
            }
            Subject::Person(id) => self.office.restrict(id, withheld),
            Subject::File(_) => {}
        }
    }
}
