//! MQTT.js, driven by tests/e2e/sandbox/mqttjs.mjs, over every door and both versions.

use crate::{ca_file, plain, token};
use anyhow::{Result, bail};
use hubscope_sandbox::{Options, Sandbox};
use hubscope_tests::{root, within};
use serde_json::{Value, json};
use tokio::process::Command;

/// Runs a script of tests/e2e/sandbox and gives back the lines that it printed.
pub async fn script(name: &str, argument: &Value) -> Result<Vec<Value>> {
    let folder = root().join("tests/e2e");
    if !folder.join("node_modules/mqtt").is_dir() {
        bail!("run `npm ci` in {} first", folder.display());
    }
    let mut node = Command::new("node");
    node.arg(format!("sandbox/{name}.mjs")).arg(argument.to_string()).current_dir(folder).kill_on_drop(true);
    let output = within("the script ends", node.output()).await?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{argument}: {said}{}", String::from_utf8_lossy(&output.stdout));
    }
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|l| Ok(serde_json::from_slice(l)?))
        .collect()
}

#[tokio::test]
async fn a_walk_over_every_door_and_both_versions() -> Result<()> {
    let sandbox = Sandbox::start(Options::default()).await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    for (url, ca) in [
        (format!("mqtt://{}", plain(&sandbox)), None),
        (format!("mqtts://{}", sandbox.mqtts()), Some(ca.to_string_lossy().into_owned())),
        (sandbox.ws().unwrap(), None),
        (sandbox.wss().unwrap(), Some(ca.to_string_lossy().into_owned())),
    ] {
        for version in [4, 5] {
            let login = json!({"url": url, "ca": ca, "version": version, "user_name": token(&sandbox, "pump-1")});
            walk(&login, version).await?;
        }
    }
    sandbox.stop().await;
    Ok(())
}

async fn walk(login: &Value, version: u8) -> Result<()> {
    let said = script("mqttjs", login).await?;
    let of = |what: &str| said.iter().filter(|line| line["what"] == what).collect::<Vec<_>>();
    let grants = json!([["js/#", 1], ["js/two", 2], ["devices/pump-1/replies/+", 1]]);
    assert_eq!(of("granted")[0]["grants"], grants);

    let messages = of("message");
    let short = |m: &Value| (m["topic"].clone(), m["payload"].clone(), m["qos"].clone(), m["retain"].clone());
    assert_eq!(short(messages[0]), (json!("js/one"), json!(r#"{"n":1}"#), json!(1), json!(false)));
    assert_eq!(short(messages[1]), (json!("js/zero"), json!(""), json!(0), json!(false)));
    assert_eq!(short(messages[2]), (json!("js/kept"), json!("still here"), json!(1), json!(true)));
    if version == 5 {
        let expected = json!({"content_type": "application/json", "user": {"unit": "°C", "site": ["a", "b"]}});
        assert_eq!(messages[0]["properties"], expected);
    }
    assert_eq!(of("large")[0]["same"], true);

    let replies: Vec<_> = of("reply").iter().map(|reply| reply["reply"].clone()).collect();
    assert_eq!(replies[0], json!({"status": 200, "result": {"hello": [1, 2]}}));
    assert_eq!((&replies[1]["status"], &replies[1]["result"]["speed"]), (&json!(200), &json!(1500)));
    assert_eq!((&replies[2]["status"], &replies[3]["status"]), (&json!(400), &json!(404)));
    assert_eq!(of("end").len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_wrong_login_is_refused_with_the_code() -> Result<()> {
    let sandbox = crate::quiet().await?;
    let url = format!("mqtt://{}", plain(&sandbox));
    for (version, user_name, password, code) in [
        (4, "nobody", None, 5),
        (4, "pump-1", Some("wrong"), 4),
        (5, "nobody", None, 0x87),
        (5, "pump-1", Some("wrong"), 0x86),
    ] {
        let login =
            json!({"url": url, "version": version, "user_name": user_name, "password": password, "wrong": true});
        let said = script("mqttjs", &login).await?;
        assert_eq!((&said[0]["what"], &said[0]["code"]), (&json!("refused"), &json!(code)), "{said:?}");
    }
    let pair = json!({"url": url, "version": 5, "user_name": "pump-1", "password": "", "wrong": true});
    assert_eq!(script("mqttjs", &pair).await?[0]["code"], json!(0x87));
    Ok(())
}
