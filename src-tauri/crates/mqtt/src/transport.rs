//! What carries the MQTT packets, in our words and in the library's.

use crate::Options;
use crate::failure::Failure;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use hubscope_model::{Code, Error};
use hubscope_vault::Secret;
use rumqttc::{TlsConfiguration, Transport as Library};
use std::future::{Ready, ready};

/// The stream that MQTT runs over. TLS is not chosen here: it lies under TCP and WebSocket alike where
/// [`Options::tls`] is set.
#[derive(Clone, Debug, Default)]
pub enum Transport {
    #[default]
    Tcp,
    /// Binary WebSocket frames, subprotocol "mqtt" (MQTT 5 section 6); a server that answers with another is refused.
    WebSocket(WebSocket),
    /// A socket file of this machine. Host, port, TLS and proxy have no meaning for it.
    #[cfg(unix)]
    Unix(std::path::PathBuf),
}

/// What a WebSocket connection asks for.
#[derive(Clone, Debug)]
pub struct WebSocket {
    /// Path and query of the URL; "/mqtt" is the usual one.
    pub path: String,
    /// Headers of the opening request besides those of the protocol. Their values may be credentials.
    pub headers: Vec<(String, Secret<String>)>,
}

impl Default for WebSocket {
    fn default() -> Self {
        Self { path: "/mqtt".into(), headers: Vec::new() }
    }
}

/// What the library is told.
pub(crate) struct Carrier {
    /// Host name, URL or path of a file, as the transport wants it.
    pub address: String,
    pub transport: Library,
    /// Of a WebSocket's opening request.
    pub headers: HeaderMap,
}

impl Carrier {
    pub fn new(options: &Options) -> Result<Self, Failure> {
        match &options.transport {
            Transport::Tcp => {
                Ok(Self::plain(options.bare_host().to_owned(), tls(options).map_or(Library::Tcp, Library::Tls)))
            }
            Transport::WebSocket(socket) => {
                let transport = tls(options).map_or(Library::Ws, Library::Wss);
                Ok(Self { address: url(options, socket)?, transport, headers: headers(socket)? })
            }
            #[cfg(unix)]
            Transport::Unix(path) => {
                if options.tls.is_some() || options.needs_tunnel() {
                    return Err(refused("A Unix socket takes neither TLS nor a proxy nor another address."));
                }
                let path = path.to_str().ok_or_else(|| refused("The path of the socket is not UTF-8."))?;
                Ok(Self::plain(path.to_owned(), Library::Unix))
            }
        }
    }

    fn plain(address: String, transport: Library) -> Self {
        Self { address, transport, headers: HeaderMap::new() }
    }

    /// Adds the headers to a WebSocket's opening request, in the shape of the library's hook.
    pub fn into_modifier(headers: HeaderMap) -> impl Fn(Request<()>) -> Ready<Request<()>> + Send + Sync + 'static {
        move |mut request| {
            request.headers_mut().extend(headers.clone());
            ready(request)
        }
    }
}

fn tls(options: &Options) -> Option<TlsConfiguration> {
    options.tls.clone().map(TlsConfiguration::Rustls)
}

fn url(options: &Options, socket: &WebSocket) -> Result<String, Failure> {
    let scheme = if options.tls.is_some() { "wss" } else { "ws" };
    let path = socket.path.strip_prefix('/').unwrap_or(&socket.path);
    let url = format!("{scheme}://{}:{}/{path}", options.url_host(), options.port);
    let is_whole =
        url.parse::<http::Uri>().is_ok_and(|uri| uri.port_u16() == Some(options.port)) && !path.contains('#');
    is_whole.then_some(url).ok_or_else(|| refused("Host and path make no URL for a WebSocket."))
}

fn headers(socket: &WebSocket) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    for (name, value) in &socket.headers {
        let refused =
            || refused(&format!("{name:?} cannot be a header of a WebSocket's request, or its value cannot."));
        let mut value = HeaderValue::from_str(hubscope_vault::for_connector(value)).map_err(|_| refused())?;
        value.set_sensitive(true);
        let name = HeaderName::try_from(name.as_str()).map_err(|_| refused())?;
        headers.append(name, value);
    }
    Ok(headers)
}

fn refused(words: &str) -> Failure {
    Failure::fatal(Error::new(Code::BadRequest, words).hint("Change the connection settings."))
}
