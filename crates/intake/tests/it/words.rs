//! Everything intake can say has its sentence in both languages, with the variables it fills.

use intake::{
    BadPackage, BadXml, Foreign, NotADocument, NotATable, Note, RowFault, RowProblem, Undecodable,
};
use std::collections::{BTreeMap, BTreeSet};

const CATALOGUES: [(&str, &str); 2] = [
    ("zh-CN", include_str!("../../../words/zh-CN/intake.ftl")),
    ("en", include_str!("../../../words/en/intake.ftl")),
];

type Said = (&'static str, Vec<(&'static str, String)>);

fn everything() -> Vec<Said> {
    let entry = String::new;
    let texts = [
        Undecodable::Binary,
        Undecodable::DamagedUtf8 { line: 1 },
        Undecodable::Other { guess: "" },
    ];
    let documents = [NotADocument::Empty, NotADocument::TooLarge, NotADocument::TooMuchText]
        .into_iter()
        .chain([NotADocument::StateSecret { mark: "" }])
        .chain(Foreign::ALL.map(NotADocument::Foreign))
        .chain(texts.map(NotADocument::Text))
        .chain(docx_faults());
    let tables = [
        NotATable::Empty,
        NotATable::TooLarge,
        NotATable::Foreign(Foreign::Pdf),
        NotATable::NoHeader { missing: vec![] },
        NotATable::ColumnTwice { column: "" },
        NotATable::TooManyColumns { row: 1 },
        NotATable::TooManyCells,
        NotATable::CellTooLong { row: 1 },
        NotATable::OpenQuote { row: 1 },
    ];
    let rows = [
        RowFault::Blank,
        RowFault::NotADay,
        RowFault::UnknownWord { allowed: vec![] },
        RowFault::HiddenCharacter { code_point: 0x202E },
        RowFault::TooLong { limit: 80 },
        RowFault::Repeated { first_row: 1 },
        RowFault::Contradicts { first_row: 1, said: entry() },
    ]
    .map(|fault| RowProblem { row: 1, column: "", value: entry(), fault });
    let mut said: Vec<Said> = documents.map(|error| (error.code(), error.args())).collect();
    said.extend(tables.iter().map(|error| (error.code(), error.args())));
    said.extend(rows.iter().map(|problem| (problem.code(), problem.args())));
    said.extend(notes().iter().map(|note| (note.code(), note.args())));
    said.extend(Foreign::ALL.map(|kind| (kind.code(), Vec::new())));
    said
}

fn docx_faults() -> impl Iterator<Item = NotADocument> {
    let entry = String::new;
    let packages = [
        BadPackage::Damaged,
        BadPackage::TooManyEntries { count: 1 },
        BadPackage::TooMuchInflated,
        BadPackage::Bomb { entry: entry() },
        BadPackage::Encrypted { entry: entry() },
        BadPackage::BadName { entry: entry() },
        BadPackage::LyingSize { entry: entry() },
        BadPackage::Method { entry: entry() },
        BadPackage::NoMainPart,
    ];
    let xml = [
        BadXml::Malformed,
        BadXml::Dtd,
        BadXml::Entity,
        BadXml::TooDeep,
        BadXml::TokenTooLong,
        BadXml::TooManyElements { limit: 1 },
    ];
    let packages = packages.into_iter().map(NotADocument::Package);
    packages.chain(xml.into_iter().map(|fault| NotADocument::Xml { part: String::new(), fault }))
}

fn notes() -> [Note; 9] {
    [
        Note::Footnotes { count: 1 },
        Note::Comments { count: 1 },
        Note::TrackedChanges { inserted: 1, deleted: 1 },
        Note::Pictures { count: 1 },
        Note::HiddenText { count: 1 },
        Note::Embedded { count: 1 },
        Note::Symbols { count: 1 },
        Note::NumberFormat { format: String::new() },
        Note::MissingNumbering { count: 1 },
    ]
}

fn messages(catalogue: &str) -> BTreeMap<&str, &str> {
    catalogue.lines().filter_map(|line| line.split_once(" = ")).collect()
}

fn variables(message: &str) -> BTreeSet<&str> {
    message.split("{ $").skip(1).filter_map(|rest| rest.split(" }").next()).collect()
}

#[test]
fn every_code_has_its_sentence_and_every_sentence_its_code() {
    let everything = everything();
    let said: BTreeSet<&str> = everything.iter().map(|(code, _)| *code).collect();
    for (language, catalogue) in CATALOGUES {
        let known: BTreeSet<&str> = messages(catalogue).into_keys().collect();
        assert_eq!(known, said, "{language}");
    }
}

#[test]
fn every_variable_is_filled() {
    for (language, catalogue) in CATALOGUES {
        let messages = messages(catalogue);
        for (code, args) in everything() {
            let given: BTreeSet<&str> =
                args.iter().map(|(name, _)| name.trim_start_matches('@')).collect();
            let used = variables(messages[code]);
            assert!(used.is_subset(&given), "{language} {code}: {used:?} of {given:?}");
        }
    }
}
