//! One small plan per idea. All of them are invented.

use super::check;
use rules::plan::{Habit, Why, read};

#[test]
fn numbers_run_on_across_parents() {
    check(
        "一、甲类\n（一）第一件事\n1.统一窗口叫号规则。\n2.统一窗口着装要求。\n（二）第二件事\n3.统一窗口评价方式。\n二、乙类\n（三）第三件事",
        None,
        "
# 一、 甲类
  # （一） 第一件事
    # 1. 统一窗口叫号规则
task 统一窗口叫号规则
    # 2. 统一窗口着装要求
task 统一窗口着装要求
  # （二） 第二件事
    # 3. 统一窗口评价方式
task 统一窗口评价方式
# 二、 乙类
  # （三） 第三件事
",
    );
}

#[test]
fn a_number_that_is_no_marker_stays_text() {
    let plan = read("一、现状\n1.8万人参保。\n2024年新增3、4号窗口。", None);
    assert_eq!(plan.nodes.len(), 1);
}

#[test]
fn a_line_that_lost_its_breaks_is_read_like_one_that_did_not() {
    let lines = "一、工作任务\n（一）清理台账。各股室要在6月底前完成存量清理。\n（二）公开结果。各股室要每季度公开一次结果。\n二、工作要求\n各股室要明确专人负责。";
    let names = |text: &str| -> Vec<String> {
        read(text, Some(2025)).nodes.iter().map(|node| node.marker.clone()).collect()
    };
    assert_eq!(names(lines), names(&lines.replace('\n', "")));
}

#[test]
fn spoken_numbers_make_places_after_a_stop_only() {
    check(
        "一、工作要求\n一是压实责任。各科室要专题研究。二是严格纪律。各科室要按月自查。\n二、主要职责\n办公室承担三项工作：一是汇总；二是督办；三是通报。",
        None,
        "
# 一、 工作要求
  # 一是 压实责任
task 各科室要专题研究 resp=各科室
  # 二是 严格纪律
task 各科室要按月自查 resp=各科室 freq=monthly
# 二、 主要职责
task 办公室承担三项工作：一是 resp=办公室
",
    );
}

#[test]
fn notes_part_leading_from_helping_units() {
    check(
        "一、重点任务\n1.优化大厅布局。调整窗口设置。（牵头单位：行政审批股；责任单位：信息中心、办公室）\n2.推行预约办理。（就业股牵头，社保中心、信息中心按职责分工负责）\n3.公开办事指南。（责任单位：各县（市、区）人社局、市社保中心等有关单位）\n4.压缩办理时限。\n责任单位：行政审批股\n完成时限：2025年9月底",
        None,
        "
# 一、 重点任务
  # 1. 优化大厅布局
task 优化大厅布局。调整窗口设 lead=行政审批股 coop=信息中心|办公室
  # 2. 推行预约办理
task 推行预约办理。（就业股牵 lead=就业股 coop=社保中心|信息中心
  # 3. 公开办事指南
task 公开办事指南。（责任单位 resp=各县（市、区）人社局|市社保中心
  # 4. 压缩办理时限
task 压缩办理时限。/责任单位 resp=行政审批股 by=2025-09-30
",
    );
}

#[test]
fn the_documents_own_conventions_win() {
    let text = "一、重点任务\n1.建好台账。（责任单位：市人社局、市财政局，市医保局。第一个逗号前为牵头单位，下同）\n2.核对数据。（责任单位：市社保中心，市税务局、市医保局）";
    check(
        text,
        None,
        "
# 一、 重点任务
  # 1. 建好台账
task 建好台账。（责任单位：市 lead=市人社局|市财政局 coop=市医保局
  # 2. 核对数据
task 核对数据。（责任单位：市 lead=市社保中心 coop=市税务局|市医保局
",
    );
    assert_eq!(read(text, None).conventions[0].kind, Habit::FirstCommaLeads);
    check(
        "1.建好台账。（责任单位：市人社局、市财政局。排在首位的为牵头单位，下同）\n2.核对数据。（责任单位：市社保中心、市税务局）",
        None,
        "
# 1. 建好台账
task 建好台账。（责任单位：市 lead=市人社局 coop=市财政局
# 2. 核对数据
task 核对数据。（责任单位：市 lead=市社保中心 coop=市税务局
",
    );
    check(
        "1.建好台账。（责任单位：市财政局、*市人社局）",
        None,
        "
# 1. 建好台账
task 建好台账。（责任单位：市 lead=市人社局 coop=市财政局
",
    );
}

#[test]
fn default_units_answer_for_later_tasks() {
    let plan = read(
        "1.建好台账。（责任单位：市人社局，各区、县（市）管委会。以下各项均由各区、县（市）管委会负责，不再逐项列出）\n2.核对数据。（责任单位：市社保中心）",
        None,
    );
    assert_eq!(plan.items[0].fields.resp, ["市人社局", "各区、县（市）管委会"]);
    assert!(plan.items[0].default_units.is_empty());
    assert_eq!(plan.items[1].fields.resp, ["市社保中心"]);
    assert_eq!(plan.items[1].default_units, ["各区、县（市）管委会"]);
}

#[test]
fn stages_know_their_days() {
    check(
        "一、实施步骤\n（一）学习动员阶段（3月上旬）。制定工作方案。\n（二）自查自纠阶段（3月11日—5月底）\n各股室要在４月２０日前报送对账报告。\n（三）集中整改阶段（2025年6月到9月）。\n（四）第四阶段：总结提升（10月至次年1月）",
        Some(2025),
        "
# 一、 实施步骤
  # （一） 学习动员阶段（3月上旬）
stage 学习动员阶段（3月上旬） from=2025-03-01 by=2025-03-10 name=学习动员
  # （二） 自查自纠阶段（3月11日—5月底）
stage 自查自纠阶段（3月11日 from=2025-03-11 by=2025-05-31 name=自查自纠
task 各股室要在４月２０日前报 resp=各股室 by=2025-04-20 deliverable=对账报告
  # （三） 集中整改阶段（2025年6月到9月）
stage 集中整改阶段（2025年 from=2025-06-01 by=2025-09-30 name=集中整改
  # （四） 第四阶段：总结提升（10月至次年1月）
stage 第四阶段：总结提升（10 from=2025-10-01 by=2026-01-31 name=总结提升
",
    );
}

#[test]
fn money_per_year_is_no_frequency() {
    check(
        "一、主要措施\n1.对窗口人员每年最高给予不超过3000元补助。\n2.市就业中心每月5日前通报进展。\n3.各股室要定期学习，每两周交流一次。\n4.各股室要常态化开展走访。",
        None,
        "
# 一、 主要措施
  # 1. 对窗口人员每年最高给予不超过3000元补助
task 对窗口人员每年最高给予不
  # 2. 市就业中心每月5日前通报进展
task 市就业中心每月5日前通报 resp=市就业中心 freq=monthly@5
  # 3. 各股室要定期学习，每两周交流一次
task 各股室要定期学习，每两周 resp=各股室 freq=biweekly
  # 4. 各股室要常态化开展走访
task 各股室要常态化开展走访 resp=各股室 freq=regular
",
    );
}

#[test]
fn a_table_carries_merged_cells_down() {
    check(
        "附件1\n整改任务分解表\n序号\t问题表现\t整改措施\t责任单位\t责任单位\t完成时限\n序号\t问题表现\t整改措施\t牵头单位\t配合单位\t完成时限\n1\t排队久\t（1）增设综合窗口\t服务股\t办公室\t5月底前\n\t\t（2）推行错峰预约\t\t\t立行立改，长期坚持\n2\t答复慢\t建立答复清单\t信访股\t\t2025年7月",
        Some(2025),
        "
# 附件1 整改任务分解表
problem 排队久
task （1）增设综合窗口/服务 lead=服务股 coop=办公室 by=2025-05-31
task （2）推行错峰预约/// lead=服务股 coop=办公室 mode=立行立改|长期坚持
problem 答复慢
task 建立答复清单/信访股// lead=信访股 by=2025-07-31
",
    );
}

#[test]
fn rows_without_headings_are_listed_as_not_understood() {
    let plan = read("一、附表\n甲\t乙\t丙", None);
    assert_eq!(plan.not_understood[0].why, Why::NoColumns);
}

#[test]
fn posts_and_rules_are_told_from_tasks() {
    check(
        "一、组织领导\n成立工作专班，由吴某任组长，郑某任副组长。专班办公室设在人事股，由周某同志兼任办公室主任。凡是能当场解决的，要立即整改；凡是一时不能解决的，限期整改。对弄虚作假的，由机关纪委约谈。",
        None,
        "
# 一、 组织领导
role 由吴某任组长 role=组长 who=吴某
role 郑某任副组长 role=副组长 who=郑某
role 专班办公室设在人事股 role=办公室 who=人事股
role 由周某同志兼任办公室主任 role=办公室主任 who=周某同志
rule 凡是能当场解决的，要立即 mode=立行立改
rule 凡是一时不能解决的，限期 mode=限期整改
rule 对弄虚作假的，由机关纪委 resp=机关纪委
",
    );
}

#[test]
fn targets_have_a_number_or_a_day() {
    check(
        "一、工作目标\n到2026年底，窗口满意率达到98%以上；形成良好风气。\n到2027年6月底：①建成服务站20个；②培训窗口人员300名。",
        None,
        "
# 一、 工作目标
target 到2026年底，窗口满意 by=2026-12-31
target 到2027年6月底：①建 by=2027-06-30
target ②培训窗口人员300名 by=2027-06-30
",
    );
}

#[test]
fn problems_find_their_place_among_the_sixteen() {
    let plan = read(
        "一、整治重点\n重点整治窗口服务态度生硬、让办事人来回跑的问题；对信访件推诿扯皮、新官不理旧账的问题；食堂伙食单一的问题。",
        None,
    );
    let codes: Vec<_> = plan.items.iter().map(|item| item.problem_code).collect();
    assert_eq!(codes, [Some("P32"), Some("P43"), None]);
}

#[test]
fn work_under_a_heading_of_priorities_is_work() {
    check(
        "一、工作重点\n1.推进档案电子化。各股室要在8月底前完成扫描。",
        Some(2025),
        "
# 一、 工作重点
  # 1. 推进档案电子化
task 各股室要在8月底前完成扫 resp=各股室 by=2025-08-31
",
    );
}

#[test]
fn a_person_is_no_unit() {
    let plan = read("一、工作要求\n窗口负责人要每日到岗。股室负责人要带头学习。", None);
    assert!(plan.items.iter().all(|item| item.fields.resp.is_empty()), "{:?}", plan.items);
}

#[test]
fn the_head_of_the_document_is_read() {
    let plan = read(
        "某市人社局窗口整治方案\n某人社发〔2025〕3号\n根据《关于改进窗口服务的通知》要求，制定本方案。\n一、目标\n某市人力资源和社会保障局\n2025年2月7日",
        None,
    );
    let doc = plan.doc;
    assert_eq!(doc.title.as_deref(), Some("某市人社局窗口整治方案"));
    assert_eq!(doc.no.as_deref(), Some("某人社发〔2025〕3号"));
    assert_eq!(doc.issuer.as_deref(), Some("某市人力资源和社会保障局"));
    assert_eq!(doc.date.map(|day| day.to_string()).as_deref(), Some("2025-02-07"));
    assert_eq!(doc.year, Some(2025));
    assert_eq!(doc.basis.as_deref(), Some("关于改进窗口服务的通知"));
}
