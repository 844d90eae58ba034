//! Client certificates in the handshake: ours shown to openssl, openssl's shown to us, and the chain judged afterwards.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use crate::openssl::{Dates, Outcome, VALID, Workshop, openssl};
use hubscope_model::Code;
use hubscope_pki::{
    Authority, ClientIdentity, Issued, Trust, client_config, common_name, describe, explain, read_identity,
    self_signed_device, verify_chain,
};
use hubscope_vault::Secret;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::ServerName;
use rustls_pki_types::pem::PemObject;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};

const LOCALHOST: &str = "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:localhost";
const DEVICE: &str = "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=clientAuth";

fn identity(issued: &Issued) -> ClientIdentity {
    ClientIdentity { chain_pem: issued.chain_pem.clone(), key: Secret::new(issued.key_pem.clone()) }
}

fn ders(pem: &str) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).map(Result::unwrap).collect()
}

/// Connects to an openssl server that wants a certificate of its CA, and has a line reversed.
async fn talk(port: u16, shop: &Workshop, identity: Option<&ClientIdentity>) -> Outcome<Result<(), Code>> {
    let connector = TlsConnector::from(client_config(&Trust::CaPem(shop.text("ca.pem")?), identity)?);
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let talked = async {
        let mut stream =
            connector.connect(ServerName::try_from("localhost").map_err(std::io::Error::other)?, stream).await?;
        stream.write_all(b"ab\n").await?;
        let mut answer = [0; 3];
        stream.read_exact(&mut answer).await.map(drop)
    };
    match talked.await {
        Ok(()) => Ok(Ok(())),
        Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(inner) => Ok(Err(explain(inner).code)),
            None => Err(error.into()),
        },
    }
}

#[tokio::test]
async fn an_openssl_server_takes_our_certificate_and_refuses_a_strangers() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("server", &VALID, LOCALHOST).unwrap();
    shop.leaf("device", &VALID, DEVICE).unwrap();
    let read = read_identity(&shop.read("device.pem").unwrap(), Some(&shop.read("device.key").unwrap()), None).unwrap();
    let ours = ClientIdentity { chain_pem: read.chain_pem, key: read.key };
    let stranger = identity(&self_signed_device("device").unwrap());
    for version in ["-tls1_2", "-tls1_3"] {
        let server =
            shop.serve("server", &[version, "-Verify", "1", "-verify_return_error", "-CAfile", "ca.pem"]).unwrap();
        assert_eq!(talk(server.port, &shop, Some(&ours)).await.unwrap(), Ok(()), "{version}");
        assert_eq!(talk(server.port, &shop, Some(&stranger)).await.unwrap(), Err(Code::TlsRefusedByPeer), "{version}");
        let without = talk(server.port, &shop, None).await.unwrap().unwrap_err();
        assert!(matches!(without, Code::TlsClientCertificateRequired | Code::TlsRefusedByPeer), "{without:?}");
    }
}

/// Our server that asks, one connection: what the client showed.
async fn ask(authority: &Authority, listener: TcpListener) -> std::io::Result<Vec<CertificateDer<'static>>> {
    let config = authority.issue_server(&[]).and_then(|server| server.server_config_asking_clients());
    let (stream, _) = listener.accept().await?;
    let mut stream = TlsAcceptor::from(config.map_err(std::io::Error::other)?).accept(stream).await?;
    let shown = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let shown = shown.iter().map(|der| der.clone().into_owned()).collect();
    // Ends when the client does.
    stream.read_to_end(&mut Vec::new()).await?;
    Ok(shown)
}

#[tokio::test]
async fn our_server_takes_any_certificate_of_openssl_or_none() {
    let authority = Arc::new(Authority::new("Hubscope sandbox").unwrap());
    let shop = Workshop::new("Other").unwrap();
    shop.leaf("theirs", &VALID, DEVICE).unwrap();
    let issued = authority.issue_device("device-1").unwrap();
    std::fs::write(shop.path("issued.pem"), &issued.chain_pem).unwrap();
    std::fs::write(shop.path("issued.key"), issued.key_pem.as_str()).unwrap();
    let cases: [(&[&str], Vec<CertificateDer>); 3] = [
        (&[], Vec::new()),
        (&["-cert", "theirs.pem", "-key", "theirs.key"], ders(&shop.text("theirs.pem").unwrap())),
        (&["-cert", "issued.pem", "-key", "issued.key", "-cert_chain", "issued.pem"], ders(&issued.chain_pem)),
    ];
    for version in ["-tls1_2", "-tls1_3"] {
        for (args, expected) in &cases {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap().to_string();
            let authority = Arc::clone(&authority);
            let served = tokio::spawn(async move { ask(&authority, listener).await });
            let (folder, args) = (shop.path(""), args.to_vec());
            tokio::task::spawn_blocking(move || {
                openssl(&folder, &[&["s_client", "-brief", version, "-connect", &address], &args[..]].concat()).unwrap()
            })
            .await
            .unwrap();
            let shown = served.await.unwrap().unwrap();
            // openssl sends the chain with the leaf in front and may repeat it.
            assert_eq!(shown.first(), expected.first(), "{version} {expected:?}");
        }
    }
}

#[tokio::test]
async fn our_client_shows_its_chain_to_our_server() {
    let authority = Authority::new("Hubscope sandbox").unwrap();
    let issued = authority.issue_device("device-1").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let config = client_config(&Trust::CaPem(authority.pem().to_owned()), Some(&identity(&issued))).unwrap();
    let client = async {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        let mut stream = TlsConnector::from(config).connect(ServerName::try_from("localhost").unwrap(), stream).await?;
        stream.shutdown().await
    };
    let (shown, client) = tokio::join!(ask(&authority, listener), client);
    client.unwrap();
    let shown = shown.unwrap();
    assert_eq!(shown, ders(&issued.chain_pem));
    verify_chain(&shown, authority.pem()).unwrap();
    assert_eq!(common_name(&shown[0]).as_deref(), Some("device-1"));
}

#[test]
fn a_chain_leads_to_its_ca_and_to_no_other() {
    let (ours, same_name) = (Authority::new("CA").unwrap(), Authority::new("CA").unwrap());
    let issued = ours.issue_device("device-1").unwrap();
    let code = |pem: &str, ca: &str| verify_chain(&ders(pem), ca).map_err(|e| e.code);
    assert_eq!(code(&issued.cert_pem, ours.pem()), Ok(()));
    assert_eq!(code(&issued.chain_pem, ours.pem()), Ok(()));
    assert_eq!(code(&issued.chain_pem, same_name.pem()), Err(Code::TlsUnknownCa));
    assert_eq!(code(&self_signed_device("device-1").unwrap().cert_pem, ours.pem()), Err(Code::TlsUnknownCa));
    assert_eq!(code("", ours.pem()), Err(Code::TlsUnknownCa));
    // A server's certificate is no client's.
    assert_eq!(code(&ours.issue_server(&[]).unwrap().cert_pem, ours.pem()), Err(Code::TlsUnknownCa));
}

#[test]
fn a_chain_is_judged_by_todays_date() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("old", &Dates("20200101000000Z", "20210203040506Z"), DEVICE).unwrap();
    shop.leaf("early", &Dates("20980203040506Z", "20990101000000Z"), DEVICE).unwrap();
    let ca = shop.text("ca.pem").unwrap();
    for (name, code) in [("old", Code::TlsExpired), ("early", Code::TlsNotYetValid)] {
        let chain = ders(&shop.text(&format!("{name}.pem")).unwrap());
        assert_eq!(verify_chain(&chain, &ca).unwrap_err().code, code);
    }
}

#[test]
fn openssl_accepts_the_device_certificates_that_we_make() {
    let dir = tempfile::tempdir().unwrap();
    let authority = Authority::new("Hubscope sandbox").unwrap();
    let issued = authority.issue_device("device-1").unwrap();
    std::fs::write(dir.path().join("ca.pem"), authority.pem()).unwrap();
    std::fs::write(dir.path().join("device.pem"), &issued.cert_pem).unwrap();
    let verify = ["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "ca.pem", "device.pem"];
    assert_eq!(openssl(dir.path(), &verify).unwrap(), (true, "device.pem: OK\n".into()));
    let own = self_signed_device("device-2").unwrap();
    let shown = describe(&ders(&own.cert_pem)[0]).unwrap();
    assert_eq!(
        (shown.common_name.as_deref(), shown.self_signed, shown.key.as_str()),
        (Some("device-2"), true, "P-256")
    );
    // Both can be imported as a user would import them.
    for made in [&issued, &own] {
        read_identity(made.chain_pem.as_bytes(), Some(made.key_pem.as_bytes()), None).unwrap();
    }
}
