//! The one integration test program of `rules`.

mod calendar;
mod names;
mod plan;
mod words;
