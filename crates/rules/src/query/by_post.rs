//! How the matters of each post stand, for a chart of units.

use super::cells::Facet;
use super::row::Class;
use crate::calendar::Day;
use crate::ids::PostId;
use crate::register::Register;

/// For each post, by place in [`Standing::ALL`](super::Standing::ALL): how the matters stand on `today` that it owns, or
/// answers for once they are closed. Sealed ones are not among them.
pub fn by_post(register: &Register, today: Day) -> impl Iterator<Item = (PostId, [usize; 7])> {
    register.office().posts().map(move |(post, _)| {
        let mut standings = [0; 7];
        for class in Class::ALL.into_iter().filter(|class| !class.is_sealed()) {
            for cell in register.index().cells(class).of(Facet::Post(post), None) {
                let standing = cell.place.standing(cell.outlook, today);
                standings[standing.place()] += cell.ids.count();
            }
        }
        (post, standings)
    })
}
