//! The doors: plain and TLS, as MQTT or as WebSocket, on loopback only.

use crate::connection::{self, Context};
use crate::personality::Peer;
use crate::websocket;
use hubscope_model::{Code, Error, Result};
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;

/// Listens on 127.0.0.1, on the given port or on one that the system chooses.
pub(crate) async fn bind(port: Option<u16>) -> Result<TcpListener> {
    let port = port.unwrap_or(0);
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Error::new(Code::PortInUse, format!("Port {port} on 127.0.0.1 is in use."))
            .detail(error.to_string())
            .hint("Choose another port, or leave it out and the sandbox takes a free one."),
        ErrorKind::PermissionDenied => {
            Error::new(Code::SandboxFailed, format!("The system does not allow this program to listen on port {port}."))
                .detail(error.to_string())
                .hint("Choose a port above 1023, or leave it out and the sandbox takes a free one.")
        }
        _ => Error::new(Code::SandboxFailed, format!("The sandbox cannot listen on 127.0.0.1, port {port}."))
            .detail(error.to_string()),
    })
}

/// What a client goes through before it speaks MQTT.
#[derive(Clone)]
pub(crate) struct Door {
    pub tls: Option<TlsAcceptor>,
    /// The path of the WebSocket, if it is one.
    pub path: Option<&'static str>,
}

/// Accepts clients until the sandbox stops. `sockets` bounds the open ones over all doors.
pub(crate) async fn accept(
    listener: TcpListener,
    door: Door,
    context: Arc<Context>,
    sockets: Arc<Semaphore>,
    tasks: TaskTracker,
) {
    loop {
        let accepted = tokio::select! {
            () = context.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file descriptors, for instance: it passes, but not at once.
                tracing::warn!(%error, "the sandbox could not accept a connection");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(permit) = sockets.clone().try_acquire_owned() else { continue };
        let (door, context) = (door.clone(), context.clone());
        tasks.spawn(async move {
            greet(stream, door, &context).await;
            drop(permit);
        });
    }
}

/// Takes a new connection through TLS, if it came by that door, and lets it in.
async fn greet(stream: TcpStream, door: Door, context: &Context) {
    let deadline = Instant::now() + context.limits.connect_timeout;
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY not set");
    }
    let Some(tls) = door.tls else {
        return enter(stream, door.path, &Peer::default(), context, deadline).await;
    };
    let handshake = tokio::select! {
        () = context.stop.cancelled() => return,
        handshake = timeout_at(deadline, tls.accept(stream)) => handshake,
    };
    match handshake {
        Ok(Ok(stream)) => {
            let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
            let peer = Peer { certificates: certificates.iter().map(|der| der.to_vec()).collect() };
            enter(stream, door.path, &peer, context, deadline).await;
        }
        Ok(Err(error)) => tracing::debug!(%error, "TLS handshake with a sandbox client failed"),
        Err(_) => tracing::debug!("TLS handshake with a sandbox client took too long"),
    }
}

/// Takes a stream through the WebSocket's upgrade, if the door has one, and serves it.
async fn enter(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    path: Option<&str>,
    peer: &Peer,
    context: &Context,
    deadline: Instant,
) {
    let Some(path) = path else {
        let (reader, writer) = tokio::io::split(stream);
        return connection::serve(reader, writer, peer, context, deadline).await;
    };
    let upgrade = tokio::select! {
        () = context.stop.cancelled() => return,
        upgrade = timeout_at(deadline, websocket::accept(stream, path, &context.limits)) => upgrade,
    };
    match upgrade {
        Ok(Ok((reader, writer))) => connection::serve(reader, writer, peer, context, deadline).await,
        Ok(Err(error)) => tracing::debug!(%error, "no WebSocket with a sandbox client"),
        Err(_) => tracing::debug!("the WebSocket upgrade of a sandbox client took too long"),
    }
}
