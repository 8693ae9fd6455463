//! The same plan from three producers, with automatic and with typed numbering, and as plain text.

use intake::{DocumentKind, Encoding, Note, document};

const UTF8: &[u8] = include_bytes!("../fixtures/plan.utf8.txt");
const GB18030: &[u8] = include_bytes!("../fixtures/plan.gb18030.txt");

pub(crate) const DOCX: [(&str, &[u8]); 6] = [
    ("libreoffice.auto", include_bytes!("../fixtures/libreoffice.auto.docx")),
    ("libreoffice.typed", include_bytes!("../fixtures/libreoffice.typed.docx")),
    ("python-docx.auto", include_bytes!("../fixtures/python-docx.auto.docx")),
    ("python-docx.typed", include_bytes!("../fixtures/python-docx.typed.docx")),
    ("wps.auto", include_bytes!("../fixtures/wps.auto.docx")),
    ("wps.typed", include_bytes!("../fixtures/wps.typed.docx")),
];

#[test]
fn every_producer_and_every_numbering_gives_the_same_text() {
    let typed = document(UTF8).unwrap();
    assert_eq!((typed.kind, typed.encoding), (DocumentKind::Text, Encoding::Utf8));
    for (name, bytes) in DOCX {
        let read = document(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.kind, DocumentKind::Docx);
        for (ours, theirs) in typed.text.lines().zip(read.text.lines()) {
            assert_eq!(ours, theirs, "{name}");
        }
        assert_eq!(typed.text, read.text, "{name}");
    }
}

#[test]
fn gb18030_is_read_as_it_was_typed() {
    let read = document(GB18030).unwrap();
    assert_eq!(read.encoding, Encoding::Gb18030);
    assert_eq!(read.text, document(UTF8).unwrap().text);
}

#[test]
fn a_mark_before_gb18030_is_no_text() {
    let read = document(&[b"\x84\x31\x95\x33", GB18030].concat()).unwrap();
    assert_eq!(read.text, document(GB18030).unwrap().text);
}

#[test]
fn a_revision_is_said() {
    for (name, bytes) in DOCX {
        let notes = document(bytes).unwrap().notes;
        let is_revision =
            |note: &Note| matches!(note, Note::TrackedChanges { inserted: 2, deleted: 2.. });
        assert!(notes.iter().any(is_revision), "{name}: {notes:?}");
    }
}
