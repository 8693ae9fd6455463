//! What can be wrong with a note, a key or a signer.

use crate::error::Args;

/// Why a note is not believed, a key not read or a text not signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// Not a signed note, or more than one.
    #[error("trust-note-malformed")]
    Malformed,
    #[error("trust-note-too-large")]
    TooLarge,
    /// None of the known keys has signed it.
    #[error("trust-note-unsigned")]
    Unsigned,
    /// A line names a known key, but that key did not sign this text.
    #[error("trust-signature-wrong {name}")]
    SignatureWrong { name: String },
    /// Fewer witnesses have cosigned than the policy asks for; how many did.
    #[error("trust-no-quorum {witnesses}")]
    NoQuorum { witnesses: usize },
    /// Not a key in the text form of signed notes, of a kind that is known here.
    #[error("trust-bad-key")]
    BadKey,
    /// The program that holds a key gave no signature; what it said.
    #[error("trust-signer-failed {program} {detail}")]
    SignerFailed { program: String, detail: String },
}

impl NoteFault {
    /// The message's name in `trust.ftl`.
    pub fn code(&self) -> &'static str {
        match self {
            NoteFault::Malformed => "trust-note-malformed",
            NoteFault::TooLarge => "trust-note-too-large",
            NoteFault::Unsigned => "trust-note-unsigned",
            NoteFault::SignatureWrong { .. } => "trust-signature-wrong",
            NoteFault::NoQuorum { .. } => "trust-no-quorum",
            NoteFault::BadKey => "trust-bad-key",
            NoteFault::SignerFailed { .. } => "trust-signer-failed",
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Args {
        match self {
            NoteFault::SignatureWrong { name } => vec![("name", name.clone())],
            NoteFault::NoQuorum { witnesses } => vec![("witnesses", witnesses.to_string())],
            NoteFault::SignerFailed { program, detail } => {
                vec![("program", program.clone()), ("detail", detail.clone())]
            }
            NoteFault::Malformed
            | NoteFault::TooLarge
            | NoteFault::Unsigned
            | NoteFault::BadKey => Vec::new(),
        }
    }
}
