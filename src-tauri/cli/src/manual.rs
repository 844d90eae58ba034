//! What packages bring beside the program: completions and manual pages, made from the flags themselves.

use crate::args::{Cli, CompletionsArgs, ManualArgs};
use crate::failure::Failure;
use clap::CommandFactory;
use hubscope_model::{Code, Error};
use std::io::Write as _;

/// Prints the script that a shell reads.
pub fn completions(args: CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "hubscope-cli", &mut script);
    // A reader that has seen enough may be gone.
    let _ = std::io::stdout().write_all(&script);
    Ok(())
}

/// Writes `hubscope-cli.1` and a page for each of its commands.
pub fn pages(args: ManualArgs) -> Result<(), Failure> {
    clap_mangen::generate_to(Cli::command(), &args.directory).map_err(|error| {
        let refused = Error::new(Code::FileUnwritable, "The manual pages could not be written.");
        Failure::usage(refused.detail(error.to_string()))
    })
}
