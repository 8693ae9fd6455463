//! `bihuan clock`: counts a limit and, when asked, explains it day by day.

use crate::shell::{Shell, Trouble};
use rules::calendar::{Calendar, Counted, Day, Length, Roll, Step, Unit};
use serde::Serialize;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The day the limit begins on, YYYY-MM-DD; it does not count itself
    #[arg(value_name = "DATE")]
    date: String,
    /// 5wd (working days), 15d (natural days) or 1m (months)
    #[arg(value_name = "LENGTH")]
    length: String,
    /// What a last day off becomes: none, statutory or any-day-off [default: statutory for days
    /// and months, none for working days]
    #[arg(long, value_name = "RULE")]
    roll: Option<String>,
    /// List every day and why it counted or not
    #[arg(long)]
    explain: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What was asked, understood.
struct Limit {
    start: Day,
    length: Length,
    roll: Roll,
}

#[derive(Serialize)]
struct Report<'a> {
    start: Day,
    length: Length,
    roll: &'static str,
    due: Day,
    provisional: bool,
    calendar: u32,
    published_until: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepReport<'a>>>,
}

#[derive(Serialize)]
struct StepReport<'a> {
    day: Day,
    /// 1 = Monday … 7 = Sunday.
    weekday: u8,
    counted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u32>,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    provisional: bool,
}

pub(crate) fn run(shell: &Shell, args: &Args) -> Result<(), Trouble> {
    let limit = read(shell, args)?;
    let calendar = Calendar::published();
    let due = calendar.due(limit.start, limit.length, limit.roll);
    if due.day == Day::LAST {
        let args = [
            ("start", limit.start.to_string()),
            ("length", length_words(shell, limit.length)),
            ("last", Day::LAST.to_string()),
        ];
        return Err(Trouble::Input(shell.say("clock-beyond", &args)));
    }
    let explanation = args.explain.then(|| calendar.explain(limit.start, limit.length, limit.roll));
    let steps = explanation.as_ref().map(|explanation| explanation.steps.as_slice());
    if args.json {
        return print_json(shell, &calendar, &limit, due, steps);
    }
    print_text(shell, &calendar, &limit, due, steps);
    Ok(())
}

fn read(shell: &Shell, args: &Args) -> Result<Limit, Trouble> {
    let refuse =
        |code: &str, text: &str| Trouble::Input(shell.say(code, &[("text", text.to_owned())]));
    let start = Day::parse(&args.date).map_err(|fault| refuse(fault.code(), &args.date))?;
    let length: Length = args
        .length
        .parse()
        .map_err(|fault: rules::calendar::NotALength| refuse(fault.code(), &args.length))?;
    let Some(text) = &args.roll else {
        return Ok(Limit { start, length, roll: length.unit.usual_roll() });
    };
    let roll: Roll =
        text.parse().map_err(|fault: rules::calendar::NotARoll| refuse(fault.code(), text))?;
    // On a limit in working days every rule is kept: its last day is never a day off.
    Ok(Limit { start, length, roll })
}

fn print_json(
    shell: &Shell,
    calendar: &Calendar,
    limit: &Limit,
    due: Counted,
    steps: Option<&[Step]>,
) -> Result<(), Trouble> {
    let report = Report {
        start: limit.start,
        length: limit.length,
        roll: limit.roll.word(),
        due: due.day,
        provisional: due.provisional,
        calendar: calendar.version(),
        published_until: calendar.last_published(),
        steps: steps.map(|steps| steps.iter().map(StepReport::of).collect()),
    };
    let text = serde_json::to_string(&report).map_err(|error| Trouble::Fault(error.to_string()))?;
    shell.line(&text);
    Ok(())
}

/// The due day stands alone on the first line, for scripts.
fn print_text(
    shell: &Shell,
    calendar: &Calendar,
    limit: &Limit,
    due: Counted,
    steps: Option<&[Step]>,
) {
    let mark = shell.say("clock-provisional-mark", &[]);
    if due.provisional {
        shell.line(&format!("{} {mark}", due.day));
        let first = calendar.first_published().ymd().0.to_string();
        let last = calendar.last_published().ymd().0.to_string();
        let years = [("first", first), ("last", last)];
        shell.line(&shell.say("clock-provisional-note", &years));
    } else {
        shell.line(&due.day.to_string());
    }
    let Some(steps) = steps else { return };
    shell.line(&shell.say(
        "clock-heading",
        &[
            ("start", limit.start.to_string()),
            ("length", length_words(shell, limit.length)),
            ("due", due.day.to_string()),
            ("@roll", roll_code(limit).to_owned()),
        ],
    ));
    // Wide enough for the largest number, so that the reasons stand under one another.
    let width = steps.iter().filter_map(|step| step.n).max().unwrap_or(0).to_string().len();
    for step in steps {
        let number = step.n.map(|n| n.to_string()).unwrap_or_default();
        let weekday = shell.say(&format!("weekday-{}", step.day.weekday()), &[]);
        let reason = shell.say(step.reason.code(), &step.reason.args());
        let end = if step.provisional { format!("  {mark}") } else { String::new() };
        shell.line(&format!("{} {weekday}  {number:>width$}  {reason}{end}", step.day));
    }
}

fn length_words(shell: &Shell, length: Length) -> String {
    let code = match length.unit {
        Unit::WorkingDay => "clock-length-wd",
        Unit::NaturalDay => "clock-length-nd",
        Unit::Month => "clock-length-month",
    };
    shell.say(code, &[("n", length.n.to_string())])
}

fn roll_code(limit: &Limit) -> &'static str {
    match (limit.length.unit, limit.roll) {
        (Unit::WorkingDay, _) => "clock-roll-working-days",
        (Unit::NaturalDay | Unit::Month, Roll::None) => "clock-roll-none",
        (Unit::NaturalDay | Unit::Month, Roll::Statutory) => "clock-roll-statutory",
        (Unit::NaturalDay | Unit::Month, Roll::AnyDayOff) => "clock-roll-any-day-off",
    }
}

impl<'a> StepReport<'a> {
    fn of(step: &'a Step) -> StepReport<'a> {
        StepReport {
            day: step.day,
            weekday: step.day.weekday(),
            counted: step.n.is_some(),
            n: step.n,
            reason: step.reason.code(),
            name: step.reason.name(),
            provisional: step.provisional,
        }
    }
}
