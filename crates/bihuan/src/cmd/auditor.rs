//! What goes out to an auditor or to the person concerned, and comes back to be checked: the
//! certificate of an erasure, and the disclosure of one matter.

use crate::shell::{Shell, Trouble};
use ledger::disclosure::Disclosure;
use ledger::{Fault, Ledger, LedgerFault, VerifyOptions};
use rules::erasure::Stage;
use rules::ids::{ErasureId, MatterId};
use rules::record::Stream;
use std::path::Path;

/// 删除证明, as JSON. The whole store is verified first: a certificate of a store that does not
/// hold together would be worth nothing.
pub(crate) fn certificate(
    shell: &Shell,
    ledger: &Ledger,
    id: Option<u32>,
) -> Result<String, Trouble> {
    let input = |code: &str, args: &words::Args<'_>| Trouble::Input(shell.say(code, args));
    let id = id.map(ErasureId).ok_or_else(|| input("cli-no-erasure-number", &[]))?;
    let fault = |fault: LedgerFault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
    let not_yet = || input("cli-not-erased-yet", &[("erasure", id.to_string())]);
    let certificate = ledger.erasure_certificate(id).map_err(fault)?.ok_or_else(not_yet)?;
    let register = ledger.now();
    let erasure = register.erasure(id).ok_or_else(not_yet)?;
    let Stage::Approved { by, .. } = &erasure.stage else { return Err(not_yet()) };
    let verified = ledger::verify(ledger.dir(), VerifyOptions::default());
    let verified =
        verified.map_err(|fault| Trouble::Fault(shell.say(fault.code(), &fault.args())))?;
    let report = serde_json::json!({
        "format": "bihuan-erasure/1",
        "origin": ledger.origin(),
        "erasure": id.0,
        "subject": erasure.subject.to_string(),
        "ground": shell.say(erasure.ground.code(), &[]),
        "asked_on": erasure.asked.on,
        "asked_by_post": erasure.asked.post,
        "approved_on": by.on,
        "approved_by_post": by.post,
        "entry": certificate.seq,
        "leaf_hash": certificate.hash.hex(),
        "log_size": certificate.proof.size,
        "root": certificate.proof.root.hex(),
        "path": certificate.proof.path.iter().map(ledger::Hash::hex).collect::<Vec<_>>(),
        "values_destroyed": certificate.destroyed.values,
        "files_destroyed": certificate.destroyed.files,
        "verified_events": verified.events,
        "verified_root": verified.root.hex(),
    });
    serde_json::to_string_pretty(&report).map_err(|error| unwritten(shell, &error))
}

fn unwritten(shell: &Shell, error: &serde_json::Error) -> Trouble {
    let said = [("file", String::new()), ("why", error.to_string())];
    Trouble::Fault(shell.say("cli-cannot-write", &said))
}

/// One matter with the values chosen by name, for an auditor. Sealed matters are not given out.
pub(crate) fn disclosure(
    shell: &Shell,
    ledger: &Ledger,
    matter: Option<u32>,
    show: Option<&[String]>,
) -> Result<String, Trouble> {
    let missing = || Trouble::Input(shell.say("cli-no-matter-number", &[]));
    let id = matter.map(MatterId).ok_or_else(missing)?;
    if ledger.now().matter(id).is_none_or(|matter| matter.sealed) {
        let refusal = rules::Refusal::NoSuchMatter(id);
        return Err(Trouble::Input(shell.say(refusal.code(), &refusal.args())));
    }
    let chosen = |name: &str| show.is_none_or(|names| names.iter().any(|known| known == name));
    let disclosure = ledger.disclose(Stream::Matter(id), chosen);
    let disclosure =
        disclosure.map_err(|fault| Trouble::Fault(shell.say(fault.code(), &fault.args())))?;
    serde_json::to_string_pretty(&disclosure).map_err(|error| unwritten(shell, &error))
}

/// Checks a disclosure without any data directory and says what it shows and what it withholds.
pub(crate) fn verify(shell: &Shell, path: &Path) -> Result<(), Trouble> {
    let bytes = crate::store::file(shell, path)?;
    let fault = |fault: Fault| Trouble::Fault(shell.say(fault.code(), &fault.args()));
    let read = Disclosure::read(&String::from_utf8_lossy(&bytes)).map_err(fault)?;
    let checked = read.check().map_err(fault)?;
    let (mut shown, mut withheld) = (0, 0);
    for entry in &checked {
        shown += entry.shown.len();
        withheld += entry.withheld;
        let event = format!("event-{}", entry.kind.replace('_', "-"));
        let known = words::knows(shell.lang, &event);
        let said = [
            ("seq", entry.seq.to_string()),
            ("kind", if known { shell.say(&event, &[]) } else { entry.kind.clone() }),
            ("shown", entry.shown.len().to_string()),
            ("withheld", entry.withheld.to_string()),
        ];
        shell.line(&shell.say("cli-disclosed-entry", &said));
        for (name, value) in &entry.shown {
            let said = [("name", name.clone()), ("value", value.clone())];
            shell.line(&shell.say("cli-disclosed-value", &said));
        }
    }
    let said = [
        ("stream", read.stream.clone()),
        ("entries", checked.len().to_string()),
        ("shown", shown.to_string()),
        ("withheld", withheld.to_string()),
        ("size", read.size.to_string()),
        ("root", read.root.clone()),
    ];
    shell.line(&shell.say("cli-disclosed", &said));
    shell.line(&shell.say("cli-disclosed-hint", &[]));
    Ok(())
}
