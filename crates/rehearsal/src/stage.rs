//! Directives: lines that begin with `@` set the stage or look at what has become of it.

use rules::calendar::Day;
use rules::campaign;
use rules::ids::EvidenceId;
use rules::matter::Proof;
use rules::text::Words;
use rules::{basis, posts, record};
use std::collections::BTreeMap;
use std::fmt;

/// Reads a file that a diary names.
pub type Files<'a> = dyn Fn(&str) -> std::io::Result<Vec<u8>> + 'a;

/// Why a rehearsal could not go on: the line, and what is wrong there.
#[derive(Debug)]
pub struct Stumble {
    /// From 1.
    pub line: usize,
    pub why: Why,
}

/// What is wrong with a line, as codes for `words`.
#[derive(Debug)]
pub struct Why {
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Why {
    pub(crate) fn new(code: &'static str, args: Vec<(&'static str, String)>) -> Self {
        Self { code, args }
    }
}

impl fmt::Display for Stumble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why.code)
    }
}

impl std::error::Error for Stumble {}

/// Reads a file or says that it cannot be read.
pub(crate) fn file(files: &Files<'_>, name: &str) -> Result<Vec<u8>, Why> {
    files(name).map_err(|error| {
        Why::new("rehearsal-no-file", vec![("file", name.into()), ("why", error.to_string())])
    })
}

/// A staff list as a command.
pub(crate) fn staff(bytes: &[u8]) -> Result<record::Command, Why> {
    let sheet = intake::posts(bytes).map_err(|fault| Why::new(fault.code(), fault.args()))?;
    if let Some(problem) = sheet.problems.first() {
        return Err(Why::new(problem.code(), problem.args()));
    }
    let lines = sheet.rows.into_iter().map(|row| row.value.into()).collect();
    Ok(record::Command::Office(posts::Command::Enrol { lines }))
}

/// A notice as a command.
pub(crate) fn notice(bytes: &[u8], title: &str) -> Result<record::Command, Why> {
    let sheet =
        intake::calendar_notice(bytes).map_err(|fault| Why::new(fault.code(), fault.args()))?;
    if let Some(problem) = sheet.problems.first() {
        return Err(Why::new(problem.code(), problem.args()));
    }
    let days = sheet.rows.into_iter().map(|row| row.value.into()).collect();
    let title = Words::new(title);
    Ok(record::Command::Basis(basis::Command::AdoptCalendar { days, title }))
}

/// A policy as a command.
pub(crate) fn policy(bytes: &[u8]) -> Result<record::Command, Why> {
    let policy =
        intake::policy::policy(bytes).map_err(|fault| Why::new(fault.code(), fault.args()))?;
    Ok(record::Command::Basis(basis::Command::AdoptPolicy { policy: Box::new(policy) }))
}

/// A plan, kept and read, as a command that adopts it on `today`.
pub(crate) fn plan(
    bytes: &[u8],
    ledger: &ledger::Ledger,
    today: Day,
) -> Result<record::Command, Why> {
    let kept = keep(bytes, ledger)?;
    let draft = draft(bytes, kept, ledger.now().office(), today)?;
    Ok(record::Command::Campaign(None, campaign::Command::Adopt { draft }))
}

/// Keeps a file.
pub(crate) fn keep(bytes: &[u8], ledger: &ledger::Ledger) -> Result<Proof, Why> {
    let kept = ledger.keep(bytes).map_err(|fault| Why::new(fault.code(), fault.args()))?;
    Ok(Proof::Kept { id: EvidenceId(kept.id.0), plain: kept.plain })
}

/// Keeps a file under the name with which it is handed in.
pub(crate) fn keep_as(name: &str, bytes: &[u8], ledger: &ledger::Ledger) -> Result<Proof, Why> {
    let kept = ledger.keep(bytes).map_err(|fault| Why::new(fault.code(), fault.args()))?;
    Ok(Proof::File { id: EvidenceId(kept.id.0), plain: kept.plain, name: Words::new(name) })
}

/// A plan that was kept, as a draft to be adopted on `today`.
pub(crate) fn draft(
    bytes: &[u8],
    kept: Proof,
    office: &posts::Office,
    today: Day,
) -> Result<campaign::Draft, Why> {
    let document = intake::document(bytes).map_err(|fault| Why::new(fault.code(), fault.args()))?;
    Ok(campaign::draft(&rules::plan::read(&document.text, None), kept, today, office))
}

/// Keeps the files that an act names as `文件:名称` and puts their addresses in their place.
pub(crate) fn keep_named_files(
    act: &str,
    files: &Files<'_>,
    ledger: &ledger::Ledger,
) -> Result<(String, BTreeMap<EvidenceId, Proof>), Why> {
    let (mut text, mut kept) = (act.to_owned(), BTreeMap::new());
    for word in act.split_whitespace().filter_map(|word| word.strip_prefix("文件:")) {
        let name = word.rsplit('/').next().unwrap_or(word);
        let proof = keep_as(name, &file(files, word)?, ledger)?;
        let Proof::File { id, .. } = proof else { continue };
        text = text.replace(&format!("文件:{word}"), &format!("附件:{id}"));
        kept.insert(id, proof);
    }
    Ok((text, kept))
}

/// Puts the kept files themselves, with name and sealed hash, where a command has addresses only:
/// a diary can name no more of them.
pub(crate) fn fill_files(command: &mut record::Command, kept: &BTreeMap<EvidenceId, Proof>) {
    use rules::matter::Command::{KeepCheckpoint, ReportDone, Resubmit};
    let record::Command::Matter(_, command) = command else { return };
    let fill = |proof: &mut Proof| {
        if let Proof::Kept { id, .. } = proof
            && let Some(known) = kept.get(id)
        {
            *proof = known.clone();
        }
    };
    if let ReportDone { proof, more, mechanism, .. } = command {
        fill(proof);
        more.iter_mut().chain(mechanism).for_each(fill);
    } else if let KeepCheckpoint { proof } | Resubmit { proof, .. } = command {
        fill(proof);
    }
}
