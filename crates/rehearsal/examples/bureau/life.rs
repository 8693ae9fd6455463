//! Who does what to which matter, and on which day.

use rules::access::Marking;
use rules::calendar::Day;
use rules::ids::{MatterId, PostId, UnitId};
use rules::matter::{Command as Deal, Haves, Proof, Remedy, Source, Step as Back};
use rules::posts::Office;
use rules::record::{By, Command};
use rules::role::Role;
use rules::signal::ProblemCode;
use rules::text::Words;

/// Days before today on which matters were found.
pub(crate) const DAYS: i32 = 300;
/// The office's head, and whoever closes.
const OFFICE: &str = "督查科科长";
const CLOSES: &str = "局党组书记、局长";

/// What happens to a matter, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    List,
    Refute,
    Confirm,
    Assign,
    Accept,
    Plan,
    Report,
    Name,
    First,
    Second,
    Close,
}

/// After how many days, for whoever is quick; the others need up to three times as long.
const STEPS: [(usize, Step); 10] = [
    (0, Step::List),
    (0, Step::Confirm),
    (1, Step::Assign),
    (1, Step::Accept),
    (3, Step::Plan),
    (14, Step::Report),
    (15, Step::Name),
    (16, Step::First),
    (17, Step::Second),
    (19, Step::Close),
];

/// What two in five come to: nothing was found.
const UNFOUNDED: [(usize, Step); 2] = [(0, Step::List), (2, Step::Refute)];

/// The life of matter `n` of so many: days after the first one, with what happens then.
pub(crate) fn steps(n: u32, matters: u32) -> impl Iterator<Item = (usize, Step)> {
    let mixed = mix(n);
    let listed = u64::from(n) * u64::from(DAYS.unsigned_abs()) / u64::from(matters.max(1));
    let listed = usize::try_from(listed).unwrap_or(0);
    let slow = usize::try_from(mixed % 3).unwrap_or(0) + 1;
    // A work secret goes no further than its owner: the checkers may not see it.
    let (steps, most) = match (n % 200, mixed % 40, n % 5) {
        (0, _, _) => (&STEPS[..], 5),
        (_, 0, _) => (&STEPS[..], usize::try_from(mixed / 64 % 8).unwrap_or(0) + 1),
        (_, _, 0 | 2) => (&UNFOUNDED[..], UNFOUNDED.len()),
        _ => (&STEPS[..], STEPS.len()),
    };
    steps.iter().take(most).map(move |(after, step)| (listed + after * slow, *step))
}

/// A small mixer, so that units, problems and lives do not go in step.
fn mix(n: u32) -> u32 {
    n.wrapping_mul(2_654_435_761) >> 7
}

/// A post that owns matters, with two who may check them.
pub(crate) struct Owner {
    pub(crate) by: By,
    pub(crate) unit: UnitId,
    pub(crate) checkers: [By; 2],
}

/// Who acts.
pub(crate) struct Cast {
    pub(crate) office: By,
    closes: By,
    pub(crate) owners: Vec<Owner>,
    problems: Vec<ProblemCode>,
}

impl Cast {
    pub(crate) fn of(office: &Office, today: Day) -> Option<Cast> {
        let holder = |post: PostId| Some(By::person_at(office.post(post)?.holder(today)?, post));
        let with = |role: Role| {
            let posts = office.posts().filter(move |(_, post)| post.roles.contains(&role));
            posts.filter_map(|(id, post)| Some((holder(id)?, post.unit)))
        };
        let owner = |(by, unit): (By, UnitId)| {
            let apart = |one: UnitId, other: UnitId| !office.are_kin(one, other);
            let (first, its) = with(Role::Checker).find(|(_, own)| apart(*own, unit))?;
            let (second, _) =
                with(Role::Checker).find(|(_, own)| apart(*own, unit) && apart(*own, its))?;
            Some(Owner { by, unit, checkers: [first, second] })
        };
        Some(Cast {
            office: holder(office.post_called(OFFICE, None)?)?,
            closes: holder(office.post_called(CLOSES, None)?)?,
            owners: with(Role::Handler).filter_map(owner).collect(),
            problems: ProblemCode::all().collect(),
        })
        .filter(|cast| !cast.owners.is_empty())
    }

    fn owner(&self, n: u32) -> &Owner {
        let place = usize::try_from(mix(n) / 8).unwrap_or(0) % self.owners.len();
        &self.owners[place]
    }

    /// Who does what. Matter `n` has the number n + 1.
    pub(crate) fn act(&self, step: Step, n: u32) -> (By, Command) {
        let owner = self.owner(n);
        let [first, second] = owner.checkers;
        let check = || Deal::Check {
            holds: true,
            findings: Words::new("现场抽查十件，均按承诺时限办结，未再发现同类情形"),
            back_to: Back::Rectify,
            straight: false,
        };
        let (by, deal) = match step {
            Step::List => return (self.office, Command::Matter(None, self.list(n, owner))),
            Step::Confirm => {
                let note = Words::new("已向来访人核实，情况属实");
                (self.office, Deal::Confirm { note })
            }
            Step::Refute => {
                let reason = Words::new("经调阅叫号记录和回访来访人，所反映情况不属实");
                (self.office, Deal::Refute { reason })
            }
            Step::Assign => (self.office, assign(n, owner)),
            Step::Accept => (owner.by, Deal::Accept),
            Step::Plan => (owner.by, measure()),
            Step::Report => (owner.by, report(n)),
            Step::Name => {
                let checkers = owner.checkers.iter().filter_map(|by| by.post).collect();
                (self.office, Deal::NameCheckers { checkers })
            }
            Step::First => (first, check()),
            Step::Second => (second, check()),
            Step::Close => (self.closes, Deal::Close { note: Words::new("核查属实，同意销号") }),
        };
        (by, Command::Matter(Some(MatterId(n + 1)), deal))
    }

    fn list(&self, n: u32, owner: &Owner) -> Deal {
        let mixed = mix(n);
        let pick = |count: usize| usize::try_from(mixed / 256).unwrap_or(0) % count;
        let open: Vec<Source> =
            Source::ALL.into_iter().filter(|source| *source != Source::Accusation).collect();
        let secret = n.is_multiple_of(200);
        let what = ["材料退回三次", "电话无人接听", "同一事项来回跑", "超过承诺时限"];
        Deal::List {
            campaign: None,
            problem: self.problems[pick(self.problems.len())],
            unit: owner.unit,
            source: open[pick(open.len())],
            marking: if secret { Marking::WorkSecret } else { Marking::Internal },
            title: Words::new(format!("窗口办理业务{}第{n}件", what[pick(what.len())])),
            detail: Words::new("群众反映，办理人未一次告知所需材料，同一事项前后跑了三次"),
        }
    }
}

fn assign(n: u32, owner: &Owner) -> Deal {
    let haves = Haves {
        rule: Words::new("首问负责制、一次性告知制度"),
        procedure: Words::new("先查原因，再定措施，逐件回访"),
        standard: Words::new("同类事项一次办结率不低于百分之九十五"),
        checking: owner.checkers[0].post.unwrap_or_default(),
        evidence: Words::new("叫号系统记录和回访台账"),
    };
    let place = usize::try_from(n).unwrap_or(0) % Remedy::ALL.len();
    let to = owner.by.post.unwrap_or_default();
    Deal::Assign { to, remedy: Remedy::ALL[place], until: None, haves, designate: false }
}

fn measure() -> Deal {
    Deal::SetMeasure {
        cause: Words::new("窗口人员轮岗后没有交接清单，告知内容因人而异"),
        measure: Words::new("重做一次性告知清单，窗口公开，每周抽查"),
        standard: Words::new("清单上墙，抽查十件无一退回"),
        milestones: Vec::new(),
    }
}

fn report(n: u32) -> Deal {
    let record = |reference: String| Proof::Record {
        system: Words::new("综合窗口受理系统"),
        reference: Words::new(reference),
    };
    Deal::ReportDone {
        proof: record(format!("回访记录第{n}号")),
        more: Vec::new(),
        mechanism: Some(record("一次性告知清单管理办法".to_owned())),
        note: Words::new("清单已上墙，两周内无一件退回"),
    }
}
