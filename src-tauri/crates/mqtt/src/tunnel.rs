//! A way for the library around what it cannot do itself: connect to another address than the name that TLS checks,
//! and go through SOCKS5 and HTTP proxies whose refusals we can tell in words.
//!
//! It is an HTTP CONNECT proxy on loopback for one connection. The library dials it, TLS and WebSocket stay end to
//! end inside the library. So that no other program of this machine can use it, the port is drawn by the system,
//! the password is new for each attempt, one target is allowed, and it stops listening with the first visitor that
//! knows the password. It ends with the attempt or the connection that it was opened for.

use crate::failure::Failure;
use crate::route::{Address, Route};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use rand::Rng;
use rumqttc::{Proxy, ProxyAuth, ProxyType};
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::AbortOnDropHandle;

const USER: &str = "hubscope";
/// Bytes of a request that are read before a visitor is turned away.
const LONGEST_REQUEST: usize = 4096;
/// The library sends its request at once; who is slower is somebody else.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes in each direction that may be under way; what fits costs one turn of the copying task.
const BUFFER: usize = 64 * 1024;

pub(crate) struct Tunnel {
    port: u16,
    password: String,
    failure: Arc<Mutex<Option<Failure>>>,
    _task: AbortOnDropHandle<()>,
}

impl Tunnel {
    /// Listens, and takes `route` for whoever asks for `name` with the password.
    pub async fn open(name: &Address, route: Route) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let password = STANDARD.encode(rand::rng().random::<[u8; 32]>());
        let failure = Arc::default();
        let door = Door::new(name, &password);
        let task = tokio::spawn(serve(listener, door, route, Arc::clone(&failure)));
        Ok(Self { port, password, failure, _task: AbortOnDropHandle::new(task) })
    }

    /// What the library is told of it.
    pub fn proxy(&self) -> Proxy {
        let auth = ProxyAuth::Basic { username: USER.into(), password: self.password.clone() };
        Proxy { ty: ProxyType::Http, auth, addr: Ipv4Addr::LOCALHOST.to_string(), port: self.port }
    }

    /// Why the route could not be taken, if it could not.
    pub fn failure(&self) -> Option<Failure> {
        self.failure.lock().take()
    }
}

async fn serve(listener: TcpListener, door: Door, route: Route, failure: Arc<Mutex<Option<Failure>>>) {
    let mut inside = loop {
        // A listener that fails serves nobody; the library's time limit ends the attempt.
        let Ok((visitor, _)) = listener.accept().await else { return };
        if let Ok(Some(visitor)) = tokio::time::timeout(PATIENCE, door.admit(visitor)).await {
            break visitor;
        }
    };
    drop(listener);
    let answer = match route.connect().await {
        Ok(outside) => carry(inside, outside).await,
        Err(reason) => {
            *failure.lock() = Some(reason);
            inside.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").await
        }
    };
    if let Err(error) = answer {
        tracing::debug!(%error, "a tunnel ended");
    }
}

async fn carry(mut inside: TcpStream, mut outside: TcpStream) -> io::Result<()> {
    inside.set_nodelay(true)?;
    inside.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    tokio::io::copy_bidirectional_with_sizes(&mut inside, &mut outside, BUFFER, BUFFER).await?;
    Ok(())
}

/// Who may use the tunnel, and for what.
struct Door {
    target: String,
    authorization: String,
}

impl Door {
    fn new(name: &Address, password: &str) -> Self {
        let credentials = STANDARD.encode(format!("{USER}:{password}"));
        // The library puts no brackets around an IPv6 address.
        Self { target: format!("{}:{}", name.host, name.port), authorization: format!("Basic {credentials}") }
    }

    /// The visitor, if its request is the one that the library sends.
    async fn admit(&self, mut visitor: TcpStream) -> Option<TcpStream> {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            if request.len() >= LONGEST_REQUEST {
                return None;
            }
            request.push(visitor.read_u8().await.ok()?);
        }
        self.is_allowed(&request).then_some(visitor)
    }

    fn is_allowed(&self, request: &[u8]) -> bool {
        let mut headers = [httparse::EMPTY_HEADER; 16];
        let mut parsed = httparse::Request::new(&mut headers);
        if !matches!(parsed.parse(request), Ok(httparse::Status::Complete(_))) {
            return false;
        }
        let is_for_target = parsed.method == Some("CONNECT") && parsed.path == Some(&self.target);
        let knows_password = parsed.headers.iter().any(|header| {
            header.name.eq_ignore_ascii_case("Proxy-Authorization")
                && bool::from(header.value.ct_eq(self.authorization.as_bytes()))
        });
        is_for_target && knows_password
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_opens_and_only_for_the_target() {
        let door = Door::new(&Address::new("hub.example", 8883), "right");
        let ask = |target: &str, password: &str| {
            let credentials = STANDARD.encode(format!("{USER}:{password}"));
            format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nProxy-Authorization: Basic {credentials}\r\n\r\n")
        };
        assert!(door.is_allowed(ask("hub.example:8883", "right").as_bytes()));
        assert!(!door.is_allowed(ask("hub.example:8883", "wrong").as_bytes()));
        assert!(!door.is_allowed(ask("hub.example:22", "right").as_bytes()));
        assert!(!door.is_allowed(ask("hub.example:8883", "right").replace("CONNECT", "GET").as_bytes()));
        assert!(!door.is_allowed(b"CONNECT hub.example:8883 HTTP/1.1\r\n\r\n"));
    }
}
