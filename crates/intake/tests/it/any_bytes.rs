//! No bytes make a panic: random ones, and fixtures changed at random.

use crate::same_text::DOCX;
use intake::{calendar_notice, document, posts};
use proptest::prelude::*;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

fn read_all(bytes: &[u8]) {
    if let Ok(read) = document(bytes) {
        assert!(!read.text.contains('\r') && !read.text.ends_with('\n'));
    }
    let _ = calendar_notice(bytes);
    let _ = posts(bytes);
    let _ = intake::policy::policy(bytes);
}

/// Overwrites, removes or repeats stretches of bytes.
fn changed(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for (at, kind, value) in changes {
        let at = at % bytes.len().max(1);
        let end = (at + usize::from(*value)).min(bytes.len());
        match kind % 4 {
            0 | 1 => bytes[at] = *value,
            2 => drop(bytes.drain(at..end)),
            _ => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
        if bytes.is_empty() {
            bytes.push(*value);
        }
    }
    bytes
}

/// A fixture's XML part of a name, changed, in a package that is whole again: what reaches the readers
/// behind the zip.
fn with_changed_part(fixture: &[u8], part: &str, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(fixture)).unwrap();
    let mut entries = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let content = if name == part { changed(content, changes) } else { content };
        entries.push((name, content));
    }
    let entries: Vec<(&str, &[u8])> =
        entries.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    crate::build::stored(&entries)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_all(&bytes);
        read_all(&[b"PK\x03\x04", bytes.as_slice()].concat());
        read_all(&[b"\xFF\xFE", bytes.as_slice()].concat());
    }

    #[test]
    fn random_tables(text in "(单位|岗位|级别|角色|日期|类型|放假|2026-9-1|[,\"\n;\t]|.){0,80}") {
        read_all(text.as_bytes());
        let header = format!("单位,岗位,级别,角色,起任日期\n{text}");
        let _ = posts(header.as_bytes());
    }

    #[test]
    fn changed_packages(which in 0..DOCX.len(),
                        changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..6)) {
        read_all(&changed(DOCX[which].1.to_vec(), &changes));
    }

    #[test]
    fn changed_parts(which in 0..DOCX.len(), part in 0..3_usize,
                     changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..6)) {
        let part = ["word/document.xml", "word/numbering.xml", "word/styles.xml"][part];
        read_all(&with_changed_part(DOCX[which].1, part, &changes));
    }
}
