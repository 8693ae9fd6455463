//! Calendar notices and staff lists: good rows in, bad rows named.

use intake::{NotATable, RowProblem, calendar_notice, posts};

fn shown(problem: &RowProblem) -> String {
    let args: Vec<String> = problem.args().into_iter().skip(1).map(|(_, value)| value).collect();
    format!("{} {} {}", problem.row, problem.code(), args.join("|"))
}

/// One line per row that became a value, then one per problem.
fn notice(text: &str) -> Vec<String> {
    let sheet = calendar_notice(text.as_bytes()).unwrap();
    let rows = sheet.rows.iter().map(|placed| {
        let kind = if placed.value.working { "work" } else { "off" };
        format!("{} {} {kind} {}", placed.row, placed.value.day, placed.value.name)
    });
    rows.chain(sheet.problems.iter().map(shown)).collect()
}

fn staff(text: &str) -> Vec<String> {
    let sheet = posts(text.as_bytes()).unwrap();
    let rows = sheet.rows.iter().map(|placed| {
        let row = &placed.value;
        let roles: Vec<&str> = row.roles.iter().map(|role| role.word()).collect();
        let parent = row.parent.as_deref().unwrap_or("-");
        let since = row.since.map_or("-".to_owned(), |day| day.to_string());
        format!(
            "{} {}<{parent} {} {} {} {} {since}",
            placed.row,
            row.unit,
            row.post,
            row.rank.word(),
            roles.join("+"),
            row.holder.as_deref().unwrap_or("-"),
        )
    });
    rows.chain(sheet.problems.iter().map(shown)).collect()
}

#[test]
fn a_notice_in_either_language() {
    let expected = ["2 2027-01-01 off 元旦", "3 2027-02-07 work 春节"];
    assert_eq!(notice("date,kind,name\n2027-01-01,off,元旦\n2027-02-07,work,春节\n"), expected);
    let chinese = "类别\t节日\t日期\n放假\t元旦\t2027年1月1日\n调休上班\t春节\t2027/2/7\n";
    assert_eq!(notice(chinese), expected);
    let (gb, _, _) = encoding_rs::GB18030.encode(chinese);
    assert_eq!(calendar_notice(&gb), calendar_notice(chinese.as_bytes()));
}

#[test]
fn one_bad_day_never_loses_the_others() {
    let text =
        "日期,类型\n2027-2-30,放假\n2027-10-01,放假\n2027-10-02,歇着\n2027-10-01,上班\n,\n,放假\n";
    assert_eq!(
        notice(text),
        [
            "3 2027-10-01 off ",
            "2 row-not-a-day 日期|2027-2-30",
            "4 row-unknown-word 类型|歇着|放假、上班、调休上班",
            "5 row-repeated 日期|2027-10-01|3",
            "7 row-blank 日期|",
        ]
    );
}

#[test]
fn a_staff_list_as_it_comes() {
    let text = "\u{feff}云州市城市管理局岗位表,,,,,,\n填报时间：2026年3月,,,,,,\n\
        角色,* 岗位,单位,上级单位,级别,姓名,起任日期（年-月-日）\n\
        组长,局长,云州市城市管理局,,主要负责人,郑守拙,2024.3.1\n\
        领导小组办公室、核查人,督查室主任,督查室,云州市城市管理局,科室负责人,何问津,2025年6月9日\n\
        核查人;核查人,督查专员,,,工作人员,,\n\
        角色,* 岗位,单位,上级单位,级别,姓名,起任日期（年-月-日）\n\
        ,司机,,,工作人员,\"欧阳\n\",2026/1/5\n";
    assert_eq!(
        staff(text),
        [
            "4 云州市城市管理局<- 局长 主要负责人 组长 郑守拙 2024-03-01",
            "5 督查室<云州市城市管理局 督查室主任 科室负责人 领导小组办公室+核查人 何问津 2025-06-09",
            "6 督查室<云州市城市管理局 督查专员 工作人员 核查人 - -",
            "8 督查室<云州市城市管理局 司机 工作人员  欧阳 2026-01-05",
        ]
    );
}

#[test]
fn every_bad_cell_is_named() {
    let text = "单位,上级单位,岗位,级别,角色,任职人,起任日期\n\
        ,,局长,主要负责人,组长,,\n\
        法制科,局,科长,科长,承办,甲\u{202e}乙,2026-2-30\n\
        法制科,厅,,,,,\n\
        法制科,局,科员,工作人员,承办人,,\n\
        法制科,局,科员,工作人员,承办人,何问津,\n";
    assert_eq!(
        staff(text),
        [
            "5 法制科<局 科员 工作人员 承办人 - -",
            "2 row-blank 单位|",
            "3 row-unknown-word 级别|科长|工作人员、科室负责人、分管负责人、主要负责人",
            "3 row-unknown-word 角色|承办|组长、分管领导、领导小组办公室、承办人、核查人、纪检、受理人、窗口、\
             系统管理员、安全管理员、审计管理员、只读",
            "3 row-hidden-character 任职人|甲乙|U+202E",
            "3 row-not-a-day 起任日期|2026-2-30",
            "4 row-contradicts 上级单位|厅|3|局",
            "4 row-blank 岗位|",
            "4 row-blank 级别|",
            "6 row-blank 起任日期|",
        ]
    );
}

#[test]
fn a_table_without_the_header_says_which_columns_it_lacks() {
    let missing = posts("单位,岗位\n甲,乙\n".as_bytes()).unwrap_err();
    assert_eq!(missing, NotATable::NoHeader { missing: vec!["级别", "角色"] });
    let twice = posts("单位,科室,岗位,级别,角色\n".as_bytes()).unwrap_err();
    assert_eq!(twice, NotATable::ColumnTwice { column: "单位" });
}
