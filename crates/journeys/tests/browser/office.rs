//! Accounts, tokens, posts: who is who, from the first day of an office.

use crate::Journey;
use crate::http::ask;
use crate::walks::OFFICE;
use journeys::{Demo, Outcome, Screen, World};
use serde_json::json;
use std::path::Path;

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[
    ("a_token_from_making_to_revoking", a_token_from_making_to_revoking),
    ("a_post_is_handed_over", a_post_is_handed_over),
    ("the_first_day_of_an_office", the_first_day_of_an_office),
];

/// The post that is handed over, and who keeps the staff list.
const POST: u32 = 47;
const KEEPER: u32 = 57;

/// A token is shown once, does what its maker may do, and is good for nothing when revoked.
fn a_token_from_making_to_revoking(world: &World<'_>) -> Outcome {
    let page = world.sign_in(OFFICE, Screen::DESK)?;
    page.open("/me")?;
    page.fill("#token-name", "值班脚本")?;
    page.follow("form[action='/me/tokens'] button")?;
    let token = page.text(".flash code")?;
    let list = || ask(world.base(), "GET", "/api/v1/matters?limit=1", &token, None);
    let (status, answer) = list()?;
    assert_eq!((status, answer["matters"].as_array().map(Vec::len)), (200, Some(1)), "{answer}");
    let matter = json!({"title": "接口登记的问题", "problem": "P32", "unit": 10,
        "source": "source-self-check"});
    let (status, made) = ask(world.base(), "POST", "/api/v1/matters", &token, Some(&matter))?;
    assert_eq!(status, 201, "{made}");
    page.open(&format!("/matters/{}", made["matter"]["no"]))?;
    assert_eq!(page.text("h1")?, "接口登记的问题");

    page.open("/me")?;
    assert!(!page.text("main")?.contains(&token), "a token is shown this once");
    page.wait_for_text("2027-02-21 失效")?;
    page.follow("form[action='/me/tokens/revoke'] button")?;
    assert_eq!(list()?.0, 401);
    Ok(())
}

/// Somebody new is appointed; both sides confirm what is handed over, and no matter changes.
fn a_post_is_handed_over(world: &World<'_>) -> Outcome {
    let outgoing = world.sign_in(POST, Screen::DESK)?;
    let keeper = world.sign_in(KEEPER, Screen::DESK)?;
    let place = format!("/posts/{POST}");
    keeper.open(&place)?;
    keeper
        .eval("document.querySelector('form[action$=appoint]').closest('details').open = true")?;
    keeper.fill("#name", "新来的岗位人员")?;
    // A day before the present holder came is refused, and what was typed is still there.
    keeper.fill("form[action$=appoint] [name=from]", "2020-01-01")?;
    keeper.follow("form[action$=appoint] button[type=submit]")?;
    keeper.wait_for(".errbox")?;
    assert_eq!(keeper.axe()?, Vec::<String>::new());
    assert_eq!(keeper.eval("document.getElementById('name').value")?, "新来的岗位人员");
    keeper.fill("form[action$=appoint] [name=from]", "2026-11-23")?;
    keeper.follow("form[action$=appoint] button[type=submit]")?;
    keeper.wait_for(".flash")?;
    keeper.wait_for_text("新来的岗位人员")?;
    assert_eq!(keeper.count("form[action$=confirm-handover]")?, 0, "it is not his to confirm");

    let incoming = world.sign_in(POST, Screen::PHONE)?;
    incoming.open(&place)?;
    assert!(incoming.count(".next .list a[href^='/matters/']")? > 0, "what is handed over");
    for page in [&incoming, &outgoing] {
        page.open(&place)?;
        page.follow("form[action$=confirm-handover] button")?;
        page.wait_for(".flash")?;
    }
    keeper.open(&place)?;
    assert_eq!(keeper.count(".next")?, 0, "both have confirmed, and it is over");
    Ok(())
}

/// A real store has no account until its first link is used; then a password opens the door, a
/// wrong one does not, and whoever signs out is out.
fn the_first_day_of_an_office(world: &World<'_>) -> Outcome {
    let posts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/posts.csv");
    let office = Demo::office(&posts)?;
    let printed = office.printed().join("\n");
    let link =
        printed.split_whitespace().find_map(|word| word.find("/welcome/").map(|at| &word[at..]));
    let link = link.ok_or_else(|| format!("no link in {printed:?}"))?;
    let at = |path: &str| format!("{}{path}", office.url());
    let page = world.page(Screen::DESK)?;
    page.open(&at("/matters"))?;
    assert!(page.url()?.contains("/sign-in"), "without an account there is only the door");
    page.open(&at(link))?;
    assert!(page.text("h1")?.contains("樊致中"), "{}", page.text("h1")?);
    let enter = |login: &str, password: &str| {
        page.fill("#login", login)?;
        page.fill("#password", password)?;
        page.follow("main form button[type=submit]")
    };
    enter("fanzz", "12345678")?;
    page.wait_for(".errbox")?;
    assert_eq!(page.status(), Some(422));
    assert_eq!(page.axe()?, Vec::<String>::new());
    enter("fanzz", "青松 卷宗 渡口 风铃 豆浆")?;
    page.wait_for("nav")?;
    assert_eq!(page.status(), Some(200));
    page.open(&at("/me"))?;
    page.wait_for_text("系统管理岗")?;
    page.follow("main form[action='/sign-out'] button")?;
    page.open(&at("/me"))?;
    assert!(page.url()?.contains("/sign-in?next="), "{}", page.url()?);

    enter("fanzz", "青松 卷宗 渡口 风铃 油条")?;
    page.wait_for_text("不对")?;
    assert_eq!(page.status(), Some(401));
    assert_eq!(page.eval("document.getElementById('password').value")?, "");
    enter("fanzz", "青松 卷宗 渡口 风铃 豆浆")?;
    assert!(page.url()?.ends_with("/me"), "it leads on to where one wanted to go: {}", page.url()?);
    assert_eq!(page.open(&at(link))?, 404, "the link works once");
    Ok(())
}
