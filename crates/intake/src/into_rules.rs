//! What was read, in the form in which the rules take it.

use crate::sheet::notice::NoticeDay;
use crate::sheet::posts::PostRow;
use rules::posts::StaffLine;
use rules::text::Words;

impl From<PostRow> for StaffLine {
    /// A holder always comes with a first day: intake refuses the row otherwise.
    fn from(row: PostRow) -> StaffLine {
        let since = row.since;
        StaffLine {
            unit: Words::new(row.unit),
            parent: row.parent.map(Words::new),
            post: Words::new(row.post),
            rank: row.rank,
            roles: row.roles,
            holder: row.holder.and_then(|name| Some((Words::new(name), since?))),
        }
    }
}

impl From<NoticeDay> for rules::calendar::NoticeDay {
    fn from(day: NoticeDay) -> rules::calendar::NoticeDay {
        rules::calendar::NoticeDay { day: day.day, working: day.working, name: day.name }
    }
}
