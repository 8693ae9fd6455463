//! 闭环, the program: configuration, the only clock, the command line.

mod cmd;
mod config;
mod shell;
mod store;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use config::Config;
use shell::Shell;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(version, name = "bihuan")]
struct Cli {
    /// zh | en; without it, the configuration and then the locale decide
    #[arg(long, global = true, value_name = "zh|en")]
    lang: Option<String>,
    /// The configuration file; by default bihuan.toml where there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Serve(cmd::serve::Args),
    Plan(cmd::plan::Args),
    Adopt(cmd::adopt::Args),
    Import(cmd::import::Args),
    Verify(cmd::verify::Args),
    Checkup(cmd::checkup::Args),
    Export(cmd::export::Args),
    Clock(cmd::clock::Args),
    Token(cmd::token::Args),
    Erase(cmd::erase::Args),
    Witness(cmd::witness::Args),
    #[cfg(feature = "rehearsal")]
    Rehearse(cmd::rehearse::Args),
}

fn main() -> ExitCode {
    // Help is shown while the command line is parsed, so its language is looked for before.
    let early = Shell::new(Config::default(), early_lang().as_deref());
    let cli = match localised(&early).try_get_matches() {
        Ok(matches) => Cli::from_arg_matches(&matches),
        Err(error) => Err(error),
    };
    let cli = cli.unwrap_or_else(|error| error.exit());
    let config = match Config::read(cli.config.as_deref()) {
        Ok(config) => config,
        Err(bad) => {
            let args = [("file", bad.file.display().to_string()), ("why", bad.why)];
            let said = early.say("cli-bad-config", &args);
            return shell::exit(Err(shell::Trouble::Input(said)));
        }
    };
    config::start_log(&config);
    let shell = Shell::new(config, cli.lang.as_deref());
    shell::exit(match &cli.verb {
        Verb::Serve(args) => cmd::serve::run(&shell, args),
        Verb::Plan(args) => cmd::plan::run(&shell, args),
        Verb::Adopt(args) => cmd::adopt::run(&shell, args),
        Verb::Import(args) => cmd::import::run(&shell, args),
        Verb::Verify(args) => cmd::verify::run(&shell, args),
        Verb::Checkup(args) => cmd::checkup::run(&shell, args),
        Verb::Export(args) => cmd::export::run(&shell, args),
        Verb::Clock(args) => cmd::clock::run(&shell, args),
        Verb::Token(args) => cmd::token::run(&shell, args),
        Verb::Erase(args) => cmd::erase::run(&shell, args),
        Verb::Witness(args) => cmd::witness::run(&shell, args),
        #[cfg(feature = "rehearsal")]
        Verb::Rehearse(args) => cmd::rehearse::run(&shell, args),
    })
}

/// The value of `--lang` or `BIHUAN_LANG`, before anything is parsed.
fn early_lang() -> Option<String> {
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next();
        }
        if let Some(lang) = word.strip_prefix("--lang=") {
            return Some(lang.to_owned());
        }
    }
    std::env::var("BIHUAN_LANG").ok()
}

/// The command line with what it does said in the reader's language.
fn localised(shell: &Shell) -> clap::Command {
    let mut command = Cli::command().about(shell.say("help-about", &[]));
    let verbs: Vec<String> =
        command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for verb in verbs {
        let about = shell.say(&format!("help-{verb}"), &[]);
        command = command.mut_subcommand(verb, |verb| verb.about(about));
    }
    command
}
