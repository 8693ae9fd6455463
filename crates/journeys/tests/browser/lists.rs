//! Lists and what is looked up: the ledger, several matters at once, finding, proofs, figures.

use crate::Journey;
use crate::walks::{CHECKERS, OFFICE};
use journeys::{Outcome, Page, Screen, World};
use serde_json::json;

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[
    ("the_ledger_is_narrowed", the_ledger_is_narrowed),
    ("several_are_handed_out_at_once", several_are_handed_out_at_once),
    ("found_by_a_piece_of_text", found_by_a_piece_of_text),
    ("the_log_and_the_figures", the_log_and_the_figures),
];

/// How many matters a query finds, by the API.
fn total(page: &Page, query: &str) -> Outcome<u64> {
    let path = json!(format!("/api/v1/matters?{query}"));
    let total = page.eval(&format!("fetch({path}).then(a => a.json()).then(a => a.total)"))?;
    total.as_u64().ok_or_else(|| format!("{query}: {total}"))
}

/// The numbers of the rows that are shown.
fn rows(page: &Page) -> Outcome<Vec<String>> {
    let ids = page.eval("[...document.querySelectorAll('tr[data-id]')].map(r => r.dataset.id)")?;
    let ids = ids.as_array().cloned().unwrap_or_default();
    Ok(ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect())
}

/// Filters count and keep one another, heads sort, pages follow on, a row can be looked at, the
/// browser's way back works, and the whole goes out as a workbook.
fn the_ledger_is_narrowed(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.open("/matters")?;
    page.select("form.filters select[name=source]", "source-audit")?;
    page.wait("location.search.includes('source=source-audit')")?;
    let audited = total(&page, "source=source-audit")?;
    page.wait_for_text(&format!("共 {audited} 件"))?;
    // The figures above the list are those of the list, and their links keep the filter.
    let overdue = total(&page, "source=source-audit&standing=standing-overdue")?;
    let strip = ".strip a[href*='standing=standing-overdue']";
    page.wait(&format!(
        "document.querySelector({}).textContent === '{overdue}'",
        json!(format!("{strip} b"))
    ))?;
    assert!(page.url()?.ends_with("/matters?source=source-audit"), "{}", page.url()?);
    page.follow(strip)?;
    assert!(page.url()?.contains("source=source-audit"), "{}", page.url()?);
    assert_eq!(rows(&page)?.len() as u64, overdue.min(25));
    page.follow("form.filters a[href='/matters']")?;

    page.follow("th a[href*='sort=number']")?;
    page.wait_for("th[aria-sort=ascending]")?;
    let first = rows(&page)?;
    page.follow("a[rel=next]")?;
    let second = rows(&page)?;
    assert!(first.len() == 25 && second.iter().all(|id| !first.contains(id)), "{second:?}");
    page.turn(|page| page.eval("history.back()").map(drop))?;
    assert_eq!(rows(&page)?, first, "the way back leads to the page before");
    page.follow("th a[href*='sort=number']")?;
    page.wait_for("th[aria-sort=descending]")?;

    page.click(&format!("tr[data-id='{}'] td:nth-child(4)", rows(&page)?[2]))?;
    page.wait_for("#drawer[open] .tl li")?;
    page.press("Escape")?;
    page.wait_gone("#drawer[open]")?;

    page.fill("#fq", "没有这样的事项")?;
    page.wait_for("#list .empty")?;
    page.eval("history.back()")?;
    page.wait("!location.search.includes('q=')")?;
    page.wait_for("tr[data-id]")?;
    let (name, bytes) = page.download("main a[href='/matters/ledger.xlsx']")?;
    assert_eq!((name.as_str(), bytes.get(..4)), ("ledger.xlsx", Some(&b"PK\x03\x04"[..])));
    Ok(())
}

/// Two confirmed matters are ticked and handed out with the same five haves, after a look at what
/// would come of each.
fn several_are_handed_out_at_once(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.open("/matters?stage=stage-confirmed&sort=number")?;
    let ticked: Vec<String> = rows(&page)?.into_iter().take(2).collect();
    assert_eq!(ticked.len(), 2, "the demonstration has confirmed matters");
    for id in &ticked {
        page.click(&format!("tr[data-id='{id}'] .cb"))?;
    }
    assert_eq!(page.text("#bulkn")?, "2");
    page.follow("#bulk button[type=submit]")?;
    for name in ["standard", "rule", "procedure", "evidence"] {
        page.fill(&format!("#{name}"), "写明")?;
    }
    page.select("#remedy", "remedy-within")?;
    page.select("#checking", &CHECKERS[0].to_string())?;
    page.follow("button[value=preview]")?;
    assert_eq!(page.count(".list .res.g")?, 2, "both could be handed out");
    let held = page.eval("document.getElementById('standard').value")?;
    assert_eq!(held, "写明", "the preview keeps what was typed");
    assert_eq!(page.axe()?, Vec::<String>::new());
    page.open(&format!("/matters/{}", ticked[0]))?;
    assert!(page.text(".mh dl")?.contains("待交办"), "a preview does nothing");
    page.eval("history.back()")?;
    page.wait_for("button[value=do]")?;
    page.follow("button[value=do]")?;
    page.wait_for_text("2 件中 2 件已交办")?;
    for id in &ticked {
        page.open(&format!("/matters/{id}"))?;
        assert!(page.text(".mh dl")?.contains("待签收"), "{}", page.text(".mh dl")?);
    }
    Ok(())
}

/// Any piece of Chinese text finds, in the palette and on the page; so does a name.
fn found_by_a_piece_of_text(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.press("Control+k")?;
    page.wait_for("#pal[open] #pallist a")?;
    page.click("#palq")?;
    page.type_text("欠薪投诉")?;
    page.wait("document.querySelector('#pallist a').textContent.includes('欠薪投诉')")?;
    page.turn(|page| page.press("Enter"))?;
    assert!(page.text("h1")?.contains("欠薪投诉"));
    // Whoever is faster than the list gets what was typed, not what was listed before.
    page.press("Control+k")?;
    page.wait_for("#pal[open] #pallist a")?;
    page.click("#palq")?;
    page.type_text("工资")?;
    page.turn(|page| page.press("Enter"))?;
    assert!(page.url()?.contains("/search?q="), "{}", page.url()?);

    page.open("/search")?;
    page.fill("main input[name=q]", "罗志刚")?;
    page.follow("main form[action='/search'] button")?;
    page.wait_for_text("督查科科长")?;
    page.fill("main input[name=q]", "工资")?;
    page.follow("main form[action='/search'] button")?;
    let found = total(&page, "q=%E5%B7%A5%E8%B5%84")?;
    assert!(found > 0);
    let shown = page.text("main section.card .hd span")?;
    assert_eq!(shown, found.to_string());
    Ok(())
}

/// The newest entry of the log proves itself; every figure that the office works by has a source.
fn the_log_and_the_figures(world: &World<'_>) -> Outcome {
    let page = world.sign_in(16, Screen::DESK)?;
    page.open("/log")?;
    page.follow("table.lg tbody a[href^='/log/']")?;
    page.wait_for_text("核验一致")?;
    assert!(page.text("main")?.contains("\"v\""), "the leaf itself is shown");
    page.open("/log")?;
    page.follow("a[rel=next]")?;
    assert_eq!(page.count("table.lg tbody tr")?, 50);
    page.open("/log")?;
    let (name, bytes) = page.download("a[href='/log/checkpoint']")?;
    let lines = String::from_utf8_lossy(&bytes).lines().count();
    assert!(lines >= 3, "{name} has {lines} lines");

    page.open("/policy")?;
    let figures = page.count("table.lg tbody tr")?;
    assert!(figures > 15, "{figures} figures");
    let blank = "[...document.querySelectorAll('table.lg tbody tr')]
        .filter(row => !row.cells[2].textContent.trim() || !row.cells[3].textContent.trim()).length";
    assert_eq!(page.eval(blank)?, 0, "a figure without a source or without who confirmed it");
    Ok(())
}
