//! A TLS handshake that is watched: what it agreed on, how it ended, and the first bytes that came.

use super::Limits;
use super::network::bare;
use hubscope_model::Error;
use hubscope_mqtt::{Options, open_stream};
use parking_lot::Mutex;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ProtocolVersion};
use std::io;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_util::io::InspectReader;

/// First bytes that are kept.
const KEPT: usize = 512;

/// How a handshake ended.
pub(super) enum End {
    Done(Box<TlsStream<Watched>>),
    Tls(rustls::Error),
    /// No connection came about.
    NotOpened(Error),
    /// The connection ended or broke.
    Closed(String),
    /// Nothing came for too long.
    Silent,
    /// The host cannot stand in a certificate.
    NoName,
}

pub(super) struct Handshake {
    pub end: End,
    /// What came first, TLS or not.
    pub first: Vec<u8>,
}

/// What a handshake agreed on.
#[derive(Clone, Debug, Default)]
pub(super) struct Agreed {
    pub version: Option<String>,
    pub cipher: Option<String>,
    pub alpn: Option<String>,
}

impl Handshake {
    /// Opens TCP by the hub's route and shakes hands.
    pub async fn shake(options: &Options, limits: Limits, config: ClientConfig) -> Self {
        let none = |end| Self { end, first: Vec::new() };
        let Ok(name) = ServerName::try_from(bare(&options.host).to_owned()) else { return none(End::NoName) };
        let stream = match tokio::time::timeout(limits.open, open_stream(options)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return none(End::NotOpened(error)),
            Err(_) => return none(End::Silent),
        };
        let connector = TlsConnector::from(Arc::new(with_alpn(options, config)));
        let first = Arc::default();
        let shaken = connector.connect(name, watched(stream, Arc::clone(&first)));
        let end = match tokio::time::timeout(limits.handshake, shaken).await {
            Ok(Ok(stream)) => End::Done(Box::new(stream)),
            Ok(Err(error)) => match tls_error(&error) {
                Some(tls) => End::Tls(tls.clone()),
                None => End::Closed(error.to_string()),
            },
            Err(_) => End::Silent,
        };
        let first = first.lock().clone();
        Self { end, first }
    }

    pub fn agreed(&self) -> Agreed {
        let End::Done(stream) = &self.end else { return Agreed::default() };
        let (_, connection) = stream.get_ref();
        Agreed {
            version: connection.protocol_version().map(version_name),
            cipher: connection.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite())),
            alpn: connection.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
        }
    }
}

/// The TLS error inside an error of the stream.
pub(super) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

fn with_alpn(options: &Options, mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols.extend(options.alpn.iter().map(|name| name.clone().into_bytes()));
    config
}

fn version_name(version: ProtocolVersion) -> String {
    match version {
        ProtocolVersion::TLSv1_2 => "TLS 1.2".into(),
        ProtocolVersion::TLSv1_3 => "TLS 1.3".into(),
        other => format!("{other:?}"),
    }
}

/// A TCP stream that tells what it reads.
type Watched = InspectReader<TcpStream, Box<dyn FnMut(&[u8]) + Send>>;

/// Keeps the first bytes that come.
fn watched(stream: TcpStream, first: Arc<Mutex<Vec<u8>>>) -> Watched {
    let keep = move |came: &[u8]| {
        let mut first = first.lock();
        let room = KEPT.saturating_sub(first.len());
        first.extend(came.iter().take(room));
    };
    InspectReader::new(stream, Box::new(keep))
}
