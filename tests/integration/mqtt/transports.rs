//! Everything that can lie between a session and its broker, against a real mosquitto.

use crate::{VERSIONS, once, options, publish, start};
use hubscope_model::{Code, PublishOutcome};
use hubscope_mqtt::{Address, Options, Proxy, ProxyKind, Transport, WebSocket};
use hubscope_pki::{Trust, client_config};
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::peer::Peer;
use hubscope_tests::{proxy, within};
use hubscope_vault::Secret;
use std::net::Ipv6Addr;
use std::sync::Arc;

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned().into())
}

fn tls(ca: &Ca) -> Option<Arc<rustls::ClientConfig>> {
    hubscope_pki::install_crypto_provider();
    Some(client_config(&Trust::CaPem(ca.pem.clone()), None).unwrap())
}

fn web_socket() -> Transport {
    Transport::WebSocket(WebSocket::default())
}

/// A message goes out and comes back, with its acknowledgement.
async fn talks(options: Options) {
    let (session, recorder) = start(options);
    session.subscribe("way/#", 1).unwrap();
    recorder.wait_subscribed("way/#", 1).await;
    // More than one frame, segment or TLS record.
    let payload = vec![0xA5; 200_000];
    publish(&session, 1, "way/x", payload.clone(), 1).unwrap();
    assert_eq!(recorder.wait_messages(1).await[0].payload, payload);
    assert!(matches!(recorder.wait_outcomes(1).await[0].1, PublishOutcome::Acknowledged { .. }));
    session.close().await;
}

#[tokio::test]
async fn web_sockets_plain_and_over_tls() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap();
    let ws = Door { web_socket: true, ..Door::default() };
    let wss = Door { tls: Some(identity), ..ws.clone() };
    let broker = Broker::start(&Config::default().door(ws).door(wss)).unwrap();
    for version in VERSIONS {
        talks(Options { transport: web_socket(), ..options(broker.door(0), version) }).await;
        talks(Options { transport: web_socket(), tls: tls(&ca), ..options(broker.door(1), version) }).await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_unix_socket() {
    let broker = Broker::start(&Config::default().door(Door { bind: None, ..Door::default() })).unwrap();
    for version in VERSIONS {
        talks(Options { transport: Transport::Unix(broker.socket()), ..options(0, version) }).await;
        let missing = Transport::Unix(broker.socket().with_extension("gone"));
        let (session, recorder) = start(Options { transport: missing, ..once(0, version) });
        assert!(recorder.wait_failed().await.message.contains("socket.gone"));
        session.close().await;
    }
}

#[tokio::test]
async fn ipv6_with_and_without_brackets() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["IP:::1"], Valid::Now).unwrap();
    let plain = Door { bind: Some(Ipv6Addr::LOCALHOST.into()), ..Door::default() };
    let secure = Door { tls: Some(identity), ..plain.clone() };
    let ws = Door { web_socket: true, ..plain.clone() };
    let wss = Door { web_socket: true, ..secure.clone() };
    let config = Config::default().door(plain).door(secure).door(ws).door(wss);
    let broker = Broker::start(&config).unwrap();
    for version in VERSIONS {
        for host in ["::1", "[::1]"] {
            let options = |door| Options { host: host.into(), ..options(broker.door(door), version) };
            talks(options(0)).await;
            talks(Options { tls: tls(&ca), ..options(1) }).await;
            talks(Options { transport: web_socket(), ..options(2) }).await;
            talks(Options { transport: web_socket(), tls: tls(&ca), ..options(3) }).await;
        }
    }
}

/// TLS checks the name of the broker, whatever machine the bytes go to.
#[tokio::test]
async fn another_address_than_the_name() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["DNS:hub.example"], Valid::Now).unwrap();
    let wss = Door { web_socket: true, tls: Some(identity.clone()), ..Door::default() };
    let broker = Broker::start(&Config::tls(&identity).door(wss)).unwrap();
    for version in VERSIONS {
        let options = |port| {
            let mut options = once(8883, version);
            options.host = "hub.example".into();
            options.tls = tls(&ca);
            options.address = Some(Address::new("127.0.0.1", port));
            options
        };
        talks(options(broker.port())).await;
        talks(Options { transport: web_socket(), ..options(broker.door(0)) }).await;

        let (session, recorder) = start(Options { host: "other.example".into(), ..options(broker.port()) });
        assert_eq!(recorder.wait_failed().await.code, Code::TlsNameMismatch);
        session.close().await;

        let nobody = hubscope_tests::mosquitto::free_port().unwrap();
        let (session, recorder) = start(options(nobody));
        let error = recorder.wait_failed().await;
        assert_eq!(error.code, Code::ConnectionRefused);
        assert!(error.message.contains(&format!("127.0.0.1:{nobody}")), "{error:?}");
        session.close().await;
    }
}

#[tokio::test]
async fn proxies_with_and_without_a_login() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["DNS:localhost"], Valid::Now).unwrap();
    let broker = Broker::start(&Config::tls(&identity)).unwrap();
    let kinds = [
        (ProxyKind::Http, proxy::Kind::Http, "localhost"),
        (ProxyKind::Socks5h, proxy::Kind::Socks5, "localhost"),
        (ProxyKind::Socks5, proxy::Kind::Socks5, "127.0.0.1"),
    ];
    for version in VERSIONS {
        for (kind, peer, seen) in kinds {
            for login in [None, Some("user:pass word")] {
                let proxy = proxy::Proxy::start(peer, login, broker.port()).await.unwrap();
                let mut options = once(8883, version);
                options.host = "localhost".into();
                options.tls = tls(&ca);
                options.proxy = Some(Proxy {
                    kind,
                    address: Address::new("127.0.0.1", proxy.port),
                    login: login.map(|_| ("user".into(), secret("pass word"))),
                });
                talks(options.clone()).await;
                let asked = proxy.asked();
                assert!(asked[0] == format!("{seen}:8883") || asked[0] == "::1:8883", "{kind:?}: {asked:?}");

                if let (Some(_), Some(proxy)) = (login, &mut options.proxy) {
                    proxy.login = Some(("user".into(), secret("wrong")));
                    let (session, recorder) = start(options);
                    let error = recorder.wait_failed().await;
                    assert_eq!(error.code, Code::ProxyFailed);
                    assert!(error.message.contains("password") && error.hint.is_some(), "{error:?}");
                    session.close().await;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_or_finds_nothing() {
    let nobody = hubscope_tests::mosquitto::free_port().unwrap();
    for (kind, peer) in [(ProxyKind::Http, proxy::Kind::Http), (ProxyKind::Socks5h, proxy::Kind::Socks5)] {
        let proxy = proxy::Proxy::start(peer, None, nobody).await.unwrap();
        for (port, words) in [(nobody, "could not be reached"), (proxy.port, "made no connection")] {
            let address = Address::new("127.0.0.1", port);
            let mut options = once(1883, VERSIONS[1]);
            options.proxy = Some(Proxy { kind, address, login: None });
            let (session, recorder) = start(options);
            let error = recorder.wait_failed().await;
            assert_eq!(error.code, Code::ProxyFailed);
            assert!(error.message.contains(words), "{error:?}");
            session.close().await;
        }
    }
}

#[tokio::test]
async fn a_web_socket_asks_as_it_was_told_and_takes_only_mqtt() {
    for version in VERSIONS {
        let answers = [
            ("HTTP/1.1 403 Forbidden\r\n\r\n", "status 403"),
            ("HTTP/1.1 404 Not Found\r\n\r\n", "status 404"),
            ("HTTP/1.1 200 OK\r\n\r\n", "status 200"),
            ("NOT HTTP AT ALL\r\n\r\n", "does not speak MQTT over WebSocket"),
        ];
        for (answer, words) in answers {
            let peer = Peer::listen(true).await;
            let mut options = once(peer.port(), version);
            let headers = vec![("X-Key".to_owned(), secret("k3y"))];
            options.transport = Transport::WebSocket(WebSocket { path: "/deep/path?x=1".into(), headers });
            let (session, recorder) = start(options);
            let mut wire = peer.accept().await;
            let head = wire.read_head().await;
            assert!(head.starts_with("GET /deep/path?x=1 HTTP/1.1\r\n"), "{head}");
            let head = head.to_ascii_lowercase();
            assert!(head.contains("x-key: k3y") && head.contains("sec-websocket-protocol: mqtt\r\n"), "{head}");
            wire.write(answer.as_bytes()).await;
            let error = recorder.wait_failed().await;
            assert_eq!(error.code, Code::WebSocketRefused, "{error:?}");
            assert!(error.message.contains(words) && error.hint.is_some(), "{error:?}");
            session.close().await;
        }
    }
}

/// What TLS offers by ALPN is what the server sees.
#[tokio::test]
async fn alpn_is_offered() {
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap();
    let options = Options { tls: tls(&ca), alpn: vec!["x-amzn-mqtt-ca".into()], ..once(0, VERSIONS[0]) };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let chain = rustls::pki_types::pem::PemObject::pem_slice_iter(identity.chain_pem.as_bytes());
    let key = rustls::pki_types::pem::PemObject::from_pem_slice(identity.key_pem.as_bytes()).unwrap();
    let mut config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain.collect::<Result<_, _>>().unwrap(), key)
        .unwrap();
    config.alpn_protocols = vec![b"http/1.1".to_vec(), b"x-amzn-mqtt-ca".to_vec()];
    let (session, _recorder) = start(Options { port, ..options });
    let (stream, _) = within("a client", listener.accept()).await.unwrap();
    let stream = within("TLS", tokio_rustls::TlsAcceptor::from(Arc::new(config)).accept(stream)).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"x-amzn-mqtt-ca"[..]));
    session.close().await;
}
