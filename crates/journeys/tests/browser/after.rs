//! What comes after, and what goes back: a look-back that finds the fault again, an objection to a
//! slip, a matter that its owner hands back.

use crate::Journey;
use crate::walks::{CHECKERS, OFFICE, send, unfold};
use journeys::{Outcome, Page, Screen, World};
use serde_json::{Value, json};

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[
    ("a_fault_comes_back", a_fault_comes_back),
    ("a_slip_is_objected_to", a_slip_is_objected_to),
    ("a_matter_is_handed_back_twice", a_matter_is_handed_back_twice),
];

/// Another journey hands this post over.
const HANDED_OVER: u32 = 47;
/// Somebody of the campaign office who did not sign, and a checker of it.
const SECOND: u32 = 9;
const CHECKER: u32 = 11;

/// The first matter of a list that offers a step to whoever looks at the page.
pub(crate) fn offering(page: &Page, query: &str, command: &str) -> Outcome<String> {
    let (list, command) = (json!(format!("/api/v1/matters?{query}")), json!(command));
    let found = page.eval(&format!(
        "(async () => {{ const get = async p => (await fetch(p)).json();
          for (const m of (await get({list})).matters) {{
            const moves = (await get(`/api/v1/matters/${{m.no}}/moves`)).moves;
            if (moves.some(one => one.command === {command})) return `/matters/${{m.no}}`;
          }} return null; }})()"
    ))?;
    let found = found.as_str().map(str::to_owned);
    found.ok_or_else(|| format!("no matter of {query} offers {command}"))
}

/// The owner of a matter that such a list has and that offers this step to him: his post, his page
/// and the matter. Which ones the demonstration has is its own affair.
pub(crate) fn owner_of(
    world: &World<'_>,
    query: &str,
    command: &str,
) -> Outcome<(u32, Page, String)> {
    let office = world.sign_in(OFFICE, Screen::DESK)?;
    let list = json!(format!("/api/v1/matters?{query}&limit=100"));
    let posts = office.eval(&format!(
        "fetch({list}).then(a => a.json()).then(a => [...new Set(a.matters.map(m => m.post))])"
    ))?;
    for post in posts.as_array().into_iter().flatten().filter_map(Value::as_u64) {
        let post = u32::try_from(post).unwrap_or_default();
        if post == HANDED_OVER {
            continue;
        }
        let page = world.sign_in(post, Screen::DESK)?;
        if let Ok(matter) = offering(&page, &format!("{query}&post={post}"), command) {
            return Ok((post, page, matter));
        }
    }
    Err(format!("no owner of {query} is offered {command}"))
}

/// Goes on from another post, by the bar of the demonstration.
fn act_as(page: &Page, post: u32) -> Outcome {
    page.click(".demobar summary")?;
    page.select("#demopost", &post.to_string())?;
    page.follow(".demobar form button")
}

/// Thirty days on a checker looks again and finds the fault: the matter is open again under the
/// number that it had, and its course says so.
fn a_fault_comes_back(world: &World<'_>) -> Outcome {
    let page = world.sign_in(CHECKER, Screen::PHONE)?;
    let matter = offering(&page, "stage=stage-closed&limit=100", "command-look-back")?;
    page.open(&matter)?;
    let (title, number) = (page.text("h1")?, page.text(".crumb")?);
    unfold(&page, "command-look-back")?;
    page.click("#command-look-back label:has(input[value=no])")?;
    page.fill("#command-look-back-note", "抽查 20 件，又有 3 件让群众重复提交材料")?;
    send(&page, "command-look-back")?;
    assert_eq!((page.text("h1")?, page.text(".crumb")?), (title, number));
    assert!(page.url()?.contains(&matter));
    assert!(page.text(".tl li")?.contains("反弹重开"), "{}", page.text(".tl li")?);
    page.wait_for_text("又有 3 件让群众重复提交材料")?;
    assert!(page.text(".mh dl")?.contains("整改中"), "{}", page.text(".mh dl")?);

    act_as(&page, OFFICE)?;
    assert!(page.url()?.ends_with(&matter), "the same page from another post: {}", page.url()?);
    page.wait_for_text("反弹 1 次")?;
    Ok(())
}

/// Opens the first slip that waits to be signed; the answer is its address and the post it is for.
fn next_to_sign(office: &Page) -> Outcome<(String, u32)> {
    office.open("/slips")?;
    let links =
        "[...document.querySelectorAll('main section:first-of-type a')].map(a => a.pathname)";
    let links = office.eval(links)?;
    for link in links.as_array().into_iter().flatten().filter_map(Value::as_str) {
        office.open(link)?;
        if office.count("form[action$='command-sign-slip']")? == 0 {
            continue;
        }
        // The bar of the demonstration has every post by its name.
        let to = office.eval(
            "[...document.querySelectorAll('#demopost option')]
               .map(o => [o.textContent.split(' · ')[0].trim(), o.value])
               .filter(o => document.querySelector('h1').textContent.trim().endsWith(o[0]))
               .sort((a, b) => b[0].length - a[0].length)[0]?.[1]",
        )?;
        let to = to.as_str().and_then(|to| to.parse().ok());
        return Ok((link.to_owned(), to.ok_or_else(|| format!("whom is {link} for?"))?));
    }
    Err("no slip waits to be signed".to_owned())
}

/// The office signs a slip, whoever got it objects, and somebody else than the signer decides.
fn a_slip_is_objected_to(world: &World<'_>) -> Outcome {
    let office = world.sign_in(OFFICE, Screen::DESK)?;
    let (slip, to) = next_to_sign(&office)?;
    office.fill("#command-sign-slip-reason", "到期前提醒")?;
    office.follow("form[action$='command-sign-slip'] button")?;
    office.wait_for(".flash")?;
    office.wait_for_text("异议须在")?;

    let owner = world.sign_in(to, Screen::PHONE)?;
    owner.open(&slip)?;
    // Without a reason it is refused, and says so beside the form.
    owner.follow("form[action$='command-object'] button")?;
    owner.wait_for(".errbox")?;
    owner.fill("#command-object-reason", "材料上周已报，卡在会签")?;
    owner.follow("form[action$='command-object'] button")?;
    owner.wait_for(".flash")?;

    office.open(&slip)?;
    assert_eq!(office.count("form[action*='decide-objection']")?, 0, "not the signer himself");
    let second = world.sign_in(SECOND, Screen::DESK)?;
    second.open("/slips")?;
    second.follow(&format!("main a[href='{slip}']"))?;
    second.wait_for_text("材料上周已报，卡在会签")?;
    second.fill("#command-decide-objection-reason", "会签单可查，情况属实")?;
    second.follow("form[action$='command-decide-objection'] button[type=submit]")?;
    second.wait_for(".flash")?;
    second.wait_for_text("会签单可查，情况属实")?;

    // Another one is not sent at all, with a reason.
    next_to_sign(&office)?;
    office.fill("#command-drop-slip-reason", "昨日已当面提醒")?;
    office.follow("form[action$='command-drop-slip'] button")?;
    office.wait_for(".flash")?;
    assert_eq!(office.count("form[action*='/slips/']")?, 0, "nothing is left to do");
    Ok(())
}

/// Hands a matter out to whoever the form proposes, unless told otherwise.
fn hand_out(office: &Page, matter: &str, to: Option<u32>) -> Outcome {
    office.open(matter)?;
    unfold(office, "command-assign")?;
    if let Some(to) = to {
        office.select("#command-assign-to", &to.to_string())?;
    }
    for name in ["standard", "rule", "procedure", "evidence"] {
        office.fill(&format!("#command-assign-{name}"), "写明")?;
    }
    office.select("#command-assign-checking", &CHECKERS[0].to_string())?;
    send(office, "command-assign")
}

fn decline(page: &Page, matter: &str, proposed: u32) -> Outcome {
    page.open(matter)?;
    unfold(page, "command-decline")?;
    page.select("#command-decline-proposed", &proposed.to_string())?;
    page.fill("#command-decline-rule", "三定方案第 7 条：这类事由该岗位承办")?;
    send(page, "command-decline")
}

/// An owner names the post that should have it. The second return goes to the office, which
/// decides for good: whoever is designated cannot hand it back.
fn a_matter_is_handed_back_twice(world: &World<'_>) -> Outcome {
    let (first, owner, matter) = owner_of(world, "stage=stage-assigned", "command-decline")?;
    let second = if first == 52 { 28 } else { 52 };
    decline(&owner, &matter, second)?;

    let office = world.sign_in(OFFICE, Screen::DESK)?;
    office.open(&matter)?;
    let proposed = "document.querySelector('#command-assign-to').value";
    assert_eq!(office.eval(proposed)?, second.to_string(), "the post that was named is proposed");
    hand_out(&office, &matter, None)?;
    let other = world.sign_in(second, Screen::DESK)?;
    decline(&other, &matter, first)?;
    office.open(&matter)?;
    office.wait_for_text("退回 2 次")?;
    let designate = "document.querySelector('#command-assign [name=designate]').checked";
    assert_eq!(office.eval(designate)?, true, "after two returns the owner is designated");
    hand_out(&office, &matter, Some(first))?;
    owner.open(&matter)?;
    owner.wait_for("form[action$='command-accept']")?;
    assert_eq!(owner.count("#command-decline")?, 0, "there is no third return");
    Ok(())
}
