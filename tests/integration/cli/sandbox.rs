//! `sandbox`: one line, a hub that other clients can use, and nothing left behind.

use anyhow::{Context, Result};
use hubscope_tests::mosquitto::tool;
use hubscope_tests::program::{Program, cli, run};
use serde_json::Value;
use std::path::Path;

fn address(line: &Value, name: &str) -> Result<(String, String)> {
    let (host, port) = line[name].as_str().and_then(|text| text.split_once(':')).context("HOST:PORT")?;
    Ok((host.to_owned(), port.to_owned()))
}

#[tokio::test]
async fn other_clients_watch_its_devices_over_plain_and_tls() -> Result<()> {
    let mut command = cli()?;
    command.arg("sandbox");
    let mut sandbox = Program::start(command)?;
    let line: Value = serde_json::from_str(&sandbox.line().await?)?;
    let devices = line["devices"].as_array().context("devices")?;
    assert_eq!(devices.len(), 5);
    assert_eq!(devices.iter().filter(|device| device["faulty"] == true).count(), 1);
    let (id, token) = (devices[0]["id"].as_str().context("id")?, devices[0]["token"].as_str().context("token")?);
    let ca_file = line["ca_file"].as_str().context("ca_file")?.to_owned();

    let (host, port) = address(&line, "mqtt")?;
    let mut plain = tool("mosquitto_sub")?;
    plain.args(["-h", &host, "-p", &port, "-u", token, "-t", "devices/+/telemetry", "-C", "1"]);
    let plain = run(plain).await?;
    assert_eq!((plain.code, plain.stdout.is_empty()), (Some(0), false), "{}", plain.stderr);

    let (host, port) = address(&line, "mqtts")?;
    let mut secure = tool("mosquitto_sub")?;
    secure.args(["-h", &host, "-p", &port, "--cafile", &ca_file, "-u", id, "-P", token, "-t", "#", "-C", "1"]);
    let secure = run(secure).await?;
    assert_eq!((secure.code, secure.stdout.is_empty()), (Some(0), false), "{}", secure.stderr);

    sandbox.signal("INT")?;
    let ended = sandbox.end().await?;
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert!(!Path::new(&ca_file).exists());
    Ok(())
}

#[tokio::test]
async fn ports_can_be_given_and_a_taken_one_is_said() -> Result<()> {
    let taken = std::net::TcpListener::bind("127.0.0.1:0")?;
    let port = taken.local_addr()?.port().to_string();
    let mut command = cli()?;
    command.args(["sandbox", "--mqtt-port", &port]);
    let ended = run(command).await?;
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains(&port) && ended.text().is_empty(), "{}", ended.stderr);
    Ok(())
}
