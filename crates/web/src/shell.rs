//! The frame around every page: head, menu, and what is open on top of it.

use crate::assets::url;
use crate::parts::icon;
use crate::reader::Reader;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rules::access::Action;
use rules::calendar::Day;
use rules::campaign::Campaign;
use rules::ids::CampaignId;
use words::{Lang, say};

/// A page to be framed.
pub(crate) struct Page {
    /// The code of its name in the menu, or of itself.
    pub(crate) here: &'static str,
    pub(crate) title: String,
    pub(crate) body: Markup,
}

const LOGO: &str = r##"<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#fff"/><path d="M16 5.5a10.5 10.5 0 1 1-8.9 4.9" fill="none" stroke="#1b5bb5" stroke-width="3.4" stroke-linecap="round"/><path d="M4.6 12.6l2.3-3.4l3.6 2" fill="none" stroke="#1b5bb5" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/><path d="M11.3 16.2l3.3 3.4l6-6.6" fill="none" stroke="#b3261e" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/></svg>"##;

/// A line of the menu: where it leads, its picture, the code of its name, who has it.
struct Line {
    href: &'static str,
    icon: &'static str,
    code: &'static str,
    actions: &'static [Action],
}

const fn line(
    href: &'static str,
    icon: &'static str,
    code: &'static str,
    actions: &'static [Action],
) -> Line {
    Line { href, icon, code, actions }
}

/// Whoever has to do with matters at all.
pub(crate) const BUSINESS: &[Action] = &[Action::See];
/// Whoever may look after slips, or get one.
pub(crate) const SLIPS: &[Action] = &[Action::SignSlip, Action::SignRedSlip, Action::Own];

const MENU: &[Line] = &[
    line("/", "layout-dashboard", "menu-desk", &[]),
    line("/matters", "list-details", "menu-ledger", BUSINESS),
    line("/import", "table-import", "menu-import", &[Action::Steer]),
    line("/slips", "speakerphone", "menu-slips", SLIPS),
    line("/plans", "file-text", "menu-plans", BUSINESS),
    line("/posts", "users-group", "menu-posts", &[]),
    line("/policy", "adjustments-horizontal", "menu-policy", &[]),
    line("/privacy", "lock", "menu-privacy", crate::page::privacy::MAY),
    line("/log", "fingerprint", "menu-log", &[]),
];

fn head(lang: Lang, title: &str) -> Markup {
    let name = say(lang, "web-product", &[]);
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            title { (title) " · " (name) }
            meta name="htmx-config"
                content=r#"{"extensions":"sse","includeIndicatorCSS":false,"history":"reload"}"#;
            meta name="theme-color" content="#123e7c";
            link rel="icon" href=(url("icon.svg")) type="image/svg+xml";
            link rel="stylesheet" href=(url("app.css"));
            script defer src=(url("vendor/htmx.js")) {}
            script defer src=(url("vendor/hx-sse.js")) {}
            script defer src=(url("app.js")) {}
        }
    }
}

/// A page without menu: sign-in, notices.
pub(crate) fn bare(lang: Lang, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            (head(lang, title))
            body.bare {
                a.skip href="#main" { (say(lang, "web-skip", &[])) }
                header.top {
                    a.brand href="/" {
                        (PreEscaped(LOGO)) (say(lang, "web-brand", &[]))
                        small { (say(lang, "web-product", &[])) }
                    }
                    div.sp {}
                    (lang_switch(lang))
                }
                main.main #main tabindex="-1" { (body) }
            }
        }
    }
}

/// A page that says one thing.
pub(crate) fn notice(lang: Lang, text: &str) -> Markup {
    let body = html! {
        section.card.narrow role="alert" {
            div.bd {
                h1 { (say(lang, "web-notice", &[])) }
                p { (text) }
                p.acts { a.btn.p href="/" { (say(lang, "web-to-desk", &[])) } }
            }
        }
    };
    bare(lang, &say(lang, "web-notice", &[]), &body)
}

fn lang_switch(lang: Lang) -> Markup {
    let (other, name) = match lang {
        Lang::Zh => ("en", "English"),
        Lang::En => ("zh", "web-chinese"),
    };
    let name = if lang == Lang::En { say(Lang::Zh, name, &[]) } else { name.to_owned() };
    html! {
        form.inline method="post" action="/lang" {
            input type="hidden" name="lang" value=(other);
            button.tbtn type="submit" lang=(other) { (icon("language")) (name) }
        }
    }
}

impl Reader {
    /// A whole page, framed.
    pub(crate) fn page(&self, page: &Page) -> Response {
        self.page_with(StatusCode::OK, page)
    }

    pub(crate) fn page_with(&self, status: StatusCode, page: &Page) -> Response {
        (status, Html(self.frame(page).into_string())).into_response()
    }

    fn frame(&self, page: &Page) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) class=[self.big.then_some("big")] {
                (head(self.lang, &page.title))
                body {
                    a.skip href="#main" { (self.t("web-skip")) }
                    div #prog {}
                    (self.top(page.here))
                    div.shell {
                        nav.nav aria-label=(self.t("web-main-menu")) {
                            div { (self.campaign_box()) (self.menu(page.here)) }
                        }
                        main.main #main tabindex="-1" { (page.body) }
                    }
                    (self.tab_bar(page.here))
                    @if self.app.demo { (crate::page::demo::bar(self)) }
                    dialog.drawer #drawer aria-label=(self.t("web-peek")) {}
                    (self.palette())
                    div.toast #toast role="status" aria-live="polite" {}
                    div hx-sse:connect="/live" hx-target="#bell" hx-swap="innerHTML" {}
                }
            }
        }
    }

    /// Large type and the other language.
    fn switches(&self) -> Markup {
        html! {
            span.switches {
                button.tbtn data-big type="button" aria-pressed=(self.big)
                    title=(self.t("web-big-title")) { (icon("text-size")) (self.t("web-big")) }
                (lang_switch(self.lang))
            }
        }
    }

    /// Everything the menu has, for screens on which the menu itself has no room.
    fn phone_menu(&self, here: &str) -> Markup {
        html! {
            details.mmenu {
                summary.tbtn { (icon("menu-2")) span.vh { (self.t("look-menu")) } }
                nav aria-label=(self.t("look-menu")) { (self.menu(here)) (self.switches()) }
            }
        }
    }

    fn top(&self, here: &str) -> Markup {
        let name = self.person(self.by.account);
        let first: String = name.chars().take(1).collect();
        let waiting = crate::page::desk::count_of(self);
        html! {
            header.top {
                a.brand href="/" {
                    (PreEscaped(LOGO)) (self.t("web-brand"))
                    small { (self.bureau()) }
                }
                a.gsearch #palbtn href="/search" {
                    (icon("search")) span { (self.t("web-search-hint")) } kbd { "Ctrl" } kbd { "K" }
                }
                div.sp {}
                (self.switches())
                a.tbtn href="/" {
                    (icon("bell")) span.vh { (self.t("web-waiting")) }
                    span #bell .badge { @if waiting > 0 { (waiting) } }
                }
                a.who href="/me" {
                    b.vh { (self.t("menu-me")) " " }
                    div.ava aria-hidden="true" { (first) }
                    span { (name) small { (self.acts_as()) } }
                }
                (self.phone_menu(here))
            }
        }
    }

    /// The post from which, and for which, the reader acts.
    pub(crate) fn acts_as(&self) -> String {
        match (self.by.post, self.by.acting_for) {
            (_, Some(other)) => self.say("web-for-post", &[("post", self.post(other))]),
            (Some(post), None) => self.post_in_unit(post),
            (None, None) => self.t("web-no-post"),
        }
    }

    /// The bureau's own name: that of the unit above all others.
    pub(crate) fn bureau(&self) -> String {
        let office = self.register.office();
        let root = office.units().find(|(_, unit)| unit.parent.is_none());
        root.map_or_else(|| self.t("web-product"), |(_, unit)| self.text(&unit.name))
    }

    fn campaign_box(&self) -> Markup {
        let Some((id, campaign)) = self.campaign() else { return html! {} };
        let title = self.text(&campaign.title);
        let day = self.today.since(campaign.from) + 1;
        let whole = campaign.until.map(|until| until.since(campaign.from) + 1);
        let percent = whole.map_or(0, |whole| (day * 100 / whole.max(1)).clamp(0, 100));
        let args = [("day", day.to_string()), ("of", whole.unwrap_or(0).to_string())];
        let code = if whole.is_some() { "web-day-of" } else { "web-day-n" };
        html! {
            a.camp href=(format!("/plans/{id}")) title=(title) {
                b { (rules::plan::short_title(&title)) }
                span { (self.say(code, &args)) }
                svg.bar aria-hidden="true" {
                    rect.f1 width=(format!("{percent}%")) height="100%" {}
                }
            }
        }
    }

    /// The campaign that runs: the newest one that is not closed.
    pub(crate) fn campaign(&self) -> Option<(CampaignId, &Campaign)> {
        let all = self.register.campaigns().iter();
        let mut running = all.filter(|(_, campaign)| campaign.closed_on.is_none());
        running.next_back().map(|(id, campaign)| (*id, &**campaign))
    }

    fn menu(&self, here: &str) -> Markup {
        let has = |line: &&Line| {
            line.actions.is_empty() || line.actions.iter().any(|action| self.may_ever(*action))
        };
        html! {
            @for line in MENU.iter().filter(has) {
                a href=(line.href) aria-current=[(line.code == here).then_some("page")] {
                    (icon(line.icon)) (self.t(line.code))
                }
            }
            a.fb href="/feedback" aria-current=[(here == "menu-feedback").then_some("page")] {
                (icon("message-2")) (self.t("menu-feedback"))
            }
        }
    }

    fn tab_bar(&self, here: &str) -> Markup {
        let tab = |href: &str, picture: &str, code: &str| {
            html! {
                a href=(href) aria-current=[(code == here).then_some("page")] {
                    (icon(picture)) (self.t(code))
                }
            }
        };
        html! {
            nav.tabbar aria-label=(self.t("web-bottom-menu")) {
                (tab("/", "home", "menu-desk"))
                @if self.may_ever(Action::See) { (tab("/matters", "list-details", "menu-ledger")) }
                (tab("/search", "search", "menu-search"))
                (tab("/log", "fingerprint", "menu-log"))
                (tab("/me", "user", "menu-me"))
            }
        }
    }

    fn palette(&self) -> Markup {
        html! {
            dialog.pal #pal aria-label=(self.t("web-find")) {
                div.in {
                    (icon("search"))
                    input #palq type="search" name="q" autocomplete="off"
                        placeholder=(self.t("web-find-hint")) aria-label=(self.t("web-find"))
                        hx-get="/palette" hx-trigger="input delay:120ms" hx-target="#pallist";
                    kbd { "Esc" }
                }
                div #pallist {}
            }
        }
    }

    /// A day in full, with its weekday in a title.
    pub(crate) fn day(&self, day: Day) -> Markup {
        html! { time datetime=(day) title=(self.day_long(day)) { (day) } }
    }
}
