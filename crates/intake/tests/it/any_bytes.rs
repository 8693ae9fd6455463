//! No bytes make a panic: random ones, and fixtures changed at random.

use crate::office::{Book, against, office, row, shown};
use crate::same_text::DOCX;
use intake::{Field, Mapping, calendar_notice, document, matters, posts, recheck, table};
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
    ledger(bytes, &[]);
}

/// Reads a ledger, maps and changes it at random, judges it, and finds what the rows say of themselves.
fn ledger(bytes: &[u8], columns: &[(usize, usize)]) {
    let Ok(mut table) = table(bytes) else { return };
    let office = office();
    let mut mapping: Mapping = table.guess();
    for (field, column) in columns {
        mapping.set(Field::ALL[field % Field::ALL.len()], Some(column % 8));
    }
    let sheet = matters(&table, &mapping, &against(&office));
    assert!(sheet.rows.len() <= table.rows().len());
    let rows: Vec<u32> = table.rows().collect();
    for row in &rows {
        let good = sheet.rows.iter().filter(|placed| placed.row == *row).count();
        let bad: Vec<_> = sheet.problems.iter().filter(|problem| problem.row == *row).collect();
        assert!((good == 1) == bad.is_empty(), "row {row} is lost or doubled");
        // What is judged by itself is judged the same.
        let again = recheck(&table, &mapping, &against(&office), *row);
        assert!(again.problems.iter().eq(bad), "{:?}", shown(&again));
        assert_eq!(again.rows.len(), good);
    }
    for row in rows {
        for text in ["2026-2-30", ""] {
            let _ = table.set(row, 0, text);
            let _ = recheck(&table, &mapping, &against(&office), row);
        }
    }
    let _ = table.samples(0, 3);
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
    fn random_ledgers(text in "(养老科|养老待遇科|甲2|P32|窗口|自查|12\\.1|2026-2-30|长期|月底|年|[0-9/.-]{1,9}|\
                               [,\"\n、（）]|.){0,120}",
                      columns in prop::collection::vec(any::<(usize, usize)>(), 0..6)) {
        let header = format!("事项,问题类别,责任单位,来源,责任人,完成时限,发现时间,备注\n{text}");
        ledger(header.as_bytes(), &columns);
    }

    #[test]
    fn changed_workbooks(which in 0..5_usize,
                         changes in prop::collection::vec(any::<(usize, u8, u8)>(), 1..6)) {
        let sheet = row(1, &["事项", "问题类别", "责任单位", "来源", "时限"])
            + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" s=\"1\"><v>46374</v></c></row>"
            + &row(3, &["甲", "P32", "养老待遇科", "自查", "12.18"]);
        let book = Book {
            strings: "<si><r><t>甲_x000D_</t></r></si>".to_owned(),
            ..Book::of(&format!(
                "<sheetData>{sheet}</sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"
            ))
        };
        let bytes = book.bytes();
        let part = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                    "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"][which];
        ledger(&with_changed_part(&bytes, part, &changes), &[]);
        ledger(&changed(bytes, &changes), &[]);
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
