//! The heaviest files we could think of, each read in a process of its own: refused within five seconds
//! (optimised) and with less than 64 MiB of memory.

use crate::build::{W, document_xml, stored, zip};
use crate::hostile::{CENTRAL, END, LOCAL, patch};
use intake::{calendar_notice, caps, document};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is promised of an optimised build.
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });
const MOST_KIB: u64 = 64 * 1024;
/// Set for the process that reads one file and reports.
const PROBE: &str = "INTAKE_PROBE";

/// The main part stored as it is: no ratio, so another cap must hold.
fn flat(body: &str) -> Vec<u8> {
    stored(&[("word/document.xml", document_xml(body).as_bytes())])
}

/// Bits that do not pack well, the same in every run.
pub(crate) fn bits(count: usize) -> impl Iterator<Item = bool> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    (0..count).map(move |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state & 1 == 1
    })
}

/// Unoptimised code is twenty times slower: there, the long ones are a tenth as long. Every cap is
/// still reached, but for the number of elements, of which a smaller one stands under "definitions".
pub(crate) fn long(count: usize) -> usize {
    if cfg!(debug_assertions) { count / 10 } else { count }
}

fn blanks() -> Vec<u8> {
    zip(&[("word/document.xml", document_xml(&" ".repeat(60 << 20)).as_bytes())])
}

/// Both directories say 1 KiB.
fn lying_blanks() -> Vec<u8> {
    let bytes = patch(blanks(), CENTRAL, 24, &[0, 4, 0, 0]);
    patch(bytes, LOCAL, 22, &[0, 4, 0, 0])
}

fn many_elements() -> Vec<u8> {
    let paragraph = |bit| if bit { "<w:p/>" } else { "<w:r/>" };
    let body: String = bits(caps::XML_ELEMENTS + 1).map(paragraph).collect();
    zip(&[("word/document.xml", document_xml(&body).as_bytes())])
}

/// More than a part may inflate to, with no entry above the ratio.
fn large_part() -> Vec<u8> {
    let line = |bit| {
        if bit { "<!-- 甲乙丙丁戊己庚辛 -->" } else { "<!-- 子丑寅卯辰巳午未 -->" }
    };
    let body: String = bits((65 << 20) / 33).map(line).collect();
    zip(&[("word/document.xml", document_xml(&body).as_bytes())])
}

fn long_labels() -> Vec<u8> {
    let label = "长".repeat(255);
    let numbering = format!(
        "<w:numbering xmlns:w=\"{W}\"><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\">\
         <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"{label}\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
    );
    let rels = "<Relationships><Relationship Type=\"x/numbering\" Target=\"numbering.xml\"/>\
                </Relationships>";
    let body = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:p>".repeat(40_000);
    stored(&[
        ("word/document.xml", document_xml(&body).as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
    ])
}

/// Definitions that cost more memory than they take in the file.
fn many_definitions() -> Vec<u8> {
    let mut numbering = format!("<w:numbering xmlns:w=\"{W}\">");
    for n in 0..40_000 {
        write!(numbering, "<w:abstractNum w:abstractNumId=\"{n}\">").unwrap();
        for level in 0..9 {
            write!(numbering, "<w:lvl w:ilvl=\"{level}\"/>").unwrap();
        }
        numbering.push_str("</w:abstractNum>");
    }
    numbering.push_str("</w:numbering>");
    let rels = "<Relationships><Relationship Type=\"x/numbering\" Target=\"numbering.xml\"/>\
                </Relationships>";
    stored(&[
        ("word/document.xml", document_xml("").as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
    ])
}

type Case = (&'static str, fn() -> Vec<u8>, &'static str);

const CASES: [Case; 19] = [
    ("blanks", blanks, "package-bomb"),
    ("blanks that lie", lying_blanks, "package-damaged"),
    ("large part", large_part, "package-too-much-inflated"),
    ("depth", || flat(&"<w:p>".repeat(3 << 20)), "xml-too-deep"),
    ("elements", many_elements, "xml-too-many-elements"),
    ("blank paragraphs", || flat(&"<w:p/>".repeat(long(1_900_000))), "document-empty"),
    ("comment", || flat(&format!("<!--{}-->", "x".repeat(18 << 20))), "xml-token-too-long"),
    ("attribute", || flat(&format!("<w:p a=\"{}\"/>", "x".repeat(18 << 20))), "xml-token-too-long"),
    ("attributes", || flat(&format!("<w:p {}/>", "a=\"\" ".repeat(1 << 20))), "document-empty"),
    (
        "namespaces",
        || flat(&format!("<w:p {}/>", "xmlns:a=\"b\" ".repeat(80_000))),
        "xml-malformed",
    ),
    (
        "wide cells",
        || {
            let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr></w:tc>";
            flat(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell.repeat(100_000)))
        },
        "document-too-much-text",
    ),
    ("long labels", long_labels, "document-too-much-text"),
    ("definitions", many_definitions, "xml-too-many-elements"),
    ("ends of archives", || [LOCAL, &END.repeat(5_000_000)].concat(), "package-damaged"),
    ("long text", || "字".repeat(caps::TEXT_CHARS + 1).into_bytes(), "document-too-much-text"),
    ("too large", || vec![b'a'; caps::FILE_BYTES + 1], "document-too-large"),
    (
        "commas",
        || [b"date,kind\n".as_slice(), &b",".repeat(long(18 << 20))].concat(),
        "table-too-many-columns",
    ),
    ("blank rows", || b"\n".repeat(long(18 << 20)), "table-empty"),
    (
        "open quote",
        || [b"a,\"".as_slice(), &b"x\n".repeat(long(9 << 20))].concat(),
        "table-open-quote",
    ),
];

/// Reads a file from standard input and reports code, time and memory. Only the test below calls it.
#[test]
fn probe() {
    let Ok(kind) = std::env::var(PROBE) else { return };
    let mut bytes = Vec::with_capacity(caps::BOOK_BYTES + 2);
    std::io::stdin().read_to_end(&mut bytes).unwrap();
    // Begin the record of the highest memory anew.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory_kib();
    let start = Instant::now();
    let code = match kind.as_str() {
        "ledger" => crate::hostile_books::judged(&bytes),
        "table" => calendar_notice(&bytes).map_or_else(|error| error.code(), |_| "read"),
        _ => document(&bytes).map_or_else(|error| error.code(), |_| "read"),
    };
    let time = start.elapsed().as_millis();
    println!("PROBE {code} {time} {}", memory_kib().saturating_sub(before));
}

fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Reads bytes in a process of its own and answers with the code and the cost, having
/// asserted time and memory.
#[cfg(target_os = "linux")]
pub(crate) fn measured(name: &str, kind: &str, bytes: &[u8]) -> (String, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "heavy::probe", "--nocapture"])
        .env(PROBE, kind)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let report = said.split("PROBE ").nth(1).unwrap_or_else(|| panic!("{name}: {said}"));
    let words: Vec<&str> = report.split_whitespace().collect();
    let (code, millis, kib) =
        (words[0], words[1].parse().unwrap(), words[2].parse::<u64>().unwrap());
    assert!(Duration::from_millis(millis) < MOST_TIME, "{name}: {millis} ms");
    assert!(kib < MOST_KIB, "{name}: {kib} KiB");
    (code.to_owned(), format!("{millis} ms {kib} KiB"))
}

#[cfg(target_os = "linux")]
#[test]
fn every_refusal_is_quick_and_small() {
    for (name, build, expected) in CASES {
        if cfg!(debug_assertions) && name == "elements" {
            continue;
        }
        let kind = if expected.starts_with("table") { "table" } else { "document" };
        let (code, cost) = measured(name, kind, &build());
        println!("{name}: {code} {cost}");
        assert_eq!(code, expected, "{name}");
    }
}
