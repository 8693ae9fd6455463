//! 新建事项: one column, six fields.

use crate::fields::{Fields, Posted};
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::access::{Action, Marking};
use rules::ids::UnitId;
use rules::matter::{Command as Deal, Source};
use rules::record::{Command, Stream};
use rules::signal::ProblemCode;

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/matters/new", Need::Any(&[Action::List]), empty).post(
        "/matters/new",
        Need::Any(&[Action::List]),
        list,
    )
}

async fn empty(reader: Reader) -> Response {
    reader.page(&page(&reader, &Fields::default(), None))
}

async fn list(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    let said = match command(&reader, &fields) {
        Ok(command) => match reader.submit(request, Command::Matter(None, command), None).await {
            Ok(receipt) => {
                let to = match receipt.stream {
                    Some(Stream::Matter(id)) => format!("/matters/{id}?done=command-list"),
                    Some(_) | None => "/matters".to_owned(),
                };
                return Ok(Redirect::to(&to).into_response());
            }
            Err(not_done) => reader.say(not_done.code(), &not_done.args()),
        },
        Err(field) => reader.say("web-field-blank", &[("@field", field.to_owned())]),
    };
    let page = page(&reader, &fields, Some(&said));
    Ok(reader.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// The command that a form means; `Err` is the code of the field that is missing. The API reads
/// the same names.
pub(crate) fn command(reader: &Reader, fields: &Fields) -> Result<Deal, &'static str> {
    let source = Source::ALL.into_iter().find(|one| fields.get("source") == Some(one.code()));
    let marking = Marking::ALL.into_iter().find(|one| fields.get("marking") == Some(one.code()));
    let unit = fields.get("unit").and_then(|unit| unit.parse().ok()).map(UnitId);
    Ok(Deal::List {
        campaign: reader.campaign().map(|(id, _)| id),
        problem: fields.get("problem").and_then(ProblemCode::parse).ok_or("ledger-problem-kind")?,
        unit: unit.ok_or("ledger-unit")?,
        source: source.ok_or("ledger-source")?,
        marking: marking.unwrap_or_default(),
        title: fields.words("title"),
        detail: fields.words("detail"),
    })
}

fn page(reader: &Reader, sent: &Fields, said: Option<&str>) -> Page {
    let body = html! {
        p.crumb { a href="/matters" { (reader.t("menu-ledger")) } }
        div.ph { div { h1 { (reader.t("web-new-matter")) } div.sub { (reader.t("web-new-hint")) } } }
        section.card.narrow {
            form.bd method="post" action="/matters/new" {
                (reader.hidden(None))
                @if let Some(said) = said { div.errbox role="alert" { (said) } }
                (line(reader, sent))
                p.acts {
                    button.btn.p type="submit" { (icon("plus")) (reader.t("command-list")) }
                }
            }
        }
    };
    Page { here: "menu-ledger", title: reader.t("web-new-matter"), body }
}

fn line(reader: &Reader, sent: &Fields) -> Markup {
    let value = |name: &str| sent.get(name).unwrap_or_default();
    let office = reader.register.office();
    let own = reader.by.post.and_then(|post| office.post(post)).map(|post| post.unit.to_string());
    let unit = sent.get("unit").map(str::to_owned).or(own).unwrap_or_default();
    // Accusations are for those who receive them; nobody else is offered the source.
    let receives = reader.actor().is_ok_and(|one| rules::access::may_know(&one, &sealed()).is_ok());
    html! {
        div.f {
            label for="title" { (reader.t("field-title")) }
            input.inp #title name="title" value=(value("title")) required maxlength="200";
        }
        div.f {
            label for="detail" {
                (reader.t("field-detail")) span.mut { (reader.t("form-optional")) }
            }
            textarea.inp #detail name="detail" rows="4" maxlength="20000" { (value("detail")) }
        }
        div.f {
            label for="problem" { (reader.t("ledger-problem-kind")) }
            select.sel #problem name="problem" required {
                option value="" { (reader.t("form-choose")) }
                @for code in ProblemCode::all() {
                    @let name = format!("problem-{}", code.to_string().to_lowercase());
                    option value=(code) selected[value("problem") == code.to_string()] {
                        (reader.t(&name))
                    }
                }
            }
        }
        div.f {
            label for="unit" { (reader.t("ledger-unit")) }
            select.sel #unit name="unit" required {
                @for (id, one) in office.units() {
                    option value=(id) selected[unit == id.to_string()] { (reader.text(&one.name)) }
                }
            }
        }
        div.f {
            label for="source" { (reader.t("ledger-source")) }
            select.sel #source name="source" required {
                @for one in Source::ALL {
                    @if one != Source::Accusation || receives {
                        option value=(one.code()) selected[value("source") == one.code()] {
                            (reader.t(one.code()))
                        }
                    }
                }
            }
        }
        div.f {
            label for="marking" { (reader.t("about-marking")) }
            select.sel #marking name="marking" {
                @for one in Marking::ALL {
                    option value=(one.code())
                        selected[sent.get("marking").unwrap_or(Marking::default().code()) == one.code()] {
                        (reader.t(one.code()))
                    }
                }
            }
        }
    }
}

fn sealed() -> rules::access::Thing {
    rules::access::Thing { sealed: true, ..rules::access::Thing::office() }
}
