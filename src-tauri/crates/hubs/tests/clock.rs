//! The hub's clock, read from a real TLS server on loopback.

#![cfg(test)]

use hubscope_hubs::clock::skew;
use hubscope_model::Code;
use hubscope_pki::{Authority, Trust};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Answers one HTTPS request with this head; says where, and which CA vouches for it.
async fn server(head: String) -> (u16, String) {
    hubscope_pki::install_crypto_provider();
    let authority = Authority::new("Clock tests").unwrap();
    let acceptor = TlsAcceptor::from(authority.issue_server(&[]).unwrap().server_config().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let Ok(mut stream) = acceptor.accept(stream).await else { return };
        let mut request = [0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        assert!(request[..length].starts_with(b"HEAD / HTTP/1.1\r\n"));
        stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
    });
    (port, authority.pem().to_owned())
}

fn date(ahead: i64) -> String {
    let time = Timestamp::now() + SignedDuration::from_secs(ahead);
    DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap()
}

#[tokio::test]
async fn a_difference_is_measured_whatever_the_server_says() {
    for ahead in [0, 420, -86_400] {
        let (port, ca) =
            server(format!("HTTP/1.1 404 Not Found\r\nDate: {}\r\nContent-Length: 0\r\n", date(ahead))).await;
        let skew = skew("localhost", port, &Trust::CaPem(ca), None).await.unwrap();
        // Our clock is behind by what the server's is ahead; a slow machine adds a few seconds.
        assert!((skew + ahead).abs() <= 30, "{skew} for {ahead}");
    }
}

#[tokio::test]
async fn without_a_date_nothing_is_said() {
    let (port, ca) = server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n".into()).await;
    assert_eq!(skew("127.0.0.1", port, &Trust::CaPem(ca), None).await.unwrap_err().code, Code::RestFailed);
}

#[tokio::test]
async fn the_hub_s_trust_holds_here_too() {
    let (port, _) = server(format!("HTTP/1.1 200 OK\r\nDate: {}\r\n", date(0))).await;
    let other = Authority::new("Another").unwrap().pem().to_owned();
    assert_eq!(skew("localhost", port, &Trust::CaPem(other), None).await.unwrap_err().code, Code::TlsUnknownCa);
}
