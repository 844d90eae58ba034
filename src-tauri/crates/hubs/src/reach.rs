//! How a hub's connection settings become a session's: transport, ALPN, another address, proxy.

use crate::connect::{Secrets, missing};
use crate::{ProxyVariables, azure, headers, host};
use hubscope_model::{Connection, Hub, ProxyChoice, Result, SecretField, ServerAddress};
use hubscope_mqtt::{Address, Options, Proxy, ProxyKind, Transport, WebSocket};
use hubscope_vault::Secret;

/// Puts the way to `hub` into `options`, which have its host, port and TLS already. `secrets` are the hub's own.
///
/// # Errors
/// `SecretMissing` when the password of the proxy is stored and not here; `ProxyFailed` when the environment names a
/// proxy of another kind; `BadRequest` for a Unix socket where there are none.
pub fn reach(options: &mut Options, hub: &Hub, secrets: &Secrets, variables: &ProxyVariables) -> Result<()> {
    let connection = &hub.connection;
    options.transport = transport(hub, secrets)?;
    if hub.transport == hubscope_model::Transport::Unix {
        return Ok(());
    }
    if hub.transport.is_tls() {
        options.alpn.clone_from(&connection.alpn);
    }
    options.address = connection.address.as_ref().map(address);
    let to = connection.address.as_ref();
    let (host, port) = to.map_or((azure::tcp_host(hub), hub.port), |to| (to.host.as_str(), to.port));
    options.proxy = proxy(hub, secrets, variables, host, port)?;
    Ok(())
}

/// The other end in words: `host:port`, the URL of a WebSocket, or the file of a socket.
pub fn endpoint(hub: &Hub) -> String {
    let host = azure::tcp_host(hub);
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    match hub.transport {
        hubscope_model::Transport::Unix => hub.connection.socket.clone(),
        transport if transport.is_web_socket() => {
            format!("{}://{host}:{}{}", transport.name(), hub.port, hub.connection.path)
        }
        _ => format!("{host}:{}", hub.port),
    }
}

fn transport(hub: &Hub, secrets: &Secrets) -> Result<Transport> {
    use hubscope_model::Transport as Chosen;
    Ok(match hub.transport {
        Chosen::Mqtt | Chosen::Mqtts => Transport::Tcp,
        Chosen::Ws | Chosen::Wss => {
            let path = hub.connection.path.clone();
            let headers = stored(hub, secrets, SecretField::Headers)?;
            let headers = headers.and_then(|text| headers::read(hubscope_vault::for_connector(&text)));
            Transport::WebSocket(WebSocket { path, headers: headers.unwrap_or_default() })
        }
        Chosen::Unix => unix(&hub.connection)?,
    })
}

#[cfg(unix)]
fn unix(connection: &Connection) -> Result<Transport> {
    Ok(Transport::Unix(connection.socket.clone().into()))
}

#[cfg(not(unix))]
fn unix(_: &Connection) -> Result<Transport> {
    let error = hubscope_model::Error::new(hubscope_model::Code::BadRequest, "This system has no Unix sockets.");
    Err(error.hint("Choose another transport in the hub's form."))
}

/// The proxy by which `hub`'s own or another of its servers is reached, MQTT or HTTP.
///
/// # Errors
/// `SecretMissing` and `ProxyFailed` as [`reach`].
pub fn proxy(hub: &Hub, secrets: &Secrets, variables: &ProxyVariables, host: &str, port: u16) -> Result<Option<Proxy>> {
    let found = match &hub.connection.proxy {
        ProxyChoice::None => None,
        ProxyChoice::System => variables.proxy_for(host, port)?,
        ProxyChoice::Own { proxy } => Some((proxy.clone(), stored(hub, secrets, SecretField::ProxyPassword)?)),
    };
    Ok(found.map(|(proxy, password)| through(proxy, password)))
}

/// A proxy with its login, if it has a user name.
pub fn through(proxy: hubscope_model::Proxy, password: Option<Secret<String>>) -> Proxy {
    let kind = match proxy.kind {
        hubscope_model::ProxyKind::Http => ProxyKind::Http,
        hubscope_model::ProxyKind::Socks5 => ProxyKind::Socks5,
        hubscope_model::ProxyKind::Socks5h => ProxyKind::Socks5h,
    };
    let password = password.unwrap_or_else(|| Secret::new(String::new().into()));
    let login = proxy.user_name.filter(|name| !name.is_empty()).map(|name| (name, password));
    Proxy { kind, address: Address::new(host::for_network(&proxy.host), proxy.port), login }
}

/// A secret that is not stored is none; one that is stored must be here.
fn stored(hub: &Hub, secrets: &Secrets, field: SecretField) -> Result<Option<Secret<String>>> {
    match secrets.get(&field) {
        None if hub.secrets.iter().any(|stored| stored.field == field) => Err(missing(field)),
        secret => Ok(secret.cloned()),
    }
}

fn address(address: &ServerAddress) -> Address {
    Address::new(host::for_network(&address.host), address.port)
}
