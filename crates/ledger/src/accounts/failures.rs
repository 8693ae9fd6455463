//! Failures in a row, by login and source: whoever fails too often waits, longer each time. The
//! counting does not know whether the login exists.

use rules::record::Moment;
use rusqlite::params;

use crate::{
    accounts::{
        NotSignedIn, after, door::Caller, limits::Limits, since, statements as sql, store::Db,
    },
    error::LedgerFault,
};

/// Beyond every source of 32 bits: the failures from anywhere.
const ANYWHERE: i64 = 1 << 32;
/// Sources that nobody named are counted together.
const UNNAMED: i64 = ANYWHERE + 1;
const MINUTE_MS: i64 = 60_000;

fn source(caller: Caller) -> i64 {
    caller.source.map_or(UNNAMED, i64::from)
}

/// Refuses whoever has to wait.
pub(super) fn check(
    db: &Db,
    caller: Caller,
    now: Moment,
    limits: &Limits,
) -> Result<(), NotSignedIn> {
    let here = wait(db, (caller, source(caller)), limits.failures, (now, limits))?;
    let anywhere = wait(db, (caller, ANYWHERE), limits.failures_anywhere, (now, limits))?;
    match here.max(anywhere) {
        0 => Ok(()),
        ms => {
            let minutes = ms.saturating_add(MINUTE_MS - 1) / MINUTE_MS;
            Err(NotSignedIn::Wait { minutes: u32::try_from(minutes).unwrap_or(u32::MAX) })
        }
    }
}

fn wait(
    db: &Db,
    (caller, source): (Caller, i64),
    allowed: u32,
    (now, limits): (Moment, &Limits),
) -> Result<i64, LedgerFault> {
    let Some((count, latest)) = read(db, caller, source)? else { return Ok(0) };
    let wait = limits.wait_ms(count, allowed);
    // A clock that was set back must not shut anybody out for longer than a wait.
    let elapsed = since(latest, now).saturating_abs();
    Ok(wait.saturating_sub(elapsed).max(0))
}

fn read(db: &Db, caller: Caller, source: i64) -> Result<Option<(u32, Moment)>, LedgerFault> {
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Moment(row.get(1)?)));
    db.first(sql::FAILURE_ONE, params![caller.login, source], row)
}

/// Notes a failure.
pub(super) fn note(
    db: &mut Db,
    caller: Caller,
    now: Moment,
    limits: &Limits,
) -> Result<(), LedgerFault> {
    let old = after(now, -limits.failures_kept_ms);
    db.together(|db| {
        db.run(sql::FAILURE_DELETE_OLD, [old.0])?;
        for source in [source(caller), ANYWHERE] {
            let count = read(db, caller, source)?.map_or(0, |(count, _)| count).saturating_add(1);
            db.run(sql::FAILURE_WRITE, params![caller.login, source, count, now.0])?;
        }
        Ok(())
    })
}

/// The right password was given: the row is broken.
pub(super) fn forget(db: &Db, caller: Caller) -> Result<(), LedgerFault> {
    let values = params![caller.login, source(caller), ANYWHERE];
    db.run(sql::FAILURE_FORGET, values).map(|_| ())
}

/// Forgets the failures of a login from everywhere.
pub(super) fn forget_all(db: &Db, login: u32) -> Result<(), LedgerFault> {
    db.run(sql::FAILURE_FORGET_ALL, [login]).map(|_| ())
}
