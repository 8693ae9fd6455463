//! Commands about one matter, and the posts that would rightly give them.

use crate::world::World;
use rules::access::Marking;
use rules::calendar::Day;
use rules::ids::{MatterId, PersonId};
use rules::matter::{Command, Haves, Milestone, Proof, Remedy, Source, Step};
use rules::policy::PauseReason;
use rules::signal::ProblemCode;
use rules::text::Words;

/// A command with the post that would rightly give it.
pub(crate) type Move = (&'static str, Command);

fn words() -> Words {
    Words::new("写明")
}

pub(crate) fn proof() -> Proof {
    Proof::Record { system: words(), reference: words() }
}

pub(crate) fn list(world: &World) -> Move {
    let unit = world.register.office().unit_called("养老科").expect("the unit");
    let list = Command::List {
        campaign: None,
        problem: ProblemCode::parse("P32").expect("a problem"),
        unit,
        source: Source::Citizens,
        marking: Marking::Internal,
        title: words(),
        detail: words(),
    };
    ("督查科长", list)
}

pub(crate) fn assign(world: &World, to: &str, remedy: Remedy, designate: bool) -> Move {
    let haves = Haves {
        rule: words(),
        procedure: words(),
        standard: words(),
        checking: world.post("党委核查员"),
        evidence: words(),
    };
    let to = world.post(to);
    ("督查科长", Command::Assign { to, remedy, until: None, haves, designate })
}

pub(crate) fn measure(milestones: Vec<Milestone>) -> Command {
    let (cause, measure, standard) = (words(), words(), words());
    Command::SetMeasure { cause, measure, standard, milestones }
}

pub(crate) fn report(mechanism: bool) -> Command {
    let mechanism = mechanism.then(proof);
    Command::ReportDone { proof: proof(), more: vec![], mechanism, note: words() }
}

pub(crate) fn check(holds: bool, back_to: Step, straight: bool) -> Command {
    Command::Check { holds, findings: words(), back_to, straight }
}

/// Every command there is, with arguments that may be accepted today.
pub(crate) fn all(world: &World, today: Day) -> Vec<Move> {
    let post = |name| world.post(name);
    let (note, reason) = (words, words);
    let standing = |to| assign(world, to, Remedy::Standing, false);
    let suspend =
        |pause| Command::Suspend { reason: pause, check_on: today.plus(20), note: words() };
    let send_back = |to, straight| Command::SendBack { to, straight, reason: words() };
    vec![
        list(world),
        ("督查科长", Command::Confirm { note: note() }),
        ("督查科长", Command::Refute { reason: reason() }),
        assign(world, "养老科长", Remedy::AtOnce, false),
        assign(world, "窗口科长", Remedy::Within, true),
        standing("养老科长"),
        ("养老科长", Command::Accept),
        ("窗口科长", Command::Accept),
        ("养老科长", Command::Decline { proposed: post("窗口科长"), rule: words() }),
        ("窗口科长", Command::Decline { proposed: post("养老科长"), rule: words() }),
        ("养老科长", measure(vec![])),
        ("养老科长", measure(vec![Milestone { day: today.plus(3), percent: 50 }])),
        ("窗口科长", measure(vec![])),
        ("养老科长", Command::Progress { percent: 40, note: note() }),
        ("窗口科长", Command::Progress { percent: 70, note: note() }),
        ("养老科长", Command::KeepCheckpoint { proof: proof() }),
        ("养老科长", report(true)),
        ("窗口科长", report(false)),
        (
            "督查科长",
            Command::NameCheckers {
                checkers: vec![post("党委核查员"), post("就业核查员")]
            },
        ),
        (
            "督查科长",
            Command::NameCheckers {
                checkers: vec![post("兼职核查员"), post("中心主任"), post("就业核查员")],
            },
        ),
        ("党委核查员", check(true, Step::Rectify, false)),
        ("就业核查员", check(true, Step::Rectify, false)),
        ("兼职核查员", check(true, Step::Rectify, false)),
        ("党委核查员", check(false, Step::Rectify, true)),
        ("就业核查员", check(false, Step::Plan, false)),
        ("督查科长", send_back(Step::Sign, false)),
        ("督查科长", send_back(Step::Plan, true)),
        ("督查科长", send_back(Step::Rectify, true)),
        ("养老科长", Command::Resubmit { proof: proof(), note: note() }),
        ("窗口科长", Command::Resubmit { proof: proof(), note: note() }),
        ("督查科长", Command::Close { note: note() }),
        ("副局长", Command::Close { note: note() }),
        ("党委核查员", Command::LookBack { holds: true, note: note() }),
        ("就业核查员", Command::LookBack { holds: false, note: note() }),
        ("督查科长", Command::Reopen { reason: reason() }),
        ("副局长", suspend(PauseReason::AwaitingSuperior)),
        ("副局长", suspend(PauseReason::ForceMajeure)),
        ("副局长", Command::Resume),
        ("副局长", Command::Extend { until: today.plus(12), reason: reason() }),
        ("局长", Command::Extend { until: today.plus(14), reason: reason() }),
        ("督查科长", Command::Transfer { to: post("窗口科长"), reason: reason() }),
        ("督查科长", Command::HandBack { to: post("养老科长"), reason: reason() }),
        ("督查科长", Command::Merge { into: MatterId(1), reason: reason() }),
        ("副局长", Command::Refer { body: words(), reason: reason() }),
        ("副局长", Command::Cancel { reason: reason() }),
        ("督查科长", Command::Recuse { person: PersonId(9), reason: reason() }),
    ]
}
