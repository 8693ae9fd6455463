//! The leaf: what is hashed into the tree. Its form can never be changed once a log exists, only
//! extended by a new `v`.
//!
//! `{_sd?, basis:{policy,calendar}, by, cmd:{id,k,n}, log_time, n, prev?, seq, stream, t, type, v,
//! ..fields of the event}`, written as RFC 8785 says. A sealed leaf is `{_sd, log_time, seq,
//! type:"sealed", v}` and everything else is inside its one disclosure.

use rules::record::{By, Event, Moment, Stream};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    canon::{BadValue, Part, canonical, canonical_members},
    chance::Dice,
    commit::{self, digest},
    error::{Fault, LedgerFault, NotDone, Place, What},
    hash::Hash,
    scan::members,
    texts::{self, personal_subject},
};

/// The version of the leaf's form.
pub const VERSION: u64 = 1;
/// No leaf is larger, in bytes.
pub const LEAF_MAX: usize = 16 * 1024;
/// No disclosed value is larger, in bytes. Longer things are kept files.
pub const DISCLOSURE_MAX: usize = 1 << 20;
/// The type of a leaf that shows nothing.
pub const SEALED: &str = "sealed";
/// Names that belong to the leaf itself; no event may use them for a field.
const HEADER: [&str; 11] =
    ["_sd", "basis", "by", "cmd", "log_time", "n", "prev", "seq", "stream", "t", "v"];

/// Which command an entry came from, and its place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommandRef<'a> {
    /// The request id the client gave.
    pub id: &'a str,
    /// This entry is the `k`th, from 1.
    pub k: u64,
    /// The command made this many.
    pub n: u64,
}

/// The versions of policy and calendar that the decision rested on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub policy: u32,
    pub calendar: u32,
}

/// Everything of a leaf that is not the event.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header<'a> {
    /// The entry's number in the log, from 0: the index of the leaf.
    pub seq: u64,
    /// When the ledger took it in; never earlier than the entry before.
    pub log_time: Moment,
    /// When it happened, as the doer says.
    pub t: Moment,
    pub cmd: CommandRef<'a>,
    pub by: By,
    pub stream: Stream,
    /// The entry's number in its stream, from 1: the stream's version after it.
    pub n: u64,
    /// The leaf hash of the stream's entry before.
    pub prev: Option<Hash>,
    pub basis: Basis,
}

/// A leaf ready to be written, with the disclosures that open it.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) leaf: Vec<u8>,
    pub(crate) hash: Hash,
    pub(crate) openings: Vec<Opening>,
}

/// A disclosure in clear, not yet encrypted.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) disclosure: String,
}

fn bad_event(detail: impl Into<String>) -> NotDone {
    NotDone::BadEvent { detail: detail.into() }
}

/// The subject of a sealed entry's body.
pub(crate) fn sealed_subject(seq: u64) -> String {
    format!("{SEALED}/{seq}")
}

/// Makes the leaf of an event in its JSON form.
pub(crate) fn build(
    header: &Header<'_>,
    event: Value,
    sealed: bool,
    dice: &mut Dice,
) -> Result<Built, BuildFault> {
    let Value::Object(mut members) = event else { return Err(bad_event("not an object").into()) };
    match members.get("type") {
        Some(Value::String(kind)) if kind != SEALED => {}
        _ => return Err(bad_event("type").into()),
    }
    if let Some(name) = HEADER.iter().find(|name| members.contains_key(**name)) {
        return Err(bad_event(*name).into());
    }
    let taken = if sealed {
        // The body keeps its texts inside; they must be well formed all the same.
        texts::take(&mut members.clone()).map(|_| Vec::new())
    } else {
        texts::take(&mut members)
    };
    let taken = taken.map_err(|_| bad_event("$"))?;
    let mut parts = Vec::with_capacity(members.len() + HEADER.len());
    parts.extend(members.iter().map(|(name, value)| (name.as_str(), Part::Value(value))));
    parts.extend(header_parts(header)?);
    let mut openings = Vec::with_capacity(taken.len());
    if sealed {
        let body = canonical_members(std::mem::take(&mut parts)).map_err(bad_value)?;
        openings.push(opening(dice, "", sealed_subject(header.seq), &body)?);
        parts.push(("type", Part::Text(SEALED.to_owned())));
    }
    for text in &taken {
        let subject = match personal_subject(&text.marker) {
            Some(subject) => subject.to_owned(),
            None => header.stream.to_string(),
        };
        let value = canonical(&text.marker).map_err(bad_value)?;
        openings.push(opening(dice, &text.pointer, subject, &value)?);
    }
    let mut digests: Vec<String> =
        openings.iter().map(|opening| digest(&opening.disclosure)).collect();
    digests.sort_unstable();
    let digests = Value::from(digests);
    if !openings.is_empty() {
        parts.push(("_sd", Part::Value(&digests)));
    }
    parts.push(("v", Part::Number(VERSION)));
    parts.push(("seq", Part::Number(header.seq)));
    parts.push(("log_time", Part::Text(header.log_time.to_string())));
    let leaf = canonical_members(parts).map_err(bad_value)?;
    if leaf.len() > LEAF_MAX {
        return Err(NotDone::TooLarge { size: leaf.len() }.into());
    }
    Ok(Built { hash: Hash::leaf(&leaf), leaf, openings })
}

fn bad_value(bad: BadValue) -> NotDone {
    bad_event(bad.code())
}

/// A leaf was not built: the command cannot be done, or the machine failed.
#[derive(Debug)]
pub(crate) enum BuildFault {
    NotDone(NotDone),
    Ledger(LedgerFault),
}

impl From<NotDone> for BuildFault {
    fn from(not_done: NotDone) -> BuildFault {
        BuildFault::NotDone(not_done)
    }
}

impl From<LedgerFault> for BuildFault {
    fn from(fault: LedgerFault) -> BuildFault {
        BuildFault::Ledger(fault)
    }
}

/// The members of a header that a sealed leaf hides.
fn header_parts(header: &Header<'_>) -> Result<Vec<(&'static str, Part<'static>)>, NotDone> {
    let Header { seq: _, log_time: _, t, cmd, by, stream, n, prev, basis } = header;
    let by = serde_json::to_value(by).map_err(|error| bad_event(error.to_string()))?;
    let written = |members| canonical_members(members).map(Part::Written).map_err(bad_value);
    let cmd = vec![
        ("id", Part::Text(cmd.id.to_owned())),
        ("k", Part::Number(cmd.k)),
        ("n", Part::Number(cmd.n)),
    ];
    let basis = vec![
        ("policy", Part::Number(basis.policy.into())),
        ("calendar", Part::Number(basis.calendar.into())),
    ];
    let mut parts = vec![
        ("t", Part::Text(t.to_string())),
        ("cmd", written(cmd)?),
        ("by", Part::Written(canonical(&by).map_err(bad_value)?)),
        ("stream", Part::Text(stream.to_string())),
        ("n", Part::Number(*n)),
        ("basis", written(basis)?),
    ];
    parts.extend(prev.map(|prev| ("prev", Part::Text(prev.hex()))));
    Ok(parts)
}

fn opening(
    dice: &mut Dice,
    name: &str,
    subject: String,
    value: &[u8],
) -> Result<Opening, BuildFault> {
    let disclosure = commit::disclosure(dice.draw()?, name, value);
    if disclosure.len() > DISCLOSURE_MAX {
        return Err(NotDone::TooLarge { size: disclosure.len() }.into());
    }
    Ok(Opening { name: name.to_owned(), subject, disclosure })
}

/// A leaf as read: what every leaf shows, and the rest when it is not sealed.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) kind: &'a str,
    pub(crate) log_time: Moment,
    pub(crate) digests: Vec<&'a str>,
    /// `None` when the leaf is sealed.
    pub(crate) header: Option<Header<'a>>,
}

#[derive(Deserialize)]
struct Version {
    v: Value,
}

#[derive(Deserialize)]
struct Outer<'a> {
    v: u64,
    seq: u64,
    log_time: Moment,
    #[serde(rename = "_sd", default, borrow)]
    digests: Vec<&'a str>,
    #[serde(rename = "type", borrow)]
    kind: &'a str,
    t: Option<Moment>,
    #[serde(borrow)]
    cmd: Option<CommandRef<'a>>,
    by: Option<By>,
    stream: Option<&'a str>,
    n: Option<u64>,
    prev: Option<&'a str>,
    basis: Option<Basis>,
}

/// The header inside a sealed body.
#[derive(Deserialize)]
struct Body<'a> {
    #[serde(rename = "type", borrow)]
    kind: &'a str,
    t: Moment,
    #[serde(borrow)]
    cmd: CommandRef<'a>,
    by: By,
    stream: &'a str,
    n: u64,
    prev: Option<&'a str>,
    basis: Basis,
}

/// Reads what a leaf shows. `seq` is where it stands, for naming faults.
pub(crate) fn read(seq: u64, leaf: &[u8]) -> Result<Shown<'_>, Fault> {
    let wrong = |member| Fault::at(Place::Entry(seq), What::MemberWrong(member));
    let outer: Outer<'_> =
        serde_json::from_slice(leaf).map_err(|error| unreadable(seq, leaf, &error))?;
    if outer.v != VERSION {
        return Err(Fault::at(Place::Entry(seq), What::VersionUnknown(outer.v.to_string())));
    }
    if outer.seq != seq {
        return Err(wrong("seq"));
    }
    let sealed = outer.kind == SEALED;
    let header = if sealed {
        let shows_more = outer.t.is_some()
            || outer.cmd.is_some()
            || outer.by.is_some()
            || outer.stream.is_some()
            || outer.n.is_some()
            || outer.prev.is_some()
            || outer.basis.is_some();
        if shows_more || outer.digests.len() != 1 {
            return Err(wrong("type"));
        }
        None
    } else {
        Some(Header {
            seq,
            log_time: outer.log_time,
            t: outer.t.ok_or_else(|| wrong("t"))?,
            cmd: outer.cmd.ok_or_else(|| wrong("cmd"))?,
            by: outer.by.ok_or_else(|| wrong("by"))?,
            stream: stream(outer.stream.unwrap_or("")).ok_or_else(|| wrong("stream"))?,
            n: outer.n.ok_or_else(|| wrong("n"))?,
            prev: prev(outer.prev).map_err(|()| wrong("prev"))?,
            basis: outer.basis.ok_or_else(|| wrong("basis"))?,
        })
    };
    let Outer { kind, log_time, digests, .. } = outer;
    Ok(Shown { kind, log_time, digests, header })
}

/// Reads the header inside a sealed entry's body, with the event's type.
pub(crate) fn read_body(
    seq: u64,
    log_time: Moment,
    body: &[u8],
) -> Result<(&str, Header<'_>), Fault> {
    let wrong = |member| Fault::at(Place::Entry(seq), What::MemberWrong(member));
    let inner: Body<'_> =
        serde_json::from_slice(body).map_err(|error| unreadable(seq, body, &error))?;
    let header = Header {
        seq,
        log_time,
        t: inner.t,
        cmd: inner.cmd,
        by: inner.by,
        stream: stream(inner.stream).ok_or_else(|| wrong("stream"))?,
        n: inner.n,
        prev: prev(inner.prev).map_err(|()| wrong("prev"))?,
        basis: inner.basis,
    };
    Ok((inner.kind, header))
}

/// A leaf that is not even JSON of ours may be of a later version; then that is what to say.
fn unreadable(seq: u64, leaf: &[u8], error: &serde_json::Error) -> Fault {
    let what = match serde_json::from_slice::<Version>(leaf) {
        Ok(Version { v }) if v != VERSION => What::VersionUnknown(v.to_string()),
        _ => What::EventUnreadable(String::new(), error.to_string()),
    };
    Fault::at(Place::Entry(seq), what)
}

fn stream(text: &str) -> Option<Stream> {
    Stream::parse(text)
}

fn prev(text: Option<&str>) -> Result<Option<Hash>, ()> {
    text.map(|text| Hash::parse(text).ok_or(())).transpose()
}

/// The event's own members of a leaf or a sealed body, cut out as an object of their own, with
/// `texts` (name and JSON) put back. `None` when a text does not fit.
pub(crate) fn event_json(json: &[u8], texts: &[(&str, &str)]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(json.len());
    out.push(b'{');
    let mut add = |name: &[u8], value: &[u8]| {
        out.extend_from_slice(if out.len() > 1 { b",\"" } else { b"\"" });
        out.extend_from_slice(name);
        out.extend_from_slice(b"\":");
        out.extend_from_slice(value);
    };
    let mut clash = false;
    members(json, |member| {
        let name = &json[member.name];
        if !HEADER.iter().any(|header| header.as_bytes() == name) {
            clash |= texts.iter().any(|(text, _)| text.as_bytes() == name);
            add(name, &json[member.value]);
        }
    })?;
    for (name, value) in texts {
        clash |= HEADER.contains(name);
        add(name.as_bytes(), value.as_bytes());
    }
    out.push(b'}');
    (!clash).then_some(out)
}

/// The event in its JSON.
pub(crate) fn event_of(seq: u64, stream: Stream, kind: &str, json: &[u8]) -> Result<Event, Fault> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    Event::read(stream, &mut reader).map_err(|error| event_fault(seq, kind, &error))
}

/// The event in its JSON value.
pub(crate) fn event_of_value(
    seq: u64,
    stream: Stream,
    kind: &str,
    json: Value,
) -> Result<Event, Fault> {
    Event::read(stream, json).map_err(|error| event_fault(seq, kind, &error))
}

fn event_fault(seq: u64, kind: &str, error: &serde_json::Error) -> Fault {
    Fault::at(Place::Entry(seq), What::EventUnreadable(kind.to_owned(), error.to_string()))
}

#[cfg(test)]
mod tests {
    use rules::ids::{MatterId, PersonId, PostId};
    use serde_json::json;

    use super::*;
    use crate::chance::Chance;

    fn header() -> Header<'static> {
        Header {
            seq: 7,
            log_time: Moment(1_789_693_323_004),
            t: Moment(1_789_693_000_000),
            cmd: CommandRef { id: "request-1", k: 1, n: 2 },
            by: By::person_at(PersonId(5), PostId(3)),
            stream: Stream::Matter(MatterId(12)),
            n: 4,
            prev: Some(Hash([0xAB; 32])),
            basis: Basis { policy: 1, calendar: 2 },
        }
    }

    fn built(event: Value, sealed: bool) -> Result<Built, BuildFault> {
        build(&header(), event, sealed, &mut Dice::new(Chance::Seed(1), "leaf".to_owned()))
    }

    fn refused(event: Value) -> String {
        match built(event, false) {
            Err(BuildFault::NotDone(NotDone::BadEvent { detail })) => detail,
            other => panic!("{other:?}"),
        }
    }

    /// These bytes are in the logs of offices. If this test fails, the code is wrong, not the test.
    #[test]
    fn the_form_of_a_leaf_never_changes() {
        let event = json!({
            "type": "assigned", "post": 4, "due": "2026-09-24", "gone": null,
            "why": {"$words": "窗口"}, "steps": [{"text": {"$words": "一"}, "day": "2026-09-20"}],
        });
        let leaf = built(event.clone(), false).unwrap();
        let wanted = concat!(
            r#"{"_sd":["K9ph6kbsrFSYrrSpspoJcoqMW0FrWe5I8KTHoIgfv_Y","#,
            r#""eohX-ClwqegcNAqKv7wri3mvnGNjRRqYqvUlsvkv6Vc"],"basis":{"calendar":2,"policy":1},"by":{"account":5,"post":3},"#,
            r#""cmd":{"id":"request-1","k":1,"n":2},"due":"2026-09-24","#,
            r#""log_time":"2026-09-18T01:02:03.004Z","n":4,"post":4,"prev":""#,
            "abababababababababababababababababababababababababababababababab",
            r#"","seq":7,"steps":[{"day":"2026-09-20"}],"stream":"matter/12","#,
            r#""t":"2026-09-18T00:56:40.000Z","type":"assigned","v":1}"#,
        );
        assert_eq!(String::from_utf8(leaf.leaf).unwrap(), wanted);
        let subjects: Vec<&str> = leaf.openings.iter().map(|one| one.subject.as_str()).collect();
        assert_eq!(subjects, ["matter/12", "matter/12"]);

        let sealed = built(event, true).unwrap();
        let wanted = concat!(
            r#"{"_sd":["9a3AJbqSovoUMMgTtLwaCDrVdeSo8APK_OBujfUk6sM"],"#,
            r#""log_time":"2026-09-18T01:02:03.004Z","#,
            r#""seq":7,"type":"sealed","v":1}"#,
        );
        assert_eq!(String::from_utf8(sealed.leaf).unwrap(), wanted);
        assert_eq!(sealed.openings[0].subject, "sealed/7");
        let (name, body) = commit::open(sealed.openings[0].disclosure.as_bytes()).unwrap();
        assert_eq!(name, "");
        let shown = read_body(7, Moment(1_789_693_323_004), body.as_bytes()).unwrap();
        assert_eq!(shown, ("assigned", header()));
    }

    #[test]
    fn what_no_leaf_can_hold_is_refused() {
        assert_eq!(refused(json!([])), "not an object");
        assert_eq!(refused(json!({"post": 1})), "type");
        assert_eq!(refused(json!({"type": "sealed"})), "type");
        for name in HEADER {
            let mut event = json!({"type": "x"});
            event[name] = json!(1);
            assert_eq!(refused(event), name);
        }
        assert_eq!(refused(json!({"type": "x", "share": 0.5})), "float");
        assert_eq!(
            refused(json!({"type": "x", "fen": 9_007_199_254_740_992_u64})),
            "integer-too-large"
        );
        assert_eq!(refused(json!({"type": "x", "list": [null]})), "null-in-array");
        assert_eq!(refused(json!({"type": "x", "why": {"$word": "x"}})), "$");
        let long = json!({"type": "x", "codes": "y".repeat(LEAF_MAX)});
        assert!(matches!(built(long, false), Err(BuildFault::NotDone(NotDone::TooLarge { .. }))));
        let text = json!({"type": "x", "why": {"$words": "y".repeat(DISCLOSURE_MAX)}});
        assert!(matches!(built(text, true), Err(BuildFault::NotDone(NotDone::TooLarge { .. }))));
    }

    #[test]
    fn a_sealed_leaf_that_shows_more_is_refused() {
        let leaf = br#"{"_sd":["x"],"log_time":"2026-09-18T01:02:03.004Z","n":1,"seq":7,"type":"sealed","v":1}"#;
        let fault = read(7, leaf).map(|_| ()).unwrap_err();
        assert_eq!(fault, Fault::at(Place::Entry(7), What::MemberWrong("type")));
    }
}
