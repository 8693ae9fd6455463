//! Finding by any piece of Chinese text, and the palette that opens on Ctrl+K. What the reader may
//! not see is not found and not counted.

use crate::fields::pairs;
use crate::parts::{grouped, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::ids::PostId;
use rules::query::{Found, Query, Sort, find};

const MOST: usize = 50;
const PALETTE: usize = 8;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/search", Need::SignedIn, page).get("/palette", Need::SignedIn, palette)
}

fn asked(raw: Option<&str>) -> String {
    let given = pairs(raw.unwrap_or_default().as_bytes());
    given.into_iter().find(|(key, _)| key == "q").map(|(_, value)| value).unwrap_or_default()
}

fn matters(reader: &Reader, text: &str, limit: usize) -> Option<Found> {
    let actor = reader.actor().ok()?;
    if text.trim().is_empty() {
        return None;
    }
    let query =
        Query { text: text.trim().to_owned(), sort: Sort::Urgency, limit, ..Query::default() };
    Some(find(&reader.register, &query, &actor, reader.today))
}

/// Posts whose own name, unit or holder contains the text.
fn posts(reader: &Reader, text: &str) -> Vec<PostId> {
    let text = text.trim();
    let office = reader.register.office();
    let fits =
        |id: PostId| reader.post_in_unit(id).contains(text) || reader.holder(id).contains(text);
    let found = office.posts().map(|(id, _)| id).filter(|id| !text.is_empty() && fits(*id));
    found.take(PALETTE).collect()
}

fn rows(reader: &Reader, found: &Found) -> Markup {
    html! {
        ul.list {
            @for id in &found.rows {
                @if let Some(matter) = reader.register.matter(*id) {
                    li {
                        (reader.light(*id, matter))
                        a.x href=(format!("/matters/{id}")) { (reader.title(matter)) }
                        small { (reader.number(*id)) " · " (reader.unit(matter.unit)) }
                    }
                }
            }
        }
    }
}

async fn page(reader: Reader, RawQuery(raw): RawQuery) -> Result<Response, Stop> {
    let text = asked(raw.as_deref());
    let found = matters(&reader, &text, MOST);
    let posts = posts(&reader, &text);
    let body = html! {
        div.ph { div { h1 { (reader.t("menu-search")) } } }
        form.filters.card role="search" method="get" action="/search" {
            div.srch.wide {
                (icon("search"))
                input.inp type="search" name="q" value=(text) autofocus
                    aria-label=(reader.t("menu-search")) placeholder=(reader.t("web-search-hint"));
            }
            button.btn.p type="submit" { (reader.t("menu-search")) }
        }
        @match &found {
            None => { p.mut { (reader.t("search-empty")) } }
            Some(found) => {
                section.card {
                    div.hd {
                        h2 { (reader.t("web-matter")) } span.mut { (grouped(found.total)) }
                    }
                    div.bd {
                        @if found.rows.is_empty() { p.mut { (reader.t("web-no-rows")) } }
                        (rows(&reader, found))
                        @if found.total > found.rows.len() {
                            a.btn.t href=(format!("/matters?q={}", crate::parts::encode(&text))) {
                                (reader.t("desk-all"))
                            }
                        }
                    }
                }
            }
        }
        @if !posts.is_empty() {
            section.card {
                div.hd { h2 { (reader.t("form-post")) } }
                div.bd {
                    ul.list {
                        @for id in posts {
                            li {
                                a.x href=(format!("/posts/{id}")) { (reader.post_in_unit(id)) }
                                small { (reader.holder(id)) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(reader.page(&Page { here: "menu-search", title: reader.t("menu-search"), body }))
}

/// The list of the palette: acts, matters, posts.
async fn palette(reader: Reader, RawQuery(raw): RawQuery) -> Response {
    let text = asked(raw.as_deref());
    let acts = [
        ("/", "layout-dashboard", "menu-desk", None),
        ("/matters", "list-details", "menu-ledger", Some(Action::See)),
        ("/matters/new", "plus", "web-new-matter", Some(Action::List)),
        ("/slips", "speakerphone", "menu-slips", Some(Action::Own)),
        ("/plans", "file-text", "menu-plans", Some(Action::See)),
        ("/posts", "users-group", "menu-posts", None),
        ("/log", "fingerprint", "menu-log", None),
    ];
    let found = matters(&reader, &text, PALETTE);
    let part = html! {
        // Enter takes the first of these only if they are for what is typed by then.
        div hidden data-q=(text) {}
        @if let Some(found) = &found {
            h3 { (reader.t("web-matter")) " " (grouped(found.total)) }
            ul {
                @for id in &found.rows {
                    @if let Some(matter) = reader.register.matter(*id) {
                        li {
                            a href=(format!("/matters/{id}")) {
                                (reader.light(*id, matter)) (reader.title(matter))
                                small { (reader.number(*id)) }
                            }
                        }
                    }
                }
            }
        }
        h3 { (reader.t("web-go-to")) }
        ul {
            @for (href, picture, code, action) in acts {
                @let name = reader.t(code);
                @if action.is_none_or(|action| reader.may_ever(action))
                    && (text.trim().is_empty() || name.contains(text.trim())) {
                    li { a href=(href) { (icon(picture)) (name) } }
                }
            }
            @for id in posts(&reader, &text) {
                li {
                    a href=(format!("/posts/{id}")) {
                        (icon("user")) (reader.post_in_unit(id)) small { (reader.holder(id)) }
                    }
                }
            }
        }
    };
    Html(part.into_string()).into_response()
}
