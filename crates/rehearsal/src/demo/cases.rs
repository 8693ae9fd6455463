//! The six cases that are told, from their diary, and the sealed accusations beside them.

use super::files::Files;
use super::hours::Act;
use super::town::{Half, Tag, working_from};
use crate::stage::{self, Why};
use rules::calendar::Day;
use rules::ids::{EvidenceId, MatterId};
use rules::matter::Proof;
use rules::record::{By, Command};
use rules::register::Register;
use rules::{diary, posts};
use std::collections::BTreeMap;

const CASES: &str = include_str!("../../data/demo/cases.diary");
/// What `words` calls the told cases (`-title`, `-what`), in their order.
const CODES: [&str; 6] =
    ["demo-case-1", "demo-case-2", "demo-case-3", "demo-case-4", "demo-case-5", "demo-case-6"];
/// Stands for the holder before the present one.
const PREDECESSOR: &str = "前任";

/// A line of the diary of cases.
#[derive(Clone, Copy)]
struct Line {
    /// Which case: `1` to `6`, or a sealed one.
    case: &'static str,
    /// Working days from today; −1 is the last one before it.
    day: i32,
    afternoon: bool,
    act: &'static str,
}

/// The cases as far as they are told.
pub(super) struct Cases {
    lines: Vec<Line>,
    matters: BTreeMap<&'static str, MatterId>,
    /// The named files by their addresses, and the addresses by the names.
    kept: BTreeMap<EvidenceId, Proof>,
    files: BTreeMap<&'static str, EvidenceId>,
    today: Day,
}

impl Cases {
    pub(super) fn new(files: &Files, today: Day) -> Self {
        let mut kept = BTreeMap::new();
        let mut addresses = BTreeMap::new();
        for (name, proof) in &files.named {
            if let Proof::File { id, .. } = proof {
                kept.insert(*id, proof.clone());
                addresses.insert(*name, *id);
            }
        }
        Self { lines: lines(), matters: BTreeMap::new(), kept, files: addresses, today }
    }

    pub(super) fn listed(&mut self, case: &'static str, id: MatterId) {
        self.matters.insert(case, id);
    }

    /// What is done about the cases in this half-day. What comes before the campaign by its day
    /// is done on the first day.
    pub(super) fn acts(&self, register: &Register, half: Half) -> Result<Vec<Vec<Act<Tag>>>, Why> {
        let mut bundles: BTreeMap<&str, Vec<Act<Tag>>> = BTreeMap::new();
        let days = i32::try_from(half.days).unwrap_or(0);
        for line in &self.lines {
            let at = usize::try_from(days + line.day).unwrap_or(0);
            if (at, line.afternoon) != (half.n / 2, half.afternoon()) {
                continue;
            }
            let act = self.act(register, half.day, line)?;
            bundles.entry(line.case).or_default().push(act);
        }
        Ok(bundles.into_values().collect())
    }

    fn act(&self, register: &Register, day: Day, line: &Line) -> Result<Act<Tag>, Why> {
        let strange = || Why::new("rehearsal-city", vec![("found", line.act.to_owned())]);
        if let Some(post) = line.act.strip_prefix(PREDECESSOR).and_then(|act| act.split(' ').nth(2))
        {
            let post = register.office().post_called(post, None).ok_or_else(strange)?;
            let known = register.office().post(post).and_then(|post| post.handover);
            let account = known.ok_or_else(strange)?.outgoing;
            let by = By { account, post: None, acting_for: None };
            return Ok(Act::new(by, Command::Office(posts::Command::ConfirmHandover { post })));
        }
        let mut text = day.to_string();
        for word in line.act.split(' ') {
            text.push(' ');
            text.push_str(&self.word(word, register, line.case));
        }
        let mut read = diary::read(&text, register)
            .map_err(|misread| Why::new(misread.code(), misread.args()))?;
        stage::fill_files(&mut read.command, &self.kept);
        let lists = matches!(read.command, Command::Matter(None, _));
        let tag = lists.then_some(Tag::Case(line.case));
        Ok(Act { by: read.by, command: read.command, tag })
    }

    /// Fills in what is known only in this city: numbers, days, addresses of files.
    fn word(&self, word: &str, register: &Register, case: &str) -> String {
        let day = |from_today: &str| {
            working_from(register, self.today.plus(from_today.parse().unwrap_or(0)))
        };
        if word == "#" {
            return self.matters.get(case).copied().unwrap_or_default().to_string();
        }
        if let Some(days) = word.strip_prefix("限期整改=") {
            return format!("限期整改={}", day(days));
        }
        if let Some(list) = word.strip_prefix("节点=") {
            let each = list.split(',').filter_map(|one| one.split_once(':'));
            let each: Vec<String> =
                each.map(|(days, share)| format!("{}:{share}", day(days))).collect();
            return format!("节点={}", each.join(","));
        }
        // A file that is not there is left to the diary language to complain about.
        let address = word.strip_prefix("文件:").and_then(|name| self.files.get(name));
        if let Some(address) = address {
            return format!("附件:{address}");
        }
        if word.starts_with('+') { day(word).to_string() } else { word.to_owned() }
    }
}

fn lines() -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for text in CASES.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = text.splitn(3, ' ');
        let (Some(case), Some(day), Some(act)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let Ok(day) = day.parse() else { continue };
        // What somebody lists in the morning is looked at in the afternoon.
        let afternoon = lines.last().is_some_and(|last| last.case == case && last.day == day);
        lines.push(Line { case, day, afternoon, act });
    }
    lines
}

/// The told cases of an opened ledger, by the codes of their words, found by their titles.
pub(super) fn find(register: &Register) -> Vec<(&'static str, MatterId)> {
    let title = |case: &str| {
        let line = lines().into_iter().find(|line| line.case == case)?;
        line.act.split(['“', '”']).nth(1)
    };
    let found = (1..).zip(CODES).filter_map(|(n, code)| {
        let title = title(&format!("{n}"))?;
        let same = |matter: &rules::matter::Matter| matter.title.text() == Some(title);
        register.matters().find(|(_, matter)| same(matter)).map(|(id, _)| (code, id))
    });
    found.collect()
}
