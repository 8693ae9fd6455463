//! Word documents, read by ourselves: what a person sees on the page, numbers included.
//!
//! In real plans 「一、」「（一）」 are mostly Word's automatic numbers and are not in the text; a reader
//! that takes only the text loses the outline. `package` opens the zip under caps, `xml` reads a part
//! under caps, `styles` and `numbering` say which paragraph has which number, `label` renders it, and
//! `body` walks the text.

mod body;
mod label;
mod numbering;
mod numerals;
mod package;
mod styles;
mod symbols;
mod table;
mod xml;

pub use package::BadPackage;
pub use xml::BadXml;

use crate::document::{NotADocument, Note};
use label::Labels;

/// The text of a `.docx` and the notes on it. A newline may stand at the end.
pub(crate) fn read(bytes: &[u8]) -> Result<(String, Vec<Note>), NotADocument> {
    let mut package = package::Package::open(bytes)?;
    let main = package.main_part()?;
    let styles_part = package.related(&main, "/styles")?;
    let numbering_part = package.related(&main, "/numbering")?;
    let styles = match styles_part {
        Some(part) => styles::read(&mut package.property_part(&part)?)?,
        None => styles::Styles::default(),
    };
    let numbering = match numbering_part {
        Some(part) => numbering::read(&mut package.property_part(&part)?)?,
        None => numbering::Numbering::default(),
    };
    let labels = Labels::new(numbering, styles);
    body::read(&mut package.part(&main)?, labels)
}
