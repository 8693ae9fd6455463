//! The one integration test program of `rules`.

mod calendar;
mod plan;
mod words;
