//! Excel workbooks (ISO/IEC 29500 `SpreadsheetML`), read by ourselves, token by token and under
//! caps.
//!
//! A general reader answers with a rectangle that reaches to the last cell: two cells of a file of
//! 1.4 KB then ask for seventeen thousand million. Here a sheet passes by and only what stands in it
//! is kept; what the file says of its own dimensions is not even looked at.

mod format;

mod merges;
mod sheet;
mod strings;

pub(crate) use format::serial;

use super::NotATable;
use super::grid::{Grid, Span};
use super::source::{Source, Wanted};
use crate::caps;
use crate::package::{BadPackage, Package, Unread};
use crate::sniff::Foreign;
use crate::xml::BadXml;
use format::Formats;
use std::collections::BTreeSet;

/// A worksheet as the workbook names it.
struct Listed {
    name: String,
    part: String,
    hidden: bool,
}

/// What the cells of every sheet refer to.
struct Shared {
    strings: Vec<Span>,
    formats: Formats,
    /// Days are counted from 1904 instead of 1900.
    from_1904: bool,
}

/// How far a sheet is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// As far as a header may stand.
    Head,
    Whole,
}

/// Reads the sheet of a workbook that is wanted.
pub(super) fn read(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Source, NotATable> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let (sheets, from_1904) = listed(&mut package, &main)?;
    let mut grid = Grid::default();
    let strings = match package.related(&main, "/sharedStrings")? {
        Some(part) => strings::read(
            &mut package.open_part(&part, caps::PART_BYTES, caps::SHEET_ELEMENTS)?,
            &mut grid,
        )?,
        None => Vec::new(),
    };
    let formats = match package.related(&main, "/styles")? {
        Some(part) => format::read(&mut package.property_part(&part)?)?,
        None => Formats::default(),
    };
    let shared = Shared { strings, formats, from_1904 };
    let at = match wanted {
        Wanted::Best(score) => best(&mut package, &sheets, &shared, &mut grid, score)?,
        Wanted::Named(name) => {
            let place = sheets.iter().position(|sheet| sheet.name == *name);
            place.ok_or_else(|| NotATable::NoSuchSheet { name: (*name).to_owned() })?
        }
    };
    let part = sheets.get(at).map(|sheet| sheet.part.clone()).ok_or(NotATable::NoSheet)?;
    let said = grid.said();
    grid.forget(said);
    let mut xml = package.open_part(&part, caps::SHEET_BYTES, caps::SHEET_ELEMENTS)?;
    let merged = sheet::read(&mut xml, &shared, &mut grid, Extent::Whole)?;
    drop(xml);
    drop(package);
    merges::fill(&mut grid, &merged)?;
    let names = sheets.into_iter().map(|sheet| sheet.name).collect();
    Ok(Source { grid, sheets: names, sheet: Some(at), from_1904 })
}

fn main_part(package: &mut Package<'_>) -> Result<String, NotATable> {
    let known = [
        ("xl/workbook.bin", Foreign::BinaryXlsx),
        ("word/document.xml", Foreign::Docx),
        ("ppt/presentation.xml", Foreign::Pptx),
        ("mimetype", Foreign::OpenDocument),
    ];
    if let Some((_, kind)) = known.iter().find(|(name, _)| package.has(name)) {
        return Err(NotATable::Foreign(*kind));
    }
    let main = package.named_main()?.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if package.has(&main) {
        Ok(main)
    } else if package.has("[Content_Types].xml") {
        Err(NotATable::Package(BadPackage::NoMainPart))
    } else {
        Err(NotATable::Foreign(Foreign::PlainZip))
    }
}

/// The worksheets, and whether days are counted from 1904.
fn listed(package: &mut Package<'_>, main: &str) -> Result<(Vec<Listed>, bool), NotATable> {
    let parts = package.related_by_id(main, "/worksheet")?;
    let mut from_1904 = false;
    let mut sheets = Vec::new();
    let mut seen = BTreeSet::new();
    let mut xml = package.property_part(main)?;
    while let Some(token) = xml.next()? {
        let Some(open) = token.open() else { continue };
        match open.name() {
            "workbookPr" => {
                from_1904 = matches!(open.attr("date1904").as_deref(), Some("1" | "true" | "on"));
            }
            "sheet" => {
                // Chart sheets and macro sheets have another type of relationship.
                let Some(part) = open.attr("id").and_then(|id| parts.get(&id)) else { continue };
                if sheets.len() < caps::SHEETS && seen.insert(part.clone()) {
                    sheets.push(Listed {
                        name: open.attr("name").unwrap_or_default(),
                        part: part.clone(),
                        hidden: open.attr("state").is_some_and(|state| state != "visible"),
                    });
                }
            }
            _ => {}
        }
    }
    drop(xml);
    sheets.retain(|sheet| package.has(&sheet.part));
    Ok((sheets, from_1904))
}

/// The place of the sheet whose head fits best; of equals the first, and a hidden one only where no
/// other fits at all.
fn best(
    package: &mut Package<'_>,
    sheets: &[Listed],
    shared: &Shared,
    grid: &mut Grid,
    score: &dyn Fn(&Grid) -> usize,
) -> Result<usize, NotATable> {
    let said = grid.said();
    let mut found: Option<(usize, (bool, usize, bool))> = None;
    for (at, listed) in sheets.iter().enumerate() {
        grid.forget(said);
        let mut xml =
            package.open_part(&listed.part, caps::SHEET_HEAD_BYTES, caps::SHEET_HEAD_ELEMENTS)?;
        match sheet::read(&mut xml, shared, grid, Extent::Head) {
            Ok(_)
            // A head that does not end: what was seen of it counts.
            | Err(
                NotATable::Package(BadPackage::TooMuchInflated)
                | NotATable::Xml { fault: BadXml::TooManyElements { .. }, .. },
            ) => {}
            Err(fault) => return Err(fault),
        }
        let (fit, visible) = (score(grid), !listed.hidden);
        let worth = (visible && fit > 0, fit, visible);
        let is_better = found.is_none_or(|(_, most)| worth > most);
        if is_better {
            found = Some((at, worth));
        }
    }
    grid.forget(said);
    found.map(|(at, _)| at).ok_or(NotATable::NoSheet)
}

impl From<Unread> for NotATable {
    fn from(fault: Unread) -> NotATable {
        match fault {
            Unread::Package(fault) => NotATable::Package(fault),
            Unread::Xml { part, fault } => NotATable::Xml { part, fault },
        }
    }
}

impl From<BadPackage> for NotATable {
    fn from(fault: BadPackage) -> NotATable {
        NotATable::Package(fault)
    }
}
