//! A ledger comes in: thousands of rows at once, the bad ones named and given back, each once only,
//! and all of it undone again.

use crate::{Served, at};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use intake::Field;
use rules::ids::MatterId;
use rules::matter::{Command as Deal, Event as Happened, Source, Stage};
use rules::record::{By, Command, Event, Stream};
use rules::role::Role;
use rules::signal::ProblemCode;
use rules::text::Words;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::time::Duration;
use tower::ServiceExt;
use web::{Coming, Importer};

const HEAD: [Field; 9] = [
    Field::Title,
    Field::Problem,
    Field::Unit,
    Field::Source,
    Field::FoundOn,
    Field::Due,
    Field::Owner,
    Field::Detail,
    Field::Id,
];
const TITLE: usize = 0;
const PROBLEM: usize = 1;
const UNIT: usize = 2;
const SOURCE: usize = 3;
const FOUND_ON: usize = 4;
const DUE: usize = 5;
const OWNER: usize = 6;
const DETAIL: usize = 7;
const ID: usize = 8;

fn good_row(no: usize) -> [String; 9] {
    let texts =
        ["窗口", "窗口服务差", "社会保险科", "自查", "2026-10-08", "2026-12-20", "", "", ""];
    let mut row = texts.map(str::to_owned);
    row[TITLE] = format!("第 {no} 件：窗口排队过长");
    row
}

/// A workbook whose first row is a title and whose second is the header; data begin in row 3.
fn book(rows: &[[String; 9]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("汇总").unwrap();
    sheet.write(0, 0, "云州市人社局作风问题整改台账").unwrap();
    for (column, field) in (0..).zip(HEAD) {
        sheet.write(1, column, field.word()).unwrap();
    }
    for (row, cells) in (2..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A post at its desk, with the forms of its session.
struct Desk<'a> {
    served: &'a Served,
    session: String,
    csrf: String,
    by: By,
}

struct Answer {
    status: StatusCode,
    to: String,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }
}

impl<'a> Desk<'a> {
    fn of(served: &'a Served, role: Role) -> Desk<'a> {
        let (post, session) = served.session(role);
        let found = served.app.accounts().session(&session, at()).unwrap().unwrap();
        Desk { served, session, csrf: found.csrf, by: By::person_at(found.person, post) }
    }

    async fn ask(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, format!("bihuan={}", self.session))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let response = self.served.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let to = response.headers().get(header::LOCATION);
        let to = to.map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, to, bytes: bytes.to_vec() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, "text/plain", Vec::new()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let body = form.finish().into_bytes();
        self.ask(Method::POST, path, "application/x-www-form-urlencoded", body).await
    }

    async fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--cut\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--cut\r\n\
             content-disposition: form-data; name=\"table\"; filename=\"{name}\"\r\n\r\n",
            self.csrf
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        self.ask(Method::POST, "/import", "multipart/form-data; boundary=cut", body).await
    }

    /// Rows that list matters of this title.
    fn known_rows(&self, title: &str, count: u32) -> Vec<Coming> {
        let list = Deal::List {
            campaign: None,
            problem: ProblemCode::parse("P32").unwrap(),
            unit: self.served.app.ledger().now().office().unit_called("社会保险科").unwrap(),
            source: Source::SelfCheck,
            marking: rules::access::Marking::Internal,
            title: Words::new(title),
            detail: Words::new(""),
        };
        (1..=count).map(|row| Coming { row, commands: vec![list.clone()] }).collect()
    }

    /// Uploads a workbook and takes the columns as guessed; gives the address of the draft.
    async fn draft(&self, bytes: &[u8], more: &[(&str, &str)]) -> String {
        let columns = self.upload("台账.xlsx", bytes).await.to;
        assert_eq!(self.get(&columns).await.status, StatusCode::OK);
        let guess = intake::table(bytes).unwrap().guess();
        let names: Vec<(String, &str)> =
            guess.pairs().into_iter().map(|(key, at)| (format!("col{at}"), key)).collect();
        let mut fields: Vec<(&str, &str)> =
            names.iter().map(|(name, key)| (name.as_str(), *key)).collect();
        fields.extend(more);
        let rows = self.post(&columns, &fields).await;
        assert_eq!(rows.status, StatusCode::SEE_OTHER, "{}", rows.text());
        rows.to.strip_suffix("/rows").unwrap().to_owned()
    }
}

impl Served {
    fn matters(&self) -> usize {
        self.app.ledger().now().matters().count()
    }

    fn detail(&self, no: u32) -> String {
        let story = self.app.ledger().history(Stream::Matter(MatterId(no))).unwrap();
        let listed = &story[0].told.as_ref().unwrap().entry.event;
        let Event::Matter(Happened::Listed { detail, .. }) = listed else { panic!("{listed:?}") };
        detail.text().unwrap().to_owned()
    }

    fn stage(&self, no: u32) -> Stage {
        self.app.ledger().now().matter(MatterId(no)).unwrap().stage.clone()
    }
}

/// Plants faults of ten kinds four times each; gives the column of each faulty row.
fn spoil(rows: &mut [[String; 9]]) -> BTreeMap<u32, usize> {
    let faults: [(usize, &str); 10] = [
        (TITLE, ""),
        (PROBLEM, "态度恶劣"),
        (UNIT, "不存在的科"),
        (SOURCE, "道听途说"),
        (FOUND_ON, "2026-12-24"),
        (DUE, "2026-02-30"),
        (DUE, "2026-11-20"),
        (OWNER, "无此岗位"),
        (DETAIL, "零\u{200b}宽"),
        (TITLE, "第 0 件：窗口排队过长"),
    ];
    let mut planted = BTreeMap::new();
    for n in 0..40 {
        let (column, text) = faults[n % faults.len()];
        let place = 100 + n * 117;
        text.clone_into(&mut rows[place][column]);
        planted.insert(u32::try_from(place + 3).unwrap(), column);
    }
    planted
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_rows_with_forty_faults() {
    let served = Served::new("import-many");
    let office = Desk::of(&served, Role::CampaignOffice);
    let mut rows: Vec<[String; 9]> = (0..5_000).map(good_row).collect();
    let planted = spoil(&mut rows);
    let draft = office.draft(&book(&rows), &[]).await;
    let todo = office.get(&format!("{draft}/rows")).await;
    assert!(todo.bytes.len() < 200_000, "{} bytes for a page", todo.bytes.len());
    let todo = todo.text();
    for (row, column) in &planted {
        let form = part(&todo, &format!("id=\"r{row}\""), "</form>");
        // A repeated row is no fault of one cell.
        let is_named = form.contains(&format!("name=\"c{column}\""))
            && (form.contains("aria-invalid=\"true\"") || form.contains("重复"));
        assert!(is_named, "row {row}, column {column}: {form}");
    }
    assert_eq!(todo.matches("<form class=\"imp-row\"").count(), 40);
    assert!(todo.contains("4,960 行可以导入，36 行需要改，4 行疑似重复"), "{todo}");

    // The connection breaks while the rows go in, and the sender tries twice more.
    let before = served.size();
    let take = format!("{draft}/take");
    let broken = tokio::time::timeout(Duration::from_millis(5), office.post(&take, &[])).await;
    assert!(broken.is_err(), "it should not have been done yet");
    let done = office.post(&take, &[]).await.to;
    assert_eq!(office.post(&take, &[]).await.to, done);
    assert_eq!((served.size() - before, served.matters()), (4_960, 4_960));
    let first = served.app.ledger().now().matter(MatterId(1)).unwrap().title.clone();
    assert_eq!(first.text(), Some("第 0 件：窗口排队过长"));
    assert!(office.get(&done).await.text().contains("已导入 4,960 行"));

    // What is left comes back as it was, without those that are in.
    let rest = office.get(&format!("{draft}/rest.xlsx")).await;
    let table = intake::table(&rest.bytes).unwrap();
    assert_eq!(table.rows().len(), 40);
    let expected: Vec<&str> =
        planted.keys().map(|row| rows[*row as usize - 3][DUE].as_str()).collect();
    let at = table.guess().column(Field::Due).unwrap();
    let due: Vec<&str> = table.rows().map(|row| table.cell(row, at).text).collect();
    assert_eq!(due, expected);

    // The same file again has nothing new.
    let again = office.draft(&book(&rows), &[]).await;
    assert!(office.get(&format!("{again}/rows")).await.text().contains("0 行可以导入"));

    // The whole import is undone, once.
    let undo = done.split('?').next().unwrap().to_owned() + "/undo";
    assert!(office.post(&undo, &[]).await.text().contains("已撤销 4,960 件"));
    assert_eq!(served.size() - before, 2 * 4_960);
    assert_eq!(served.stage(4_960), Stage::NotUpheld);
    office.post(&undo, &[]).await;
    assert_eq!(served.size() - before, 2 * 4_960);
    // What came to nothing is no duplicate.
    let again = office.draft(&book(&rows), &[]).await;
    assert!(office.get(&format!("{again}/rows")).await.text().contains("4,960 行可以导入"));
}

/// The names of requests alone keep a row from coming in twice, whoever sends it again and however.
#[tokio::test]
async fn a_row_comes_in_once_for_each_import() {
    let served = Served::new("import-once");
    let office = Desk::of(&served, Role::CampaignOffice);
    let rows = office.known_rows("甲", 300);
    let import = |key: &str| {
        let importer = Importer { by: office.by, today: at().office_day(), key: key.into() };
        let entered = web::enter(served.app.ledger(), &importer, &rows);
        entered.into_iter().map(|one| one.matter.unwrap()).collect::<Vec<_>>()
    };
    let before = served.size();
    let first = import("a");
    assert_eq!(first, (1..=300).map(MatterId).collect::<Vec<_>>(), "in the order of the rows");
    assert_eq!((import("a"), served.size() - before), (first, 300));
    assert_eq!(import("b").first(), Some(&MatterId(301)));
}

/// The part of a text from one mark to the next end.
fn part<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let at = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let rest = &text[at..];
    &rest[..rest.find(to).unwrap()]
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_corrected_where_they_stand() {
    let served = Served::new("import-rows");
    let office = Desk::of(&served, Role::CampaignOffice);
    let known = office.known_rows("第 1 件：窗口排队过长", 1).remove(0).commands.remove(0);
    served.submit("known", office.by, Command::Matter(None, known));

    let mut rows: Vec<[String; 9]> = (0..5).map(good_row).collect();
    rows[2][UNIT] = "社保科".into();
    rows[3][TITLE] = rows[0][TITLE].clone();
    rows[4][ID] = format!("{}#matter/1", served.app.ledger().origin());
    let draft = office.draft(&book(&rows), &[]).await;
    let page = office.get(&format!("{draft}/rows")).await.text();
    assert!(
        page.contains("1 行可以导入，1 行需要改，2 行疑似重复，1 行是台账里已有的"),
        "{}",
        part(&page, "impsum", "</h2>")
    );
    // Suggested in the page, accepted with one click.
    let suggested = part(&page, "name=\"use\" value=\"", "\">");
    let suggested = suggested.rsplit('"').next().unwrap();
    let row = format!("{draft}/row");
    let fixed = office.post(&row, &[("row", "5"), ("c2", "社保科"), ("use", suggested)]).await;
    assert_eq!(fixed.to, format!("{draft}/rows?view=todo&page=1#r5"));
    office.post(&row, &[("row", "6"), ("choice", "anyway")]).await;
    office.post(&row, &[("row", "4"), ("choice", "skip")]).await;
    assert_eq!(
        office.post(&row, &[("row", "999"), ("c1", "x")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = office.get(&format!("{draft}/rows")).await.text();
    assert!(
        page.contains("3 行可以导入，1 行是台账里已有的（按标识认出），1 行已跳过"),
        "{}",
        part(&page, "impsum", "</h2>")
    );
    let done = office.post(&format!("{draft}/take"), &[]).await.to;
    assert_eq!(served.matters(), 4);
    assert_eq!(served.detail(2), "发现时间：2026-10-08\n完成时限：2026-12-20");

    // One of them moves on, so undoing leaves it.
    let confirm = Deal::Confirm { note: Words::new("") };
    served.submit("on", office.by, Command::Matter(Some(MatterId(3)), confirm));
    let undo = done.split('?').next().unwrap().to_owned() + "/undo";
    let page = office.post(&undo, &[]).await.text();
    assert!(page.contains("已撤销 2 件") && page.contains("已有人接着办的 1 件"), "{page}");
    assert_eq!(served.stage(3), Stage::Confirmed);
    assert_eq!(served.stage(2), Stage::NotUpheld);
    assert_eq!(served.stage(1), Stage::Listed, "it was there before");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_say_everything_are_handed_out_if_wanted() {
    let served = Served::new("import-hand-out");
    let office = Desk::of(&served, Role::CampaignOffice);
    let head = "问题描述,问题类别,涉及单位,问题来源,完成时限,责任人,整改目标,整改措施,制度依据,程序,核查岗位,佐证材料";
    let whole =
        "社会保险科,自查,2026-12-20,社会保险科科长,二十分钟,增开窗口,服务规范,先排查,核查岗,照片";
    let table = format!("{head}\n甲,P32,{whole}\n乙,P32,社会保险科,自查,,,,,,,,\n");
    let draft = office.draft(table.as_bytes(), &[("hand_out", "1")]).await;
    let page = office.get(&format!("{draft}/rows?view=good")).await.text();
    assert!(page.contains("1 行核实并交办给责任岗位") && page.contains("没有写明责任人"), "{page}");
    let done = office.post(&format!("{draft}/take"), &[]).await.to;
    assert!(matches!(served.stage(1), Stage::Assigned { .. }), "{:?}", served.stage(1));
    assert_eq!(served.stage(2), Stage::Listed);
    // What has no place of its own stands below the detail.
    assert_eq!(served.detail(1), "整改措施：增开窗口");
    // The office may not cancel what is handed out; the leaders may.
    let undo = done.split('?').next().unwrap().to_owned() + "/undo";
    let page = office.post(&undo, &[]).await.text();
    assert!(page.contains("已撤销 1 件") && page.contains("已经交办的 1 件"), "{page}");
    let head = Desk::of(&served, Role::GroupHead);
    assert!(head.post(&undo, &[]).await.text().contains("已撤销 2 件"));
    assert_eq!(served.stage(1), Stage::Cancelled);
}

/// Another worksheet of the same file, and a ledger without a column for whose problems they are.
#[tokio::test(flavor = "multi_thread")]
async fn sheets_and_what_holds_for_all_rows() {
    let served = Served::new("import-sheets");
    let office = Desk::of(&served, Role::CampaignOffice);
    let mut workbook = Workbook::new();
    for (name, head) in [("汇总", ["问题描述", "问题类别"]), ("热线", ["事项", "备注"])]
    {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, text) in (0..).zip(head) {
            sheet.write(0, column, text).unwrap();
        }
        sheet.write(1, 0, format!("{name}：无人接听")).unwrap();
        sheet.write(1, 1, "窗口服务差").unwrap();
    }
    let first = office.upload("两张.xlsx", &workbook.save_to_buffer().unwrap()).await.to;
    let second = office.post(&first, &[("sheet", "热线")]).await.to;
    assert_ne!(first, second, "rows of two sheets must not share a name in the log");
    assert!(office.get(&second).await.text().contains("工作表“热线”"));
    let unit = served.app.ledger().now().office().unit_called("信访科").unwrap().to_string();
    let all = [("col0", "title"), ("problem", "P32"), ("unit", &unit)];
    let lacking = office.post(&second, &all).await.text();
    assert!(lacking.contains("还没有对应的列：问题来源"), "{lacking}");
    let rows = office.post(&second, &[&all[..], &[("source", "source-hotline")]].concat()).await.to;
    let take = rows.replace("/rows", "/take");
    assert_eq!(office.post(&take, &[]).await.status, StatusCode::SEE_OTHER);
    let register = served.app.ledger().now();
    let matter = register.matter(MatterId(1)).unwrap();
    assert_eq!(matter.title.text(), Some("热线：无人接听"));
    assert_eq!((matter.source, matter.unit.to_string()), (Source::Hotline, unit));
}

/// What is offered while one types is what the reader of ledgers takes.
#[tokio::test(flavor = "multi_thread")]
async fn every_name_that_is_offered_is_understood() {
    let served = Served::new("import-names");
    let office = Desk::of(&served, Role::CampaignOffice);
    let draft = office.draft(&book(&[good_row(1)]), &[]).await;
    let page = office.get(&format!("{draft}/rows")).await.text();
    let mut rows = Vec::new();
    let lists = [("units", UNIT), ("posts", OWNER), ("problems", PROBLEM), ("sources", SOURCE)];
    for (list, column) in lists {
        let list = part(&page, &format!("id=\"imp-{list}\""), "</datalist>");
        for name in list.split("value=\"").skip(1) {
            let mut row = good_row(rows.len());
            row[column] = name.split('"').next().unwrap().to_owned();
            rows.push(row);
        }
    }
    assert!(rows.len() > 100, "{}", rows.len());
    let draft = office.draft(&book(&rows), &[]).await;
    let page = office.get(&format!("{draft}/rows")).await.text();
    // Accusations are for those who receive them.
    let good = format!("{} 行可以导入，1 行需要改", rows.len() - 1);
    assert!(page.contains(&good), "{page}");
}

/// A section imports its own problems; those of others stay out, with the reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_section_imports_its_own_problems() {
    let served = Served::new("import-section");
    let handler = Desk::of(&served, Role::Handler);
    let text =
        "事项,类别,单位,来源\n甲,P32,办公室,自查\n乙,P32,信访科,自查\n丙,P32,办公室,检举控告\n";
    let draft = handler.draft(text.as_bytes(), &[("hand_out", "1")]).await;
    let page = handler.get(&format!("{draft}/rows")).await.text();
    assert!(page.contains("1 行可以导入，2 行需要改"), "{}", part(&page, "impsum", "</h2>"));
    assert!(part(&page, "id=\"r3\"", "</form>").contains("您的岗位没有"));
    let done = handler.post(&format!("{draft}/take"), &[]).await.to;
    assert_eq!((served.matters(), served.stage(1)), (1, Stage::Listed));
    // Undoing is the office's.
    assert!(handler.get(&done).await.text().contains("撤销由督查科"));
    let undo = done.split('?').next().unwrap().to_owned() + "/undo";
    assert_eq!(handler.post(&undo, &[]).await.status, StatusCode::FORBIDDEN);
    let office = Desk::of(&served, Role::CampaignOffice);
    assert!(office.post(&undo, &[]).await.text().contains("已撤销 1 件"));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_the_reason() {
    let served = Served::new("import-refused");
    let office = Desk::of(&served, Role::CampaignOffice);
    let refused = office.upload("扫描件.pdf", b"%PDF-1.7 and so on").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains("role=\"alert\"") && text.contains(".xlsx"), "{text}");
    // A header without what no row can do without, and a column given twice.
    let columns = office.upload("表.csv", "标题,备注\n甲,乙\n".as_bytes()).await.to;
    assert!(office.get(&columns).await.text().contains("还没有对应的列"));
    let lacking = office.post(&columns, &[("col0", "title")]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    let twice = office.post(&columns, &[("col0", "title"), ("col1", "title")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A draft is its owner's alone.
    let other = Desk::of(&served, Role::Handler);
    assert_eq!(other.get(&columns).await.status, StatusCode::NOT_FOUND);
    assert_eq!(served.matters(), 0);
}
