//! What every verb shares: the reader's language, the output streams, the exit status.

use std::io::Write;
use std::process::ExitCode;
use words::Lang;

/// The surroundings of one run of the program.
pub(crate) struct Shell {
    pub(crate) lang: Lang,
}

/// Why a verb did not end with status 0 (DESIGN: 1 found a fault, 2 bad usage or input).
pub(crate) enum Trouble {
    /// A fault was found; the sentence names the first one. Status 1.
    Fault(String),
    /// The command line or an input cannot be used. Status 2.
    Input(String),
}

impl Shell {
    pub(crate) fn new(lang: Option<&str>) -> Self {
        let locale = || {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        };
        let wanted = lang.map(str::to_owned).or_else(locale).unwrap_or_default();
        // The office is Chinese; English is for those who ask for it.
        let lang = if wanted.starts_with("en") { Lang::En } else { Lang::Zh };
        Self { lang }
    }

    pub(crate) fn say(&self, code: &str, args: &words::Args<'_>) -> String {
        words::say(self.lang, code, args)
    }

    /// Prints one line to standard output. A closed pipe (`| head`) ends the program quietly.
    pub(crate) fn line(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{text}").is_err() {
            std::process::exit(0);
        }
    }

    pub(crate) fn exit(&self, done: Result<(), Trouble>) -> ExitCode {
        let (text, status) = match done {
            Ok(()) => return ExitCode::SUCCESS,
            Err(Trouble::Fault(text)) => (text, 1),
            Err(Trouble::Input(text)) => (text, 2),
        };
        // Nothing is left to be done when standard error itself is closed.
        let _ = writeln!(std::io::stderr(), "{text}");
        ExitCode::from(status)
    }
}
