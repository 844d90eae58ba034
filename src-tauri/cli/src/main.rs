//! `hubscope-cli`: Hubscope without a window.

mod args;
mod broker_test;
mod cert;
mod connect;
mod connection_string;
mod credential;
mod diagnose;
mod escape;
mod failure;
mod manual;
mod output;
mod packets;
mod pasted;
mod progress;
mod property;
mod publish;
mod sandbox;
mod sandbox_line;
mod sas;
mod serve;
mod source;
mod sub;
mod way;

use args::{Cli, Command};
use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use failure::{Exit, Failure};
use hubscope_model::{Code, Error};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    hubscope_pki::install_crypto_provider();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let error = Error::new(Code::Internal, "The system refused threads.").detail(error.to_string());
            return Failure::usage(error).report();
        }
    };
    let result = runtime.block_on(run(cli.command));
    // A read of standard input may still be under way; nobody waits for it.
    runtime.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Sub(args) => sub::run(args).await,
        Command::Pub(args) => publish::run(args).await,
        Command::BrokerTest(args) => broker_test::run(args).await,
        Command::Diagnose(args) => diagnose::run(args).await,
        Command::Sandbox(args) => sandbox::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Sas(args) => sas::run(args),
        Command::ConnectionString(args) => connection_string::run(args),
        Command::Credential(args) => credential::run(args),
        Command::Cert(args) => cert::run(args),
        Command::Completions(args) => manual::completions(args),
        Command::Manual(args) => manual::pages(args),
    }
}

/// Prints help where it was asked for, else what is wrong. A word that no option claims may be a
/// part of a password without its quotation marks and is not repeated.
fn usage(error: &clap::Error) -> ExitCode {
    let stray = error.kind() == ErrorKind::UnknownArgument
        && matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(word)) if !word.starts_with("--"));
    if stray {
        let error = Error::new(Code::BadRequest, "There is a word that belongs to no option.")
            .hint("Put values with blanks in quotation marks; --help lists the options.");
        return Failure::usage(error).report();
    }
    // Nothing is left to do when the terminal is gone.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(Exit::Usage as u8) } else { ExitCode::SUCCESS }
}
