//! How far each matter comes by today, so that the city shows every stage in fit proportion. A
//! fate only paces people; whether they may act is judged by the rules like everything else.

use crate::dice::Dice;
use rules::matter::{Matter, Remedy, Stage};

/// Where a matter stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Listed,
    Refuted,
    Merged,
    Confirmed,
    Referred,
    Assigned,
    Cancelled,
    Returned,
    Accepted,
    Planned,
    Rectifying,
    /// Past its limit, and stuck at one of several steps.
    Overdue,
    Suspended,
    Reported,
    UnderCheck,
    Passed,
    Closed,
    /// Closed more than thirty days ago, so that it was looked at again.
    Early,
}

/// By when a matter is to be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// The policy's own limit.
    Policy,
    /// The day of this half-day of the campaign.
    Half(usize),
    /// So many days after today.
    Ahead(i32),
}

/// What becomes of a matter, in half-days since the campaign began.
#[expect(clippy::struct_excessive_bools, reason = "each is a turn of its own; most have none")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Fate {
    pub target: Target,
    pub listed: usize,
    /// When it comes to its target.
    pub arrive: usize,
    /// The step at which it stays.
    pub stop: usize,
    pub remedy: Remedy,
    pub until: Until,
    /// How often owners return it as not theirs.
    pub declines: u16,
    /// Its first check finds fault.
    pub fails: bool,
    pub relapses: bool,
    pub extends: bool,
    /// It is handed to another post of the same unit.
    pub moves: bool,
}

/// How many matters of each target there are, and how many half-days before the end they are
/// listed and arrive. Those with no span are spread over the whole campaign.
type Lot = (Target, usize, (usize, usize), (usize, usize));
const LOTS: [Lot; 18] = [
    (Target::Early, 30, (0, 0), (0, 0)),
    (Target::Closed, 122, (0, 0), (0, 0)),
    (Target::Overdue, 10, (0, 0), (0, 0)),
    (Target::Refuted, 13, (0, 0), (0, 0)),
    (Target::Merged, 6, (0, 0), (0, 0)),
    (Target::Referred, 5, (0, 0), (0, 0)),
    (Target::Cancelled, 3, (0, 0), (0, 0)),
    (Target::Listed, 12, (1, 5), (1, 1)),
    (Target::Confirmed, 9, (4, 8), (1, 3)),
    (Target::Assigned, 10, (5, 9), (1, 2)),
    (Target::Returned, 3, (8, 12), (1, 3)),
    (Target::Accepted, 9, (8, 14), (1, 7)),
    (Target::Planned, 9, (12, 24), (1, 8)),
    (Target::Rectifying, 25, (14, 50), (4, 24)),
    (Target::Suspended, 5, (20, 44), (6, 12)),
    (Target::Reported, 8, (18, 44), (1, 3)),
    (Target::UnderCheck, 8, (20, 46), (1, 4)),
    (Target::Passed, 3, (20, 40), (1, 3)),
];
/// Matters of [`Target::Early`] that are found to have relapsed; a told case is one more.
const RELAPSES: usize = 4;

/// The fates of all matters, by the half-day on which they are listed. `total` is how many
/// half-days the campaign has had.
pub(super) fn all(total: usize, dice: &mut Dice) -> Vec<Fate> {
    let mut fates = Vec::new();
    for (target, count, listed, arrive) in LOTS {
        for n in 0..count {
            let (listed, arrive) = match target {
                Target::Early => early(n, dice),
                Target::Closed => {
                    let listed = dice.between(0, total.saturating_sub(14));
                    (listed, (listed + dice.between(10, 32)).min(total - 1))
                }
                Target::Overdue => {
                    let listed = dice.between(1, total.saturating_sub(28));
                    (listed, listed + dice.between(8, 12))
                }
                Target::Refuted | Target::Merged | Target::Referred | Target::Cancelled => {
                    let listed = dice.between(2, total.saturating_sub(8));
                    (listed, listed + dice.between(2, 6))
                }
                Target::Listed
                | Target::Confirmed
                | Target::Assigned
                | Target::Returned
                | Target::Accepted
                | Target::Planned
                | Target::Rectifying
                | Target::Suspended
                | Target::Reported
                | Target::UnderCheck
                | Target::Passed => {
                    let back = dice.between(listed.0, listed.1);
                    let arrive = total - dice.between(arrive.0, arrive.1);
                    (total.saturating_sub(back), arrive)
                }
            };
            fates.push(one(target, n, (listed, arrive, total), dice));
        }
    }
    fates.sort_by_key(|fate| fate.listed);
    fates
}

/// Every step from listing to closing at the next half-day, or nearly: where the campaign begins
/// before a long holiday, thirty days after closing are hardly over today.
fn early(n: usize, dice: &mut Dice) -> (usize, usize) {
    if n < RELAPSES {
        return (0, 11);
    }
    let listed = dice.between(0, 4);
    (listed, listed + dice.between(11, 14))
}

fn one(
    target: Target,
    n: usize,
    (listed, arrive, total): (usize, usize, usize),
    dice: &mut Dice,
) -> Fate {
    let (remedy, until) = limit(target, (listed, arrive, total), dice);
    let slow = [Target::Closed, Target::Rectifying, Target::UnderCheck].contains(&target);
    let long = slow && arrive >= listed + 16;
    let declines = match n % 31 {
        _ if target == Target::Returned => 1,
        7 if long => 2,
        4 | 13 | 22 if long => 1,
        _ => 0,
    };
    Fate {
        target,
        listed,
        arrive: arrive.max(listed),
        // Of those past their limit some have not even got a measure.
        stop: if target == Target::Overdue { [5, 5, 3, 5, 4][n % 5] } else { stop(target) },
        remedy,
        until,
        declines,
        fails: long && n % 6 == 2,
        relapses: target == Target::Early && n < RELAPSES,
        extends: target == Target::Rectifying && n % 4 == 1 && remedy == Remedy::Within,
        moves: long && n % 13 == 5,
    }
}

fn limit(
    target: Target,
    (listed, arrive, total): (usize, usize, usize),
    dice: &mut Dice,
) -> (Remedy, Until) {
    let within = |half: usize| (Remedy::Within, Until::Half(half));
    match target {
        Target::Early => (Remedy::AtOnce, Until::Policy),
        Target::Closed if dice.percent(6) => (Remedy::Standing, Until::Policy),
        // Ten working days are twenty half-days; some of it passes before it is handed out.
        Target::Closed if arrive < listed + 20 => (Remedy::AtOnce, Until::Policy),
        Target::Closed => within(arrive + dice.between(0, 10)),
        Target::Overdue if listed + 30 < total && dice.percent(50) => {
            (Remedy::AtOnce, Until::Policy)
        }
        Target::Overdue => within((arrive + dice.between(2, 12)).min(total - 4)),
        Target::Rectifying if dice.percent(25) => (Remedy::Standing, Until::Policy),
        Target::Listed
        | Target::Refuted
        | Target::Merged
        | Target::Confirmed
        | Target::Referred
        | Target::Assigned
        | Target::Cancelled
        | Target::Returned
        | Target::Accepted
        | Target::Planned
        | Target::Rectifying
        | Target::Suspended
        | Target::Reported
        | Target::UnderCheck
        | Target::Passed => {
            if total < listed + 14 && dice.percent(50) {
                (Remedy::AtOnce, Until::Policy)
            } else {
                let soon = target == Target::Rectifying && dice.percent(35);
                let days = if soon { dice.between(1, 4) } else { dice.between(5, 46) };
                let days = i32::try_from(days).unwrap_or(0);
                (Remedy::Within, Until::Ahead(days))
            }
        }
    }
}

/// The step at which a matter has come to its target.
fn stop(target: Target) -> usize {
    match target {
        Target::Listed => 0,
        Target::Refuted | Target::Confirmed => 1,
        Target::Merged | Target::Referred | Target::Assigned => 2,
        Target::Cancelled | Target::Returned | Target::Accepted => 3,
        Target::Planned => 4,
        Target::Rectifying | Target::Overdue | Target::Suspended => 5,
        Target::Reported => 7,
        Target::UnderCheck => 8,
        Target::Passed => 10,
        Target::Closed | Target::Early => 11,
    }
}

/// How many steps a matter has made; none when it has ended otherwise.
pub(super) fn step(matter: &Matter) -> Option<usize> {
    Some(match &matter.stage {
        Stage::Listed => 0,
        Stage::Confirmed | Stage::Returned { .. } => 1,
        Stage::Assigned { .. } => 2,
        Stage::Accepted { .. } => 3,
        Stage::Planned { .. } => 4,
        Stage::Rectifying { duty } => 5 + usize::from(duty.percent >= ENOUGH),
        Stage::Reported { .. } => 7,
        Stage::UnderCheck { passed, .. } => 8 + usize::from(!passed.is_empty()),
        Stage::Passed { .. } => 10,
        Stage::Closed { .. } => 11,
        Stage::NotUpheld
        | Stage::Consolidated { .. }
        | Stage::Suspended { .. }
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => return None,
    })
}

/// Share of the work, in per cent, from which an owner applies for checking.
pub(super) const ENOUGH: u8 = 60;

impl Fate {
    /// How many half-days to let go by, when step `done` is made at `now`. The time that is to
    /// spare is spent at work; signing and checking are quick, for their limits are short.
    pub(super) fn pause(&self, done: usize, now: usize, dice: &mut Dice) -> usize {
        let left = self.stop.saturating_sub(done);
        let slack = self.arrive.saturating_sub(now + left);
        if self.stop <= 4 {
            return 1 + slack / left.max(1);
        }
        let at_work = self.stop.min(7).saturating_sub(done.max(4));
        match at_work {
            0 => 1 + dice.below(2.min(slack + 1)),
            _ if done < 4 => 1 + dice.below(2.min(slack + 1)),
            1 => 1 + slack.saturating_sub(self.stop.saturating_sub(7)),
            _ => 1 + slack * dice.between(60, 140) / 100 / at_work,
        }
    }
}
