//! What a matter's events say, gathered for its row: the register holds only codes and counts.

use crate::material::{Check, Closing, Limits, LookBack, MatterTexts, Progress};
use rules::ids::PostId;
use rules::matter::{Event, Limit, Proof};
use rules::posts::Office;
use rules::text::Words;

impl MatterTexts {
    /// Gathers the texts of one matter from its events in order, as the log discloses them.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>, office: &Office) -> MatterTexts {
        let mut story = Story { texts: MatterTexts::default(), office };
        for event in events {
            story.hear(event);
        }
        story.texts
    }
}

struct Story<'a> {
    texts: MatterTexts,
    office: &'a Office,
}

fn said(words: &Words) -> Option<String> {
    words.text().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn shown(proof: &Proof) -> String {
    match proof {
        Proof::File { name, .. } if name.text().is_some() => {
            name.text().unwrap_or_default().to_owned()
        }
        Proof::Kept { id, .. } | Proof::File { id, .. } => {
            id.to_string().chars().take(16).collect()
        }
        Proof::Record { system, reference } => {
            let parts = [system, reference].map(|words| words.text().unwrap_or_default());
            parts.join("#")
        }
    }
}

impl Story<'_> {
    fn post(&self, post: PostId) -> String {
        let name = self.office.post(post).and_then(|post| post.name.text());
        name.map_or_else(|| post.to_string(), str::to_owned)
    }

    fn limited(&mut self, limit: &Limit) {
        let start = self.texts.limits.map_or(limit.start, |known| known.start);
        let (due, first) = (limit.due.day, limit.due.first);
        self.texts.limits = Some(Limits { start, due, first });
    }

    fn hear(&mut self, event: &Event) {
        match event {
            Event::Listed { detail, .. } => self.texts.detail = said(detail),
            Event::Assigned { limit, .. } => {
                self.texts.limits = None;
                self.limited(limit);
            }
            Event::MeasureSet { cause, measure, standard, .. } => {
                self.texts.cause = said(cause);
                self.texts.measure = said(measure);
                self.texts.standard = said(standard);
            }
            Event::Progressed { on, note, .. } => {
                let note = said(note).unwrap_or_default();
                self.texts.progress = Some(Progress { on: *on, note });
            }
            Event::CheckpointKept { proof, next, .. } => {
                self.texts.evidence.push(shown(proof));
                self.limited(next);
            }
            Event::ReportedDone { proof, more, mechanism, .. } => {
                self.texts.evidence.extend(std::iter::once(proof).chain(more).map(shown));
                if let Some(mechanism) = mechanism {
                    self.texts.mechanism = Some(shown(mechanism));
                }
            }
            Event::Resubmitted { proof, .. } => self.texts.evidence.push(shown(proof)),
            Event::CheckersNamed { .. } => self.texts.checks.clear(),
            Event::Checked { on, post, holds, findings, .. } => {
                let findings = said(findings).unwrap_or_default();
                let (checker, on, holds) = (self.post(*post), *on, *holds);
                self.texts.checks.push(Check { checker, on, holds, findings });
            }
            Event::SentBack { limit, .. } | Event::Extended { limit, .. } => self.limited(limit),
            Event::Closed { on, post, note, .. } => {
                let (by, on, note) = (self.post(*post), *on, said(note));
                self.texts.closing = Some(Closing { by, on, note });
            }
            Event::LookedBack { on, post, note, .. } => {
                let (by, on, note) = (self.post(*post), *on, said(note).unwrap_or_default());
                self.texts.look_backs.push(LookBack { by, on, holds: true, note });
            }
            Event::Relapsed { on, post, limit, reason, .. } => {
                let (by, on, note) = (self.post(*post), *on, said(reason).unwrap_or_default());
                self.texts.look_backs.push(LookBack { by, on, holds: false, note });
                self.texts.checks.clear();
                self.texts.closing = None;
                self.texts.limits = None;
                self.limited(limit);
            }
            Event::Refuted { reason, .. }
            | Event::MergedInto { reason, .. }
            | Event::Cancelled { reason }
            | Event::Referred { reason, .. }
            | Event::Suspended { note: reason, .. } => self.texts.remark = said(reason),
            Event::Confirmed { .. }
            | Event::Accepted { .. }
            | Event::Declined { .. }
            | Event::ReturnsFlagged { .. }
            | Event::CheckPassed { .. }
            | Event::SuspensionLapsed { .. }
            | Event::Resumed { .. }
            | Event::Transferred { .. }
            | Event::HandedBack { .. }
            | Event::Recused { .. }
            | Event::DueRecomputed { .. }
            | Event::DeadlineMissed { .. } => {}
        }
    }
}
