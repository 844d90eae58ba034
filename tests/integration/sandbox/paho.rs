//! paho-mqtt for Python, driven by tests/python/paho_device.py, over every door and both versions.

use crate::{ca_file, plain, token};
use anyhow::{Context, Result};
use hubscope_sandbox::{Behaviour, Limits, Options, Sandbox};
use hubscope_tests::python::Script;
use serde_json::{Value, json};

/// A broker without traffic of its own, with a keep-alive that it tells.
async fn broker() -> Result<Sandbox> {
    let limits = Limits { keep_alive: Some(50), ..Limits::default() };
    Ok(Sandbox::start_with(Options::default(), Behaviour { limits, quiet: true, ..Behaviour::default() }).await?)
}

/// The port and path of a WebSocket's URL.
fn web(url: Option<String>) -> Result<Value> {
    let url = url.context("a WebSocket")?;
    let (_, rest) = url.split_once("127.0.0.1:").context("a loopback address")?;
    let (port, path) = rest.split_once('/').context("a path")?;
    Ok(json!({"transport": "websockets", "port": port.parse::<u16>()?, "path": format!("/{path}")}))
}

/// Runs a scenario over every door.
async fn everywhere(scenario: &str, versions: &[u8], check: impl AsyncFn(&mut Script, u8) -> Result<()>) -> Result<()> {
    let sandbox = broker().await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    let tcp = |port: u16| json!({"transport": "tcp", "port": port});
    let doors = [
        (tcp(plain(&sandbox).port()), false),
        (tcp(sandbox.mqtts().port()), true),
        (web(sandbox.ws())?, false),
        (web(sandbox.wss())?, true),
    ];
    for (door, secure) in doors {
        for version in versions {
            let mut argument = door.clone();
            argument["host"] = json!("127.0.0.1");
            argument["version"] = json!(version);
            argument["scenario"] = json!(scenario);
            argument["user_name"] = json!(token(&sandbox, "thermo-a"));
            if secure {
                argument["ca"] = json!(ca);
            }
            let mut script = Script::start("paho", &argument)?;
            check(&mut script, *version).await.with_context(|| format!("{scenario}, version {version}, {door}"))?;
            script.expect("end").await?;
        }
    }
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn qos_2_goes_both_ways_once_and_in_order() -> Result<()> {
    everywhere("exactly_once", &[4, 5], async |script, _| {
        assert_eq!(script.expect("granted").await?["codes"], json!([2]));
        let numbers: Vec<_> = (0..100).collect();
        let said = script.expect("payloads").await?;
        assert_eq!((&said["numbers"], &said["extra"]), (&json!(numbers), &json!(0)));
        assert_eq!(script.expect("message").await?["qos"], 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_will_is_for_who_vanishes() -> Result<()> {
    everywhere("will", &[4, 5], async |script, version| {
        let will = script.expect("will").await?;
        assert_eq!((&will["topic"], &will["qos"], &will["payload"]), (&json!("wills/gone"), &json!(2), &json!("gone")));
        assert_eq!(will["content_type"], if version == 5 { json!("text/plain") } else { Value::Null });
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_session_is_kept_and_said_to_be_present() -> Result<()> {
    everywhere("kept_session", &[4, 5], async |script, _| {
        assert_eq!(script.expect("present").await?["first"], false);
        assert_eq!(script.expect("present").await?["again"], true);
        assert_eq!(script.expect("missed").await?["payloads"], json!(["qos 1", "qos 2"]));
        assert_eq!(script.expect("present").await?["clean"], false);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_group_shares_the_work() -> Result<()> {
    everywhere("shared", &[4, 5], async |script, _| {
        let shares = script.expect("shares").await?;
        let all: Vec<_> = (0..30).collect();
        assert_eq!((&shares["sizes"], &shares["all"]), (&json!([10, 10, 10]), &json!(all)));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn properties_and_options_of_mqtt_5() -> Result<()> {
    everywhere("everything_of_five", &[5], async |script, _| {
        let given = script.expect("given").await?;
        let id = given["id"].as_str().context("an id")?;
        assert!(id.starts_with("sandbox-"), "{id}");
        assert_eq!(given["information"], format!("responses/{id}"));
        assert_eq!((&given["receive"], &given["aliases"], &given["keep_alive"]), (&json!(128), &json!(64), &json!(50)));
        let first = script.expect("first").await?;
        assert_eq!((&first["topic"], &first["qos"], &first["retain"]), (&json!("five/a"), &json!(1), &json!(true)));
        assert_eq!(first["user"], json!([["k", "1"], ["k", "2"]]));
        assert_eq!(
            (&first["content_type"], &first["response"], &first["data"]),
            (&json!("c"), &json!("r"), &json!("d"))
        );
        assert_eq!(first["identifiers"], json!([77]));
        let expiry = first["expiry"].as_u64().context("an expiry")?;
        assert!((400..=500).contains(&expiry), "{expiry}");
        let second = script.expect("second").await?;
        assert_eq!((&second["topic"], &second["retain"]), (&json!("five/a"), &json!(false)));
        assert_eq!(script.expect("no local").await?["payload"], "to the other");
        assert_eq!(script.expect("retained").await?["payloads"], json!(["kept", "to the other"]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_newer_connection_takes_over() -> Result<()> {
    everywhere("takeover", &[5], async |script, _| {
        assert_eq!(script.expect("taken over").await?["reason"], 0x8e);
        Ok(())
    })
    .await
}
