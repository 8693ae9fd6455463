//! Every word of the driver, tried on pages that were made for it.

use crate::Journey;
use journeys::{Browser, Folder, Outcome, Page, Screen, World, build_folder, travel};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

pub(crate) const TRIALS: &[(&str, Journey)] = &[
    ("open_and_read", open_and_read),
    ("signed_in_apart", signed_in_apart),
    ("click_waits", click_waits),
    ("click_says_why_not", click_says_why_not),
    ("fill_and_select", fill_and_select),
    ("keys", keys),
    ("upload", upload),
    ("download", download),
    ("without_scripts", without_scripts),
    ("pictures", pictures),
    ("axe_finds", axe_finds),
    ("faults", faults),
    ("offline", offline),
];

fn desk(world: &World<'_>, path: &str) -> Outcome<Page> {
    let page = world.page(Screen::DESK)?;
    page.open(path)?;
    Ok(page)
}

/// The same page for things that must not happen.
fn hasty(page: &Page) -> Page {
    page.with_patience(Duration::from_millis(200))
}

/// What must not work, and the words in which it did not.
trait Refused {
    fn refused(self) -> String;
}

impl<T> Refused for Outcome<T> {
    fn refused(self) -> String {
        self.map(drop).expect_err("this must not work")
    }
}

fn open_and_read(world: &World<'_>) -> Outcome {
    let page = world.page(Screen::PHONE)?;
    assert_eq!(page.open("/next")?, 200);
    assert_eq!(page.eval("innerWidth")?, json!(390));
    assert_eq!((page.text("h1")?.as_str(), page.count("p")?), ("/next", 1));
    page.wait_for_text("next page")?;
    page.resize(Screen::DESK)?;
    assert_eq!(page.eval("innerWidth")?, json!(1440));
    // A page that is not there is an answer; a server that is not there is none.
    assert_eq!((page.open("/missing")?, page.status()), (404, Some(404)));
    assert_eq!(page.open(&format!("{}/late", world.base()))?, 200);
    page.wait_for("#place")?;
    page.wait_gone("#none")?;
    assert!(hasty(&page).wait_for("#none").is_err(), "there, but hidden");
    assert!(hasty(&page).wait_for_text("hidden words").is_err());
    assert_eq!(page.text("#none")?, "hidden words");
    assert!(page.eval("nothing.at.all").refused().contains("ReferenceError"));
    assert!(page.open("http://127.0.0.1:1/").refused().contains("net::ERR_"));
    page.expect_fault("127.0.0.1:1").map(drop)
}

fn signed_in_apart(world: &World<'_>) -> Outcome {
    let (one, other) = (world.sign_in(1, Screen::DESK)?, world.page(Screen::DESK)?);
    other.set_cookie("lang", "en")?;
    other.open("/")?;
    for page in [&one, &other] {
        assert_eq!(page.eval("document.hasFocus()")?, true, "each is in front");
    }
    assert_eq!(one.text("#told")?, "post=1 zh-CN,zh;q=0.9");
    assert!(other.text("#told")?.starts_with("lang=en "));
    let cookies = one.cookies()?;
    let cookie = &cookies[0];
    assert_eq!((cookies.len(), cookie.name.as_str(), cookie.value.as_str()), (1, "post", "1"));
    assert!(cookie.is_http_only && !cookie.is_secure && cookie.same_site == "Lax");
    let refused = other.sign_in(404).refused();
    assert!(refused.contains("403"), "{refused}");
    other.expect_fault("403").map(drop)
}

/// The button comes late, is disabled, and then runs away for a while.
fn click_waits(world: &World<'_>) -> Outcome {
    let page = desk(world, "/late")?;
    page.click("text=late")?;
    page.wait_for_text("clicked at rest")?;
    page.open("/form")?;
    page.follow("text=下一页")?;
    assert!(page.url()?.ends_with("/next"));
    assert_eq!(page.text("p")?, "the next page");
    assert!(hasty(&page).turn(|page| page.click("h1")).is_err(), "no other document came");
    Ok(())
}

fn click_says_why_not(world: &World<'_>) -> Outcome {
    let page = hasty(&desk(world, "/covered")?);
    let why = |selector: &str| page.click(selector).refused();
    assert!(why("#under").contains("covered by <div id="), "{}", why("#under"));
    assert!(why("#off").contains("disabled"));
    assert!(why("#gone").contains("not there"));
    assert!(why("#gone").contains("/covered"), "it says where it stood");
    assert!(why("a[").contains("not a valid selector"));
    Ok(())
}

fn fill_and_select(world: &World<'_>) -> Outcome {
    let page = desk(world, "/form")?;
    page.fill("[name=words]", "改好了")?;
    page.fill("[name=more]", "")?;
    page.fill("[name=day]", "2026-11-23")?;
    page.select("[name=unit]", "养老科")?;
    page.click("text=agreed")?;
    let log = "input:words change:words Delete=Delete input:more change:more input:day change:day \
               input:unit change:unit input:agreed change:agreed";
    let keys = page.text("#log")?;
    assert_eq!(keys, log);
    let hasty = hasty(&page);
    assert!(hasty.fill("[name=words]", "seven..").refused().contains("not \"seven..\""));
    assert!(hasty.select("[name=unit]", "失业科").refused().contains("养老科"));
    assert!(hasty.select("[name=unit]", "工伤科").refused().contains("disabled"));
    page.fill("[name=words]", "ok")?;
    page.select("[name=unit]", "7")?;
    page.follow("text=提交")?;
    assert_eq!(page.text("#echo")?, "words=ok&more=&day=2026-11-23&unit=7&agreed=yes&go=1");
    Ok(())
}

fn keys(world: &World<'_>) -> Outcome {
    let page = desk(world, "/form")?;
    for key in ["j", "?", "Escape", "Control+k", "Space"] {
        page.press(key)?;
    }
    assert_eq!(page.text("#log")?, "KeyJ=j S-Slash=? Escape=Escape C-KeyK=k Space=");
    page.click("[name=words]")?;
    page.press("Tab")?;
    assert_eq!(page.eval("document.activeElement.name")?, "more");
    page.press("Shift+Tab")?;
    page.press("End")?;
    page.press("x")?;
    assert_eq!(page.eval("document.activeElement.value")?, "oldx");
    page.turn(|page| page.press("Enter"))?;
    assert!(page.text("#echo")?.starts_with("words=oldx&"));
    assert!(page.press("NoSuchKey").is_err());
    Ok(())
}

fn upload(world: &World<'_>) -> Outcome {
    let folder = Folder::new("upload")?;
    let file = folder.path().join("方案.txt");
    std::fs::write(&file, "三十天").map_err(|error| error.to_string())?;
    let page = desk(world, "/form")?;
    page.upload("#file", &file)?;
    page.wait_for_text("方案.txt:三十天")?;
    assert!(page.upload("#file", Path::new("no-such-file")).is_err());
    Ok(())
}

fn download(world: &World<'_>) -> Outcome {
    let page = desk(world, "/save")?;
    for _ in 0..2 {
        let (name, bytes) = page.download("text=save")?;
        assert_eq!((name.as_str(), bytes.as_slice()), ("台账.csv", &b"a,b"[..]));
    }
    assert_eq!(page.text("h1")?, "/save", "it stays where it is");
    assert!(hasty(&page).download("h1").refused().contains("nothing yet"));
    Ok(())
}

fn without_scripts(world: &World<'_>) -> Outcome {
    let page = desk(world, "/script")?;
    assert_eq!(page.text("#p")?, "written by a script");
    page.scripts_off()?;
    page.open("/script")?;
    assert_eq!(page.text("#p")?, "written by the server");
    page.wait_for_text("no scripts here")?;
    page.follow("text=on")?;
    assert_eq!(page.text("p")?, "the next page");
    page.open("/form")?;
    page.fill("[name=words]", "plain")?;
    page.follow("text=提交")?;
    assert!(page.text("#echo")?.starts_with("words=plain&"));
    assert!(page.faults().is_empty());
    // A policy is broken without a script too, and then only the browser itself can say so.
    page.open("/inline-style")?;
    page.expect_fault("style-src").map(drop)
}

/// Width and height, from the head of a PNG file.
fn size(path: &Path) -> Outcome<(u32, u32)> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    assert_eq!(bytes.get(1..4), Some(&b"PNG"[..]));
    let number =
        |at: usize| bytes[at..at + 4].iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
    Ok((number(16), number(20)))
}

fn pictures(world: &World<'_>) -> Outcome {
    let folder = Folder::new("pictures")?;
    let path = folder.path().join("a.png");
    let page = desk(world, "/long")?;
    page.screenshot(&path, false)?;
    assert_eq!(size(&path)?, (1440, 900));
    page.screenshot(&path, true)?;
    let (width, height) = size(&path)?;
    assert!(width == 1440 && height > 3000, "{width} x {height}");
    page.resize(Screen { scale: 2.0, ..Screen::PHONE })?;
    page.screenshot(&path, false)?;
    assert_eq!(size(&path)?, (780, 1688));
    assert!(page.screenshot(&folder.path().join("no/a.png"), false).is_err());
    Ok(())
}

fn axe_finds(world: &World<'_>) -> Outcome {
    let page = desk(world, "/axe")?;
    let found = page.axe()?;
    let rules: Vec<&str> = found.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(rules, ["image-alt", "link-name"], "{found:?}");
    assert!(found[0].contains("[critical]") && found[0].ends_with("img"), "{}", found[0]);
    page.open("/next")?;
    assert_eq!(page.axe()?, Vec::<String>::new());
    Ok(())
}

/// Page, and what must be said of it.
const FAULTY: &[(&str, &str)] = &[
    ("/console", "console.error: bad 7"),
    ("/throw", "exception: Error: thrown here"),
    ("/reject", "exception: Error: rejected here"),
    ("/inline-script", "CSP script-src-elem: inline"),
    ("/inline-style", "CSP style-src-attr: inline"),
    ("/elsewhere", "CSP img-src: http://127.0.0.2:9/x.png"),
    ("/no-image", "/missing.png"),
    ("/no-script", "404 for "),
    ("/cut-image", "failed load of "),
    ("/ask", "confirm dialog: sure?"),
    ("/broken", "500 for "),
];

fn faults(world: &World<'_>) -> Outcome {
    let page = desk(world, "/form")?;
    assert_eq!(page.faults(), Vec::<String>::new());
    for (path, part) in FAULTY {
        page.open(path)?;
        let found = page.expect_fault(part).map_err(|why| format!("{path}: {why}"))?;
        // A breach of the policy is told by the page and by the browser, anything else once.
        let is_breach = part.starts_with("CSP");
        let told_again = if is_breach { page.expect_fault("")? } else { page.faults() };
        assert!(told_again.iter().all(|_| is_breach), "{path}: {found:?}, {told_again:?}");
    }
    assert!(hasty(&page).expect_fault("anything").is_err());
    Ok(())
}

fn offline(world: &World<'_>) -> Outcome {
    let page = desk(world, "/form")?;
    let fetch = "fetch('/next').then(a => a.status, () => 0)";
    page.offline(true)?;
    assert_eq!(page.eval(fetch)?, 0);
    page.expect_fault("ERR_INTERNET_DISCONNECTED")?;
    page.offline(false)?;
    assert_eq!(page.eval(fetch)?, 200);
    Ok(())
}

/// A journey fails by its own word, by a panic, and by a fault nobody looked for; its pages are
/// kept. One that did nothing wrong passes.
pub(crate) fn judged(browser: &Browser, base: &str) -> Outcome {
    let failed: [(&str, Journey, &str); 3] = [
        (
            "judged-word",
            |world| desk(world, "/next").and(Err("on purpose".to_owned())),
            "on purpose",
        ),
        (
            "judged-panic",
            |world| desk(world, "/next").map(|_| std::panic::resume_unwind(Box::new("by panic"))),
            "by panic",
        ),
        ("judged-fault", |world| desk(world, "/console").map(drop), "console.error: bad 7"),
    ];
    for (name, journey, part) in failed {
        let why = travel(browser, base, name, journey).expect_err(name);
        assert!(why.contains(part), "{why}");
        for ending in ["png", "html"] {
            let path = build_folder()?.join(format!("journeys/{name}-1.{ending}"));
            assert!(std::fs::remove_file(&path).is_ok(), "{} was not kept", path.display());
        }
    }
    travel(browser, base, "judged-well", |world| desk(world, "/next").map(drop))
}
