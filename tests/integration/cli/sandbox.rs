//! `sandbox`: one line, a hub that other clients can use, and nothing left behind.

use anyhow::{Context, Result};
use hubscope_tests::mosquitto::tool;
use hubscope_tests::program::{Program, cli, run, run_cli};
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

/// A running sandbox and its line.
pub(crate) async fn start(personality: &str) -> Result<(Program, Value)> {
    let mut command = cli()?;
    command.args(["sandbox", "--personality", personality]);
    let mut sandbox = Program::start(command)?;
    let line = serde_json::from_str(&sandbox.line().await?)?;
    Ok((sandbox, line))
}

pub(crate) fn device<'a>(line: &'a Value, id: &str) -> Result<&'a Value> {
    let devices = line["devices"].as_array().context("devices")?;
    devices.iter().find(|device| device["id"] == id).with_context(|| format!("no {id}"))
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    value[name].as_str().with_context(|| format!("no {name} in {value}"))
}

#[tokio::test]
async fn the_line_of_each_personality_has_what_its_devices_need() -> Result<()> {
    let (azure, line) = start("azure").await?;
    assert_eq!((&line["personality"], &line["mqtt"]), (&"azure".into(), &Value::Null));
    let string = text(device(&line, "gateway-1/meter")?, "connection_string")?;
    assert!(string.starts_with("HostName=localhost;DeviceId=gateway-1;ModuleId=meter;SharedAccessKey="), "{string}");
    let service = text(&line, "service_connection_string")?;
    assert!(service.starts_with("HostName=localhost;SharedAccessKeyName=iothubowner;SharedAccessKey="), "{service}");
    let camera = device(&line, "camera-1")?;
    assert_eq!(text(camera, "connection_string")?, "HostName=localhost;DeviceId=camera-1;x509=true");
    let (host, port) = address(&line, "mqtts")?;
    let mut publish = tool("mosquitto_pub")?;
    publish.args(["-h", &host, "-p", &port, "--cafile", text(&line, "ca_file")?]);
    publish.args(["--cert", text(camera, "certificate_file")?, "--key", text(camera, "key_file")?]);
    publish.args(["-i", "camera-1", "-u", "localhost/camera-1/?api-version=2021-04-12", "-q", "1"]);
    publish.args(["-t", "devices/camera-1/messages/events/", "-m", "{}"]);
    let published = run(publish).await?;
    assert_eq!(published.code, Some(0), "{}", published.stderr);
    let key_file = text(camera, "key_file")?.to_owned();
    azure.signal("INT")?;
    azure.end().await?;
    assert!(!Path::new(&key_file).exists());

    let (_thingsboard, line) = start("thingsboard").await?;
    let lamp = device(&line, "lamp-3")?;
    let (host, port) = address(&line, "mqtt")?;
    let mut publish = tool("mosquitto_pub")?;
    publish.args(["-h", &host, "-p", &port, "-i", text(lamp, "client_id")?, "-u", text(lamp, "user_name")?]);
    publish.args(["-P", text(lamp, "password")?, "-q", "1", "-t", "v1/devices/me/telemetry", "-m", "{}"]);
    let published = run(publish).await?;
    assert_eq!(published.code, Some(0), "{}", published.stderr);
    for (id, name) in [("valve-1", "token"), ("new-device", "provision_key"), ("new-device", "provision_secret")] {
        assert_eq!(text(device(&line, id)?, name)?.len(), 20);
    }

    let (_kaa, line) = start("kaa").await?;
    let boiler = device(&line, "boiler-1")?;
    assert_eq!(text(boiler, "app_version")?, "hubscope-v1");
    assert_eq!((text(boiler, "endpoint_token")?.len(), text(boiler, "endpoint_id")?.len()), (20, 20));
    assert!(text(&line["rest"], "url")?.starts_with("http://127.0.0.1:"));
    assert_eq!(text(&line["rest"], "header")?, "x-iamcore-api-key");
    assert_eq!(text(&line["rest"], "api_key")?.len(), 20);
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

#[tokio::test]
async fn faults_and_an_open_door_are_asked_for_by_flags() -> Result<()> {
    let mut command = cli()?;
    command.args(["sandbox", "--quiet", "--anonymous", "--fault", "refuse-publish=0x97,topic=no/#"]);
    command.args(["--fault", "refuse-connect=0x88,client=unlucky,times=1"]);
    let mut sandbox = Program::start(command)?;
    let line: Value = serde_json::from_str(&sandbox.line().await?)?;
    for (name, scheme) in [("ws", "ws://127.0.0.1:"), ("wss", "wss://127.0.0.1:")] {
        let url = text(&line, name)?;
        assert!(url.starts_with(scheme) && url.ends_with("/mqtt"), "{url}");
    }
    let (host, port) = address(&line, "mqtt")?;
    let publish = async |client: &str, topic: &str| {
        let mut publish = tool("mosquitto_pub")?;
        publish.args(["-h", &host, "-p", &port, "-V", "mqttv5", "-i", client, "-q", "1", "-t", topic, "-m", "x"]);
        run(publish).await
    };
    let good = publish("lucky", "yes").await?;
    assert_eq!(good.code, Some(0), "{}", good.stderr);
    let refused = publish("lucky", "no/a").await?;
    assert!(refused.stderr.contains("Quota exceeded"), "{}", refused.stderr);
    let unlucky = publish("unlucky", "yes").await?;
    assert!(unlucky.stderr.to_lowercase().contains("server unavailable"), "{}", unlucky.stderr);
    assert_eq!(publish("unlucky", "yes").await?.code, Some(0));
    sandbox.signal("INT")?;
    assert_eq!(sandbox.end().await?.code, Some(0));
    Ok(())
}

#[tokio::test]
async fn help_lists_the_faults_and_a_wrong_one_is_said() -> Result<()> {
    let help = run_cli(&["sandbox", "--help"]).await?;
    for name in
        ["refuse-connect", "wrong-session-present", "delay", "throttle", "cut", "lose", "oversized", "malformed"]
    {
        assert!(help.text().contains(name), "{name}: {}", help.text());
    }
    let wrong = run_cli(&["sandbox", "--fault", "lose=subscribe"]).await?;
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.stderr.contains("no packet that the hub sends"), "{}", wrong.stderr);
    Ok(())
}
