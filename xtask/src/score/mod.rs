//! `cargo xtask score`: how well `bihuan plan` reads plans that a person has annotated.
//!
//! Node F1: the same start and level. Item F1: the same type and spans that share at least half of
//! what they cover together, one to one. Field F1: (item, field, value) on matched items; gold items
//! that were not matched count as misses. `crates/rules/tests/plans/README.md` says how to annotate.

mod compare;

use crate::shell;
use compare::{Count, Reading, compare};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const OWN_PLANS: &str = "crates/rules/tests/plans";
const FIGURES: [&str; 3] = ["node", "item", "field"];

struct Options {
    gold: PathBuf,
    plans: PathBuf,
    program: Option<PathBuf>,
    bars: [f64; 3],
    verbose: bool,
    json: bool,
}

impl Options {
    fn read(rest: &[String]) -> Result<Options, String> {
        let own = shell::root().join(OWN_PLANS);
        let (mut gold, mut plans, mut program) = (None, None, None);
        let mut bars = [0.99, 0.97, 0.96];
        let (mut verbose, mut json) = (false, false);
        let mut words = rest.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--gold" => gold = Some(PathBuf::from(value()?)),
                "--plans" => plans = Some(PathBuf::from(value()?)),
                "--program" => program = Some(PathBuf::from(value()?)),
                "--bars" => bars = read_bars(value()?)?,
                "--verbose" => verbose = true,
                "--json" => json = true,
                _ => return Err(format!("score does not know {word}")),
            }
        }
        // A gold folder lies inside the folder of its plans.
        let plans = plans.or_else(|| gold.as_deref().and_then(Path::parent).map(Path::to_owned));
        let gold = gold.unwrap_or_else(|| own.join("gold"));
        Ok(Options { gold, plans: plans.unwrap_or(own), program, bars, verbose, json })
    }
}

fn read_bars(text: &str) -> Result<[f64; 3], String> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(str::parse).collect();
    numbers.ok().and_then(|list| list.try_into().ok()).ok_or_else(|| {
        format!(
            "--bars takes three numbers, node, item and field, such as 0.99,0.97,0.96; not {text}"
        )
    })
}

/// Reads every annotated plan with the program and compares.
///
/// # Errors
/// A last line when a bar does not hold, a plan is missing or the program fails.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    let options = Options::read(rest)?;
    let program = match &options.program {
        Some(program) => program.clone(),
        None => build()?,
    };
    let mut total = [Count::default(); 3];
    let mut slowest_ms = 0;
    for path in gold_files(&options.gold)? {
        let gold: Value = read_json(&path)?;
        let name = gold["plan"].as_str().unwrap_or_default().to_owned();
        let plan = options.plans.join(&name);
        annotation_fits(&gold, &plan)?;
        let (read, took_ms) = read_plan(&program, &plan, gold["doc"]["year"].as_str())?;
        slowest_ms = slowest_ms.max(took_ms);
        let found = compare(&Reading::of(&gold), &Reading::of(&read));
        for (sum, one) in total.iter_mut().zip(found.counts) {
            sum.add(one);
        }
        if options.verbose {
            found.differences.iter().for_each(|line| shell::line(&format!("   {line}")));
        }
        if !options.json {
            let figures: Vec<String> = FIGURES
                .iter()
                .zip(found.counts)
                .map(|(figure, count)| format!("{figure} {:.3}", count.f1()))
                .collect();
            shell::line(&format!("{name:32} {}", figures.join(" ")));
        }
    }
    conclude(&options, &total, slowest_ms)
}

fn conclude(options: &Options, total: &[Count; 3], slowest_ms: u128) -> Result<(), String> {
    let mut short = Vec::new();
    for ((figure, count), bar) in FIGURES.iter().zip(total).zip(options.bars) {
        let (value, n) = (count.f1(), count.expected());
        if options.json {
            let line = json!({"name": format!("plan_{figure}_f1"), "value": value, "unit": "1", "n": n, "limit": bar});
            shell::line(&line.to_string());
        } else {
            shell::line(&format!("{figure} F1 {value:.3} (bar {bar}, {n} in the annotation)"));
        }
        if value < bar {
            short.push(*figure);
        }
    }
    if !options.json {
        shell::line(&format!("slowest plan: {slowest_ms} ms with the start of the program"));
    }
    if short.is_empty() { Ok(()) } else { Err(format!("score falls short: {}", short.join(", "))) }
}

fn build() -> Result<PathBuf, String> {
    shell::run(shell::cargo(&["build", "--quiet", "--release", "-p", "bihuan"]))?;
    let metadata = shell::metadata(&shell::root())?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target")?;
    Ok(Path::new(target).join("release").join("bihuan"))
}

fn gold_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    if files.is_empty() {
        Err(format!("no annotated plan in {}", folder.display()))
    } else {
        Ok(files)
    }
}

fn read_json(path: &Path) -> Result<Value, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// An annotation that quotes other words than the plan has would measure nothing.
fn annotation_fits(gold: &Value, plan: &Path) -> Result<(), String> {
    let bytes = std::fs::read(plan).map_err(|error| format!("{}: {error}", plan.display()))?;
    let text: Vec<char> = String::from_utf8_lossy(&bytes).chars().collect();
    for item in Reading::of(gold).items {
        let quoted: Option<String> =
            text.get(item.start..item.end).map(|span| span.iter().collect());
        if quoted.as_deref() != Some(item.text.as_str()) {
            return Err(format!(
                "{}: the annotation of {:?} does not fit the text at {}..{}",
                plan.display(),
                item.text,
                item.start,
                item.end
            ));
        }
    }
    Ok(())
}

fn read_plan(program: &Path, plan: &Path, year: Option<&str>) -> Result<(Value, u128), String> {
    let began = Instant::now();
    let mut command = Command::new(program);
    command.arg("plan").arg(plan).arg("--json");
    command.args(year.map(|year| format!("--year={year}")));
    let output = command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    let took_ms = began.elapsed().as_millis();
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}: {}", shell::spoken(&command), why.trim()));
    }
    let read = serde_json::from_slice(&output.stdout);
    Ok((read.map_err(|error| format!("{}: {error}", shell::spoken(&command)))?, took_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_annotations_fit_their_plans() {
        let plans = shell::root().join(OWN_PLANS);
        let files = gold_files(&plans.join("gold")).unwrap();
        assert!(files.len() >= 2);
        for path in files {
            let gold = read_json(&path).unwrap();
            annotation_fits(&gold, &plans.join(gold["plan"].as_str().unwrap())).unwrap();
            let own = compare(&Reading::of(&gold), &Reading::of(&gold));
            assert!(own.counts.iter().all(|count| (count.f1() - 1.0).abs() < 1e-9));
            assert!(own.differences.is_empty(), "{:?}", own.differences);
        }
    }

    #[test]
    fn an_annotation_of_other_words_is_refused() {
        let gold = json!({"scope": [0, 9], "nodes": [],
            "items": [{"type": "task", "start": 0, "end": 2, "text": "other", "fields": {}}]});
        assert!(annotation_fits(&gold, &shell::root().join("Cargo.toml")).is_err());
    }

    #[test]
    fn options_are_read_or_refused() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let options = Options::read(&words("--gold a/gold --bars 0.9,0.8,0.7 --verbose")).unwrap();
        assert_eq!((options.plans, options.bars), (PathBuf::from("a"), [0.9, 0.8, 0.7]));
        for line in ["--gold", "--bars 1", "--what"] {
            assert!(Options::read(&words(line)).is_err(), "{line}");
        }
    }
}
