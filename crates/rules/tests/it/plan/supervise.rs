//! How far a plan can be supervised.

use rules::plan::{Supervisability, read};

#[test]
fn a_task_needs_owner_day_and_deliverable() {
    let plan = read(
        "一、主要任务\n（一）各股室要在6月底前报送自查报告。\n（二）各股室要定期开展学习交流活动。\n（三）加强窗口作风建设和日常管理。",
        Some(2025),
    );
    let expected =
        Supervisability { tasks: 3, with_owner: 2, with_date: 1, with_deliverable: 1, with_all: 1 };
    assert_eq!(plan.supervisability, expected);
    assert_eq!(expected.percent(expected.with_owner), Some(66));
}

#[test]
fn without_tasks_there_is_no_share() {
    assert_eq!(read("", None).supervisability.percent(0), None);
}
