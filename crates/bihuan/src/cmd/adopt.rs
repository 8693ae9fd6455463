//! `bihuan adopt`: reads a plan and makes it a campaign.

use crate::shell::{Shell, Trouble};
use crate::store::{Desk, file, plan};
use rules::campaign;
use rules::ids::EvidenceId;
use rules::matter::Proof;
use rules::record::{Command, Stream};
use rules::role::Role;
use rules::text::Words;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The plan's document
    file: PathBuf,
    #[command(flatten)]
    data: super::Data,
    /// The post that adopts; without it the first post of the campaign office
    #[arg(long = "as", value_name = "POST")]
    as_post: Option<String>,
    /// The year of days printed without one
    #[arg(long, value_name = "YYYY")]
    year: Option<i32>,
    /// Why it is no repeated supervision, when it overlaps with another campaign
    #[arg(long, value_name = "TEXT")]
    overlap_reason: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let bytes = file(shell, &args.file)?;
    let (document, plan) = plan(shell, &bytes, args.year)?;
    let desk = Desk::open_or_found(shell, &args.data.dir(shell))?;
    let by = desk.actor(shell, args.as_post.as_deref(), Role::CampaignOffice)?;
    let kept = desk
        .ledger
        .keep(&bytes)
        .map_err(|fault| Trouble::Fault(shell.say(fault.code(), &fault.args())))?;
    let proof = Proof::Kept { id: EvidenceId(kept.id.0), plain: kept.plain };
    let mut draft = campaign::draft(&plan, proof, desk.today, desk.register().office());
    draft.overlap_reason = args.overlap_reason.as_ref().map(Words::new);
    let named = draft.problems.iter().filter(|problem| problem.problem.is_some()).count();
    let (problems, tasks) = (draft.problems.len(), draft.tasks.len());
    let receipt =
        desk.submit(shell, by, Command::Campaign(None, campaign::Command::Adopt { draft }))?;
    let Some(Stream::Campaign(id)) = receipt.stream else {
        return Err(Trouble::Fault(shell.say("cli-no-receipt", &[])));
    };
    if args.json {
        let report = serde_json::json!({
            "campaign": id.0, "problems": problems, "of_the_sixteen": named, "tasks": tasks,
            "entries": receipt.count, "first_entry": receipt.seq,
        });
        shell.line(&report.to_string());
        return Ok(());
    }
    let said = [
        ("no", id.to_string()),
        ("problems", problems.to_string()),
        ("named", named.to_string()),
        ("tasks", tasks.to_string()),
        ("entries", receipt.count.to_string()),
    ];
    shell.line(&shell.say("cli-adopted", &said));
    for note in &document.notes {
        shell.line(&shell.say(note.code(), &note.args()));
    }
    if desk.register().office().is_empty() {
        shell.line(&shell.say("cli-no-posts-yet", &[]));
    }
    Ok(())
}
