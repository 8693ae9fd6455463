//! The zip package around a Word document or a workbook, opened under caps.
//!
//! The zip library believes a central directory; so we walk the directory ourselves first, and hand
//! over only a file in which nothing is left to believe.

use crate::caps;
use crate::xml::{BadXml, Limits, Xml};
use std::collections::HashMap;
use std::io::Cursor;
use zip::ZipArchive;

/// Why a zip package is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPackage {
    /// Cut off, patched, or not a zip at all behind its first bytes.
    Damaged,
    /// Above [`caps::ZIP_ENTRIES`].
    TooManyEntries { count: usize },
    /// Above [`caps::INFLATED_BYTES`] in sum, or [`caps::PART_BYTES`] in one XML part.
    TooMuchInflated,
    /// Above [`caps::RATIO`].
    Bomb { entry: String },
    /// An entry with a password.
    Encrypted { entry: String },
    /// An entry named so that unpacking it would leave its folder.
    BadName { entry: String },
    /// An entry is not as large as the directory says.
    LyingSize { entry: String },
    /// Packed by a method other than stored and deflate.
    Method { entry: String },
    /// No main document inside.
    NoMainPart,
}

impl BadPackage {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            BadPackage::Damaged => "package-damaged",
            BadPackage::TooManyEntries { .. } => "package-too-many-entries",
            BadPackage::TooMuchInflated => "package-too-much-inflated",
            BadPackage::Bomb { .. } => "package-bomb",
            BadPackage::Encrypted { .. } => "package-encrypted",
            BadPackage::BadName { .. } => "package-bad-name",
            BadPackage::LyingSize { .. } => "package-lying-size",
            BadPackage::Method { .. } => "package-method",
            BadPackage::NoMainPart => "package-no-main-part",
        }
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            BadPackage::Damaged | BadPackage::NoMainPart => Vec::new(),
            BadPackage::TooManyEntries { count } => {
                vec![("count", count.to_string()), ("limit", caps::ZIP_ENTRIES.to_string())]
            }
            BadPackage::TooMuchInflated => {
                vec![("limit", (caps::INFLATED_BYTES / 1024 / 1024).to_string())]
            }
            BadPackage::Bomb { entry }
            | BadPackage::Encrypted { entry }
            | BadPackage::BadName { entry }
            | BadPackage::LyingSize { entry }
            | BadPackage::Method { entry } => vec![("entry", entry.clone())],
        }
    }
}

/// Why a package, or a part of it, is not read. Each kind of file words it for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    Package(BadPackage),
    Xml { part: String, fault: BadXml },
}

impl From<BadPackage> for Unread {
    fn from(fault: BadPackage) -> Unread {
        Unread::Package(fault)
    }
}

/// An entry as the central directory declares it.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    packed: u64,
    inflated: u64,
}

/// A package whose directory has been checked. Parts are inflated one at a time, as they are asked for.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Lower-case part name → place in the archive. Part names do not distinguish case.
    places: HashMap<String, usize>,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Unread> {
        let entries = directory(bytes)?;
        check(&entries)?;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BadPackage::Damaged)?;
        let mut places = HashMap::new();
        for (place, entry) in entries.iter().enumerate() {
            // Two entries of one name: readers differ in which they take, so we take neither.
            if places.insert(part_key(&entry.name), place).is_some() || archive.len() <= place {
                return Err(BadPackage::Damaged.into());
            }
        }
        Ok(Package { archive, places })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&part_key(name))
    }

    /// The name of the main part, found as ISO/IEC 29500-2 says: by the package's relationships.
    pub(crate) fn named_main(&mut self) -> Result<Option<String>, Unread> {
        Ok(self.relationships("_rels/.rels", "")?.remove("/officeDocument"))
    }

    /// The part that `main` names with a relationship whose type ends so, if it is there.
    pub(crate) fn related(&mut self, main: &str, kind: &str) -> Result<Option<String>, Unread> {
        let (rels, folder) = rels_of(main);
        let named = self.relationships(&rels, folder)?.remove(kind);
        Ok(named.filter(|part| self.has(part)))
    }

    /// Id of a relationship of `main` → part name, for the relationships whose type ends so.
    pub(crate) fn related_by_id(
        &mut self,
        main: &str,
        kind: &str,
    ) -> Result<HashMap<String, String>, Unread> {
        let (rels, folder) = rels_of(main);
        let mut found = HashMap::new();
        self.each_relationship(&rels, folder, |one| {
            if one.kind == kind {
                found.insert(one.id, one.target);
            }
        })?;
        Ok(found)
    }

    /// Last step of the relationship's type → part name; the first of a type counts.
    fn relationships(
        &mut self,
        rels: &str,
        folder: &str,
    ) -> Result<HashMap<String, String>, Unread> {
        let mut found = HashMap::new();
        self.each_relationship(rels, folder, |one| {
            found.entry(one.kind).or_insert(one.target);
        })?;
        Ok(found)
    }

    fn each_relationship(
        &mut self,
        rels: &str,
        folder: &str,
        mut take: impl FnMut(Relationship),
    ) -> Result<(), Unread> {
        if !self.has(rels) {
            return Ok(());
        }
        let mut xml = self.property_part(rels)?;
        while let Some(token) = xml.next()? {
            let Some(open) = token.open() else { continue };
            if open.name() != "Relationship"
                || open.attr("TargetMode").as_deref() == Some("External")
            {
                continue;
            }
            let (Some(kind), Some(target)) = (open.attr("Type"), open.attr("Target")) else {
                continue;
            };
            let Some(slash) = kind.rfind('/') else { continue };
            take(Relationship {
                kind: kind[slash..].to_owned(),
                id: open.attr("Id").unwrap_or_default(),
                target: resolve(folder, &target),
            });
        }
        Ok(())
    }

    /// Opens the part with the text, which passes by.
    pub(crate) fn part(&mut self, name: &str) -> Result<Xml<'_>, Unread> {
        self.open_part(name, caps::PART_BYTES, caps::XML_ELEMENTS)
    }

    /// Opens a part that only describes, and is kept.
    pub(crate) fn property_part(&mut self, name: &str) -> Result<Xml<'_>, Unread> {
        self.open_part(name, caps::PROPERTY_PART_BYTES, caps::PROPERTY_ELEMENTS)
    }

    /// Opens a part of which at most `most` bytes and `elements` elements may be read.
    pub(crate) fn open_part(
        &mut self,
        name: &str,
        most: u64,
        elements: usize,
    ) -> Result<Xml<'_>, Unread> {
        let place = *self.places.get(&part_key(name)).ok_or(BadPackage::NoMainPart)?;
        let file = self.archive.by_index(place).map_err(|_| BadPackage::Damaged)?;
        // The directory's sizes were summed when it was checked, and each reader is held to what its
        // part declares: so the sum of all parts keeps the cap, however many are read.
        let limits =
            Limits { declared: file.size(), packed: file.compressed_size(), most, elements };
        Ok(Xml::new(name, Box::new(file), limits))
    }
}

struct Relationship {
    /// The last step of its type, with the slash before it.
    kind: String,
    id: String,
    target: String,
}

/// The part with the relationships of `main`, and the folder its targets are relative to.
fn rels_of(main: &str) -> (String, &str) {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let rels = format!("{folder}/_rels/{file}.rels");
    (rels.trim_start_matches('/').to_owned(), folder)
}

fn part_key(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_ascii_lowercase()
}

/// A relationship's target against its source's folder. `..` climbs, and never above the root.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = Vec::new();
    let base = if target.starts_with('/') { "" } else { folder };
    for step in base.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

fn check(entries: &[Entry]) -> Result<(), BadPackage> {
    let mut sum = 0_u64;
    for entry in entries {
        let named = || entry.name.chars().take(80).filter(|c| !c.is_control()).collect::<String>();
        if leaves_its_folder(&entry.name) {
            return Err(BadPackage::BadName { entry: named() });
        }
        // Bit 0: encrypted. Bit 6: strong encryption. Bit 13: masked headers.
        if entry.flags & 0x2041 != 0 {
            return Err(BadPackage::Encrypted { entry: named() });
        }
        if !matches!(entry.method, 0 | 8) {
            return Err(BadPackage::Method { entry: named() });
        }
        if exceeds_ratio(entry.inflated, entry.packed) {
            return Err(BadPackage::Bomb { entry: named() });
        }
        sum = sum.saturating_add(entry.inflated);
    }
    if sum > caps::INFLATED_BYTES { Err(BadPackage::TooMuchInflated) } else { Ok(()) }
}

pub(crate) fn exceeds_ratio(inflated: u64, packed: u64) -> bool {
    inflated > caps::RATIO_FROM && inflated > packed.saturating_mul(caps::RATIO)
}

fn leaves_its_folder(name: &str) -> bool {
    let bytes = name.as_bytes();
    let drive = bytes.get(1) == Some(&b':');
    name.starts_with(['/', '\\'])
        || drive
        || name.contains('\0')
        || name.split(['/', '\\']).any(|step| step == "..")
}

/// The end of the central directory: signature, disks, counts, size, offset, comment length.
const END_BYTES: usize = 22;
const END_MARK: &[u8] = b"PK\x05\x06";
const ENTRY_BYTES: usize = 46;
const ENTRY_MARK: &[u8] = b"PK\x01\x02";

/// Walks the central directory (APPNOTE.TXT 4.3.12, 4.3.16). Stricter than the format where a looser
/// reading would let two readers see two different packages: one end record, the last in the file; the
/// directory fills the bytes before it; one disk; no zip64, which nothing below 4 GiB needs.
fn directory(bytes: &[u8]) -> Result<Vec<Entry>, BadPackage> {
    let end_at = bytes.windows(4).rposition(|w| w == END_MARK).ok_or(BadPackage::Damaged)?;
    let end = bytes.get(end_at..).unwrap_or_default();
    if end.len() < END_BYTES || end.len() - END_BYTES != usize::from(u16_at(end, 20)) {
        return Err(BadPackage::Damaged);
    }
    let count = usize::from(u16_at(end, 10));
    if count > caps::ZIP_ENTRIES {
        return Err(BadPackage::TooManyEntries { count });
    }
    let one_disk = u16_at(end, 4) == 0 && u16_at(end, 6) == 0 && u16_at(end, 8) == u16_at(end, 10);
    let size = u32_at(end, 12);
    let offset = u32_at(end, 16);
    if !one_disk || offset.checked_add(size).map(as_usize) != Some(end_at) {
        return Err(BadPackage::Damaged);
    }
    let mut rest = bytes.get(as_usize(offset)..end_at).ok_or(BadPackage::Damaged)?;
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let (entry, after) = one_entry(rest).ok_or(BadPackage::Damaged)?;
        entries.push(entry);
        if entries.len() > count {
            return Err(BadPackage::Damaged);
        }
        rest = after;
    }
    if entries.len() == count { Ok(entries) } else { Err(BadPackage::Damaged) }
}

fn one_entry(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    if !bytes.starts_with(ENTRY_MARK) || bytes.len() < ENTRY_BYTES {
        return None;
    }
    let name_length = usize::from(u16_at(bytes, 28));
    let more = usize::from(u16_at(bytes, 30)) + usize::from(u16_at(bytes, 32));
    let name = bytes.get(ENTRY_BYTES..ENTRY_BYTES + name_length)?;
    let entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        flags: u16_at(bytes, 8),
        method: u16_at(bytes, 10),
        packed: u64::from(u32_at(bytes, 20)),
        inflated: u64::from(u32_at(bytes, 24)),
    };
    Some((entry, bytes.get(ENTRY_BYTES + name_length + more..)?))
}

/// Little-endian numbers; bytes beyond the end count as zero, and every caller has checked the length.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    let byte = |i: usize| bytes.get(at + i).copied().unwrap_or(0);
    u16::from_le_bytes([byte(0), byte(1)])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

/// A file is below 32 MiB here, so a larger offset is simply outside it.
fn as_usize(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
