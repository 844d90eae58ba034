//! Whether a port speaks TLS, found out by greeting it so.
//!
//! A TLS server that is sent a plain CONNECT just closes or resets, like many a broker that dislikes a client;
//! only a second question tells the two apart.

use rustls::crypto::aws_lc_rs;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A server that needs longer is taken for none.
const LIMIT: Duration = Duration::from_secs(3);

/// True when `host` answers a ClientHello with a TLS record: a handshake or an alert (RFC 8446 section 5.1).
pub(crate) async fn speaks_tls(host: &str, port: u16) -> bool {
    let Some(hello) = client_hello(host) else { return false };
    let greet = async {
        let mut stream = TcpStream::connect((host, port)).await?;
        stream.write_all(&hello).await?;
        let mut answer = [0; 3];
        stream.read_exact(&mut answer).await?;
        std::io::Result::Ok(answer)
    };
    matches!(tokio::time::timeout(LIMIT, greet).await, Ok(Ok([0x15 | 0x16, 3, 0..=4])))
}

/// The first flight of a handshake that is never finished, so nothing is trusted.
fn client_hello(host: &str) -> Option<Vec<u8>> {
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).ok()?;
    let mut hello = Vec::new();
    ClientConnection::new(Arc::new(config), name).ok()?.write_tls(&mut hello).ok()?;
    Some(hello)
}
