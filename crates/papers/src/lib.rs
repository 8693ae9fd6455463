//! 文: ledgers and papers out. Lays out what `rules` made; chooses nothing and cuts nothing.
//!
//! Start reading at [`ledger_xlsx`]: the 问题整改台账, one 任务分解表 for each campaign, and a page
//! that says as of when and under which tree head it was made.
//!
//! Every text is written as a string cell, never as something that a spreadsheet might guess to
//! be a formula; every day is a real date. A text longer than a cell may be is continued on a
//! sheet of its own (续文), and a sheet with more rows than a sheet may have on a second one.
//!
//! A table that an import gives back is a [`Plain`]. Pictures are in [`chart`].

mod about;
mod book;
mod cell;
pub mod chart;
mod column;
mod format;
mod ledger;
mod material;
mod plain;
mod qr;
mod row;
mod rows;
mod story;
mod tasks;

pub use ledger::ledger_xlsx;
pub use material::{AsOf, Check, Closing, Limits, LookBack, MatterTexts, Progress};
pub use plain::{Note, Plain, plain_xlsx};
pub use qr::{QR_MAX, qr_svg};

/// Why no workbook was made. It is never the reader's texts: those may say anything.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The writer of the format refused; its own words are for a developer.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The archive around it refused.
    #[error("the workbook could not be packed")]
    Archive(#[from] zip::result::ZipError),
    #[error("the workbook could not be packed")]
    Packing(#[from] std::io::Error),
    /// The frame of a sheet has no place for rows: the writer of the format writes it otherwise.
    #[error("a sheet has no place for its rows")]
    NoPlace,
    /// A count does not fit the format.
    #[error("more rows than can be counted")]
    TooMany,
}

impl NotMade {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Workbook(_) | Self::Archive(_) | Self::Packing(_) | Self::NoPlace => {
                "papers-not-written"
            }
            Self::TooMany => "papers-too-many",
        }
    }

    /// What fills the message.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Workbook(error) => vec![("why", error.to_string())],
            Self::Archive(error) => vec![("why", error.to_string())],
            Self::Packing(error) => vec![("why", error.to_string())],
            Self::NoPlace => vec![("why", self.to_string())],
            Self::TooMany => Vec::new(),
        }
    }
}
