//! Whether a row is a matter that is there already.

use crate::office::{against, day, office};
use intake::{Against, KnownMatters, matter_named, matters, recheck_alone, table};
use rules::access::Marking;
use rules::ids::{MatterId, UnitId};
use rules::matter::{Event as Happened, Source};
use rules::record::{By, Entry, Event, Moment, Register, Stream};
use rules::signal::ProblemCode;
use rules::text::Words;

fn tell(register: &mut Register, id: u32, event: Happened) {
    let stream = Stream::Matter(MatterId(id));
    let (by, at, event) = (By::SYSTEM, Moment(0), Event::Matter(event));
    register.apply(&Entry { seq: 0, at, by, stream, n: 0, event }).unwrap();
}

fn listed(title: &str, unit: u32) -> Happened {
    Happened::Listed {
        on: day("2026-11-01"),
        campaign: None,
        problem: ProblemCode::parse("P32").unwrap(),
        unit: UnitId(unit),
        source: Source::SelfCheck,
        marking: Marking::Internal,
        accusation: false,
        title: Words::new(title),
        detail: Words::new(""),
    }
}

fn register() -> Register {
    let mut register = Register::default();
    tell(&mut register, 1, listed("排队过长，群众不满", 2));
    tell(&mut register, 2, listed("材料重复要", 2));
    let reason = Words::new("查无此事");
    tell(&mut register, 2, Happened::Refuted { on: day("2026-11-02"), reason });
    tell(&mut register, 3, listed("一次没说清", 2));
    register
}

#[test]
fn a_matter_is_known_by_its_title_and_unit() {
    let register = register();
    let known = KnownMatters::of(&register, |_| true);
    // However the marks are set.
    assert_eq!(known.find("排队过长、群众不满。", UnitId(2)), Some(MatterId(1)));
    assert_eq!(known.find("排队过长，群众不满", UnitId(3)), None);
    assert_eq!(known.find("材料重复要", UnitId(2)), None, "it came to nothing");
    let hidden = KnownMatters::of(&register, |matter| matter.title.text() != Some("一次没说清"));
    assert_eq!(known.find("一次没说清", UnitId(2)), Some(MatterId(3)));
    assert_eq!(hidden.find("一次没说清", UnitId(2)), None, "whoever may not see it learns nothing");
}

#[test]
fn the_id_of_an_export_names_a_matter_of_its_own_log_only() {
    let named = |text| matter_named(text, "renshe.example");
    assert_eq!(named(" renshe.example#matter/12 "), Some(MatterId(12)));
    for other in
        ["other.example#matter/12", "renshe.example#task/12", "renshe.example#matter/", "12"]
    {
        assert_eq!(named(other), None, "{other}");
    }
}

#[test]
fn what_is_no_duplicate_after_all_is_judged_alone() {
    let text = "标题,问题类别,单位,来源\n甲,P32,养老待遇科,自查\n甲,P32,养老待遇科,自查\n乙,P99,养老待遇科,自查\n";
    let table = table(text.as_bytes()).unwrap();
    let (mapping, office) = (table.guess(), office());
    let known = |title: &str, _: UnitId| (title == "甲").then_some(MatterId(7));
    let against = Against { known: &known, ..against(&office) };
    let sheet = matters(&table, &mapping, &against);
    assert!(sheet.rows.is_empty() && sheet.problems.len() == 3, "{:?}", sheet.problems);
    for row in [2, 3] {
        assert_eq!(recheck_alone(&table, &mapping, &against, row).rows.len(), 1, "row {row}");
    }
    assert!(recheck_alone(&table, &mapping, &against, 4).rows.is_empty(), "it is bad otherwise");
    assert_eq!(recheck_alone(&table, &mapping, &against, 99), intake::Sheet::default());
}

#[test]
fn a_post_may_have_marks_in_its_name() {
    let post = rules::ids::PostId(99);
    let (unit, rank, roles) = (UnitId(1), rules::role::Rank::SectionHead, vec![]);
    let name = Words::new("书记、局长（主持）");
    let set = rules::posts::Event::PostSet { post, unit, rank, roles, name };
    let office = rules::posts::evolve(&office(), &set).unwrap();
    for owner in ["书记、局长（主持）", "云州市人社局书记、局长（主持）"] {
        let text = format!("标题,问题类别,单位,来源,责任人\n甲,P32,云州市人社局,自查,{owner}\n");
        let table = table(text.as_bytes()).unwrap();
        let sheet = matters(&table, &table.guess(), &against(&office));
        assert_eq!(sheet.rows[0].value.owner, Some(post), "{:?}", sheet.problems);
    }
}
