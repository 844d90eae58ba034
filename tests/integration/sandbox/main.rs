//! The sandbox hub as clients see it that are not ours: mosquitto's, MQTT.js, and peers that break the rules.

mod hostile;
mod life;
mod mosquitto;
mod mqttjs;

use anyhow::Result;
use hubscope_sandbox::{Behaviour, Options, Sandbox};
use hubscope_tests::fail;
use std::path::PathBuf;
use tempfile::TempDir;

/// A hub without simulated devices: all traffic is the test's.
async fn quiet() -> Result<Sandbox> {
    Ok(Sandbox::start_with(Options::default(), Behaviour { quiet: true, ..Behaviour::default() }).await?)
}

/// The hub's root certificate as a file, gone with the returned folder.
fn ca_file(sandbox: &Sandbox) -> Result<(TempDir, PathBuf)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, sandbox.ca_pem())?;
    Ok((folder, path))
}

/// The token of a device in this run.
fn token(sandbox: &Sandbox, id: &str) -> String {
    let found = sandbox.devices().iter().find(|device| device.id == id);
    found.map_or_else(|| fail(&format!("no device {id}")), |device| device.token.clone())
}
