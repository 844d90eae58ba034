//! The ways to trust a server, against openssl's.

use crate::handshakes::{LOCALHOST, talk};
use crate::openssl::{Dates, Outcome, VALID, Workshop};
use hubscope_model::{ChainProblem, Code};
use hubscope_pki::{Trust, read_pins, recorded_handshake, unverified_client_config};
use rustls_pki_types::ServerName;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Two servers of one CA.
fn shop() -> Outcome<Workshop> {
    let shop = Workshop::new("Root")?;
    for name in ["one", "two"] {
        shop.leaf(name, &VALID, LOCALHOST)?;
    }
    Ok(shop)
}

#[tokio::test]
async fn a_pinned_leaf_is_exactly_that_certificate() {
    let shop = shop().unwrap();
    let pin = Trust::PinnedLeaf(shop.text("one.pem").unwrap());
    for version in ["-tls1_2", "-tls1_3"] {
        let (one, two) = (shop.serve("one", &[version]).unwrap(), shop.serve("two", &[version]).unwrap());
        talk(one.port, "localhost", pin.clone()).await.unwrap().unwrap();
        // A pin says who it is; the name does not.
        talk(one.port, "elsewhere.example", pin.clone()).await.unwrap().unwrap();
        let error = talk(two.port, "localhost", pin.clone()).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsNotPinned, "{error:?}");
    }
    // Two pins at once: a renewal that is prepared.
    let both = Trust::PinnedLeaf(shop.text("one.pem").unwrap() + &shop.text("two.pem").unwrap());
    let two = shop.serve("two", &[]).unwrap();
    talk(two.port, "localhost", both).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_pin_outlives_the_dates_and_needs_no_issuer() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("old", &Dates("20200101000000Z", "20210203040506Z"), LOCALHOST).unwrap();
    let server = shop.serve("old", &[]).unwrap();
    talk(server.port, "localhost", Trust::PinnedLeaf(shop.text("old.pem").unwrap())).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_pinned_chain_is_exactly_what_is_sent() {
    let shop = shop().unwrap();
    let (leaf, ca) = (shop.text("one.pem").unwrap(), shop.text("ca.pem").unwrap());
    let server = shop.serve("one", &["-cert_chain", "ca.pem"]).unwrap();
    talk(server.port, "localhost", Trust::PinnedChain(format!("{leaf}{ca}"))).await.unwrap().unwrap();
    for other in [leaf.clone(), ca.clone(), format!("{ca}{leaf}"), format!("{leaf}{ca}{ca}")] {
        let error = talk(server.port, "localhost", Trust::PinnedChain(other)).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsNotPinned, "{error:?}");
    }
}

#[tokio::test]
async fn an_own_ca_beside_the_system_and_alone() {
    let (shop, other) = (shop().unwrap(), Workshop::new("Other").unwrap());
    let server = shop.serve("one", &[]).unwrap();
    let (own, others) = (shop.text("ca.pem").unwrap(), other.text("ca.pem").unwrap());
    for trust in [Trust::CaPem(own.clone()), Trust::SystemAndCaPem(own)] {
        talk(server.port, "localhost", trust.clone()).await.unwrap().unwrap();
        let error = talk(server.port, "elsewhere.example", trust).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsNameMismatch, "{error:?}");
    }
    for trust in [Trust::CaPem(others.clone()), Trust::SystemAndCaPem(others), Trust::System] {
        let error = talk(server.port, "localhost", trust).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsUnknownCa, "{error:?}");
    }
    let unusable = hubscope_pki::client_config(&Trust::SystemAndCaPem("no certificate".into()), None).unwrap_err();
    assert_eq!(unusable.code, Code::NotACertificate);
}

async fn shake(port: u16, config: Arc<rustls::ClientConfig>) -> std::io::Result<()> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let name = ServerName::try_from("localhost").map_err(std::io::Error::other)?;
    TlsConnector::from(config).connect(name, stream).await.map(drop)
}

#[tokio::test]
async fn without_a_check_anybody_is_taken_who_has_the_key_of_what_is_shown() {
    let shop = shop().unwrap();
    let server = shop.serve("one", &[]).unwrap();
    shake(server.port, unverified_client_config(None).unwrap()).await.unwrap();
    // The certificate of one, signed with the key of another: a server that cannot have it.
    let (one, two) = (shop.read("one.pem").unwrap(), shop.text("two.key").unwrap());
    let liar = liar(&one, &two).await.unwrap();
    for config in [
        unverified_client_config(None).unwrap(),
        hubscope_pki::client_config(&Trust::PinnedLeaf(shop.text("one.pem").unwrap()), None).unwrap(),
    ] {
        let error = shake(liar, config).await.unwrap_err();
        assert!(error.to_string().contains("BadSignature"), "{error}");
    }
}

/// A server that shows a certificate whose key it does not have. No program serves that, so rustls does, with the key
/// handed to it without a comparison.
async fn liar(certificate: &[u8], key: &str) -> Outcome<u16> {
    use rustls_pki_types::pem::PemObject;
    use rustls_pki_types::{CertificateDer, PrivateKeyDer};
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let key = provider.key_provider.load_private_key(PrivateKeyDer::from_pem_slice(key.as_bytes())?)?;
    let chain = vec![CertificateDer::from_pem_slice(certificate)?];
    let shown = rustls::sign::SingleCertAndKey::from(rustls::sign::CertifiedKey::new(chain, key));
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(shown));
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // The client ends it.
            let _ = acceptor.accept(stream).await;
        }
    });
    Ok(port)
}

#[tokio::test]
async fn what_is_shown_is_judged_by_pins_too() {
    let shop = shop().unwrap();
    let server = shop.serve("two", &[]).unwrap();
    let (config, record) = recorded_handshake(&Trust::PinnedLeaf(shop.text("one.pem").unwrap())).unwrap();
    shake(server.port, Arc::new(config)).await.unwrap();
    let shown = record.shown().unwrap();
    assert_eq!(shown.problem, Some(ChainProblem::NotPinned));
    assert!(shown.name_matches);
}

#[test]
fn certificates_are_kept_by_their_fingerprint() {
    let shop = shop().unwrap();
    let both = shop.text("one.pem").unwrap() + &shop.text("two.pem").unwrap();
    let both = read_pins(both.as_bytes(), "pins.pem").unwrap();
    let first = both.certificates[0].sha256.clone();
    let second = both.only(|sha256| sha256 != first);
    assert_eq!(second.pem, shop.text("two.pem").unwrap());
    assert_eq!(second.certificates, both.certificates[1..]);
    let again = second.clone().and(&both).and(&both);
    assert_eq!((again.certificates.len(), again.has(&first)), (2, true));
    assert_eq!(again.pem, shop.text("two.pem").unwrap() + &shop.text("one.pem").unwrap());
}
