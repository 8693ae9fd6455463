//! What came of a line, as codes for `words`.

use rules::matter::{self, Stage};
use rules::record::{Event, Stream};
use rules::register::Register;
use rules::slip::{self, Slip};
use words::{Lang, say};

/// What a command left, said in one sentence.
pub(crate) fn of_stream(
    stream: Option<Stream>,
    count: u64,
    register: &Register,
    lang: Lang,
) -> String {
    let done = || say(lang, "outcome-done", &[("count", count.to_string())]);
    match stream {
        Some(Stream::Matter(id)) => {
            let Some(matter) = register.matter(id) else { return done() };
            let stage = matter.stage.code().to_owned();
            let args = [("no", id.to_string()), ("@stage", stage)];
            let said = say(lang, "outcome-matter", &args);
            let open = !matches!(matter.stage, Stage::Suspended { .. });
            match matter.duty().filter(|_| open) {
                Some(duty) => {
                    let due = duty.term.limit.due;
                    let code =
                        if due.provisional { "outcome-due-provisional" } else { "outcome-due" };
                    let first = due.first.to_string();
                    said + &say(lang, code, &[("due", due.day.to_string()), ("first", first)])
                }
                None => said,
            }
        }
        Some(Stream::Campaign(id)) => {
            let Some(campaign) = register.campaign(id) else { return done() };
            let args = [
                ("no", id.to_string()),
                ("problems", campaign.problems.len().to_string()),
                ("tasks", campaign.tasks.len().to_string()),
            ];
            say(lang, "outcome-campaign", &args)
        }
        Some(Stream::Slip(id)) => {
            let Some(slip) = register.slip(id) else { return done() };
            let args = [("no", id.to_string()), ("@stage", slip.stage.code().to_owned())];
            say(lang, "outcome-slip", &args)
        }
        Some(Stream::Erasure(id)) => {
            let Some(erasure) = register.erasure(id) else { return done() };
            let args = [("no", id.to_string()), ("@stage", erasure.code().to_owned())];
            say(lang, "outcome-erasure", &args)
        }
        Some(Stream::Office | Stream::Basis | Stream::Feedback(_)) | None => done(),
    }
}

/// What the day pass left, where it is worth saying.
pub(crate) fn of_day(
    stream: Stream,
    event: &Event,
    register: &Register,
    lang: Lang,
) -> Option<String> {
    match (stream, event) {
        (Stream::Matter(id), Event::Matter(matter::Event::DeadlineMissed { which, due })) => {
            let args = [
                ("no", id.to_string()),
                ("@limit", which.code().to_owned()),
                ("due", due.to_string()),
            ];
            Some(say(lang, "outcome-missed", &args))
        }
        (Stream::Matter(id), Event::Matter(matter::Event::DueRecomputed { which, due })) => {
            let args = [
                ("no", id.to_string()),
                ("@limit", which.code().to_owned()),
                ("due", due.day.to_string()),
            ];
            Some(say(lang, "outcome-recomputed", &args))
        }
        (Stream::Matter(id), Event::Matter(matter::Event::SuspensionLapsed { .. })) => {
            Some(say(lang, "outcome-suspension-lapsed", &[("no", id.to_string())]))
        }
        (Stream::Slip(id), Event::Slip(slip::Event::SlipDrafted { grade, to, lines, .. })) => {
            let post = register.office().post(*to).and_then(|post| post.name.text());
            let matters: Vec<String> = lines.iter().map(|line| line.matter.to_string()).collect();
            let args = [
                ("no", id.to_string()),
                ("@grade", grade.code().to_owned()),
                ("post", post.unwrap_or_default().to_owned()),
                ("matters", matters.join("、")),
            ];
            Some(say(lang, "outcome-drafted", &args))
        }
        (Stream::Office, Event::Office(rules::posts::Event::HandoverMissed { post, due })) => {
            let name = register.office().post(*post).and_then(|post| post.name.text());
            let args = [("post", name.unwrap_or_default().to_owned()), ("due", due.to_string())];
            Some(say(lang, "outcome-handover-missed", &args))
        }
        _ => None,
    }
}

/// Slips that wait for a signature.
pub(crate) fn unsigned(register: &Register) -> usize {
    register.slips().filter(|(_, slip): &(_, &Slip)| slip.stage == slip::Stage::Drafted).count()
}
