//! `bihuan token`: a token of the API for a script, with the rights of a post's holder.

use crate::shell::{Shell, Trouble};
use crate::store::{Desk, now};
use ledger::Chance;
use ledger::accounts::Accounts;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The post whose holder the script acts as
    #[arg(long = "as", value_name = "POST")]
    post: String,
    /// What the token is for, as its owner will see it
    #[arg(long, value_name = "TEXT", default_value = "script")]
    name: String,
    /// Days until it ends
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u32,
    #[command(flatten)]
    data: super::Data,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let dir = args.data.dir(shell);
    let fault = |fault: ledger::LedgerFault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
    let ledger = Desk::look(shell, &dir)?;
    let register = ledger.now();
    // A demonstration may be of another day than the machine's; a post is held on the log's day.
    let today = register
        .office()
        .posts()
        .flat_map(|(_, post)| post.appointments.iter())
        .fold(now().office_day(), |today, appointment| today.max(appointment.from));
    let by = match args.post.parse() {
        Ok(number) => holder(shell, &register, rules::ids::PostId(number), today)?,
        Err(_) => rules::diary::actor(&args.post, today, &register)
            .map_err(|misread| Trouble::Input(shell.say(misread.code(), &misread.args())))?,
    };
    let Some(post) = by.post else {
        return Err(Trouble::Input(shell.say("refusal-no-post", &[])));
    };
    let accounts = Accounts::open(&dir, Chance::System).map_err(fault)?;
    let token =
        accounts.issue_token(by.account, post, &args.name, now(), args.days).map_err(fault)?;
    shell.line(&token);
    Ok(())
}

fn holder(
    shell: &Shell,
    register: &rules::register::Register,
    post: rules::ids::PostId,
    today: rules::calendar::Day,
) -> Result<rules::record::By, Trouble> {
    let known = register.office().post(post);
    let person = known.and_then(|known| known.holder(today));
    let person = person.ok_or_else(|| {
        Trouble::Input(shell.say("refusal-vacant", &[("post", post.to_string())]))
    })?;
    Ok(rules::record::By::person_at(person, post))
}
