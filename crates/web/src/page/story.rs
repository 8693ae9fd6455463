//! What happened to a matter, entry by entry, as a person reads it.

use crate::parts::icon;
use crate::reader::Reader;
use ledger::{Recorded, Told};
use maud::{Markup, html};
use rules::ids::{MatterId, PostId};
use rules::matter::{Event as Happened, Limit, Proof};
use rules::record::{By, Event};
use rules::text::Words;

/// One line under an entry: the code of its label, and what is said.
type Fact = (&'static str, String);

impl Reader {
    /// The entries of a matter, newest first, at most `most` of them.
    pub(crate) fn timeline(&self, id: MatterId, entries: &[Recorded], most: usize) -> Markup {
        html! {
            ol.tl {
                @for entry in entries.iter().rev().take(most) { (self.entry(id, entry)) }
            }
        }
    }

    fn entry(&self, id: MatterId, entry: &Recorded) -> Markup {
        let Some(told) = &entry.told else {
            return html! { li { span.n { (icon("lock")) } p { (self.t("web-erased")) } } };
        };
        let Event::Matter(event) = &told.entry.event else { return html! {} };
        let (picture, colour) = look(event);
        html! {
            li #{"e" (entry.seq)} {
                span.n.(colour) { (icon(picture)) }
                (self.headline(&format!("event-{}", event.tag().replace('_', "-")), entry, told))
                @for (label, text) in self.facts(event) {
                    p.fact { span.k { (self.t(label)) } span { (text) } }
                }
                @for (file, name) in files(event) {
                    p {
                        a href=(format!("/matters/{id}/files/{file}")) {
                            (icon("paperclip")) (self.text(name))
                        }
                    }
                }
            }
        }
    }

    /// What happened and when; who did it, and the entry that proves it, whose fingerprint stands
    /// in full on paper.
    pub(crate) fn headline(&self, code: &str, entry: &Recorded, told: &Told) -> Markup {
        let hash = entry.hash.hex();
        let short = [("hash", format!("{}…{}", &hash[..8], &hash[60..]))];
        html! {
            div.h { b { (self.t(code)) } time { (self.moment(told.entry.at)) } }
            div.by {
                span { (self.doer(told.entry.by)) }
                a.proof href=(format!("/log/{}", entry.seq)) title=(self.say("look-leaf", &short)) {
                    (icon("fingerprint"))
                    (self.say("look-seq", &[("seq", entry.seq.to_string())]))
                }
            }
            div.leafline.paper-only { (self.say("look-leaf", &[("hash", hash)])) }
        }
    }

    /// Who did it, from which post, and for whom.
    pub(crate) fn doer(&self, by: By) -> String {
        let person = self.person(by.account);
        match (by.post, by.acting_for) {
            (None, _) => self.t("web-system"),
            (Some(_), Some(other)) => {
                let args = [("person", person), ("post", self.post_in_unit(other))];
                self.say("web-on-behalf", &args)
            }
            (Some(post), None) => format!("{person} · {}", self.post_in_unit(post)),
        }
    }

    fn due(&self, limit: &Limit) -> String {
        let mark =
            if limit.due.provisional { self.t("papers-provisional-mark") } else { String::new() };
        format!("{}{mark}", limit.due.day)
    }

    /// What an event says, as labelled facts. Blank texts say nothing.
    fn facts(&self, event: &Happened) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.gather(event, &mut facts);
        facts.retain(|(_, text)| !text.trim().is_empty());
        facts
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the second half tells the others")]
    fn gather(&self, event: &Happened, facts: &mut Vec<Fact>) {
        let text = |words: &Words| self.text(words);
        let post = |id: PostId| self.post_in_unit(id);
        match event {
            Happened::Listed { source, detail, .. } => {
                facts.push(("ledger-source", self.t(source.code())));
                facts.push(("field-detail", text(detail)));
            }
            Happened::Confirmed { note, .. } | Happened::Suspended { note, .. } => {
                facts.push(("field-note", text(note)));
            }
            Happened::Refuted { reason, .. }
            | Happened::Cancelled { reason }
            | Happened::Relapsed { reason, .. } => facts.push(("field-reason", text(reason))),
            Happened::Assigned { to, remedy, haves, sign, limit, .. } => {
                facts.push(("form-owner", post(*to)));
                facts.push(("form-remedy", self.t(remedy.code())));
                facts.push(("limit-sign", self.due(sign)));
                facts.push(("limit-rectify", self.due(limit)));
                facts.push(("told-standard", text(&haves.standard)));
                facts.push(("told-rule", text(&haves.rule)));
                facts.push(("told-procedure", text(&haves.procedure)));
                facts.push(("told-checking", post(haves.checking)));
                facts.push(("told-evidence", text(&haves.evidence)));
            }
            Happened::Accepted { plan, .. } => facts.push(("limit-plan", self.due(plan))),
            Happened::Declined { proposed, rule, .. } => {
                facts.push(("told-proposed", post(*proposed)));
                facts.push(("told-decline-rule", text(rule)));
            }
            Happened::ReturnsFlagged { returns } => {
                facts.push(("told-returns", returns.to_string()));
            }
            Happened::MeasureSet { cause, measure, standard, milestones, .. } => {
                facts.push(("field-cause", text(cause)));
                facts.push(("field-measure", text(measure)));
                facts.push(("form-standard", text(standard)));
                let days = milestones.iter().map(|one| format!("{} {}%", one.day, one.percent));
                facts.push(("field-milestones", days.collect::<Vec<_>>().join(" · ")));
            }
            Happened::Progressed { percent, note, .. } => {
                facts.push(("told-percent", format!("{percent}%")));
                facts.push(("form-progress", text(note)));
            }
            Happened::CheckpointKept { proof, next, .. } => {
                facts.extend(self.record(proof));
                facts.push(("web-next-checkpoint", self.due(next)));
            }
            Happened::ReportedDone { proof, more, mechanism, note, check, .. } => {
                facts.push(("field-note", text(note)));
                let all = std::iter::once(proof).chain(more);
                facts.extend(all.filter_map(|proof| self.record(proof)));
                let left = mechanism.as_ref().and_then(|proof| self.record(proof));
                facts.extend(left.map(|(_, text)| ("form-mechanism", text)));
                facts.push(("limit-check", self.due(check)));
            }
            Happened::Resubmitted { proof, note, check, .. } => {
                facts.push(("field-note", text(note)));
                facts.extend(self.record(proof));
                facts.push(("limit-check", self.due(check)));
            }
            _ => self.gather_rest(event, facts),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the caller has told the others")]
    fn gather_rest(&self, event: &Happened, facts: &mut Vec<Fact>) {
        let text = |words: &Words| self.text(words);
        let post = |id: PostId| self.post_in_unit(id);
        match event {
            Happened::CheckersNamed { checkers } => {
                let names: Vec<String> = checkers.iter().map(|id| post(*id)).collect();
                facts.push(("field-checkers", names.join(&self.t("web-comma"))));
            }
            Happened::Checked { holds, findings, .. } => {
                let code = if *holds { "form-check-holds" } else { "form-check-fails" };
                facts.push(("form-check-result", self.t(code)));
                facts.push(("field-findings", text(findings)));
            }
            Happened::SentBack { to, limit, reason, .. } => {
                facts.push(("told-back-to", self.t(to.code())));
                facts.push(("field-reason", text(reason)));
                facts.push(("limit-rectify", self.due(limit)));
            }
            Happened::Closed { look, note, .. } => {
                facts.push(("field-note", text(note)));
                facts.push(("limit-look-back", self.due(look)));
            }
            Happened::LookedBack { next, note, .. } => {
                facts.push(("field-findings", text(note)));
                facts.extend(next.as_ref().map(|next| ("limit-look-back", self.due(next))));
            }
            Happened::SuspensionLapsed { check_on } => {
                facts.push(("form-check-on", check_on.to_string()));
            }
            Happened::Resumed { limits, .. } => {
                facts.extend(limits.iter().map(|one| (one.which.code(), one.due.day.to_string())));
            }
            Happened::Extended { limit, reason, .. } => {
                facts.push(("form-extend-until", self.due(limit)));
                facts.push(("web-first-limit", limit.due.first.to_string()));
                facts.push(("field-reason", text(reason)));
            }
            Happened::Transferred { to, sign, reason, .. }
            | Happened::HandedBack { to, sign, reason, .. } => {
                facts.push(("form-owner", post(*to)));
                facts.push(("field-reason", text(reason)));
                facts.push(("limit-sign", self.due(sign)));
            }
            Happened::MergedInto { into, reason } => {
                facts.push(("told-into", self.number(*into)));
                facts.push(("field-reason", text(reason)));
            }
            Happened::Referred { body, reason } => {
                facts.push(("field-body", text(body)));
                facts.push(("field-reason", text(reason)));
            }
            Happened::Recused { person, reason } => {
                facts.push(("form-person", self.person(*person)));
                facts.push(("field-reason", text(reason)));
            }
            Happened::DueRecomputed { which, due } => {
                facts.push((which.code(), due.day.to_string()));
            }
            Happened::DeadlineMissed { which, due } => {
                facts.push((which.code(), due.to_string()));
            }
            _ => {}
        }
    }

    /// A record in a business system, as a fact. Files are shown as links instead.
    fn record(&self, proof: &Proof) -> Option<Fact> {
        match proof {
            Proof::Record { system, reference } => {
                let said = format!("{} {}", self.text(system), self.text(reference));
                Some(("field-evidence", said))
            }
            Proof::Kept { .. } | Proof::File { .. } => None,
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only these hold evidence")]
fn proofs(event: &Happened) -> Vec<&Proof> {
    match event {
        Happened::ReportedDone { proof, more, mechanism, .. } => {
            std::iter::once(proof).chain(more).chain(mechanism).collect()
        }
        Happened::CheckpointKept { proof, .. } | Happened::Resubmitted { proof, .. } => {
            vec![proof]
        }
        _ => Vec::new(),
    }
}

/// The kept files that an event names, with their names.
pub(crate) fn files(event: &Happened) -> Vec<(rules::ids::EvidenceId, &Words)> {
    static UNNAMED: std::sync::LazyLock<Words> = std::sync::LazyLock::new(|| Words::new("file"));
    proofs(event)
        .into_iter()
        .filter_map(|proof| match proof {
            Proof::File { id, name, .. } => Some((*id, name)),
            Proof::Kept { id, .. } => Some((*id, &*UNNAMED)),
            Proof::Record { .. } => None,
        })
        .collect()
}

/// Picture and colour of an event.
fn look(event: &Happened) -> (&'static str, &'static str) {
    match event {
        Happened::Listed { .. } => ("radar-2", "b"),
        Happened::Confirmed { .. } => ("eye", "b"),
        Happened::Refuted { .. } | Happened::Cancelled { .. } => ("ban", ""),
        Happened::Assigned { .. } => ("send", "b"),
        Happened::Accepted { .. } => ("user-check", "g"),
        Happened::Declined { .. } | Happened::Transferred { .. } | Happened::HandedBack { .. } => {
            ("arrows-exchange", "a")
        }
        Happened::ReturnsFlagged { .. } => ("hand-stop", "r"),
        Happened::MeasureSet { .. } => ("checkup-list", "b"),
        Happened::Progressed { .. } | Happened::CheckpointKept { .. } => ("flag-3", "b"),
        Happened::ReportedDone { .. } | Happened::Resubmitted { .. } => ("paperclip", "g"),
        Happened::CheckersNamed { .. } | Happened::Checked { holds: true, .. } => {
            ("clipboard-check", "b")
        }
        Happened::CheckPassed { .. } | Happened::Closed { .. } | Happened::LookedBack { .. } => {
            ("circle-check", "g")
        }
        Happened::Checked { .. } | Happened::SentBack { .. } => ("arrow-back-up", "a"),
        Happened::Relapsed { .. } => ("refresh-alert", "r"),
        Happened::Suspended { .. } | Happened::SuspensionLapsed { .. } => ("player-pause", ""),
        Happened::Resumed { .. } => ("arrow-right", "b"),
        Happened::Extended { .. } | Happened::DueRecomputed { .. } => ("calendar-due", "a"),
        Happened::MergedInto { .. } => ("git-merge", ""),
        Happened::Referred { .. } => ("external-link", ""),
        Happened::Recused { .. } => ("eye-off", ""),
        Happened::DeadlineMissed { .. } => ("clock-exclamation", "r"),
    }
}
