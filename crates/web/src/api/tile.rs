//! The log as tiles (C2SP tlog-tiles): `tile/<level>/<index>` holds hashes, `tile/entries/<index>`
//! leaves; with the checkpoint they are enough to rebuild and prove the whole log elsewhere.

use super::Caller;
use crate::route::{Need, Routes};
use crate::stop::Stop;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::tiles::{bundle, index_path};
use ledger::tree::TILE_WIDTH;

/// No tree is higher.
const LEVEL_MAX: u32 = 63;

pub(super) fn add(routes: Routes) -> Routes {
    routes.get("/api/v1/log/tile/{*path}", Need::Open, tile)
}

/// Which tile is asked for: its number and how many of its 256 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    /// `None` for leaves.
    level: Option<u32>,
    index: u64,
    width: usize,
}

async fn tile(Caller(reader): Caller, Path(path): Path<String>) -> Result<Response, Stop> {
    let missing = || {
        let args = [("path", path.clone())];
        Stop::new(StatusCode::NOT_FOUND, reader.lang, "api-no-such-tile", &args).for_program()
    };
    let asked = Asked::parse(&path).ok_or_else(missing)?;
    let ledger = &reader.app.ledger;
    let bytes = if let Some(level) = asked.level {
        let hashes = ledger.tile(level, asked.index, asked.width).map_err(|_| missing())?;
        hashes.iter().flat_map(|hash| hash.0).collect()
    } else {
        let first = asked.index.checked_mul(TILE_WIDTH as u64).ok_or_else(missing)?;
        let fault = |fault| reader.fault(&fault).for_program();
        let leaves = ledger.leaves_from(first, asked.width).map_err(fault)?;
        if leaves.len() < asked.width {
            return Err(missing());
        }
        bundle(&leaves).ok_or_else(missing)?
    };
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

impl Asked {
    /// Reads `0/x001/x234/067` or `entries/012.p/30`. One tile has one name: anything written
    /// otherwise is no tile.
    fn parse(path: &str) -> Option<Asked> {
        let (level, rest) = path.split_once('/')?;
        let level = match level {
            "entries" => None,
            digits => Some(digits.parse::<u32>().ok().filter(|level| *level <= LEVEL_MAX)?),
        };
        let (place, width) = match rest.split_once(".p/") {
            Some((place, width)) => {
                let width = width.parse().ok().filter(|width| (1..TILE_WIDTH).contains(width))?;
                (place, width)
            }
            None => (rest, TILE_WIDTH),
        };
        let mut index = 0_u64;
        for part in place.split('/') {
            let digits = part.strip_prefix('x').unwrap_or(part);
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let asked = Asked { level, index, width };
        (asked.name() == path).then_some(asked)
    }

    fn name(self) -> String {
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let place = index_path(self.index);
        let part =
            if self.width < TILE_WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("{level}/{place}{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tile_has_one_name() {
        let asked = |level, index, width| Some(Asked { level, index, width });
        assert_eq!(Asked::parse("0/000"), asked(Some(0), 0, 256));
        assert_eq!(Asked::parse("1/x001/x234/067"), asked(Some(1), 1_234_067, 256));
        assert_eq!(Asked::parse("entries/012.p/30"), asked(None, 12, 30));
        for other in [
            "",
            "0",
            "0/",
            "0/0",
            "0/x000/000",
            "00/000",
            "64/000",
            "-1/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/01",
            "0/001/000",
            "0/x001/x000",
            "data/000",
            "0/000/",
            "0/x999/x999/x999/x999/x999/x999/999",
            "0/+12",
            "0/１２３",
        ] {
            assert_eq!(Asked::parse(other), None, "{other}");
        }
    }
}
