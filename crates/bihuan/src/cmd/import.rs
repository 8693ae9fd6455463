//! `bihuan import`: staff lists, ledgers of problems, notices of days off, figures. One bad row never
//! loses the others.

use crate::shell::{Shell, Trouble};
use crate::store::{Desk, file};
use clap::ValueEnum;
use intake::{RowProblem, Sheet};
use rules::basis;
use rules::posts;
use rules::record::Command;
use rules::role::Role;
use rules::text::Words;
use std::path::PathBuf;

/// What is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Units, posts and people (CSV)
    Posts,
    /// A ledger of problems (.xlsx, CSV)
    Matters,
    /// A notice of days off (CSV)
    Calendar,
    /// The bureau's own figures (TOML)
    Policy,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What the file holds
    #[arg(value_enum)]
    kind: Kind,
    /// The file
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) data: super::Data,
    /// The post that imports; without it the first post with the right to
    #[arg(long = "as", value_name = "POST")]
    pub(super) as_post: Option<String>,
    /// Read and judge the file, write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) ledger: super::import_matters::Ledger,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let bytes = file(shell, &args.file)?;
    let (rows, command, role, problems) = match args.kind {
        Kind::Posts => {
            let sheet = intake::posts(&bytes).map_err(|fault| unreadable(shell, &fault))?;
            let (lines, problems) = taken(sheet);
            let rows = lines.len();
            let lines = lines.into_iter().map(Into::into).collect();
            let command = Command::Office(posts::Command::Enrol { lines });
            (rows, command, Role::SystemAdmin, problems)
        }
        Kind::Matters => return super::import_matters::run(shell, args, &bytes),
        Kind::Calendar => {
            let sheet =
                intake::calendar_notice(&bytes).map_err(|fault| unreadable(shell, &fault))?;
            let (days, problems) = taken(sheet);
            let rows = days.len();
            let days = days.into_iter().map(Into::into).collect();
            let name = args.file.file_stem().unwrap_or_default().to_string_lossy();
            let title = Words::new(name);
            let command = Command::Basis(basis::Command::AdoptCalendar { days, title });
            (rows, command, Role::CampaignOffice, problems)
        }
        Kind::Policy => {
            let policy = intake::policy::policy(&bytes).map_err(|fault| {
                let all = fault.problems.iter();
                let said: Vec<_> = all.map(|one| shell.say(one.code(), &one.args())).collect();
                Trouble::Input(said.join("\n"))
            })?;
            let policy = Box::new(policy);
            let command = Command::Basis(basis::Command::AdoptPolicy { policy });
            (1, command, Role::CampaignOffice, vec![])
        }
    };
    for problem in &problems {
        shell.line(&shell.say(problem.code(), &problem.args()));
    }
    let entries = if args.dry_run || rows == 0 {
        0
    } else {
        let desk = Desk::open_or_found(shell, &args.data.dir(shell))?;
        let by = desk.actor(shell, args.as_post.as_deref(), role)?;
        desk.submit(shell, by, command)?.count
    };
    let said = [
        ("rows", rows.to_string()),
        ("problems", problems.len().to_string()),
        ("entries", entries.to_string()),
    ];
    let code = if args.dry_run { "cli-would-import" } else { "cli-imported" };
    shell.line(&shell.say(code, &said));
    // Good rows went in; the status still says that some did not.
    if problems.is_empty() { Ok(()) } else { Err(Trouble::Told(1)) }
}

fn taken<T>(sheet: Sheet<T>) -> (Vec<T>, Vec<RowProblem>) {
    (sheet.rows.into_iter().map(|row| row.value).collect(), sheet.problems)
}

pub(super) fn unreadable(shell: &Shell, fault: &intake::NotATable) -> Trouble {
    Trouble::Input(shell.say(fault.code(), &fault.args()))
}
