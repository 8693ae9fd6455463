//! Passwords and logins: what may be chosen, and how a password is kept.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use zeroize::Zeroizing;

use crate::{
    accounts::{
        common::is_common,
        error::NotSignedIn,
        limits::{Cost, Limits},
    },
    chance::Dice,
    error::{Fault, LedgerFault, Place, What},
};

const LOGIN_SHORTEST: usize = 2;
const LOGIN_LONGEST: usize = 32;
/// A shorter login may well stand in a good password by accident.
const LOGIN_TO_LOOK_FOR: usize = 4;
/// Longer than any password that is let in: 4 bytes to a character.
const BYTES_PER_CHAR: usize = 4;

/// The login as it is kept: small letters, and full-width forms of a Chinese keyboard as ASCII.
pub(super) fn login_of(text: &str) -> Option<String> {
    let wide = '\u{ff01}'..='\u{ff5e}';
    let narrow = |one: char| {
        let code = u32::from(one);
        if wide.contains(&one) { char::from_u32(code - 0xfee0).unwrap_or(one) } else { one }
    };
    let login: String = text.trim().chars().map(narrow).map(|c| c.to_ascii_lowercase()).collect();
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@".contains(&byte);
    let fits = (LOGIN_SHORTEST..=LOGIN_LONGEST).contains(&login.len());
    let begins = login.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    (fits && begins && login.bytes().all(good)).then_some(login)
}

/// Whether a password may be chosen (ASVS 5.0 V6.2): length, not the login, not a common one. No
/// rule about kinds of characters. It is taken exactly as typed.
pub(super) fn may_be_chosen(
    password: &str,
    login: &str,
    limits: &Limits,
) -> Result<(), NotSignedIn> {
    let length = password.chars().count();
    if length < limits.password_shortest {
        return Err(NotSignedIn::PasswordShort { shortest: limits.password_shortest });
    }
    if length > limits.password_longest {
        return Err(NotSignedIn::PasswordLong { longest: limits.password_longest });
    }
    let small = Zeroizing::new(password.to_lowercase());
    if small.as_str() == login || (login.len() >= LOGIN_TO_LOOK_FOR && small.contains(login)) {
        return Err(NotSignedIn::PasswordHasLogin);
    }
    if is_common(password) {
        return Err(NotSignedIn::PasswordCommon);
    }
    Ok(())
}

/// Argon2id at the present cost.
pub(super) struct Hasher {
    argon2: Argon2<'static>,
    /// Of no password: what an unknown login is held against, so that it takes as long.
    nobody: String,
    longest: usize,
}

impl Hasher {
    pub(super) fn new(limits: &Limits, dice: &mut Dice) -> Result<Hasher, LedgerFault> {
        let argon2 = argon2(limits.cost);
        let longest = limits.password_longest.saturating_mul(BYTES_PER_CHAR);
        let mut hasher = Hasher { argon2, nobody: String::new(), longest };
        let random: Zeroizing<[u8; 32]> = Zeroizing::new(dice.draw()?);
        hasher.nobody = hasher.hash_bytes(&*random, dice.draw()?)?;
        Ok(hasher)
    }

    /// The PHC string of a password with this salt.
    pub(super) fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, LedgerFault> {
        self.hash_bytes(password.as_bytes(), salt)
    }

    fn hash_bytes(&self, password: &[u8], salt: [u8; 16]) -> Result<String, LedgerFault> {
        let hashed = self.argon2.hash_password_with_salt(password, &salt);
        Ok(hashed.map_err(|error| unreadable(&error))?.to_string())
    }

    /// Whether the password is the one of this PHC string. Takes as long without one.
    pub(super) fn check(&self, password: &str, kept: Option<&str>) -> bool {
        // What is too long to be a password must not cost more than one.
        let fits = password.len() <= self.longest;
        let tried = if fits { password.as_bytes() } else { b"" };
        let right = self.argon2.verify_password(tried, kept.unwrap_or(&self.nobody)).is_ok();
        right && fits && kept.is_some()
    }

    /// Whether a PHC string was made at another cost than today's.
    pub(super) fn is_outdated(&self, kept: &str) -> bool {
        let params = PasswordHash::new(kept).ok().and_then(|hash| Params::try_from(&hash).ok());
        let today = self.argon2.params();
        params.is_none_or(|params| {
            (params.m_cost(), params.t_cost(), params.p_cost())
                != (today.m_cost(), today.t_cost(), today.p_cost())
        })
    }
}

fn argon2(cost: Cost) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params())
}

/// No memory for the hash; nothing else can fail with figures and salts of ours.
fn unreadable(error: &argon2::password_hash::Error) -> LedgerFault {
    let place = Place::Database(super::FILE);
    Fault::at(place, What::Unreadable(error.to_string())).into()
}
