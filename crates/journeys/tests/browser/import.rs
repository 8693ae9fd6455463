//! A ledger comes in through the pages: uploaded, its columns told, corrected in place, imported,
//! the rest given back, and all of it undone.

use crate::Journey;
use journeys::{Folder, Outcome, Page, Screen, World};
use std::path::PathBuf;

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[
    ("a_ledger_comes_in", a_ledger_comes_in),
    ("a_ledger_without_scripts", a_ledger_without_scripts),
    ("a_ledger_in_english", a_ledger_in_english),
];

/// The campaign office, which imports and undoes.
const OFFICE: u32 = 8;

/// Four rows: a good one, a day that there is not, a unit that is nearly right, a source unknown.
/// `name` keeps the titles of one journey apart from those of another.
fn ledger(folder: &Folder, name: &str) -> Outcome<PathBuf> {
    let rows = [
        ("排队过长", "社会保险科", "自查", "12.20"),
        ("一次没说清", "社会保险科", "自查", "2026-02-30"),
        ("材料重复要", "社会保险", "自查", "2026-12-18"),
        ("电话没人接", "信访科", "道听途说", "2026-12-18"),
    ];
    let head = "整改台账\n问题描述,问题类别,责任科室,来源,完成时限\n".to_owned();
    let lines = rows.map(|(title, unit, source, due)| {
        format!("{name}{title},窗口服务差,{unit},{source},{due}\n")
    });
    let text = head + &lines.concat();
    let path = folder.path().join("台账.csv");
    std::fs::write(&path, text).map_err(|error| error.to_string())?;
    Ok(path)
}

/// Nothing for axe and nothing to scroll sideways, on a desk and on a telephone.
fn is_sound(page: &Page) -> Outcome {
    for screen in [Screen::PHONE, Screen::DESK] {
        page.resize(screen)?;
        let faults = page.axe()?;
        assert!(faults.is_empty(), "{}:\n{}", page.url()?, faults.join("\n"));
        let wide = page.eval("document.documentElement.scrollWidth > innerWidth + 1")?;
        assert_eq!(wide.as_bool(), Some(false), "{} scrolls sideways", page.url()?);
    }
    Ok(())
}

fn a_ledger_comes_in(world: &World<'_>) -> Outcome {
    let folder = Folder::new("import")?;
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.open("/matters")?;
    page.follow(".ph a[href='/import']")?;
    is_sound(&page)?;
    page.upload("#table", &ledger(&folder, "行程甲")?)?;
    page.follow("form[data-upload] button[type=submit]")?;
    page.wait_for_text("5 列里自动对上 5 列")?;
    is_sound(&page)?;
    page.follow("main form button.p")?;
    page.wait_for_text("1 行可以导入，3 行需要改")?;
    is_sound(&page)?;
    correct(&page)?;
    is_sound(&page)?;
    import_and_undo(&page)
}

/// A cell put right by hand, one by the suggestion; the sentence on top follows.
fn correct(page: &Page) -> Outcome {
    page.fill("#r4c4", "2026-12-28")?;
    page.press("Tab")?;
    page.wait_for_text("2 行可以导入，2 行需要改")?;
    assert!(page.text("#r4")?.contains("已修改，检查通过"));
    page.click("#r5 button[name=use]")?;
    page.wait_for_text("3 行可以导入，1 行需要改")?;
    assert_eq!(page.eval("document.querySelector('#r5c2').value")?, "社会保险科");
    assert_eq!(page.text("#imptabs a:nth-child(3) span")?, "3", "the tabs count along");
    Ok(())
}

fn import_and_undo(page: &Page) -> Outcome {
    page.follow("#impsum form button")?;
    page.wait_for_text("已导入 3 行")?;
    is_sound(page)?;
    let (name, bytes) = page.download("a[href$='rest.xlsx']")?;
    assert_eq!((name.as_str(), bytes.get(..2)), ("rest.xlsx", Some(&b"PK"[..])));
    page.follow("form[action$='undo'] button")?;
    page.wait_for_text("已撤销 3 件")?;
    is_sound(page)?;
    page.open("/matters?q=行程甲&stage=stage-not-upheld")?;
    assert_eq!(page.count("table.lg tbody tr")?, 3);
    Ok(())
}

fn a_ledger_without_scripts(world: &World<'_>) -> Outcome {
    let folder = Folder::new("import-plain")?;
    let page = world.sign_in(OFFICE, Screen::PHONE)?;
    page.scripts_off()?;
    page.open("/import")?;
    page.upload("#table", &ledger(&folder, "行程乙")?)?;
    page.follow("form[data-upload] button[type=submit]")?;
    page.follow("main form button.p")?;
    page.fill("#r4c4", "2026-12-28")?;
    page.follow("#r4 .imp-go button")?;
    page.wait_for_text("2 行可以导入，2 行需要改")?;
    page.follow("#impsum form button")?;
    page.wait_for_text("已导入 2 行")
}

fn a_ledger_in_english(world: &World<'_>) -> Outcome {
    let folder = Folder::new("import-english")?;
    let page = world.page(Screen::PHONE)?;
    page.set_cookie("lang", "en")?;
    page.sign_in(OFFICE)?;
    page.open("/import")?;
    is_sound(&page)?;
    page.resize(Screen::PHONE)?;
    page.upload("#table", &ledger(&folder, "行程丙")?)?;
    page.follow("form[data-upload] button[type=submit]")?;
    is_sound(&page)?;
    page.follow("main form button.p")?;
    page.wait_for_text("1 can go in, 3 need correcting")?;
    is_sound(&page)
}
