//! `serve`: the device explorer for a browser on this machine.

use crate::args::ServeArgs;
use crate::failure::Failure;
use crate::progress::interrupted;
use hubscope_engine::{Engine, EngineOptions};
use hubscope_model::{Code, Error};
use hubscope_web::WebShell;
use std::io::{self, Write};

/// Prints the address with its token, then runs until interrupted. What is wrong with the workspace
/// is shown by the page.
pub async fn run(args: ServeArgs) -> Result<(), Failure> {
    let options = match args.home {
        Some(home) => EngineOptions::at(home),
        None => EngineOptions::from_environment(),
    };
    let engine = Engine::start(options).await;
    let served = serve(&engine, args.port.unwrap_or(0)).await;
    engine.stop().await;
    served
}

async fn serve(engine: &std::sync::Arc<Engine>, port: u16) -> Result<(), Failure> {
    let shell = WebShell::start(engine.clone(), port).await.map_err(|error| {
        Failure::usage(
            Error::new(Code::PortInUse, "The address for the browser cannot be opened.")
                .detail(error.to_string())
                .hint("Choose another --port, or leave it out."),
        )
    })?;
    let printed = writeln!(io::stdout(), "{}", shell.url());
    if printed.is_ok() {
        interrupted().await;
    }
    shell.stop().await;
    printed.map_err(|error| {
        Failure::usage(
            Error::new(Code::Internal, "Standard output cannot be written to.")
                .detail(error.to_string())
                .hint("The address is needed: let it be read."),
        )
    })
}
