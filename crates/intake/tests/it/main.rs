//! What goes in and what is refused, through the public doors only.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod any_bytes;
mod build;
mod enter;
mod heavy;
mod hostile;
mod hostile_books;
mod ledger;
mod ledger_shapes;
mod numbering;
mod office;
mod page;
mod same_text;
mod tables;
mod words;
