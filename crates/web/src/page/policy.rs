//! 办法参数: every figure the office works by, with its source and who confirmed it.

use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use axum::response::Response;
use maud::{Markup, html};
use rules::calendar::Unit;
use rules::policy::{Basis, Policy};

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/policy", Need::SignedIn, page)
}

async fn page(reader: Reader) -> Response {
    let (number, version) = reader.register.basis();
    let last = reader.register.calendar().last_published();
    let body = html! {
        div.ph {
            div {
                h1 { (reader.t("menu-policy")) }
                div.sub {
                    (reader.say("policy-sub", &[
                        ("policy", number.to_string()),
                        ("calendar", version.to_string()),
                        ("day", last.to_string()),
                    ]))
                }
            }
        }
        @match reader.register.policy() {
            None => { section.card { div.bd { p { (reader.t("about-lights-none")) } } } }
            Some(policy) => {
                section.card {
                    div.hd { h2 { (reader.t("policy-clocks")) } }
                    (clocks(&reader, policy))
                }
                section.card {
                    div.hd { h2 { (reader.t("policy-counts")) } }
                    (counts(&reader, policy))
                }
            }
        }
    };
    reader.page(&Page { here: "menu-policy", title: reader.t("menu-policy"), body })
}

fn basis(reader: &Reader, basis: &Basis) -> Markup {
    html! {
        td { (reader.text(&basis.source)) @if let Some(day) = basis.dated { " " span.mut { (day) } } }
        td {
            @match &basis.confirmed_by {
                Some(who) => { (reader.text(who)) }
                None => { span.tag.a { (reader.t("policy-unconfirmed")) } }
            }
        }
    }
}

fn clocks(reader: &Reader, policy: &Policy) -> Markup {
    let rows =
        policy.clocks().map(|(name, clock)| (name, length(reader, clock.length), &clock.basis));
    table(reader, "policy-clocks", "policy-length", &rows)
}

fn counts(reader: &Reader, policy: &Policy) -> Markup {
    let rows = policy.counts().into_iter();
    let rows = rows.map(|(name, count)| (name, count.value.to_string(), &count.basis));
    let rows: Vec<_> = rows.collect();
    table(reader, "policy-counts", "policy-value", &rows)
}

/// Figures of one kind: name, value as said, basis.
fn table(reader: &Reader, title: &str, value: &str, rows: &[(&str, String, &Basis)]) -> Markup {
    html! {
        div.tw.show.stick tabindex="0" role="region" aria-label=(reader.t(title)) {
            table.lg.plain.stackt.pol {
                caption.vh { (reader.t(title)) }
                thead {
                    tr {
                        @for code in ["policy-what", value, "policy-source", "policy-confirmed"] {
                            th scope="col" { (reader.t(code)) }
                        }
                    }
                }
                tbody {
                    @for (name, value, from) in rows {
                        tr {
                            td { (reader.t(&format!("policy-{}", name.replace('_', "-")))) }
                            td.nowrap { (value) }
                            (basis(reader, from))
                        }
                    }
                }
            }
        }
    }
}

fn length(reader: &Reader, length: rules::calendar::Length) -> String {
    let code = match length.unit {
        Unit::WorkingDay => "policy-working-days",
        Unit::NaturalDay => "policy-days",
        Unit::Month => "policy-months",
    };
    reader.say(code, &[("n", length.n.to_string())])
}
