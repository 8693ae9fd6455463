//! Reads a workbook back, as far as these tests ask.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// A workbook read back: each sheet's cells as (type, style, value), with its raw XML.
pub(super) struct Workbook {
    pub(super) sheets: BTreeMap<String, Sheet>,
    pub(super) styles: String,
    pub(super) workbook: String,
}

pub(super) struct Sheet {
    pub(super) cells: BTreeMap<String, (String, String)>,
    pub(super) style: BTreeMap<String, usize>,
    pub(super) xml: String,
}

pub(super) fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

pub(super) fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let whole = rest.get(at + 6..at + 7) == Some("_");
        if let (Some(one), true) = (code.and_then(char::from_u32), whole) {
            out.push_str(&rest[..at]);
            out.push(one);
            rest = &rest[at + 7..];
        } else {
            out.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
        }
    }
    out + rest
}

pub(super) fn read(bytes: &[u8]) -> Workbook {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut part = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
        text
    };
    let strings: Vec<String> = part("xl/sharedStrings.xml")
        .split("<si>")
        .skip(1)
        .map(|one| {
            let text = one.split_once("<t").expect("a text").1.split_once('>').expect("open").1;
            unescaped(text.split_once("</t>").expect("closed").0)
        })
        .collect();
    let workbook = part("xl/workbook.xml");
    let names: Vec<_> = workbook
        .split("<sheet ")
        .skip(1)
        .map(|one| attribute(&format!(" {one}"), "name").expect("a name").to_owned())
        .collect();
    let sheets = (1..).zip(names).map(|(no, name)| {
        let xml = part(&format!("xl/worksheets/sheet{no}.xml"));
        let (mut cells, mut style) = (BTreeMap::new(), BTreeMap::new());
        for one in xml.split("<c ").skip(1) {
            let tag = format!(" {}", one.split('>').next().expect("a tag"));
            let place = attribute(&tag, "r").expect("a place").to_owned();
            let kind = attribute(&tag, "t").unwrap_or("n").to_owned();
            let number = attribute(&tag, "s").unwrap_or("0").parse().expect("a style");
            style.insert(place.clone(), number);
            let Some((_, value)) = one.split_once("<v>") else { continue };
            if tag.ends_with('/') {
                continue;
            }
            let value = value.split("</v>").next().expect("a value");
            let value = match kind.as_str() {
                "s" => strings[value.parse::<usize>().expect("a number")].clone(),
                _ => value.to_owned(),
            };
            cells.insert(place, (kind, value));
        }
        (name, Sheet { cells, style, xml })
    });
    let sheets = sheets.collect();
    Workbook { sheets, styles: part("xl/styles.xml"), workbook }
}

impl Workbook {
    /// The number format of a cell.
    pub(super) fn format(&self, sheet: &str, place: &str) -> String {
        let xfs = self.styles.split_once("<cellXfs").expect("formats").1;
        let xf = xfs.split("<xf ").nth(self.sheets[sheet].style[place] + 1).expect("a format");
        let id = attribute(&format!(" {xf}"), "numFmtId").expect("an id").to_owned();
        let own = self
            .styles
            .split("<numFmt ")
            .skip(1)
            .find(|one| attribute(&format!(" {one}"), "numFmtId") == Some(&id));
        own.and_then(|one| attribute(&format!(" {one}"), "formatCode").map(str::to_owned))
            .unwrap_or(id)
    }

    pub(super) fn text(&self, sheet: &str, place: &str) -> &str {
        let (kind, value) = &self.sheets[sheet].cells[place];
        assert_eq!(kind, "s", "{sheet}!{place} is a string");
        value
    }

    pub(super) fn number(&self, sheet: &str, place: &str) -> f64 {
        let (kind, value) = &self.sheets[sheet].cells[place];
        assert_eq!(kind, "n", "{sheet}!{place} is a number");
        value.parse().expect("a number")
    }
}
