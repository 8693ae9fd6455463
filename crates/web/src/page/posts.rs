//! 岗位与交接: units, posts, who holds them, and what is being handed over.

use super::done::Done;
use super::form::Attempt;
use crate::fields::{BadField, Fields, Posted};
use crate::parts::{fresh_id, icon};
use crate::reader::Reader;
use crate::route::{Need, Routes};
use crate::shell::Page;
use crate::stop::Stop;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::access::Action;
use rules::ids::{PersonId, PostId, UnitId};
use rules::posts::{Command as Deal, Newcomer, Post};
use rules::record::{Command, Stream};
use rules::role::Role;
use std::collections::BTreeSet;

pub(crate) fn add(routes: Routes) -> Routes {
    routes
        .get("/posts", Need::SignedIn, list)
        .get("/posts/{no}", Need::SignedIn, page)
        .post("/posts/{no}/do/{command}", Need::SignedIn, act)
        .post("/people/{no}/invite", Need::Any(&[Action::KeepStaff]), invite)
        .post("/people/invite", Need::Any(&[Action::KeepStaff]), invite_all)
}

async fn list(reader: Reader) -> Response {
    let office = reader.register.office();
    let units: Vec<UnitId> = office.units().map(|(id, _)| id).collect();
    let body = html! {
        div.ph {
            div { h1 { (reader.t("menu-posts")) } div.sub { (reader.t("posts-hint")) } }
            @if reader.may_ever(Action::KeepStaff) && !reader.app.demo {
                form.acts method="post" action="/people/invite" {
                    (reader.hidden(None))
                    button.btn type="submit" { (icon("key")) (reader.t("posts-invite-all")) }
                }
            }
        }
        div.desk.thirds {
          @for unit in units {
            @let posts: Vec<(PostId, &Post)> =
                office.posts().filter(|(_, post)| post.unit == unit).collect();
            @if !posts.is_empty() {
                section.card {
                    div.hd { h2 { (reader.unit(unit)) } span.mut { (posts.len()) } }
                    div.bd { ul.list { @for (id, post) in posts { (line(&reader, id, post)) } } }
                }
            }
          }
        }
    };
    reader.page(&Page { here: "menu-posts", title: reader.t("menu-posts"), body })
}

fn line(reader: &Reader, id: PostId, post: &Post) -> Markup {
    let open = reader.register.owned_by(id).count();
    html! {
        li {
            a.x href=(format!("/posts/{id}")) {
                (reader.post(id)) span.mut { " · " (reader.holder(id)) }
            }
            @if post.awaits_handover() { span.tag.a { (reader.t("posts-handing-over")) } }
            @for role in &post.roles { span.tag.opt { (reader.t(role.code())) } }
            @if open > 0 {
                small { (reader.say("posts-open", &[("count", open.to_string())])) }
            }
        }
    }
}

async fn page(
    reader: Reader,
    Path(no): Path<u32>,
    Query(done): Query<Done>,
) -> Result<Response, Stop> {
    let done = done.code(&reader);
    show(&reader, PostId(no), None, done.as_deref())
}

fn show(
    reader: &Reader,
    id: PostId,
    sent: Option<&Attempt>,
    done: Option<&str>,
) -> Result<Response, Stop> {
    let post = reader.register.office().post(id);
    let post = post.ok_or_else(|| reader.refused(&rules::Refusal::NoSuchPost(id)))?;
    let body = html! {
        (reader.flash(done))
        p.crumb { a href="/posts" { (reader.t("menu-posts")) } " / " (reader.unit(post.unit)) }
        section.card {
            div.mh {
                h1 { (reader.post(id)) }
                div.row {
                    @for role in &post.roles { span.tag.b { (reader.t(role.code())) } }
                }
                dl.kv {
                    div { dt { (reader.t("posts-holder")) } dd { (reader.holder(id)) } }
                    div { dt { (reader.t("posts-rank")) } dd { (reader.t(post.rank.code())) } }
                    div {
                        dt { (reader.t("posts-open-matters")) }
                        dd { a href=(format!("/matters?post={id}")) {
                            (reader.register.owned_by(id).count())
                        } }
                    }
                }
            }
        }
        @if let Some(sent) = sent { div.errbox role="alert" { (sent.said) } }
        (handover(reader, id, post))
        (appointments(reader, post))
        (Changes { reader, id, post, sent }.all())
    };
    let status = if sent.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(reader.page_with(status, &Page { here: "menu-posts", title: reader.post(id), body }))
}

/// What is being handed over: the open matters of the post, confirmed by both sides while every
/// clock runs on.
fn handover(reader: &Reader, id: PostId, post: &Post) -> Markup {
    let Some(handover) = post.handover else { return html! {} };
    let me = reader.by.account;
    let mine = (me == handover.outgoing && !handover.outgoing_confirmed)
        || (me == handover.incoming && !handover.incoming_confirmed);
    let side = |person: PersonId, confirmed: bool, code: &str| {
        html! {
            div {
                dt { (reader.t(code)) }
                dd {
                    (reader.person(person)) " "
                    @if confirmed { span.tag.g { (reader.t("posts-confirmed")) } }
                    @else { span.tag.a { (reader.t("posts-not-confirmed")) } }
                }
            }
        }
    };
    html! {
        section.card.next {
            div.bd {
                h2 { (icon("arrows-exchange")) (reader.t("posts-handover")) }
                p { (reader.say("posts-handover-due", &[("day", handover.due.to_string())])) }
                dl.kv {
                    (side(handover.outgoing, handover.outgoing_confirmed, "posts-outgoing"))
                    (side(handover.incoming, handover.incoming_confirmed, "posts-incoming"))
                }
                ul.list {
                    @for matter in reader.register.owned_by(id) {
                        @if let Ok(known) = reader.matter(matter) {
                            li {
                                (reader.light(matter, known))
                                a.x href=(format!("/matters/{matter}")) { (reader.title(known)) }
                            }
                        }
                    }
                }
                @if mine {
                    form method="post" action=(format!("/posts/{id}/do/command-confirm-handover")) {
                        (reader.hidden(Some(Stream::Office)))
                        button.btn.p type="submit" { (reader.t("command-confirm-handover")) }
                    }
                }
            }
        }
    }
}

fn appointments(reader: &Reader, post: &Post) -> Markup {
    html! {
        section.card {
            div.hd { h2 { (reader.t("posts-appointments")) } }
            div.bd {
                ul.list {
                    @for one in post.appointments.iter().rev() {
                        li {
                            span.x { (reader.person(one.person)) }
                            small {
                                (one.from) " – "
                                @match one.until { Some(until) => { (until) } None => { (reader.t("look-until-now")) } }
                            }
                        }
                    }
                    @for one in &post.deputies {
                        li {
                            span.x {
                                (reader.person(one.person)) " "
                                span.tag { (reader.t("posts-deputy")) }
                            }
                            small { (one.from) " – " (one.until) }
                        }
                    }
                }
            }
        }
    }
}

/// The forms of those who keep the staff list, or grant; one that could not be done is open, with
/// what was typed.
struct Changes<'a> {
    reader: &'a Reader,
    id: PostId,
    post: &'a Post,
    sent: Option<&'a Attempt>,
}

impl Changes<'_> {
    fn all(&self) -> Markup {
        let reader = self.reader;
        let holder = self.post.holder(reader.today);
        let keeps = reader.may_ever(Action::KeepStaff);
        let holds = holder == Some(reader.by.account);
        let grants = reader.may_ever(Action::Grant);
        html! {
            @if keeps || holds || grants {
                section.card {
                    div.hd { h2 { (reader.t("posts-changes")) } }
                    div.bd.moves {
                        @if keeps {
                            (self.change("command-appoint", &self.newcomer()))
                            (self.change("command-leave",
                                &self.day("command-leave", "on", "posts-last-day")))
                        }
                        @if keeps || holds { (self.change("command-name-deputy", &self.deputy())) }
                        @if grants { (self.change("command-grant", &self.roles())) }
                        @if let Some(person) = holder.filter(|_| keeps) {
                            form.inline method="post" action=(format!("/people/{person}/invite")) {
                                (reader.hidden(None))
                                button.btn type="submit" { (icon("key")) (reader.t("posts-invite")) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn sent(&self, code: &str) -> Option<&Fields> {
        self.sent.filter(|sent| sent.code == code).map(|sent| &sent.fields)
    }

    /// A change that is folded in until it is wanted.
    fn change(&self, code: &str, inside: &Markup) -> Markup {
        let reader = self.reader;
        html! {
            details.move open[self.sent(code).is_some()] {
                summary { (reader.t(code)) }
                form method="post" action=(format!("/posts/{}/do/{code}", self.id)) {
                    (reader.hidden(Some(Stream::Office)))
                    (inside)
                    p.acts { button.btn.p type="submit" { (reader.t(code)) } }
                }
            }
        }
    }

    fn day(&self, code: &str, name: &str, label: &str) -> Markup {
        let today = self.reader.today.to_string();
        let day = self.sent(code).and_then(|sent| sent.get(name)).unwrap_or(&today);
        html! {
            div.f {
                label for=(name) { (self.reader.t(label)) }
                input.inp #(name) type="date" name=(name) value=(day) required;
            }
        }
    }

    fn newcomer(&self) -> Markup {
        let code = "command-appoint";
        html! {
            div.f {
                label for="name" { (self.reader.t("posts-newcomer")) }
                input.inp #name name="name" required maxlength="60"
                    value=[self.sent(code).and_then(|sent| sent.get("name"))];
            }
            (self.day(code, "from", "posts-from"))
        }
    }

    fn deputy(&self) -> Markup {
        let code = "command-name-deputy";
        let chosen = self.sent(code).and_then(|sent| sent.get("person")).unwrap_or_default();
        html! {
            div.f {
                label for="person" { (self.reader.t("posts-deputy")) }
                select.sel #person name="person" {
                    @for (person, name) in self.reader.people() {
                        option value=(person) selected[person.to_string() == chosen] { (name) }
                    }
                }
            }
            (self.day(code, "since", "posts-from"))
            (self.day(code, "until", "posts-until"))
        }
    }

    fn roles(&self) -> Markup {
        let on = |role: Role| match self.sent("command-grant") {
            Some(sent) => sent.all("roles").any(|one| one == role.code()),
            None => self.post.roles.contains(&role),
        };
        html! {
            fieldset.f {
                legend { (self.reader.t("posts-roles")) }
                ul.ticks {
                    @for role in Role::ALL {
                        li {
                            label.tick {
                                input type="checkbox" name="roles" value=(role.code())
                                    checked[on(role)];
                                (self.reader.t(role.code()))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn command(id: PostId, code: &str, form: &Fields) -> Result<Deal, BadField> {
    let role = |text: &str| Role::ALL.into_iter().find(|role| role.code() == text);
    Ok(match code {
        "command-confirm-handover" => Deal::ConfirmHandover { post: id },
        "command-appoint" => Deal::Appoint {
            post: id,
            person: Newcomer::Named(form.words("name")),
            from: form.need_day("from", "posts-from")?,
        },
        "command-leave" => Deal::Leave { post: id, on: form.need_day("on", "posts-last-day")? },
        "command-name-deputy" => Deal::NameDeputy {
            post: id,
            person: PersonId(form.number("person", "posts-deputy")?),
            from: form.need_day("since", "posts-from")?,
            until: form.need_day("until", "posts-until")?,
        },
        "command-grant" => {
            Deal::Grant { post: id, roles: form.all("roles").filter_map(role).collect() }
        }
        _ => return Err(BadField { field: "form-command", code: "web-no-such-command" }),
    })
}

async fn act(Path((no, code)): Path<(u32, String)>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, fields } = posted;
    let id = PostId(no);
    let said = match command(id, &code, &fields) {
        Ok(command) => {
            let request = fields.get("request").map_or_else(fresh_id, str::to_owned);
            match reader.submit(request, Command::Office(command), None).await {
                Ok(_) => {
                    return Ok(Redirect::to(&format!("/posts/{id}?done={code}")).into_response());
                }
                Err(not_done) => reader.say(not_done.code(), &not_done.args()),
            }
        }
        Err(bad) => super::act::bad_field(&reader, &bad),
    };
    let reader = Reader { register: reader.app.ledger.now(), ..reader };
    show(&reader, id, Some(&Attempt { code, fields, said }), None)
}

/// Makes a one-time link with which a person sets a login name and a password.
async fn invite(Path(no): Path<u32>, posted: Posted) -> Result<Response, Stop> {
    let Posted { reader, .. } = posted;
    let person = PersonId(no);
    if !reader.register.office().knows(person) {
        return Err(reader.refused(&rules::Refusal::NoSuchPerson(person)));
    }
    let made = reader.app.accounts.invite(person, reader.at);
    let token = made.map_err(|fault| reader.fault(&fault))?;
    let body = html! {
        div.ph { div { h1 { (reader.t("posts-invite")) } } }
        section.card {
            div.bd.stack {
                p { (reader.say("posts-invited", &[("person", reader.person(person))])) }
                code.mono.hash { (reader.origin) "/welcome/" (token) }
                p.hintline { (reader.t("posts-invited-hint")) }
            }
        }
    };
    Ok(reader.page(&Page { here: "menu-posts", title: reader.t("posts-invite"), body }))
}

/// Makes a link for each holder of a post who has no account yet: a page to print and cut up.
async fn invite_all(posted: Posted) -> Result<Response, Stop> {
    let reader = posted.reader;
    let office = reader.register.office();
    let mut links = Vec::new();
    let mut seen = BTreeSet::new();
    for (id, post) in office.posts() {
        let Some(person) = post.holder(reader.today).filter(|one| seen.insert(*one)) else {
            continue;
        };
        let accounts = &reader.app.accounts;
        let made = match accounts.has_account(person) {
            Ok(true) => continue,
            Ok(false) => accounts.invite(person, reader.at),
            Err(fault) => Err(fault),
        };
        links.push((id, person, made.map_err(|fault| reader.fault(&fault))?));
    }
    let body = html! {
        div.ph { div { h1 { (reader.t("posts-links")) } div.sub { (reader.t("posts-links-hint")) } } }
        section.card {
            div.bd {
                @if links.is_empty() { p { (reader.t("posts-links-none")) } }
                ul.list {
                    @for (post, person, link) in &links {
                        li {
                            span.x {
                                b { (reader.person(*person)) }
                                span.mut { " · " (reader.post_in_unit(*post)) }
                                br; code.mono.hash { (reader.origin) "/welcome/" (link) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(reader.page(&Page { here: "menu-posts", title: reader.t("posts-links"), body }))
}
