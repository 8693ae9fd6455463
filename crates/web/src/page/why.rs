//! "为什么是这一天": a limit of a matter, counted day by day.

use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::{BUSINESS, Page};
use crate::stop::Stop;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use rules::calendar::Length;
use rules::ids::MatterId;
use rules::matter::{Term, Which};

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/matters/{no}/why/{limit}", Need::Any(BUSINESS), why)
}

async fn why(reader: Reader, Path((no, limit)): Path<(u32, String)>) -> Result<Response, Stop> {
    let id = MatterId(no);
    let matter = reader.matter(id)?;
    let running = matter.stage.running();
    let found = running.into_iter().find(|(which, _)| which.code() == limit);
    let (which, term) = found.ok_or_else(|| reader.refused(&rules::Refusal::NoSuchMatter(id)))?;
    let body = html! {
        p.crumb {
            a href="/matters" { (reader.t("menu-ledger")) } " / "
            a href=(format!("/matters/{id}")) { (reader.number(id)) }
        }
        div.ph { div { h1 { (reader.t("web-why-this-day")) } div.sub { (reader.title(matter)) } } }
        section.card { div.bd.stack { (explained(&reader, which, &term)) } }
    };
    let title = reader.t("web-why-this-day");
    Ok(reader.page(&Page { here: "menu-ledger", title, body }))
}

fn explained(reader: &Reader, which: Which, term: &Term) -> Markup {
    let limit = term.limit;
    let args = [
        ("@which", which.code().to_owned()),
        ("start", limit.start.to_string()),
        ("due", limit.due.day.to_string()),
        ("first", limit.due.first.to_string()),
        ("paused", term.paused.to_string()),
    ];
    let Some(length) = limit.length else {
        return html! {
            p { (reader.say("web-why-fixed", &args)) }
            @if limit.due.first != limit.due.day { p { (reader.say("web-why-first", &args)) } }
        };
    };
    let longer = Length { n: length.n.saturating_add(term.paused), unit: length.unit };
    let walk = reader.register.calendar().explain(limit.start, longer, limit.roll);
    html! {
        p { (reader.say("web-why-counted", &args)) }
        @if term.paused > 0 { p { (reader.say("web-why-paused", &args)) } }
        @if limit.due.first != limit.due.day { p { (reader.say("web-why-first", &args)) } }
        div.tw.show {
            table.lg.days {
                caption.vh { (reader.t("web-why-this-day")) }
                thead {
                    tr {
                        th scope="col" { (reader.t("web-day")) }
                        th scope="col" { (reader.t("web-count")) }
                        th scope="col" { (reader.t("web-reason")) }
                    }
                }
                tbody {
                    @for step in &walk.steps {
                        tr.off[step.n.is_none()] {
                            td { (reader.day_long(step.day)) }
                            td { @if let Some(n) = step.n { (n) } }
                            td {
                                (reader.say(step.reason.code(), &step.reason.args()))
                                @if step.provisional {
                                    " " span.tag.a { (reader.t("web-provisional")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
