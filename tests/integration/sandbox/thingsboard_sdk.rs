//! tb-mqtt-client, unchanged, as a device of the ThingsBoard personality.

use crate::{ca_file, certificate_files, device, plain, quiet_as};
use anyhow::{Context, Result};
use hubscope_model::Personality;
use hubscope_sandbox::{Login, Sandbox};
use hubscope_tests::python::Script;
use hubscope_tests::within;
use hubscope_vault::for_connector;
use serde_json::{Value, json};

/// What the SDK is given for a device without a certificate.
fn login(sandbox: &Sandbox, id: &str) -> Value {
    match &device(sandbox, id).login {
        Login::Token { token } => json!({"user_name": for_connector(token)}),
        Login::Basic { client_id, user_name, password } => {
            let all = [
                ("client_id", client_id.as_deref()),
                ("user_name", user_name.as_deref()),
                ("password", password.as_ref().map(for_connector)),
            ];
            all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
        }
        _ => json!({}),
    }
}

fn with(mut login: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        login[name] = value.clone();
    }
    login
}

#[tokio::test]
async fn it_connects_sends_receives_and_is_refused() -> Result<()> {
    let sandbox = quiet_as(Personality::ThingsBoard).await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    let open = json!({"host": "127.0.0.1", "port": plain(&sandbox).port()});
    let secure = json!({"host": "localhost", "port": sandbox.mqtts().port(), "ca": ca});
    for (id, door) in
        [("valve-1", &open), ("valve-1", &secure), ("lamp-1", &open), ("lamp-2", &secure), ("lamp-3", &open)]
    {
        walk(&sandbox, id, &with(login(&sandbox, id), door)).await?;
    }
    let (_folder, certificate, key) = certificate_files(&sandbox, "meter-1")?;
    let by_certificate = json!({"certificate": certificate, "key": key});
    walk(&sandbox, "meter-1", &with(by_certificate, &secure)).await?;

    let wrong_password = with(login(&sandbox, "lamp-3"), &json!({"password": "wrong"}));
    for (login, code) in [
        (json!({"user_name": "nobody"}), 0x86),
        (wrong_password, 0x86),
        (json!({"client_id": "nobody"}), 0x85),
        (json!({}), 0x87),
    ] {
        let mut script = Script::start("thingsboard", &with(login.clone(), &open))?;
        assert_eq!(script.expect("refused").await?["code"], code, "{login}");
    }
    sandbox.stop().await;
    Ok(())
}

/// Connects, sends telemetry, and receives a change of attributes.
pub async fn walk(sandbox: &Sandbox, id: &str, login: &Value) -> Result<()> {
    let mut watch = sandbox.watch();
    let mut script = Script::start("thingsboard", login)?;
    script.expect("connected").await?;
    assert_eq!(script.expect("sent").await?["code"], 0);
    let telemetry = async {
        loop {
            let arrived = watch.next().await.context("the hub is gone")?;
            // It asks for the limits of its session, too, and what the last device sent may arrive after its script's end.
            if arrived.device == id && arrived.topic == "v1/devices/me/telemetry" {
                return anyhow::Ok(serde_json::from_slice::<Value>(&arrived.payload)?);
            }
        }
    };
    let telemetry = within("telemetry arrives", telemetry).await?;
    assert_eq!(telemetry.to_string().matches("21.5").count(), 1, "{telemetry}");
    // The SDK subscribes while it sends.
    within("the SDK has subscribed", async {
        while sandbox.send(id, "v1/devices/me/attributes", r#"{"target":22}"#) == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(script.expect("attributes").await?["content"], json!({"target": 22}));
    script.expect("end").await?;
    Ok(())
}
