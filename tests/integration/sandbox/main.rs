//! The sandbox hub as clients see it that are not ours: mosquitto's, MQTT.js, the vendors' SDKs, and peers that break
//! the rules.

mod azure_sdk;
mod faults;
mod hostile;
mod http_proxies;
mod life;
mod many;
mod mosquitto;
mod mqttjs;
mod own_certificates;
mod paho;
mod personalities;
mod thingsboard_sdk;

use anyhow::Result;
use hubscope_model::Personality;
use hubscope_sandbox::{Behaviour, Login, Options, Sandbox, SimulatedDevice};
use hubscope_tests::fail;
use hubscope_vault::for_connector;
use std::net::SocketAddr;
use std::path::PathBuf;
use tempfile::TempDir;

/// A hub without simulated devices: all traffic is the test's.
async fn quiet() -> Result<Sandbox> {
    Ok(Sandbox::start_with(Options::default(), Behaviour { quiet: true, ..Behaviour::default() }).await?)
}

/// A personality without services: all traffic is the test's.
async fn quiet_as(personality: Personality) -> Result<Sandbox> {
    let options = Options { personality, ..Options::default() };
    Ok(Sandbox::start_with(options, Behaviour { quiet: true, ..Behaviour::default() }).await?)
}

/// The hub's root certificate as a file, gone with the returned folder.
fn ca_file(sandbox: &Sandbox) -> Result<(TempDir, PathBuf)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, sandbox.ca_pem())?;
    Ok((folder, path))
}

/// The plain door.
fn plain(sandbox: &Sandbox) -> SocketAddr {
    sandbox.mqtt().unwrap_or_else(|| fail("this hub has no plain door"))
}

fn device<'a>(sandbox: &'a Sandbox, id: &str) -> &'a SimulatedDevice {
    let found = sandbox.devices().iter().find(|device| device.id == id);
    found.unwrap_or_else(|| fail(&format!("no device {id}")))
}

/// The token of a device in this run.
fn token(sandbox: &Sandbox, id: &str) -> String {
    match &device(sandbox, id).login {
        Login::Token { token } => for_connector(token).to_owned(),
        other => fail(&format!("{id} has no token but {other:?}")),
    }
}

/// The certificate and key of a device as files, gone with the returned folder.
fn certificate_files(sandbox: &Sandbox, id: &str) -> Result<(TempDir, PathBuf, PathBuf)> {
    let Login::X509 { chain_pem, key_pem, .. } = &device(sandbox, id).login else {
        fail(&format!("{id} has no certificate"))
    };
    let folder = tempfile::tempdir()?;
    let (certificate, key) = (folder.path().join("device.pem"), folder.path().join("device.key"));
    std::fs::write(&certificate, chain_pem)?;
    std::fs::write(&key, for_connector(key_pem))?;
    Ok((folder, certificate, key))
}
