//! CONNECT and what follows it.

use super::{Files, Report, TLS, on_port};
use anyhow::Result;
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{Peer, Wire, kind};
use hubscope_tests::program::{cli, run};
use std::future::Future;

/// A run against a peer; `script` gets its session, and the peer for those that follow.
async fn scripted<F: Future<Output = Peer>>(
    five: bool,
    arguments: &[&str],
    script: impl FnOnce(Peer, Wire) -> F,
) -> Result<Report> {
    let peer = Peer::listen(five).await;
    let port = peer.port();
    let scene = async {
        // The port was opened once to see whether it opens.
        drop(peer.accept().await);
        let wire = peer.accept().await;
        script(peer, wire).await
    };
    // The peer lives until the run has ended.
    let (report, _peer) = tokio::join!(on_port(port, arguments), scene);
    report
}

#[tokio::test]
async fn each_code_of_connack() -> Result<()> {
    for (code, cause, fix) in [
        (1, "version_refused", "change_version"),
        (2, "client_id_refused", "change_client_id"),
        (3, "server_unavailable", "run_again"),
        (4, "credential_refused", "edit_credential"),
        (5, "not_authorised", "edit_credential"),
    ] {
        let report = scripted(false, &[], async |peer, mut wire| {
            wire.expect(kind::CONNECT).await;
            wire.connack(false, code).await;
            peer
        });
        let report = report.await?;
        report.fails("connect", cause, fix);
        assert_eq!(report.step("connect")["evidence"]["code"]["code"], code);
        assert_eq!(report.code, Some(3));
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_with_both_versions() -> Result<()> {
    let broker = Broker::start(&Config::default().login("me", "right"))?;
    for version in ["mqttv311", "mqttv5"] {
        let report = on_port(broker.port(), &["-V", version, "-u", "me", "-P", "s3cret-word"]).await?;
        report.fails("connect", "not_authorised", "edit_credential");
        assert!(!report.json.to_string().contains("s3cret-word"));
    }
    on_port(broker.port(), &["-V", "mqttv5", "-u", "me", "-P", "right"]).await?.is_green(&TLS);
    Ok(())
}

#[tokio::test]
async fn a_server_that_just_closes() -> Result<()> {
    let report = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        drop(wire);
        peer
    });
    report.await?.fails("connect", "closed_before_connack", "edit_credential");
    Ok(())
}

#[tokio::test]
async fn something_that_is_not_mqtt() -> Result<()> {
    let report = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.write(&[0xF0, 0x01, 0x02]).await;
        peer
    });
    report.await?.fails("connect", "not_mqtt", "change_port");
    Ok(())
}

#[tokio::test]
async fn another_client_with_the_same_id() -> Result<()> {
    let five = scripted(true, &["-V", "mqttv5"], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        wire.expect(kind::SUBSCRIBE).await;
        // DISCONNECT with reason 0x8E, session taken over (5 section 3.14.2.1).
        wire.write(&[0xE0, 2, 0x8E, 0]).await;
        peer
    });
    five.await?.fails("subscribe", "taken_over", "change_client_id");
    // 3.1.1 cannot say so: the next session is ended too, though it asks for nothing.
    let three = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        wire.expect(kind::SUBSCRIBE).await;
        drop(wire);
        drop(peer.welcome(false).await);
        peer
    });
    three.await?.fails("subscribe", "taken_over", "change_client_id");
    Ok(())
}

#[tokio::test]
async fn a_hub_that_closes_on_a_topic() -> Result<()> {
    let report = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        wire.expect(kind::SUBSCRIBE).await;
        drop(wire);
        peer.welcome(false).await.serve().await;
        peer
    });
    report.await?.fails("subscribe", "connection_lost", "edit_credential");
    Ok(())
}

#[tokio::test]
async fn a_subscription_that_is_refused() -> Result<()> {
    let report = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, 0x80).await;
        wire.serve().await;
        peer
    });
    report.await?.fails("subscribe", "subscribe_refused", "edit_credential");
    Ok(())
}

#[tokio::test]
async fn a_message_without_acknowledgement_and_one_without_echo() -> Result<()> {
    let deaf = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        let request = wire.expect(kind::SUBSCRIBE).await;
        wire.suback(&request, 1).await;
        let message = wire.expect_publish().await;
        assert_eq!((message.qos, message.topic.starts_with("hubscope/diagnose/")), (1, true));
        wire.read().await;
        peer
    });
    let dumb = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        wire.serve().await;
        peer
    });
    let (deaf, dumb) = tokio::try_join!(deaf, dumb)?;
    deaf.fails("publish", "no_acknowledgement", "edit_credential");
    dumb.fails("echo", "no_echo", "edit_credential");
    Ok(())
}

#[tokio::test]
async fn a_message_that_the_broker_refuses() -> Result<()> {
    let files = Files::new()?;
    let rules = files.write("acl", "topic read #\n")?;
    let broker = Broker::start(&Config::default().line(&format!("acl_file {rules}")))?;
    let report = on_port(broker.port(), &["-V", "mqttv5"]).await?;
    report.fails("publish", "publish_refused", "edit_credential");
    Ok(())
}

#[tokio::test]
async fn the_text_has_every_step_and_no_topic() -> Result<()> {
    let broker = Broker::start(&Config::default().login("me", "s3cret-word"))?;
    let mut command = cli()?;
    command.args(["diagnose", "-h", "127.0.0.1", "-p", &broker.port().to_string(), "--prefix", "plant/line-7"]);
    command.args(["-u", "me", "-P", "s3cret-word"]);
    let ended = run(command).await?;
    let text = ended.text();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    for words in ["Diagnose 127.0.0.1:", " 1  resolve name", "10  echo", "came back", "CONNACK 0", "plant/…"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("s3cret-word") && !text.contains("line-7"), "{text}");
    Ok(())
}

#[tokio::test]
async fn nothing_stays_at_the_broker() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    // A kept session would keep the subscription.
    on_port(broker.port(), &["-i", "kept", "-c"]).await?.is_green(&TLS);
    let mut look = hubscope_tests::mosquitto::tool("mosquitto_sub")?;
    look.args(["-h", "127.0.0.1", "-p", &broker.port().to_string(), "-t", "hubscope/#", "-t", "done", "-C", "1"]);
    look.args(["-v", "-q", "1"]);
    let mut look = hubscope_tests::program::Program::start(look)?;
    let mut last = hubscope_tests::mosquitto::tool("mosquitto_pub")?;
    last.args(["-h", "127.0.0.1", "-p", &broker.port().to_string(), "-t", "done", "-r", "-m", "x"]);
    run(last).await?;
    assert_eq!(look.line().await?, "done x");
    Ok(())
}

#[tokio::test]
async fn a_subscription_that_is_left_unanswered() -> Result<()> {
    let report = scripted(false, &[], async |peer, mut wire| {
        wire.expect(kind::CONNECT).await;
        wire.connack(false, 0).await;
        wire.expect(kind::SUBSCRIBE).await;
        while wire.read().await.is_some() {}
        peer
    });
    report.await?.fails("subscribe", "no_suback", "run_again");
    Ok(())
}

#[tokio::test]
async fn a_web_server_without_a_web_socket() -> Result<()> {
    let report = scripted(false, &["--transport", "ws", "--path", "/elsewhere"], async |peer, mut wire| {
        assert!(wire.read_head().await.starts_with("GET /elsewhere "));
        wire.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").await;
        peer
    });
    report.await?.fails("connect", "web_socket_refused", "change_path");
    Ok(())
}
