//! The sandbox in its personalities.

use super::{Files, TLS, diagnose};
use crate::sandbox::{device, start, text};
use anyhow::{Context, Result};

#[tokio::test]
async fn azure_by_key_and_by_certificate() -> Result<()> {
    let (_sandbox, line) = start("azure").await?;
    let files = Files::new()?;
    let (to, ca) = (text(&line, "mqtts")?, text(&line, "ca_file")?);
    let string = text(device(&line, "freezer-1")?, "connection_string")?;
    let file = files.write("string", string)?;
    let report = diagnose(&["--connection-string-file", &file, "--connect-to", to, "--cafile", ca]).await?;
    report.is_green(&["client_certificate"]);
    assert_eq!(report.step("echo")["evidence"]["echoes"], false);
    assert_eq!(report.step("publish")["evidence"]["topic"], "devices/freezer-1/messages/events/");

    let camera = device(&line, "camera-1")?;
    let file = files.write("camera", text(camera, "connection_string")?)?;
    let (certificate, key) = (text(camera, "certificate_file")?, text(camera, "key_file")?);
    let arguments = ["--connection-string-file", &file, "--connect-to", to, "--cafile", ca];
    let report = diagnose(&[&arguments[..], &["--cert", certificate, "--key", key]].concat()).await?;
    report.is_green(&[]);

    // Another device's key.
    let (before, _) = string.split_once("SharedAccessKey=").context("a key")?;
    let wrong = format!("{before}SharedAccessKey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    let file = files.write("wrong", &wrong)?;
    let report = diagnose(&["--connection-string-file", &file, "--connect-to", to, "--cafile", ca]).await?;
    report.fails("connect", "not_authorised", "edit_credential");
    let words = report.step("connect")["explanation"]["args"]["error"]["english"].as_str().context("words")?;
    assert_eq!(words, "Azure IoT Hub does not let this device in with its key.");
    assert!(!report.json.to_string().contains("AAAAAAAAAAAA"));
    Ok(())
}

#[tokio::test]
async fn thingsboard_by_token() -> Result<()> {
    let (_sandbox, line) = start("thingsboard").await?;
    let files = Files::new()?;
    let (host, port) = text(&line, "mqtt")?.split_once(':').context("HOST:PORT")?;
    let write = |token: &str| files.write("device", &format!("host: {host}\nport: {port}\ntoken: {token}\n"));
    let file = write(text(device(&line, "valve-1")?, "token")?)?;
    diagnose(&["--connection-string-file", &file]).await?.is_green(&TLS);
    let file = write("nobody-has-this-one")?;
    let report = diagnose(&["--connection-string-file", &file]).await?;
    let cause = report.step("connect")["cause"].as_str().context("a cause")?.to_owned();
    report.fails("connect", &cause, "edit_credential");
    let words = report.step("connect")["explanation"]["args"]["error"]["english"].as_str().context("words")?;
    assert_eq!(words, "ThingsBoard knows no device with this access token.");
    Ok(())
}

#[tokio::test]
async fn kaa_by_endpoint_token() -> Result<()> {
    let (_sandbox, line) = start("kaa").await?;
    let files = Files::new()?;
    let (host, port) = text(&line, "mqtt")?.split_once(':').context("HOST:PORT")?;
    let boiler = device(&line, "boiler-1")?;
    let (token, version) = (text(boiler, "endpoint_token")?, text(boiler, "app_version")?);
    let lines = format!("host: {host}\nport: {port}\napp_version: {version}\ntoken: {token}\n");
    let file = files.write("endpoint", &lines)?;
    let report = diagnose(&["--connection-string-file", &file]).await?;
    report.is_green(&TLS);
    assert_eq!(report.step("echo")["evidence"]["echoes"], true);
    assert!(!report.json.to_string().contains(token), "the token stands in no report");
    Ok(())
}
