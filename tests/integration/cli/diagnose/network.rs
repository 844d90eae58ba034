//! Names, ports, proxies, and services that are not MQTT.

use super::{Files, diagnose, on_port};
use anyhow::Result;
use hubscope_hubs::diagnose::{self as library, ClientCertificate, Limits, Subject};
use hubscope_model::{
    Credential, Device, DeviceId, DiagnoseCause, DiagnoseFix, DiagnoseReport, DiagnoseStep, Hub, HubKind,
    SessionOptions, StepState, Transport,
};
use hubscope_mqtt::Options;
use hubscope_pki::Trust;
use hubscope_tests::certificates::Ca;
use hubscope_tests::mosquitto::free_port;
use hubscope_tests::within;
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_name_that_nobody_knows() -> Result<()> {
    diagnose(&["-h", "no-such-host.invalid"]).await?.fails("resolve_name", "name_not_found", "enter_host");
    Ok(())
}

#[tokio::test]
async fn a_port_where_nothing_listens() -> Result<()> {
    let report = on_port(free_port()?, &[]).await?;
    report.fails("open_port", "connection_refused", "change_port");
    assert!(report.step("open_port")["evidence"]["attempts"][0]["error"].is_string());
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_is_not_there() -> Result<()> {
    let proxy = format!("http://127.0.0.1:{}", free_port()?);
    let report = diagnose(&["-h", "broker.example", "--proxy", &proxy]).await?;
    report.fails("open_port", "proxy_failed", "change_proxy");
    assert_eq!(report.step("resolve_name")["evidence"]["proxy"], true);
    Ok(())
}

/// Answers every visitor with the same bytes, at once or when it has sent something.
async fn service(words: &'static [u8], speaks_first: bool) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((mut visitor, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 1024];
                if !speaks_first && visitor.read(&mut request).await.unwrap_or_default() == 0 {
                    return;
                }
                // A visitor that has left reads nothing.
                let _ = visitor.write_all(words).await;
                while visitor.read(&mut request).await.unwrap_or_default() > 0 {}
            });
        }
    });
    Ok(port)
}

#[tokio::test]
async fn another_service_is_named() -> Result<()> {
    let files = Files::new()?;
    let ca = files.write("ca.pem", &Ca::new("Own CA")?.pem)?;
    let ssh = service(b"SSH-2.0-OpenSSH_9.6\r\n", true).await?;
    let web = service(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", false).await?;
    let portal = service(b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n", false).await?;
    for (port, cause, fix) in [
        (ssh, "wrong_service", "change_port"),
        (web, "wrong_service", "change_port"),
        (portal, "captive_portal", "sign_in"),
    ] {
        let secure = on_port(port, &["--cafile", &ca]).await?;
        secure.fails("tls_handshake", cause, fix);
        assert!(secure.step("tls_handshake")["evidence"]["answer"].is_string());
        on_port(port, &[]).await?.fails("connect", cause, fix);
    }
    Ok(())
}

/// A port from which nothing comes: its queue of visitors is full, so the system drops their packets.
struct Silent {
    port: u16,
    _listener: tokio::net::TcpListener,
    _queue: Vec<TcpStream>,
}

impl Silent {
    async fn new() -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let listener = socket.listen(1)?;
        let address = listener.local_addr()?;
        let mut queue = Vec::new();
        while let Ok(visitor) = tokio::time::timeout(Duration::from_millis(500), TcpStream::connect(address)).await {
            queue.push(visitor?);
        }
        Ok(Self { port: address.port(), _listener: listener, _queue: queue })
    }
}

fn subject(port: u16, limits: Limits) -> Subject {
    let options = Options::new("127.0.0.1", port, "diagnosed");
    let hub = Hub::new(HubKind::MqttBroker, "127.0.0.1", port, Transport::Mqtt);
    let device = Device {
        id: DeviceId::new(),
        hub: hub.id,
        name: String::new(),
        client_id: "diagnosed".into(),
        credential: Credential::None,
        secrets: Vec::new(),
        certificate: None,
        credential_set: None,
        options: SessionOptions::default(),
    };
    let topics = library::topics(&hub, &device, &HashMap::new(), library::PREFIX);
    Subject { hub, device, options, trust: Trust::System, certificate: ClientCertificate::None, topics, limits }
}

async fn run(port: u16, web_port: u16) -> DiagnoseReport {
    let limits = Limits { open: Duration::from_millis(500), web_port, ..Limits::default() };
    within("the run ends", library::run(subject(port, limits), |_| {}, &CancellationToken::new())).await
}

#[tokio::test]
async fn a_silent_port_is_blocked_where_the_web_port_opens() -> Result<()> {
    hubscope_pki::install_crypto_provider();
    let silent = Silent::new().await?;
    let web = service(b"", true).await?;
    let report = run(silent.port, web).await;
    let failure = report.failure().unwrap();
    assert_eq!((failure.step, failure.cause), (DiagnoseStep::OpenPort, Some(DiagnoseCause::PortBlocked)));
    assert_eq!(failure.fixes[0], DiagnoseFix::UseWebSocket { port: web });
    let report = run(silent.port, free_port()?).await;
    let failure = report.failure().unwrap();
    assert_eq!((failure.step, failure.cause), (DiagnoseStep::OpenPort, Some(DiagnoseCause::ConnectionTimeout)));
    Ok(())
}

#[tokio::test]
async fn a_run_can_be_stopped() -> Result<()> {
    hubscope_pki::install_crypto_provider();
    let silent = service(b"", false).await?;
    let stop = CancellationToken::new();
    // As soon as the port is open: CONNECT waits for its answer.
    let tell = |step: &hubscope_model::StepReport| {
        if step.step == DiagnoseStep::ClientCertificate {
            stop.cancel();
        }
    };
    let report = within("it stops", library::run(subject(silent, Limits::default()), tell, &stop)).await;
    assert!(report.cancelled && report.failure().is_none());
    assert_eq!(report.steps[6].state, StepState::NotReached);
    assert!(library::as_text(&report).ends_with("Stopped before the end.\n"));
    Ok(())
}
