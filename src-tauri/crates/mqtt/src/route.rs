//! How the broker's address is reached: straight, at another address, or through a proxy.

use crate::failure::Failure;
use async_http_proxy::{HttpError, http_connect_tokio, http_connect_tokio_with_basic_auth};
use hubscope_model::{Code, Error};
use hubscope_vault::{Secret, for_connector};
use std::fmt;
use std::io;
use tokio::net::TcpStream;
use tokio_socks::tcp::Socks5Stream;
use tokio_socks::{IntoTargetAddr, TargetAddr};

/// A host, by name or address (IPv6 without brackets), and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub host: String,
    pub port: u16,
}

impl Address {
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { host: host.into(), port }
    }

    async fn connect(&self) -> io::Result<TcpStream> {
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

/// As in a URL: an IPv6 address stands in brackets.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", bracketed(&self.host), self.port)
    }
}

/// A host as it stands in a URL.
pub(crate) fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

/// Another machine that makes the connection for us.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub kind: ProxyKind,
    pub address: Address,
    /// User name and password: Basic (RFC 7617) for HTTP, RFC 1929 for SOCKS5.
    pub login: Option<(String, Secret<String>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// HTTP CONNECT (RFC 9110 section 9.3.6). The proxy resolves the broker's name.
    Http,
    /// SOCKS5 (RFC 1928); this machine resolves the broker's name.
    Socks5,
    /// SOCKS5; the proxy resolves the broker's name.
    Socks5h,
}

/// Opens TCP to the broker of `options` as a session would: by its proxy, or to its other address. Nothing is sent to
/// the broker.
///
/// # Errors
/// `HostNotFound`, `ConnectionRefused`, `ConnectionTimeout`, `NetworkUnreachable`, `ProxyFailed`.
pub async fn open_stream(options: &crate::Options) -> hubscope_model::Result<TcpStream> {
    options.route().connect().await.map_err(|failure| failure.error)
}

/// The way to the broker that the library cannot go by itself.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub target: Address,
    pub proxy: Option<Proxy>,
}

impl Route {
    pub async fn connect(&self) -> Result<TcpStream, Failure> {
        let Some(proxy) = &self.proxy else {
            return self
                .target
                .connect()
                .await
                .map_err(|error| crate::failure::opening(&error, &self.target.to_string()));
        };
        let stream = proxy.address.connect().await.map_err(|error| proxy.unreachable(&error))?;
        match proxy.kind {
            ProxyKind::Http => proxy.http(stream, &self.target).await,
            ProxyKind::Socks5 | ProxyKind::Socks5h => proxy.socks(stream, &self.target).await,
        }
    }
}

impl Proxy {
    async fn http(&self, mut stream: TcpStream, target: &Address) -> Result<TcpStream, Failure> {
        let (host, port) = (bracketed(&target.host), target.port);
        let answer = match &self.login {
            None => http_connect_tokio(&mut stream, &host, port).await,
            Some((user, password)) => {
                let password = for_connector(password);
                http_connect_tokio_with_basic_auth(&mut stream, &host, port, user, password).await
            }
        };
        match answer {
            Ok(()) => Ok(stream),
            Err(HttpError::HttpCode200(407)) => Err(self.unauthorised("407".into())),
            Err(error) => Err(self.refused(target, error.to_string())),
        }
    }

    async fn socks(&self, stream: TcpStream, target: &Address) -> Result<TcpStream, Failure> {
        let there = self.socks_target(target).await?;
        let opened = match &self.login {
            None => Socks5Stream::connect_with_socket(stream, there).await,
            Some((user, password)) => {
                let password = for_connector(password);
                Socks5Stream::connect_with_password_and_socket(stream, there, user, password).await
            }
        };
        use tokio_socks::Error::{
            AuthorizationRequired, InvalidAuthValues, NoAcceptableAuthMethods, PasswordAuthFailure,
        };
        opened.map(Socks5Stream::into_inner).map_err(|error| match error {
            AuthorizationRequired | InvalidAuthValues(_) | NoAcceptableAuthMethods | PasswordAuthFailure(_) => {
                self.unauthorised(error.to_string())
            }
            error => self.refused(target, error.to_string()),
        })
    }

    /// The target as a name or, where this machine resolves names, as an address.
    async fn socks_target<'a>(&self, target: &'a Address) -> Result<TargetAddr<'a>, Failure> {
        if self.kind == ProxyKind::Socks5h {
            let there = (target.host.as_str(), target.port).into_target_addr();
            return there.map_err(|error| self.refused(target, error.to_string()));
        }
        let found = tokio::net::lookup_host((target.host.as_str(), target.port)).await;
        let found = found.and_then(|mut all| all.next().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)));
        found.map(TargetAddr::Ip).map_err(|error| crate::failure::opening(&error, &target.to_string()))
    }

    fn unreachable(&self, error: &io::Error) -> Failure {
        let words = format!("The proxy {} could not be reached.", self.address);
        let error = Error::new(Code::ProxyFailed, words).detail(error.to_string());
        Failure::passing(error.hint("Check the address of the proxy, and that it runs."))
    }

    fn unauthorised(&self, detail: String) -> Failure {
        let words =
            format!("The proxy {} does not let us through without another user name or password.", self.address);
        let error = Error::new(Code::ProxyFailed, words).detail(detail);
        Failure::fatal(error.hint("Check the user name and password of the proxy."))
    }

    fn refused(&self, target: &Address, detail: String) -> Failure {
        let words = format!("The proxy {} made no connection to {target}.", self.address);
        let error = Error::new(Code::ProxyFailed, words).detail(detail);
        Failure::passing(error.hint("Check host and port of the broker, and where the proxy may connect to."))
    }
}
