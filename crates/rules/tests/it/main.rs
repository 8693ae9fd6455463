//! The one integration test program of `rules`.

mod calendar;
mod checkup;
mod desk;
mod diaries;
mod erasure;
mod lights;
mod moves;
mod names;
mod offered;
mod plan;
mod promises;
mod query;
mod random;
mod samples;
mod staff;
mod walk;
mod words;
mod world;
