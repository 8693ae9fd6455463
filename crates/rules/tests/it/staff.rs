//! Staff lists: what they may change, and what somebody else must grant.

use crate::world::{FOUNDED, World, day};
use rules::access::Action;
use rules::posts::{Command, StaffLine};
use rules::record;
use rules::role::{Rank, Role};
use rules::text::Words;
use rules::{Refusal, posts};

fn line(unit: &str, parent: Option<&str>, post: &str, roles: &[Role]) -> StaffLine {
    StaffLine {
        unit: Words::new(unit),
        parent: parent.map(Words::new),
        post: Words::new(post),
        rank: Rank::Staff,
        roles: roles.to_vec(),
        holder: None,
    }
}

fn enrol(world: &mut World, line: StaffLine) -> Result<usize, Refusal> {
    let by = world.by("系统管理岗", day(FOUNDED));
    let command = record::Command::Office(Command::Enrol { lines: vec![line] });
    world.submit(by, day(FOUNDED), &command).map(|entries| entries.len())
}

/// Whoever keeps the staff list does not grant rights by it (三员分立).
#[test]
fn a_staff_list_does_not_widen_what_a_post_may_do() {
    let mut world = World::founded();
    let wider = line("养老科", Some("人社局"), "养老经办", &[Role::Handler, Role::GroupHead]);
    let refused = Err(Refusal::NotYourRole { action: Action::Grant });
    assert_eq!(enrol(&mut world, wider), refused);
    let narrower = line("养老科", Some("人社局"), "养老经办", &[]);
    assert_eq!(enrol(&mut world, narrower), refused);
    let same = line("养老科", Some("人社局"), "养老经办", &[Role::Handler]);
    assert_eq!(enrol(&mut world, same), Ok(0));
    let new = |roles| line("养老科", Some("人社局"), "养老助理", roles);
    assert_eq!(enrol(&mut world, new(&[Role::Handler])), refused);
    assert_eq!(enrol(&mut world, new(&[])), Ok(1));
}

/// A unit is not put below one of its own, the bureau itself least of all.
#[test]
fn no_staff_list_turns_the_tree_into_a_circle() {
    let mut world = World::founded();
    for (unit, parent) in [("人社局", "养老科"), ("社保中心", "窗口科"), ("人社局", "窗口科")]
    {
        let circle = line(unit, Some(parent), "巡视员", &[]);
        assert!(enrol(&mut world, circle).is_ok());
        assert_eq!(world.serious(day(FOUNDED)), [""; 0], "{unit} below {parent}");
    }
    let office = world.register.office();
    let parent = |name: &str| {
        let unit = office.unit_called(name).and_then(|unit| office.unit(unit));
        unit.and_then(|unit: &posts::Unit| unit.parent)
    };
    assert_eq!(parent("人社局"), None);
    assert_eq!(parent("社保中心"), office.unit_called("人社局"));
}
