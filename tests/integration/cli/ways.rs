//! Transports, proxies, wills and properties of MQTT 5 by flags.

use crate::{mosquitto_client, on_broker};
use anyhow::Result;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::peer::Peer;
use hubscope_tests::program::{Program, cli, run, run_cli};
use hubscope_tests::proxy::{Kind, Proxy};

#[tokio::test]
async fn one_message_over_every_transport_with_qos_2() -> Result<()> {
    let ca = Ca::new("Test CA")?;
    let folder = tempfile::tempdir()?;
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, &ca.pem)?;
    let tls = Door { tls: Some(ca.server(&["IP:127.0.0.1", "DNS:hub.example"], Valid::Now)?), ..Door::default() };
    let ws = Door { web_socket: true, ..Door::default() };
    let wss = Door { web_socket: true, ..tls.clone() };
    let unix = Door { bind: None, ..Door::default() };
    let broker = Broker::start(&Config::default().door(tls).door(ws).door(wss).door(unix))?;
    let proxy = Proxy::start(Kind::Socks5, Some("me:s3cret"), broker.port()).await?;
    let ca_file = ca_file.to_string_lossy();
    let socket = broker.socket().to_string_lossy().into_owned();
    let ports = [0, 1, 2].map(|place| broker.door(place).to_string());
    let secure = format!("127.0.0.1:{}", ports[0]);
    let proxy_url = format!("socks5h://me@127.0.0.1:{}", proxy.port);
    let ways: [&[&str]; 6] = [
        &["--transport", "tls", "-h", "127.0.0.1", "-p", &ports[0], "--cafile", &ca_file],
        &["--transport", "ws", "-h", "127.0.0.1", "-p", &ports[1], "--path", "/mqtt"],
        &["--transport", "wss", "-h", "127.0.0.1", "-p", &ports[2], "--cafile", &ca_file],
        &["--unix", &socket],
        &["--proxy", &proxy_url, "-h", "broker.example"],
        &["--connect-to", &secure, "-h", "hub.example", "--cafile", &ca_file],
    ];
    for way in ways {
        let program = |verb: &str, arguments: &[&str]| -> Result<_> {
            let mut command = cli()?;
            command.env("HUBSCOPE_PROXY_PASSWORD", "s3cret").arg(verb).args(way).args(arguments);
            Ok(command)
        };
        let mut subscriber = Program::start(program("sub", &["-t", "w/#", "-q", "2", "-C", "1", "--json"])?)?;
        subscriber.says("subscribed").await?;
        let published = run(program("pub", &["-t", "w/x", "-q", "2", "-m", "hello"])?).await?;
        assert_eq!(published.code, Some(0), "{way:?}: {}", published.stderr);
        let line = subscriber.end().await?.text();
        assert!(line.contains(r#""qos":2"#) && line.contains("hello"), "{way:?}: {line}");
    }
    assert_eq!(proxy.asked(), ["broker.example:1883"; 2]);
    Ok(())
}

#[tokio::test]
async fn properties_and_a_will_reach_a_client_of_others() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let mut command = on_broker("pub", &broker)?;
    command.args(["-V", "5", "-q", "1", "-r", "-t", "p", "-m", "text", "-D", "publish", "content-type", "text/plain"]);
    command.args(["-D", "PUBLISH", "user-property", "name", "value"]);
    assert_eq!(run(command).await?.code, Some(0));
    let mut dying = on_broker("sub", &broker)?;
    dying.args(["-V", "5", "-t", "nothing", "--will-topic", "gone", "--will-payload", "dead", "--will-qos", "1"]);
    dying.arg("--will-retain");
    dying.args(["-D", "will", "content-type", "text/will"]);
    let mut dying = Program::start(dying)?;
    dying.says("subscribed").await?;
    dying.signal("KILL")?;
    // Both are stored, so it does not matter which comes first.
    let arguments = ["-V", "5", "-t", "#", "-C", "2", "-F", "%t|%p|%C|%P"];
    let output = run(mosquitto_client("mosquitto_sub", &broker, &arguments)?).await?.text();
    let mut lines: Vec<_> = output.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["gone|dead|text/will|", "p|text|text/plain|name:value"]);
    Ok(())
}

#[tokio::test]
async fn a_session_that_was_kept_gets_what_came_meanwhile() -> Result<()> {
    let broker = Broker::start(&Config::default())?;
    let kept = ["-V", "5", "-i", "kept", "-c", "-x", "600", "-t", "k/#", "-q", "1", "-C", "1"];
    for payload in ["one", "two"] {
        let mut command = on_broker("sub", &broker)?;
        command.args(kept);
        let mut subscriber = Program::start(command)?;
        if payload == "one" {
            subscriber.says("subscribed").await?;
            let arguments = ["-t", "k/x", "-q", "1", "-m", payload];
            assert_eq!(run(mosquitto_client("mosquitto_pub", &broker, &arguments)?).await?.code, Some(0));
        }
        assert_eq!(subscriber.end().await?.text(), format!("{payload}\n"));
        if payload == "one" {
            let arguments = ["-t", "k/x", "-q", "1", "-m", "two"];
            assert_eq!(run(mosquitto_client("mosquitto_pub", &broker, &arguments)?).await?.code, Some(0));
        }
    }
    Ok(())
}

#[tokio::test]
async fn headers_stand_in_the_request_that_opens_the_web_socket() -> Result<()> {
    let peer = Peer::listen(false).await;
    let mut command = cli()?;
    command.args(["pub", "-h", "127.0.0.1", "-p", &peer.port().to_string(), "-t", "x", "-n", "--transport", "ws"]);
    command.args(["--header", "Authorization: Bearer a:b", "--header", "X-Plant:1"]);
    let program = Program::start(command)?;
    let mut wire = peer.accept().await;
    let head = wire.read_head().await.to_ascii_lowercase();
    assert!(head.contains("\r\nauthorization: bearer a:b\r\n") && head.contains("\r\nx-plant: 1\r\n"), "{head}");
    drop(wire);
    assert_eq!(program.end().await?.code, Some(2));
    Ok(())
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_before_a_connection() -> Result<()> {
    let cases: [(&[&str], &str); 7] = [
        (&["-D", "publish", "content-type", "x"], "MQTT 3.1.1 has no properties"),
        (&["-V", "5", "-D", "publish", "nonsense", "x"], "no such property"),
        (&["--proxy", "ftp://x"], "socks5h"),
        (&["--unix", "/x", "-p", "1883"], "--unix"),
        (&["--will-payload", "x"], "--will-topic"),
        (&["--transport", "ws", "--header", "no colon s3cret"], "no colon between"),
        (&["--transport", "tls", "--header", "Authorization: s3cret"], "belongs to a WebSocket"),
    ];
    for (arguments, words) in cases {
        let ended = run_cli(&[&["pub", "-t", "x", "-n"], arguments].concat()).await?;
        assert_eq!(ended.code, Some(1), "{arguments:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(words), "{arguments:?}: {}", ended.stderr);
        assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
    }
    Ok(())
}
