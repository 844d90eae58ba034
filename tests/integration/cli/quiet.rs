//! `sub --quiet`: into the log, and out come its counters.

use crate::{mosquitto_client, subscriber};
use anyhow::{Context, Result, ensure};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Program, run};
use serde_json::Value;
use tokio::io::AsyncWriteExt;

#[tokio::test]
async fn counters_are_exact() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let arguments = ["-t", "#", "-q", "1", "-C", "3000", "--quiet", "--filter", "topic:bench/lines 77"];
    let subscriber = subscriber(&broker, &arguments).await?;
    let command = mosquitto_client("mosquitto_pub", &broker, &["-q", "1", "-l", "-t", "bench/lines"])?;
    let mut publisher = Program::start(command)?;
    let lines: Vec<String> = (0..3000).map(|number| number.to_string()).collect();
    publisher.stdin.as_mut().context("stdin")?.write_all((lines.join("\n") + "\n").as_bytes()).await?;
    let (ended, sent) = tokio::join!(subscriber.end(), publisher.end());
    ensure!(sent?.code == Some(0));
    let ended = ended?;
    let output = ended.text();
    assert_eq!(output.lines().count(), 1, "{output}");
    let counters: Value = serde_json::from_str(&output)?;
    let count = |name: &str| counters[name].as_u64();
    assert_eq!((count("received"), count("kept")), (Some(3000), Some(3000)));
    assert_eq!((count("evicted"), count("dropped")), (Some(0), Some(0)));
    assert_eq!(count("bytes"), Some(lines.iter().map(|line| line.len() as u64).sum()));
    assert_eq!(count("matching"), Some(lines.iter().filter(|line| line.contains("77")).count() as u64));
    assert!(counters["seconds"].as_f64().is_some_and(|seconds| seconds > 0.0));
    Ok(())
}

#[tokio::test]
async fn ctrl_c_prints_what_came_so_far() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-t", "#", "--quiet"]).await?;
    subscriber.signal("INT")?;
    let ended = subscriber.end().await?;
    assert_eq!(ended.code, Some(0));
    let counters: Value = serde_json::from_str(&ended.text())?;
    let keys: Vec<_> = counters.as_object().context("an object")?.keys().map(String::as_str).collect();
    assert_eq!(keys, ["received", "kept", "evicted", "dropped", "bytes", "seconds"]);
    Ok(())
}

#[tokio::test]
async fn what_the_log_cannot_hold_is_counted_as_evicted() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut command = crate::on_broker("sub", &broker)?;
    command.args(["-t", "#", "-q", "1", "-C", "500", "--quiet"]).env("HUBSCOPE_LOG_ENTRIES", "100");
    let mut subscriber = Program::start(command)?;
    subscriber.says("subscribed").await?;
    let mut publish = crate::on_broker("pub", &broker)?;
    publish.args(["-t", "x", "-q", "1", "-l"]);
    let mut publisher = Program::start(publish)?;
    publisher.stdin.as_mut().context("stdin")?.write_all("m\n".repeat(500).as_bytes()).await?;
    let (ended, sent) = tokio::join!(subscriber.end(), publisher.end());
    ensure!(sent?.code == Some(0));
    let counters: Value = serde_json::from_str(&ended?.text())?;
    let count = |name: &str| counters[name].as_u64().unwrap_or_default();
    assert_eq!(count("received"), 500);
    assert!(count("kept") <= 100 && count("evicted") >= 400, "{counters}");
    assert_eq!(count("kept") + count("evicted") + count("dropped"), 500);
    Ok(())
}

#[tokio::test]
async fn a_wrong_filter_is_told_with_its_place() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut command = crate::on_broker("sub", &broker)?;
    command.args(["-t", "#", "--quiet", "--filter", "dir:sideways"]);
    let ended = run(command).await?;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("sideways") && ended.stderr.contains("next:"), "{}", ended.stderr);
    Ok(())
}
