//! Our client against openssl's server: what is accepted, and what each failure is called.

use crate::openssl::{Dates, Outcome, VALID, Workshop};
use hubscope_model::{Code, Error};
use hubscope_pki::{Trust, client_config, explain};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

pub const LOCALHOST: &str = "basicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:localhost,IP:127.0.0.1";

/// Connects as `name` and has a line reversed. The outer error is the test's, the inner one what a
/// user would read.
pub async fn talk(port: u16, name: &'static str, trust: Trust) -> Outcome<Result<(), Error>> {
    let connector = TlsConnector::from(client_config(&trust, None)?);
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let talked = async {
        let mut stream = connector.connect(ServerName::try_from(name).map_err(std::io::Error::other)?, stream).await?;
        stream.write_all(b"hubscope\n").await?;
        let mut answer = [0; 9];
        stream.read_exact(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    match talked.await {
        Ok(answer) => {
            assert_eq!(&answer, b"epocsbuh\n");
            Ok(Ok(()))
        }
        Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(inner) => Ok(Err(explain(inner))),
            None => Err(error.into()),
        },
    }
}

fn trust(shop: &Workshop) -> Outcome<Trust> {
    Ok(Trust::CaPem(shop.text("ca.pem")?))
}

#[tokio::test]
async fn a_server_of_the_given_ca_is_trusted_by_name_and_by_address() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("server", &VALID, LOCALHOST).unwrap();
    for version in ["-tls1_2", "-tls1_3"] {
        let server = shop.serve("server", &[version]).unwrap();
        for name in ["localhost", "127.0.0.1"] {
            talk(server.port, name, trust(&shop).unwrap()).await.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn a_server_that_trusts_only_itself_is_trusted_when_its_file_is_given() {
    let shop = Workshop::new("localhost").unwrap();
    shop.run(&[
        "req",
        "-x509",
        "-new",
        "-key",
        "ca.key",
        "-config",
        "ca.cnf",
        "-days",
        "9",
        "-subj",
        "/CN=self",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-out",
        "self.pem",
    ])
    .unwrap();
    std::fs::copy(shop.path("ca.key"), shop.path("self.key")).unwrap();
    let ca = hubscope_pki::read_ca(&shop.read("self.pem").unwrap(), "self.pem").unwrap();
    let server = shop.serve("self", &[]).unwrap();
    talk(server.port, "localhost", Trust::CaPem(ca.pem)).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_unknown_ca_is_called_that() {
    let (shop, other) = (Workshop::new("Root").unwrap(), Workshop::new("Other").unwrap());
    shop.leaf("server", &VALID, LOCALHOST).unwrap();
    let server = shop.serve("server", &[]).unwrap();
    for trust in [trust(&other).unwrap(), Trust::System] {
        let error = talk(server.port, "localhost", trust).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsUnknownCa, "{error:?}");
        assert!(error.hint.unwrap().contains("CA file"));
    }
}

#[tokio::test]
async fn another_key_under_the_same_ca_name_is_an_unknown_ca() {
    let (shop, twin) = (Workshop::new("Root").unwrap(), Workshop::new("Root").unwrap());
    shop.leaf("server", &VALID, LOCALHOST).unwrap();
    let server = shop.serve("server", &[]).unwrap();
    let error = talk(server.port, "localhost", trust(&twin).unwrap()).await.unwrap().unwrap_err();
    assert_eq!(error.code, Code::TlsUnknownCa, "{error:?}");
}

#[tokio::test]
async fn expired_and_early_certificates_name_both_clocks() {
    let shop = Workshop::new("Root").unwrap();
    let cases = [
        ("old", Dates("20200101000000Z", "20210203040506Z"), Code::TlsExpired, "2021-02-03T04:05:06Z"),
        ("early", Dates("20980203040506Z", "20990101000000Z"), Code::TlsNotYetValid, "2098-02-03T04:05:06Z"),
    ];
    for (name, dates, code, date) in cases {
        shop.leaf(name, &dates, LOCALHOST).unwrap();
        let server = shop.serve(name, &[]).unwrap();
        let error = talk(server.port, "localhost", trust(&shop).unwrap()).await.unwrap().unwrap_err();
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.message.contains(date) && error.message.contains("clock says 20"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_wrong_name_names_both() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("server", &VALID, "subjectAltName=DNS:hub.example,DNS:*.hub.example,IP:192.0.2.1").unwrap();
    let server = shop.serve("server", &[]).unwrap();
    for name in ["localhost", "127.0.0.1", "a.b.hub.example"] {
        let error = talk(server.port, name, trust(&shop).unwrap()).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsNameMismatch, "{error:?}");
        assert_eq!(
            error.message,
            format!("The server's certificate is not for {name}, but for hub.example, *.hub.example, 192.0.2.1.")
        );
    }
    talk(server.port, "a.hub.example", trust(&shop).unwrap()).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_common_name_alone_is_explained() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("localhost", &VALID, "basicConstraints=critical,CA:FALSE").unwrap();
    let server = shop.serve("localhost", &[]).unwrap();
    let error = talk(server.port, "localhost", trust(&shop).unwrap()).await.unwrap().unwrap_err();
    assert_eq!(error.code, Code::TlsNameMismatch);
    assert!(error.message.contains("a common name does not count"), "{}", error.message);
}

#[tokio::test]
async fn certificates_that_rustls_refuses_for_their_form_are_explained() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("client-only", &VALID, &format!("{LOCALHOST}\nextendedKeyUsage=clientAuth")).unwrap();
    // A CA that serves with its own certificate.
    shop.leaf("ca-as-server", &VALID, "basicConstraints=critical,CA:TRUE\nsubjectAltName=DNS:localhost").unwrap();
    // Version 1: what `x509 -req` makes without extensions.
    shop.run(&[
        "x509",
        "-req",
        "-in",
        "client-only.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "v1.pem",
    ])
    .unwrap();
    std::fs::copy(shop.path("client-only.key"), shop.path("v1.key")).unwrap();
    for (name, words) in
        [("client-only", "may not be used by a server"), ("ca-as-server", "a CA certificate"), ("v1", "version 1")]
    {
        let server = shop.serve(name, &[]).unwrap();
        let error = talk(server.port, "localhost", trust(&shop).unwrap()).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::TlsFailed, "{name}");
        assert!(error.message.contains(words), "{name}: {error:?}");
    }
}

#[tokio::test]
async fn a_server_that_wants_a_client_certificate_is_understood() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("server", &VALID, LOCALHOST).unwrap();
    // TLS 1.2 only says that the handshake failed.
    let cases = [("-tls1_3", Code::TlsClientCertificateRequired), ("-tls1_2", Code::TlsRefusedByPeer)];
    for (version, code) in cases {
        let server = shop.serve("server", &[version, "-Verify", "1", "-CAfile", "ca.pem"]).unwrap();
        let error = talk(server.port, "localhost", trust(&shop).unwrap()).await.unwrap().unwrap_err();
        assert_eq!(error.code, code, "{version}: {error:?}");
    }
}

#[tokio::test]
async fn a_server_without_safe_ciphers_is_understood() {
    let shop = Workshop::new("Root").unwrap();
    shop.leaf("server", &VALID, LOCALHOST).unwrap();
    // Offers only CBC with SHA-1, which no rustls client takes.
    let server = shop.serve("server", &["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"]).unwrap();
    let error = talk(server.port, "localhost", trust(&shop).unwrap()).await.unwrap().unwrap_err();
    assert_eq!(error.code, Code::TlsRefusedByPeer, "{error:?}");
}

#[tokio::test]
async fn a_port_that_answers_in_clear_is_not_tls() {
    let shop = Workshop::new("Root").unwrap();
    let answers: [&[u8]; 3] = [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", &[0x20, 2, 0, 1]];
    for answer in answers {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await?;
            stream.read_u8().await?;
            stream.write_all(answer).await?;
            // Until the client has gone, so that it reads the answer and not a reset.
            stream.read_to_end(&mut Vec::new()).await
        });
        let error = talk(port, "localhost", trust(&shop).unwrap()).await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::PortIsNotTls, "{error:?}");
        server.await.unwrap().unwrap();
    }
}
