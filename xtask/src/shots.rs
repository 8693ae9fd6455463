//! Pictures of the pages. The work itself is done by an example of `journeys`, so that this program
//! stays light.

use crate::shell;

/// `cargo xtask shots [--out DIR]`: both languages, office computer and telephone.
///
/// # Errors
/// A last line when the program does not build, there is no browser, or a page does wrong.
pub(crate) fn run(rest: &[String]) -> Result<(), String> {
    shell::run(shell::cargo(&["build", "--quiet", "-p", "bihuan"]))?;
    let mut command = shell::cargo(&["run", "--quiet", "-p", "bihuan-journeys"]);
    command.args(["--example", "shots", "--"]).args(rest);
    shell::run(command)
}
