//! 批量交办: several confirmed matters handed out with the same five haves, each to the post that
//! answers for its unit. First a preview that says of each what would happen, then the doing.

use crate::command::{self, Kept};
use crate::fields::{Fields, Posted, pairs};
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::RawQuery;
use axum::response::Response;
use maud::{Markup, html};
use rules::access::Action;
use rules::campaign::post_answering_for;
use rules::ids::{MatterId, PostId};
use rules::matter::Remedy;
use rules::posts::Post;
use rules::record::{Command, Stream, decide};
use rules::role::Role;

/// Matters handed out in one go.
const MOST: usize = 100;
const STEER: Need = Need::Any(&[Action::Steer]);

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/matters/bulk", STEER, choose).post("/matters/bulk", STEER, go)
}

/// What came, or would come, of one matter.
struct Outcome {
    id: MatterId,
    owner: Option<PostId>,
    /// Why not, in words.
    why_not: Option<String>,
}

fn ids(fields: &Fields) -> Vec<MatterId> {
    let mut ids: Vec<MatterId> =
        fields.all("ids").filter_map(|id| id.parse().ok()).map(MatterId).collect();
    ids.dedup();
    ids.truncate(MOST);
    ids
}

async fn choose(reader: Reader, RawQuery(raw): RawQuery) -> Response {
    let fields = Fields { pairs: pairs(raw.unwrap_or_default().as_bytes()), files: Vec::new() };
    let listed = ids(&fields).into_iter().map(|id| {
        let owner = owner_of(&reader, id);
        Outcome { id, owner, why_not: None }
    });
    let listed: Vec<Outcome> = listed.collect();
    page(&reader, &fields, &listed, "bulk-choose")
}

async fn go(posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let sure = fields.get("step") == Some("do");
    let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
    let mut outcomes = Vec::new();
    for id in ids(&fields) {
        outcomes.push(one(&reader, &fields, id, sure.then_some(request.as_str())).await);
    }
    let code = if sure { "bulk-done" } else { "bulk-preview" };
    Ok(page(&reader, &fields, &outcomes, code))
}

/// Judges one matter, and hands it out when a request id is given.
async fn one(reader: &Reader, fields: &Fields, id: MatterId, request: Option<&str>) -> Outcome {
    let owner = owner_of(reader, id);
    let mut form = fields.clone();
    if let Some(owner) = owner {
        form.pairs.insert(0, ("to".to_owned(), owner.to_string()));
    }
    let command = match command::read("command-assign", &form, Kept::default()) {
        Ok(command) => Command::Matter(Some(id), command),
        Err(bad) => {
            let why_not = Some(super::act::bad_field(reader, &bad));
            return Outcome { id, owner, why_not };
        }
    };
    let why_not = match request {
        None => decide(&reader.register, &command, &reader.now())
            .err()
            .map(|refusal| reader.say(refusal.code(), &refusal.args())),
        Some(request) => {
            // What was previewed is done only while it stands as it stood.
            let seen = fields.get(&format!("version-{id}")).and_then(|seen| seen.parse().ok());
            let if_version = seen.map(|version| (Stream::Matter(id), version));
            let done = reader.submit(format!("{request}-{id}"), command, if_version).await;
            done.err().map(|not_done| reader.say(not_done.code(), &not_done.args()))
        }
    };
    Outcome { id, owner, why_not }
}

fn owner_of(reader: &Reader, id: MatterId) -> Option<PostId> {
    let office = reader.register.office();
    let unit = office.unit(reader.register.matter(id)?.unit)?;
    post_answering_for(unit.name.text()?, office)
}

fn page(reader: &Reader, fields: &Fields, outcomes: &[Outcome], code: &str) -> Response {
    let good = outcomes.iter().filter(|one| one.why_not.is_none()).count();
    let args = [("good", good.to_string()), ("all", outcomes.len().to_string())];
    let body = html! {
        p.crumb { a href="/matters" { (reader.t("menu-ledger")) } }
        div.ph {
            div { h1 { (reader.t("web-bulk-assign")) } div.sub { (reader.say(code, &args)) } }
        }
        div.two-col {
            (listed(reader, outcomes, code))
            @if code != "bulk-done" { (form(reader, fields, outcomes, code)) }
        }
    };
    reader.page(&Page { here: "menu-ledger", title: reader.t("web-bulk-assign"), body })
}

fn listed(reader: &Reader, outcomes: &[Outcome], code: &str) -> Markup {
    html! {
        section.card {
            div.bd {
                ul.list {
                    @for one in outcomes {
                        @if let Ok(matter) = reader.matter(one.id) {
                            li {
                                div.sp {
                                    a href=(format!("/matters/{}", one.id)) { (reader.title(matter)) }
                                    div.meta {
                                        @match one.owner {
                                            Some(post) => { "→ " (reader.post_in_unit(post)) }
                                            None => { (reader.t("web-nobody-yet")) }
                                        }
                                    }
                                }
                                @match &one.why_not {
                                    Some(why) => {
                                        span.res.r { (icon("alert-triangle")) (why) }
                                    }
                                    None if code != "bulk-choose" => {
                                        span.res.g { (icon("check")) (reader.t("bulk-good")) }
                                    }
                                    None => {}
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn form(reader: &Reader, fields: &Fields, outcomes: &[Outcome], code: &str) -> Markup {
    let value = |name: &str| fields.get(name).unwrap_or_default();
    let checks = |_: PostId, post: &Post| {
        post.roles.iter().any(|role| matches!(role, Role::Checker | Role::Discipline))
    };
    let lines = [
        ("standard", "form-have-standard"),
        ("rule", "form-have-rule"),
        ("procedure", "form-have-procedure"),
        ("evidence", "form-have-evidence"),
    ];
    html! {
        section.card {
            form.bd method="post" action="/matters/bulk" {
                (reader.hidden(None))
                @for one in outcomes {
                    input type="hidden" name="ids" value=(one.id);
                    input type="hidden" name=(format!("version-{}", one.id))
                        value=(reader.app.ledger.version(Stream::Matter(one.id)));
                }
                div.f {
                    label for="remedy" { (reader.t("form-remedy")) }
                    select.sel #remedy name="remedy" {
                        @for one in Remedy::ALL {
                            option value=(one.code()) selected[value("remedy") == one.code()] {
                                (reader.t(one.code()))
                            }
                        }
                    }
                }
                div.f {
                    label for="until" {
                        (reader.t("form-until")) span.mut { (reader.t("form-optional")) }
                    }
                    input.inp #until type="date" name="until" value=(value("until"));
                }
                @for (name, label) in lines {
                    div.f {
                        label for=(name) { (reader.t(label)) }
                        input.inp #(name) name=(name) value=(value(name)) required maxlength="2000";
                    }
                }
                div.f {
                    label for="checking" { (reader.t("form-have-checking")) }
                    select.sel #checking name="checking" required {
                        (reader.post_options(&checks, value("checking")))
                    }
                }
                p.acts {
                    button.btn.p[code != "bulk-preview"] type="submit" name="step"
                        value="preview" {
                        (reader.t("bulk-see"))
                    }
                    @if code == "bulk-preview" {
                        button.btn.p type="submit" name="step" value="do" {
                            (icon("send")) (reader.t("bulk-go"))
                        }
                    }
                }
            }
        }
    }
}
