//! What a journey is given, and how it is judged.

use crate::link::lock;
use crate::{Browser, Outcome, Page, Screen, build_folder};
use serde_json::json;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;

/// A server and a browser, seen by one journey.
#[derive(Debug)]
pub struct World<'a> {
    browser: &'a Browser,
    base: &'a str,
    pages: Mutex<Vec<Page>>,
}

impl World<'_> {
    /// A new page of somebody who is not signed in, still empty.
    ///
    /// # Errors
    /// A sentence when the browser has gone.
    pub fn page(&self, screen: Screen) -> Outcome<Page> {
        let page = self.browser.page(self.base, screen)?;
        lock(&self.pages).push(page.clone());
        Ok(page)
    }

    /// A new page of the holder of a post, at their first screen. Two pages are two persons.
    ///
    /// # Errors
    /// A sentence when the demonstration does not let the post in.
    pub fn sign_in(&self, post: u32, screen: Screen) -> Outcome<Page> {
        let page = self.page(screen)?;
        page.sign_in(post)?;
        Ok(page)
    }

    /// Where the server under test listens, without a slash at the end.
    pub fn base(&self) -> &str {
        self.base
    }
}

impl Page {
    /// Opens a session as the holder of a post, as only the demonstration allows, and goes to the
    /// first screen.
    ///
    /// # Errors
    /// A sentence when the server does not let the post in or shows no page.
    pub fn sign_in(&self, post: u32) -> Outcome {
        self.open("/")?;
        let body = json!({"post": post}).to_string();
        let asked = json!({"method": "POST", "headers": {"content-type": "application/json"},
            "body": body});
        let answer = self.eval(&format!("fetch('/demo/login', {asked}).then(a => a.status)"))?;
        match answer.as_u64() {
            Some(200..=399) => {}
            _ => return Err(format!("POST /demo/login for post {post}: {answer}")),
        }
        match self.open("/")? {
            200 => Ok(()),
            status => Err(format!("/ answers post {post} with {status}")),
        }
    }
}

/// Runs a journey with a world of its own, and fails it when one of its pages did anything wrong.
/// What the pages showed at a failure is kept as PNG and HTML in `target/journeys/`.
///
/// # Errors
/// What the journey or its pages did wrong, with the names of the files kept.
pub fn travel(
    browser: &Browser,
    base: &str,
    name: &str,
    journey: impl FnOnce(&World<'_>) -> Outcome,
) -> Outcome {
    let world = World { browser, base, pages: Mutex::default() };
    // A failed assertion is a failure like any other, and its pages are kept too.
    let done = catch_unwind(AssertUnwindSafe(|| journey(&world)));
    let mut wrong: Vec<String> =
        done.unwrap_or_else(|panic| Err(words(&*panic))).err().into_iter().collect();
    let pages = std::mem::take(&mut *lock(&world.pages));
    wrong.extend(pages.iter().flat_map(Page::faults));
    if !wrong.is_empty() {
        for (number, page) in (1..).zip(&pages) {
            wrong.push(kept(page, &format!("{name}-{number}")).unwrap_or_else(|why| why));
        }
    }
    for page in &pages {
        page.close();
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
    text.unwrap_or_else(|| "the journey panicked".to_owned())
}

/// Keeps what a page shows, and says where.
fn kept(page: &Page, name: &str) -> Outcome<String> {
    let folder = build_folder()?.join("journeys");
    let trouble = |path: &Path, error| format!("{}: {error}", path.display());
    std::fs::create_dir_all(&folder).map_err(|error| trouble(&folder, error))?;
    let picture = folder.join(format!("{name}.png"));
    page.screenshot(&picture, true)?;
    let html = page.eval("document.documentElement.outerHTML")?;
    let source = folder.join(format!("{name}.html"));
    let written = std::fs::write(&source, html.as_str().unwrap_or_default());
    written.map_err(|error| trouble(&source, error))?;
    Ok(format!("see {} and {} ({})", picture.display(), source.display(), page.url()?))
}
