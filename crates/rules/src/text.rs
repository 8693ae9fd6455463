//! Free text and personal values: the parts of an event that never stand in a leaf of the log.
//!
//! A leaf holds only codes, posts, days, numbers and hashes. Text lies beside it, encrypted, and
//! can lawfully be destroyed (个人信息保护法 第47条) while the log still verifies.

use crate::refusal::Refusal;
use alloc::string::String;
use alloc::sync::Arc;
use core::fmt;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The member name under which [`Words`] travel to the ledger, which takes them out of the leaf.
pub const WORDS_MEMBER: &str = "$words";
/// The member name under which a [`Personal`] value travels to the ledger.
pub const PERSONAL_MEMBER: &str = "$personal";
/// The member name by which the ledger says that words are there and are not shown (限制处理).
pub const RESTRICTED_MEMBER: &str = "$restricted";

/// Free text written by a person. Without a text it was erased, or is not disclosed to this reader.
/// Rules never branch on it, so that erasing it changes no stage, day, owner or light.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Words {
    text: Option<Arc<str>>,
    /// There, and not shown to anybody (个人信息保护法 第47条第二款).
    restricted: bool,
}

impl Words {
    pub fn new(text: impl AsRef<str>) -> Self {
        Self { text: Some(Arc::from(text.as_ref())), restricted: false }
    }

    /// Text that was lawfully destroyed, or is not known here.
    pub fn erased() -> Self {
        Self::default()
    }

    pub fn text(&self) -> Option<&str> {
        self.text.as_deref().filter(|_| !self.restricted)
    }

    /// Whether it stands in the log and may not be shown.
    pub fn is_restricted(&self) -> bool {
        self.restricted
    }

    /// From here on not shown, or shown again.
    pub(crate) fn restrict(&mut self, restricted: bool) {
        // What is erased is gone, whatever else is said of it.
        self.restricted = restricted && self.text.is_some();
    }

    /// Whether a person wrote nothing at all. An erased text was written once, so it is not blank.
    pub fn is_blank(&self) -> bool {
        self.text().is_some_and(|text| text.trim().is_empty())
    }

    /// A text that must say something; `field` is the code of its name.
    pub(crate) fn written(&self, field: &'static str) -> Result<Words, Refusal> {
        if self.is_blank() || self.text().is_none() {
            return Err(Refusal::Blank { field });
        }
        Ok(self.clone())
    }
}

impl fmt::Debug for Words {
    /// Texts stay out of debug output, which may reach a log file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text().is_some() { "Words(…)" } else { "Words(erased)" })
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(WORDS_MEMBER, &self.text())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Member;
        impl<'de> Visitor<'de> for Member {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member that holds words")
            }
            fn visit_unit<E>(self) -> Result<Words, E> {
                Ok(Words::erased())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
                let mut words = Words::erased();
                while let Some(name) = map.next_key::<String>()? {
                    if name == WORDS_MEMBER {
                        words.text = map.next_value::<Option<String>>()?.map(Arc::from);
                    } else if name == RESTRICTED_MEMBER {
                        words.restricted = map.next_value()?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(words)
            }
        }
        deserializer.deserialize_any(Member)
    }
}

/// A personal value (a name, a telephone number) under the key of the person whom it concerns.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Personal {
    inner: Option<(Arc<str>, Arc<str>)>,
    restricted: bool,
}

#[derive(Serialize, Deserialize)]
struct Subjected {
    subject: String,
    value: Option<String>,
}

impl Personal {
    /// `subject` names whose key seals the value: `person/7`.
    pub fn new(subject: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let inner = (Arc::from(subject.as_ref()), Arc::from(value.as_ref()));
        Self { inner: Some(inner), restricted: false }
    }

    pub fn erased() -> Self {
        Self::default()
    }

    pub fn value(&self) -> Option<&str> {
        self.inner.as_ref().filter(|_| !self.restricted).map(|(_, value)| &**value)
    }

    /// Whether it stands in the log and may not be shown.
    pub fn is_restricted(&self) -> bool {
        self.restricted
    }

    /// From here on not shown, or shown again.
    pub(crate) fn restrict(&mut self, restricted: bool) {
        self.restricted = restricted && self.inner.is_some();
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.value().is_some() { "Personal(…)" } else { "Personal(erased)" })
    }
}

impl Serialize for Personal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        let shown = self.inner.as_ref().filter(|_| !self.restricted);
        let inner = shown.map(|(subject, value)| Subjected {
            subject: String::from(&**subject),
            value: Some(String::from(&**value)),
        });
        map.serialize_entry(PERSONAL_MEMBER, &inner)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Member {
            #[serde(rename = "$personal", default)]
            inner: Option<Subjected>,
        }
        let member = Option::<Member>::deserialize(deserializer)?;
        let inner = member.and_then(|member| member.inner).and_then(|inner| {
            inner.value.map(|value| (Arc::from(inner.subject), Arc::from(value)))
        });
        Ok(Self { inner, restricted: false })
    }
}
