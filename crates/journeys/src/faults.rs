//! What goes wrong in a page without stopping it: the browser's messages, turned into sentences.

use crate::link::lock;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Mutex;

/// The function by which a page tells us what the protocol itself does not tell in full.
pub(crate) const BINDING: &str = "bihuanFault";

/// Runs in every page before its own scripts. Only the event says which directive was broken by
/// what, and it is the only report of a policy that is not enforced yet.
pub(crate) const LISTENER: &str = r"
addEventListener('securitypolicyviolation', e => bihuanFault(
  `CSP ${e.effectiveDirective}: ${e.blockedURI || 'inline'} at ${e.sourceFile}:${e.lineNumber}`));
";

/// Everything that one page did wrong so far, and the status of its document.
#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    faults: Vec<String>,
    status: Option<u16>,
    /// Where each request of the page went: a failure names only its number.
    urls: HashMap<String, String>,
}

impl Record {
    /// Writes down what this event of the browser means, if anything.
    pub(crate) fn hear(&self, event: &Value) {
        let mut kept = lock(&self.0);
        let params = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => {
                kept.urls.insert(text(&params["requestId"]), text(&params["request"]["url"]));
            }
            "Network.responseReceived" if params["type"] == "Document" => {
                kept.status = params["response"]["status"].as_u64().and_then(|n| n.try_into().ok());
            }
            _ => {}
        }
        let fault = fault(event, &kept.urls);
        kept.faults.extend(fault);
    }

    pub(crate) fn faults(&self) -> Vec<String> {
        lock(&self.0).faults.clone()
    }

    /// Takes out the faults that contain `part`.
    pub(crate) fn take(&self, part: &str) -> Vec<String> {
        let mut kept = lock(&self.0);
        let all = std::mem::take(&mut kept.faults);
        let (taken, rest) = all.into_iter().partition(|fault| fault.contains(part));
        kept.faults = rest;
        taken
    }

    /// The HTTP status of the last document that came.
    pub(crate) fn status(&self) -> Option<u16> {
        lock(&self.0).status
    }
}

fn fault(event: &Value, urls: &HashMap<String, String>) -> Option<String> {
    let params = &event["params"];
    match event["method"].as_str()? {
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            let what = details["exception"]["description"].as_str().or(details["text"].as_str());
            Some(format!("exception: {} ({})", what.unwrap_or_default(), text(&details["url"])))
        }
        "Runtime.consoleAPICalled" if params["type"] == "error" || params["type"] == "assert" => {
            let said = params["args"].as_array()?.iter().map(spoken).collect::<Vec<_>>();
            Some(format!("console.error: {}", said.join(" ")))
        }
        "Runtime.bindingCalled" if params["name"] == BINDING => Some(text(&params["payload"])),
        // Failed loads come from the network below, with their address.
        "Log.entryAdded" => {
            let entry = &params["entry"];
            let counts = entry["level"] == "error" && entry["source"] != "network";
            counts.then(|| format!("{}: {}", text(&entry["source"]), text(&entry["text"])))
        }
        "Network.responseReceived" => {
            let status = params["response"]["status"].as_u64()?;
            // A page may say "not found" or "not yours" on purpose, but never "I broke".
            let least = if params["type"] == "Document" { 500 } else { 400 };
            let url = text(&params["response"]["url"]);
            (status >= least).then(|| format!("{status} for {url}"))
        }
        "Network.loadingFailed" => {
            let why = text(&params["errorText"]);
            // The page itself gave up the load: it went elsewhere, or saved it as a file.
            let gave_up = params["canceled"] == true || why == "net::ERR_ABORTED";
            // The browser fetches the icon when it likes, also after a journey has cut the network.
            let icon = params["type"] == "Other" && why == "net::ERR_INTERNET_DISCONNECTED";
            let is_ours = gave_up || icon;
            let url = urls.get(params["requestId"].as_str()?).map_or("?", String::as_str);
            let blocked = params["blockedReason"].as_str().unwrap_or_default();
            (!is_ours).then(|| format!("failed load of {url}: {why} {blocked}"))
        }
        "Page.javascriptDialogOpening" => {
            Some(format!("{} dialog: {}", text(&params["type"]), text(&params["message"])))
        }
        "Inspector.targetCrashed" => Some("the page crashed".to_owned()),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// An argument of `console.error` as the console would show it.
fn spoken(argument: &Value) -> String {
    match (&argument["value"], argument["description"].as_str()) {
        (Value::String(text), _) => text.clone(),
        (Value::Null, Some(description)) => description.to_owned(),
        (value, _) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn heard(events: &[(&str, Value)]) -> Record {
        let record = Record::default();
        for (method, params) in events {
            record.hear(&json!({"method": method, "params": params}));
        }
        record
    }

    #[test]
    fn a_missing_page_is_an_answer_and_a_missing_picture_a_fault() {
        let response = |kind: &str, status: u64| {
            let response = json!({"status": status, "url": "http://a/b"});
            ("Network.responseReceived", json!({"type": kind, "response": response}))
        };
        let record = heard(&[response("Document", 404)]);
        assert_eq!((record.status(), record.faults()), (Some(404), vec![]));
        assert_eq!(heard(&[response("Document", 500)]).faults(), ["500 for http://a/b"]);
        assert_eq!(heard(&[response("Image", 404)]).faults(), ["404 for http://a/b"]);
        assert!(heard(&[response("Fetch", 302)]).faults().is_empty());
    }

    #[test]
    fn a_load_that_the_page_gave_up_is_no_fault() {
        let failed = |canceled: bool, why: &str| {
            let sent = json!({"requestId": "7", "request": {"url": "http://a/b"}});
            let failed = json!({"requestId": "7", "errorText": why, "canceled": canceled});
            heard(&[("Network.requestWillBeSent", sent), ("Network.loadingFailed", failed)])
                .faults()
        };
        assert!(failed(true, "net::ERR_FAILED").is_empty());
        assert!(failed(false, "net::ERR_ABORTED").is_empty());
        assert_eq!(
            failed(false, "net::ERR_CONNECTION_REFUSED"),
            ["failed load of http://a/b: net::ERR_CONNECTION_REFUSED "]
        );
    }

    #[test]
    fn warnings_and_what_the_network_says_twice_are_left_out() {
        let entry = |level: &str, source: &str| {
            let entry = json!({"level": level, "source": source, "text": "x"});
            heard(&[("Log.entryAdded", json!({"entry": entry}))]).faults().len()
        };
        assert_eq!((entry("error", "security"), entry("error", "network")), (1, 0));
        assert_eq!(entry("warning", "other"), 0);
        let spoken = |kind: &str| json!({"type": kind, "args": [{"value": "a"}, {"value": 3}]});
        assert_eq!(
            heard(&[("Runtime.consoleAPICalled", spoken("error"))]).faults(),
            ["console.error: a 3"]
        );
        assert!(heard(&[("Runtime.consoleAPICalled", spoken("log"))]).faults().is_empty());
    }

    #[test]
    fn faults_that_were_expected_are_taken_out() {
        let called =
            |text: &str| ("Runtime.bindingCalled", json!({"name": BINDING, "payload": text}));
        let record = heard(&[called("CSP a"), called("other"), called("CSP b")]);
        assert_eq!(record.take("CSP"), ["CSP a", "CSP b"]);
        assert_eq!(record.faults(), ["other"]);
    }
}
