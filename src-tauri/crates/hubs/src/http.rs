//! HTTP to hubs: our own TLS and trust, the proxy of the hub and no other, no redirects, short answers.

use hubscope_model::{Code, Error, Result};
use hubscope_mqtt::{Proxy, ProxyKind};
use hubscope_pki::Trust;
use hubscope_vault::for_connector;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use std::error::Error as _;
use std::time::Duration;
use url::Url;

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(30);
/// Bytes. Lists and errors of a hub's API are far shorter.
const LONGEST_BODY: usize = 1024 * 1024;

/// A client that trusts what the hub's MQTT sessions trust, and goes the same way.
///
/// # Errors
/// As [`hubscope_pki::client_config`]; `ProxyFailed` for a proxy whose address makes no URL.
pub fn client(trust: &Trust, proxy: Option<&Proxy>) -> Result<Client> {
    let tls = hubscope_pki::client_config(trust, None)?;
    let mut builder = Client::builder().tls_backend_preconfigured((*tls).clone()).no_proxy();
    if let Some(proxy) = proxy {
        builder = builder.proxy(through(proxy).ok_or_else(|| {
            Error::new(Code::ProxyFailed, "The proxy's address is none.").hint("Correct the proxy in the hub's form.")
        })?);
    }
    builder
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .user_agent(concat!("hubscope/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Error::new(Code::Internal, "HTTP could not be set up.").detail(error.to_string()))
}

/// The library takes a proxy and its login as one URL.
fn through(proxy: &Proxy) -> Option<reqwest::Proxy> {
    let scheme = match proxy.kind {
        ProxyKind::Http => "http",
        ProxyKind::Socks5 => "socks5",
        ProxyKind::Socks5h => "socks5h",
    };
    let mut url = Url::parse(&format!("{scheme}://{}", proxy.address)).ok()?;
    if let Some((name, password)) = &proxy.login {
        url.set_username(name).ok()?;
        url.set_password(Some(for_connector(password))).ok()?;
    }
    reqwest::Proxy::all(url).ok()
}

/// The body of an answer.
///
/// # Errors
/// `RestFailed` when it is longer than 1 MiB; connection errors as [`explain`].
pub async fn body(mut response: Response) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(explain)? {
        if body.len() + chunk.len() > LONGEST_BODY {
            return Err(Error::new(Code::RestFailed, "The server's answer is longer than 1 MiB.")
                .hint("Check the request: its answer should be a short JSON text."));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Why a request got no answer. The address stays out of it: its user wrote it.
pub fn explain(error: reqwest::Error) -> Error {
    if let Some(tls) = tls_error(&error) {
        return hubscope_pki::explain(tls);
    }
    let detail = innermost(&error);
    let error = if error.is_timeout() {
        Error::new(Code::ConnectionTimeout, "The server did not answer the HTTP request in time.")
            .hint("Check the address; a firewall or proxy may drop the packets.")
    } else if error.is_dns() {
        Error::new(Code::HostNotFound, "No address is known for the host of the HTTP request.")
            .hint("Check the host name, and that this machine is on the network.")
    } else if error.is_connect() {
        Error::new(Code::ConnectionRefused, "The server of the HTTP request could not be reached.")
            .hint("Check host and port, and that the server runs.")
    } else {
        Error::new(Code::RestFailed, "The HTTP request was not answered as it should.")
    };
    error.detail(detail).retryable()
}

/// The library wraps rustls' errors into I/O errors, whose own source is what stands behind the wrapped one.
fn tls_error(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(tls) = wrapped.and_then(|inner| inner.downcast_ref()) {
            return Some(tls);
        }
        source = match wrapped {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// The system's words, without the library's around them.
fn innermost(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
