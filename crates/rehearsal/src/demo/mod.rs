//! The demonstration: 云州市人社局 in the 48th day of its campaign, lived before the reader's eyes
//! and then handed over. Every act is judged by the rules, as some post on some day; the same seed
//! and the same day give the same city.
//!
//! Start reading at [`fill`].

mod cases;
mod fate;
mod files;
mod hours;
mod plan;
mod slips;
mod steps;
mod text;
mod town;
mod work;

use crate::dice::Dice;
use crate::people::{handlers_of, named};
use crate::stage::{self, Why};
use cases::Cases;
use files::Files;
use hours::{Act, Desk, second_of};
use ledger::Ledger;
use rules::calendar::Day;
use rules::campaign;
use rules::ids::{CampaignId, MatterId};
use rules::matter::Proof;
use rules::record::{By, Command, Moment, Stream};
use rules::register::Register;
use rules::text::Words;
use std::collections::BTreeMap;
use town::{HEAD, Half, Scene, Tag, Town};

const POSTS: &[u8] = include_bytes!("../../../../examples/posts.csv");
const POLICY: &[u8] = include_bytes!("../../../../profiles/default.toml");
/// Civil days of the campaign before today, which is its 48th.
const DAYS_BEFORE: i32 = 47;
/// Half-days of the self-check round: opened, reports from and to, closed.
const ROUND: (usize, usize, usize, usize) = (1, 2, 19, 24);
/// Ten past midnight, when a day begins for the system.
const DAY_PASS: usize = 600;

/// A city that was filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demo {
    pub campaign: CampaignId,
    /// The told cases: the code of their words (`demo-case-1` with `-title` and `-what`) and
    /// their matters.
    pub cases: Vec<(&'static str, MatterId)>,
    pub matters: usize,
    /// Entries in the log.
    pub entries: u64,
    /// Acts that the rules refused: people of the city are told no as well.
    pub refused: u64,
}

/// Fills an empty ledger with a living campaign that is in its 48th day on `today`. The ledger's
/// clock is `set_clock`'s to put; it stands in the past, and at ten past midnight today when all
/// is done. The seed decides who does what; with [`ledger::Chance::Seed`] the log comes out the
/// same to the last leaf.
///
/// Errors: the ledger has entries already (nothing is done then), it does not write, or an example
/// cannot be read.
pub fn fill(
    ledger: &Ledger,
    set_clock: &dyn Fn(Moment),
    seed: u64,
    today: Day,
) -> Result<Demo, Why> {
    let (entries, _) = ledger.tree_head();
    if entries > 0 {
        return Err(Why::new("demo-not-empty", vec![("count", entries.to_string())]));
    }
    let mut dice = Dice(seed);
    let from = today.plus(-DAYS_BEFORE);
    let calendar = ledger.now().calendar().clone();
    let working = |day: &Day| calendar.is_working(*day);
    let Some(founded) = (3..40).map(|n| from.plus(-n)).find(working) else {
        return Err(Why::new("rehearsal-city", vec![("found", from.to_string())]));
    };
    let days: Vec<Day> = (0..DAYS_BEFORE).map(|n| from.plus(n)).filter(working).collect();
    let text = plan::moved(from, founded);
    let kept = stage::keep(text.as_bytes(), ledger)?;
    let files = Files::keep(ledger, &mut dice, from)?;
    let mut desk = Desk { ledger, set_clock, seed, sent: 0, entries: 0, refused: 0 };
    found(&mut desk, (founded, from), &text, kept)?;
    let mut fates = fate::all(days.len() * 2, &mut dice);
    fates.reverse();
    let mut town = Town {
        texts: text::Texts::new(&mut dice),
        dice,
        cases: Cases::new(&files, today),
        files,
        units: text::units().collect(),
        fates,
        lives: BTreeMap::new(),
        days,
        today,
        campaign: CampaignId(1),
        objections: 0,
    };
    for n in 1..=today.since(founded) {
        let day = founded.plus(n);
        begin(&mut desk, day)?;
        if let Some(place) = town.days.iter().position(|known| *known == day) {
            let days = town.days.len();
            for n in [place * 2, place * 2 + 1] {
                live(&mut desk, &mut town, Half { n, day, days })?;
            }
        }
    }
    let register = ledger.now();
    Ok(Demo {
        campaign: town.campaign,
        cases: cases(&register),
        matters: register.matters().count(),
        entries: desk.entries,
        refused: desk.refused,
    })
}

/// The told cases of an opened ledger, found by their titles: the code of their words and the
/// matter. Empty for a ledger that is no demonstration.
pub fn cases(register: &Register) -> Vec<(&'static str, MatterId)> {
    cases::find(register)
}

/// Policy, staff and plan.
fn found(
    desk: &mut Desk<'_>,
    (founded, from): (Day, Day),
    text: &str,
    kept: Proof,
) -> Result<(), Why> {
    let policy = stage::policy(POLICY)?;
    let mut staff = stage::staff(POSTS)?;
    if let Command::Office(rules::posts::Command::Enrol { lines }) = &mut staff {
        // Where today lies before the staff list, everybody has been in office for a month.
        let holders = lines.iter_mut().filter_map(|line| line.holder.as_mut());
        holders.for_each(|(_, since)| *since = (*since).min(founded.plus(-30)));
    }
    let first: Vec<Act<Tag>> = vec![Act::new(By::SYSTEM, policy), Act::new(By::SYSTEM, staff)];
    desk.at(Moment::at_hour(founded, 9), first)?;
    let register = desk.ledger.now();
    let mut draft = stage::draft(text.as_bytes(), kept, register.office(), founded)?;
    (draft.from, draft.until) = (from, Some(from.plus(plan::LAST_DAY)));
    let adopt = Command::Campaign(None, campaign::Command::Adopt { draft });
    let by = named(&register, HEAD, founded);
    let acts: Vec<Act<Tag>> = by.map(|by| Act::new(by, adopt)).into_iter().collect();
    desk.at(second_of(founded, 15 * 3_600 + 1_200), acts)?;
    Ok(())
}

/// 日检, at ten past midnight.
fn begin(desk: &mut Desk<'_>, day: Day) -> Result<(), Why> {
    let commands = desk.ledger.now().day_pass(day).into_iter();
    let acts: Vec<Act<Tag>> = commands.map(|command| Act::new(By::SYSTEM, command)).collect();
    desk.at(second_of(day, DAY_PASS), acts)?;
    Ok(())
}

/// Half a day. Everybody acts on what was known when it began, each about another thing.
fn live(desk: &mut Desk<'_>, town: &mut Town, half: Half) -> Result<(), Why> {
    let register = desk.ledger.now();
    let scene = Scene { register: &register, half };
    let mut bundles = town.cases.acts(&register, half)?;
    bundles.extend(self_check(town, scene).into_iter().map(|act| vec![act]));
    bundles.extend(town.listings(scene).into_iter().map(|act| vec![act]));
    for matter in register.matters() {
        bundles.extend(town.act(scene, matter).map(|act| vec![act]));
    }
    for slip in register.slips() {
        bundles.extend(town.slip(scene, slip).map(|act| vec![act]));
    }
    let done = desk.half_day(half.day, half.afternoon(), bundles, &mut town.dice)?;
    for (tag, receipt) in done {
        let Some(Stream::Matter(id)) = receipt.stream else { continue };
        match tag {
            Tag::Case(case) => town.cases.listed(case, id),
            Tag::Life(life) => {
                town.lives.insert(id, life);
            }
        }
    }
    Ok(())
}

/// The round in which each unit lists its own problems: opened, answered, closed.
fn self_check(town: &Town, scene: Scene<'_>) -> Vec<Act<Tag>> {
    let Scene { register, half } = scene;
    let (opens, first, last, closes) = ROUND;
    let id = Some(town.campaign);
    let of_campaign = move |by: By, command| Act::new(by, Command::Campaign(id, command));
    let mut acts = Vec::new();
    let office = scene.named(HEAD);
    if half.n == opens {
        let due = town.days.get(last / 2 + 1).copied().unwrap_or(town.today);
        let open = campaign::Command::OpenSelfCheck { due };
        acts.extend(office.map(|by| of_campaign(by, open)));
    }
    if half.n == closes {
        acts.extend(office.map(|by| of_campaign(by, campaign::Command::CloseSelfCheck)));
    }
    for (n, line) in town.units.iter().enumerate() {
        let silent = line.problems.is_empty() && line.note.is_empty();
        if silent || half.n != first + n * 7 % (last - first) {
            continue;
        }
        let Some(unit) = register.office().unit_called(line.unit) else { continue };
        let mut posts = handlers_of(register, unit);
        posts.extend(register.office().posts().filter(|(_, p)| p.unit == unit).map(|(id, _)| id));
        let by = posts.first().and_then(|post| scene.holder(*post));
        let note = Words::new(line.note);
        let command = if line.problems.is_empty() {
            campaign::Command::ReportNone { unit, reason: note }
        } else {
            campaign::Command::Report { unit, problems: line.problems.clone(), note }
        };
        acts.extend(by.map(|by| of_campaign(by, command)));
    }
    acts
}
