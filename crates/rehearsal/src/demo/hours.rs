//! The hours of an office: every act of half a day gets its minute, and all are handed in at once.

use crate::dice::Dice;
use crate::run::obstacle;
use crate::stage::Why;
use ledger::{Ledger, NotDone, Receipt, Request};
use rules::calendar::Day;
use rules::record::{By, Command, Moment};
use std::sync::mpsc::channel;

/// Seconds from midnight, Beijing time: 08:30 to 11:50, and 13:40 to 17:35.
const MORNING: (usize, usize) = (30_600, 42_600);
const AFTERNOON: (usize, usize) = (49_200, 63_300);
/// Acts written together lie within so many seconds, so that log time stays near the act's own.
const TOGETHER: i64 = 2_400;
/// Fewer than the commands that may wait at the ledger.
const MOST_TOGETHER: usize = 200;

/// Something that somebody does, with what the city wants to remember when it is done.
pub(super) struct Act<T> {
    pub by: By,
    pub command: Command,
    pub tag: Option<T>,
}

impl<T> Act<T> {
    pub(super) fn new(by: By, command: Command) -> Self {
        Self { by, command, tag: None }
    }
}

/// What came of an act that is to be remembered.
pub(super) type Done<T> = (T, Receipt);

/// Hands acts to the ledger at their hours.
pub(super) struct Desk<'a> {
    pub ledger: &'a Ledger,
    pub set_clock: &'a dyn Fn(Moment),
    pub seed: u64,
    pub sent: u64,
    pub entries: u64,
    pub refused: u64,
}

impl Desk<'_> {
    /// Hands in acts of one moment, in their order.
    pub(super) fn at<T>(&mut self, moment: Moment, acts: Vec<Act<T>>) -> Result<Vec<Done<T>>, Why> {
        let mut done = Vec::new();
        let mut acts = acts.into_iter().map(|act| (moment, act)).peekable();
        while acts.peek().is_some() {
            let some = acts.by_ref().take(MOST_TOGETHER).collect();
            done.extend(self.together(moment, some)?);
        }
        Ok(done)
    }

    /// Hands in what is done in half a day. Acts of one bundle keep their order; bundles come in
    /// any.
    pub(super) fn half_day<T>(
        &mut self,
        day: Day,
        afternoon: bool,
        mut bundles: Vec<Vec<Act<T>>>,
        dice: &mut Dice,
    ) -> Result<Vec<Done<T>>, Why> {
        dice.shuffle(&mut bundles);
        let acts: Vec<Act<T>> = bundles.into_iter().flatten().collect();
        let (from, to) = if afternoon { AFTERNOON } else { MORNING };
        let gap = (to - from) / acts.len().max(1);
        let mut done = Vec::new();
        let mut wave: Vec<(Moment, Act<T>)> = Vec::new();
        for (n, act) in acts.into_iter().enumerate() {
            let at = second_of(day, from + n * gap + dice.below(gap));
            let first = wave.first().map_or(at, |(first, _)| *first);
            if wave.len() == MOST_TOGETHER || at.0 - first.0 > TOGETHER * 1_000 {
                done.extend(self.wave(std::mem::take(&mut wave))?);
            }
            wave.push((at, act));
        }
        done.extend(self.wave(wave)?);
        Ok(done)
    }

    /// The clock stands half a minute after the last act of a wave.
    fn wave<T>(&mut self, acts: Vec<(Moment, Act<T>)>) -> Result<Vec<Done<T>>, Why> {
        let Some((last, _)) = acts.last() else { return Ok(Vec::new()) };
        self.together(Moment(last.0 + 30_000), acts)
    }

    fn together<T>(
        &mut self,
        clock: Moment,
        acts: Vec<(Moment, Act<T>)>,
    ) -> Result<Vec<Done<T>>, Why> {
        (self.set_clock)(clock);
        let (sender, receiver) = channel();
        let mut tags = Vec::with_capacity(acts.len());
        for (n, (at, act)) in acts.into_iter().enumerate() {
            self.sent += 1;
            let request = Request {
                id: format!("demo-{}-{}", self.seed, self.sent),
                by: act.by,
                today: at.office_day(),
                at: Some(at),
                command: act.command,
                if_version: None,
            };
            tags.push(act.tag);
            let sender = sender.clone();
            // The receiver waits below until every answer is there.
            self.ledger.submit_with(request, move |answer| drop(sender.send((n, answer))));
        }
        drop(sender);
        let mut answers: Vec<_> = receiver.iter().collect();
        if answers.len() < tags.len() {
            return Err(Why::new(NotDone::Stopped.code(), NotDone::Stopped.args()));
        }
        answers.sort_by_key(|(n, _)| *n);
        let mut done = Vec::new();
        for (tag, (_, answer)) in tags.into_iter().zip(answers) {
            match obstacle(answer)? {
                Ok(receipt) => {
                    self.entries += receipt.count;
                    done.extend(tag.map(|tag| (tag, receipt)));
                }
                Err(_) => self.refused += 1,
            }
        }
        Ok(done)
    }
}

/// A second of a day, counted from midnight, Beijing time.
pub(super) fn second_of(day: Day, second: usize) -> Moment {
    let ms = i64::try_from(second).unwrap_or(0) * 1_000;
    Moment(Moment::at_hour(day, 0).0 + ms)
}
