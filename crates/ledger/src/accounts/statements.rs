//! Every SQL text of the accounts, once, in the subset that SQLite and PostgreSQL share.
//!
//! To SQLite `$1` is a name, counted by where it first stands: each text names its values in order.

pub(super) const START: &str = "INSERT INTO starting (one, count) VALUES (1, 1) \
    ON CONFLICT (one) DO UPDATE SET count = starting.count + 1 RETURNING count";

pub(super) const ACCOUNT_COUNT: &str = "SELECT COUNT(*) FROM account";
pub(super) const ACCOUNT_BY_LOGIN: &str =
    "SELECT person, login, password FROM account WHERE login = $1";
pub(super) const ACCOUNT_BY_PERSON: &str =
    "SELECT person, login, password FROM account WHERE person = $1";
pub(super) const ACCOUNT_WRITE: &str = "INSERT INTO account (person, login, password, changed) \
    VALUES ($1, $2, $3, $4) \
    ON CONFLICT (person) DO UPDATE SET login = $2, password = $3, changed = $4";
pub(super) const PASSWORD_SWAP: &str =
    "UPDATE account SET password = $1, changed = $2 WHERE person = $3 AND password = $4";

pub(super) const ACCOUNT_DELETE: &str = "DELETE FROM account WHERE person = $1";
pub(super) const INVITATION_FORGET: &str = "DELETE FROM invitation WHERE person = $1";
pub(super) const TOKEN_FORGET: &str =
    "UPDATE token SET name = '', revoked = 1 WHERE person = $1 AND (revoked = 0 OR name <> '')";

pub(super) const LOCKED_ALL: &str = "SELECT person FROM locked";
pub(super) const LOCKED_INSERT: &str =
    "INSERT INTO locked (person) VALUES ($1) ON CONFLICT (person) DO NOTHING";
pub(super) const LOCKED_DELETE: &str = "DELETE FROM locked WHERE person = $1";

pub(super) const INVITATION_WRITE: &str = "INSERT INTO invitation (person, hash, ends) \
    VALUES ($1, $2, $3) ON CONFLICT (person) DO UPDATE SET hash = $2, ends = $3";
pub(super) const INVITATION_ONE: &str =
    "SELECT person FROM invitation WHERE hash = $1 AND ends > $2";
pub(super) const INVITATION_DELETE: &str = "DELETE FROM invitation WHERE hash = $1 AND ends > $2";

pub(super) const SESSION_ALL: &str =
    "SELECT hash, person, post, acting_for, opened, seen FROM session";
pub(super) const SESSION_INSERT: &str = "INSERT INTO session \
    (hash, person, post, acting_for, opened, seen) VALUES ($1, $2, $3, $4, $5, $6)";
pub(super) const SESSION_SEEN: &str = "UPDATE session SET seen = $1 WHERE hash = $2";
pub(super) const SESSION_DELETE: &str = "DELETE FROM session WHERE hash = $1";
pub(super) const SESSION_END: &str = "DELETE FROM session WHERE hash = $1 AND person = $2";
pub(super) const SESSION_DELETE_OF: &str = "DELETE FROM session WHERE person = $1";
pub(super) const SESSION_DELETE_OVER: &str = "DELETE FROM session WHERE opened <= $1 OR seen <= $2";

pub(super) const TOKEN_ALL: &str = "SELECT hash, number, person, post, name, issued, ends, used \
    FROM token WHERE revoked = 0 ORDER BY number";
pub(super) const TOKEN_NEXT: &str = "SELECT COALESCE(MAX(number), 0) + 1 FROM token";
pub(super) const TOKEN_INSERT: &str = "INSERT INTO token \
    (number, hash, person, post, name, issued, ends, used, revoked) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0)";
pub(super) const TOKEN_USED: &str = "UPDATE token SET used = $1 WHERE number = $2";
pub(super) const TOKEN_REVOKE: &str =
    "UPDATE token SET revoked = 1 WHERE number = $1 AND person = $2 AND revoked = 0";

pub(super) const FAILURE_ONE: &str =
    "SELECT count, latest FROM failure WHERE login = $1 AND source = $2";
pub(super) const FAILURE_WRITE: &str = "INSERT INTO failure (login, source, count, latest) \
    VALUES ($1, $2, $3, $4) ON CONFLICT (login, source) DO UPDATE SET count = $3, latest = $4";
pub(super) const FAILURE_FORGET: &str =
    "DELETE FROM failure WHERE login = $1 AND (source = $2 OR source = $3)";
pub(super) const FAILURE_FORGET_ALL: &str = "DELETE FROM failure WHERE login = $1";
pub(super) const FAILURE_DELETE_OLD: &str = "DELETE FROM failure WHERE latest <= $1";
