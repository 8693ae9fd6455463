//! One matter round the loop: what the row says at each step.

use super::log::Log;
use super::{LEDGER_ZH, day, due, ledger, no_texts};
use rules::ids::{EvidenceId, PersonId, PostId};
use rules::matter::{Event, Limit, Proof, Step};
use rules::policy::PauseReason;
use rules::text::Words;

fn limit(until: &str) -> Limit {
    Limit {
        start: day("2026-09-18"),
        length: None,
        roll: rules::calendar::Roll::None,
        due: due(until),
    }
}

fn proof() -> Proof {
    Proof::Kept { id: EvidenceId([7; 32]), plain: Words::default() }
}

/// Event by event: 完成情况, 销号情况, 亮灯, and what the remark ends with.
fn life() -> Vec<(Event, [&'static str; 4])> {
    let on = day("2026-09-21");
    let (doer, person, post) = (PersonId(1), PersonId(9), PostId(1));
    let note = Words::default;
    let check = limit("2026-12-25");
    let reported = |note| Event::ReportedDone {
        on,
        doer,
        proof: proof(),
        more: vec![],
        mechanism: None,
        note,
        check,
    };
    let sent_back = Event::SentBack {
        on,
        to: Step::Rectify,
        straight: false,
        limit: limit("2026-11-20"),
        step: None,
        reason: note(),
    };
    let measure = Event::MeasureSet {
        on,
        doer,
        cause: note(),
        measure: note(),
        standard: note(),
        milestones: vec![],
    };
    let suspended =
        Event::Suspended { on, reason: PauseReason::ForceMajeure, check_on: on, note: note() };
    let closed = Event::Closed { on, person, post, look: check, then: None, note: note() };
    let named = Event::CheckersNamed { checkers: vec![post] };
    let relapsed = Event::Relapsed { on, person, post, limit: limit("2026-11-25"), reason: note() };
    let progressed = |percent| Event::Progressed { on, doer, percent, note: note() };
    vec![
        (
            Event::Accepted { on, doer, plan: check },
            ["未启动", "", "绿灯（正常）", "已签收，待定措施"],
        ),
        (measure, ["未启动", "", "黄灯（滞后）", "措施已定"]),
        (progressed(90), ["推进中", "", "绿灯（正常）", "整改中"]),
        (suspended, ["推进中", "", "灰灯（挂起）", "挂起事由：不可抗力，2026-09-21 复查"]),
        (Event::Resumed { on, limits: vec![] }, ["推进中", "", "绿灯（正常）", "整改中"]),
        (reported(note()), ["基本完成", "申请", "绿灯（正常）", "已报结，待派核查"]),
        (sent_back, ["推进中", "退回", "红灯（超期）", "退回整改 1 次"]),
        (reported(note()), ["基本完成", "申请", "绿灯（正常）", "退回整改 1 次"]),
        (named, ["基本完成", "申请", "绿灯（正常）", "退回整改 1 次"]),
        (Event::CheckPassed { on }, ["基本完成", "申请", "绿灯（正常）", "退回整改 1 次"]),
        (closed, ["已完成", "同意", "", "退回整改 1 次"]),
        (relapsed, ["推进中", "", "黄灯（滞后）", "退回整改 1 次"]),
        (progressed(95), ["推进中", "", "蓝灯（临期）", "退回整改 1 次"]),
    ]
}

#[test]
fn each_step_has_its_completion_closing_and_light() {
    let mut log = Log::new();
    log.listed(1, Words::new("一"));
    log.assigned(1, due("2026-12-31"));
    for (event, expected) in life() {
        let tag = event.tag();
        log.matter(1, event);
        let read = ledger(&log, &no_texts);
        let cells = &read.sheets[LEDGER_ZH].cells;
        let said = |place: &str| cells.get(place).map_or("", |(_, text)| text.as_str());
        let remark = said("AD2").lines().last().unwrap_or_default();
        let remark = remark.strip_prefix("环节：").unwrap_or(remark);
        assert_eq!([said("U2"), said("AA2"), said("AE2"), remark], expected, "after {tag}");
    }
    assert!(ledger(&log, &no_texts).text(LEDGER_ZH, "AD2").contains("反弹 1 次"));
}
