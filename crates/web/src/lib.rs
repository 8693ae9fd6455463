//! 窗: pages, forms and the JSON API. One file for each address: read the form, submit a command,
//! show the page. Whatever is about business is asked of `rules`.
//!
//! Start reading at [`router`], then `route.rs` (who may come where) and `reader.rs` (who asks).

mod api;
mod app;
mod assets;
mod command;
mod drafts;
mod enter;
mod evidence;
mod fields;
mod live;
mod page;
mod parts;
mod reader;
mod route;
mod shell;
mod stop;

pub use app::{AfterDemo, App, Clock, Options};
pub use enter::{Coming, Entered, Importer, enter, fresh_key};
pub use route::{Need, Route};

use axum::Router;
use route::Routes;
use std::sync::Arc;

/// Everything that is served, and the list of it: each address with who may come there.
pub fn router(app: &Arc<App>) -> (Router, Vec<Route>) {
    let routes = Routes::new(app);
    let routes = page::add(routes);
    let routes = api::add(routes);
    let routes = live::add(routes);
    assets::add(routes).done()
}
