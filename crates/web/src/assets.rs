//! Style sheets, scripts and pictures, all part of the program and named by their hash.

use crate::route::{Need, Routes};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets/"]
#[exclude = "*.md"]
#[exclude = "*LICENSE"]
struct Assets;

/// Changes with every change of any asset, so that browsers may keep them for good.
static EDITION: LazyLock<String> = LazyLock::new(|| {
    use sha2::{Digest, Sha256};
    let mut names: Vec<_> = Assets::iter().collect();
    names.sort();
    let mut all = Sha256::new();
    for file in names.iter().filter_map(|name| Assets::get(name)) {
        all.update(file.metadata.sha256_hash());
    }
    all.update(papers::chart::CSS);
    ledger::Hash(all.finalize().into()).hex()[..12].to_owned()
});

/// Where an asset is to be had.
pub(crate) fn url(name: &str) -> String {
    format!("/assets/{}/{name}", *EDITION)
}

pub(crate) fn add(routes: Routes) -> Routes {
    routes.get("/assets/{edition}/{*name}", Need::Open, asset)
}

async fn asset(Path((edition, name)): Path<(String, String)>) -> Response {
    let Some(file) = Assets::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    // An older page may still ask for an older edition: it gets the present one, for now.
    let keep = if edition == *EDITION { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)];
    if name == "app.css" {
        let text = String::from_utf8_lossy(&file.data);
        return (headers, format!("{text}\n{}", papers::chart::CSS)).into_response();
    }
    (headers, file.data.into_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vendored files are the ones that `assets/vendor/README.md` names.
    #[test]
    fn vendored_files_are_what_they_say() {
        let list = include_str!("../assets/vendor/README.md");
        let rows = list.lines().filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            match cells[..] {
                [_, name, _, _, hash, _] if hash.len() == 64 => Some((name, hash)),
                _ => None,
            }
        });
        let mut count = 0;
        for (name, hash) in rows {
            let file = Assets::get(&format!("vendor/{name}")).unwrap();
            let found = ledger::Hash(file.metadata.sha256_hash()).hex();
            assert_eq!(found, hash, "{name}");
            count += 1;
        }
        assert_eq!(count, 3);
    }

    /// The style sheet keeps to the floor of Chromium 86 and draws nothing from outside.
    #[test]
    fn the_style_sheet_keeps_to_its_floor() {
        let css = include_str!("../assets/app.css");
        for word in [":has(", "@layer", "@container", "inset:", "http://", "https://", "@import"] {
            assert!(!css.contains(word), "{word}");
        }
    }
}
