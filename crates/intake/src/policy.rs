//! Temporary reader of a policy; replaced at merge.
use rules::calendar::Day;
use rules::policy::{Basis, Clock, Count, PauseReason, Policy, StartEvent};
use rules::text::Words;
use serde::Deserialize;

#[derive(Debug)]
pub struct NotAPolicy(String);
impl NotAPolicy {
    pub fn code(&self) -> &'static str {
        "policy-unreadable"
    }
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![("why", self.0.clone())]
    }
}
#[derive(Deserialize)]
struct C {
    length: rules::calendar::Length,
    roll: rules::calendar::Roll,
    start: StartEvent,
    #[serde(default)]
    pauses: Vec<PauseReason>,
    extension: Option<rules::calendar::Length>,
    source: String,
    dated: Option<Day>,
    confirmed_by: Option<String>,
}
#[derive(Deserialize)]
struct N {
    value: u16,
    source: String,
    dated: Option<Day>,
    confirmed_by: Option<String>,
}
fn basis(source: &str, dated: Option<Day>, by: Option<&String>) -> Basis {
    Basis { source: Words::new(source), dated, confirmed_by: by.map(Words::new) }
}
pub fn policy(bytes: &[u8]) -> Result<Policy, NotAPolicy> {
    let text = std::str::from_utf8(bytes).map_err(|e| NotAPolicy(e.to_string()))?;
    let table: toml::Table =
        text.parse().map_err(|e: toml::de::Error| NotAPolicy(e.to_string()))?;
    let c = |name: &str| -> Result<Clock, NotAPolicy> {
        let c: C = table
            .get(name)
            .cloned()
            .ok_or(NotAPolicy(name.into()))?
            .try_into()
            .map_err(|e: toml::de::Error| NotAPolicy(e.to_string()))?;
        Ok(Clock {
            length: c.length,
            roll: c.roll,
            start: c.start,
            pauses: c.pauses,
            extension: c.extension,
            basis: basis(&c.source, c.dated, c.confirmed_by.as_ref()),
        })
    };
    let n = |name: &str| -> Result<Count, NotAPolicy> {
        let c: N = table
            .get(name)
            .cloned()
            .ok_or(NotAPolicy(name.into()))?
            .try_into()
            .map_err(|e: toml::de::Error| NotAPolicy(e.to_string()))?;
        Ok(Count { value: c.value, basis: basis(&c.source, c.dated, c.confirmed_by.as_ref()) })
    };
    Ok(Policy {
        sign: c("sign")?,
        decline: c("decline")?,
        plan: c("plan")?,
        at_once: c("at_once")?,
        within: c("within")?,
        standing: c("standing")?,
        check: c("check")?,
        redo: c("redo")?,
        look_back_first: c("look_back_first")?,
        look_back_second: c("look_back_second")?,
        handover: c("handover")?,
        objection: c("objection")?,
        checkers: n("checkers")?,
        returns_before_decision: n("returns_before_decision")?,
        extensions: n("extensions")?,
        overlap_days: n("overlap_days")?,
        blue_days: n("blue_days")?,
        blue_percent: n("blue_percent")?,
        yellow_points: n("yellow_points")?,
        note_before: n("note_before")?,
        slip_after: n("slip_after")?,
        red_after: n("red_after")?,
        weekly_cap: n("weekly_cap")?,
        reds_before_talk: n("reds_before_talk")?,
    })
}
