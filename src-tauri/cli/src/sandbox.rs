//! `sandbox`: the embedded hub in the foreground.

use crate::args::SandboxArgs;
use crate::failure::Failure;
use crate::progress::interrupted;
use hubscope_model::{Code, Error};
use hubscope_sandbox::{Options, Sandbox};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// What is printed once the sandbox listens.
#[derive(Serialize)]
struct Announcement<'a> {
    mqtt: String,
    mqtts: String,
    /// The sandbox's CA as PEM; removed with its directory when the sandbox ends.
    ca_file: &'a Path,
    devices: Vec<Device<'a>>,
}

#[derive(Serialize)]
struct Device<'a> {
    id: &'a str,
    /// The user name to connect with, or the password beside the id as user name.
    token: &'a str,
    faulty: bool,
}

/// Runs until interrupted.
pub async fn run(args: SandboxArgs) -> Result<(), Failure> {
    let sandbox = Sandbox::start(Options { mqtt_port: args.mqtt_port, mqtts_port: args.mqtts_port })
        .await
        .map_err(Failure::usage)?;
    let announced = announce(&sandbox);
    if announced.is_ok() {
        interrupted().await;
    }
    sandbox.stop().await;
    announced.map(drop)
}

/// Writes the CA file and prints the line; the directory lives as long as the answer.
fn announce(sandbox: &Sandbox) -> Result<tempfile::TempDir, Failure> {
    let directory = tempfile::Builder::new().prefix("hubscope-sandbox-").tempdir().map_err(|e| failed(&e))?;
    let ca_file = directory.path().join("ca.pem");
    std::fs::write(&ca_file, sandbox.ca_pem()).map_err(|e| failed(&e))?;
    let announcement = Announcement {
        mqtt: sandbox.mqtt().to_string(),
        mqtts: sandbox.mqtts().to_string(),
        ca_file: &ca_file,
        devices: sandbox
            .devices()
            .iter()
            .map(|device| Device { id: &device.id, token: &device.token, faulty: device.faulty })
            .collect(),
    };
    let json = serde_json::to_string(&announcement).map_err(|e| failed(&e.into()))?;
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
