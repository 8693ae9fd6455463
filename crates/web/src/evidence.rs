//! Evidence as sent: which files are taken, of which size, and that each is what its name says.
//! Pages and the JSON API ask the same question here.

use crate::fields::Upload;

/// The most of one file of evidence, in bytes.
pub(crate) const FILE_MAX: usize = 20 * 1024 * 1024;

/// What files of a kind begin with.
#[derive(Clone, Copy)]
enum Beginning {
    Bytes(&'static [u8]),
    /// Within the first 1,024 bytes, as readers of PDF accept it.
    Pdf,
    /// Text of any encoding: no other control characters than those of lines.
    Text,
}

/// The kinds that are taken, by the end of their names. None is ever run or drawn by us.
const KINDS: [(&str, Beginning); 8] = [
    ("pdf", Beginning::Pdf),
    ("docx", Beginning::Bytes(b"PK\x03\x04")),
    ("xlsx", Beginning::Bytes(b"PK\x03\x04")),
    ("csv", Beginning::Text),
    ("txt", Beginning::Text),
    ("jpg", Beginning::Bytes(b"\xff\xd8\xff")),
    ("jpeg", Beginning::Bytes(b"\xff\xd8\xff")),
    ("png", Beginning::Bytes(b"\x89PNG\r\n\x1a\n")),
];

/// A file that is not taken: the code of the sentence that says why, and the file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotTaken {
    pub(crate) code: &'static str,
    pub(crate) name: String,
}

impl NotTaken {
    pub(crate) fn args(&self) -> [(&'static str, String); 3] {
        let kinds: Vec<&str> = KINDS.iter().map(|(end, _)| *end).collect();
        let most = (FILE_MAX / (1024 * 1024)).to_string();
        [("file", self.name.clone()), ("kinds", kinds.join(" ")), ("most", most)]
    }
}

/// Judges a file by its name and its bytes.
pub(crate) fn judge(file: &Upload) -> Result<(), NotTaken> {
    let not = |code| Err(NotTaken { code, name: file.name.clone() });
    if file.bytes.is_empty() {
        return not("evidence-empty");
    }
    if file.bytes.len() > FILE_MAX {
        return not("evidence-too-large");
    }
    let end = file.name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    let kind = KINDS.iter().find(|(known, _)| Some(*known) == end.as_deref());
    match kind {
        None => not("evidence-kind"),
        Some((_, beginning)) if begins(&file.bytes, *beginning) => Ok(()),
        Some(_) => not("evidence-not-what-it-says"),
    }
}

fn begins(bytes: &[u8], beginning: Beginning) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    match beginning {
        Beginning::Bytes(wanted) => bytes.starts_with(wanted),
        Beginning::Pdf => head.windows(5).any(|part| part == b"%PDF-"),
        // UTF-16 says so in its first two bytes, and every second one may be zero.
        Beginning::Text => {
            let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
            is_wide || !head.iter().any(|one| matches!(one, 0..=8 | 14..=31 | 127))
        }
    }
}

/// What a file field offers to choose from: `.pdf,.docx,…`.
pub(crate) fn accepted() -> String {
    KINDS.map(|(end, _)| format!(".{end}")).join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, bytes: &[u8]) -> Result<(), &'static str> {
        let file = Upload { field: "proof".into(), name: name.into(), bytes: bytes.to_vec() };
        judge(&file).map_err(|not| not.code)
    }

    #[test]
    fn a_file_is_taken_by_name_and_bytes() {
        assert_eq!(judged("照片.JPG", b"\xff\xd8\xff\xe0"), Ok(()));
        assert_eq!(judged("通知.pdf", b"\n%PDF-1.7"), Ok(()));
        assert_eq!(judged("名单.csv", "姓名,单位\n".as_bytes()), Ok(()));
        assert_eq!(judged("宽.txt", b"\xff\xfe\x60\x4f"), Ok(()));
        assert_eq!(judged("a.pdf", b"MZ\x90\0"), Err("evidence-not-what-it-says"));
        assert_eq!(judged("a.txt", b"MZ\x90\0"), Err("evidence-not-what-it-says"));
        assert_eq!(judged("setup.exe", b"MZ"), Err("evidence-kind"));
        assert_eq!(judged("pdf", b"%PDF-"), Err("evidence-kind"));
        assert_eq!(judged("a.pdf", b""), Err("evidence-empty"));
        assert_eq!(judged("a.txt", &vec![b'a'; FILE_MAX]), Ok(()));
        assert_eq!(judged("a.txt", &vec![b'a'; FILE_MAX + 1]), Err("evidence-too-large"));
    }
}
