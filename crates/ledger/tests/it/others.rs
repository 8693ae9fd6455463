//! Programs of others, with which these tests check ours.

use std::{io::Write, process::Command};

/// Whether it starts. Without it a test skips itself, loudly, and fails where
/// `BIHUAN_REQUIRE_FAULTS=1` asks for everything.
pub(crate) fn need(program: &str, args: &[&str]) -> bool {
    let here = Command::new(program).args(args).output();
    let here = here.is_ok_and(|output| output.status.success());
    let required = std::env::var("BIHUAN_REQUIRE_FAULTS").is_ok_and(|value| value == "1");
    assert!(here || !required, "{program} {args:?} is required and does not work");
    if !here {
        // Past the capture of the test runner: a skipped check must be seen.
        let said = format!("SKIPPED: {program} {args:?} does not work\n");
        std::io::stderr().write_all(said.as_bytes()).unwrap();
    }
    here
}
