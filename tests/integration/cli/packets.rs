//! --packets, --key-log, broker-test.

use crate::on_broker;
use anyhow::Result;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::run;
use serde_json::Value;

#[tokio::test]
async fn packets_are_lines_on_standard_error() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut command = on_broker("pub", &broker)?;
    command.args(["-V", "5", "-t", "kp1/app-v1/dcx/the-secret-token/json", "-m", "x", "-q", "2", "--packets"]);
    let ended = run(command).await?;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let kinds: Vec<_> = ended.stderr.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    let expected = ["CONNECT", "CONNACK", "PUBLISH", "PUBREC", "PUBREL", "PUBCOMP", "DISCONNECT"];
    assert_eq!(kinds, expected, "{}", ended.stderr);
    assert!(!ended.stderr.contains("the-secret-token") && ended.stdout.is_empty(), "{}", ended.stderr);
    Ok(())
}

#[tokio::test]
async fn tls_keys_go_to_the_file_that_was_named() -> Result<()> {
    let ca = Ca::new("Test CA")?;
    let broker = Broker::start(&Config::tls(&ca.server(&["IP:127.0.0.1"], Valid::Now)?))?;
    let folder = tempfile::tempdir()?;
    let (ca_file, keys) = (folder.path().join("ca.pem"), folder.path().join("keys.txt"));
    std::fs::write(&ca_file, &ca.pem)?;
    let mut command = on_broker("pub", &broker)?;
    command.args(["-t", "x", "-n", "--cafile"]).arg(&ca_file).arg("--key-log").arg(&keys);
    let ended = run(command).await?;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let text = std::fs::read_to_string(&keys)?;
    assert!(text.starts_with("CLIENT_HANDSHAKE_TRAFFIC_SECRET "), "{text}");
    let mut command = on_broker("pub", &broker)?;
    command.args(["-t", "x", "-n", "--key-log"]).arg(folder.path().join("no/such/folder"));
    let ended = run(command).await?;
    assert!(ended.code == Some(1) && ended.stderr.contains("cannot be written"), "{}", ended.stderr);
    Ok(())
}

#[tokio::test]
async fn what_a_broker_can_do_as_text_and_as_json() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let text = run(on_broker("broker-test", &broker)?).await?;
    assert_eq!(text.code, Some(0), "{}", text.stderr);
    assert!(text.text().contains("largest QoS granted             2"), "{}", text.text());
    let mut command = on_broker("broker-test", &broker)?;
    command.args(["--json", "--prefix", "mine/here"]);
    let json = run(command).await?;
    let report: Value = serde_json::from_str(&json.text())?;
    assert_eq!(report["prefix"], "mine/here");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(30), "{report}");
    let mut command = on_broker("broker-test", &broker)?;
    command.args(["--prefix", "mine/#"]);
    assert_eq!(run(command).await?.code, Some(1));
    drop(broker);
    Ok(())
}
