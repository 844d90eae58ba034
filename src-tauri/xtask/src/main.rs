//! `cargo xtask`: everything this project needs done, from a bare machine on.

mod bench;
mod bundle;
mod child;
mod needs;
mod npm;
mod places;
mod python;
mod run;
mod soak;
mod step;
mod test;
mod tools;

use anyhow::Result;
use clap::{Parser, Subcommand};
use places::Places;
use std::process::ExitCode;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Set up, run, test and measure Hubscope")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// Install missing system packages without asking.
    #[arg(long, global = true)]
    yes: bool,
}

#[derive(Subcommand)]
enum Task {
    /// Build and open the app; without a display, start the web shell and print its address.
    Run {
        /// Debug build with a page that reloads while you edit it.
        #[arg(long)]
        dev: bool,
    },
    /// Run every check.
    Test {
        /// Run only this step (may be given more than once); `--only help` lists the steps.
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
    },
    /// Write the page's types anew from the model.
    Contract,
    /// Measure; arguments go to the benchmark.
    Bench {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Make a deb and an rpm, in target/release/bundle.
    Bundle {
        /// Then install the deb in a clean root, use it, remove it; unpack the rpm and use it. Takes minutes.
        #[arg(long)]
        check: bool,
    },
    /// Run the proofs that take minutes.
    Soak,
    /// Take pictures of the real window in both themes, into docs/pictures.
    Pictures,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match perform(arguments).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn perform(arguments: Arguments) -> Result<ExitCode> {
    let places = Places::find().await?;
    match arguments.task {
        Task::Run { dev } => run::run(&places, arguments.yes, dev).await,
        Task::Test { only } => test::test(&places, arguments.yes, &only).await,
        Task::Contract => test::write_contract(&places).await,
        Task::Bench { arguments: rest } => bench::bench(&places, arguments.yes, &rest).await,
        Task::Bundle { check } => bundle::bundle(&places, arguments.yes, check).await,
        Task::Soak => soak::soak(&places, arguments.yes).await,
        Task::Pictures => test::pictures(&places, arguments.yes).await,
    }
}
