//! Workbooks made to do harm: each is refused with its code, or read, within five seconds (optimised)
//! and 64 MiB, in a process of its own.

use crate::build::{stored, zip};
use crate::heavy::{bits, long};
use crate::hostile::{CENTRAL, patch};
use crate::office::{Book, against, office, row};
use intake::{caps, matters, table};

const HEAD: [&str; 5] = ["问题描述", "问题类别", "责任科室", "问题来源", "整改时限"];

/// The code of the refusal, or that it was read; every row is judged, too.
pub(crate) fn judged(bytes: &[u8]) -> &'static str {
    let office = office();
    match table(bytes) {
        Err(fault) => fault.code(),
        Ok(table) => {
            let sheet = matters(&table, &table.guess(), &against(&office));
            if sheet.rows.is_empty() { "read" } else { "rows" }
        }
    }
}

fn head_and(rows: &str) -> String {
    format!("<sheetData>{}{rows}</sheetData>", row(1, &HEAD))
}

/// The parts as they are: no ratio, so another cap must hold.
fn flat(book: &Book) -> Vec<u8> {
    let parts = book.parts();
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    stored(&parts)
}

fn with_part(book: &Book, name: &str, content: &[u8]) -> Vec<u8> {
    let parts = book.parts();
    let mut parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    parts.retain(|(known, _)| *known != name);
    parts.push((name, content));
    zip(&parts)
}

fn small() -> Book {
    Book::of(&head_and(&row(2, &["甲", "P32", "养老待遇科", "自查", "2026-12-18"])))
}

fn corner() -> Vec<u8> {
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    Book::of(&format!("<dimension ref=\"A1:XFD1048576\"/>{}", head_and(corner))).bytes()
}

fn many_entries() -> Vec<u8> {
    let names: Vec<String> = (0..10_000).map(|n| format!("xl/media/{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    stored(&entries)
}

fn many_strings() -> Vec<u8> {
    flat(&Book { strings: "<si/>".repeat(long(5 << 20)), ..small() })
}

/// More than a table may hold, with no entry above the ratio.
fn long_strings() -> Vec<u8> {
    let strings: String = bits((25 << 20) / 30)
        .map(|bit| {
            if bit {
                "<si><t>甲乙丙丁戊己庚辛壬癸</t></si>"
            } else {
                "<si><t>子丑寅卯辰巳午未申酉</t></si>"
            }
        })
        .collect();
    Book { strings, ..small() }.bytes()
}

/// One long text, shown in every cell.
fn one_text_everywhere() -> Vec<u8> {
    let cells: String = (2..10_000)
        .map(|n| format!("<row r=\"{n}\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>"))
        .collect::<Vec<_>>()
        .concat();
    let strings = format!("<si><t>{}</t></si>", "长".repeat(caps::CELL_CHARS));
    Book { strings, ..Book::of(&head_and(&cells)) }.bytes()
}

/// One long text, merged over every cell.
fn merged_everywhere() -> Vec<u8> {
    let cells: String = (2..50_000)
        .map(|n| format!("<row r=\"{n}\"><c r=\"B{n}\"><v>1</v></c></row>"))
        .collect::<Vec<_>>()
        .concat();
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(40_000);
    Book::of(&format!("{}<mergeCells>{merges}</mergeCells>", head_and(&cells))).bytes()
}

fn many_columns() -> Vec<u8> {
    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    flat(&Book::of(&format!(
        "<dimension ref=\"A1:ZZZZ1\"/>{}",
        head_and(&format!("<row r=\"2\">{cells}</row>"))
    )))
}

/// Not hostile at all: every row of the sheet was given a height once.
fn a_million_blank_rows() -> Vec<u8> {
    let good = row(2, &["甲", "P32", "养老待遇科", "自查", "2026-12-18"]);
    let high =
        |n: usize| format!("<row r=\"{n}\" spans=\"1:26\" ht=\"14.25\" customHeight=\"1\"/>");
    let rows = (3..=1_048_576).map(high).collect::<Vec<_>>().concat();
    Book::of(&head_and(&(good + &rows))).bytes()
}

/// Every cell that a table may have, and one more.
fn many_cells() -> Vec<u8> {
    let line = |n: usize| format!("<row r=\"{n}\">{}</row>", "<c><v>1</v></c>".repeat(250));
    let rows: String = (2..2 + 4_004).map(line).collect::<Vec<_>>().concat();
    flat(&Book::of(&head_and(&rows)))
}

fn many_rows() -> Vec<u8> {
    let rows: String = (2..100_100)
        .map(|n| format!("<row r=\"{n}\"><c><v>{n}</v></c></row>"))
        .collect::<Vec<_>>()
        .concat();
    Book::of(&head_and(&rows)).bytes()
}

/// A hundred thousand rows, each with a unit that nobody knows.
fn unknown_units() -> Vec<u8> {
    let rows: String = (0..99_000)
        .map(|n| format!("甲,P32,养老科{n}科长{n},自查,2026-13-01\n"))
        .collect::<Vec<_>>()
        .concat();
    format!("{}\n{rows}", HEAD.join(",")).into_bytes()
}

/// Eight faults in each of a hundred thousand rows.
fn faults_everywhere() -> Vec<u8> {
    let head = "问题描述,问题类别,责任科室,问题来源,整改时限,发现时间,整改类型,责任人";
    let rows =
        "甲\u{202e},无此类,无此科,无此源,2026-13-01,2027-13-01,无此型,无此人\n".repeat(99_000);
    format!("{head}\n{rows}").into_bytes()
}

/// Nothing wrong at all, but much of it.
fn good_rows() -> Vec<u8> {
    let rows: String = (0..99_000)
        .map(|n| format!("事{n},P32,养老待遇科,自查,2026-12-18\n"))
        .collect::<Vec<_>>()
        .concat();
    format!("{}\n{rows}", HEAD.join(",")).into_bytes()
}

/// One part under the names of many sheets.
fn many_sheets() -> Vec<u8> {
    let blank = format!("<sheetData>{}</sheetData>", "<row/>".repeat(long(400_000)));
    let mut book = Book::default();
    for n in 0..200 {
        book.sheets
            .push((format!("表{n}"), if n % 20 == 0 { blank.clone() } else { String::new() }));
    }
    flat(&book)
}

fn ole(stream: &str) -> Vec<u8> {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 1_000], &name, &[0; 1_000]].concat()
}

type Case = (&'static str, fn() -> Vec<u8>, &'static str);

const CASES: [Case; 30] = [
    ("a good one", || small().bytes(), "rows"),
    (
        "bomb",
        || Book::of(&format!("{}{}", head_and(""), " ".repeat(60 << 20))).bytes(),
        "book-bomb",
    ),
    (
        "bomb that lies",
        || {
            let book = Book::of(&format!("{}{}", head_and(""), " ".repeat(60 << 20)));
            patch(book.bytes(), CENTRAL, 24, &[0, 4, 0, 0])
        },
        "book-lying-size",
    ),
    ("entries", many_entries, "book-too-many-entries"),
    (
        "DTD",
        || with_part(&small(), "xl/workbook.xml", b"<!DOCTYPE w [<!ENTITY a \"b\">]><workbook/>"),
        "book-dtd",
    ),
    (
        "entities",
        || with_part(&small(), "xl/sharedStrings.xml", b"<sst><si><t>&lol;</t></si></sst>"),
        "book-entity",
    ),
    ("sparse corner", corner, "table-too-many-columns"),
    (
        "sparse corner, blank",
        || Book::of(&head_and("<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>")).bytes(),
        "read",
    ),
    (
        "shared texts, many",
        many_strings,
        if cfg!(debug_assertions) { "rows" } else { "table-too-many-cells" },
    ),
    ("shared texts, long", long_strings, "table-too-much-text"),
    ("one text everywhere", one_text_everywhere, "table-too-much-text"),
    ("merged everywhere", merged_everywhere, "table-too-many-cells"),
    (
        "truncated",
        || {
            let mut bytes = small().bytes();
            bytes.truncate(bytes.len() - 30);
            bytes
        },
        "book-damaged",
    ),
    (".xls", || ole("Workbook\0"), "table-old-excel"),
    (".doc", || ole("WordDocument\0"), "table-foreign"),
    ("encrypted", || ole("EncryptedPackage\0"), "table-encrypted"),
    ("a picture", || b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "table-foreign"),
    (".docx", || zip(&[("word/document.xml", b"<a/>")]), "table-foreign"),
    ("a million columns", many_columns, "table-too-many-columns"),
    ("cells", many_cells, "table-too-many-cells"),
    ("rows", many_rows, "table-too-many-rows"),
    ("unknown units", unknown_units, "read"),
    ("faults everywhere", faults_everywhere, "read"),
    ("a million blank rows", a_million_blank_rows, "rows"),
    ("good rows", good_rows, "rows"),
    ("sheets", many_sheets, "table-empty"),
    ("depth", || flat(&Book::of(&"<a>".repeat(3 << 20))), "book-too-deep"),
    (
        "rows in disorder",
        || Book::of(&head_and("<row r=\"1\"><c><v>1</v></c></row>")).bytes(),
        "book-malformed",
    ),
    (
        "too large",
        || [b"PK\x03\x04".as_slice(), &vec![0; caps::BOOK_BYTES]].concat(),
        "table-too-large",
    ),
    ("zip, not a workbook", || zip(&[("a.txt", b"a")]), "table-foreign"),
];

#[cfg(target_os = "linux")]
#[test]
fn every_workbook_is_refused_or_read() {
    let mut wrong = Vec::new();
    for (name, build, expected) in CASES {
        let (code, cost) = crate::heavy::measured(name, "ledger", &build());
        println!("{name}: {code} {cost}");
        if code != expected {
            wrong.push(format!("{name}: {code}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_cut_of_a_workbook_is_refused() {
    let bytes = small().bytes();
    for end in 4..bytes.len() {
        assert!(table(&bytes[..end]).is_err(), "cut at {end}");
    }
}
