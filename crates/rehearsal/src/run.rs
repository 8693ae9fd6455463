//! Runs a diary line by line.

use crate::SetClock;
use crate::city::City;
use crate::outcome;
use crate::stage::{self, Files, Stumble, Why};
use ledger::{Ledger, NotDone, Receipt, Request};
use rules::calendar::Day;
use rules::diary::{self, Cut};
use rules::record::{By, Command, Moment};
use words::{Lang, say};

/// A diary at work on a ledger whose clock it holds.
pub struct Rehearsal<'a> {
    pub ledger: &'a Ledger,
    pub clock: SetClock,
    /// Reads the files that the diary names.
    pub files: &'a Files<'a>,
    /// The language in which outcomes are told. Expectations are compared in Chinese, in which
    /// diaries are written.
    pub lang: Lang,
}

/// What the rehearsal tells, in order.
pub enum Told<'a> {
    /// A remark of the diary (`#`).
    Remark(&'a str),
    /// A line and what came of it; `expected` when it was not what the diary says.
    Line { act: &'a str, outcome: &'a str, expected: Option<&'a str> },
    /// What a day brought by itself.
    Day { day: Day, outcome: &'a str },
}

/// How a rehearsal ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub lines: usize,
    /// Commands that the rules refused; a diary may mean them to be.
    pub refused: usize,
    /// Lines whose outcome was not as the diary says.
    pub unexpected: usize,
    /// Entries the diary left in the log.
    pub entries: u64,
    /// The last day of the diary.
    pub last_day: Option<Day>,
    /// Slips that wait for a signature.
    pub unsigned: usize,
}

/// Acts that read a file: a plan, a notice, a staff list, a policy.
const FILE_ACTS: [&str; 4] = ["采用方案", "采用节假日安排", "导入岗位", "采用参数"];

impl Rehearsal<'_> {
    /// Runs a whole diary. Stops at the first line that cannot be read; a refused command is an
    /// outcome like any other.
    pub fn run(&self, script: &str, tell: &mut dyn FnMut(Told<'_>)) -> Result<Summary, Stumble> {
        let mut summary = Summary::default();
        let mut today: Option<Day> = None;
        for (line, text) in (1..).zip(script.lines()) {
            let stumble = |why| Stumble { line, why };
            if let Some(remark) = text.trim().strip_prefix('#') {
                tell(Told::Remark(remark.trim()));
            }
            let Some(cut) = diary::cut(text) else { continue };
            let day = day_of(cut.act).map_err(stumble)?;
            self.pass_days(today, day, &mut summary, tell).map_err(stumble)?;
            today = Some(day);
            if let Some(asked) = city_life(cut.act) {
                let (days, seed) = asked.map_err(stumble)?;
                today = Some(self.city((day, days), seed, &mut summary, tell).map_err(stumble)?);
                continue;
            }
            self.one((line, day), cut, &mut summary, tell).map_err(stumble)?;
        }
        summary.last_day = today;
        summary.unsigned = outcome::unsigned(&self.ledger.now());
        Ok(summary)
    }

    /// Lets the invented city live for some days, the day pass at the beginning of each.
    fn city(
        &self,
        (first, days): (Day, u16),
        seed: u64,
        summary: &mut Summary,
        tell: &mut dyn FnMut(Told<'_>),
    ) -> Result<Day, Why> {
        let mut city = City::new(self, seed);
        let mut today = first;
        for n in 0..days {
            today = first.plus(i32::from(n));
            if n > 0 {
                summary.entries += self.day_pass(today, &mut |_| {})?;
            }
            self.clock.set(Moment::at_hour(today, 10));
            city.live_one_day(today)?;
        }
        summary.entries += city.lived().entries;
        tell(Told::Day { day: today, outcome: &city.say(self.lang) });
        Ok(today)
    }

    fn one(
        &self,
        (line, day): (usize, Day),
        cut: Cut<'_>,
        summary: &mut Summary,
        tell: &mut dyn FnMut(Told<'_>),
    ) -> Result<(), Why> {
        let minutes = i64::try_from(line % 500).unwrap_or(0);
        self.clock.set(Moment(Moment::at_hour(day, 9).0 + minutes * 60_000));
        let (by, command) = self.read(day, cut.act)?;
        let done = self.submit(&format!("diary-{line}"), by, day, command)?;
        let [told, zh] = [self.lang, Lang::Zh].map(|lang| self.say_done(&done, lang));
        let expected = cut.expected.filter(|expected| !zh.contains(expected));
        summary.lines += 1;
        summary.refused += usize::from(done.is_err());
        summary.unexpected += usize::from(expected.is_some());
        summary.entries += done.as_ref().map_or(0, |receipt| receipt.count);
        tell(Told::Line { act: cut.act, outcome: &told, expected });
        Ok(())
    }

    fn say_done(&self, done: &Result<Receipt, NotDone>, lang: Lang) -> String {
        match done {
            Ok(receipt) => {
                outcome::of_stream(receipt.stream, receipt.count, &self.ledger.now(), lang)
            }
            Err(refused) => {
                let why = say(lang, refused.code(), &refused.args());
                say(lang, "outcome-refused", &[("why", why)])
            }
        }
    }

    /// Reads an act: those that name a file here, all others by the rules' own diary language.
    fn read(&self, day: Day, act: &str) -> Result<(By, Command), Why> {
        let words: Vec<&str> = act.split_whitespace().collect();
        if let [_, who, verb, name, ..] = words.as_slice()
            && FILE_ACTS.contains(verb)
        {
            let bytes = stage::file(self.files, name)?;
            let command = match *verb {
                "采用方案" => stage::plan(&bytes, self.ledger, day)?,
                "采用节假日安排" => stage::notice(&bytes, name)?,
                "导入岗位" => stage::staff(&bytes)?,
                _ => stage::policy(&bytes)?,
            };
            return Ok((self.actor(day, who)?, command));
        }
        let (act, kept) = stage::keep_named_files(act, self.files, self.ledger)?;
        let mut line = diary::read(&act, &self.ledger.now())
            .map_err(|misread| Why::new(misread.code(), misread.args()))?;
        stage::fill_files(&mut line.command, &kept);
        Ok((line.by, line.command))
    }

    /// `系统` founds an empty office; everybody else acts from a post.
    fn actor(&self, day: Day, who: &str) -> Result<By, Why> {
        if who == "系统" {
            return Ok(By::SYSTEM);
        }
        diary::actor(who, day, &self.ledger.now())
            .map_err(|misread| Why::new(misread.code(), misread.args()))
    }

    /// Hands a command in. A refusal is an outcome; a ledger that does not write is an obstacle.
    pub(crate) fn submit(
        &self,
        id: &str,
        by: By,
        today: Day,
        command: Command,
    ) -> Result<Result<Receipt, NotDone>, Why> {
        let request = Request { id: id.to_owned(), by, today, at: None, command, if_version: None };
        obstacle(self.ledger.submit(request))
    }

    /// Lets every day after `before` up to `day` begin.
    fn pass_days(
        &self,
        before: Option<Day>,
        day: Day,
        summary: &mut Summary,
        tell: &mut dyn FnMut(Told<'_>),
    ) -> Result<(), Why> {
        let Some(before) = before else { return Ok(()) };
        if day < before {
            let args = vec![("day", day.to_string()), ("before", before.to_string())];
            return Err(Why::new("rehearsal-day-goes-back", args));
        }
        for n in 1..=day.since(before) {
            summary.entries += self.day_pass(before.plus(n), tell)?;
        }
        Ok(())
    }

    /// 日检, at ten past midnight.
    pub fn day_pass(&self, day: Day, tell: &mut dyn FnMut(Told<'_>)) -> Result<u64, Why> {
        self.clock.set(Moment(Moment::at_hour(day, 0).0 + 600_000));
        let mut entries = 0;
        let (head, _) = self.ledger.tree_head();
        for (n, command) in (0..).zip(self.ledger.now().day_pass(day)) {
            let id = format!("day-{day}-{head}-{n}");
            let done = self.submit(&id, By::SYSTEM, day, command)?;
            let Ok(receipt) = done else { continue };
            entries += receipt.count;
            self.tell_entries(&receipt, day, tell)?;
        }
        Ok(entries)
    }

    fn tell_entries(
        &self,
        receipt: &Receipt,
        day: Day,
        tell: &mut dyn FnMut(Told<'_>),
    ) -> Result<(), Why> {
        let count = usize::try_from(receipt.count).unwrap_or(usize::MAX);
        let entries = self
            .ledger
            .entries_from(receipt.seq, count)
            .map_err(|fault| Why::new(fault.code(), fault.args()))?;
        let register = self.ledger.now();
        for told in entries.into_iter().filter_map(|entry| entry.told) {
            let (stream, event) = (told.entry.stream, told.entry.event);
            if let Some(outcome) = outcome::of_day(stream, &event, &register, self.lang) {
                tell(Told::Day { day, outcome: &outcome });
            }
        }
        Ok(())
    }
}

/// A refusal is an outcome; a ledger that does not write is an obstacle.
pub(crate) fn obstacle(done: Result<Receipt, NotDone>) -> Result<Result<Receipt, NotDone>, Why> {
    match done {
        Err(
            broken @ (NotDone::Busy
            | NotDone::ReadOnly
            | NotDone::Rewound { .. }
            | NotDone::Stopped
            | NotDone::BadId
            | NotDone::BadEvent { .. }
            | NotDone::Broken(_)),
        ) => Err(Why::new(broken.code(), broken.args())),
        done @ (Ok(_)
        | Err(NotDone::Refused(_) | NotDone::Conflict { .. } | NotDone::TooLarge { .. })) => {
            Ok(done)
        }
    }
}

/// `日期 系统 全市运行 天数 种子`: none when the act is another one.
fn city_life(act: &str) -> Option<Result<(u16, u64), Why>> {
    let words: Vec<&str> = act.split_whitespace().collect();
    let [_, "系统", "全市运行", days, seed] = words.as_slice() else { return None };
    let read = days.parse().ok().zip(seed.parse().ok());
    let strange = || Why::new("rehearsal-city", vec![("found", act.to_owned())]);
    Some(read.filter(|(days, _)| *days <= 400).ok_or_else(strange))
}

fn day_of(act: &str) -> Result<Day, Why> {
    let first = act.split_whitespace().next().unwrap_or_default();
    Day::parse(first).map_err(|_| Why::new(diary::Misread::NoDay.code(), vec![]))
}
