//! The small parts of pages: icons, lights, progress, names, days, forms.

use crate::reader::Reader;
use maud::{Markup, html};
use rules::calendar::{Day, Unit};
use rules::ids::{MatterId, PersonId, PostId, UnitId};
use rules::light::Light;
use rules::matter::{Matter, Stage};
use rules::query::Standing;
use rules::record::{Moment, Stream};
use rules::text::Words;
use std::cmp::Ordering;

pub(crate) fn icon(id: &str) -> Markup {
    let href = format!("{}#{id}", crate::assets::url("vendor/icons.svg"));
    html! { svg.ic aria-hidden="true" { use href=(href) {} } }
}

/// The part of an address that stands for `text`.
pub(crate) fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Thousands parted by commas.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Reader {
    /// The number of a matter as the office writes it: 〔2026〕0019号.
    pub(crate) fn number(&self, id: MatterId) -> String {
        let year = self.register.matter(id).map_or(self.today, |matter| matter.listed_on).ymd().0;
        let args = [("year", year.to_string()), ("no", format!("{:04}", id.0))];
        self.say("web-number", &args)
    }

    /// What a person wrote, or that it is gone, or may not be shown.
    pub(crate) fn text(&self, words: &Words) -> String {
        let gone = if words.is_restricted() { "web-restricted" } else { "web-erased" };
        words.text().map_or_else(|| self.t(gone), str::to_owned)
    }

    pub(crate) fn title(&self, matter: &Matter) -> String {
        self.text(&matter.title)
    }

    pub(crate) fn unit(&self, id: UnitId) -> String {
        let unit = self.register.office().unit(id);
        unit.map_or_else(|| id.to_string(), |unit| self.text(&unit.name))
    }

    pub(crate) fn post(&self, id: PostId) -> String {
        let post = self.register.office().post(id);
        post.map_or_else(|| id.to_string(), |post| self.text(&post.name))
    }

    /// Unit and post: 工伤失业科 · 工伤认定岗. A post that names its unit itself (信访科科长) needs no
    /// more.
    pub(crate) fn post_in_unit(&self, id: PostId) -> String {
        let Some(post) = self.register.office().post(id) else { return id.to_string() };
        let (unit, name) = (self.unit(post.unit), self.text(&post.name));
        if name.starts_with(&unit) { name } else { format!("{unit} · {name}") }
    }

    pub(crate) fn person(&self, id: PersonId) -> String {
        let name = self.register.office().person_name(id);
        let restricted = name.is_some_and(rules::text::Personal::is_restricted);
        let gone = if restricted { "web-restricted" } else { "web-erased" };
        let name = name.and_then(|name| name.value());
        name.map_or_else(|| self.t(gone), str::to_owned)
    }

    /// Who holds the post today.
    pub(crate) fn holder(&self, id: PostId) -> String {
        let post = self.register.office().post(id);
        let holder = post.and_then(|post| post.holder(self.today));
        holder.map_or_else(|| self.t("web-vacant"), |person| self.person(person))
    }

    /// 11月26日 星期四, or Thu, 26 Nov; with its year where that is not this one.
    pub(crate) fn day_long(&self, day: Day) -> String {
        let (year, month, date) = day.ymd();
        let weekday = format!("look-weekday-{}", day.weekday());
        let args = [
            ("year", year.to_string()),
            ("@month", format!("month-{month}")),
            ("day", date.to_string()),
            ("@weekday", weekday),
        ];
        let this_year = year == self.today.ymd().0;
        self.say(if this_year { "web-day-long" } else { "look-day-year" }, &args)
    }

    /// 11月26日, or 26 Nov.
    pub(crate) fn day_short(&self, day: Day) -> String {
        let (_, month, date) = day.ymd();
        let args = [("@month", format!("month-{month}")), ("day", date.to_string())];
        self.say("web-day-short", &args)
    }

    /// Today, yesterday, so many days ago, or the day.
    pub(crate) fn ago(&self, day: Day) -> String {
        match self.today.since(day) {
            0 => self.t("web-today"),
            1 => self.t("web-yesterday"),
            days @ 2..30 => self.say("web-days-ago", &[("days", days.to_string())]),
            _ => day.to_string(),
        }
    }

    /// Day and time in Beijing.
    pub(crate) fn moment(&self, at: Moment) -> String {
        let day = at.office_day();
        let minutes = (at.0 - Moment::at_hour(day, 0).0) / 60_000;
        format!("{} {:02}:{:02}", self.day_short(day), minutes / 60, minutes % 60)
    }

    pub(crate) fn standing(&self, id: MatterId, matter: &Matter) -> Standing {
        Standing::of(&matter.stage, self.register.light(id, self.today))
    }

    /// Light, shape and words of how a matter stands.
    pub(crate) fn light(&self, id: MatterId, matter: &Matter) -> Markup {
        let standing = self.standing(id, matter);
        let still = self.register.light(id, self.today) == Some(Light::Grey);
        let class = if still { "done" } else { standing_class(standing) };
        html! { span.lt.(class) { i {} (self.light_words(id, matter, standing)) } }
    }

    /// How long a matter has stood as it stands, for lists in which all stand alike.
    pub(crate) fn waited(&self, id: MatterId, matter: &Matter) -> Markup {
        let since = self.register.changed_on(id).unwrap_or(matter.listed_on);
        let days = self.today.since(since).max(0);
        html! { span.lt.wait { i {} (self.say("look-waited", &[("days", days.to_string())])) } }
    }

    /// How far the limit of the present step is, rather than that of the whole matter.
    pub(crate) fn step_left(&self, matter: &Matter) -> Option<Markup> {
        let (_, term) = matter.stage.running().into_iter().next()?;
        let due = term.due();
        let days = |from, to| self.register.calendar().count(from, to, Unit::WorkingDay);
        let (class, words) = match due.cmp(&self.today) {
            Ordering::Less => {
                let over = days(due, self.today).max(1).to_string();
                ("red", self.say("web-overdue-by", &[("days", over)]))
            }
            Ordering::Equal => ("amber", self.t("web-due-today")),
            Ordering::Greater => {
                let left = days(self.today, due).to_string();
                ("wait", self.say("web-left", &[("days", left)]))
            }
        };
        Some(html! { span.lt.(class) { i {} (words) } })
    }

    fn light_words(&self, id: MatterId, matter: &Matter, standing: Standing) -> String {
        let due = matter.duty().map(|duty| duty.term.due());
        match (standing, due) {
            (Standing::Overdue, Some(due)) => {
                let days = self.register.calendar().count(due, self.today, Unit::WorkingDay);
                self.say("web-overdue-by", &[("days", days.max(1).to_string())])
            }
            (Standing::Near | Standing::OnPlan, Some(due)) => self.left(id, due),
            (
                Standing::Overdue
                | Standing::Near
                | Standing::OnPlan
                | Standing::WithCheckers
                | Standing::Closed
                | Standing::Pending
                | Standing::Ended,
                _,
            ) => self.t(stage_short(&matter.stage)),
        }
    }

    fn left(&self, id: MatterId, due: Day) -> String {
        if self.register.light(id, self.today) == Some(Light::Grey) {
            return self.t("stage-suspended");
        }
        let days = self.register.calendar().count(self.today, due, Unit::WorkingDay);
        if due == self.today {
            return self.t("web-due-today");
        }
        if due < self.today {
            // The step's own limit is past, not the matter's.
            return self.t("web-behind");
        }
        self.say("web-left", &[("days", days.to_string())])
    }

    /// The hidden fields that every form carries. The request id is new for each form shown, so a
    /// form sent twice is one request, and the version says what the sender saw.
    pub(crate) fn hidden(&self, stream: Option<Stream>) -> Markup {
        let version = stream.map(|stream| self.app.ledger.version(stream));
        html! {
            input type="hidden" name="csrf" value=(self.session.csrf);
            input type="hidden" name="request" value=(fresh_id());
            @if let Some(version) = version { input type="hidden" name="version" value=(version); }
        }
    }
}

/// A name for a request that nobody has used before.
pub(crate) fn fresh_id() -> String {
    let mut bytes = [0; 32];
    // Without the system's chance nothing else of this program would run either; a name of zeros
    // then makes the second form a repeat, which is the safe side.
    let _filled = getrandom::fill(&mut bytes);
    ledger::Hash(bytes).hex()[..32].to_owned()
}

pub(crate) fn standing_class(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue => "red",
        Standing::Near => "amber",
        Standing::OnPlan => "green",
        Standing::WithCheckers | Standing::Pending => "wait",
        Standing::Closed | Standing::Ended => "done",
    }
}

/// The step of the loop at which a stage stands, from 0: found, handed out, put right, checked,
/// closed, looked at again.
pub(crate) fn step_of(stage: &Stage) -> usize {
    match stage {
        Stage::Listed
        | Stage::NotUpheld
        | Stage::Confirmed
        | Stage::Merged { .. }
        | Stage::Referred
        | Stage::Cancelled => 0,
        Stage::Assigned { .. } | Stage::Returned { .. } => 1,
        Stage::Accepted { .. } | Stage::Planned { .. } | Stage::Rectifying { .. } => 2,
        Stage::Reported { .. } | Stage::UnderCheck { .. } => 3,
        Stage::Passed { .. } => 4,
        Stage::Closed { .. } => 5,
        Stage::Consolidated { .. } => 6,
        Stage::Suspended { was, .. } => step_of(was),
    }
}

/// The short name of a stage, for lists.
pub(crate) fn stage_short(stage: &Stage) -> &'static str {
    match stage {
        Stage::Listed => "short-listed",
        Stage::NotUpheld => "short-not-upheld",
        Stage::Confirmed => "short-confirmed",
        Stage::Assigned { .. } => "short-assigned",
        Stage::Returned { .. } => "short-returned",
        Stage::Accepted { .. } => "short-accepted",
        Stage::Planned { .. } => "short-planned",
        Stage::Rectifying { .. } => "short-rectifying",
        Stage::Reported { .. } => "short-reported",
        Stage::UnderCheck { .. } => "short-under-check",
        Stage::Passed { .. } => "short-passed",
        Stage::Closed { .. } => "short-closed",
        Stage::Consolidated { .. } => "short-consolidated",
        Stage::Suspended { .. } => "short-suspended",
        Stage::Merged { .. } => "short-merged",
        Stage::Referred => "short-referred",
        Stage::Cancelled => "short-cancelled",
    }
}

/// Six small bars for the six steps of the loop.
pub(crate) fn pips(stage: &Stage, overdue: bool) -> Markup {
    let at = step_of(stage);
    html! {
        span.pips aria-hidden="true" {
            @for step in 0..6 {
                i.ok[step < at && at > 4] .on[step < at && at <= 4]
                    .now[step == at && !overdue] .bad[step == at && overdue] {}
            }
        }
    }
}
