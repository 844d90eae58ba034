//! The loopback web shell: the same engine and the same page as the desktop app, in a browser on this machine.
//!
//! What keeps it private: it listens on 127.0.0.1 only; `Host` and `Origin` must be exactly its own address (no
//! rebinding, no foreign page); a 256-bit token from the address's fragment must be the first message of a socket;
//! connections, sockets, guesses and frames are limited. It has no clipboard and no reveal of secrets.

mod frames;
mod guesses;
mod listener;
mod origin;
mod page;
mod socket;
mod token;

use axum::Router;
use axum::middleware;
use axum::routing::get;
use guesses::Guesses;
use hubscope_engine::Engine;
use origin::Origin;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use token::Token;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Authorised sockets at the same time: more windows than anyone opens.
const MAX_SOCKETS: usize = 16;
/// How long a stop waits for requests under way.
const STOP_LIMIT: Duration = Duration::from_secs(2);

/// The listener cannot be opened: the port is taken or may not be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on 127.0.0.1:{port}: {source}")]
pub struct ListenError {
    pub port: u16,
    #[source]
    pub source: std::io::Error,
}

/// What the requests of one shell share.
struct Shell {
    engine: Arc<Engine>,
    origin: Origin,
    token: Token,
    guesses: Guesses,
    sockets: Arc<Semaphore>,
    stop: CancellationToken,
}

/// A running web shell.
pub struct WebShell {
    address: SocketAddr,
    shell: Arc<Shell>,
    server: JoinHandle<std::io::Result<()>>,
}

impl WebShell {
    /// Serves `engine` on 127.0.0.1. Port 0 lets the system choose.
    pub async fn start(engine: Arc<Engine>, port: u16) -> Result<Self, ListenError> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let bound = socket.and_then(|socket| socket.local_addr().map(|address| (socket, address)));
        let (socket, address) = bound.map_err(|source| ListenError { port, source })?;
        let shell = Arc::new(Shell {
            engine,
            origin: Origin::of(address),
            token: Token::generate(),
            guesses: Guesses::default(),
            sockets: Arc::new(Semaphore::new(MAX_SOCKETS)),
            stop: CancellationToken::new(),
        });
        let routes = Router::new()
            .route("/socket", get(socket::upgrade))
            .fallback(get(page::file))
            .layer(middleware::from_fn_with_state(shell.clone(), origin::guard))
            .with_state(shell.clone());
        let server = axum::serve(listener::Limited::new(socket), routes)
            .with_graceful_shutdown(shell.stop.clone().cancelled_owned());
        Ok(Self { address, shell, server: tokio::spawn(async { server.await }) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to open in a browser: the address with the token in its fragment, which browsers never send.
    pub fn url(&self) -> String {
        format!("http://{}/#{}", self.address, self.shell.token.text())
    }

    /// Ends every socket and its client, then the listener.
    pub async fn stop(mut self) {
        self.shell.stop.cancel();
        if tokio::time::timeout(STOP_LIMIT, &mut self.server).await.is_err() {
            self.server.abort();
        }
        // Sockets outlive the server's own task by the moment that they need to say goodbye.
        let all = u32::try_from(MAX_SOCKETS).unwrap_or(u32::MAX);
        if tokio::time::timeout(STOP_LIMIT, self.shell.sockets.acquire_many(all)).await.is_err() {
            tracing::warn!("a browser did not let go of its socket in time");
        }
    }
}
