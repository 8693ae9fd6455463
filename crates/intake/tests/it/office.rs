//! A small office for ledgers to speak of, and workbooks put together part by part.

use crate::build::zip;
use intake::{Against, Defaults, Placed, Sheet};
use rules::calendar::Day;
use rules::ids::{MatterId, PersonId, PostId, UnitId};
use rules::posts::{Event, Office, evolve};
use rules::role::Rank;
use rules::text::{Personal, Words};

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) const UNITS: [&str; 7] = [
    "云州市人社局",
    "养老待遇科",
    "工伤失业科",
    "就业促进科",
    "劳动监察支队",
    "基金监督科",
    "窗口服务科",
];

/// Unit n has the posts n0 (科长 with its unit's name, held by 甲n) and n1 (科员, the same name in every
/// unit).
pub(crate) fn office() -> Office {
    let mut office = Office::default();
    let mut happen = |event| office = evolve(&office, &event).unwrap();
    for (n, name) in (1..).zip(UNITS) {
        let parent = (n > 1).then_some(UnitId(1));
        happen(Event::UnitSet { unit: UnitId(n), parent, name: Words::new(name) });
        let person = PersonId(n);
        let holder = Personal::new(format!("person/{n}"), format!("甲{n}"));
        happen(Event::PersonEntered { person, name: holder });
        for (post, rank, name) in [
            (PostId(n * 10), Rank::SectionHead, format!("{name}负责人")),
            (PostId(n * 10 + 1), Rank::Staff, "科员".to_owned()),
        ] {
            let (unit, roles, name) = (UnitId(n), vec![], Words::new(name));
            happen(Event::PostSet { post, unit, rank, roles, name });
        }
        happen(Event::Appointed { post: PostId(n * 10), person, from: day("2026-01-01") });
    }
    office
}

pub(crate) fn nothing_known(_: &str, _: UnitId) -> Option<MatterId> {
    None
}

pub(crate) fn against(office: &Office) -> Against<'_> {
    let (today, defaults) = (day("2026-11-23"), Defaults::default());
    Against { office, today, known: &nothing_known, historical: false, defaults }
}

/// Rows, problems and remarks, a line each.
pub(crate) fn shown(sheet: &Sheet<intake::MatterRow>) -> Vec<String> {
    let rows = sheet.rows.iter().map(|Placed { row, value }| {
        let due = value.due.map_or("-".to_owned(), |day| day.to_string());
        format!("{row} {} {:?} {due}", value.title, value.unit)
    });
    let problems = sheet.problems.iter().map(|problem| {
        let near = problem.suggestion.iter().map(|near| format!(" ({near}?)"));
        let near: String = near.collect();
        format!("{} {} {} {}{near}", problem.row, problem.column, problem.code(), problem.value)
    });
    let remarks = sheet.remarks.iter().map(|remark| {
        let understood = remark.args().pop().map(|(_, value)| value).unwrap_or_default();
        format!("{} {} {} {understood}", remark.row, remark.column, remark.value)
    });
    rows.chain(problems).chain(remarks).collect()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook by hand: names and contents of its sheets, its shared texts, and more of its `workbook`.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<(String, String)>,
    pub(crate) strings: String,
    /// The cell formats: the second one is a day.
    pub(crate) properties: String,
}

impl Book {
    pub(crate) fn of(sheet: &str) -> Book {
        Book { sheets: vec![("表".to_owned(), sheet.to_owned())], ..Book::default() }
    }

    pub(crate) fn parts(&self) -> Vec<(String, String)> {
        let numbered = || (1..).zip(&self.sheets);
        let sheets: String = numbered()
            .map(|(n, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"))
            .collect::<Vec<_>>()
            .concat();
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATED}\">{}<sheets>{sheets}</sheets></workbook>",
            self.properties
        );
        let mut rels: String = numbered()
            .map(|(n, _)| {
                format!(
                    "<Relationship Id=\"r{n}\" Type=\"{RELATED}/worksheet\" \
                     Target=\"worksheets/sheet{n}.xml\"/>"
                )
            })
            .collect::<Vec<_>>()
            .concat();
        for (id, kind) in [("s", "sharedStrings"), ("t", "styles")] {
            let (kind, target) = (format!("{RELATED}/{kind}"), format!("{kind}.xml"));
            let rel = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
            rels.push_str(&rel);
        }
        let styles = format!(
            "<styleSheet xmlns=\"{MAIN}\"><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        );
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
            ("xl/workbook.xml".to_owned(), workbook),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!("<Relationships>{rels}</Relationships>"),
            ),
            ("xl/styles.xml".to_owned(), styles),
            (
                "xl/sharedStrings.xml".to_owned(),
                format!("<sst xmlns=\"{MAIN}\" uniqueCount=\"4294967295\">{}</sst>", self.strings),
            ),
        ];
        parts.extend(numbered().map(|(n, (_, content))| {
            let sheet = format!("<worksheet xmlns=\"{MAIN}\">{content}</worksheet>");
            (format!("xl/worksheets/sheet{n}.xml"), sheet)
        }));
        parts
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let parts = self.parts();
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        zip(&parts)
    }
}

/// A row of texts in their places, from column A.
pub(crate) fn row(number: u32, cells: &[&str]) -> String {
    let cells: String = (b'A'..)
        .zip(cells)
        .filter(|(_, text)| !text.is_empty())
        .map(|(letter, text)| {
            let place = char::from(letter);
            format!("<c r=\"{place}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        })
        .collect::<Vec<_>>()
        .concat();
    format!("<row r=\"{number}\">{cells}</row>")
}
