//! The one integration test program of `rules`.

mod calendar;
mod checkup;
mod diaries;
mod moves;
mod names;
mod plan;
mod promises;
mod random;
mod samples;
mod staff;
mod walk;
mod words;
mod world;
