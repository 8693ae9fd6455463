//! The journeys of an office through its program, by post. One per role and per thing that only a
//! browser can show; what a handler or a fragment can show is tested there.

use crate::Journey;
use journeys::{Outcome, Screen, World};

pub(crate) const JOURNEYS: &[(&str, Journey)] = &[("first_screen", first_screen)];

/// Whoever comes in by the demonstration sees a page with one title.
fn first_screen(world: &World<'_>) -> Outcome {
    let page = world.sign_in(1, Screen::DESK)?;
    page.wait_for("h1")?;
    assert_eq!(page.count("h1")?, 1, "one title per page");
    assert!(!page.text("h1")?.is_empty());
    Ok(())
}
