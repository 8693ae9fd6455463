//! The program in a browser. Without a browser every trial is skipped, and loudly; with
//! `BIHUAN_REQUIRE_BROWSER=1` that is a failure.

mod after;
mod driver;
mod founding;
mod http;
mod import;
mod lists;
mod meanwhile;
mod office;
mod plans;
mod stand;
mod walks;

use journeys::{Browser, Demo, Outcome, World, travel};
use libtest_mimic::{Arguments, Trial};
use stand::Stand;
use std::io::Write;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

/// A walk through pages that ends well or says why not.
pub(crate) type Journey = fn(&World<'_>) -> Outcome;

/// What the trials share, each started when the first trial needs it: `--list` starts nothing.
#[derive(Default)]
struct Stage {
    browser: OnceLock<Outcome<Browser>>,
    demo: OnceLock<Outcome<Demo>>,
    stand: OnceLock<Outcome<Stand>>,
}

impl Stage {
    fn browser(&self) -> Outcome<&Browser> {
        self.browser.get_or_init(Browser::start).as_ref().map_err(Clone::clone)
    }

    /// A journey through the program itself.
    fn travel(&self, name: &str, journey: Journey) -> Outcome {
        let demo = self.demo.get_or_init(Demo::start).as_ref().map_err(Clone::clone)?;
        travel(self.browser()?, demo.url(), name, journey)
            .map_err(|why| format!("{why}\nthe server said:\n{}", demo.said()))
    }

    /// A trial of the driver, on pages of its own.
    fn try_driver(&self, name: &str, journey: Journey) -> Outcome {
        let stand = self.stand.get_or_init(Stand::start).as_ref().map_err(Clone::clone)?;
        travel(self.browser()?, stand.url(), name, journey)
    }

    /// Judges journeys that are meant to fail.
    fn judge(&self) -> Outcome {
        let stand = self.stand.get_or_init(Stand::start).as_ref().map_err(Clone::clone)?;
        driver::judged(self.browser()?, stand.url())
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let is_here = journeys::find().is_some();
    let is_required = std::env::var_os("BIHUAN_REQUIRE_BROWSER").is_some_and(|value| value == "1");
    if !is_here && !arguments.list {
        // Without standard error there is nobody to warn.
        let _ = writeln!(std::io::stderr(), "{}", banner(is_required));
    }
    let stage = Arc::new(Stage::default());
    let trial =
        |kind: &str, name: &str, run: fn(&Stage, &str, Journey) -> Outcome, one: Journey| {
            let (stage, name) = (Arc::clone(&stage), name.to_owned());
            let title = format!("{kind}::{name}");
            Trial::test(title, move || Ok(run(&stage, &name, one)?))
                .with_ignored_flag(!is_here && !is_required)
        };
    let mut trials = Vec::new();
    for (name, one) in driver::TRIALS {
        trials.push(trial("driver", name, Stage::try_driver, *one));
    }
    let journeys = [
        walks::JOURNEYS,
        plans::JOURNEYS,
        after::JOURNEYS,
        lists::JOURNEYS,
        meanwhile::JOURNEYS,
        office::JOURNEYS,
        import::JOURNEYS,
    ];
    for (name, one) in journeys.into_iter().flatten() {
        trials.push(trial("journeys", name, Stage::travel, *one));
    }
    let found: fn(&Stage, &str, Journey) -> Outcome =
        |stage, _, _| founding::walk(stage.browser()?);
    trials.push(trial("journeys", "from_the_demonstration_to_earnest", found, |_| Ok(())));
    trials.push(trial("driver", "judged", |stage, _, _| stage.judge(), |_| Ok(())));
    let conclusion = libtest_mimic::run(&arguments, trials);
    // Ends the server and the browser; leaving by `exit` would not.
    drop(stage);
    conclusion.exit_code()
}

fn banner(is_required: bool) -> String {
    let verdict = if is_required {
        "BIHUAN_REQUIRE_BROWSER=1 is set, so every journey FAILS."
    } else {
        "Every journey is SKIPPED: nothing of what users see is tested."
    };
    let bar = "!".repeat(76);
    format!(
        "\n{bar}\n!! No Chromium was found. {verdict}\n!! Install it (apt-get install chromium \
         fonts-noto-cjk) or set BIHUAN_CHROME.\n{bar}\n"
    )
}
