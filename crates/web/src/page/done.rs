//! What was just done, said once on the page that a form leads to.

use crate::parts::icon;
use crate::reader::Reader;
use maud::{Markup, html};
use serde::Deserialize;

/// The part of an address that says what was done.
#[derive(Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

impl Done {
    /// The code of what was done, if it is one that can be said.
    pub(crate) fn code(self, reader: &Reader) -> Option<String> {
        self.done.filter(|code| words::knows(reader.lang, code))
    }

    pub(crate) fn is_some(&self) -> bool {
        self.done.is_some()
    }
}

impl Reader {
    /// Says that a command was done.
    pub(crate) fn flash(&self, done: Option<&str>) -> Markup {
        html! {
            @if let Some(done) = done {
                p.flash role="status" {
                    (icon("circle-check")) (self.say("web-done", &[("@what", done.to_owned())]))
                }
            }
        }
    }
}
