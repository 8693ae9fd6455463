//! What every verb shares: the reader's language, the output streams, the exit status.

use crate::config::Config;
use std::io::Write;
use std::process::ExitCode;
use words::Lang;

/// The surroundings of one run of the program.
#[derive(Clone)]
pub(crate) struct Shell {
    pub(crate) lang: Lang,
    pub(crate) config: Config,
}

/// Why a verb did not end with status 0 (DESIGN: 1 found a fault, 2 bad usage or input).
pub(crate) enum Trouble {
    /// A fault was found; the sentence names the first one. Status 1.
    Fault(String),
    /// The command line or an input cannot be used. Status 2.
    Input(String),
    /// All has been said already; this is the status.
    Told(u8),
}

impl Trouble {
    /// What it says to whoever is not at the terminal.
    pub(crate) fn said(self) -> String {
        match self {
            Trouble::Fault(said) | Trouble::Input(said) => said,
            Trouble::Told(_) => String::new(),
        }
    }
}

impl Shell {
    /// `lang` is the command line's; then come the configuration and the locale.
    pub(crate) fn new(config: Config, lang: Option<&str>) -> Self {
        let locale = || {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        };
        let wanted = lang.map(str::to_owned).or(config.lang.clone()).or_else(locale);
        // The office is Chinese; English is for those who ask for it.
        let english = wanted.is_some_and(|wanted| wanted.starts_with("en"));
        Self { lang: if english { Lang::En } else { Lang::Zh }, config }
    }

    pub(crate) fn say(&self, code: &str, args: &words::Args<'_>) -> String {
        words::say(self.lang, code, args)
    }

    /// Prints one line to standard output. A closed pipe (`| head`) ends the program quietly.
    #[expect(clippy::unused_self, reason = "verbs speak through the shell and nothing else")]
    pub(crate) fn line(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        if writeln!(out, "{text}").is_err() {
            std::process::exit(0);
        }
    }
}

/// Says what is left to say and gives the status.
pub(crate) fn exit(done: Result<(), Trouble>) -> ExitCode {
    let (text, status) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Trouble::Told(status)) => return ExitCode::from(status),
        Err(Trouble::Fault(text)) => (text, 1),
        Err(Trouble::Input(text)) => (text, 2),
    };
    // Nothing is left to be done when standard error itself is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
    ExitCode::from(status)
}
