//! What our authority makes, judged by openssl.

use crate::openssl::openssl;
use hubscope_model::Code;
use hubscope_pki::{Authority, Trust, client_config, explain, read_ca};
use std::sync::Arc;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

#[test]
fn openssl_accepts_what_we_make_in_strict_mode() {
    let dir = tempfile::tempdir().unwrap();
    let authority = Authority::new("Hubscope sandbox").unwrap();
    std::fs::write(dir.path().join("ca.pem"), authority.pem()).unwrap();
    let identity = authority.issue_server(&["hub.example", "192.0.2.7"]).unwrap();
    std::fs::write(dir.path().join("server.pem"), &identity.cert_pem).unwrap();
    let verify = |more: &[&str]| {
        let args = [&["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "ca.pem"], more, &["server.pem"]];
        openssl(dir.path(), &args.concat()).unwrap()
    };
    for name in ["hub.example", "localhost"] {
        assert_eq!(verify(&["-verify_hostname", name]), (true, "server.pem: OK\n".into()), "{name}");
    }
    for address in ["192.0.2.7", "127.0.0.1"] {
        assert_eq!(verify(&["-verify_ip", address]), (true, "server.pem: OK\n".into()), "{address}");
    }
    assert!(!verify(&["-verify_hostname", "other.example"]).0);
    assert!(openssl(dir.path(), &["verify", "-x509_strict", "-CAfile", "ca.pem", "ca.pem"]).unwrap().0);
}

#[test]
fn the_certificate_says_what_it_must() {
    let dir = tempfile::tempdir().unwrap();
    let authority = Authority::new("Hubscope sandbox").unwrap();
    let mut serials = std::collections::BTreeSet::new();
    for _ in 0..5 {
        let identity = authority.issue_server(&[&"long-name.".repeat(10)]).unwrap();
        std::fs::write(dir.path().join("server.pem"), &identity.cert_pem).unwrap();
        let (_, text) = openssl(dir.path(), &["x509", "-in", "server.pem", "-noout", "-text", "-serial"]).unwrap();
        for part in
            ["Version: 3", "CA:FALSE", "TLS Web Server Authentication", "Digital Signature", "NIST CURVE: P-256"]
        {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        serials.insert(text.lines().last().unwrap().to_owned());
        // 397 days from five minutes ago: still good in 396 days, over in 397.
        for (days, good) in [("34214400", true), ("34300800", false)] {
            let (lasts, _) = openssl(dir.path(), &["x509", "-in", "server.pem", "-noout", "-checkend", days]).unwrap();
            assert_eq!(lasts, good, "{days}");
        }
    }
    assert_eq!(serials.len(), 5);
}

#[test]
fn another_authority_of_the_same_name_does_not_count() {
    let dir = tempfile::tempdir().unwrap();
    let (ours, theirs) = (Authority::new("same").unwrap(), Authority::new("same").unwrap());
    std::fs::write(dir.path().join("ca.pem"), theirs.pem()).unwrap();
    std::fs::write(dir.path().join("server.pem"), ours.issue_server(&[]).unwrap().cert_pem).unwrap();
    assert!(!openssl(dir.path(), &["verify", "-CAfile", "ca.pem", "server.pem"]).unwrap().0);
}

#[test]
fn our_own_ca_file_can_be_read_back() {
    let authority = Authority::new("Hubscope sandbox").unwrap();
    let ca = read_ca(authority.pem().as_bytes(), "sandbox-ca.pem").unwrap();
    let one = &ca.certificates[0];
    assert_eq!((one.source.as_str(), one.subject.as_str()), ("sandbox-ca.pem", "CN=Hubscope sandbox"));
    client_config(&Trust::CaPem(ca.pem), None).unwrap();
}

/// Accepts one connection; answers the handshake's failure, if any.
async fn serve_once(listener: TcpListener, acceptor: TlsAcceptor) -> std::io::Result<()> {
    let (stream, _) = listener.accept().await?;
    let mut stream = acceptor.accept(stream).await?;
    // The alert of a client that refuses us in TLS 1.3 comes after our side has finished.
    stream.read_to_end(&mut Vec::new()).await.map(drop)
}

#[tokio::test]
async fn openssl_connects_to_our_server_and_refuses_it_with_another_ca() {
    hubscope_pki::install_crypto_provider();
    hubscope_pki::install_crypto_provider();
    let dir = tempfile::tempdir().unwrap();
    let authority = Authority::new("Hubscope sandbox").unwrap();
    std::fs::write(dir.path().join("right.pem"), authority.pem()).unwrap();
    std::fs::write(dir.path().join("wrong.pem"), Authority::new("other").unwrap().pem()).unwrap();
    let config = authority.issue_server(&[]).unwrap().server_config().unwrap();
    for version in ["-tls1_2", "-tls1_3"] {
        for (ca, accepted) in [("right.pem", true), ("wrong.pem", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap().to_string();
            let served = tokio::spawn(serve_once(listener, TlsAcceptor::from(Arc::clone(&config))));
            let folder = dir.path().to_owned();
            let (ok, said) = tokio::task::spawn_blocking(move || {
                let args = ["s_client", "-brief", version, "-x509_strict", "-verify_return_error", "-verify_hostname"];
                openssl(&folder, &[&args[..], &["localhost", "-CAfile", ca, "-connect", &address]].concat()).unwrap()
            })
            .await
            .unwrap();
            assert_eq!((ok, said.contains("Verification: OK")), (accepted, accepted), "{version} {ca}: {said}");
            let served = served.await.unwrap();
            if !accepted {
                let error = served.unwrap_err();
                let error = error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()).unwrap();
                assert_eq!(explain(error).code, Code::TlsRefusedByPeer, "{error}");
            }
        }
    }
}
