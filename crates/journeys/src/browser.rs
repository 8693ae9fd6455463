//! One headless Chromium; each page that it opens has cookies and storage of its own.

use crate::faults::Record;
use crate::link::Link;
use crate::page::{Page, Screen};
use crate::{Folder, Outcome};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// How a Chromium is called, the likeliest first.
const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// As root, in a container, without a screen, and without a call to anybody.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--accept-lang=zh-CN,zh",
    "--remote-debugging-pipe",
];

/// Chromium's ends of the pipes are descriptors 3 and 4. A child's standard input and output are
/// the only ones that can be handed over without unsafe code, so a shell moves them there.
const MOVE_PIPES: &str = r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

/// Where a Chromium is: `BIHUAN_CHROME`, else the first of the usual names in `PATH`.
pub fn find() -> Option<PathBuf> {
    if let Some(told) = std::env::var_os("BIHUAN_CHROME").filter(|told| !told.is_empty()) {
        return Some(told.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin"));
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let places = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// A running Chromium. It ends with this value; should the test be killed, it ends with the pipe.
pub struct Browser {
    link: Arc<Link>,
    child: Child,
    folder: Folder,
}

impl Browser {
    /// Starts the Chromium that [`find`] finds, with a profile that is thrown away.
    ///
    /// # Errors
    /// A sentence when there is none, when it cannot be started, or with what it said on the way
    /// out when it does not answer.
    pub fn start() -> Outcome<Browser> {
        let program =
            find().ok_or("no Chromium: install chromium, or set BIHUAN_CHROME to its path")?;
        let folder = Folder::new("chromium")?;
        let said = folder.path().join("stderr.txt");
        let trouble = |error: std::io::Error| format!("{}: {error}", program.display());
        let mut child = Command::new("sh")
            .args(["-c", MOVE_PIPES, "sh"])
            .arg(&program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&said).map_err(trouble)?)
            .spawn()
            .map_err(trouble)?;
        let ends = child.stdin.take().zip(child.stdout.take());
        let (to, from) = ends.ok_or("the shell has no pipes")?;
        let browser = Browser { link: Link::new(to, from), child, folder };
        match browser.link.call(None, "Browser.getVersion", &json!({})) {
            Ok(_) => Ok(browser),
            Err(why) => {
                let said = std::fs::read_to_string(said).unwrap_or_default();
                Err(format!("{} does not answer: {why}\n{said}", program.display()))
            }
        }
    }

    /// A page of its own context: no cookie, no storage and no login of any other page.
    /// Addresses that begin with `/` are taken below `base`.
    ///
    /// # Errors
    /// A sentence when Chromium refuses or has gone.
    pub fn page(&self, base: &str, screen: Screen) -> Outcome<Page> {
        let call = |method: &str, params: &Value| self.link.call(None, method, params);
        let context = call("Target.createBrowserContext", &json!({}))?;
        let context = context["browserContextId"].as_str().unwrap_or_default();
        let target = json!({"url": "about:blank", "browserContextId": context});
        let target = call("Target.createTarget", &target)?["targetId"].take();
        let attach = json!({"targetId": target, "flatten": true});
        let session = call("Target.attachToTarget", &attach)?;
        let session = session["sessionId"].as_str().unwrap_or_default();
        let record = Arc::new(Record::default());
        self.link.listen(session, Arc::clone(&record));
        let page = Page::new(Arc::clone(&self.link), session, context, base, record);
        page.prepare(screen)?;
        Ok(page)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium may be gone already; then there is nothing to wait for.
        let _ = self.link.call(None, "Browser.close", &json!({}));
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chromium {} in {}", self.child.id(), self.folder.path().display())
    }
}
