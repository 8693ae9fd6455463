//! A page: where it is, what is in it, and what it did wrong. What a user does is in `acts`.

use crate::Outcome;
use crate::faults::{BINDING, LISTENER, Record};
use crate::link::Link;
use base64::Engine;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a page may take to become what the journey waits for.
const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const PAUSE: Duration = Duration::from_millis(25);

/// Turns a selector into the elements it means, the visible ones first. `text=…` means what can be
/// clicked and reads so, or else what has these words in it; anything else is CSS.
pub(crate) const LOOK: &str = r"(s => {
  const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible';
  const reads = e => (e.innerText || e.value || '').replace(/\s+/g, ' ').trim();
  if (s.startsWith('text=')) {
    const words = s.slice(5);
    const kinds = 'a, button, label, summary, input, [role=button], [role=link], [role=tab], ' +
      '[role=menuitem], [role=option], [role=switch]';
    const all = [...document.querySelectorAll(kinds)].filter(seen);
    const same = all.filter(e => reads(e) === words);
    return same.length ? same : all.filter(e => reads(e).includes(words));
  }
  const all = [...document.querySelectorAll(s)];
  return [...all.filter(seen), ...all.filter(e => !seen(e))];
})";

/// The size of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    /// Whether it is touched and lays pages out as a telephone does.
    pub is_phone: bool,
    /// Device pixels per CSS pixel.
    pub scale: f64,
}

impl Screen {
    /// The office computer.
    pub const DESK: Screen = Screen { width: 1440, height: 900, is_phone: false, scale: 1.0 };
    /// The telephone of an inspection and of a citizen.
    pub const PHONE: Screen = Screen { width: 390, height: 844, is_phone: true, scale: 1.0 };
}

/// What the browser keeps for the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    pub name: String,
    pub value: String,
    /// Whether scripts are kept from it.
    pub is_http_only: bool,
    pub is_secure: bool,
    /// `Strict`, `Lax`, `None`, or empty when the server did not say.
    pub same_site: String,
}

/// One page in a context of its own. Copies are the same page.
#[derive(Clone)]
pub struct Page {
    link: Arc<Link>,
    record: Arc<Record>,
    session: String,
    context: String,
    base: String,
    patience: Duration,
}

impl Page {
    pub(crate) fn new(
        link: Arc<Link>,
        session: &str,
        context: &str,
        base: &str,
        record: Arc<Record>,
    ) -> Page {
        let (session, context) = (session.to_owned(), context.to_owned());
        let base = base.trim_end_matches('/').to_owned();
        Page { link, record, session, context, base, patience: PATIENCE }
    }

    pub(crate) fn prepare(&self, screen: Screen) -> Outcome {
        for domain in ["Page", "Runtime", "Log", "Network", "Inspector"] {
            self.devtools(&format!("{domain}.enable"), &json!({}))?;
        }
        self.devtools("Runtime.addBinding", &json!({"name": BINDING}))?;
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({"source": LISTENER}))?;
        self.resize(screen)
    }

    /// The same page, waiting for something else than the usual 20 seconds.
    #[must_use]
    pub fn with_patience(&self, patience: Duration) -> Page {
        Page { patience, ..self.clone() }
    }

    /// One command of the protocol, for what the driver has no word for.
    ///
    /// # Errors
    /// A sentence with the browser's reason.
    pub fn devtools(&self, method: &str, params: &Value) -> Outcome<Value> {
        self.link.call(Some(&self.session), method, params)
    }

    /// Gives the page another window.
    ///
    /// # Errors
    /// A sentence when the browser refuses.
    pub fn resize(&self, screen: Screen) -> Outcome {
        let Screen { width, height, is_phone, scale } = screen;
        let metrics = json!({"width": width, "height": height, "mobile": is_phone,
            "deviceScaleFactor": scale});
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics)?;
        self.devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": is_phone}))?;
        Ok(())
    }

    /// Goes to an address (`/…` means the server under test) and waits until all of it is there.
    /// The answer is the status of the document; a refusal of the server is an answer.
    ///
    /// # Errors
    /// A sentence when nothing can be shown, or the page is not complete in time.
    pub fn open(&self, url: &str) -> Outcome<u16> {
        let base = if url.starts_with('/') { self.base.as_str() } else { "" };
        let url = format!("{base}{url}");
        let before = self.eval("performance.timeOrigin")?;
        let went = self.devtools("Page.navigate", &json!({"url": url}))?;
        if let Some(why) = went["errorText"].as_str().filter(|why| !why.is_empty()) {
            return Err(format!("{url}: {why}"));
        }
        // Without a loader it went to another place of the same document.
        if went["loaderId"].is_string() {
            self.wait(&arrived(&before))?;
        }
        Ok(self.record.status().unwrap_or_default())
    }

    /// Does something that leads to another document, and waits until all of that is there.
    ///
    /// # Errors
    /// Those of the act; a sentence when no other document comes in time.
    pub fn turn(&self, act: impl FnOnce(&Page) -> Outcome) -> Outcome {
        let before = self.eval("performance.timeOrigin")?;
        act(self)?;
        self.wait(&arrived(&before))
    }

    /// The status of the last document.
    pub fn status(&self) -> Option<u16> {
        self.record.status()
    }

    /// The address that the address bar shows.
    ///
    /// # Errors
    /// A sentence when the page has gone.
    pub fn url(&self) -> Outcome<String> {
        self.eval("location.href").map(|url| url.as_str().unwrap_or_default().to_owned())
    }

    /// The value of an expression; a promise is awaited first. Works under any policy of the page.
    ///
    /// # Errors
    /// What the expression threw.
    pub fn eval(&self, js: &str) -> Outcome<Value> {
        let params = json!({"expression": js, "awaitPromise": true, "returnByValue": true,
            "userGesture": true});
        let mut answer = self.devtools("Runtime.evaluate", &params)?;
        let thrown = &answer["exceptionDetails"];
        if thrown.is_null() {
            return Ok(answer["result"]["value"].take());
        }
        let what = thrown["exception"]["description"].as_str().or(thrown["text"].as_str());
        Err(format!("{}: {}", shortened(js), what.unwrap_or("threw something")))
    }

    /// Waits until an expression is true. What it throws on the way counts as "not yet".
    ///
    /// # Errors
    /// After 20 seconds: the expression, and where the page stood.
    pub fn wait(&self, js: &str) -> Outcome {
        let asked = format!("!!({js})");
        self.poll(js, || if self.eval(&asked)? == true { Ok(()) } else { Err("false".to_owned()) })
    }

    /// Tries until it works.
    pub(crate) fn poll<T>(&self, what: &str, attempt: impl Fn() -> Outcome<T>) -> Outcome<T> {
        let end = Instant::now() + self.patience;
        loop {
            match attempt() {
                Ok(done) => return Ok(done),
                Err(why) if Instant::now() > end => {
                    let place = self.eval("location.href + ' \"' + document.title + '\"'");
                    let place = place.map_or_else(|error| error, |place| place.to_string());
                    let what = shortened(what);
                    return Err(format!("waited for {what} and it was: {why}; at {place}"));
                }
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Waits until an element is there and visible.
    ///
    /// # Errors
    /// After 20 seconds.
    pub fn wait_for(&self, selector: &str) -> Outcome {
        self.wait(&format!("{LOOK}({})[0].getClientRects().length > 0", json!(selector)))
    }

    /// Waits until no element is there and visible.
    ///
    /// # Errors
    /// After 20 seconds.
    pub fn wait_gone(&self, selector: &str) -> Outcome {
        let any = format!("{LOOK}({}).some(e => e.getClientRects().length > 0)", json!(selector));
        self.wait(&format!("!{any}"))
    }

    /// Waits until these words can be read somewhere in the page.
    ///
    /// # Errors
    /// After 20 seconds.
    pub fn wait_for_text(&self, words: &str) -> Outcome {
        let read = r"document.body.innerText.replace(/\s+/g, ' ')";
        self.wait(&format!("{read}.includes({})", json!(words)))
    }

    /// The words of the first element, blanks made single. Waits until there is one.
    ///
    /// # Errors
    /// A sentence when none comes in 20 seconds.
    pub fn text(&self, selector: &str) -> Outcome<String> {
        self.wait(&format!("{LOOK}({}).length", json!(selector)))?;
        let read = r"(e => (e.innerText || e.textContent || '').replace(/\s+/g, ' ').trim())";
        let text = self.eval(&format!("{read}({LOOK}({})[0])", json!(selector)))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// How many elements there are now, visible or not. Does not wait.
    ///
    /// # Errors
    /// A sentence when the selector is none.
    pub fn count(&self, selector: &str) -> Outcome<usize> {
        let count = self.eval(&format!("{LOOK}({}).length", json!(selector)))?;
        Ok(count.as_u64().and_then(|count| count.try_into().ok()).unwrap_or_default())
    }

    /// From the next document on, the page's scripts do not run.
    ///
    /// # Errors
    /// A sentence when the browser refuses.
    pub fn scripts_off(&self) -> Outcome {
        self.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true})).map(drop)
    }

    /// Takes the network away, or gives it back. Loads that fail meanwhile are faults.
    ///
    /// # Errors
    /// A sentence when the browser refuses.
    pub fn offline(&self, is_offline: bool) -> Outcome {
        let network = json!({"offline": is_offline, "latency": 0, "downloadThroughput": -1,
            "uploadThroughput": -1});
        self.devtools("Network.emulateNetworkConditions", &network).map(drop)
    }

    /// What the browser keeps for the server under test, scripts may read it or not.
    ///
    /// # Errors
    /// A sentence when the browser refuses.
    pub fn cookies(&self) -> Outcome<Vec<Cookie>> {
        let found = self.devtools("Network.getCookies", &json!({"urls": [self.base]}))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let cookie = |one: &Value| Cookie {
            name: text(&one["name"]),
            value: text(&one["value"]),
            is_http_only: one["httpOnly"] == true,
            is_secure: one["secure"] == true,
            same_site: text(&one["sameSite"]),
        };
        Ok(found["cookies"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(cookie)
            .collect())
    }

    /// Puts a cookie for the server under test.
    ///
    /// # Errors
    /// A sentence when the browser does not take it.
    pub fn set_cookie(&self, name: &str, value: &str) -> Outcome {
        let cookie = json!({"name": name, "value": value, "url": self.base});
        let done = self.devtools("Network.setCookie", &cookie)?;
        if done["success"] == false {
            Err(format!("the cookie {name} is not taken"))
        } else {
            Ok(())
        }
    }

    /// Writes a PNG of the window, or of the whole page from its head to its foot.
    ///
    /// # Errors
    /// A sentence when the browser or the disk refuses.
    pub fn screenshot(&self, path: &Path, is_full_page: bool) -> Outcome {
        let mut params = json!({"format": "png"});
        if is_full_page {
            let size = self.devtools("Page.getLayoutMetrics", &json!({}))?["cssContentSize"].take();
            params["captureBeyondViewport"] = true.into();
            params["clip"] = json!({"x": 0, "y": 0, "width": size["width"],
                "height": size["height"], "scale": 1});
        }
        let taken = self.devtools("Page.captureScreenshot", &params)?;
        let data = taken["data"].as_str().unwrap_or_default();
        let bytes = base64::engine::general_purpose::STANDARD.decode(data);
        let bytes = bytes.map_err(|error| format!("the picture is no base64: {error}"))?;
        std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Everything the page did wrong so far: console errors, exceptions, breaches of its policy,
    /// loads that failed, dialogs. A journey fails when any is left.
    pub fn faults(&self) -> Vec<String> {
        // What the page did before now is heard before the answer to this question.
        let _ = self.eval("0");
        self.record.faults()
    }

    /// Takes out the faults that contain `part`, because this journey provoked them. Waits for one.
    ///
    /// # Errors
    /// A sentence when there is none in 20 seconds: then the journey did not provoke what it meant.
    pub fn expect_fault(&self, part: &str) -> Outcome<Vec<String>> {
        self.poll(&format!("a fault with {part:?}"), || {
            let taken = self.record.take(part);
            if taken.is_empty() { Err(format!("{:?}", self.faults())) } else { Ok(taken) }
        })
    }

    /// Where the browser puts what it saves for this page.
    pub(crate) fn save_into(&self, folder: &Path) -> Outcome {
        let kept = json!({"behavior": "allow", "browserContextId": self.context,
            "downloadPath": folder});
        self.link.call(None, "Browser.setDownloadBehavior", &kept).map(drop)
    }

    /// Closes the page and forgets its cookies.
    pub(crate) fn close(&self) {
        // The browser may be gone, and then the page is too.
        let context = json!({"browserContextId": self.context});
        let _ = self.link.call(None, "Target.disposeBrowserContext", &context);
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "page {} of {}", self.session, self.base)
    }
}

/// True in a complete document that began at another moment than the one before.
fn arrived(before: &Value) -> String {
    format!("document.readyState === 'complete' && performance.timeOrigin !== {before}")
}

/// The beginning of a script, enough to know it by.
fn shortened(js: &str) -> String {
    let js = js.strip_prefix(LOOK).unwrap_or(js);
    let short: String = js.chars().take(200).collect();
    if short.len() < js.len() { format!("{short}…") } else { short }
}
