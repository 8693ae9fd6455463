//! Accounts: the one-time link that makes one, signing in, changing the password, locking.

use rules::{
    erasure::Subject,
    ids::PersonId,
    record::{Moment, Register},
};
use rusqlite::params;

use crate::{
    accounts::{
        Accounts, NotSignedIn, after,
        door::Caller,
        failures,
        password::{login_of, may_be_chosen},
        secret::{draw, hash_of, short_of},
        statements as sql,
        store::{Account, Db},
    },
    error::LedgerFault,
    hash::Hash,
};

/// A link's secret stands by itself.
const NO_PREFIX: &str = "";

impl Accounts {
    /// A one-time link's secret for a person: to set a login and a password, for the first time
    /// or anew. Earlier links of the person are void.
    pub fn invite(&self, person: PersonId, now: Moment) -> Result<String, LedgerFault> {
        let mut db = self.db();
        let secret = draw(&mut db.dice, NO_PREFIX)?;
        let ends = after(now, self.limits.link_ms);
        db.run(sql::INVITATION_WRITE, params![person.0, &secret.hash.0[..], ends.0])?;
        Ok(secret.text)
    }

    /// Whose link this is, when it is good. Uses nothing up.
    pub fn invited(&self, token: &str, now: Moment) -> Result<Option<PersonId>, LedgerFault> {
        let Some(hash) = hash_of(token, NO_PREFIX) else { return Ok(None) };
        invited(&self.db(), &hash, now)
    }

    /// Whether this person has a login already.
    pub fn has_account(&self, person: PersonId) -> Result<bool, LedgerFault> {
        Ok(self.db().by_person(person)?.is_some())
    }

    /// Sets login and password of the link's person and uses the link up. Their sessions end,
    /// their failures are forgotten. A login or password that is not taken leaves the link good.
    pub fn redeem(
        &self,
        token: &str,
        login: &str,
        password: &str,
        now: Moment,
    ) -> Result<PersonId, NotSignedIn> {
        let hash = hash_of(token, NO_PREFIX).ok_or(NotSignedIn::LinkSpent)?;
        let caller = Caller { login: short_of(token), source: None };
        self.knock(caller, now)?;
        let person = invited(&self.db(), &hash, now)?.ok_or(NotSignedIn::LinkSpent)?;
        if self.memory().locked.contains(&person) {
            return Err(NotSignedIn::Locked);
        }
        let login = login_of(login).ok_or(NotSignedIn::LoginBad)?;
        may_be_chosen(password, &login, &self.limits)?;
        let salt = self.db().dice.draw()?;
        let kept = {
            let _turn = self.door.enter(caller);
            self.hasher.hash(password, salt)?
        };
        let mut db = self.db();
        db.together(|db| {
            if db.run(sql::INVITATION_DELETE, params![&hash.0[..], now.0])? == 0 {
                return Err(NotSignedIn::LinkSpent);
            }
            if db.by_login(&login)?.is_some_and(|account| account.person != person) {
                return Err(NotSignedIn::LoginNotFree);
            }
            db.run(sql::ACCOUNT_WRITE, params![person.0, login, kept, now.0])?;
            Ok(failures::forget_all(db, short_of(&login))?)
        })?;
        self.end_all(&db, person)?;
        self.memory().any = true;
        Ok(person)
    }

    /// Signs in and returns the cookie's value; no post is chosen yet. Failures of a login count
    /// wherever they come from: better say where with [`Accounts::sign_in_from`].
    pub fn sign_in(&self, login: &str, password: &str, now: Moment) -> Result<String, NotSignedIn> {
        self.enter(login, password, None, now)
    }

    /// The same, said where from, such as the client's address: then whoever fails too often
    /// waits, and the owner of the login, at another place, does not. Kept as 32 bits of a hash.
    pub fn sign_in_from(
        &self,
        login: &str,
        password: &str,
        source: &str,
        now: Moment,
    ) -> Result<String, NotSignedIn> {
        self.enter(login, password, Some(source), now)
    }

    fn enter(
        &self,
        login: &str,
        password: &str,
        source: Option<&str>,
        now: Moment,
    ) -> Result<String, NotSignedIn> {
        // What cannot be a login goes the same way as one that nobody has.
        let login = login_of(login).unwrap_or_else(|| login.to_owned());
        let caller = Caller { login: short_of(&login), source: source.map(short_of) };
        self.knock(caller, now)?;
        let _turn = self.door.enter(caller);
        let account = {
            let db = self.db();
            failures::check(&db, caller, now, &self.limits)?;
            db.by_login(&login)?
        };
        let kept = account.as_ref().map(|account| account.password.as_str());
        let right = self.hasher.check(password, kept);
        let Some(account) = account.filter(|_| right) else {
            failures::note(&mut self.db(), caller, now, &self.limits)?;
            return Err(NotSignedIn::Wrong);
        };
        self.look()?;
        if self.memory().locked.contains(&account.person) {
            return Err(NotSignedIn::Locked);
        }
        let account = self.renewed(account, password, now)?;
        let mut db = self.db();
        // The password may have been changed while this one was being hashed.
        if db.by_login(&login)?.as_ref() != Some(&account) {
            return Err(NotSignedIn::Wrong);
        }
        failures::forget(&db, caller)?;
        Ok(self.open_in(&mut db, account.person, None, now)?)
    }

    /// The account with its password hashed at today's cost.
    fn renewed(
        &self,
        account: Account,
        password: &str,
        now: Moment,
    ) -> Result<Account, LedgerFault> {
        if !self.hasher.is_outdated(&account.password) {
            return Ok(account);
        }
        let salt = self.db().dice.draw()?;
        let kept = self.hasher.hash(password, salt)?;
        let values = params![kept, now.0, account.person.0, account.password];
        let swapped = self.db().run(sql::PASSWORD_SWAP, values)? > 0;
        Ok(if swapped { Account { password: kept, ..account } } else { account })
    }

    /// Sets a new password. Every session of the person ends: the caller opens a new one with
    /// [`Accounts::open_session`]. Failures count as with signing in.
    pub fn change_password(
        &self,
        person: PersonId,
        old: &str,
        new: &str,
        now: Moment,
    ) -> Result<(), NotSignedIn> {
        let account = self.db().by_person(person)?.ok_or(NotSignedIn::OldWrong)?;
        let caller = Caller { login: short_of(&account.login), source: None };
        self.knock(caller, now)?;
        let _turn = self.door.enter(caller);
        failures::check(&self.db(), caller, now, &self.limits)?;
        if !self.hasher.check(old, Some(&account.password)) {
            failures::note(&mut self.db(), caller, now, &self.limits)?;
            return Err(NotSignedIn::OldWrong);
        }
        failures::forget(&self.db(), caller)?;
        if old == new {
            return Err(NotSignedIn::PasswordSame);
        }
        may_be_chosen(new, &account.login, &self.limits)?;
        let salt = self.db().dice.draw()?;
        let kept = self.hasher.hash(new, salt)?;
        let db = self.db();
        let values = params![kept, now.0, person.0, account.password];
        if db.run(sql::PASSWORD_SWAP, values)? == 0 {
            return Err(NotSignedIn::OldWrong);
        }
        Ok(self.end_all(&db, person)?)
    }

    /// Shuts a person out: sessions end, tokens and links are refused, nobody signs in. The
    /// account stays, and so do its tokens for after the unlocking.
    pub fn lock(&self, person: PersonId) -> Result<(), LedgerFault> {
        let db = self.db();
        db.run(sql::LOCKED_INSERT, [person.0])?;
        self.memory().locked.insert(person);
        self.end_all(&db, person)
    }

    /// Lets a person in again, and forgets the failures that made the login wait.
    pub fn unlock(&self, person: PersonId) -> Result<(), LedgerFault> {
        let mut db = self.db();
        db.together(|db| {
            db.run(sql::LOCKED_DELETE, [person.0])?;
            match db.by_person(person)? {
                Some(account) => failures::forget_all(db, short_of(&account.login)),
                None => Ok(()),
            }
        })?;
        self.memory().locked.remove(&person);
        Ok(())
    }

    /// Forgets every person whose erasure was approved in the log: login and password, links,
    /// sessions and what tokens were called. It may run any number of times.
    pub fn forget_erased(&self, register: &Register) -> Result<(), LedgerFault> {
        for (_, erasure) in register.erasures().filter(|(_, one)| one.is_approved()) {
            if let Subject::Person(person) = erasure.subject {
                self.forget(person)?;
            }
        }
        Ok(())
    }

    fn forget(&self, person: PersonId) -> Result<(), LedgerFault> {
        let mut db = self.db();
        let gone = db.together(|db| {
            if let Some(account) = db.by_person(person)? {
                failures::forget_all(db, short_of(&account.login))?;
            }
            let mut gone = db.run(sql::ACCOUNT_DELETE, [person.0])?;
            gone += db.run(sql::INVITATION_FORGET, [person.0])?;
            gone += db.run(sql::TOKEN_FORGET, [person.0])?;
            Ok::<_, LedgerFault>(gone)
        })?;
        if gone > 0 {
            self.end_all(&db, person)?;
            self.memory().tokens.retain(|_, known| known.person != person);
            // Until the WAL is copied back and cut, what was deleted still stands in it.
            db.first("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Whether an administrator has shut the person out.
    pub fn is_locked(&self, person: PersonId) -> Result<bool, LedgerFault> {
        self.look()?;
        Ok(self.memory().locked.contains(&person))
    }

    fn knock(&self, caller: Caller, now: Moment) -> Result<(), NotSignedIn> {
        let open = self.door.knock(caller, now, &self.limits);
        if open { Ok(()) } else { Err(NotSignedIn::TooMany) }
    }
}

fn invited(db: &Db, hash: &Hash, now: Moment) -> Result<Option<PersonId>, LedgerFault> {
    db.first(sql::INVITATION_ONE, params![&hash.0[..], now.0], |row| row.get(0).map(PersonId))
}
