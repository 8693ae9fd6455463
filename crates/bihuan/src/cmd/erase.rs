//! `bihuan erase`: asks for erasures, carries out approved ones, lists what is due. Two persons are
//! needed as everywhere: whoever asks does not approve.

use crate::shell::{Shell, Trouble};
use crate::store::Desk;
use ledger::accounts::Accounts;
use ledger::{Chance, LedgerFault};
use rules::erasure::{Command as Deal, Ground, Subject};
use rules::ids::ErasureId;
use rules::record::{Command, Stream};
use rules::role::Role;
use rules::text::Words;
use std::path::Path;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// matter/12, person/7, file/…; or: approve NO
    #[arg(value_name = "SUBJECT", num_args = 0..=2)]
    what: Vec<String>,
    /// The legal ground: purpose-met, retention-ended, consent-withdrawn, unlawful or other-law
    #[arg(long, value_name = "GROUND")]
    ground: Option<String>,
    /// Why, without personal details: it stays in the log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The ended matters whose retention in the policy is over
    #[arg(long)]
    due: bool,
    /// Write nothing
    #[arg(long)]
    dry_run: bool,
    /// The post that acts; by default the first with the role for it
    #[arg(long = "as", value_name = "POST")]
    post: Option<String>,
    #[command(flatten)]
    data: super::Data,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let dir = args.data.dir(shell);
    if !dir.join("ledger.db").exists() {
        let said = [("dir", dir.display().to_string())];
        return Err(Trouble::Input(shell.say("cli-no-ledger", &said)));
    }
    let desk = Desk::open_or_found(shell, &dir)?;
    let words: Vec<&str> = args.what.iter().map(String::as_str).collect();
    match (&words[..], args.due) {
        ([], true) => due(shell, args, &desk),
        (["approve", number], false) => approve(shell, args, &desk, &dir, number),
        ([subject], false) => {
            let subject = Subject::parse(subject).ok_or_else(|| {
                let said = [("text", (*subject).to_owned())];
                Trouble::Input(shell.say("cli-erase-not-a-subject", &said))
            })?;
            let ground = ground(shell, args.ground.as_deref())?;
            let reason = Words::new(args.reason.as_deref().unwrap_or_default());
            ask(shell, args, &desk, subject, Deal::Ask { subject, ground, reason })?;
            dry(shell, args);
            Ok(())
        }
        _ => Err(Trouble::Input(shell.say("cli-erase-usage", &[]))),
    }
}

fn ground(shell: &Shell, told: Option<&str>) -> Result<Ground, Trouble> {
    let name = |ground: &Ground| ground.code().trim_start_matches("ground-").to_owned();
    let told = told.ok_or_else(|| Trouble::Input(shell.say("cli-erase-usage", &[])))?;
    let found = Ground::ALL.into_iter().find(|ground| name(ground) == told);
    found.or_else(|| Ground::from_word(told)).ok_or_else(|| {
        let known = Ground::ALL.iter().map(name).collect::<Vec<_>>().join(", ");
        let said = [("text", told.to_owned()), ("known", known)];
        Trouble::Input(shell.say("cli-erase-not-a-ground", &said))
    })
}

fn dry(shell: &Shell, args: &Args) {
    if args.dry_run {
        shell.line(&shell.say("cli-erase-dry", &[]));
    }
}

/// Asks; in a dry run the rules are asked whether they would take it.
fn ask(
    shell: &Shell,
    args: &Args,
    desk: &Desk,
    subject: Subject,
    deal: Deal,
) -> Result<(), Trouble> {
    let sealed = match subject {
        Subject::Matter(id) => desk.register().matter(id).is_some_and(|matter| matter.sealed),
        Subject::Person(_) | Subject::File(_) => false,
    };
    let role = if sealed { Role::Receiver } else { Role::CampaignOffice };
    let by = desk.actor(shell, args.post.as_deref(), role)?;
    let command = Command::Erasure(None, deal);
    let erasure = desk.register().next_erasure();
    if args.dry_run {
        let now = rules::record::Now { by, today: desk.today, at: crate::store::now() };
        let judged = rules::record::decide(&desk.register(), &command, &now);
        judged.map_err(|refusal| Trouble::Input(shell.say(refusal.code(), &refusal.args())))?;
    } else {
        desk.submit(shell, by, command)?;
    }
    let said = [("erasure", erasure.to_string()), ("subject", subject.to_string())];
    shell.line(&shell.say("cli-erase-asked", &said));
    Ok(())
}

fn due(shell: &Shell, args: &Args, desk: &Desk) -> Result<(), Trouble> {
    let register = desk.register();
    let due: Vec<Subject> = register.due_for_erasure(desk.today).collect();
    for subject in &due {
        shell.line(&shell.say("cli-erase-due", &[("subject", subject.to_string())]));
        if !args.dry_run {
            let reason = Words::new(shell.say("cli-erase-due-reason", &[]));
            let ground = Ground::RetentionEnded;
            ask(shell, args, desk, *subject, Deal::Ask { subject: *subject, ground, reason })?;
        }
    }
    shell.line(&shell.say("cli-erase-due-count", &[("count", due.len().to_string())]));
    dry(shell, args);
    Ok(())
}

fn approve(
    shell: &Shell,
    args: &Args,
    desk: &Desk,
    dir: &Path,
    number: &str,
) -> Result<(), Trouble> {
    let id = number.parse().map(ErasureId);
    let id = id.map_err(|_| Trouble::Input(shell.say("cli-erase-usage", &[])))?;
    let by = desk.actor(shell, args.post.as_deref(), Role::SecurityAdmin)?;
    let command = Command::Erasure(Some(id), Deal::Approve);
    if args.dry_run {
        let now = rules::record::Now { by, today: desk.today, at: crate::store::now() };
        let judged = rules::record::decide(&desk.register(), &command, &now);
        judged.map_err(|refusal| Trouble::Input(shell.say(refusal.code(), &refusal.args())))?;
        dry(shell, args);
        return Ok(());
    }
    desk.submit(shell, by, command)?;
    let fault = |fault: LedgerFault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
    desk.ledger.settle_erasures().map_err(fault)?;
    let accounts = Accounts::open(dir, Chance::System).map_err(fault)?;
    accounts.forget_erased(&desk.register()).map_err(fault)?;
    let destroyed = desk.ledger.destroyed(id).map_err(fault)?.unwrap_or_default();
    let said = [
        ("erasure", id.to_string()),
        ("values", destroyed.values.to_string()),
        ("files", destroyed.files.to_string()),
        ("subject", Stream::Erasure(id).to_string()),
    ];
    shell.line(&shell.say("cli-erase-done", &said));
    Ok(())
}
