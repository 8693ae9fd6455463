//! The register (台账): everything the log says, in memory, and what the day pass has to do.

mod derived;
mod erasures;
mod others;

use crate::basis::{self, Basis};
use crate::calendar::{Calendar, Day, Unit};
use crate::campaign::{self, Campaign};
use crate::circumstances::Circumstances;
use crate::desk;
use crate::erasure::{Erasure, Subject};
use crate::feedback::Feedback;
use crate::ids::{CampaignId, ErasureId, EvidenceId, MatterId, PostId, SlipId};
use crate::light::{Light, light};
use crate::matter::{self, Matter, Stage};
use crate::policy::Policy;
use crate::posts::{self, Office};
use crate::query;
use crate::record::{Command, Entry, Event, Now, Stream};
use crate::refusal::{BrokenHistory, Refusal};
use crate::signal::ProblemCode;
use crate::slip::{self, Grade, Line, Slip};
use crate::tally::Tally;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync, VectorSync};

/// Everything, as the log has made it. Cloning shares all of it, so each reader has a snapshot.
#[derive(Clone, Debug, Default)]
pub struct Register {
    office: Office,
    basis: Basis,
    campaigns: RedBlackTreeMapSync<CampaignId, Arc<Campaign>>,
    /// Matter n stands at n − 1.
    matters: VectorSync<Arc<Matter>>,
    slips: VectorSync<Arc<Slip>>,
    feedback: VectorSync<Arc<Feedback>>,
    erasures: VectorSync<Arc<Erasure>>,
    /// Derived: the newest request about a subject.
    requests: RedBlackTreeMapSync<Subject, ErasureId>,
    /// Derived: files of which erasure was approved, with their matter or alone.
    gone: RedBlackTreeSetSync<EvidenceId>,
    /// Derived: who names a kept file; `None` is a plan, which is kept for good.
    files: RedBlackTreeSetSync<(EvidenceId, Option<MatterId>)>,
    files_of: RedBlackTreeSetSync<(MatterId, EvidenceId)>,
    /// Derived: the log's entries about sealed matters.
    sealed_entries: RedBlackTreeSetSync<(MatterId, u64)>,
    /// Derived: which matters the day pass must look at, by day.
    agenda: RedBlackTreeSetSync<(Day, MatterId)>,
    /// Derived: open matters by the post that owns them.
    owned: RedBlackTreeSetSync<(PostId, MatterId)>,
    /// Derived: how many matters of a campaign are open.
    open_in: RedBlackTreeMapSync<CampaignId, u32>,
    /// Derived: slips by the post they are addressed to.
    slips_of: RedBlackTreeSetSync<(PostId, Day, SlipId)>,
    /// Derived: the last slip drafted for a matter: about which limit, how grave, on which day.
    drafted: RedBlackTreeMapSync<MatterId, (Day, Grade, Day)>,
    /// Derived: what lists show of each matter.
    index: query::Index,
    /// Derived: what waits on each desk.
    waits: desk::Waits,
    /// Derived: what charts count.
    tally: Tally,
    /// While a whole log is folded: the day of the last event of each matter. What is derived from
    /// matters waits until the end.
    late: Option<Vec<Day>>,
}

impl Register {
    pub fn office(&self) -> &Office {
        &self.office
    }

    pub fn calendar(&self) -> &Calendar {
        &self.basis.calendar
    }

    pub fn policy(&self) -> Option<&Policy> {
        self.basis.policy.as_deref()
    }

    /// Numbers of the policy and the calendar in force; they stand in every leaf.
    pub fn basis(&self) -> (u32, u32) {
        (self.basis.policy_number, self.basis.calendar.version())
    }

    pub(crate) fn basis_state(&self) -> &Basis {
        &self.basis
    }

    pub fn matter(&self, id: MatterId) -> Option<&Matter> {
        self.matters.get(place(id.0)?).map(|matter| &**matter)
    }

    pub fn matters(&self) -> impl Iterator<Item = (MatterId, &Matter)> {
        (1..).map(MatterId).zip(self.matters.iter().map(|matter| &**matter))
    }

    /// The day of the last event of a matter.
    pub fn changed_on(&self, id: MatterId) -> Option<Day> {
        self.index.row(id).map(|row| row.changed)
    }

    pub(crate) fn index(&self) -> &query::Index {
        &self.index
    }

    pub(crate) fn waits(&self) -> &desk::Waits {
        &self.waits
    }

    /// Open matters that a post owns, by number.
    pub fn owned_by(&self, post: PostId) -> impl Iterator<Item = MatterId> {
        let all = (post, MatterId(0))..=(post, MatterId(u32::MAX));
        self.owned.range(all).map(|(_, id)| *id)
    }

    pub fn campaign(&self, id: CampaignId) -> Option<&Campaign> {
        self.campaigns.get(&id).map(|campaign| &**campaign)
    }

    pub fn campaigns(&self) -> &RedBlackTreeMapSync<CampaignId, Arc<Campaign>> {
        &self.campaigns
    }

    pub fn slip(&self, id: SlipId) -> Option<&Slip> {
        self.slips.get(place(id.0)?).map(|slip| &**slip)
    }

    pub fn slips(&self) -> impl Iterator<Item = (SlipId, &Slip)> {
        (1..).map(SlipId).zip(self.slips.iter().map(|slip| &**slip))
    }

    /// Days on which matters were listed or closed, with how many of each: what a burn-up adds up.
    /// Sealed matters are not among them.
    pub fn flow(&self) -> impl Iterator<Item = (Day, i32, i32)> {
        self.tally.flow()
    }

    /// Days since `since` on which problems of a kind were found, with how many. Sealed matters
    /// are not among them.
    pub fn found(&self, problem: ProblemCode, since: Day) -> impl Iterator<Item = (Day, usize)> {
        self.tally.found(problem, since)
    }

    /// How many matters came back after closing, however often. Sealed ones are not among them.
    pub fn relapsed(&self) -> usize {
        self.tally.relapsed()
    }

    /// How many matters of a campaign are open.
    pub fn open_in(&self, campaign: CampaignId) -> u32 {
        self.open_in.get(&campaign).copied().unwrap_or(0)
    }

    /// The light of a matter; none before a policy is adopted or when nobody owes anything.
    pub fn light(&self, id: MatterId, today: Day) -> Option<Light> {
        light(self.matter(id)?, today, self.calendar(), self.policy()?)
    }

    pub fn next_matter(&self) -> MatterId {
        MatterId(number(self.matters.len()))
    }

    pub fn next_slip(&self) -> SlipId {
        SlipId(number(self.slips.len()))
    }

    pub fn next_campaign(&self) -> CampaignId {
        CampaignId(number(self.campaigns.size()))
    }

    /// What stands around a command given now.
    pub fn circumstances(&self, now: &Now) -> Circumstances<'_> {
        Circumstances {
            today: now.today,
            at: now.at,
            by: now.by,
            actor: self.office.actor(now.by, now.today),
            calendar: self.calendar(),
            policy: self.policy(),
            office: &self.office,
        }
    }

    /// What a command about one matter says of other things must exist; this is all that is
    /// asked across matters. `own` is the matter itself, which the actor may know of.
    pub(crate) fn references_exist(
        &self,
        own: MatterId,
        command: &matter::Command,
        now: Circumstances<'_>,
    ) -> Result<(), Refusal> {
        if let matter::Command::List { campaign: Some(id), .. } = command {
            let campaign = self.campaign(*id).ok_or(Refusal::NoSuchCampaign(*id))?;
            if campaign.closed_on.is_some() {
                let stage = "stage-campaign-closed";
                return Err(Refusal::WrongStage { command: command.code(), stage });
            }
        }
        if let matter::Command::Merge { into, .. } = command {
            let other = self.matter(*into).ok_or(Refusal::NoSuchMatter(*into))?;
            now.may_know(&other.thing()).map_err(|_| Refusal::NoSuchMatter(*into))?;
            let sealed = self.matter(own).is_some_and(|matter| matter.sealed);
            if own == *into {
                return Err(Refusal::SameMatter);
            }
            if sealed != other.sealed {
                return Err(Refusal::SealedDoesNotMix);
            }
            if !other.is_open() {
                let stage = other.stage.code();
                return Err(Refusal::WrongStage { command: command.code(), stage });
            }
        }
        Ok(())
    }

    /// Applies one entry of the log. An error means that the log itself is wrong; the register
    /// is then as it was before.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), BrokenHistory> {
        match (&entry.event, entry.stream) {
            (Event::Office(event), Stream::Office) => {
                self.office = posts::evolve(&self.office, event)?;
            }
            (Event::Basis(event), Stream::Basis) => {
                self.basis = basis::evolve(&self.basis, event)?;
                if self.late.is_none() {
                    self.index.rebase(self.matters.iter().map(|matter| &**matter), &self.basis);
                }
            }
            (Event::Campaign(event), Stream::Campaign(id)) => {
                let before = self.campaigns.get(&id).map(|campaign| Campaign::clone(campaign));
                if before.is_none() && id != self.next_campaign() {
                    return Err(BrokenHistory::at("stream-campaign", "gap"));
                }
                let after = campaign::evolve(before, event)?;
                if let campaign::Event::CampaignAdopted { plan, .. } = event
                    && let Some(file) = plan.file()
                {
                    self.files.insert_mut((file, None));
                }
                self.campaigns.insert_mut(id, Arc::new(after));
            }
            (Event::Matter(event), Stream::Matter(id)) => {
                self.apply_to_matter(id, event, entry.at.office_day())?;
                self.note_kept(id, event, entry.seq);
            }
            (Event::Slip(event), Stream::Slip(id)) => self.apply_to_slip(id, event)?,
            (Event::Feedback(event), Stream::Feedback(id)) => self.apply_to_feedback(id, event)?,
            (Event::Erasure(event), Stream::Erasure(id)) => self.apply_to_erasure(id, event)?,
            (
                Event::Office(_)
                | Event::Basis(_)
                | Event::Campaign(_)
                | Event::Matter(_)
                | Event::Slip(_)
                | Event::Feedback(_)
                | Event::Erasure(_),
                _,
            ) => return Err(BrokenHistory::at("stream-any", "other_machine")),
        }
        Ok(())
    }

    fn apply_to_matter(
        &mut self,
        id: MatterId,
        event: &matter::Event,
        on: Day,
    ) -> Result<(), BrokenHistory> {
        let slot = place(id.0).ok_or(BrokenHistory::at("stream-matter", "zero"))?;
        let before = self.matters.get(slot).cloned();
        if before.is_none() && id != self.next_matter() {
            return Err(BrokenHistory::at("stream-matter", "gap"));
        }
        let mut after = matter::evolve(before.as_deref().cloned(), event)?;
        if before.as_ref().is_some_and(|before| before.title.is_restricted()) {
            after.restrict(true);
        }
        self.tally.note(event, on, &after);
        match &mut self.late {
            None => self.derive(id, before.as_deref(), &after, on),
            Some(changed) => match changed.get_mut(slot) {
                Some(day) => *day = on,
                None => changed.push(on),
            },
        }
        if before.is_some() {
            self.matters.set_mut(slot, Arc::new(after));
        } else {
            self.matters.push_back_mut(Arc::new(after));
        }
        Ok(())
    }

    /// What the day pass (日检) has to say on `today`. Takes no hint of what changed: it looks.
    /// Each is submitted like any other command, so it may run never, once, or ten times a day.
    pub fn day_pass(&self, today: Day) -> Vec<Command> {
        let mut commands = Vec::new();
        // Before any notice is adopted, nothing can have moved.
        if self.calendar().version() > 1 {
            commands
                .extend(self.stale().map(|id| Command::Matter(Some(id), matter::Command::Recount)));
        }
        let due = self.agenda.iter().take_while(|(day, _)| *day <= today);
        commands.extend(due.map(|(_, id)| Command::Matter(Some(*id), matter::Command::DayBegan)));
        let handover_missed = self
            .office
            .posts()
            .any(|(_, post)| post.handover.is_some_and(|h| !h.missed && h.due < today));
        if handover_missed {
            commands.push(Command::Office(posts::Command::DayBegan));
        }
        commands.extend(self.slips_to_draft(today));
        commands
    }

    /// Matters with a limit that the calendar in force counts otherwise.
    fn stale(&self) -> impl Iterator<Item = MatterId> {
        self.matters()
            .filter(|(_, matter)| {
                matter
                    .stage
                    .running()
                    .iter()
                    .any(|(_, term)| term.recounted(self.calendar()).is_some())
            })
            .map(|(id, _)| id)
    }

    fn slips_to_draft(&self, today: Day) -> Vec<Command> {
        let Some(policy) = self.policy() else { return Vec::new() };
        // Nobody is reminded on a day off: the next working day is early enough.
        if !self.calendar().is_working(today) {
            return Vec::new();
        }
        // A slip is seen by more people than may know of a sealed matter, so it never names one.
        let mut bundles: BTreeMap<(PostId, Grade), Vec<Line>> = BTreeMap::new();
        for (post, id) in &self.owned {
            let Some(matter) = self.matter(*id).filter(|matter| !matter.sealed) else { continue };
            if let Some((grade, due)) = self.grade_due(*id, matter, today, policy) {
                bundles.entry((*post, grade)).or_default().push(Line { matter: *id, due });
            }
        }
        // The graver first: when the week's cap is reached, the mild ones wait.
        let mut drafts: Vec<_> = bundles.into_iter().collect();
        drafts.sort_by_key(|((post, grade), _)| (*post, core::cmp::Reverse(*grade)));
        let mut commands = Vec::new();
        let mut sent: BTreeMap<PostId, usize> = BTreeMap::new();
        for ((to, grade), mut lines) in drafts {
            // What does not fit on one slip comes with the next.
            lines.truncate(slip::MOST_LINES);
            let count = sent.entry(to).or_insert_with(|| self.slips_this_week(to, today));
            if *count < usize::from(policy.weekly_cap.value) {
                *count += 1;
                commands.push(Command::Slip(None, slip::Command::Draft { grade, to, lines }));
            }
        }
        commands.extend(self.talks_to_propose(today, policy));
        commands
    }

    /// The next grade that a matter has come to and that was not drafted for this limit yet.
    fn grade_due(
        &self,
        id: MatterId,
        matter: &Matter,
        today: Day,
        policy: &Policy,
    ) -> Option<(Grade, Day)> {
        let (Stage::Assigned { duty, .. }
        | Stage::Accepted { duty, .. }
        | Stage::Planned { duty }
        | Stage::Rectifying { duty }) = &matter.stage
        else {
            return None;
        };
        // A day about to be recounted is no ground for a slip; the next run sees the new one.
        if duty.term.recounted(self.calendar()).is_some() {
            return None;
        }
        let due = duty.term.due();
        let working = |from, to| self.calendar().count(from, to, Unit::WorkingDay);
        let warranted = if today <= due {
            let left = working(today, due);
            (left <= i32::from(policy.note_before.value)).then_some(Grade::Note)?
        } else {
            let past = working(due, today);
            if past >= i32::from(policy.red_after.value) {
                Grade::Red
            } else if past >= i32::from(policy.slip_after.value) {
                Grade::Yellow
            } else {
                Grade::Urge
            }
        };
        let drafted = self.drafted.get(&id).filter(|(about, ..)| *about == due);
        // One step a day, so that a second run on the same morning has nothing to add.
        if drafted.is_some_and(|(_, _, on)| *on == today) {
            return None;
        }
        let drafted = drafted.map(|(_, grade, _)| *grade);
        // After a gap in the day pass the steps are still taken one at a time.
        let next = match drafted {
            None | Some(Grade::Note) => Grade::Urge,
            Some(Grade::Urge) => Grade::Yellow,
            Some(Grade::Yellow) => Grade::Red,
            Some(Grade::Red | Grade::Talk) => return None,
        };
        let grade = warranted.min(next);
        (drafted < Some(grade)).then_some((grade, due))
    }

    fn slips_this_week(&self, to: PostId, today: Day) -> usize {
        let since = today.plus(-6);
        self.slips_of.range((to, since, SlipId(0))..=(to, today, SlipId(u32::MAX))).count()
    }

    /// Repeated red slips in one quarter propose a talk (约谈), once a quarter.
    fn talks_to_propose(&self, today: Day, policy: &Policy) -> Vec<Command> {
        let (year, month, _) = today.ymd();
        let Ok(quarter) = Day::new(year, (month - 1) / 3 * 3 + 1, 1) else { return Vec::new() };
        let mut reds: BTreeMap<PostId, (usize, bool, Vec<Line>)> = BTreeMap::new();
        for (to, drafted_on, id) in &self.slips_of {
            let Some(slip) = self.slip(*id).filter(|_| quarter <= *drafted_on) else { continue };
            let entry = reds.entry(*to).or_default();
            let stands = matches!(
                slip.stage,
                slip::Stage::Signed { .. }
                    | slip::Stage::Objected { .. }
                    | slip::Stage::Decided { upheld: true }
            );
            match slip.grade {
                Grade::Red if stands => {
                    entry.0 += 1;
                    entry.2.extend(&slip.lines);
                }
                Grade::Talk => entry.1 = true,
                Grade::Note | Grade::Urge | Grade::Yellow | Grade::Red => {}
            }
        }
        let enough = usize::from(policy.reds_before_talk.value);
        reds.into_iter()
            .filter(|(_, (count, proposed, _))| *count >= enough && !proposed)
            .map(|(to, (_, _, mut lines))| {
                lines.sort_unstable();
                lines.dedup();
                lines.truncate(slip::MOST_LINES);
                Command::Slip(None, slip::Command::Draft { grade: Grade::Talk, to, lines })
            })
            .collect()
    }
}

fn place(number: u32) -> Option<usize> {
    usize::try_from(number).ok()?.checked_sub(1)
}

/// The number after `count` things. Four thousand million matters are beyond any agency.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1)
}
