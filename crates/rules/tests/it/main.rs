//! The one integration test program of `rules`.

mod calendar;
mod diaries;
mod names;
mod words;
mod world;
