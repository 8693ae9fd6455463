//! A plan's draft beside its paragraphs: a person corrects what the reader made of it, and adopts.

use crate::fields::{Fields, Posted, Upload};
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::calendar::Day;
use rules::campaign::{self, Authority, Draft, NamedProblem, Span, Task};
use rules::ids::{EvidenceId, PostId};
use rules::matter::Proof;
use rules::plan::Plan;
use rules::record::{Command, Stream};
use rules::signal::ProblemCode;
use rules::text::Words;
use std::sync::Arc;

const RUN: Need = Need::Any(&[Action::RunCampaign]);

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/plans/drafts/{no}", RUN, page).post("/plans/drafts/{no}", RUN, adopt)
}

/// An uploaded plan as read, until it is adopted.
pub(crate) struct PlanDraft {
    plan: Plan,
    upload: Upload,
    draft: Draft,
}

impl PlanDraft {
    pub(crate) fn new(reader: &Reader, plan: Plan, upload: Upload) -> PlanDraft {
        // The file is kept when the plan is adopted; until then nothing of it is stored.
        let unkept = Proof::Kept { id: EvidenceId([0; 32]), plain: Words::new("") };
        let draft = campaign::draft(&plan, unkept, reader.today, reader.register.office());
        PlanDraft { plan, upload, draft }
    }
}

impl Reader {
    pub(crate) fn keep_draft<T: std::any::Any + Send + Sync>(&self, draft: T) -> u64 {
        self.app.drafts().keep(self.by.account, self.at, draft)
    }

    pub(crate) fn find_draft<T: std::any::Any + Send + Sync>(
        &self,
        no: u64,
    ) -> Result<Arc<T>, Stop> {
        let found = self.app.drafts().find(no, self.by.account);
        found.ok_or_else(|| Stop::new(StatusCode::NOT_FOUND, self.lang, "web-draft-gone", &[]))
    }
}

async fn page(reader: Reader, Path(no): Path<u64>) -> Result<Response, Stop> {
    let draft = reader.find_draft::<PlanDraft>(no)?;
    Ok(show(&reader, no, &draft, &Fields::default(), None))
}

fn show(
    reader: &Reader,
    no: u64,
    draft: &PlanDraft,
    sent: &Fields,
    said: Option<&str>,
) -> Response {
    let fit = draft.plan.supervisability;
    let args = [
        ("tasks", fit.tasks.to_string()),
        ("owner", fit.with_owner.to_string()),
        ("day", fit.with_date.to_string()),
        ("deliverable", fit.with_deliverable.to_string()),
    ];
    let body = html! {
        p.crumb { a href="/plans" { (reader.t("menu-plans")) } }
        div.ph {
            div { h1 { (reader.t("draft-title")) } div.sub { (draft.upload.name) } }
        }
        div.errsum role="status" {
            (icon("scale"))
            div { h2 { (reader.t("draft-fit")) } p { (reader.say("draft-fit-is", &args)) } }
        }
        @if let Some(said) = said { div.errbox role="alert" { (said) } }
        form method="post" action=(format!("/plans/drafts/{no}")) {
            (reader.hidden(None))
            div.two-col.draft {
                div.stack {
                    (frame(reader, draft, sent))
                    (problems(reader, draft, sent))
                    (tasks(reader, draft, sent))
                    p.acts {
                        button.btn.p type="submit" { (icon("check")) (reader.t("command-adopt")) }
                    }
                }
                (document(reader, draft))
            }
        }
    };
    let status = if said.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page { here: "menu-plans", title: reader.t("draft-title"), body };
    reader.page_with(status, &page)
}

/// What was sent for a field, or what was read.
fn value(sent: &Fields, name: &str, read: &str) -> String {
    let found = sent.pairs.iter().find(|(key, _)| key == name);
    found.map_or_else(|| read.to_owned(), |(_, value)| value.clone())
}

fn frame(reader: &Reader, draft: &PlanDraft, sent: &Fields) -> Markup {
    let read = &draft.draft;
    let until = read.until.map(|day| day.to_string()).unwrap_or_default();
    let codes = ["authority-internal", "authority-trade", "authority-fund"];
    let authority = value(sent, "authority", read.authority.code());
    html! {
        section.card {
            div.hd { h2 { (reader.t("draft-frame")) } }
            div.bd {
                div.f {
                    label for="title" { (reader.t("field-title")) }
                    input.inp #title name="title" required maxlength="200"
                        value=(value(sent, "title", read.title.text().unwrap_or_default()));
                }
                div.f {
                    label for="authority" { (reader.t("plans-authority")) }
                    select.sel #authority name="authority" {
                        @for code in codes {
                            option value=(code) selected[authority == code] { (reader.t(code)) }
                        }
                    }
                }
                div.pair {
                    label for="from" { (reader.t("posts-from")) }
                    input.inp #from type="date" name="from" required
                        value=(value(sent, "from", &read.from.to_string()));
                    label for="until" { (reader.t("posts-until")) }
                    input.inp #until type="date" name="until" value=(value(sent, "until", &until));
                }
                div.f {
                    label for="overlap" {
                        (reader.t("draft-overlap")) span.mut { (reader.t("form-optional")) }
                    }
                    input.inp #overlap name="overlap" maxlength="2000"
                        value=(value(sent, "overlap", ""));
                }
            }
        }
    }
}

/// The link to where an item stands in the document.
fn to_text(reader: &Reader, span: Span) -> Markup {
    html! { a.where href=(format!("#p{}", span.from)) title=(reader.t("draft-where")) { (icon("eye")) } }
}

fn problems(reader: &Reader, draft: &PlanDraft, sent: &Fields) -> Markup {
    html! {
        section.card {
            div.hd {
                h2 { (reader.t("field-problems")) } span.mut { (draft.draft.problems.len()) }
            }
            div.bd {
                ul.drafts {
                    @for (no, one) in draft.draft.problems.iter().enumerate() {
                        @let name = format!("problem-{no}");
                        @let read = one.problem.map(|code| code.to_string()).unwrap_or_default();
                        @let chosen = value(sent, &name, &read);
                        li {
                            (keep(reader, "problem", no, sent))
                            div.sp {
                                p { (reader.text(&one.words)) " " (to_text(reader, one.span)) }
                                select.sel name=(name) aria-label=(reader.t("ledger-problem-kind")) {
                                    option value="" { "—" }
                                    @for code in ProblemCode::all() {
                                        option value=(code) selected[chosen == code.to_string()] {
                                            (reader.t(&format!("problem-{}-short",
                                                code.to_string().to_lowercase())))
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A box that says whether an item is taken; ticked unless the sent form says otherwise.
fn keep(reader: &Reader, kind: &str, no: usize, sent: &Fields) -> Markup {
    let name = format!("keep-{kind}");
    let on = sent.pairs.is_empty() || sent.all(&name).any(|one| one == no.to_string());
    html! {
        input.cb type="checkbox" name=(name) value=(no) checked[on]
            aria-label=(reader.t("draft-keep"));
    }
}

fn tasks(reader: &Reader, draft: &PlanDraft, sent: &Fields) -> Markup {
    let business =
        |_: PostId, post: &rules::posts::Post| post.roles.iter().any(|role| !role.is_admin());
    html! {
        section.card {
            div.hd { h2 { (reader.t("field-tasks")) } span.mut { (draft.draft.tasks.len()) } }
            div.bd {
                ul.drafts {
                    @for (no, task) in draft.draft.tasks.iter().enumerate() {
                        @let owner = task.owner.map(|post| post.to_string()).unwrap_or_default();
                        @let due = task.due.map(|day| day.to_string()).unwrap_or_default();
                        li {
                            (keep(reader, "task", no, sent))
                            div.sp {
                                p { (reader.text(&task.words)) " " (to_text(reader, task.span)) }
                                div.pair {
                                    select.sel name=(format!("owner-{no}"))
                                        aria-label=(reader.t("tasks-owner")) {
                                        option value="" { (reader.t("tasks-no-owner")) }
                                        (reader.post_options(&business,
                                            &value(sent, &format!("owner-{no}"), &owner)))
                                    }
                                    input.inp.dt type="date" name=(format!("due-{no}"))
                                        aria-label=(reader.t("tasks-due"))
                                        value=(value(sent, &format!("due-{no}"), &due));
                                    input.inp name=(format!("deliverable-{no}"))
                                        aria-label=(reader.t("tasks-goal"))
                                        placeholder=(reader.t("tasks-no-deliverable"))
                                        value=(value(sent, &format!("deliverable-{no}"),
                                            task.deliverable.text().unwrap_or_default()));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text of the plan, paragraph by paragraph; what was not understood is marked.
fn document(reader: &Reader, draft: &PlanDraft) -> Markup {
    let mut at = 0_usize;
    let paragraphs: Vec<(usize, &str)> = draft
        .plan
        .text
        .lines()
        .map(|line| {
            let start = at;
            at += line.chars().count() + 1;
            (start, line)
        })
        .collect();
    let unread = |start: usize, length: usize| {
        draft.plan.not_understood.iter().any(|one| one.start < start + length && start < one.end)
    };
    // An item in the middle of a paragraph leads to the paragraph.
    let items: Vec<u32> = draft.draft.problems.iter().map(|one| one.span.from).collect();
    let items: Vec<u32> =
        items.into_iter().chain(draft.draft.tasks.iter().map(|one| one.span.from)).collect();
    html! {
        section.card.paper tabindex="0" role="region" aria-label=(reader.t("draft-document")) {
            div.hd {
                h2 { (reader.t("draft-document")) }
                span.tag.a { (reader.t("draft-not-understood")) }
            }
            div.bd {
                @for (start, line) in paragraphs {
                    @let length = line.chars().count();
                    @if length > 0 {
                        p.unread[unread(start, length)] {
                            @for item in items.iter().filter(|item| {
                                let item = usize::try_from(**item).unwrap_or(usize::MAX);
                                start <= item && item < start + length
                            }) { span #{"p" (item)} {} }
                            (line)
                        }
                    }
                }
            }
        }
    }
}

/// The draft as the sent form has corrected it.
fn corrected(draft: &PlanDraft, sent: &Fields, plan: Proof) -> Result<Draft, &'static str> {
    let read = &draft.draft;
    let authority = match sent.get("authority") {
        Some("authority-trade") => Authority::Trade,
        Some("authority-fund") => Authority::Fund,
        Some(_) | None => Authority::Internal,
    };
    let day = |name: &str, field: &'static str| {
        sent.get(name).map(|text| Day::parse(text).map_err(|_| field)).transpose()
    };
    let kept = |kind: &str, no: usize| {
        let name = format!("keep-{kind}");
        sent.all(&name).any(|one| one == no.to_string())
    };
    let mut problems: Vec<NamedProblem> = Vec::new();
    for (no, one) in read.problems.iter().enumerate().filter(|(no, _)| kept("problem", *no)) {
        let problem = sent.get(&format!("problem-{no}")).and_then(ProblemCode::parse);
        problems.push(NamedProblem { problem, ..one.clone() });
    }
    let mut tasks: Vec<Task> = Vec::new();
    for (no, one) in read.tasks.iter().enumerate().filter(|(no, _)| kept("task", *no)) {
        tasks.push(Task {
            owner: sent.get(&format!("owner-{no}")).and_then(|id| id.parse().ok()).map(PostId),
            due: day(&format!("due-{no}"), "tasks-due")?,
            deliverable: sent.words(&format!("deliverable-{no}")),
            ..one.clone()
        });
    }
    Ok(Draft {
        title: sent.words("title"),
        authority,
        plan,
        from: day("from", "posts-from")?.unwrap_or(read.from),
        until: day("until", "posts-until")?,
        objects: read.objects.clone(),
        problems,
        tasks,
        stages: read.stages.clone(),
        seats: read.seats.clone(),
        overlap_reason: sent.get("overlap").map(Words::new),
    })
}

async fn adopt(Path(no): Path<u64>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let draft = reader.find_draft::<PlanDraft>(no)?;
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    let said = match try_adopt(&reader, &draft, &fields, request).await {
        Ok(to) => return Ok(Redirect::to(&to).into_response()),
        Err(said) => said,
    };
    Ok(show(&reader, no, &draft, &fields, Some(&said)))
}

/// Keeps the document and adopts the plan. `Err` says in words why not.
async fn try_adopt(
    reader: &Reader,
    draft: &PlanDraft,
    fields: &Fields,
    request: String,
) -> Result<String, String> {
    let bad = |field: &'static str| reader.say("web-field-day", &[("@field", field.to_owned())]);
    let name = Words::new(&draft.upload.name);
    let pretended =
        Proof::File { id: EvidenceId([0; 32]), plain: Words::new("0"), name: name.clone() };
    let planned = corrected(draft, fields, pretended).map_err(bad)?;
    let command = campaign::Command::Adopt { draft: planned };
    rules::record::decide(&reader.register, &Command::Campaign(None, command), &reader.now())
        .map_err(|refusal| reader.say(refusal.code(), &refusal.args()))?;
    let (app, bytes) = (Arc::clone(&reader.app), draft.upload.bytes.clone());
    let kept = tokio::task::spawn_blocking(move || app.ledger.keep(&bytes)).await;
    let kept = kept.map_err(|_| reader.t("web-failed"))?;
    let kept = kept.map_err(|fault| reader.say(fault.code(), &fault.args()))?;
    let proof = Proof::File { id: EvidenceId(kept.id.0), plain: kept.plain, name };
    let command = campaign::Command::Adopt { draft: corrected(draft, fields, proof).map_err(bad)? };
    let done = reader.submit(request, Command::Campaign(None, command), None).await;
    let receipt = done.map_err(|not_done| reader.say(not_done.code(), &not_done.args()))?;
    Ok(match receipt.stream {
        Some(Stream::Campaign(id)) => format!("/plans/{id}?done=1"),
        Some(_) | None => "/plans".to_owned(),
    })
}
