//! A ledger of five thousand rows with forty faults planted in it: none is missed, none is invented, and
//! no good row is lost, whether it comes as a workbook or as text.

use crate::office::{UNITS, against, day, office, shown};
use intake::{Against, RowProblem, Table, caps, matters, recheck, table};
use rules::ids::{MatterId, UnitId};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::collections::BTreeMap;

const HEAD: [&str; 14] = [
    "序号",
    "问题类别",
    "问题描述",
    "具体表现",
    "问题来源",
    "发现时间",
    "涉及单位",
    "整改目标",
    "整改措施",
    "整改类型",
    "责任人（岗位）",
    "完成时限",
    "核查人",
    "佐证材料",
];
const ROWS: u32 = 5_000;
/// Two title rows and the header stand before the first row.
const FIRST: u32 = 4;
const FAULTS: u32 = 40;

/// What is planted: column, what stands there, the code it is named by, what is suggested.
type Plant = (&'static str, String, &'static str, Option<&'static str>);

fn plants() -> Vec<Plant> {
    let plain = |column, value: &str, code| (column, value.to_owned(), code, None);
    vec![
        plain("问题描述", "", "row-blank"),
        plain("涉及单位", "", "row-blank"),
        ("涉及单位", "养老科".to_owned(), "row-unknown-unit", Some("养老待遇科")),
        plain("涉及单位", "人才服务中心", "row-unknown-unit"),
        plain("问题类别", "其他问题", "row-unknown-problem"),
        ("问题来源", "群众反应".to_owned(), "row-unknown-word", Some("群众反映")),
        ("整改类型", "限整改".to_owned(), "row-unknown-word", Some("限期整改")),
        ("责任人（岗位）", "养老科负责人".to_owned(), "row-unknown-post", Some("养老待遇科负责人")),
        ("完成时限", "2027-2-30".to_owned(), "row-no-such-day", Some("2027-02-28")),
        plain("完成时限", "尽快", "row-not-a-day"),
        plain("完成时限", "2026-11-14", "row-past"),
        plain("发现时间", "2026-12-01", "row-future"),
        ("问题描述", "长".repeat(caps::TITLE_CHARS + 1), "row-too-long", None),
        ("具体表现", "藏\u{202e}字".to_owned(), "row-hidden-character", Some("藏字")),
        plain("问题描述", "第1件事：材料补了三次", "row-repeated"),
        plain("问题描述", "台账里已有的事", "row-already-there"),
        plain("核查人", "查无此人", "row-unknown-post"),
    ]
}

/// The rows with a fault, and which.
fn planted() -> BTreeMap<u32, Plant> {
    let plants = plants();
    (0..FAULTS).map(|n| (FIRST + 7 + n * 113, plants[n as usize % plants.len()].clone())).collect()
}

/// The cells of a row; days as `YYYY-MM-DD`.
fn cells(row: u32, faults: &BTreeMap<u32, Plant>) -> Vec<String> {
    let n = row - FIRST + 1;
    let fault = faults.get(&row);
    // What repeats must repeat the unit too.
    let unit = match fault {
        Some((_, _, "row-repeated", _)) => UNITS[2],
        _ => UNITS[1 + n as usize % 6],
    };
    let mut cells = vec![
        n.to_string(),
        [
            "P32",
            "窗口服务差",
            "脱离群众、调研不实：对群众反映强烈的问题无动于衷、消极应付，对合理诉求久拖不办",
        ][n as usize % 3]
            .to_owned(),
        format!("第{n}件事：材料补了三次"),
        format!("窗口一次告知不清，第{n}位群众“来回跑”,\n补了三次"),
        ["自查", "12345热线", "暗访"][n as usize % 3].to_owned(),
        "2026-10-09".to_owned(),
        unit.to_owned(),
        "当场办结".to_owned(),
        "重印告知单".to_owned(),
        ["立行立改", "限期整改", "长期坚持"][n as usize % 3].to_owned(),
        format!("{unit}负责人（甲）"),
        "2026-12-18".to_owned(),
        "基金监督科负责人".to_owned(),
        "告知单".to_owned(),
    ];
    if let Some((column, value, ..)) = fault {
        let at = HEAD.iter().position(|name| name == column).unwrap();
        cells[at].clone_from(value);
    }
    cells
}

fn csv() -> String {
    let faults = planted();
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let mut lines = vec![
        "\u{feff}云州市社保系统整改台账,,,".to_owned(),
        "填报单位：督查科,,,2026年11月".to_owned(),
        HEAD.join(","),
    ];
    lines.extend(
        (FIRST..FIRST + ROWS)
            .map(|row| cells(row, &faults).iter().map(quoted).collect::<Vec<_>>().join(",")),
    );
    lines.join("\r\n")
}

fn xlsx() -> Vec<u8> {
    let faults = planted();
    let format = Format::new().set_num_format("yyyy-mm-dd");
    let mut book = Workbook::new();
    book.add_worksheet().set_name("填表说明").unwrap().write(0, 0, "请逐项填写").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("汇总").unwrap();
    sheet.merge_range(0, 0, 0, 13, "云州市社保系统整改台账", &Format::new()).unwrap();
    sheet.write(1, 0, "填报单位：督查科").unwrap();
    for (at, name) in (0..).zip(HEAD) {
        sheet.write(2, at, name).unwrap();
    }
    for row in FIRST..FIRST + ROWS {
        for (at, text) in (0..).zip(cells(row, &faults)) {
            match ExcelDateTime::parse_from_str(&text) {
                Ok(day) if text.len() == 10 => {
                    sheet.write_with_format(row - 1, at, &day, &format).unwrap();
                }
                _ if at == 0 => drop(sheet.write(row - 1, at, row - FIRST + 1).unwrap()),
                _ => drop(sheet.write(row - 1, at, text).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn known(title: &str, _: UnitId) -> Option<MatterId> {
    (title == "台账里已有的事").then_some(MatterId(17))
}

#[track_caller]
fn check(table: &Table) {
    let office = office();
    let against = Against { known: &known, ..against(&office) };
    let mapping = table.guess();
    assert_eq!(mapping.missing(), []);
    assert_eq!((table.header_row(), table.rows().len()), (3, ROWS as usize));
    let sheet = matters(table, &mapping, &against);
    let planted = planted();
    let expected: Vec<_> = planted
        .iter()
        .map(|(row, (column, _, code, near))| (*row, *column, *code, near.map(str::to_owned)))
        .collect();
    let found: Vec<_> = sheet
        .problems
        .iter()
        .map(|p| (p.row, &*p.column, p.code(), p.suggestion.clone()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(sheet.problems.len(), FAULTS as usize);
    assert_eq!(sheet.rows.len(), (ROWS - FAULTS) as usize);
    let kinds: std::collections::BTreeSet<_> =
        sheet.problems.iter().map(RowProblem::code).collect();
    assert!(kinds.len() >= 10, "{kinds:?}");
    assert_eq!(sheet.remarks, []);
    assert_eq!(sheet.problems.iter().filter(|p| p.is_duplicate()).count(), 4);
    for placed in &sheet.rows {
        let n = placed.row - FIRST + 1;
        assert_eq!(placed.value.title, format!("第{n}件事：材料补了三次"));
        assert!(placed.value.detail.contains(&format!("第{n}位群众“来回跑”,\n补了")));
        assert_eq!(placed.value.unit, UnitId(2 + n % 6));
        assert_eq!(placed.value.due, Some(day("2026-12-18")));
        assert_eq!(placed.value.found_on, Some(day("2026-10-09")));
        assert_eq!(placed.value.owner.unwrap().0, (2 + n % 6) * 10);
        assert_eq!(placed.value.checking.unwrap().0, 60);
    }
}

#[test]
fn forty_faults_in_a_text() {
    check(&table(csv().as_bytes()).unwrap());
}

#[test]
fn forty_faults_in_a_workbook() {
    let table = table(&xlsx()).unwrap();
    assert_eq!(
        (table.sheets(), table.sheet()),
        (&["填表说明", "汇总"].map(String::from)[..], Some("汇总"))
    );
    check(&table);
}

#[test]
fn forty_faults_in_gb18030() {
    let text = csv();
    let (bytes, _, lost) = encoding_rs::GB18030.encode(text.trim_start_matches('\u{feff}'));
    assert!(!lost);
    check(&table(&bytes).unwrap());
}

#[test]
fn a_corrected_cell_makes_its_row_good() {
    let office = office();
    let mut table = table(csv().as_bytes()).unwrap();
    let mapping = table.guess();
    let against = Against { known: &known, ..against(&office) };
    let mut problems = matters(&table, &mapping, &against).problems;
    problems.truncate(plants().len());
    for problem in problems {
        let (row, at) = (problem.row, problem.at.unwrap());
        let before = recheck(&table, &mapping, &against, row);
        assert_eq!(before.problems, std::slice::from_ref(&problem));
        let good = match &*problem.column {
            "问题描述" => format!("另一件事{row}"),
            "具体表现" => "藏字".to_owned(),
            "发现时间" => "2026-11-01".to_owned(),
            "完成时限" => "12.18".to_owned(),
            "问题类别" => "p32".to_owned(),
            "涉及单位" => UNITS[5].to_owned(),
            "问题来源" => "群众反映".to_owned(),
            "整改类型" => "限期整改".to_owned(),
            _ => "甲3".to_owned(),
        };
        table.set(row, at, &good).unwrap();
        let after = recheck(&table, &mapping, &against, row);
        assert_eq!((after.rows.len(), after.problems.len()), (1, 0), "{:?}", shown(&after));
        // A title that stands in an earlier row is a duplicate, whoever typed it.
        let title = mapping.column(intake::Field::Title).unwrap();
        let unit = mapping.column(intake::Field::Unit).unwrap();
        let (first, at_unit) =
            (table.cell(FIRST, title).text.to_owned(), table.cell(FIRST, unit).text.to_owned());
        table.set(row, title, &first).unwrap();
        table.set(row, unit, &at_unit).unwrap();
        let again = recheck(&table, &mapping, &against, row);
        assert_eq!(again.problems[0].code(), "row-repeated");
    }
    assert_eq!(recheck(&table, &mapping, &against, 2), intake::Sheet::default());
    assert!(table.set(2, 0, "x").is_err() && table.set(FIRST, 99, "x").is_err());
    assert!(table.set(FIRST, 0, &"长".repeat(caps::CELL_CHARS + 1)).is_err());
}
