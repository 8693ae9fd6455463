//! Small packages put together in the test, good ones and hostile ones.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A zip of these entries, deflated.
pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    packed(entries, CompressionMethod::Deflated)
}

/// A zip of these entries, as they are.
pub(crate) fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    packed(entries, CompressionMethod::Stored)
}

fn packed(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, content) in entries {
        out.start_file(*name, options).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A package whose main part is this, byte for byte.
pub(crate) fn raw(main: &[u8]) -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", main)])
}

pub(crate) fn document_xml(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"{W}\" xmlns:mc=\"{MC}\"><w:body>{body}\
         </w:body></w:document>"
    )
}

/// A Word document with this body, these numberings and these styles.
#[derive(Default)]
pub(crate) struct Docx {
    pub(crate) body: String,
    pub(crate) numbering: String,
    pub(crate) styles: String,
}

impl Docx {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let numbering = format!(
            "<w:numbering xmlns:w=\"{W}\" xmlns:mc=\"{MC}\">{}</w:numbering>",
            self.numbering
        );
        let styles = format!("<w:styles xmlns:w=\"{W}\">{}</w:styles>", self.styles);
        let related: String = ["numbering", "styles"]
            .map(|kind| {
                format!(
                    "<Relationship Id=\"{kind}\" Type=\"{TYPES}/{kind}\" Target=\"{kind}.xml\"/>"
                )
            })
            .concat();
        let rels = format!("<Relationships xmlns=\"{RELS}\">{related}</Relationships>");
        zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", document_xml(&self.body).as_bytes()),
            ("word/_rels/document.xml.rels", rels.as_bytes()),
            ("word/numbering.xml", numbering.as_bytes()),
            ("word/styles.xml", styles.as_bytes()),
        ])
    }

    #[track_caller]
    pub(crate) fn text(&self) -> String {
        intake::document(&self.bytes()).unwrap().text
    }
}

/// A paragraph with one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A paragraph of a numbering, at a level.
pub(crate) fn numbered(num: i32, level: usize, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{num}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}
