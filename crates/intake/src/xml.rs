//! One XML part, read token by token under caps. DTDs and entities of a document's own are refused.

use crate::caps;
use crate::package::{BadPackage, Unread, exceeds_ratio};
use quick_xml::XmlVersion;
use quick_xml::errors::Error as XmlError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// Why an XML part is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadXml {
    /// Not well-formed, or not in UTF-8.
    Malformed,
    /// A document type declaration: no office file has one, every entity bomb does.
    Dtd,
    /// An entity other than the five of XML itself.
    Entity,
    /// Above [`caps::XML_DEPTH`].
    TooDeep,
    /// Above [`caps::XML_TOKEN_BYTES`].
    TokenTooLong,
    /// Above [`caps::XML_ELEMENTS`], or [`caps::PROPERTY_ELEMENTS`] in a part that only describes.
    TooManyElements { limit: usize },
}

impl BadXml {
    /// The message that says it.
    pub fn code(self) -> &'static str {
        match self {
            BadXml::Malformed => "xml-malformed",
            BadXml::Dtd => "xml-dtd",
            BadXml::Entity => "xml-entity",
            BadXml::TooDeep => "xml-too-deep",
            BadXml::TokenTooLong => "xml-token-too-long",
            BadXml::TooManyElements { .. } => "xml-too-many-elements",
        }
    }

    /// What fills the message: name and value.
    pub fn args(self) -> Vec<(&'static str, String)> {
        match self {
            BadXml::Malformed | BadXml::Dtd | BadXml::Entity => Vec::new(),
            BadXml::TooDeep => vec![("limit", caps::XML_DEPTH.to_string())],
            BadXml::TokenTooLong => {
                vec![("limit", (caps::XML_TOKEN_BYTES / 1024 / 1024).to_string())]
            }
            BadXml::TooManyElements { limit } => vec![("limit", limit.to_string())],
        }
    }
}

/// What the zip directory says of a part, and how much of it may be read.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) declared: u64,
    pub(crate) packed: u64,
    pub(crate) most: u64,
    pub(crate) elements: usize,
}

/// A refusal on its way through `io::Error`.
#[derive(Clone, Copy, Debug)]
enum Overrun {
    TooMuch,
    Bomb,
    Lying,
    Token,
}

impl fmt::Display for Overrun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Overrun {}

/// Counts every inflated byte that passes, whatever the directory said.
struct Metered<'a> {
    inner: BufReader<Box<dyn Read + 'a>>,
    limits: Limits,
    passed: u64,
    token: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(out.len());
        for (to, from) in out.iter_mut().zip(ready) {
            *to = *from;
        }
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let Limits { declared, packed, most, .. } = self.limits;
        let overrun = if self.passed > most {
            Some(Overrun::TooMuch)
        } else if exceeds_ratio(self.passed, packed) {
            Some(Overrun::Bomb)
        } else if self.passed > declared {
            Some(Overrun::Lying)
        } else if self.token > caps::XML_TOKEN_BYTES {
            Some(Overrun::Token)
        } else {
            None
        };
        if let Some(overrun) = overrun {
            return Err(io::Error::other(overrun));
        }
        let ready = self.inner.fill_buf()?;
        if ready.is_empty() && self.passed != declared {
            return Err(io::Error::other(Overrun::Lying));
        }
        Ok(ready)
    }

    fn consume(&mut self, count: usize) {
        let passed = u64::try_from(count).unwrap_or(u64::MAX);
        self.passed = self.passed.saturating_add(passed);
        self.token = self.token.saturating_add(passed);
        self.inner.consume(count);
    }
}

/// The vocabularies we tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// `WordprocessingML`, transitional or strict.
    Word,
    /// Markup compatibility: the same thing said twice, for new readers and old.
    Compatibility,
    /// Office math.
    Math,
    Other,
}

const SPACES: &[(&str, Space)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Space::Word),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Space::Word),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Space::Compatibility),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Space::Math),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Space::Math),
];

/// One step through a part. An element without content opens and closes.
pub(crate) enum Token<'b> {
    Open(Open<'b>),
    Close,
    Text(Cow<'b, str>),
    /// A comment or an instruction to some program.
    Nothing,
}

impl<'b> Token<'b> {
    pub(crate) fn open(self) -> Option<Open<'b>> {
        match self {
            Token::Open(open) => Some(open),
            Token::Close | Token::Text(_) | Token::Nothing => None,
        }
    }
}

/// An element's start.
pub(crate) struct Open<'b> {
    pub(crate) space: Space,
    start: BytesStart<'b>,
}

impl Open<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute by its name without prefix: producers differ in whether they write the prefix.
    pub(crate) fn attr(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// `w:val` as a number.
    pub(crate) fn number(&self) -> Option<i64> {
        self.attr("val")?.trim().parse().ok()
    }

    /// An on/off property: present means on, unless its value says off.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attr("val").as_deref(), Some("0" | "false" | "off"))
    }
}

/// A part being read.
pub(crate) struct Xml<'a> {
    reader: NsReader<Metered<'a>>,
    buffer: Vec<u8>,
    part: String,
    depth: usize,
    elements: usize,
}

impl<'a> Xml<'a> {
    pub(crate) fn new(part: &str, inner: Box<dyn Read + 'a>, limits: Limits) -> Xml<'a> {
        let inner = BufReader::with_capacity(64 * 1024, inner);
        let mut reader = NsReader::from_reader(Metered { inner, limits, passed: 0, token: 0 });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), part: part.to_owned(), depth: 0, elements: 0 }
    }

    /// The name of the part.
    pub(crate) fn part(&self) -> &str {
        &self.part
    }

    /// The next token; `None` at the end of a part that was whole.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'_>>, Unread> {
        let Xml { reader, buffer, part, depth, elements } = self;
        let bad = |fault| Unread::Xml { part: part.clone(), fault };
        reader.get_mut().token = 0;
        buffer.clear();
        let event = reader.read_event_into(buffer).map_err(|error| refusal(&error, part))?;
        Ok(Some(match event {
            Event::Start(start) | Event::Empty(start) => {
                *depth += 1;
                *elements += 1;
                if *depth > caps::XML_DEPTH {
                    return Err(bad(BadXml::TooDeep));
                }
                let limit = reader.get_ref().limits.elements;
                if *elements > limit {
                    return Err(bad(BadXml::TooManyElements { limit }));
                }
                let space = space(&reader.resolver().resolve_element(start.name()).0);
                Token::Open(Open { space, start })
            }
            Event::End(_) => {
                *depth = depth.saturating_sub(1);
                Token::Close
            }
            Event::Text(text) => Token::Text(text.into_inner()),
            Event::CData(text) => Token::Text(text.into_inner()),
            Event::GeneralRef(name) => {
                Token::Text(entity(&name).ok_or_else(|| bad(BadXml::Entity))?)
            }
            Event::DocType(_) => return Err(bad(BadXml::Dtd)),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Token::Nothing,
            Event::Eof if *depth > 0 || *elements == 0 => return Err(bad(BadXml::Malformed)),
            Event::Eof => return Ok(None),
        }))
    }
}

fn space(resolved: &ResolveResult<'_>) -> Space {
    let ResolveResult::Bound(namespace) = resolved else { return Space::Other };
    let uri = namespace.into_inner();
    SPACES.iter().find(|(known, _)| *known == uri).map_or(Space::Other, |(_, space)| *space)
}

fn entity(name: &quick_xml::events::BytesRef<'_>) -> Option<Cow<'static, str>> {
    if name.is_char_ref() {
        let c = name.resolve_char_ref().ok().flatten()?;
        return Some(Cow::Owned(c.to_string()));
    }
    let text = match name.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(Cow::Borrowed(text))
}

fn refusal(error: &XmlError, part: &str) -> Unread {
    let entry = part.to_owned();
    let xml = |fault| Unread::Xml { part: part.to_owned(), fault };
    let XmlError::Io(error) = error else { return xml(BadXml::Malformed) };
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Overrun>()) {
        Some(Overrun::TooMuch) => BadPackage::TooMuchInflated.into(),
        Some(Overrun::Bomb) => BadPackage::Bomb { entry }.into(),
        Some(Overrun::Lying) => BadPackage::LyingSize { entry }.into(),
        Some(Overrun::Token) => xml(BadXml::TokenTooLong),
        // A cut-off or broken deflate stream, or a wrong checksum.
        None => BadPackage::Damaged.into(),
    }
}
