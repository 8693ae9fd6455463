//! 闭环, the program: configuration, the only clock, the command line.

mod cmd;
mod shell;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// 闭环 Bihuan: turns a plan against bad work style into work that is really finished.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    /// Language of messages: zh or en; without it, the locale decides.
    #[arg(long, global = true, value_name = "zh|en")]
    lang: Option<String>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Read a plan and print its decomposition (读方案)
    Plan(cmd::plan::Args),
    /// Count a limit and explain it day by day (算期限)
    Clock(cmd::clock::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let shell = shell::Shell::new(cli.lang.as_deref());
    let done = match &cli.verb {
        Verb::Plan(args) => cmd::plan::run(&shell, args),
        Verb::Clock(args) => cmd::clock::run(&shell, args),
    };
    shell.exit(done)
}
