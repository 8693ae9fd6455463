//! One matter: how it stands, what its reader may do, what has happened.

use super::done::Done;
use super::form::{About, Attempt};
use super::story;
use crate::parts::{icon, pips, standing_class, step_of};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::{BUSINESS, Page};
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use ledger::Recorded;
use maud::{Markup, html};
use papers::MatterTexts;
use rules::ids::{EvidenceId, MatterId};
use rules::matter::{Matter, Stage, Term, Which};
use rules::moves::{Move, moves};
use rules::query::Standing;
use rules::record::{Event, Stream};

/// The six steps of the loop, by the codes of their names.
const STEPS: [&str; 6] = [
    "step-found",
    "step-handed-out",
    "step-put-right",
    "step-checked",
    "step-closed",
    "step-looked",
];

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/matters/{no}", Need::Any(BUSINESS), page)
        .get("/matters/{no}/peek", Need::Any(BUSINESS), peek)
        .get("/matters/{no}/files/{file}", Need::Any(BUSINESS), file)
}

async fn page(
    reader: Reader,
    Path(no): Path<u32>,
    Query(done): Query<Done>,
) -> Result<Response, Stop> {
    let done = done.code(&reader);
    show(&reader, MatterId(no), None, done.as_deref())
}

/// The page, with a form that could not be done, or with what was done.
pub(crate) fn show(
    reader: &Reader,
    id: MatterId,
    attempt: Option<&Attempt>,
    done: Option<&str>,
) -> Result<Response, Stop> {
    let matter = reader.matter(id)?;
    let entries = history(reader, id)?;
    let texts = MatterTexts::of(&happened(&entries), reader.register.office());
    let body = html! {
        (reader.flash(done))
        p.crumb { a href="/matters" { (reader.t("menu-ledger")) } " / " (reader.number(id)) }
        (sheet_head(reader, id))
        (header_card(reader, id, matter, &entries))
        div.two-col {
            div.stack {
                (next(reader, id, matter, attempt))
                (substance(reader, matter, &texts))
                (evidence(reader, id, &entries))
            }
            section.card {
                div.hd {
                    h2 { (reader.t("web-course")) }
                    a.tag.g href=(format!("/log/{}", entries.last().map_or(0, |one| one.seq))) {
                        (icon("shield-check")) (reader.t("web-provable"))
                    }
                }
                div.bd { (reader.timeline(id, &entries, 200)) }
            }
        }
        (sheet_foot(reader))
    };
    let status = if attempt.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page { here: "menu-ledger", title: reader.title(matter), body };
    Ok(reader.page_with(status, &page))
}

pub(crate) fn history(reader: &Reader, id: MatterId) -> Result<Vec<Recorded>, Stop> {
    reader.app.ledger.history(Stream::Matter(id)).map_err(|fault| reader.fault(&fault))
}

/// The matter's own events.
pub(crate) fn happened(entries: &[Recorded]) -> Vec<rules::matter::Event> {
    let told = entries.iter().filter_map(|entry| entry.told.as_ref());
    told.filter_map(|told| match &told.entry.event {
        Event::Matter(event) => Some(event.clone()),
        Event::Office(_)
        | Event::Basis(_)
        | Event::Campaign(_)
        | Event::Slip(_)
        | Event::Feedback(_)
        | Event::Erasure(_) => None,
    })
    .collect()
}

/// What stands above a matter on paper (事项单).
fn sheet_head(reader: &Reader, id: MatterId) -> Markup {
    let args = [
        ("who", format!("{} · {}", reader.person(reader.by.account), reader.acts_as())),
        ("day", reader.today.to_string()),
    ];
    html! {
        div.sheet-head.paper-only {
            b { (reader.bureau()) " " (reader.t("look-sheet")) }
            span { (reader.number(id)) }
            small { (reader.say("look-sheet-printed", &args)) }
        }
    }
}

/// How whoever holds the paper can check it.
fn sheet_foot(reader: &Reader) -> Markup {
    let (size, root) = reader.app.ledger.tree_head();
    let args = [("size", size.to_string()), ("root", root.hex())];
    html! { p.sheet-foot.paper-only { (reader.say("look-sheet-check", &args)) } }
}

fn header_card(reader: &Reader, id: MatterId, matter: &Matter, entries: &[Recorded]) -> Markup {
    html! {
        section.card {
            div.mh {
                div.row {
                    (reader.light(id, matter))
                    @if let Some(duty) = matter.duty() {
                        span.tag.b { (reader.t(duty.remedy.code())) }
                    }
                    span.tag { (reader.t(&problem_code(matter, "-short"))) }
                    (marks(reader, matter))
                    span.sp {}
                    button.btn.t.s.hide-s data-print type="button" {
                        (icon("printer")) (reader.t("look-print-matter"))
                    }
                }
                h1 { (reader.title(matter)) }
                dl.kv { (facts(reader, id, matter)) }
                (steps(reader, matter, entries))
            }
        }
    }
}

pub(crate) fn problem_code(matter: &Matter, end: &str) -> String {
    format!("problem-{}{end}", matter.problem.to_string().to_lowercase())
}

/// What is out of the ordinary about a matter.
pub(crate) fn marks(reader: &Reader, matter: &Matter) -> Markup {
    let times = |code: &str, count: u16| reader.say(code, &[("count", count.to_string())]);
    html! {
        @if matter.sealed { span.tag.r { (icon("lock")) (reader.t("web-sealed")) } }
        @if matter.marking == rules::access::Marking::WorkSecret {
            span.tag.v { (reader.t(matter.marking.code())) }
        }
        @if matter.relapses > 0 { span.tag.r { (times("web-relapsed", matter.relapses)) } }
        @if matter.returns > 0 { span.tag.a { (times("web-returned", matter.returns)) } }
        @if matter.sent_back > 0 { span.tag.a { (times("web-sent-back", matter.sent_back)) } }
        @if matter.extensions > 0 { span.tag { (times("web-extended", matter.extensions)) } }
    }
}

fn facts(reader: &Reader, id: MatterId, matter: &Matter) -> Markup {
    let owner = matter.owner();
    let pair = |code: &str, value: Markup| html! { div { dt { (reader.t(code)) } dd { (value) } } };
    html! {
        (pair("form-owner", html! {
            @match owner {
                Some(post) => { (reader.post_in_unit(post)) " · " (reader.holder(post)) }
                None => { span.mut { (reader.t("web-nobody-yet")) } }
            }
        }))
        (pair("ledger-unit", html! { (reader.unit(matter.unit)) }))
        (pair("ledger-source", html! { (reader.t(matter.source.code())) }))
        @for (which, term) in matter.stage.running() {
            (pair(which.code(), due(reader, id, which, &term)))
        }
        (pair("web-stage", html! { (reader.t(matter.stage.code())) }))
        (pair("ledger-found-on", html! {
            time datetime=(matter.listed_on) { (reader.day_long(matter.listed_on)) }
        }))
    }
}

/// The day a limit ends, with the first one beside it, and a way to see why.
fn due(reader: &Reader, id: MatterId, which: Which, term: &Term) -> Markup {
    let due = term.limit.due;
    html! {
        time datetime=(due.day) { (reader.day_long(due.day)) } " "
        @if due.provisional { span.tag.a { (reader.t("web-provisional")) } }
        @if due.first != due.day {
            span.mut { " " (reader.say("web-first-was", &[("day", due.first.to_string())])) }
        }
        " " a.why href=(format!("/matters/{id}/why/{}", which.code())) {
            (reader.t("web-why-this-day"))
        }
    }
}

fn steps(reader: &Reader, matter: &Matter, entries: &[Recorded]) -> Markup {
    let at = step_of(&matter.stage);
    let days = step_days(entries);
    html! {
        ol.steps aria-label=(reader.t("web-steps")) {
            @for (step, code) in STEPS.iter().enumerate() {
                li.ok[step < at] .now[step == at]
                    aria-current=[(step == at).then_some("step")] {
                    span.n { @if step < at { (icon("check")) } @else { (step + 1) } }
                    (reader.t(code))
                    small {
                        @match days.get(step).copied().flatten().filter(|_| step <= at) {
                            Some(day) => { (reader.day_short(day)) }
                            None => { "—" }
                        }
                    }
                }
            }
        }
    }
}

/// On which day each step was last reached.
fn step_days(entries: &[Recorded]) -> [Option<rules::calendar::Day>; 6] {
    use rules::matter::Event as Happened;
    let mut days = [None; 6];
    for told in entries.iter().filter_map(|entry| entry.told.as_ref()) {
        let Event::Matter(event) = &told.entry.event else { continue };
        let step = match event.tag() {
            "listed" => 0,
            "assigned" | "transferred" | "handed_back" => 1,
            "accepted" => 2,
            "reported_done" | "resubmitted" => 3,
            "check_passed" => 4,
            "closed" => 5,
            _ => continue,
        };
        // Closing is the fifth step; from then on the sixth waits.
        let step = if matches!(event, Happened::Closed { .. }) { 4 } else { step };
        days[step] = Some(told.entry.at.office_day());
    }
    days
}

/// What this reader may do now, the likeliest first and open.
fn next(reader: &Reader, id: MatterId, matter: &Matter, attempt: Option<&Attempt>) -> Markup {
    let all = moves(&reader.register, id, &reader.now());
    let find = |code: &str| all.iter().find(|one| one.code == code);
    // A measure that is set can be set anew, but that is not what comes next.
    let again = !matches!(matter.stage, Stage::Accepted { .. });
    let leads = |code: &str| MAIN.contains(&code) && !(again && code == "command-set-measure");
    let main: Vec<&Move> =
        MAIN.iter().filter(|code| leads(code)).filter_map(|code| find(code)).collect();
    let rest: Vec<&Move> = all.iter().filter(|one| !leads(one.code)).collect();
    let opens_rest = attempt.is_some_and(|sent| rest.iter().any(|one| one.code == sent.code));
    let about = About { reader, id, matter, attempt };
    html! {
        section.card.next[!main.is_empty()] #next {
            div.bd {
                (about.unmoved(&all))
                @if main.is_empty() {
                    h2 { (icon("clock")) (reader.t("web-not-your-turn")) }
                    p { (turn_of(reader, matter)) }
                } @else {
                    h2 { (icon("arrow-right")) (reader.t("web-your-turn")) }
                    @if let Some(reminder) = &matter.reminder {
                        p.reminder {
                            (icon("alert-triangle"))
                            (reader.say("web-reminder", &[("said", reader.text(&reminder.reason))]))
                        }
                    }
                    div.moves {
                        @for (place, one) in main.iter().enumerate() {
                            (about.form(one, place == 0 && attempt.is_none() && opens_first(one.code)))
                        }
                    }
                }
                @if !rest.is_empty() {
                    details.more open[opens_rest] {
                        summary { (reader.t("web-more-moves")) }
                        div.moves { @for one in &rest { (about.form(one, false)) } }
                    }
                }
            }
        }
    }
}

/// Moves that take a matter on, in the order in which they are offered.
const MAIN: [&str; 13] = [
    "command-accept",
    "command-decline",
    "command-set-measure",
    "command-resubmit",
    "command-progress",
    "command-report-done",
    "command-keep-checkpoint",
    "command-check",
    "command-confirm",
    "command-assign",
    "command-name-checkers",
    "command-close",
    "command-look-back",
];

/// Whether a form is worth showing at once.
fn opens_first(code: &str) -> bool {
    !matches!(code, "command-accept" | "command-resubmit")
}

/// Whose turn it is.
fn turn_of(reader: &Reader, matter: &Matter) -> String {
    match (&matter.stage, matter.owner()) {
        (Stage::UnderCheck { checkers, .. }, _) => {
            let names: Vec<String> = checkers.iter().map(|id| reader.post_in_unit(*id)).collect();
            reader.say("web-turn-of", &[("who", names.join(&reader.t("web-comma")))])
        }
        (
            Stage::Assigned { .. }
            | Stage::Accepted { .. }
            | Stage::Planned { .. }
            | Stage::Rectifying { .. },
            Some(owner),
        ) => reader.say("web-turn-of", &[("who", reader.post_in_unit(owner))]),
        (
            Stage::Listed
            | Stage::Confirmed
            | Stage::Returned { .. }
            | Stage::Reported { .. }
            | Stage::Passed { .. },
            _,
        ) => reader.t("web-turn-of-office"),
        (stage, _) => reader.t(stage.code()),
    }
}

/// 表现、原因、措施、标准.
fn substance(reader: &Reader, matter: &Matter, texts: &MatterTexts) -> Markup {
    let parts = [
        ("field-detail", &texts.detail),
        ("field-cause", &texts.cause),
        ("field-measure", &texts.measure),
        ("form-standard", &texts.standard),
    ];
    let percent = matter.duty().map(|duty| duty.percent);
    html! {
        section.card {
            div.hd {
                h2 { (reader.t("web-substance")) }
                @if let Some(percent) = percent { span.mut { (percent) "%" } }
            }
            div.bd.stack {
                p.mut { (reader.t(&problem_code(matter, ""))) }
                @if let Some(percent) = percent {
                    svg.bar role="img"
                        aria-label=(reader.say("ledger-percent", &[("percent", percent.to_string())])) {
                        rect.f1 width=(format!("{percent}%")) height="100%" {}
                    }
                }
                dl.told {
                    @for (code, text) in parts {
                        @if let Some(text) = text {
                            div { dt { (reader.t(code)) } dd.pre { (text) } }
                        }
                    }
                    @if let Some(progress) = &texts.progress {
                        div {
                            dt { (reader.t("ledger-progress")) }
                            dd.pre {
                                (progress.note) " "
                                span.mut.nowrap { (reader.day_short(progress.on)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn evidence(reader: &Reader, id: MatterId, entries: &[Recorded]) -> Markup {
    let all = happened(entries);
    let files: Vec<_> = all.iter().flat_map(story::files).collect();
    html! {
        @if !files.is_empty() {
            section.card {
                div.hd {
                    h2 { (reader.t("ledger-evidence")) }
                    span.mut { (reader.say("web-files", &[("count", files.len().to_string())])) }
                }
                div.bd {
                    div.files {
                        @for (file, name) in files {
                            a href=(format!("/matters/{id}/files/{file}")) {
                                (icon("file-text"))
                                div { b { (reader.text(name)) } small { (reader.t("web-kept")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

async fn peek(reader: Reader, Path(no): Path<u32>) -> Result<Response, Stop> {
    let id = MatterId(no);
    let matter = reader.matter(id)?;
    let entries = history(&reader, id)?;
    let standing = reader.standing(id, matter);
    let part = html! {
        div.dh {
            (reader.light(id, matter))
            h2.sp { (reader.number(id)) }
            a.btn.s href=(format!("/matters/{id}")) { (reader.t("web-open-page")) }
            button.btn.s.i data-close type="button" aria-label=(reader.t("web-close")) {
                (icon("x"))
            }
        }
        div.db.stack {
            h3 { (reader.title(matter)) }
            div.row.(standing_class(standing)) {
                (pips(&matter.stage, standing == Standing::Overdue)) (marks(&reader, matter))
            }
            dl.kv.two { (facts(&reader, id, matter)) }
            (reader.timeline(id, &entries, 4))
        }
    };
    Ok(Html(part.into_string()).into_response())
}

/// A kept file, to be saved and never to be run in the page.
async fn file(reader: Reader, Path((no, file)): Path<(u32, String)>) -> Result<Response, Stop> {
    let id = MatterId(no);
    reader.matter(id)?;
    let entries = history(&reader, id)?;
    let all = happened(&entries);
    let named = |wanted: &str| {
        let mut files = all.iter().flat_map(story::files);
        files.find(|(known, _)| known.to_string() == wanted).map(|(id, name)| (id, name.clone()))
    };
    let missing = || reader.refused(&rules::Refusal::NoSuchMatter(id));
    let (EvidenceId(hash), name) = named(&file).ok_or_else(missing)?;
    let app = std::sync::Arc::clone(&reader.app);
    let read = tokio::task::spawn_blocking(move || app.ledger.kept(&ledger::Hash(hash))).await;
    let bytes = read.map_err(|_| missing())?.map_err(|fault| reader.fault(&fault))?;
    let name = crate::parts::encode(&reader.text(&name)).replace('+', "%20");
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
