//! The list of the ledger: rows on a desk, cards on a phone, what is done with several, the way on.

use crate::page::ledger::Asked;
use crate::page::matter::{marks, problem_code};
use crate::parts::{grouped, icon, pips, stage_short};
use crate::reader::Reader;
use maud::{Markup, html};
use rules::access::Action;
use rules::ids::MatterId;
use rules::matter::Matter;
use rules::query::{Found, Standing};

pub(super) fn list(reader: &Reader, asked: &Asked, found: &Found) -> Markup {
    let rows: Vec<(MatterId, &Matter)> =
        found.rows.iter().filter_map(|id| Some((*id, reader.register.matter(*id)?))).collect();
    html! {
        div #list {
            @if rows.is_empty() {
                (empty(reader))
            } @else {
                (table(reader, asked, &rows, found.total))
                (cards(reader, &rows))
                (bulk(reader))
                (pager(reader, asked, found, rows.len()))
            }
        }
    }
}

/// What to do when no row fits: a condition less, or, in a new ledger, its first matters.
fn empty(reader: &Reader) -> Markup {
    let new = reader.register.matters().next().is_none();
    html! {
        div.empty {
            (icon("inbox"))
            @if new {
                h2 { (reader.t("look-ledger-new")) }
                p { (reader.t("look-ledger-new-hint")) }
                p {
                    a.btn.p href="/plans" { (icon("file-text")) (reader.t("menu-plans")) }
                    @if reader.may_ever(Action::List) {
                        " " a.btn href="/matters/new" { (icon("plus")) (reader.t("web-new-matter")) }
                    }
                }
            } @else {
                h2 { (reader.t("web-no-rows")) }
                p { (reader.t("web-no-rows-hint")) }
                p { a.btn href="/matters" { (icon("x")) (reader.t("web-clear-all")) } }
            }
        }
    }
}

fn table(reader: &Reader, asked: &Asked, rows: &[(MatterId, &Matter)], total: usize) -> Markup {
    let steers = reader.may_ever(Action::Steer);
    let heads = [
        ("urgency", "web-light"),
        ("number", "web-matter"),
        ("problem", "ledger-problem-kind"),
        ("unit", "web-unit-post"),
        ("stage", "web-stage"),
        ("due", "look-due"),
        ("changed", "web-changed"),
    ];
    html! {
        form #rows method="get" action="/matters/bulk" {
            div.tw.stick tabindex="0" role="region" aria-label=(reader.t("menu-ledger")) {
                table.lg {
                    caption.vh { (reader.say("web-ledger-caption", &[("count", grouped(total))])) }
                    thead {
                        tr {
                            @if steers {
                                th.c-cb scope="col" {
                                    input.cb #ckall type="checkbox"
                                        aria-label=(reader.t("web-tick-all"));
                                }
                            }
                            @for (name, code) in heads { (sort_head(reader, asked, name, code)) }
                        }
                    }
                    tbody { @for (id, matter) in rows { (row(reader, *id, matter, steers)) } }
                }
            }
        }
    }
}

fn sort_head(reader: &Reader, asked: &Asked, name: &str, code: &str) -> Markup {
    let on = asked.value("sort") == Some(name);
    let desc = on && asked.query.descending;
    let next = if on && !desc { Some("1") } else { None };
    let to = asked.but(&[("sort", Some(name)), ("desc", next)]);
    let picture = match (on, desc) {
        (true, false) => "arrow-up",
        (true, true) => "arrow-down",
        (false, _) => "selector",
    };
    let order = on.then_some(if desc { "descending" } else { "ascending" });
    html! {
        th scope="col" aria-sort=[order] { a href=(to) { (reader.t(code)) (icon(picture)) } }
    }
}

fn row(reader: &Reader, id: MatterId, matter: &Matter, steers: bool) -> Markup {
    let standing = reader.standing(id, matter);
    html! {
        tr #{"m" (id)} data-id=(id) {
            @if steers {
                td.c-cb {
                    input.cb type="checkbox" name="ids" value=(id)
                        aria-label=(reader.say("web-tick", &[("no", reader.number(id))]));
                }
            }
            td { (reader.light(id, matter)) }
            td {
                a.ti href=(format!("/matters/{id}")) { (reader.title(matter)) }
                div.meta {
                    span { (reader.number(id)) } span { "·" }
                    span { (reader.t(matter.source.code())) } (marks(reader, matter))
                }
            }
            td { span.tag { (reader.t(&problem_code(matter, "-short"))) } }
            td.two { (unit_and_post(reader, matter)) }
            td {
                div.stg { (reader.t(stage_short(&matter.stage))) }
                (pips(&matter.stage, standing == Standing::Overdue))
            }
            td.nowrap {
                @if let Some(duty) = matter.duty() {
                    (reader.day(duty.term.due())) div.meta { (reader.t(duty.remedy.code())) }
                }
            }
            td.nowrap.mut { (reader.ago(reader.register.changed_on(id).unwrap_or(matter.listed_on))) }
        }
    }
}

fn unit_and_post(reader: &Reader, matter: &Matter) -> Markup {
    html! {
        @match matter.owner().and_then(|id| Some((id, reader.register.office().post(id)?))) {
            Some((id, post)) => {
                b { (reader.unit(post.unit)) } small { (reader.post(id)) }
            }
            None => { b { (reader.unit(matter.unit)) } small { (reader.t("web-nobody-yet")) } }
        }
    }
}

fn cards(reader: &Reader, rows: &[(MatterId, &Matter)]) -> Markup {
    html! {
        ul.cards {
            @for (id, matter) in rows {
                @let standing = reader.standing(*id, matter);
                li {
                    a.c href=(format!("/matters/{id}")) {
                        span.r1 {
                            span { (reader.number(*id)) " · " (reader.t(matter.source.code())) }
                            (reader.light(*id, matter))
                        }
                        b { (reader.title(matter)) }
                        span.r2 {
                            span { (reader.unit(matter.unit)) }
                            (pips(&matter.stage, standing == Standing::Overdue))
                            span { (reader.t(stage_short(&matter.stage))) }
                            (marks(reader, matter))
                        }
                    }
                }
            }
        }
    }
}

fn bulk(reader: &Reader) -> Markup {
    html! {
        @if reader.may_ever(Action::Steer) {
            div.bulk #bulk role="region" aria-label=(reader.t("web-bulk")) {
                span { (reader.t("web-ticked")) " " b #bulkn { "0" } }
                button.btn.s type="submit" form="rows" {
                    (icon("send")) (reader.t("web-bulk-assign"))
                }
                span.sp {}
                button.btn.s #bulkx type="button" { (reader.t("web-cancel")) }
            }
        }
    }
}

fn pager(reader: &Reader, asked: &Asked, found: &Found, shown: usize) -> Markup {
    let args = [("total", grouped(found.total)), ("shown", grouped(shown))];
    html! {
        nav.pager aria-label=(reader.t("web-pages")) {
            span { (reader.say("web-page-of", &args)) }
            span.sp {}
            @if asked.query.after.is_some() {
                a href=(asked.but(&[])) { (reader.t("web-first-page")) }
            }
            @if let Some(next) = &found.next {
                a.btn.s rel="next" href=(asked.but(&[("after", Some(&next.to_text()))])) {
                    (reader.t("web-next-page")) (icon("chevron-right"))
                }
            }
        }
    }
}
