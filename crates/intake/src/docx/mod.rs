//! Word documents, read by ourselves: what a person sees on the page, numbers included.
//!
//! In real plans 「一、」「（一）」 are mostly Word's automatic numbers and are not in the text; a reader
//! that takes only the text loses the outline. `styles` and `numbering` say which paragraph has which number, `label` renders it, and
//! `body` walks the text.

mod body;
mod label;
mod numbering;
mod numerals;
mod styles;
mod symbols;
mod table;

use crate::document::{NotADocument, Note};
use crate::package::{BadPackage, Package};
use crate::sniff::Foreign;
use label::Labels;

/// The text of a `.docx` and the notes on it. A newline may stand at the end.
pub(crate) fn read(bytes: &[u8]) -> Result<(String, Vec<Note>), NotADocument> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
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

fn main_part(package: &mut Package<'_>) -> Result<String, NotADocument> {
    let known = [
        ("xl/workbook.xml", Foreign::Xlsx),
        ("xl/workbook.bin", Foreign::Xlsx),
        ("ppt/presentation.xml", Foreign::Pptx),
        ("mimetype", Foreign::OpenDocument),
    ];
    if let Some((_, kind)) = known.iter().find(|(name, _)| package.has(name)) {
        return Err(NotADocument::Foreign(*kind));
    }
    let main = package.named_main()?.unwrap_or_else(|| "word/document.xml".to_owned());
    if package.has(&main) {
        Ok(main)
    } else if package.has("[Content_Types].xml") {
        Err(NotADocument::Package(BadPackage::NoMainPart))
    } else {
        Err(NotADocument::Foreign(Foreign::PlainZip))
    }
}
