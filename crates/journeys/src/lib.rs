//! The program in a browser, as an office uses it. For tests and pictures only; never shipped.
//!
//! A small driver of our own for Chromium's `DevTools` pipe: no port, no second program, no async.
//! Every act waits until the page is ready for it, so that journeys have no pauses in them; and
//! every page keeps what went wrong in it, so that a journey fails at an error nobody looked for.

mod acts;
mod axe;
mod browser;
mod demo;
mod faults;
mod folder;
mod keys;
mod link;
mod page;
mod world;

pub use axe::AXE;
pub use browser::{Browser, find};
pub use demo::Demo;
pub use folder::{Folder, build_folder};
pub use page::{Cookie, Page, Screen};
pub use world::{World, travel};

/// What a step of a journey comes to. The error is a sentence for the developer who reads the
/// test's output: what was waited for, and what was there instead.
pub type Outcome<T = ()> = Result<T, String>;
