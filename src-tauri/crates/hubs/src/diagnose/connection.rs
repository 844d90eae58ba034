//! A TLS handshake that is watched: what it agreed on, how it ended, and the first bytes that came.

use super::Subject;
use super::network::bare;
use hubscope_mqtt::open_stream;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ProtocolVersion};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// First bytes that are kept.
const KEPT: usize = 512;

/// How a handshake ended.
pub(super) enum End {
    Done(Box<TlsStream<Tap>>),
    Tls(rustls::Error),
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
    pub async fn shake(subject: &Subject, config: ClientConfig) -> Self {
        let none = |end| Self { end, first: Vec::new() };
        let Ok(name) = ServerName::try_from(bare(&subject.options.host).to_owned()) else { return none(End::NoName) };
        let stream = match tokio::time::timeout(subject.limits.open, open_stream(&subject.options)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return none(End::Closed(error.to_string())),
            Err(_) => return none(End::Silent),
        };
        let connector = TlsConnector::from(Arc::new(with_alpn(subject, config)));
        let shaken = connector.connect(name, Tap { stream, first: Vec::new() }).into_fallible();
        match tokio::time::timeout(subject.limits.handshake, shaken).await {
            Ok(Ok(stream)) => {
                let first = stream.get_ref().0.first.clone();
                Self { end: End::Done(Box::new(stream)), first }
            }
            Ok(Err((error, tap))) => {
                let end = match tls_error(&error) {
                    Some(tls) => End::Tls(tls.clone()),
                    None => End::Closed(error.to_string()),
                };
                Self { end, first: tap.first }
            }
            Err(_) => none(End::Silent),
        }
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

fn with_alpn(subject: &Subject, mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols.extend(subject.options.alpn.iter().map(|name| name.clone().into_bytes()));
    config
}

fn version_name(version: ProtocolVersion) -> String {
    match version {
        ProtocolVersion::TLSv1_2 => "TLS 1.2".into(),
        ProtocolVersion::TLSv1_3 => "TLS 1.3".into(),
        other => format!("{other:?}"),
    }
}

/// A TCP stream whose first bytes are remembered.
pub(super) struct Tap {
    stream: TcpStream,
    first: Vec<u8>,
}

impl AsyncRead for Tap {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let room = KEPT.saturating_sub(self.first.len());
        let came = buffer.filled().get(before..).unwrap_or_default();
        self.first.extend(came.iter().take(room));
        read
    }
}

impl AsyncWrite for Tap {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
