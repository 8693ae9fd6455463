//! All charts on one page, to be looked at: `cargo run -p bihuan-papers --example charts --
//! OUT.html [APP.css]`. The numbers are those of an invented bureau.

use papers::chart::{
    Bar, BurnUp, BurnUpDay, BurnUpNames, CSS, Heat, HeatRow, Tone, burn_up, burn_up_figure,
    heat_table, legend, sparkline, stacked_bars, stacked_bars_figure,
};
use std::io::{Error, Result};
use std::path::Path;

const FRAME: &str = "body{margin:0;padding:16px;background:#f2f5f9;color:#16202e;\
    font:15px/1.6 \"Noto Sans CJK SC\",\"WenQuanYi Micro Hei\",sans-serif}\
    .grid2{display:flex;flex-wrap:wrap;margin:-8px}\
    .card{box-sizing:border-box;width:calc(50% - 16px);margin:8px;padding:16px 20px;\
    background:#fff;border:1px solid #dce2ea;border-radius:10px;min-width:0;overflow:hidden}\
    @media (max-width:760px){.card{width:calc(100% - 16px);padding:12px 16px}}";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or_else(|| Error::other("OUT.html [APP.css]"))?;
    let app = match arguments.next() {
        Some(path) => std::fs::read_to_string(path)?,
        None => String::new(),
    };
    let cards = cards().join("</section><section class=card>");
    let page = format!(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\"><title>图</title>\
         <style>{app}{CSS}{FRAME}</style><div class=grid2><section class=card>{cards}</section></div></html>"
    );
    std::fs::write(&out, page)?;
    let figures = Path::new(&out).with_extension("svg");
    std::fs::write(figures, burn_up_figure(&course(48, 1), 640, 320).standalone())
}

fn cards() -> Vec<String> {
    let colours =
        [(Tone::Red, "超期"), (Tone::Amber, "临期"), (Tone::Green, "正常"), (Tone::Wait, "待核查")];
    let colours = colours.map(|(tone, name)| (tone, name.to_owned()));
    let mut cards = Vec::new();
    for (days, times) in [(48, 1), (1, 1), (0, 1), (12, 9_000_000), (2, 0)] {
        cards.push(burn_up(&course(days, times)));
    }
    cards.push(burn_up(&close()));
    cards.push(legend(&colours) + &stacked_bars(&units(), &colours));
    let usual: Vec<Bar> = units().into_iter().filter(|bar| bar.total() < 300).collect();
    cards.push(stacked_bars(&usual, &colours));
    cards.push(heat_table(&problems()));
    cards.push(burn_up_figure(&course(48, 1), 640, 320).markup);
    cards.push(stacked_bars_figure(&units(), &colours, "各科室在办", 640).markup);
    let weeks = [3, 5, 4, 8, 9, 7, 12, 11, 15];
    cards.push(format!("近九周 {} 15 件", sparkline(&weeks, "近九周从 3 件升到 15 件")));
    cards.push(course(12, 1).table());
    cards
}

fn course(days: u32, times: u32) -> BurnUp {
    let day = |at: u32| BurnUpDay {
        label: if at < 25 { format!("10/{}", at + 7) } else { format!("11/{}", at - 24) },
        handed_out: (8 + at * 7 - at * at % 11).min(268) * times,
        closed: (at * at / 15 + at % 3).min(154) * times,
    };
    let names = BurnUpNames {
        day: "日期".to_owned(),
        handed_out: "交办".to_owned(),
        closed: "销号".to_owned(),
        open: "未办完".to_owned(),
    };
    let caption = "到今天交办 268 件，销号 154 件".to_owned();
    BurnUp { days: (0..days).map(day).collect(), names, caption }
}

/// Two lines that end together, with long dates and names.
fn close() -> BurnUp {
    let mut chart = course(40, 1);
    for (at, day) in (0..).zip(&mut chart.days) {
        day.closed = day.handed_out.saturating_sub(40 - at);
        day.label = format!("11月{}日", at % 30 + 1);
    }
    "已交办".clone_into(&mut chart.names.handed_out);
    "已销号".clone_into(&mut chart.names.closed);
    chart
}

fn units() -> Vec<Bar> {
    let rows = [
        ("基金监督科", [3, 2, 14, 3]),
        ("劳动监察支队", [2, 0, 11, 2]),
        ("人才服务中心", [2, 0, 3, 1]),
        ("就业促进科", [1, 1, 4, 1]),
        ("城乡居民社会养老保险基金管理服务中心", [1, 0, 320, 2]),
        ("政务大厅窗口", [0, 1, 9, 3]),
        ("养老待遇科", [0, 0, 6, 1]),
        ("档案室", [0, 0, 0, 0]),
    ];
    let tones = [Tone::Red, Tone::Amber, Tone::Green, Tone::Wait];
    let bar = |(label, counts): (&str, [u32; 4])| Bar {
        label: label.to_owned(),
        href: Some("/ledger".to_owned()),
        parts: tones.into_iter().zip(counts).collect(),
    };
    rows.into_iter().map(bar).collect()
}

fn problems() -> Heat {
    let rows = [
        ("窗口低效来回跑", [18, 18, 18, 13, 13, 8, 8, 8]),
        ("诉求久拖不办", [16, 17, 12, 13, 8, 9, 9, 5]),
        ("承诺不兑现", [9, 10, 11, 7, 8, 4, 5, 6]),
        ("不担当、慢作为", [12, 9, 10, 6, 7, 8, 4, 5]),
        ("新官不理旧账", [8, 10, 6, 7, 4, 5, 6, 3]),
        ("止于开会发文", [9, 0, 7, 4, 5, 7, 3, 5]),
        ("社保稽查不严", [11, 8, 9, 5, 6, 8, 4, 5]),
        ("制度不落实", [6, 3, 5, 6, 3, 5, 1, 0]),
    ];
    let weeks = ["10/5", "10/12", "10/19", "10/26", "11/2", "11/9", "11/16", "11/23"];
    let row = |(label, counts): (&str, [u32; 8])| HeatRow {
        label: label.to_owned(),
        href: Some("/problems".to_owned()),
        counts: counts.to_vec(),
    };
    let caption = "各类问题每周新增线索数".to_owned();
    let columns = weeks.map(str::to_owned).to_vec();
    Heat { columns, rows: rows.into_iter().map(row).collect(), caption }
}
