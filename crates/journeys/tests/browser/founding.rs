//! From the demonstration to the office's own campaign, without a new start of the program: the
//! staff list, the first links, the plan.

use journeys::{Browser, Demo, Outcome, Page, Screen, World, travel};

const PASSWORD: &str = "kettle harbour violin";

/// A staff list with one row that cannot be used.
const STAFF: &str = "单位,上级单位,岗位,级别,角色,任职人,起任日期
局机关,,局长,主要负责人,组长,甲一,2026-01-05
局机关,,督查科科长,科室负责人,领导小组办公室,乙二,2026-01-05
局机关,,系统管理岗,工作人员,系统管理员,丙三,2026-01-05
局机关,,安全保密岗,工作人员,安全管理员,丁四,2026-01-05
局机关,,审计岗,工作人员,审计管理员,戊五,2026-01-05
养老保险科,局机关,养老保险科科长,科室负责人,承办人,己六,2026-01-05
养老保险科,局机关,没有级别的岗,,承办人,庚七,2026-01-05
";

const PLAN: &str = "关于开展窗口作风整治的实施方案

为解决群众反映的问题，制定本方案。

一、整治重点

1.群众办事来回跑、反复跑。

2.承诺的事不兑现。

二、主要任务

（一）梳理办事材料清单。养老保险科于2026年12月31日前完成清单并公布。（责任科室：养老保险科）
";

/// Runs on a server of its own, since nothing of the demonstration is left afterwards.
pub(crate) fn walk(browser: &Browser) -> Outcome {
    let demo = Demo::start_to_end()?;
    let write = |name: &str, text: &str| {
        let path = demo.folder().join(name);
        std::fs::write(&path, text).map(|()| path).map_err(|error| error.to_string())
    };
    let (staff, plan) = (write("staff.csv", STAFF)?, write("plan.txt", PLAN)?);
    let name = "from_the_demonstration_to_earnest";
    travel(browser, demo.url(), name, |world| {
        let admin = world.sign_in(1, Screen::DESK)?;
        admin.click(".demobar summary")?;
        admin.follow(".demobar a[href='/demo/end']")?;
        admin.follow("main form button[type=submit]")?;
        clean(&admin, "an empty ledger")?;
        admin.upload("#staff", &staff)?;
        admin.follow("main form button[type=submit]")?;
        admin.wait_for_text("第8行“级别”列")?;
        clean(&admin, "a list that was read")?;
        admin.follow("main .card:first-of-type form button[type=submit]")?;
        enter(&admin, "admin")?;
        admin.wait_for_text("还没有采纳方案")?;
        admin.open("/posts")?;
        admin.follow("form[action='/people/invite'] button")?;
        let link = admin.eval(
            "[...document.querySelectorAll('main li')].find(one => one.textContent.includes('乙二'))\
             .querySelector('code').textContent",
        )?;
        clean(&admin, "links to hand out")?;
        adopt(world, link.as_str().unwrap_or_default(), &plan)
    })
}

/// The campaign office comes in by its link and adopts the plan.
fn adopt(world: &World<'_>, link: &str, plan: &std::path::Path) -> Outcome {
    let office = world.page(Screen::DESK)?;
    office.open(link)?;
    enter(&office, "office")?;
    office.open("/plans")?;
    office.upload("#document", plan)?;
    office.follow("form[action='/plans/read'] button[type=submit]")?;
    office.follow("form[action^='/plans/drafts/'] button[type=submit]")?;
    office.wait_for_text("窗口作风整治")?;
    assert!(office.url()?.contains("/plans/1"), "{}", office.url()?);
    Ok(())
}

/// Sets a login name and a password on the page of a one-time link.
fn enter(page: &Page, login: &str) -> Outcome {
    page.fill("#login", login)?;
    page.fill("#password", PASSWORD)?;
    page.follow("main form button[type=submit]")?;
    page.wait_for("nav.nav")
}

fn clean(page: &Page, what: &str) -> Outcome {
    let faults = page.axe()?;
    assert!(faults.is_empty(), "{what}: {}", faults.join("\n"));
    Ok(())
}
