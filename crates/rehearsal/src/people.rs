//! Who acts: the holders of posts, by role, by rank, and apart from the owner.

use rules::calendar::Day;
use rules::campaign::post_answering_for;
use rules::ids::{PostId, UnitId};
use rules::matter::Matter;
use rules::record::By;
use rules::register::Register;
use rules::role::{Rank, Role};

pub(crate) fn holder(register: &Register, post: PostId, today: Day) -> Option<By> {
    let person = register.office().post(post)?.holder(today)?;
    Some(By::person_at(person, post))
}

fn with_role(register: &Register, role: Role, rank: Rank, today: Day) -> Option<By> {
    let fits = |post: &rules::posts::Post| post.roles.contains(&role) && rank <= post.rank;
    let mut posts = register.office().posts().filter(|(_, post)| fits(post));
    posts.find_map(|(id, _)| holder(register, id, today))
}

pub(crate) fn office(register: &Register, today: Day, rank: Rank) -> Option<By> {
    with_role(register, Role::CampaignOffice, rank, today)
}

pub(crate) fn signer(register: &Register, today: Day, rank: Rank) -> Option<By> {
    let role = if rank == Rank::Leader { Role::GroupHead } else { Role::CampaignOffice };
    with_role(register, role, rank, today)
}

/// Units that own business: those with a handler who answers for them.
pub(crate) fn owning_units(register: &Register) -> Vec<UnitId> {
    let office = register.office();
    let answers = |name: &str| {
        let post = office.post(post_answering_for(name, office)?)?;
        post.roles.contains(&Role::Handler).then_some(())
    };
    let units = office.units();
    units
        .filter(|(_, unit)| unit.name.text().and_then(answers).is_some())
        .map(|(id, _)| id)
        .collect()
}

pub(crate) fn checker_apart(
    register: &Register,
    matter: &Matter,
    today: Day,
    but: &[PostId],
) -> Option<By> {
    let owner = matter.owner()?;
    let by = checker_for(register, owner, today, but)?;
    (!matter.doers.contains(&by.account)).then_some(by)
}

/// A checker of another unit than the owner's, and none of `but`.
pub(crate) fn checker_for(
    register: &Register,
    owner: PostId,
    today: Day,
    but: &[PostId],
) -> Option<By> {
    let office = register.office();
    let unit = office.post(owner)?.unit;
    let taken: Vec<UnitId> =
        but.iter().filter_map(|post| office.post(*post)).map(|post| post.unit).collect();
    office
        .posts()
        .filter(|(_, post)| post.roles.contains(&Role::Checker))
        .filter(|(_, post)| !office.are_kin(post.unit, unit) && !taken.contains(&post.unit))
        .find_map(|(id, _)| holder(register, id, today))
}

/// Who holds the post called `name`.
pub(crate) fn named(register: &Register, name: &str, today: Day) -> Option<By> {
    holder(register, register.office().post_called(name, None)?, today)
}

/// Posts of a unit that handle its business.
pub(crate) fn handlers_of(register: &Register, unit: UnitId) -> Vec<PostId> {
    let posts = register.office().posts();
    let of_unit = posts.filter(|(_, post)| post.unit == unit);
    of_unit.filter(|(_, post)| post.roles.contains(&Role::Handler)).map(|(id, _)| id).collect()
}

/// Checking posts of other units than the owner's.
pub(crate) fn checkers_apart_from(register: &Register, owner: PostId) -> Vec<PostId> {
    let office = register.office();
    let Some(owner) = office.post(owner) else { return Vec::new() };
    let posts = office.posts().filter(|(_, post)| post.roles.contains(&Role::Checker));
    posts.filter(|(_, post)| !office.are_kin(post.unit, owner.unit)).map(|(id, _)| id).collect()
}
