//! Ledgers as they come: titles, merged cells, several sheets, other counts of days, our own export.

use crate::office::{Book, against, office, row, shown};
use intake::{CellKind, Field, Mapping, NotATable, matters, posts, recheck, table, table_of_sheet};

const HEAD: [&str; 6] = ["问题描述", "问题类别", "责任科室", "问题来源", "整改时限", "备注"];

fn good(title: &str) -> [&str; 6] {
    [title, "P32", "养老待遇科", "自查", "2026-12-18", ""]
}

fn data(rows: &[String]) -> String {
    format!("<sheetData>{}</sheetData>", rows.concat())
}

fn judged(bytes: &[u8]) -> Vec<String> {
    let office = office();
    let table = table(bytes).unwrap();
    shown(&matters(&table, &table.guess(), &against(&office)))
}

#[test]
fn titles_headings_and_numbers_given_in_advance_are_passed_over() {
    let text = "云州市整改台账,,,,,\n,,,填报日期：2026-11-23,,\n\
        序号,事项,问题类型,牵头科室,线索来源,完成时限\n\
        一、形式主义方面,,,,,\n\
        1,甲,P11,养老待遇科,自查,12.18\n\
        序号,事项,问题类型,牵头科室,线索来源,完成时限\n\
        2,,,,,\n\
        3,乙,P12,,,\n";
    let table = table(text.as_bytes()).unwrap();
    assert_eq!(table.passed_over(), [4, 6, 7]);
    assert_eq!(
        judged(text.as_bytes()),
        [
            "5 甲 UnitId(2) 2026-12-18",
            "8 牵头科室 row-blank ",
            "8 线索来源 row-blank ",
            "5 完成时限 12.18 2026-12-18",
        ]
    );
}

#[test]
fn merged_cells_speak_for_all_they_cover() {
    let sheet = data(&[
        row(1, &["整改台账"]),
        // A header of two rows: 整改 stands over 时限 and 措施.
        row(2, &["事项", "问题类别", "责任科室", "问题来源", "整改"]),
        row(3, &["", "", "", "", "整改时限", "整改措施"]),
        row(4, &["甲", "P32", "养老待遇科", "自查", "2026-12-18", "一"]),
        row(5, &["乙", "", "", "", "2026-12-19", "二"]),
        row(6, &["一、窗口方面"]),
        row(7, &["丙", "P32", "养老待遇科", "自查", "2026-12-20", "三"]),
    ]) + "<mergeCells><mergeCell ref=\"A1:F1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/>\
          <mergeCell ref=\"C2:C3\"/><mergeCell ref=\"D2:D3\"/><mergeCell ref=\"E2:F2\"/>\
          <mergeCell ref=\"B4:B5\"/><mergeCell ref=\"C4:C5\"/><mergeCell ref=\"D4:D5\"/>\
          <mergeCell ref=\"A6:F6\"/><mergeCell ref=\"nonsense\"/></mergeCells>";
    let bytes = Book::of(&sheet).bytes();
    let table = table(&bytes).unwrap();
    assert_eq!((table.header_row(), table.passed_over()), (3, &[6][..]));
    let heads = ["事项", "问题类别", "责任科室", "问题来源", "整改时限", "整改措施"];
    assert_eq!(table.columns(), heads);
    assert_eq!(
        judged(&bytes),
        ["4 甲 UnitId(2) 2026-12-18", "5 乙 UnitId(2) 2026-12-19", "7 丙 UnitId(2) 2026-12-20",]
    );
}

#[test]
fn the_sheet_whose_header_fits_is_taken() {
    let other = data(&[row(1, &["姓名", "单位"]), row(2, &["甲", "乙"])]);
    let ledger = data(&[row(1, &HEAD), row(2, &good("甲"))]);
    let mut book = Book::of(&other);
    book.sheets.push(("台账".to_owned(), ledger));
    book.sheets.push(("空".to_owned(), data(&[])));
    let read = table(&book.bytes()).unwrap();
    assert_eq!((read.sheet(), read.sheets().len()), (Some("台账"), 3));
    let named = table_of_sheet(&book.bytes(), "表").unwrap();
    assert_eq!(
        (named.sheet(), named.columns()),
        (Some("表"), &["姓名", "单位"].map(String::from)[..])
    );
    assert_eq!(table_of_sheet(&book.bytes(), "空").unwrap_err(), NotATable::Empty);
    let missing = table_of_sheet(&book.bytes(), "无").unwrap_err();
    assert_eq!(missing.code(), "table-no-such-sheet");
    assert_eq!(table(&Book::default().bytes()).unwrap_err(), NotATable::NoSheet);
}

/// A ledger whose limit is the number 46374 in a cell of this style.
fn counted(style: u8, number: &str, properties: &str) -> String {
    let day = format!("<c r=\"E2\" s=\"{style}\"><v>{number}</v></c></row>");
    let filled = row(2, &good("甲")[..4]).replace("</row>", &day);
    let book =
        Book { properties: properties.to_owned(), ..Book::of(&data(&[row(1, &HEAD), filled])) };
    judged(&book.bytes()).join("; ")
}

#[test]
fn serial_numbers_are_days_in_either_count() {
    assert_eq!(counted(1, "46374", ""), "2 甲 UnitId(2) 2026-12-18");
    assert_eq!(counted(1, "46374.5", "<workbookPr/>"), "2 甲 UnitId(2) 2026-12-18");
    assert_eq!(counted(1, "44912", "<workbookPr date1904=\"1\"/>"), "2 甲 UnitId(2) 2026-12-18");
    // Without the format of a day it was understood, and that is said.
    assert_eq!(counted(0, "46374", ""), "2 甲 UnitId(2) 2026-12-18; 2 整改时限 46374 2026-12-18");
    assert_eq!(counted(0, "12.1", ""), "2 整改时限 row-unclear-day 12.1 (2026-12-01?)");
}

#[test]
fn cells_of_every_type() {
    let cells = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"str\"><f>A1</f><v>P32</v></c>\
        <c><v>3.0</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"d\"><v>2026-12-18T00:00</v></c>\
        <c t=\"s\"><v>99</v></c><c t=\"s\"><v>1</v></c></row>";
    let book = Book {
        strings: "<si><r><t>甲</t></r><r><t xml:space=\"preserve\"> &amp;乙</t></r>\
                  <rPh><t>jia</t></rPh></si><si><t>末_x000D_\n行</t></si>"
            .to_owned(),
        ..Book::of(&data(&[row(1, &HEAD), cells.to_owned()]))
    };
    let table = table(&book.bytes()).unwrap();
    let found: Vec<_> = (0..8).map(|at| table.cell(2, at)).map(|c| (c.kind, c.text)).collect();
    assert_eq!(
        found,
        [
            (CellKind::Text, "甲 &乙"),
            (CellKind::Text, "P32"),
            (CellKind::Number, "3"),
            (CellKind::Flag, "TRUE"),
            (CellKind::Fault, "#N/A"),
            (CellKind::Day, "2026-12-18"),
            (CellKind::Text, ""),
            (CellKind::Text, "末\n行"),
        ]
    );
    let office = office();
    let mut mapping = table.guess();
    let sheet = matters(&table, &mapping, &against(&office));
    assert!(shown(&sheet).contains(&"2 整改时限 row-failed-formula #N/A".to_owned()));
    mapping.set(Field::Due, None);
    let sheet = recheck(&table, &mapping, &against(&office), 2);
    assert!(sheet.problems.iter().all(|problem| problem.code() != "row-failed-formula"));
}

#[test]
fn names_that_are_nearly_right() {
    let ledger = |unit: &str, owner: &str, due: &str| {
        let text =
            format!("事项,问题类别,责任单位,来源,责任人,时限\n甲,P32,{unit},自查,{owner},{due}\n");
        judged(text.as_bytes()).join("; ")
    };
    let good = "2 甲 UnitId(2) -";
    assert_eq!(ledger("养老待遇科", "养老待遇科负责人（空缺）", "/"), good);
    assert_eq!(ledger("养老待遇科（牵头）", "科员", "无"), good);
    assert_eq!(
        ledger("云州市人社局养老待遇科", "甲2", "长期坚持"),
        format!(
            "{good}; 2 责任单位 云州市人社局养老待遇科 养老待遇科; 2 责任人 甲2 养老待遇科负责人; 2 时限 长期坚持 长期坚持"
        )
    );
    assert_eq!(
        ledger("养老待遇科、工伤失业科", "", ""),
        format!("{good}; 2 责任单位 养老待遇科、工伤失业科 养老待遇科")
    );
    assert_eq!(ledger("养老科", "", ""), "2 责任单位 row-unknown-unit 养老科 (养老待遇科?)");
    assert_eq!(
        ledger("养老待遇科", "", "2026-02-30"),
        "2 时限 row-no-such-day 2026-02-30 (2026-02-28?)"
    );
}

#[test]
fn old_matters_may_have_passed_limits() {
    let office = office();
    let text = "事项,问题类别,责任单位,来源,时限\n甲,P32,养老待遇科,自查,2026-11-14\n";
    let table = table(text.as_bytes()).unwrap();
    let mut against = against(&office);
    assert_eq!(matters(&table, &table.guess(), &against).problems[0].code(), "row-past");
    against.historical = true;
    assert_eq!(matters(&table, &table.guess(), &against).rows.len(), 1);
}

#[test]
fn what_no_column_says_can_be_said_for_all_rows() {
    let office = office();
    let text = "事项,责任单位\n甲,养老待遇科\n甲,工伤失业科\n 甲。,养老待遇科\n";
    let table = table(text.as_bytes()).unwrap();
    let mapping = table.guess();
    let mut against = against(&office);
    assert_eq!(against.defaults.missing(&mapping), [Field::Problem, Field::Source]);
    assert_eq!(matters(&table, &mapping, &against).rows.len(), 0);
    against.defaults.problem = rules::signal::ProblemCode::parse("P32");
    against.defaults.source = Some(rules::matter::Source::Hotline);
    assert_eq!(against.defaults.missing(&mapping), []);
    let sheet = matters(&table, &mapping, &against);
    let expected =
        ["2 甲 UnitId(2) -", "3 甲 UnitId(3) -", "4 事项 row-repeated 甲。"].map(String::from);
    assert_eq!(shown(&sheet), expected);
    // A column that is there is not passed by: the default is no answer to its blanks.
    against.defaults.unit = Some(rules::ids::UnitId(5));
    assert_eq!(shown(&matters(&table, &mapping, &against)), expected);
}

#[test]
fn a_mapping_is_guessed_changed_and_kept() {
    let text = "编号,标题,问题描述,整改完成时限要求,问题类型\n1,甲,乙,2026-12-18,P32\n2,丙,丁,,\n";
    let table = table(text.as_bytes()).unwrap();
    let mut mapping = table.guess();
    let pairs = [("title", 1), ("detail", 2), ("problem", 4), ("due", 3)];
    assert_eq!(mapping.pairs(), pairs);
    assert_eq!(mapping.missing(), [Field::Unit, Field::Source]);
    assert_eq!(table.samples(2, 5), ["乙", "丁"]);
    mapping.set(Field::Title, Some(2));
    assert_eq!((mapping.column(Field::Detail), mapping.field(2)), (None, Some(Field::Title)));
    let kept = serde_json::to_string(&mapping).unwrap();
    assert_eq!(kept, "[[\"title\",2],[\"problem\",4],[\"due\",3]]");
    assert_eq!(serde_json::from_str::<Mapping>(&kept).unwrap(), mapping);
    assert!(serde_json::from_str::<Mapping>("[[\"nothing\",2]]").is_err());
    assert_eq!(Mapping::from_pairs([("title", 2), ("due", 2)]).unwrap().pairs(), [("due", 2)]);
    // A column that is not there is a column of blanks.
    mapping.set(Field::Unit, Some(77));
    let office = office();
    let sheet = matters(&table, &mapping, &against(&office));
    assert!(shown(&sheet).contains(&"2 涉及单位 row-blank ".to_owned()));
}

#[test]
fn a_table_of_unknown_words_still_has_a_header() {
    let read = table("某表\n甲,乙,丙\n1,2,3\n".as_bytes()).unwrap();
    assert_eq!((read.header_row(), read.columns().len(), read.rows().len()), (2, 3, 1));
    assert_eq!(read.guess(), Mapping::default());
    assert_eq!(table("甲\n乙\n".as_bytes()).unwrap_err().code(), "table-no-header");
}

#[test]
fn a_ledger_marked_secret_is_not_read() {
    let text = "机密★1年,\n整改台账,\n事项,责任单位\n甲,养老待遇科\n";
    let marked = NotATable::StateSecret { mark: "机密" };
    assert_eq!(table(text.as_bytes()).unwrap_err(), marked);
    let sheet = data(&[row(1, &["", "", "秘 密"]), row(2, &HEAD), row(3, &good("甲"))]);
    assert_eq!(
        table(&Book::of(&sheet).bytes()).unwrap_err(),
        NotATable::StateSecret { mark: "秘密" }
    );
    // A title that speaks of secrets is none.
    let text = "保守秘密工作台账,\n事项,责任单位\n甲,养老待遇科\n";
    assert!(table(text.as_bytes()).is_ok());
}

#[test]
fn our_own_export_comes_back() {
    let catalogue = include_str!("../../../words/zh-CN/papers.ftl");
    let heads: Vec<&str> = catalogue
        .lines()
        .filter_map(|line| line.split_once(" = ").filter(|(key, _)| key.starts_with("ledger-")))
        .map(|(_, word)| word)
        .skip(1)
        .take(32)
        .collect();
    assert_eq!((heads[0], heads[31]), ("序号", "标识"));
    let place = |head: &str| heads.iter().position(|known| *known == head).unwrap();
    let mut cells = vec![""; 32];
    for (head, text) in [
        ("序号", "1"),
        ("问题编号", "1"),
        ("问题类别", "脱离群众、调研不实：窗口服务态度差、办事效率低，让群众来回跑"),
        ("问题描述", "材料补了三次"),
        ("问题来源", "12345热线"),
        ("涉及单位", "养老待遇科"),
        ("整改类型", "立行立改"),
        ("牵头科室", "工伤失业科"),
        ("责任人（岗位）", "养老待遇科负责人（甲2）"),
        ("完成时限", "2026-12-18"),
        ("佐证材料", "告知单.pdf\n监控记录"),
        ("核查人", "甲6"),
        ("亮灯", "黄灯（滞后）"),
        ("标识", "renshe.example#matter/1"),
    ] {
        cells[place(head)] = text;
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, (head, text)) in (0..).zip(heads.iter().zip(&cells)) {
        sheet.write(0, at, *head).unwrap();
        sheet.write(1, at, *text).unwrap();
    }
    sheet.set_column_hidden(31).unwrap();
    let table = table(&book.save_to_buffer().unwrap()).unwrap();
    let mapping = table.guess();
    let unmapped = [Field::Rule, Field::Procedure];
    for field in Field::ALL {
        let column = mapping.column(field);
        assert_eq!(column.is_none(), unmapped.contains(&field), "{field:?}");
        assert!(column.is_none_or(|at| heads[at] == field.word() || field == Field::Checking));
    }
    let office = office();
    let found = matters(&table, &mapping, &against(&office));
    assert_eq!(found.problems, []);
    let row = &found.rows[0].value;
    assert_eq!(row.id.as_deref(), Some("renshe.example#matter/1"));
    assert_eq!((row.unit.0, row.owner.unwrap().0, row.checking.unwrap().0), (2, 20, 60));
    assert_eq!(row.evidence.as_deref(), Some("告知单.pdf\n监控记录"));
    assert_eq!(row.problem.to_string(), "P32");
}

#[test]
fn staff_lists_and_notices_come_as_workbooks_too() {
    let text = "填报表\n单位,岗位,级别,角色,任职人,起任日期\n\
                法制科,科长,科室负责人,承办人,何问津,2026-03-01\n法制科,科员,工作人员,承办人,,\n";
    let sheet = data(&[
        row(1, &["填报表"]),
        row(2, &["单位", "岗位", "级别", "角色", "任职人", "起任日期"]),
        row(3, &["法制科", "科长", "科室负责人", "承办人", "何问津", "2026-03-01"]),
        row(4, &["", "科员", "工作人员", "承办人"]),
    ]) + "<mergeCells><mergeCell ref=\"A3:A4\"/></mergeCells>";
    let expected = posts(text.as_bytes()).unwrap();
    assert_eq!(expected.rows.len(), 2);
    assert_eq!(posts(&Book::of(&sheet).bytes()).unwrap(), expected);
    let notice = data(&[
        row(1, &["日期", "类型"]),
        "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46388</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>放假</t></is>\
         </c></row>"
            .to_owned(),
    ]);
    let read = intake::calendar_notice(&Book::of(&notice).bytes()).unwrap();
    assert_eq!(read, intake::calendar_notice("日期,类型\n2027-01-01,放假\n".as_bytes()).unwrap());
}
