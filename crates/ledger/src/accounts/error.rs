//! Why somebody is not signed in, or a login or password was not taken.

use crate::error::{Args, LedgerFault};

/// Why not. None of the sentences tells whether a login exists: an unknown login, a wrong
/// password and too many failures look alike for both.
#[derive(Debug, thiserror::Error)]
pub enum NotSignedIn {
    /// Login or password is wrong.
    #[error("accounts-wrong")]
    Wrong,
    /// Too many failures in a row; how long to wait, in minutes begun.
    #[error("accounts-wait {minutes}")]
    Wait { minutes: u32 },
    /// More tries in this minute than are let through.
    #[error("accounts-too-many")]
    TooMany,
    /// An administrator has locked the account. Said only to whom the account belongs: the
    /// password, or the link, was right.
    #[error("accounts-locked")]
    Locked,
    /// The one-time link was used, is over, or a newer one took its place.
    #[error("accounts-link-spent")]
    LinkSpent,
    /// The session is over.
    #[error("accounts-session-over")]
    SessionOver,
    /// A login is 2 to 32 ASCII letters, digits or `. _ - @`, the first a letter or digit.
    #[error("accounts-login-bad")]
    LoginBad,
    /// The chosen login cannot be had. Only the holder of a link can learn this.
    #[error("accounts-login-not-free")]
    LoginNotFree,
    /// Fewest characters of a password.
    #[error("accounts-password-short {shortest}")]
    PasswordShort { shortest: usize },
    /// Most characters of a password.
    #[error("accounts-password-long {longest}")]
    PasswordLong { longest: usize },
    /// The password contains the login.
    #[error("accounts-password-has-login")]
    PasswordHasLogin,
    /// The password is made of few pieces that everybody tries first.
    #[error("accounts-password-common")]
    PasswordCommon,
    /// The new password is the old one.
    #[error("accounts-password-same")]
    PasswordSame,
    /// The present password, asked for before changing it, is wrong.
    #[error("accounts-old-wrong")]
    OldWrong,
    /// The database failed.
    #[error("{0}")]
    Fault(#[from] LedgerFault),
}

impl NotSignedIn {
    /// The message's name in `accounts.ftl`, or the fault's own in `ledger.ftl`.
    pub fn code(&self) -> &'static str {
        match self {
            NotSignedIn::Wrong => "accounts-wrong",
            NotSignedIn::Wait { .. } => "accounts-wait",
            NotSignedIn::TooMany => "accounts-too-many",
            NotSignedIn::Locked => "accounts-locked",
            NotSignedIn::LinkSpent => "accounts-link-spent",
            NotSignedIn::SessionOver => "accounts-session-over",
            NotSignedIn::LoginBad => "accounts-login-bad",
            NotSignedIn::LoginNotFree => "accounts-login-not-free",
            NotSignedIn::PasswordShort { .. } => "accounts-password-short",
            NotSignedIn::PasswordLong { .. } => "accounts-password-long",
            NotSignedIn::PasswordHasLogin => "accounts-password-has-login",
            NotSignedIn::PasswordCommon => "accounts-password-common",
            NotSignedIn::PasswordSame => "accounts-password-same",
            NotSignedIn::OldWrong => "accounts-old-wrong",
            NotSignedIn::Fault(fault) => fault.code(),
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Args {
        match self {
            NotSignedIn::Wait { minutes } => vec![("minutes", minutes.to_string())],
            NotSignedIn::PasswordShort { shortest } => vec![("shortest", shortest.to_string())],
            NotSignedIn::PasswordLong { longest } => vec![("longest", longest.to_string())],
            NotSignedIn::Fault(fault) => fault.args(),
            NotSignedIn::Wrong
            | NotSignedIn::TooMany
            | NotSignedIn::Locked
            | NotSignedIn::LinkSpent
            | NotSignedIn::SessionOver
            | NotSignedIn::LoginBad
            | NotSignedIn::LoginNotFree
            | NotSignedIn::PasswordHasLogin
            | NotSignedIn::PasswordCommon
            | NotSignedIn::PasswordSame
            | NotSignedIn::OldWrong => Vec::new(),
        }
    }
}
