//! On a terminal nothing of a stranger's may act; into a pipe goes every byte.

use crate::{mosquitto_client, subscriber};
use anyhow::Result;
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Program, cli, run};
use std::process::Command;

/// Recolours, clears, reorders, and pretends to be a second message.
const HOSTILE: &str = "a\u{1b}[31;2J\u{202e}b\u{9b}m\nfake";

/// The same `sub` on a terminal, made by `script` from util-linux.
async fn on_terminal(broker: &Broker, options: &str) -> Result<String> {
    let program = cli()?.get_program().to_string_lossy().into_owned();
    let line = format!("{program} sub -h 127.0.0.1 -p {} -t '#' -C 1 {options}", broker.port());
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    let mut terminal = Program::start(command)?;
    // Standard error is the terminal, too.
    assert_eq!(terminal.line().await?, "subscribed");
    run(mosquitto_client("mosquitto_pub", broker, &["-t", "x\u{202e}y", "-m", HOSTILE])?).await?;
    let line = terminal.line().await?;
    let ended = terminal.end().await?;
    assert_eq!((ended.code, ended.text().as_str()), (Some(0), ""));
    Ok(line)
}

#[tokio::test]
async fn a_terminal_gets_no_control_or_bidi_characters() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let text = on_terminal(&broker, "-v").await?;
    assert_eq!(text, r"x\u{202e}y a\u{1b}[31;2J\u{202e}b\u{9b}m\nfake");
    let json = on_terminal(&broker, "--json").await?;
    assert!(!json.contains(|c: char| c.is_control() || c == '\u{202e}'), "{json:?}");
    let message: serde_json::Value = serde_json::from_str(&json)?;
    assert_eq!(message["payload"], HOSTILE);
    Ok(())
}

#[tokio::test]
async fn a_pipe_gets_every_byte() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-t", "#", "-C", "1"]).await?;
    run(mosquitto_client("mosquitto_pub", &broker, &["-t", "x", "-m", HOSTILE])?).await?;
    assert_eq!(subscriber.end().await?.text(), format!("{HOSTILE}\n"));
    Ok(())
}
