//! 方案分解: campaigns that were adopted, and the door for a new plan.

use super::done::Done;
use super::plan_draft::PlanDraft;
use crate::fields::Posted;
use crate::parts::icon;
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::{BUSINESS, Page};
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::campaign::{Campaign, Task};
use rules::ids::CampaignId;
use rules::query::{Query as Wanted, find};

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/plans", Need::Any(BUSINESS), list)
        .get("/plans/{no}", Need::Any(BUSINESS), page)
        .post("/plans/read", Need::Any(&[Action::RunCampaign]), read)
}

async fn list(reader: Reader) -> Response {
    let body = html! {
        div.ph {
            div { h1 { (reader.t("menu-plans")) } div.sub { (reader.t("plans-hint")) } }
        }
        @if reader.may_ever(Action::RunCampaign) { (upload(&reader, None)) }
        section.card {
            div.hd { h2 { (reader.t("plans-adopted")) } }
            div.bd {
                ul.list {
                    @for (id, campaign) in reader.register.campaigns() {
                        (line(&reader, *id, campaign))
                    }
                }
            }
        }
    };
    reader.page(&Page { here: "menu-plans", title: reader.t("menu-plans"), body })
}

pub(crate) fn upload(reader: &Reader, said: Option<&str>) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("plans-new")) } }
            div.bd {
                @if let Some(said) = said { div.errbox role="alert" { (said) } }
                form method="post" action="/plans/read" enctype="multipart/form-data" data-upload {
                    (reader.hidden(None))
                    div.f {
                        label for="document" { (reader.t("plans-file")) }
                        span.hintline #dochint { (reader.t("plans-file-hint")) }
                        input.inp #document type="file" name="document" accept=".docx,.txt"
                            required aria-describedby="dochint";
                    }
                    p.acts {
                        button.btn.p type="submit" { (icon("file-text")) (reader.t("plans-read")) }
                    }
                    (reader.uploading(crate::fields::FILE_MAX))
                }
            }
        }
    }
}

fn line(reader: &Reader, id: CampaignId, campaign: &Campaign) -> Markup {
    html! {
        li {
            (icon("file-text"))
            a.x href=(format!("/plans/{id}")) { (reader.text(&campaign.title)) }
            @if campaign.closed_on.is_some() { span.tag { (reader.t("stage-campaign-closed")) } }
            @else { span.tag.g { (reader.t("stage-campaign-running")) } }
            small { (campaign.from) @if let Some(until) = campaign.until { " – " (until) } }
        }
    }
}

async fn page(
    reader: Reader,
    Path(no): Path<u32>,
    Query(done): Query<Done>,
) -> Result<Response, Stop> {
    let id = CampaignId(no);
    let campaign = reader.register.campaign(id);
    let campaign = campaign.ok_or_else(|| reader.refused(&rules::Refusal::NoSuchCampaign(id)))?;
    let actor = reader.actor().map_err(|refusal| reader.refused(&refusal))?;
    let query = Wanted { campaign: Some(id), limit: 1, ..Wanted::default() };
    let matters = find(&reader.register, &query, &actor, reader.today).total;
    let body = html! {
        @if done.is_some() {
            p.flash role="status" { (icon("circle-check")) (reader.t("plans-done")) }
        }
        p.crumb { a href="/plans" { (reader.t("menu-plans")) } }
        section.card {
            div.mh {
                h1 { (reader.text(&campaign.title)) }
                dl.kv {
                    div { dt { (reader.t("plans-authority")) } dd { (reader.t(campaign.authority.code())) } }
                    div { dt { (reader.t("plans-time")) } dd {
                        (campaign.from) @if let Some(until) = campaign.until { " – " (until) }
                    } }
                    div { dt { (reader.t("web-matter")) } dd {
                        a href=(format!("/matters?campaign={id}")) { (matters) }
                    } }
                }
            }
        }
        (problems(&reader, campaign))
        (tasks(&reader, campaign))
        (organisation(&reader, campaign))
    };
    let title = reader.text(&campaign.title);
    Ok(reader.page(&Page { here: "menu-plans", title, body }))
}

fn problems(reader: &Reader, campaign: &Campaign) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("field-problems")) } span.mut { (campaign.problems.len()) } }
            div.bd {
                ul.list {
                    @for one in &campaign.problems {
                        li {
                            @match one.problem {
                                Some(code) => {
                                    a.tag.b href=(format!("/matters?problem={code}")) {
                                        (reader.t(&short_name(code)))
                                    }
                                }
                                None => { span.tag { "—" } }
                            }
                            span.x.wrap { (reader.text(&one.words)) }
                        }
                    }
                }
            }
        }
    }
}

/// The code of a problem's short name.
fn short_name(code: rules::signal::ProblemCode) -> String {
    format!("problem-{}-short", code.to_string().to_lowercase())
}

fn tasks(reader: &Reader, campaign: &Campaign) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("field-tasks")) } span.mut { (campaign.tasks.len()) } }
            div.tw.show.stick tabindex="0" role="region" aria-label=(reader.t("field-tasks")) {
                table.lg.plain.stackt.task {
                    caption.vh { (reader.t("field-tasks")) }
                    thead {
                        tr {
                            @for code in
                                ["tasks-task", "tasks-lead-section", "tasks-owner", "tasks-due",
                                 "tasks-goal"] { th scope="col" { (reader.t(code)) } }
                        }
                    }
                    tbody { @for task in &campaign.tasks { (task_row(reader, task)) } }
                }
            }
        }
    }
}

fn task_row(reader: &Reader, task: &Task) -> Markup {
    html! {
        tr {
            td.wrap { (reader.text(&task.words)) }
            td { (reader.text(&task.lead)) }
            td {
                @match task.owner {
                    Some(post) => { (reader.post_in_unit(post)) }
                    None => { span.tag.a { (reader.t("tasks-no-owner")) } }
                }
            }
            td.nowrap {
                @match task.due {
                    Some(due) => { (reader.day(due)) }
                    None => { span.tag.a { (reader.t("tasks-no-due")) } }
                }
            }
            td.wrap { (reader.text(&task.deliverable)) }
        }
    }
}

fn organisation(reader: &Reader, campaign: &Campaign) -> Markup {
    html! {
        @if !campaign.stages.is_empty() || !campaign.seats.is_empty() {
            section.card {
                div.hd { h2 { (reader.t("plans-organisation")) } }
                div.bd {
                    ul.list {
                        @for stage in &campaign.stages {
                            li {
                                (icon("calendar-event"))
                                span.x.wrap {
                                    span.k { (reader.text(&stage.name)) }
                                    @if let Some(from) = stage.from { (from) }
                                    @if let Some(until) = stage.until { " – " (until) }
                                }
                            }
                        }
                        @for seat in &campaign.seats {
                            li {
                                (icon("users"))
                                span.x.wrap {
                                    span.k { (reader.text(&seat.role)) }
                                    (reader.text(&seat.who))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Reads an uploaded plan and leads to its draft; a document that cannot be read says why.
async fn read(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let Some(upload) = fields.files.into_iter().next() else {
        let said = reader.say("web-field-blank", &[("@field", "plans-file".to_owned())]);
        return Ok(refused(&reader, &said));
    };
    // Reading a large document takes a while; other requests go on.
    let lang = reader.lang;
    let bytes = upload.bytes.clone();
    let today = reader.today;
    let read = tokio::task::spawn_blocking(move || {
        let document = intake::document(&bytes)
            .map_err(|fault| words::say(lang, fault.code(), &fault.args()))?;
        Ok::<_, String>(rules::plan::read(&document.text, Some(today.ymd().0)))
    })
    .await;
    let read = read.unwrap_or_else(|_| Err(reader.t("web-failed")));
    match read {
        Ok(plan) => {
            let draft = PlanDraft::new(&reader, plan, upload);
            let no = reader.keep_draft(draft);
            Ok(Redirect::to(&format!("/plans/drafts/{no}")).into_response())
        }
        Err(said) => Ok(refused(&reader, &said)),
    }
}

fn refused(reader: &Reader, said: &str) -> Response {
    let body = html! {
        div.ph { div { h1 { (reader.t("menu-plans")) } } }
        (upload(reader, Some(said)))
    };
    let page = Page { here: "menu-plans", title: reader.t("menu-plans"), body };
    reader.page_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page)
}
