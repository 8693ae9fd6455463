//! What goes in and what is refused, through the public doors only.

mod same_text;
mod tables;
