//! The decomposition as a person reads it: first how far the plan can be supervised, then what it
//! says, last what was not understood.

use rules::plan::{Convention, Frequency, Habit, Item, Kind, Mode, Moment, Plan, Why};

use crate::shell::Shell;

/// Texts longer than this are shortened on the screen; `--json` has them whole.
const SHOWN: usize = 80;

pub(super) fn show(shell: &Shell, plan: &Plan) {
    supervisability(shell, plan);
    outline(shell, plan);
    let of = |kind: Kind| -> Vec<&Item> {
        plan.items.iter().filter(move |item| item.kind == kind).collect()
    };
    section(shell, "plan-problems-heading", &of(Kind::Problem), problem);
    section(shell, "plan-tasks-heading", &of(Kind::Task), task);
    section(shell, "plan-targets-heading", &of(Kind::Target), target);
    section(shell, "plan-stages-heading", &of(Kind::Stage), stage);
    section(shell, "plan-roles-heading", &of(Kind::Role), role);
    section(shell, "plan-rules-heading", &of(Kind::Rule), rule);
    let conventions: Vec<&Convention> = plan.conventions.iter().collect();
    section(shell, "plan-conventions-heading", &conventions, convention);
    unread(shell, plan);
}

fn heading(shell: &Shell, code: &str, n: usize) {
    shell.line("");
    shell.line(&shell.say(code, &[("n", n.to_string())]));
}

fn section<T>(shell: &Shell, code: &str, entries: &[&T], print: impl Fn(&Shell, &T)) {
    if !entries.is_empty() {
        heading(shell, code, entries.len());
        for entry in entries {
            print(shell, entry);
        }
    }
}

fn supervisability(shell: &Shell, plan: &Plan) {
    let all = &plan.supervisability;
    shell.line(&shell.say("plan-supervise-heading", &[]));
    let Some(percent) = all.percent(all.with_all) else {
        shell.line(&shell.say("plan-supervise-none", &[]));
        return;
    };
    let args = [
        ("tasks", all.tasks.to_string()),
        ("all", all.with_all.to_string()),
        ("percent", percent.to_string()),
    ];
    shell.line(&shell.say("plan-supervise-tasks", &args));
    let parts = [
        ("plan-supervise-owner", all.with_owner),
        ("plan-supervise-date", all.with_date),
        ("plan-supervise-deliverable", all.with_deliverable),
    ];
    for (code, n) in parts {
        let percent = all.percent(n).unwrap_or(0);
        shell.line(&shell.say(code, &[("n", n.to_string()), ("percent", percent.to_string())]));
    }
    if all.with_all < all.tasks {
        shell.line(&shell.say("plan-supervise-advice", &[]));
    }
}

fn outline(shell: &Shell, plan: &Plan) {
    if plan.nodes.is_empty() {
        return;
    }
    heading(shell, "plan-outline-heading", plan.nodes.len());
    for node in &plan.nodes {
        let indent = "  ".repeat(node.level.saturating_sub(1));
        shell.line(&format!("{indent}{}{}", node.marker, short(&node.heading)));
    }
}

fn short(text: &str) -> String {
    let one_line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= SHOWN {
        return one_line;
    }
    one_line.chars().take(SHOWN - 1).chain(['…']).collect()
}

fn named(item: &Item) -> [(&'static str, String); 2] {
    [("id", item.id.clone()), ("text", short(&item.text))]
}

fn problem(shell: &Shell, item: &Item) {
    let [id, text] = named(item);
    let Some(code) = item.problem_code else {
        shell.line(&shell.say("plan-problem-other", &[id, text]));
        return;
    };
    let name = format!("problem-{}-short", code.to_lowercase());
    let args = [id, text, ("code", code.to_owned()), ("@problem", name)];
    shell.line(&shell.say("plan-problem", &args));
}

fn task(shell: &Shell, item: &Item) {
    shell.line(&shell.say("plan-item", &named(item)));
    let fields = &item.fields;
    let missing: Vec<&str> = [
        (item.has_owner(), "plan-missing-owner"),
        (item.has_date(), "plan-missing-date"),
        (item.has_deliverable(), "plan-missing-deliverable"),
    ]
    .into_iter()
    .filter_map(|(has, code)| (!has).then_some(code))
    .collect();
    field(shell, "plan-field-lead", &fields.lead);
    field(shell, "plan-field-coop", &fields.coop);
    field(shell, "plan-field-resp", &fields.resp);
    field(shell, "plan-field-leader", &fields.leader);
    field(shell, "plan-field-default", &item.default_units);
    times(shell, item);
    field(shell, "plan-field-deliverable", &fields.deliverable);
    field(shell, "plan-field-standard", fields.standard.as_slice());
    if !missing.is_empty() {
        let words: Vec<String> = missing.iter().map(|code| shell.say(code, &[])).collect();
        let what = words.join(&shell.say("plan-list-separator", &[]));
        shell.line(&shell.say("plan-field-missing", &[("what", what)]));
    }
}

fn times(shell: &Shell, item: &Item) {
    let days = |days: &[Moment]| days.iter().map(Moment::to_string).collect::<Vec<_>>();
    let often: Vec<String> = item.fields.freq.iter().map(|freq| frequency(shell, *freq)).collect();
    let modes: Vec<String> =
        item.fields.mode.iter().map(|mode| shell.say(mode_code(*mode), &[])).collect();
    field(shell, "plan-field-by", &days(&item.fields.by));
    field(shell, "plan-field-freq", &often);
    field(shell, "plan-field-mode", &modes);
    field(shell, "plan-field-horizon", &days(&item.horizon));
}

fn field(shell: &Shell, label: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    let value = short(&values.join(&shell.say("plan-list-separator", &[])));
    shell.line(&shell.say("plan-field", &[("@label", label.to_owned()), ("value", value)]));
}

fn frequency(shell: &Shell, freq: Frequency) -> String {
    let code = match freq {
        Frequency::Daily => "plan-freq-daily",
        Frequency::Weekly => "plan-freq-weekly",
        Frequency::Biweekly => "plan-freq-biweekly",
        Frequency::Monthly => "plan-freq-monthly",
        Frequency::MonthlyOn(day) => {
            return shell.say("plan-freq-monthly-on", &[("day", day.to_string())]);
        }
        Frequency::Quarterly => "plan-freq-quarterly",
        Frequency::HalfYearly => "plan-freq-half-yearly",
        Frequency::Yearly => "plan-freq-yearly",
        Frequency::Regular => "plan-freq-regular",
    };
    shell.say(code, &[])
}

fn mode_code(mode: Mode) -> &'static str {
    match mode {
        Mode::AtOnce => "plan-mode-at-once",
        Mode::WithinLimit => "plan-mode-within-limit",
        Mode::Lasting => "plan-mode-lasting",
    }
}

fn target(shell: &Shell, item: &Item) {
    shell.line(&shell.say("plan-item", &named(item)));
    times(shell, item);
}

fn rule(shell: &Shell, item: &Item) {
    shell.line(&shell.say("plan-item", &named(item)));
    field(shell, "plan-field-resp", &item.fields.resp);
    times(shell, item);
}

fn stage(shell: &Shell, item: &Item) {
    let id = ("id", item.id.clone());
    let name = ("name", item.fields.name.clone().unwrap_or_else(|| short(&item.text)));
    let by = item.fields.by.first().map(Moment::to_string);
    let line = match (item.fields.from, by) {
        (Some(from), Some(by)) => {
            shell.say("plan-stage", &[id, name, ("from", from.to_string()), ("by", by)])
        }
        (None, Some(by)) => shell.say("plan-stage-by", &[id, name, ("by", by)]),
        (_, None) => shell.say("plan-stage-open", &[id, name]),
    };
    shell.line(&line);
}

fn role(shell: &Shell, item: &Item) {
    let words = |value: &Option<String>| value.clone().unwrap_or_default();
    let role = ("role", words(&item.fields.role));
    let who = ("who", words(&item.fields.who));
    shell.line(&shell.say("plan-role", &[("id", item.id.clone()), role, who]));
}

fn convention(shell: &Shell, convention: &Convention) {
    let text = ("text", short(&convention.text));
    let line = match convention.kind {
        Habit::FirstCommaLeads => shell.say("plan-habit-first-comma-leads", &[text]),
        Habit::FirstListedLeads => shell.say("plan-habit-first-listed-leads", &[text]),
        Habit::StarLeads => shell.say("plan-habit-star-leads", &[text]),
        Habit::DefaultUnits => {
            let units = convention.units.join(&shell.say("plan-list-separator", &[]));
            shell.say("plan-habit-default-units", &[("units", units), text])
        }
    };
    shell.line(&line);
}

fn unread(shell: &Shell, plan: &Plan) {
    let (opening, rest): (Vec<_>, Vec<_>) =
        plan.not_understood.iter().partition(|unread| unread.why == Why::Opening);
    if !rest.is_empty() {
        heading(shell, "plan-unread-heading", rest.len());
    }
    for unread in rest {
        let code = match unread.why {
            Why::Opening | Why::NoAction => "plan-why-no-action",
            Why::NoColumns => "plan-why-no-columns",
        };
        shell.line(&shell.say(code, &[("text", short(&unread.text))]));
    }
    if !opening.is_empty() {
        heading(shell, "plan-opening-heading", opening.len());
        for unread in &opening {
            shell.line(&short(&unread.text));
        }
    }
}
