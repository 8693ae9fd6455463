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

fn heads(reader: &Reader, codes: &[&str]) -> Markup {
    html! { thead { tr { @for code in codes { th scope="col" { (reader.t(code)) } } } } }
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
    html! {
        div.tw.show tabindex="0" role="region" aria-label=(reader.t("policy-clocks")) {
            table.lg.plain {
                caption.vh { (reader.t("policy-clocks")) }
                (heads(reader, &["policy-what", "policy-length", "policy-source", "policy-confirmed"]))
                tbody {
                    @for (name, clock) in policy.clocks() {
                        tr {
                            td { (reader.t(&format!("policy-{}", name.replace('_', "-")))) }
                            td.nowrap { (length(reader, clock.length)) }
                            (basis(reader, &clock.basis))
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

fn counts(reader: &Reader, policy: &Policy) -> Markup {
    html! {
        div.tw.show tabindex="0" role="region" aria-label=(reader.t("policy-counts")) {
            table.lg.plain {
                caption.vh { (reader.t("policy-counts")) }
                (heads(reader, &["policy-what", "policy-value", "policy-source", "policy-confirmed"]))
                tbody {
                    @for (name, count) in policy.counts() {
                        tr {
                            td { (reader.t(&format!("policy-{}", name.replace('_', "-")))) }
                            td.nowrap { (count.value) }
                            (basis(reader, &count.basis))
                        }
                    }
                }
            }
        }
    }
}
