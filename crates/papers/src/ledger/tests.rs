use super::*;
use crate::cell::serial;
use crate::material::{Check, Closing, Limits, LookBack, Progress};
use log::Log;
use rules::calendar::Day;
use rules::matter::Due;
use rules::text::Words;
use workbook::{Workbook, read};

mod log;
mod workbook;

fn day(text: &str) -> Day {
    Day::parse(text).expect(text)
}

fn facts() -> AsOf {
    AsOf {
        today: day("2026-11-23"),
        moment: "2026-11-23 09:30 +08:00".to_owned(),
        log_size: 12_345,
        tree_head: "kRsHbZ/tree+head=".to_owned(),
        origin: "renshe.example".to_owned(),
    }
}

const LEDGER_ZH: &str = "问题整改台账";

fn ledger(log: &Log, texts: &dyn Fn(MatterId) -> MatterTexts) -> Workbook {
    let bytes = ledger_xlsx(&log.0, &facts(), &|_| true, texts, Lang::Zh).expect("a workbook");
    read(&bytes)
}

fn no_texts(_: MatterId) -> MatterTexts {
    MatterTexts::default()
}

fn due(text: &str) -> Due {
    Due { day: day(text), provisional: false, first: day(text) }
}

#[test]
fn the_columns_stand_in_the_offices_order() {
    let read = ledger(&Log::new(), &no_texts);
    let heads: Vec<_> = (0..32_u8)
        .map(|n| {
            let letter = char::from(b'A' + n % 26);
            if n < 26 { format!("{letter}1") } else { format!("A{letter}1") }
        })
        .map(|place| read.text(LEDGER_ZH, &place).to_owned())
        .collect();
    let expected = "序号 问题编号 问题类别 问题描述 具体表现 问题来源 发现时间 涉及单位 原因剖析 整改目标 整改措施 \
        整改类型 责任领导 牵头科室 责任人（岗位） 配合科室 开始时间 完成时限 延期情况 整改进展 完成情况 佐证材料 \
        建立制度 核查人 核查结论 核查时间 销号情况 销号时间 回头看 备注 亮灯 标识";
    assert_eq!(heads, expected.split_whitespace().collect::<Vec<_>>());
    let xml = &read.sheets[LEDGER_ZH].xml;
    assert!(xml.contains("state=\"frozen\"") && xml.contains("ySplit=\"1\""), "frozen head");
    assert!(xml.contains("<autoFilter ref=\"A1:AF2\"/>"), "filter");
    assert!(xml.contains("orientation=\"landscape\"") && xml.contains("paperSize=\"8\""), "A3");
    assert!(xml.contains("min=\"32\" max=\"32\"") && xml.contains("hidden=\"1\""), "id hidden");
    assert!(read.workbook.contains("_xlnm.Print_Titles"), "head on each printed page");
    assert!(read.styles.contains("仿宋") && read.styles.contains("黑体"));
}

#[test]
fn days_are_dates_and_the_row_tells_what_the_register_knows() {
    let mut log = Log::new();
    log.listed(1, Words::new("材料补了三次"));
    let late = Due { provisional: true, first: day("2026-11-02"), ..due("2027-01-20") };
    log.assigned(1, late);
    let texts = |_| MatterTexts {
        cause: Some("一次告知不清".to_owned()),
        evidence: vec!["告知单.pdf".to_owned(), "监控记录".to_owned()],
        progress: Some(Progress { on: day("2026-10-09"), note: "已重印".to_owned() }),
        ..MatterTexts::default()
    };
    let read = ledger(&log, &texts);
    let expected = [
        ("C2", "脱离群众、调研不实：窗口服务态度差、办事效率低，让群众来回跑"),
        ("D2", "材料补了三次"),
        ("F2", "暗访"),
        ("H2", "窗口服务科"),
        ("I2", "一次告知不清"),
        ("L2", "立行立改"),
        ("N2", "窗口服务科"),
        ("O2", "窗口服务科长（张三）"),
        ("S2", "首次期限 2026-11-02，延期 0 次"),
        ("T2", "已完成 0%。2026-10-09：已重印"),
        ("U2", "未启动"),
        ("V2", "告知单.pdf\n监控记录"),
        ("AD2", "环节：已交办，待签收"),
        ("AE2", "黄灯（滞后）"),
        ("AF2", "renshe.example#matter/1"),
    ];
    // The step's own limit was set as far away as the matter's: then the light is green.
    for (place, text) in expected.into_iter().filter(|(place, _)| *place != "AE2") {
        assert_eq!(read.text(LEDGER_ZH, place), text, "{place}");
    }
    assert_eq!(read.text(LEDGER_ZH, "AE2"), "绿灯（正常）");
    for (place, text) in [("G2", "2026-09-18"), ("Q2", "2026-09-18"), ("R2", "2027-01-20")] {
        let found = read.number(LEDGER_ZH, place);
        assert!((found - serial(day(text))).abs() < 0.1, "{place}: {found}");
    }
    assert_eq!(read.format(LEDGER_ZH, "G2"), "yyyy-mm-dd");
    assert!(read.format(LEDGER_ZH, "R2").contains("（暂定）"), "{}", read.format(LEDGER_ZH, "R2"));
    assert!(read.format(LEDGER_ZH, "R2").starts_with("yyyy-mm-dd"));
    let xml = &read.sheets[LEDGER_ZH].xml;
    assert_eq!(xml.matches("<dataValidation ").count(), 6);
    assert!(xml.contains("'选项'!$A$1:$A$16"), "the sixteen are offered");
}

#[test]
fn checks_closing_and_look_backs_stand_in_their_columns() {
    let mut log = Log::new();
    log.listed(1, Words::erased());
    let check = |checker: &str, on, holds| Check {
        checker: checker.to_owned(),
        on: day(on),
        holds,
        findings: "看了窗口".to_owned(),
    };
    let texts = |_| MatterTexts {
        checks: vec![check("李四", "2026-10-12", true), check("王五", "2026-10-13", false)],
        closing: Some(Closing { by: "赵六".to_owned(), on: day("2026-10-14"), note: None }),
        limits: Some(Limits {
            start: day("2026-09-18"),
            due: day("2026-10-09"),
            first: day("2026-10-09"),
        }),
        look_backs: vec![LookBack {
            by: "李四".to_owned(),
            on: day("2026-11-13"),
            holds: true,
            note: "抽查十件".to_owned(),
        }],
        ..MatterTexts::default()
    };
    let read = ledger(&log, &texts);
    let expected = [
        ("D2", "（内容已依法删除或者未予公开）"),
        ("X2", "李四\n王五"),
        ("Y2", "李四（2026-10-12）：通过。看了窗口\n王五（2026-10-13）：不通过。看了窗口"),
        ("AC2", "2026-11-13 李四：未反弹。抽查十件"),
        ("AD2", "环节：已查摆，待核实\n批准销号：赵六"),
    ];
    for (place, text) in expected {
        assert_eq!(read.text(LEDGER_ZH, place), text, "{place}");
    }
    for (place, text) in [("Z2", "2026-10-13"), ("AB2", "2026-10-14"), ("R2", "2026-10-09")] {
        assert!((read.number(LEDGER_ZH, place) - serial(day(text))).abs() < 0.1, "{place}");
    }
    assert!(!read.sheets[LEDGER_ZH].cells.contains_key("S2"), "not extended");
}

#[test]
fn hostile_texts_stay_texts_and_whole() {
    let endless = "台账𠀀".repeat(13_000);
    let hostile = [
        "=cmd|'/c calc'!A1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1+1",
        "\t=1",
        "{=1}",
        "https://example.org",
        "2026-01-01",
        "007",
        "TRUE",
        "a\u{0}\u{1}\u{1f}b\u{7f}",
        "_x0041_",
        "_x",
        "<&>\"'",
        "]]>",
        "行一\r\n行二",
        " 前后 ",
        "𠮷😀👨‍👩‍👧\u{202e}",
        "\u{fffe}\u{ffff}",
        "",
        endless.as_str(),
    ];
    let mut log = Log::new();
    for (id, text) in (1..).zip(hostile) {
        log.listed(id, Words::new(text));
    }
    log.campaign(1, "=1+1");
    let read = ledger(&log, &no_texts);
    for (row, text) in (2..).zip(hostile).filter(|(_, text)| text.len() < 1000 && !text.is_empty())
    {
        let found = read.text(LEDGER_ZH, &format!("D{row}"));
        // Line ends are written as such; a reader of XML takes each for a line feed.
        assert_eq!(found.replace("\r\n", "\n"), text.replace("\r\n", "\n"), "row {row}");
    }
    for (name, sheet) in &read.sheets {
        assert!(!sheet.xml.contains("<f>") && !sheet.xml.contains("<f "), "{name} has a formula");
        assert!(!sheet.xml.contains("<hyperlink"), "{name} has a link");
        let kinds = sheet.cells.values().map(|(kind, _)| kind.as_str());
        assert!(kinds.into_iter().all(|kind| kind == "s" || kind == "n"), "{name}");
    }
    let row = hostile.len() + 1;
    let first = read.text(LEDGER_ZH, &format!("D{row}"));
    let (first, pointer) = first.split_once("……").expect("a pointer");
    assert_eq!(pointer, "（本格容纳不下，其余 1 段见“续文”第 2 行起）");
    assert_eq!(read.text("续文", "A2"), LEDGER_ZH);
    assert!((read.number("续文", "B2") - 23.0).abs() < 0.1);
    assert_eq!(read.text("续文", "C2"), "问题描述");
    assert_eq!(format!("{first}{}", read.text("续文", "E2")), endless, "not a character is lost");
}

#[test]
fn who_may_not_see_a_matter_does_not_see_that_it_is() {
    let mut log = Log::new();
    for id in 1..=9 {
        log.listed(id, Words::new(format!("秘{id}")));
    }
    let may_see = |id: MatterId| id.0.is_multiple_of(3);
    let asked = std::cell::RefCell::new(Vec::new());
    let texts = |id: MatterId| {
        asked.borrow_mut().push(id.0);
        MatterTexts::default()
    };
    let bytes = ledger_xlsx(&log.0, &facts(), &may_see, &texts, Lang::Zh).expect("a workbook");
    let read = read(&bytes);
    assert_eq!(*asked.borrow(), [3, 6, 9]);
    let sheet = &read.sheets[LEDGER_ZH];
    assert_eq!(sheet.xml.matches("<row ").count(), 4);
    assert!((read.number(LEDGER_ZH, "A4") - 3.0).abs() < 0.1, "numbered as shown");
    let all = read.sheets.values().flat_map(|sheet| sheet.cells.values());
    let titles: Vec<_> = all.filter(|(_, text)| text.starts_with('秘')).collect();
    assert_eq!(titles.len(), 3);
    assert!((read.number("说明", "B10") - 3.0).abs() < 0.1, "counted as shown");
}

#[test]
fn a_full_sheet_goes_on_on_the_next() {
    let mut log = Log::new();
    for id in 1..=10 {
        log.listed(id, Words::new(format!("第{id}项")));
    }
    let shown = Shown { register: &log.0, may_see: &|_| true, texts: &no_texts };
    let bytes = made(&shown, &facts(), Book::new(Lang::Zh, 5)).expect("a workbook");
    let read = read(&bytes);
    let rows = |name: &str| read.sheets[name].xml.matches("<row ").count() - 1;
    let names = [LEDGER_ZH.to_owned(), format!("{LEDGER_ZH}（2）"), format!("{LEDGER_ZH}（3）")];
    assert_eq!(names.each_ref().map(|name| rows(name)), [4, 4, 2]);
    assert_eq!(read.text(&names[2], "D3"), "第10项");
    assert_eq!(read.text(&names[1], "D1"), "问题描述", "each has its head");
    assert!(read.sheets[&names[2]].xml.contains("<autoFilter ref=\"A1:AF3\"/>"));
}

#[test]
fn the_page_about_it_says_as_of_when_and_under_which_head() {
    let mut log = Log::new();
    log.campaign(1, "作风整治");
    log.campaign(2, "再次整治");
    for lang in Lang::ALL {
        let bytes = ledger_xlsx(&log.0, &facts(), &|_| true, &no_texts, lang).expect("a workbook");
        let read = read(&bytes);
        let name = words::say(lang, "about-sheet", &[]);
        assert!((read.number(&name, "B2") - serial(facts().today)).abs() < 0.1);
        assert_eq!(read.text(&name, "B4"), "renshe.example");
        assert_eq!(read.text(&name, "B5"), "12345");
        assert_eq!(read.text(&name, "B6"), "kRsHbZ/tree+head=");
        let said: Vec<_> = read.sheets[&name].cells.values().map(|(_, text)| text).collect();
        assert!(said.iter().any(|text| text.contains("bihuan verify")));
        assert!(said.iter().any(|text| text.contains("25") && text.contains('\n')), "lights");
        let counts = ["作风整治", "再次整治"]
            .map(|title| said.iter().any(|text| text.starts_with('2') && text.contains(title)));
        assert_eq!(counts, [true, true], "{said:?}");
        assert!(read.sheets.values().all(|sheet| !sheet.xml.contains('⟦')));
        assert!(said.iter().all(|text| !text.contains('⟦')), "{said:?}");
    }
}

#[test]
fn each_campaign_has_its_tasks() {
    let mut log = Log::new();
    log.campaign(1, "作风整治");
    let read = ledger(&log, &no_texts);
    let sheet = "任务分解表";
    let heads = "序号 重点任务 具体举措 目标要求 责任领导 牵头科室 配合科室（单位） 责任人 完成时限 阶段节点 备注";
    for (letter, head) in ('A'..).zip(heads.split_whitespace()) {
        assert_eq!(read.text(sheet, &format!("{letter}1")), head);
    }
    let expected = [
        ("B2", "=整改窗口"),
        ("D2", "制度一项"),
        ("F2", "窗口服务科"),
        ("H2", "窗口服务科长（张三）"),
    ];
    for (place, text) in expected {
        assert_eq!(read.text(sheet, place), text);
    }
    assert!((read.number(sheet, "I2") - serial(day("2026-12-31"))).abs() < 0.1);
    let open = "方案未写明责任单位\n方案未写明完成时限\n方案未写明可核查的成果";
    assert_eq!(read.text(sheet, "K3"), open);
    assert!(!read.sheets[sheet].cells.contains_key("K2"));
}

#[test]
fn the_same_state_gives_the_same_bytes() {
    let mut log = Log::new();
    log.listed(1, Words::new("一"));
    log.campaign(1, "作风整治");
    let once = || ledger_xlsx(&log.0, &facts(), &|_| true, &no_texts, Lang::En).expect("made");
    assert_eq!(once(), once());
}

/// Time and memory for a big ledger: `cargo test --release -p bihuan-papers -- --ignored
/// --nocapture big`, with the number of matters in `MATTERS`.
#[test]
#[ignore = "measures; says nothing about right and wrong"]
fn big_ledger() {
    let matters = std::env::var("MATTERS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let mut log = Log::new();
    for id in 1..=matters {
        log.listed(id, Words::new(format!("第{id}项：窗口一次告知不清，群众来回跑")));
        log.assigned(id, due("2026-12-18"));
    }
    let texts = |id: MatterId| {
        let text =
            |what: &str| Some(format!("{what}{id}：{}", "一次告知不清，材料反复补。".repeat(6)));
        MatterTexts {
            detail: text("表现"),
            cause: text("原因"),
            standard: text("目标"),
            measure: text("措施"),
            leader: Some("分管副局长".to_owned()),
            progress: Some(Progress { on: day("2026-10-09"), note: format!("已办{id}") }),
            evidence: vec![format!("告知单{id}.pdf")],
            ..MatterTexts::default()
        }
    };
    let peak = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    let before = peak();
    let start = std::time::Instant::now();
    let bytes = ledger_xlsx(&log.0, &facts(), &|_| true, &texts, Lang::Zh).expect("a workbook");
    let (took, mib) = (start.elapsed(), bytes.len() / 1024 / 1024);
    println!("{matters} matters: {took:?}, {mib} MiB, peak {before} then {} MiB", peak());
    if let Ok(out) = std::env::var("OUT") {
        std::fs::write(out, bytes).expect("written");
    }
}
