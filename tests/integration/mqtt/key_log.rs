//! The TLS key log: off unless asked for, in NSS's format, and with the secrets of this very connection.

use crate::{VERSIONS, options, start};
use hubscope_mqtt::Options;
use hubscope_pki::{Trust, client_config};
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::within;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// Brings one connection to the broker; answers the client random of its ClientHello (RFC 8446 section 4.1.2), in hex.
async fn listen_in(listener: TcpListener, broker: u16) -> String {
    let (mut client, _) = within("a client", listener.accept()).await.unwrap();
    let mut hello = [0; 43];
    client.read_exact(&mut hello).await.unwrap();
    // Record and handshake header, then the version.
    assert_eq!((hello[0], hello[5]), (0x16, 1), "a ClientHello");
    let mut server = TcpStream::connect(("127.0.0.1", broker)).await.unwrap();
    server.write_all(&hello).await.unwrap();
    tokio::spawn(async move { copy_bidirectional(&mut client, &mut server).await.map(drop) });
    hello[11..43].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lines of label, client random, secret.
fn read(path: &std::path::Path) -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.ends_with('\n'));
    text.lines()
        .map(|line| {
            let [label, random, secret] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert!(random.len() == 64 && secret.len() >= 64, "{line}");
            assert!([random, secret].iter().all(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit())), "{line}");
            (label.to_owned(), random.to_owned(), secret.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn the_secrets_are_those_of_the_connection() {
    hubscope_pki::install_crypto_provider();
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap();
    let broker = Broker::start(&Config::tls(&identity)).unwrap();
    let newest = client_config(&Trust::CaPem(ca.pem.clone()), None).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(ca.pem.as_bytes()).unwrap()).unwrap();
    let older = rustls::ClientConfig::builder_with_protocol_versions(&[&rustls::version::TLS12]);
    let older = Arc::new(older.with_root_certificates(roots).with_no_client_auth());
    let folder = tempfile::tempdir().unwrap();
    let cases: [(_, &[&str]); 2] = [
        (
            newest,
            &[
                "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                "CLIENT_TRAFFIC_SECRET_0",
                "SERVER_TRAFFIC_SECRET_0",
            ],
        ),
        (older, &["CLIENT_RANDOM"]),
    ];
    for (tls, labels) in cases {
        let path = folder.path().join(labels[0]);
        let mut keyed = Options { tls: Some(tls), ..options(0, VERSIONS[1]) };
        for is_on in [true, false] {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            keyed.port = listener.local_addr().unwrap().port();
            if is_on {
                keyed.key_log.start(&path).unwrap();
            }
            let random = tokio::spawn(listen_in(listener, broker.port()));
            let (session, recorder) = start(keyed.clone());
            recorder.wait_online(1).await;
            let random = random.await.unwrap();
            let lines = read(&path);
            let written = lines.iter().any(|(_, written, _)| *written == random);
            assert_eq!(written, is_on, "{lines:?}");
            for label in labels {
                assert!(lines.iter().any(|(written, ..)| written == label), "{label} in {lines:?}");
            }
            session.close().await;
            keyed.key_log.stop();
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
