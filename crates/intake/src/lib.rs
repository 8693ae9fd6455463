//! 收: bytes → typed rows or the text of a document.
//!
//! It takes `&[u8]` and touches neither disk nor ledger. Whatever is refused is refused by a value with
//! a `code()` and `args()`; the sentences are in `crates/words`. Start reading at [`document`] for
//! plans and at [`sheet`] for tables; [`caps`] says how much a file may ask of us.

pub mod caps;
mod decode;
mod document;
mod docx;
mod into_rules;
mod package;
pub mod policy;
pub mod sheet;
mod sniff;
mod xml;

pub use decode::{Encoding, Undecodable};
pub use document::{Document, DocumentKind, NotADocument, Note, document};
pub use package::BadPackage;
pub use sheet::mapping::{Field, Mapping, NoSuchField};
pub use sheet::matters::{
    Against, Defaults, Entering, Entrance, KnownMatters, MatterRow, OnlyListed, matter_named,
    matters, recheck, recheck_alone,
};
pub use sheet::notice::{NoticeDay, calendar_notice};
pub use sheet::posts::{PostRow, posts};
pub use sheet::table::{NoSuchCell, Table, table, table_of_sheet};
pub use sheet::{
    Cell, CellKind, NotATable, Placed, Remark, RemarkKind, RowFault, RowProblem, Sheet,
};
pub use sniff::Foreign;
pub use xml::BadXml;
