//! `sandbox`: the embedded hub in the foreground.

use crate::args::{PersonalityArg, SandboxArgs};
use crate::connect::unreadable;
use crate::failure::Failure;
use crate::progress::interrupted;
use crate::sandbox_line::{self, Line};
use hubscope_model::{Code, Error, Personality};
use hubscope_sandbox::{Behaviour, Limits, Options, Sandbox};
use std::io::{self, Write};
use std::path::Path;

/// Runs until interrupted.
pub async fn run(args: SandboxArgs) -> Result<(), Failure> {
    let options = Options {
        personality: personality(args.personality),
        mqtt_port: args.mqtt_port,
        mqtts_port: args.mqtts_port,
        ws_port: args.ws_port,
        wss_port: args.wss_port,
        http_port: args.http_port,
    };
    let behaviour = Behaviour {
        limits: Limits { keep_alive: args.server_keep_alive, ..Limits::default() },
        quiet: args.quiet,
        anonymous: args.anonymous,
        client_ca: args.client_ca.as_deref().map(pem).transpose()?,
        client_certificates: args.client_certs.iter().map(|path| pem(path)).collect::<Result<_, _>>()?,
        faults: args.faults,
        ..Behaviour::default()
    };
    let sandbox = Sandbox::start_with(options, behaviour).await.map_err(Failure::usage)?;
    let announced = announce(&sandbox);
    if announced.is_ok() {
        interrupted().await;
    }
    sandbox.stop().await;
    announced.map(drop)
}

fn pem(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn personality(argument: PersonalityArg) -> Personality {
    match argument {
        PersonalityArg::Broker => Personality::Broker,
        PersonalityArg::Azure => Personality::Azure,
        PersonalityArg::ThingsBoard => Personality::ThingsBoard,
        PersonalityArg::Kaa => Personality::Kaa,
    }
}

/// Writes the files and prints the line; the directory lives as long as the answer.
fn announce(sandbox: &Sandbox) -> Result<tempfile::TempDir, Failure> {
    // Only this user may enter it.
    let directory = tempfile::Builder::new().prefix("hubscope-sandbox-").tempdir().map_err(|e| failed(&e))?;
    sandbox_line::write_files(sandbox, directory.path()).map_err(|e| failed(&e))?;
    let json = serde_json::to_string(&Line::of(sandbox, directory.path())).map_err(|e| failed(&e.into()))?;
    writeln!(io::stdout(), "{json}").map_err(|e| failed(&e))?;
    Ok(directory)
}

fn failed(error: &io::Error) -> Failure {
    Failure::usage(
        Error::new(Code::SandboxFailed, "The sandbox could not hand over its addresses.")
            .detail(error.to_string())
            .hint("Check the temporary directory and standard output."),
    )
}
