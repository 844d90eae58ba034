//! azure-iot-device, unchanged, as a device of the Azure personality.

use crate::{ca_file, certificate_files, device};
use anyhow::{Context, Result};
use hubscope_model::{Code, Personality};
use hubscope_sandbox::{Behaviour, Options, Sandbox};
use hubscope_tests::python::Script;
use hubscope_tests::within;
use hubscope_vault::for_connector;
use serde_json::{Value, json};

/// The SDK knows no other port. Whoever has it may be another run of this test: it is waited for.
pub async fn hub_on_8883(behaviour: Behaviour) -> Result<Sandbox> {
    let options = Options { personality: Personality::Azure, mqtts_port: Some(8883), ..Options::default() };
    within("port 8883 is free", async {
        loop {
            match Sandbox::start_with(options, behaviour.clone()).await {
                Err(error) if error.code == Code::PortInUse => tokio::task::yield_now().await,
                started => return Ok(started?),
            }
        }
    })
    .await
}

#[tokio::test]
async fn it_connects_sends_receives_and_is_refused() -> Result<()> {
    let sandbox = hub_on_8883(Behaviour { quiet: true, ..Behaviour::default() }).await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    for id in ["freezer-1", "gateway-1", "gateway-1/meter"] {
        let text = device(&sandbox, id).connection_string("localhost").context("a connection string")?;
        walk(&sandbox, id, &json!({"ca": ca, "connection_string": for_connector(&text)})).await?;
    }
    for id in ["camera-1", "robot-1"] {
        let (_folder, certificate, key) = certificate_files(&sandbox, id)?;
        let login = json!({"ca": ca, "host": "localhost", "device": id, "certificate": certificate, "key": key});
        walk(&sandbox, id, &login).await?;
    }
    // Disabled; the key of another device; the certificate of another device.
    let text = |id: &str| device(&sandbox, id).connection_string("localhost").context("a connection string");
    let (disabled, other) = (text("retired-1")?, text("gateway-1")?);
    let swapped = for_connector(&other).replace("gateway-1", "freezer-1");
    let (_folder, certificate, key) = certificate_files(&sandbox, "camera-1")?;
    for login in [
        json!({"ca": ca, "connection_string": for_connector(&disabled)}),
        json!({"ca": ca, "connection_string": swapped}),
        json!({"ca": ca, "host": "localhost", "device": "robot-1", "certificate": certificate, "key": key}),
    ] {
        let mut script = Script::start("azure", &login)?;
        // The SDK's word for CONNACK 5.
        assert_eq!(script.expect("refused").await?["error"], "CredentialError");
    }
    sandbox.stop().await;
    Ok(())
}

/// Connects, sends one message, and receives one if it is a device.
pub async fn walk(sandbox: &Sandbox, id: &str, login: &Value) -> Result<()> {
    let mut watch = sandbox.watch();
    let mut script = Script::start("azure", login)?;
    script.expect("connected").await?;
    script.expect("sent").await?;
    let arrived = within("the message arrives", watch.next()).await.context("the hub is gone")?;
    assert_eq!((arrived.device.as_str(), arrived.qos), (id, 1));
    assert_eq!(arrived.payload, br#"{"temperature":21.5}"#);
    assert!(
        arrived
            .topic
            .ends_with("/messages/events/%24.mid=m%201&%24.ct=application%2Fjson&%24.ce=utf-8&alert=a%20b%26c"),
        "{}",
        arrived.topic
    );
    if !id.contains('/') {
        let topic = format!("devices/{id}/messages/devicebound/%24.mid=42&%24.ct=text%2Fplain&site=a%20b");
        within("the SDK has subscribed", async {
            while sandbox.send(id, &topic, "hello") == 0 {
                tokio::task::yield_now().await;
            }
        })
        .await;
        let message = script.expect("message").await?;
        assert_eq!((&message["payload"], &message["id"]), (&json!("hello"), &json!("42")));
        assert_eq!((&message["content_type"], &message["properties"]["site"]), (&json!("text/plain"), &json!("a b")));
    }
    script.expect("end").await?;
    Ok(())
}
