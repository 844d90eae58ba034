//! How a hub's server is reached.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What carries MQTT to a hub. Ports as registered with IANA, those of WebSocket as RFC 6455 section 3 has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    Mqtt,
    /// MQTT over TLS.
    Mqtts,
    Ws,
    /// WebSocket over TLS.
    Wss,
    /// A socket file of this machine, where the system has them.
    Unix,
}

impl Transport {
    /// As it stands in a database, in an address and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mqtt => "mqtt",
            Self::Mqtts => "mqtts",
            Self::Ws => "ws",
            Self::Wss => "wss",
            Self::Unix => "unix",
        }
    }

    pub fn is_tls(self) -> bool {
        matches!(self, Self::Mqtts | Self::Wss)
    }

    pub fn is_web_socket(self) -> bool {
        matches!(self, Self::Ws | Self::Wss)
    }

    /// The port that is usual; a Unix socket has none, 0.
    pub fn usual_port(self) -> u16 {
        match self {
            Self::Mqtt => 1883,
            Self::Mqtts => 8883,
            Self::Ws => 80,
            Self::Wss => 443,
            Self::Unix => 0,
        }
    }
}

impl std::str::FromStr for Transport {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [Self::Mqtt, Self::Mqtts, Self::Ws, Self::Wss, Self::Unix];
        all.into_iter().find(|transport| transport.name() == text).ok_or(())
    }
}

/// How a hub's server is reached, besides transport, host and port. Headers of a WebSocket's request and the password of
/// a proxy are secrets of the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Connection {
    /// WebSocket: path and query of its URL.
    pub path: String,
    /// The file of a Unix socket.
    pub socket: String,
    /// Protocols that TLS offers by ALPN (RFC 7301), most wanted first.
    pub alpn: Vec<String>,
    /// Connects here instead; the hub's host stays the name that TLS asks for and checks, and the Host of HTTP.
    pub address: Option<ServerAddress>,
    pub proxy: ProxyChoice,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            path: "/mqtt".to_owned(),
            socket: String::new(),
            alpn: Vec::new(),
            address: None,
            proxy: ProxyChoice::None,
        }
    }
}

/// Host, by name or address, and port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServerAddress {
    pub host: String,
    pub port: u16,
}

/// Which machine makes the connection for us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "choice")]
pub enum ProxyChoice {
    #[default]
    None,
    /// As the environment variables say (`proxy.found`).
    System,
    Own {
        proxy: Proxy,
    },
}

/// A proxy; its password is [`crate::SecretField::ProxyPassword`] of the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proxy {
    pub kind: ProxyKind,
    pub host: String,
    pub port: u16,
    /// None: the proxy asks for no login.
    pub user_name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProxyKind {
    /// HTTP CONNECT (RFC 9110 section 9.3.6); the proxy looks up the hub's name.
    Http,
    /// SOCKS5 (RFC 1928); this machine looks up the hub's name.
    Socks5,
    /// SOCKS5; the proxy looks up the hub's name.
    Socks5h,
}

/// Asks what the system's proxy would be for a server.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ProxyQuestion {
    pub host: String,
    pub port: u16,
}

/// What the environment says of a proxy for a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "found")]
pub enum SystemProxy {
    /// No variable names one.
    None,
    /// `variable` names one, and `NO_PROXY` excepts this server.
    Excepted {
        variable: String,
    },
    /// `variable` holds what is no HTTP or SOCKS5 proxy.
    Unusable {
        variable: String,
    },
    Used {
        variable: String,
        kind: ProxyKind,
        host: String,
        port: u16,
        login: bool,
    },
}
