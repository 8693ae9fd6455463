use super::heat::{darkest, level};
use super::*;

fn heat(rows: &[&[u32]]) -> Heat {
    let row = |counts: &&[u32]| HeatRow {
        label: "窗口低效".to_owned(),
        href: Some("/problems/3".to_owned()),
        counts: counts.to_vec(),
    };
    let columns = vec!["10/5".to_owned(), "10/12".to_owned()];
    Heat { columns, rows: rows.iter().map(row).collect(), caption: "每周新增".to_owned() }
}

#[test]
fn the_more_the_darker() {
    for counts in [&[18, 9, 0, 4, 7][..], &[1, 2, 3, 2, 1000], &[0, 0], &[u32::MAX, 1]] {
        let darkest = darkest(&heat(&[counts]));
        let mut sorted = counts.to_vec();
        sorted.sort_unstable();
        let levels: Vec<u64> = sorted.iter().map(|count| level(*count, darkest)).collect();
        assert!(levels.is_sorted() && levels.iter().all(|level| *level <= 5), "{levels:?}");
        assert!(sorted.iter().zip(&levels).all(|(count, level)| (*count == 0) == (*level == 0)));
    }
}

#[test]
fn a_runaway_does_not_pale_the_rest_and_a_handful_is_not_dark() {
    let levels = |counts: &[u32]| -> Vec<u64> {
        let darkest = darkest(&heat(&[counts]));
        counts.iter().map(|count| level(*count, darkest)).collect()
    };
    assert_eq!(levels(&[1, 2, 3, 2, 1000]), [1, 2, 2, 2, 5]);
    assert_eq!(levels(&[1, 1, 0, 1]), [1, 1, 0, 1]);
    assert_eq!(levels(&[18, 13, 9, 4, 7]), [5, 4, 3, 2, 2]);
}

#[test]
fn heads_are_heads_and_no_count_is_lost() {
    let root = Node::read(&heat_table(&heat(&[&[18, 2, 5], &[1]])));
    let scopes: Vec<_> =
        root.named("th").iter().filter_map(|head| head.attribute("scope")).collect();
    assert_eq!(scopes, ["col", "col", "row", "row"]);
    let rows: Vec<Vec<String>> =
        root.named("tr").iter().map(|row| row.children.iter().map(Node::text).collect()).collect();
    assert_eq!(rows[0], ["", "10/5", "10/12", ""]);
    assert_eq!(rows[1], ["窗口低效", "18", "2", "5"]);
    assert_eq!(rows[2], ["窗口低效", "1", "", ""]);
    assert_eq!(root.named("a").len(), 2);
    assert_eq!(root.attribute("aria-label"), Some("每周新增"));
    assert_eq!(root.class("h5").len(), 1);
}

#[test]
fn a_sparkline_runs_from_left_to_right() {
    let root = Node::read(&sparkline(&[0, 5, 10], "近三周"));
    assert_eq!(root.class("l2")[0].attribute("points"), Some("0,21 50,12 100,3"));
    assert_eq!(root.class("d2")[0].attribute("d"), Some("M100,3h0"));
    assert_eq!(root.attribute("aria-label"), Some("近三周"));
    assert!(Node::read(&sparkline(&[], "无")).children.is_empty());
    assert_eq!(Node::read(&sparkline(&[4], "一周")).children.len(), 1);
}
