//! placeholder

use crate::shell::{Shell, Trouble};

#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_shell: &Shell, _args: &Args) -> Result<(), Trouble> {
    Ok(())
}
