//! What a user does in a page. Each act waits until the page is ready for it.

use crate::page::LOOK;
use crate::{Folder, Outcome, Page, keys};
use serde_json::{Value, json};
use std::path::Path;

/// Where to click, as `[x, y]`, or in words why that cannot be done.
const SPOT: &str = r"(e => {
  if (!e) return 'not there';
  e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
  const box = e.getClientRects()[0];
  if (!box || !box.width || !box.height) return 'there but not visible';
  if (e.matches(':disabled')) return 'disabled';
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const own = [e, ...(e.labels || [])].some(one => top && one.contains(top));
  return own ? [x, y] : 'covered by ' + (top ? top.cloneNode(false).outerHTML : 'nothing');
})";

/// Gets a field ready to be written over: true when that must be done without keys.
const READY: &str = r"(e => {
  e.focus();
  if (e.select) e.select();
  return ['date', 'time', 'month', 'week', 'datetime-local', 'color', 'range'].includes(e.type);
})";

/// Writes into a field that has a picker of its own, with the events that the picker would send.
const PUT: &str = r"((e, value) => {
  e.value = value;
  for (const kind of ['input', 'change']) e.dispatchEvent(new Event(kind, {bubbles: true}));
})";

/// Chooses an option by its value or its words; the answer is null or, in words, why not.
const CHOOSE: &str = r"((e, wanted) => {
  const all = [...e.options];
  const one = all.find(o => o.value === wanted) || all.find(o => o.label.trim() === wanted);
  if (!one) return 'without it; it has ' + all.map(o => o.label.trim()).join(', ');
  if (one.disabled) return 'there but disabled';
  one.selected = true;
  for (const kind of ['input', 'change']) e.dispatchEvent(new Event(kind, {bubbles: true}));
  return null;
})";

impl Page {
    /// Clicks in the middle of an element once it is there, visible, enabled, still, and on top.
    ///
    /// # Errors
    /// After 20 seconds: which of these it was not.
    pub fn click(&self, selector: &str) -> Outcome {
        let spot = self.spot(selector)?;
        let event = |kind: &str, count: u32| {
            let button = if count == 0 { "none" } else { "left" };
            let event = json!({"type": kind, "x": spot[0], "y": spot[1], "button": button,
                "clickCount": count});
            self.devtools("Input.dispatchMouseEvent", &event)
        };
        event("mouseMoved", 0)?;
        event("mousePressed", 1)?;
        event("mouseReleased", 1)?;
        Ok(())
    }

    /// Clicks on what leads to another document and waits for that one, lest the journey goes on
    /// in the old one.
    ///
    /// # Errors
    /// Those of [`Page::click`] and [`Page::turn`].
    pub fn follow(&self, selector: &str) -> Outcome {
        self.turn(|page| page.click(selector))
    }

    /// Writes `text` into a field, over what is there. Dates as in HTML: `2026-11-23`. The focus
    /// stays, and `change` comes as in life: when the focus goes elsewhere or Enter is struck.
    ///
    /// # Errors
    /// A sentence when the field cannot be used, or does not hold the text afterwards.
    pub fn fill(&self, selector: &str, text: &str) -> Outcome {
        self.spot(selector)?;
        let field = format!("{LOOK}({})[0]", json!(selector));
        if self.eval(&format!("{READY}({field})"))? == true {
            self.eval(&format!("{PUT}({field}, {})", json!(text)))?;
        } else if text.is_empty() {
            self.press("Delete")?;
        } else {
            self.type_text(text)?;
        }
        let held = self.eval(&format!("{field}.value"))?;
        if held == text { Ok(()) } else { Err(format!("{selector} holds {held}, not {text:?}")) }
    }

    /// Types into whatever has the focus, as an input method would: without single keys.
    ///
    /// # Errors
    /// A sentence when the browser refuses.
    pub fn type_text(&self, text: &str) -> Outcome {
        self.devtools("Input.insertText", &json!({"text": text})).map(drop)
    }

    /// Chooses an option of a list by its value or its words.
    ///
    /// # Errors
    /// A sentence with the options when that one does not come.
    pub fn select(&self, selector: &str, option: &str) -> Outcome {
        self.spot(selector)?;
        let chosen = format!("{CHOOSE}({LOOK}({})[0], {})", json!(selector), json!(option));
        self.poll(&format!("{option:?} in {selector}"), || {
            let why = self.eval(&chosen)?;
            if why.is_null() { Ok(()) } else { Err(why.to_string()) }
        })
    }

    /// Strikes a key where the focus is: `j`, `?`, `Enter`, `Escape`, `Shift+Tab`, `Control+k`.
    ///
    /// # Errors
    /// A sentence when there is no such key.
    pub fn press(&self, key: &str) -> Outcome {
        for event in keys::strokes(key)? {
            self.devtools("Input.dispatchKeyEvent", &event)?;
        }
        Ok(())
    }

    /// Gives a file to a file field, which may be hidden behind something nicer.
    ///
    /// # Errors
    /// A sentence when the file or the field is not there.
    pub fn upload(&self, selector: &str, path: &Path) -> Outcome {
        let path = path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))?;
        self.wait(&format!("{LOOK}({}).length", json!(selector)))?;
        let field = json!({"expression": format!("{LOOK}({})[0]", json!(selector))});
        let field = self.devtools("Runtime.evaluate", &field)?["result"]["objectId"].take();
        let files = json!({"objectId": field, "files": [path]});
        self.devtools("DOM.setFileInputFiles", &files).map(drop)
    }

    /// Clicks on what the browser saves as a file; the answer is the file's name and its bytes.
    ///
    /// # Errors
    /// Those of [`Page::click`]; a sentence when no file is complete in 20 seconds.
    pub fn download(&self, selector: &str) -> Outcome<(String, Vec<u8>)> {
        let folder = Folder::new("download")?;
        self.save_into(folder.path())?;
        self.click(selector)?;
        self.poll(&format!("a file from {selector}"), || {
            let trouble = |error: std::io::Error| error.to_string();
            let entry = std::fs::read_dir(folder.path()).map_err(trouble)?.next();
            let entry = entry.ok_or("nothing yet")?.map_err(trouble)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Chromium renames the file when it is complete.
            if name.ends_with(".crdownload") || name.starts_with(".org.chromium") {
                return Err("still coming".to_owned());
            }
            Ok((name, std::fs::read(entry.path()).map_err(trouble)?))
        })
    }

    /// Where the element can be clicked, once it has been at the same place twice.
    fn spot(&self, selector: &str) -> Outcome<Value> {
        let asked = format!("{SPOT}({LOOK}({})[0])", json!(selector));
        let last = std::cell::RefCell::new(Value::Null);
        self.poll(&format!("{selector} to be clicked"), || {
            let spot = self.eval(&asked)?;
            if !spot.is_array() {
                return Err(spot.to_string());
            }
            let before = last.replace(spot.clone());
            if before == spot { Ok(spot) } else { Err("moving".to_owned()) }
        })
    }
}
