//! The personalities as mosquitto's clients and plain HTTP see them.

use crate::{ca_file, certificate_files, device, plain, quiet_as, token};
use anyhow::{Context, Result};
use hubscope_model::{Code, Personality};
use hubscope_sandbox::{Login, Options, Sandbox};
use hubscope_tests::mosquitto::tool;
use hubscope_tests::program::{Ended, Program, run};
use hubscope_tests::{fail, within};
use hubscope_vault::for_connector;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A mosquitto client at the TLS door, with a certificate.
fn with_certificate(name: &str, sandbox: &Sandbox, ca: &Path, files: (&Path, &Path)) -> Result<Command> {
    let mut command = tool(name)?;
    command.args(["-h", "localhost", "-p", &sandbox.mqtts().port().to_string(), "--cafile"]).arg(ca);
    command.arg("--cert").arg(files.0).arg("--key").arg(files.1);
    Ok(command)
}

/// A mosquitto client at the plain door.
fn open(name: &str, sandbox: &Sandbox) -> Result<Command> {
    let mut command = tool(name)?;
    command.args(["-h", "127.0.0.1", "-p", &plain(sandbox).port().to_string()]);
    Ok(command)
}

fn as_azure(command: &mut Command, id: &str) {
    command.args(["-i", id, "-u", &format!("localhost/{id}/?api-version=2021-04-12")]);
}

fn refused(ended: &Ended) -> bool {
    ended.code != Some(0) && ended.stderr.to_lowercase().contains("not authorised")
}

#[tokio::test]
async fn azure_knows_certificates_and_has_no_plain_door() -> Result<()> {
    let sandbox = quiet_as(Personality::Azure).await?;
    assert_eq!(sandbox.mqtt(), None);
    let (_ca_folder, ca) = ca_file(&sandbox)?;
    let mut watch = sandbox.watch();
    for (of, id, good) in [
        ("camera-1", "camera-1", true),
        ("robot-1", "robot-1", true),
        ("camera-1", "robot-1", false),
        ("robot-1", "camera-1", false),
    ] {
        let (_folder, certificate, key) = certificate_files(&sandbox, of)?;
        let mut publish = with_certificate("mosquitto_pub", &sandbox, &ca, (&certificate, &key))?;
        as_azure(&mut publish, id);
        publish.args(["-q", "1", "-t", &format!("devices/{id}/messages/events/"), "-m", "hello"]);
        let ended = run(publish).await?;
        if good {
            assert_eq!(ended.code, Some(0), "{of} as {id}: {}", ended.stderr);
            let arrived = within("the message arrives", watch.next()).await.context("the hub is gone")?;
            assert_eq!((arrived.device.as_str(), arrived.payload.as_slice()), (id, b"hello".as_slice()));
        } else {
            assert!(refused(&ended), "{of} as {id}: {ended:?}");
        }
    }
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn each_has_the_doors_of_its_hub() -> Result<()> {
    for (personality, plain, ws, wss) in [
        (Personality::Broker, true, Some("/mqtt"), Some("/mqtt")),
        (Personality::Azure, false, None, Some("/$iothub/websocket")),
        (Personality::ThingsBoard, true, None, None),
        (Personality::Kaa, true, None, None),
    ] {
        let sandbox = quiet_as(personality).await?;
        assert_eq!(sandbox.mqtt().is_some(), plain, "{personality:?}");
        for (url, path) in [(sandbox.ws(), ws), (sandbox.wss(), wss)] {
            assert_eq!(url.is_some(), path.is_some(), "{personality:?}");
            assert!(url.is_none_or(|url| path.is_some_and(|path| url.ends_with(path))), "{personality:?}");
        }
        sandbox.stop().await;
    }
    Ok(())
}

#[tokio::test]
async fn services_send_something_to_who_connects() -> Result<()> {
    let start = |personality| Sandbox::start(Options { personality, ..Options::default() });
    let azure = start(Personality::Azure).await?;
    let (_ca_folder, ca) = ca_file(&azure)?;
    let (_folder, certificate, key) = certificate_files(&azure, "camera-1")?;
    let mut camera = with_certificate("mosquitto_sub", &azure, &ca, (&certificate, &key))?;
    as_azure(&mut camera, "camera-1");
    camera.args(["-q", "1", "-C", "1", "-F", "%t %p", "-t", "devices/camera-1/messages/devicebound/#"]);

    let thingsboard = start(Personality::ThingsBoard).await?;
    let mut valve = open("mosquitto_sub", &thingsboard)?;
    valve.args(["-u", &token(&thingsboard, "valve-1"), "-C", "1", "-F", "%t %p", "-t", "v1/devices/me/attributes"]);

    let kaa = start(Personality::Kaa).await?;
    let mut boiler = open("mosquitto_sub", &kaa)?;
    let (app_version, _, endpoint_token) = endpoint(&kaa, "boiler-1");
    let filter = format!("kp1/{app_version}/cmx/{endpoint_token}/config/json/status");
    boiler.args(["-C", "1", "-F", "%t %p", "-t", &filter]);

    let (camera, valve, boiler) = tokio::try_join!(run(camera), run(valve), run(boiler))?;
    for (ended, topic) in [
        (camera, "devices/camera-1/messages/devicebound/%24.mid=sandbox-"),
        (valve, "v1/devices/me/attributes "),
        (boiler, filter.as_str()),
    ] {
        let text = ended.text();
        assert!(text.starts_with(topic) && text.contains("targetTemperature"), "{text}{}", ended.stderr);
    }
    Ok(())
}

/// Application version, endpoint id and token.
fn endpoint(sandbox: &Sandbox, id: &str) -> (String, String, String) {
    match &device(sandbox, id).login {
        Login::EndpointToken { app_version, endpoint_id, token } => {
            (app_version.clone(), endpoint_id.clone(), for_connector(token).to_owned())
        }
        other => fail(&format!("{id} has no endpoint token but {other:?}")),
    }
}

/// One request to the REST API: status and body.
async fn ask(sandbox: &Sandbox, key: &str, method: &str, path: &str, body: &str) -> Result<(u16, Value)> {
    let rest = sandbox.rest().context("a REST API")?;
    let address = rest.base_url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{}: {key}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        rest.header,
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    within("the API answers", stream.read_to_string(&mut answer)).await?;
    let status = answer.split(' ').nth(1).context("a status")?.parse()?;
    let (_, body) = answer.split_once("\r\n\r\n").context("a body")?;
    Ok((status, serde_json::from_str(body)?))
}

#[tokio::test]
async fn kaas_api_reads_and_changes_the_state_of_a_token() -> Result<()> {
    let sandbox = quiet_as(Personality::Kaa).await?;
    let key = for_connector(&sandbox.rest().context("a REST API")?.api_key).to_owned();
    let (app_version, endpoint_id, endpoint_token) = endpoint(&sandbox, "boiler-new");
    let tokens = format!("/cm/api/v1/endpoints/{endpoint_id}/tokens?limit=100");
    assert_eq!(ask(&sandbox, "wrong", "GET", &tokens, "").await?.0, 401);
    assert_eq!(ask(&sandbox, &key, "GET", "/cm/api/v1/endpoints/nobody/tokens", "").await?.0, 404);
    let state = async || {
        let (status, listed) = ask(&sandbox, &key, "GET", &tokens, "").await?;
        assert_eq!((status, &listed["totalElements"]), (200, &1.into()));
        assert!(!listed.to_string().contains(&endpoint_token), "the list never holds a token");
        let listed = &listed["content"][0];
        let id = listed["endpointTokenId"].as_str().context("an id")?.to_owned();
        anyhow::Ok((listed["status"].as_str().context("a state")?.to_owned(), id))
    };
    let (inactive, token_id) = state().await?;
    assert_eq!(inactive, "INACTIVE");
    let change = async |to: &str| {
        let path = format!("/cm/api/v1/endpoints/{endpoint_id}/tokens/{token_id}");
        let body = format!(r#"{{"status":"{to}","reason":"a test"}}"#);
        Ok::<_, anyhow::Error>(ask(&sandbox, &key, "PATCH", &path, &body).await?.0)
    };
    assert_eq!((change("ACTIVE").await?, change("SUSPENDED").await?, change("nonsense").await?), (409, 409, 400));

    // The first use makes it active; the session ends when it is suspended.
    let topic = format!("kp1/{app_version}/dcx/{endpoint_token}/json/1");
    let mut subscribe = open("mosquitto_rr", &sandbox)?;
    let status = format!("{topic}/status");
    subscribe.args(["-V", "mqttv311", "-q", "1", "-t", &topic, "-e", &status, "-m", "{}", "-F", "%t %l"]);
    let answered = run(subscribe).await?;
    assert_eq!((answered.code, answered.text()), (Some(0), format!("{status} 0\n")), "{}", answered.stderr);
    assert_eq!(state().await?.0, "ACTIVE");
    let mut listen = open("mosquitto_sub", &sandbox)?;
    listen.args(["-F", "%p", "-C", "2", "-t", &format!("kp1/{app_version}/cmx/{endpoint_token}/#")]);
    let mut listening = Program::start(listen)?;
    within("it has subscribed", async {
        while sandbox.send("boiler-new", &format!("kp1/{app_version}/cmx/{endpoint_token}/x"), "hello") == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(listening.line().await?, "hello");
    assert_eq!((change("SUSPENDED").await?, state().await?.0.as_str()), (200, "SUSPENDED"));
    let mut publish = open("mosquitto_pub", &sandbox)?;
    publish.args(["-q", "1", "-t", &format!("kp1/{app_version}/dcx/{endpoint_token}/json"), "-m", "{}"]);
    assert_ne!(run(publish).await?.code, Some(0), "the connection was closed");
    within("its session has ended", async {
        while sandbox.counters().clients > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!((change("ACTIVE").await?, change("REVOKED").await?, change("ACTIVE").await?), (200, 200, 409));
    drop(listening);
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_taken_port_of_the_api_is_named() -> Result<()> {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let http_port = Some(taken.local_addr()?.port());
    let options = Options { personality: Personality::Kaa, http_port, ..Options::default() };
    let Err(error) = Sandbox::start(options).await else { anyhow::bail!("started on a taken port") };
    assert_eq!(error.code, Code::PortInUse);
    Ok(())
}
