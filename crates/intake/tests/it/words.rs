//! Everything intake can say has its sentence in both languages, with the variables it fills.

use intake::{
    BadPackage, BadXml, Field, Foreign, NoSuchCell, NoSuchField, NotADocument, NotATable, Note,
    Remark, RemarkKind, RowFault, RowProblem, Undecodable,
};
use rules::calendar::Day;
use rules::ids::MatterId;
use rules::signal::ProblemCode;
use std::collections::{BTreeMap, BTreeSet};

const CATALOGUES: [(&str, &str); 2] = [
    (
        "zh-CN",
        concat!(
            include_str!("../../../words/zh-CN/intake.ftl"),
            include_str!("../../../words/zh-CN/import.ftl")
        ),
    ),
    (
        "en",
        concat!(
            include_str!("../../../words/en/intake.ftl"),
            include_str!("../../../words/en/import.ftl")
        ),
    ),
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
    let mut said: Vec<Said> = documents.map(|error| (error.code(), error.args())).collect();
    said.extend(table_faults().map(|error| (error.code(), error.args())));
    for problem in problems() {
        said.push((problem.code(), problem.args()));
        said.push((problem.cell_code(), problem.args()));
        let near = RowProblem { suggestion: Some(entry()), ..problem };
        said.push((near.cell_code(), near.args()));
    }
    said.extend(remarks().iter().map(|remark| (remark.code(), remark.args())));
    said.extend(Field::ALL.map(|field| (field.code(), Vec::new())));
    said.push((NoSuchCell.code(), Vec::new()));
    let field = NoSuchField { key: entry() };
    said.push((field.code(), field.args()));
    said.extend(notes().iter().map(|note| (note.code(), note.args())));
    said.extend(Foreign::ALL.map(|kind| (kind.code(), Vec::new())));
    said
}

fn table_faults() -> impl Iterator<Item = NotATable> {
    let tables = [
        NotATable::Empty,
        NotATable::TooLarge { limit: 1 },
        NotATable::NoSheet,
        NotATable::NoSuchSheet { name: String::new() },
        NotATable::NoHeader { missing: vec![] },
        NotATable::ColumnTwice { column: "" },
        NotATable::TooManyColumns { row: 1 },
        NotATable::TooManyRows,
        NotATable::TooManyCells,
        NotATable::TooMuchText,
        NotATable::CellTooLong { row: 1 },
        NotATable::OpenQuote { row: 1 },
        NotATable::StateSecret { mark: "" },
    ];
    let xml = xml_faults().map(|fault| NotATable::Xml { part: String::new(), fault });
    tables
        .into_iter()
        .chain(Foreign::ALL.map(NotATable::Foreign))
        .chain(package_faults().map(NotATable::Package))
        .chain(xml)
}

fn problems() -> impl Iterator<Item = RowProblem> {
    let day = Day::EPOCH;
    let faults = [
        RowFault::Blank,
        RowFault::NotADay,
        RowFault::UnknownWord { allowed: vec![] },
        RowFault::HiddenCharacter { code_point: 0x202E },
        RowFault::TooLong { limit: 80 },
        RowFault::Repeated { first_row: 1 },
        RowFault::Contradicts { first_row: 1, said: String::new() },
        RowFault::NoSuchDay { month: 2, day: 30 },
        RowFault::UnclearDay { one: day, other: day },
        RowFault::Past { today: day },
        RowFault::Future { today: day },
        RowFault::UnknownUnit,
        RowFault::UnknownPost,
        RowFault::UnknownProblem,
        RowFault::AlreadyThere { matter: MatterId(1) },
        RowFault::FailedFormula,
    ];
    faults.into_iter().map(|fault| RowProblem {
        row: 1,
        column: "".into(),
        at: None,
        value: String::new(),
        fault,
        suggestion: None,
    })
}

fn remarks() -> Vec<Remark> {
    let mut kinds = vec![
        RemarkKind::Day(Day::EPOCH),
        RemarkKind::NoDay,
        RemarkKind::Name(String::new()),
        RemarkKind::OnlyFirst(String::new()),
    ];
    kinds.extend(ProblemCode::all().map(RemarkKind::Problem));
    let remark =
        |kind| Remark { row: 1, column: String::new(), at: None, value: String::new(), kind };
    kinds.into_iter().map(remark).collect()
}

fn package_faults() -> impl Iterator<Item = BadPackage> {
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
    packages.into_iter()
}

fn xml_faults() -> impl Iterator<Item = BadXml> {
    let faults = [
        BadXml::Malformed,
        BadXml::Dtd,
        BadXml::Entity,
        BadXml::TooDeep,
        BadXml::TokenTooLong,
        BadXml::TooManyElements { limit: 1 },
    ];
    faults.into_iter()
}

fn docx_faults() -> impl Iterator<Item = NotADocument> {
    let packages = package_faults().map(NotADocument::Package);
    packages.chain(xml_faults().map(|fault| NotADocument::Xml { part: String::new(), fault }))
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
