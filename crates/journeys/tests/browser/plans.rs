//! A plan becomes a campaign.

use crate::Journey;
use crate::walks::OFFICE;
use journeys::{Folder, Outcome, Screen, World};
use std::path::Path;

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[("a_plan_is_adopted", a_plan_is_adopted)];

/// The plan of the examples under a name of its own.
fn plan(folder: &Folder) -> Outcome<std::path::PathBuf> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/plan.txt");
    let text = std::fs::read_to_string(&examples).map_err(|error| error.to_string())?;
    let path = folder.path().join("实施方案.txt");
    std::fs::write(&path, text).map_err(|error| error.to_string())?;
    Ok(path)
}

/// What is no plan is refused with a reason; a plan is read, corrected where the reader erred, and
/// adopted; what was typed stays when something is still missing.
fn a_plan_is_adopted(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    let folder = Folder::new("plan")?;
    let no_plan = folder.path().join("图.docx");
    std::fs::write(&no_plan, b"MZ\x90\0\x03\0\0\0").map_err(|error| error.to_string())?;
    page.open("/plans")?;
    page.upload("#document", &no_plan)?;
    page.click("form[action='/plans/read'] button[type=submit]")?;
    page.wait_for(".errbox:not([hidden])")?;
    page.expect_fault("422 for")?;

    page.open("/plans")?;
    page.upload("#document", &plan(&folder)?)?;
    page.follow("form[action='/plans/read'] button[type=submit]")?;
    page.wait_for_text("方案草稿")?;
    let (problems, tasks) =
        (page.count("input[name=keep-problem]")?, page.count("input[name=keep-task]")?);
    assert!(problems == 16 && tasks > 10, "{problems} problems, {tasks} tasks");

    page.fill("#title", "窗口服务提升专项行动方案")?;
    page.click("input[name=keep-problem][value='0']")?;
    page.click("input[name=keep-task][value='1']")?;
    page.select("select[name=owner-0]", "12")?;
    page.fill("input[name=due-0]", "2026-12-20")?;
    page.fill("input[name=deliverable-0]", "全员培训计划一份")?;
    page.follow("main form[action^='/plans/drafts'] button[type=submit]")?;
    // Another campaign runs over the same units: that needs a reason, and nothing typed is lost.
    page.wait_for(".errbox:not([hidden])")?;
    let held = "document.querySelector('[name=deliverable-0]').value";
    assert_eq!(page.eval(held)?, "全员培训计划一份");
    assert_eq!(page.eval("document.querySelector('#title').value")?, "窗口服务提升专项行动方案");
    let kept = page.count("input[name=keep-problem]:checked")?;
    assert_eq!(kept, problems - 1, "the box stays without its tick");
    assert_eq!(page.axe()?, Vec::<String>::new());
    page.fill("#overlap", "上级单独部署，并入同一台账督办")?;
    page.follow("main form[action^='/plans/drafts'] button[type=submit]")?;

    page.wait_for(".flash")?;
    assert_eq!(page.text("h1")?, "窗口服务提升专项行动方案");
    assert_eq!(page.count("table.lg tbody tr")?, tasks - 1);
    page.wait_for_text("全员培训计划一份")?;
    page.wait_for_text("人事科科长")?;
    page.open("/plans")?;
    page.follow("text=窗口服务提升专项行动方案")?;
    Ok(())
}
