//! Civil days and working days as the State Council published them.
//!
//! A limit is counted by the 民法典: the day it begins on does not count (201); a month ends on
//! the same day of the month, or on the month's last day (202); a last day that is a 法定休假日
//! moves to the day after (203); a special law goes before (204). What a working day is follows
//! the notices of the State Council's office: Monday to Friday without the days off they name,
//! and with the Saturdays and Sundays they call in (调休).
//!
//! * [`Calendar`] answers what kind of day a day is, when a limit falls due and how many units
//!   lie between two days. It never refuses for want of a notice: in a year without one it works
//!   with weekends and the statutory days known in advance, and marks what it says *provisional*.
//! * [`Calendar::explain`] walks a limit day by day, by another way than [`Calendar::due`], and
//!   comes to the same day (a test compares ten thousand).
//! * A limit as data (source, length, start, pauses, extension, roll) is
//!   [`Clock`](crate::policy::Clock).

mod day;
mod explain;
mod length;
mod notice;
mod projected;
mod table;

pub use day::{Day, NotADay};
pub use explain::{Explanation, Reason, Step};
pub use length::{Length, NotALength, NotARoll, Roll, Unit};
pub use notice::{Notice, NoticeDay, NoticeFault, NoticeProblem};
pub use table::{Calendar, Counted, DayKind};
