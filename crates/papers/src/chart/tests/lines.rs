use super::ends::apart;
use super::length::Length;
use super::measure::{fit, width};
use super::scale::{Count, Scale, Tick, ticks};
use super::*;

#[test]
fn steps_are_round_and_reach_the_highest() {
    let tops = [0, 1, 6, 7, 13, 268, 1_001, u32::MAX].map(Scale::up_to);
    let tops = tops.map(|scale| (scale.step, scale.top));
    let large = (1_000_000_000, 5_000_000_000);
    let expected = [(1, 1), (1, 1), (1, 6), (2, 8), (5, 15), (50, 300), (200, 1_200), large];
    assert_eq!(tops, expected);
    assert_eq!(Scale::up_to(4).marks().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let counts = [0, 999, 1_000, 1_234_567, 10_000_010].map(|count| Count(count).to_string());
    assert_eq!(counts, ["0", "999", "1,000", "1,234,567", "10,000,010"]);
}

#[test]
fn about_five_days_are_named_with_the_first_and_the_last() {
    let at = |label: &str, days: usize| -> Vec<Tick> {
        let labels = vec![label; days];
        ticks(labels.into_iter(), Length(3_300), Length(1_600))
    };
    let days = |ticks: &[Tick]| ticks.iter().map(|tick| tick.at).collect::<Vec<_>>();
    let spare = |ticks: &[Tick]| ticks.iter().map(|tick| tick.spare).collect::<Vec<_>>();
    assert_eq!(days(&at("10/7", 48)), [0, 12, 24, 35, 47]);
    assert_eq!(days(&at("10/7", 3)), [0, 1, 2]);
    assert_eq!((days(&at("10/7", 1)), days(&at("10/7", 0))), (vec![0], vec![]));
    assert_eq!(spare(&at("10/7", 48)), [false; 5]);
    assert_eq!(spare(&at("11月26日", 48)), [false, true, false, true, false]);
    assert_eq!(days(&at("2026年11月26日", 48)), [0, 24, 47]);
    assert_eq!(spare(&at("2026年11月26日", 48)), [false, true, false]);
    assert_eq!(days(&at(&"很长的名字".repeat(9), 48)), [0, 47]);
}

#[test]
fn chinese_is_measured_wide_and_latin_narrow() {
    assert_eq!(width("基金监督科"), Length(500));
    assert_eq!(width("交办 268"), Length(200 + 4 * 55));
    assert_eq!(width("（一）“定”…"), Length(700));
    assert_eq!(width(""), Length::ZERO);
    assert_eq!(fit("基金监督科", Length(500)), "基金监督科");
    assert_eq!(fit("基金监督科", Length(499)), "基金监…");
    assert_eq!(fit("基金", Length::ZERO), "…");
}

#[test]
fn labels_at_the_ends_never_lie_on_one_another() {
    let most = 10_000;
    for a in (0..=most).step_by(250) {
        for b in (0..=most).step_by(250) {
            let (x, y) = apart(Length(a), Length(b), Length(1_200), Length(most));
            assert!(x.0.abs_diff(y.0) >= 1_200 && x.0.max(y.0) <= most, "{a} {b}: {x} {y}");
            assert!(a == b || (a < b) == (x < y), "{a} {b}: the upper stays above");
            let is_free = a.abs_diff(b) >= 1_200;
            assert!(!is_free || (x.0, y.0) == (a, b), "{a} {b}: moved without need");
        }
    }
}

#[test]
fn both_forms_keep_their_labels_apart() {
    for counts in [[(0, 0), (0, 0)], [(5, 0), (268, 268)], [(9, 2), (268, 260)], [(1, 1), (3, 9)]] {
        let chart = course(&counts);
        let page = Node::read(&burn_up(&chart));
        let figure = Node::read(&burn_up_figure(&chart, 640, 320).markup);
        for (root, least) in [(page, 12.0), (figure, 17.0)] {
            let y = |class| root.class(class).first().map(|node| node.number("y")).expect(class);
            assert!((y("t1") - y("t2")).abs() >= least, "{counts:?}");
        }
    }
}

#[test]
fn the_lines_stand_where_the_numbers_say() {
    let root = Node::read(&burn_up(&course(&[(0, 0), (150, 75), (300, 100)])));
    let points = |class| root.class(class).first().and_then(|node| node.attribute("points"));
    assert_eq!(points("l1"), Some("0,100 50,50 100,0"));
    assert_eq!(points("l2"), Some("0,100 50,75 100,66.67"));
    assert_eq!(points("gap"), Some("0,100 50,50 100,0 100,66.67 50,75 0,100"));
    assert_eq!(points("area"), Some("0,100 0,100 50,75 100,66.67 100,100"));
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("aria-label"), Some("交办 268 件，销号 154 件"));
    assert_eq!(root.attribute("data-a"), Some("0,150,300"));
    assert_eq!(root.attribute("data-days"), Some("10/7\n10/8\n10/9"));
    let ends: Vec<String> = ["t1", "t2"].map(|class| root.class(class)[0].text()).to_vec();
    assert_eq!(ends, ["交办 300", "销号 100"]);
}

#[test]
fn one_day_is_a_dot_and_no_day_is_an_empty_frame() {
    let one = Node::read(&burn_up(&course(&[(4, 1)])));
    assert!(one.class("l1").is_empty());
    assert_eq!(one.class("d1")[0].attribute("d"), Some("M100,0h0"));
    assert_eq!(one.class("kept")[0].attribute("text-anchor"), Some("end"));
    let none = Node::read(&burn_up(&course(&[])));
    assert!(none.class("d1").is_empty() && none.class("t1").is_empty());
    assert_eq!(none.class("grid").len() + none.class("grid base").len(), 2);
}

#[test]
fn the_table_says_what_the_lines_say() {
    let root = Node::read(&course(&[(2, 0), (1_268, 154)]).table());
    assert_eq!(root.named("caption")[0].text(), "交办 268 件，销号 154 件");
    let rows: Vec<Vec<String>> =
        root.named("tr").iter().map(|row| row.children.iter().map(Node::text).collect()).collect();
    assert_eq!(rows[0], ["日期", "交办", "销号", "未办完"]);
    assert_eq!(rows[2], ["10/8", "1,268", "154", "1,114"]);
    let scopes: Vec<_> = root.named("th").iter().map(|head| head.attribute("scope")).collect();
    assert_eq!(scopes, [[Some("col"); 4].as_slice(), &[Some("row"); 2]].concat());
}

#[test]
fn a_figure_stays_within_its_frame() {
    let mut chart = course(&[(0, 0), (4_000_000_000, 7)]);
    for name in ["交办", "已经交办到各科室和直属单位的全部整改事项累计数"]
    {
        name.clone_into(&mut chart.names.handed_out);
        let root = Node::read(&burn_up_figure(&chart, 640, 320).markup);
        for text in root.named("text") {
            let wide = f64::from(u32::try_from(width(&text.text()).0).expect("short")) * 0.13;
            let left = match text.attribute("text-anchor") {
                Some("end") => text.number("x") - wide,
                Some("middle") => text.number("x") - wide / 2.0,
                _ => text.number("x"),
            };
            assert!(left >= 0.0 && left + wide <= 640.0, "{}: {left} {wide}", text.text());
            assert!((0.0..=320.0).contains(&text.number("y")));
        }
    }
}
