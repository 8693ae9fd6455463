//! `bihuan import matters`: a ledger of problems, row by row, the way the pages take it too.

use super::import::{Args, unreadable};
use crate::shell::{Shell, Trouble};
use crate::store::{Desk, now};
use intake::{Against, Defaults, Entering, Field, KnownMatters, Mapping, Sheet, Table};
use rules::access::{self, Action};
use rules::ids::CampaignId;
use rules::matter::Source;
use rules::posts::Office;
use rules::record::{By, Now, Register};
use rules::role::Role;
use rules::signal::ProblemCode;
use std::collections::BTreeSet;
use web::{Coming, Importer};

/// What only a ledger of problems has.
#[derive(clap::Args)]
pub(crate) struct Ledger {
    /// The campaign that the matters belong to
    #[arg(long, value_name = "NUMBER")]
    campaign: Option<u32>,
    /// The worksheet; without it the one that looks most like a ledger
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Where all of it was found, if no column says so: one of the office's words for it
    #[arg(long, value_name = "WORD")]
    source: Option<String>,
    /// Whose problems they are, if no column says so
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Which of the sixteen they are, if no column says so: P11 to P44
    #[arg(long, value_name = "CODE")]
    problem: Option<String>,
    /// Old matters, whose limits may have passed
    #[arg(long)]
    historical: bool,
    /// Hand out rows that say all that it takes
    #[arg(long)]
    hand_out: bool,
}

pub(super) fn run(shell: &Shell, args: &Args, bytes: &[u8]) -> Result<(), Trouble> {
    let table = match &args.ledger.sheet {
        Some(name) => intake::table_of_sheet(bytes, name),
        None => intake::table(bytes),
    };
    let table = table.map_err(|fault| unreadable(shell, &fault))?;
    let dir = args.data.dir(shell);
    let desk = if args.dry_run {
        Desk { ledger: Desk::look(shell, &dir)?, today: now().office_day() }
    } else {
        Desk::open_or_found(shell, &dir)?
    };
    let register = desk.register();
    let by = desk.actor(shell, args.as_post.as_deref(), Role::CampaignOffice)?;
    let defaults = defaults(shell, &args.ledger, register.office())?;
    let mapping = mapping(shell, &table, &defaults)?;
    let reading = Reading { shell, args, table: &table, mapping: &mapping };
    let (coming, known, mut bad) = reading.judged(&desk, &register, (by, defaults))?;
    let before = desk.ledger.tree_head().0;
    let mut rows = coming.len();
    if !args.dry_run {
        let importer = Importer { by, today: desk.today, key: web::fresh_key() };
        for entered in web::enter(&desk.ledger, &importer, &coming) {
            let Some(why) = entered.why_not else { continue };
            reading.fault(&reading.row(entered.row, &shell.say(why.code(), &why.args())));
            rows -= usize::from(entered.matter.is_none());
            bad += 1;
        }
    }
    let entries = desk.ledger.tree_head().0 - before;
    let said = [
        ("rows", rows.to_string()),
        ("problems", bad.to_string()),
        ("known", known.to_string()),
        ("entries", entries.to_string()),
    ];
    let code = if args.dry_run { "cli-would-import-matters" } else { "cli-imported-matters" };
    shell.line(&shell.say(code, &said));
    if bad == 0 { Ok(()) } else { Err(Trouble::Told(1)) }
}

/// What the command line says of fields that no column gives.
fn defaults(shell: &Shell, ledger: &Ledger, office: &Office) -> Result<Defaults, Trouble> {
    let unknown =
        |text: &str| Trouble::Input(shell.say("cli-import-unknown", &[("text", text.to_owned())]));
    let source = |word: &String| {
        let found = Source::ALL.into_iter().find(|one| one.word() == word);
        found.ok_or_else(|| unknown(word))
    };
    let unit = |name: &String| office.unit_called(name).ok_or_else(|| unknown(name));
    let problem = |code: &String| ProblemCode::parse(code).ok_or_else(|| unknown(code));
    Ok(Defaults {
        problem: ledger.problem.as_ref().map(problem).transpose()?,
        unit: ledger.unit.as_ref().map(unit).transpose()?,
        source: ledger.source.as_ref().map(source).transpose()?,
    })
}

fn mapping(shell: &Shell, table: &Table, defaults: &Defaults) -> Result<Mapping, Trouble> {
    let mapping = table.guess();
    let missing = defaults.missing(&mapping);
    if missing.is_empty() {
        return Ok(mapping);
    }
    let names: Vec<String> = missing.iter().map(|field| shell.say(field.code(), &[])).collect();
    let fields = names.join(&shell.say("import-and", &[]));
    Err(Trouble::Input(shell.say("import-missing", &[("fields", fields)])))
}

/// A table that is being read.
struct Reading<'a> {
    shell: &'a Shell,
    args: &'a Args,
    table: &'a Table,
    mapping: &'a Mapping,
}

impl Reading<'_> {
    /// The rows that can come in; how many are matters of this log already, and how many are bad.
    fn judged(
        &self,
        desk: &Desk,
        register: &Register,
        (by, defaults): (By, Defaults),
    ) -> Result<(Vec<Coming>, usize, usize), Trouble> {
        let actor = register
            .office()
            .actor(by, desk.today)
            .map_err(|refusal| Trouble::Input(self.shell.say(refusal.code(), &refusal.args())))?;
        let matters = KnownMatters::of(register, |matter| {
            access::may(&actor, Action::See, &matter.thing()).is_ok()
        });
        let against = Against {
            office: register.office(),
            today: desk.today,
            known: &|title, unit| matters.find(title, unit),
            historical: self.args.ledger.historical,
            defaults,
        };
        let sheet = intake::matters(self.table, self.mapping, &against);
        let known = self.own_rows(desk, register);
        let mut bad = self.told(&sheet, &known);
        let entering = Entering {
            register,
            now: Now { by, today: desk.today, at: now() },
            campaign: self.args.ledger.campaign.map(CampaignId),
            hand_out: self.args.ledger.hand_out,
        };
        let mut coming = Vec::new();
        for placed in sheet.rows.into_iter().filter(|placed| !known.contains(&placed.row)) {
            let row = placed.row;
            match entering.plan(&placed.value) {
                Ok(entrance) => coming.push(Coming { row, commands: entrance.commands }),
                Err(refusal) => {
                    let why = self.shell.say(refusal.code(), &refusal.args());
                    self.fault(&self.row(row, &why));
                    bad += 1;
                }
            }
        }
        Ok((coming, known.len(), bad))
    }

    /// Rows whose 标识 names a matter of this log.
    fn own_rows(&self, desk: &Desk, register: &Register) -> BTreeSet<u32> {
        let Some(column) = self.mapping.column(Field::Id) else { return BTreeSet::new() };
        let is_own = |row: &u32| {
            let text = self.table.cell(*row, column).text;
            let id = intake::matter_named(text, desk.ledger.origin());
            id.is_some_and(|id| register.matter(id).is_some())
        };
        self.table.rows().filter(is_own).collect()
    }

    /// Says every fault and every cell that was understood. Gives how many rows are bad.
    fn told<T>(&self, sheet: &Sheet<T>, known: &BTreeSet<u32>) -> usize {
        for problem in sheet.problems.iter().filter(|problem| !known.contains(&problem.row)) {
            self.fault(&self.shell.say(problem.code(), &problem.args()));
        }
        for remark in sheet.remarks.iter().filter(|remark| !known.contains(&remark.row)) {
            let what = self.shell.say(remark.code(), &remark.args());
            let (row, column) = (remark.row.to_string(), remark.column.clone());
            let args = [("row", row), ("column", column), ("what", what)];
            self.fault(&self.shell.say("cli-import-remark", &args));
        }
        let good: BTreeSet<u32> = sheet.rows.iter().map(|placed| placed.row).collect();
        let bad = self.table.rows().filter(|row| !good.contains(row) && !known.contains(row));
        if sheet.unlisted > 0 {
            let args = [("count", sheet.unlisted.to_string())];
            self.fault(&self.shell.say("cli-import-unlisted", &args));
        }
        bad.count()
    }

    fn row(&self, row: u32, why: &str) -> String {
        let args = [("row", row.to_string()), ("why", why.to_owned())];
        self.shell.say("cli-import-row", &args)
    }

    /// Prints a sentence behind the file and the worksheet that it is about.
    fn fault(&self, said: &str) {
        let file = self.args.file.display().to_string();
        let mut args = vec![("file", file), ("said", said.to_owned())];
        let sheet = self.table.sheet();
        args.extend(sheet.map(|sheet| ("sheet", sheet.to_owned())));
        let code = if sheet.is_some() { "cli-import-in-sheet" } else { "cli-import-in-file" };
        self.shell.line(&self.shell.say(code, &args));
    }
}
