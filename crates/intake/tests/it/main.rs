//! What goes in and what is refused, through the public doors only.

mod any_bytes;
mod build;
mod heavy;
mod hostile;
mod numbering;
mod page;
mod same_text;
mod tables;
