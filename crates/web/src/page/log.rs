//! 留痕核验: the log as anyone may see it, and the proof of each entry.

use super::attachment;
use crate::parts::{grouped, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use ledger::proof::Proof;
use ledger::tree::inclusion_holds;
use ledger::{Hash, Recorded};
use maud::{Markup, PreEscaped, html};
use rules::record::Stream;
use serde::Deserialize;

/// What a checkpoint and a receipt are.
const PLAIN: &str = "text/plain; charset=utf-8";
/// Entries of one page.
const MOST: u64 = 50;

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/log", Need::SignedIn, list)
        .get("/log/{seq}", Need::SignedIn, entry)
        .get("/log/{seq}/receipt", Need::SignedIn, receipt)
        .get("/log/checkpoint", Need::SignedIn, checkpoint)
}

#[derive(Deserialize)]
struct From {
    before: Option<u64>,
}

async fn list(reader: Reader, Query(from): Query<From>) -> Result<Response, Stop> {
    let (size, root) = reader.app.ledger.tree_head();
    let end = from.before.unwrap_or(size).min(size);
    let start = end.saturating_sub(MOST);
    let count = usize::try_from(end - start).unwrap_or(0);
    let entries = reader.app.ledger.entries_from(start, count);
    let entries = entries.map_err(|fault| reader.fault(&fault))?;
    let body = html! {
        div.ph {
            div { h1 { (reader.t("menu-log")) } div.sub { (reader.t("log-hint")) } }
            div.acts {
                a.btn href="/log/checkpoint" { (icon("download")) (reader.t("log-checkpoint")) }
            }
        }
        section.card {
            div.bd {
                dl.kv {
                    div { dt { (reader.t("about-log-size")) } dd { (grouped(usize::try_from(size).unwrap_or(0))) } }
                    div { dt { (reader.t("about-origin")) } dd.mono { (reader.app.ledger.origin()) } }
                    div.wide { dt { (reader.t("about-tree-head")) } dd.mono.hash { (root.hex()) } }
                }
                form.pair method="get" action="/log" {
                    label for="before" { (reader.t("log-go")) }
                    input.inp #before type="number" min="1" max=(size) name="before";
                    button.btn type="submit" { (reader.t("log-show")) }
                }
            }
        }
        section.card { (table(&reader, &entries)) (pager(&reader, start)) }
    };
    Ok(reader.page(&Page { here: "menu-log", title: reader.t("menu-log"), body }))
}

fn table(reader: &Reader, entries: &[Recorded]) -> Markup {
    html! {
        div.tw.show.stick tabindex="0" role="region" aria-label=(reader.t("menu-log")) {
            table.lg.plain.stackt.log {
                caption.vh { (reader.t("menu-log")) }
                thead {
                    tr {
                        @for code in ["log-entry", "log-time", "log-what", "log-thing", "log-hash"] {
                            th scope="col" { (reader.t(code)) }
                        }
                    }
                }
                tbody {
                    @for entry in entries.iter().rev() {
                        tr {
                            td { a href=(format!("/log/{}", entry.seq)) { "#" (entry.seq) } }
                            td.nowrap { (reader.moment(entry.log_time)) }
                            td { (what(reader, entry)) }
                            td { (thing(reader, entry)) }
                            td.mono { (&entry.hash.hex()[..16]) "…" }
                        }
                    }
                }
            }
        }
    }
}

/// The kind of an entry, as far as anyone may know it.
fn what(reader: &Reader, entry: &Recorded) -> Markup {
    match &entry.told {
        Some(told) if !entry.sealed => {
            let code = format!("event-{}", told.kind.replace('_', "-"));
            let name =
                if words::knows(reader.lang, &code) { reader.t(&code) } else { told.kind.clone() };
            html! { (name) }
        }
        Some(_) | None => html! { (icon("lock")) (reader.t("web-sealed")) },
    }
}

/// The stream that an entry belongs to. What the reader may not see has a number and no name.
fn thing(reader: &Reader, entry: &Recorded) -> Markup {
    let Some(told) = entry.told.as_ref().filter(|_| !entry.sealed) else { return html! {} };
    match told.entry.stream {
        Stream::Matter(id) => html! {
            @if let Ok(matter) = reader.matter(id) {
                a href=(format!("/matters/{id}")) { (reader.number(id)) " " (reader.title(matter)) }
            } @else { (reader.number(id)) }
        },
        Stream::Feedback(id) => {
            let href = format!("/feedback#f{id}");
            html! { a href=(href) { (reader.t("stream-feedback")) " " (id) } }
        }
        Stream::Erasure(id) => html! {
            @if reader.erasure(id).is_some() {
                a href=(format!("/privacy#r{id}")) { (reader.t("stream-erasure")) " " (id) }
            } @else { (reader.t("stream-erasure")) " " (id) }
        },
        Stream::Slip(id) => {
            html! { a href=(format!("/slips/{id}")) { (reader.t("stream-slip")) " " (id) } }
        }
        Stream::Campaign(id) => {
            html! { a href=(format!("/plans/{id}")) { (reader.t("stream-campaign")) " " (id) } }
        }
        Stream::Office => html! { (reader.t("stream-office")) },
        Stream::Basis => html! { (reader.t("stream-basis")) },
    }
}

fn pager(reader: &Reader, start: u64) -> Markup {
    html! {
        nav.pager aria-label=(reader.t("web-pages")) {
            a href="/log" { (reader.t("log-newest")) }
            span.sp {}
            @if start > 0 {
                a.btn.s rel="next" href=(format!("/log?before={start}")) {
                    (reader.t("log-older")) (icon("chevron-right"))
                }
            }
        }
    }
}

/// One entry with its leaf and the proof that it is in the log, checked here and checkable by
/// anyone who has the checkpoint.
async fn entry(reader: Reader, Path(seq): Path<u64>) -> Result<Response, Stop> {
    let ledger = &reader.app.ledger;
    let missing = || missing(&reader, seq);
    let leaf = ledger.leaves_from(seq, 1).map_err(|fault| reader.fault(&fault))?.pop();
    let leaf = leaf.ok_or_else(missing)?;
    let entry = ledger.entries_from(seq, 1).map_err(|fault| reader.fault(&fault))?.pop();
    let entry = entry.ok_or_else(missing)?;
    let proof = ledger.prove(seq).map_err(|fault| reader.fault(&fault))?;
    let receipt = ledger.receipt(seq).map_err(|fault| reader.fault(&fault))?;
    let hash = Hash::leaf(&leaf);
    let holds = inclusion_holds(&hash, &proof);
    let body = html! {
        p.crumb { a href="/log" { (reader.t("menu-log")) } " / #" (seq) }
        div.ph { div { h1 { (reader.t("log-entry")) " #" (seq) } } }
        section.card {
            div.bd.stack {
                p.res.g[holds].r[!holds] role="status" {
                    (icon(if holds { "shield-check" } else { "alert-triangle" }))
                    (reader.t(if holds { "log-holds" } else { "log-fails" }))
                }
                dl.kv {
                    div { dt { (reader.t("log-what")) } dd { (what(&reader, &entry)) } }
                    div { dt { (reader.t("log-time")) } dd { time datetime=(entry.log_time) { (reader.moment(entry.log_time)) } } }
                    div { dt { (reader.t("log-thing")) } dd { (thing(&reader, &entry)) } }
                    div.wide { dt { (reader.t("log-hash")) } dd.mono.hash { (hash.hex()) } }
                    div { dt { (reader.t("about-log-size")) } dd { (grouped(usize::try_from(proof.size).unwrap_or(usize::MAX))) } }
                    div.wide { dt { (reader.t("about-tree-head")) } dd.mono.hash { (proof.root.hex()) } }
                }
                (taken_home(&reader, seq, receipt))
                details.data open {
                    summary { (reader.t("log-leaf")) }
                    p.hintline { (reader.t("log-leaf-hint")) }
                    pre.leaf tabindex="0" { (String::from_utf8_lossy(&leaf)) }
                }
                details.data {
                    summary { (reader.say("log-path", &[("count", proof.path.len().to_string())])) }
                    p.hintline { (reader.t("log-path-hint")) }
                    ol.mono.hashes { @for step in &proof.path { li { (step.hex()) } } }
                }
            }
        }
    };
    Ok(reader.page(&Page { here: "menu-log", title: format!("#{seq}"), body }))
}

fn missing(reader: &Reader, seq: u64) -> Stop {
    let args = [("seq", seq.to_string())];
    Stop::new(StatusCode::NOT_FOUND, reader.lang, "ledger-no-such-entry", &args)
}

/// The proof for whoever the entry concerns: as a file, and for a telephone's camera.
fn taken_home(reader: &Reader, seq: u64, receipt: Option<Proof>) -> Markup {
    let Some(receipt) = receipt else {
        return html! { p.hintline { (reader.t("trust-no-receipt-yet")) } };
    };
    let text = receipt.to_string();
    html! {
        p { a.btn href={ "/log/" (seq) "/receipt" } {
            (icon("download")) (reader.t("trust-receipt"))
        } }
        details.data {
            summary { (reader.t("trust-receipt-code")) }
            p.hintline { (reader.t("trust-receipt-hint")) }
            @if let Some(code) = papers::qr_svg(&text) {
                div.qr role="img" aria-label=(reader.t("trust-receipt-code")) {
                    (PreEscaped(code))
                }
            }
            pre.leaf tabindex="0" { (text) }
        }
    }
}

async fn receipt(reader: Reader, Path(seq): Path<u64>) -> Result<Response, Stop> {
    let receipt = reader.app.ledger.receipt(seq).map_err(|fault| reader.fault(&fault))?;
    let receipt = receipt.ok_or_else(|| missing(&reader, seq))?;
    Ok(attachment(PLAIN, &format!("entry-{seq}.tlog-proof"), receipt.to_string()))
}

async fn checkpoint(reader: Reader) -> Result<Response, Stop> {
    let published = reader.app.ledger.published().map_err(|fault| reader.fault(&fault))?;
    Ok(attachment(PLAIN, "checkpoint.txt", published))
}
