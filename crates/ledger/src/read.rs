//! A raw entry becomes an event again: its disclosures opened, checked against the leaf, put back.

use rules::record::{Entry, Stream};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::{
    commit,
    error::{Fault, LedgerFault, Place, What},
    hash::Hash,
    keys::{Found, Keys, Subject},
    leaf::{self, Header, Shown},
    log::{DisclosureRow, RawEntry},
    seal::ALG,
    texts,
};

/// What reading an entry gave.
pub(crate) struct Read<'a> {
    pub(crate) shown: Shown<'a>,
    /// `None` when the entry is sealed and its body has been erased.
    pub(crate) told: Option<Told>,
    /// Every text and body that could be opened.
    pub(crate) opened: Vec<Opened>,
    /// How many could not be, since their keys were lawfully destroyed.
    pub(crate) erased: usize,
}

/// The part of an entry that a sealed leaf hides.
pub(crate) struct Told {
    pub(crate) entry: Entry,
    pub(crate) cmd_id: String,
    pub(crate) k: u64,
    pub(crate) of: u64,
    pub(crate) prev: Option<Hash>,
    pub(crate) basis: leaf::Basis,
    /// The type of the event.
    pub(crate) kind: String,
    /// It stood in a sealed body.
    pub(crate) sealed: bool,
}

/// A disclosure that opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) name: String,
    /// As JSON text.
    pub(crate) value: String,
}

/// The place that a disclosure's ciphertext is bound to. A subject holds no `|`, so no two rows
/// share a place.
pub(crate) fn bound(seq: u64, name: &str, subject: &str) -> Vec<u8> {
    format!("{seq}|{name}|{subject}").into_bytes()
}

/// Opens one disclosure row; `None` when its subject was erased.
pub(crate) fn open_row(
    row: &DisclosureRow,
    keys: &Keys,
) -> Result<Option<Zeroizing<Vec<u8>>>, LedgerFault> {
    let fault = |what| Fault::at(Place::Disclosure(row.seq, row.name.clone()), what);
    let subject = Subject::parse(&row.subject).map_err(|_| fault(What::Differs))?;
    match keys.find(&subject)? {
        Found::Erased => Ok(None),
        // A key that never was: it is the row that names the wrong one.
        Found::Missing if !keys.was_made(&subject) => Err(fault(What::KeyMissing).into()),
        Found::Missing => Err(Fault::at(Place::Key(row.subject.clone()), What::KeyMissing).into()),
        Found::Key(key) => {
            let place = bound(row.seq, &row.name, &row.subject);
            let good = (row.alg == i64::from(ALG)).then(|| key.open(&place, &row.ciphertext));
            Ok(Some(good.flatten().ok_or_else(|| fault(What::Unopened))?))
        }
    }
}

/// Opens the disclosures of an entry and holds each against the leaf's commitments. The number of
/// rows must be the number of commitments; what opens must be one of them, under its own name.
fn open_all(
    raw: &RawEntry<'_>,
    digests: &[&str],
    keys: &Keys,
) -> Result<(Vec<Opened>, usize), LedgerFault> {
    if raw.disclosures.len() != digests.len() {
        let what = if raw.disclosures.len() < digests.len() { What::Missing } else { What::Extra };
        return Err(Fault::at(Place::Disclosure(raw.seq, "*".to_owned()), what).into());
    }
    let mut opened = Vec::with_capacity(digests.len());
    let mut used = vec![false; digests.len()];
    let mut erased = 0;
    for row in raw.disclosures {
        let Some(plain) = open_row(row, keys)? else {
            erased += 1;
            continue;
        };
        let foreign = || Fault::at(Place::Disclosure(row.seq, row.name.clone()), What::Foreign);
        let disclosure = std::str::from_utf8(&plain).map_err(|_| foreign())?;
        let digest = commit::digest(disclosure);
        let place = digests.binary_search(&digest.as_str()).map_err(|_| foreign())?;
        if std::mem::replace(&mut used[place], true) {
            return Err(foreign().into());
        }
        let (name, value) = commit::open(&plain).ok_or_else(foreign)?;
        if name != row.name {
            return Err(foreign().into());
        }
        opened.push(Opened { name, value });
    }
    Ok((opened, erased))
}

/// Whose key a disclosure should lie under: the marker's own subject, or the stream's.
fn check_subjects(raw: &RawEntry<'_>, opened: &[Opened], stream: Stream) -> Result<(), Fault> {
    let of_stream = stream.to_string();
    for one in opened {
        let Some(row) = raw.disclosures.iter().find(|row| row.name == one.name) else { continue };
        let personal = one.value.starts_with("{\"$personal\"").then(|| parse(&one.value));
        let wanted = personal.as_ref().and_then(texts::personal_subject).unwrap_or(&of_stream);
        if row.subject != wanted {
            return Err(Fault::at(Place::Disclosure(row.seq, row.name.clone()), What::Foreign));
        }
    }
    Ok(())
}

/// A disclosed value. What is not JSON is no value; nothing that asks for a member finds one.
pub(crate) fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or(Value::Null)
}

/// Reads a whole entry, with its texts.
pub(crate) fn entry<'a>(raw: &RawEntry<'a>, keys: &Keys) -> Result<Read<'a>, LedgerFault> {
    let shown = leaf::read(raw.seq, raw.leaf)?;
    if raw.disclosures.is_empty() && shown.digests.is_empty() {
        let told = plain(raw, &shown)?;
        return Ok(Read { shown, told, opened: Vec::new(), erased: 0 });
    }
    let (opened, erased) = open_all(raw, &shown.digests, keys)?;
    let told = match &shown.header {
        None => sealed(raw, &shown, &opened)?,
        Some(header) if opened.is_empty() => Some(told(raw.seq, header, shown.kind, raw.leaf)?),
        Some(header) => {
            check_subjects(raw, &opened, header.stream)?;
            Some(with_texts(raw, header, shown.kind, &opened)?)
        }
    };
    Ok(Read { shown, told, opened, erased })
}

/// Reads an entry's leaf only: every text of it reads as erased, and a sealed entry tells nothing.
pub(crate) fn plain(raw: &RawEntry<'_>, shown: &Shown<'_>) -> Result<Option<Told>, Fault> {
    match &shown.header {
        Some(header) => told(raw.seq, header, shown.kind, raw.leaf).map(Some),
        None => Ok(None),
    }
}

fn told(seq: u64, header: &Header<'_>, kind: &str, json: &[u8]) -> Result<Told, Fault> {
    let json = leaf::event_json(json, &[]).ok_or_else(|| unreadable(seq, kind))?;
    Ok(tell(header, kind, leaf::event_of(seq, header.stream, kind, &json)?))
}

fn unreadable(seq: u64, kind: &str) -> Fault {
    let what = What::EventUnreadable(kind.to_owned(), String::new());
    Fault::at(Place::Entry(seq), what)
}

/// A text that is a member of the event itself goes back into its JSON; only for one that lies
/// deeper is a tree of values built.
fn with_texts(
    raw: &RawEntry<'_>,
    header: &Header<'_>,
    kind: &str,
    opened: &[Opened],
) -> Result<Told, Fault> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let member =
        |one: &Opened| one.name.strip_prefix('/').is_some_and(|name| name.bytes().all(plain));
    let (members, deeper): (Vec<&Opened>, Vec<&Opened>) =
        opened.iter().partition(|one| member(one));
    let members: Vec<(&str, &str)> =
        members.iter().map(|one| (&one.name[1..], one.value.as_str())).collect();
    let foreign = |one: Option<&Opened>| {
        let name = one.map(|one| one.name.clone()).unwrap_or_default();
        Fault::at(Place::Disclosure(raw.seq, name), What::Foreign)
    };
    let json = leaf::event_json(raw.leaf, &members).ok_or_else(|| foreign(opened.first()))?;
    if deeper.is_empty() {
        return Ok(tell(header, kind, leaf::event_of(raw.seq, header.stream, kind, &json)?));
    }
    let mut value: Value = serde_json::from_slice(&json).map_err(|_| unreadable(raw.seq, kind))?;
    for one in deeper {
        if !texts::put_back(&mut value, &one.name, parse(&one.value)) {
            return Err(foreign(Some(one)));
        }
    }
    Ok(tell(header, kind, leaf::event_of_value(raw.seq, header.stream, kind, value)?))
}

fn sealed(raw: &RawEntry<'_>, shown: &Shown<'_>, opened: &[Opened]) -> Result<Option<Told>, Fault> {
    let Some(body) = opened.first() else { return Ok(None) };
    let row = raw.disclosures.first();
    let own = row.is_some_and(|row| row.subject == leaf::sealed_subject(raw.seq));
    if !body.name.is_empty() || !own {
        return Err(Fault::at(Place::Disclosure(raw.seq, body.name.clone()), What::Foreign));
    }
    let json = body.value.as_bytes();
    let (kind, header) = leaf::read_body(raw.seq, shown.log_time, json)?;
    told(raw.seq, &header, kind, json).map(|told| Some(Told { sealed: true, ..told }))
}

fn tell(header: &Header<'_>, kind: &str, event: rules::record::Event) -> Told {
    let Header { seq, log_time: _, t, cmd, by, stream, n, prev, basis } = header;
    let entry = Entry { seq: *seq, at: *t, by: *by, stream: *stream, n: *n, event };
    Told {
        entry,
        cmd_id: cmd.id.to_owned(),
        k: cmd.k,
        of: cmd.n,
        prev: *prev,
        basis: *basis,
        kind: kind.to_owned(),
        sealed: false,
    }
}
