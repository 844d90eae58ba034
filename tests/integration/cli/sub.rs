//! `sub`: everything that was sent, in order, in each form of output.

use crate::{mosquitto_client, subscriber};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Program, run};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};

/// Publishes lines with `mosquitto_pub -q 1 -l`.
async fn publish_lines(broker: &Broker, lines: impl Iterator<Item = String>) -> Result<()> {
    let command = mosquitto_client("mosquitto_pub", broker, &["-q", "1", "-l", "-t", "bench/lines"])?;
    let mut publisher = Program::start(command)?;
    let text: String = lines.map(|line| line + "\n").collect();
    publisher.stdin.as_mut().context("stdin")?.write_all(text.as_bytes()).await?;
    ensure!(publisher.end().await?.code == Some(0));
    Ok(())
}

fn objects(output: &str) -> Result<Vec<Value>> {
    Ok(output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

#[tokio::test]
async fn twenty_thousand_messages_arrive_in_order_and_only_once() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-t", "bench/#", "-q", "1", "-C", "20000", "--json"]).await?;
    let lines = || (0..20_000).map(|number| format!("{{\"n\":{number}}}"));
    let (ended, sent) = tokio::join!(subscriber.end(), publish_lines(&broker, lines()));
    sent?;
    let ended = ended?;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let messages = objects(&ended.text())?;
    assert_eq!(messages.len(), 20_000);
    for (message, sent) in messages.iter().zip(lines()) {
        assert_eq!(message["payload"], Value::from(sent));
        assert_eq!((&message["topic"], &message["qos"]), (&"bench/lines".into(), &1.into()));
    }
    Ok(())
}

#[tokio::test]
async fn mqtt_5_does_the_same() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-V", "mqttv5", "-t", "bench/+", "-q", "1", "-C", "2000"]).await?;
    let (ended, sent) =
        tokio::join!(subscriber.end(), publish_lines(&broker, (0..2000).map(|number| number.to_string())));
    sent?;
    let expected: String = (0..2000).map(|number| format!("{number}\n")).collect();
    assert_eq!(ended?.text(), expected);
    Ok(())
}

#[tokio::test]
async fn json_says_when_where_and_how() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let publish = ["-t", "lab/ä", "-r", "-m", "21.5 °C"];
    run(mosquitto_client("mosquitto_pub", &broker, &publish)?).await?;
    let mut subscriber = subscriber(&broker, &["-t", "lab/#", "--json"]).await?;
    let line = subscriber.line().await?;
    let message: Value = serde_json::from_str(&line)?;
    let keys: Vec<_> = message.as_object().context("an object")?.keys().map(String::as_str).collect();
    assert_eq!(keys, ["time", "topic", "qos", "retain", "payload"]);
    assert_eq!(message["topic"], "lab/ä");
    assert_eq!(message["payload"], "21.5 °C");
    assert_eq!(message["retain"], true);
    let time = message["time"].as_str().context("text")?;
    assert_eq!(time.len(), "2026-11-22T17:32:51.719892Z".len(), "{time}");
    assert!(time.ends_with('Z') && time.as_bytes()[10] == b'T' && time.as_bytes()[19] == b'.', "{time}");
    Ok(())
}

#[tokio::test]
async fn what_is_not_text_is_base64() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut subscriber = subscriber(&broker, &["-t", "#", "--json"]).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("payload");
    let bytes = b"\xff\xfe\x00binary\xc3";
    std::fs::write(&file, bytes)?;
    let path = file.to_string_lossy();
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "raw", "-f", &path])?).await?;
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "empty", "-n"])?).await?;
    let raw: Value = serde_json::from_str(&subscriber.line().await?)?;
    assert_eq!(STANDARD.decode(raw["payload_base64"].as_str().context("text")?)?, bytes);
    assert!(raw.get("payload").is_none());
    let empty: Value = serde_json::from_str(&subscriber.line().await?)?;
    assert_eq!(empty["payload"], "");
    Ok(())
}

#[tokio::test]
async fn ten_megabytes_arrive_unchanged() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-t", "big", "-C", "1"]).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("payload");
    let mut bytes: Vec<u8> = (0..10_000_000_u32).map(|number| (number % 251) as u8).collect();
    std::fs::write(&file, &bytes)?;
    let path = file.to_string_lossy().into_owned();
    let publish = mosquitto_client("mosquitto_pub", &broker, &["-q", "1", "-t", "big", "-f", &path])?;
    let (ended, sent) = tokio::join!(subscriber.end(), run(publish));
    assert_eq!(sent?.code, Some(0));
    bytes.push(b'\n');
    assert!(ended?.stdout == bytes, "the payload differs");
    Ok(())
}

#[tokio::test]
async fn verbose_puts_the_topic_first_and_several_filters_are_one_stream() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-t", "a/+", "-t", "b/#", "-v", "-C", "2"]).await?;
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "a/1", "-m", "one"])?).await?;
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "b/2/3", "-m", "two"])?).await?;
    assert_eq!(subscriber.end().await?.text(), "a/1 one\nb/2/3 two\n");
    Ok(())
}

#[tokio::test]
async fn a_message_is_printed_at_once_and_a_closed_pipe_ends_quietly() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut subscriber = subscriber(&broker, &["-t", "pipe"]).await?;
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "pipe", "-m", "first"])?).await?;
    assert_eq!(subscriber.line().await?, "first");
    drop(subscriber.stdout.take());
    // The message that finds the pipe closed is the one that ends it.
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "pipe", "-m", "second"])?).await?;
    let ended = subscriber.end().await?;
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    Ok(())
}

#[tokio::test]
async fn ctrl_c_ends_politely() -> Result<()> {
    let broker = Broker::start(&Config::default().line("log_type all"))?;
    let subscriber = subscriber(&broker, &["-t", "x", "-i", "polite"]).await?;
    subscriber.signal("INT")?;
    let ended = subscriber.end().await?;
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    hubscope_tests::until("the broker was told", || broker.log().contains("Received DISCONNECT from polite")).await;
    Ok(())
}

#[tokio::test]
async fn ctrl_c_ends_also_while_nobody_reads() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut subscriber = subscriber(&broker, &["-t", "big"]).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("payload");
    // More than pipe and buffers hold.
    std::fs::write(&file, vec![b'x'; 4_000_000])?;
    let path = file.to_string_lossy().into_owned();
    run(mosquitto_client("mosquitto_pub", &broker, &["-q", "1", "-t", "big", "-f", &path])?).await?;
    // Its first byte shows that it is being printed.
    subscriber.stdout.as_mut().context("stdout")?.fill_buf().await?;
    let unread = subscriber.stdout.take();
    subscriber.signal("INT")?;
    assert_eq!(subscriber.end().await?.code, Some(0));
    drop(unread);
    Ok(())
}
