//! Sealed matters of which entries were erased.
//!
//! An erased body tells neither its stream nor what happened, so what is left of the matter's
//! history cannot be folded. The matter keeps its number, is closed, and shows nothing: whoever
//! could see that it was there sees that it is gone. Numbers of later matters stay what they are.

use crate::access::Marking;
use crate::erasure::{self, Subject};
use crate::ids::{MatterId, UnitId};
use crate::matter::{Event as Happened, Matter, Source};
use crate::record::{BrokenHistory, Entry, Event, Register, Stream};
use crate::signal::ProblemCode;
use crate::text::Words;

/// Applies an entry of a log from which sealed bodies were lawfully erased. `torn` says that
/// entries of this very stream are among them; `erased` is how many bodies have been met so far,
/// which bounds how many matters may be missing.
pub fn apply(
    register: &mut Register,
    entry: &Entry,
    torn: bool,
    erased: u64,
) -> Result<(), BrokenHistory> {
    if torn {
        return end(register, entry, erased);
    }
    fill_up_to(register, entry, erased)?;
    register.apply(entry)
}

/// Before `entry` opens a matter, puts closed matters where the ones before it are missing; no
/// more than there are erased bodies that may have been theirs.
fn fill_up_to(register: &mut Register, entry: &Entry, erased: u64) -> Result<(), BrokenHistory> {
    match entry.stream {
        Stream::Matter(id) if entry.n == 1 => fill(register, entry, id, erased),
        Stream::Erasure(id) => {
            // The request names the matter that is gone, which may have been the newest of all.
            let asked = match &entry.event {
                Event::Erasure(erasure::Event::ErasureAsked { subject, .. }) => Some(*subject),
                Event::Erasure(_)
                | Event::Office(_)
                | Event::Basis(_)
                | Event::Campaign(_)
                | Event::Matter(_)
                | Event::Slip(_)
                | Event::Feedback(_) => register.erasure(id).map(|one| one.subject),
            };
            match asked {
                Some(Subject::Matter(gone)) => {
                    fill(register, entry, MatterId(gone.0.saturating_add(1)), erased)
                }
                Some(Subject::Person(_) | Subject::File(_)) | None => Ok(()),
            }
        }
        Stream::Matter(_)
        | Stream::Office
        | Stream::Basis
        | Stream::Campaign(_)
        | Stream::Slip(_)
        | Stream::Feedback(_) => Ok(()),
    }
}

/// Ends the matter of a torn stream; what still is told of it is passed over.
fn end(register: &mut Register, entry: &Entry, erased: u64) -> Result<(), BrokenHistory> {
    // Only matters are ever sealed, so nothing else can be torn.
    let Stream::Matter(id) = entry.stream else { return register.apply(entry) };
    fill(register, entry, MatterId(id.0.saturating_add(1)), erased)?;
    if register.matter(id).is_some_and(Matter::is_open) {
        tell(register, entry, id, Happened::Cancelled { reason: Words::erased() })?;
    }
    Ok(())
}

/// Makes `next` the number of the next matter, unless that would take more than is missing.
fn fill(
    register: &mut Register,
    entry: &Entry,
    next: MatterId,
    erased: u64,
) -> Result<(), BrokenHistory> {
    if u64::from(next.0.saturating_sub(register.next_matter().0)) > erased {
        return Ok(());
    }
    while register.next_matter() < next {
        let id = register.next_matter();
        // Unit and problem are not known any more; the register asks for some.
        let unit = register.office().units().next().map_or(UnitId(0), |(unit, _)| unit);
        let Some(problem) = ProblemCode::all().next() else { return Ok(()) };
        let listed = Happened::Listed {
            on: entry.at.office_day(),
            campaign: None,
            problem,
            unit,
            source: Source::Accusation,
            marking: Marking::WorkSecret,
            accusation: true,
            title: Words::erased(),
            detail: Words::erased(),
        };
        tell(register, entry, id, listed)?;
        tell(register, entry, id, Happened::Cancelled { reason: Words::erased() })?;
    }
    Ok(())
}

fn tell(
    register: &mut Register,
    entry: &Entry,
    id: MatterId,
    happened: Happened,
) -> Result<(), BrokenHistory> {
    let stream = Stream::Matter(id);
    register.apply(&Entry { stream, event: Event::Matter(happened), ..entry.clone() })
}
