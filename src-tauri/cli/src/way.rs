//! From arguments to the transport, the address and the proxy of a session.

use crate::args::{TransportArg, WayArgs};
use crate::connect::first_line;
use crate::failure::Failure;
use hubscope_hubs::paste;
use hubscope_model::{Code, Error};
use hubscope_mqtt::{Address, Options, Proxy, Transport, WebSocket};
use hubscope_vault::Secret;
use zeroize::Zeroizing;

impl WayArgs {
    /// Whether TLS was asked for.
    pub fn wants_tls(&self) -> bool {
        matches!(self.transport, Some(TransportArg::Tls | TransportArg::Wss))
    }

    /// The port that is usual for the transport.
    pub fn usual_port(&self) -> Option<u16> {
        self.transport.map(|transport| match transport {
            TransportArg::Tcp => 1883,
            TransportArg::Tls => 8883,
            TransportArg::Ws => 80,
            TransportArg::Wss => 443,
        })
    }

    /// Puts all of it into the options.
    pub fn apply(self, options: &mut Options) -> Result<(), Failure> {
        let headers = self.headers.iter().map(|line| header(line)).collect::<Result<Vec<_>, _>>()?;
        if matches!(self.transport, Some(TransportArg::Ws | TransportArg::Wss)) {
            options.transport = Transport::WebSocket(WebSocket { path: self.path, headers });
        } else if !headers.is_empty() {
            let error = Error::new(Code::InvalidFields, "--header belongs to a WebSocket.");
            return Err(Failure::usage(error.hint("Add --transport ws or wss, or leave --header away.")));
        }
        if let Some(path) = self.unix {
            options.transport = unix(path)?;
        }
        options.alpn.extend(self.tls_alpn);
        if let Some(text) = self.connect_to {
            options.address = Some(address(&text)?);
        }
        if let Some(url) = self.proxy {
            let mut proxy = proxy(&url)?;
            let file = self.proxy_password_file.as_deref().map(first_line).transpose()?;
            let password = file.or_else(|| std::env::var("HUBSCOPE_PROXY_PASSWORD").ok().map(Zeroizing::new));
            if let (Some((_, own)), Some(password)) = (&mut proxy.login, password) {
                *own = Secret::new(password);
            }
            options.proxy = Some(proxy);
        }
        Ok(())
    }
}

#[cfg(unix)]
fn unix(path: std::path::PathBuf) -> Result<Transport, Failure> {
    Ok(Transport::Unix(path))
}

#[cfg(not(unix))]
fn unix(_path: std::path::PathBuf) -> Result<Transport, Failure> {
    Err(Failure::usage(Error::new(Code::BadRequest, "This system has no Unix sockets.").hint("Use -h and -p.")))
}

/// Name and value of an HTTP header; the session checks what stands in them.
fn header(line: &str) -> Result<(String, Secret<String>), Failure> {
    let (name, value) = line.split_once(':').ok_or_else(|| {
        // Without the line: it may be a credential.
        let error = Error::new(Code::InvalidFields, "A --header has no colon between its name and its value.");
        Failure::usage(error.hint("For example --header 'Authorization: Bearer TOKEN'."))
    })?;
    Ok((name.trim().to_owned(), Secret::new(value.trim().to_owned().into())))
}

/// HOST:PORT, as the rest of an mqtt URL.
fn address(text: &str) -> Result<Address, Failure> {
    let read = paste::parse_address(&Zeroizing::new(format!("mqtt://{text}"))).map_err(Failure::usage)?;
    Ok(Address::new(hubscope_hubs::host::for_network(&read.host), read.port))
}

fn proxy(url: &str) -> Result<Proxy, Failure> {
    let (proxy, password) = paste::parse_proxy(url).filter(|_| url.contains("://")).ok_or_else(no_proxy)?;
    Ok(hubscope_hubs::through(proxy, password))
}

fn no_proxy() -> Failure {
    let error = Error::new(Code::InvalidFields, "The proxy is not socks5h://, socks5:// or http:// with a host.");
    Failure::usage(error.hint("For example --proxy socks5h://user@proxy.example:1080."))
}
