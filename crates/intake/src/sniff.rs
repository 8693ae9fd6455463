//! What a file is, by its first bytes and never by its name.

/// A kind of file we know and do not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Word 97–2003 `.doc` and Kingsoft's `.wps`: the same container.
    OldWord,
    /// Excel 97–2003 `.xls` and Kingsoft's `.et`: the same container again.
    OldExcel,
    /// An Office file with a password to open it.
    Encrypted,
    /// PDF, scanned or not.
    Pdf,
    /// PNG, JPEG, GIF or TIFF: a scan or a photograph.
    Image,
    /// `.rar`, `.7z`, `.gz`: an archive.
    Archive,
    /// Rich Text Format, which Word also saves as `.doc`.
    Rtf,
    /// A web page or XML saved under another name.
    Markup,
    /// An Excel workbook.
    Xlsx,
    /// An Excel workbook in its binary form (`.xlsb`).
    BinaryXlsx,
    /// A Word document where a table was asked for.
    Docx,
    /// A presentation.
    Pptx,
    /// `OpenDocument`, as LibreOffice saves by default.
    OpenDocument,
    /// A zip that holds no office document.
    PlainZip,
}

impl Foreign {
    /// Every kind, for tests that walk them.
    pub const ALL: [Foreign; 14] = [
        Foreign::OldWord,
        Foreign::OldExcel,
        Foreign::Encrypted,
        Foreign::Pdf,
        Foreign::Image,
        Foreign::Archive,
        Foreign::Rtf,
        Foreign::Markup,
        Foreign::Xlsx,
        Foreign::BinaryXlsx,
        Foreign::Docx,
        Foreign::Pptx,
        Foreign::OpenDocument,
        Foreign::PlainZip,
    ];

    /// The message that names this kind of file.
    pub fn code(self) -> &'static str {
        match self {
            Foreign::OldWord => "file-old-word",
            Foreign::OldExcel => "file-old-excel",
            Foreign::Encrypted => "file-encrypted",
            Foreign::Pdf => "file-pdf",
            Foreign::Image => "file-image",
            Foreign::Archive => "file-archive",
            Foreign::Rtf => "file-rtf",
            Foreign::Markup => "file-markup",
            Foreign::Xlsx => "file-xlsx",
            Foreign::BinaryXlsx => "file-xlsb",
            Foreign::Docx => "file-docx",
            Foreign::Pptx => "file-pptx",
            Foreign::OpenDocument => "file-opendocument",
            Foreign::PlainZip => "file-plain-zip",
        }
    }
}

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Magic {
    Zip,
    Foreign(Foreign),
    /// No magic: text, if anything.
    None,
}

const MAGICS: &[(&[u8], Foreign)] = &[
    (b"%PDF-", Foreign::Pdf),
    (b"\x89PNG\r\n\x1a\n", Foreign::Image),
    (b"\xFF\xD8\xFF", Foreign::Image),
    (b"GIF87a", Foreign::Image),
    (b"GIF89a", Foreign::Image),
    (b"II*\0", Foreign::Image),
    (b"MM\0*", Foreign::Image),
    (b"{\\rtf", Foreign::Rtf),
    (b"Rar!\x1a\x07", Foreign::Archive),
    (b"7z\xBC\xAF\x27\x1C", Foreign::Archive),
    (b"\x1F\x8B", Foreign::Archive),
];

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// The stream name that an OLE container with an encrypted OOXML package has, in UTF-16.
const ENCRYPTED_PACKAGE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
/// The stream names of a workbook in such a container, of Excel 97 and of Excel 95.
const OLD_BOOKS: [&[u8]; 2] = [b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0", b"\0B\0o\0o\0k\0\0\0"];
const MARKUP: [&[u8]; 4] = [b"<?xml", b"<!doctype", b"<html", b"mime-version:"];

pub(crate) fn magic(bytes: &[u8]) -> Magic {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Magic::Zip;
    }
    if bytes.starts_with(OLE) {
        let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
        return Magic::Foreign(if has(ENCRYPTED_PACKAGE) {
            Foreign::Encrypted
        } else if OLD_BOOKS.into_iter().any(has) {
            Foreign::OldExcel
        } else {
            Foreign::OldWord
        });
    }
    if let Some((_, kind)) = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Magic::Foreign(*kind);
    }
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let is_markup = MARKUP
        .iter()
        .any(|mark| bare.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark)));
    if is_markup { Magic::Foreign(Foreign::Markup) } else { Magic::None }
}
