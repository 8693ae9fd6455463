use super::measure::width;
use super::*;
use crate::chart::bars::widths;

#[test]
fn parts_add_up_to_the_whole() {
    let rows: [&[u32]; 6] =
        [&[1, 1, 1], &[3, 2, 14, 3], &[1, 999], &[0, 7, 0], &[u32::MAX, 1, u32::MAX], &[1; 40]];
    for counts in rows {
        let parts: Vec<(Tone, u32)> = counts.iter().map(|count| (Tone::Red, *count)).collect();
        let total = counts.iter().copied().map(u64::from).sum();
        for units in [1_000, 333, 240] {
            let cut = widths(&parts, total, units);
            assert_eq!(cut.iter().sum::<u64>(), u64::from(units), "{counts:?}");
            for (count, wide) in counts.iter().zip(&cut) {
                assert_eq!(
                    *count > 0,
                    *wide >= u64::from(units).min(400) / 40,
                    "{counts:?} {cut:?}"
                );
                assert_eq!(*count == 0, *wide == 0, "{counts:?} {cut:?}");
            }
        }
    }
}

#[test]
fn a_row_is_as_long_as_its_share_of_the_longest() {
    let rows = [bar("基金监督科", [3, 2, 15]), bar("信访科", [1, 0, 9]), bar("档案室", [0; 3])];
    let root = Node::read(&stacked_bars(&rows, &colours()));
    let drawn: Vec<&str> =
        root.named("svg").iter().filter_map(|svg| svg.attribute("width")).collect();
    assert_eq!(drawn, ["100%", "50%"], "nothing is drawn of nothing");
    for svg in root.named("svg") {
        let mut end = 0.0;
        for rect in svg.named("rect") {
            assert!((rect.number("x") - end).abs() < f64::EPSILON, "parts touch");
            end += rect.number("width");
        }
        assert_eq!(svg.attribute("viewBox"), Some(format!("0 0 {end} 1").as_str()));
    }
}

#[test]
fn a_row_leads_somewhere_and_says_its_parts() {
    let mut rows = vec![bar("基金监督科", [3, 0, 1_204]), bar("信访科", [1, 1, 1])];
    rows[1].href = None;
    let root = Node::read(&stacked_bars(&rows, &colours()));
    let [link] = root.named("a")[..] else { panic!("one link") };
    assert_eq!(link.attribute("href"), Some("/ledger?unit=3&light=red"));
    assert_eq!(link.text(), "基金监督科1,207; 超期 3; 正常 1,204");
    let titles: Vec<String> = link
        .named("title")
        .iter()
        .map(|title| title.children.len().to_string() + &title.text())
        .collect();
    assert_eq!(titles, ["0超期 3", "0正常 1,204"]);
    assert_eq!(root.class("sb").len(), 2);
}

#[test]
fn a_figure_of_bars_keeps_room_for_its_words() {
    let long = "城乡居民社会养老保险基金监督管理服务中心和信访接待窗口";
    let rows = [bar("信访科", [1, 2, 3]), bar(long, [0, 4_000_000_000, 0])];
    let figure = stacked_bars_figure(&rows, &colours(), "各科室在办", 480);
    let root = Node::read(&figure.markup);
    assert_eq!(root.named("title")[0].text(), "各科室在办");
    assert_eq!(figure.height_px, 22 + 6 + 2 * 26);
    let edge = |node: &Node| node.number("x") + node.number("width");
    let bars = root.all(&|node| node.attribute("height") == Some("15"));
    let first = bars.iter().map(|node| node.number("x")).fold(f64::MAX, f64::min);
    for (label, total) in root.class("n").iter().zip(root.class("v")) {
        let shown = label.text();
        let wide = width(&shown).0;
        assert!(
            wide * 13 <= 48_000 * 2 / 5
                && f64::from(u32::try_from(wide).expect("short")) * 0.13 < first,
            "{shown}"
        );
        let end = f64::from(u32::try_from(width(&total.text()).0).expect("short")) * 0.13;
        assert!(total.number("x") + end <= 480.0, "{}", total.text());
    }
    assert!(bars.iter().all(|node| edge(node) <= 480.0));
    assert_eq!(root.class("n")[1].named("title").len(), 1, "the whole name is said");
}

#[test]
fn a_legend_goes_on_in_the_next_line() {
    let rows = [bar("信访科", [1, 2, 3])];
    let high = |width_px| stacked_bars_figure(&rows, &colours(), "", width_px).height_px;
    assert_eq!((high(480), high(120), high(10)), (54, 76, 98));
    let root = Node::read(&legend(&colours()));
    assert_eq!(root.named("i").len(), 3);
    assert_eq!(root.text(), "超期临期正常");
}
