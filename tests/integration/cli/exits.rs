//! Exit codes that scripts rely on, each with a reason and a next step.

use crate::{on_broker, subscriber};
use anyhow::Result;
use hubscope_tests::mosquitto::{Broker, Config, free_port};
use hubscope_tests::peer::{Peer, kind};
use hubscope_tests::program::{Ended, Program, cli, run, run_cli};

fn expect(ended: &Ended, code: i32) {
    assert_eq!(ended.code, Some(code), "{}", ended.stderr);
    assert_eq!(ended.text(), "");
}

/// Also with a next step.
fn expect_advice(ended: &Ended, code: i32) {
    expect(ended, code);
    assert!(ended.stderr.starts_with("hubscope-cli: ") && ended.stderr.contains("\n  next: "), "{}", ended.stderr);
}

#[tokio::test]
async fn one_is_usage() -> Result<()> {
    for arguments in [
        &["sub"][..],
        &["sub", "-h", "localhost"],
        &["sub", "-t", "x", "--frobnicate"],
        &["sub", "-t", "x", "-q", "3"],
        &["sub", "-t", "x", "-p", "0"],
        &["sub", "-t", "x", "-p", "70000"],
        &["sub", "-t", "x", "-V", "mqttv9"],
        &["sub", "-t", "x", "--filter", "y"],
        &["pub", "-t", "x"],
        &["pub", "-t", "x", "-m", "a", "-n"],
        &["frob"],
    ] {
        let ended = run_cli(arguments).await?;
        expect(&ended, 1);
        assert!(!ended.stderr.is_empty(), "{arguments:?}");
    }
    for arguments in [
        &["sub", "-t", "a#"][..],
        &["sub", "-t", "ok", "-t", "a/#/b"],
        &["sub", "-t", ""],
        &["sub", "--url", "mqtt://localhost"],
        &["sub", "--url", "http://localhost/x"],
        &["sub", "-h", "mqtt://localhost", "-t", "x"],
        &["sub", "-t", "x", "-P", "password without a user"],
        &["pub", "-t", "a/+", "-m", "x"],
        &["pub", "-t", "a", "-f", "/nowhere/at/all"],
    ] {
        expect_advice(&run_cli(arguments).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn two_is_no_connection() -> Result<()> {
    let closed = free_port()?.to_string();
    expect_advice(&run_cli(&["sub", "-h", "127.0.0.1", "-p", &closed, "-t", "x"]).await?, 2);
    expect_advice(&run_cli(&["sub", "-h", "127.0.0.1", "-p", &closed, "-t", "x", "--quiet"]).await?, 2);
    expect_advice(&run_cli(&["pub", "-h", "127.0.0.1", "-p", &closed, "-t", "x", "-m", "y"]).await?, 2);
    expect_advice(&run_cli(&["sub", "-h", "no-such-host.invalid", "-t", "x"]).await?, 2);
    Ok(())
}

#[tokio::test]
async fn three_is_refused_credentials() -> Result<()> {
    let broker = Broker::start(&Config::default().login("me", "right"))?;
    for version in ["mqttv311", "mqttv5"] {
        let mut command = on_broker("sub", &broker)?;
        command.args(["-t", "x", "-u", "me", "-P", "wrong", "-V", version]);
        expect_advice(&run(command).await?, 3);
        let mut command = on_broker("pub", &broker)?;
        command.args(["-t", "x", "-l", "-V", version]);
        // Standard input stays open: the refusal alone ends it.
        let program = Program::start(command)?;
        let mut held = program;
        let input = held.stdin.take();
        expect_advice(&held.end().await?, 3);
        drop(input);
    }
    Ok(())
}

#[tokio::test]
async fn three_is_a_refused_subscription() -> Result<()> {
    let peer = Peer::listen(false).await;
    let mut command = cli()?;
    command.args(["sub", "-h", "127.0.0.1", "-p", &peer.port().to_string(), "-t", "secret/#"]);
    let program = Program::start(command)?;
    let broker = async {
        let mut wire = peer.welcome(false).await;
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, 0x80).await;
        wire.serve().await
    };
    let (ended, _) = tokio::join!(program.end(), broker);
    let ended = ended?;
    expect_advice(&ended, 3);
    assert!(ended.stderr.contains("secret/#") && !ended.stderr.contains("subscribed"), "{}", ended.stderr);
    Ok(())
}

#[tokio::test]
async fn three_is_a_refused_publish() -> Result<()> {
    // Only MQTT 5 can say so.
    let folder = tempfile::tempdir()?;
    let rights = folder.path().join("acl");
    std::fs::write(&rights, "topic read #\n")?;
    let broker = Broker::start(&Config::default().line(&format!("acl_file {}", rights.display())))?;
    let mut command = on_broker("pub", &broker)?;
    command.args(["-V", "mqttv5", "-t", "x", "-q", "1", "-m", "y"]);
    expect_advice(&run(command).await?, 3);
    Ok(())
}

#[tokio::test]
async fn four_is_a_lost_connection() -> Result<()> {
    let mut broker = Broker::start(&Config::default())?;
    let subscriber = subscriber(&broker, &["-t", "x"]).await?;
    broker.kill()?;
    expect_advice(&subscriber.end().await?, 4);
    Ok(())
}

#[tokio::test]
async fn four_is_an_unanswered_publish() -> Result<()> {
    let peer = Peer::listen(false).await;
    let mut command = cli()?;
    command.args(["pub", "-h", "127.0.0.1", "-p", &peer.port().to_string(), "-t", "x", "-q", "1", "-m", "y"]);
    let program = Program::start(command)?;
    let mut wire = peer.welcome(false).await;
    wire.expect(kind::PUBLISH).await;
    drop(wire);
    expect_advice(&program.end().await?, 4);
    Ok(())
}

#[tokio::test]
async fn help_is_no_error() -> Result<()> {
    for arguments in [&["--help"][..], &["sub", "--help"], &["--version"]] {
        let ended = run_cli(arguments).await?;
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert!(ended.text().contains("hubscope-cli"));
    }
    Ok(())
}
