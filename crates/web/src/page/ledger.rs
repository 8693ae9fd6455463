//! 整改台账: the ledger of matters, filtered, sorted, page by page. The address is the state.

use crate::fields::pairs;
use crate::page::ledger_list::list;
use crate::parts::{encode, grouped, icon, standing_class};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::{BUSINESS, Page};
use crate::stop::Stop;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::calendar::Day;
use rules::ids::{CampaignId, PostId, UnitId};
use rules::matter::{Remedy, Source, Stage};
use rules::query::{Cursor, Found, Query, Sort, Standing, find};
use rules::signal::ProblemCode;

/// Rows of a page unless the address says otherwise, and the most it may ask for.
const ROWS: usize = 25;
const ROWS_MAX: usize = 100;

/// The standings that stand above the list, with picture and code of a few words.
const STRIP: [(Standing, &str, &str); 5] = [
    (Standing::Overdue, "clock-exclamation", "strip-overdue"),
    (Standing::Near, "hourglass", "strip-near"),
    (Standing::OnPlan, "circle-check", "strip-on-plan"),
    (Standing::WithCheckers, "clipboard-check", "strip-with-checkers"),
    (Standing::Closed, "check", "strip-closed"),
];

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/matters", Need::Any(BUSINESS), page)
}

/// The list as its address asks for it: the parsed query beside the words it came from.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) query: Query,
    given: Vec<(String, String)>,
}

impl Asked {
    /// Reads an address. What it does not understand is passed over: an old bookmark still leads
    /// to a list.
    pub(crate) fn read(raw: Option<&str>) -> Asked {
        let mut given = pairs(raw.unwrap_or_default().as_bytes());
        given.retain(|(_, value)| !value.trim().is_empty());
        let get =
            |name: &str| given.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
        let number = |name: &str| get(name).and_then(|value| value.parse::<u32>().ok());
        let code = |name: &str| get(name).unwrap_or_default().to_owned();
        let limit = number("limit").and_then(|limit| usize::try_from(limit).ok());
        let query = Query {
            text: code("q"),
            standing: Standing::ALL.into_iter().find(|one| one.code() == code("standing")),
            light: rules::light::Light::ALL.into_iter().find(|one| one.code() == code("light")),
            unit: number("unit").map(UnitId),
            post: number("post").map(PostId),
            problem: get("problem").and_then(ProblemCode::parse),
            remedy: Remedy::ALL.into_iter().find(|one| one.code() == code("remedy")),
            source: Source::ALL.into_iter().find(|one| one.code() == code("source")),
            stage: Stage::CODES.into_iter().find(|one| *one == code("stage")),
            campaign: number("campaign").map(CampaignId),
            due_before: get("due_before").and_then(|day| Day::parse(day).ok()),
            sort: Sort::ALL
                .into_iter()
                .find(|sort| sort.code().strip_prefix("sort-") == Some(&code("sort")))
                .unwrap_or_default(),
            descending: get("desc").is_some(),
            after: get("after").and_then(Cursor::parse),
            limit: limit.unwrap_or(ROWS).clamp(1, ROWS_MAX),
        };
        Asked { query, given }
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The same list but for these fields; `None` takes a field away. Begins at the first page.
    pub(super) fn but(&self, changes: &[(&str, Option<&str>)]) -> String {
        let kept = self
            .given
            .iter()
            .filter(|(key, _)| key != "after" && !changes.iter().any(|(name, _)| name == key));
        let mut parts: Vec<String> =
            kept.map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect();
        let new = changes.iter().filter_map(|(name, value)| Some((name, (*value)?)));
        parts.extend(new.map(|(name, value)| format!("{name}={}", encode(value))));
        if parts.is_empty() { "/matters".into() } else { format!("/matters?{}", parts.join("&")) }
    }

    fn is_filtered(&self) -> bool {
        self.given
            .iter()
            .any(|(key, _)| !matches!(key.as_str(), "sort" | "desc" | "limit" | "after"))
    }
}

async fn page(reader: Reader, RawQuery(raw): RawQuery) -> Result<Response, Stop> {
    let asked = Asked::read(raw.as_deref());
    let actor = reader.actor().map_err(|refusal| reader.refused(&refusal))?;
    let found = find(&reader.register, &asked.query, &actor, reader.today);
    if reader.partial {
        // Figures, views and links around the list are those of the list, so they come with it.
        let part = html! {
            (list(&reader, &asked, &found))
            (sum(&reader, &found, true))
            (strip(&reader, &asked, &found, true))
            (tabs(&reader, &asked, true))
            (clear(&reader, &asked, true))
        };
        let address = [("hx-push-url", asked.but(&[]))];
        return Ok((address, Html(part.into_string())).into_response());
    }
    let body = html! {
        div.lying {
            (head(&reader, &found))
            (strip(&reader, &asked, &found, false))
            div.card.dense[reader.dense] {
                (tabs(&reader, &asked, false))
                (filters(&reader, &asked))
                (list(&reader, &asked, &found))
            }
            p.hint {
                @for (key, code) in
                    [("J K", "key-rows"), ("", "key-peek"), ("Enter", "key-open"), ("X", "key-tick"),
                     ("C", "key-new"), ("/", "key-search")] {
                    span {
                        kbd { @if key.is_empty() { (reader.t("look-key-space")) } @else { (key) } }
                        (reader.t(code))
                    }
                }
            }
        }
    };
    Ok(reader.page(&Page { here: "menu-ledger", title: reader.t("menu-ledger"), body }))
}

fn head(reader: &Reader, found: &Found) -> Markup {
    let args = [
        ("day", reader.today.to_string()),
        ("total", grouped(found.total)),
        ("shown", grouped(found.rows.len())),
    ];
    html! {
        div.ph {
            div {
                h1 { (reader.t("menu-ledger")) }
                (sum(reader, found, false))
                div.sub.paper-only { (reader.say("look-ledger-printed", &args)) }
            }
            div.acts {
                button.btn.hide-s data-print type="button" { (icon("printer")) (reader.t("web-print")) }
                a.btn.hide-s href="/matters/ledger.xlsx" {
                    (icon("file-spreadsheet")) (reader.t("web-export"))
                }
                @if reader.may_ever(Action::List) {
                    a.btn href="/import" { (icon("table-import")) (reader.t("menu-import")) }
                    a.btn.p href="/matters/new" { (icon("plus")) (reader.t("web-new-matter")) }
                }
            }
        }
    }
}

/// How many there are, and how many of them are closed. `apart`, here and below: sent after a list
/// that a filter has changed, to take the place of the one that is shown.
fn sum(reader: &Reader, found: &Found, apart: bool) -> Markup {
    let all: usize = found.standings.iter().sum();
    let closed = count(found, Standing::Closed);
    let args = [
        ("all", grouped(all)),
        ("closed", grouped(closed)),
        ("percent", (closed * 100 / all.max(1)).to_string()),
    ];
    html! {
        div.sub #sum hx-swap-oob=[apart.then_some("true")] {
            (reader.say("web-ledger-sum", &args))
        }
    }
}

/// The way back to the whole list.
fn clear(reader: &Reader, asked: &Asked, apart: bool) -> Markup {
    html! {
        span #clear hx-swap-oob=[apart.then_some("true")] {
            @if asked.is_filtered() {
                a.btn.t.s href="/matters" { (icon("x")) (reader.t("web-clear")) }
            }
        }
    }
}

pub(crate) fn count(found: &Found, standing: Standing) -> usize {
    found.standings[standing.place()]
}

fn strip(reader: &Reader, asked: &Asked, found: &Found, apart: bool) -> Markup {
    html! {
        div.strip #strip role="group" aria-label=(reader.t("web-by-standing"))
            hx-swap-oob=[apart.then_some("true")] {
            @for (standing, picture, code) in STRIP {
                @let on = asked.query.standing == Some(standing);
                @let to = (!on).then(|| standing.code());
                a href=(asked.but(&[("standing", to)])) aria-current=[on.then_some("true")] {
                    span.dot.(standing_class(standing)) { (icon(picture)) }
                    span {
                        b { (grouped(count(found, standing))) }
                        small {
                            (reader.t(standing.code())) span.opt.mut { " · " (reader.t(code)) }
                        }
                    }
                }
            }
        }
    }
}

fn tabs(reader: &Reader, asked: &Asked, apart: bool) -> Markup {
    let own = reader.by.acting_for.or(reader.by.post);
    let unit = own.and_then(|post| reader.register.office().post(post)).map(|post| post.unit);
    let (own, unit) = (own.unwrap_or_default().to_string(), unit.unwrap_or_default().to_string());
    let tabs = [
        ("tab-all", None),
        ("tab-mine", Some(("post", own))),
        ("tab-unit", Some(("unit", unit))),
        ("tab-pending", Some(("standing", Standing::Pending.code().to_owned()))),
        ("tab-checks", Some(("standing", Standing::WithCheckers.code().to_owned()))),
        ("tab-looks", Some(("stage", "stage-closed".to_owned()))),
    ];
    html! {
        div.tabs #tabs role="navigation" aria-label=(reader.t("web-views"))
            hx-swap-oob=[apart.then_some("true")] {
            @for (code, field) in &tabs {
                @let on = match field {
                    None => !asked.is_filtered(),
                    Some((name, value)) => asked.value(name) == Some(value),
                };
                a href=(field.as_ref().map_or_else(|| "/matters".to_owned(),
                        |(name, value)| format!("/matters?{name}={value}")))
                    aria-current=[on.then_some("page")] { (reader.t(code)) }
            }
        }
    }
}

fn filters(reader: &Reader, asked: &Asked) -> Markup {
    let hidden = ["sort", "desc", "limit", "standing", "light", "post", "campaign", "due_before"];
    let office = reader.register.office();
    let units: Vec<(String, String)> =
        office.units().map(|(id, unit)| (id.to_string(), reader.text(&unit.name))).collect();
    let problems: Vec<(String, String)> = ProblemCode::all()
        .map(|code| {
            let name = reader.t(&format!("problem-{}-short", code.to_string().to_lowercase()));
            (code.to_string(), name)
        })
        .collect();
    let coded = |codes: &[&'static str]| -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), reader.t(code))).collect()
    };
    let selects = [
        ("unit", "ledger-unit", units),
        ("problem", "ledger-problem-kind", problems),
        ("remedy", "form-remedy", coded(&Remedy::ALL.map(Remedy::code))),
        ("source", "ledger-source", coded(&Source::ALL.map(Source::code))),
        ("stage", "web-stage", coded(&Stage::CODES)),
    ];
    html! {
        form.filters action="/matters" method="get" hx-get="/matters" hx-target="#list"
            hx-swap="outerHTML" hx-trigger="change, input delay:220ms from:#fq"
            hx-push-url="true" {
            @for name in hidden {
                @if let Some(value) = asked.value(name) {
                    input type="hidden" name=(name) value=(value);
                }
            }
            div.srch {
                (icon("search"))
                input.inp #fq type="search" name="q" value=(asked.query.text) autocomplete="off"
                    placeholder=(reader.t("web-filter-hint")) aria-label=(reader.t("web-filter"));
                kbd { "/" }
            }
            @for (name, code, options) in &selects {
                select.sel.on[asked.value(name).is_some()] name=(name)
                    aria-label=(reader.t(code)) {
                    option value="" { (reader.t(code)) }
                    @for (value, text) in options {
                        option value=(value) selected[asked.value(name) == Some(value)] { (text) }
                    }
                }
            }
            (clear(reader, asked, false))
            span.sp {}
            button.btn.s.i.hide-s #densebtn type="button" aria-label=(reader.t("web-dense"))
                aria-pressed=(reader.dense) { (icon("layout-list")) }
            noscript { button.btn { (reader.t("web-filter")) } }
        }
    }
}
