//! Files made to do harm, or simply not what they are taken for: each is refused with its code.

use crate::build::{Docx, W, document_xml, numbered, p, raw, stored, zip};
use crate::same_text::DOCX;
use intake::{caps, document};

pub(crate) const LOCAL: &[u8] = b"PK\x03\x04";
pub(crate) const CENTRAL: &[u8] = b"PK\x01\x02";
pub(crate) const END: &[u8] = b"PK\x05\x06";

#[track_caller]
fn refused(bytes: &[u8], code: &str) {
    match document(bytes) {
        Ok(read) => panic!("read as {} characters, not {code}", read.text.chars().count()),
        Err(error) => assert_eq!(error.code(), code, "{error}"),
    }
}

/// Overwrites bytes at an offset from every place where a mark stands.
pub(crate) fn patch(mut bytes: Vec<u8>, mark: &[u8], offset: usize, value: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(mark)).collect();
    assert!(!places.is_empty(), "nothing to patch");
    for at in places {
        bytes[at + offset..at + offset + value.len()].copy_from_slice(value);
    }
    bytes
}

fn small() -> Vec<u8> {
    raw(document_xml(&p("甲")).as_bytes())
}

#[test]
fn the_small_package_that_others_are_made_from_is_read() {
    assert_eq!(document(&small()).unwrap().text, "甲");
}

#[test]
fn other_kinds_of_files_are_named() {
    let kinds: [(&[u8], &str); 12] = [
        (b"%PDF-1.7\n", "file-pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file-image"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", "file-image"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "file-old-word"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            "file-encrypted",
        ),
        (b"{\\rtf1\\ansi", "file-rtf"),
        (b"\xEF\xBB\xBF\n <!DOCTYPE html><html>", "file-markup"),
        (b"\x1F\x8B\x08\0", "file-archive"),
        (&zip(&[("xl/workbook.xml", b"<workbook/>")]), "file-xlsx"),
        (&zip(&[("ppt/presentation.xml", b"<p/>")]), "file-pptx"),
        (&zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "file-opendocument"),
        (&zip(&[("readme.txt", b"hello")]), "file-plain-zip"),
    ];
    for (bytes, kind) in kinds {
        let error = document(bytes).unwrap_err();
        assert_eq!(error.code(), "document-foreign");
        assert_eq!(error.args(), [("@kind", kind.to_owned())]);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    refused(b"", "document-empty");
    refused(" \n\u{3000}\n".as_bytes(), "document-empty");
    refused(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF", "text-binary");
    // A text file cut within a character.
    let cut = "一、总体要求\n（一）目标".as_bytes().split_last().unwrap().1;
    refused(cut, "text-damaged-utf8");
}

#[test]
fn broken_utf8_is_named_by_its_line() {
    let mut bytes = "一、总体要求\n二、目标任务\n".as_bytes().to_vec();
    bytes.extend(b"\xE4\xB8 and more");
    let error = document(&bytes).unwrap_err();
    assert_eq!((error.code(), error.args()), ("text-damaged-utf8", vec![("line", "3".to_owned())]));
}

#[test]
fn other_encodings_are_refused() {
    let (big5, _, _) =
        encoding_rs::BIG5.encode("關於開展整頓機關作風專項行動的實施方案，請各單位認真貫徹執行。");
    refused(&big5, "text-other-encoding");
    let (shift_jis, _, _) =
        encoding_rs::SHIFT_JIS.encode("これは日本語の文書です。よろしくお願いいたします。");
    refused(&shift_jis, "text-other-encoding");
}

#[test]
fn utf16_with_a_mark_is_read() {
    let text = "一、总体要求\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [[b"\xFF\xFE", little.as_slice()].concat(), [b"\xFE\xFF", big.as_slice()].concat()]
    {
        assert_eq!(document(&bytes).unwrap().text, "一、总体要求");
    }
}

#[test]
fn every_cut_of_a_package_is_refused() {
    let bytes = small();
    for end in LOCAL.len()..bytes.len() {
        let result = document(&bytes[..end]);
        assert!(result.is_err(), "cut at {end}");
    }
    refused(b"PK\x03\x04 and then nothing a zip would have", "package-damaged");
    refused(&[bytes.as_slice(), b"more"].concat(), "package-damaged");
    refused(&[b"PK\x03\x04".as_slice(), &bytes].concat(), "package-damaged");
}

#[test]
fn a_package_that_two_readers_would_read_differently_is_refused() {
    let twice = zip(&[("word/document.xml", b"<a/>"), ("word/Document.xml", b"<b/>")]);
    refused(&twice, "package-damaged");
    refused(&patch(small(), END, 10, &[1, 0]), "package-damaged");
    refused(&patch(small(), END, 16, &[0, 0, 0, 0]), "package-damaged");
    refused(&patch(small(), END, 4, &[1, 0]), "package-damaged");
    // The checksum of every entry, in its directory.
    refused(&patch(small(), CENTRAL, 16, &[1, 2, 3, 4]), "package-damaged");
}

#[test]
fn passwords_and_odd_methods_are_refused() {
    refused(&patch(small(), CENTRAL, 8, &[1, 0]), "package-encrypted");
    refused(&patch(small(), CENTRAL, 10, &[12, 0]), "package-method");
}

#[test]
fn names_that_leave_their_folder_are_refused() {
    for name in ["../x", "a/../../x", "/etc/passwd", "\\x", "C:/x", "a\\..\\x"] {
        let plain = "n".repeat(name.len());
        let bytes = zip(&[(&plain, b"x"), ("word/document.xml", b"<a/>")]);
        let central = bytes.windows(4).position(|w| w == CENTRAL).unwrap() + 46;
        let mut bytes = bytes;
        bytes[central..central + name.len()].copy_from_slice(name.as_bytes());
        refused(&bytes, "package-bad-name");
    }
}

#[test]
fn too_many_entries_are_refused() {
    let names: Vec<String> = (0..10_000).map(|n| format!("word/media/{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(&stored(&entries), "package-too-many-entries");
}

#[test]
fn sizes_are_not_believed() {
    // Smaller than it is (the zip library notices first), and larger than it is; in one place, in both.
    for (size, code) in [([5, 0, 0, 0], "package-damaged"), ([0, 4, 0, 0], "package-lying-size")] {
        refused(&patch(small(), CENTRAL, 24, &size), code);
        refused(&patch(patch(small(), CENTRAL, 24, &size), LOCAL, 22, &size), code);
    }
    // Larger than anything may be.
    refused(&patch(small(), CENTRAL, 24, &[0, 0, 0, 0x7F]), "package-bomb");
    let bytes = patch(small(), CENTRAL, 24, &[0, 0, 0, 0x7F]);
    refused(&patch(bytes, CENTRAL, 20, &[0, 0, 0, 0x7F]), "package-too-much-inflated");
}

#[test]
fn a_zip_within_is_never_opened() {
    let inner = zip(&[("bomb", &vec![0; 4 << 20])]);
    let main = document_xml(&p("甲"));
    let bytes = zip(&[("word/document.xml", main.as_bytes()), ("word/inner.zip", &inner)]);
    assert_eq!(document(&bytes).unwrap().text, "甲");
    refused(&raw(&inner), "xml-malformed");
}

#[test]
fn document_types_and_entities_are_refused() {
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
    refused(&raw(format!("{laughs}<l>&b;</l>").as_bytes()), "xml-dtd");
    refused(&raw(b"<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"), "xml-dtd");
    refused(&raw(document_xml(&p("&b;")).as_bytes()), "xml-entity");
    refused(&raw(document_xml(&p("&#0;&#xD800;")).as_bytes()), "xml-entity");
}

#[test]
fn broken_xml_is_refused() {
    for main in ["", "<a>", "<a></b>", "just text", "<a/><", "<w:p xmlns:w=\"x\"></w:q>"] {
        refused(&raw(main.as_bytes()), "xml-malformed");
    }
    refused(&raw(b"<a>\xFF\xFE</a>"), "xml-malformed");
    let utf16: Vec<u8> = "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&raw(&utf16), "xml-malformed");
}

#[test]
fn depth_has_an_end() {
    let nested = |depth: usize| {
        raw(document_xml(&format!("{}{}{}", "<a>".repeat(depth), p("甲"), "</a>".repeat(depth)))
            .as_bytes())
    };
    assert_eq!(document(&nested(caps::XML_DEPTH - 5)).unwrap().text, "甲");
    refused(&nested(caps::XML_DEPTH - 4), "xml-too-deep");
}

#[test]
fn a_package_without_its_main_part_is_refused() {
    refused(&zip(&[("[Content_Types].xml", b"<Types/>")]), "package-no-main-part");
    let external = format!(
        "<Relationships><Relationship TargetMode=\"External\" Type=\"x/officeDocument\" \
         Target=\"http://example.invalid/{W}\"/></Relationships>"
    );
    let bytes = zip(&[("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", external.as_bytes())]);
    refused(&bytes, "package-no-main-part");
}

#[test]
fn a_main_part_of_another_name_is_found() {
    let rels = "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"/a/../Body/Main.xml\"/>\
                </Relationships>";
    let main = document_xml(&p("甲"));
    let bytes = zip(&[("_rels/.rels", rels.as_bytes()), ("body/main.xml", main.as_bytes())]);
    assert_eq!(document(&bytes).unwrap().text, "甲");
}

#[test]
fn numbers_out_of_any_range_make_no_trouble() {
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"lowerLetter\"/>\
                 <w:lvlText w:val=\"%0%9%1.\"/></w:lvl><w:lvl w:ilvl=\"99999999999999999999\"/>";
    let docx = Docx {
        body: numbered(1, 0, "")
            + &numbered(1, 0, "")
            + &numbered(-1, 77, "")
            + &numbered(1, 77, ""),
        numbering: format!(
            "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
        ),
        ..Docx::default()
    };
    assert_eq!(docx.text(), "%04294967295.\n%04294967295.");
}

#[test]
fn the_fixtures_are_within_the_caps_by_far() {
    for (name, bytes) in DOCX {
        assert!(bytes.len() < caps::FILE_BYTES / 100, "{name}");
    }
}
