//! The journeys of an office through its program, by post. One per role and per thing that only a
//! browser can show; what a handler or a fragment can show is tested there.

use crate::Journey;
use journeys::{Outcome, Page, Screen, World};

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[
    ("first_screen", first_screen),
    ("a_matter_goes_round", a_matter_goes_round),
    ("the_ledger_by_keyboard", the_ledger_by_keyboard),
    ("english_on_a_phone", english_on_a_phone),
    ("reading_without_scripts", reading_without_scripts),
    ("nothing_for_axe", nothing_for_axe),
];

/// Posts of the invented bureau: the head of the campaign office, an owner, checkers of two other
/// units.
pub(crate) const OFFICE: u32 = 8;
const OWNER: u32 = 25;
pub(crate) const CHECKERS: [u32; 2] = [14, 24];

/// Whoever comes in by the demonstration sees a page with one title.
fn first_screen(world: &World<'_>) -> Outcome {
    let page = world.sign_in(1, Screen::DESK)?;
    page.wait_for("h1")?;
    assert_eq!(page.count("h1")?, 1, "one title per page");
    assert!(!page.text("h1")?.is_empty());
    Ok(())
}

/// Opens a folded form unless the page has opened it already.
pub(crate) fn unfold(page: &Page, command: &str) -> Outcome {
    page.wait_for(&format!("#{command}"))?;
    page.eval(&format!("document.getElementById('{command}').open = true"))?;
    Ok(())
}

/// Sends the form of a command and waits for the page that says it was done.
pub(crate) fn send(page: &Page, command: &str) -> Outcome {
    page.follow(&format!("#{command} button[type=submit]"))?;
    page.wait_for(".flash")?;
    Ok(())
}

/// A problem is named, confirmed, handed out, signed for, planned, reported with a record, checked
/// by two others and closed, each step by whoever may.
fn a_matter_goes_round(world: &World<'_>) -> Outcome {
    let office = world.sign_in(OFFICE, Screen::DESK)?;
    office.open("/matters/new")?;
    office.fill("#title", "大厅叫号屏字太小")?;
    office.select("#problem", "P32")?;
    office.eval(
        "const s = document.getElementById('unit'); \
        s.value = [...s.options].find(o => o.textContent === '社会保险科').value",
    )?;
    office.follow("main form button[type=submit]")?;
    office.wait_for(".flash")?;
    let address = office.url()?;
    let matter = address.split('?').next().unwrap_or_default().to_owned();

    unfold(&office, "command-confirm")?;
    send(&office, "command-confirm")?;
    unfold(&office, "command-assign")?;
    office.select("#command-assign-to", &OWNER.to_string())?;
    office.select("#command-assign-remedy", "remedy-at-once")?;
    for name in ["standard", "rule", "procedure", "evidence"] {
        office.fill(&format!("#command-assign-{name}"), "写明")?;
    }
    office.select("#command-assign-checking", &CHECKERS[0].to_string())?;
    send(&office, "command-assign")?;

    let owner = world.sign_in(OWNER, Screen::PHONE)?;
    owner.open(&matter)?;
    owner.follow("form[action$='command-accept'] button")?;
    unfold(&owner, "command-set-measure")?;
    for name in ["cause", "measure", "standard"] {
        owner.fill(&format!("#command-set-measure-{name}"), "写明")?;
    }
    send(&owner, "command-set-measure")?;
    unfold(&owner, "command-report-done")?;
    owner.fill("#command-report-done-system", "叫号系统")?;
    owner.fill("#command-report-done-reference", "20261123-1")?;
    send(&owner, "command-report-done")?;

    office.open(&matter)?;
    unfold(&office, "command-name-checkers")?;
    office
        .eval("document.querySelectorAll('[name=checkers]').forEach(box => box.checked = false)")?;
    for post in CHECKERS {
        office.click(&format!("[name=checkers][value='{post}']"))?;
    }
    send(&office, "command-name-checkers")?;
    for post in CHECKERS {
        let checker = world.sign_in(post, Screen::DESK)?;
        checker.open(&matter)?;
        unfold(&checker, "command-check")?;
        checker.fill("#command-check-findings", "现场看过，字已放大")?;
        send(&checker, "command-check")?;
    }
    office.open(&matter)?;
    unfold(&office, "command-close")?;
    send(&office, "command-close")?;
    assert!(office.text(".lt")?.contains("待回头看"));
    office.follow(".tl .proof")?;
    office.wait_for_text("核验一致")?;
    Ok(())
}

/// J and the space bar open the look at a matter; Escape closes it.
fn the_ledger_by_keyboard(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.open("/matters")?;
    page.press("j")?;
    page.press("Space")?;
    page.wait_for("#drawer[open] h3")?;
    page.press("Escape")?;
    page.wait_gone("#drawer[open]")?;
    Ok(())
}

/// The same pages in English and at 390 pixels, in small and large type: nothing scrolls sideways.
fn english_on_a_phone(world: &World<'_>) -> Outcome {
    let page = world.page(Screen::PHONE)?;
    page.set_cookie("lang", "en")?;
    page.sign_in(OFFICE)?;
    for big in ["0", "1"] {
        page.set_cookie("big", big)?;
        for path in
            ["/", "/matters", "/matters/1", "/posts", "/slips", "/log", "/policy", "/plans/1"]
        {
            page.open(path)?;
            let wide = page.eval("document.documentElement.scrollWidth > innerWidth + 1")?;
            assert_eq!(wide.as_bool(), Some(false), "{path} scrolls sideways, large type {big}");
        }
    }
    // What has no tab is in the menu of the head.
    page.click(".mmenu summary")?;
    page.follow(".mmenu a[href='/slips']")?;
    assert_eq!(page.text("h1")?, "Slips");
    page.open("/matters")?;
    assert_eq!(page.text("h1")?, "Ledger");
    Ok(())
}

/// Without scripts every page can be read and every list filtered.
fn reading_without_scripts(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.scripts_off()?;
    page.open("/matters?standing=standing-overdue")?;
    assert!(page.count("table.lg tbody tr")? > 3);
    page.follow("table.lg tbody a.ti")?;
    assert!(page.count(".tl li")? > 3);
    Ok(())
}

/// axe finds nothing on any page, at both widths.
fn nothing_for_axe(world: &World<'_>) -> Outcome {
    let mut found = Vec::new();
    for screen in [Screen::DESK, Screen::PHONE] {
        let page = world.sign_in(OFFICE, screen)?;
        for path in [
            "/",
            "/matters",
            "/matters/1",
            "/matters/new",
            "/matters/bulk?ids=1",
            "/slips",
            "/slips/1",
            "/plans",
            "/plans/1",
            "/posts",
            "/posts/8",
            "/policy",
            "/log",
            "/log/300",
            "/search",
            "/me",
            "/feedback",
            "/privacy",
        ] {
            page.open(path)?;
            let faults = page.axe()?;
            found.extend(faults.into_iter().map(|fault| format!("{path}: {fault}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}
