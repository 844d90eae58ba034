//! `pub`: each way to give a payload, and an end only after every answer.

use crate::{mosquitto_client, on_broker};
use anyhow::{Context, Result};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Program, run};
use tokio::io::AsyncWriteExt;

/// Runs `hubscope-cli pub` and says what a `mosquitto_sub` that was there first received.
async fn received(broker: &Broker, arguments: &[&str], input: &str, count: usize) -> Result<String> {
    let count = count.to_string();
    let watch = ["-t", "#", "-q", "1", "-C", &count, "-F", "%t|%q|%l|%p", "-i", "watcher"];
    let watcher = Program::start(mosquitto_client("mosquitto_sub", broker, &watch)?)?;
    hubscope_tests::until("mosquitto_sub has subscribed", || broker.log().contains("Sending SUBACK to watcher")).await;
    let mut command = on_broker("pub", broker)?;
    command.args(arguments);
    let mut publisher = Program::start(command)?;
    publisher.stdin.as_mut().context("stdin")?.write_all(input.as_bytes()).await?;
    let ended = publisher.end().await?;
    assert_eq!((ended.code, ended.stderr.as_str(), ended.text().as_str()), (Some(0), "", ""));
    Ok(watcher.end().await?.text())
}

fn broker() -> Result<Broker> {
    Broker::start(&Config::default().line("log_type all"))
}

#[tokio::test]
async fn a_text() -> Result<()> {
    for version in ["mqttv311", "mqttv5"] {
        let arguments = ["-V", version, "-t", "lab/set", "-q", "1", "-m", "-21.5"];
        assert_eq!(received(&broker()?, &arguments, "", 1).await?, "lab/set|1|5|-21.5\n");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_and_a_file() -> Result<()> {
    let broker = broker()?;
    assert_eq!(received(&broker, &["-t", "a", "-n"], "", 1).await?, "a|0|0|\n");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("payload");
    std::fs::write(&file, "two\nlines")?;
    let path = file.to_string_lossy();
    assert_eq!(received(&broker, &["-t", "a", "-q", "1", "-f", &path], "", 1).await?, "a|1|9|two\nlines\n");
    Ok(())
}

#[tokio::test]
async fn lines_in_order_all_of_them() -> Result<()> {
    // More than the session's outbox holds, so that the pace is the broker's.
    let lines: Vec<String> = (0..12_000).map(|number| format!("line {number}")).collect();
    let received = received(&broker()?, &["-t", "a", "-q", "1", "-l"], &(lines.join("\n") + "\n"), 12_000).await?;
    let expected: String = lines.iter().map(|line| format!("a|1|{}|{line}\n", line.len())).collect();
    assert!(received == expected, "the lines differ");
    Ok(())
}

#[tokio::test]
async fn the_last_line_needs_no_end_and_an_empty_one_is_a_message() -> Result<()> {
    assert_eq!(received(&broker()?, &["-t", "a", "-l"], "one\n\nthree", 3).await?, "a|0|3|one\na|0|0|\na|0|5|three\n");
    Ok(())
}

#[tokio::test]
async fn retained_messages_wait_for_later_subscribers() -> Result<()> {
    let broker = broker()?;
    let mut command = on_broker("pub", &broker)?;
    command.args(["-t", "kept", "-r", "-q", "1", "-m", "still here"]);
    assert_eq!(run(command).await?.code, Some(0));
    let later = mosquitto_client("mosquitto_sub", &broker, &["-t", "kept", "-C", "1", "-F", "%r %p"])?;
    assert_eq!(run(later).await?.text(), "1 still here\n");
    Ok(())
}
