use super::*;
use tree::Node;

mod bars;
mod contrast;
mod lines;
mod small;
mod tree;

const HOSTILE: &str = "\"><script>alert('基金')</script>&amp;\u{0}\u{b}\n";

fn names() -> BurnUpNames {
    BurnUpNames {
        day: "日期".to_owned(),
        handed_out: "交办".to_owned(),
        closed: "销号".to_owned(),
        open: "未办完".to_owned(),
    }
}

fn course(counts: &[(u32, u32)]) -> BurnUp {
    let day = |(at, (handed_out, closed)): (usize, &(u32, u32))| BurnUpDay {
        label: format!("10/{}", at + 7),
        handed_out: *handed_out,
        closed: *closed,
    };
    let caption = "交办 268 件，销号 154 件".to_owned();
    BurnUp { days: counts.iter().enumerate().map(day).collect(), names: names(), caption }
}

fn colours() -> Vec<(Tone, String)> {
    let tones = [(Tone::Red, "超期"), (Tone::Amber, "临期"), (Tone::Green, "正常")];
    tones.map(|(tone, name)| (tone, name.to_owned())).to_vec()
}

fn bar(label: &str, counts: [u32; 3]) -> Bar {
    let tones = [Tone::Red, Tone::Amber, Tone::Green];
    let href = Some("/ledger?unit=3&light=red".to_owned());
    Bar { label: label.to_owned(), href, parts: tones.into_iter().zip(counts).collect() }
}

/// Every chart of the same awkward data.
fn all(label: &str, href: &str, counts: &[u32]) -> Vec<String> {
    let pairs: Vec<(u32, u32)> = counts.iter().map(|count| (*count, count / 2)).collect();
    let mut chart = course(&pairs);
    chart.names.handed_out = label.to_owned();
    chart.caption = label.to_owned();
    chart.days.iter_mut().for_each(|day| label.clone_into(&mut day.label));
    let legends = vec![(Tone::Red, label.to_owned()), (Tone::Wait, label.to_owned())];
    let href = Some(href.to_owned());
    let parts = counts.iter().map(|count| (Tone::Red, *count)).collect();
    let rows = [Bar { label: label.to_owned(), href: href.clone(), parts }];
    let row = HeatRow { label: label.to_owned(), href, counts: counts.to_vec() };
    let caption = label.to_owned();
    let heat = Heat { columns: vec![caption.clone()], rows: vec![row], caption };
    let figure = burn_up_figure(&chart, 640, 320);
    let bars = stacked_bars_figure(&rows, &legends, label, 640);
    vec![
        burn_up(&chart),
        chart.table(),
        figure.standalone(),
        burn_up_figure(&chart, 0, 0).markup,
        burn_up_figure(&chart, u32::MAX, u32::MAX).markup,
        stacked_bars(&rows, &legends),
        bars.standalone(),
        stacked_bars_figure(&rows, &legends, label, 0).markup,
        stacked_bars_figure(&rows, &legends, label, u32::MAX).markup,
        legend(&legends),
        heat_table(&heat),
        sparkline(counts, label),
    ]
}

#[test]
fn whatever_the_data_the_markup_is_well_formed_and_clean() {
    let series: [&[u32]; 6] =
        [&[], &[0], &[7], &[0, 0, 0], &[u32::MAX; 3], &[1, u32::MAX, 0, 3, 3, 2, 9]];
    for counts in series {
        for label in ["", "办", HOSTILE, &"很长的名字".repeat(80)] {
            for href in ["/ledger?a=1&b=2", "javascript:alert(1)", HOSTILE] {
                for markup in all(label, href, counts) {
                    let root = Node::read(&markup);
                    root.walk(&mut |node| {
                        assert!(node.attribute("style").is_none(), "{markup}");
                        assert_ne!(node.name, "script", "{markup}");
                        let handlers =
                            node.attributes.iter().any(|(name, _)| name.starts_with("on"));
                        assert!(!handlers, "{markup}");
                        let address = node.attribute("href").unwrap_or("/ledger?a=1&b=2");
                        assert_eq!(address, "/ledger?a=1&b=2");
                    });
                }
            }
        }
    }
}

#[test]
fn a_hostile_label_arrives_as_it_was_written() {
    let written = HOSTILE.replace(['\u{0}', '\u{b}'], "\u{fffd}");
    let rows = [Bar { label: HOSTILE.to_owned(), href: None, parts: Vec::new() }];
    let root = Node::read(&stacked_bars(&rows, &[]));
    assert_eq!(root.class("n long").first().map(|node| node.text()), Some(written.clone()));
    let spark = Node::read(&sparkline(&[1, 2], HOSTILE));
    assert_eq!(spark.attribute("aria-label"), Some(written.as_str()));
}

#[test]
fn only_addresses_of_this_site_are_links() {
    for local in ["/a", "?unit=3", "#here", "ledger?from=10:30", "/a:b", ""] {
        assert!(link::is_local(local), "{local}");
    }
    let abroad =
        ["javascript:x", "https://a.example", "//a.example", "/\\a.example", " javascript:x"];
    for href in abroad.into_iter().chain(["java\tscript:x", "data:text/html,x"]) {
        assert!(!link::is_local(href), "{href}");
    }
}

#[test]
fn a_document_of_its_own_needs_no_page() {
    let figure = burn_up_figure(&course(&[(3, 1), (5, 4)]), 640, 320);
    let document = figure.standalone();
    assert!(document.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\""));
    assert!(document.contains(".spark .l2{stroke:#1b5bb5;"), "{document}");
    assert!(!document.contains("var("));
    assert_eq!(standalone::resolved("a{fill:var(--x,#fff);b:var(--y)}"), "a{fill:#fff;b:}");
}
