//! 工作台: what waits for this post, first things first; for leaders the campaign at a glance.

use super::ledger::count;
use super::matter::marks;
use crate::parts::{grouped, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};
use papers::chart::{
    Bar, BurnUp, BurnUpDay, BurnUpNames, Heat, HeatRow, Tone, burn_up, heat_table, legend,
    stacked_bars,
};
use rules::access::Action;
use rules::calendar::Day;
use rules::desk::{Queue, Waiting, desk, slips};
use rules::ids::{MatterId, PostId, UnitId};
use rules::query::{Query, Standing, by_post, find};
use rules::signal::ProblemCode;
use std::collections::BTreeMap;

/// Matters of one queue on the desk; the others are a click away.
const MOST: usize = 6;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/", Need::SignedIn, page)
}

/// How much waits for the reader.
pub(crate) fn count_of(reader: &Reader) -> usize {
    let Ok(actor) = reader.actor() else { return 0 };
    let matters: usize =
        desk(&reader.register, &actor, reader.today, 1).iter().map(|one| one.total).sum();
    matters + slips(&reader.register, &actor, reader.today).len()
}

async fn page(reader: Reader) -> Response {
    let body = if let Ok(actor) = reader.actor() {
        let waiting = desk(&reader.register, &actor, reader.today, MOST);
        let slips = slips(&reader.register, &actor, reader.today).len();
        html! {
            (hello(&reader, &waiting, slips))
            (beginning(&reader))
            @if reader.may_ever(Action::Steer) { (figures(&reader)) }
            @if slips > 0 { (slips_line(&reader, slips)) }
            (handovers(&reader))
            @if waiting.is_empty() && slips == 0 && reader.may_ever(Action::See) {
                (nothing(&reader))
            }
            div.desk { @for one in &waiting { (queue(&reader, one)) } }
            @if reader.may_ever(Action::Steer) { (charts(&reader)) }
            @if !reader.may_ever(Action::See) { (administrator(&reader)) }
        }
    } else {
        html! {
            section.card.narrow {
                div.bd {
                    h1 { (reader.t("web-no-post")) }
                    p { (reader.t("web-no-post-hint")) }
                    p.acts { a.btn.p href="/me" { (reader.t("menu-me")) } }
                }
            }
        }
    };
    reader.page(&Page { here: "menu-desk", title: reader.t("menu-desk"), body })
}

fn hello(reader: &Reader, waiting: &[Waiting], slips: usize) -> Markup {
    let total: usize = waiting.iter().map(|one| one.total).sum::<usize>() + slips;
    let args = [("person", reader.person(reader.by.account)), ("count", total.to_string())];
    let code = if total == 0 { "desk-hello-none" } else { "desk-hello" };
    html! {
        section.card.hello {
            div {
                h1 { (reader.say(code, &args)) }
                p { (reader.day_long(reader.today)) " · " (reader.acts_as()) }
            }
            div.acts {
                @if reader.may_ever(Action::List) {
                    a.btn href="/matters/new" { (icon("plus")) (reader.t("web-new-matter")) }
                }
            }
        }
    }
}

/// What is to be done before there is a campaign.
fn beginning(reader: &Reader) -> Markup {
    let steps = [
        (Action::KeepStaff, "/posts", "begin-links"),
        (Action::RunCampaign, "/plans", "begin-plan"),
        (Action::List, "/import", "begin-ledger"),
    ];
    html! {
        @if reader.register.campaigns().is_empty() {
            section.card {
                div.hd { h2 { (reader.t("begin-title")) } }
                div.bd.stack {
                    p { (reader.t("begin-what")) }
                    ol.tour {
                        @for (action, href, code) in steps {
                            li {
                                @if reader.may_ever(action) { a href=(href) { (reader.t(code)) } }
                                @else { (reader.t(code)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn figures(reader: &Reader) -> Markup {
    let Ok(actor) = reader.actor() else { return html! {} };
    let query = Query { limit: 1, ..Query::default() };
    let found = find(&reader.register, &query, &actor, reader.today);
    let all: usize = found.standings.iter().sum();
    let closed = count(&found, Standing::Closed);
    let relapsed = reader.register.relapsed();
    let kpi = |class: &str, href: &str, picture: &str, code: &str, value: Markup, more: Markup| {
        html! {
            a.card.kpi.(class) href=(href) {
                div.l { (icon(picture)) (reader.t(code)) }
                div.v { (value) }
                div.d { (more) }
            }
        }
    };
    let standing = |one: Standing| format!("/matters?standing={}", one.code());
    let unit = |n: usize| reader.say("look-count-unit", &[("count", n.to_string())]);
    let of = |number: usize| html! { (grouped(number)) small { (unit(number)) } };
    let number = |one: Standing| of(count(&found, one));
    let share = [("part", grouped(closed)), ("all", grouped(all))];
    html! {
        div.kpis {
            (kpi("red", &standing(Standing::Overdue), "clock-exclamation", "standing-overdue",
                number(Standing::Overdue), html! { (reader.t("strip-overdue")) }))
            (kpi("", &standing(Standing::Near), "hourglass", "standing-near",
                number(Standing::Near), html! { (reader.t("strip-near")) }))
            (kpi("", &standing(Standing::WithCheckers), "clipboard-check",
                "standing-with-checkers", number(Standing::WithCheckers),
                html! { (reader.t("strip-with-checkers")) }))
            (kpi("", &standing(Standing::Closed), "circle-check", "desk-closed-share",
                html! { (closed * 100 / all.max(1)) small { "%" } },
                html! { (reader.say("look-share-of", &share)) }))
            (kpi("", "/matters?stage=stage-rectifying", "refresh-alert", "desk-relapsed",
                of(relapsed), html! { (reader.t("desk-relapsed-hint")) }))
        }
    }
}

fn nothing(reader: &Reader) -> Markup {
    html! {
        section.card {
            div.empty {
                (icon("circle-check")) h2 { (reader.t("desk-nothing")) }
                p { (reader.t("desk-nothing-hint")) }
                p { a.btn href="/matters" { (icon("list-details")) (reader.t("menu-ledger")) } }
            }
        }
    }
}

/// Slips are one line: they are dealt with on their own page.
fn slips_line(reader: &Reader, slips: usize) -> Markup {
    html! {
        section.card.say {
            (icon("speakerphone"))
            h2 { (reader.t("desk-slips")) } span.tag.r { (slips) }
            p { (reader.t("desk-slips-hint")) }
            a.more href="/slips" { (reader.t("desk-all")) (icon("chevron-right")) }
        }
    }
}

fn queue(reader: &Reader, waiting: &Waiting) -> Markup {
    html! {
        section.card {
            div.hd {
                h2 { (reader.t(waiting.queue.code())) }
                span.tag.r[is_urgent(waiting.queue)] { (grouped(waiting.total)) }
                a.more href=(all_of(reader, waiting.queue)) { (reader.t("desk-all")) }
            }
            div.bd {
                ul.list {
                    @for id in &waiting.rows { (line(reader, *id, waiting.queue)) }
                }
            }
        }
    }
}

fn is_urgent(queue: Queue) -> bool {
    matches!(queue, Queue::Sign | Queue::Check | Queue::Returned)
}

/// A matter in a queue. All matters of a queue stand at the same step, so what differs is told:
/// how long they have waited, or what is left of the step's limit.
fn line(reader: &Reader, id: MatterId, queue: Queue) -> Markup {
    let Some(matter) = reader.register.matter(id) else { return html! {} };
    let light = match queue {
        Queue::Sign | Queue::Measure | Queue::Work => reader.light(id, matter),
        Queue::Check | Queue::LookBack => {
            reader.step_left(matter).unwrap_or_else(|| reader.waited(id, matter))
        }
        Queue::Returned | Queue::Confirm | Queue::HandOut | Queue::NameCheckers | Queue::Close => {
            reader.waited(id, matter)
        }
    };
    html! {
        li {
            (light)
            a.x href=(format!("/matters/{id}")) { (reader.title(matter)) }
            (marks(reader, matter))
            small { (reader.unit(matter.unit)) }
        }
    }
}

/// The list that holds the whole queue.
fn all_of(reader: &Reader, queue: Queue) -> String {
    let own = reader.by.acting_for.or(reader.by.post).unwrap_or_default();
    match queue {
        Queue::Sign => format!("/matters?post={own}&stage=stage-assigned"),
        Queue::Measure => format!("/matters?post={own}&stage=stage-accepted"),
        Queue::Work => format!("/matters?post={own}"),
        Queue::Check => "/matters?stage=stage-under-check".to_owned(),
        Queue::Returned => "/matters?stage=stage-returned".to_owned(),
        Queue::Confirm => "/matters?stage=stage-listed".to_owned(),
        Queue::HandOut => "/matters?stage=stage-confirmed".to_owned(),
        Queue::NameCheckers => "/matters?stage=stage-reported".to_owned(),
        Queue::Close => "/matters?stage=stage-passed".to_owned(),
        Queue::LookBack => "/matters?stage=stage-closed".to_owned(),
    }
}

/// Handovers that this person has to confirm.
fn handovers(reader: &Reader) -> Markup {
    let person = reader.by.account;
    let waits = |post: &rules::posts::Post| {
        post.handover.is_some_and(|one| {
            (one.outgoing == person && !one.outgoing_confirmed)
                || (one.incoming == person && !one.incoming_confirmed)
        })
    };
    let posts: Vec<PostId> = reader
        .register
        .office()
        .posts()
        .filter(|(_, post)| waits(post))
        .map(|(id, _)| id)
        .collect();
    html! {
        @if !posts.is_empty() {
            section.card {
                div.hd { h2 { (reader.t("desk-handovers")) } span.tag.r { (posts.len()) } }
                div.bd {
                    ul.list {
                        @for id in posts {
                            li { a.x href=(format!("/posts/{id}")) { (reader.post_in_unit(id)) } }
                        }
                    }
                }
            }
        }
    }
}

fn administrator(reader: &Reader) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("desk-administrator")) } }
            div.bd {
                p { (reader.t("desk-administrator-hint")) }
                p.acts {
                    a.btn href="/posts" { (icon("users-group")) (reader.t("menu-posts")) }
                    a.btn href="/log" { (icon("fingerprint")) (reader.t("menu-log")) }
                }
            }
        }
    }
}

fn charts(reader: &Reader) -> Markup {
    html! {
        div.g2 {
            section.card {
                div.hd {
                    h2 { (reader.t("chart-burn-up")) }
                    span.mut { (reader.t("chart-burn-up-hint")) }
                }
                div.bd { (burn(reader)) }
            }
            section.card {
                div.hd { h2 { (reader.t("chart-units")) } (PreEscaped(legend(&tones(reader)))) }
                div.bd { (bars(reader)) }
            }
        }
        section.card {
            div.hd {
                h2 { (reader.t("chart-heat")) } span.mut { (reader.t("chart-heat-hint")) }
            }
            div.bd { div.heat-wrap { (heat(reader)) } }
        }
    }
}

/// Days of the running campaign up to today, or of the last seven weeks.
fn days(reader: &Reader) -> Vec<Day> {
    let first = reader.campaign().map_or(reader.today.plus(-48), |(_, campaign)| campaign.from);
    let first = if reader.today.since(first) > 400 { reader.today.plus(-400) } else { first };
    (0..=reader.today.since(first).max(0)).map(|n| first.plus(n)).collect()
}

fn burn(reader: &Reader) -> Markup {
    let flow: BTreeMap<Day, (i32, i32)> =
        reader.register.flow().map(|(day, listed, closed)| (day, (listed, closed))).collect();
    let days = days(reader);
    let first = days.first().copied().unwrap_or(reader.today);
    // What happened before the first day shown is where the lines begin.
    let before = flow.range(..first).map(|(_, counts)| *counts);
    let (mut listed, mut closed) = before.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let rows = days.iter().map(|day| {
        let (more, done) = flow.get(day).copied().unwrap_or_default();
        listed += more;
        closed += done;
        let count = |number: i32| u32::try_from(number).unwrap_or(0);
        BurnUpDay {
            label: reader.day_short(*day),
            handed_out: count(listed),
            closed: count(closed),
        }
    });
    let rows: Vec<BurnUpDay> = rows.collect();
    let args = [("listed", listed.to_string()), ("closed", closed.to_string())];
    let chart = BurnUp {
        days: rows,
        names: BurnUpNames {
            day: reader.t("web-day"),
            handed_out: reader.t("chart-listed"),
            closed: reader.t("chart-closed"),
            open: reader.t("chart-open"),
        },
        caption: reader.say("chart-burn-up-caption", &args),
    };
    html! {
        (PreEscaped(burn_up(&chart)))
        details.data { summary { (reader.t("chart-data")) } (PreEscaped(chart.table())) }
    }
}

const PARTS: [(Standing, Tone); 4] = [
    (Standing::Overdue, Tone::Red),
    (Standing::Near, Tone::Amber),
    (Standing::OnPlan, Tone::Green),
    (Standing::WithCheckers, Tone::Wait),
];

fn tones(reader: &Reader) -> Vec<(Tone, String)> {
    PARTS.iter().map(|(standing, tone)| (*tone, reader.t(standing.code()))).collect()
}

/// Open matters of each unit by how they stand. Units are no persons, and stand in the order of
/// the staff list, not of merit.
fn bars(reader: &Reader) -> Markup {
    let mut units: BTreeMap<UnitId, [u32; 4]> = BTreeMap::new();
    for (post, standings) in by_post(&reader.register, reader.today) {
        let open = PARTS.map(|(one, _)| u32::try_from(standings[one.place()]).unwrap_or(u32::MAX));
        let Some(post) = reader.register.office().post(post) else { continue };
        if open.iter().any(|count| *count > 0) {
            let sums = units.entry(post.unit).or_default();
            sums.iter_mut().zip(open).for_each(|(sum, count)| *sum += count);
        }
    }
    let rows: Vec<Bar> = units
        .into_iter()
        .map(|(unit, counts)| Bar {
            label: reader.unit(unit),
            href: Some(format!("/matters?unit={unit}")),
            parts: PARTS.iter().zip(counts).map(|((_, tone), count)| (*tone, count)).collect(),
        })
        .collect();
    html! { (PreEscaped(stacked_bars(&rows, &tones(reader)))) }
}

/// New problems of each kind by week.
fn heat(reader: &Reader) -> Markup {
    let days = days(reader);
    let Some(first) = days.first().copied() else { return html! {} };
    let weeks = usize::try_from(reader.today.since(first) / 7 + 1).unwrap_or(1).min(12);
    let start = reader.today.plus(-7 * i32::try_from(weeks).unwrap_or(1) + 1);
    let mut counts: Vec<(ProblemCode, Vec<u32>)> = Vec::new();
    for problem in ProblemCode::all() {
        // A kind that was never found has no row.
        if reader.register.found(problem, Day::FIRST).next().is_none() {
            continue;
        }
        let mut row = vec![0; weeks];
        for (day, found) in reader.register.found(problem, start) {
            let week = usize::try_from(day.since(start) / 7).ok();
            if let Some(cell) = week.and_then(|week| row.get_mut(week)) {
                *cell += u32::try_from(found).unwrap_or(u32::MAX);
            }
        }
        counts.push((problem, row));
    }
    let columns = (0..weeks).filter_map(|week| i32::try_from(week).ok());
    let chart = Heat {
        columns: columns.map(|week| reader.day_short(start.plus(week * 7))).collect(),
        rows: counts
            .into_iter()
            .map(|(problem, row)| {
                let name = format!("problem-{}-short", problem.to_string().to_lowercase());
                let href = Some(format!("/matters?problem={problem}"));
                HeatRow { label: reader.t(&name), href, counts: row }
            })
            .collect(),
        caption: reader.t("chart-heat"),
    };
    html! { (PreEscaped(heat_table(&chart))) }
}
